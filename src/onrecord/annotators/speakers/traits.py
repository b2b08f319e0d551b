"""What a text says of those it names: titles, roles and signs of a person and of gender around each name.

Reads tokens and names whose entities are known (:mod:`onrecord.annotators.speakers.entities`); fills in the
:class:`~onrecord.annotators.speakers.entity.Entity` records.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final

from onrecord.annotators.speakers.entity import Entity, role
from onrecord.annotators.speakers.name_reading import Name
from onrecord.annotators.speakers.speaker_words import (
    BODIES_TOO,
    COURTESIES,
    FEMALE_WORDS,
    KIN,
    MALE_WORDS,
    MODIFIERS,
    PLACES,
    POSTNOMINALS,
    ROLES,
    TITLES,
)
from onrecord.annotators.speakers.tokens import Token
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import known_outlets
from onrecord.text.words import APOSTROPHES, CLOSED_CLASS

_AGE: Final = re.compile(r"^, \d{1,2}\b")
_WHO: Final = re.compile(r"^,? who\b")
_OFFICE_AFTER: Final = re.compile(r"^, (?:the |an? )?((?:[A-Z][\w'’-]+ ){1,5}[A-Z][\w'’-]+)")
_OFFICE_BEFORE: Final = re.compile(r"((?:[A-Z][\w'’-]+ (?:of |for |and )?){1,6}[A-Z][\w'’-]+),? \Z")
_COURTESIES_APART: Final = COURTESIES - {"chief"}
_POLICE: Final = word_list("persons.police")
_OF: Final = word_list("persons.of")
_PARTY: Final = re.compile(r"^,? ?\((?:[DRI]|Lab|Con|SNP|LD)[-–— ]|^, [DRI]-[A-Z]")
SMALL: Final = word_list("persons.small")
"""Words inside the names of bodies that are left out of their initials."""
_ARTICLES: Final = word_list("persons.articles")
_BESIDE_NOUNS: Final = SMALL - _ARTICLES
_ENDING_OFFICE: Final = CLOSED_CLASS - SMALL  # small words at which "ambassador to the United Nations" cannot go on
_NO_COMPLEMENT: Final = SMALL | ROLES
_OPENING_APPOSITION: Final = word_list("persons.opening_apposition") | _ARTICLES | MODIFIERS | TITLES | ROLES


def printed(text: str, tokens: Sequence[Token], name: Name) -> str:
    """Give the name proper as printed, without the letters that follow it ("QC", "PhD")."""
    last = name.last
    while last - 1 > name.first and tokens[last - 1].folded in POSTNOMINALS:
        last -= 1
    end = name.end if last == name.last else tokens[last - 1].end
    return " ".join(text[name.core_start : end].split())


class Traits:
    """Gathers what stands around names into their entities."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        names: Sequence[Name],
        entities: Sequence[Entity],
        of_name: list[int],
        by_tokens: Mapping[tuple[str, ...], int],
    ) -> None:
        """Take a text with its names, and the entities that they have been joined to.

        ``of_name[k]`` is the entity of the ``k``-th name; ``by_tokens`` finds entities by the folded tokens of a name.
        """
        self.text, self.tokens, self.names = text, tokens, names
        self.all, self.of_name, self.by_tokens = entities, of_name, by_tokens

    def gather(self, k: int, name: Name) -> None:
        """Gather titles, roles, signs of a person and of gender that stand at one mention of a name."""
        entity = self.all[self.of_name[k]]
        entity.mentions.append(name.span)
        if k and entity.kind == "organisation" and self.names[k - 1].kind == "place" and name.first:
            self._possess(entity, self.names[k - 1], name)
        self._mark_employer(name)
        if entity.kind == "unknown" and not name.titles and self._has_article(name):
            entity.person -= 0.5
        if name.titles and entity.kind in {"person", "unknown"}:
            entity.titles[name.titles] += 1
            self._take_roles(entity, re.findall(r"[\w'’.-]+", name.titles.casefold()))
            entity.person += 1
        before = self._words_before(name)
        if (
            (not before or before[-1] not in ROLES)
            and entity.kind in {"person", "unknown"}
            and name.last > name.first + 1
        ):
            before = self._office_before(name)
        if before and before[-1] in ROLES:
            self._take_roles(entity, before)
            entity.person += before[-1] not in BODIES_TOO
        self._take_foregoing(entity, name)
        after = self.text[name.end : name.end + 120]
        if _AGE.match(after) or _WHO.match(after) or _PARTY.match(after):
            entity.person += 1
        if after.startswith(" of "):
            entity.roles |= set(re.findall(r"\w+", after[4:40].casefold())[:2]) & PLACES
        if _PARTY.match(after):
            entity.roles |= {"senator", "representative", "lawmaker"} if entity.kind != "place" else set()
        if after[:2] == ", " and entity.kind in {"person", "unknown"}:
            self._take_apposition(entity, name)

    def _has_article(self, name: Name) -> bool:
        """Return whether "the" stands before a name that modifies nothing: "told the Packet." names no person."""
        x = self._token_at(name.start)
        if not x or self.tokens[x - 1].folded != "the" or self.tokens[x].gap != " ":
            return False
        after = self.tokens[name.last] if name.last < len(self.tokens) else None
        return after is None or after.gap[:1] != " " or after.folded in CLOSED_CLASS

    def join_offices(self) -> None:
        """Join an office's letters to the one who holds it: "the CM" to "Chief Minister Jan Roe", if one alone does."""
        holders: dict[str, set[int]] = defaultdict(set)
        for k, name in enumerate(self.names):
            if self.all[self.of_name[k]].kind in {"person", "unknown"}:
                for office in (name.titles, *_OFFICE_AFTER.findall(self.text[name.end : name.end + 80])):
                    letters = "".join(w[0] for w in office.casefold().split() if w.strip(".") not in _COURTESIES_APART)
                    if len(letters) > 1:
                        holders[letters].add(self.of_name[k])
                for letters in self._office_letters(k):
                    holders[letters].add(self.of_name[k])
        moved: dict[int, int] = {}
        for entity in self.all:
            found = holders.get(entity.tokens[0].replace(".", "")) if len(entity.tokens) == 1 else None
            if found and len(found) == 1 and entity.name.replace(".", "").isupper() and not entity.full:
                moved[entity.index] = next(iter(found))
        for k, index in enumerate(self.of_name):
            if index in moved:
                self.of_name[k] = moved[index]
                self.all[moved[index]].mentions.append(self.names[k].span)

    def _office_letters(self, k: int) -> list[str]:
        """Give the letters of the office before a comma and a name: "State Press Relations Officer, DSP Jan Roe"."""
        start = self.names[k].start
        office = _OFFICE_BEFORE.search(self.text, max(0, start - 90), start)
        words = [word for word in office.group(1).casefold().split() if word not in SMALL] if office else []
        if words[-1:] and words[-1] not in ROLES:
            return []
        letters = "".join(word[0] for word in words)
        return [letters[i:] for i in range(len(letters) - 2)]

    def _possess(self, entity: Entity, owner: Name, name: Name) -> None:
        """Name "South Korea's Joint Chiefs of Staff" with the country that tells it from another's."""
        bare = entity.name == printed(self.text, self.tokens, name) and known_outlets().named(entity.name) is None
        if self.tokens[name.first - 1].possessive and owner.last == name.first and bare:
            entity.aliases[entity.name] += 1
            entity.name = " ".join(self.text[owner.core_start : name.end].split())

    def _mark_employer(self, name: Name) -> None:
        """Read what stands before a title ("Acme Tools CEO Jan Roe") as an organisation."""
        words = tuple(re.findall(r"[\w'’.&-]+", name.titles.casefold()))
        for length in (3, 2, 1):
            index = self.by_tokens.get(words[:length]) if len(words) > length else None
            if index is not None and self.all[index].kind == "unknown" and words[length] in TITLES:
                self.all[index].kind = "organisation"

    def _words_before(self, name: Name) -> list[str]:
        """Give the words of the noun phrase before a name ("White House press secretary"), nearest last."""
        found: list[str] = []
        i = self._token_at(name.start) - 1
        gap = self.tokens[i + 1].gap if i + 1 < len(self.tokens) else ""
        while i >= 0 and len(found) < 8 and gap in {" ", "-"} and self.tokens[i].folded not in CLOSED_CLASS:
            found.append(self.tokens[i].folded)
            gap = self.tokens[i].gap
            i -= 1
        return found[::-1]

    def _office_before(self, name: Name) -> list[str]:
        """Give the words of "ambassador to the United Nations" or "manager of the fair" right before a name."""
        last = self._token_at(name.start) - 1
        x = last
        while x >= 0 and last - x < 6 and self.tokens[x + 1].gap == " " and self.tokens[x].folded not in _OF:
            if self.tokens[x].folded in _ENDING_OFFICE:
                return []
            x -= 1
        if x < 1 or x >= last - 0 or self.tokens[x].folded not in _OF or self.tokens[x - 1].folded not in ROLES:
            return []
        complement = [w for i in range(x + 1, last + 1) if (w := self.tokens[i].folded) not in _NO_COMPLEMENT]
        return [*complement, self.tokens[x - 2].folded, self.tokens[x - 1].folded] if complement else []

    def _token_at(self, start: int) -> int:
        return bisect_left(self.tokens, start, key=attrgetter("start"))

    def _take_roles(self, entity: Entity, words: Iterable[str]) -> None:
        for word in words:
            bare = word.strip(".'’")
            if bare.startswith("ex-"):
                entity.roles.add("former")
            if bare == "dr":
                entity.roles.add("doctor")
            if bare in _POLICE:
                entity.roles.add("officer")
            if bare in MALE_WORDS and bare not in {"he", "his", "him"}:
                entity.men += 2
            elif bare in FEMALE_WORDS and bare not in {"she", "her"}:
                entity.women += 2
            if (bare not in COURTESIES and bare not in CLOSED_CLASS and bare not in KIN) or bare in {
                "spokesman",
                "spokeswoman",
                "spokesperson",
                "lawyer",
                "attorney",
                "aide",
                "adviser",
                "advisor",
            }:
                entity.roles.add(role(bare))

    def _take_foregoing(self, entity: Entity, name: Name) -> None:
        """Read "the president of the drivers' union, Jan Roe," before a name that stands between commas."""
        x = self._token_at(name.start)
        closed = self.text[name.end : name.end + 1] in {",", "."}
        if not closed or x >= len(self.tokens) or self.tokens[x].gap != ", ":
            return
        if entity.kind not in {"person", "unknown"}:
            return
        words: list[str] = []
        x -= 1
        while x >= 0 and len(words) < 14:
            if self.tokens[x].possessive:  # "the skipper's lawyer, Jan Roe" is no skipper
                words.append("the")
                break
            words.append(self.tokens[x].folded)
            if self.tokens[x].folded in {"the", "a", "an"} and not (x and self.tokens[x - 1].folded in SMALL):
                break
            if self.tokens[x].gap.strip(APOSTROPHES) != " ":
                break
            x -= 1
        words.reverse()
        stop = next((p for p, w in enumerate(words) if w in _BESIDE_NOUNS), len(words))
        if words and words[0] in {"the", "a", "an"} and stop and words[stop - 1] in ROLES:
            entity.person += words[stop - 1] not in BODIES_TOO
            self._take_roles(entity, [w for w in words[:stop] if w not in CLOSED_CLASS])
            entity.roles |= {w for w in words[stop:] if w not in CLOSED_CLASS and w not in ROLES}

    def _take_apposition(self, entity: Entity, name: Name) -> None:
        """Read ", the chief engineer of the port," after a name."""
        i = name.last
        words: list[str] = []
        closed = False
        while i < len(self.tokens) and len(words) < 14:
            token = self.tokens[i]
            closed = bool(words) and "," in token.gap
            if (words and ("," in token.gap or ";" in token.gap or "." in token.gap[:1])) or "\n" in token.gap:
                break
            words.append(token.folded)
            i += 1
        head = next(
            (p for p, w in enumerate(words) if w in {"of", "for", "at", "in", "who", "from", "with", "to", "on"}), None
        )
        phrase = words if head is None else words[:head]
        content = [w for w in phrase if w not in CLOSED_CLASS]
        if not content or not any(w in ROLES for w in content[-2:]) or words[0] in {"said", "says"}:
            return
        if entity.kind == "unknown" and not closed:
            return
        if phrase[0] not in _OPENING_APPOSITION:
            return
        entity.person += content[-1] not in BODIES_TOO
        self._take_roles(entity, content)
        if head is not None:
            entity.roles |= {w for w in words[head:] if w not in CLOSED_CLASS and w not in ROLES}
