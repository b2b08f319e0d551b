"""Saved pages: the article and nothing around it, each part once, and known for what it is."""

from __future__ import annotations

import pytest

from onrecord.errors import EmptyDocumentError
from onrecord.readers import read

HEAD = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Pier falls into the sea | The Gull</title>
<link rel="canonical" href="https://gull.example/2024/05/02/pier">
<meta name="author" content="Ada Brandt">
<meta property="og:site_name" content="The Gull"><meta property="og:title" content="Pier falls into the sea">
<meta property="article:published_time" content="2024-05-02T10:30:00Z"></head><body>
<div class="cookie-consent"><p>We use cookies to make this page better for you and for our partners.</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li></ul></nav>"""
BODY = """<main><article>
<header><h1>Pier falls into the sea</h1><p class="standfirst">Nobody was hurt.</p></header>
<figure><img src="p.jpg"><figcaption>The pier on Thursday. (Ida Lund/The Gull)</figcaption></figure>
<p>OSTERHAVN, May 2 — The old pier of Osterhavn fell into the sea on Thursday morning, an hour after the last
walkers had left it, the harbour master said.</p>
<p>“It simply <b>went</b>,” said Tom Oake, who
was mending nets on the quay when he heard the first of the beams crack.</p>
<blockquote><p>We asked the town for repairs in March,
and again in April, and nobody wrote back to us.</p></blockquote>
<p>Nobody answered.</p>
<h2>No inspection since 2019</h2>
<p>The town council said that it would look into the matter, and that the last inspection had been in 2019.</p>
<p><a href="/storm">Read more: The storm that nobody saw coming</a></p>
<p>The council meets again on Monday, when the members will hear what a new pier of steel would cost the town.</p>
</article><aside class="related"><h2>Related</h2>
<ul><li><a href="/a">Gulls take over the market square</a></li></ul></aside>
<section class="newsletter"><p>Sign up for our newsletter and get the tide in your inbox every morning.</p></section>
</main>
<footer><p>© 2024 The Gull. All rights reserved.</p></footer></body></html>"""


def page(body, head=HEAD):
    (document,) = read((head + body).encode(), name="pier.html")
    return document


def parts(document, kind):
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def test_the_article_is_read_and_what_stands_around_it_is_not():
    document = page(BODY)
    for noise in ("cookies", "Home", "Gulls take over", "newsletter", "All rights reserved"):
        assert noise not in document.text
    assert document.text.count("The old pier of Osterhavn") == 1
    assert document.text == page(BODY).text


def test_headline_caption_quotation_and_headings_are_known():
    document = page(BODY)
    assert parts(document, "headline") == ["Pier falls into the sea"]
    assert parts(document, "caption") == ["The pier on Thursday. (Ida Lund/The Gull)"]
    assert parts(document, "block-quotation")[0].startswith("We asked the town")
    assert parts(document, "subheading") == ["No inspection since 2019"]
    assert "Nobody answered." in parts(document, "paragraph")
    assert "“It simply went,” said Tom Oake" in document.text


def test_what_the_page_says_of_itself_is_kept_with_its_origin():
    document = page(BODY)
    assert (document.title, document.outlet, document.byline) == ("Pier falls into the sea", "The Gull", "Ada Brandt")
    assert document.url == "https://gull.example/2024/05/02/pier"
    assert document.published is not None
    assert (document.published.value, document.published.origin) == ("2024-05-02", "metadata")


def test_a_date_that_only_the_address_holds_is_said_to_come_from_it():
    head = "<html><head><title>Pier falls</title>"
    head += '<link rel="canonical" href="https://gull.example/2024/05/02/pier"></head><body>'
    document = page(BODY, head)
    assert document.published is not None
    assert (document.published.value, document.published.origin) == ("2024-05-02", "address")


def test_a_page_that_holds_its_body_twice_gives_it_once():
    article = BODY[BODY.index("<p>OSTERHAVN") : BODY.index("</article>")]
    doubled = f"<main><article><h1>Pier falls into the sea</h1>{article}</article>"
    doubled += f"<article class='mobile'>{article}</article></main></body></html>"
    document = page(doubled)
    assert document.text.count("The old pier of Osterhavn") == 1
    assert document.text.count("The council meets again on Monday") == 1


def test_a_transcript_with_names_in_bold_becomes_turns():
    said = [
        (
            "MINISTER BRANDT:",
            "Good morning. The pier fell at eight o'clock, and nobody was on it, for which I am grateful.",
        ),
        ("Q:", "Who had inspected it?"),
        ("MINISTER BRANDT:", "No one."),
        ("Q:", "Since when had nobody been there to look at the beams, Minister, if I may ask that once more?"),
        ("MR. OAKE:", "Since 2019, as far as we know, and that is five winters, each of them worse than the last one."),
        ("Q:", "Will it be built again?"),
        ("MINISTER BRANDT:", "It will."),
    ]
    body = (
        "<article><h1>Briefing on the pier</h1>"
        + "".join(f"<p><strong>{who}</strong> {words}</p>" for who, words in said)
        + "</article></body></html>"
    )
    document = page(body, "<html><head><title>Briefing on the pier</title></head><body>")
    assert document.kind == "transcript"
    assert [
        (block.speaker, document.text[block.start : block.end]) for block in document.blocks if block.kind == "turn"
    ] == [(who.rstrip(":"), words) for who, words in said]


def test_line_breaks_part_paragraphs_on_old_pages():
    body = (
        "<div><h1>Pier falls</h1>"
        + "<br><br>".join(
            f"This is paragraph number {n} of a page that has no paragraphs of its own at all." for n in range(8)
        )
        + "</div></body></html>"
    )
    document = page(body, "<html><head><title>Pier falls</title></head><body>")
    assert len(parts(document, "paragraph")) == 8


@pytest.mark.parametrize(
    "markup",
    [
        "<html><head><script>var a = 1;</script></head><body><noscript>Switch on scripts</noscript></body></html>",
        "<html></html>",
        "<!doctype html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
    ],
)
def test_a_page_without_an_article_is_refused_in_a_sentence(markup):
    with pytest.raises(EmptyDocumentError, match="no article text"):
        read(markup.encode(), name="app.html")


def test_broken_markup_is_read_as_far_as_it_goes():
    document = page(
        "<article><h1>Pier falls<p>The pier fell at <b>noon & nobody was hurt, said the master of the harbour."
        "<p>“We <i>ran” he said, <<>> and that was all that he wanted to say on it."
    )
    assert "nobody was hurt" in document.text
    assert all(0 <= block.start < block.end <= len(document.text) for block in document.blocks)


@pytest.mark.parametrize("many", [5_000, 50_000])
def test_an_element_of_many_attributes_costs_no_more_than_its_text(many):
    crowded = BODY.replace("<main>", "<main " + " ".join(f'a{n}="1"' for n in range(many)) + ">")
    assert page(crowded).text == page(BODY).text


def test_a_picture_held_in_its_element_keeps_the_page_as_it_is():
    picture = f'<img alt="The pier" src="data:image/png;base64,{"QUJD" * 10_000}" class=\'wide tall\'>'
    assert page(BODY.replace('<img src="p.jpg">', picture)).text == page(BODY).text


def test_markup_that_the_extractor_cannot_take_is_refused_in_a_sentence():
    broken = (
        "<!doctype html</title><svg onload=x>><html><head><title>Gate was rusty<\ufffd/ßtitle></head><body><article>"
    )
    with pytest.raises(EmptyDocumentError):
        read(f"{broken}<h1>Gat„e was rusty</h1„e><p>The gate was “rusty”,".encode(), name="gate.html")


WORDS = "The council of Port Carrow voted on Friday to build a second wall before the winter storms come. " * 12


def read_body(body: str) -> str:
    (found,) = read(f"<html><body>{body}</body></html>".encode(), name="a.html")
    return found.text


def test_an_article_that_stands_in_noscript_is_read():
    assert "second wall" in read_body(f"<script>show()</script><noscript><h1>Wall</h1><p>{WORDS}</p></noscript>")


def test_a_short_noscript_is_no_article():
    notice = "<noscript><p>Please switch JavaScript on to see the pictures of this article.</p></noscript>"
    assert "JavaScript" not in read_body(f"{notice}<article><p>{WORDS}</p></article>")


def test_paragraphs_set_as_headings_are_kept():
    text = read_body(f"<article><h1>Wall</h1>{''.join(f'<h2>{n}. {WORDS[:200]}</h2>' for n in range(6))}</article>")
    assert all(f"{n}. The council" in text for n in range(6))
