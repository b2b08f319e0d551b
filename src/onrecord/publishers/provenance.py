"""Where a page comes from: which version of onrecord wrote it, by which command, when, from which texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from onrecord.annotation import Annotations

_DIGITS = 16


class Provenance(NamedTuple):
    """The command that was typed and the time at which it ran (ISO 8601, UTC); empty where nobody says."""

    command: str = ""
    written: str = ""


def installed_version() -> str:
    """Give the version of onrecord that runs."""
    try:
        return version("onrecord")
    except PackageNotFoundError:
        return "not installed"


def digests(documents: Iterable[Annotations]) -> list[tuple[str, str]]:
    """Give each document's id with the first digits of the SHA-256 of its text in UTF-8."""
    return [(a.id, hashlib.sha256(a.text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]) for a in documents]
