"""Figures of several documents are reconciled: which count the same thing, and whether they agree.

Reads the story's :class:`Annotations` (figures, dates, sentences, publication days); gives :class:`FigureGroup`
records. Two questions are kept apart. Whether figures refer to one thing is asked by their nouns, events, dates and
the words and meaning of their clauses (:mod:`onrecord.comparison.figures.referents`); how their values stand to each
other comes afterwards:

- ``equal``: the same bounds ("some 197" and "197" are equal, too);
- ``compatible``: other bounds that can both hold ("more than 270" and "276");
- ``narrower``: one counts a part of what the other counts;
- ``different-time``: a count that a document says was revised, or a toll of reports published at different times;
- ``conflict``: they cannot both hold, and nothing explains it (:mod:`onrecord.comparison.figures.contrary`): the same
  thing at the same time, no part of it, and no document that has both figures.

A figure may stand in several groups: those that are equal among themselves, and those with which they are compatible.
The order in which documents come changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from onrecord.annotation import Annotations
from onrecord.comparison.figures.contrary import ALIKE, SURE, Contrary, contraries, revisions
from onrecord.comparison.figures.group_names import name_of
from onrecord.comparison.figures.likeness import Comparer, Likeness, apart, equal, overlap
from onrecord.comparison.figures.referents import GENERIC, Referent, is_human, referents
from onrecord.story import FigureGroup, FigureMember, FigureReason, FigureVerdict
from onrecord.text.words import Embed

_SAME: Final = 0.45  # chance of one referent from which figures of one value are joined (average over two clusters)
_BOTH_HOLD: Final = 0.15  # likewise for figures of other bounds: rarer, and weighed by weights of their own
_SMALL: Final = 5  # below, one document may well count two things that are equally many
_MOST_OF_ALL: Final = (
    0.85  # of all, what a kind may be where nobody says that it is a part: more may be all by another noun
)
_LEAST_SUM = 10.0
"""Count of people from which on parts add up to it by no chance: two pilots and three sons make five of anything."""
_MOST_IN_BUCKET: Final = 300  # figures that share a value; beyond, joining by value says nothing
_Cluster = tuple[int, ...]
LEAST_JOINED: Final = 0.0
LEAST_SHOWN: Final[dict[FigureVerdict, float]] = {"compatible": 0.3, "conflict": 0.95}
_PARTS: Final[dict[FigureReason, float]] = {"declared": 0.95, "sum": 0.9, "kind": 0.9}


class _Found(NamedTuple):
    """A group of figures by their places, its verdict, the reason, the chance that it is right, and its sides."""

    places: _Cluster
    verdict: FigureVerdict
    reason: FigureReason
    confidence: float
    sides: tuple[_Cluster, ...]


class _Reconciler:
    """The figures of one story, compared once a pair."""

    def __init__(self, documents: Sequence[Annotations], embed: Embed | None) -> None:
        ordered = sorted(documents, key=lambda document: document.id)
        self.described = referents(ordered)
        self._comparer = Comparer(self.described, embed)
        self._likenesses: dict[tuple[int, int], Likeness] = {}
        self._documents: dict[_Cluster, frozenset[str]] = {}
        self.revised = revisions(ordered)

    def likeness(self, one: int, other: int) -> Likeness:
        """Compare two figures by their places; symmetric, and remembered."""
        key = (min(one, other), max(one, other))
        if key not in self._likenesses:
            self._likenesses[key] = self._comparer.likeness(self.described[key[0]], self.described[key[1]])
        return self._likenesses[key]

    def chance(self, one: _Cluster, other: _Cluster) -> float:
        """Average the chance of one referent over the pairs of two clusters; 0 where a pair cannot be."""
        if any(_reported_twice(self.described[a], self.described[b]) for a in one for b in other):
            return 0.0
        chances = [self.likeness(a, b).same for a in one for b in other]
        return sum(chances) / len(chances)

    def surely(self, pairs: Iterable[tuple[int, int]]) -> float:
        """Average the chance of one referent over the pairs of figures of different documents."""
        chances = [
            self.likeness(a, b).same for a, b in pairs if self.described[a].document != self.described[b].document
        ]
        return sum(chances) / len(chances) if chances else 0.0

    def look_closer(self, pairs: Iterable[tuple[int, int]], threshold: float) -> None:
        """Let meaning decide where words leave a doubt about a pair of figures, before the pairs are compared."""
        self._comparer.look_closer(((self.described[a], self.described[b]) for a, b in pairs), threshold)

    def alike(self, one: int, other: int) -> float:
        """Give what the clauses of two figures have in common, in words and in meaning, in 0 to 2."""
        likeness = self.likeness(one, other)
        return likeness.context + likeness.meaning

    def agreeing(self) -> list[_Cluster]:
        """Join figures of one value that count the same, by average linkage within each value."""
        buckets: defaultdict[tuple[str, float | None, float | None], list[int]] = defaultdict(list)
        for place, referent in enumerate(self.described):
            buckets[referent.dimension, referent.low, referent.high].append(place)
        kept = [places for places in buckets.values() if len(places) <= _MOST_IN_BUCKET]
        self.look_closer((pair for places in kept for pair in combinations(places, 2)), _SAME)
        return sorted(cluster for places in kept for cluster in self._linked(places))

    def _linked(self, places: Sequence[int]) -> list[_Cluster]:
        """Join the two likeliest clusters, the first of equals, until none are likely one; places stand in order."""
        clusters: list[_Cluster | None] = [(place,) for place in places]
        chances, never = np.zeros((len(places),) * 2), np.zeros((len(places),) * 2, dtype=bool)
        for i, j in combinations(range(len(places)), 2):
            chances[i, j] = chances[j, i] = self.likeness(places[i], places[j]).same
            never[i, j] = never[j, i] = _reported_twice(self.described[places[i]], self.described[places[j]])
        while True:
            choice = np.triu(np.where(never, 0.0, chances), 1).round(9)
            i, j = divmod(int(choice.argmax()), len(places))
            one, other = clusters[i], clusters[j]
            if choice[i, j] < _SAME or one is None or other is None:
                return [cluster for cluster in clusters if cluster is not None]
            chances[i] = (len(one) * chances[i] + len(other) * chances[j]) / (len(one) + len(other))
            chances[:, i] = chances[i]
            never[i] = never[:, i] = never[i] | never[j]
            clusters[i], clusters[j] = tuple(sorted(one + other)), None
            never[j] = never[:, j] = True

    def documents_of(self, cluster: _Cluster) -> frozenset[str]:
        """List the documents that a cluster's figures stand in."""
        if cluster not in self._documents:
            self._documents[cluster] = frozenset(self.described[place].document for place in cluster)
        return self._documents[cluster]


def _reported_twice(one: Referent, other: Referent) -> bool:
    """Return whether one document tells two things of one small number: "two crew members", "two local guides"."""
    small = one.dimension == "count" and (one.low if one.low is not None else one.high or 0.0) < _SMALL
    same_place = one.document == other.document and small and equal(one, other)
    return same_place and (one.head, one.modifiers) != (other.head, other.modifiers)


def reconcile(documents: Sequence[Annotations], embed: Embed | None) -> tuple[FigureGroup, ...]:
    """Group the figures of several documents that count the same thing, each group with its verdict and reason.

    Groups whose confidence does not meet the threshold of their verdict are withheld. ``embed`` gives sentence
    embeddings; without it, shared words stand for meaning. Pairs of figures are compared within a dimension (a count, a
    length, an amount of one currency), so that time grows with the square of those.
    """
    return _numbered(*_every_group(documents, embed))


def withheld(documents: Sequence[Annotations], embed: Embed | None) -> tuple[FigureGroup, ...]:
    """Give the groups that :func:`reconcile` withholds, so that what is withheld can be measured."""
    story, found = _every_group(documents, embed)
    return _numbered(story, found, shown=False)


def _every_group(documents: Sequence[Annotations], embed: Embed | None) -> tuple[_Reconciler, list[_Found]]:
    """Find all groups, sure or not."""
    story = _Reconciler(documents, embed)
    clusters = story.agreeing()
    found: list[_Found] = [
        _Found(cluster, "equal", "same", story.surely(combinations(cluster, 2)), (cluster,))
        for cluster in clusters
        if len(story.documents_of(cluster)) > 1
    ]
    merged = _compatible(story, clusters)
    found += [
        _Found(group, "compatible", "bounds", _surely_compatible(story, parts), (group,))
        for group, parts in merged
        if len(parts) > 1 and len(story.documents_of(group)) > 1
    ]
    parts = _narrower(story, clusters)
    explained = {
        frozenset((one, other))
        for group, *_ in parts
        for one, other in combinations(group, 2)
        if not equal(story.described[one], story.described[other])
    }
    found += parts
    found += [
        _Found(contrary.places, contrary.verdict, contrary.reason, SURE[contrary.reason], _sides(contrary))
        for contrary in contraries(story.described, story.likeness, [group for group, _ in merged], story.revised)
        if not any(frozenset(pair) in explained for pair in combinations(contrary.places, 2))
    ]
    return story, found


def _compatible(story: _Reconciler, clusters: Sequence[_Cluster]) -> list[tuple[_Cluster, tuple[_Cluster, ...]]]:
    """Join clusters of other bounds that can all hold together: the likeliest pair first."""
    by_dimension: defaultdict[str, list[_Cluster]] = defaultdict(list)
    for cluster in clusters:
        by_dimension[story.described[cluster[0]].dimension].append(cluster)
    able = [
        (one, other)
        for same in by_dimension.values()
        for one, other in _other_bounds(story, same)
        if _can_hold(story, one, other)
    ]
    story.look_closer(((a, b) for one, other in able for a in one for b in other), _BOTH_HOLD)
    links = [
        (round(chance, 9), one, other) for one, other in able if (chance := story.chance(one, other)) >= _BOTH_HOLD
    ]
    belongs: dict[_Cluster, tuple[_Cluster, ...]] = {cluster: (cluster,) for cluster in clusters}
    for _, one, other in sorted(links, key=lambda link: (-link[0], link[1], link[2])):
        left, right = belongs[one], belongs[other]
        if left is right or not all(_hold_together(story, a, b) for a in left for b in right):
            continue
        joined = tuple(sorted((*left, *right)))
        for member in joined:
            belongs[member] = joined
    unique = sorted(set(belongs.values()))
    return [(tuple(sorted(place for part in parts for place in part)), parts) for parts in unique]


def _surely_compatible(story: _Reconciler, parts: Sequence[_Cluster]) -> float:
    """Give the chance of the least sure of the clusters that were joined to others."""
    return min(
        max(story.surely((a, b) for a in one for b in other) for other in parts if other is not one) for one in parts
    )


def _other_bounds(story: _Reconciler, clusters: Sequence[_Cluster]) -> Iterator[tuple[_Cluster, _Cluster]]:
    """Pair clusters, in order, but for those that both count exactly and in one unit, whose values settle it."""
    units: defaultdict[str | None, list[int]] = defaultdict(list)
    loose: list[int] = []
    for number, cluster in enumerate(clusters):
        first = story.described[cluster[0]]
        if first.low == first.high and not first.figure.approximate:
            units[first.figure.unit].append(number)
        else:
            loose.append(number)
    pairs = {(min(i, j), max(i, j)) for i in loose for j in range(len(clusters)) if i != j}
    for one, other in combinations(units.values(), 2):
        pairs |= {(min(i, j), max(i, j)) for i in one for j in other}
    yield from ((clusters[i], clusters[j]) for i, j in sorted(pairs))


def _hold_together(story: _Reconciler, one: _Cluster, other: _Cluster) -> bool:
    return equal(story.described[one[0]], story.described[other[0]]) or _can_hold(story, one, other)


def _can_hold(story: _Reconciler, one: _Cluster, other: _Cluster) -> bool:
    a, b = story.described[one[0]], story.described[other[0]]
    exact = a.low == a.high and b.low == b.high and not (a.figure.approximate or b.figure.approximate)
    if equal(a, b) or (exact and a.figure.unit == b.figure.unit):
        return False  # those of one value have been joined, or kept apart, before
    events = {story.described[place].figure.event for place in (*one, *other)} - {None}
    distinguished = len(events) > 1 and all(story.likeness(x, y).event == 0.0 for x in one for y in other)
    return overlap(a, b) and not distinguished


def _narrower(story: _Reconciler, clusters: Sequence[_Cluster]) -> list[_Found]:
    """Find parts and wholes: declared by a document, or kinds of people within a count of people.

    Of kinds, those that add up to the whole, else the largest: the others may count something else.
    """
    holder = {place: cluster for cluster in clusters for place in cluster}
    ids = {(r.document, r.figure.id): place for place, r in enumerate(story.described)}
    found: dict[tuple[_Cluster, _Cluster], FigureReason] = {}
    for place, referent in enumerate(story.described):
        if referent.figure.part_of is None:
            continue
        whole = ids.get((referent.document, referent.figure.part_of))
        if whole is not None and holder.get(place) and holder.get(whole) and holder[place] != holder[whole]:
            found[holder[whole], holder[place]] = "declared"
    counts = [cluster for cluster in clusters if _counts_some_people(story.described[cluster[0]])]
    for whole_cluster in (cluster for cluster in clusters if _counts_any_people(story.described[cluster[0]])):
        kinds = [part for part in counts if _is_kind(story, part, whole_cluster)]
        most = _MOST_OF_ALL * (story.described[whole_cluster[0]].low or 0.0)
        fewer = [part for part in kinds if (story.described[part[0]].low or 0.0) <= most]
        parts = [part for part in fewer if _reported_alike(story, part, whole_cluster)]
        summed = [] if any(whole == whole_cluster for whole, _ in found) else _making_up(story, kinds, whole_cluster)
        if summed:
            found[whole_cluster, tuple(sorted(place for part in summed for place in part))] = "sum"
        elif parts:
            largest = max(parts, key=lambda part: (story.described[part[0]].low or 0.0, part))
            found.setdefault((whole_cluster, largest), "kind")
    groups: list[_Found] = []
    for (larger, smaller), why in sorted(found.items()):
        across = _across(story, larger, smaller)
        if across:
            groups.append(_Found(across, "narrower", why, _PARTS[why], (smaller, larger)))
    return groups


def _making_up(story: _Reconciler, parts: Sequence[_Cluster], whole: _Cluster) -> list[_Cluster]:
    """List the parts that one document tells and that add up to the whole: 14 workers, 90 passengers; 104 people."""
    total = story.described[whole[0]].low or 0.0
    if total < _LEAST_SUM:
        return []
    for document in sorted(set().union(*(story.documents_of(part) for part in parts)) if parts else ()):
        reported = [part for part in parts if document in story.documents_of(part)]
        if len(reported) > 1 and sum(story.described[part[0]].low or 0.0 for part in reported) == total:
            return reported
    return []


def _across(story: _Reconciler, whole: _Cluster, part: _Cluster) -> _Cluster:
    """Keep the parts told by documents that do not give the whole, and the wholes of the others; empty without both."""
    having = story.documents_of(whole)
    parts = tuple(place for place in part if story.described[place].document not in having)
    version = story.documents_of(parts)
    wholes = tuple(place for place in whole if story.described[place].document not in version)
    return tuple(sorted((*wholes, *parts))) if parts and wholes else ()


def _counts_some_people(one: Referent) -> bool:
    """Return whether a figure is an exact count of people of a kind ("10 Americans")."""
    exact = one.dimension == "count" and one.low is not None and one.low == one.high and one.low > 1
    return exact and is_human(one) and one.head not in GENERIC


def _counts_any_people(one: Referent) -> bool:
    return one.dimension == "count" and one.low is not None and one.head in GENERIC


def _is_kind(story: _Reconciler, part: _Cluster, whole: _Cluster) -> bool:
    """Return whether a count of people of a kind ("10 Americans") is among those of another cluster ("12 people")."""
    few, all_ = story.described[part[0]].low or 0.0, story.described[whole[0]].low or 0.0
    if few >= all_ or any(story.described[place].rises for place in whole):
        return False  # a whole that has risen is the same count of a later hour
    pairs = [(x, y) for x in part for y in whole]
    same_event = sum(story.likeness(x, y).event == 1.0 for x, y in pairs) * 2 >= len(pairs)
    return same_event and not any(apart(story.described[x], story.described[y]) for x, y in pairs)


def _reported_alike(story: _Reconciler, one: _Cluster, other: _Cluster) -> bool:
    alike = [story.alike(x, y) for x in one for y in other]
    return sum(alike) / len(alike) >= ALIKE


def _sides(contrary: Contrary) -> tuple[_Cluster, ...]:
    return contrary.one, contrary.other


def _numbered(story: _Reconciler, found: Iterable[_Found], *, shown: bool = True) -> tuple[FigureGroup, ...]:
    rank: dict[FigureVerdict, int] = {
        "equal": 0,
        "compatible": 1,
        "narrower": 2,
        "different-time": 3,
        "conflict": 4,
    }
    sure = {group for group in found if (group.confidence >= LEAST_SHOWN.get(group.verdict, LEAST_JOINED)) is shown}
    unique = sorted(sure, key=lambda group: (group.places, rank[group.verdict]))
    groups = []
    for number, (places, verdict, reason, confidence, sides) in enumerate(unique, start=1):
        members = [story.described[place] for place in places]
        if verdict == "different-time":
            members.sort(key=lambda member: (member.published or "", member.document, member.figure.start))
        groups.append(
            FigureGroup(
                id=f"g{number}",
                of=name_of(members),
                figures=_members(members),
                verdict=verdict,
                reason=reason,
                confidence=round(confidence, 3),
                sides=tuple(_members(story.described[place] for place in side) for side in sides),
            )
        )
    return tuple(groups)


def _members(described: Iterable[Referent]) -> tuple[FigureMember, ...]:
    return tuple(FigureMember(each.document, each.figure.id) for each in described)
