"""Whom "who", "which", "both" and "each" mean: the phrase that ends right before, or the last pair.

Reads the :class:`~onrecord.annotators.speakers.discourse.Discourse`; gives entities.
"""

from __future__ import annotations

from typing import Final

from onrecord.annotators.speakers.descriptions import Descriptions
from onrecord.annotators.speakers.discourse import Discourse, Mention
from onrecord.annotators.speakers.mentions import (
    DETERMINERS,
    PREPOSITIONS,
    Description,
    head_kind,
)
from onrecord.lexicon.load import word_list
from onrecord.text.words import CLOSED_CLASS, lemma

_UTTERANCE: Final = word_list("saying.utterance")


class Relatives:
    """Resolves relative pronouns and words for two."""

    def __init__(self, discourse: Discourse, descriptions: Descriptions) -> None:
        """Take the document as it is read and what resolves its parts."""
        self.discourse = discourse
        self.descriptions = descriptions
        self.entities, self.history, self.of_token = discourse.entities, discourse.history, discourse.of_token
        self.pairs, self.text, self.tokens = discourse.pairs, discourse.text, discourse.tokens
        self.last_relative: tuple[int, int] = (-1, -1)

    def relative(self, x: int) -> int | None:
        """Give what a relative pronoun refers to: the phrase that ends right before it.

        A name after a preposition or a possessive is stepped over where a description heads the phrase.
        """
        at = self.tokens[x].start
        sentence = self.discourse.sentence_of(at)
        if x and self.tokens[x - 1].folded in {"and", "but"} and self.last_relative[0] == sentence:
            return self.last_relative[1]
        entity = self._antecedent(x, at)
        if entity is not None:
            self.last_relative = (sentence, entity)
        return entity

    def _antecedent(self, x: int, at: int) -> int | None:
        before = [m for m in self.history[-12:] if m.end <= at and not m.possessive and m.kind != "pronoun"]
        near = [m for m in before if at - m.end <= 3]
        personal = self.tokens[x].folded in {"who", "whom"}
        if personal and near and (headed := self._heads_phrase(before, near[-1])) is not None:
            return headed
        for mention in reversed(near):
            entity = self.entities.all[mention.entity]
            if not personal or entity.kind in {"person", "unknown", "unnamed", "group", "organisation"}:
                return mention.entity
        if personal and not near:
            same = [
                m
                for m in before
                if m.sentence == self.discourse.sentence_of(at) and self.entities.all[m.entity].is_person
            ]
            aside = self.text[same[-1].end : at] if same else ""
            if same and aside[:1] == "," and len(aside) < 90 and aside.rstrip()[-1:] == ",":
                return same[-1].entity
        return self._phrase_before(x)

    def _heads_phrase(self, before: list[Mention], last: Mention) -> int | None:
        """Give the person of "an official at the ministry, who": the last mention hangs on a preposition after it."""
        earlier = [m for m in before if m.end < last.start and m.sentence == last.sentence]
        if not last.prepositional or self.entities.all[last.entity].is_person or not earlier:
            return None
        head = earlier[-1]
        between = self.text[head.end : last.start].split()
        person = head.kind != "name" and self.entities.all[head.entity].is_person
        return head.entity if person and 0 < len(between) <= 3 and between[0] in PREPOSITIONS else None

    def _phrase_before(self, x: int) -> int | None:
        head = x - 1
        while head >= 0 and self.tokens[head].folded in CLOSED_CLASS:
            head -= 1
        if head >= 0 and lemma(self.tokens[head].folded) in _UTTERANCE:
            return None  # "said one of them, who": nobody is named
        if head < 0 or head in self.of_token:
            return self.of_token.get(head)
        first = head
        while first > 0 and head - first < 8 and self.tokens[first].gap == " ":
            folded = self.tokens[first - 1].folded
            if folded in CLOSED_CLASS and folded not in {"and", "of"}:
                break
            first -= 1
        while first < head and self.tokens[first].folded in CLOSED_CLASS:
            first += 1
        apposed = self._apposed_to(first)
        if apposed is not None:
            return apposed
        determiner = self.tokens[first - 1].folded if first and self.tokens[first - 1].folded in DETERMINERS else ""
        d = Description(
            self.tokens[first].start,
            self.tokens[head].end,
            first,
            head,
            determiner,
            head_kind(self.tokens[head].folded),
        )
        return self.descriptions.resolve(d, is_source=True)

    def _apposed_to(self, first: int) -> int | None:
        """Give the one named right before an apposition: "Roe Power, her supplier, who"."""
        begin = first - 1 if first and self.tokens[first - 1].folded in DETERMINERS else first
        last = self.history[-1] if self.history else None
        for mention in self.history[-1:-4:-1]:
            last = mention if mention.kind == "name" else last
            if mention.kind == "name":
                break
        if begin == first or last is None or last.kind != "name":
            return None
        return last.entity if self.text[last.end : self.tokens[begin].start] == ", " else None

    def both(self) -> int | None:
        """Give whom "both" or "each" means: the last pair, or the last two persons named in one sentence."""
        if not self.history:
            return None
        latest = self.history[-1].sentence
        for sentence in range(latest, max(-1, latest - 4), -1):
            found: dict[int, None] = {}
            for mention in self.discourse.recent(sentence):
                entity = self.entities.all[mention.entity]
                if entity.is_person and mention.kind == "name" and not mention.possessive:
                    found[mention.entity] = None
            if len(found) == 2:
                return self.discourse.group(tuple(found))
        return self.pairs[-1] if self.pairs else None
