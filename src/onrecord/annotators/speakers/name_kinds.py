"""What kind of thing a name proper names: a table of signs, the first that holds decides.

Reads the folded tokens of a name and what the text teaches of them; gives :data:`NameKind`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from onrecord.annotators.speakers.speaker_words import (
    DEMONYMS,
    DOCUMENT_HEADS,
    GIVEN,
    ORGANISATION_WORDS,
    PLACE_OPENERS,
    PLACES,
    PLURAL_ROLES,
    STREETS,
    WORDS_AND_SURNAMES,
)
from onrecord.annotators.speakers.tokens import is_common
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import known_outlets

NameKind = Literal["person", "organisation", "place", "unknown"]

_PARTIES_AND_ADDRESSES: Final = tuple(sorted(word_list("persons.parties_and_addresses")))
_ARABIC: Final = tuple(sorted(word_list("persons.arabic_prefixes")))
_LANDS_IN_LETTERS: Final = word_list("persons.lands_in_letters")
_LINKS: Final = word_list("persons.name_links")
_JOINTS: Final = word_list("persons.name_joints")
_BEFORE_NO_SURNAME: Final = word_list("persons.before_no_surname")
_LONGEST_ACRONYM: Final = 6


class NameProper(NamedTuple):
    """A name without its titles, and the signs that stand at it.

    ``printed`` is the name as printed, ``before`` the folded word before it, ``numbered`` says that a number follows,
    ``acronym`` that its first word is set in capitals, ``surnames`` are those that stand behind a title somewhere.
    """

    folded: Sequence[str]
    printed: str
    before: str
    titled: bool
    numbered: bool
    acronym: bool
    surnames: set[str]

    @property
    def single(self) -> bool:
        """Whether it is one word."""
        return len(self.folded) == 1

    @property
    def heads(self) -> list[str]:
        """The words that a phrase ends in: the last, and those before "of", "for" or "on"."""
        last = len(self.folded) - 1
        return [w for k, w in enumerate(self.folded) if k == last or self.folded[k + 1] in _LINKS]


def kind_of(name: NameProper) -> NameKind | None:
    """Return what a name names; ``None`` where it names nobody (a nationality, a plural, a thing)."""
    return next((kind for holds, kind in _KINDS if holds(name)), "unknown")


def _is_party_or_address(name: NameProper) -> bool:
    return name.folded[0].startswith(_PARTIES_AND_ADDRESSES)


def _is_numbered_word(name: NameProper) -> bool:
    return name.single and not name.titled and is_common(name.folded[0]) and name.numbered


def _is_plural_or_document(name: NameProper) -> bool:
    word = name.folded[0]
    return name.single and (word in PLURAL_ROLES or (word in DOCUMENT_HEADS and is_common(word)))


def _ends_in_nationality(name: NameProper) -> bool:
    last = name.folded[-1]
    return len(name.folded) == 2 and last in DEMONYMS and last not in PLACES and not name.titled


def _is_nationality(name: NameProper) -> bool:
    return name.single and name.folded[0] in DEMONYMS and name.folded[0] not in PLACES and not name.titled


def _is_land_in_letters(name: NameProper) -> bool:
    return _is_nationality(name) and name.folded[0] in _LANDS_IN_LETTERS and name.acronym


def _is_outlet(name: NameProper) -> bool:
    return not name.single and not name.titled and known_outlets().named(name.printed) is not None


def _is_given_name_and_surname(name: NameProper) -> bool:
    """Return whether a word of bodies and places is a family name behind a given name ("Emily Church")."""
    if len(name.folded) != 2 or name.folded[0] not in GIVEN:
        return False
    word = name.folded[1]
    return word in name.surnames or (word in WORDS_AND_SURNAMES and name.before not in _BEFORE_NO_SURNAME)


def _ends_in_street(name: NameProper) -> bool:
    return not name.single and name.folded[-1] in STREETS


def _is_body(name: NameProper) -> bool:
    body = any(w in ORGANISATION_WORDS for w in name.heads) or any(w in _JOINTS for w in name.folded)
    return body and not (name.titled and name.single)


def _is_titled_or_arabic(name: NameProper) -> bool:
    return name.titled or (name.single and name.folded[0].startswith(_ARABIC))


def _is_place(name: NameProper) -> bool:
    return all(w in PLACES or w in DEMONYMS for w in name.folded) or (name.single and name.folded[0] in PLACES)


def _is_short_acronym(name: NameProper) -> bool:
    return name.single and name.acronym and 2 <= len(name.folded[0].replace(".", "")) <= _LONGEST_ACRONYM


def _opens_with_given_name(name: NameProper) -> bool:
    return not name.single and name.folded[0] in GIVEN and name.folded[-1] not in ORGANISATION_WORDS


def _opens_as_place(name: NameProper) -> bool:
    return name.folded[0] in PLACE_OPENERS


_KINDS: Final[tuple[tuple[Callable[[NameProper], bool], NameKind | None], ...]] = (
    (_is_party_or_address, None),
    (_is_numbered_word, None),
    (_is_plural_or_document, None),
    (_ends_in_nationality, None),
    (_is_land_in_letters, "place"),
    (_is_nationality, None),
    (_is_outlet, "organisation"),
    (_is_given_name_and_surname, "person"),
    (_ends_in_street, "place"),
    (_is_body, "organisation"),
    (_is_titled_or_arabic, "person"),
    (_is_place, "place"),
    (_is_short_acronym, "organisation"),
    (_opens_with_given_name, "person"),
    (_opens_as_place, "place"),
)
