"""Which candidates stay figures: none that a headline repeats, none without a noun; wholes found for parts."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence
from typing import Final

import msgspec

from onrecord.annotation import Attribution, Figure
from onrecord.annotators.figures.candidates import (
    DEFINITE,
    Candidate,
    LeftOut,
    LeftOutReason,
    Reading,
    first_token_of,
    word_at,
)
from onrecord.annotators.figures.counted import HARM
from onrecord.lexicon.load import word_list

_HOLD: Final = word_list("figures.hold")
_ReportedUtterance = tuple[float | None, float | None, str | None]


def settle(reading: Reading, candidates: Sequence[Candidate], left: deque[LeftOut]) -> list[Figure]:
    """Leave out repeats and references back, number the figures, and join parts to their whole."""
    kept: list[Candidate] = []
    seen: set[tuple[float | None, float | None, str | None]] = set()
    reported_in_body = Counter(_reported(c) for c in candidates if not _in_headline(reading, c))
    for candidate in candidates:
        reason = _refused_in_context(reading, candidate, seen, reported_in_body)
        if reason is not None:
            left.append(LeftOut(candidate.counted.start, candidate.counted.end, reason))
            continue
        quantity = candidate.quantity
        seen.add((quantity.low, quantity.high, quantity.unit))
        kept.append(candidate)
    return _numbered(reading, kept)


def _reported(candidate: Candidate) -> _ReportedUtterance:
    return candidate.quantity.low, candidate.quantity.high, candidate.counted.head


def _in_headline(reading: Reading, candidate: Candidate) -> bool:
    return any(span.start <= candidate.quantity.core < span.end for span in reading.headlines)


def _refused_in_context(
    reading: Reading,
    candidate: Candidate,
    seen: set[tuple[float | None, float | None, str | None]],
    reported_in_body: Counter[_ReportedUtterance],
) -> LeftOutReason | None:
    quantity, counted = candidate.quantity, candidate.counted
    key = (quantity.low, quantity.high, quantity.unit)
    if reading.phrase:
        return None
    if _in_headline(reading, candidate):
        return (
            "repeat"
            if (quantity.unit is None or quantity.kind == "age") and reported_in_body[_reported(candidate)]
            else None
        )
    if quantity.unit is not None:
        return None
    before = word_at(reading, first_token_of(reading, quantity) - 1)
    definite = before in DEFINITE
    restricted = word_at(reading, counted.last) in _HOLD
    if key in seen and (definite or counted.partitive or counted.head is None) and not restricted:
        return "repeat" if not definite else "reference"
    small = quantity.low is not None and quantity.low <= 3 and quantity.bound == "exact"
    if definite and small and not restricted and candidate.event not in HARM and not quantity.digits:
        return "reference"
    return None


def _numbered(reading: Reading, kept: Sequence[Candidate]) -> list[Figure]:
    figures: list[Figure] = []
    for number, candidate in enumerate(kept, start=1):
        quantity, counted = candidate.quantity, candidate.counted
        of = None
        if counted.of_start is not None:
            of = " ".join(reading.text[counted.of_start : counted.of_end].split())
        figures.append(
            Figure(
                id=f"f{number}",
                start=counted.start,
                end=counted.end,
                low=quantity.low,
                high=quantity.high,
                approximate=quantity.approximate,
                unit=quantity.unit if quantity.unit != "share" else "share",
                of=of,
                event=candidate.event,
                part_of=_whole(reading, candidate, kept[: number - 1], figures),
            )
        )
    return figures


def _whole(
    reading: Reading, candidate: Candidate, earlier: Sequence[Candidate], figures: Sequence[Figure]
) -> str | None:
    """Find the figure of which this one is a declared part: "12 people, including 10 Americans"."""
    if not earlier or earlier[-1].sentence != candidate.sentence:
        return None
    first = first_token_of(reading, candidate.quantity)
    between = reading.text[earlier[-1].counted.end : candidate.counted.start]
    word = word_at(reading, first - 1)
    including = re.search(r"\b(?:including|among them|among whom|of (?:them|whom|which))\b", between)
    close = len(between) <= 60 and "." not in between.replace("U.S.", "")
    if not close or not (including or word == "including"):
        return None
    whole = figures[-1]
    larger = whole.low is None or candidate.quantity.low is None or candidate.quantity.low <= (whole.high or whole.low)
    same_kind = whole.unit == candidate.quantity.unit
    return whole.id if larger and same_kind else None


def attribute(figures: Sequence[Figure], attributions: Sequence[Attribution]) -> tuple[Figure, ...]:
    """Give each figure the attribution whose content holds it, the closest where several do: one sweep over both."""
    spans = sorted(
        (span.start, span.end, attribution.id) for attribution in attributions for span in attribution.content
    )
    settled: list[Figure] = []
    open_spans: list[tuple[int, int, str]] = []
    at = 0
    for figure in figures:
        while at < len(spans) and spans[at][0] <= figure.start:
            open_spans.append(spans[at])
            at += 1
        open_spans = [span for span in open_spans if span[1] >= figure.end]
        holder = min(open_spans, key=lambda span: (span[1] - span[0], span[2]), default=None)
        settled.append(msgspec.structs.replace(figure, attribution=holder[2]) if holder else figure)
    return tuple(settled)
