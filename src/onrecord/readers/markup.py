"""A page's elements are put in order before its article is looked for: what marks show is written, what repeats goes.

Reads a page's element tree; changes it in place and gives notes of what it did.

* Struck words (``<s>``, ``<del>``, ``<strike>``) go; ``<q>`` gets its quotation marks.
* An embedded post becomes one paragraph that ends in its author, as posts are printed: "words — Name (@handle) date".
* Whom a block quotation names in its ``<footer>`` or ``<cite>`` stands behind a dash below it.
* A pull quote, which repeats words of the article, goes; the labels of a picture gallery go.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from onrecord.document import ReadingNote

_STRUCK = ("s", "del", "strike")
_POST_CLASS = re.compile(
    r"twitter-tweet|twitter-video|bluesky-embed|mastodon-embed|instagram-media|fb-post|threads-post|truthsocial-embed|"
    r"tiktok-embed|social-embed-post"
)
_PULL_CLASS = re.compile(r"pull-?_?quote|quote-?callout", re.IGNORECASE)
_GALLERY_LABEL = re.compile(r"\s*(?:(?:Hide|Show) Caption|Photos?:(?=\s*$))\s*|\b\d{1,3} of \d{1,3}\s*$")
_DASH = re.compile(r"\s*(?:[-–—―~]|&mdash;)")
_SIGNED = re.compile(r"[—–-]\s*(?P<name>[^@()]{2,80}?)\s*\((?P<handle>@[\w.@-]+)\)")
_STUB_WORDS = re.compile(
    r"\b(?:subscribe (?:now )?to (?:read|continue)|already a subscriber|to continue reading|"
    r"log in to (?:read|continue)|"
    r"for subscribers only|this (?:article|story) is for subscribers|create a free account to (?:read|continue))\b",
    re.IGNORECASE,
)
_STUB_LENGTH = 1_500
"""Characters: a longer text is no stub, whatever it says about subscribers."""
_ARTICLE_WORDS = 80
_LETTERS = re.compile(r"[\W_]+")
_FEWEST_REPEATED = 20


def prepare(tree: Any) -> list[ReadingNote]:
    """Put a page's elements in order, in time linear in the page; see the module's text."""
    from lxml.etree import strip_elements  # noqa: PLC0415 - loaded with trafilatura

    notes: list[ReadingNote] = []
    if next(tree.iter(*_STRUCK), None) is not None:
        strip_elements(tree, *_STRUCK, with_tail=False)
        notes.append("struck-text-left-out")
    for element in list(tree.iter("q")):
        _mark(element)
    for element in list(tree.iter("blockquote", "div")):
        if _POST_CLASS.search(element.get("class") or ""):
            _flatten_post(element)
    for element in list(tree.iter("blockquote")):
        _name_author(element)
    _without_pull_quotes(tree)
    if _articles(tree) > 1:
        notes.append("several-articles")
    return notes


def _mark(quotation: Any) -> None:
    """Write the marks that a browser would draw around ``<q>``, where none are printed."""
    words = "".join(quotation.itertext())
    if not words.strip() or words.strip()[0] in "\"'“”‘’«»„":
        return
    quotation.text = f"“{quotation.text or ''}"
    children = list(quotation)
    if children:
        children[-1].tail = f"{children[-1].tail or ''}”"
    else:
        quotation.text += "”"


def _flatten_post(element: Any) -> None:
    """Make one paragraph of an embedded post: its words, then its author and date behind a dash."""
    words = " ".join(" ".join(element.itertext()).split())
    if not words or element.getparent() is None:
        return
    signed = _SIGNED.search(words)
    if signed is None:
        return  # whose post it is cannot be told from the page
    for child in list(element):
        element.remove(child)
    element.text = None
    paragraph = element.makeelement("p", {})
    paragraph.text = words
    element.append(paragraph)


def _name_author(quotation: Any) -> None:
    """Turn a block quotation's ``<footer>`` or closing ``<cite>`` into a paragraph behind a dash."""
    named = [child for child in quotation.iter("footer", "cite") if child is not quotation]
    if not named:
        return
    element = named[0]
    words = " ".join("".join(element.itertext()).split())
    before = "".join(quotation.itertext())
    if not words or not before.rstrip().endswith("".join(element.itertext()).rstrip()):
        return
    tail = element.tail
    for child in list(element):
        element.remove(child)
    element.tag = "p"
    element.text = words if _DASH.match(words) else f"— {words}"
    element.tail = tail


def _without_pull_quotes(tree: Any) -> None:
    """Take away blocks that are set as pull quotes and repeat words of the page."""
    candidates = [
        element
        for element in tree.iter("aside", "blockquote", "div", "figure", "p", "span", "section")
        if _PULL_CLASS.search(f"{element.get('class') or ''} {element.get('role') or ''}")
    ]
    if not candidates:
        return
    whole = _key("".join(tree.itertext()))
    for element in candidates:
        parent = element.getparent()
        key = _key("".join(element.itertext()))
        quoted = _key("".join(child for child in _without_citation(element)))
        if parent is None or len(quoted) < _FEWEST_REPEATED:
            continue
        if whole.count(quoted) > 1 or whole.count(key) > 1:
            _remove(element)


def _without_citation(element: Any) -> Iterator[str]:
    if element.tag in {"cite", "footer", "figcaption"}:
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _without_citation(child)
        yield child.tail or ""


def _remove(element: Any) -> None:
    """Take an element away and keep what stands behind it."""
    parent, tail = element.getparent(), element.tail
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def _key(words: str) -> str:
    return _LETTERS.sub("", words).casefold()


def _articles(tree: Any) -> int:
    """Count the articles that stand side by side on a page, each with a heading and some length."""
    count = 0
    for element in tree.iter("article"):
        inside = any(above.tag in {"article", "aside", "nav", "footer"} for above in element.iterancestors())
        heading = next(element.iter("h1", "h2"), None)
        if not inside and heading is not None and len(" ".join(element.itertext()).split()) >= _ARTICLE_WORDS:
            count += 1
    return count


def article_body(tree: Any) -> list[str]:
    """Return the paragraphs of ``articleBody`` in the page's JSON-LD; none where there is no such field."""
    longest = ""
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().casefold() != "application/ld+json":
            continue
        try:
            found = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        longest = max([longest, *_bodies(found)], key=len)
    return [" ".join(part.split()) for part in re.split(r"\n+|<br\s*/?>|</p>\s*<p>", longest) if part.strip()]


def _bodies(found: Any, depth: int = 0) -> Iterator[str]:
    if depth > 6:
        return
    if isinstance(found, list):
        for item in found:
            yield from _bodies(item, depth + 1)
    elif isinstance(found, dict):
        body = found.get("articleBody")
        if isinstance(body, str):
            yield body
        for key in ("@graph", "mainEntity", "hasPart"):
            yield from _bodies(found.get(key), depth + 1)


def is_stub(text: str, page_words: str) -> bool:
    """Return whether a short text stands on a page that asks the reader to subscribe for the rest."""
    return len(text) < _STUB_LENGTH and _STUB_WORDS.search(page_words) is not None


def without_gallery_labels(words: str) -> str:
    """Return a part's words without what a picture gallery prints around its captions."""
    return _GALLERY_LABEL.sub(" ", words).strip() if "Caption" in words else words
