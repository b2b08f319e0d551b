"""The stages of a run over shards, each a function from a task to parts and counts.

extract (inputs to documents) → copies (near copies over all shards) → annotate → group (stories by day) → compare (each
story's reports). What a task writes hangs on what it reads and on nothing else: not on who does it, when, or how often.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from onrecord import pipeline
from onrecord.annotation import Annotations
from onrecord.annotators.attribution.encoder import Encoder
from onrecord.document import Document, Published
from onrecord.errors import DocumentError
from onrecord.grouping.stream import StoryStream
from onrecord.scale.copies import near_copies, signature
from onrecord.scale.parts import Mark, Part, read_part, write_mark, write_part
from onrecord.scale.shards import Dropped, Shard, documents
from onrecord.story import Failure, Story

Stage = Literal["extract", "copies", "annotate", "group", "compare"]
STAGES: Final[tuple[Stage, ...]] = ("extract", "copies", "annotate", "group", "compare")
WHOLE: Final = "all"
"""The name of the one task of a stage that reads all shards."""
_REVISED: Final = 1_000  # documents after which the open stories are looked at again


class Task(msgspec.Struct, frozen=True):
    """What one worker does at once: a stage of one shard, or of all (``shards``); ``stories`` are those to compare."""

    stage: Stage
    name: str
    folder: str
    shard: Shard | None = None
    shards: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


def perform(task: Task) -> Mark:
    """Do a task and write its parts and, last, its mark."""
    begun = time.perf_counter()
    folder, counts, written = Path(task.folder), Counter[str](), []
    for table, rows in _WORK[task.stage](task, counts):
        written.append(write_part(folder, table, task.name, rows))
    mark = Mark(task.stage, task.name, _in_order(written), dict(sorted(counts.items())), time.perf_counter() - begun)
    write_mark(folder, mark)
    return mark


_Rows = list[dict[str, Any]]


def _in_order(parts: list[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: part.path))


def _extract(task: Task, counts: Counter[str]) -> Iterator[tuple[str, _Rows]]:
    assert task.shard is not None
    rows: _Rows = []
    hashes: _Rows = []
    for found in documents(task.shard):
        counts["records"] += 1
        if isinstance(found, Dropped):
            counts[f"dropped {found.reason}"] += 1
            continue
        rows.append(_document_row(found))
        hashed, many = signature(found.text)
        hashes.append({"document": found.id, "words": many, "signature": hashed})
    counts["documents"] = len(rows)
    counts["words"] = sum(row["words"] for row in hashes)
    yield "documents", rows
    yield "signatures", hashes


def _document_row(document: Document) -> dict[str, Any]:
    published = document.published
    return {
        "document": document.id, "url": document.url, "outlet": document.outlet, "title": document.title,
        "byline": document.byline, "published": published.value if published else None,
        "published_from": published.origin if published else None, "text": document.text,
    }  # fmt: skip


def _copies(task: Task, counts: Counter[str]) -> Iterator[tuple[str, _Rows]]:
    folder = Path(task.folder)
    signatures = (
        (row["document"], row["signature"]) for name in task.shards for row in read_part(folder, "signatures", name)
    )
    found = [{"document": copy, "of": of, "likeness": alike} for copy, of, alike in near_copies(signatures)]
    counts["copies"] = len(found)
    yield "copies", found


def _annotate(task: Task, counts: Counter[str]) -> Iterator[tuple[str, _Rows]]:
    folder = Path(task.folder)
    copied = {row["document"] for row in read_part(folder, "copies", WHOLE, ["document"])}
    rows = read_part(folder, "documents", task.name)
    own = [document_of(row) for row in rows if row["document"] not in copied]
    counts["dropped near-copy"] = len(rows) - len(own)
    failures: list[Failure] = []
    annotated = pipeline.annotate(own, encoder=_encoder(), failures=failures)
    counts["dropped not-annotated"] = len(failures)
    counts["annotated"] = len(annotated)
    encode = msgspec.msgpack.Encoder().encode
    yield "annotations", [{"document": each.id, "record": encode(each)} for each in annotated]
    for table, give in _TABLES.items():
        found = [row for each in annotated for row in give(each)]
        counts[table] = len(found)
        yield table, found


@cache
def _encoder() -> Encoder:
    """Load the encoder once a process, on one thread: there are as many workers as are wanted."""
    return Encoder.load(threads=1)


def document_of(row: Mapping[str, Any]) -> Document:
    """Make the document of a row of the table ``documents``."""
    published = Published(row["published"], row["published_from"]) if row["published"] else None
    return Document(
        row["document"], row["text"], title=row["title"], outlet=row["outlet"], byline=row["byline"],
        published=published, url=row["url"],
    )  # fmt: skip


def _attributions(each: Annotations) -> Iterator[dict[str, Any]]:
    speakers = {speaker.id: speaker for speaker in each.speakers}
    published = each.document.published
    for a in each.attributions:
        speaker = speakers.get(a.speaker or "")
        yield {
            "document": each.id, "attribution": a.id, "act": a.act, "form": a.form, "start": a.extent.start,
            "end": a.extent.end, "content": " … ".join(span.of(each.text) for span in a.content),
            "cue": a.cue.of(each.text) if a.cue else None, "source": a.source.of(each.text) if a.source else None,
            "speaker": speaker.name if speaker else None, "speaker_kind": speaker.kind if speaker else None,
            "speaker_clear": a.speaker_clear, "via": [link.name for link in a.via], "outlet": each.document.outlet,
            "published": published.value if published else None, "confidence": a.confidence,
        }  # fmt: skip


def _speakers(each: Annotations) -> Iterator[dict[str, Any]]:
    for s in each.speakers:
        yield {
            "document": each.id, "speaker": s.id, "name": s.name, "kind": s.kind, "titles": list(s.titles),
            "mentions": len(s.mentions),
        }  # fmt: skip


def _figures(each: Annotations) -> Iterator[dict[str, Any]]:
    for f in each.figures:
        yield {
            "document": each.id, "figure": f.id, "start": f.start, "end": f.end, "words": f.span.of(each.text),
            "low": f.low, "high": f.high, "approximate": f.approximate, "unit": f.unit, "of": f.of, "event": f.event,
        }  # fmt: skip


def _dates(each: Annotations) -> Iterator[dict[str, Any]]:
    for d in each.dates:
        yield {
            "document": each.id, "start": d.start, "end": d.end, "words": d.span.of(each.text), "value": d.value,
            "inferred": d.inferred, "reason": d.reason,
        }  # fmt: skip


_TABLES: Final[dict[str, Callable[[Annotations], Iterator[dict[str, Any]]]]] = {
    "attributions": _attributions,
    "speakers": _speakers,
    "figures": _figures,
    "dates": _dates,
}


def _group(task: Task, counts: Counter[str]) -> Iterator[tuple[str, _Rows]]:
    """Form stories of all documents that are no copies, day by day."""
    folder = Path(task.folder)
    copied = {row["document"] for row in read_part(folder, "copies", WHOLE, ["document"])}
    columns = ["document", "url", "outlet", "title", "byline", "published", "published_from", "text"]
    days: dict[str, list[Document]] = defaultdict(list)
    for name in task.shards:
        for row in read_part(folder, "documents", name, columns):
            if row["document"] not in copied:
                days[(row["published"] or "")[:10]].append(_opening(row))
    stream = StoryStream(horizon=10**6)
    of_day = {}
    for day in sorted(days):
        for document in days[day]:
            stream.assign(document)
            of_day[document.id] = day
    if sum(map(len, days.values())) <= _REVISED:
        stream.revise()
    rows = [
        {"story": story, "document": document, "day": of_day[document] or None}
        for story, members in stream.stories.items()
        for document in members
    ]
    counts["stories"] = len(stream)
    counts["stories of several"] = sum(len(members) > 1 for members in stream.stories.values())
    yield "stories", sorted(rows, key=lambda row: (row["story"], row["document"]))


def _opening(row: Mapping[str, Any]) -> Document:
    return document_of({**row, "text": row["text"][:2_500]})


def _compare(task: Task, counts: Counter[str]) -> Iterator[tuple[str, _Rows]]:
    folder, wanted = Path(task.folder), set(task.stories)
    story_of = {row["document"]: row["story"] for row in read_part(folder, "stories", WHOLE) if row["story"] in wanted}
    members: dict[str, list[Annotations]] = defaultdict(list)
    decode = msgspec.msgpack.Decoder(Annotations).decode
    for name in dict.fromkeys(document.rpartition(":")[0] for document in sorted(story_of)):
        for row in read_part(folder, "annotations", name):
            if row["document"] in story_of:
                members[story_of[row["document"]]].append(decode(row["record"]))
    tables: dict[str, _Rows] = {"statements": [], "variants": [], "figure_groups": []}
    for story in sorted(members, key=lambda name: (len(name), name)):
        try:
            found = pipeline.compare_annotated(members[story], encoder=_encoder())
        except DocumentError:
            counts["dropped not-compared"] += 1
            continue
        counts["compared"] += 1
        for table, rows in _story_rows(story, found).items():
            tables[table] += rows
            counts[table] += len(rows)
    yield from tables.items()


def _story_rows(name: str, story: Story) -> dict[str, _Rows]:
    speakers = {s.id: s for s in story.speakers}
    texts = {each.id: each.text for each in story.documents}
    attributions = {(each.id, a.id): a for each in story.documents for a in each.attributions}
    statements, variants = [], []
    for s in story.statements:
        speaker, origins = speakers.get(s.speaker or ""), s.origins
        statements.append(
            {
                "story": name,
                "statement": s.id,
                "speaker": speaker.name if speaker else None,
                "speaker_kind": speaker.kind if speaker else None,
                "documents": len({v.document for v in s.variants}),
                "variants": len(s.variants),
                "origins_low": origins.low if origins else None,
                "origins_high": origins.high if origins else None,
            }
        )
        for v in s.variants:
            a = attributions[v.document, v.attribution]
            variants.append(
                {
                    "story": name,
                    "statement": s.id,
                    "document": v.document,
                    "attribution": v.attribution,
                    "form": a.form,
                    "verdict": v.wording.verdict if v.wording else None,
                    "words": " … ".join(span.of(texts[v.document]) for span in a.content),
                }
            )
    groups = [
        {"story": name, "group": g.id, "of": g.of, "verdict": g.verdict, "document": m.document, "figure": m.figure}
        for g in story.figure_groups
        for m in g.figures
    ]
    return {"statements": statements, "variants": variants, "figure_groups": groups}


_WORK: Final[dict[Stage, Callable[[Task, Counter[str]], Iterator[tuple[str, _Rows]]]]] = {
    "extract": _extract,
    "copies": _copies,
    "annotate": _annotate,
    "group": _group,
    "compare": _compare,
}
