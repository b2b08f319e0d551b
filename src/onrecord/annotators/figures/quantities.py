"""Quantities: numerals with their sign, bounds and unit, as one expression.

Reads the tokens of a text; gives :class:`Quantity` records: ``low`` and ``high`` (inclusive, ``None`` where open),
whether they are approximate, the unit, and where the expression stands, the words that bound it included. What is
counted ("13 service members") is found from there by :mod:`onrecord.annotators.figures.finding`.

A count that is "more than 13" is at least 14, one that is "nearly 200" at most 199; a bound on a measure or a share
("more than two miles", "nearly 90%") stays where it is, since miles need not be whole. Money follows the rule for
counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from onrecord.annotators.figures.quantity import Bound, Quantity, apply_bound
from onrecord.annotators.figures.unit_reading import UnitReader
from onrecord.lexicon.load import value_table, word_list
from onrecord.lexicon.units import (
    DIMENSION,
    UNIT_NAMES,
)
from onrecord.text.number_tokens import Token
from onrecord.text.numeral import Numeral
from onrecord.text.numerals import NumeralReader


def _by_phrase(table: str) -> dict[str, Bound]:
    bounds: Mapping[Any, list[str]] = value_table(table, dict[str, list[str]])
    return {phrase: bound for bound, phrases in bounds.items() for phrase in phrases}


_BEFORE: Final = _by_phrase("bounds.before")
_OUTSIDE: Final = word_list("figures.outside")  # fmt: skip
"""Phrases that bound a number without belonging to the figure."""
_LAST_OF_BOUND: Final = frozenset(phrase.split()[-1] for phrase in _BEFORE)
_LONGEST_BOUND: Final = max(len(phrase.split()) for phrase in _BEFORE)
_AFTER: Final = {tuple(phrase.split()): bound for phrase, bound in _by_phrase("bounds.after").items()}
_SUFFIXED: Final = _by_phrase("bounds.suffixed")
"""What a hyphen joins to a number to bound it: "twenty-odd", "150-plus"."""
_SYMBOLS: Final = _by_phrase("bounds.symbols")
_SYMBOL_SIGNS: Final = frozenset("".join(_SYMBOLS))
_RANGE_DASH: Final = re.compile(r" ?[-–—−~〜] ?$")
_SCORE: Final = re.compile(r"\d[-–]$")
"""A score that a number ends: "8-7"."""
_LENGTHS: Final = word_list("figures.lengths")
_CHANGING: Final = word_list("figures.changing")
_TAKING_OVER: Final = word_list("figures.taking_over")


class QuantityReader:
    """Reads quantities out of the tokens of one text, from left to right."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        """Take a text and its tokens (:func:`onrecord.text.numerals.tokens_of`)."""
        self.text = text
        self.tokens = tokens
        self.numerals = NumeralReader(text, tokens)
        self.units = UnitReader(text, tokens, self.numerals)

    def all(self) -> list[Quantity]:
        """List every quantity of the text in order; none overlaps another."""
        found: list[Quantity] = []
        after = reached = 0
        for index in self.numerals.beginnings():
            quantity = self.at(index, reached) if index >= after else None
            if quantity is not None:
                found.append(quantity)
                after, reached = quantity.last, quantity.end
        return found

    def at(self, index: int, reached: int = 0, *, ranging: bool = True) -> Quantity | None:
        """Read the quantity whose number begins at a token; words that bound it may begin at ``reached`` or later."""
        numeral = self.numerals.read(index)
        if numeral is None:
            return self._one_and_a_part(index)
        sign_start = self.numerals.negative(index)
        if sign_start is not None:
            numeral = numeral._replace(value=-numeral.value)
        currency, start = self.units.sign_before(
            index, sign_start if sign_start is not None else self.tokens[index].start
        )
        unit = self.units.metres(numeral, currency) or self.units.unit_after(numeral, currency)
        ratio = self._ratio(numeral) if unit.unit is None else None
        if ratio is not None:
            return self._bounded(ratio._replace(start=start), reached)
        low = numeral.value * unit.factor
        quantity = Quantity(
            start=start,
            end=unit.end,
            low=low,
            high=None if numeral.vague else low,
            approximate=False,
            unit=unit.unit,
            kind="ordinal" if numeral.ordinal else unit.kind,
            first=index,
            last=unit.last,
            core=start,
            attributive=unit.attributive,
            vague=numeral.vague,
            digits=numeral.digits,
            scaled=numeral.scaled,
        )
        if numeral.ordinal:
            return quantity
        quantity = self._and_a_part(quantity)
        return self._bounded(self._ranged(quantity, numeral) if ranging else quantity, reached)

    def _one_and_a_part(self, index: int) -> Quantity | None:
        """Read "a mile and a half", "an hour and a quarter": the article stands for one."""
        if self.numerals.folded(index, joined=False) not in {"a", "an"}:
            return None
        unit = self.units.named_unit(Numeral(index, index + 1, 1.0), index + 1)
        if unit is None or unit.unit is None or unit.attributive:
            return None
        start = self.tokens[index].start
        one = Quantity(
            start, unit.end, unit.factor, unit.factor, approximate=False, unit=unit.unit, kind=unit.kind,
            first=index, last=unit.last, core=start,
        )  # fmt: skip
        whole = self._and_a_part(one)
        return whole if whole is not one else None

    def _and_a_part(self, quantity: Quantity) -> Quantity:
        """Add "and a half" behind a unit: "two miles and a half"."""
        if quantity.kind not in {"measure", "money"} or self.numerals.folded(quantity.last) != "and":
            return quantity
        if self.numerals.folded(quantity.last + 1) not in {"a", "one"} or quantity.low is None:
            return quantity
        part = self.numerals.fraction(quantity.last + 1)
        if part is None or self.numerals.folded(part.last - 1) not in {"half", "quarter"} or quantity.attributive:
            return quantity
        value = quantity.low + part.value * (quantity.low if abs(quantity.low) < 1 else 1.0)
        return quantity._replace(end=self.tokens[part.last - 1].end, low=value, high=value, last=part.last)

    def _ratio(self, numeral: Numeral) -> Quantity | None:
        """Read "one in five", "3 out of 4", "nine in 10" as a share."""
        at = numeral.last
        if self.numerals.folded(at) == "out" and self.numerals.folded(at + 1) == "of":
            at += 2
        elif self.numerals.folded(at) in {"in", "of"}:
            at += 1
        else:
            return None
        of = self.numerals.read(at) if at < len(self.tokens) and self.numerals.joined(at) else None
        start = self.tokens[numeral.first].start
        if _SCORE.search(self.text, max(0, start - 4), start):
            of = None
        if of is None or of.ordinal or of.vague or of.value <= numeral.value or of.value == 0:
            return None
        if self.numerals.folded(at - 1) == "of" and self.numerals.folded(at - 2) != "out" and of.value not in {10, 100}:
            return None  # "10 of 12 victims" counts victims; "eight of 10 voters" is a share
        if of.value > 1900 and of.digits and self.tokens[at].folded.isdigit():
            return None  # "12 in 2016" is a count and a year
        if self.numerals.folded(at - 1) == "in" and (
            of.value > 1000 or self.units.words_from(of.last, 1) in UNIT_NAMES
        ):
            return None  # "three in 10 days"
        share = numeral.value / of.value
        return Quantity(
            self.tokens[numeral.first].start,
            self.tokens[of.last - 1].end,
            share,
            share,
            approximate=False,
            unit="share",
            kind="ratio",
            first=numeral.first,
            last=of.last,
            core=self.tokens[numeral.first].start,
            digits=numeral.digits,
        )

    def _ranged(self, quantity: Quantity, numeral: Numeral) -> Quantity:
        """Join a range: "125 to 155 miles", "10-20", "two or three", "between 5 and 7 million"."""
        at = quantity.last
        if at >= len(self.tokens) or numeral.vague or quantity.kind == "age":
            return quantity
        second_at = self._range_link(quantity, at)
        if second_at is None:
            return quantity
        second = self.at(second_at, self.tokens[second_at - 1].end, ranging=False)
        if (
            second is None
            or second.kind == "ordinal"
            or second.low is None
            or quantity.low is None
            or second.bound not in {"exact", "about"}
        ):
            return quantity
        low, unit = quantity.low, quantity.unit
        if not numeral.scaled and low < second.low and second.high is not None:
            other = self.numerals.read(second.first)
            scale = self._scale_of(other, self.text[quantity.end : second.start]) if other else 1.0
            low = low * scale if low * scale <= second.low else low
        unit = unit or second.unit
        if low >= second.low or unit != (second.unit or unit):
            return quantity
        kind = second.kind if quantity.kind == "number" else quantity.kind
        return second._replace(
            start=quantity.start, core=quantity.start, low=low, high=second.high or second.low, unit=unit, kind=kind,
            first=quantity.first, ranged=True, digits=quantity.digits,
        )  # fmt: skip

    def _scale_of(self, numeral: Numeral, gap: str) -> float:
        """Give the scale that a range's second number lends to its first: "two to three thousand", "2-3,000"."""
        if numeral.scaled:
            return self.numerals.scale(numeral)
        grouped = numeral.digits and self.tokens[numeral.first].folded.endswith(",000")
        return 1000.0 if grouped and _RANGE_DASH.fullmatch(gap) else 1.0

    def _range_link(self, quantity: Quantity, at: int) -> int | None:
        """Find the token at which a range's second number begins, ``None`` where no range goes on."""
        gap = self.text[quantity.end : self.tokens[at].start]
        number_next = self.tokens[at].number is not None
        dash = _RANGE_DASH.search(gap) or re.fullmatch(r" ?[-–—] ?(?:[A-Za-z]{0,2}[$]|[€£¥])", gap)
        if dash and number_next and gap.strip():
            return at
        word = self.tokens[at].folded
        hyphened = gap in {"-", "‐", "‑"} and word in {"to", "or"} and self.numerals.gap(at + 1) == gap
        if word not in {"to", "and", "or", "through"} or (gap.strip() and not hyphened) or at + 1 >= len(self.tokens):
            return None
        opened = self._opener(quantity.first)
        if word == "and" and opened != "between":
            return None
        if word == "to" and (opened == "changing" or not self._number_at(at + 1)):
            return None
        if word == "or" and not self._near(quantity, at + 1):
            return None
        return at + 1

    def _number_at(self, index: int) -> bool:
        return index < len(self.tokens) and self.numerals.read(index) is not None

    def _near(self, quantity: Quantity, index: int) -> bool:
        """Return whether "two or three" are neighbours: only these make a range with "or"."""
        other = self.numerals.read(index)
        if other is None or quantity.low is None or not quantity.low:
            return False
        scale = self.numerals.scale(other) if other.scaled else 1.0
        value = other.value / scale if quantity.low * scale < other.value and not quantity.scaled else other.value
        return quantity.low < value <= quantity.low * 2 + 1

    def _opener(self, first: int) -> str | None:
        """Find "between" before the number, or a verb of change that makes "from … to" two numbers, not a range."""
        for back in range(1, 5):
            word = self.numerals.folded(first - back, joined=False)
            if word == "between" and back <= 2:
                return "between"
            if word in _CHANGING and not self._measured_range(first):
                return "changing"
        return None

    def _measured_range(self, first: int) -> bool:
        """Return whether a length is meant by "fell 10 to 12 feet": nothing stands between the verb and the number."""
        after = self.numerals.read(first + 2) if self.numerals.folded(first + 1) == "to" else None
        unit = self.units.words_from(after.last, 1) if after is not None else ""
        before = self.numerals.folded(first - 1, joined=False)
        return unit in _LENGTHS and before in _CHANGING and after is not None and not after.scaled

    def _bounded(self, quantity: Quantity, reached: int) -> Quantity:
        """Apply the words or marks before and after that bound the number."""
        bound, start = self._bound_before(quantity, reached)
        end, last = quantity.end, quantity.last
        if bound is None:
            after = self._bound_after(quantity)
            if after is not None:
                bound, end, last = after
        quantity = quantity._replace(start=min(start, quantity.start), end=end, last=last)
        return apply_bound(quantity, bound) if bound is not None else quantity

    def _bound_before(self, quantity: Quantity, reached: int) -> tuple[Bound | None, int]:
        start = quantity.start
        if not _SYMBOL_SIGNS.isdisjoint(self.text[max(reached, start - 3) : start]):
            for mark, bound in _SYMBOLS.items():
                head = self.text[max(reached, start - len(mark) - 1) : start].rstrip()
                if head.endswith(mark):
                    return bound, self.text.rfind(mark, max(reached, start - len(mark) - 1), start)
        first = self._first_token(quantity)
        if quantity.ranged:
            word = self.numerals.folded(first - 1, joined=False)
            if word in {"between", "from"} and self.tokens[first - 1].start >= reached:
                return None, self.tokens[first - 1].start
        return self._phrase_before(first, reached, start, quantity.unit)

    def _first_token(self, quantity: Quantity) -> int:
        """Find the first token at or behind the quantity's start (a sign's letters are tokens before the number)."""
        first = quantity.first
        while first > 0 and self.tokens[first - 1].end > quantity.start:
            first -= 1
        return first

    def _phrase_before(self, first: int, reached: int, start: int, unit: str | None) -> tuple[Bound | None, int]:
        bounded = first > 0 and self.tokens[first - 1].folded in _LAST_OF_BOUND
        for count in range(min(_LONGEST_BOUND, first) if bounded else 0, 0, -1):
            begin = first - count
            if self.tokens[begin].start < reached:
                continue
            phrase = self._words_from_loose(begin, count)
            bound = _BEFORE.get(phrase)
            if bound is None or self.text[self.tokens[first - 1].end : start].strip("( \u00a0\n") != "":
                continue
            if phrase == "over" and DIMENSION.get(unit or "") == "time":
                return None, start  # "over 10 years": all through them
            if phrase in {"over", "above", "near", "around", "under", "below", "beyond"} and self._place(begin):
                return None, start
            outside = phrase in _OUTSIDE
            again, earlier = (
                self._phrase_before(begin, reached, self.tokens[begin].start, unit)
                if bound == "exact"
                else (None, start)
            )
            if again is not None:
                return again, earlier
            if bound == "about" and phrase == "estimated" and self.numerals.folded(begin - 1, joined=False) == "an":
                return bound, self.tokens[begin - 1].start
            return bound, start if outside else self.tokens[begin].start
        return None, start

    def _words_from_loose(self, index: int, count: int) -> str:
        """Join tokens that only spaces part (a line's end, too)."""
        parts = [self.tokens[index].folded]
        for at in range(index + 1, index + count):
            if self.numerals.gap(at).strip() not in {"", "."}:
                return ""
            parts.append(self.tokens[at].folded)
        return " ".join(parts)

    def _place(self, index: int) -> bool:
        """Return whether "over", "under" and the like belong to a verb or a place: "handed over 21 girls"."""
        before, word = self.numerals.folded(index - 1, joined=False), self.tokens[index].folded
        return (before in {"from", "just", "right"} and word in {"above", "below"}) or (
            before in _TAKING_OVER and word == "over"
        )

    def _bound_after(self, quantity: Quantity) -> tuple[Bound, int, int] | None:
        if (
            self.text[quantity.end : quantity.end + 1] == "+"
            and not self.text[quantity.end + 1 : quantity.end + 2].isdigit()
        ):
            return "from", quantity.end + 1, quantity.last
        at = quantity.last
        if self.numerals.gap(at) in {"-", "‐", "‑"} and self.numerals.folded(at) in _SUFFIXED:
            return _SUFFIXED[self.numerals.folded(at)], self.tokens[at].end, at + 1
        if self.numerals.folded(at) not in {"or", "and", "at"}:
            return None
        for phrase, bound in _AFTER.items():
            if self.units.words_from(at, len(phrase)) == " ".join(phrase):
                last = at + len(phrase)
                return bound, self.tokens[last - 1].end, last
        return None
