"""Mentions that are no names: pronouns and descriptions ("the defense secretary").

Reads tokens and names (:mod:`onrecord.annotators.speakers.names`); gives :class:`Description`. Nothing is resolved
here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from onrecord.annotators.speakers.speaker_words import (
    COURTESIES,
    DOCUMENT_HEADS,
    ORGANISATION_HEADS,
    PLURAL_ROLES,
    ROLES,
)
from onrecord.annotators.speakers.tokens import Token
from onrecord.lexicon.load import word_list
from onrecord.text.words import CLOSED_CLASS, lemma

HeadKind = Literal["person", "organisation", "document", "plural", "other"]

HE: Final = word_list("persons.he")
SHE: Final = word_list("persons.she")
THEY: Final = word_list("persons.they")
IT: Final = word_list("persons.it")
FIRST: Final = word_list("persons.first")
FIRST_PLURAL: Final = word_list("persons.first_plural")
RELATIVE: Final = word_list("persons.relative")
BOTH: Final = word_list("persons.both")
PRONOUNS: Final = HE | SHE | THEY | IT | FIRST | FIRST_PLURAL | RELATIVE
DETERMINERS: Final = word_list("persons.determiners")
DEFINITE: Final = word_list("persons.definite")
PREPOSITIONS: Final = word_list("persons.prepositions")
_PARENT: Final = re.compile(r"(?:grand)?(?:mum|mom|mother|father|dad|gran)-of-\w+$")
_LOOSE: Final = word_list("persons.loose")
"""Heads that as often modify the next noun ("military prison", "police station")."""


class Description(NamedTuple):
    """A noun phrase without a name as its head: ``start, end`` in characters; the rest in tokens.

    ``first`` is the first word after the determiner, ``head`` the noun; ``determiner`` is folded, empty where none.
    """

    start: int
    end: int
    first: int
    head: int
    determiner: str
    kind: HeadKind


@lru_cache(maxsize=50_000)
def head_kind(folded: str) -> HeadKind:  # noqa: PLR0911 - one return a kind
    """Tell what a noun as head of a description stands for."""
    folded = folded.removeprefix("ex-")
    if folded in PLURAL_ROLES:
        return "plural"
    if _PARENT.match(folded):
        return "person"
    if folded.endswith("maker") and folded not in ROLES:
        return "organisation"
    if folded in ORGANISATION_HEADS and folded not in {"leadership", "family", "business"}:
        return "organisation"
    if folded in ROLES:
        return "person"
    if folded in DOCUMENT_HEADS:
        return "document"
    if folded.endswith("s") and folded[:-1] in ROLES:
        return "plural"
    if folded.endswith("s") and folded[:-1] in ORGANISATION_HEADS:
        return "plural"
    return "other"


def find_descriptions(tokens: Sequence[Token], covered: Sequence[int]) -> list[Description]:
    """Find descriptions of persons, organisations and documents; ``covered`` marks tokens that belong to names."""
    found = []
    for i, token in enumerate(tokens):
        if covered[i] or token.possessive or token.folded in COURTESIES:
            continue
        kind = head_kind(token.folded)
        if kind == "other" or _goes_on(tokens, i, covered):
            continue
        first, determiner, start = _left(tokens, i)
        if not determiner and not (kind == "plural" or first < i or token.capital):
            continue
        found.append(Description(start, token.end, first, i, determiner, kind))
    return found


def _goes_on(tokens: Sequence[Token], i: int, covered: Sequence[int]) -> bool:
    """Return whether the noun at ``i`` only modifies the next word ("campaign manager", "spokeswoman Anja Marx")."""
    if i + 1 >= len(tokens) or tokens[i].possessive:
        return False
    following = tokens[i + 1]
    if following.gap != " ":
        return False
    if covered[i + 1] or head_kind(following.folded) != "other":
        return True
    return tokens[i].folded in _LOOSE and not _is_verbal(following.folded)


def _is_verbal(folded: str) -> bool:
    """Return whether a word after a noun is likelier its verb (or a small word) than a noun that it modifies."""
    return folded in CLOSED_CLASS or folded.endswith(("ed", "ing", "s")) or lemma(folded) != folded


def _left(tokens: Sequence[Token], head: int) -> tuple[int, str, int]:
    """Go left from a head over its modifiers: the first of them, the determiner, and where the phrase begins."""
    i, most = head, 4
    while i > 0 and head - i < most:
        before = tokens[i - 1]
        if tokens[i].gap not in {" ", "-"}:
            break
        if (
            before.folded == "and"
            and i > 1
            and head_kind(tokens[i - 2].folded) == head_kind(tokens[head].folded) == "plural"
        ):
            i, most = i - 2, 7
            continue
        if before.folded in CLOSED_CLASS:
            break
        i -= 1
    if i > 0 and tokens[i].gap == " " and tokens[i - 1].folded in DETERMINERS:
        return i, tokens[i - 1].folded, tokens[i - 1].start
    return i, "", tokens[i].start
