"""Why a publication date is doubted, in one sentence: the wording of :class:`onrecord.annotation.DateDoubt`."""

from __future__ import annotations

import datetime as dt

from onrecord.annotation import Annotations

_UNTIL: int = 10  # characters of a day in ISO 8601


def why_doubted(annotations: Annotations) -> str | None:
    """Say why the text refutes the publication date; ``None`` where it does not."""
    doubt, published = annotations.date_doubt, annotations.document.published
    if doubt is None or published is None:
        return None
    day = dt.date.fromisoformat(published.value[:_UNTIL])
    printed = doubt.span.of(annotations.text)
    if doubt.reason == "opening":
        return (
            f"Its opening speaks of {printed!r} as past, but the publication date is {day.isoformat()}, a {day:%A}: "
            "perhaps another time zone, or a later update."
        )
    words = " ".join(printed.split())
    return f"It speaks of {words!r} as past, but the publication date is {day.isoformat()}, a {day:%A}."
