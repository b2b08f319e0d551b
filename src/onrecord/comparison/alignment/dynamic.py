"""Alignment of two rows of words by dynamic programming, with affine gaps.

Global in the query, local in the window (O. Gotoh, An improved algorithm for matching biological sequences, J. Mol.
Biol. 162, 1982). Scores are integers, thousandths of a nat, so that tracing back is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_NEVER: Final = -(10**9)


class Costs(NamedTuple):
    """What aligning costs: ``scores[i, j]`` of word i with word j of the window; the rest by query word.

    ``gap_open[i]`` and ``gap_word[i]`` hold for words of the window left out before query word i; ``insert_open[i]``
    and ``insert_word[i]`` for query word i standing for no word of the window. All in thousandths of a nat.
    """

    scores: Ints
    gap_open: Ints
    gap_word: Ints
    insert_open: Ints
    insert_word: Ints


def align(costs: Costs) -> list[int]:
    """Align a query with a window: for each query word the window's word, or -1. O(query x window), rows vectorised."""
    tables = _fill(costs)
    return _trace(costs, *tables)


def best_score(costs: Costs) -> int:
    """Give the score of the best alignment, in thousandths of a nat."""
    matched, _, inserted = _fill(costs)
    return int(max(matched[-1].max(), inserted[-1].max()))


def _fill(costs: Costs) -> tuple[list[Ints], list[Ints], list[Ints]]:
    """Fill the three tables of Gotoh, one row a query word: ending in a pair, in a gap, in an insertion."""
    length, width = costs.scores.shape
    never = np.full(width + 1, _NEVER, dtype=np.int64)
    at = np.arange(width + 1, dtype=np.int64)
    matched, gapped, inserted = [never], [never], [np.zeros(width + 1, dtype=np.int64)]
    for i in range(length):
        before = np.maximum(np.maximum(matched[i], gapped[i]), inserted[i])
        pair = never.copy()
        pair[1:] = before[:-1] + costs.scores[i]
        fresh = np.maximum(matched[i], gapped[i]) if i else inserted[0]
        run = inserted[i] if i else never
        insertion = np.maximum(fresh - costs.insert_open[i], run - costs.insert_word[i])
        gap = never
        if i + 1 < length:
            word = int(costs.gap_word[i + 1])
            reached = np.maximum.accumulate(np.maximum(pair, insertion) + word * at)
            gap = never.copy()
            gap[1:] = reached[:-1] - word * at[1:] - int(costs.gap_open[i + 1])
        matched.append(pair)
        gapped.append(gap)
        inserted.append(insertion)
    return matched, gapped, inserted


def _trace(costs: Costs, matched: list[Ints], gapped: list[Ints], inserted: list[Ints]) -> list[int]:
    length = len(costs.scores)
    pairs = [-1] * length
    i, j = length, int(np.argmax(np.maximum(matched[length], inserted[length])))
    state = "pair" if matched[length][j] >= inserted[length][j] else "insertion"
    while i > 0:
        if state == "pair":
            pairs[i - 1] = j - 1
            i, j = i - 1, j - 1
            state = _state_before(matched, gapped, inserted, i, j)
        elif state == "insertion":
            value = int(inserted[i][j])
            i -= 1
            if i == 0:
                break
            if value == int(inserted[i][j]) - int(costs.insert_word[i]):
                state = "insertion"
            else:
                state = "pair" if matched[i][j] >= gapped[i][j] else "gap"
        else:
            word = int(costs.gap_word[i])
            line = np.maximum(matched[i][:j], inserted[i][:j]) - word * np.arange(j, 0, -1)
            j = int(j - 1 - np.argmax(line[::-1]))
            state = "pair" if matched[i][j] >= inserted[i][j] else "insertion"
    return pairs


def _state_before(matched: list[Ints], gapped: list[Ints], inserted: list[Ints], i: int, j: int) -> str:
    best = max(int(matched[i][j]), int(gapped[i][j]), int(inserted[i][j]))
    if best == matched[i][j]:
        return "pair"
    return "gap" if best == gapped[i][j] else "insertion"
