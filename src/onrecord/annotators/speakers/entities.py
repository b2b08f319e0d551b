"""Who is who among the names of one document: short names joined to full ones, acronyms to what they stand for.

Reads tokens and names; gives :class:`Entities`, in which every name of the text points at one
:class:`~onrecord.annotators.speakers.entity.Entity`. What the text says of each is gathered by
:mod:`onrecord.annotators.speakers.traits`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from typing import Final

from rapidfuzz import fuzz

from onrecord.annotators.speakers.entity import Entity, EntityKind
from onrecord.annotators.speakers.name_reading import Name
from onrecord.annotators.speakers.speaker_words import (
    COURTESIES,
    FEMALE_WORDS,
    GIVEN,
    MALE_WORDS,
    PARTICLES,
    ROLES,
    SUFFIXES,
)
from onrecord.annotators.speakers.tokens import Token, is_common
from onrecord.annotators.speakers.traits import SMALL, Traits, printed
from onrecord.lexicon.load import word_list

_ALIAS: Final = re.compile(
    r"^,? ?\(?(?:also )?(?:known|referred to|called) (?:as|to as|by)(?: the| its)?(?: acronym| initials| abbreviation)?"
    r"(?: as| of)? [\"“‘']?$|^,? or [\"“‘']?$|^ \([\"“‘']?(?:the )?$|^,? ?(?:which is )?abbreviated (?:as|to) [\"“‘']?$"
)
_KIN_BEFORE: Final = re.compile(
    r"\b(?P<kin>first lady|wife|husband|son|daughter|brother|sister|mother|father|widow|spouse),? \Z", re.IGNORECASE
)
_CAPITALS_IN_ROW: Final = re.compile(r"[^\W\d_]{3,}")  # of "LOTTE VAN DER BERG", not of "J.R." or "JR"
_HEADS_OF_FAMILIES: Final = word_list("persons.heads_of_families")
"""What is put before a surname for the one whose kin are introduced as such."""
_SURNAME_FUZZ: Final = 82.0  # per cent; "McLenney" and "McClenney" have 94, "Wines" and "Wimes" 80 (too like "Wine")
_FUZZED_NAMES: Final = 400  # a text with more full names than this is no single report, and is not searched for typos


def name_core(tokens: Sequence[Token], name: Name) -> tuple[str, ...]:
    """Give the folded tokens of the name proper, suffixes and small words left out."""
    core = tuple(tokens[x].folded for x in range(name.first, name.last))
    return tuple(w for w in core if w not in SUFFIXES) or core


class Entities:
    """The entities that a document names; ``of_name[k]`` is the entity of its ``k``-th name."""

    def __init__(
        self, text: str, tokens: Sequence[Token], names: Sequence[Name], opening: int, hinted: Container[int] = ()
    ) -> None:
        """Join the names; ``opening`` is where the running text begins (what stands before is headline).

        ``hinted`` are places at which a source of one word begins, which is then a name rather than a common word.
        """
        self.hinted = hinted
        self.text, self.tokens, self.names, self.opening = text, tokens, names, opening
        self.all: list[Entity] = []
        self.of_name: list[int] = [-1] * len(names)
        self.by_surname: dict[str, list[int]] = defaultdict(list)
        self.by_given: dict[str, list[int]] = defaultdict(list)
        self.by_tokens: dict[tuple[str, ...], int] = {}
        self.by_acronym: dict[str, int] = {}
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self.full_at: dict[int, list[int]] = defaultdict(list)
        self.apart: dict[tuple[str, ...], int] = {}
        self._join_full()
        self._join_aliases()
        self._join_short()
        self._name_fully()
        self.first_at: dict[int, int] = {}
        for k, name in enumerate(names):
            self.first_at.setdefault(self.of_name[k], name.core_start)
        traits = Traits(text, tokens, names, self.all, self.of_name, self.by_tokens)
        for k, name in enumerate(names):
            traits.gather(k, name)
        traits.join_offices()
        self.by_role: dict[str, list[int]] = defaultdict(list)
        for entity in self.all:
            if entity.kind in {"person", "unknown"}:
                for word in entity.roles & ROLES:
                    self.by_role[word].append(entity.index)

    def add(self, name: str, tokens: tuple[str, ...], kind: EntityKind) -> Entity:
        """Make a new entity."""
        entity = Entity(len(self.all), name, tokens, kind)
        self.all.append(entity)
        return entity

    def _join_full(self) -> None:
        """Join names of two words or more: equal ones, and persons whose middle names or initials differ."""
        for k, name in enumerate(self.names):
            core = name_core(self.tokens, name)
            if len(core) < 2:
                continue
            index = self.by_tokens.get(core)
            if index is None and name.kind in {"person", "unknown"}:
                index = self._same_person(core)
            if index is None and name.kind != "person":
                index = self._longer_body(core)
            if index is None:
                index = self._add_full(name, core)
            self.by_tokens[core] = index
            self.of_name[k] = index
            self.full_at[index].append(name.start)
            entity = self.all[index]
            entity.full += 1
            if name.kind == "person" and entity.kind == "unknown":
                entity.kind = "person"

    def _same_person(self, core: tuple[str, ...]) -> int | None:
        for index in self.by_surname.get(core[-1], ()):
            if _given_agree(self.all[index].tokens[:-1], core[:-1]):
                return index
        for index in self.by_word.get(core[-1], ()):
            known = self.all[index].tokens
            inside = any(known[at : at + len(core)] == core for at in range(1, len(known) - len(core)))
            if inside and self.all[index].kind in {"person", "unknown"}:
                return index  # "De la Vega" of "José de la Vega y Ruiz"
        for index in self.by_given.get(core[0], ()):
            known = self.all[index].tokens
            if known[: len(core)] == core or core[: len(known)] == known:
                self._index_surname(index, core)
                return index
        return None

    def _index_surname(self, index: int, core: tuple[str, ...]) -> None:
        if index not in self.by_surname[core[-1]]:
            self.by_surname[core[-1]].append(index)

    def _longer_body(self, core: tuple[str, ...]) -> int | None:
        """Find the organisation whose name goes on after this one ("Joint Chiefs" of Staff)."""
        for index in self.by_word.get(core[-1], ()):
            known = self.all[index].tokens
            if self.all[index].kind == "organisation" and len(known) > len(core) and known[-len(core) :] == core:
                return index
        for index in self.by_word.get(core[0], ()):
            known = self.all[index].tokens
            if self.all[index].kind == "organisation" and len(known) > len(core) and known[: len(core)] == core:
                return index if known[len(core)] in SMALL else None
        return None

    def _add_full(self, name: Name, core: tuple[str, ...]) -> int:
        entity = self.add(printed(self.text, self.tokens, name), core, name.kind)
        if name.kind in {"person", "unknown"}:
            self.by_surname[core[-1]].append(entity.index)
            self.by_given[core[0]].append(entity.index)
            for i, word in enumerate(core[1:-1], 1):
                if word in PARTICLES or len(core) > 2:
                    self.by_word[core[i + 1] if word in PARTICLES else word].append(entity.index)
        if name.kind != "person":
            initials = "".join(w[0] for w in core if w not in SMALL)
            everything = "".join(w[0] for w in core)
            for acronym in {initials, everything}:
                if len(acronym) > 1:
                    self.by_acronym.setdefault(acronym, entity.index)
            self.by_word[core[0]].append(entity.index)
            self.by_word[core[-1]].append(entity.index)
        return entity.index

    def _join_aliases(self) -> None:
        """Join "Islamic State Khorasan, also known as ISIS-K" and "… (ISW)"."""
        for k in range(1, len(self.names)):
            before, name = self.names[k - 1], self.names[k]
            if name.core_start - before.end > 45 or self.of_name[k - 1] < 0:
                continue
            between = self.text[before.end : name.core_start]
            if not _ALIAS.match(between):
                continue
            core = name_core(self.tokens, name)
            if between.startswith(" (") and not self._abbreviates(before, core, name):
                continue
            if between.strip(" ,").startswith("or") and not self._is_capitals(name):
                continue
            self.by_tokens.setdefault(core, self.of_name[k - 1])
            self.of_name[k] = self.by_tokens[core]

    def _abbreviates(self, before: Name, core: tuple[str, ...], name: Name) -> bool:
        first = self.tokens[before.first].folded[:1]
        return self.text[name.end : name.end + 2].lstrip("\"”’'").startswith(")") and (
            (self._is_capitals(name) and core[0][:1] == first) or core[0] in name_core(self.tokens, before)
        )

    def _is_capitals(self, name: Name) -> bool:
        printed = self.text[name.core_start : name.end]
        return sum(c.isupper() for c in printed) >= 2 and " " not in printed

    def _join_short(self) -> None:
        """Join names of one word to the full name that they shorten; what shortens none stands for itself."""
        for k, name in enumerate(self.names):
            if self.of_name[k] >= 0:
                continue
            core = name_core(self.tokens, name)
            index = self._shortened(name, core)
            if index is not None and (self._is_relatives(name, index) or (core in self.apart and not name.titles)):
                if core not in self.apart:
                    self.apart[core] = self.add(printed(self.text, self.tokens, name), core, "person").index
                index = self.apart[core]
            if index is None:
                index = self.by_tokens.get(core)
            if index is None:
                entity = self.add(printed(self.text, self.tokens, name), core, name.kind)
                index = self.by_tokens[core] = entity.index
            elif self.all[index].full == 0 and name.kind == "person":
                self.all[index].kind = "person"
            self.of_name[k] = index
            self.all[index].short += 1

    def _is_relatives(self, name: Name, index: int) -> bool:
        """Return whether a titled surname is another's than the one person named in full: a couple, a family.

        "Mr. Roe" is no woman, and "President Roe" not "the first lady, Jan Roe".
        """
        entity = self.all[index]
        words = set(name.titles.casefold().replace(".", " ").split())
        if not words or not entity.full:
            return False
        wanted = bool(words & MALE_WORDS) - bool(words & FEMALE_WORDS)
        kin = next((found for start in self.full_at[index][:3] if (found := self._kin_before(start))), "")
        sign = -1 if kin in FEMALE_WORDS | {"first lady"} else 1 if kin in MALE_WORDS else entity.prior
        return wanted * sign < 0 or bool(kin and words & _HEADS_OF_FAMILIES)

    def _kin_before(self, start: int) -> str:
        """Give the word of kin right before a full name ("the first lady, Jan Roe"), else nothing."""
        found = _KIN_BEFORE.search(self.text, max(0, start - 40), start)
        return found["kin"].casefold() if found else ""

    def _shortened(self, name: Name, core: tuple[str, ...]) -> int | None:  # noqa: PLR0911 - one return a way of shortening
        word = core[0]
        if core in self.by_tokens and self.all[self.by_tokens[core]].full:
            return self.by_tokens[core]
        if len(core) > 1:
            return None
        persons = self.by_surname.get(word, [])
        if persons:
            return self._likeliest(name, persons)
        if name.kind != "place" and (name.kind == "organisation" or self._is_capitals(name)):
            acronym = self.by_acronym.get(word.replace(".", "").replace("-", ""))
            if acronym is not None:
                return acronym
        given = [i for i in self.by_given.get(word, ()) if self._is_called(i, word, name)]
        if given:
            return self._likeliest(name, given)
        if name.kind in {"unknown", "organisation", "person"} or word in {"north", "south"}:
            partial = [i for i in dict.fromkeys(self.by_word.get(word, ())) if self._may_shorten(word, i, name)]
            if partial:
                return self._likeliest(name, partial)
            return self._misspelt(word, hinted=name.start in self.hinted) if name.kind != "organisation" else None
        return None

    def _is_called(self, index: int, word: str, name: Name) -> bool:
        """Return whether a first word alone can mean this one: a given name, or a family name that comes first."""
        return not is_common(word) or word in GIVEN or name.start in self.hinted or self.all[index].kind == "person"

    def _may_shorten(self, word: str, index: int, name: Name) -> bool:
        entity = self.all[index]
        if name.titles:
            return entity.kind in {"person", "unknown"}
        if entity.kind in {"person", "unknown"}:
            return not is_common(word) or word == entity.tokens[0]
        if entity.kind == "place" and word in {"north", "south"} and entity.tokens[0] == word:
            return self.tokens[name.first - 1].folded == "the"
        return (
            entity.kind == "organisation"
            and word in {entity.tokens[0], entity.tokens[-1]}
            and (word == entity.tokens[0] or self.tokens[name.first - 1].folded == "the")
            and not (word == entity.tokens[0] and is_common(word))
        )

    def _misspelt(self, word: str, *, hinted: bool) -> int | None:
        """Find the surname that a word misspells: one whose name is printed in full, alike by at least 82 per cent."""
        if len(word) < 5 or len(self.by_surname) > _FUZZED_NAMES or (is_common(word) and not hinted):
            return None
        best, score = None, 80.0 if hinted else _SURNAME_FUZZ
        for surname, persons in self.by_surname.items():
            if surname[0] == word[0] and len(persons) == 1 and abs(len(surname) - len(word)) <= 2 and len(surname) >= 5:
                alike = fuzz.ratio(surname, word)
                if alike >= score and self.all[persons[0]].kind in {"person", "unknown"}:
                    best, score = persons[0], alike
        return best

    def _likeliest(self, name: Name, candidates: Sequence[int]) -> int:
        """Choose among persons of one surname: by courtesy, then the one named in full alone most recently.

        Somebody who is named in full time and again ("Ivanka Trump") is not who the bare surname means.
        """
        if len(candidates) == 1:
            return candidates[0]
        courtesy = next((w for w in name.titles.casefold().replace(".", " ").split() if w in COURTESIES), "")
        wanted = 1 if courtesy in MALE_WORDS else -1 if courtesy in FEMALE_WORDS else 0
        return max(candidates, key=lambda i: self._nearness(i, name, candidates, wanted))

    def _nearness(self, index: int, name: Name, others: Sequence[int], wanted: int) -> tuple[float, float, int]:
        entity = self.all[index]
        starts = self.full_at[index]
        first = min((self.full_at[i][0] for i in others if self.full_at[i]), default=0)
        introduced = 1.0 if starts and starts[0] == first else 0.0
        unmet = 1.0 if not starts or (starts[0] > name.start and name.start >= self.opening) else 0.0
        leads = 0.8 if starts and starts[0] < self.opening + 300 else 0.0
        latest = max((self.full_at[i][0] for i in others if i != index and self.full_at[i]), default=0)
        still = min(3, len(starts) - bisect_right(starts, max(latest, self.opening)))
        fresh = 0.6 if (k := bisect_right(starts, name.start)) and name.start - starts[k - 1] < 250 else 0.0
        agrees = 3.0 * wanted * (entity.prior or (entity.men > entity.women) - (entity.women > entity.men))
        known = min(1.0, 0.1 * len(starts))
        last = starts[k - 1] if k else len(self.text)
        return (introduced + leads + agrees + fresh + known - unmet - 0.3 * still, -abs(name.start - last), -index)

    def _name_fully(self) -> None:
        """Give every entity the fullest form printed in small letters; count the forms."""
        forms: dict[int, Counter[str]] = defaultdict(Counter)
        for k, name in enumerate(self.names):
            forms[self.of_name[k]][printed(self.text, self.tokens, name)] += 1
        for index, counted in forms.items():
            entity = self.all[index]
            entity.aliases = counted
            if entity.full or len(counted) > 1:
                entity.name = max(counted, key=lambda f: (self._length(f), not f.isupper(), counted[f]))
            if entity.name.isupper() and entity.kind == "person" and len(entity.tokens) > 1:
                entity.name = _CAPITALS_IN_ROW.sub(lambda word: word[0].capitalize(), entity.name)

    @staticmethod
    def _length(form: str) -> int:
        return len([w for w in form.split() if w.strip(".,").casefold() not in SUFFIXES])


def _given_agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Return whether given names can be one person's: equal, an initial of each other, or with a middle name more."""
    if not left or not right:
        return True
    first, second = left[0].rstrip("."), right[0].rstrip(".")
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    if len(short) == 1 or "." in short:
        return long.startswith(short[0])
    if first in left and (second in left[1:] or first in right[1:]):
        return True
    return len(short) >= 3 and long.startswith(short) and short in GIVEN
