"""Whether two names may be one person's: nicknames, initials, spellings that sound alike, one nation's names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from onrecord.lexicon.load import word_list
from onrecord.text.words import CLOSED_CLASS, fold

_TITLES: Final = word_list("people.titles")
_SUFFIXES: Final = word_list("people.suffixes")
_SURNAME_ALIKE: Final = 84.0  # per cent; "Schäuble" and "Schaeuble" have 88, "Nikolic" and "Nikolov" 71
_GIVEN_ALIKE: Final = 74.0  # per cent; "Mohamed" and "Muhammad" have 80, "Mark" and "Mary" 75, told apart by length
_GIVEN: Final = (word_list("persons.given_m"), word_list("persons.given_f"))
_SHORTENED: Final = 3  # characters of a given name that may be short for a longer one
_SHORTEST_FUZZY: Final = 5  # characters; shorter names differ by one letter and are other names
_NICKNAMES: Final = {
    "bill": "william", "bob": "robert", "dick": "richard", "jim": "james", "joe": "joseph", "mike": "michael",
    "tom": "thomas", "tony": "anthony", "ted": "edward", "liz": "elizabeth", "kate": "katherine", "sam": "samuel",
    "dan": "daniel", "ben": "benjamin", "steve": "stephen", "chris": "christopher", "tim": "timothy", "ed": "edward",
    "rob": "robert", "ron": "ronald", "don": "donald", "ken": "kenneth", "jeff": "jeffrey", "matt": "matthew",
    "nick": "nicholas", "pete": "peter", "dave": "david", "bernie": "bernard", "chuck": "charles", "jack": "john",
    "harry": "henry", "larry": "lawrence", "andy": "andrew", "alex": "alexander", "sue": "susan", "peggy": "margaret",
    "maggie": "margaret", "becky": "rebecca", "debbie": "deborah", "jen": "jennifer", "vlad": "vladimir",
}  # fmt: skip


def name_words(name: str) -> tuple[str, ...]:
    """Give the folded words of a name without articles, titles, suffixes and possessive endings."""
    found = [fold(word).removesuffix("'s") for word in re.findall(r"[\w'’.&-]+", name)]
    found = [word.strip(".-'").replace(".", "") for word in found]
    kept = [word for word in found if word and word not in {"the", "a", "an", "&"}]
    while len(kept) > 1 and kept[0] in _TITLES:
        kept.pop(0)
    while len(kept) > 1 and kept[-1] in _SUFFIXES:
        kept.pop()
    return tuple(kept)


def _alike(left: str, right: str, least: float) -> bool:
    if left == right:
        return True
    if min(len(left), len(right)) < _SHORTEST_FUZZY or left[0] != right[0]:
        return False
    return fuzz.ratio(left, right) >= least


def _same_given(left: Sequence[str], right: Sequence[str]) -> bool:
    first, second = left[0], right[0]
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    if _NICKNAMES.get(first, first) == _NICKNAMES.get(second, second) or first in right or second in left:
        return True
    short, long = sorted((first, second), key=len)
    if len(short) >= _SHORTENED and long.startswith(short) and any({short, long} <= names for names in _GIVEN):
        return True  # "Tom" and "Tomas", not "Paul" and "Paula"
    return _alike(first, second, _GIVEN_ALIKE) or _sound_alike(first, second)


def _sound_alike(left: str, right: str) -> bool:
    """Tell "Mohamed" and "Muhammad" for one: the same consonants in order, three or more, and a like ending."""
    a, b = (re.sub(r"[aeiouy]", "", re.sub(r"(.)\1", r"\1", word)) for word in (left, right))
    return a == b and len(a) >= 3 and (left[-1] in "aeiouy") == (right[-1] in "aeiouy")


def same_person(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two full names (folded words, two or more) can be one person's: spelling, initials, middle names."""
    if len(left) < 2 or len(right) < 2:
        return False
    shorter, longer = sorted((tuple(left), tuple(right)), key=len)
    if longer[: len(shorter)] == shorter:
        return True
    a, b = "".join(left[1:]), "".join(right[1:])
    surnames = left[-1] == right[-1] or _alike(left[-1], right[-1], _SURNAME_ALIKE) or _alike(a, b, _SURNAME_ALIKE)
    return surnames and _same_given(left[:-1], right[:-1])


def initials_of(tokens: Sequence[str]) -> set[str]:
    """Give the initials that the tokens of a name are or begin with."""
    content = [t for t in tokens if t not in CLOSED_CLASS]
    return {"".join(t[0] for t in content), "".join(t[0] for t in tokens)}


def same_nation(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell "Nigeria's government" and "Nigerian government" for one: each word equal, or alike but for its ending."""
    if len(left) != len(right):
        return False
    return all(a == b or (min(len(a), len(b)) >= 5 and a[:5] == b[:5]) for a, b in zip(left, right, strict=True))
