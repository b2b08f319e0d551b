"""Why a number is no figure: an identifier, a time, an age in passing, a frame, a lone "one"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from onrecord.annotators.figures.candidates import (
    DEFINITE,
    Candidate,
    LeftOutReason,
    Reading,
    first_token_of,
    is_age_of_name,
    word_at,
)
from onrecord.annotators.figures.counted import EVENTS, LIGHT_NOUNS, PEOPLE
from onrecord.annotators.figures.events import event_of
from onrecord.annotators.figures.phrases import Counted
from onrecord.annotators.figures.quantity import Quantity
from onrecord.lexicon.calendar import MONTHS, WEEKDAYS
from onrecord.lexicon.load import word_list
from onrecord.lexicon.units import DIMENSION, DURATIONS
from onrecord.text.words import CLOSED_CLASS

_IDENTIFIED: Final = word_list("figures.identified")
_FRAMES: Final = word_list("figures.frames")


def refused(  # noqa: PLR0911 - one return a form
    reading: Reading, quantity: Quantity, counted: Counted, before: Sequence[Candidate]
) -> LeftOutReason | None:
    """Say why a quantity is no figure by itself, ``None`` where it is one."""
    if quantity.kind == "ordinal":
        return "ordinal"
    if _identifier(reading, quantity, counted):
        return "identifier"
    if _conversion(reading, quantity, before):
        return "conversion"
    if (
        quantity.unit in DURATIONS
        and quantity.kind == "measure"
        and not quantity.attributive
        and _framed(reading, quantity)
    ):
        return "frame"
    if quantity.unit == "percent" and quantity.low == quantity.high == 100 and counted.head is None:
        return "bare"  # "100 percent behind him"
    if quantity.low == quantity.high == 1 and quantity.unit in DURATIONS and _denied(reading, quantity):
        return "bare"  # "not one day before that"
    if quantity.kind == "age" and quantity.unit == "year" and is_age_of_name(reading, quantity):
        return None if _main_person(reading, quantity) else "age"
    if quantity.kind == "number" or (quantity.kind == "measure" and quantity.attributive):
        return _refused_count(reading, quantity, counted)
    return None


def _denied(reading: Reading, quantity: Quantity) -> bool:
    return word_at(reading, first_token_of(reading, quantity) - 1) in {"not", "nor"}


def _refused_count(  # noqa: PLR0911 - one return a reason
    reading: Reading, quantity: Quantity, counted: Counted
) -> LeftOutReason | None:
    if counted.head is not None and counted.head in LIGHT_NOUNS:
        return "light-noun"
    if counted.head == "times":
        return "bare"
    if _descriptor(reading, quantity, counted):
        return "descriptor"
    if quantity.unit == "share":
        return None if counted.head is not None else "bare"
    if _lone_one(reading, quantity, counted):
        return "bare"
    if counted.head is None and not counted.partitive:
        return None if _stands_alone(reading, quantity) else "bare"
    return None


def _descriptor(reading: Reading, quantity: Quantity, counted: Counted) -> bool:
    """Return whether the number only describes: "the 15-member council", "a 24-mile border", "a four-month low"."""
    if quantity.attributive:
        return quantity.unit not in DURATIONS or counted.head in {"low", "high", "peak", "record"}
    return reading.text[quantity.end : quantity.end + 1] in {"-", "‐", "‑"} and not quantity.vague


def _identifier(reading: Reading, quantity: Quantity, counted: Counted) -> bool:  # noqa: PLR0911 - one return a form
    """Return whether the number names a thing: "Boeing 737", "PAC-3", "Resolution 2371", "a 3-1 win"."""
    text, token = reading.text, reading.tokens[quantity.first]
    if not quantity.digits or quantity.kind not in {"number", "measure"} or quantity.first == 0:
        return False
    gap = text[reading.tokens[quantity.first - 1].end : token.start]
    before = reading.tokens[quantity.first - 1]
    if gap in {"-", "‐", "‑", "–", ""} and quantity.start == token.start:
        return True  # PAC-3; the second number of "3-1"; of "1950-53"
    if re.match(r"[-–]\d", text[token.end : token.end + 2]) and not quantity.ranged:
        return counted.head is None or "-" not in text[token.end : counted.end]
    if re.match(r"0\d", text[token.start : token.start + 2]):
        return True
    if gap == " " and quantity.start == token.start and quantity.kind == "number":
        name = text[before.start : before.end]
        if before.folded in _IDENTIFIED and counted.head is None:
            return True
        sentence_first = (
            text[max(0, before.start - 2) : before.start].strip() in {"", ".", "?", "!"} and before.start > 0
        )
        dated = before.folded in WEEKDAYS or before.folded in MONTHS
        named = name[0].isupper() and not dated and before.folded not in CLOSED_CLASS
        return named and counted.head is None and not sentence_first
    return (
        bool(re.match(r"[A-Za-z]", text[token.end : token.end + 1])) and quantity.unit is None and not quantity.scaled
    )


def _conversion(reading: Reading, quantity: Quantity, before: Sequence[Candidate]) -> bool:
    """Return whether a measure repeats the one before it in another unit: "3,700 kilometres (2,300 miles)"."""
    if not before or quantity.unit is None or quantity.kind not in {"measure", "money"}:
        return False
    previous = before[-1].quantity
    gap = reading.text[previous.end : quantity.start].strip().casefold()
    same = previous.unit is not None and DIMENSION.get(previous.unit) == DIMENSION.get(quantity.unit)
    return (
        same
        and previous.unit != quantity.unit
        and gap in {"(", "[", "or", ", or", "/", "(about", "(around", "or about"}
    )


def _framed(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a length of time only frames what is told: "in four months", "the past seven years"."""
    first = first_token_of(reading, quantity)
    word = word_at(reading, first - 1)
    after = word_at(reading, quantity.last)
    if word in _FRAMES or after in {"ago", "earlier"}:
        return True
    long = quantity.unit in {"week", "month", "year", "decade", "century"}
    return long and (
        after in {"after", "before", "since", "into"} or (word in {"for", "than"} and quantity.bound == "above")
    )


def _lone_one(reading: Reading, quantity: Quantity, counted: Counted) -> bool:
    """Return whether "one" is no count: a pronoun, or "one day"."""
    if quantity.low != 1 or quantity.digits or quantity.high != 1:
        return False
    before = word_at(reading, quantity.first - 1)
    if counted.partitive or counted.head is None or quantity.unit in DURATIONS:
        return True
    if before in {"only", "just", "least"} and word_at(reading, counted.last) not in {"of", "more"}:
        return False
    sentence = bisect_right(reading.sentence_starts, quantity.core) - 1
    return counted.head not in PEOPLE or event_of(reading, quantity, counted, sentence) not in {
        "kill",
        "injure",
        "arrest",
    }


def _main_person(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a report turns on the person whose age it gives: the name stands in it four times or more."""
    name = word_at(reading, quantity.first - 1).removesuffix("'s")
    seen = reading.words_seen[name] + reading.words_seen[f"{name}'s"]
    return seen >= 3 and len(reading.ages[name]) == 1


def _stands_alone(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a number without a noun still counts: "Just under 200 remain", "killed 12."."""
    after = word_at(reading, quantity.last)
    before = word_at(reading, first_token_of(reading, quantity) - 1)
    gap = (
        reading.text[quantity.end : reading.tokens[quantity.last].start] if quantity.last < len(reading.tokens) else "."
    )
    follows = gap == " " and after in {
        "remain",
        "have",
        "were",
        "are",
        "had",
        "others",
        "died",
        "survived",
        "escaped",
        "was",
        "people",
        "stayed",
        "left",
        "fled",
        "came",
        "live",
        "lived",
        "marched",
        "gathered",
        "voted",
    }
    sizeable = quantity.bound in {"above", "from", "below", "to"} or (quantity.low or 0) >= 100
    if follows and sizeable and before not in DEFINITE and not quantity.vague:
        return True
    harmed = EVENTS.get(before) in {"kill", "injure", "arrest", "rescue", "evacuate"}
    return harmed and not gap.strip("., ;") and before not in {"victim", "lives"} and quantity.unit is None
