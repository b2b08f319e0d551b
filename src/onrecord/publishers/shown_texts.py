"""The documents' texts as a page shows them: every mark and anchor in place, and notes beside those that are checked.

Reads: the :class:`View`, once everything else of the page has asked it for its places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.publishers.date_words import why_doubted
from onrecord.publishers.passages import FORM_CLASS
from onrecord.publishers.texts import Mark, tokens
from onrecord.publishers.view import View, web_address
from onrecord.story import Story


def texts(
    view: View, story: Story | None = None, beside: Mapping[str, Mapping[int, Sequence[object]]] | None = None
) -> list[dict[str, Any]]:
    """Give every document with its text's tokens; ``beside`` has notes by document and by position."""
    _mark_reuse(view, story)
    marked = {(d, s.start, s.end) for d, ms in view.marks.items() for s in ms}
    result = []
    for id_, each in view.documents.items():
        marks = _once(view.marks[id_])
        carried = {m.anchor for m in marks}
        for span in sorted(view.anchors[id_]):
            anchor = f"{view.slugs[id_]}:{span.start}-{span.end}"
            if anchor not in carried:
                marks.append(Mark(span.start, span.end, "", anchor))
        marks.extend(
            Mark(s.start, s.end, FORM_CLASS[a.form])
            for a in each.attributions
            if a.act == "utterance"
            for s in a.content
            if (id_, s.start, s.end) not in marked
        )
        notes = (beside or {}).get(id_, {})
        result.append(
            {
                "id": id_, "slug": view.slugs[id_], "letter": view.letters[id_], "document": each.document,
                "name": view.title(id_), "published": view.published(each), "doubt": why_doubted(each),
                "tokens": tokens(each.document, marks, notes), "url": web_address(each.document.url),
                "kind": each.document.kind, "noted": bool(notes), "words": len(each.text.split()),
            }
        )  # fmt: skip
    return result


def _mark_reuse(view: View, story: Story | None) -> None:
    """Mark passages that stand in two texts, in both."""
    for n, copy in enumerate(story.copies if story is not None else ()):
        for reuse in copy.passages:
            both = ((copy.document, reuse.document), (copy.of, reuse.of))
            for document, span in both if copy.of in view.documents else both[:1]:
                group = f"c-{n}-{reuse.document.start}"
                view.marks[document].append(Mark(span.start, span.end, "c", view.anchor(document, span), group))


def _once(marks: Sequence[Mark]) -> list[Mark]:
    """Drop marks that would carry an anchor a second time, keeping what a reader can follow."""
    found: dict[object, Mark] = {}
    for mark in marks:
        key = mark.anchor or (mark.start, mark.end, mark.kind)
        if key not in found or (mark.note and not found[key].note):
            found[key] = mark
        elif mark.note and found[key].note != mark.note:
            found[mark.start, mark.end, mark.note] = mark._replace(anchor=None)
    return list(found.values())
