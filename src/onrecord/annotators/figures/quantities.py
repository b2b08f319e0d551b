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
from typing import Final, Literal, NamedTuple

from onrecord.lexicon.load import word_list
from onrecord.lexicon.units import (
    ATTACHED_ONLY,
    CURRENCY_SIGNS,
    DIMENSION,
    FIRST_WORDS,
    LONGEST_FORM,
    PERCENT_WORDS,
    UNIT_NAMES,
    subunit,
)
from onrecord.text.numerals import Numeral, NumeralReader, Token

QuantityKind = Literal["number", "ordinal", "percentage", "money", "age", "measure", "ratio"]
Bound = Literal["above", "from", "below", "to", "about", "exact"]

_BOUNDING: Final = """
above: more than|over|above|in excess of|upwards of|upward of|greater than|larger than|bigger than|higher than
above: exceeding|exceeds|exceeded|surpassing|surpassed|topping|well over|just over|a little over|north of|beyond
above: slightly more than|well above|just above|far more than|considerably more than|little more than
from: at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of|as few as|as little as
from: at the very least|greater than or equal to|more than or equal to|from at least
below: less than|fewer than|under|below|just under|well under|nearly|almost|smaller than|lower than|approaching
below: just shy of|shy of|just below|well below|just less than|just fewer than|slightly less than|slightly under
below: slightly fewer than|very nearly|little under
to: up to|as many as|as much as|at most|no more than|not more than|no greater than|a maximum of|maximum of
to: at the most|not exceeding|no larger than|no higher than|less than or equal to|fewer than or equal to
about: about|around|roughly|approximately|approx|some|an estimated|estimated|circa|close to|in the region of
about: something like|more or less|or so|near|perhaps|maybe|in the order of|on the order of|somewhere around
about: an approximate|an average of|a rough
exact: only|just|exactly|an additional|additional|only about|a total of|precisely|a record|a further|equal to
exact: another|an extra|a combined|some of
"""


def _bounding() -> dict[str, Bound]:
    """Read the table of bounding phrases: each phrase to its bound."""
    bounds: tuple[Bound, ...] = ("above", "from", "below", "to", "about", "exact")
    named = {str(bound): bound for bound in bounds}
    found: dict[str, Bound] = {}
    for line in _BOUNDING.strip().splitlines():
        bound, _, phrases = line.partition(": ")
        found.update(dict.fromkeys(phrases.split("|"), named[bound]))
    return found


_BEFORE: Final = _bounding()
_OUTSIDE: Final = word_list("figures.outside")  # fmt: skip
"""Phrases that bound a number without belonging to the figure."""
_LAST_OF_BOUND: Final = frozenset(phrase.split()[-1] for phrase in _BEFORE)
_LONGEST_BOUND: Final = max(len(phrase.split()) for phrase in _BEFORE)
_AFTER: Final[tuple[tuple[tuple[str, ...], Bound], ...]] = (
    (("or", "more"), "from"),
    (("or", "above"), "from"),
    (("or", "older"), "from"),
    (("or", "over"), "from"),
    (("or", "greater"), "from"),
    (("or", "larger"), "from"),
    (("and", "above"), "from"),
    (("and", "over"), "from"),
    (("and", "up"), "from"),
    (("and", "counting"), "from"),
    (("or", "less"), "to"),
    (("or", "fewer"), "to"),
    (("or", "under"), "to"),
    (("or", "younger"), "to"),
    (("or", "below"), "to"),
    (("or", "so"), "about"),
    (("at", "least"), "from"),
    (("at", "most"), "to"),
)
_SUFFIXED: Final[dict[str, Bound]] = {"odd": "about", "something": "about", "plus": "from"}
"""What a hyphen joins to a number to bound it: "twenty-odd", "150-plus"."""
_SYMBOLS: Final[tuple[tuple[str, Bound], ...]] = (
    (">=", "from"),
    ("≥", "from"),
    ("<=", "to"),
    ("≤", "to"),
    (">", "above"),
    ("<", "below"),
    ("~", "about"),
    ("≈", "about"),
    ("±", "about"),
)
_SYMBOL_SIGNS: Final = frozenset("".join(mark for mark, _ in _SYMBOLS))
_RANGE_DASH: Final = re.compile(r" ?[-–—−~〜] ?$")
_SIGN_BEFORE: Final = re.compile(
    r"(?:(?<![^\W_])(?:u\.s\.|us|au|ca|nz|hk|nt|a|c|s|r))?[$＄] ?$|[€£￡¥￥₹₩₽₪₦₺₴฿] ?$", re.IGNORECASE
)
_PERCENT_SIGN: Final = re.compile(r" ?[%％]")
_SIGN_AFTER: Final = re.compile(r" ?([€£¥₹₽₪₩]|°[CF]?\b|[$](?!\d))")
_PERCENT_PHRASES: Final = tuple((phrase, len(phrase.split())) for phrase in PERCENT_WORDS)
_PERCENT_FIRST: Final = frozenset(phrase.split()[0] for phrase in PERCENT_WORDS)
_OF_WEIGHT: Final = word_list("figures.of_weight")
_EXTENTS: Final = word_list("figures.extents")
_SCORE: Final = re.compile(r"\d[-–]$")
"""A score that a number ends: "8-7"."""
_LENGTHS: Final = frozenset({"feet", "foot", "ft", "metres", "meters", "m", "yards", "storeys", "stories", "floors"})
_CHANGING: Final = word_list("figures.changing")
_TAKING_OVER: Final = word_list("figures.taking_over")


class Quantity(NamedTuple):
    """An amount in a text, in characters ``start:end``; ``core`` is the place of the number within it.

    ``first:last`` are the tokens of number and unit, ``bound`` the phrase that bounds it, ``attributive`` whether
    number and unit stand joined before a noun ("20-year war"), ``vague`` whether it came from a bare plural
    ("dozens").
    """

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    kind: QuantityKind
    first: int
    last: int
    core: int
    bound: Bound = "exact"
    attributive: bool = False
    vague: bool = False
    digits: bool = False
    ranged: bool = False
    scaled: bool = False


class _Unit(NamedTuple):
    last: int
    end: int
    unit: str | None
    kind: QuantityKind
    factor: float = 1.0
    attributive: bool = False


class QuantityReader:
    """Reads quantities out of the tokens of one text, from left to right."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        """Take a text and its tokens (:func:`onrecord.text.numerals.tokens_of`)."""
        self.text = text
        self.tokens = tokens
        self.numerals = NumeralReader(text, tokens)
        self._in_dollars = "$" in text and "£" not in text and "sterling" not in text.casefold()

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
        currency, start = self._sign_before(index, sign_start if sign_start is not None else self.tokens[index].start)
        unit = self._metres(numeral, currency) or self._unit_after(numeral, currency)
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
        unit = self._named_unit(Numeral(index, index + 1, 1.0), index + 1)
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

    def _sign_before(self, index: int, start: int) -> tuple[str | None, int]:
        """Find a currency sign close before the number: its currency and where the amount then begins."""
        sign = _SIGN_BEFORE.search(self.text, max(0, start - 8), start)
        if sign:
            return CURRENCY_SIGNS[sign.group().strip().casefold()], sign.start()
        close = self.numerals.joined(index) or self.numerals.gap(index) in {". ", "."}
        if index > 0 and close and self.tokens[index].number is not None:
            before = self.tokens[index - 1]
            named = self.text[before.start : before.end]
            if before.folded in CURRENCY_SIGNS and (named.isupper() or before.folded == "rs"):
                return CURRENCY_SIGNS[before.folded], before.start
        return None, start

    def _metres(self, numeral: Numeral, currency: str | None) -> _Unit | None:
        """Tell "20m high" from "20m people": the letter is the unit where a word of extent or place follows."""
        letter = self.tokens[numeral.last - 1]
        attached = numeral.digits and numeral.last == numeral.first + 2 and self.text[letter.start : letter.end] == "m"
        following = self.numerals.folded(numeral.last)
        if currency is not None or not attached or following not in _EXTENTS:
            return None
        return _Unit(numeral.last, letter.end, "metre", "measure", 1e-6)

    def _unit_after(self, numeral: Numeral, currency: str | None) -> _Unit:
        """Find the unit behind the number; a currency sign before it decides."""
        end = self.tokens[numeral.last - 1].end
        none = _Unit(numeral.last, end, "share" if numeral.share else None, "number")
        if currency is not None:
            named = self._named_unit(numeral, numeral.last)
            if named is not None and DIMENSION.get(named.unit or "") == "money":
                return named
            return _Unit(numeral.last, end, currency, "money")
        percent = _PERCENT_SIGN.match(self.text, end)
        if percent:
            return _Unit(numeral.last, percent.end(), "percent", "percentage")
        sign = _SIGN_AFTER.match(self.text, end)
        if sign:
            return self._sign_unit(numeral, sign)
        after = numeral.last
        if numeral.vague and self.numerals.folded(after) == "of":
            after += 1  # "hundreds of dollars"
        return self._percent_word(numeral) or self._age(numeral) or self._named_unit(numeral, after) or none

    def _sign_unit(self, numeral: Numeral, sign: re.Match[str]) -> _Unit:
        mark = sign.group(1).casefold()
        last = numeral.last
        while last < len(self.tokens) and self.tokens[last].start < sign.end():
            last += 1
        if mark in CURRENCY_SIGNS:
            return _Unit(last, sign.end(), CURRENCY_SIGNS[mark], "money")
        return _Unit(last, sign.end(), UNIT_NAMES.get(mark, "degree"), "measure")

    def _words_from(self, index: int, count: int) -> str | None:
        """Join ``count`` folded tokens from ``index``, each joined to the one before; ``None`` where they are not."""
        if index + count > len(self.tokens):
            return None
        parts = []
        for at in range(index, index + count):
            initial = at > index and len(self.tokens[at - 1].folded) == 1 and self.numerals.gap(at) in {".", ". "}
            parts.append(self.numerals.folded(at, joined=not initial))
        return " ".join(parts) if all(parts) else None

    def _percent_word(self, numeral: Numeral) -> _Unit | None:
        if self.numerals.folded(numeral.last) not in _PERCENT_FIRST:
            return None
        for phrase, count in _PERCENT_PHRASES:
            if self._words_from(numeral.last, count) == phrase:
                unit = "percentage-point" if "point" in phrase else "percent"
                last = numeral.last + count
                return _Unit(last, self.tokens[last - 1].end, unit, "percentage")
        return None

    def _age(self, numeral: Numeral) -> _Unit | None:
        """Read "years old", "-year-old", "years of age", "months old"."""
        unit = UNIT_NAMES.get(self.numerals.folded(numeral.last))
        if unit is None or DIMENSION[unit] != "time":
            return None
        last = numeral.last + 1
        if self.numerals.folded(last) in {"old", "olds"}:
            joined = self.numerals.gap(last) in {"-", "‐", "‑"}
            return _Unit(last + 1, self.tokens[last].end, unit, "age", attributive=joined)
        if self._words_from(last, 2) == "of age":
            return _Unit(last + 2, self.tokens[last + 1].end, unit, "age")
        return None

    def _named_unit(self, numeral: Numeral, index: int) -> _Unit | None:
        """Read a unit's name or abbreviation of one word or several."""
        if self.numerals.folded(index) not in FIRST_WORDS:
            return None
        for count in range(LONGEST_FORM, 0, -1):
            phrase = self._words_from(index, count)
            if phrase is None:
                continue
            last, end = index + count, self.tokens[index + count - 1].end
            small = subunit(phrase)
            if small is not None:
                return _Unit(last, end, small[0], "money", small[1])
            unit = UNIT_NAMES.get(phrase)
            if unit is None or (phrase in ATTACHED_ONLY and not self._close(numeral, index)):
                continue
            if phrase in {"second", "stone", "real", "won", "sterling"} and numeral.value != 1:
                continue  # "7 second graders", "20 won seats": the singular is another word
            per = self._per(last)
            if per is not None and per in UNIT_NAMES and DIMENSION[unit] == "length":
                return (
                    None
                    if per == phrase
                    else _Unit(last + 2, self.tokens[last + 1].end, f"{unit}-per-{UNIT_NAMES[per]}", "measure")
                )
            if phrase in {"pound", "pounds"} and self._weighs(numeral, last):
                unit = "pound"
            joined = count == 1 and self.numerals.gap(index) in {"-", "‐", "‑"}
            kind: QuantityKind = "money" if DIMENSION[unit] == "money" else "measure"
            return _Unit(last, end, unit, kind, attributive=joined)
        return None

    def _weighs(self, numeral: Numeral, last: int) -> bool:
        """Return whether pounds are of weight: the text has its money in dollars, or speaks of weight beside them."""
        end = self.tokens[last - 1].end
        converted = re.match(r" ?\((?:about |around |roughly )?(?:US)?[$€]", self.text[end : end + 16]) is not None
        if self._in_dollars and not numeral.scaled and not converted:
            return True
        beside = (self.tokens[at].folded for at in range(max(0, numeral.first - 6), min(len(self.tokens), last + 4)))
        return any(word in _OF_WEIGHT for word in beside)

    def _per(self, index: int) -> str | None:
        if self.numerals.folded(index) in {"per", "an", "a"} and self.numerals.folded(index + 1) in {"hour", "second"}:
            return self.numerals.folded(index + 1)
        return None

    def _close(self, numeral: Numeral, index: int) -> bool:
        return numeral.digits and self.numerals.gap(index) in {"", " ", "\u00a0", "\u202f", "-"}

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
        if self.numerals.folded(at - 1) == "in" and (of.value > 1000 or self._words_from(of.last, 1) in UNIT_NAMES):
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
        unit = self._words_from(after.last, 1) if after is not None else ""
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
            for mark, bound in _SYMBOLS:
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
        for phrase, bound in _AFTER:
            if self._words_from(at, len(phrase)) == " ".join(phrase):
                last = at + len(phrase)
                return bound, self.tokens[last - 1].end, last
        return None


def apply_bound(quantity: Quantity, bound: Bound) -> Quantity:
    """Open or close a quantity's ends as a bounding phrase says; counts step to the next whole number."""
    low, high, approximate = quantity.low, quantity.high, quantity.approximate
    value_high = high if high is not None else low
    whole = quantity.unit is None or quantity.kind == "money"
    if bound == "above" and value_high is not None:
        low, high = _next_whole(value_high, 1) if whole else value_high, None
    elif bound == "from":
        high = None
    elif bound == "below" and value_high is not None:
        low, high = None, _next_whole(value_high, -1) if whole else value_high
    elif bound == "to":
        low, high = None, value_high
    elif bound == "about":
        approximate = True
    return quantity._replace(low=low, high=high, approximate=approximate, bound=bound)


def _next_whole(value: float, step: int) -> float:
    return value + step if value == int(value) else value
