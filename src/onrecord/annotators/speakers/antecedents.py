"""Whom a pronoun means: candidates among what was met lately, each with its features.

Reads the :class:`~onrecord.annotators.speakers.discourse.Discourse`; gives entities by
:mod:`onrecord.annotators.speakers.pronouns`' score.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Final, NamedTuple

from onrecord.annotators.speakers.discourse import Discourse, Mention
from onrecord.annotators.speakers.entity import Entity
from onrecord.annotators.speakers.mentions import (
    HE,
    IT,
    SHE,
)
from onrecord.annotators.speakers.pronouns import Candidate, PronounClass, choose

_WINDOW: Final = 70  # mentions looked back at
_SENTENCES_BACK: Final = 12


class _Place(NamedTuple):
    """A pronoun: its token, the gender that it tells, and the place, sentence and paragraph it looks back from."""

    x: int
    gender: int
    at: int
    sentence: int
    paragraph: int


class _Seen(NamedTuple):
    """How a candidate was met lately: how near among the others, how often, by a pronoun, in the pronoun's content.

    ``interrupted`` says that somebody else is a sentence's subject since the candidate spoke.
    """

    rank: int
    times: int
    chained: bool
    barred: bool
    interrupted: bool


class Antecedents:
    """Resolves pronouns."""

    def __init__(self, discourse: Discourse) -> None:
        """Take the document as it is read."""
        self.discourse = discourse
        self.by_id, self.choices, self.entities = discourse.by_id, discourse.choices, discourse.entities
        self.history, self.merged, self.opening = discourse.history, discourse.merged, discourse.opening
        self.reader, self.source_of_token, self.tokens = discourse.reader, discourse.source_of_token, discourse.tokens
        self.reported = discourse.reported

    def resolve(self, x: int) -> int | None:
        """Give the likeliest entity that the pronoun at token ``x`` means."""
        folded = self.tokens[x].folded
        gender = 1 if folded in HE else -1 if folded in SHE else 0
        kind: PronounClass = "person" if gender else "it" if folded in IT else "they"
        choice = choose(self.candidates(x, gender, kind), kind)
        if choice is None:
            return None
        self.choices[x] = choice
        return choice.entity

    def candidates(self, x: int, gender: int, kind: PronounClass) -> list[Candidate]:
        """Gather the entities mentioned lately with their features, nearest first."""
        at = self._anchor(x)
        sentence = self.discourse.sentence_of(at)
        place = _Place(x, gender, at, sentence, self.discourse.paragraph_of(at))
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
        found: list[Candidate] = []
        for index, mention in last.items():
            if index in self.merged or self._is_where(mention, x, kind):
                continue
            entity = self.entities.all[index]
            if not _fits(entity, kind, gender):
                continue
            interrupted = self._is_interrupted(index, at)
            seen = _Seen(len(found), counts[index], index in chain, index in barred, interrupted)
            features = self._features(entity, mention, place, seen)
            found.append(Candidate(index, (*features, alone[0] == index, alone[1] == index, interrupted)))
        return found

    def _is_where(self, mention: Mention, x: int, kind: PronounClass) -> bool:
        """Tell the statement of "In a statement, it said", which is not what speaks."""
        if kind != "it" or not mention.prepositional or x not in self.source_of_token:
            return False
        document = self.entities.all[mention.entity].kind == "document"
        return document and mention.sentence == self.discourse.sentence_of(self.tokens[x].start)

    def _alone(self, at: int, gender: int) -> tuple[int, int]:
        """Give the one person whom the running text of this paragraph names so far, or, where none, of the last one.

        -1 where there is none, or more than one.
        """
        paragraph, inside = self.discourse.paragraph_of(at), self.discourse.quoted(at)
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
        """Return whether somebody else is a sentence's subject since this one, the last speaker, spoke."""
        reported = self.reported[-1] if self.reported else None
        if reported is None or reported.entity != index:
            return False
        return any(
            m.sentence > reported.sentence and m.subject and m.entity != index and m.start < at and not m.quoted
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
        return first if first < at and self.discourse.paragraph_of(first) == self.discourse.paragraph_of(at) else at

    def _features(self, entity: Entity, mention: Mention, place: _Place, seen: _Seen) -> tuple[float, ...]:
        x, gender, at, sentence, paragraph = place
        away = sentence - mention.sentence
        reported = self.reported[-1] if self.reported and self.reported[-1].entity == entity.index else None
        near_reported = reported is not None and sentence - reported.sentence <= 4
        agrees = gender * (entity.men - entity.women)
        prior = gender * entity.prior if abs(entity.men - entity.women) < 1 else 0.0
        kind = entity.kind
        person = entity.is_person or (gender != 0 and mention.subject and entity.reads_as_person)
        return (
            away <= 0,
            away == 1,
            away == 2,
            away in {3, 4},
            away > 4,
            mention.paragraph == paragraph,
            mention.paragraph == paragraph - 1,
            seen.rank == 0,
            seen.rank == 1,
            mention.subject,
            mention.subject and away == 1,
            mention.subject and away <= 0,
            mention.possessive,
            mention.prepositional,
            mention.quoted,
            seen.chained,
            mention.kind == "pronoun",
            math.log1p(seen.times),
            near_reported,
            near_reported and reported is not None and reported.paragraph == paragraph,
            near_reported and x in self.source_of_token,
            reported is not None and reported.sentence == sentence,
            seen.barred,
            agrees >= 1,
            agrees <= -1,
            prior > 0,
            prior < 0,
            abs(agrees) < 1,
            person,
            kind == "unknown" and not person,
            kind == "organisation",
            kind == "place",
            kind == "group",
            kind == "document",
            kind == "unnamed",
            mention.start < self.opening,
            mention.opens_paragraph and mention.subject,
            away <= 0 and not mention.subject and not mention.possessive,
            near_reported and at < self.tokens[x].start and not seen.interrupted,
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
    """Return whether an entity can be meant by a pronoun of this class at all."""
    if kind == "person":
        if entity.kind == "unknown" and entity.person < 0:
            return False
        return entity.kind in {"person", "unknown", "unnamed"} and gender * (entity.men - entity.women) > -2
    if kind == "it":
        return entity.kind in {"organisation", "place", "unknown", "document"} and not (
            entity.kind == "unknown" and entity.person > 1
        )
    return entity.kind in {"group", "organisation", "place", "unknown", "person", "unnamed", "document"}
