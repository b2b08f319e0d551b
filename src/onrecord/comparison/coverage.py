"""Coverage: which report carries which statement and which claim, how, and which leave it out.

Reads the reports, the statements and the claims of a story; gives a row each, with a cell for each report that carries
it: what is written grows with what is carried, never with reports times statements. A report that came out before
something was said or happened, or before every report that carries it, has not left it out: it is
``published-before``. The day of an utterance is the one that versions name beside it ("said on Tuesday"), that of a
claim the one day that its versions name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onrecord.annotation import Annotations, Form
from onrecord.document import Span
from onrecord.story import Claim, CoverageCell, CoverageForm, CoverageRow, Statement

_CLOSEST: tuple[Form, ...] = ("direct", "mixed", "indirect")


def cover(
    documents: Sequence[Annotations], statements: Sequence[Statement], claims: Sequence[Claim]
) -> tuple[CoverageRow, ...]:
    """Give a row for each statement and claim, in their order; cells stand in the order of the reports given.

    A row is ``core`` when two reports at least carry the item, and more than half of those not published earlier.
    """
    given = [a for a in documents if a.document.kind == "report"]
    reports = {a.id: _Report(a, place) for place, a in enumerate(given)}
    days = sorted(r.day for r in reports.values() if r.day is not None)
    rows = [_row(s.id, "statement", reports, days, _variants(s, reports), _said(s, reports)) for s in statements]
    rows += [_row(k.id, "claim", reports, days, _members(k, reports), _happened(k, reports)) for k in claims]
    return tuple(rows)


def versions(row: CoverageRow, documents: Iterable[Annotations]) -> dict[str, CoverageForm]:
    """Say of each report, those that do not carry the item among them, how it stands to a row."""
    carried = {cell.document: cell.form for cell in row.cells}
    return {
        a.id: carried.get(a.id) or ("published-before" if _is_earlier(a, row.since) else "not-reported")
        for a in documents
        if a.document.kind == "report"
    }


def _is_earlier(report: Annotations, since: str | None) -> bool:
    published = report.document.published
    return since is not None and published is not None and _ordinal(published.day) is not None and published.day < since


def left_out(row: CoverageRow, documents: Sequence[Annotations]) -> list[str]:
    """List the reports that can be said to leave out what a row is about.

    They are those without it that are known to have come out when another report had it: an undated report, or one
    beside none but undated ones, is charged with nothing.
    """
    dated = {a.id for a in documents if _ordinal(a.document.published.day if a.document.published else None)}
    if not any(cell.document in dated for cell in row.cells):
        return []
    return [id_ for id_, version in versions(row, documents).items() if version == "not-reported" and id_ in dated]


class _Report:
    """A report, its day, and its attributions and dates where they can be looked up."""

    def __init__(self, annotations: Annotations, place: int) -> None:
        self.place = place
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


def _variants(statement: Statement, known: Mapping[str, _Report]) -> dict[str, CoverageForm]:
    """Tell how each report tells a statement: in the form nearest to the words, where it does so more than once."""
    reported: dict[str, CoverageForm] = {}
    for variant in statement.variants:
        report = known.get(variant.document)
        attribution = report.attributions.get(variant.attribution) if report else None
        if attribution is not None:
            before = reported.get(variant.document)
            nearer = before is None or _CLOSEST.index(attribution.form) < _CLOSEST.index(before)
            reported[variant.document] = attribution.form if nearer or before is None else before
    return reported


def _members(claim: Claim, known: Mapping[str, _Report]) -> dict[str, CoverageForm]:
    return {member.document: "own-voice" for member in claim.members if member.document in known}


def _said(statement: Statement, known: Mapping[str, _Report]) -> int | None:
    """Find the day of an utterance: what most versions name beside it, the earlier of equals."""
    count: Counter[int] = Counter()
    for variant in statement.variants:
        report = known.get(variant.document)
        attribution = report.attributions.get(variant.attribution) if report else None
        place = attribution.cue or attribution.source if attribution else None
        if report is not None and attribution is not None and place is not None:
            count.update(report.days_in(report.sentence_around(place), attribution.content))
    return _latest(_commonest(count), _first(known, {v.document for v in statement.variants}))


def _happened(claim: Claim, known: Mapping[str, _Report]) -> int | None:
    """Find the day of a fact: the one day that versions name, if they name one."""
    count: Counter[int] = Counter()
    for member in claim.members:
        report = known.get(member.document)
        days = report.days_in(Span(member.start, member.end)) if report else set()
        if len(days) == 1:
            count.update(days)
    return _latest(_commonest(count), _first(known, {m.document for m in claim.members}))


def _commonest(count: Mapping[int, int]) -> int | None:
    return min(count, key=lambda day: (-count[day], day)) if count else None


def _first(known: Mapping[str, _Report], reporters: Iterable[str]) -> int | None:
    return min((day for t in reporters if t in known and (day := known[t].day) is not None), default=None)


def _latest(*days: int | None) -> int | None:
    return max((day for day in days if day is not None), default=None)


def _row(
    item: str,
    kind: str,
    reports: Mapping[str, _Report],
    days: Sequence[int],
    reported: Mapping[str, CoverageForm],
    day: int | None,
) -> CoverageRow:
    """Write a row; ``days`` are those on which reports came out, in order."""
    cells = tuple(CoverageCell(report, reported[report]) for report in sorted(reported, key=lambda r: reports[r].place))
    early = 0 if day is None else bisect_left(days, day) - sum((reports[r].day or day) < day for r in reported)
    core = len(cells) >= 2 and 2 * len(cells) > len(reports) - early
    since = None if day is None else date.fromordinal(day).isoformat()
    return CoverageRow(item, "statement" if kind == "statement" else "claim", cells, core, since)
