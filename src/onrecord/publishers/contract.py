"""How records are written: which of their fields, in which order, with the words that their positions mean.

A :class:`Contract` derives from a record's own types the type that is encoded: a span is written with its words, a
position in a text with the words that stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from types import GenericAlias, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

import msgspec

from onrecord.annotation import Annotations, Speaker
from onrecord.document import Document, Span
from onrecord.publishers.copy_words import CopyWords
from onrecord.publishers.figure_words import FigureWords
from onrecord.publishers.origin_words import OriginWords


class Exact(msgspec.Struct, frozen=True):
    """A span with its words."""

    start: int
    end: int
    exact: str


class Place(NamedTuple):
    """Where a record is written: the text that its positions count in, and the documents and speakers of its ids."""

    text: str
    documents: Mapping[str, Document]
    speakers: Mapping[tuple[str, str], Speaker]
    words: FigureWords | None = None
    sourced: OriginWords | None = None
    copied: CopyWords | None = None


Computed = tuple[Any, Callable[[Any, Place], Any]]
"""The type of a field that no record of ours has, and what computes it."""


class _Written(NamedTuple):
    """The type that is encoded for a record; by field how its value is had, and whether it is computed."""

    type: type[msgspec.Struct]
    computed: dict[str, Callable[[Any, Place], Any]]
    copied: dict[str, Callable[[Any], Any]]


class Contract:
    """Which fields of which records are written; a record that is not named is written as it is."""

    def __init__(self) -> None:
        """Begin without any."""
        self._written: dict[Any, _Written] = {}

    def copy(self) -> Contract:
        """Give a contract that says the same and may go on otherwise."""
        other = Contract()
        other._written = dict(self._written)
        return other

    def write(self, of: type[msgspec.Struct], name: str, fields: str, **computed: Computed) -> type[msgspec.Struct]:
        """Say how a record is written: each field is ``name``, ``name=path.to.it``, or one of ``computed``.

        ``exact`` are the words from the record's start to its end.
        """
        computed = {"exact": (str, _exact), **computed}
        types: list[tuple[str, Any]] = []
        copied: dict[str, Callable[[Any], Any]] = {}
        for field in fields.split():
            written, _, path = field.partition("=")
            if written in computed:
                types.append((written, computed[written][0]))
            else:
                types.append((written, self._type(_type_at(of, path or written))))
                copied[written] = attrgetter(path or written)
        meaning = (of.__doc__ or "").partition("\n")[0]
        record = msgspec.defstruct(name, types, frozen=True, module=__name__, namespace={"__doc__": meaning})
        made = {field: computed[field][1] for field, _ in types if field in computed}
        self._written[of] = _Written(record, made, copied)
        return record

    def give(self, value: Any, place: Place) -> Any:
        """Give what is written for a value; chances are rounded, words looked up."""
        if isinstance(value, tuple):
            return [self.give(each, place) for each in value]
        if isinstance(value, float):
            return round(value, 4)
        if isinstance(value, Span):
            return Exact(value.start, value.end, value.of(place.text))
        how = self._written.get(type(value))
        if how is None:
            return value
        place = _moved(place, value)
        copied = {field: self.give(get(value), place) for field, get in how.copied.items()}
        return how.type(**copied, **{field: compute(value, place) for field, compute in how.computed.items()})

    def _type(self, hint: Any) -> Any:
        if hint is Span:
            return Exact
        if hint in self._written:
            return self._written[hint].type
        origin, parts = get_origin(hint), get_args(hint)
        if origin is tuple and parts[-1] is Ellipsis:
            return GenericAlias(list, (self._type(parts[0]),))
        if origin is tuple:
            return GenericAlias(list, (str,))
        if origin in {Union, UnionType}:
            return Union[tuple(self._type(each) for each in parts)]  # noqa: UP007 - the types are computed
        return hint


def _type_at(of: Any, path: str) -> Any:
    for step in path.split("."):
        of = next(field.type for field in msgspec.structs.fields(of) if field.name == step)
    return of


def _exact(value: Any, place: Place) -> str:
    span = getattr(value, "span", value)
    return place.text[span.start : span.end]


def _moved(place: Place, value: Any) -> Place:
    """Go to the text that a record counts in: its own, or that of the document that it names."""
    if isinstance(value, Annotations):
        return place._replace(text=value.text)
    document = place.documents.get(named) if isinstance(named := getattr(value, "document", None), str) else None
    return place if document is None else place._replace(text=document.text)
