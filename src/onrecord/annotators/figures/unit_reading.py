"""Units beside a number: currency signs before it, percent, ages, measures and money behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
from onrecord.text.number_tokens import Token
from onrecord.text.numeral import Numeral
from onrecord.text.numerals import NumeralReader

QuantityKind = Literal["number", "ordinal", "percentage", "money", "age", "measure", "ratio"]
_SIGN_BEFORE: Final = re.compile(
    r"(?:(?<![^\W_])(?:u\.s\.|us|au|ca|nz|hk|nt|a|c|s|r))?[$＄] ?$|[€£￡¥￥₹₩₽₪₦₺₴฿] ?$", re.IGNORECASE
)
_PERCENT_SIGN: Final = re.compile(r" ?[%％]")
_SIGN_AFTER: Final = re.compile(r" ?([€£¥₹₽₪₩]|°[CF]?\b|[$](?!\d))")
_PERCENT_PHRASES: Final = tuple((phrase, len(phrase.split())) for phrase in PERCENT_WORDS)
_PERCENT_FIRST: Final = frozenset(phrase.split()[0] for phrase in PERCENT_WORDS)
_OF_WEIGHT: Final = word_list("figures.of_weight")
_EXTENTS: Final = word_list("figures.extents")


class Unit(NamedTuple):
    """A unit found: its last token (exclusive), where it ends, its name, its kind, and its factor."""

    last: int
    end: int
    unit: str | None
    kind: QuantityKind
    factor: float = 1.0
    attributive: bool = False


class UnitReader:
    """Reads the units beside the numerals of one text."""

    def __init__(self, text: str, tokens: Sequence[Token], numerals: NumeralReader) -> None:
        """Take a text, its tokens and its numerals."""
        self.text, self.tokens, self.numerals = text, tokens, numerals
        self._in_dollars = "$" in text and "£" not in text and "sterling" not in text.casefold()

    def sign_before(self, index: int, start: int) -> tuple[str | None, int]:
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

    def metres(self, numeral: Numeral, currency: str | None) -> Unit | None:
        """Tell "20m high" from "20m people": the letter is the unit where a word of extent or place follows."""
        letter = self.tokens[numeral.last - 1]
        attached = numeral.digits and numeral.last == numeral.first + 2 and self.text[letter.start : letter.end] == "m"
        following = self.numerals.folded(numeral.last)
        if currency is not None or not attached or following not in _EXTENTS:
            return None
        return Unit(numeral.last, letter.end, "metre", "measure", 1e-6)

    def unit_after(self, numeral: Numeral, currency: str | None) -> Unit:
        """Find the unit behind the number; a currency sign before it decides."""
        end = self.tokens[numeral.last - 1].end
        none = Unit(numeral.last, end, "share" if numeral.share else None, "number")
        if currency is not None:
            named = self.named_unit(numeral, numeral.last)
            if named is not None and DIMENSION.get(named.unit or "") == "money":
                return named
            return Unit(numeral.last, end, currency, "money")
        percent = _PERCENT_SIGN.match(self.text, end)
        if percent:
            return Unit(numeral.last, percent.end(), "percent", "percentage")
        sign = _SIGN_AFTER.match(self.text, end)
        if sign:
            return self._sign_unit(numeral, sign)
        after = numeral.last
        if numeral.vague and self.numerals.folded(after) == "of":
            after += 1  # "hundreds of dollars"
        return self._percent_word(numeral) or self._age(numeral) or self.named_unit(numeral, after) or none

    def _sign_unit(self, numeral: Numeral, sign: re.Match[str]) -> Unit:
        mark = sign.group(1).casefold()
        last = numeral.last
        while last < len(self.tokens) and self.tokens[last].start < sign.end():
            last += 1
        if mark in CURRENCY_SIGNS:
            return Unit(last, sign.end(), CURRENCY_SIGNS[mark], "money")
        return Unit(last, sign.end(), UNIT_NAMES.get(mark, "degree"), "measure")

    def words_from(self, index: int, count: int) -> str | None:
        """Join ``count`` folded tokens from ``index``, each joined to the one before; ``None`` where they are not."""
        if index + count > len(self.tokens):
            return None
        parts = []
        for at in range(index, index + count):
            initial = at > index and len(self.tokens[at - 1].folded) == 1 and self.numerals.gap(at) in {".", ". "}
            parts.append(self.numerals.folded(at, joined=not initial))
        return " ".join(parts) if all(parts) else None

    def _percent_word(self, numeral: Numeral) -> Unit | None:
        if self.numerals.folded(numeral.last) not in _PERCENT_FIRST:
            return None
        for phrase, count in _PERCENT_PHRASES:
            if self.words_from(numeral.last, count) == phrase:
                unit = "percentage-point" if "point" in phrase else "percent"
                last = numeral.last + count
                return Unit(last, self.tokens[last - 1].end, unit, "percentage")
        return None

    def _age(self, numeral: Numeral) -> Unit | None:
        """Read "years old", "-year-old", "years of age", "months old"."""
        unit = UNIT_NAMES.get(self.numerals.folded(numeral.last))
        if unit is None or DIMENSION[unit] != "time":
            return None
        last = numeral.last + 1
        if self.numerals.folded(last) in {"old", "olds"}:
            joined = self.numerals.gap(last) in {"-", "‐", "‑"}
            return Unit(last + 1, self.tokens[last].end, unit, "age", attributive=joined)
        if self.words_from(last, 2) == "of age":
            return Unit(last + 2, self.tokens[last + 1].end, unit, "age")
        return None

    def named_unit(self, numeral: Numeral, index: int) -> Unit | None:
        """Read a unit's name or abbreviation of one word or several."""
        if self.numerals.folded(index) not in FIRST_WORDS:
            return None
        for count in range(LONGEST_FORM, 0, -1):
            phrase = self.words_from(index, count)
            if phrase is None:
                continue
            last, end = index + count, self.tokens[index + count - 1].end
            small = subunit(phrase)
            if small is not None:
                return Unit(last, end, small[0], "money", small[1])
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
                    else Unit(last + 2, self.tokens[last + 1].end, f"{unit}-per-{UNIT_NAMES[per]}", "measure")
                )
            if phrase in {"pound", "pounds"} and self._weighs(numeral, last):
                unit = "pound"
            joined = count == 1 and self.numerals.gap(index) in {"-", "‐", "‑"}
            kind: QuantityKind = "money" if DIMENSION[unit] == "money" else "measure"
            return Unit(last, end, unit, kind, attributive=joined)
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
