"""Small pictures in a line: what a report is made of, and how figures lie to each other.

Each is an inline SVG that stretches with its place; the words beside it say the same, so it is hidden from a screen
reader. Parts differ in height as well as in colour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

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


def makeup_strip(parts: Makeup) -> Markup:
    """Draw the parts of a report one beside the other: quoted full, copied half, own words a line."""
    quoted, copied = parts.quoted * 100, parts.copied * 100
    return Markup(
        '<svg class="strip" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="quoted" x="0" y="0" width="{:.1f}" height="10"/>'
        '<rect class="copied" x="{:.1f}" y="4" width="{:.1f}" height="6"/>'
        '<rect class="own" x="{:.1f}" y="8.5" width="{:.1f}" height="1.5"/></svg>'
    ).format(quoted, quoted, copied, quoted + copied, parts.own * 100)


class Bounds(NamedTuple):
    """What a figure says: inclusive bounds, None where open."""

    low: float | None
    high: float | None


def number_lines(figures: Sequence[Bounds]) -> list[Markup] | None:
    """Draw figures of one group on a common line, one picture each; None where they all say the same.

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


def _line(figure: Bounds, place: Callable[[float], float]) -> Markup:
    left = place(figure.low) if figure.low is not None else 2.0
    right = place(figure.high) if figure.high is not None else 98.0
    ends = (figure.low is not None, figure.high is not None)
    ticks = "".join(
        f'<rect x="{at - 0.6:.1f}" y="1" width="1.2" height="8"/>'
        for at, firm in zip((left, right), ends, strict=True)
        if firm
    )
    return Markup(  # noqa: S704 - numbers only
        '<svg class="line" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="axis" x="0" y="4.8" width="100" height=".4"/>'
        f'<rect class="range" x="{left:.1f}" y="4" width="{max(0.0, right - left):.1f}" height="2"/>{ticks}</svg>'
    )
