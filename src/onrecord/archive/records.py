"""What the archive's commands write as JSON: pages of hits, versions, what changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from onrecord.annotation import Annotations
from onrecord.archive.differences import Differences
from onrecord.archive.searching import Page
from onrecord.archive.stored import StoredVersion
from onrecord.publishers.records import annotations_record


def page_record(page: Page) -> dict[str, Any]:
    """Turn a page of hits into what is written; each hit has the link to its characters."""
    hits = [{**msgspec.structs.asdict(hit), "link": hit.link} for hit in page.hits]
    return {"total": page.total, "exact": page.exact, "after": page.after, "hits": hits}


def version_record(version: StoredVersion, found: Annotations | None) -> dict[str, Any]:
    """Turn a version into what is written: its number, since when it is known, what ``onrecord annotate`` writes."""
    record = annotations_record(found) if found is not None else None
    bare = None if found is not None else version.document
    return {"version": version.number, "seen": version.seen, "annotations": record, "document": bare}


def changes_record(changes: Sequence[tuple[StoredVersion, Differences | None]]) -> list[dict[str, Any]]:
    """Turn the versions of a document, each with how it differs from the former, into what is written."""
    return [
        {"version": each.number, "seen": each.seen, "title": each.document.title, "changes": changed}
        for each, changed in changes
    ]
