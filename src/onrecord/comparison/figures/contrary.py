"""Figures that cannot both hold: the same thing, counted otherwise.

Reads the referents of a story and its groups of figures that agree; gives the pairs of groups that contradict each
other, with the reason. A contradiction is stated only between figures of the same thing at the same time:

- not of a part and its whole, nor of two parts of one whole (identified and not, seriously hurt and hurt, another);
- not where a document has both figures, unless it says that one took the place of the other ("to 275 from 288");
- a toll of reports published some hours apart, or said to have risen, was updated; where the times are unknown, it may
  have been.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise, product
from typing import Final, Literal, NamedTuple

from onrecord.annotation import Annotations
from onrecord.comparison.figures.likeness import Likeness, apart, overlap
from onrecord.comparison.figures.referents import Referent
from onrecord.lexicon.load import word_list
from onrecord.story import FigureVerdict

_Cluster = tuple[int, ...]
_Values = frozenset[float | None]
ContraryReason = Literal["contrary", "zeros", "revised", "updated", "undated"]

ALIKE: Final = 0.72  # shared context and meaning, summed, from which clauses report the same
_ALIKE_ACTS: Final = 0.75  # likewise, for what no event of the table counts but one verb brings in
_ALIKE_AMOUNTS: Final = 0.5  # likewise, for amounts of one substance
_CLOSEST_RATIO: Final = 0.4  # of two counts in conflict; what lies further apart counts other things
_CLOSE_AMOUNTS: Final = 0.8  # likewise, for amounts of one substance and one year
_CLOSE_ACTS: Final = 0.6
_CLOSE_DEALS: Final = 0.75
_LEAST_SLIPPED: Final = 2000
_SLIPS: Final = frozenset({10.0, 100.0, 1000.0})
"""What a figure of 2,000 and more is multiplied or divided by when zeros, or a thousand, are slipped in or out."""
_TOLLS: Final = word_list("counting.tolls")
_MIXED: Final = frozenset({"casualty", "victim"})  # the dead, or the dead and the hurt
_HOURS: Final = 6  # between two reports of one day whose toll was updated
_WEEK: Final = 7  # days over which a toll may be said to grow
_REVISED: Final = re.compile(
    r"\s*,?\s*(?:(?:down|up|revised|lowered|raised|corrected)\s+)?from\s+(?:an? |the )?(?:earlier |previous |initial )*"
    r"|\s*,?\s*(?:and\s+)?not\s+|,?\s*(?:instead of|rather than)\s+",
    re.IGNORECASE,
)


SURE: Final[dict[ContraryReason, float]] = {
    "contrary": 0.95,
    "zeros": 0.95,
    "revised": 0.95,
    "updated": 0.9,
    "undated": 0.9,
}


class Contrary(NamedTuple):
    """Two groups of figures that cannot both hold, what that makes of them, and why."""

    one: _Cluster
    other: _Cluster
    verdict: FigureVerdict
    reason: ContraryReason

    @property
    def places(self) -> _Cluster:
        """All figures of both, in order."""
        return tuple(sorted((*self.one, *self.other)))


def contraries(
    described: Sequence[Referent],
    likeness: Callable[[int, int], Likeness],
    groups: Sequence[_Cluster],
    revised: frozenset[_Values],
) -> Iterator[Contrary]:
    """Find groups that count the same thing and cannot both hold; ``revised`` are values that replaced each other."""
    story = _Contraries(described, likeness, revised)
    for one, other in _rivals(described, groups, revised):
        found = story.judge(one, other)
        if found is not None:
            yield found


def revisions(documents: Sequence[Annotations]) -> frozenset[_Values]:
    """List the values of which a document says that one took the place of the other: "to 275 from 288"."""
    found: set[_Values] = set()
    for document in documents:
        for one, other in pairwise(document.figures):
            alike = one.unit == other.unit and one.event == other.event and one.low != other.low
            if alike and _REVISED.fullmatch(document.text, one.end, other.start):
                found.add(frozenset((one.low, other.low)))
    return frozenset(found)


def _rivals(
    described: Sequence[Referent], groups: Sequence[_Cluster], revised: frozenset[_Values]
) -> Iterator[tuple[_Cluster, _Cluster]]:
    """Pair the groups that share an event, a substance, or a noun with the verb that brings it in.

    No document has both groups of a pair, unless a document says that one value took the place of the other.
    """
    shared: defaultdict[tuple[str, str], set[_Cluster]] = defaultdict(set)
    for group in groups:
        for place in group:
            referent = described[place]
            keys = [f"of {word}" for word in referent.substance | referent.target | referent.bidder]
            if referent.figure.event is not None:
                keys.append(referent.figure.event)
            elif referent.head and referent.verb:
                keys.append(f"{referent.verb} {referent.head}")
            for key in keys:
                shared[referent.dimension, key].add(group)
    seen: set[tuple[_Cluster, _Cluster]] = set()
    for rivals in (shared[key] for key in sorted(shared)):
        for pair in sorted(_able(described, rivals, revised) - seen):
            seen.add(pair)
            yield pair


def _able(
    described: Sequence[Referent], groups: Iterable[_Cluster], revised: frozenset[_Values]
) -> set[tuple[_Cluster, _Cluster]]:
    """Pair groups that stand in no common document, or whose values replaced each other; the lesser first.

    Whole sets of documents are compared, so that a document's own figures are never paired with each other.
    """
    by_documents: defaultdict[frozenset[str], list[_Cluster]] = defaultdict(list)
    by_value: defaultdict[float | None, list[_Cluster]] = defaultdict(list)
    for group in groups:
        by_documents[frozenset(described[place].document for place in group)].append(group)
        by_value[described[group[0]].low].append(group)
    sides = [(by_documents[a], by_documents[b]) for a, b in combinations(by_documents, 2) if not a & b]
    sides += [(by_value[a], by_value[b]) for a, b in map(tuple, revised) if a in by_value and b in by_value]
    return {(min(pair), max(pair)) for one, other in sides for pair in product(one, other)}


class _Contraries:
    def __init__(
        self,
        described: Sequence[Referent],
        likeness: Callable[[int, int], Likeness],
        revised: frozenset[_Values],
    ) -> None:
        self._described = described
        self._likeness = likeness
        self._revised = revised

    def judge(self, one: _Cluster, other: _Cluster) -> Contrary | None:
        """Say how two groups contradict each other; ``None`` where they do not, or nothing shows that they do."""
        pairs = [(self._described[x], self._described[y]) for x in one for y in other]
        if any(overlap(a, b) or a.part or b.part or apart(a, b) for a, b in pairs):
            return None
        if frozenset((pairs[0][0].low, pairs[0][1].low)) in self._revised and self._alike(one, other):
            return Contrary(one, other, "different-time", "revised")
        if {a.document for a, _ in pairs} & {b.document for _, b in pairs}:
            return None  # a document that has both reports two things by them
        if any(a.states != b.states for a, b in pairs if a.dimension == "count"):
            return None
        if all(_slipped(a, b) for a, b in pairs):
            return self._timed(one, other, "zeros") if self._of_one_substance(one, other, _ALIKE_AMOUNTS) else None
        alike = (self._alike, self._same_act, self._same_amount, self._same_deal)
        return self._timed(one, other, "contrary") if any(test(one, other) for test in alike) else None

    def _compared(self, one: _Cluster, other: _Cluster) -> Iterator[tuple[Referent, Referent, Likeness]]:
        for x in one:
            for y in other:
                yield self._described[x], self._described[y], self._likeness(x, y)

    def _alike(self, one: _Cluster, other: _Cluster) -> bool:
        """Return whether noun, event and clause agree, in some pair, and the counts lie near each other in all."""
        return all(_close(a, b, _CLOSEST_RATIO) for a, b, _ in self._compared(one, other)) and any(
            like.noun >= 0.8
            and like.event == 1.0
            and like.context + like.meaning >= ALIKE
            and _named_alike(a, b)
            and (a.head == b.head or not {a.head, b.head} & _MIXED)
            for a, b, like in self._compared(one, other)
        )

    def _same_act(self, one: _Cluster, other: _Cluster) -> bool:
        """Return whether one verb brings in both counts of one noun: "posted four photos", "posted three photos"."""
        return all(
            like.noun == 1.0
            and a.dimension == "count"
            and a.figure.event is None
            and b.figure.event is None
            and a.verb == b.verb is not None
            and like.context + like.meaning >= _ALIKE_ACTS
            and _named_alike(a, b)
            and _close(a, b, _CLOSE_ACTS)
            for a, b, like in self._compared(one, other)
        )

    def _same_amount(self, one: _Cluster, other: _Cluster) -> bool:
        """Return whether both are amounts of one substance in one year: earnings at the end of 2016."""
        return self._of_one_substance(one, other, _ALIKE_AMOUNTS) and all(
            a.days & b.days and a.figure.unit == b.figure.unit and _close(a, b, _CLOSE_AMOUNTS)
            for a, b, _ in self._compared(one, other)
        )

    def _same_deal(self, one: _Cluster, other: _Cluster) -> bool:
        """Return whether both are the worth of a bid for one company, or of somebody's first bid."""
        compared = list(self._compared(one, other))
        return any(a.target & b.target or _first_bid(a) & _first_bid(b) for a, b, _ in compared) and all(
            a.figure.unit == b.figure.unit and _close(a, b, _CLOSE_DEALS) for a, b, _ in compared
        )

    def _of_one_substance(self, one: _Cluster, other: _Cluster, threshold: float) -> bool:
        """Return whether two amounts are of one thing, named by both, in clauses that have something else in common."""
        alike = [like.context + like.meaning for a, b, like in self._compared(one, other) if a.substance & b.substance]
        return max(alike, default=0.0) >= threshold

    def _timed(self, one: _Cluster, other: _Cluster, reason: ContraryReason) -> Contrary | None:
        """Part an updated toll from a contradiction by when the reports were published."""
        first, second = ([self._described[place] for place in group] for group in (one, other))
        tolls = any(each.figure.event in _TOLLS for each in (*first, *second))
        days = [sorted({each.published for each in group if each.published}) for group in (first, second)]
        if not all(days):
            return Contrary(one, other, "different-time", "undated") if tolls else None
        gap = _days_between(days[0], days[1])
        if gap > (_WEEK if tolls else 1):
            return None
        if tolls and (gap >= 1 or _hours_between(first, second) >= _HOURS or _risen(first, second)):
            return Contrary(one, other, "different-time", "updated")
        return Contrary(one, other, "conflict", reason)


def _first_bid(one: Referent) -> frozenset[str]:
    """Name who made a bid, where the text says that it was the first: "Vey's original $105 million bid"."""
    return one.bidder if "first" in one.states else frozenset()


def _days_between(one: Sequence[str], other: Sequence[str]) -> int:
    first, second = ((dt.date.fromisoformat(group[0]), dt.date.fromisoformat(group[-1])) for group in (one, other))
    return max((second[0] - first[1]).days, (first[0] - second[1]).days, 0)


def _hours_between(one: Sequence[Referent], other: Sequence[Referent]) -> float:
    """Give the hours between the nearest reports of two groups; none where a time of day is not known."""
    moments: list[list[dt.datetime]] = []
    for group in (one, other):
        known = [each.moment for each in group if each.moment and "T" in each.moment]
        if len(known) < len(group):
            return 0.0
        moments.append([dt.datetime.fromisoformat(moment) for moment in known])
    if len({moment.tzinfo is None for group in moments for moment in group}) > 1:
        return 0.0
    return min(abs((a - b).total_seconds()) for a in moments[0] for b in moments[1]) / 3600


def _risen(one: Sequence[Referent], other: Sequence[Referent]) -> bool:
    """Return whether the reports of one group say that their figure took the place of an earlier one."""
    return any(all(each.rises for each in group) for group in (one, other))


def _slipped(one: Referent, other: Referent) -> bool:
    """Return whether two exact figures differ by nothing but zeros at the end, as 60,000 and 600,000 do.

    Small round numbers do so by accident: 5 and 50, 100 and 1,000 are told of many things.
    """
    a, b = sorted((one.low or 0.0, other.low or 0.0))
    if one.low != one.high or other.low != other.high or a < _LEAST_SLIPPED or one.figure.unit != other.figure.unit:
        return False
    return b / a in _SLIPS


def _named_alike(one: Referent, other: Referent) -> bool:
    """Return whether the nouns carry the same names, or neither one: "4 Atlas-12 rockets" are not "3 rockets"."""
    return bool(one.names & other.names) or not (one.names or other.names)


def _close(one: Referent, other: Referent, ratio: float) -> bool:
    """Return whether two counts are near enough to be of one thing, or one of them is none at all."""
    a = one.low if one.low is not None else one.high
    b = other.low if other.low is not None else other.high
    if a is None or b is None:
        return False
    return min(a, b) == 0 or min(a, b) / max(a, b) >= ratio
