"""What a page shows by its elements: marks, struck words, posts, pull quotes, bodies in its data, stubs."""

from __future__ import annotations

import json

import pytest

from onrecord.readers import read

BODY = (
    "<p>The harbour council voted for the new sluice on Tuesday, after an evening on which nobody went home.</p>"
    "<p>The clerk read the count out twice, and the gallery was quiet for the first time since six.</p>"
)


def page(body, head=""):
    head = f"<head><title>Sluice</title>{head}</head>"
    markup = f"<!doctype html><html>{head}<body><article><h1>Sluice</h1>{body}</article></body></html>"
    (document,) = read(markup.encode(), name="page.html")
    return document


def test_q_keeps_its_marks_and_printed_marks_are_not_doubled():
    text = page(
        BODY + "<p>He called it <q>a <b>good</b> night</q>, and she “<q>the worst</q>”; <q>“Both,”</q> said Moll.</p>"
    ).text
    assert "He called it “a good night”, and she" in text
    assert "““Both" not in text


def test_struck_words_go_and_are_noted():
    document = page(BODY + "<p>“The water is <s>hot</s>cold,” said <del>Otto</del> Ida Moll of the harbour office.</p>")
    assert "The water is cold" in document.text
    assert "Otto" not in document.text
    assert "struck-text-left-out" in document.notes


def test_emphasis_is_not_struck():
    document = page(BODY + "<p>“The water is <em>hot</em>,” said <ins>Ida</ins> Moll of the harbour office.</p>")
    assert "The water is hot" in document.text
    assert document.notes == ()


@pytest.mark.parametrize("name", ["twitter-tweet", "bluesky-embed", "mastodon-embed", "truthsocial-embed"])
def test_an_embedded_post_is_one_paragraph_with_its_author(name):
    signed = '&mdash; Ida Moll (@ida.moll) <a href="#">March 11, 2031</a>'
    post = f'<blockquote class="{name}"><p lang="en">We counted every car.<br>Twice.</p>{signed}</blockquote>'
    for body in (BODY + post, BODY + f"<div>{post}</div><p>Nobody answered the post until the morning came.</p>"):
        assert "We counted every car. Twice. — Ida Moll (@ida.moll) March 11, 2031" in page(body).text


@pytest.mark.parametrize("mark", ["footer", "cite"])
def test_a_block_quotations_author_stands_behind_a_dash(mark):
    quotation = (
        f"<blockquote><p>We counted every car, and we counted them twice.</p><{mark}>Ida Moll</{mark}></blockquote>"
    )
    assert "counted them twice.\n\n— Ida Moll" in page(BODY + quotation + BODY.replace("Tuesday", "Monday")).text


def test_a_title_cited_inside_a_quotation_is_no_author():
    quotation = (
        "<blockquote><p>We read it in <cite>The Log</cite> before the ferry left the harbour at nine.</p></blockquote>"
    )
    assert "— The Log" not in page(BODY + quotation).text


@pytest.mark.parametrize("tag", ["aside", "blockquote", "div"])
def test_a_pull_quote_is_no_second_quotation(tag):
    said = "We counted every car twice"
    body = (
        BODY + f'<{tag} class="pull-quote"><p>“{said}”</p><cite>Otto Lenz</cite></{tag}><p>“{said},” Ida Moll said.</p>'
    )
    assert page(body).text.count(said) == 1


def test_a_quotation_that_is_set_apart_once_stays():
    body = (
        BODY
        + "<blockquote><p>“We counted every car twice, whatever they say”</p></blockquote>"
        + BODY.replace("six", "ten")
    )
    assert page(body).text.count("We counted every car twice") == 1


def test_the_labels_of_a_gallery_go():
    body = (
        BODY
        + "<div><p>Hide Caption</p><p>The ferry at the new sluice, on the evening. Hide Caption 3 of 8</p></div>"
        + BODY
    )
    text = page(body).text
    assert "Caption" not in text


def data(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "NewsArticle", **fields}]})}</script>'


def test_a_body_in_the_pages_data_keeps_its_paragraphs():
    first = "The harbour council voted for the new sluice on Tuesday, after an evening on which nobody went home."
    rest = "“We counted every car,” Ida Moll said.\n\nThe council did not believe her, and said so in a letter."
    shown = f'<p>{first}</p><div class="paywall"><p>Subscribe to read the rest.</p></div>'
    document = page(shown, data(articleBody=f"{first}\n\n{rest}"))
    assert document.text.split("\n\n")[-3:] == [first, *rest.split("\n\n")]


def test_a_stub_says_that_it_is_one():
    first = (
        "<p>The harbour council voted for the new sluice on Tuesday, after an evening on which nobody went home.</p>"
    )
    assert "stub" in page(first + "<div><p>Already a subscriber? Log in.</p></div>").notes
    assert "stub" not in page(first).notes


def test_two_articles_on_a_page_are_noticed():
    long = BODY * 3
    two = f"<article><h2>Two</h2>{long.replace('sluice', 'bridge')}</article>"
    markup = f"<!doctype html><html><body><article><h2>One</h2>{long}</article>{two}</body></html>"
    (document,) = read(markup.encode(), name="page.html")
    assert "several-articles" in document.notes
    assert "several-articles" not in page(BODY * 3).notes
