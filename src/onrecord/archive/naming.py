"""Names under which people are quoted, and the speakers who bear them."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Select, delete, exists, select

from onrecord.archive import keys, schema
from onrecord.errors import UsageError

_NAMES: Final = 500  # more fit "Smith" than anybody can mean


def drop_unborne(connection: Connection) -> list[tuple[str, str]]:
    """Delete the names that no mention bears, and the speakers without one; give each name as printed and folded."""
    name, speaker = schema.name, schema.speaker
    unborne = ~exists(select(1).where(schema.mention.c.name == name.c.id))
    gone = connection.execute(select(name.c.id, name.c.name, name.c.folded).where(unborne)).all()
    ids = [row.id for row in gone]
    for part in range(0, len(ids), 1_000):
        some = ids[part : part + 1_000]
        connection.execute(delete(schema.name_word).where(schema.name_word.c.name.in_(some)))
        connection.execute(delete(name).where(name.c.id.in_(some)))
    merged = speaker.alias()
    idle = (
        ~exists(select(1).where(name.c.speaker == speaker.c.id)),
        ~exists(select(1).where(schema.mention.c.speaker == speaker.c.id)),
        ~exists(select(1).where(merged.c.into_speaker == speaker.c.id)),
    )
    connection.execute(delete(speaker).where(*idle))
    return [(row.name, row.folded) for row in gone]


def holding(typed: str) -> Select[Any]:
    """Give the query for the names that hold all of the words; raises UsageError where no word is given."""
    words = keys.fold(typed).split()
    if not words:
        raise UsageError("The name holds no letter: give a name, or some words of one.")
    name, held = schema.name, schema.name_word
    each = [exists(select(1).where(held.c.name == name.c.id, held.c.word == word)) for word in words]
    return select(name.c.id).where(*each)


def named(connection: Connection, typed: str) -> tuple[list[int], list[int]] | None:
    """Find the names that hold all of the words, and the speakers who bear them with those merged with them.

    ``None`` where there are more than 500, which are better asked for by :func:`holding`.
    """
    found = connection.execute(holding(typed).add_columns(schema.name.c.speaker).limit(_NAMES + 1)).all()
    if len(found) > _NAMES:
        return None
    speakers = {row.speaker for row in found if row.speaker is not None}
    return [row.id for row in found], and_merged(connection, sorted(speakers)) if speakers else []


def and_merged(connection: Connection, speakers: list[int]) -> list[int]:
    """Give the speakers that these lead to, and all that lead there."""
    leads = {
        row.id: row.into_speaker
        for row in connection.execute(
            select(schema.speaker.c.id, schema.speaker.c.into_speaker).where(schema.speaker.c.id.in_(speakers))
        )
    }
    ends = {leads[each] or each for each in speakers if each in leads}
    merged = select(schema.speaker.c.id).where(schema.speaker.c.into_speaker.in_(ends))
    return sorted(ends | set(connection.execute(merged).scalars()))
