"""The words of a language, read from its TOML files once: lists of words, and tables of words with their values.

A file is a topic, a table in it one list: ``words``, sorted and parted by commas, and ``about``, which says what the
list is for. A list is asked for as ``word_list("saying.utterance")``. Another language is another folder beside ``en``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

LANGUAGE = "en"
Table = TypeVar("Table")


class WordList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One list as it stands in a file."""

    words: str
    about: str = ""

    @property
    def entries(self) -> list[str]:
        """The words, or phrases, in the order of the file."""
        return [entry for each in self.words.split(",") if (entry := " ".join(each.split()))]


def word_list(name: str) -> frozenset[str]:
    """Return the words of ``"topic.list"``; raises KeyError where there is no such list."""
    topic, _, key = name.partition(".")
    return frozenset(topic_lists(topic)[key].entries)


def alternatives(entries: Iterable[str]) -> str:
    """Return a pattern that matches one of the entries, the longest first; for use inside a group."""
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda entry: (-len(entry), entry)))


@cache
def topic_lists(topic: str) -> dict[str, WordList]:
    """Return the lists of one topic by name; raises KeyError where there is no such file."""
    return msgspec.convert(read_topic(f"{topic}.toml"), dict[str, WordList])


def value_table(name: str, kind: type[Table]) -> Table:
    """Return the table ``"topic.table"`` of ``values/topic.toml``: words with what they are worth, or names with forms.

    Raises KeyError where there is no such file or table, and :class:`msgspec.ValidationError` where the table is not of
    ``kind`` (``dict[str, int]``).
    """
    topic, _, key = name.partition(".")
    return msgspec.convert(read_topic(f"values/{topic}.toml")[key], kind)


@cache
def read_topic(file: str) -> dict[str, Any]:
    """Return what stands in one TOML file of the language; raises KeyError where there is no such file."""
    place = files("onrecord.lexicon").joinpath(LANGUAGE, file)
    if not place.is_file():
        raise KeyError(file)
    return tomllib.loads(place.read_text(encoding="utf-8"))


@cache
def common_words() -> dict[str, float]:
    """Return the share of news documents, in 0 to 1, that hold each common lemma; proper names are left out."""
    table = files("onrecord.lexicon").joinpath(LANGUAGE, "common_words.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return {word: int(per_mille) / 1000 for word, per_mille in rows}
