"""Whom a pronoun means: candidates among what was met lately, each with its features.

Reads the :class:`~onrecord.annotate.speakers.discourse.Discourse`; gives entities by
:mod:`onrecord.annotate.speakers.pronouns`' score.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Final

from onrecord.annotate.speakers.discourse import Discourse, Mention
from onrecord.annotate.speakers.entity import Entity
from onrecord.annotate.speakers.mentions import (
    HE,
    IT,
    SHE,
)
from onrecord.annotate.speakers.pronouns import Candidate, PronounClass, choose

_WINDOW: Final = 70  # mentions looked back at
_SENTENCES_BACK: Final = 12


class Antecedents(Discourse):
    """Resolves pronouns."""

    def resolve_pronoun(self, x: int) -> int | None:
        """Give the likeliest entity that the pronoun at token ``x`` means."""
        folded = self.tokens[x].folded
        gender = 1 if folded in HE else -1 if folded in SHE else 0
        kind: PronounClass = "person" if gender else "it" if folded in IT else "they"
        return choose(self.candidates(x, gender, kind), kind)

    def candidates(self, x: int, gender: int, kind: PronounClass) -> list[Candidate]:
        """Gather the entities mentioned lately with their features, nearest first."""
        at = self._anchor(x)
        sentence = self.sentence_of(at)
        barred = self._in_own_content(x)
        alone = self._alone(at, gender)
        last: dict[int, Mention] = {}
        counts: dict[int, int] = defaultdict(int)
        chain: set[int] = set()
        for mention in reversed(self.history[-_WINDOW:]):
            if mention.start >= at or sentence - mention.sentence > _SENTENCES_BACK:
                continue
            last.setdefault(mention.entity, mention)
            counts[mention.entity] += 1
            if mention.kind == "pronoun" and sentence - mention.sentence <= 3:
                chain.add(mention.entity)
        found = []
        rank = 0
        for index, mention in last.items():
            if index in self.merged or self._is_where(mention, x, kind):
                continue
            entity = self.entities.all[index]
            if not _fits(entity, kind, gender):
                continue
            found.append(
                Candidate(
                    index,
                    (
                        *self._features(
                            entity, mention, x, gender, rank, counts[index], index in chain, index in barred
                        ),
                        float(alone[0] == index),
                        float(alone[1] == index),
                        float(self._is_interrupted(index, at)),
                    ),
                )
            )
            rank += 1
        return found

    def _is_where(self, mention: Mention, x: int, kind: PronounClass) -> bool:
        """Tell the statement of "In a statement, it said", which is not what speaks."""
        if kind != "it" or not mention.prepositional or x not in self.source_of_token:
            return False
        document = self.entities.all[mention.entity].kind == "document"
        return document and mention.sentence == self.sentence_of(self.tokens[x].start)

    def _alone(self, at: int, gender: int) -> tuple[int, int]:
        """Give the one person whom the running text of this paragraph names so far, or, where none, of the last one.

        -1 where there is none, or more than one.
        """
        paragraph, inside = self.paragraph_of(at), self.quoted(at)
        found: tuple[set[int], set[int]] = (set(), set())
        for mention in reversed(self.history[-_WINDOW:]):
            back = paragraph - mention.paragraph
            if back > 1:
                break
            entity = self.entities.all[mention.entity]
            person = entity.is_person or (mention.subject and entity.reads_as_person)
            if back < 0 or mention.start >= at or mention.possessive or not person:
                continue
            if mention.quoted and not inside:
                continue
            if gender * (entity.men - entity.women) > -1:
                found[back].add(entity.index)
        here, before = found
        return (
            next(iter(here)) if len(here) == 1 else -1,
            next(iter(before)) if len(before) == 1 and not here else -1,
        )

    def _is_interrupted(self, index: int, at: int) -> bool:
        """Tell whether somebody else is a sentence's subject since this one, the last speaker, spoke."""
        told = self.told[-1] if self.told else None
        if told is None or told.entity != index:
            return False
        return any(
            m.sentence > told.sentence and m.subject and m.entity != index and m.start < at and not m.quoted
            and self.entities.all[m.entity].is_person
            for m in self.history[-6:]
        )  # fmt: skip

    def _anchor(self, x: int) -> int:
        """Give the place from which a pronoun looks back: before its own words where they stand before it.

        In “…,” she said. the quotation is hers, however long; who is named inside it is named by her.
        """
        at = self.tokens[x].start
        attribution = self.source_of_token.get(x)
        if attribution is None or self.by_id[attribution].form == "indirect":
            return at
        first = self.by_id[attribution].content[0].start
        return first if first < at and self.paragraph_of(first) == self.paragraph_of(at) else at

    def _features(
        self, entity: Entity, mention: Mention, x: int, gender: int, rank: int, count: int, chained: bool, barred: bool
    ) -> tuple[float, ...]:
        at = self._anchor(x)
        sentence, paragraph = self.sentence_of(at), self.paragraph_of(at)
        away = sentence - mention.sentence
        told = self.told[-1] if self.told and self.told[-1].entity == entity.index else None
        near_told = told is not None and sentence - told.sentence <= 4
        agrees = gender * (entity.men - entity.women)
        prior = gender * entity.prior if abs(entity.men - entity.women) < 1 else 0.0
        kind = entity.kind
        person = entity.is_person or (gender != 0 and mention.subject and entity.reads_as_person)
        return (
            float(away <= 0),
            float(away == 1),
            float(away == 2),
            float(away in {3, 4}),
            float(away > 4),
            float(mention.paragraph == paragraph),
            float(mention.paragraph == paragraph - 1),
            float(rank == 0),
            float(rank == 1),
            float(mention.subject),
            float(mention.subject and away == 1),
            float(mention.subject and away <= 0),
            float(mention.possessive),
            float(mention.prepositional),
            float(mention.quoted),
            float(chained),
            float(mention.kind == "pronoun"),
            math.log1p(count),
            float(near_told),
            float(near_told and told is not None and told.paragraph == paragraph),
            float(near_told and x in self.source_of_token),
            float(told is not None and told.sentence == sentence),
            float(barred),
            float(agrees >= 1),
            float(agrees <= -1),
            float(prior > 0),
            float(prior < 0),
            float(abs(agrees) < 1),
            float(person),
            float(kind == "unknown" and not person),
            float(kind == "organisation"),
            float(kind == "place"),
            float(kind == "group"),
            float(kind == "document"),
            float(kind == "unnamed"),
            float(mention.start < self.opening),
            float(mention.opens_paragraph and mention.subject),
            float(away <= 0 and not mention.subject and not mention.possessive),
            float(near_told and at < self.tokens[x].start and not self._is_interrupted(entity.index, at)),
        )

    def _in_own_content(self, x: int) -> set[int]:
        """Entities named in what the pronoun's own source says: the one who speaks is not named there."""
        attribution = self.source_of_token.get(x)
        if attribution is None or self.by_id[attribution].form == "indirect":
            return set()  # "Roe would not resign, she said": the speaker is named in her own words as reported
        found: set[int] = set()
        for span in self.by_id[attribution].content:
            for k in self.reader.names_in(span)[:40]:
                found.add(self.entities.of_name[k])
        return found


def _fits(entity: Entity, kind: PronounClass, gender: int) -> bool:
    """Tell whether an entity can be meant by a pronoun of this class at all."""
    if kind == "person":
        return entity.kind in {"person", "unknown", "unnamed"} and gender * (entity.men - entity.women) > -2
    if kind == "it":
        return entity.kind in {"organisation", "place", "unknown", "document"} and not (
            entity.kind == "unknown" and entity.person > 1
        )
    return entity.kind in {"group", "organisation", "place", "unknown", "person", "unnamed", "document"}
