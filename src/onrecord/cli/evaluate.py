"""``onrecord evaluate``: the metrics, each with its labelled data; thresholds make it a gate."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from onrecord.cli.documents import json_option
from onrecord.cli.outputs import look_at, write_whole
from onrecord.errors import LabelledDataError, UsageError
from onrecord.guards import place_of

UNDER_A_THRESHOLD = 1
_File = click.Path(exists=True, dir_okay=False, path_type=Path)
_Folder = click.Path(exists=True, file_okay=False, path_type=Path)


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every metric takes: where to write its figures, and the thresholds to hold them to."""
    thresholds = click.option(
        "--thresholds",
        type=_File,
        metavar="FILE",
        help="Exit 1 where a figure misses its bound in this JSON file (the least it may be; `max NAME` is the most).",
    )

    @wraps(function)
    def scored(*args: Any, **kwargs: Any) -> Any:
        look_at({"--json": kwargs["json_file"]})
        try:
            return function(*args, **kwargs)
        except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
            raise LabelledDataError(
                f"The labelled data has another form than this metric reads ({place_of(error)}): look at its fields."
            ) from error

    options: Callable[..., Any] = json_option("the figures")(thresholds(scored))
    return options


@click.group("evaluate")
def command() -> None:
    """Score onrecord against labelled data."""


@command.command("attribution")
@click.argument("labelled", type=_File, metavar="LABELS")
@click.argument("predicted", type=_File, required=False)
@_options
def attribution(labelled: Path, predicted: Path | None, json_file: str | None, thresholds: Path | None) -> int:
    """Score attributions against LABELS, documents in PolNeAR's form.

    PREDICTED is what `onrecord annotate --json` wrote of the same documents; without it they are annotated now.
    """
    from onrecord.evaluate.attribution import read_lines, score_attributions

    documents = read_lines(labelled)
    found = read_lines(predicted) if predicted else _annotated(labelled)
    return _tell("attribution", score_attributions(documents, found), json_file, thresholds)


@command.command("speakers")
@click.argument("labelled", type=_File, metavar="LABELS")
@click.option("--documents", type=_File, metavar="DOCS.jsonl", help="The documents, in PolNeAR's form.")
@_options
def speakers(labelled: Path, documents: Path | None, json_file: str | None, thresholds: Path | None) -> int:
    """Score speakers and acts against LABELS, given the labelled spans and end to end.

    Without --documents they are looked for where ../shared keeps them: polnear/ beside the labels.
    """
    from onrecord.evaluate.speakers import evaluate_speakers

    texts = documents or _shared(labelled) / "polnear" / labelled.name
    return _tell("speakers", evaluate_speakers(labelled, texts).rates, json_file, thresholds)


@command.command("wording")
@click.argument("labelled", type=_File, metavar="LABELS")
@click.option("--articles", type=_Folder, help="A folder of articles in PolNeAR's form, SPLIT.jsonl.")
@click.option("--transcripts", type=_Folder, help="A folder of transcripts with their index.jsonl.")
@click.option("--generated", default=0, metavar="N", help="Also judge N made quotations, whose true verdict is known.")
@click.option("--seed", default=0, show_default=True, help="The seed of the made quotations.")
@_options
def wording(
    labelled: Path,
    articles: Path | None,
    transcripts: Path | None,
    generated: int,
    seed: int,
    json_file: str | None,
    thresholds: Path | None,
) -> int:
    """Score verdicts against labelled quotations, and with --generated against made ones.

    Without --articles and --transcripts both are looked for where ../shared keeps them: beside the labels.
    """
    from onrecord.evaluate import wording as metric

    spoken = metric.read_transcripts(transcripts or _shared(labelled) / "transcripts")
    report = metric.evaluate_wording(labelled, metric.read_articles(articles or _shared(labelled) / "polnear"), spoken)
    figures: dict[str, Any] = {"labelled": _numbers_of(report)}
    if generated:
        figures["generated"] = _numbers_of(metric.evaluate_generated(list(spoken.values()), generated, seed))
    return _tell("wording", figures, json_file, thresholds)


@command.command("stories")
@click.argument("lots", nargs=-1, required=True, type=_Folder, metavar="LABELS...")
@click.option("--documents", type=_Folder, help="The folder of the stories' documents, NAME.docs.jsonl.")
@_options
def stories(lots: tuple[Path, ...], documents: Path | None, json_file: str | None, thresholds: Path | None) -> int:
    """Score whole stories, from text to findings, against folders of labelled stories, side by side.

    Counted are attributions with their speakers, statement and claim pairs, chains and copies.
    Without --documents they are looked for where ../shared keeps them: stories/ beside the labels.
    Of stories under a folder named blind only the totals are given.
    With several folders, a figure's name in JSON and in the file of thresholds begins with its lot's.
    """
    from onrecord.evaluate.stories import documents_beside, evaluate_stories

    return _tell_lots(
        "stories",
        {
            name: evaluate_stories(lot, documents or documents_beside(lot)).rates
            for name, lot in _named(lots, documents)
        },
        json_file,
        thresholds,
    )


@command.command("shown")
@click.argument("lots", nargs=-1, required=True, type=_Folder, metavar="LABELS...")
@_options
def shown(lots: tuple[Path, ...], json_file: str | None, thresholds: Path | None) -> int:
    """Count, by kind of finding, what is shown and what withheld, and how much of what is shown is right.

    LABELS are folders of labelled stories, as `onrecord evaluate stories` takes them.
    """
    from onrecord.evaluate.shown import evaluate_shown, rates
    from onrecord.evaluate.stories import documents_beside

    found = {name: {"together": rates(evaluate_shown(lot, documents_beside(lot)))} for name, lot in _named(lots)}
    return _tell_lots("shown", found, json_file, thresholds)


@command.command("figures")
@click.argument("lots", nargs=-1, required=True, type=_Folder, metavar="LABELS...")
@click.option("--documents", type=_Folder, help="The folder of the stories' documents, NAME.docs.jsonl.")
@_options
def figures(lots: tuple[Path, ...], documents: Path | None, json_file: str | None, thresholds: Path | None) -> int:
    """Score figures, their groups and dates against folders of labelled stories.

    Of conflicts, those that the labels hold, those found and those invented are counted, for each story by itself.
    With several folders the totals stand side by side; of stories under a folder named blind only these are given.
    """
    from onrecord import pipeline
    from onrecord.evaluate.figures import evaluate_figures
    from onrecord.evaluate.stories import documents_beside

    embed = pipeline.shared_encoder().embed
    found = {
        name: evaluate_figures(lot, documents or documents_beside(lot), embed=embed).rates
        for name, lot in _named(lots, documents)
    }
    return _tell_lots("figures", found, json_file, thresholds)


@command.command("stream")
@click.argument("labelled", type=_File, nargs=-1, required=True, metavar="STREAM.jsonl…")
@_options
def stream(labelled: tuple[Path, ...], json_file: str | None, thresholds: Path | None) -> int:
    """Score the stories that are formed of streams of documents against their labelled stories.

    Each STREAM has one document a line: id, text and story, where known title and published.
    """
    from onrecord.evaluate.stream import evaluate_stream

    return _tell("stream", {path.stem: evaluate_stream(path) for path in labelled}, json_file, thresholds)


@command.command("agencies")
@click.argument("documents", nargs=-1, required=True, type=_File)
@_options
def agencies(documents: tuple[Path, ...], json_file: str | None, thresholds: Path | None) -> int:
    """Score which DOCUMENTS, in PolNeAR's form, are taken as an agency's text; their `wire` names the true one."""
    from onrecord import pipeline
    from onrecord.evaluate.attribution import read_lines
    from onrecord.evaluate.sourcing import score_wire, wire_documents

    wired, others = wire_documents(record for path in documents for record in read_lines(path))
    score = score_wire(
        [(pipeline.trace_credits(document), wire) for document, wire in wired],
        [pipeline.trace_credits(document) for document in others],
    )
    found = {"recall": round(score.recall, 1), "false_rate": round(score.false_rate, 1), "agency": score.agency}
    return _tell("agencies", found, json_file, thresholds)


def _shared(labelled: Path) -> Path:
    """Give the folder two above a file's own, where ../shared keeps what the labels belong to."""
    above = labelled.resolve().parents
    return above[min(2, len(above) - 1)]


def _annotated(labelled: Path) -> list[dict[str, Any]]:
    """Annotate a labelled file's documents and give the records of the contract."""
    from onrecord import pipeline
    from onrecord.publishers import records
    from onrecord.readers import read

    return [
        json.loads(records.encode(records.annotations_record(each))) for each in pipeline.annotate(read(str(labelled)))
    ]


def _numbers_of(report: Any) -> dict[str, Any]:
    """Keep a report's figures and leave its lists of cases out."""
    return {name: value for name, value in report._asdict().items() if isinstance(value, (int, float, dict))}


def _tell(metric: str, rates: Mapping[str, Any], json_file: str | None, thresholds: Path | None) -> int:
    """Print the figures one a line, write them where asked, and hold them to their thresholds."""
    figures = dict(_flat("", rates))
    return _give(
        metric, figures, [f"{name:60} {value:10.4g}" for name, value in figures.items()], json_file, thresholds
    )


def _give(
    metric: str, figures: Mapping[str, float], lines: Sequence[str], json_file: str | None, thresholds: Path | None
) -> int:
    """Write the figures where asked, else print the lines that show them, and hold them to their thresholds."""
    if json_file is not None:
        write_whole(json_file, json.dumps(figures, indent=1).encode() + b"\n")
    if json_file != "-":
        click.echo("\n".join(lines))
    return _held(metric, figures, thresholds) if thresholds is not None else 0


def _named(lots: Sequence[Path], documents: Path | None = None) -> list[tuple[str, Path]]:
    """Pair each lot with a name of its own."""
    from onrecord.evaluate.stories import lot_name

    if documents is not None and len(lots) > 1:
        raise UsageError("--documents goes with one folder: with several, the documents lie beside each.")
    named: dict[str, Path] = {}
    for lot in lots:
        name = lot_name(lot)
        named[name if name not in named else str(lot)] = lot
    return list(named.items())


def _tell_lots(
    metric: str, lots: Mapping[str, Mapping[str, Any]], json_file: str | None, thresholds: Path | None
) -> int:
    """Print the totals of several lots side by side; the single stories go to JSON. One lot is printed as a whole."""
    if len(lots) == 1:
        return _tell(metric, next(iter(lots.values())), json_file, thresholds)
    columns = [dict(_flat("", rates["together"])) for rates in lots.values()]
    lines = [f"{'':48}" + "".join(f" {name:>10}" for name in lots)]
    for figure in dict.fromkeys(figure for column in columns for figure in column):
        cells = [f"{column[figure]:10.4g}" if figure in column else f"{'':10}" for column in columns]
        lines.append(" ".join([f"{figure:48}", *cells]))
    return _give(metric, dict(_flat("", lots)), lines, json_file, thresholds)


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


def _held(metric: str, figures: Mapping[str, float], thresholds: Path) -> int:
    """Hold the figures to the thresholds of this metric; say each that is not reached."""
    try:
        wanted = json.loads(thresholds.read_text(encoding="utf-8"))[metric]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(f"{thresholds} has nothing for {metric} ({error}): add an object of that name.") from error
    if not isinstance(wanted, dict) or not all(isinstance(bound, int | float) for bound in wanted.values()):
        raise UsageError(f"{thresholds} gives for {metric} no object of numbers: correct it.")
    missed = 0
    for key, bound in wanted.items():
        name = key.removeprefix("max ")
        if name not in figures:
            raise LabelledDataError(f"{thresholds} names {name}, which {metric} does not measure.")
        if figures[name] > bound if key != name else figures[name] < bound:
            click.echo(f"{name} is {figures[name]:.4g}, and its bound is {bound:.4g}.", err=True)
            missed += 1
    return UNDER_A_THRESHOLD if missed else 0
