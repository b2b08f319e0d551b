"""Feeds (RSS, Atom) become documents, one an entry, by fastfeedparser.

Reads the feed's text; gives records in the form that JSON objects have, their body as ``html`` or as ``text``.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Any

from onrecord.errors import FormatError

_OPENS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.DOTALL | re.IGNORECASE,
)
_MARKUP = re.compile(r"<[a-zA-Z/][^>]*>")


def is_feed(text: str) -> bool:
    """Return whether a text opens as a feed does."""
    return _OPENS.match(text[:4_000]) is not None


def entries(text: str, name: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Give every entry as a record, with the name it goes by in messages.

    Raises:
        FormatError: it is no feed that can be read, or it has no entry.

    """
    import fastfeedparser  # noqa: PLC0415 - loads when a feed is read

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a date in an odd time zone is not the reader's concern
            feed = fastfeedparser.parse(text.encode())
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise FormatError(f"{name} is no feed that can be read ({error}): check that it was saved whole.") from None
    found = list(feed.entries)
    if not found:
        raise FormatError(f"{name} is a feed without entries: there is nothing to read.")
    outlet = (feed.feed.get("title") or "").strip() or None
    for number, entry in enumerate(found, 1):
        body = _body(entry)
        record: dict[str, Any] = {
            "id": entry.get("id") or entry.get("link") or None,
            "title": entry.get("title") or None,
            "url": entry.get("link") or None,
            "published": entry.get("published") or entry.get("updated") or None,
            "byline": entry.get("author") or None,
            "outlet": outlet,
            "kind": "report",
            ("html" if _MARKUP.search(body) else "text"): body,
        }
        yield record, f"{name}, entry {number}"


def _body(entry: Any) -> str:
    """Give an entry's fullest body: its content, else its description."""
    contents = [part.get("value") or "" for part in entry.get("content") or () if isinstance(part, dict)]
    return max([*contents, entry.get("description") or "", entry.get("summary") or ""], key=len)
