"""Makes an archive, and brings an older one to the present format, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from onrecord.archive import schema, tombstones
from onrecord.archive.engine import reading, writing
from onrecord.errors import ArchiveError

_FOLDER = Path(__file__).parent / "migrations"


def format_of(connection: Connection) -> str | None:
    """Return an archive's format; ``None`` where the database is empty. Raises ArchiveError where it is another's."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables and "annotation_run" in tables:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if tables:
        raise ArchiveError("The database holds other tables and no archive: give one that is empty.")
    return None


def look_at(engine: Engine) -> str | None:
    """Return the format of the archive that is there, ``None`` where the database is empty; changes nothing."""
    with reading(engine) as connection:
        return format_of(connection)


def bring_up(engine: Engine, *, create: bool) -> str | None:
    """Make the tables where there are none and may be, or bring them to the present format.

    Returns the format that was there, ``None`` where there was none. Raises ArchiveError where there is no archive, or
    one that a later version of onrecord made.
    """
    there = look_at(engine)
    if there == schema.FORMAT:
        return there
    if there is None and not create:
        raise ArchiveError("The database holds no archive: make one with onrecord archive init.")
    with writing(engine) as connection:
        there = format_of(connection)  # another process may have been quicker
        if there != schema.FORMAT:
            upgrade(connection, there)
    return there


def upgrade(connection: Connection, there: str | None, *, to: str = schema.FORMAT) -> None:
    """Bring an archive from one format to a later one, inside the transaction that is open."""
    from alembic.config import Config  # noqa: PLC0415 - 0.2 s, and only where there is something to do
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415 - likewise
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - likewise

    scripts = ScriptDirectory(str(_FOLDER))
    if there is not None and there not in {each.revision for each in scripts.walk_revisions()}:
        raise ArchiveError(f"The archive has format {there}, made by a later version of onrecord: install that one.")

    def steps(revision: Any, _context: Any) -> Any:
        return scripts._upgrade_revs(to, revision)  # noqa: SLF001 - what alembic's own command calls

    with EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=schema.TABLES, transactional_ddl=True)
        environment.run_migrations()
    if there is None:
        tombstones.new_secret(connection)
