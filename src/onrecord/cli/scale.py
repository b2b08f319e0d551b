"""``onrecord scale``: the pipeline over shards of many inputs, resumed where it stopped."""

from __future__ import annotations

import json
from pathlib import Path

import click

from onrecord.cli.documents import DONE, json_option, progress, say
from onrecord.cli.outputs import look_at, write_whole

FAULTY = 1
_Out = click.Path(file_okay=False, path_type=Path)
_Run = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group("scale")
def command() -> None:
    """Annotate and compare archives of news: WARC, JSON lines, Parquet, folders."""


@command.command("run")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INPUT…")
@click.option("--out", "folder", required=True, type=_Out, help="The folder of the run; an old one is gone on with.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes, or Ray's actors.")
@click.option("--ray", "address", metavar="ADDRESS", help="Run on Ray: auto, local, or a cluster's address.")
@click.option("--shard-size", "size", default=500, show_default=True, type=click.IntRange(1), help="Records a shard.")
@click.option(
    "--until",
    type=click.Choice(["extract", "copies", "annotate", "group", "compare"]),
    default="compare",
    show_default=True,
    help="The last stage to run.",
)
@click.option("--quiet", is_flag=True, help="Show no progress.")
def run(
    inputs: tuple[Path, ...], folder: Path, workers: int, address: str | None, size: int, until: str, *, quiet: bool
) -> int:
    """Run the stages over INPUTs: extract, near copies, annotate, group, compare.

    What is written hangs on the inputs alone, not on how many work at it or how often it was stopped; run the same
    command again to go on. Example: `onrecord scale run CC-NEWS-*.warc.gz --out run --workers 8`.
    """
    from onrecord.scale.executors import LocalPool, RayActors, in_process
    from onrecord.scale.run import run as run_all
    from onrecord.scale.stages import STAGES

    executor = RayActors(address, workers) if address else LocalPool(workers) if workers > 1 else in_process
    stages = STAGES[: [str(stage) for stage in STAGES].index(until) + 1]
    with progress(silent=quiet) as tell:
        manifest = run_all(inputs, folder, executor, size=size, stages=stages, progress=tell)
    for each in manifest.plan.inputs:
        if each.fault:
            say(each.fault)
    if not quiet:
        for stage, counts in manifest.counts.items():
            click.echo(f"{stage:9} " + ", ".join(f"{name} {many:,}" for name, many in counts.items()))
        click.echo(f"Written to {folder}: {len(manifest.parts):,} parts and manifest.json.")
    return FAULTY if any(each.fault for each in manifest.plan.inputs) else DONE


@command.command("verify")
@click.argument("folder", type=_Run, metavar="DIR")
def verify(folder: Path) -> int:
    """Hold every part of the run in DIR against its manifest; exit 1 where one is missing or changed."""
    from onrecord.scale.run import read_manifest
    from onrecord.scale.run import verify as faults_of

    faults = faults_of(folder)
    for fault in faults:
        say(fault)
    if not faults:
        click.echo(f"{len(read_manifest(folder).parts):,} parts are as they were written.")
    return FAULTY if faults else DONE


@command.command("report")
@click.argument("folder", type=_Run, metavar="DIR")
@json_option("the report")
def report(folder: Path, json_file: str | None) -> int:
    """Sum the run in DIR up: counts, drops by reason, seconds a document, most quoted speakers."""
    from onrecord.scale.run import report as sum_up

    look_at({"--json": json_file})
    found = sum_up(folder)
    if json_file is not None:
        write_whole(json_file, json.dumps(found, indent=1, ensure_ascii=False).encode() + b"\n")
        return DONE
    for stage, counts in found["counts"].items():
        click.echo(f"{stage} ({found['seconds'].get(stage, 0):,} s)")
        for name, many in counts.items():
            click.echo(f"  {name:24} {many:>12,}")
    for fault in found["faults"]:
        click.echo(fault)
    if found["seconds_a_document"] is not None:
        click.echo(f"{found['seconds_a_document']} s a document, {found['bytes'] / 1e6:,.1f} MB written")
    if found["most_quoted"]:
        click.echo("Most quoted: " + ", ".join(f"{name} {many}" for name, many in found["most_quoted"]))
    return DONE
