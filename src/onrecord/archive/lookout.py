"""The watches of an archive as a caller uses them: one object that adds, asks, delivers and removes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy import Engine

from onrecord.archive import delivering, engine, watching
from onrecord.archive.delivering import Carriers
from onrecord.archive.query import Query
from onrecord.archive.watching import Find, Watch
from onrecord.errors import OnRecordError


class Asked(msgspec.Struct, frozen=True):
    """What came of asking one watch: how much it found, how much was delivered, and why the rest was not."""

    name: str
    found: int
    delivered: int
    because: str | None = None


class Watches:
    """The watches of an archive."""

    def __init__(self, database: Engine, clock: Callable[[], str]) -> None:
        """Take the database of an archive."""
        self._engine, self._clock = database, clock

    def add(self, name: str, query: Query, target: str, *, past: bool = False) -> Watch:
        """Add a watch, which begins with what comes from now on, or with the ``past``; UsageError if it cannot."""
        delivering.look_at(target)
        with engine.writing(self._engine) as connection:
            return watching.add(connection, name, query, target, self._clock(), past=past)

    def list(self) -> list[Watch]:
        """List the watches."""
        with engine.reading(self._engine) as connection:
            return watching.watches(connection)

    def remove(self, name: str) -> None:
        """Remove a watch with what it found; raises UsageError where there is none."""
        with engine.writing(self._engine) as connection:
            watching.remove(connection, name)

    def run(self, carriers: Carriers | None = None) -> Sequence[Asked]:
        """Ask every watch of what is new, and deliver what is due; what cannot be delivered is tried again later."""
        return [self._run(each, carriers or Carriers()) for each in self.list()]

    def _run(self, watch: Watch, carriers: Carriers) -> Asked:
        with engine.writing(self._engine) as connection:
            current = next((each for each in watching.watches(connection) if each.id == watch.id), None)
            found = watching.ask(connection, current, self._clock()) if current is not None else 0
        sent = 0
        while due := self._due(watch):
            because = self._deliver(watch, due, carriers)
            if because is not None:
                return Asked(watch.name, found, sent, because)
            sent += len(due)
        return Asked(watch.name, found, sent)

    def _due(self, watch: Watch) -> Sequence[Find]:
        with engine.reading(self._engine) as connection:
            return watching.waiting(connection, watch, self._clock())

    def _deliver(self, watch: Watch, due: Sequence[Find], carriers: Carriers) -> str | None:
        """Deliver some finds, outside any transaction, and note what came of it."""
        now = self._clock()
        with engine.reading(self._engine) as connection:
            newest = watching.newest(connection, watch)
        try:
            delivering.deliver(watch, due, newest, carriers, now)
        except (OSError, OnRecordError) as error:
            because = str(error) if isinstance(error, OnRecordError) else f"{watch.target}: {error.strerror or error}"
            with engine.writing(self._engine) as connection:
                watching.failed(connection, due, because, now)
            return because
        with engine.writing(self._engine) as connection:
            watching.delivered(connection, due, now)
        return None
