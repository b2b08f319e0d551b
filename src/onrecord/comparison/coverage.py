"""Coverage: which report tells which statement and which claim, how, and which leave it out.

Reads the reports, the statements and the claims of a story; gives a row each, with a cell a report. A report that
came out before something was said or happened has not left it out: it is ``too-early``. The day of an utterance is
the one that tellings name beside it ("said on Tuesday"), that of a fact the one day that its tellings name. Where no
telling names one, news is taken to be told within :data:`FRESH` days, and a report older than that by comparison with
the first teller as too early for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onrecord.annotation import Annotations, Form
from onrecord.document import Span
from onrecord.story import Claim, CoverageCell, CoverageRow, Statement, Telling

FRESH = 3
"""Days after which a report no longer brings an utterance as news: one that came out more days before the first teller
than this came out before the utterance."""
_CLOSEST: tuple[Form, ...] = ("direct", "mixed", "indirect")


def cover(
    documents: Sequence[Annotations], statements: Sequence[Statement], claims: Sequence[Claim]
) -> tuple[CoverageRow, ...]:
    """Give a row for each statement and claim, in their order; cells stand in the order of the reports given.

    A row is ``core`` when two reports at least tell the item, and more than half of those that could.
    """
    reports = [_Report(a) for a in documents if a.document.kind == "report"]
    rows = [_row(s.id, "statement", reports, _variants(s, reports), _said(s, reports)) for s in statements]
    rows += [_row(k.id, "claim", reports, _members(k), _happened(k, reports)) for k in claims]
    return tuple(rows)


class _Report:
    """A report, its day, and its attributions and dates where they can be looked up."""

    def __init__(self, annotations: Annotations) -> None:
        self.id = annotations.id
        self.annotations = annotations
        self.attributions = {a.id: a for a in annotations.attributions}
        self.day = _ordinal(annotations.document.published.day if annotations.document.published else None)
        self._dates = sorted((d.start, d.end, d.value) for d in annotations.dates if d.value is not None)
        self._sentences = [s.start for s in annotations.sentences]

    def days_in(self, span: Span, without: Sequence[Span] = ()) -> set[int]:
        """List the days named in a span, as ordinals, outside the places given; none after the report itself."""
        at = bisect_left(self._dates, (span.start,))
        found = set()
        while at < len(self._dates) and self._dates[at][0] < span.end:
            start, end, value = self._dates[at]
            at += 1
            day = _ordinal(value)
            inside = any(s.overlaps(Span(start, end)) for s in without)
            if day is not None and not inside and (self.day is None or day <= self.day):
                found.add(day)
        return found

    def sentence_around(self, place: Span) -> Span:
        """Give the sentence in which a place begins; the place itself, where no sentence is known."""
        at = bisect_right(self._sentences, place.start) - 1
        return self.annotations.sentences[at] if at >= 0 else place


def _ordinal(value: str | None) -> int | None:
    """Read an ISO 8601 day; months, years and intervals are no day."""
    if value is None or len(value) < 10 or "/" in value:
        return None
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def _variants(statement: Statement, reports: Iterable[_Report]) -> dict[str, Telling]:
    """Tell how each report tells a statement: in the form nearest to the words, where it does so more than once."""
    told: dict[str, Telling] = {}
    known = {r.id: r for r in reports}
    for variant in statement.variants:
        report = known.get(variant.document)
        attribution = report.attributions.get(variant.attribution) if report else None
        if attribution is not None:
            before = told.get(variant.document)
            nearer = before is None or _CLOSEST.index(attribution.form) < _CLOSEST.index(before)
            told[variant.document] = attribution.form if nearer or before is None else before
    return told


def _members(claim: Claim) -> dict[str, Telling]:
    return {member.document: "own-voice" for member in claim.members}


def _said(statement: Statement, reports: Sequence[_Report]) -> int | None:
    """Find the day of an utterance: what most tellings name beside it, the earlier of equals."""
    known = {r.id: r for r in reports}
    count: Counter[int] = Counter()
    for variant in statement.variants:
        report = known.get(variant.document)
        attribution = report.attributions.get(variant.attribution) if report else None
        place = attribution.cue or attribution.source if attribution else None
        if report is not None and attribution is not None and place is not None:
            count.update(report.days_in(report.sentence_around(place), attribution.content))
    return _commonest(count) or _first(known, {v.document for v in statement.variants})


def _happened(claim: Claim, reports: Sequence[_Report]) -> int | None:
    """Find the day of a fact: the one day that tellings name, if they name one."""
    known = {r.id: r for r in reports}
    count: Counter[int] = Counter()
    for member in claim.members:
        report = known.get(member.document)
        days = report.days_in(Span(member.start, member.end)) if report else set()
        if len(days) == 1:
            count.update(days)
    return _commonest(count) or _first(known, {m.document for m in claim.members})


def _commonest(count: Mapping[int, int]) -> int | None:
    return min(count, key=lambda day: (-count[day], day)) if count else None


def _first(known: Mapping[str, _Report], tellers: Iterable[str]) -> int | None:
    days = [day for t in tellers if t in known and (day := known[t].day) is not None]
    return min(days) - FRESH if days else None


def _row(item: str, kind: str, reports: Sequence[_Report], told: Mapping[str, Telling], day: int | None) -> CoverageRow:
    cells = []
    for report in reports:
        early = day is not None and report.day is not None and report.day < day
        telling: Telling = told.get(report.id) or ("too-early" if early else "not-told")
        cells.append(CoverageCell(report.id, telling))
    tellers = sum(cell.telling not in {"not-told", "too-early"} for cell in cells)
    able = sum(cell.telling != "too-early" for cell in cells)
    core = tellers >= 2 and 2 * tellers > able
    return CoverageRow(item, "statement" if kind == "statement" else "claim", tuple(cells), core)
