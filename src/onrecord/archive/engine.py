"""Opens an archive by URL or path, and gives transactions that cannot get into each other's way.

SQLite: write-ahead log, every commit on the disk (``synchronous=FULL``), foreign keys, ``secure_delete``. A writer
begins with ``BEGIN IMMEDIATE`` and so waits its turn; begun deferred, which is what Python's sqlite3 does, two writers
that both have read fail at once with "database is locked", whatever the time limit. PostgreSQL: writers take one
advisory lock, so that the log of changes is in the order of commits.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NoReturn

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

from onrecord.errors import ArchiveError, ArchiveTimeoutError, MissingExtraError, UsageError

WAIT_SECONDS: Final = 60
"""How long a writer waits for another's transaction."""
PAGE_BYTES: Final = 8192
_STEPS: Final = 2_000  # of SQLite's machine between two looks at the clock: well under a millisecond
_WRITERS: Final = 0x6F6E7265636F7264  # "onrecord": the advisory lock that writers of PostgreSQL take
_HEADER: Final = b"SQLite format 3\x00"
_WRITES: Final = "onrecord_writes"


def address_of(url: str) -> URL:
    """Read where an archive is: a URL (``sqlite:///FILE``, ``postgresql://HOST/NAME``), or a path, which is SQLite's.

    Raises UsageError where it is neither.
    """
    if "://" not in url:
        return URL.create("sqlite", database=url)
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise UsageError("The archive's URL cannot be read: write sqlite:///FILE or postgresql://HOST/NAME.") from None
    backend = address.get_backend_name()
    if backend == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and address.database:
        return address.set(drivername="sqlite")
    raise UsageError(f"An archive cannot be in {backend}: take sqlite:///FILE or postgresql://HOST/NAME.")


def connect(url: str, *, create: bool = False) -> Engine:
    """Open the database of an archive, without a look at its tables.

    Raises UsageError where a file is not there and is not to be created, ArchiveError where it is no database of
    SQLite, MissingExtraError without psycopg.
    """
    address = address_of(url)
    if address.get_backend_name() == "sqlite":
        _look_at(Path(str(address.database)), create=create)
        return _sqlite(address)
    return _postgresql(address)


def _look_at(file: Path, *, create: bool) -> None:
    try:
        if not file.exists() and not create:
            raise UsageError(f"There is no archive at {file}: make one with onrecord archive init {file}.")
        if not file.exists() and not file.absolute().parent.is_dir():
            raise UsageError(f"{file} cannot be made (its folder does not exist): make it, or choose another place.")
        if file.exists():
            with file.open("rb") as opened:
                if opened.read(len(_HEADER)) not in {_HEADER, b""}:
                    raise ArchiveError(f"{file} is no archive of onrecord: give the path of one, or a new path.")
    except OSError as error:
        raise ArchiveError(f"{file} cannot be opened ({(error.strerror or str(error)).lower()}).") from None


def _sqlite(address: URL) -> Engine:
    engine = create_engine(address, connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by sqlite3
        for pragma in (
            f"page_size={PAGE_BYTES}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
            "cache_size=-65536",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(address: URL) -> Engine:
    try:
        import psycopg  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("psycopg", "postgresql") from None
    engine = create_engine(address, connect_args={"connect_timeout": 10}, isolation_level="REPEATABLE READ")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")

    return engine


@contextmanager
def writing(engine: Engine, *, keep: bool = True) -> Iterator[Connection]:
    """Give a transaction that writes: one at a time, committed at the end, undone by any error, or unless ``keep``.

    Raises ArchiveError where another holds the archive too long, or the database cannot be written.
    """
    with _said(engine), engine.connect() as plain:
        connection = plain.execution_options(**{_WRITES: True})
        if engine.dialect.name == "postgresql":  # each statement sees what was committed before it got the lock
            connection = connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin() as transaction:
            yield connection
            if not keep:
                transaction.rollback()


@contextmanager
def reading(engine: Engine, seconds: float | None = None) -> Iterator[Connection]:
    """Give a transaction that reads one state of the archive, however long it takes, up to ``seconds``.

    Raises ArchiveTimeoutError where the time is up; the statement is interrupted, not waited for.
    """
    with _said(engine), engine.connect() as connection, connection.begin(), _limited(connection, seconds):
        yield connection


@contextmanager
def _limited(connection: Connection, seconds: float | None) -> Iterator[None]:
    if seconds is None:
        yield
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(int(seconds * 1000), 1)}")
        yield
    else:
        bare: Any = connection.connection.driver_connection
        deadline = time.monotonic() + seconds
        bare.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
        try:
            yield
        finally:
            bare.set_progress_handler(None, 0)


@contextmanager
def _said(engine: Engine) -> Iterator[None]:
    """Turn the errors of a database into one sentence that says what to do; statements and their words stay out."""
    try:
        yield
    except DBAPIError as error:
        _fail(engine, str(error.orig))


def _fail(engine: Engine, message: str) -> NoReturn:
    where = engine.url.render_as_string(hide_password=True)
    said = (message.strip().splitlines() or [""])[0]
    if "interrupted" in said or "statement timeout" in said:
        raise ArchiveTimeoutError("The search took longer than its time: give more words, or fewer days.") from None
    if "locked" in said or "lock timeout" in said:
        raise ArchiveError(f"Another process has kept {where} busy for {WAIT_SECONDS} s: try again later.") from None
    if "not a database" in said or "malformed" in said:
        raise ArchiveError(
            f"{where} is damaged or no archive ({said}): look at it with onrecord archive check."
        ) from None
    raise ArchiveError(f"{where} could not be used ({said}).") from None


def empty_log(engine: Engine) -> None:
    """Write SQLite's log into its file and cut it; write PostgreSQL's tables anew, without what was deleted."""
    with _said(engine), engine.connect() as plain:
        if engine.dialect.name == "postgresql":
            plain.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM (FULL, ANALYZE)"))
        else:
            bare: Any = plain.connection.driver_connection
            bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
