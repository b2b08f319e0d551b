"""Somebody described first and named later: "A union boss has criticised …" and, below, "Rolf Wend, head of the union".

Reads the walk's entities and sources; gives :class:`Introductions`, which joins such a description to the name. News
leads are written so; who is never named stays unnamed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import Final

from onrecord.annotators.speakers.descriptions import DEGREES, UNRESOLVING
from onrecord.annotators.speakers.discourse import Discourse
from onrecord.annotators.speakers.entity import Entity, role
from onrecord.annotators.speakers.speaker_words import MODIFIERS, PLACES, ROLES
from onrecord.lexicon.load import word_list
from onrecord.text.words import CLOSED_CLASS

_NEAR: Final = 6  # paragraphs in which somebody who was described is named
_NEARER: Final = 3  # the same, where the description fits many ("a spokesman")
_LEAD: Final = 2  # paragraphs after the lead in which the one it describes speaks by name
_BEARERS: Final = 12  # bearers of one role looked at; a text that names more of them says nothing by the role
_NAMES_ON: Final = 30  # names looked at for "the comments by"
_WORDS_BY: Final = re.compile(
    r"\b(?:comments?|remarks?|statements?|claims?|warnings?|accusations?|words|criticism|announcement|revelations?)"
    r" (?:by|from|of) \Z",
    re.IGNORECASE,
)
_FORCES: Final = word_list("persons.forces")
_STYLES: Final = word_list("persons.styles")
"""What is put before many a name, whatever its bearer's calling."""
_ALIKE: Final = (
    word_list("persons.alike_1"),
    word_list("persons.alike_2"),
    word_list("persons.alike_3"),
    word_list("persons.alike_4"),
    word_list("persons.alike_5"),
    word_list("persons.alike_6"),
    word_list("persons.alike_7"),
)


class Introductions:
    """Joins descriptions to names that come after them."""

    def __init__(self, discourse: Discourse) -> None:
        """Take the document as it is read."""
        self.discourse = discourse
        self.entities, self.merged, self.names = discourse.entities, discourse.merged, discourse.names
        self.of_attribution, self.opening, self.reader = discourse.of_attribution, discourse.opening, discourse.reader
        self.sourced, self.text = discourse.sourced, discourse.text

    def join(self) -> None:
        """Merge each unnamed source into the one person whom the text names so later, where there is but one."""
        self.running_at: dict[int, int] = {}
        self.bearers: dict[str, list[int]] = {}
        for k, name in enumerate(self.names):
            if name.start >= self.opening:
                self.running_at.setdefault(self.entities.of_name[k], name.start)
        self.lead = next((a for a in self.sourced if a.source is not None and a.source.start >= self.opening), None)
        wanted: dict[int, int] = {}
        for reported, attribution in enumerate(self.sourced):
            index = self.of_attribution.get(attribution.id)
            if index is None or index in self.merged or index in wanted:
                continue
            entity = self.entities.all[index]
            if entity.kind != "unnamed" or not entity.head or not entity.mentions:
                continue
            found = self._named_by_words(entity)
            found = self._named_by_role(entity) if found is None else found
            found = self._named_after_lead(entity, reported) if found is None else found
            if found is not None:
                wanted[index] = found
        described: dict[int, list[int]] = defaultdict(list)
        for index, found in wanted.items():
            described[found].append(index)
        for found, several in described.items():
            first = self.entities.all[several[0]]
            if not any(self._is_other(first, self.entities.all[index]) for index in several[1:]):
                self.merged.update(dict.fromkeys(several, found))

    def _is_other(self, left: Entity, right: Entity) -> bool:
        """Tell "a spokesman for the port" from "a spokesman for the mayor": neither's words hold the other's."""
        mine, theirs = set(left.tokens) - CLOSED_CLASS, set(right.tokens) - CLOSED_CLASS
        return left.head == right.head and not mine <= theirs and not theirs <= mine

    def _may_be(self, entity: Entity, other: Entity) -> bool:
        """Return whether a person is named only after the description, and of no other gender."""
        if other.kind not in {"person", "unknown"} or other.gender not in {None, entity.gender or other.gender}:
            return False
        at = self.running_at.get(other.index)
        return at is not None and at > entity.mentions[0].start

    def _paragraphs_between(self, entity: Entity, other: Entity) -> int:
        return self.discourse.paragraph_of(self.running_at[other.index]) - self.discourse.paragraph_of(
            entity.mentions[0].start
        )

    def _named_by_words(self, entity: Entity) -> int | None:
        """Read "The comments by Rolf Wend" in the paragraphs after what a description said."""
        first = bisect_left(self.reader.name_starts, entity.mentions[0].start)
        for k in range(first, min(len(self.names), first + _NAMES_ON)):
            name, other = self.names[k], self.entities.all[self.entities.of_name[k]]
            if self.discourse.paragraph_of(name.start) - self.discourse.paragraph_of(entity.mentions[0].start) > _LEAD:
                return None
            if self.running_at.get(other.index) != name.start:
                continue
            if _WORDS_BY.search(self.text, max(0, name.start - 40), name.start) and self._may_be(entity, other):
                return other.index
        return None

    def _named_by_role(self, entity: Entity) -> int | None:
        """Give the one person whom the text calls the same soon after: "a judge", then "District Judge Jan Roe"."""
        head = role(entity.head)
        common = head in UNRESOLVING or entity.head in UNRESOLVING
        in_headline = entity.mentions[0].start < self.opening
        found = []
        for index in self._bearers(head, entity.mentions[0].start):
            other = self.entities.all[index]
            if not self._may_be(entity, other):
                continue
            if not in_headline and self._paragraphs_between(entity, other) > (_NEARER if common else _NEAR):
                continue
            if self._agrees(entity, other, common=common and not in_headline):
                found.append(index)
        return found[0] if len(found) == 1 else None

    def _bearers(self, head: str, start: int) -> list[int]:
        """List the persons of a role whom the running text names first after a place, in the order of their names."""
        if head not in self.bearers:
            named = {i for i in self.entities.by_role.get(head, ()) if i in self.running_at}
            self.bearers[head] = sorted(named, key=lambda index: self.running_at[index])
        several = self.bearers[head]
        k = bisect_right(several, start, key=lambda index: self.running_at[index])
        return several[k : k + _BEARERS]

    def _agrees(self, entity: Entity, other: Entity, *, common: bool) -> bool:
        """Return whether two descriptions can be one's: words in common where many bear the role, no other place."""
        heads = {entity.head, role(entity.head)}
        mine = set(entity.tokens) - CLOSED_CLASS - heads - MODIFIERS
        if "force" in mine and other.roles & _FORCES:
            mine -= {"force"}  # "a spokeswoman for the force", "police spokeswoman Jan Roe"
        theirs = other.roles - heads - MODIFIERS - set(other.tokens)
        if (set(entity.tokens) & DEGREES) != (other.roles & DEGREES):
            return False
        if (mine & PLACES) and (theirs & PLACES) and not mine & theirs & PLACES:
            return False
        return not common or bool(mine & theirs) or not mine or not theirs

    def _named_after_lead(self, entity: Entity, reported: int) -> int | None:
        """Give the person who is the next to speak after the lead's "A former aide …", and new, and nothing else."""
        lead = self.discourse.paragraph_of(entity.mentions[0].start)
        if self.sourced[reported] is not self.lead or entity.head in UNRESOLVING or entity.person < 1:
            return None
        for attribution in self.sourced[reported + 1 :]:
            assert attribution.source is not None
            back = self.discourse.paragraph_of(attribution.source.start) - lead
            if back > _LEAD:
                return None
            index = self.of_attribution.get(attribution.id)
            if index is None or index == entity.index or back < 1:
                continue
            other = self.entities.all[index]
            fits = self._may_be(entity, other) and len(other.tokens) > 1 and self._is_compatible(entity, other)
            return index if fits else None
        return None

    @staticmethod
    def _is_compatible(entity: Entity, other: Entity) -> bool:
        """Return whether nothing that the text calls the person is another calling than the description's."""
        head = role(entity.head)
        theirs = {r for r in other.roles if r in ROLES} - MODIFIERS - _STYLES
        return not theirs or head in theirs or any({head, entity.head} & group and theirs & group for group in _ALIKE)
