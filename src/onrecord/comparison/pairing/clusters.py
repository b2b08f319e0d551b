"""Joining: from chances for pairs to groups that tell the same, which may share members.

Single linkage chains unlike things together; partition cannot say that a sentence which condenses two answers belongs
to both. So pairs are taken up from the likeliest down: a version joins a group only if it is likely, on average, to
tell the same as the members there, and a pair that no group can take opens one of its own beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from math import fsum

Chance = Callable[[int, int], float]

COMPARED = 5
"""Members of a group that a newcomer is held against."""
APART = 0.35
"""Mean chance under which a version does not join a group, nor two groups become one."""
NEVER = 0.05
"""Chance of one pair under which the same holds, however likely the others are."""
_KINDRED = 0.6
"""Part of the members of two groups that stand in both, from which on they are one: its pieces need not be alike."""


def join(
    pairs: Iterable[tuple[int, int]],
    chance: Chance,
    apart: float = APART,
    sizes: Sequence[int] | None = None,
    *,
    never: float = NEVER,
) -> list[tuple[int, ...]]:
    """Group numbered versions by the pairs that hold; give the groups of two and more, each in order.

    A version may stand in several groups; ``apart`` is the mean chance under which it does not join one, ``never`` that
    of one pair. With ``sizes``, how often each version is told, groups that share most of their members become one,
    unless a chance of 0 stands between them. The result depends on the numbers of the versions only, not on the order
    of ``pairs``. Work is a fixed amount a pair.
    """
    groups = _Groups(chance, apart, never)
    for _, i, j in sorted((-chance(i, j), i, j) for i, j in pairs):
        groups.take(i, j)
    if sizes is not None:
        groups.merge_kindred(sizes)
    return sorted(tuple(sorted(group)) for group in groups.widest())


def belonging(member: int, group: Sequence[int], chance: Chance) -> float:
    """Give the chance that a member belongs to its group: the mean over the others, those aside that cannot be one."""
    beside = islice((other for other in group if other != member), COMPARED)
    others = [value for other in beside if (value := chance(member, other)) > 0]
    return round(fsum(others) / len(others), 4) if others else 1.0


class _Groups:
    """Groups as they grow: ``members`` by the group's number, ``of`` the groups of each version."""

    def __init__(self, chance: Chance, apart: float, never: float) -> None:
        self._chance, self._apart, self._never = chance, apart, never
        self._members: dict[int, list[int]] = {}
        self._of: dict[int, set[int]] = defaultdict(set)
        self._opened = 0

    def take(self, i: int, j: int) -> None:
        """Bring two versions together, in a group that has one of them or in a new one."""
        if self._of[i] & self._of[j] or self._merge(i, j) or self._enter(i, j) or self._enter(j, i):
            return
        self._members[self._opened] = []
        self._add(i, self._opened)
        self._add(j, self._opened)
        self._opened += 1

    def merge_kindred(self, sizes: Sequence[int]) -> None:
        """Make one group of two that share most of their members: the others each tell another piece of the same."""
        for number in sorted(self._members):
            while number in self._members and (other := self._kin(number, sizes)) is not None:
                for member in self._members.pop(other):
                    self._of[member].discard(other)
                    if number not in self._of[member]:
                        self._add(member, number)

    def _kin(self, number: int, sizes: Sequence[int]) -> int | None:
        ours = set(self._members[number])
        beside = set().union(*(self._of[member] for member in ours)) - {number}
        for other in sorted(beside):
            theirs = set(self._members[other])
            shared = sum(sizes[m] for m in ours & theirs)
            if shared >= _KINDRED * sum(sizes[m] for m in ours | theirs) and all(
                self._chance(i, j) > 0 for i in ours - theirs for j in theirs - ours
            ):
                return other
        return None

    def widest(self) -> Iterator[list[int]]:
        """Give the groups that are not wholly part of another."""
        for number, group in self._members.items():
            wider = set.intersection(*(self._of[member] for member in group)) - {number}
            size = len(group)
            if not any((len(self._members[w]), -w) > (size, -number) for w in wider):
                yield group

    def _add(self, version: int, number: int) -> None:
        self._members[number].append(version)
        self._of[version].add(number)

    def _mean(self, one: Sequence[int], other: Sequence[int]) -> float:
        total, count = 0.0, 0
        for i in one[:COMPARED]:
            for j in other[:COMPARED]:
                value = 1.0 if i == j else self._chance(i, j)
                if value < self._never:
                    return 0.0
                total += value
                count += 1
        return total / count

    def _enter(self, newcomer: int, member: int) -> bool:
        """Let ``newcomer`` join the group of ``member`` where it fits best, if it fits one."""
        choices = [(self._mean([newcomer], self._members[g]), -g) for g in self._of[member]]
        if not choices or max(choices)[0] < self._apart:
            return False
        self._add(newcomer, -max(choices)[1])
        return True

    def _merge(self, i: int, j: int) -> bool:
        """Make one group of the two likeliest that hold ``i`` and ``j``, if they are likely one."""
        choices = [(self._mean(self._members[g], self._members[h]), -g, -h) for g in self._of[i] for h in self._of[j]]
        if not choices or max(choices)[0] < self._apart:
            return False
        _, kept, gone = max(choices)
        for member in self._members.pop(-gone):
            self._of[member].discard(-gone)
            if -kept not in self._of[member]:
                self._add(member, -kept)
        return True
