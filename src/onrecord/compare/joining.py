"""Joining: from chances for pairs to groups that tell the same, which may share members.

Single linkage chains unlike things together; partition cannot say that a sentence which condenses two answers belongs
to both. So pairs are taken up from the likeliest down: a telling joins a group only if it is likely, on average, to
tell the same as the members there, and a pair that no group can take opens one of its own beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

Chance = Callable[[int, int], float]

WITNESSES = 5
"""Members of a group that a newcomer is held against."""
_APART = 0.35
"""Mean chance under which a telling does not join a group, nor two groups become one."""
_NEVER = 0.05
"""Chance of one pair under which the same holds, however likely the others are."""


def join(pairs: Iterable[tuple[int, int]], chance: Chance) -> list[tuple[int, ...]]:
    """Group numbered tellings by the pairs that hold; give the groups of two and more, each in order.

    A telling may stand in several groups. The result depends on the numbers of the tellings only, not on the order of
    ``pairs``. Work is a fixed amount a pair.
    """
    taken = sorted((-chance(i, j), i, j) for i, j in pairs)
    groups: dict[int, list[int]] = {}
    of: dict[int, set[int]] = defaultdict(set)
    opened = 0
    for _, i, j in taken:
        if of[i] & of[j]:
            continue
        if (
            _join_groups(i, j, groups, of, chance)
            or _enter(i, j, groups, of, chance)
            or _enter(j, i, groups, of, chance)
        ):
            continue
        groups[opened] = [i, j]
        of[i].add(opened)
        of[j].add(opened)
        opened += 1
    return sorted(tuple(sorted(group)) for group in _without_parts(groups, of))


def _mean(one: Sequence[int], other: Sequence[int], chance: Chance) -> float:
    values = [1.0 if i == j else chance(i, j) for i in one[:WITNESSES] for j in other[:WITNESSES]]
    return sum(values) / len(values) if min(values) >= _NEVER else 0.0


def _enter(newcomer: int, member: int, groups: dict[int, list[int]], of: dict[int, set[int]], chance: Chance) -> bool:
    """Let ``newcomer`` join the group of ``member`` where it fits best, if it fits one."""
    best = max(((_mean([newcomer], groups[g], chance), -g) for g in of[member]), default=(0.0, 0))
    if best[0] < _APART:
        return False
    groups[-best[1]].append(newcomer)
    of[newcomer].add(-best[1])
    return True


def _join_groups(i: int, j: int, groups: dict[int, list[int]], of: dict[int, set[int]], chance: Chance) -> bool:
    """Make one group of the two likeliest that hold ``i`` and ``j``, if they are likely one."""
    choices = [(_mean(groups[g], groups[h], chance), -g, -h) for g in of[i] for h in of[j]]
    if not choices or max(choices)[0] < _APART:
        return False
    _, g, h = max(choices)
    for member in groups.pop(-h):
        of[member].discard(-h)
        if -g not in of[member]:
            groups[-g].append(member)
            of[member].add(-g)
    return True


def _without_parts(groups: dict[int, list[int]], of: dict[int, set[int]]) -> Iterable[list[int]]:
    """Leave out groups that are wholly part of another."""
    for number, group in groups.items():
        wider = set.intersection(*(of[member] for member in group)) - {number}
        if not any(len(groups[w]) > len(group) or (len(groups[w]) == len(group) and w < number) for w in wider):
            yield group
