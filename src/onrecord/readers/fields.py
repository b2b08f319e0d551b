"""What other programs call the fields of a document: newspaper4k, trafilatura, news-please, ninjs, tables.

Reads a JSON object or a table's row; gives the same with our names, nothing overwritten that has them already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_NAMES: Mapping[str, Sequence[str]] = {
    "text": (
        "maintext",
        "body_text",
        "articlebody",
        "article_text",
        "article",
        "content",
        "body",
        "fulltext",
        "full_text",
    ),
    "html": ("body_html", "body_xhtml", "content_html", "article_html"),
    "title": ("headline", "name", "headline_main"),
    "outlet": (
        "publisher",
        "sitename",
        "source-hostname",
        "source_hostname",
        "source_domain",
        "hostname",
        "domain",
        "site",
    ),
    "byline": ("authors", "author", "creator"),
    "published": (
        "publish_date",
        "date_publish",
        "datepublished",
        "published_at",
        "publishedat",
        "pub_date",
        "pubdate",
        "date",
        "versioncreated",
        "published_date",
        "seendate",
        "timestamp",
    ),
    "url": ("source_url", "link", "canonical_link", "canonicalurl", "permalink", "source", "uri", "documentidentifier"),
    "id": ("guid", "docid", "doc_id"),
}
"""Our field, and what others call it, the likelier name first; compared without case."""
_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})


def withdrawn(found: Mapping[str, Any]) -> bool:
    """Return whether an agency's item says of itself that it was cancelled or withheld (ninjs ``pubstatus``)."""
    return str(found.get("pubstatus", "")).casefold() in _WITHDRAWN


def renamed(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document's fields under our names; a list of names becomes one line."""
    result = dict(found)
    folded = {key.casefold(): value for key, value in found.items() if isinstance(key, str)}
    _ninjs(folded)
    for ours, theirs in _NAMES.items():
        if _given(result.get(ours)):
            continue
        for name in theirs:
            value = folded.get(name)
            if ours == "byline" and isinstance(value, list):
                value = ", ".join(filter(None, map(_person, value))) or None
            if _given(value) and (ours != "url" or str(value).startswith(("http://", "https://"))):
                result[ours] = value
                break
    return result


def _given(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _person(value: Any) -> str | None:
    name = value.get("name") if isinstance(value, Mapping) else value
    return name.strip() if isinstance(name, str) else None


def _ninjs(folded: dict[str, Any]) -> None:
    """Lift what ninjs 2 and 3 keep in lists: bodies, headlines, bylines, each with a value and a content type."""
    for field in ("bodies", "headlines"):
        items = (
            [item for item in folded.get(field) or () if isinstance(item, Mapping)]
            if isinstance(folded.get(field), list)
            else []
        )
        for item in items:
            value, form = item.get("value"), str(item.get("contenttype", "text/plain"))
            name = "headline" if field == "headlines" else "body_text" if "plain" in form else "body_html"
            if _given(value):
                folded.setdefault(name, value)
