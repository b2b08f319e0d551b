"""Names under which people are quoted: those that nobody bears any more are taken away."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, select

from onrecord.archive import schema


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
