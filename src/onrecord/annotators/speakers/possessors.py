"""Whose: the name for the pronoun in "her profile", the body in "its ministry", the land in "the South's ministry".

Reads the :class:`~onrecord.annotators.speakers.discourse.Discourse`; gives descriptions with their possessor named.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.annotators.speakers.antecedents import Antecedents
from onrecord.annotators.speakers.discourse import Discourse
from onrecord.annotators.speakers.entity import Entity
from onrecord.annotators.speakers.mentions import Description


class Possessors:
    """Names the possessor in a description."""

    def __init__(self, discourse: Discourse, antecedents: Antecedents) -> None:
        """Take the document as it is read and what resolves pronouns."""
        self.discourse, self.antecedents = discourse, antecedents
        self.entities = discourse.entities
        self.history = discourse.history
        self.names = discourse.names
        self.of_token = discourse.of_token
        self.reader = discourse.reader
        self.token_starts = discourse.token_starts
        self.tokens = discourse.tokens

    def named(self, d: Description, name: str) -> str:
        """Put the name for the pronoun in "her profile", and the land's in "the South's ministry"."""
        first, _, rest = name.partition(" ")
        x = bisect_left(self.token_starts, d.start)
        if (
            rest
            and first.casefold() in {"his", "her"}
            and x < len(self.tokens)
            and self.tokens[x].folded == first.casefold()
        ):
            owner = self.of_token.get(x)
            owner = owner if owner is not None else self.antecedents.resolve(x)
            known = self.entities.all[owner] if owner is not None else None
            near = any(
                m.entity == owner and m.paragraph == self.discourse.paragraph_of(d.start) for m in self.history[-12:]
            )
            return f"{known.name}'s {rest}" if near and known is not None and known.is_person and known.full else name
        if rest and d.kind == "organisation" and d.determiner == first.casefold() in {"its", "their"}:
            body = self._owning_body(x)
            return name if body is None else f"{body.name}'s {rest}"
        if rest and re.fullmatch("(?:North|South)['’]s", first):
            k = bisect_left(self.reader.name_starts, d.start)
            land = self.entities.all[self.entities.of_name[k]] if k < len(self.names) else None
            if land is not None and land.kind == "place" and land.name.startswith(first[:5] + " "):
                return f"{land.name}{first[5:]} {rest}"
        return name

    def _owning_body(self, x: int) -> Entity | None:
        """Give whose ministry "its ministry" is: the body or land that is the paragraph's last subject, or the it."""
        paragraph = self.discourse.paragraph_of(self.tokens[x].start)
        near = (m for m in self.history[-1:-7:-1] if m.paragraph == paragraph and m.subject and not m.quoted)
        subject = next((m.entity for m in near), None)
        for index in (subject, self.of_token[x] if x in self.of_token else self.antecedents.resolve(x)):
            if index is None:
                continue
            entity = self.entities.all[index]
            if entity.kind in {"place", "organisation", "unknown"} and not entity.head and not entity.titles:
                return entity
        return None
