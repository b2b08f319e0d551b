"""An archive as a caller uses it: one object, opened by path or URL, that adds, searches and gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection

from onrecord.annotation import Annotations
from onrecord.archive import (
    annotating,
    checking,
    differences,
    engine,
    erasing,
    exporting,
    keeping,
    keys,
    migrating,
    naming,
    pruning,
    rereading,
    searching,
    stored,
)
from onrecord.archive.differences import Differences
from onrecord.archive.keeping import Kept, What
from onrecord.archive.lookout import Watches
from onrecord.archive.preparing import Prepared, prepare, run_of
from onrecord.archive.pruning import Pruned
from onrecord.archive.query import Query
from onrecord.archive.searching import Page
from onrecord.archive.shelf import Stories
from onrecord.archive.speakers import Speakers
from onrecord.archive.stored import StoredVersion
from onrecord.document import Document
from onrecord.errors import UsageError

_Item = TypeVar("_Item")
Progress = Callable[[str, int, int], None]
TOGETHER = 32
"""How many documents are annotated and kept together; a run that is stopped loses at most these."""


def now() -> str:
    """Give the time in UTC, to the second (ISO 8601)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive:
    """What was read, with every version, what was found in it, and the index by which it is searched.

    >>> with onrecord.Archive("news.db", create=True) as archive:
    ...     archive.add(onrecord.read("reports/"))
    ...     page = archive.search("harbour", speaker="Strand")
    """

    def __init__(self, url: str, *, create: bool = False, clock: Callable[[], str] = now) -> None:
        """Open an archive by path or URL; ``create`` makes it where there is none.

        An archive of an older format is brought to the present one. Raises UsageError where there is none, ArchiveError
        where it cannot be used, MissingExtraError without psycopg.
        """
        self._engine = engine.connect(url, create=create)
        self._clock = clock
        try:
            self.came_as = migrating.bring_up(self._engine, create=create)
            """The format that it had when it was opened; ``None`` where it was made."""
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Give the archive."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def add(self, documents: Iterable[Document], *, progress: Progress | None = None) -> list[Kept]:
        """Annotate documents and keep them; say of each, in order, what became of it.

        What is kept already is neither annotated nor kept again. A document that cannot be annotated is kept with the
        reason, and said to be ``failed``. Documents are kept some at a time, each whole or not at all: a run that was
        stopped goes on where it is called again.
        """
        given, kept = list(documents), []
        for part in _parts(given, TOGETHER):
            kept += self._add(part)
            if progress is not None:
                progress("Keeping", len(kept), len(given))
        return kept

    def _add(self, part: Sequence[Document]) -> list[Kept]:
        digests = [annotating.digest(each) for each in part]
        named = [(keys.key_of(each), digest) for each, digest in zip(part, digests, strict=True)]
        with engine.reading(self._engine) as connection:
            there = keeping.known_digests(connection, named)
        runs = annotating.annotated([each for each, name in zip(part, named, strict=True) if name not in there])
        ready = [
            prepare(each, name[1], annotating.outlet_name(each), None if name in there else next(runs))
            for each, name in zip(part, named, strict=True)
        ]
        return self._keep(ready)

    def would_add(self, documents: Iterable[Document]) -> list[Kept]:
        """Say what :meth:`add` would do with each document, and do nothing; nothing is annotated."""
        ready = [prepare(each, annotating.digest(each), None, None) for each in documents]
        with engine.reading(self._engine) as connection:
            return keeping.would_keep(connection, ready)

    def outdated(self) -> int:
        """Count the documents whose current version the present annotator has not read."""
        with engine.reading(self._engine) as connection:
            return rereading.count_outdated(connection, annotating.annotator())

    def reread(self, *, limit: int | None = None, progress: Progress | None = None) -> list[Kept]:
        """Annotate such documents anew, the newest first, at most ``limit``, and index what is found in each.

        One that cannot be annotated keeps what was found before and is said to be ``failed``. A run that was stopped
        goes on where it is called again.
        """
        wanted = min(self.outdated(), limit if limit is not None else 2**62)
        done: list[Kept] = []
        while len(done) < wanted:
            part = self._reread(min(TOGETHER, wanted - len(done)))
            if not part:
                break
            done += part
            if progress is not None:
                progress("Annotating anew", len(done), wanted)
        return done

    def _reread(self, limit: int) -> list[Kept]:
        by = annotating.annotator()
        with engine.reading(self._engine) as connection:
            chosen = rereading.outdated(connection, by, limit)
            versions = [stored.version_at(connection, version) for _, version in chosen]
            names = stored.keys_by_id(connection, [document for document, _ in chosen])
        done = []
        runs = annotating.annotated([each.document for each in versions])
        for (document, version), one, run in zip(chosen, versions, runs, strict=True):
            with engine.writing(self._engine) as connection:
                switched = rereading.switch(connection, document, version, run, self._clock())
            what: What = "failed" if run.failure else "annotated" if switched else "unchanged"
            done.append(Kept(names[document], what, document, one.number, run.failure))
        return done

    def add_annotated(self, annotated: Iterable[Annotations], *, together: int = TOGETHER) -> list[Kept]:
        """Keep documents that were annotated by this version of onrecord with the weights that come with it.

        ``together`` is how many are kept in one transaction.
        """
        by, kept = annotating.annotator(), []
        for part in _parts(annotated, together):
            documents = [each.document for each in part]
            ready = [
                prepare(
                    document,
                    keys.digest_of(document, document.blocks),
                    annotating.outlet_name(document),
                    run_of(each, by),
                )
                for document, each in zip(documents, part, strict=True)
            ]
            kept += self._keep(ready)
        return kept

    def _keep(self, ready: Sequence[Prepared]) -> list[Kept]:
        with engine.writing(self._engine) as connection:
            kept = keeping.keep(connection, ready, self._clock())
        failures = [each.run.failure if each.run is not None else None for each in ready]
        return [
            one._replace(what="failed", because=because) if because and one.what in {"added", "new-version"} else one
            for one, because in zip(kept, failures, strict=True)
        ]

    def search(
        self,
        words: str | Query = "",
        *,
        limit: int = 20,
        after: str | None = None,
        seconds: float = 5.0,
        **limits: Any,
    ) -> Page:
        """Search by words and by the other fields of :class:`~onrecord.archive.query.Query` (``speaker="Strand"``).

        ``after`` is the place where the former page ended. Raises UsageError where the query cannot be read,
        ArchiveTimeoutError where it takes longer than ``seconds``.
        """
        query = words if isinstance(words, Query) else Query(words=words, **limits)
        return searching.search(self._engine, query, limit=limit, after=after, seconds=seconds)

    def versions(self, document: int | str) -> list[StoredVersion]:
        """List the versions of a document, by its id or key, the first one first; raises UsageError for no document."""
        with engine.reading(self._engine) as connection:
            return stored.versions_of(connection, stored.document_id(connection, document))

    def changes(self, document: int | str) -> list[tuple[StoredVersion, Differences | None]]:
        """List the versions of a document, the first one first, each with how it differs from the one before it.

        ``None`` for the first, and where one of the two could not be annotated.
        """
        result: list[tuple[StoredVersion, Differences | None]] = []
        former: Annotations | None = None
        for each in self.versions(document):
            with engine.reading(self._engine) as connection:
                found = stored.annotations_at(connection, each)
            compared = differences.differences(former, found) if former is not None and found is not None else None
            result.append((each, compared))
            former = found
        return result

    def annotations(self, document: int | str, version: int | None = None) -> Annotations | None:
        """Give what was found in a document, by its id or key: in its current version, or in the one of this number.

        ``None`` where it could not be annotated. Raises UsageError for no such document or version.
        """
        return self.version(document, version)[1]

    def version(self, document: int | str, version: int | None = None) -> tuple[StoredVersion, Annotations | None]:
        """Give the current version of a document, or the one of this number, with what was found in it."""
        with engine.reading(self._engine) as connection:
            row = stored.document_row(connection, document)
            for each in reversed(stored.versions_of(connection, row.id)):
                if version == each.number or (version is None and each.id == row.current):
                    return each, stored.annotations_at(
                        connection, each, row.indexed if each.id == row.current else None
                    )
        raise UsageError(f"Document {document} has no version {version}.")

    def erase(
        self,
        document: int | str | None = None,
        *,
        speaker: int | None = None,
        outlet: str | None = None,
        because: str,
        who: str = "",
        beside: Iterable[Path] = (),
    ) -> tuple[int, list[str]]:
        """Erase a document by its id or key, every document that quotes a speaker, or every document of an outlet.

        Gives how many documents were erased, and, in a sentence each, where bytes of them are left: in the files of a
        SQLite archive, and in the files and folders ``beside`` it. Raises UsageError where nothing fits.
        """
        with engine.writing(self._engine) as connection:
            chosen = self._chosen(connection, document, speaker, outlet)
            erased = erasing.erase(connection, chosen, who=who, because=because, now=self._clock())
        erasing.overwrite(self._engine)
        return erased.documents, erasing.left_over(self._engine, erased.traces, beside)

    def would_erase(
        self, document: int | str | None = None, *, speaker: int | None = None, outlet: str | None = None
    ) -> list[str]:
        """List the keys of the documents that :meth:`erase` would erase."""
        with engine.reading(self._engine) as connection:
            return stored.keys_of(connection, self._chosen(connection, document, speaker, outlet))

    def _chosen(
        self, connection: Connection, document: int | str | None, speaker: int | None, outlet: str | None
    ) -> list[int]:
        if sum(each is not None for each in (document, speaker, outlet)) != 1:
            raise UsageError("Say what to erase: one document, one speaker or one outlet.")
        if document is not None:
            return [stored.document_id(connection, document)]
        if speaker is not None:
            found = erasing.documents_of_speaker(connection, naming.and_merged(connection, [speaker]))
        else:
            found = erasing.documents_of_outlet(connection, searching.outlets_named(connection, str(outlet)))
        if not found:
            raise UsageError("The archive has no such documents.")
        return found

    def prune(self, *, dry_run: bool = False) -> Pruned:
        """Delete annotations that later ones have taken the place of, and give the room back; say how much went."""
        if dry_run:
            with engine.reading(self._engine) as connection:
                return pruning.would_prune(connection)
        with engine.writing(self._engine) as connection:
            pruned = pruning.prune(connection)
        erasing.overwrite(self._engine)
        return pruned

    def export_lines(self) -> Iterator[bytes]:
        """Give every version of every document, with what was found in it, as a line of JSON, in the order of keys."""
        with engine.reading(self._engine) as connection:
            yield from exporting.lines(connection)

    def export_table(self, file: Path) -> int:
        """Write the attributions of the current versions as a Parquet table; give how many there are.

        Raises MissingExtraError without pyarrow (the extra ``tables``).
        """
        with engine.reading(self._engine) as connection:
            return exporting.parquet(connection, file)

    @property
    def people(self) -> Speakers:
        """Who speaks in the archive, and what people decide about them."""
        return Speakers(self._engine, self._clock)

    @property
    def stories(self) -> Stories:
        """Which documents are compared as one story, and every comparison."""
        return Stories(self._engine, self._clock)

    @property
    def watches(self) -> Watches:
        """Stored queries that are asked of what is new, and where their finds go."""
        return Watches(self._engine, self._clock)

    def check(self, *, texts: bool = True) -> list[str]:
        """Say what is wrong with the archive, a sentence each; nothing where it is whole."""
        return checking.check(self._engine, texts=texts)


def _parts(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
