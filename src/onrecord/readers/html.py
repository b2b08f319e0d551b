"""Saved pages become documents: trafilatura says what the main text is, the page's own elements say what each part is.

Reads the page's markup; gives a :class:`~onrecord.document.Document` whose text is the headline and the parts of the
body, each once, parted by a blank line. trafilatura (2.3, Barbaresi 2021) chooses; its choice is then found again among
the page's elements, so that headings, captions, block quotations and names in bold, which it drops or flattens, are
known, and short paragraphs between two that it chose (an answer of one word) are not lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from onrecord.document import Block, BlockKind, Document, DocumentKind, Published, Span
from onrecord.errors import EmptyDocumentError, ReadError
from onrecord.readers.html_parts import HEADINGS, Part, key_of, parts_of
from onrecord.readers.markup import article_body, is_stub, prepare
from onrecord.readers.text import require_words
from onrecord.readers.transcript import find_turns, is_transcript

MAX_MARKUP = 20_000_000
"""The largest page read, in characters of markup; trafilatura's own limit."""
_SCRIPT_NOTICE = re.compile(r"\b(?:enable|turn on|requires?|needs?|without) java ?script\b", re.IGNORECASE)
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONG_TAG: Final = re.compile(r"(<[a-zA-Z][^\s<>/]*)([^<>]{10000,})")
_ATTRIBUTE: Final = re.compile(r"""\s+[^\s=<>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?""")
_MOST_ATTRIBUTES: Final = 200  # of an element: the parser holds each against all the others
_DEEPEST: Final = 256  # elements within elements, libxml2's own limit
_FEWEST_WORDS = 5
_ARTICLE_WORDS: Final = 150
"""Words of a `noscript` element from which it is what the page shows where no script runs."""
_FULLER = 1.3
"""Times the letters shown: a body in the page's data that is longer by this is the article."""
_ALIKE = 40
"""Letters with which both begin."""
_REPEATED = 60
"""Letters from which on a paragraph that stands twice is taken to be the body held twice."""


@dataclass
class _Page:
    """A page and what trafilatura knows of it."""

    name: str
    markup: str
    url: str | None
    found: Any

    def fact(self, name: str) -> str | None:
        """Give a field of trafilatura's metadata, where it is set."""
        return (getattr(self.found, name) or None) if self.found is not None else None


def read_page(
    markup: str,
    name: str,
    *,
    identity: str,
    kind: DocumentKind | None = None,
    url: str | None = None,
    speaker: str | None = None,
) -> Document:
    """Read one page; ``name`` stands in messages.

    Raises:
        EmptyDocumentError: the page holds no text, or only scripts.
        ReadError: the markup is longer than :data:`MAX_MARKUP`.

    """
    from trafilatura import load_html  # noqa: PLC0415 - takes a quarter of a second

    if len(markup) > MAX_MARKUP:
        raise ReadError(f"{name} holds {len(markup):,} characters of markup, and a page may have {MAX_MARKUP:,}.")
    tree = load_html(_with_few_attributes(_without_declaration(markup)))
    if tree is not None and _depth(tree) >= _DEEPEST:  # the parser drops all that follows, and does not say so
        raise ReadError(f"{name} nests its elements {_DEEPEST} deep, where reading ends: save its text as .txt.")
    notes = [] if tree is None else prepare(tree)
    found, chosen = _extracted(tree, url)
    page = _Page(name, markup, url, found)
    if tree is None or not _tells(" ".join(words for _, words in chosen)):
        raise EmptyDocumentError(
            f"{name} holds no article text, only markup or scripts: save the page once it is shown."
        )
    parts = list(parts_of(tree))
    kept = _fuller(tree, _keep(parts, chosen))
    document = _assembled(page, identity, kept, _headline(parts, kept, found), kind=kind, speaker=speaker)
    require_words(document.text, name)
    if is_stub(document.text, " ".join(part.words for part in parts)):
        notes.append("stub")
    return msgspec.structs.replace(document, notes=tuple(notes))


def _fuller(tree: Any, kept: list[Part]) -> list[Part]:
    """Give the body that the page's data hold in place of what was found, where that is cut, or one lump of it."""
    body = article_body(tree)
    shown, whole = "".join(part.key for part in kept if part.tag not in HEADINGS), key_of(" ".join(body))
    lump = len(body) > len(kept) and len(whole) == len(shown)
    if not body or (not lump and len(whole) < _FULLER * len(shown)) or (shown and shown[:_ALIKE] not in whole):
        return kept
    headings = [part for part in kept[:1] if part.tag in HEADINGS]
    return headings + [Part(words, "p", None, False, False, False, 0.0, []) for words in body if key_of(words)]


def fragment_text(markup: str) -> str:
    """Return the words of a fragment of markup that is all article (a feed's entry), a blank line between its parts."""
    from lxml.html import fragment_fromstring  # noqa: PLC0415 - loads lxml

    legible = _UNFIT.sub("\ufffd", markup)  # what no page may hold, lxml refuses
    return "\n\n".join(part.words for part in parts_of(fragment_fromstring(legible, create_parent="body")))


def _extracted(tree: Any, url: str | None) -> tuple[Any, list[tuple[str, str]]]:
    """Let trafilatura choose; give what it knows of the page, and the chosen parts with their tags."""
    from trafilatura import bare_extraction, baseline  # noqa: PLC0415 - takes a quarter of a second

    if tree is None:
        return None, []
    for element in list(tree.iter("noscript")):  # asks to switch scripts on, or repeats a picture, or is the article
        if len(" ".join(element.itertext()).split()) < _ARTICLE_WORDS and element.getparent() is not None:
            element.drop_tree()
    try:
        found: Any = bare_extraction(
            tree,
            url=url,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception:  # noqa: BLE001 - what the library cannot take of broken markup costs its choice, not the page
        found = None
    chosen = list(_chosen(found.body)) if found is not None else []
    if not chosen:
        body, text, _ = baseline(tree)
        chosen = list(_chosen(body)) or [("p", text)]
    return found, [(tag, words) for tag, words in chosen if key_of(words)]


def _depth(tree: Any) -> int:
    from lxml.etree import iterwalk  # noqa: PLC0415 - loaded with trafilatura

    return max(accumulate(1 if event == "start" else -1 for event, _ in iterwalk(tree, events=("start", "end"))))


def _without_declaration(markup: str) -> str:
    # lxml refuses a string that declares an encoding of its own; it is decoded already.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", markup, count=1)


def _with_few_attributes(markup: str) -> str:
    def shortened(tag: re.Match[str]) -> str:
        return tag[1] + "".join(one.group() for one in islice(_ATTRIBUTE.finditer(tag[2]), _MOST_ATTRIBUTES))

    return _LONG_TAG.sub(shortened, markup)


def _tells(words: str) -> bool:
    """Tell an article, however short, from a menu's word or the notice of a page made by scripts."""
    return len(words.split()) >= _FEWEST_WORDS and not (len(words) < 300 and _SCRIPT_NOTICE.search(words))


def _chosen(body: Any) -> Iterator[tuple[str, str]]:
    if body.text and body.text.strip():
        yield "p", " ".join(body.text.split())
    for element in body:
        if element.tag in {"list", "table", "row", "div"}:
            yield from _chosen(element)
        else:
            yield str(element.tag), " ".join("".join(element.itertext()).split())
        if element.tail and element.tail.strip():
            yield "p", " ".join(element.tail.split())


def _keep(parts: list[Part], chosen: list[tuple[str, str]]) -> list[Part]:
    """Find trafilatura's choice again among the page's parts, and add what stands inside it."""
    whole = "".join(key_of(words) for _, words in chosen)
    matched = _matched(parts, [key_of(words) for _, words in chosen], whole)
    if sum(len(parts[number].key) for number in matched) * 10 < len(whole) * 7:
        return [
            Part(words, tag if tag != "head" else "h2", None, False, tag == "quote", False, 0.0, [])
            for tag, words in chosen
        ]
    body = [number for number in sorted(matched) if parts[number].tag not in HEADINGS] or sorted(matched)
    containers = {id(parts[number].container) for number in body}
    around = _common_ancestor(parts[body[0]].parent, parts[body[-1]].parent)
    kept = []
    for number, part in enumerate(parts):
        inside = body[0] < number < body[-1] and id(part.container) in containers
        captioning = part.caption and len(part.key) > 9 and _stands_in(part.parent, around)
        if number in matched or (not part.aside and part.linked < 0.5 and (inside or captioning)):
            kept.append(part)
    return kept


def _matched(parts: list[Part], keys: list[str], whole: str) -> set[int]:
    remaining, matched = Counter(keys), set()
    for asides in (False, True):  # a menu may repeat a short line of the article
        at = 0
        for number, part in enumerate(parts):
            if part.aside is not asides or number in matched:
                continue
            found = whole.find(part.key, at, at + len(part.key) + 4_000)
            if remaining[part.key] > 0:
                remaining[part.key] -= 1
                matched.add(number)
            elif found >= 0 and len(part.key) > 25:
                matched.add(number)
            else:
                continue
            at = found + len(part.key) if found >= 0 else at
    return matched


def _common_ancestor(first: Any, last: Any) -> Any:
    above = {id(element): element for element in [first, *first.iterancestors()]}
    return next((element for element in [last, *last.iterancestors()] if id(element) in above), first)


def _stands_in(element: Any, ancestor: Any) -> bool:
    return element is ancestor or any(above is ancestor for above in element.iterancestors())


def _headline(parts: list[Part], kept: list[Part], found: Any) -> str | None:
    """Give the headline as the page prints it: the first-order heading that tells the title, else the title."""
    title = _title(found)
    headings = [part for part in [*kept, *parts] if part.tag == "h1"]
    if title is None:
        return headings[0].words.replace("\n", " ") if headings else None
    key, reported = key_of(title), set(title.casefold().split())
    for part in headings:
        words = set(part.words.casefold().split())
        if part.key in key or key in part.key or len(words & reported) * 2 > len(words | reported):
            return part.words.replace("\n", " ")
    return title


def _title(found: Any) -> str | None:
    title = " ".join((found.title or "").split()) if found is not None else ""
    outlet = (found.sitename or "").strip() if found is not None else ""
    for mark in (" | ", " - ", " – ", " — ", " :: "):
        if outlet and title.casefold().endswith(f"{mark}{outlet}".casefold()):
            title = title[: -len(mark) - len(outlet)].strip()
    return title or None


def _assembled(
    page: _Page,
    identity: str,
    kept: list[Part],
    headline: str | None,
    *,
    kind: DocumentKind | None,
    speaker: str | None,
) -> Document:
    """Make the document: the text, its turns where it is a transcript, and what the page says of itself."""
    written = _written(kept, headline)
    text, blocks = written.text(), tuple(written.blocks)
    body = blocks[0].end if headline is not None and blocks else 0
    bold = [Span(span.start - body, span.end - body) for span in written.bold]
    if kind == "transcript" or (kind is None and is_transcript(text[body:], bold=bold)):
        kind = "transcript"
        turns = find_turns(text[body:], speaker=speaker, bold=bold)
        blocks = blocks[: 1 if body else 0] + tuple(
            Block(turn.kind, turn.start + body, turn.end + body, turn.speaker) for turn in turns
        )
    return Document(
        id=identity,
        text=text,
        kind=kind or "report",
        title=_title(page.found) or headline,
        outlet=page.fact("sitename") or page.fact("hostname"),
        byline=page.fact("author"),
        published=_published(page),
        url=page.fact("url") or page.url,
        blocks=blocks,
    )


def _written(kept: list[Part], headline: str | None) -> _Written:
    """Join the parts to one text, each once, the headline first."""
    written = _Written()
    headline_key = key_of(headline or "")
    if headline is not None:
        written.add(Part(headline, "h1", None, False, False, False, 0.0, []), "headline")
    seen: set[str] = set()
    opened = False
    for part in kept:
        if part.key == headline_key:
            if opened:
                written.add(part, "repeated-headline")
                opened = False
            continue
        opened = opened or part.tag not in HEADINGS
        if len(part.key) >= _REPEATED and part.key in seen:
            continue
        seen.add(part.key)
        written.add(part, _kind(part))
    return written


@dataclass
class _Written:
    """The text as it grows, with its blocks and what is bold in it."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    bold: list[Span] = field(default_factory=list)
    length: int = 0

    def add(self, part: Part, kind: BlockKind) -> None:
        if self.pieces:
            self.pieces.append("\n\n")
            self.length += 2
        self.blocks.append(Block(kind, self.length, self.length + len(part.words)))
        self.bold += [Span(self.length + start, self.length + end) for start, end in part.bold]
        self.pieces.append(part.words)
        self.length += len(part.words)

    def text(self) -> str:
        return "".join(self.pieces)


def _kind(part: Part) -> BlockKind:
    if part.caption:
        return "caption"
    if part.quotation:
        return "block-quotation"
    return "subheading" if part.tag in HEADINGS else "paragraph"


def _published(page: _Page) -> Published | None:
    """Give the day that the page states; a day that only its address holds is said to come from there."""
    day = page.fact("date")
    if day is None:
        return None
    path = urlsplit(page.fact("url") or "").path
    in_address = re.search(r"/" + day.replace("-", r"[/-]0?"), path) is not None
    return Published(day, "address" if in_address and day not in page.markup else "metadata")
