"""The timeline of a story: what happened, was said and was published on which day.

Reads the story's :class:`Annotations`, its statements and claims; gives :class:`TimelineEntry` records by day. An
entry is dated by words of a document: the expression of time that stands nearest to what it dates, in the same
sentence, outside the words that somebody else is quoted with. Only whole days are entries; a month or a year dates
nothing to the day, and is left to the document that says it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from onrecord.annotation import Annotations, Attribution, DateMention
from onrecord.document import Span
from onrecord.story import Claim, Statement, TimelineEntry

_DAY: Final = len("2021-09-01")
_RANK: Final = {"happened": 0, "said": 1, "published": 2}


class _Dated(NamedTuple):
    """A day for an item, as one document's words give it, and how far those words stand from it (characters)."""

    day: str
    document: str
    evidence: Span
    distance: int
    inferred: bool


def order(
    documents: Sequence[Annotations], statements: Sequence[Statement], claims: Sequence[Claim]
) -> tuple[TimelineEntry, ...]:
    """List what has a day, the earliest first; a day's own order is what happened, was said, was published.

    A statement or claim has one entry: the day that most of its documents' words give, of two the one told
    nearest to it; its evidence is the expression of that day. Without such words it has none. The order of the
    documents changes nothing.
    """
    by_id = {document.id: document for document in documents}
    entries = [_published(document) for document in documents]
    found = [entry for entry in entries if entry is not None]
    for statement in statements:
        told = [
            dated
            for variant in statement.variants
            if (document := by_id.get(variant.document)) is not None
            for dated in _said(document, variant.attribution)
        ]
        found += _chosen(told, "said", statement.id)
    for claim in claims:
        told = [
            dated
            for member in claim.members
            if (document := by_id.get(member.document)) is not None
            for dated in _happened(document, Span(member.start, member.end))
        ]
        found += _chosen(told, "happened", claim.id)
    return tuple(sorted(found, key=_place))


def _place(entry: TimelineEntry) -> tuple[str, int, str, int, str]:
    start = entry.evidence.start if entry.evidence is not None else -1
    return entry.day, _RANK[entry.what], entry.document, start, entry.item or ""


def _published(document: Annotations) -> TimelineEntry | None:
    published = document.document.published
    if published is None or len(published.day) != _DAY:
        return None
    return TimelineEntry(day=published.day, what="published", document=document.id, evidence=None)


def _chosen(told: Sequence[_Dated], what: str, item: str) -> list[TimelineEntry]:
    """Choose the day that most documents give, then the one told nearest; one entry, or none."""
    if not told:
        return []
    votes = Counter(day for day, _ in {(dated.day, dated.document) for dated in told})
    best = min(told, key=lambda dated: (-votes[dated.day], dated.distance, dated.day, dated.document, dated.evidence))
    kind = "said" if what == "said" else "happened"
    return [
        TimelineEntry(
            day=best.day,
            what=kind,  # type: ignore[arg-type]
            document=best.document,
            evidence=best.evidence,
            item=item,
            inferred=best.inferred,
        )
    ]


def _said(document: Annotations, attribution_id: str) -> list[_Dated]:
    """Find the day beside an attribution's cue: in its sentence, outside every content."""
    attribution = next((found for found in document.attributions if found.id == attribution_id), None)
    if attribution is None:
        return []
    at = attribution.cue or attribution.source
    if at is None:
        return []
    sentence = _sentence(document, at)
    return _nearest(
        document,
        at,
        (
            date
            for date in _within(document, sentence)
            if not any(content.overlaps(date.span) for content in attribution.content)
            and not _another_tells(document.attributions, attribution, date)
        ),
    )


def _another_tells(attributions: Iterable[Attribution], own: Attribution, date: DateMention) -> bool:
    return any(
        other.id != own.id and other.cue is not None and any(part.holds(date.span) for part in other.content)
        for other in attributions
    )


def _happened(document: Annotations, span: Span) -> list[_Dated]:
    """Find the day within a claim's words, else in the rest of its sentence."""
    inside = _nearest(document, span, _within(document, span))
    return inside or _nearest(document, span, _within(document, _sentence(document, span)))


def _sentence(document: Annotations, at: Span) -> Span:
    place = bisect_right(document.sentences, at.start, key=lambda sentence: sentence.start) - 1
    if 0 <= place < len(document.sentences) and document.sentences[place].end >= at.start:
        return document.sentences[place]
    return at


def _within(document: Annotations, span: Span) -> list[DateMention]:
    first = bisect_right(document.dates, span.start - 1, key=lambda date: date.start)
    last = bisect_right(document.dates, span.end - 1, key=lambda date: date.start)
    return list(document.dates[first:last])


def _nearest(document: Annotations, at: Span, dates: Iterable[DateMention]) -> list[_Dated]:
    dated = [
        _Dated(date.value, document.id, date.span, max(0, date.start - at.end, at.start - date.end), date.inferred)
        for date in dates
        if date.value is not None and len(date.value) == _DAY
    ]
    return [min(dated, key=lambda found: (found.distance, found.evidence))] if dated else []
