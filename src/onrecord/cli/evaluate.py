"""``onrecord evaluate``: the metrics, each with its gold; floors make it a gate."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from onrecord.cli.documents import json_option, write_whole
from onrecord.errors import GoldError, UsageError

UNDER_A_FLOOR = 1
_File = click.Path(exists=True, dir_okay=False, path_type=Path)
_Folder = click.Path(exists=True, file_okay=False, path_type=Path)


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every metric takes: where to write its figures, and the floors to hold them to."""
    floors = click.option(
        "--floors",
        type=_File,
        metavar="FILE",
        help="Exit 1 where a figure misses its bound in this JSON file (a floor; `max NAME` is a ceiling).",
    )
    options: Callable[..., Any] = json_option("the figures")(floors(function))
    return options


@click.group("evaluate")
def command() -> None:
    """Score onrecord against gold answers."""


@command.command("attribution")
@click.argument("gold", type=_File)
@click.argument("predicted", type=_File, required=False)
@_options
def attribution(gold: Path, predicted: Path | None, json_file: str | None, floors: Path | None) -> int:
    """Score attributions against GOLD, documents in PolNeAR's form.

    PREDICTED is what `onrecord annotate --json` wrote of the same documents; without it they are annotated now.
    """
    from onrecord.evaluate.attribution import read_lines, score_attributions

    documents = read_lines(gold)
    found = read_lines(predicted) if predicted else _annotated(gold)
    return _tell("attribution", score_attributions(documents, found), json_file, floors)


@command.command("speakers")
@click.argument("gold", type=_File)
@click.option("--documents", type=_File, metavar="DOCS.jsonl", help="The documents, in PolNeAR's form.")
@_options
def speakers(gold: Path, documents: Path | None, json_file: str | None, floors: Path | None) -> int:
    """Score speakers and acts against GOLD, given the gold spans and end to end.

    Without --documents they are looked for where ../shared keeps them: polnear/ beside gold/.
    """
    from onrecord.evaluate.speakers import evaluate_speakers

    texts = documents or gold.parents[2] / "polnear" / gold.name
    return _tell("speakers", evaluate_speakers(gold, texts).rates, json_file, floors)


@command.command("wording")
@click.argument("gold", type=_File)
@click.option("--articles", type=_Folder, help="A folder of articles in PolNeAR's form, SPLIT.jsonl.")
@click.option("--transcripts", type=_Folder, help="A folder of transcripts with their index.jsonl.")
@click.option("--generated", default=0, metavar="N", help="Also judge N made quotations, whose true verdict is known.")
@click.option("--seed", default=0, show_default=True, help="The seed of the made quotations.")
@_options
def wording(
    gold: Path,
    articles: Path | None,
    transcripts: Path | None,
    generated: int,
    seed: int,
    json_file: str | None,
    floors: Path | None,
) -> int:
    """Score verdicts against GOLD quotations, and with --generated against made ones.

    Without --articles and --transcripts both are looked for where ../shared keeps them: beside gold/.
    """
    from onrecord.evaluate import wording as metric

    spoken = metric.read_transcripts(transcripts or gold.parents[2] / "transcripts")
    report = metric.evaluate_wording(gold, metric.read_articles(articles or gold.parents[2] / "polnear"), spoken)
    figures: dict[str, Any] = {"gold": _numbers_of(report)}
    if generated:
        figures["generated"] = _numbers_of(metric.evaluate_generated(list(spoken.values()), generated, seed))
    return _tell("wording", figures, json_file, floors)


@command.command("stories")
@click.argument("gold", type=_Folder)
@click.option("--documents", type=_Folder, help="The folder of the stories' documents, NAME.docs.jsonl.")
@_options
def stories(gold: Path, documents: Path | None, json_file: str | None, floors: Path | None) -> int:
    """Score whole stories, from text to findings, against a folder of GOLD stories.

    Counted are attributions with their speakers, statement and claim pairs, chains and copies.
    Without --documents they are looked for where ../shared keeps them: stories/ beside gold/.
    """
    from onrecord.evaluate.stories import evaluate_stories

    texts = documents or gold.parents[1] / "stories"
    return _tell("stories", evaluate_stories(gold, texts).rates, json_file, floors)


@command.command("figures")
@click.argument("gold", type=_Folder)
@click.option("--documents", type=_Folder, help="The folder of the stories' documents, NAME.docs.jsonl.")
@_options
def figures(gold: Path, documents: Path | None, json_file: str | None, floors: Path | None) -> int:
    """Score figures, their groups, dates, and the reading of numbers in words, against a folder of GOLD stories."""
    from onrecord import pipeline
    from onrecord.evaluate.figures import evaluate_figures

    texts = documents or gold.parents[1] / "stories"
    report = evaluate_figures(gold, texts, embed=pipeline.shared_encoder().embed)
    return _tell("figures", report.rates, json_file, floors)


@command.command("agencies")
@click.argument("documents", nargs=-1, required=True, type=_File)
@_options
def agencies(documents: tuple[Path, ...], json_file: str | None, floors: Path | None) -> int:
    """Score which DOCUMENTS, in PolNeAR's form, are taken as an agency's text; their `wire` names the true one."""
    from onrecord.annotation import Annotations
    from onrecord.annotators.layout.blocks import find_blocks
    from onrecord.annotators.sourcing.tracing import trace
    from onrecord.evaluate.attribution import read_lines
    from onrecord.evaluate.sourcing import score_wire, wire_documents

    wired, others = wire_documents(record for path in documents for record in read_lines(path))
    score = score_wire(
        [(trace(Annotations(find_blocks(document))), wire) for document, wire in wired],
        [trace(Annotations(find_blocks(document))) for document in others],
    )
    found = {"recall": round(score.recall, 1), "false_rate": round(score.false_rate, 1), "agency": score.agency}
    return _tell("agencies", found, json_file, floors)


def _annotated(gold: Path) -> list[dict[str, Any]]:
    """Annotate a gold file's documents and give the records of the contract."""
    from onrecord import pipeline
    from onrecord.publishers import records
    from onrecord.readers import read

    return [json.loads(records.encode(records.annotations_record(each))) for each in pipeline.annotate(read(str(gold)))]


def _numbers_of(report: Any) -> dict[str, Any]:
    """Keep a report's figures and leave its lists of cases out."""
    return {name: value for name, value in report._asdict().items() if isinstance(value, (int, float, dict))}


def _tell(metric: str, rates: Mapping[str, Any], json_file: str | None, floors: Path | None) -> int:
    """Print the figures, write them where asked, and hold them to their floors."""
    figures = dict(_flat("", rates))
    if json_file is not None:
        write_whole(json_file, json.dumps(figures, indent=1).encode() + b"\n")
    if json_file != "-":
        for name, value in figures.items():
            click.echo(f"{name:60} {value:10.4g}")
    return _held(metric, figures, floors) if floors is not None else 0


def _flat(path: str, value: Any) -> list[tuple[str, float]]:
    """Flatten nested figures to dotted names; named tuples give their fields."""
    if isinstance(value, (int, float)):
        return [(path, value)]
    fields = value._asdict() if hasattr(value, "_asdict") else value
    if not isinstance(fields, Mapping):
        return []
    return [
        pair for name, below in fields.items() for pair in _flat(f"{path}.{_key(name)}" if path else _key(name), below)
    ]


def _key(name: Any) -> str:
    return ">".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _held(metric: str, figures: Mapping[str, float], floors: Path) -> int:
    """Hold the figures to the floors of this metric; tell of each that is not reached."""
    try:
        wanted = json.loads(floors.read_text(encoding="utf-8"))[metric]
    except (ValueError, KeyError) as error:
        raise UsageError(f"{floors} holds no floors for {metric} ({error}): add an object of that name.") from error
    missed = 0
    for key, bound in wanted.items():
        name = key.removeprefix("max ")
        if name not in figures:
            raise GoldError(f"{floors} names {name}, which {metric} does not measure.")
        if figures[name] > bound if key != name else figures[name] < bound:
            click.echo(f"{name} is {figures[name]:.4g}, and its bound is {bound:.4g}.", err=True)
            missed += 1
    return UNDER_A_FLOOR if missed else 0
