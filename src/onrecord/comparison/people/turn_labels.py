"""Whose turn is it? A label of a transcript (``MR. TRUMP``, ``Q``, ``THE PRESIDENT``) against a speaker's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from onrecord.annotation import Speaker
from onrecord.lexicon.load import word_list
from onrecord.text.words import words

_TITLES: Final = word_list("people.turn_labels_titles")
_ROLES: Final = word_list("people.roles")
_BRACKETS: Final = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_COURTESIES: Final = {
    "mr": "m",
    "mister": "m",
    "sir": "m",
    "ms": "f",
    "mrs": "f",
    "miss": "f",
    "dame": "f",
    "madam": "f",
    "madame": "f",
}
_SPOKEN_TO: Final = {"m": "Mr", "f": "Ms"}
ASKERS: Final = word_list("people.askers")


def whose(names: Sequence[str], label: str | None, labels: Iterable[str]) -> bool | None:
    """Say whether a turn is the speaker's: yes, no, or ``None`` where label or name leave it open.

    ``names`` are the forms of the speaker's name, ``labels`` all labels of the transcript: a turn of an unnamed
    asker is not the speaker's when another label is his. What a form or a label says in full, or by Mr and Ms, counts
    against another person of the surname.
    """
    known = [n for n in names if _own(n)]
    if not known or label is None:
        return None
    if not _own(label):
        elsewhere = asks(label) and any(_fits(known, other) for other in labels)
        return False if elsewhere else None
    return _fits(known, label)


def speaks_there(names: Sequence[str], labels: Sequence[str]) -> bool | None:
    """Say whether one of the labels of a transcript is the speaker's; ``None`` where labels or name leave it open."""
    answers = [whose(names, label, labels) for label in labels if not asks(label)]
    if any(answers):
        return True
    return None if not answers or None in answers else False


def named(label: str, who: Speaker) -> str:
    """Give a label as the name of the person whom it was read as, with Mr or Ms where either is known."""
    said = _courtesy([label]) or who.gender
    return f"{_SPOKEN_TO[said]} {who.name}" if said else who.name


def by_elimination(who: Speaker, others: Iterable[Speaker], labels: Iterable[str]) -> str | None:
    """Give the courtesy of one of two persons of a surname whose sex is known of the other, where labels say both."""
    if who.gender is not None or who.kind != "person":
        return None
    own = surnames([who.name])
    known = {
        o.gender for o in others if o.id != who.id and o.gender and o.kind == "person" and surnames([o.name]) == own
    }
    said = {_courtesy([label]) for label in labels if surnames([label]) == own}
    if len(known) != 1 or not {"m", "f"} <= said:
        return None
    return _SPOKEN_TO["f" if known == {"m"} else "m"]


def names_somebody(label: str) -> bool:
    """Return whether a label holds a name, not an office or a role alone."""
    return bool(_own(label))


def surnames(names: Sequence[str]) -> frozenset[str]:
    """Give the last words of the forms of a name, titles apart."""
    return frozenset(own[-1] for own in map(_own, names) if own)


def asks(label: str) -> bool:
    """Return whether a label is that of somebody unnamed who asks."""
    return any(w.folded in ASKERS for w in words(label))


def _fits(names: Sequence[str], label: str) -> bool:
    """Return whether a label may name the person whom all these forms name."""
    if _courtesy([label]) is not None and _courtesy(names) is not None and _courtesy([label]) != _courtesy(names):
        return False
    full = [name for name in names if len(_own(name)) > 1]
    if full and len(_own(label)) > 1:
        return any(_same(name, label) for name in full)
    return any(_same(name, label) for name in names)


def _courtesy(names: Sequence[str]) -> str | None:
    """Give the sex that Mr, Ms and the like say, where they say one."""
    said = {sex for name in names for w in words(name) if (sex := _COURTESIES.get(w.folded)) is not None}
    return said.pop() if len(said) == 1 else None


@lru_cache(maxsize=10_000)
def _own(name: str) -> tuple[str, ...]:
    """Give the words of a name that are no title and no role; of a label without any, those that brackets name.

    What stands behind a comma or in brackets is a role, a party, a seat or a time.
    """
    bare = _BRACKETS.sub(" ", name).partition(",")[0]
    own = () if _is_office(bare) else _words(bare)
    if own or asks(bare):
        return own
    inside = [m[1] for m in _BRACKETS.finditer(name)]
    named = [part for part in inside if _courtesy([part]) or len(_words(part)) > 1]
    return next((_words(part) for part in named if all(w[0].isupper() for w in part.split())), ())


def _is_office(label: str) -> bool:
    """Return whether a label is an office that is written out: "The Minister for Water", "Secretary of State"."""
    found = [w.folded for w in words(label)]
    link = next((at for at, word in enumerate(found) if word in {"of", "for"}), 0)
    return link > 0 and (found[0] == "the" or all(word in _TITLES or word in _ROLES for word in found[:link]))


def _words(name: str) -> tuple[str, ...]:
    found = [w.folded.removesuffix("'s") for w in words(name)]
    office = found and found[-1] in _TITLES and found[-1] not in _COURTESIES
    if office or (found and found[0] in _ROLES and len(found) <= 2):
        return ()
    if found and found[0] in _COURTESIES and "of" in found:  # "Mr. Roe of North Wexholm"
        found = found[: found.index("of")]
    return tuple(w for w in found if w not in _TITLES and w not in _ROLES and not w.isdigit())


def _same(name: str, label: str) -> bool:
    one, other = _own(name), _own(label)
    if not one or not other:
        return False
    if len(one) > 1 and len(other) > 1:
        initials = one[0][0] == other[0][0] and (len(one[0]) == 1 or len(other[0]) == 1)
        return one[-1] == other[-1] and (one[0] == other[0] or initials or one[0] in other or other[0] in one)
    return one[-1] == other[-1] or (len(one) == 1 and one[0] in other) or (len(other) == 1 and other[0] in one)
