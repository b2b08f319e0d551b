"""Quotations whose speaker a line beside them names."""

from __future__ import annotations

import pytest

from onrecord.annotation import Attribution
from onrecord.annotators.attribution.pieces import paragraphs_of
from onrecord.annotators.attribution.quoted_speech import with_quoted_speech
from onrecord.document import Span
from onrecord.text.quotation_marks import IN_DOUBLE, IN_SINGLE, read_marks


def spoken(text, *attributions):
    """Give (source, contents) of every attribution after the rules on neighbouring lines."""
    found = with_quoted_speech(text, read_marks(text), paragraphs_of(text), attributions)
    return [(a.source and a.source.of(text), [span.of(text) for span in a.content]) for a in found]


def at(text, words):
    """Give where words stand."""
    start = text.index(words)
    return Span(start, start + len(words))


FIRST, SECOND = "“The pier will stand for another year.”", "“I would not walk on it with my dog.”"


@pytest.mark.parametrize("dash", ["— ", "–", "- ", "--", "― "])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_two_quotations_in_a_row_are_each_signed(dash, gap):
    text = f"{FIRST}{gap}{dash}Berit Soll, harbour master\n\n{SECOND}{gap}{dash}Jan Okoro"
    wrong = Attribution(
        "",
        (at(text, FIRST), at(text, SECOND)),
        form="direct",
        cue=at(text, dash.strip()),
        source=at(text, "Berit Soll"),
    )
    assert spoken(text, wrong) == [("Berit Soll, harbour master", [FIRST]), ("Jan Okoro", [SECOND])]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\n— Associated Press",
        "The pier will stand for another year.\n— Jan Okoro",
        f"{FIRST}\n— the longest of the three piers, and the oldest one",
        "They read “The Long Pier” aloud.\n— Jan Okoro",
    ],
)
def test_what_signs_no_quotation(text):
    assert not [source for source, _ in spoken(text) if source]


def test_a_quotation_with_its_own_verb_is_not_signed_by_the_line_below():
    text = f"{FIRST} said Lise Dahl.\n— Jan Okoro"
    own = Attribution("", (at(text, FIRST),), form="direct", cue=at(text, "said"), source=at(text, "Lise Dahl"))
    assert spoken(text, own) == [("Lise Dahl", [FIRST])]


@pytest.mark.parametrize("handle", ["@soll", "@berit.soll", "@soll@boats.example", "@soll-berit.sky.example"])
@pytest.mark.parametrize("lead", ["— ", ""])
def test_a_post_is_its_authors(handle, lead):
    text = f"The pier is open again. Mind the gap.\n{lead}Berit Soll ({handle}) May 2, 2031"
    assert spoken(text) == [(f"Berit Soll ({handle})", ["The pier is open again. Mind the gap."])]


def test_a_handle_a_paragraph_further_is_no_signature_of_prose():
    text = "The pier is open again, the town said.\n\nBerit Soll (@soll) 2031"
    assert not spoken(text)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("In a statement from Berit Soll:", "Berit Soll"),
        ("In a short written statement by Berit Soll:", "Berit Soll"),
        ("And from Berit Soll:", "Berit Soll"),
        ("From the desk of Jan Okoro, pilot, Soll Ferries:", "Jan Okoro, pilot, Soll Ferries"),
        ("The work is done. From the office of Jan Okoro:", "Jan Okoro"),
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_an_introducing_line_names_the_speaker(line, source, gap):
    assert spoken(f"{line}{gap}{FIRST}") == [(source, [FIRST])]


@pytest.mark.parametrize(
    "line",
    [
        "From the desk of Jan Okoro.",
        "From the window one sees:",
        "From Chairwoman Berit Soll:",
        "Pictures from Soll Bay",
    ],
)
def test_lines_that_introduce_no_speaker(line):
    assert not [source for source, _ in spoken(f"{line}\n\n{FIRST}") if source]


def test_an_introduced_quotation_keeps_the_speaker_that_its_verb_names():
    text = f"In a letter from Soll Ferries:\n{FIRST} wrote Lise Dahl."
    own = Attribution("", (at(text, FIRST),), form="direct", cue=at(text, "wrote"), source=at(text, "Lise Dahl"))
    assert spoken(text, own) == [("Lise Dahl", [FIRST])]


@pytest.mark.parametrize("marks", ["‘’", "''", "“”", '""'])
def test_paragraphs_left_open_belong_to_the_verb_of_the_last(marks):
    opening, closing = marks
    pieces = [
        f"{opening}We bought the boat and it’s been ours since May.",
        f"{opening}My father’s hands built the pier.",
        f"{opening}Nobody asked him,{closing}",
    ]
    text = "\n\n".join(pieces) + " Lise Dahl said."
    own = Attribution("", (at(text, pieces[2]),), form="direct", cue=at(text, "said"), source=at(text, "Lise Dahl"))
    assert spoken(text, own) == [("Lise Dahl", pieces)]


def test_a_quotation_in_single_marks_left_open_behind_its_first_verb():
    pieces = ["‘It’s ours,’", "‘My father built it.", "‘Nobody asked him.’"]
    text = f"{pieces[0]} Lise Dahl said. {pieces[1]}\n{pieces[2]}"
    own = Attribution("", (at(text, pieces[0]),), form="direct", cue=at(text, "said"), source=at(text, "Lise Dahl"))
    assert next(source for source, _ in spoken(text, own)) == "Lise Dahl"


def test_apostrophes_that_open_lines_are_no_quotations():
    text = "’Twas the year of the flood.\n’Tis said the pier fell then.\n‘It’s true,’ Lise Dahl said."
    own = Attribution(
        "", (at(text, "‘It’s true,’"),), form="direct", cue=at(text, "said"), source=at(text, "Lise Dahl")
    )
    assert spoken(text, own) == [("Lise Dahl", ["‘It’s true,’"])]


@pytest.mark.parametrize("quotation", ["'Is that the whole of it?'", "“Is that the whole of it?”"])
def test_is_what_she_asked(quotation):
    assert spoken(f"{quotation} is what Lise Dahl asked the council.") == [("Lise Dahl", [quotation])]
    assert not [source for source, _ in spoken(f"{quotation} is what Lise Dahl painted on it.") if source]


@pytest.mark.parametrize("marks", ["「」", "『』", ("<<", ">>"), "´´"])
def test_rarer_marks_are_marks(marks):
    opening, closing = marks
    text = f"{opening}The pier is ours,{closing} she said."
    assert read_marks(text).state[text.index("pier")] in {IN_DOUBLE, IN_SINGLE}
    assert read_marks(text).state[text.index("she")] == 0


@pytest.mark.parametrize("text", [">> LISE DAHL: The pier is ours.", "If 2 << 3 then 5 >> 4.", "D´Arbo met O´Shea."])
def test_signs_that_are_no_marks(text):
    assert not any(read_marks(text).state[i] in {IN_DOUBLE, IN_SINGLE} for i in range(len(text)))


def set_apart(text: str, *quoted: str) -> list[tuple[str | None, str]]:
    """Give source and content of what is found where the lines ``quoted`` are block quotations."""
    spans = [Span(text.index(line), text.index(line) + len(line)) for line in quoted]
    found = with_quoted_speech(text, read_marks(text), paragraphs_of(text), [], spans)
    return [(a.source.of(text) if a.source else None, a.content[0].of(text)) for a in found]


SIGNED = (
    "The wall is old.\n\nIt has cost us twice.\nIt will cost us again.\n— Olav Lund, engineer\n\nWork begins in June."
)


def test_a_signature_inside_a_block_quotation_is_of_all_its_lines():
    quoted = ("It has cost us twice.", "It will cost us again.", "— Olav Lund, engineer")
    assert sorted(set_apart(SIGNED, *quoted)) == [
        ("Olav Lund, engineer", quoted[0]),
        ("Olav Lund, engineer", quoted[1]),
    ]


def test_a_signature_without_a_block_quotation_takes_no_prose():
    assert set_apart(SIGNED) == []


def test_what_a_statement_is_introduced_with_is_its_issuers():
    text = "In a statement from the Ministry of Works:\n\nWe paid what we owed.\n\nThe mayor did not answer."
    assert set_apart(text) == [("the Ministry of Works", "We paid what we owed.")]


def test_a_bare_from_or_another_colon_introduces_nothing_without_marks():
    for line in ("From Olav Lund:", "What the Ministry of Works owes:", "Here is the statement:"):
        assert set_apart(f"{line}\n\nWe paid what we owed.\n\nThe mayor did not answer.") == []
