"""Which attribution's content holds another: words inside somebody's words."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotation import Attribution, LinkKind, Speaker
from onrecord.document import Span
from onrecord.lexicon.patterns import pattern

VAGUE_SOURCE = pattern("sourcing.vague_source")
WRITTEN = pattern("sourcing.writing")
_AUTHOR = pattern("sourcing.author")


def anchor(attribution: Attribution) -> Span:
    """Give the place by which an attribution stands before or after a clause: its cue, else its content."""
    return attribution.cue or attribution.extent


def holds(outer: Attribution, inner: Attribution) -> bool:
    """Return whether one attribution's content holds the anchor of another."""
    return outer.id != inner.id and any(span.holds(anchor(inner)) for span in outer.content)


def outer_of(attributions: Sequence[Attribution]) -> dict[str, Attribution]:
    """Map each attribution to the one whose content holds it most closely: as linked, else by its place."""
    by_id = {a.id: a for a in attributions}
    outer = {a.id: by_id[a.within] for a in attributions if a.within in by_id and a.within != a.id}
    spans = sorted((s.start, -s.end, a.id) for a in attributions for s in a.content)
    marks = sorted(
        (
            *((s, e, i, False) for s, e, i in spans),
            *((anchor(a).start, -anchor(a).end, a.id, True) for a in attributions),
        )
    )
    open_spans: list[tuple[int, str]] = []
    for start, negative_end, name, is_anchor in marks:
        while open_spans and open_spans[-1][0] <= start:
            open_spans.pop()
        if not is_anchor:
            open_spans.append((-negative_end, name))
            open_spans.sort(reverse=True)
            continue
        for end, holder in reversed(open_spans):
            if holder != name and end >= -negative_end:
                outer.setdefault(name, by_id[holder])
                break
    return outer


def author(name: str) -> str | None:
    """Find who wrote what a source names: "a biography by Ana Ruiz"."""
    match = _AUTHOR.search(name)
    return match["name"] if match else None


def kind_of(speaker: Speaker | None, name: str, *, known: bool) -> LinkKind:
    """Say what kind of link one is in whose words others stand."""
    if known:
        return "outlet-pickup"
    if VAGUE_SOURCE.search(name):
        return "vague"
    if speaker is None:
        return "statement"
    if speaker.kind == "unnamed":
        return "anonymous"
    return "primary-document" if speaker.kind == "document" else "statement"
