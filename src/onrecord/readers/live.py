"""Live blogs: each post with its time and its author, in place of one long page by nobody in particular.

Reads a page's markup; gives the posts that it declares, in JSON-LD (``LiveBlogPosting``, ``liveBlogUpdate``) or in
microdata (``itemprop="liveBlogUpdate"``), as records with the fields of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

FEWEST: Final = 2
"""Posts from which a page is a live blog; one alone is an article."""
_SIGN: Final = "liveBlogUpdate"
_DEEPEST: Final = 6


def posts(markup: str) -> list[dict[str, Any]]:
    """List the posts of a live blog as they stand on the page; empty where the page is none."""
    if _SIGN not in markup:
        return []
    from trafilatura import load_html  # noqa: PLC0415 - takes a quarter of a second

    tree = load_html(markup)
    if tree is None:
        return []
    found = list(_of_data(tree)) or list(_of_elements(tree))
    kept = [post for post in found if post["text"]]
    return kept if len(kept) >= FEWEST else []


def _of_data(tree: Any) -> Iterator[dict[str, Any]]:
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().casefold() != "application/ld+json":
            continue
        try:
            data = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        for update in _updates(data):
            author = update.get("author")
            author = author[0] if isinstance(author, list) and author else author
            name = author.get("name") if isinstance(author, dict) else author
            yield _post(
                update.get("articleBody"), update.get("headline"), name, update.get("datePublished"), update.get("url")
            )


def _updates(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from _updates(each, depth + 1)
    elif isinstance(data, dict):
        updates = data.get(_SIGN)
        yield from (each for each in (updates if isinstance(updates, list) else [updates]) if isinstance(each, dict))
        for key in ("@graph", "mainEntity"):
            yield from _updates(data.get(key), depth + 1)


def _of_elements(tree: Any) -> Iterator[dict[str, Any]]:
    for element in tree.xpath(f'//*[@itemprop="{_SIGN}"]'):
        bodies = element.xpath('.//*[@itemprop="articleBody"]')
        paragraphs = [_words(part) for body in bodies for part in (body.xpath(".//p") or [body])]
        heading = element.xpath('.//*[@itemprop="headline"] | .//h2 | .//h3')
        author = element.xpath('.//*[@itemprop="author"]')
        times = element.xpath(".//time/@datetime")
        yield _post(
            "\n\n".join(paragraphs),
            _words(heading[0]) if heading else None,
            _words(author[0]) if author else None,
            str(times[0]) if times else None,
            None,
        )


def _post(text: Any, title: Any, author: Any, published: Any, url: Any) -> dict[str, Any]:
    fields = {"title": title, "byline": author, "published": published, "url": url}
    known = {name: value for name, value in fields.items() if isinstance(value, str) and value.strip()}
    return {"text": text.strip() if isinstance(text, str) else "", **known}


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
