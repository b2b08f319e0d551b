"""Shared runs: the longest run of words that a number of versions have in common, in near-linear time.

Every run of 1, 2, 4, 8 … words gets a number, equal for equal runs (Karp, Miller and Rosenberg, "Rapid identification
of repeated patterns in strings, trees and arrays", 1972); a run of any length is two of those that overlap. A run that
enough reporters share has shorter ones that they share too, so the greatest length is found by halving.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class Run(NamedTuple):
    """A run of ``length`` words from word ``first`` of a version, and how many reporters hold it."""

    version: int
    first: int
    length: int
    reporters: int


class Runs:
    """The words of several versions, each with the name of its reporter; ``None`` is a word that nobody shares."""

    def __init__(self, versions: Sequence[Sequence[str | None]], reporters: Sequence[str]) -> None:
        """Give a number to each word and reporter."""
        known: dict[str, int] = {}
        who = {name: number for number, name in enumerate(dict.fromkeys(reporters))}
        words: list[int] = []
        self._who = np.repeat([who[t] for t in reporters], [len(reported) + 1 for reported in versions]).astype(
            np.int64
        )
        self._starts = np.cumsum([0, *(len(reported) + 1 for reported in versions)])
        for reported in versions:
            for form in (*reported, None):  # a word of its own parts each version from the next
                words.append(-1 - len(words) if form is None else known.setdefault(form, len(known)))
        self._doubled: list[Numbers] = [np.unique(np.array(words, dtype=np.int64), return_inverse=True)[1].reshape(-1)]
        self._longest = max((len(reported) for reported in versions), default=0)

    def longest(self, reporters: int, least: int) -> Run | None:
        """Find the longest run, of ``least`` words at least, that so many reporters hold (two at least).

        Of several it is the one with the most reporters, then the first.
        """
        low, high = least - 1, self._longest
        while low < high:
            middle = (low + high + 1) // 2
            if self._most(middle)[1] >= reporters:
                low = middle
            else:
                high = middle - 1
        if low < least:
            return None
        at, count = self._most(low)
        version = int(np.searchsorted(self._starts, at, side="right")) - 1
        return Run(version, at - int(self._starts[version]), low, count)

    def _most(self, length: int) -> tuple[int, int]:
        """Give the first place of the run of a length that the most reporters hold, and their number."""
        runs = self._numbered(length)
        pairs = np.unique(_paired(runs, self._who[: len(runs)]))
        count = np.bincount(pairs >> _HALF, minlength=1)
        each = count[runs]
        return int(np.argmax(each)), int(each.max())

    def _numbered(self, length: int) -> Numbers:
        """Give a number to each run of a length: shape (words - length + 1,), equal for equal runs."""
        level = length.bit_length() - 1
        while len(self._doubled) <= level:
            half = 1 << (len(self._doubled) - 1)
            last = self._doubled[-1]
            self._doubled.append(np.unique(_paired(last[:-half], last[half:]), return_inverse=True)[1].reshape(-1))
        base, shift = self._doubled[level], length - (1 << level)
        if not shift:
            return base
        return np.unique(_paired(base[: len(base) - shift], base[shift:]), return_inverse=True)[1].reshape(-1)


_HALF = 32


def _paired(first: Numbers, second: Numbers) -> Numbers:
    """Make one number of two that are less than 2 to the 31st."""
    return (first.astype(np.int64) << _HALF) | second.astype(np.int64)
