"""Where the commands write: files whole and all together or not at all, pipes and devices as streams.

A file's new content is written beside it, onto the disk, and takes its place in one step; where several outputs were
asked for, none takes its place before all are written, and what has taken its place is put back where another cannot.
On Linux the new content has no name until then, so that a process that is killed leaves nothing behind. Never written
over are inputs, links, folders, and files that may not be written.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from onrecord.errors import UsageError

STANDARD_OUTPUT: Final = "-"
_NAMELESS: Final = getattr(os, "O_TMPFILE", None)
_DESCRIPTORS: Final = Path("/proc/self/fd")


def look_at(asked: Mapping[str, str | None], inputs: Iterable[str] = (), *, folder: str | None = None) -> None:
    """Look, before the work, whether the outputs asked for (by option) can be written.

    Raises UsageError where one is an input, another output, a link, a folder, or may not be written, and where
    ``folder``, for tables, is anything but a folder.
    """
    seen: dict[Path | str, str] = {}
    read = [Path(name) for name in inputs if name != STANDARD_OUTPUT]
    for option, file in asked.items():
        if file is None:
            continue
        _refuse(file)
        key = STANDARD_OUTPUT if _is_standard_output(file) else Path(file).resolve()
        if key in seen:
            raise UsageError(f"{seen[key]} and {option} name one place, {file}: give each its own.")
        seen[key] = option
        if not _is_stream(file) and any(_same(name, Path(file)) for name in read):
            raise UsageError(f"{file} is read and would be written over: choose another place.")
    if folder is not None and Path(folder).exists() and not Path(folder).is_dir():
        raise UsageError(f"{folder} cannot be written (it is no folder): choose another folder.")


def write_whole(file: str, content: bytes) -> None:
    """Write one output whole or not at all; ``-`` is standard output. Raises UsageError where it cannot be written."""
    write_together([(file, content)])


def write_together(contents: Sequence[tuple[str, bytes]], *, folders: Iterable[Path] = ()) -> None:
    """Write outputs all together or not at all; ``folders`` are made where they are not there.

    What goes to standard output, a pipe or a device cannot be taken back: it is written when all files are ready.
    Raises UsageError where one cannot be written.
    """
    with ExitStack() as undo:
        for folder in folders:
            _make(folder, undo)
        drafts = []
        for file, content in contents:
            _refuse(file)
            if not _is_stream(file):
                drafts.append(_Draft(Path(file), content, undo))
        for file, content in contents:
            if _is_stream(file):
                _stream(file, content)
        for draft in drafts:
            draft.take_place(undo)
        undo.pop_all()
    for draft in drafts:
        draft.settle()


class _Draft:
    """A file's new content, beside the file; it has no name yet where the system can do without."""

    def __init__(self, path: Path, content: bytes, undo: ExitStack) -> None:
        self._path = path
        self._beside = path.with_name(f".onrecord-{secrets.token_hex(6)}")
        self._old: Path | None = None
        try:
            self._descriptor, self._named = self._opened()
            undo.callback(self._discard)
            if path.exists():
                os.fchmod(self._descriptor, stat.S_IMODE(path.stat().st_mode))
            with os.fdopen(self._descriptor, "wb", closefd=False) as stream:
                stream.write(content)
            with suppress(OSError):  # not every file system can
                os.fsync(self._descriptor)
        except OSError as error:
            raise _unwritable(str(path), error) from error

    def _opened(self) -> tuple[int, bool]:
        if _NAMELESS is not None and _DESCRIPTORS.is_dir():
            with suppress(OSError):  # not every file system can
                return os.open(self._path.parent, _NAMELESS | os.O_WRONLY, 0o666), False
        return os.open(self._beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666), True

    def take_place(self, undo: ExitStack) -> None:
        """Put the new content in the file's place; where that is undone, the old content comes back."""
        try:
            if not self._named:
                nameless = _DESCRIPTORS / str(
                    self._descriptor
                )  # a link; only with a folder given does Python follow it
                os.link(nameless, self._beside, src_dir_fd=self._descriptor, follow_symlinks=True)
                self._named = True
            if self._path.exists():
                self._keep_old()
            self._beside.replace(self._path)
        except OSError as error:
            raise _unwritable(str(self._path), error) from error
        undo.callback(self._restore)

    def _keep_old(self) -> None:
        old = self._beside.with_name(self._beside.name + "-old")
        with suppress(OSError):  # a file system without hard links: there the old content cannot come back
            os.link(self._path, old)
            self._old = old

    def _restore(self) -> None:
        with suppress(OSError):
            if self._old is not None:
                self._old.replace(self._path)
            else:
                self._path.unlink()

    def _discard(self) -> None:
        with suppress(OSError):
            os.close(self._descriptor)
        for name in (self._beside, self._old):
            if name is not None:
                name.unlink(missing_ok=True)

    def settle(self) -> None:
        """Forget the old content, now that all outputs have taken their places."""
        self._discard()


def _make(folder: Path, undo: ExitStack) -> None:
    """Make a folder and those above it; those that were not there go again where the work is undone."""
    missing = []
    at = folder
    while not at.exists() and at != at.parent:
        missing.append(at)
        at = at.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(str(folder), error) from error
    for made in reversed(missing):
        undo.callback(_remove, made)


def _remove(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _refuse(file: str) -> None:
    """Raise UsageError for what is never written over."""
    if file == STANDARD_OUTPUT or _is_stream(file):
        return
    path = Path(file)
    if not file or file.endswith(("/", os.sep)) or path.is_dir():
        raise UsageError(f"{file or 'An empty name'} cannot be written (it names no file): name a file.")
    if path.is_symlink():
        raise UsageError(f"{file} cannot be written (it is a link): name the file that it leads to.")
    if path.exists() and not path.is_file():
        raise UsageError(f"{file} cannot be written (it is no ordinary file): choose another place.")
    if not path.parent.is_dir():
        raise UsageError(f"{file} cannot be written (its folder does not exist): make it, or choose another place.")
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise UsageError(f"{file} cannot be written (permission denied): choose another place.")


def _is_stream(file: str) -> bool:
    """Return whether an output is standard output, a pipe or a device such as a terminal, however it is named."""
    if file == STANDARD_OUTPUT or _is_standard_output(file):
        return True
    try:
        mode = Path(file).stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def _is_standard_output(file: str) -> bool:
    return file in {STANDARD_OUTPUT, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _stream(file: str, content: bytes) -> None:
    try:
        if _is_standard_output(file):
            if sys.stdout is None:
                raise UsageError("Standard output is closed: open it, or name a file.")
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        else:
            with Path(file).open("wb", buffering=0) as stream:
                rest = memoryview(content)
                while rest:
                    rest = rest[stream.write(rest) :]
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable("Standard output" if _is_standard_output(file) else file, error) from error


def _unwritable(name: str, error: OSError) -> UsageError:
    return UsageError(f"{name} cannot be written ({(error.strerror or str(error)).lower()}): choose another place.")
