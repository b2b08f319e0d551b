"""A run over shards: what it gives, that it gives it once, whoever works at it and however often it is stopped."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from onrecord.errors import OnRecordError, ReadError, UsageError
from onrecord.scale.copies import near_copies, signature
from onrecord.scale.executors import LocalPool, in_process
from onrecord.scale.parts import Mark, read_part
from onrecord.scale.run import read_manifest, report, run, verify
from onrecord.scale.shards import plan
from onrecord.scale.stages import Task, perform


def contents(folder: Path) -> dict[str, bytes]:
    """Give what a run has written but its marks, whose seconds differ."""
    found = [*folder.glob("*/*.parquet"), folder / "manifest.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_every_record_is_a_document_or_a_drop_with_its_reason(done):
    counts = read_manifest(done[1]).counts
    assert counts["extract"]["records"] == 16
    assert counts["extract"]["documents"] == 12
    drops = {name: many for name, many in counts["extract"].items() if name.startswith("dropped")}
    assert drops == {"dropped not-a-page": 1, "dropped empty": 1, "dropped not-english": 1, "dropped unreadable": 1}
    assert counts["annotate"]["dropped near-copy"] == counts["copies"]["copies"] == 1
    assert counts["annotate"]["annotated"] == 11


def test_the_page_gives_its_text_address_and_day(done):
    rows = [
        row
        for part in (done[1] / "documents").glob("news-*.parquet")
        for row in read_part(done[1], "documents", part.stem)
    ]
    first = next(row for row in rows if row["url"] == "https://news.example/0")
    assert first["published"] == "2024-03-01"
    assert "harbour gate 0" in first["text"]
    assert "All rights reserved" not in first["text"]


def test_duckdb_reads_who_was_quoted(done):
    table = f"'{done[1]}/attributions/*.parquet'"
    rows = duckdb.sql(
        f"select speaker, count(*) from {table} where form <> 'indirect' group by 1 order by 1"
    ).fetchall()
    assert ("Idris Vael", 2) in rows


def test_a_run_is_verified_and_what_was_changed_is_told(done, tmp_path):
    assert verify(done[1]) == []
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(done[1]), str(copy)], check=True)
    changed, missing = sorted((copy / "documents").glob("*.parquet"))[:2]
    changed.write_bytes(changed.read_bytes() + b"x")
    missing.unlink()
    (copy / "dates" / "stray.parquet").write_bytes(b"")
    faults = verify(copy)
    assert len(faults) == 3
    assert any("checksum" in fault for fault in faults)
    assert any("missing" in fault for fault in faults)
    assert any("no manifest" in fault for fault in faults)


def test_the_report_sums_up(done):
    found = report(done[1])
    assert found["seconds_a_document"] > 0
    assert found["most_quoted"][0][1] >= 1
    assert found["faults"] == []


def test_two_workers_write_the_same_bytes(done):
    folder = done[1].with_name("pool")
    run([done[0]], folder, LocalPool(2), size=4)
    assert contents(folder) == contents(done[1])


def test_a_run_goes_on_where_it_stopped(done, tmp_path):
    folder = tmp_path / "run"
    run([done[0]], folder, in_process, size=4, stages=("extract", "copies"))
    worked: list[Task] = []

    def counting(work, tasks):
        for task in tasks:
            worked.append(task)
            yield work(task)

    run([done[0]], folder, counting, size=4)
    assert {task.stage for task in worked} == {"annotate", "group", "compare"}
    worked.clear()
    run([done[0]], folder, counting, size=4)
    assert worked == []
    assert contents(folder) == contents(done[1])


def test_another_plan_takes_another_folder(done):
    with pytest.raises(UsageError, match="take a new --out"):
        run([done[0]], done[1], in_process, size=5)


def test_a_stage_without_the_one_before_says_so(done, tmp_path):
    with pytest.raises(ReadError, match="run the stage before"):
        run([done[0]], tmp_path / "run", in_process, size=4, stages=("annotate",))


def test_no_input_and_no_known_input_are_errors(tmp_path):
    with pytest.raises(UsageError, match="is not there"):
        plan([tmp_path / "nothing.warc.gz"], 10)
    (tmp_path / "a.bin").write_bytes(b"x")
    with pytest.raises(UsageError, match="no WARC"):
        plan([tmp_path / "a.bin"], 10)


def _dies(task: Task) -> Mark:
    """Die the first time that a task is tried."""
    trace = Path(task.folder) / f"{task.stage}-{task.name}.tried"
    if not trace.exists():
        trace.write_text("")
        os.kill(os.getpid(), signal.SIGKILL)
    return perform(task)


def _always_dies(task: Task) -> Mark:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError(task)


def _fails(task: Task) -> Mark:
    raise ValueError(task.name)


def test_a_killed_worker_costs_its_task_alone(done, tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()

    def pool(_work, tasks):
        return LocalPool(2)(_dies, tasks)

    run([done[0]], folder, pool, size=4, stages=("extract", "copies"))
    for path in folder.glob("*.tried"):
        path.unlink()
    run([done[0]], folder, in_process, size=4)
    assert contents(folder) == contents(done[1])


def test_a_task_that_kills_every_worker_ends_the_run_with_a_sentence(tmp_path):
    tasks = [Task("extract", "one", str(tmp_path))]
    with pytest.raises(OnRecordError, match="killed 3 times at extract of one"):
        list(LocalPool(2)(_always_dies, tasks))
    with pytest.raises(OnRecordError, match="ValueError: one"):
        list(LocalPool(1)(_fails, tasks))


def test_a_driver_killed_at_random_leaves_nothing_half(done, tmp_path):
    folder, rng = tmp_path / "run", random.Random(7)
    command = [
        sys.executable,
        "-m",
        "onrecord",
        "scale",
        "run",
        str(done[0]),
        "--out",
        str(folder),
        "--shard-size",
        "4",
    ]
    for _ in range(5):
        driver = subprocess.Popen([*command, "--workers", "2", "--quiet"], start_new_session=True)
        time.sleep(rng.uniform(0.5, 4.0))
        os.killpg(driver.pid, signal.SIGKILL)
        driver.wait()
    subprocess.run([*command, "--quiet"], check=True)
    assert contents(folder) == contents(done[1])
    assert not list(folder.rglob(".*.tmp"))


def test_near_copies_are_found_and_others_are_not():
    text = " ".join(f"word{n} of the harbour report" for n in range(60))
    other = " ".join(f"thing{n} in the budget speech" for n in range(60))
    signatures = [(name, signature(given)[0]) for name, given in (("a", text), ("b", other), ("c", text + " More."))]
    assert [(copy, of) for copy, of, _ in near_copies(signatures)] == [("c", "a")]
    assert signature("")[1] == 0
