"""Bytes become documents by their form, which is told from the content first and from the name where that is silent.

Reads bytes and the name they go by; gives documents, or what is broken of them with its reason. A file may hold many
documents. What is of a kind that is not read is refused by name, never read as prose.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any, Literal

import msgspec

from onrecord.document import Document, DocumentKind, Published, ReadingNote
from onrecord.errors import EmptyDocumentError, FormatError, LanguageError, OnRecordError, ReadError
from onrecord.guards import unforeseen
from onrecord.readers import cues, feed, recognised, subtitles, tables
from onrecord.readers.fields import withdrawn
from onrecord.readers.identity import Identifiers
from onrecord.readers.language import other_language
from onrecord.readers.mail import is_mail, read_mail
from onrecord.readers.pages import pages_of_text, running_text
from onrecord.readers.records import Record, check, objects, parse, published
from onrecord.readers.repair import repaired
from onrecord.readers.text import decode, require_words
from onrecord.readers.transcript import find_turns, is_transcript

Form = Literal["text", "html", "json", "jsonl", "subtitles", "pdf", "word", "mail", "feed", "table", "markdown"]

MAX_BYTES = 256_000_000
"""The largest file taken into memory at once; JSON lines are read one by one and have no limit."""

_FORMS: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".pdf": "pdf",
    ".docx": "word",
    ".eml": "mail",
    ".rss": "feed",
    ".atom": "feed",
    ".csv": "table",
    ".tsv": "table",
}
READ = "a text, Markdown, HTML, PDF, Word (.docx), subtitles (.srt, .vtt), mail (.eml), a feed, CSV, JSON or JSON lines"
_NOT_READ = frozenset(
    """.xml .yaml .yml .toml .ini .cfg .log .py .js .ts .css .sql .sh .c .h .java .tex .bib .ass .ssa .sub .ttml .dfxp
    .odt .doc .rtf .pages .epub .mobi .xls .xlsx .ods .ppt .pptx .msg .mbox .ics .vcf""".split()
)
"""Names of kinds that would be read as prose and are none; a text so named is refused."""
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)


class Broken(msgspec.Struct, frozen=True):
    """One document of a file that cannot be read, while the others can."""

    name: str
    error: OnRecordError


class Reading(msgspec.Struct, frozen=True):
    """What the caller asked for, passed on unchanged; ``speakers`` names a recogniser's labels."""

    kind: DocumentKind | None
    speaker: str | None
    ids: Identifiers
    speakers: Mapping[str, str] = {}
    url: str | None = None
    content_type: str | None = None


def is_lines(name: str) -> bool:
    """Return whether a file of this name holds JSON lines, which are read one by one."""
    return _FORMS.get(Path(name).suffix.casefold()) == "jsonl"


def documents_of(data: bytes, name: str, reading: Reading) -> Iterator[Document | Broken]:
    """Read the documents of one file's bytes; raises ReadError where there is none to read."""
    identity = Path(name).stem or name
    if not data:
        raise empty(name)
    form = _of_bytes(data, name)
    if form in _BINARY:
        yield from _BINARY[form](data, name, identity, reading)
        return
    text = decode(data, name, declared=_declared(data) if form in {"html", None} else None)
    yield from _of_text(form or _sniffed(text, name, reading), text, name, identity, reading)


def _of_bytes(data: bytes, name: str) -> Form | None:
    """Tell the form from the first bytes, else from the name; ``None``: the text must say."""
    suffix = Path(name).suffix.casefold()
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return "word"
    named = _FORMS.get(suffix)
    if named == "mail" or (named in {None, "text"} and is_mail(data)):
        return "mail"
    return None if named in {"text", "pdf", "word"} else named


def _of_text(form: Form, text: str, name: str, identity: str, reading: Reading) -> Iterator[Document | Broken]:
    if form == "jsonl":
        yield from from_lines(io.BytesIO(text.encode("utf-8", "replace")), name, reading)
    elif form == "json":
        recogniser = _recogniser(text, name, identity, reading)
        if recogniser is not None:
            yield recogniser
            return
        for found, found_name in objects(text, name):
            yield _guarded(found, found_name, identity, reading)
    elif form == "feed":
        yield from _records(feed.entries(text, name), identity, reading)
    elif form == "table":
        yield from _records(tables.rows(text, name), identity, reading)
    elif form == "subtitles":
        if not subtitles.is_subtitles(text):
            raise FormatError(f"{name} is named as subtitles and does not begin as they do: correct it or rename it.")
        yield _timed(subtitles.read_cues(text, name), name, identity, reading)
    elif form == "html":
        yield _page(text, name, identity, reading, reading.url)
    elif form == "markdown":
        yield _marked_down(text, name, identity, reading)
    else:
        yield _plain(text, name, identity, reading, repair=True)


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data, 0, 4_096)
    return found[1].decode("ascii", "replace") if found else None


def _sniffed(text: str, name: str, reading: Reading) -> Form:
    """Return the form that a text's beginning shows; what is plainly nothing else is text, unless its name forbids."""
    head = text[:2_000].lstrip()
    if subtitles.is_subtitles(text[:2_000]):
        return "subtitles"
    if feed.is_feed(text):
        return "feed"
    if _MARKUP.match(head) or reading.content_type in {"text/html", "application/xhtml+xml"}:
        return "html"
    if head.startswith(("{", "[")) and (json := _json_form(text)):
        return json
    suffix = Path(name).suffix.casefold()
    if suffix in _NOT_READ and reading.content_type is None:
        raise FormatError(f"{name} is of a kind ({suffix}) that onrecord does not read: give {READ}.")
    return "text"


def _json_form(text: str) -> Form | None:
    first = text.lstrip().split("\n", 1)[0].rstrip()
    if first.startswith("{") and first.endswith("}") and _is_json(first):
        return "jsonl"
    return "json" if _is_json(text) else None


def _is_json(text: str) -> bool:
    try:
        return isinstance(parse(text, ""), dict | list)
    except ReadError:
        return False


def empty(name: str) -> EmptyDocumentError:
    """Return the error for a source without content."""
    return EmptyDocumentError(f"{name} is empty: check that it was saved whole.")


def from_lines(lines: IO[bytes], name: str, reading: Reading) -> Iterator[Document | Broken]:
    """Read JSON lines one by one; each gives its document or says why it gives none."""
    found_any = False
    for number, line in enumerate(iter(partial(lines.readline, MAX_BYTES + 1), b""), 1):
        if len(line) > MAX_BYTES:
            too_long = f"{name}, line {number} is longer than {MAX_BYTES // 1_000_000} MB: split it into its documents."
            raise ReadError(too_long)
        bare = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if not bare:
            continue
        found_any = True
        line_name = f"{name}, line {number}"
        try:
            found = parse(decode(bare, line_name), line_name)
        except ReadError as error:
            yield Broken(line_name, error)
        else:
            yield _guarded(found, line_name, f"{Path(name).stem}-{number}", reading)
    if not found_any:
        raise empty(name)


def _records(found: Iterator[tuple[Any, str]], identity: str, reading: Reading) -> Iterator[Document | Broken]:
    for record, name in found:
        yield _guarded(record, name, identity, reading)


def _guarded(found: Any, name: str, identity: str, reading: Reading) -> Document | Broken:
    try:
        if isinstance(found, dict) and withdrawn(found):
            raise ReadError(f"{name} was withdrawn by its agency (pubstatus {found['pubstatus']}): it is not read.")  # noqa: TRY301
        return _from_record(check(found, name), name, identity, reading)
    except ReadError as error:
        return Broken(name, error)
    except Exception as error:  # noqa: BLE001 - the other documents of the file are read
        return Broken(name, ReadError(unforeseen(error, name, "read").because))


def _from_record(record: Record, name: str, identity: str, reading: Reading) -> Document:
    kind = reading.kind or record.kind
    own = msgspec.structs.replace(reading, kind=kind, speaker=reading.speaker or record.speaker)
    identity = record.id or identity
    if record.text is None:
        assert record.html is not None
        document = _markup(record.html, name, identity, own, record.url)
    elif record.blocks:
        require_words(record.text, name)
        identity = reading.ids.claim(identity)
        document = _admitted(Document(identity, record.text, kind=kind or "report", blocks=record.blocks), name)
    else:
        document = _plain(record.text, name, identity, own)
    return msgspec.structs.replace(
        document,
        title=record.title or document.title,
        outlet=record.outlet or document.outlet,
        byline=record.byline or document.byline,
        published=record.published or document.published,
        url=record.url or document.url,
    )


def _markup(markup: str, name: str, identity: str, reading: Reading, url: str | None) -> Document:
    """Read a page, or a fragment of one (a feed's entry), which is all article."""
    if _MARKUP.match(markup):
        return _page(markup, name, identity, reading, url)
    from onrecord.readers.html import fragment_text  # noqa: PLC0415 - loads lxml

    return _plain(fragment_text(markup), name, identity, reading)


def _page(markup: str, name: str, identity: str, reading: Reading, url: str | None) -> Document:
    from onrecord.readers.html import read_page  # noqa: PLC0415 - loads trafilatura, which takes a quarter of a second

    document = read_page(markup, name, identity=identity, kind=reading.kind, url=url, speaker=reading.speaker)
    return msgspec.structs.replace(_admitted(document, name), id=reading.ids.claim(identity))


def _plain(text: str, name: str, identity: str, reading: Reading, *, repair: bool = False) -> Document:
    """Make a document of a plain text; ``repair`` is for files, whose positions nobody else counts."""
    require_words(text, name)
    notes: tuple[ReadingNote, ...] = ()
    if repair:
        spoken = recognised.cues_of_lines(text)
        if spoken is not None:
            return _timed(spoken, name, identity, reading)
        text, notes = repaired(text)
        pages = pages_of_text(text)
        if pages is not None:
            text, more = running_text(pages)
            notes += more
    return _of_words(text, name, identity, reading, notes)


def _of_words(text: str, name: str, identity: str, reading: Reading, notes: tuple[ReadingNote, ...]) -> Document:
    kind = reading.kind or ("transcript" if is_transcript(text) else "report")
    blocks = find_turns(text, speaker=reading.speaker) if kind == "transcript" else ()
    return _admitted(Document(reading.ids.claim(identity), text, kind=kind, blocks=blocks, notes=notes), name)


def _admitted(document: Document, name: str) -> Document:
    """Give the document back where it is in English; raise LanguageError where it plainly is not."""
    language = other_language(document.text)
    if language is not None:
        raise LanguageError(f"{name} is not English ({language}): not read.")
    return document


def _timed(found: list[cues.Cue], name: str, identity: str, reading: Reading) -> Document:
    if not any(any(map(str.isalnum, cue.words)) for cue in found):
        raise EmptyDocumentError(f"{name} holds no words: check that it was saved whole.")
    document = cues.transcript(found, reading.ids.claim(identity), speakers=reading.speakers, speaker=reading.speaker)
    require_words(document.text, name)
    return _admitted(document, name)


def _recogniser(text: str, name: str, identity: str, reading: Reading) -> Document | None:
    """Read a recogniser's JSON; ``None`` where a JSON text is something else."""
    found = recognised.cues_of_json(parse(text, name))
    return None if found is None else _timed(found, name, identity, reading)


def _marked_down(text: str, name: str, identity: str, reading: Reading) -> Document:
    from onrecord.readers.markdown import read_markdown  # noqa: PLC0415 - loads markdown-it-py

    found = read_markdown(text)
    require_words(found.text, name)
    kind = reading.kind or ("transcript" if is_transcript(found.text, bold=found.bold) else "report")
    blocks = find_turns(found.text, speaker=reading.speaker, bold=found.bold) if kind == "transcript" else found.blocks
    document = Document(
        reading.ids.claim(identity),
        found.text,
        kind=kind,
        blocks=blocks,
        title=found.fields.get("title") or None,
        byline=found.fields.get("author") or None,
        published=published(found.fields.get("date")),
        url=found.fields.get("url") or None,
    )
    return _admitted(document, name)


def _pdf(data: bytes, name: str, identity: str, reading: Reading) -> Iterator[Document | Broken]:
    from onrecord.readers.pdf import read_pdf  # noqa: PLC0415 - loads PDFium

    text, notes = read_pdf(data, name)
    yield _of_words(text, name, identity, reading, notes)


def _word(data: bytes, name: str, identity: str, reading: Reading) -> Iterator[Document | Broken]:
    from onrecord.readers.word import read_word  # noqa: PLC0415 - loads python-docx

    text, title = read_word(data, name)
    document = _of_words(text, name, identity, reading, ())
    yield msgspec.structs.replace(document, title=document.title or title)


def _mail(data: bytes, name: str, identity: str, reading: Reading) -> Iterator[Document | Broken]:
    found = read_mail(data, name)
    make = _markup if found.is_markup else None
    document = make(found.body, name, identity, reading, None) if make else _plain(found.body, name, identity, reading)
    when = published(found.date)
    yield msgspec.structs.replace(
        document,
        title=document.title or found.subject,
        byline=document.byline or found.sender,
        published=document.published or (Published(when.value, "metadata") if when else None),
    )


_BINARY: Mapping[Form | None, Callable[[bytes, str, str, Reading], Iterator[Document | Broken]]] = {
    "pdf": _pdf,
    "word": _word,
    "mail": _mail,
}
