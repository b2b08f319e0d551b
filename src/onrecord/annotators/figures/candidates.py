"""Numbers that may be figures: a text with what decisions on its numbers look at."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, Literal, NamedTuple

from onrecord.annotators.figures.phrases import Counted
from onrecord.annotators.figures.quantity import Quantity
from onrecord.annotators.figures.tallies import Tally
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.text.number_tokens import Token

LeftOutReason = Literal[
    "date",
    "time",
    "identifier",
    "ordinal",
    "conversion",
    "age",
    "frame",
    "reference",
    "repeat",
    "bare",
    "light-noun",
    "descriptor",
]
Stretch = tuple[int, int, LeftOutReason]
"""A stretch in which no figure begins: start, end, and why."""


DEFINITE: Final = word_list("figures.definite")


class LeftOut(NamedTuple):
    """A number at ``start:end`` that is no figure, and why."""

    start: int
    end: int
    reason: LeftOutReason


class Candidate(NamedTuple):
    """A number that may be a figure, with what it counts and what happened to that."""

    quantity: Quantity
    counted: Counted
    event: str | None
    sentence: int
    tally: Tally | None = None


class Reading(NamedTuple):
    """A text with what the decisions on its numbers look at."""

    text: str
    tokens: list[Token]
    words_seen: Counter[str]
    sentence_starts: list[int]
    headlines: list[Span]
    ages: dict[str, set[str]]  # folded names to the ages put behind them
    phrase: bool  # the text is a bare phrase: every number in it counts


def word_at(reading: Reading, index: int) -> str:
    """Give the folded token at an index; empty beyond the text."""
    return reading.tokens[index].folded if 0 <= index < len(reading.tokens) else ""


def first_token_of(reading: Reading, quantity: Quantity) -> int:
    """Find the first token of a quantity with the words that bound it."""
    first = quantity.first
    while first > 0 and reading.tokens[first - 1].start >= quantity.start:
        first -= 1
    return first


def is_age_of_name(reading: Reading, quantity: Quantity) -> bool:
    """Return whether the number is the age put behind a name: "Ann Lee, 41, said"."""
    text = reading.text
    if (
        not quantity.digits
        or quantity.unit not in {None, "year"}
        or quantity.low != quantity.high
        or not 0 < (quantity.low or 0) < 120
    ):
        return False
    if quantity.first == 0 or not re.match(r" ?[,.;:)\n]| and\b", text[quantity.end : quantity.end + 4] or "\n"):
        return False
    before = reading.tokens[quantity.first - 1]
    return text[before.end : quantity.start] in {", ", " ("} and text[before.start].isupper()
