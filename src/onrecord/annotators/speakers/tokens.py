"""Words as names are made of them: initials and hyphenated parts joined, possessives told apart.

Reads a text's words (:mod:`onrecord.text.words`); gives :class:`Token`, in text order, and says which words are common
ones and which are titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec
import simplemma

from onrecord.annotators.speakers.speaker_words import (
    DEMONYMS,
    DOCUMENT_HEADS,
    ORGANISATION_WORDS,
    PLURAL_ROLES,
    ROLES,
    TITLES,
)
from onrecord.lexicon.load import word_list
from onrecord.text.words import APOSTROPHES, CLOSED_CLASS, Word, each_word

_APOSTROPHES: Final = frozenset(APOSTROPHES)
_JOINERS: Final = _APOSTROPHES | {"-", "‐", "‑", "."}
_SURNAMES: Final = word_list("persons.surnames")
_GLUED: Final = re.compile(r"[AP]M(?=[A-Z][a-z])")
_LONGEST_WORD: Final = 80  # characters; a longer chain of hyphens and points is no word


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word of a name or of running text, initials and hyphenated parts joined; ``gap`` is what stands before it.

    ``start, end`` are characters of the text and leave out a possessive ``'s``.
    """

    start: int
    end: int
    folded: str
    gap: str
    possessive: bool
    capital: bool


def tokenise(text: str, found_words: Iterable[Word] | None = None) -> list[Token]:
    """Give the text's words, joined where only a hyphen, a point between initials or an apostrophe parts them."""
    found: list[Token] = []
    previous_end = 0
    wrapped = "\n\n" in text  # else each line is a paragraph, and nothing reaches over its end
    for word in each_word(text) if found_words is None else found_words:
        start, end, folded = word
        gap = text[previous_end:start] if start - previous_end <= 4 else "\n\n"
        if gap == "\n" and wrapped:
            gap = " "
        previous_end = word.end
        if start and text[start - 1].isdigit() and (clock := _GLUED.match(text, start, end)):
            start, folded, gap = clock.end(), folded[2:], "\n\n"  # a post's time run into its heading
        possessive = False
        if folded.endswith("'s") and len(folded) > 2:
            folded, end, possessive = folded[:-2], end - 2, True
        elif folded.endswith("s") and text[end : end + 1] in _APOSTROPHES:
            possessive = text[end + 1 : end + 2].isspace()
        if found and gap in _JOINERS and _joins(text, found[-1], gap, start, word.end):
            last = found[-1]
            joined = last.folded + ("'" if gap in APOSTROPHES else gap) + folded
            found[-1] = Token(last.start, end, joined, last.gap, possessive, last.capital or text[start].isupper())
        else:
            found.append(Token(start, end, folded, gap, possessive, text[start].isupper()))
    return found


def _joins(text: str, last: Token, gap: str, start: int, end: int) -> bool:
    if last.possessive or last.end - last.start > _LONGEST_WORD:
        return False
    if gap == ".":
        return end - start == 1 and (last.end - last.start == 1 or text[last.end - 2 : last.end - 1] == ".")
    if gap in APOSTROPHES:
        return last.end - last.start <= 2 and text[start].isupper()
    return True


@lru_cache(maxsize=50_000)
def is_common(folded: str) -> bool:
    """Return whether a folded word is an English word other than a name, as far as the lemma table knows."""
    return folded in CLOSED_CLASS or folded in ROLES or bool(simplemma.is_known(folded, lang="en"))


def may_end_name(folded: str) -> bool:
    """Return whether a person's name may end in a folded word: it is no word of English, or a family name as well."""
    return folded in _SURNAMES or not is_common(folded)


def is_title(folded: str) -> bool:
    """Return whether a folded word stands before a name as its title; "secretary-treasurer" does by its parts."""
    return folded in TITLES or (
        "-" in folded and ((last := folded.rsplit("-", 1)[1]) in TITLES or last in {"elect", "designate", "at-large"})
    )


def head_free(folded: str) -> bool:
    """Return whether a source of one capitalised word can be a name: it is no role, no plural, no document."""
    return not (
        folded in ROLES or folded in PLURAL_ROLES or folded in DOCUMENT_HEADS or folded in ORGANISATION_WORDS
        or (folded.endswith("s") and folded[:-1] in ROLES) or folded in CLOSED_CLASS or folded in DEMONYMS
    )  # fmt: skip
