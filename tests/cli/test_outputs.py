"""Outputs are written whole and together or not at all, and never over what they must not touch."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from onrecord.cli import outputs
from onrecord.errors import UsageError

REPORT = '"The sluice stays shut until noon," harbour pilot Runa Eide said on Monday.\n'
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes, links and full disks as Linux has them")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "report.txt"
    path.parent.mkdir()
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    path = tmp_path / "out"
    path.mkdir()
    return path


def run(*arguments, **options) -> subprocess.CompletedProcess[bytes]:
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 100} | options
    return subprocess.run([sys.executable, "-m", "onrecord", *map(str, arguments)], check=False, **options)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def sentences(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    lines = done.stderr.decode().splitlines()
    assert all(line.startswith("onrecord: ") for line in lines), done.stderr.decode()
    return lines


def test_a_new_file_gets_the_modes_of_the_process_and_an_old_one_keeps_its_own(out):
    outputs.write_whole(str(out / "new"), b"1")
    mask = os.umask(0)
    os.umask(mask)
    assert (out / "new").stat().st_mode & 0o777 == 0o666 & ~mask
    (out / "new").chmod(0o640)
    outputs.write_whole(str(out / "new"), b"2")
    assert (out / "new").stat().st_mode & 0o777 == 0o640
    assert (out / "new").read_bytes() == b"2"
    assert names(out) == ["new"]


@pytest.mark.parametrize("nameless", [True, False])
def test_a_full_disk_leaves_all_as_it_was(out, monkeypatch, nameless):
    if not nameless:
        monkeypatch.setattr(outputs, "_NAMELESS", None)
    (out / "a").write_bytes(b"old a")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    outputs.write_together([(str(out / "a"), b"new a"), (str(out / "b"), b"new b")])
    assert (out / "a").read_bytes() == b"new a"
    monkeypatch.setattr(outputs.os, "fdopen", full)
    with pytest.raises(UsageError, match="no space left on device"):
        outputs.write_together([(str(out / "a"), b"newer"), (str(out / "c" / "d"), b"d")], folders=[out / "c"])
    assert names(out) == ["a", "b"]
    assert (out / "a").read_bytes() == b"new a"


@pytest.mark.parametrize("nameless", [True, False])
def test_where_one_cannot_take_its_place_the_others_go_back(out, monkeypatch, nameless):
    if not nameless:
        monkeypatch.setattr(outputs, "_NAMELESS", None)
    (out / "a").write_bytes(b"old a")
    replace = Path.replace

    def stubborn(self, target):
        if target.name == "c":
            raise OSError(16, "Device or resource busy")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stubborn)
    with pytest.raises(UsageError, match=r"c cannot be written \(device or resource busy\)"):
        outputs.write_together([(str(out / name), b"new") for name in "abc"])
    assert names(out) == ["a"]
    assert (out / "a").read_bytes() == b"old a"


def test_what_must_not_be_written_over_is_refused_before_the_work(out, report):
    (out / "story.json").write_text("old")
    (out / "link").symlink_to(out / "story.json")
    (out / "nowhere").symlink_to(out / "absent")
    os.link(report, out / "twin")
    for file, why in {
        str(out / "link"): "it is a link",
        str(out / "nowhere"): "it is a link",
        str(out): "it names no file",
        "": "it names no file",
        f"{out}/new/": "it names no file",
        str(out / "absent" / "x"): "its folder does not exist",
        str(report): "is read and would be written over",
        str(out / "twin"): "is read and would be written over",
        f"{report.parent}/../in/report.txt": "is read and would be written over",
    }.items():
        with pytest.raises(UsageError, match=why):
            outputs.look_at({"--json": file}, [str(report)])
    assert (out / "link").is_symlink()
    with pytest.raises(UsageError, match="--json and --page name one place"):
        outputs.look_at({"--json": str(out / "x"), "--page": f"{out}/../out/x"})
    with pytest.raises(UsageError, match="--json and --page name one place"):
        outputs.look_at({"--json": "-", "--page": "/dev/stdout"})
    with pytest.raises(UsageError, match="it is no folder"):
        outputs.look_at({}, folder=str(out / "story.json"))
    outputs.look_at({"--json": "-", "--page": str(out / "x"), "--linked": None}, ["-", str(report)])


def test_an_input_is_never_written_over(report):
    done = run("compare", report, "--json", report)
    assert done.returncode == 2
    assert report.read_text(encoding="utf-8") == REPORT
    assert "would be written over" in sentences(done)[0]


def test_a_pipe_and_a_device_get_a_stream_and_stay_what_they_are(out):
    pipe = out / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    outputs.write_whole(str(pipe), b"x" * 200_000)
    reader.join(10)
    assert got == [b"x" * 200_000]
    assert pipe.is_fifo()
    outputs.write_whole("/dev/null", b"x")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(UsageError, match="/dev/full cannot be written"):
        outputs.write_whole("/dev/full", b"x")


def test_a_stream_that_fails_keeps_the_files_as_they_were(out):
    (out / "a").write_bytes(b"old")
    with pytest.raises(UsageError, match="/dev/full"):
        outputs.write_together([(str(out / "a"), b"new"), ("/dev/full", b"x")])
    assert (out / "a").read_bytes() == b"old"
    assert names(out) == ["a"]


def test_a_process_that_is_killed_while_it_writes_leaves_nothing(out):
    (out / "a").write_bytes(b"old")
    code = (
        "import os, sys, time\nfrom onrecord.cli import outputs\n"
        "def slow(*_): print('here', flush=True); time.sleep(60)\n"
        f"outputs.os.fsync = slow\noutputs.write_whole({str(out / 'a')!r}, b'new' * 1000)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"here\n"
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    time.sleep(0.05)
    assert names(out) == ["a"]
    assert (out / "a").read_bytes() == b"old"


def test_the_folder_of_tables_is_made_whole_or_not_at_all(report, out):
    pytest.importorskip("pyarrow")
    tables = out / "new" / "tables"
    done = run("compare", report, "--tables", tables, "--json", "/dev/full")
    assert done.returncode == 2
    assert names(out) == []
    done = run("compare", report, "--tables", tables, "--json", out / "story.json")
    assert done.returncode == 0, done.stderr
    assert len(list(tables.glob("*.parquet"))) == len(list(tables.iterdir())) == 7


@pytest.mark.parametrize("command", [["annotate"], ["compare"], ["compare", "--json", "-"], ["schema"]])
def test_a_full_or_closed_standard_output_is_one_sentence(report, command):
    arguments = command if command == ["schema"] else [*command[:1], report, *command[1:]]
    with Path("/dev/full").open("wb") as full:
        done = run(*arguments, stdout=full)
    assert done.returncode == 2
    assert len(sentences(done)) == 1
    if command != ["schema"]:
        done = run(*arguments, stdout=None, preexec_fn=lambda: os.close(1))
        assert done.returncode == 2
        assert "Standard output is closed" in sentences(done)[0]


def test_a_reader_that_goes_away_is_no_finding(report):
    read, write = os.pipe()
    os.close(read)
    done = run("check", report, "--against", report, stdout=write)
    os.close(write)
    assert done.returncode == 2
    assert len(sentences(done)) == 1


def test_closed_input_and_closed_errors_are_no_tracebacks(report, out):
    done = run("annotate", "-", stdin=None, preexec_fn=lambda: os.close(0))
    assert done.returncode == 2
    assert "tandard input" in sentences(done)[0]
    done = run("annotate", report, out / "absent.txt", stderr=None, preexec_fn=lambda: os.close(2))
    assert done.returncode == 2
    assert REPORT.split(",", maxsplit=1)[0].encode() in done.stdout.replace(b'\\"', b'"')


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_output_of_few_letters_shows_the_others_escaped(report, encoding):
    report.write_text("“The sluice stays shut – until noon,” pilot Runa Eide said on Monday.\n", encoding="utf-8")
    done = run("compare", report, env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stderr
    assert "\\u201cThe sluice stays shut \\u2013 until noon" in " ".join(done.stdout.decode(encoding).split())


def test_no_room_for_a_letter_is_taken_as_the_usual_width(report):
    done = run("compare", report, env={**os.environ, "COLUMNS": "0"})
    assert done.returncode == 0
    assert b"Runa Eide" in done.stdout


def test_a_file_name_cannot_forge_a_second_line(tmp_path):
    name = "x\nonrecord: All is well.\x1b[2J.txt"
    done = run("annotate", tmp_path / name)
    assert done.returncode == 2
    assert len(sentences(done)) == 2
    assert b"\x1b" not in done.stderr


def test_a_file_name_that_is_no_utf8_is_read_and_written(tmp_path, report):
    odd = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(odd)).write_text(REPORT, encoding="utf-8")
    for command in (["annotate"], ["compare", "--json", "-"], ["compare", "--page", "-"], ["compare"]):
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", command[0], odd, str(report), *command[1:]],
            capture_output=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert "caf\ufffd" in done.stdout.decode() or command == ["compare"]
