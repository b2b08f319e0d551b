"""Ids that are unique among the documents read together."""

from __future__ import annotations


class Identifiers:
    """Hands out ids: the one wanted, or, where it is taken, the same with ``-2``, ``-3``, … in order of asking."""

    def __init__(self) -> None:
        """Begin with none taken."""
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def claim(self, wanted: str) -> str:
        """Give ``wanted`` or the first free form of it, and remember it as taken."""
        wanted = wanted.strip() or "document"
        given, number = wanted, self._next.get(wanted, 2)
        while given in self._taken:
            given, number = f"{wanted}-{number}", number + 1
        self._next[wanted] = number
        self._taken.add(given)
        return given
