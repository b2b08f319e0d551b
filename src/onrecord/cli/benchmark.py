"""``onrecord benchmark``: speed and memory on this machine."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TypeVar

import click

from onrecord.cli.documents import json_option, read_documents, say, status
from onrecord.cli.outputs import write_whole
from onrecord.errors import UsageError

_Any = TypeVar("_Any")


@click.group("benchmark")
def command() -> None:
    """Measure speed and memory on this machine."""


@command.command("annotate")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@json_option("the figures")
def annotate(documents: tuple[str, ...], json_file: str | None) -> None:
    """Measure `annotate`, all stages, on each DOCUMENT, or on made articles where none is given.

    Seconds are processor seconds of one thread per 750-word article, the model loaded beforehand.
    """
    import msgspec

    from onrecord.benchmarks.annotate import measure_speed

    speed = measure_speed(read_documents(documents)[0] if documents else None)
    _tell(msgspec.structs.asdict(speed), json_file)


@command.command("wording")
@json_option("the figures")
def wording(json_file: str | None) -> None:
    """Measure 1,000 made quotations against transcripts of 10,000 to 1,000,000 words, and how the time grows."""
    from onrecord.benchmarks.wording import benchmark_scaling

    scaling = benchmark_scaling()
    figures: dict[str, float] = {f"seconds at {s.words:,} words": round(s.seconds, 2) for s in scaling.speeds}
    _tell(figures | {"slope": round(scaling.slope, 2)}, json_file)


@command.command("compare")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@json_option("the figures")
def compare(documents: tuple[str, ...], json_file: str | None) -> None:
    """Measure `compare` without `annotate`, on 25, 100 and 400 of the DOCUMENTs or of made reports of one event."""
    from onrecord.benchmarks.compare import measure_comparing

    measured = measure_comparing(read_documents(documents)[0] if documents else None)
    figures: dict[str, float] = {f"seconds for {size} documents": value for size, value in measured.seconds.items()}
    _tell(figures | {"slope": measured.slope}, json_file)


@command.command("archive")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--attributions", default=1_000_000, show_default=True, help="Among how many attributions to search.")
@json_option("the figures")
def archive(documents: tuple[str, ...], attributions: int, json_file: str | None) -> None:
    """Measure how fast an archive keeps and finds made reports, beside bare sqlite3 in the same minutes.

    The DOCUMENTs lend their pairs of words to the made reports. A million attributions take some minutes and 1 GB of
    disk. Searches are given as milliseconds: half of them, 19 of 20, all, and 19 of 20 of the bare queries.
    """
    from onrecord.benchmarks.archive import measure

    measured = measure(attributions, read_documents(documents)[0] if documents else ())
    figures: dict[str, float | str] = {"bytes a document": measured.bytes_per_document}
    for name, landing in {"one commit each": measured.one_commit_each, "in batches": measured.in_batches}.items():
        figures[f"documents/s, {name}"] = landing.documents_per_second
        figures[f"share of sqlite3, {name}"] = landing.share_of_sqlite3
    for kind, search in measured.searches.items():
        figures[kind] = f"{search.median} · {search.p95} · {search.longest} ms; bare {search.bare_p95} ms"
    _tell(figures, json_file)


@command.command("scale")
@click.option("--pages", default=400, show_default=True, type=click.IntRange(1), help="Pages of the made WARC file.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1), help="Processes of the second run.")
@json_option("the figures")
def scale(pages: int, workers: int, json_file: str | None) -> None:
    """Measure `scale run` up to annotate over a made WARC file, beside annotate alone, alone and side by side."""
    from onrecord.benchmarks.scale import measure_scale

    measured = measure_scale(pages, workers)._asdict()
    _tell({name.replace("_", " "): round(value, 3) for name, value in measured.items()}, json_file)


@command.command("shapes")
@click.option("--shape", "names", multiple=True, metavar="NAME", help="Measure this shape only; repeatable.")
@click.option("--stage", "stages", multiple=True, metavar="NAME", help="Measure this stage only; repeatable.")
@json_option("the figures")
def shapes(names: tuple[str, ...], stages: tuple[str, ...], json_file: str | None) -> None:
    """Measure how time and size grow with input of awkward shapes: a slope of 1 is linear, 1.2 the aim."""
    from onrecord.benchmarks import shapes as measured

    figures: dict[str, float | str] = {}
    for found in measured.measure_shapes(_chosen(measured.SHAPES, names), _chosen(measured.STAGES, stages)):
        slopes = f"{found.slope:.2f} in time, {found.slope_of_bytes:.2f} in size"
        sizes = f"{found.sizes[0]:,} to {found.sizes[-1]:,}, {found.seconds[0]:.1f} to {found.seconds[-1]:.1f} s"
        figures[f"{found.shape}, {found.stage}"] = f"{slopes} ({sizes}){'' if found.is_linear else ' OVER THE AIM'}"
    _tell(figures, json_file)


@command.command("page")
@click.option("--reports", default=100, show_default=True, help="Reports of the made story.")
@click.option("--statements", default=400, show_default=True, help="Statements of the made story.")
@json_option("the figures")
def page(reports: int, statements: int, json_file: str | None) -> None:
    """Measure the page of a made story: seconds to write it, its size, and, where Chromium is, script and layout."""
    from onrecord.benchmarks.pages import measure_page

    _tell(dict(measure_page(reports, statements)), json_file)


@command.command("texts")
@click.option("--shape", "names", multiple=True, metavar="NAME", help="Measure this shape only; repeatable.")
@click.option("--stage", "stages", multiple=True, metavar="NAME", help="Measure this stage only; repeatable.")
@click.option("--largest", default=320_000, show_default=True, help="Characters of the largest text of each shape.")
@json_option("the figures")
def texts(names: tuple[str, ...], stages: tuple[str, ...], largest: int, json_file: str | None) -> None:
    """Measure how seconds and memory of reading, annotating and comparing grow with texts of awkward shapes.

    Each is measured in a process of its own at a sixteenth, a quarter and the whole of the largest size.
    """
    from onrecord.benchmarks import texts as measured

    known = measured.SHAPES
    _chosen({shape.name: None for shape in known}, names)
    _chosen({shape.stage: None for shape in known}, stages)
    figures: dict[str, float | str] = {}
    for found in measured.measure_texts(names, stages, (largest // 16, largest // 4, largest)):
        times = ", ".join(f"{seconds:.2f}" for seconds in found.seconds.values())
        figures[f"{found.name}, {found.stage}"] = (
            f"slope {found.slope:.2f}: {times} s, {max(found.megabytes.values()):,.0f} MB"
        )
    _tell(figures, json_file)


def _chosen(known: Mapping[str, _Any], names: tuple[str, ...]) -> dict[str, _Any]:
    """Choose rows of a table by name, all of them where none is given; raises UsageError for an unknown one."""
    unknown = set(names) - known.keys()
    if unknown:
        raise UsageError(f"{min(unknown)} is not known: choose from {', '.join(known)}.")
    return {name: row for name, row in known.items() if not names or name in names}


@command.command("fuzz")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--documents", "number", default=1_000, show_default=True, help="How many documents to make.")
@click.option("--seed", default=1, show_default=True, help="The seed of all that is drawn by chance.")
@json_option("the figures")
def fuzz(documents: tuple[str, ...], number: int, seed: int, json_file: str | None) -> int:
    """Make mutated documents out of the DOCUMENTs and of invented texts, and read, annotate, compare and check them.

    Exits 1 where something broke, pointed outside its text, or changed with order or batch.
    """
    from onrecord.evaluate.fuzz import Outcome, fuzz

    seeds = [each.text for each in read_documents(documents)[0]] if documents else []
    outcome, said = Outcome(0, 0, 0, ()), 0
    for outcome in fuzz(number, seeds=seeds, chance=seed):
        for fault in outcome.faults[said:]:
            say(f"{fault.work}: {fault.what}")
        said = len(outcome.faults)
    figures = {"documents made": outcome.made, "refused": outcome.refused, "read": outcome.read, "faults": said}
    _tell(figures, json_file)
    return status((), errors_found=bool(said))


def _tell(figures: Mapping[str, float | str], json_file: str | None) -> None:
    """Print the figures, or write them where asked."""
    if json_file is not None:
        import msgspec

        write_whole(json_file, msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")
        return
    for name, value in figures.items():
        click.echo(
            f"{name.replace('_', ' '):32} {value if isinstance(value, str) else format(value, ',')}", file=sys.stdout
        )
