"""A run over shards: planned once, done stage by stage, resumed where it stopped, sealed by a manifest."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec

from onrecord.errors import ReadError, UsageError
from onrecord.scale.executors import Executor
from onrecord.scale.parts import Part, marks, read_mark, read_part, sweep, write_whole
from onrecord.scale.shards import Input, Shard, plan
from onrecord.scale.stages import STAGES, WHOLE, Stage, Task, perform

Progress = Callable[[str, int, int], None]
SHARD: Final = 500
_STORIES: Final = 200  # stories compared in one task


class Plan(msgspec.Struct, frozen=True):
    """What a run is over: the inputs as they were, their shards, and who annotates."""

    inputs: tuple[Input, ...]
    shards: tuple[Shard, ...]
    size: int
    version: str
    weights: str


class Manifest(msgspec.Struct, frozen=True):
    """What a run has given: written last, over parts that are all there."""

    plan: Plan
    stages: tuple[Stage, ...]
    parts: tuple[Part, ...]
    counts: dict[str, dict[str, int]]


def run(
    sources: Iterable[Path],
    folder: Path,
    executor: Executor,
    *,
    size: int = SHARD,
    stages: Sequence[Stage] = STAGES,
    progress: Progress | None = None,
) -> Manifest:
    """Run the stages over the sources' shards into a folder, and seal it with its manifest.

    What a former run of the same plan has done is not done again. Raises UsageError where the folder is of another
    plan, or a stage is asked for whose former one is not done.
    """
    tell = progress or (lambda _stage, _done, _total: None)
    planned = _planned(list(sources), folder, size)
    sweep(folder)
    done: list[Stage] = []
    for stage in STAGES:
        if stage not in stages:
            continue
        tasks = _tasks(stage, planned, folder)
        left = [task for task in tasks if not is_done(folder, task)]
        tell(stage, len(tasks) - len(left), len(tasks))
        for number, _ in enumerate(executor(perform, left), len(tasks) - len(left) + 1):
            tell(stage, number, len(tasks))
        done.append(stage)
    return _seal(folder, planned)


def _planned(sources: list[Path], folder: Path, size: int) -> Plan:
    inputs, shards = plan(sources, size)
    manifest = hashlib.sha256(resources.files("onrecord").joinpath("weights", "manifest.json").read_bytes()).hexdigest()
    fresh = Plan(tuple(inputs), tuple(shards), size, importlib.metadata.version("onrecord"), manifest)
    path = folder / "plan.json"
    if not path.exists():
        write_whole(path, msgspec.json.encode(fresh))
        return fresh
    known = msgspec.json.decode(path.read_bytes(), type=Plan)
    if known != fresh:
        raise UsageError(
            f"{folder} holds a run over other inputs, of another shard size or by another onrecord: take a new --out."
        )
    return known


def _tasks(stage: Stage, planned: Plan, folder: Path) -> list[Task]:
    place, names = str(folder), tuple(shard.name for shard in planned.shards)
    if stage == "extract":
        return [Task(stage, shard.name, place, shard) for shard in planned.shards]
    if stage == "annotate":
        return [Task(stage, name, place) for name in names]
    if stage == "compare":
        several = Counter(row["story"] for row in read_part(folder, "stories", WHOLE, ["story"]))
        listed = sorted((name for name, many in several.items() if many > 1), key=lambda name: (len(name), name))
        batches = [listed[at : at + _STORIES] for at in range(0, len(listed), _STORIES)]
        return [Task(stage, f"stories-{n:05}", place, stories=tuple(batch)) for n, batch in enumerate(batches)]
    return [Task(stage, WHOLE, place, shards=names)]


def is_done(folder: Path, task: Task) -> bool:
    """Return whether a task's mark is there, and its parts are as long as it says."""
    mark = read_mark(folder, task.stage, task.name)
    return mark is not None and all(_length(folder / part.path) == part.bytes for part in mark.parts)


def _length(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _seal(folder: Path, planned: Plan) -> Manifest:
    found = list(marks(folder))
    counts: dict[str, dict[str, int]] = {}
    for stage in STAGES:
        total: Counter[str] = Counter()
        for mark in found:
            if mark.stage == stage:
                total.update(mark.counts)
        if any(mark.stage == stage for mark in found):
            counts[stage] = dict(sorted(total.items()))
    parts = sorted((part for mark in found for part in mark.parts), key=lambda part: part.path)
    stages = tuple(stage for stage in STAGES if stage in counts)
    manifest = Manifest(planned, stages, tuple(parts), counts)
    write_whole(folder / "manifest.json", msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read a run's manifest; raises ReadError where there is none, or it is none."""
    path = folder / "manifest.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise ReadError(f"{path} is not there: the run has not ended; run it again.") from error
    except msgspec.DecodeError as error:
        raise ReadError(f"{path} is no manifest of a run ({error}).") from error


def verify(folder: Path) -> list[str]:
    """Hold every part against the manifest; give a sentence for each fault, none where all is as it was written."""
    manifest, faults = read_manifest(folder), []
    for part in manifest.parts:
        path = folder / part.path
        if not path.is_file():
            faults.append(f"{part.path} is missing.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != part.sha256:
            faults.append(f"{part.path} is not what was written: its checksum differs.")
    listed = {part.path for part in manifest.parts}
    tables = {path.split("/", 1)[0] for path in listed}
    for table in sorted(tables):
        strays = {f"{table}/{path.name}" for path in (folder / table).glob("*.parquet")} - listed
        faults += [f"{stray} is in no manifest." for stray in sorted(strays)]
    extracted = manifest.counts.get("extract", {})
    dropped = sum(many for name, many in extracted.items() if name.startswith("dropped "))
    if extracted and extracted.get("records", 0) != extracted.get("documents", 0) + dropped:
        faults.append("The records extracted are not the documents and the drops together.")
    return faults


def report(folder: Path, most: int = 10) -> dict[str, Any]:
    """Sum a run up: counts by stage, what was wrong with inputs, processor seconds a document, who was quoted most."""
    manifest = read_manifest(folder)
    seconds: dict[str, float] = defaultdict(float)
    for mark in marks(folder):
        seconds[mark.stage] += mark.seconds
    quoted: Counter[str] = Counter()
    for part in manifest.parts:
        table, _, name = part.path.removesuffix(".parquet").partition("/")
        if table == "attributions":
            rows = read_part(folder, table, name, ["speaker", "speaker_clear", "act", "form"])
            quoted.update(
                row["speaker"]
                for row in rows
                if row["speaker"] and row["speaker_clear"] and row["act"] == "utterance" and row["form"] != "indirect"
            )
    documents = manifest.counts.get("extract", {}).get("documents", 0)
    return {
        "counts": manifest.counts,
        "faults": [each.fault for each in manifest.plan.inputs if each.fault],
        "seconds": {stage: round(total, 1) for stage, total in seconds.items()},
        "seconds_a_document": round(sum(seconds.values()) / documents, 4) if documents else None,
        "most_quoted": [
            [name, many] for name, many in sorted(quoted.items(), key=lambda one: (-one[1], one[0]))[:most]
        ],
        "bytes": sum(part.bytes for part in manifest.parts),
    }
