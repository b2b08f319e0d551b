"""Words of a text, folded for comparison, each with its place: the one tokenisation that all stages share.

Normalisation happens beside the text and keeps the way back: every word carries ``start, end`` into the text as read.
Folded are case, Unicode form (NFKC, accents kept), the shape of apostrophes, soft hyphens and zero-width characters;
possessives and clitics stay with their word (``don't`` is one word). Hyphenated compounds are parted at the hyphen,
numbers keep their inner commas and points (folded away: ``2,400`` is ``2400``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

import simplemma

from onrecord.document import Span
from onrecord.lexicon.load import word_list

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

APOSTROPHES = "'’‘ʼ＇`´‛"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = re.compile(
    rf"\d+(?:[.,]\d+)*(?:(?:st|nd|rd|th|s)(?![^\W\d_]))?|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*"
    rf"(?:[{APOSTROPHES}](?:s|t|d|m|ll|re|ve|S|T|D|M|LL|RE|VE)(?![^\W\d_])|n[{APOSTROPHES}]t(?![^\W\d_]))?"
)

CLOSED_CLASS = word_list("closed.closed_class")
"""English words of the closed classes: determiners, pronouns, prepositions, conjunctions, auxiliaries, particles."""


class Word(NamedTuple):
    """A word's place in the text, in characters, and its folded form."""

    start: int
    end: int
    folded: str

    @property
    def span(self) -> Span:
        """The word's place."""
        return Span(self.start, self.end)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Fold one word's case, Unicode form, apostrophes and the commas of a numeral."""
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", word)).casefold()
    for apostrophe in APOSTROPHES[1:]:
        folded = folded.replace(apostrophe, "'")
    return folded.replace(",", "") if folded[:1].isdigit() else folded


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """List the words of ``text[start:end]`` in order, in time linear in its length; positions count in ``text``."""
    return list(_each(text, start, len(text) if end is None else end))


def each_word(text: str) -> Iterator[Word]:
    """Give the words of a whole text one after another; no list of them is made."""
    return _each(text, 0, len(text))


def _each(text: str, start: int, end: int) -> Iterator[Word]:
    return (Word(match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(text, start, end))


@lru_cache(maxsize=100_000)
def lemma(folded: str) -> str:
    """Give the lemma of a folded English word; the possessive ``'s`` is dropped."""
    bare = folded.removesuffix("'s")
    return bare if bare[:1].isdigit() else str(simplemma.lemmatize(bare, lang="en")).casefold()


def is_content(folded: str) -> bool:
    """Return whether a folded word belongs to the open classes (nouns, verbs, adjectives, adverbs, names, numbers)."""
    return folded not in CLOSED_CLASS


class Embed(Protocol):
    """Gives sentence embeddings: float32, shape (number of texts, dimensions), each row of length 1."""

    def __call__(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Embed the texts, in order."""
        ...
