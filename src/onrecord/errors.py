"""The errors that onrecord raises.

    OnRecordError                one base: catch this to catch all of them
    ├── ReadError                a file, an address or standard input cannot be read as a document
    │   ├── EmptyDocumentError   it was read, and holds no text
    │   ├── FormatError          its bytes are of another kind than its name says, or of a kind that is not read
    │   │   └── LanguageError    it is in another language than English
    │   └── FetchError           an address may not be fetched, cannot be, or exceeds a limit (see its reason)
    ├── DocumentError            documents that a stage could not take: its `failures`, and what the others gave
    ├── UsageError               the call's arguments do not fit together
    ├── StyleError               a house style names a verdict that does not exist, or is no TOML
    ├── WeightsError             the encoder's files are missing, damaged or of another version
    ├── LabelledDataError        a labelled file does not have the form that its metric reads
    ├── ArchiveError             an archive cannot be opened, is damaged, busy or of a later format
    │   └── ArchiveTimeoutError  a search took longer than the time it was given
    └── MissingExtraError        an optional package is not installed (names the extra to install)

Every message is one sentence that says what was wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal


class OnRecordError(Exception):
    """Base of every error that onrecord raises on purpose."""


class ReadError(OnRecordError):
    """A file, an address or standard input cannot be read as a document."""


class EmptyDocumentError(ReadError):
    """The document was read and holds no text."""


class FormatError(ReadError):
    """The bytes are of another kind than the name says, or of a kind that is not read."""


class LanguageError(FormatError):
    """The text is in another language than English, which alone is read."""


class DocumentError(OnRecordError):
    """A stage could not take some documents.

    ``failures`` says which, at what stage and why; ``done`` holds what the other documents gave.
    """

    def __init__(self, failures: Sequence[Any], done: Sequence[Any] = ()) -> None:
        """Take the failures, and what was done beside them."""
        super().__init__(" ".join(failure.because for failure in failures) or "No document is left.")
        self.failures = tuple(failures)
        self.done = tuple(done)


FetchReason = Literal[
    "bad-address",
    "user-in-address",
    "odd-port",
    "no-host",
    "not-public",
    "robots",
    "redirects",
    "too-large",
    "too-slow",
    "failed",
    "status",
]


class FetchError(ReadError):
    """An address may not be fetched, cannot be, or exceeds a limit; ``reason`` says which."""

    def __init__(self, message: str, reason: FetchReason) -> None:
        """Keep the reason beside the sentence."""
        super().__init__(message)
        self.reason = reason


class UsageError(OnRecordError):
    """The arguments of a call do not fit together."""


class StyleError(OnRecordError):
    """A house style cannot be used."""


class WeightsError(OnRecordError):
    """The encoder's files are missing, damaged or of another version."""


class LabelledDataError(OnRecordError):
    """A labelled file does not have the form that its metric reads."""


class ArchiveError(OnRecordError):
    """An archive cannot be opened, is damaged, kept busy by another process, or of a later format."""


class ArchiveTimeoutError(ArchiveError):
    """A search took longer than the time it was given, and was interrupted."""


class MissingExtraError(OnRecordError):
    """An optional package is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        """Say which extra brings ``package``."""
        super().__init__(f"{package} is not installed: run pip install 'onrecord[{extra}]'.")
