"""Texts that once ended a run: each is annotated, compared and checked, and no span lies outside it."""

from __future__ import annotations

import json

import pytest

import onrecord
from onrecord.annotators.dates.resolving import find_dates
from onrecord.comparison.speech.spoken_words import spoken
from onrecord.document import Document, Published
from onrecord.readers import read
from onrecord.text.analysed import Analysed


def figures(text: str) -> list[float | None]:
    return [figure.low for figure in onrecord.annotate([Document("d", text)])[0].figures]


@pytest.mark.parametrize(
    "text", ["Rents rose by .3.4 percent, Ivo Brandt said.", "Build 1.2.3.4 of it failed.", ".2.3"]
)
def test_a_version_with_points_is_no_number(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "low"), [("Rents rose by .3 percent, he said.", 0.3), ("Rents rose by 3.4 percent.", 3.4)]
)
def test_a_decimal_still_is_one(text, low):
    assert figures(text) == [low]


@pytest.mark.parametrize("digits", [31, 400, 5_000])
def test_a_key_of_many_digits_is_no_figure(digits):
    assert figures(f"The ledger names {'7' * digits} crates, Ivo Brandt said.") == []


def test_long_numbers_that_differ_stay_different():
    one, other = (spoken(f"It was {'4' * 29}{last} then", 0, 40) for last in "12")
    assert [w.form for w in one] != [w.form for w in other]


@pytest.mark.parametrize("text", ["hundred " * 3_000, "2 " + "million " * 1_000, "1.5 " + "trillion " * 100])
def test_heaped_up_scales_end_somewhere(text):
    assert spoken(text, 0, len(text))


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize(
    "text",
    [
        "The dam broke last week, and two months ago, and yesterday, and it will break next year and tomorrow.",
        "It had burst on 4 May 2031. Last Christmas, next Easter, this weekend and next month it leaked.",
        "By New Year's Eve 9999 and Easter 9999 they had gone, in the spring, last decade, next month.",
    ],
)
def test_the_ends_of_the_calendar_are_no_end(day, text):
    document = Document("d", text, published=Published(day, "caller"))
    (found,) = onrecord.annotate([document])
    assert find_dates(Analysed(document, found.sentences)) == found.dates
    for mention in found.dates:
        assert mention.value is None or all(len(part.split("-")[0]) == 4 for part in mention.value.split("/"))


@pytest.mark.parametrize("zone", ["+99999999999999", "-2400", "+9999"])
def test_an_absurd_zone_is_no_date(tmp_path, zone):
    path = tmp_path / "d.json"
    path.write_text(json.dumps({"text": "The lock jammed.", "published": f"1 Jan 2031 00:00:00 {zone}"}))
    (document,) = read(path)
    assert document.published is None or document.published.value.startswith("203")


@pytest.mark.parametrize("charset", ["undefined", "unicode_escape", "idna", "utf-7", "rot13", "..", "klingon"])
def test_a_page_of_an_odd_charset_is_read_letter_for_letter(tmp_path, charset):
    path = tmp_path / "page.html"
    words = "<p>The caf\xe9 on the mole, 12+AC0-14 \\u0041 Mole Lane, stays shut until spring, Ivo Brandt said.</p>"
    page = f'<html><head><meta charset="{charset}"></head><body><article>{words}</article></body></html>'
    path.write_bytes(page.encode("cp1252"))
    (document,) = read(path)
    assert "caf\xe9 on the mole, 12+AC0-14 \\u0041 Mole Lane" in document.text


BROKEN_OFF = [
    "She said she recalled shouting, “No",
    "Moen told the board that Ivo Brandt said the dam was “leaky",
    "Moen told the board that Ivo Brandt said the dam was 'leaky",
    "He said that the keeper had said, »Go",
    'Moen told the board that Brandt had told her that Eide said it was "quite',
]


@pytest.mark.parametrize("text", BROKEN_OFF)
@pytest.mark.parametrize("end", ["", " ", "\n", "…", ",", "”"])
def test_a_text_that_breaks_off_is_read_compared_and_checked(text, end):
    document = Document("d", text + end)
    spoken = Document("t", "MS MOEN: The dam is shut.\n\nQ: Why?\n\nMS MOEN: It is leaky.", "transcript")
    (found,) = onrecord.annotate([document])
    for attribution in found.attributions:
        for span in (*attribution.content, attribution.cue, attribution.source):
            assert span is None or 0 <= span.start < span.end <= len(document.text)
    assert not onrecord.compare([document], [spoken]).failures
    onrecord.check(document, [spoken])


def test_numbers_against_a_transcript_of_one_word():
    article = Document("d", 'Brandt said: "9, 1 and 2-1 to 1 of 1."')
    for words in ("0e two", "t", "1", "7 7 7", "1" * 5_000):
        spoken = Document("t", words, "transcript")
        assert not onrecord.compare([article], [spoken]).failures
        onrecord.check(article, [spoken])


def test_a_lone_surrogate_is_one_character_everywhere(tmp_path):
    path = tmp_path / "d.json"
    path.write_text('[{"id": "a\\ud83d", "text": "\\"It \\udc00 holds,\\" Ivo Brandt said."}, {"text": "Two fell."}]')
    first, second = read(path)
    assert first.id == "a\ufffd"
    assert first.text == '"It \ufffd holds," Ivo Brandt said.'
    assert second.text == "Two fell."
    (found,) = onrecord.annotate([Document("b\udcff", '"It \udc00 holds," Ivo Brandt said.', title="\ud800")])
    assert (found.id, found.document.title) == ("b\ufffd", "\ufffd")
    assert found.attributions[0].extent.of(found.text) == '"It \ufffd holds,"'


@pytest.mark.parametrize("text", ['{"text": NaN}', '{"text": "half', '{"n": ' + "9" * 5_000 + "}", "[" * 100_000])
def test_json_that_is_none_is_refused_in_one_sentence(tmp_path, text):
    path = tmp_path / "d.json"
    path.write_text(text)
    with pytest.raises(onrecord.ReadError, match=r"d\.json"):
        read(path)
