"""A story as Arrow tables, and as Parquet files: for notebooks, and for counting over a year of news.

Reads: Story. One table for each kind of finding; ids join them (``document``, ``attribution``, ``statement``).
Positions are Python string indices into ``documents.text``. Needs the extra ``tables``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from onrecord.errors import MissingExtraError
from onrecord.publishers.origin_words import OriginWords
from onrecord.story import Story

if TYPE_CHECKING:
    import pyarrow as pa

TABLES_VERSION = 1
"""Version history of the columns, written into each file's metadata as ``onrecord.tables``: 1, the first."""

_COLUMNS: dict[str, dict[str, str]] = {
    "documents": {
        "document": "string", "kind": "string", "outlet": "string", "publisher": "string", "title": "string",
        "byline": "string", "published": "string", "published_from": "string", "url": "string", "text": "string",
    },
    "attributions": {
        "document": "string", "attribution": "string", "act": "string", "form": "string", "start": "int64",
        "end": "int64", "content": "string", "cue": "string", "source": "string", "speaker": "string",
        "speaker_kind": "string", "via": "strings", "via_kinds": "strings", "reason": "string", "within": "string",
        "confidence": "double",
    },
    "statements": {
        "statement": "string", "speaker": "string", "speaker_kind": "string", "documents": "int64",
        "variants": "int64", "origins_low": "int64", "origins_high": "int64", "origins_because": "string",
    },
    "variants": {
        "statement": "string", "document": "string", "attribution": "string", "form": "string", "words": "string",
        "verdict": "string", "flags": "strings", "extent": "string", "marking": "string", "word_verdict": "string",
        "speaker_verdict": "string", "held_against": "string", "held_start": "int64", "held_end": "int64",
        "confidence": "double",
    },
    "figures": {
        "document": "string", "figure": "string", "start": "int64", "end": "int64", "words": "string",
        "low": "double", "high": "double", "approximate": "bool", "unit": "string", "of": "string", "event": "string",
        "attribution": "string", "group": "string", "group_of": "string", "verdict": "string",
    },
    "dates": {
        "document": "string", "start": "int64", "end": "int64", "words": "string", "value": "string",
        "inferred": "bool", "reason": "string",
    },
    "origins": {
        "statement": "string", "origin": "string", "kind": "string", "document": "string",
    },
}  # fmt: skip


def story_tables(story: Story) -> dict[str, pa.Table]:
    """Give a story's tables by name: documents, attributions, statements, variants, figures, dates, origins.

    In ``origins`` a statement's rows name the terminals of its chains and who reaches them; rows without a statement
    are the story's own. Raises MissingExtraError without pyarrow.
    """
    arrow = _arrow()
    kinds = {
        "string": arrow.string(), "int64": arrow.int64(), "double": arrow.float64(), "bool": arrow.bool_(),
        "strings": arrow.list_(arrow.string()),
    }  # fmt: skip
    rows = {
        "documents": _documents(story), "attributions": _attributions(story), "statements": _statements(story),
        "variants": _variants(story), "figures": _figures(story), "dates": _dates(story), "origins": _origins(story),
    }  # fmt: skip
    version = {"onrecord.tables": str(TABLES_VERSION)}
    result = {}
    for name, columns in _COLUMNS.items():
        schema = arrow.schema([(column, kinds[kind]) for column, kind in columns.items()], metadata=version)
        result[name] = arrow.Table.from_pylist(list(rows[name]), schema=schema)
    return result


def encoded(story: Story) -> dict[str, bytes]:
    """Give a story's tables as the contents of Parquet files, by file name (``documents.parquet``, …).

    Raises MissingExtraError without pyarrow.
    """
    _arrow()
    from pyarrow import BufferOutputStream, parquet  # noqa: PLC0415 - an optional package loads when it is used

    contents = {}
    for name, table in story_tables(story).items():
        stream = BufferOutputStream()
        parquet.write_table(table, stream, compression="zstd")
        contents[f"{name}.parquet"] = stream.getvalue().to_pybytes()
    return contents


def _arrow() -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an optional package loads when it is used
    except ImportError as error:
        raise MissingExtraError("pyarrow", "tables") from error
    return pa


def _documents(story: Story) -> Iterator[dict[str, Any]]:
    for each in story.documents:
        d = each.document
        yield {
            "document": d.id, "kind": d.kind, "outlet": d.outlet, "publisher": each.publisher, "title": d.title,
            "byline": d.byline, "published": d.published.value if d.published else None,
            "published_from": d.published.origin if d.published else None, "url": d.url, "text": d.text,
        }  # fmt: skip


def _attributions(story: Story) -> Iterator[dict[str, Any]]:
    for each in story.documents:
        speakers = {s.id: s for s in each.speakers}
        for a in each.attributions:
            speaker = speakers.get(a.speaker or "")
            yield {
                "document": each.id, "attribution": a.id, "act": a.act, "form": a.form, "start": a.extent.start,
                "end": a.extent.end, "content": " … ".join(span.of(each.text) for span in a.content),
                "cue": a.cue.of(each.text) if a.cue else None, "source": a.source.of(each.text) if a.source else None,
                "speaker": speaker.name if speaker else None, "speaker_kind": speaker.kind if speaker else None,
                "via": [link.name for link in a.via], "via_kinds": [link.kind for link in a.via], "reason": a.reason,
                "within": a.within, "confidence": a.confidence,
            }  # fmt: skip


def _statements(story: Story) -> Iterator[dict[str, Any]]:
    speakers, words = {s.id: s for s in story.speakers}, OriginWords(story.documents)
    for s in story.statements:
        speaker, origins = speakers.get(s.speaker or ""), s.origins
        yield {
            "statement": s.id, "speaker": speaker.name if speaker else None,
            "speaker_kind": speaker.kind if speaker else None, "documents": len({v.document for v in s.variants}),
            "variants": len(s.variants), "origins_low": origins.low if origins else None,
            "origins_high": origins.high if origins else None,
            "origins_because": words.of_statement(origins) if origins else None,
        }  # fmt: skip


def _variants(story: Story) -> Iterator[dict[str, Any]]:
    texts = {a.id: a.text for a in story.documents}
    attributions = {(d.id, a.id): a for d in story.documents for a in d.attributions}
    for s in story.statements:
        for v in s.variants:
            a, w = attributions[v.document, v.attribution], v.wording
            passage = w.passages[0] if w and w.passages else None
            yield {
                "statement": s.id, "document": v.document, "attribution": v.attribution, "form": a.form,
                "words": " … ".join(span.of(texts[v.document]) for span in a.content),
                "verdict": w.verdict if w else None, "flags": list(w.flags) if w else [],
                "extent": w.extent if w else None, "marking": w.marking if w else None,
                "word_verdict": w.words if w else None, "speaker_verdict": w.speaker if w else None,
                "held_against": passage.document if passage else None, "held_start": passage.start if passage else None,
                "held_end": passage.end if passage else None, "confidence": w.confidence if w else None,
            }  # fmt: skip


def _figures(story: Story) -> Iterator[dict[str, Any]]:
    groups = {(m.document, m.figure): g for g in story.figure_groups for m in g.figures}
    for each in story.documents:
        for f in each.figures:
            group = groups.get((each.id, f.id))
            yield {
                "document": each.id, "figure": f.id, "start": f.start, "end": f.end, "words": f.span.of(each.text),
                "low": f.low, "high": f.high, "approximate": f.approximate, "unit": f.unit, "of": f.of,
                "event": f.event, "attribution": f.attribution, "group": group.id if group else None,
                "group_of": group.of if group else None, "verdict": group.verdict if group else None,
            }  # fmt: skip


def _dates(story: Story) -> Iterator[dict[str, Any]]:
    for each in story.documents:
        for d in each.dates:
            yield {
                "document": each.id, "start": d.start, "end": d.end, "words": d.span.of(each.text), "value": d.value,
                "inferred": d.inferred, "reason": d.reason,
            }  # fmt: skip


def _origins(story: Story) -> Iterator[dict[str, Any]]:
    for statement, origins in ((None, story.origins), *((s.id, s.origins) for s in story.statements)):
        for terminal in origins.terminals if origins else ():
            for document in terminal.documents:
                yield {"statement": statement, "origin": terminal.name, "kind": terminal.kind, "document": document}
