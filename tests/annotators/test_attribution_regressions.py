"""One test for each failure that users of other quotation extractors report, on sentences of our own."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from onrecord.annotators.attribution.decoding import attribute
from onrecord.annotators.attribution.encoder import Encoder
from onrecord.annotators.attribution.nesting import find_nested_attributions
from onrecord.annotators.attribution.reported_speakers import resolve_reported_speakers
from onrecord.document import Block, Document
from onrecord.text.analysed import Analysed

_INTRODUCTION = re.compile(r"^that,?\s+", re.IGNORECASE)


class Found(NamedTuple):
    """An attribution in words."""

    content: str
    cue: str | None
    source: str | None
    form: str
    reason: str | None


@pytest.fixture(scope="module")
def encoder():
    return Encoder.load()


@pytest.fixture
def find(encoder):
    def found(*paragraphs: str, headline: str = "Council meets again.") -> list[Found]:
        text = "\n\n".join([headline, *paragraphs])
        document = Document(id="d", text=text)
        analysed = Analysed(document, ())
        (attributions,) = find_nested_attributions([analysed], attribute([analysed], encoder), encoder)
        return [
            Found(
                " … ".join(_INTRODUCTION.sub("", s.of(text)) for s in a.content),
                a.cue and a.cue.of(text),
                a.source and a.source.of(text),
                a.form,
                a.reason,
            )
            for a in resolve_reported_speakers(analysed, attributions)
        ]

    return found


def said_by(found: list[Found], content: str) -> str | None:
    """Give the source of the attribution whose content holds the words most closely."""
    holders = [each for each in found if content in each.content]
    assert holders, f"nobody is found to say {content!r}: {found}"
    return min(holders, key=lambda each: len(each.content)).source


def test_appositive_between_source_and_cue(find):
    found = find("Moreno, who replaced Whitfield as mayor in the spring, said the bridge would reopen next week.")
    assert "Moreno" in said_by(found, "the bridge would reopen next week")


def test_speaker_named_in_the_sentence_before(find):
    found = find("Judge Alma Reyes spoke to reporters outside the court. “We will appeal this ruling,” she said.")
    assert said_by(found, "We will appeal this ruling") == "she"


def test_speaker_named_in_the_paragraph_before(find):
    found = find("Alma Reyes left the court at noon.", "“We will appeal this ruling,” she said.")
    assert said_by(found, "We will appeal this ruling") == "she"


def test_quotation_over_paragraphs_without_a_closing_mark(find):
    found = find(
        "“We lost the harvest, and then we lost the barn,” farmer Owen Pratt said. “It was a hard year for all of us.",
        "“But we will plant again in the spring.”",
    )
    assert "Owen Pratt" in said_by(found, "We lost the harvest")


def test_nickname_in_quotation_marks_inside_a_name(find):
    found = find("William “Buddy” Larkin told the committee that the tunnel was never inspected.")
    assert "Larkin" in said_by(found, "the tunnel was never inspected")
    assert not any(each.content.strip("“”") == "Buddy" for each in found)


def test_odd_number_of_quotation_marks(find):
    found = find(
        "“The money is gone, Keller said.",
        "Rao said the council “will not pay for repairs” this year.",
    )
    assert "Rao" in said_by(found, "will not pay for repairs")


def test_opening_single_mark_used_as_an_apostrophe(find):
    found = find("Keller said the ‘90s were kinder to the town‘s shops.")
    assert said_by(found, "were kinder") == "Keller"


@pytest.mark.parametrize(
    ("opening", "closing"), [('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("''", "''"), ("‘", "’"), ("'", "'")]
)
def test_marks_of_every_kind(find, opening, closing):
    found = find(f"{opening}We will rebuild the school before the winter,{closing} Keller said on Friday.")
    assert said_by(found, "We will rebuild the school") == "Keller"
    assert found[0].form == "direct"


@pytest.mark.parametrize(
    "quotation",
    [
        "“He told me ‘never again’ and walked out,”",
        "‘He told me “never again” and walked out,’",
        "\"He told me 'never again' and walked out,\"",
    ],
)
def test_marks_within_marks(find, quotation):
    found = find(f"{quotation} Keller said on Friday.")
    assert said_by(found, "walked out") == "Keller"
    assert any(each.form == "direct" for each in found)


@pytest.mark.parametrize("verb", ["vowed", "quipped", "insisted", "warned", "argued", "told reporters", "shouted"])
def test_a_verb_other_than_said(find, verb):
    found = find(f"“This council will not close a single library,” Keller {verb}.")
    assert said_by(found, "This council will not close") == "Keller"


def test_tweeted(find):
    found = find("“The ferry is back tomorrow,” Keller tweeted on Sunday.")
    assert said_by(found, "The ferry is back tomorrow") == "Keller"


def test_quoted_as_saying(find):
    found = find("Keller was quoted as saying that the ferry would sail again in May.")
    assert "Keller" in said_by(found, "the ferry would sail again in May")


def test_two_speakers_in_one_sentence(find):
    found = find("Keller said the port would close in June, but Rao said it would stay open.")
    assert said_by(found, "the port would close in June") == "Keller"
    assert said_by(found, "it would stay open") == "Rao"


def test_noun_as_cue(find):
    found = find("Keller repeated his claim that the vote was unfair.")
    assert said_by(found, "the vote was unfair") in {"Keller", "his"}


def test_according_to(find):
    found = find("The fire began in a kitchen on the second floor, according to Fire Chief Dana Ortiz.")
    assert "Dana Ortiz" in said_by(found, "The fire began in a kitchen")
    assert found[0].reason == "according-to"


def test_dash_byline(find):
    found = find("“A town that forgets its river forgets its name.” — Ruth Okafor")
    assert said_by(found, "A town that forgets its river") == "Ruth Okafor"


def test_poll(find):
    found = find("In the survey, 62 percent of residents said they opposed the new toll.")
    assert "62 percent" in said_by(found, "they opposed the new toll")


def test_document_as_source(find):
    found = find("The report said the dam had not been inspected since 2009.")
    assert said_by(found, "the dam had not been inspected") == "The report"


def test_outlet_as_source(find):
    found = find("The Daily Harbor reported that two inspectors had been dismissed.")
    assert said_by(found, "two inspectors had been dismissed") == "The Daily Harbor"


def test_question_by_a_reporter(find):
    found = find("“Will you resign?” a reporter asked.", "“No,” Keller replied.")
    assert said_by(found, "Will you resign") == "a reporter"
    assert said_by(found, "No") == "Keller"


def test_titles_of_songs_and_books_are_no_statements(find):
    found = find("She closed the concert with “Blue Harbor” and later signed copies of “The Long Winter” in the lobby.")
    assert not any(each.content.strip("“”") in {"Blue Harbor", "The Long Winter"} for each in found)
    assert not any(each.source for each in found)


def test_scare_quotes_are_no_statements(find):
    found = find("The so-called “smart” meters were installed in 2,000 homes last year.")
    assert found == []


def test_colon_headline(find):
    found = find("The mayor spoke on Monday.", headline="Mayor Keller: Bridge ‘Will Reopen’ by Friday")
    assert "Keller" in said_by(found, "Bridge ‘Will Reopen’")
    assert found[0].reason == "colon"


def test_colon_introduction(find):
    found = find("Keller added: “Nobody told us about the second leak.”")
    assert said_by(found, "Nobody told us about the second leak") == "Keller"


def test_interrupted_quotation_is_one_attribution(find):
    found = find("“We are ready,” Keller said. “The trucks leave at dawn.”")
    assert len(found) == 1
    assert found[0].content == "“We are ready,” … “The trucks leave at dawn.”"


def test_inverted_order(find):
    found = find("“The well is dry,” said Dana Ortiz, the county’s water chief.")
    assert "Dana Ortiz" in said_by(found, "The well is dry")


def test_continued_quotation_without_a_cue(find):
    found = find(
        "“We lost the harvest,” farmer Owen Pratt said.",
        "“We lost the barn, the tractor and the well, and nobody from the county came to see us.”",
    )
    assert "Pratt" in said_by(found, "We lost the barn")


def test_handle_under_a_post(find):
    found = find(
        "“The ferry sails again on Monday, thanks to all who wrote” — Harbor Office (@harboroffice) May 3, 2021"
    )
    assert "Harbor Office" in said_by(found, "The ferry sails again on Monday")


def test_what_a_caption_tells_is_found_and_its_credit_is_no_source(encoder):
    headline, caption = (
        "Pier falls into the sea.",
        "AP:Associated Press The harbour master Tilda Holm said the pier was old",
    )
    text = f"{headline}\n\n{caption}\n\nThe pier fell into the sea on Monday night and nobody was hurt."
    start = text.index(caption)
    blocks = (
        Block("headline", 0, len(headline)),
        Block("caption", start, start + len(caption)),
        Block("paragraph", start + len(caption) + 2, len(text)),
    )
    (found,) = attribute([Analysed(Document(id="d", text=text, blocks=blocks), ())], encoder)
    assert [(a.source and a.source.of(text), a.content[0].of(text)) for a in found] == [
        ("The harbour master Tilda Holm", "the pier was old")
    ]
