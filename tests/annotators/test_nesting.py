"""What is told inside what is told: contents read again."""

import pytest

from onrecord import Document, pipeline
from onrecord.annotation import Annotations


def reported(text: str) -> tuple[Annotations, dict[str, tuple[str | None, tuple[str, ...]]]]:
    """Annotate a text; give the speaker and the chain by the first words of each utterance."""
    (found,) = pipeline.annotate([Document(id="x", text=f"Talks fail\n\n{text}")])
    names = {speaker.id: speaker.name for speaker in found.speakers}
    return found, {
        a.content[0].of(found.text): (names.get(a.speaker or ""), tuple(link.name for link in a.via))
        for a in found.attributions
        if a.act == "utterance"
    }


def test_an_outlet_that_passes_on_is_the_way_and_no_speaker():
    found, by_words = reported(
        "The minister, Petra Vance, called the convoy a “reckless stunt” and said that it had cost four lives, "
        "Reuters reported on Monday."
    )
    assert {name for name, _ in by_words.values()} == {"Petra Vance"}
    assert all(chain == ("Reuters",) for _, chain in by_words.values())
    assert any("reckless stunt" in words for words in by_words)
    assert all(a.within is None or a.within in {b.id for b in found.attributions} for a in found.attributions)


def test_words_relayed_by_a_person_keep_both_speakers():
    found, by_words = reported(
        "The lawyer said that the victim’s brother had informed him that the brakes had failed twice before."
    )
    inner = next(a for a in found.attributions if a.within)
    assert inner.content[0].of(found.text).endswith("the brakes had failed twice before")
    assert by_words[inner.content[0].of(found.text)][1] == ("lawyer",)


def test_a_transcript_is_the_way_of_the_words():
    _, by_words = reported(
        "Col. Ana Reyes, head of the guard, said that the pass, which was closed in May, was “open” to convoys, "
        "according to a transcript of a hearing."
    )
    assert list(by_words.values()) == [("Ana Reyes", ("a transcript of a hearing",))]


def test_being_quoted_is_no_saying_of_the_outlet():
    _, by_words = reported("Deputy minister Ion Vasiu was quoted by TASS saying: “We see no way out.”")
    assert [name for name, _ in by_words.values()] == ["Ion Vasiu"]


@pytest.mark.parametrize(
    "text",
    [
        "The union said the company should use its speech to the council to explain the closure of both yards.",
        "The spokesman said the rebels had released the two pilots and the young mechanic at noon.",
        "The police said they had received reports of a fire at the mill about noon.",
    ],
    ids=["still to come", "a thing done", "heard"],
)
def test_what_nobody_has_told_inside_is_no_attribution(text):
    _, by_words = reported(text)
    assert len(by_words) == 1


def test_reading_again_changes_no_outer_content():
    text = "The envoy said that the governor had told the miners that the road would open."
    found, _ = reported(text)
    outer = next(a for a in found.attributions if a.within is None)
    assert outer.content[0].of(found.text).startswith("that the governor had told")


def test_a_speaker_goes_on_in_a_participle():
    found, _ = reported("The mayor sent out messages urging people not to touch the wreck and warning them to stay in.")
    contents = [a.content[0].of(found.text) for a in found.attributions]
    assert contents == ["people not to touch the wreck", "them to stay in"]
    assert {a.source.of(found.text) for a in found.attributions if a.source} == {"The mayor"}


def test_an_outlet_quoted_on_what_another_tells():
    _, by_words = reported(
        '"The ministry is warning fishermen to keep clear of anything that looks like a mine," NHK reported.'
    )
    assert [chain for _, chain in by_words.values()] == [("NHK",)]


def test_a_clause_at_the_end_of_a_sentence_is_read_by_its_form():
    from onrecord.annotators.attribution.trailing import trailing_clauses
    from onrecord.document import Span

    text = "The mill burned for two days and nights, a fireman told the Courier. It was old, they said."
    whole = [Span(0, 68), Span(69, len(text))]
    (one,) = trailing_clauses(text, whole, [])
    assert (one.source.of(text), one.cue.of(text)) == ("a fireman", "told")
    assert one.content[0].of(text) == "The mill burned for two days and nights"
    assert not list(trailing_clauses(text, whole, [one]))


def test_whom_an_outlet_cites_speaks():
    _, by_words = reported(
        "Officers received word of the wreck around 12:20 p.m., Radio Teletica reported, citing the port authorities."
    )
    assert {name for name, _ in by_words.values()} == {"port authorities"}


def test_a_source_stays_in_its_sentence():
    found, _ = reported(
        "Both states have asked for urgent talks, according to the Vexian envoy. Ambassador Roe chairs the council."
    )
    assert {a.source.of(found.text) for a in found.attributions if a.source} <= {"the Vexian envoy", "Both states"}


def test_a_vow_inside_a_source_is_found():
    _, by_words = reported(
        "President Adamu Bello, who vowed to crush the rebels when he took office last year, said the army was ready."
    )
    assert "to crush the rebels" in by_words  # when he took office is the narrator's to tell


def test_the_narrators_clause_is_no_part_of_a_quotation():
    _, by_words = reported(
        "“Enough is enough,” Roe said. Roe added “something has to give” as the tanks rolled into the city."
    )
    assert "“something has to give”" in by_words


def test_a_way_named_between_subject_and_verb():
    _, by_words = reported(
        "The president, according to a transcript of the visit, told the crowd that nobody should go to bed and drown."
        "\n\n"
        "The mayor, Reuters reported, said that the water was clean."
    )
    assert by_words["that nobody should go to bed and drown"] == ("president", ("a transcript of the visit",))
    assert by_words["that the water was clean"][1] == ("Reuters",)
    assert len(by_words) == 2


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Kyodo News reported, citing harbour pilots, that two foreign sailors were aboard.",
            "harbour pilots",
            "two foreign sailors were aboard",
        ),
        (
            "State television quoted the governor as saying that divers had reached the wreck.",
            "governor",
            "that divers had reached the wreck",
        ),
    ],
)
def test_whom_an_outlet_quotes_speaks_and_nobody_else(text, speaker, content):
    _, by_words = reported(text)
    assert {words: name for words, (name, _) in by_words.items()} == {content: speaker}


def test_an_agency_with_its_kind_named_is_the_way():
    _, by_words = reported(
        "“We will not be robbed,” foreign ministry spokesman Ali Moradi said, Iran’s semi-official ISNA news agency "
        "reported.\n\nThe governor was quoted by the official IRNA agency as saying the road was shut."
    )
    assert next(iter(by_words.values())) == ("Ali Moradi", ("ISNA",))
    assert by_words["the road was shut"][1] == ("IRNA",)


def test_a_verb_in_the_present_before_the_name_is_a_cue():
    _, by_words = reported("“It is early days,” cautions Dr Imogen Hale of Leeds University, who was not involved.")
    assert [name for name, _ in by_words.values()] == ["Imogen Hale"]


@pytest.mark.parametrize(
    ("headline", "source"),
    [
        ("Government will not raise fares again: transport minister", "transport minister"),
        ("Rivers Rise As Rains Continue: Officials", "Officials"),
        ("Ceasefire will hold for a month: UN", "UN"),
        ("Rates may fall by summer: Lagarde", "Lagarde"),
        ("Live updates on the storm: Saturday", None),
        ("The storm that broke a city: Analysis", None),
    ],
)
def test_a_headline_names_behind_its_colon_who_said_it(headline, source):
    from onrecord.annotators.attribution.trailing import headline_tail

    found = headline_tail(headline, 0, len(headline))
    assert (found.source.of(headline) if found else None) == source


def test_a_quotation_goes_on_behind_who_the_speaker_is():
    found, _ = reported(
        '"You could see the flames," said Nadia Khan, 34, who lives opposite, "and the smell was like tyres."'
    )
    (one,) = [a for a in found.attributions if a.act == "utterance"]
    assert len(one.content) == 2
    assert '"' not in one.source.of(found.text)


def test_media_reports_that_say_somebody_said_are_the_way():
    _, by_words = reported(
        "Mill owner Paul Roe wants his money back. The ferry sailed because the port let it go, he has said, media "
        "reports say."
    )
    assert by_words == {"The ferry sailed because the port let it go": ("Paul Roe", ("media reports",))}


def test_who_was_warned_how_often_is_no_telling():
    _, by_words = reported("The pilots’ union said it had warned the ministry three times in two years.")
    assert list(by_words) == ["it had warned the ministry three times in two years"]


@pytest.mark.parametrize(
    ("headline", "source"),
    [
        ("Quay is safe, says engineer", "engineer"),
        ("Storm may hit on Friday, warn forecasters", "forecasters"),
        ("Boats safe, sound and home", None),
        ("Quay is safe, says engineer: what we know", None),
    ],
)
def test_who_says_what_stands_before_a_headlines_verb(headline, source):
    from onrecord.annotators.attribution.trailing import headline_verb

    found = headline_verb(headline, 0, len(headline))
    assert (found.source.of(headline) if found and found.source else None) == source
