"""Who may be one: proposals for somebody to decide on, each with its reason; nothing is done.

Reads the names of the speakers quoted most often, or of those that are asked for; looks at other names with the same
last word only.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import Connection, exists, func, select

from onrecord.archive import schema
from onrecord.archive.naming import and_merged
from onrecord.archive.people import Person, people

Reason = Literal["middle-name", "initial", "one-letter", "last-name-alone"]
_MOST: Final = 100  # names with one last word that are looked at
_LONG: Final = 5  # letters from which on a word may differ in one


class Proposal(msgspec.Struct, frozen=True):
    """A name that may be a speaker's. ``other`` is the speaker who bears it; ``None``: the rule takes it for nobody.

    ``together`` counts the documents that quote both under the two names, which speaks for it where the name is a last
    name alone, and against it else.
    """

    speaker: int
    name: str
    other: int | None
    other_name: str
    reason: Reason
    together: int


def propose(connection: Connection, typed: str = "", *, limit: int = 50) -> list[Proposal]:
    """Propose names for the speakers quoted most often, or for those whose name holds the words."""
    found: list[Proposal] = []
    seen: set[frozenset[int]] = set()
    for one in people(connection, typed, limit=200):
        for row in _with_last_word(connection, one):
            pair = frozenset({one.id, row.speaker or -row.id})
            if pair in seen or len(found) >= limit:
                continue
            seen.add(pair)
            if (reason := _reason(one, row)) is not None:
                together = _together(connection, one, row.id)
                found.append(Proposal(one.id, one.name, row.speaker, row.name, reason, together))
    return found


def _with_last_word(connection: Connection, one: Person) -> list[Any]:
    """List the names whose last word is that of a speaker's name, and which are not his already."""
    name, word = schema.name, schema.name_word
    folded = [each.split() for each in _folded(connection, one)]
    lasts = sorted({each[-1] for each in folded if len(each) > 1})
    own = and_merged(connection, [one.id])
    asked = (
        select(name.c.id, name.c.name, name.c.folded, name.c.speaker)
        .where(exists(select(1).where(word.c.name == name.c.id, word.c.word.in_(lasts))))
        .where(name.c.speaker.is_(None) | name.c.speaker.not_in(own))
        .order_by(name.c.id)
        .limit(_MOST)
    )
    return [row for row in connection.execute(asked) if row.folded.split()[-1] in lasts]


def _folded(connection: Connection, one: Person) -> list[str]:
    name = schema.name
    return list(connection.execute(select(name.c.folded).where(name.c.name.in_(one.names))).scalars())


def _reason(one: Person, row: Any) -> Reason | None:
    ours, theirs = one.name.casefold().replace(".", "").split(), row.folded.split()
    if len(theirs) == 1:
        return "last-name-alone" if row.speaker is None else None
    if ours[0] == theirs[0] and len(ours) != len(theirs):
        return "middle-name"
    if len(ours) == len(theirs) and all(
        a == b or (1 in {len(a), len(b)} and a[0] == b[0]) for a, b in zip(ours, theirs, strict=True)
    ):
        return "initial"
    if len(ours) == len(theirs) and _one_letter(ours, theirs):
        return "one-letter"
    return None


def _one_letter(ours: list[str], theirs: list[str]) -> bool:
    unlike = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return len(unlike) == 1 and min(map(len, unlike[0])) >= _LONG and DamerauLevenshtein.distance(*unlike[0]) == 1


def _together(connection: Connection, one: Person, name: int) -> int:
    """Count the documents that quote both the speaker and whoever bears the name."""
    a = schema.attribution
    other = a.alias()
    asked = select(func.count(a.c.document.distinct())).where(a.c.name == name)
    own = and_merged(connection, [one.id])
    asked = asked.where(
        exists(select(1).where(other.c.document == a.c.document, other.c.run == a.c.run, other.c.speaker.in_(own)))
    )
    return connection.execute(asked).scalar_one()
