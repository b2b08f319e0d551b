"""Who speaks in the archive: speakers over many documents, and what people decide about them.

A mention (somebody quoted in one document) and a speaker (somebody quoted in many) are two things. The rule takes those
who bear one full name for one speaker, and nobody else; :func:`propose` says who else may be one, and does nothing.
People decide: merge two speakers, split some documents off, rename, link a name. A decision names documents by their
key and people by their names, not rows, and so holds for every later annotation and version. All of it can be undone:
the state is always that of the rule with the decisions that stand, in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from onrecord.archive import keys, schema
from onrecord.archive.days import day_of
from onrecord.archive.landing import Landing
from onrecord.archive.naming import and_merged, holding, named
from onrecord.errors import UsageError

_AT_ONCE: Final = 1_000
Deed = Literal["merge", "split", "rename", "link"]


class Decision(msgspec.Struct, frozen=True):
    """What somebody decided: ``speaker`` is the one it is about, ``other`` the one that he goes to.

    ``words`` are the new name of a renamed speaker, or the name that is linked. ``pairs`` are the documents' keys and
    the folded names that it holds for; an empty key stands for all documents. ``undone`` says when it was undone.
    """

    id: int
    at: str
    who: str
    what: Deed
    speaker: int
    other: int | None = None
    words: str | None = None
    pairs: tuple[tuple[str, str], ...] = ()
    undone: str | None = None


class Person(msgspec.Struct, frozen=True):
    """A speaker with how often, where and when he is quoted; ``into`` is whom he was merged into."""

    id: int
    name: str
    kind: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    attributions: int
    outlets: int
    first: str | None
    last: str | None
    into: int | None = None


def people(connection: Connection, typed: str = "", *, limit: int = 20) -> list[Person]:
    """List speakers, those quoted most often first; with words, those whose name holds them."""
    a, speaker = schema.attribution, schema.speaker
    chosen = select(a.c.speaker, func.count().label("often")).where(a.c.speaker.is_not(None)).group_by(a.c.speaker)
    if typed.strip():
        found = named(connection, typed)
        chosen = chosen.where(a.c.name.in_(holding(typed)) if found is None else a.c.speaker.in_(found[1]))
    often: dict[int, int] = {}
    merged = connection.execute(select(speaker.c.id, speaker.c.into_speaker).where(speaker.c.into_speaker.is_not(None)))
    leads = {row.id: row.into_speaker for row in merged}
    for row in connection.execute(chosen.order_by(func.count().desc()).limit(limit + len(leads))):
        number = leads.get(row.speaker, row.speaker)
        often[number] = often.get(number, 0) + row.often
    first = sorted(often, key=lambda number: (-often[number], number))[:limit]
    return [person(connection, number) for number in first]


def person(connection: Connection, number: int) -> Person:
    """Give one speaker, with those merged into him; raises UsageError where there is none."""
    speaker, a, mention, name = schema.speaker, schema.attribution, schema.mention, schema.name
    row = connection.execute(select(speaker).where(speaker.c.id == number)).first()
    if row is None:
        raise UsageError(f"The archive has no speaker {number}.")
    all_of = and_merged(connection, [number]) if row.into_speaker is None else [number]
    counted = select(func.count(), func.count(a.c.outlet.distinct()), func.min(a.c.id), func.max(a.c.id))
    times, outlets, first, last = connection.execute(counted.where(a.c.speaker.in_(all_of))).one()
    borne = (
        select(name.c.name, mention.c.titles)
        .join(mention, mention.c.name == name.c.id)
        .where(mention.c.speaker.in_(all_of))
    )
    found = connection.execute(borne.distinct().limit(200)).all()
    return Person(
        row.id,
        row.name,
        row.kind,
        tuple(sorted({each.name for each in found})),
        tuple(sorted({title for each in found for title in (each.titles or "").split("; ") if title})),
        times,
        outlets,
        day_of(first) if first is not None else None,
        day_of(last) if last is not None else None,
        row.into_speaker,
    )


def decisions(connection: Connection, *, standing: bool = False) -> list[Decision]:
    """List what was decided, the first first; only what was not undone, if asked."""
    table = schema.decision
    asked = select(table).order_by(table.c.id)
    if standing:
        asked = asked.where(table.c.undone.is_(None))
    return [_decision(row) for row in connection.execute(asked)]


def _decision(row: Any) -> Decision:
    pairs = msgspec.json.decode(row.pairs, type=tuple[tuple[str, str], ...])
    return Decision(row.id, row.at, row.who, row.what, row.speaker, row.other, row.words, pairs, row.undone)


def merge(connection: Connection, speaker: int, into: int, *, who: str, now: str) -> Decision:
    """Decide that a speaker is another one, under whose number both are found from then on."""
    one, other = _standing(connection, speaker), _standing(connection, into)
    if one == other:
        raise UsageError("A speaker cannot be merged with himself: name two.")
    return _decide(connection, now, who=who, what="merge", speaker=one, other=other)


def rename(connection: Connection, speaker: int, name: str, *, who: str, now: str) -> Decision:
    """Decide by which name a speaker is shown."""
    if not keys.fold(name):
        raise UsageError("A speaker's name holds at least one letter.")
    return _decide(connection, now, who=who, what="rename", speaker=_standing(connection, speaker), words=name.strip())


def split(connection: Connection, speaker: int, documents: Sequence[str], name: str, *, who: str, now: str) -> Decision:
    """Decide that in these documents, by their keys, it is somebody else who is quoted under that speaker's names.

    ``name`` is by which the new speaker is shown. Raises UsageError where the speaker is quoted in none of them.
    """
    one = _standing(connection, speaker)
    pairs = {(row.key, row.folded) for row in _mentions(connection, documents, and_merged(connection, [one]))}
    if not pairs:
        raise UsageError(f"Speaker {one} is quoted in none of these documents.")
    row = connection.execute(select(schema.speaker).where(schema.speaker.c.id == one)).one()
    landing = Landing(connection, now)
    new = landing.take("speaker")
    connection.execute(insert(schema.speaker), {"id": new, "name": name.strip() or row.name, "kind": row.kind})
    landing.write()
    return _decide(connection, now, who=who, what="split", speaker=one, other=new, pairs=sorted(pairs))


def link(
    connection: Connection, name: str, speaker: int, documents: Sequence[str] = (), *, who: str, now: str
) -> Decision:
    """Decide that a name, which the rule takes for nobody, is a speaker's: in these documents, or in all for none."""
    one, folded = _standing(connection, speaker), keys.fold(name)
    if connection.execute(select(schema.name.c.id).where(schema.name.c.folded == folded)).first() is None:
        raise UsageError(f"Nobody is quoted under the name {name}.")
    pairs = [(key, folded) for key in sorted(set(documents)) or [""]]
    return _decide(connection, now, who=who, what="link", speaker=one, other=one, words=name, pairs=pairs)


def undo(connection: Connection, number: int, *, now: str) -> Decision:
    """Undo a decision, and let the others stand; raises UsageError where there is none, or it is undone already."""
    table = schema.decision
    row = connection.execute(select(table).where(table.c.id == number)).first()
    if row is None or row.undone is not None:
        raise UsageError(f"There is no decision {number} that stands.")
    connection.execute(update(table).where(table.c.id == number).values(undone=now))
    _replay(connection)
    _log(connection, now, row.speaker)
    return _decision(connection.execute(select(table).where(table.c.id == number)).one())


def _standing(connection: Connection, speaker: int) -> int:
    """Give a speaker, or whom he was merged into."""
    row = connection.execute(select(schema.speaker).where(schema.speaker.c.id == speaker)).first()
    if row is None:
        raise UsageError(f"The archive has no speaker {speaker}.")
    return int(row.into_speaker or row.id)


def _decide(
    connection: Connection,
    now: str,
    *,
    who: str,
    what: Deed,
    speaker: int,
    other: int | None = None,
    words: str | None = None,
    pairs: Sequence[tuple[str, str]] = (),
) -> Decision:
    landing = Landing(connection, now)
    number = landing.take("decision")
    row = {"id": number, "at": now, "who": who, "what": what, "speaker": speaker, "other": other, "words": words}
    was = connection.execute(select(schema.speaker.c.name).where(schema.speaker.c.id == speaker)).scalar()
    connection.execute(insert(schema.decision), {**row, "was": was, "pairs": msgspec.json.encode(pairs).decode()})
    landing.changed("speaker-decided", speaker)
    landing.write()
    made = Decision(number, now, who, what, speaker, other, words, tuple(pairs))
    _apply(connection, made)
    return made


def _log(connection: Connection, now: str, speaker: int) -> None:
    landing = Landing(connection, now)
    landing.changed("speaker-decided", speaker)
    landing.write()


def _replay(connection: Connection) -> None:
    """Put everything as the rule has it, then as the standing decisions say, in their order."""
    table, mention, name = schema.decision, schema.mention, schema.name
    for row in connection.execute(select(table).where(table.c.what == "rename").order_by(table.c.id.desc())).all():
        connection.execute(update(schema.speaker).where(schema.speaker.c.id == row.speaker).values(name=row.was))
    connection.execute(update(schema.speaker).values(into_speaker=None))
    connection.execute(delete(schema.assignment))
    moved = connection.execute(select(mention.c.id, mention.c.name).where(mention.c.linked_by == "person")).all()
    by_rule = select(name.c.speaker).where(name.c.id == mention.c.name).scalar_subquery()
    connection.execute(update(mention).where(mention.c.linked_by == "person").values(speaker=by_rule, linked_by="rule"))
    _follow(connection, [row.id for row in moved])
    for each in decisions(connection, standing=True):
        _apply(connection, each)


def _apply(connection: Connection, made: Decision) -> None:
    speaker = schema.speaker
    if made.what == "rename":
        connection.execute(update(speaker).where(speaker.c.id == made.speaker).values(name=made.words))
    elif made.what == "merge":
        lead = (speaker.c.id == made.speaker) | (speaker.c.into_speaker == made.speaker)
        other = _standing(connection, made.other or 0)
        if other != made.speaker:
            connection.execute(update(speaker).where(lead).values(into_speaker=other))
    else:
        _assign(connection, made)


def _assign(connection: Connection, made: Decision) -> None:
    """Note for which names in which documents a decision holds, and move the mentions that are there."""
    table = schema.assignment
    for key, folded in made.pairs:
        connection.execute(delete(table).where(table.c.key == key, table.c.folded == folded))
        connection.execute(insert(table), {"key": key, "folded": folded, "speaker": made.other, "decision": made.id})
        moved = [row.id for row in _mentions(connection, [key] if key else (), folded=folded)]
        for part in range(0, len(moved), _AT_ONCE):
            some = schema.mention.c.id.in_(moved[part : part + _AT_ONCE])
            connection.execute(update(schema.mention).where(some).values(speaker=made.other, linked_by="person"))
        _follow(connection, moved)


def _mentions(
    connection: Connection, documents: Sequence[str], speakers: Sequence[int] | None = None, folded: str | None = None
) -> Sequence[Any]:
    """List mentions of these speakers, or under a name, in the documents with these keys, or in all for none."""
    mention, run, name = schema.mention, schema.annotation_run, schema.name
    asked = (
        select(mention.c.id, schema.document.c.key, name.c.folded)
        .join(run, run.c.id == mention.c.run)
        .join(schema.version, schema.version.c.id == run.c.version)
        .join(schema.document, schema.document.c.id == schema.version.c.document)
        .join(name, name.c.id == mention.c.name)
    )
    if speakers is not None:
        asked = asked.where(mention.c.speaker.in_(speakers))
    if documents:
        asked = asked.where(schema.document.c.key.in_(documents))
    if folded is not None:
        asked = asked.where(name.c.folded == folded)
    return connection.execute(asked).all()


def _follow(connection: Connection, mentions: Sequence[int]) -> None:
    """Let the rows that are searched follow their mentions."""
    a, mention = schema.attribution, schema.mention
    speaker = select(mention.c.speaker).where(mention.c.id == a.c.mention).scalar_subquery()
    for part in range(0, len(mentions), _AT_ONCE):
        some = mentions[part : part + _AT_ONCE]
        runs = select(mention.c.run).where(mention.c.id.in_(some))
        connection.execute(update(a).where(a.c.run.in_(runs), a.c.mention.in_(some)).values(speaker=speaker))


def idle(connection: Connection) -> list[Decision]:
    """List the standing decisions that hold for nobody any more: under that name nobody is quoted there."""
    return [
        each
        for each in decisions(connection, standing=True)
        if each.what in {"split", "link"}
        and not any(_mentions(connection, [key] if key else (), folded=folded) for key, folded in each.pairs)
    ]


def forget(connection: Connection, erased: Sequence[str]) -> None:
    """Take documents that were erased, and speakers who are gone, out of what was decided."""
    table, speaker = schema.decision, schema.speaker
    gone = set(erased)
    there = set(connection.execute(select(speaker.c.id)).scalars()) if gone else set()
    connection.execute(delete(schema.assignment).where(schema.assignment.c.key.in_(erased)))
    for each in decisions(connection):
        left = [pair for pair in each.pairs if pair[0] not in gone]
        about = {each.speaker} | ({each.other} if each.other is not None else set())
        if not about <= there or (each.pairs and not left):
            connection.execute(delete(table).where(table.c.id == each.id))
        elif len(left) < len(each.pairs):
            pairs = msgspec.json.encode(left).decode()
            connection.execute(update(table).where(table.c.id == each.id).values(pairs=pairs))
