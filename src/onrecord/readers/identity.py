"""Ids that are unique among the documents read together."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from onrecord.document import Document, sound


class Identifiers:
    """Hands out ids: the one wanted, or, where it is taken, the same with ``-2``, ``-3``, … in order of asking."""

    def __init__(self) -> None:
        """Begin with none taken."""
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def claim(self, wanted: str) -> str:
        """Give ``wanted`` or the first free form of it, and remember it as taken."""
        wanted = sound(wanted).strip() or "document"
        given, number = wanted, self._next.get(wanted, 2)
        while given in self._taken:
            given, number = f"{wanted}-{number}", number + 1
        self._next[wanted] = number
        self._taken.add(given)
        return given


def with_own_ids(documents: Iterable[Document]) -> list[Document]:
    """Give each document an id of its own: the first of those that share one keeps it."""
    ids = Identifiers()
    return [
        document if (own := ids.claim(document.id)) == document.id else msgspec.structs.replace(document, id=own)
        for document in documents
    ]
