"""Numerals: digits and number words of running text become values.

Reads a text; gives :class:`Numeral` records, each a stretch of tokens with the value that it writes. What the number
counts, bounds ("more than"), units and signs of currency are not decided here
(:mod:`onrecord.annotators.figures.quantities`).

The grammar is our own, written as one small function a form: digits with grouping and scale (``1,600``, ``1 234 567``,
``5.2bn``, ``1e6``), number words (``two hundred and five``), mixed numbers and fractions (``two and a half million``,
``3 1/2``, ``two-thirds``, ``½``), dozens and scores, vague plurals (``tens of thousands``) and ordinals. Every function
looks at a bounded number of tokens, or consumes those that it looks at, so that reading is linear in the text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from onrecord.lexicon.load import word_list
from onrecord.lexicon.numbers import ORDINALS, PACKS, SCALES, SHORT_SCALES, TENS, UNITS
from onrecord.lexicon.units import UNIT_NAMES
from onrecord.text.number_tokens import Token
from onrecord.text.numeral import Numeral

_MONEY_SIGNS: Final = ("$", "€", "£", "¥", "₹")
_ALONE_SHORT: Final = word_list("figures.alone_short")  # also with a space before them
_PLURAL_SCALES: Final = {f"{name}s": value for name, value in SCALES.items()} | {"lakhs": 1e5, "crores": 1e7}
_VAGUE: Final = _PLURAL_SCALES | {"dozens": 12.0, "scores": 20.0}
_ORDINAL_SCALES: Final = {f"{name}th": value for name, value in SCALES.items() if name not in {"lakh", "crore"}}
_ORDINALS: Final = {**ORDINALS, **_ORDINAL_SCALES}
_DENOMINATORS: Final[dict[str, float]] = {
    **{word: value for word, value in _ORDINALS.items() if value > 2},
    "half": 2,
    "quarter": 4,
}
_PLURAL_DENOMINATORS: Final[dict[str, float]] = {f"{word}s": value for word, value in _DENOMINATORS.items()} | {
    "halves": 2
}
_EXPONENT: Final = re.compile(r"[eE]([+-]?\d{1,3})(?![\w.])|\^([+-]?\d{1,3})(?![\w.])")
_SLASH: Final = re.compile(r"[/⁄](\d{1,4})(?![\w/⁄]|\.\d)")
_HYPHENS: Final = "-‐‑"
_JOINING: Final = frozenset({"", " ", "-", "‐", "‑", "\u00a0", "\u202f", "\u2009", "\n", " \n", "  "})
_MINUS: Final = re.compile(r"(?:^|[\s(\[])([-−–])$|(?:^|[(\[])([-−–]) $")
_SCALES_AND_PACKS: Final = {**SCALES, **PACKS}
_STARTERS: Final = (
    word_list("figures.starters")
    .union(UNITS, TENS, SCALES, PACKS, _VAGUE, _ORDINALS)
)  # fmt: skip
"""Every word that a numeral may begin with."""
_HALVED: Final = frozenset(UNIT_NAMES) | {"percent", "percentage", "per"}
_LARGEST: Final = 1e30


def _times(value: float, scale: float) -> float:
    """Multiply out a scale, without the noise of binary fractions: 2.07 billion is 2,070,000,000."""
    return round(value * scale, 3)


class NumeralReader:
    """Reads numerals out of the tokens of one text."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        """Take a text and its tokens, as :func:`tokens_of` gives them."""
        self.text = text
        self.tokens = tokens

    def gap(self, index: int) -> str:
        """Give what stands between the token before ``index`` and the token itself."""
        if not 0 < index < len(self.tokens):
            return "\n"
        return self.text[self.tokens[index - 1].end : self.tokens[index].start]

    def joined(self, index: int) -> bool:
        """Return whether nothing but a space or a hyphen parts the token from the one before it."""
        return self.gap(index) in _JOINING

    def folded(self, index: int, *, joined: bool = True) -> str:
        """Give the folded token, or nothing where it is missing or (when asked) not joined to the one before."""
        if index < 0 or index >= len(self.tokens) or (joined and not self.joined(index)):
            return ""
        return self.tokens[index].folded

    def beginnings(self) -> list[int]:
        """List the tokens at which a numeral may begin; at all others none does."""
        return [i for i, token in enumerate(self.tokens) if token.number is not None or token.folded in _STARTERS]

    def read(self, index: int) -> Numeral | None:
        """Read the longest numeral that begins at a token; ``None`` where none does."""
        token = self.tokens[index]
        if token.number is None and token.folded not in _STARTERS:
            return None
        for form in (self._vague, self._half_scale, self._article, self._ordinal, self._mixed, self._bare):
            numeral = form(index)
            if numeral is not None:
                return numeral if numeral.value <= _LARGEST else None
        return None

    def negative(self, index: int) -> int | None:
        """Give the place where a sign before the token begins (a minus or the word for it), else ``None``."""
        if index > 0 and self.folded(index - 1, joined=False) in {"minus", "negative"} and self.joined(index):
            return self.tokens[index - 1].start
        start = self.tokens[index].start
        sign = _MINUS.search(self.text, max(0, start - 3), start)
        return sign.start(sign.lastindex or 0) if sign and self.tokens[index].number is not None else None

    def _vague(self, index: int) -> Numeral | None:  # noqa: PLR0911 - one return a form
        """Read "dozens", "tens of thousands", "hundreds of thousands", "several hundred", "many millions"."""
        first = self.folded(index, joined=False)
        if first == "tens":
            inner = self._vague(index + 2) if self.folded(index + 1) == "of" and self.joined(index + 2) else None
            return inner._replace(first=index, value=inner.value * 10) if inner else None
        if first in {"several", "few", "many"}:
            scale = SCALES.get(self.folded(index + 1)) or PACKS.get(self.folded(index + 1))
            if scale is None:
                return None
            numeral = Numeral(index, index + 2, 2 * scale, vague=True)
            return self._scaled_on(numeral)
        if first not in _VAGUE:
            return None
        value = 2 * _VAGUE[first]
        if self.folded(index + 1) == "of" and self.folded(index + 2) in _PLURAL_SCALES:
            return Numeral(index, index + 3, value * _PLURAL_SCALES[self.folded(index + 2)], vague=True)
        if self.folded(index + 1) == "upon" and self.folded(index + 2) == first:
            return Numeral(index, index + 3, value, vague=True)
        return Numeral(index, index + 1, value, vague=True)

    def _scaled_on(self, numeral: Numeral) -> Numeral:
        """Multiply on by the scale words that follow ("several hundred thousand")."""
        last, value = numeral.last, numeral.value
        while self.folded(last) in SCALES:
            value, last = _times(value, SCALES[self.folded(last)]), last + 1
        return numeral._replace(last=last, value=value, scaled=last > numeral.last or numeral.scaled)

    def _half_scale(self, index: int) -> Numeral | None:
        """Read "half a million", "half-dozen", "a half dozen", "a quarter of a million", "half a dozen"."""
        at = index + 1 if self.folded(index, joined=False) in {"a", "an", "one"} else index
        first = self.folded(at, joined=at > index)
        if first not in {"half", "quarter"}:
            return None
        after = at + 1
        if self.folded(after) == "of":
            after += 1
        if self.folded(after) in {"a", "an", "1", "one"} and self.folded(after) != "of":
            after += 1
        scale = _SCALES_AND_PACKS.get(self.folded(after))
        share = 0.5 if first == "half" else 0.25
        if scale is None:
            measured = after > at + 1 and self.folded(after) in _HALVED
            return Numeral(index, after, share) if measured else None
        return self._scaled_on(Numeral(index, after + 1, share * scale, scaled=True))

    def _article(self, index: int) -> Numeral | None:
        """Read "a hundred", "a dozen", "a couple", "a third"; the article alone is no numeral."""
        if self.folded(index, joined=False) not in {"a", "an"}:
            return None
        second = self.folded(index + 1)
        if second in SCALES:
            return self._scale_with_article(index)
        if second in PACKS and second != "score":
            return self._scaled_on(Numeral(index, index + 2, PACKS[second]))
        if second in {"couple", "pair"}:
            return self._scaled_on(Numeral(index, index + (3 if self.folded(index + 2) == "of" else 2), 2.0))
        if second in _DENOMINATORS and second != "second":
            return Numeral(index, index + 2, 1 / _DENOMINATORS[second], share=True)
        return None

    def _scale_with_article(self, index: int) -> Numeral | None:
        """Read "a hundred and five", "a million and a half", "a hundred trillionth"."""
        inner = self._words(index + 1, first_value=1.0)
        if inner is None:
            return None
        word = self.folded(inner.last)
        if word in _ORDINAL_SCALES:
            return Numeral(index, inner.last + 1, inner.value * _ORDINAL_SCALES[word], ordinal=True)
        scale = SCALES[self.folded(index + 1)]
        part = self._fraction(inner.last + 1) if word == "and" and inner.value == scale >= 1000 else None
        if part is not None:
            return Numeral(index, part.last, scale * (1 + part.value), scaled=True)
        return inner._replace(first=index)

    def _ordinal(self, index: int) -> Numeral | None:  # noqa: PLR0911 - one return a form
        """Read "21st", "twenty-first", "one hundred and third", "hundredth"."""
        token = self.tokens[index]
        if token.ordinal and token.number is not None:
            return Numeral(index, index + 1, token.number, ordinal=True, digits=True)
        if token.folded in _ORDINALS:
            return Numeral(index, index + 1, float(_ORDINALS[token.folded]), ordinal=True)
        if token.folded not in UNITS and token.folded not in TENS and token.folded not in SCALES:
            return None
        inner = self._words(index)
        if inner is None:
            return None
        last = inner.last + 1 if self.folded(inner.last) == "and" else inner.last
        word = self.folded(last)
        if word in _ORDINAL_SCALES and inner.value >= 1:
            return Numeral(index, last + 1, inner.value * _ORDINAL_SCALES[word], ordinal=True)
        smaller = ORDINALS.get(word)
        fits = smaller is not None and inner.value >= 20 and inner.value % (100 if smaller >= 10 else 10) == 0
        if fits and smaller and (last == inner.last or inner.value >= 100):
            return Numeral(index, last + 1, inner.value + smaller, ordinal=True)
        return None

    def _mixed(self, index: int) -> Numeral | None:
        """Read a cardinal with what may follow: a fraction, "and a half", a scale, a denominator."""
        whole = self._digits(index) or self._words(index)
        if whole is None:
            return None
        share = self._denominator(whole)
        if share is not None:
            return share
        added = self._fraction_after(whole)
        numeral = added if added is not None else whole
        if added is not None:
            numeral = self._scaled_on(numeral)
        packed = self.folded(numeral.last)
        if packed.removesuffix("s") in PACKS and packed not in {"scores", "grosses"}:
            value = numeral.value * PACKS[packed.removesuffix("s")]
            numeral = self._scaled_on(numeral._replace(last=numeral.last + 1, value=value, scaled=True))
            more = UNITS.get(self.folded(numeral.last + 1)) if self.folded(numeral.last) == "and" else None
            if packed == "score" and more and numeral.value == value:
                numeral = numeral._replace(last=numeral.last + 2, value=value + more)  # "four score and seven"
        return numeral

    def scale(self, numeral: Numeral) -> float:
        """Give the scale that a numeral ends with: 1,000 of "three thousand", 1e9 of "2.5bn"; 1 where it has none."""
        plain = self.tokens[numeral.first].number
        if plain:
            return numeral.value / plain
        scale = 1.0
        for at in range(numeral.last - 1, numeral.first, -1):
            if self.tokens[at].folded not in SCALES:
                break
            scale *= SCALES[self.tokens[at].folded]
        return scale

    def fraction(self, index: int) -> Numeral | None:
        """Read "a half" or "a quarter" that begins at a token, behind the "and" of a mixed number."""
        return self._fraction(index)

    def _digits(self, index: int) -> Numeral | None:
        """Read digits with an exponent, a slash, a vulgar fraction or a scale behind them."""
        token = self.tokens[index]
        if token.number is None or token.ordinal:
            return None
        exponent = _EXPONENT.match(self.text, token.end)
        if exponent:
            return self._with_exponent(index, token.number, exponent)
        slash = _SLASH.match(self.text, token.end)
        if slash and float(slash.group(1)) and "." not in token.folded:
            last = index + 2 if index + 1 < len(self.tokens) else index + 1
            share = Numeral(index, last, token.number / float(slash.group(1)), digits=True)
            scaled = self._scaled_on(share)
            return scaled if scaled.scaled else share._replace(share=True)
        numeral = Numeral(
            index, index + 1, token.number, digits=True, share=0 < token.number < 1 and "⁄" in token.folded
        )
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is not None and following.start == token.end:
            if following.number is not None and 0 < following.number < 1:  # 1½
                numeral = numeral._replace(last=index + 2, value=token.number + following.number)
            elif (scale := self._short_scale(token, following)) is not None:
                return numeral._replace(last=index + 2, value=_times(token.number, scale), scaled=True)
        elif self.folded(index + 1) in _ALONE_SHORT:
            value = _times(token.number, SHORT_SCALES[self.folded(index + 1)])
            return numeral._replace(last=index + 2, value=value, scaled=True)
        return self._scaled_on(numeral)

    def _short_scale(self, token: Token, following: Token) -> float | None:
        """Give the scale of letters close behind digits; "mm" is one of money alone ("$1.5MM")."""
        if following.folded == "mm":
            signed = self.text[max(0, token.start - 2) : token.start].strip().endswith(_MONEY_SIGNS)
            return 1e6 if signed else None
        return SHORT_SCALES.get(following.folded)

    def _with_exponent(self, index: int, base: float, exponent: re.Match[str]) -> Numeral | None:
        last = index + 1
        while last < len(self.tokens) and self.tokens[last].start < exponent.end():
            last += 1
        try:
            if exponent.group(1):
                value = base * 10.0 ** int(exponent.group(1))
            else:
                value = math.pow(base, int(exponent.group(2)))
        except (OverflowError, ValueError, ZeroDivisionError):
            return None
        return Numeral(index, last, value, digits=True)

    def _words(self, index: int, first_value: float | None = None) -> Numeral | None:
        """Read number words; hundreds multiply what stands before them, larger scales close a group."""
        total, group, at, scaled = 0.0, 0.0, index, False
        if first_value is not None:
            group = first_value
        room = math.inf  # what may still be added to the group: units after tens, tens after hundreds
        while at < len(self.tokens):
            word = self.folded(at, joined=at > index)
            begun = at > index or first_value is not None
            if word == "and" and begun and scaled and self._continues(at + 1, room):
                at += 1
                word = self.folded(at)
            value = UNITS.get(word, TENS.get(word))
            if value is not None and value < room and (value or not begun):
                group += value
                room = 10 if value in TENS.values() else 0
            elif word in SCALES and (group or total) and self._closes(word, group):
                scale = SCALES[word]
                scaled = True
                if scale == 100:
                    group, room = (group or 1) * 100, 100
                else:
                    total, group, room = total + group * scale if group else total * scale, 0.0, 1000.0
            else:
                break
            at += 1
        if at == index:
            return None
        return self._point(Numeral(index, at, total + group, scaled=scaled))

    def _continues(self, index: int, room: float) -> bool:
        """Whether a number word that fits in ``room`` follows: "two hundred and five", not "… and two hundred"."""
        value = UNITS.get(self.folded(index), TENS.get(self.folded(index)))
        return value is not None and value < room and self.folded(index + 1) != "hundred"

    @staticmethod
    def _closes(word: str, group: float) -> bool:
        return word != "hundred" or group < 100

    def _point(self, numeral: Numeral) -> Numeral:
        """Read "point five two" after a whole number."""
        if self.folded(numeral.last) != "point":
            return numeral
        decimals, at = "", numeral.last + 1
        while (self.folded(at) in UNITS and UNITS[self.folded(at)] < 10) or self.folded(at) == "oh":
            decimals += str(UNITS.get(self.folded(at), 0))
            at += 1
        if not decimals:
            return numeral
        exact = float(f"{int(numeral.value)}.{decimals[:30]}")
        return self._scaled_on(numeral._replace(last=at, value=exact))

    def _denominator(self, whole: Numeral) -> Numeral | None:
        """Read "two-thirds", "three quarters", "one fifth", "2 million-th" as a share."""
        word = self.folded(whole.last)
        single = whole.value == 1 or self.gap(whole.last) in {"-", "‐", "‑"}  # "three-quarter"
        divisor = (_DENOMINATORS if single else {}).get(word) or _PLURAL_DENOMINATORS.get(word)
        if divisor is None or (word == "quarters" and whole.value > 20):
            return None
        last = whole.last + 1
        return Numeral(whole.first, last, whole.value / divisor, share=True)

    def _fraction_after(self, whole: Numeral) -> Numeral | None:
        """Read "and a half", "and three quarters", "1/2" after a whole number."""
        at = whole.last
        if self.folded(at) == "and":
            part = self._fraction(at + 1)
            if part is not None:
                return whole._replace(last=part.last, value=whole.value + part.value)
            return None
        token = self.tokens[at] if at < len(self.tokens) else None
        if not whole.digits or token is None or token.number is None or not self.joined(at):
            return None
        slash = _SLASH.match(self.text, token.end)
        if slash and float(slash.group(1)) and whole.value == int(whole.value):
            return whole._replace(last=at + 2, value=whole.value + token.number / float(slash.group(1)))
        if 0 < token.number < 1 and "⁄" in token.folded:
            return whole._replace(last=at + 1, value=whole.value + token.number)
        return None

    def _fraction(self, index: int) -> Numeral | None:
        if index >= len(self.tokens) or not self.joined(index):
            return None
        if self.folded(index) in {"a", "an", "one"} and self.folded(index + 1) in _DENOMINATORS:
            return Numeral(index, index + 2, 1 / _DENOMINATORS[self.folded(index + 1)])
        if self.folded(index) == "half":
            return Numeral(index, index + 1, 0.5)
        inner = self._digits(index) or self._words(index)
        if inner is None:
            return None
        if inner.share:
            return inner
        return self._denominator(inner)

    def _bare(self, index: int) -> Numeral | None:
        """Read "dozen" or "hundred" alone, after a word that stands for one ("per hundred", "the dozen")."""
        word = self.folded(index, joined=False)
        if word in {"hundred", "thousand", "million", "billion", "trillion"}:
            return self._words(index, first_value=1.0)
        if word == "dozen":
            return Numeral(index, index + 1, 12.0)
        if word in {"half", "halve"}:
            return Numeral(index, index + 1, 0.5, share=True)
        return None
