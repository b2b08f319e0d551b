"""Which body a description means: "the company", "the military", "the Basel-based drugmaker".

Reads the :class:`~onrecord.annotators.speakers.discourse.Discourse`; gives entities.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from onrecord.annotators.speakers.discourse import Discourse, Mention
from onrecord.annotators.speakers.entity import role
from onrecord.annotators.speakers.mentions import (
    DEFINITE,
    Description,
)
from onrecord.annotators.speakers.speaker_words import (
    DEMONYMS,
    OUTLET_WORDS,
)
from onrecord.lexicon.load import word_list
from onrecord.text.words import CLOSED_CLASS

HEADS_BACK: Final = 60  # descriptions of one head looked back at
_SAME_BODY: Final = (
    word_list("persons.same_body_1"),
    word_list("persons.same_body_2"),
    word_list("persons.same_body_3"),
    word_list("persons.same_body_4"),
    frozenset({"military", "army"}),
    word_list("persons.same_body_5"),
    frozenset({"campaign", "team"}),
    word_list("persons.same_body_6"),
)
_GENERIC: Final = word_list("persons.generic") | frozenset().union(*_SAME_BODY[1:])
"""Heads that other heads of their group may mean: "the company" may be an airline, an airline is no bank."""
_NO_COMPANIES: Final = word_list("persons.no_companies")
_FALLS_BACK: Final = frozenset().union(*_SAME_BODY[:4])


class Bodies:
    """Resolves descriptions of organisations."""

    def __init__(self, discourse: Discourse) -> None:
        """Take the document as it is read."""
        self.discourse = discourse
        self.by_head, self.entities, self.history = discourse.by_head, discourse.entities, discourse.history
        self.source_of_token, self.token_starts, self.tokens = (
            discourse.source_of_token,
            discourse.token_starts,
            discourse.tokens,
        )
        self.reported = discourse.reported

    def words_of(self, d: Description) -> list[str]:
        """Give the words before a description's head, but for whose it is ("the teacher's wife")."""
        first = max((i + 1 for i in range(d.first, d.head) if self.tokens[i].possessive), default=d.first)
        return [role(self.tokens[i].folded) for i in range(first, d.head) if self.tokens[i].folded not in CLOSED_CLASS]

    def body_described(self, d: Description, is_source: bool) -> int | None:
        """Give the body that a description means, if it is one met before."""
        head = self.tokens[d.head].folded
        words = set(self.words_of(d)) - {"new", "own"}
        if d.determiner not in DEFINITE | {""}:
            return None
        alike: frozenset[str] = next((group for group in _SAME_BODY if head in group), frozenset())
        near = alike if head in _GENERIC else alike & _GENERIC  # an airline is no engine maker
        for other in (head, *sorted(near - {head})):
            met = self.by_head.get(other, [])[: -HEADS_BACK - 1 : -1]
            for index in sorted(met, key=lambda i: bool(self.entities.all[i].head)):
                entity = self.entities.all[index]
                known = set(entity.tokens) | entity.roles
                if not words and (d.determiner or entity.name.casefold() == head):
                    return index
                if words and (words <= known or self._nation_agrees(words, known)):
                    return index
        if d.determiner not in DEFINITE or not (is_source or d.first == d.head) or head not in _FALLS_BACK:
            return None
        first = max((i + 1 for i in range(d.first, d.head) if self._says_where(i)), default=d.first)
        if any(self.tokens[i].capital or self.tokens[i].possessive for i in range(first, d.head)):
            return None
        return self._body_talked_of(alike) if first == d.head or alike in _SAME_BODY[:2] else None

    def _says_where(self, x: int) -> bool:
        """Tell a word that says only where a body is: "San Mateo-based", "German"."""
        folded = self.tokens[x].folded
        return folded.endswith(("-based", "-listed", "-owned", "-backed", "-headquartered")) or folded in DEMONYMS

    def _body_talked_of(self, alike: frozenset[str]) -> int | None:
        """Give the organisation that "the company" means: the latest that is named in full or more than once."""
        for index, recency in self.discourse.recent_entities():
            entity = self.entities.all[index]
            if (
                recency <= 20
                and entity.kind in {"organisation", "unknown"}
                and not entity.head
                and alike & entity.roles
            ):
                return index  # the text has called it so
        heard = self.reported[-1].entity if self.reported else -1
        latest = {mention.entity: mention for mention in self.history[-150:]}
        found = [
            index
            for index, recency in [(heard, 0), *self.discourse.recent_entities()]
            if index in latest and recency <= 12 and self._may_be_body(index, alike, heard=index == heard)
        ]
        return next((index for index in found if not self._is_employer(latest[index])), found[0] if found else None)

    def _is_employer(self, mention: Mention) -> bool:
        """Tell the bank of "analysts at the bank said so", which the next "the company" does not mean."""
        return mention.prepositional and bisect_left(self.token_starts, mention.start) in self.source_of_token

    def _may_be_body(self, index: int, alike: frozenset[str], *, heard: bool) -> bool:
        """Whether a body named before, in full or more than once or as a speaker, can be meant by such a head."""
        entity = self.entities.all[index]
        if entity.kind not in {"organisation", "unknown"} or entity.person >= 1 or entity.head:
            return False
        if alike == _SAME_BODY[2] and entity.kind != "organisation":
            return False
        if alike == _SAME_BODY[0] and any(w in _NO_COMPANIES for w in entity.tokens):
            return False
        outlet = any(w in OUTLET_WORDS for w in entity.tokens)
        return outlet == ("newspaper" in alike) and bool(entity.full or heard or len(entity.mentions) > 1)

    @staticmethod
    def _nation_agrees(words: set[str], known: set[str]) -> bool:
        return bool(words) and all(w in known or any(w[:4] == k[:4] for k in known if len(k) > 3) for w in words)
