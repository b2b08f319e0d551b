"""Small pictures in a line: what a report is made of, and how figures lie to each other.

The template draws each as an inline SVG that stretches with its place; the words beside it say the same, so it is
hidden from a screen reader. Parts differ in height as well as in colour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from onrecord.annotation import Annotations
from onrecord.document import Span
from onrecord.story import Copy

_WIDE_RANGE = 8.0


class Makeup(NamedTuple):
    """Parts (0 to 1) of a document's characters: in quotation marks, taken over from another text, its own."""

    quoted: float
    copied: float
    own: float


def makeup(annotations: Annotations, copies: Sequence[Copy]) -> Makeup:
    """Measure what a document is made of; a copied passage that is also a quotation counts as quotation."""
    length = len(annotations.text)
    if not length:
        return Makeup(0.0, 0.0, 0.0)
    quoted = [s for a in annotations.attributions if a.form != "indirect" for s in a.content]
    reused = [r.document for c in copies if c.document == annotations.id for r in c.passages]
    spoken = _covered(quoted)
    both = _covered([*quoted, *reused])
    return Makeup(spoken / length, (both - spoken) / length, 1 - both / length)


def _covered(spans: Sequence[Span]) -> int:
    total, at = 0, 0
    for span in sorted(spans):
        total += max(0, span.end - max(span.start, at))
        at = max(at, span.end)
    return total


class Bounds(NamedTuple):
    """What a figure says: inclusive bounds, None where open."""

    low: float | None
    high: float | None


class Line(NamedTuple):
    """A figure on a common line, 0 to 100: where its range begins and ends, and the ends that are firm."""

    left: float
    right: float
    ticks: tuple[float, ...]


def number_lines(figures: Sequence[Bounds]) -> list[Line] | None:
    """Place figures of one group on a common line; ``None`` where they all say the same.

    The line is logarithmic when the largest is more than eight times the smallest.
    """
    values = [float(v) for f in figures for v in (f.low, f.high) if v is not None and math.isfinite(v)]
    if not values or len(set(figures)) == 1:
        return None
    least, most = min(values), max(values)
    logarithmic = least > 0 and most / least > _WIDE_RANGE

    def place(value: float) -> float:
        if most == least:
            return 50.0
        share = math.log(value / least) / math.log(most / least) if logarithmic else (value - least) / (most - least)
        return 10 + 80 * share

    return [_line(figure, place) for figure in figures]


def _line(figure: Bounds, place: Callable[[float], float]) -> Line:
    left = place(figure.low) if figure.low is not None else 2.0
    right = place(figure.high) if figure.high is not None else 98.0
    ends = (figure.low is not None, figure.high is not None)
    return Line(left, right, tuple(at for at, firm in zip((left, right), ends, strict=True) if firm))
