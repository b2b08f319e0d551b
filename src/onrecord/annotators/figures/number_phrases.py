"""The number of a bare phrase: "two and a half million", "between 5 and 10 km", "percentage of 16"."""

from __future__ import annotations

import re

from onrecord.annotators.figures.quantities import QuantityReader
from onrecord.annotators.figures.quantity import Quantity
from onrecord.text.number_tokens import tokens_of


def parse_number(text: str) -> Quantity | None:
    """Read the first number of a phrase, with sign, bounds, unit and kind; ``None`` where it holds none.

    Made for a bare phrase ("two and a half million", "between 5 and 10 km", "at least $3.5bn", "ten months old"), where
    everything that is written as a number counts: ordinals, shares and years too. ``low`` and ``high`` are inclusive
    bounds, equal for a plain number, ``None`` where open; a currency is an ISO 4217 code. "More than 5 and less than
    10" is one range.
    """
    reader = QuantityReader(text, tokens_of(text))
    found = reader.all()
    if not found:
        return _percent_before(text, reader)
    first = found[0]
    percent = _percent_before(text, reader)
    if percent is not None:
        return percent
    if len(found) > 1 and found[1].start - first.end <= 5:
        joint = text[first.end : found[1].start].strip().casefold()
        second = found[1]
        if (
            joint in {"and", "but", ",", "and is"}
            and first.high is None
            and second.low is None
            and first.low is not None
        ):
            return first._replace(end=second.end, high=second.high, last=second.last, unit=first.unit or second.unit)
        if (
            joint in {"and", "but", ",", "and is"}
            and first.low is None
            and second.high is None
            and second.low is not None
        ):
            return first._replace(end=second.end, low=second.low, last=second.last, unit=first.unit or second.unit)
    return first


def _percent_before(text: str, reader: QuantityReader) -> Quantity | None:
    """Read "percentage of 16", "per cent of twenty-two": the number stands behind the word."""
    match = re.match(r"\W*(?:percentages?|per ?cents?) of ", text, re.IGNORECASE)
    if not match:
        return None
    for index, token in enumerate(reader.tokens):
        if token.start >= match.end():
            quantity = reader.at(index)
            if quantity is None or quantity.unit is not None:
                return None
            return quantity._replace(start=match.start(), unit="percent", kind="percentage")
    return None
