"""``onrecord benchmark``: speed and memory on this machine."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import click

from onrecord.cli.documents import json_option, read_documents
from onrecord.cli.outputs import write_whole


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

    from onrecord.evaluate.benchmark_annotate import measure_speed

    speed = measure_speed(read_documents(documents)[0] if documents else None)
    _tell(msgspec.structs.asdict(speed), json_file)


@command.command("wording")
@json_option("the figures")
def wording(json_file: str | None) -> None:
    """Measure 1,000 made quotations against transcripts of 10,000 to 1,000,000 words, and how the time grows."""
    from onrecord.evaluate.benchmark_wording import benchmark_scaling

    scaling = benchmark_scaling()
    figures: dict[str, float] = {f"seconds at {s.words:,} words": round(s.seconds, 2) for s in scaling.speeds}
    _tell(figures | {"slope": round(scaling.slope, 2)}, json_file)


@command.command("compare")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@json_option("the figures")
def compare(documents: tuple[str, ...], json_file: str | None) -> None:
    """Measure `compare` without `annotate`, on 25, 100 and 400 of the DOCUMENTs or of made reports of one event."""
    from onrecord.evaluate.benchmark_compare import measure_comparing

    measured = measure_comparing(read_documents(documents)[0] if documents else None)
    figures: dict[str, float] = {f"seconds for {size} documents": value for size, value in measured.seconds.items()}
    _tell(figures | {"slope": measured.slope}, json_file)


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
