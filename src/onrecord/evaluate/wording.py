"""Wording verdicts against gold, and on made cases.

Gold: one JSON object a line, ``{"split", "doc", "start", "end", "transcript", "match", "label", "unsure"}``: a
quotation of an article held against one transcript. ``match`` is ``yes`` (the article reports this passage;
``label`` is the verdict), ``no`` or ``other-occasion``. Items that are ``unsure`` are counted apart.

A quotation counts as *given a passage* when its verdict is one of those on quotations that were found.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from onrecord.annotation import Annotations
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.wording.verdicts import judge
from onrecord.document import Document, Published, Span
from onrecord.errors import LabelledDataError
from onrecord.evaluate.generate_wording import MADE, generate
from onrecord.wording import VERDICTS, Verdict, Wording

_PASSED: Final = frozenset({"verbatim", "trimmed"})
_BLAMED: Final = frozenset({"altered-function", "altered-content", "spliced"})


_ACCUSING: Final = frozenset({*_BLAMED, "paraphrase-in-quotes", "misattributed", "not-found"})
"""Verdicts that say that somebody was misquoted."""


class Judged(NamedTuple):
    """One gold item with the verdict given."""

    document: str
    words: str
    match: str
    label: str | None
    verdict: Verdict
    doubt: bool
    unsure: bool


class WordingReport(NamedTuple):
    """Wording against gold. Shares are in per cent; ``items`` are all judged, in gold's order.

    ``right``: of ``match: yes``, the verdict is the label. ``given``: of ``match: no``, a passage was given as if it
    matched. ``other_told``: of ``match: other-occasion``, no passage was given, or the doubt was told. ``accused``: of
    the accusing verdicts on certain items, how many are shown, how many withheld that the labels hold, and how many of
    those shown are right.
    """

    yes: int
    right: float
    no: int
    given: float
    other: int
    other_reported: float
    unsure: int
    unsure_right: float
    accused: dict[str, float]
    items: tuple[Judged, ...]


class GeneratedReport(NamedTuple):
    """Verdicts on made cases. ``right`` is in per cent, by true verdict; ``given`` counts pairs (true, given).

    ``let_pass`` is the share, in per cent, of altered or spliced cases that were called verbatim or trimmed.
    """

    cases: int
    right: dict[Verdict, float]
    given: dict[tuple[Verdict, Verdict], int]
    let_pass: float
    accused: dict[str, float]


def evaluate_wording(
    labelled: Path, articles: Mapping[tuple[str, str], Document], transcripts: Mapping[str, Document]
) -> WordingReport:
    """Judge every gold quotation against its one transcript, and count.

    ``articles`` are keyed by split and document id (:func:`read_articles`), ``transcripts`` by id
    (:func:`read_transcripts`). Raises LabelledDataError where the gold names a document that is not given.
    """
    indexes: dict[str, TranscriptIndex] = {}
    items: list[Judged] = []
    for item in _lines(labelled):
        article = articles.get((item["split"], item["doc"]))
        transcript = transcripts.get(item["transcript"])
        if article is None or transcript is None:
            raise LabelledDataError(
                f"{labelled} names {item['doc']} and {item['transcript']}: one of them was not given."
            )
        index = indexes.setdefault(transcript.id, TranscriptIndex([Annotations(transcript)]))
        span = Span(item["start"], item["end"])
        wording = judge([span], article, index)
        items.append(_judged(item, span.of(article.text), wording))
    return _report(items)


def _judged(item: Mapping[str, Any], words: str, wording: Wording) -> Judged:
    doubt = "occasion-in-doubt" in wording.flags
    return Judged(
        item["doc"], words, item["match"], item.get("label"), wording.verdict, doubt, bool(item.get("unsure"))
    )


def _report(items: Sequence[Judged]) -> WordingReport:
    sure = [i for i in items if not i.unsure]
    yes = [i for i in sure if i.match == "yes"]
    no = [i for i in sure if i.match == "no"]
    other = [i for i in sure if i.match == "other-occasion"]
    unsure = [i for i in items if i.unsure and i.match == "yes"]
    return WordingReport(
        yes=len(yes),
        right=_per_cent(i.verdict == i.label for i in yes),
        no=len(no),
        given=_per_cent(i.verdict in VERDICTS for i in no),
        other=len(other),
        other_reported=_per_cent(i.verdict not in VERDICTS or i.doubt for i in other),
        unsure=len(unsure),
        unsure_right=_per_cent(i.verdict == i.label for i in unsure),
        accused=_accused((i.label, i.verdict) for i in sure if i.match != "no" or i.verdict in VERDICTS),
        items=tuple(items),
    )


def evaluate_generated(transcripts: Sequence[Document], count: int, seed: int = 0) -> GeneratedReport:
    """Make ``count`` cases from transcripts, judge them, and count."""
    given: Counter[tuple[Verdict, Verdict]] = Counter()
    for case in generate(transcripts, count, seed):
        index = TranscriptIndex([case.transcript])
        wording = judge(case.quotation, case.document, index, speaker=case.speaker)
        given[case.verdict, wording.verdict] += 1
    totals: Counter[Verdict] = Counter()
    for (true, _), number in given.items():
        totals[true] += number
    blamed = sum(totals[v] for v in totals if v in _BLAMED)
    passed = sum(n for (true, reported), n in given.items() if true in _BLAMED and reported in _PASSED)
    return GeneratedReport(
        cases=sum(totals.values()),
        right={v: round(100 * given[v, v] / totals[v], 1) for v in MADE if totals[v]},
        given=dict(given),
        let_pass=round(100 * passed / blamed, 2) if blamed else 0.0,
        accused=_accused(given.elements()),
    )


def _accused(given: Iterable[tuple[str | None, str]]) -> dict[str, float]:
    """Count the accusing verdicts among pairs (true, given)."""
    pairs = list(given)
    shown = [true == reported for true, reported in pairs if reported in _ACCUSING]
    withheld = sum(true in _ACCUSING and reported == "unchecked" for true, reported in pairs)
    return {"shown": len(shown), "withheld": withheld, "right": _per_cent(shown)}


def _per_cent(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return round(100 * sum(counted) / len(counted), 1) if counted else 0.0


def read_articles(folder: Path) -> dict[tuple[str, str], Document]:
    """Read the articles of PolNeAR (``train.jsonl``, ``dev.jsonl``, …), keyed by the file's name and their id."""
    return {
        (path.stem, record["id"]): Document(
            record["id"], record["text"], "report", record.get("title"), published=_published(record.get("published"))
        )
        for path in sorted(folder.glob("*.jsonl"))
        for record in _lines(path)
    }


def read_transcripts(folder: Path) -> dict[str, Document]:
    """Read a folder of transcripts: ``ID.txt`` each, and ``index.jsonl`` (``id, date, description, location``)."""
    return {
        record["id"]: Document(
            record["id"],
            (folder / f"{record['id']}.txt").read_bytes().decode("utf-8"),
            "transcript",
            ", ".join(part for part in (record.get("description"), record.get("location")) if part),
            published=_published(record.get("date")),
        )
        for record in _lines(folder / "index.jsonl")
    }


def _published(value: str | None) -> Published | None:
    return Published(value[:10], "metadata") if value else None


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise LabelledDataError(f"{path} cannot be read as JSON lines ({error}).") from error
