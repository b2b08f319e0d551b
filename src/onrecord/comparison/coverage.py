"""Coverage: which report carries which statement and which claim, how, and which leave it out.

Reads the reports, the statements and the claims of a story; gives a row each, with a cell a report. A report that
came out before something was said or happened, or before every report that carries it, has not left it out: it is
``too-early``. The day of an utterance is the one that versions name beside it ("said on Tuesday"), that of a claim the
one day that its versions name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onrecord.annotation import Annotations, Form
from onrecord.document import Span
from onrecord.story import Claim, CoverageCell, CoverageRow, Statement, Telling

_WITHOUT: frozenset[Telling] = frozenset({"not-told", "too-early"})
_CLOSEST: tuple[Form, ...] = ("direct", "mixed", "indirect")


def cover(
    documents: Sequence[Annotations], statements: Sequence[Statement], claims: Sequence[Claim]
) -> tuple[CoverageRow, ...]:
    """Give a row for each statement and claim, in their order; cells stand in the order of the reports given.

    A row is ``core`` when two reports at least carry the item, and more than half of those not published earlier.
    """
    reports = [_Report(a) for a in documents if a.document.kind == "report"]
    rows = [_row(s.id, "statement", reports, _variants(s, reports), _said(s, reports)) for s in statements]
    rows += [_row(k.id, "claim", reports, _members(k), _happened(k, reports)) for k in claims]
    return tuple(rows)


def left_out(row: CoverageRow, documents: Iterable[Annotations]) -> list[str]:
    """List the reports that can be said to leave out what a row is about.

    They are those without it that are known to have come out when another report had it: an undated report, or one
    beside none but undated ones, is charged with nothing.
    """
    dated = {a.id for a in documents if _ordinal(a.document.published.day if a.document.published else None)}
    if not any(c.document in dated and c.telling not in _WITHOUT for c in row.cells):
        return []
    return [c.document for c in row.cells if c.telling == "not-told" and c.document in dated]


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
    return _latest(_commonest(count), _first(known, {v.document for v in statement.variants}))


def _happened(claim: Claim, reports: Sequence[_Report]) -> int | None:
    """Find the day of a fact: the one day that tellings name, if they name one."""
    known = {r.id: r for r in reports}
    count: Counter[int] = Counter()
    for member in claim.members:
        report = known.get(member.document)
        days = report.days_in(Span(member.start, member.end)) if report else set()
        if len(days) == 1:
            count.update(days)
    return _latest(_commonest(count), _first(known, {m.document for m in claim.members}))


def _commonest(count: Mapping[int, int]) -> int | None:
    return min(count, key=lambda day: (-count[day], day)) if count else None


def _first(known: Mapping[str, _Report], tellers: Iterable[str]) -> int | None:
    return min((day for t in tellers if t in known and (day := known[t].day) is not None), default=None)


def _latest(*days: int | None) -> int | None:
    return max((day for day in days if day is not None), default=None)


def _row(item: str, kind: str, reports: Sequence[_Report], told: Mapping[str, Telling], day: int | None) -> CoverageRow:
    cells = []
    for report in reports:
        early = day is not None and report.day is not None and report.day < day
        telling: Telling = told.get(report.id) or ("too-early" if early else "not-told")
        cells.append(CoverageCell(report.id, telling))
    tellers = sum(cell.telling not in _WITHOUT for cell in cells)
    able = sum(cell.telling != "too-early" for cell in cells)
    core = tellers >= 2 and 2 * tellers > able
    return CoverageRow(item, "statement" if kind == "statement" else "claim", tuple(cells), core)
