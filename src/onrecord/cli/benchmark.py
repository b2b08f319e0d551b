"""``onrecord benchmark``: speed and memory on this machine."""

from __future__ import annotations

import sys

import click

from onrecord.cli.documents import json_option, read_documents, write_whole


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
    if json_file is not None:
        write_whole(json_file, msgspec.json.format(msgspec.json.encode(speed), indent=2) + b"\n")
        return
    for name, value in msgspec.structs.asdict(speed).items():
        click.echo(f"{name.replace('_', ' '):32} {value:,}", file=sys.stdout)
