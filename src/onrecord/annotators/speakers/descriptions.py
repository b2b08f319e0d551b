"""Whom a description means: "the defense secretary", "the company", "the two", "the report"; or somebody new.

Reads the :class:`~onrecord.annotators.speakers.discourse.Discourse`; gives an entity for every description that is
asked for.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from typing import Final, Literal

from onrecord.annotators.speakers.antecedents import Antecedents
from onrecord.annotators.speakers.bodies import HEADS_BACK, Bodies
from onrecord.annotators.speakers.discourse import Discourse
from onrecord.annotators.speakers.entity import Entity, role
from onrecord.annotators.speakers.mentions import (
    BOTH,
    DEFINITE,
    Description,
)
from onrecord.annotators.speakers.possessors import Possessors
from onrecord.annotators.speakers.pronouns import score, weights
from onrecord.annotators.speakers.speaker_words import (
    BODIES_TOO,
    CALLINGS,
    DEMONYMS,
    FEMALE_WORDS,
    KIN,
    MALE_WORDS,
    MODIFIERS,
    NATIONALS,
    PLURAL_ROLES,
    ROLES,
    TITLES,
)
from onrecord.annotators.speakers.tokens import is_common
from onrecord.document import Span
from onrecord.lexicon.load import word_list

UNRESOLVING: Final = word_list("persons.unresolving")
"""Heads that mean somebody only where the text has named somebody so; they are not handed to whoever is talked of."""
_SAME_DOCUMENT: Final = (
    word_list("persons.same_document_1"),
    word_list("persons.same_document_2"),
    word_list("persons.same_document_3"),
    word_list("persons.same_document_4"),
    word_list("persons.same_document_5"),
    word_list("persons.same_document_6"),
    word_list("persons.same_document_7"),
)
_LEAD: Final = re.compile(r"(?:[Tt]he|[Aa]n?|[Oo]nly|[Jj]ust|new|A new|[A-Z]\w+-based)\s+(?=\S)")
_TITLE_AFTER: Final = re.compile('(?:,| called| titled| entitled)? [“"‘]([^“”"\n]{1,60}?)[,.]?[”"’]')
_ACCUSED: Final = word_list("persons.accused")
_OWNED: Final = ("his ", "her ", "their ", "its ")
_IS_NAMED: Final = re.compile(
    r"(?: (?:of|on|in|at|from|aboard|behind) [^.;:,“”\"\n]{1,50}?)? (?P<be>was|is|has been)"
    r"(?: (?:also|later|since|today))?"
    r"(?P<named> (?:named|identified|confirmed)(?: (?:by|on|in) [^.;:,“”\"\n]{1,30}?)? as)? "
)
_SEATS: Final = word_list("persons.seats")
"""Seats that whoever holds them is named by: somebody of whom the text has not said so does not sit in them."""
DEGREES: Final = word_list("persons.degrees")
"""Words that make another office of an office: a prime minister is not "the minister"."""
_LISTED: Final = re.compile(r" \([^()\n]{1,40}\), \Z")
_NUMBERS: Final = word_list("persons.numbers")
YEARS_OLD: Final = re.compile(r"^\d{1,3}-year-old$")


def bare(description: str) -> str:
    """Give a description as a name: without article, "only" and "new", blanks made single."""
    text = " ".join(description.split()).strip(" ,;:—–-")
    while (lead := _LEAD.match(text)) and len(text) > lead.end():
        text = text[lead.end() :]
    return text


class Descriptions:
    """Resolves descriptions."""

    def __init__(self, discourse: Discourse, antecedents: Antecedents, bodies: Bodies) -> None:
        """Take the document as it is read and what resolves its parts."""
        self.discourse = discourse
        self.antecedents = antecedents
        self.bodies = bodies
        self.possessors = Possessors(discourse, antecedents)
        self.by_head, self.by_printed, self.covered = discourse.by_head, discourse.by_printed, discourse.covered
        self.entities, self.history, self.merged = discourse.entities, discourse.history, discourse.merged
        self.names, self.of_token, self.opening = discourse.names, discourse.of_token, discourse.opening
        self.pairs, self.reader, self.text = discourse.pairs, discourse.reader, discourse.text
        self.token_starts, self.tokens = discourse.token_starts, discourse.tokens

    def resolve(self, d: Description, *, is_source: bool, printed: str | None = None) -> int | None:
        """Give the entity that a description means; a new one where it means nobody met before."""
        adjoining = None if is_source else self._adjoining(d)
        if adjoining is not None:
            self.merge_foretold(d, adjoining)
            return adjoining
        if d.kind == "person":
            found = self._person_described(d, is_source)
        elif d.kind == "organisation":
            found = self.bodies.body_described(d, is_source)
        elif d.kind == "document":
            found = self._paper_described(d)
        elif d.kind == "plural":
            found = self._several_described(d)
        else:
            found = self._same_words(d)
        if found is not None:
            self._lengthen(found, d, printed)
            return found
        return self.new_described(d, printed)

    def _lengthen(self, index: int, d: Description, printed: str | None) -> None:
        """Keep the longer description of somebody without a name."""
        entity = self.entities.all[index]
        if entity.kind in {"unnamed", "document", "organisation", "group"} and entity.head and not entity.members:
            longer = bare(printed or self.text[self.tokens[d.first].start : d.end])
            reported, kept = longer.casefold(), entity.name.casefold()
            if entity.mentions and entity.mentions[-1].start < self.opening <= d.start:
                entity.name = longer  # a headline leaves words out, or runs them together
                self.by_printed[longer.casefold()] = index
            elif len(longer) > len(entity.name) and (reported.endswith(kept) or reported.startswith(kept + " ")):
                entity.name = longer
                self.by_printed[longer.casefold()] = index

    def _adjoining(self, d: Description) -> int | None:
        """Join an apposition to its name: "Jan Roe, a spokesman for …", "a spokesman, Jan Roe", "Roe is a lawyer"."""
        if d.kind == "plural":
            return None
        start = self.tokens[d.first].start if not d.determiner else d.start
        previous = self.history[-1] if self.history else None
        for mention in self.history[-1:-5:-1]:  # "Roe Shipping (NYSE: ROE), a company"
            if mention.kind == "name" and _LISTED.match(self.text[mention.end : start]):
                previous = mention
        if previous is not None and previous.kind == "name" and previous.sentence == self.discourse.sentence_of(start):
            between = self.text[previous.end : start]
            entity = self.entities.all[previous.entity]
            fits = (d.kind == "person" and entity.kind in {"person", "unknown"}) or (
                d.kind == "organisation" and entity.kind in {"organisation", "unknown"}
            )
            fits = fits and not (entity.kind == "unknown" and previous.prepositional)
            if (
                fits
                and (between in {", ", " — ", " (", " is ", " was ", ", now "} or _LISTED.match(between))
                and (d.determiner or between == ", ")
            ):
                self._learn_role(entity, d)
                return entity.index
        return self._named_after(d)

    def _named_after(self, d: Description) -> int | None:
        k = bisect_left(self.reader.name_starts, d.end)
        if d.kind == "person" and d.determiner == "the" and (named := self._identified_as(d, k)) is not None:
            return named
        if d.kind != "person" or k >= len(self.names) or self.names[k].start - d.end > 2:
            return None
        entity = self.entities.all[self.entities.of_name[k]]
        if self.text[d.end : self.names[k].start] != ", " or entity.kind not in {"person", "unknown"}:
            return None
        if self.text[self.names[k].end : self.names[k].end + 1] not in {",", ".", ";", ""}:
            return None
        self._learn_role(entity, d)
        return entity.index

    def _identified_as(self, d: Description, first: int) -> int | None:
        """Read "The driver was named as Jan Roe" and "The tenth passenger on the plane was Jan Roe, 33,"."""
        for k in range(first, min(first + 3, len(self.names))):
            name, entity = self.names[k], self.entities.all[self.entities.of_name[k]]
            match = _IS_NAMED.fullmatch(self.text, d.end, name.start)
            if match is None or entity.kind not in {"person", "unknown"} or name.last - name.first < 2:
                continue
            if match["named"] or (match["be"] == "was" and self.text[name.end : name.end + 1] == ","):
                self._learn_role(entity, d)
                return entity.index
        return None

    def merge_foretold(self, d: Description, entity: int) -> None:
        """Where "the spokesman, Jan Roe" follows "a government spokesman", the two are one."""
        head = self.tokens[d.head].folded
        if d.determiner not in DEFINITE or d.kind != "person":
            return
        unnamed = [i for i in self.by_head.get(head, ()) if self.entities.all[i].kind == "unnamed"]
        if len(unnamed) == 1 and unnamed[0] != entity:
            self.merged[unnamed[0]] = entity

    def _learn_role(self, entity: Entity, d: Description) -> None:
        head = self.tokens[d.head].folded
        entity.roles.add(role(head))
        entity.roles.update(self.bodies.words_of(d))
        if d.kind == "person":
            entity.person += head not in BODIES_TOO
            entity.men += 2.0 * (head in MALE_WORDS)
            entity.women += 2.0 * (head in FEMALE_WORDS)

    def _person_described(self, d: Description, is_source: bool) -> int | None:
        head = self.tokens[d.head].folded
        if d.determiner in {"a", "an", "another", "one"} or self.tokens[d.first].folded in {"one", "another"}:
            return None
        possessed = d.determiner in {"his", "her", "their", "its"} or any(
            self.tokens[i].possessive for i in range(d.first, d.head)
        )
        by_pronoun = d.determiner in {"his", "her", "their", "its"}
        words = set(self.bodies.words_of(d))
        gender = 1 if head in MALE_WORDS else -1 if head in FEMALE_WORDS else 0
        best, best_score = None, 1.0
        for index, recency in self.discourse.recent_entities():
            entity = self.entities.all[index]
            if entity.kind not in {"person", "unknown", "unnamed"} or gender * (entity.men - entity.women) <= -1:
                continue
            if by_pronoun and entity.kind == "unnamed" and not entity.name.casefold().startswith(_OWNED):
                continue  # "her spokesperson" is not the fire service's
            if role(head) not in entity.roles and role(entity.head) != role(head):
                continue
            known = entity.roles | set(entity.tokens)
            shared = sum(w in known for w in words)
            if (entity.roles & DEGREES) - {role(head)} != (words & DEGREES) - {role(head)}:
                shared -= 2
            past = "former" in entity.roles and not words & {"former", "ex"} and not head.startswith("ex-")
            score = 3 + 1.0 * shared - 0.7 * (len(words) - shared) - 0.15 * recency - 1.5 * past
            if score > best_score:
                best, best_score = index, score
        if best is not None and self._is_of_another(d, best):
            return None
        if best is not None or possessed or not is_source or d.determiner not in DEFINITE:
            return best
        return self._whoever_is_meant(d, head, gender)

    def _is_of_another(self, d: Description, index: int) -> bool:
        """Return whether a description names a firm or body that the text never sets beside a person of that role."""
        entity = self.entities.all[index]
        strange = {
            self.tokens[x].folded for x in range(d.first, d.head) if self.tokens[x].capital and not self.covered[x]
        }
        strange = {w for w in strange if not (w in MODIFIERS or w in ROLES or w in DEMONYMS or is_common(w))}
        if strange - entity.roles - set(entity.tokens):
            return True
        inside = [
            k for k in self.reader.names_in(Span(d.start, d.end)) if self.names[k].kind in {"organisation", "unknown"}
        ]
        known = entity.roles | set(entity.tokens)
        for k in inside:
            words = {self.tokens[x].folded for x in range(self.names[k].first, self.names[k].last)}
            if not words & known and not self._stand_together(self.entities.of_name[k], entity):
                return True
        return False

    def _stand_together(self, body: int, person: Entity) -> bool:
        """Return whether a sentence names both."""
        sentences = {self.discourse.sentence_of(span.start) for span in person.mentions[:40]}
        return any(
            self.discourse.sentence_of(span.start) in sentences for span in self.entities.all[body].mentions[:40]
        )

    def _whoever_is_meant(self, d: Description, head: str, gender: int) -> int | None:
        """Hand "the Vermont senator" to whoever a pronoun there would mean, where nothing speaks against it.

        Those whom the text calls something else step back; an office rather means who is talked of most.
        """
        following = self.tokens[d.head + 1].folded if d.head + 1 < len(self.tokens) else ""
        kin = head in KIN and following == "of" and not self.years_old(d) and not self.of_children(d)
        if kin or role(head) in UNRESOLVING or role(head) in _SEATS:
            return None
        row, words = weights()["person"], set(self.bodies.words_of(d))
        inside = {self.entities.of_name[k] for k in self.reader.names_in(Span(d.start, d.end))}
        best, best_score = None, -math.inf
        for candidate in self.antecedents.candidates(d.head, gender, "person"):
            entity = self.entities.all[candidate.entity]
            if not (entity.is_person or entity.reads_as_person) or entity.kind == "unnamed" or entity.index in inside:
                continue
            other = {r for r in entity.roles if r in ROLES and head not in NATIONALS} - {role(head)}
            if head in CALLINGS and (entity.person < 1 or other & TITLES - UNRESOLVING):
                continue  # a minister is no skipper
            if head in _ACCUSED and other:
                continue  # whoever speaks for an office is no suspect
            if self._is_of_another(d, candidate.entity):
                continue
            value = score(candidate, row) + 0.8 * math.log1p(len(entity.mentions)) - 1.2 * min(2, len(other))
            value += 2.0 * sum(w in entity.roles for w in words)
            if value > best_score:
                best, best_score = candidate.entity, value
        return best

    def _paper_described(self, d: Description) -> int | None:
        if d.determiner in {"a", "an", "another"}:
            return None
        head = self.tokens[d.head].folded
        heads = next((group for group in _SAME_DOCUMENT if head in group), frozenset({head}))
        words = set(self.bodies.words_of(d)) - {"new", "latest", "same"}
        previous = [(i, h) for h in heads for i in self.by_head.get("paper:" + h, [])[-HEADS_BACK:]]
        for index, _ in sorted(previous, reverse=True):
            known = {w.casefold() for w in re.findall(r"[\w'’.]+", self.entities.all[index].name)}
            if not words or words <= known or self.entities.all[index].head == "work":
                return index
        return None

    def _several_described(self, d: Description) -> int | None:
        head = self.tokens[d.head].folded
        words = self.bodies.words_of(d)
        if (
            d.determiner in DEFINITE
            and self.pairs
            and (head in BOTH or "two" in words or not self.by_head.get("many:" + head))
        ):
            group = self._group_of(head)
            if group is not None:
                return group
        if d.determiner not in DEFINITE | {""}:
            return None
        for index in reversed(self.by_head.get("many:" + head, [])[-HEADS_BACK:]):
            known = self.entities.all[index].name.casefold()
            if (not words and (d.determiner or known == head)) or (words and all(w in known for w in words)):
                return index
        return None

    def _group_of(self, head: str) -> int | None:
        """Give the last pair of names whose members can be what the head says ("the senators", "the two")."""
        wanted = role(head)
        for index in reversed(self.pairs[-6:]):
            members = [self.entities.all[m] for m in self.entities.all[index].members]
            titles = {w for m in members for w in m.roles}
            if (
                head in BOTH
                or wanted in titles
                or wanted.removesuffix("s") in titles
                or head in {"men", "women", "candidates", "leaders"}
            ):
                return index
        return None

    def _same_words(self, d: Description) -> int | None:
        words = self.text[self.tokens[d.first].start : d.end].casefold()
        for index in reversed(self.by_head.get(self.tokens[d.head].folded, [])[-HEADS_BACK:]):
            if d.determiner in DEFINITE and self.entities.all[index].name.casefold().endswith(words):
                return index
        return None

    def new_described(self, d: Description, printed: str | None) -> int:
        """Add the entity that a description means where it means nobody met before."""
        head = self.tokens[d.head].folded
        title = _TITLE_AFTER.match(self.text, d.end) if d.kind == "document" else None
        if title is not None:
            index = self.work(title.group(1))
            self.by_head["paper:" + head].append(index)
            return index
        name = self.possessors.named(d, bare(printed or self.text[self.tokens[d.first].start : d.end]))
        kinds: dict[str, Literal["unnamed", "organisation", "document", "group"]] = {
            "person": "unnamed",
            "organisation": "organisation",
            "document": "document",
            "plural": "group",
            "other": "unnamed",
        }
        entity = self.entities.add(name, tuple(name.casefold().split()), kinds[d.kind])
        entity.head = head
        entity.roles |= {role(head), *self.bodies.words_of(d)}
        if d.kind == "person":
            entity.person = 1
            entity.men += 2.0 * (head in MALE_WORDS)
            entity.women += 2.0 * (head in FEMALE_WORDS)
        self.by_printed[name.casefold()] = entity.index
        prefix = {"document": "paper:", "plural": "many:"}.get(d.kind, "")
        self.by_head[prefix + head].append(entity.index)
        return entity.index

    def work(self, title: str) -> int:
        """Give the entity of a work by its title."""
        tokens = ("work", *title.casefold().split())
        if tokens not in self.entities.by_tokens:
            entity = self.entities.add(title.strip(" ,."), tokens, "document")
            entity.head = "work"
            self.entities.by_tokens[tokens] = entity.index
        return self.entities.by_tokens[tokens]

    def of_children(self, d: Description) -> bool:
        """Tell "the mother of two", who is whoever is talked of, from "the mother of the victim"."""
        following = [t.folded for t in self.tokens[d.head + 1 : d.head + 4]]
        counted = len(following) > 1 and following[0] == "of" and (following[1] in _NUMBERS or following[1].isdigit())
        return counted and not (len(following) > 2 and (following[2] in ROLES or following[2] in PLURAL_ROLES))

    def years_old(self, d: Description) -> bool:
        """Return whether a description gives an age ("the 34-year-old")."""
        return any(YEARS_OLD.match(self.tokens[i].folded) for i in range(d.first, d.head + 1))

    def same_printed(self, printed: str) -> int | None:
        """Give the entity that was described in the same words, unless it is one unnamed person of many."""
        index = self.by_printed.get(bare(printed).casefold())
        return None if index is None or self.entities.all[index].kind == "unnamed" else index
