"""One run of capitals read as a name: titles, ranks and callings before it, the name proper, and its kind.

Reads tokens (:mod:`onrecord.annotators.speakers.tokens`); gives :class:`Name`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import simplemma

from onrecord.annotators.speakers.name_kinds import NameKind, NameProper, kind_of
from onrecord.annotators.speakers.speaker_words import (
    ABBREVIATED,
    CALLINGS,
    COURTESIES,
    DEMONYMS,
    GIVEN,
    MODIFIERS,
    NATIONALS,
    ORGANISATION_WORDS,
    PLACES,
    ROLES,
    SUFFIXES,
    TITLES,
)
from onrecord.annotators.speakers.tokens import Token, is_common, is_title
from onrecord.document import Span
from onrecord.lexicon.load import word_list

_SURELY_GIVEN: Final = GIVEN - {"dean"}
_UNTITLED: Final = ORGANISATION_WORDS - TITLES
_AFTER_GIVEN: Final = word_list("persons.after_given")
_NO_NAMES: Final = COURTESIES - GIVEN - _AFTER_GIVEN
_BEFORE_OFFICES: Final = PLACES | DEMONYMS | ORGANISATION_WORDS | MODIFIERS
_PERSONAL: Final = word_list("persons.personal")
_SHORT_TITLES: Final = COURTESIES | ABBREVIATED
_PARTISANS: Final = word_list("persons.partisans")
_KINDS: Final = _PARTISANS | NATIONALS
_MADE_OF_NAME: Final = re.compile(
    "-(?:based|born|backed|led|controlled|run|owned|linked|allied|trained|educated|held|era)$"
)
_CREDITS: Final = word_list("persons.credits")
SPACE: Final = re.compile(r"[ \u00a0\u2009\u202f]+\Z")
ORGANISATION_LINKS: Final = word_list("persons.organisation_links")


class Name(NamedTuple):
    """A name as it stands: ``start, end`` in characters, titles included; ``first, last`` are its tokens without them.

    ``titles`` are the tokens before the name proper, as printed. ``last`` is exclusive.
    """

    start: int
    end: int
    first: int
    last: int
    kind: NameKind
    titles: str
    core_start: int

    @property
    def span(self) -> Span:
        """Where the name stands, titles included."""
        return Span(self.start, self.end)


_AGENT: Final = re.compile(r"(.{3,})(?:er|or)$")


_BODIES: Final = word_list("persons.bodies")
"""What a body is, put before its name."""


def _is_calling(folded: str, rest: Sequence[str]) -> bool:
    """Tell a calling before a name ("Promoter Brightwave") by its verb, or by the given name that follows."""
    if "-of-" in folded:
        return bool(rest)  # "Mum-of-two Ada Holm"
    if folded in GIVEN or folded in ORGANISATION_WORDS or folded in PLACES or not is_common(folded):
        return False
    if any(w in ORGANISATION_WORDS or w in PLACES for w in rest):
        return False
    if len(rest) > 1 and rest[0] in GIVEN and (folded not in DEMONYMS or folded in ROLES):
        return True  # "Clerk Ana Dorn"
    agent = _AGENT.match(folded)
    verb = agent is not None and any(simplemma.is_known(agent.group(1) + e, lang="en") for e in ("", "e"))
    if folded in CALLINGS and len(rest) > 1:
        return not is_common(rest[-1])
    return (verb or folded in ROLES) and not any(is_common(w) for w in rest)


class NameReader:
    """Reads runs of capitals."""

    def __init__(
        self, text: str, tokens: Sequence[Token], inside: Counter[str], beside: Counter[tuple[str, str]]
    ) -> None:
        """Take a text, its tokens, and how often words are capitalised inside a sentence, alone and in pairs."""
        self.text, self.tokens, self.inside, self.beside = text, tokens, inside, beside
        self.surnames: set[str] = set()  # those that stand behind a title somewhere in the text

    def is_acronym(self, i: int) -> bool:
        """Return whether a token is set in capitals."""
        token = self.tokens[i]
        return self.text[token.start : token.end].isupper()

    def parse(self, i: int, j: int) -> Iterator[Name]:
        """Read tokens ``i`` to ``j`` (exclusive) as one name, title and name proper apart; nothing where it is none."""
        i = self._begin(i, j)
        if i >= j:
            return
        for t in range(i + 2, j - 1):
            if self.tokens[t].folded in _SURELY_GIVEN and self.tokens[t - 1].folded in _UNTITLED:
                yield from self.parse(i, t)
                i = t
                break
        if self._ends_in_person(i, j):
            yield from self.parse(i, j - 2)
            i = j - 2
        j = self._without_noun(i, j)
        if j - i == 1 and i and self.tokens[i].folded in _KINDS and self.tokens[i - 1].folded in {"the", "a", "an"}:
            return  # "the Scot", "the Democrat"
        if self._only_opens(i, j):
            i += 1
        core = self._after_titles(i, j)
        while i < core < j and self.tokens[core].gap[-1:] == "(":
            core += 1  # "DCP (South) Jan Roe"
        if core >= j:
            return
        kind = self.kind_of(core, j, titled=core > i)
        if kind is None:
            return
        if core > i and kind in {"organisation", "place"}:
            core = i
        titles = self.text[self.tokens[i].start : self.tokens[core].start].strip() if core > i else ""
        yield Name(self.tokens[i].start, self.tokens[j - 1].end, core, j, kind, titles, self.tokens[core].start)

    def _only_opens(self, i: int, j: int) -> bool:
        """Return whether a word that opens a sentence stands before a name as it would in small letters.

        "Current Acme board member": the name is printed without it elsewhere, and the word never with a capital.
        """
        if j - i < 2 or SPACE.match(self.tokens[i].gap) or self.tokens[i].folded not in MODIFIERS:
            return False
        rest = [self.tokens[x].folded for x in range(i + 1, j)]
        if any(w in ORGANISATION_WORDS or is_title(w) for w in rest) or is_common(rest[0]):
            return False
        opener = self.tokens[i].folded
        return not self.inside[opener] and self.inside[rest[0]] > self.beside[opener, rest[0]]

    def _begin(self, i: int, j: int) -> int:
        """Step over what stands before a name: an article, "Acme-backed", a picture's credit, what a body is."""
        while i < j and (self.tokens[i].folded in {"the", "a", "an"} or _MADE_OF_NAME.search(self.tokens[i].folded)):
            i += 1
        if (
            i < j
            and self.tokens[i].folded in _CREDITS
            and all(self.tokens[x].folded in PLACES for x in range(i + 1, j))
        ):
            i = min(i + 1, j - 1)  # a picture's credit before the sentence: "Reuters Japan has …"
        if j - i > 1 and self.tokens[i].folded in _BODIES and not SPACE.match(self.tokens[i].gap):
            i += 1  # "Retailer Acme Partners" at a sentence's begin
        return i

    def _without_noun(self, i: int, j: int) -> int:
        """Cut off what is no part of a name: "the South Carolina Republican", a headline's "Jan Roe Miss"."""
        while j - i > 1 and self.tokens[j - 1].folded in _NO_NAMES:
            j -= 1
        role = j - i > 1 and self.tokens[j - 1].folded in ROLES and not self._may_be_surname(j)
        if role and self.kind_of(i, j - 1, titled=False) == "place":
            j -= 1
        return j

    def _may_be_surname(self, j: int) -> bool:
        """Return whether a word that is short for an office may be a family name: "Rima Sen said", not "Acme Sen."."""
        token, before = self.tokens[j - 1], self.tokens[j - 2]
        whole = token.folded in ABBREVIATED and self.text[token.end : token.end + 1] != "."
        whole = whole or token.folded in _AFTER_GIVEN
        return whole and not is_title(before.folded) and before.folded not in _BEFORE_OFFICES

    def _ends_in_person(self, i: int, j: int) -> bool:
        """Tell "Committee on International Affairs Jan Roe": a body's name in common words, and two that are none."""
        folded = [self.tokens[x].folded for x in range(i, j)]
        return (
            len(folded) > 4
            and any(w in ORGANISATION_LINKS for w in folded[1:-3])
            and any(w in ORGANISATION_WORDS for w in folded[:-3])
            and is_common(folded[-3])
            and not any(w in ORGANISATION_WORDS or w in PLACES or w in DEMONYMS or is_common(w) for w in folded[-2:])
        )

    def _after_titles(self, i: int, j: int) -> int:  # noqa: PLR0911 - one return a form of title
        """Give the index of the first token of the name proper; ``j`` where the run is a bare title."""
        folded = [self.tokens[x].folded for x in range(i, j)]
        end = len(folded)
        while end > 1 and folded[end - 1] in SUFFIXES:
            end -= 1
        if len(folded) == 2 and folded[0] in _PERSONAL | {"chief"}:
            office = folded[0] == "chief" and is_title(folded[1]) and folded[1] not in GIVEN
            return j if office else i + 1  # "the Chief Secretary"; "Ms Church", "Mr King"
        if folded[-1] in ORGANISATION_WORDS and folded[-1] not in {"general", "house"}:
            return i
        linked = self._office_end(folded)
        if linked is not None:
            return i + linked
        if folded[0] in GIVEN and len(folded) == 2 and folded[1] != "general":
            return i
        if len(folded) > 2 and folded[1] in GIVEN and self._is_mixed(i):
            return i + 1
        last = self._last_title(i, folded[: end - 1])
        if last is not None:
            bare = last + 2 == len(folded) and folded[-1] in ABBREVIATED and is_title(folded[-1])
            return j if bare else i + last + 1
        modified = next((x for x, word in enumerate(folded) if word not in MODIFIERS), 0)
        if self._is_rank(i + modified, j):
            return i + modified + 1
        if len(folded) > 1 and (_is_calling(folded[0], folded[1:]) or self._is_partisan(folded)):
            return i + 1
        if is_title(folded[-1]) and (len(folded) == 1 or all(w in MODIFIERS or is_title(w) for w in folded[:-1])):
            return j
        if len(folded) > 1 and is_title(folded[-1]) and folded[0] not in GIVEN and folded[-2] not in GIVEN:
            return i if self._may_be_surname(j) else j
        return i

    def _is_partisan(self, folded: list[str]) -> bool:
        """Tell "Republican Roe" from "Republican Party": a party's noun before a surname."""
        if len(folded) != 2 or folded[0] not in _PARTISANS or folded[1] in ORGANISATION_WORDS or folded[1] in PLACES:
            return False
        return folded[1] in self.surnames or not is_common(folded[1])

    def _last_title(self, i: int, folded: list[str]) -> int | None:
        """Give the last word of those from token ``i`` on that stands as a title before a name.

        The name's last word is not asked about. Behind a given name such a word is a family name ("Mark King"), unless
        it stands in letters that are read one by one ("Alma MP Jan Roe").
        """
        for t in range(len(folded) - 1, -1, -1):
            if t and folded[t] == "dean" and folded[t - 1] in ORGANISATION_WORDS:
                return t
            named = t > 0 and folded[t - 1] in GIVEN and folded[t] not in _SHORT_TITLES
            named = named and not (self.is_acronym(i + t) and not self.is_acronym(i + t - 1))
            if is_title(folded[t]) and not named:
                return t
        return None

    def _is_rank(self, i: int, j: int) -> bool:
        """Tell letters that stand for a rank, an office or an employer before a person's name: "DCI Priya Nandra".

        What follows is two words or more that are no common words, places or parts of a body's name.
        """
        letters = self.text[self.tokens[i].start : self.tokens[i].end]
        rest = [self.tokens[x].folded for x in range(i + 1, j)]
        return (
            2 <= len(letters) <= 4
            and letters.isalpha()
            and letters.isupper()
            and len(rest) >= 2
            and len(rest[-1]) > 1
            and not any(w in ORGANISATION_WORDS or w in PLACES or w in DEMONYMS for w in rest)
            and not is_common(rest[-1])
            and not any(self.is_acronym(x) and len(self.tokens[x].folded) > 2 for x in range(i + 1, j))
        )

    def _is_mixed(self, i: int) -> bool:
        """Tell an abbreviation such as "DpolG" or "NBC": two capitals or more in one word, no point."""
        printed = self.text[self.tokens[i].start : self.tokens[i].end]
        return sum(c.isupper() for c in printed) >= 2 and printed.isalnum()

    def _office_end(self, folded: list[str]) -> int | None:
        """Read "Secretary of State Rex Tillerson": where the name begins after an office that takes an "of"."""
        for t, word in enumerate(folded[:-2]):
            if word in TITLES and folded[t + 1] in {"of", "for"}:
                courtesy = next((x for x in range(len(folded) - 2, t + 1, -1) if folded[x] in COURTESIES), None)
                if courtesy is not None:
                    return courtesy + 1
                rest = len(folded) - t - 2
                if folded[t + 2] in {"the", "a"}:
                    return len(folded) - 2 if rest > 3 and folded[-2] in GIVEN else len(folded)
                if rest >= 3:
                    return len(folded) - 2
                if rest == 2 and (folded[-1] in self.surnames or self.inside[folded[-1]] > self.inside[folded[-2]]):
                    return len(folded) - 1
                return len(folded)
        return None

    def kind_of(self, first: int, last: int, *, titled: bool) -> NameKind | None:
        """Return what the name proper names; ``None`` where it names nobody (a nationality, a plural, a thing)."""
        name = NameProper(
            [self.tokens[x].folded for x in range(first, last)],
            self.text[self.tokens[first].start : self.tokens[last - 1].end],
            self.tokens[first - 1].folded if first else "",
            titled,
            self._is_numbered(last),
            self.is_acronym(first),
            self.surnames,
        )
        return kind_of(name)

    def _is_numbered(self, x: int) -> bool:
        """Tell "Phase 3" and "Article 5": a number follows."""
        return x < len(self.tokens) and self.tokens[x].folded.isdigit() and bool(SPACE.match(self.tokens[x].gap))
