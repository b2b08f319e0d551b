"""JSON becomes documents: the contract's own form, and any object with ``text`` or ``html``.

An object has ``text`` (or ``html``) and, where known, ``id``, ``title``, ``outlet`` (or ``publisher``), ``byline``,
``published`` (a string, or ``value`` with ``from``), ``url``, ``kind``, ``speaker`` (of a transcript without names) and
``blocks``. What ``onrecord annotate`` and ``onrecord compare`` write is read too. Other fields are ignored.
"""

from __future__ import annotations

import email.utils
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NoReturn, cast, get_args

import msgspec

from onrecord.document import Block, DateOrigin, DocumentKind, Published, misplaced, sound
from onrecord.errors import FormatError, ReadError
from onrecord.readers.fields import renamed

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?![\d-])")


class Record(msgspec.Struct, frozen=True):
    """One object of a JSON file, its fields checked; either ``text`` or ``html`` is a string."""

    id: str | None
    text: str | None
    html: str | None
    kind: DocumentKind | None
    title: str | None
    outlet: str | None
    byline: str | None
    published: Published | None
    url: str | None
    speaker: str | None
    blocks: tuple[Block, ...]


def parse(text: str | bytes, name: str) -> Any:
    """Parse one JSON value.

    Raises:
        FormatError: it is no JSON.

    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        why = str(error)
    try:
        return json.loads(text, parse_constant=_refused)  # it reads lone surrogates, which msgspec does not
    except (ValueError, RecursionError):
        raise FormatError(f"{name} is no valid JSON ({why}): correct it, or save the text as .txt.") from None


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)


def objects(text: str, name: str) -> Iterator[tuple[Any, str]]:
    """Give every object of a ``.json`` text with the name it goes by in messages: a list's items, or the one object.

    Raises:
        FormatError: it is no JSON, or neither an object nor a list.

    """
    found = parse(text, name)
    if isinstance(found, dict) and isinstance(found.get("documents"), list):
        found = found["documents"]
    if isinstance(found, list):
        for number, item in enumerate(found, 1):
            yield item, f"{name}, item {number}"
    else:
        yield found, name


def check(found: Any, name: str) -> Record:
    """Check one object's fields.

    Raises:
        FormatError: it is no object, or a field has a form that is not read.

    """
    if not isinstance(found, dict):
        raise FormatError(f'{name} is no JSON object: give an object with "text" or "html".')
    if isinstance(found.get("document"), dict):
        found = found["document"]
    found = renamed(found)
    text, html = _string(found, "text", name), _string(found, "html", name)
    if text is None and html is None:
        raise FormatError(f'{name} has neither "text" nor "html": give one of them.')
    kind = _string(found, "kind", name)
    if kind is not None and kind not in get_args(DocumentKind):
        raise FormatError(f'{name} has the kind "{kind}": give "report" or "transcript".')
    identity = found.get("id")
    return Record(
        id=str(identity) if isinstance(identity, str | int) and str(identity).strip() else None,
        text=text,
        html=html,
        kind=cast("DocumentKind | None", kind),
        title=_string(found, "title", name),
        outlet=_string(found, "outlet", name) or _string(found, "publisher", name),
        byline=_string(found, "byline", name),
        published=published(found.get("published")),
        url=_string(found, "url", name),
        speaker=_string(found, "speaker", name),
        blocks=() if text is None else _blocks(found.get("blocks"), text, name),
    )


def published(value: Any) -> Published | None:
    """Read a publication date as records give it; ``None`` where it names no day.

    A string counts as given by the caller. ISO 8601 days and times are kept as they are, an RFC 2822 date becomes ISO.
    """
    origin: Any = "caller"
    if isinstance(value, dict):
        origin, value = value.get("from", "caller"), value.get("value")
    if not isinstance(value, str) or origin not in get_args(DateOrigin):
        return None
    iso = _iso(value.strip())
    return None if iso is None else Published(iso, cast("DateOrigin", origin))


def _iso(value: str) -> str | None:
    if match := _DAY.match(value):
        try:
            day = date(*map(int, match.groups()))
        except ValueError:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return day.isoformat()
        return day.isoformat() if match.end() == len(value) else moment.isoformat()
    try:
        return email.utils.parsedate_to_datetime(value).isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _string(found: dict[str, Any], field: str, name: str) -> str | None:
    value = found.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise FormatError(f'{name} has a "{field}" that is no string: correct it.')
    value = sound(value)
    return value if field in {"text", "html"} or value.strip() else None


def _blocks(found: Any, text: str, name: str) -> tuple[Block, ...]:
    if found is None:
        return ()
    try:
        blocks = tuple(msgspec.convert(found, list[Block]))
    except msgspec.ValidationError as error:
        raise FormatError(
            f'{name} has "blocks" that cannot be read ({error}): correct them or leave them out.'
        ) from None
    if (wrong := misplaced(blocks, text)) is not None:
        raise ReadError(f'{name} has "blocks" that {wrong}: correct them or leave them out.')
    return tuple(sorted(blocks, key=lambda block: (block.start, -block.end)))
