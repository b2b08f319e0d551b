"""Outlets under their several names: a small curated table that a user can add to.

Reads ``outlets.toml`` beside this module and, where the environment names any, files of the same form under
``ONRECORD_OUTLETS`` (several joined as in ``PATH``). A later entry of the same name takes the place of a former one.
"""

from __future__ import annotations

import itertools
import os
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from onrecord.errors import UsageError
from onrecord.text.words import Word, words

OutletKind = Literal["agency", "newspaper", "broadcaster", "magazine", "site"]
VARIABLE = "ONRECORD_OUTLETS"
_ARTICLES = ("The", "the", "THE")


class Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One outlet: its one name, its other names, the names it shares with others, its kind, seat and domains."""

    name: str
    kind: OutletKind
    country: str | None = None
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    source: str = "user"


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    outlets: list[Outlet]


class Outlets:
    """Finds outlets by the names a text prints, by short names, and by web address."""

    def __init__(self, entries: Iterable[Outlet]) -> None:
        """Index the entries; the longest names, in words, are tried first."""
        self._by_key: dict[tuple[str, ...], Outlet] = {}
        self._short: dict[tuple[str, ...], list[Outlet]] = {}
        self._by_domain: dict[str, Outlet] = {}
        self._longest: dict[str, int] = {}
        self._with_article: set[tuple[str, ...]] = set()
        named = {outlet.name: outlet for outlet in entries}
        for outlet in named.values():
            for name in (outlet.name, *outlet.aliases):
                for form in {name, name.upper()} if " " in name else {name}:
                    self._index(form, outlet)
            bare = _key(outlet.name)
            if outlet.name.startswith("The ") and len(bare) == 1 and bare[0] not in outlet.aliases:
                self._with_article.add(bare)
            for name in outlet.short:
                self._short.setdefault(_key(name), []).append(outlet)
            for domain in outlet.domains:
                self._by_domain.setdefault(domain.partition("/")[0].casefold(), outlet)
        self._short_firsts = {key[0] for key in self._short if key}
        self._firsts = self._short_firsts | self._longest.keys()

    def _index(self, name: str, outlet: Outlet) -> None:
        key = _key(name)
        if key:
            self._by_key.setdefault(key, outlet)
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    @classmethod
    def load(cls, *paths: Path) -> Outlets:
        """Read the table that comes with the package, then ``paths``.

        Raises UsageError where a file is no such table.
        """
        own = files("onrecord.lexicon").joinpath("outlets.toml").read_text(encoding="utf-8")
        entries = msgspec.convert(tomllib.loads(own), _Table).outlets
        for path in paths:
            try:
                entries += msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Table).outlets
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
                raise UsageError(
                    f"The outlets in {path} cannot be used ({error}); see docs/sourcing.md for the form."
                ) from error
        return cls(entries)

    def named(self, name: str) -> Outlet | None:
        """Find the outlet that bears exactly this name, leading article aside; capitals matter."""
        return self._by_key.get(_key(name))

    def demands_article(self, name: str) -> bool:
        """Return whether a name means an outlet only behind "the": The Hill, The Australian."""
        return _key(name) in self._with_article

    def sharing(self, name: str) -> Sequence[Outlet]:
        """List the outlets that go by this short name."""
        return self._short.get(_key(name), ())

    def at(self, address: str) -> Outlet | None:
        """Find the outlet that publishes at a URL or a bare host name, its subdomains included."""
        host = _host(address)
        while "." in host:
            if outlet := self._by_domain.get(host):
                return outlet
            host = host.partition(".")[2]
        return None

    def may_begin(self, printed: str) -> bool:
        """Return whether a name, short or not, begins with a word as printed, possessive aside."""
        return _bare(printed) in self._firsts

    def starting(self, text: str, found: Sequence[Word], index: int) -> tuple[Outlet, int] | None:
        """Find the longest name that begins with word ``index``: the outlet and the index after its last word."""
        first = _form(text, found[index])
        for length in range(min(self._longest.get(first, 0), len(found) - index), 0, -1):
            key = (first, *(_form(text, w) for w in found[index + 1 : index + length]))
            outlet = self._by_key.get(key)
            if outlet and _joined(text, found[index : index + length]):
                return outlet, index + length
        return None

    def short_at(self, text: str, found: Sequence[Word], index: int) -> tuple[str, int] | None:
        """Find a short name that begins with word ``index``: its form without article, and the index after it."""
        if _form(text, found[index]) not in self._short_firsts:
            return None
        for length in (2, 1):
            key = tuple(_form(text, w) for w in found[index : index + length])
            if len(key) == length and key in self._short and _joined(text, found[index : index + length]):
                return " ".join(key), index + length
        return None


@cache
def known_outlets() -> Outlets:
    """Give the table that comes with the package with the user's own files, read once a process."""
    return Outlets.load(*(Path(path) for path in os.environ.get(VARIABLE, "").split(os.pathsep) if path))


def _form(text: str, word: Word) -> str:
    """Give a word as printed, without possessive: capitals tell Time from time."""
    return _bare(text[word.start : word.end])


def _bare(printed: str) -> str:
    return printed.removesuffix("'s").removesuffix("’s") if printed.endswith("s") else printed


def _key(name: str) -> tuple[str, ...]:
    key = tuple(_form(name, w) for w in words(name))
    return key[1:] if len(key) > 1 and key[0] in _ARTICLES else key


def _joined(text: str, found: Sequence[Word]) -> bool:
    """Return whether words stand in one name: nothing but a space, a hyphen or the point of an initial between them."""
    return all(
        text[a.end : b.start] in {"", " ", "\u00a0", "-", "/", ".", ". ", " & ", "! ", "  "}
        or (text[a.end : b.start].isspace() and "\n\n" not in text[a.end : b.start])
        for a, b in itertools.pairwise(found)
    )


def _host(address: str) -> str:
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.casefold().removeprefix("www.")
