"""The speakers of an archive as a caller uses them: one object that lists, proposes, decides and undoes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Engine

from onrecord.archive import engine, keys, people, proposing
from onrecord.archive.people import Decision, Person
from onrecord.archive.proposing import Proposal
from onrecord.document import Document


class Speakers:
    """The speakers of an archive: who they are, who may be one, and what was decided; every decision can be undone."""

    def __init__(self, database: Engine, clock: Callable[[], str], *, keep: bool = True) -> None:
        """Take the database of an archive; without ``keep``, what is decided is tried and not kept."""
        self._engine, self._clock, self._keep = database, clock, keep

    def list(self, name: str = "", *, limit: int = 20) -> list[Person]:
        """List the speakers quoted most often, or those whose name holds these words."""
        with engine.reading(self._engine) as connection:
            return people.people(connection, name, limit=limit)

    def show(self, speaker: int) -> Person:
        """Give one speaker; raises UsageError where there is none."""
        with engine.reading(self._engine) as connection:
            return people.person(connection, speaker)

    def propose(self, name: str = "", *, limit: int = 50) -> Sequence[Proposal]:
        """Say who may be one; nothing is done."""
        with engine.reading(self._engine) as connection:
            return proposing.propose(connection, name, limit=limit)

    def decisions(self, *, idle: bool = False) -> Sequence[Decision]:
        """List what was decided, the first first; or what stands and holds for nobody any more."""
        with engine.reading(self._engine) as connection:
            return people.idle(connection) if idle else people.decisions(connection)

    def tried(self, decide: Callable[[Speakers], Decision]) -> Decision:
        """Give the decision that would be made, and make none."""
        return decide(Speakers(self._engine, self._clock, keep=False))

    def merge(self, speaker: int, into: int, *, who: str = "") -> Decision:
        """Decide that a speaker is another one; raises UsageError where one of them is not there."""
        with engine.writing(self._engine, keep=self._keep) as connection:
            return people.merge(connection, speaker, into, who=who, now=self._clock())

    def split(self, speaker: int, documents: Sequence[str], *, name: str = "", who: str = "") -> Decision:
        """Decide that in these documents, by key, somebody else is quoted under that speaker's names."""
        found = [keys.key_of(Document(each, "", url=each)) for each in documents]
        with engine.writing(self._engine, keep=self._keep) as connection:
            return people.split(connection, speaker, found, name, who=who, now=self._clock())

    def rename(self, speaker: int, name: str, *, who: str = "") -> Decision:
        """Decide by which name a speaker is shown."""
        with engine.writing(self._engine, keep=self._keep) as connection:
            return people.rename(connection, speaker, name, who=who, now=self._clock())

    def link(self, name: str, speaker: int, documents: Sequence[str] = (), *, who: str = "") -> Decision:
        """Decide that a name is a speaker's: in these documents, by key, or wherever it stands."""
        found = [keys.key_of(Document(each, "", url=each)) for each in documents]
        with engine.writing(self._engine, keep=self._keep) as connection:
            return people.link(connection, name, speaker, found, who=who, now=self._clock())

    def undo(self, decision: int) -> Decision:
        """Undo a decision, and let the others stand; raises UsageError where it does not stand."""
        with engine.writing(self._engine, keep=self._keep) as connection:
            return people.undo(connection, decision, now=self._clock())
