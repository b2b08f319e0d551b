"""Words of a text with every numeral whole: "2.5bn" is "2.5" and "bn", "1, 600" is one number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

import msgspec

from onrecord.text.words import Word, each_word

_DIGITS: Final = re.compile(
    r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?(?![\d,]*\d)"  # 1,600 and, as in India, 1,00,000
    r"|\d{1,3}(?:['’]\d{3})+(?:\.\d+)?(?![\d'’]*\d)"  # 1'250'000, as in Switzerland
    r"|\d{1,3}(?:\.\d{3})+\.000(?![\d.]*\d)"  # 1.250.000, as in Germany
    r"|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?:\.\d+)?(?![\d,.]*\d)"
    r"|\d+(?:\.\d+)?"
)
_SPLIT_THOUSANDS: Final = re.compile(r"\d{1,3}, \d{3}(?= [a-z])")  # "1, 600 officers": a page's broken "1,600"
_POINT_FIRST: Final = re.compile(r"(?:^|[\s($€£])\.(?=\d)")  # ".5"
_POINT_AGAIN: Final = re.compile(r"\.\d")
_ORDINAL_SUFFIX: Final = re.compile(r"(?:st|nd|rd|th)(?![^\W_])", re.IGNORECASE)
_MOST_DIGITS: Final = 30  # before the point; what is longer is a key or a serial number, and no figure
_PRECISE: Final = 300  # characters of a number that a float can tell apart, and far more


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word or a numeral with its place; ``number`` is the value of digits, ``ordinal`` when they carry a suffix."""

    start: int
    end: int
    folded: str
    number: float | None = None
    ordinal: bool = False


def tokens_of(text: str, found_words: Iterable[Word] | None = None) -> list[Token]:
    """List a text's words, cut where they are not given, with every numeral whole: ``2.5bn`` is ``2.5`` and ``bn``."""
    found: list[Token] = []
    printed: dict[str, str] = {}  # each string once
    reached = 0
    for word in each_word(text) if found_words is None else found_words:
        if word.start < reached:
            continue
        if not text[word.start].isdecimal():
            found.append(Token(*word, _vulgar_fraction(text[word.start]) if word.end - word.start == 1 else None))
            reached = word.end
            continue
        match = _SPLIT_THOUSANDS.match(text, word.start) or _DIGITS.match(text, word.start)
        assert match is not None
        suffix = _ORDINAL_SUFFIX.match(text, match.end())
        reached = suffix.end() if suffix else match.end()
        begin = word.start - 1 if _POINT_FIRST.match(text, max(0, word.start - 2)) else word.start
        parted = _POINT_AGAIN.match(text, match.end())  # "1.2.3" is a version, no number
        number = None if parted else _digits_value(text[begin : match.end()])
        folded = text[begin:reached].casefold()
        found.append(Token(begin, reached, printed.setdefault(folded, folded), number, suffix is not None))
    return found


def _vulgar_fraction(letter: str) -> float | None:
    """Give the value of ½ and its like."""
    value = unicodedata.numeric(letter, -1.0)
    return value if 0 < value < 1 else None


def _digits_value(digits: str) -> float | None:
    """Give the value of digits with their points; ``None`` for what is no number (``.3.4``) or counts nothing real."""
    kept = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in digits)
    plain = re.sub(r"[^\d.]", "", kept)
    if plain.count(".") > 1 and plain.endswith(".000"):
        plain = plain.replace(".", "")  # 1.250.000
    if plain.count(".") > 1 or len(plain.partition(".")[0]) > _MOST_DIGITS:
        return None
    return float(plain[:_PRECISE])
