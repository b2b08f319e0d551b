"""Live blogs: each post is a document with its time and author; an article is none."""

from __future__ import annotations

import json

import pytest

import onrecord

CANCELLED = "The ferry is cancelled. “No ship leaves before noon,” harbour master Idris Vael said."
SHUT = "All schools stay shut. “We could not get the buses through,” head teacher Ada Holm told parents."
POSTS = (
    ("Ferry cancelled", "Mina Dahl", "2024-03-03T09:14:00Z", CANCELLED),
    ("Schools shut", "Tove Rask", "2024-03-02T18:02:00Z", SHUT),
)


def in_data() -> str:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": title,
            "author": [{"name": who}],
            "datePublished": when,
            "articleBody": text,
        }
        for title, who, when, text in POSTS
    ]
    data = json.dumps(
        {"@context": "https://schema.org", "@graph": [{"@type": "LiveBlogPosting", "liveBlogUpdate": updates}]}
    )
    script = f'<script type="application/ld+json">{data}</script>'
    return f"<html><head><title>Storm live</title>{script}</head><body><p>Storm live</p></body></html>"


def in_elements() -> str:
    posts = "".join(
        f'<div itemprop="liveBlogUpdate"><time datetime="{when}">then</time><span itemprop="author">{who}</span>'
        f'<h2>{title}</h2><div itemprop="articleBody"><p>{text}</p></div></div>'
        for title, who, when, text in POSTS
    )
    return f"<html><head><title>Storm live</title></head><body><article>{posts}</article></body></html>"


@pytest.mark.parametrize("make", [in_data, in_elements])
def test_each_post_is_a_document_with_its_time_and_author(make, tmp_path):
    path = tmp_path / "storm.html"
    path.write_text(make(), encoding="utf-8")
    found = onrecord.read(path)
    assert [(each.title, each.byline) for each in found] == [(title, who) for title, who, _, _ in POSTS]
    assert [each.published.day for each in found] == ["2024-03-03", "2024-03-02"]
    assert [each.text for each in found] == [text for *_, text in POSTS]
    assert len({each.id for each in found}) == 2


@pytest.mark.parametrize("broken", ['{"liveBlogUpdate": 3', '{"liveBlogUpdate": [3, null, {"articleBody": 7}]}', "[]"])
def test_broken_data_and_a_single_post_are_an_article(broken, tmp_path):
    path = tmp_path / "storm.html"
    words = (
        "The ferry to Tamsin Bay was cancelled on Monday, the harbour office said, and no ship left before noon. " * 4
    )
    path.write_text(
        f'<html><body><script type="application/ld+json">{broken}</script><article itemprop="liveBlogUpdate">'
        f"<h1>Storm</h1><p>{words}</p></article></body></html>",
        encoding="utf-8",
    )
    (found,) = onrecord.read(path)
    assert "Tamsin Bay" in found.text
