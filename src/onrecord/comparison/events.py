"""Events: whether a story's reports are of one event or, clearly, of several.

Reads annotated reports and their statements; gives the ids of the reports of each event, or nothing where all may be of
one. Two reports are of one event when versions of one statement stand in both, or when they share words that are rare
in the news at large, unless half a year lies between the days that each of them names as its own. Whatever is joined so
in a chain is one event: a story is parted only where no link at all leads from one part to the other, for reports of
one event that are called two mislead more than reports of two that are read together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from math import fsum, log, sqrt
from typing import Final, NamedTuple

from onrecord.annotation import Annotations
from onrecord.comparison.rarity import commonness
from onrecord.story import Statement
from onrecord.text.words import is_content, lemma, words

_LIKE: Final = 0.15
"""Cosine of the rare words of two reports from which on they may be of one event. Labelled reports of one event are
joined by 0.18 at least (in nine of ten stories by 0.29), the likest reports of two stories by less in 94 % of pairs."""
_LEAST_LEMMAS: Final = 40
"""Different content words of a report that can be told from others by its words; shorter ones part nothing."""
_FRESH: Final = 3
"""Days before its publication up to which a day that a report names is that of its own event."""
_APART: Final = 180
"""Days between the own days of two reports from which on they are of two events, unless a statement joins them."""
_RAREST: Final = 0.008
_LEAST_WEIGHT: Final = 0.02


class _Report(NamedTuple):
    """A report's id, the weights of its lemmas (as a vector of length 1), and the ordinals of its own days."""

    id: str
    weights: Mapping[str, float]
    days: tuple[int, ...]


def part(documents: Sequence[Annotations], statements: Sequence[Statement]) -> tuple[tuple[str, ...], ...]:
    """Give the reports of each event by id, where there are several; transcripts belong to none.

    Events stand in the order of their first reports, reports in that of the documents. The work is that of comparing
    one report of each event with all others, where most are of one.
    """
    reports = [_read(each) for each in documents if each.document.kind == "report"]
    joined = _joined_by_statements(statements)
    left = [report for report in reports if len(report.weights) >= _LEAST_LEMMAS]
    events: list[set[str]] = []
    while left:
        reached = [left.pop(0)]
        event = {reached[0].id}
        while reached and left:
            one = reached.pop()
            near = [other for other in left if other.id in joined[one.id] or _may_be_one(one, other)]
            names = {other.id for other in near}
            left = [other for other in left if other.id not in names]
            reached += near
            event |= names
        events.append(event)
    if len(events) < 2:
        return ()
    known = {report.id: report for report in reports}
    long = [[known[name] for name in event] for event in events]
    for short in (report for report in reports if len(report.weights) < _LEAST_LEMMAS):
        events[_likest(short, long, joined[short.id])].add(short.id)
    order = [report.id for report in reports]
    return tuple(tuple(name for name in order if name in event) for event in events)


def _read(report: Annotations) -> _Report:
    count = Counter(lemma(w.folded) for w in words(report.text) if is_content(w.folded))
    weights = {
        one: (1 + log(times)) * max(log(commonness(one)) / log(_RAREST), _LEAST_WEIGHT) for one, times in count.items()
    }
    length = sqrt(fsum(weight * weight for weight in weights.values())) or 1.0
    return _Report(report.id, {one: weight / length for one, weight in weights.items()}, _own_days(report))


def _own_days(report: Annotations) -> tuple[int, ...]:
    """List the days that a report names and that lie shortly before its publication, as ordinals."""
    published = _ordinal(report.document.published.day) if report.document.published else None
    if published is None:
        return ()
    named = {day for mention in report.dates if (day := _ordinal(mention.value)) is not None}
    return tuple(sorted(day for day in named if 0 <= published - day <= _FRESH))


def _ordinal(day: str | None) -> int | None:
    try:
        return date.fromisoformat(day or "").toordinal()
    except ValueError:
        return None


def _joined_by_statements(statements: Sequence[Statement]) -> dict[str, set[str]]:
    """List for each report those that have a statement in common with it; of many, those beside it suffice."""
    joined: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        held = dict.fromkeys(variant.document for variant in statement.variants)
        for one, other in zip(held, [*held][1:], strict=False):
            joined[one].add(other)
            joined[other].add(one)
    return joined


def _likest(short: _Report, events: Sequence[Sequence[_Report]], joined: set[str]) -> int:
    """Give the event of a short report: one that shares a statement with it, else the one likest in words."""

    def nearness(number: int) -> tuple[bool, float]:
        event = events[number]
        return any(other.id in joined for other in event), max(_likeness(short, other) for other in event)

    return max(range(len(events)), key=nearness)


def _may_be_one(one: _Report, other: _Report) -> bool:
    apart = min((abs(a - b) for a in one.days for b in other.days), default=0)
    return apart < _APART and _likeness(one, other) >= _LIKE


def _likeness(one: _Report, other: _Report) -> float:
    """Give the cosine of the rare words of two reports."""
    fewer, more = sorted((one.weights, other.weights), key=len)
    return fsum(weight * more[key] for key, weight in fewer.items() if key in more)
