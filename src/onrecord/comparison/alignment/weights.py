"""What a word weighs in an alignment: how surprising it is, of what kind it is, which words are forms of one.

The share of a word among all English is reckoned from the share of news documents that hold it; it is weighed against
what the transcripts themselves hold.
"""

from __future__ import annotations

from functools import lru_cache
from math import log
from typing import Final

from onrecord.comparison.speech.spoken_words import INFLECTIONS, is_closed, is_number
from onrecord.lexicon.load import common_words, value_table

SAME_ROOT_SHARE: Final = 0.6
"""Share of a word's weight that another form of it scores."""
FUNCTION, CONTENT, NUMBER = 0, 1, 2
_BACKGROUND: Final = 20_000
"""Weight of the language at large against the transcripts' own counts, in words."""
_DOCUMENT_WORDS: Final = 700
"""Mean length, in words, of the documents in which ``common_words.txt`` was counted."""
_CLOSED_SHARE: Final = 0.002
_PER_MILLE: Final = value_table("frequencies.words", dict[str, int])
_NUMBERS_PER_MILLE: Final = value_table("frequencies.numbers", dict[str, float])
_NUMBER_SHARE: Final = 0.00006
_ENDINGS: Final = sorted(INFLECTIONS, key=len, reverse=True)
_ROOTS: Final = value_table("spoken.roots", dict[str, str])
_LEAST_WEIGHT, _MOST_WEIGHT = 1.5, 11.0


@lru_cache(maxsize=100_000)
def background(form: str) -> float:
    """Give a form's share (0 to 1) of the words of English at large."""
    if form in _PER_MILLE:
        return _PER_MILLE[form] / 1000
    if is_closed(form):
        return _CLOSED_SHARE
    if is_number(form):
        return _NUMBERS_PER_MILLE[form] / 1000 if form in _NUMBERS_PER_MILLE else _NUMBER_SHARE
    table = common_words()
    shares = [table[stem] for ending in ("", *INFLECTIONS) if (stem := form.removesuffix(ending)) in table]
    share = min(max(shares, default=0.008), 0.999)
    return -log(1 - share) / _DOCUMENT_WORDS / (2 if form not in table else 1)


@lru_cache(maxsize=100_000)
def kind(form: str) -> int:
    """Return the kind of a word: :data:`FUNCTION`, :data:`CONTENT` or :data:`NUMBER`."""
    return NUMBER if is_number(form) else FUNCTION if is_closed(form) else CONTENT


@lru_cache(maxsize=100_000)
def root(form: str) -> str:
    """Give a rough common root of a word's forms; only to guide the alignment, never a verdict."""
    bare = _ROOTS.get(form) or form.split("'", maxsplit=1)[0] or form
    for ending in _ENDINGS:
        if len(bare) - len(ending) >= 3 and bare.endswith(ending):
            stem = bare[: -len(ending)]
            return stem[:-1] if stem[-1] == stem[-2] else stem.removesuffix("e")
    return bare.removesuffix("e") if len(bare) > 3 else bare


def surprise(form: str, count: int, total: int) -> int:
    """Give a form's surprise in thousandths of a nat, where it stands ``count`` times among ``total`` words."""
    share = (count + _BACKGROUND * background(form)) / (total + _BACKGROUND)
    return round(1000 * min(max(-log(share), _LEAST_WEIGHT), _MOST_WEIGHT))


def evidence_of(weight: float) -> float:
    """Give what an equal word proves, in nats: common words keep company, and prove less than they weigh."""
    return weight * weight / _MOST_WEIGHT
