"""Spans by where they stand, so that those which overlap another are found without a look at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from onrecord.document import Span

T = TypeVar("T")


class Overlaps(Generic[T]):
    """Spans, each with what it is the span of, in the order of their places."""

    def __init__(self, spans: Iterable[tuple[Span, T]]) -> None:
        """Sort the spans."""
        self._items = sorted(spans, key=lambda item: item[0])
        self._starts = [span.start for span, _ in self._items]
        self._furthest = list(accumulate((span.end for span, _ in self._items), max))

    def over(self, span: Span) -> list[tuple[Span, T]]:
        """List those that share a character with a span, in order.

        Looked at are only those from the first that is over, or reaches over one that is, to the last.
        """
        first, last = bisect_right(self._furthest, span.start), bisect_left(self._starts, span.end)
        return [item for item in self._items[first:last] if item[0].end > span.start]
