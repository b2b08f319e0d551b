"""Chains: which attributions a clause of sourcing reaches, in what order, and what is no intermediary."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.annotators.sourcing.tracing import trace
from onrecord.document import Document, Span
from onrecord.evaluate.sourcing import (
    ChainScore,
    given_labelled,
    read_stories,
    score_chains,
    score_wire,
    wire_documents,
)

SHARED = Path(__file__).parents[2] / "../shared"


def annotated(text, *reported, outlet=None, url=None, byline=None):
    """Build annotations from (content, cue, source, speaker) with words of the text; kind by a fifth item."""
    speakers, attributions, position = {}, [], {}
    for number, (content, cue, source, name, *kind) in enumerate(reported, 1):
        spans = []
        for words in content if isinstance(content, tuple) else (content,):
            start = text.index(words, position.get(words, 0))
            position[words] = start + 1
            spans.append(Span(start, start + len(words)))
        speaker = speakers.setdefault(name, Speaker(f"p{len(speakers) + 1}", name, kind[0] if kind else "person"))
        attributions.append(
            Attribution(
                f"a{number}",
                tuple(spans),
                form="direct" if text[spans[0].start] in '"“' else "indirect",
                cue=nearest(text, cue, spans),
                source=nearest(text, source, spans),
                speaker=speaker.id,
            )
        )
    document = Document(id="d", text=text, outlet=outlet, url=url, byline=byline)
    return Annotations(document, speakers=tuple(speakers.values()), attributions=tuple(attributions))


def nearest(text, words, spans):
    """Find the occurrence of words that is nearest to the content."""
    if not words:
        return None
    places, at = [], text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    start = min(places, key=lambda p: min(abs(p - spans[0].end), abs(p + len(words) - spans[0].start)))
    return Span(start, start + len(words))


def chains(text, *reported, **known):
    return [[link.name for link in a.via] for a in trace(annotated(text, *reported, **known)).attributions]


# fmt: off
SINGLE = [  # one case a line reads as the table that it is
    # The speaker told an outlet.
    ('"The dam held," Ruiz told Reuters on Friday.', '"The dam held,"', "told", "Ruiz", ["Reuters"]),
    ("Ruiz told the Lisbon Courier that the dam held.", "the dam held", "told", "Ruiz", ["Lisbon Courier"]),
    ("Ruiz told CBC's Rosemary Hall that the dam held.", "the dam held", "told", "Ruiz", ["CBC"]),
    ("The dam held, Ruiz said in an interview with Radio Alvor.", "The dam held", "said", "Ruiz", ["Radio Alvor"]),
    ("In an interview on Monday with Spain's El País, Ruiz said the dam held.", "the dam held", "said", "Ruiz", ["El País"]),  # noqa: E501 - see above
    ("Ruiz said in an email to The Times of Israel that the dam held.", "the dam held", "said", "Ruiz", ["The Times of Israel"]),  # noqa: E501 - see above
    ("Speaking to the public broadcaster ZDF, Ruiz said the dam held.", "the dam held", "said", "Ruiz", ["ZDF"]),
    ("Ruiz told a local radio station the dam held.", "the dam held", "told", "Ruiz", ["a local radio station"]),
    ("Ruiz told Portuguese television that the dam held.", "the dam held", "told", "Ruiz", ["Portuguese television"]),
    ("Ruiz told the German newspaper Bild that the dam held.", "the dam held", "told", "Ruiz", ["Bild"]),
    ("Ruiz told Italy's La Repubblica daily that the dam held.", "the dam held", "told", "Ruiz", ["La Repubblica"]),
    ("Ruiz told CNN affiliate Teletica the dam held.", "the dam held", "told", "Ruiz", ["Teletica"]),
    ("Ruiz wrote in The Guardian that the dam held.", "the dam held", "wrote", "Ruiz", ["The Guardian"]),
    ("The dam held, Ruiz told KVUE-TV.", "The dam held", "told", "Ruiz", ["KVUE-TV"]),
    ("Ruiz told a reporter from the Corvo Ledger that the dam held.", "the dam held", "told", "Ruiz", ["Corvo Ledger"]),
    ("Ruiz explained to CNBC that the dam held.", "the dam held", "explained", "Ruiz", ["CNBC"]),
    ("Ruiz told the Portugal's Radio Alvor that the dam held.", "the dam held", "told", "Ruiz", ["Radio Alvor"]),
    ("Ruiz told Norwegian media that the dam held.", "the dam held", "told", "Ruiz", ["Norwegian media"]),
    ("Ruiz told Alvornews.com that the dam held.", "the dam held", "told", "Ruiz", ["Alvornews.com"]),
    ("The dam held, Ruiz told Vardheim Now, an Alvor-based news website.", "The dam held", "told", "Ruiz", ["Vardheim Now"]),  # noqa: E501 - see above
    ("On TechCrunch, Ruiz said the dam held.", "the dam held", "said", "Ruiz", ["TechCrunch"]),
    # A report of an outlet.
    ("Ruiz said the dam held, per the Corvo Ledger.", "the dam held", "said", "Ruiz", ["Corvo Ledger"]),
    ("The dam held, Ruiz said, via The Irish Times.", "The dam held", "said", "Ruiz", ["The Irish Times"]),
    ('"The dam held," Ruiz said, according to CNBC.', '"The dam held,"', "said", "Ruiz", ["CNBC"]),
    ("According to the Beeb, Ruiz said the dam held.", "the dam held", "said", "Ruiz", ["Beeb"]),
    ("Ruiz said the dam held, Yonhap reported.", "the dam held", "said", "Ruiz", ["Yonhap"]),
    ("Ruiz said the dam held, reports The Hill.", "the dam held", "said", "Ruiz", ["The Hill"]),
    ("The Irish Times reported on Monday that Ruiz said the dam held.", "the dam held", "said", "Ruiz", ["The Irish Times"]),  # noqa: E501 - see above
    ("Ruiz said the dam held, state news agency Xinhua said.", "the dam held", "said", "Ruiz", ["Xinhua"]),
    ("Ruiz said the dam held, according to a report in Le Monde.", "the dam held", "said", "Ruiz", ["Le Monde"]),
    ("Ruiz was quoted by Interfax as saying the dam held.", "the dam held", "saying", "Ruiz", ["Interfax"]),
    ("Ruiz said the dam held, as reported by the AP.", "the dam held", "said", "Ruiz", ["AP"]),
    ("TASS quoted Ruiz as saying the dam held.", "the dam held", "saying", "Ruiz", ["TASS"]),
    ("Ruiz said the dam held, according to local media reports.", "the dam held", "said", "Ruiz", ["local media reports"]),  # noqa: E501 - see above
    ("Ruiz said the dam held, the Corvo Ledger reported, citing Radio Alvor.", "the dam held", "said", "Ruiz", ["Corvo Ledger", "Radio Alvor"]),  # noqa: E501 - see above
    ("Ruiz told Radio Alvor that the dam held, the Corvo Ledger reported.", "the dam held", "told", "Ruiz", ["Corvo Ledger", "Radio Alvor"]),  # noqa: E501 - see above
    ('"The dam held," said Ruiz, reports The Corvo Ledger, quoting the BBC.', '"The dam held,"', "said", "Ruiz", ["The Corvo Ledger", "BBC"]),  # noqa: E501 - see above
    # A record.
    ("Ruiz said the dam held, according to a transcript of the hearing.", "the dam held", "said", "Ruiz", ["a transcript of the hearing"]),  # noqa: E501 - see above
    ("Ruiz said the dam held, according to court documents.", "the dam held", "said", "Ruiz", ["court documents"]),
    # No intermediary.
    ("Ruiz told reporters that the dam held.", "the dam held", "told", "Ruiz", []),
    ("Ruiz told the police that the dam held.", "the dam held", "told", "Ruiz", []),
    ("Ruiz told NATO that the dam held.", "the dam held", "told", "Ruiz", []),
    ("Ruiz told Vice President Amaro that the dam held.", "the dam held", "told", "Ruiz", []),
    ("Ruiz told the Australian government that the dam held.", "the dam held", "told", "Ruiz", []),
    ("Ruiz said in a statement posted on Facebook that the dam held.", "the dam held", "said", "Ruiz", []),
    ("Ruiz tweeted that the dam held.", "the dam held", "tweeted", "Ruiz", []),
    ("Ruiz told a news conference that the dam held.", "the dam held", "told", "Ruiz", []),
    ("Ruiz said that Fox News was wrong and the dam held.", "Fox News was wrong and the dam held", "said", "Ruiz", []),
    ("Ruiz told the press that the dam held.", "the dam held", "told", "Ruiz", []),
    ("Ruiz, who reads The Hill, said the dam held.", "the dam held", "said", "Ruiz", []),
    ("Ruiz said the dam held, in time for dinner.", "the dam held, in time for dinner", "said", "Ruiz", []),
    ("Ruiz told social media that the dam held.", "the dam held", "told", "Ruiz", []),
    ("Ruiz said the dam held, according to reports on social media.", "the dam held", "said", "Ruiz", ["reports"]),
    ("Silva, editorial board editor for CNBC, asked Ruiz if the dam held.", "if the dam held", "asked", "Silva", []),
    ("Ruiz said the WTO noted the dam held.", "the WTO noted the dam held", "said", "Ruiz", []),
    ("Ruiz said the dam held, the WTO noted.", "the dam held", "said", "Ruiz", []),
    ("Ruiz told Ana Silva, a radio presenter, that the dam held.", "the dam held", "told", "Ruiz", []),
    ("Ruiz said that Michael Bloomberg reported the dam held.", "Michael Bloomberg reported the dam held", "said", "Ruiz", []),  # noqa: E501 - see above
]
# fmt: on


@pytest.mark.parametrize(("text", "content", "cue", "speaker", "expected"), SINGLE, ids=[c[0][:60] for c in SINGLE])
def test_one_attribution_has_this_chain(text, content, cue, speaker, expected):
    assert chains(text, (content, cue, speaker, speaker)) == [expected]


def test_an_outlet_that_speaks_for_itself_is_no_intermediary():
    text = "As The Irish Times noted, the dam held."
    assert chains(text, ("the dam held", "noted", "The Irish Times", "The Irish Times", "organisation")) == [[]]


def test_the_documents_own_outlet_is_no_intermediary():
    reported = ("the dam held", "told", "Ruiz", "Ruiz")
    assert chains("Ruiz told CNN that the dam held.", reported, outlet="edition.cnn.com") == [[]]
    assert chains("Ruiz told the Times that the dam held.", reported, url="https://www.nytimes.com/x") == [[]]
    assert chains("Ruiz told the Packet that the dam held.", reported, outlet="The Alvor Evening Packet") == [[]]
    assert chains("Ruiz told NPN that the dam held.", reported, outlet="Northern Press Network") == [[]]
    assert chains("Ruiz told The Klaxon that the dam held.\n\n© 2025 Klaxon Newspapers", reported) == [[]]


def test_a_trailing_report_reaches_every_attribution_before_it_in_its_sentence():
    text = "She called the dam sound but said the sluice was cracked, The Irish Times reported Thursday."
    reported = (("the dam sound", "called", "She", "Ruiz"), ("the sluice was cracked", "said", "She", "Ruiz"))
    assert chains(text, *reported) == [["The Irish Times"], ["The Irish Times"]]


def test_a_trailing_report_does_not_reach_what_follows_it_nor_the_next_sentence():
    text = 'Ruiz said the dam held, Yonhap reported, and Silva said it had not. "It will hold," Ruiz added.'
    reported = (
        ("the dam held", "said", "Ruiz", "Ruiz"),
        ("it had not", "said", "Silva", "Silva"),
        ('"It will hold,"', "added", "Ruiz", "Ruiz"),
    )
    assert chains(text, *reported) == [["Yonhap"], [], []]


def test_what_the_speaker_told_an_outlet_is_not_said_of_another_speaker_of_the_sentence():
    text = "Ruiz told Reuters the dam held while Silva said it had not."
    reported = (("the dam held", "told", "Ruiz", "Ruiz"), ("it had not", "said", "Silva", "Silva"))
    assert chains(text, *reported) == [["Reuters"], []]


def test_what_was_told_an_outlet_reaches_no_words_that_but_sets_against_it():
    text = "Ruiz said he had never seen it but told Reuters the dam held."
    reported = (("he had never seen it", "said", "Ruiz", "Ruiz"), ("the dam held", "told", "Ruiz", "Ruiz"))
    assert chains(text, *reported) == [[], ["Reuters"]]


def test_a_quotation_that_breaks_off_was_told_to_the_same_outlet():
    text = '"I woke at four," said Ruiz, 41, a clerk from Alvor.\n\n"Then the water came," she told Reuters.'
    reported = (('"I woke at four,"', "said", "Ruiz", "Ruiz"), ('"Then the water came,"', "told", "she", "Ruiz"))
    assert chains(text, *reported) == [["Reuters"], ["Reuters"]]


def test_what_a_speaker_added_was_told_to_the_same_outlet():
    text = "Ruiz told Reuters the dam held. The sluice had been weak, she added. Silva said it was not."
    reported = (
        ("the dam held", "told", "Ruiz", "Ruiz"),
        ("The sluice had been weak", "added", "she", "Ruiz"),
        ("it was not", "said", "Silva", "Silva"),
    )
    assert chains(text, *reported) == [["Reuters"], ["Reuters"], []]
    assert chains(text.replace("added", "said"), *((*t[:1], "said", *t[2:]) for t in reported))[1] == []


def test_an_outlet_named_inside_a_quotation_is_no_link_of_it():
    text = '"I spoke on Radio Alvor and the dam held," Ruiz said.'
    assert chains(text, ('"I spoke on Radio Alvor and the dam held,"', "said", "Ruiz", "Ruiz")) == [[]]


def test_without_a_speaker_the_outlet_that_reports_is_the_source():
    found = annotated("The dam held, the Corvo Ledger reported.", ("The dam held", "", "", "Ruiz"))
    unnamed = tuple(msgspec.structs.replace(a, speaker=None) for a in found.attributions)
    assert trace(msgspec.structs.replace(found, attributions=unnamed)).attributions[0].via == ()


def test_words_that_only_go_about_are_the_outlets_that_reports_them():
    text = "Silva is said to have sold the dam, according to the Corvo Ledger."
    assert chains(text, ("to have sold the dam", "said", "Silva", "Silva")) == [[]]
    assert chains(text.replace("is said", "said he hoped"), ("to have sold the dam", "said", "Silva", "Silva")) == [
        ["Corvo Ledger"]
    ]


def test_who_is_cited_is_no_way_to_the_one_who_cites():
    text = '"The dam held," Reuters cited Radio Alvor.'
    assert chains(text, ('"The dam held,"', "cited", "Reuters", "Reuters", "organisation")) == [[]]


def test_who_is_known_as_the_one_who_spoke_to_an_outlet_spoke_to_it_throughout():
    text = "A driver who spoke with Radio Alvor said the dam held.\n\nThe sluice was weak, the driver said."
    reported = (
        ("the dam held", "said", "A driver who spoke with Radio Alvor", "a driver", "unnamed"),
        ("The sluice was weak", "said", "the driver", "a driver", "unnamed"),
    )
    assert chains(text, *reported) == [["Radio Alvor"], ["Radio Alvor"]]
    elsewhere = text.replace("the driver said", "the driver said in a statement")
    assert chains(elsewhere, *reported)[1] == []


def test_a_chain_through_whose_words_others_stand_in_is_not_sure_enough_to_be_shown():
    text = "Silva had called the dam sound, spokeswoman Ana Ruiz told rbb24."
    reported = (
        ("Silva had called the dam sound", "told", "spokeswoman Ana Ruiz", "Ana Ruiz"),
        ("the dam sound", "called", "Silva", "Silva"),
    )
    outer, inner = trace(annotated(text, *reported)).attributions
    assert outer.via_clear
    assert outer.shown_via == outer.via
    assert not inner.via_clear
    assert inner.via[1].confidence < inner.via[0].confidence
    assert inner.shown_via == ()


def test_an_interview_to_which_the_document_returns_carries_all_that_the_speaker_says():
    text = (
        "A union boss has faulted the plan.\n\nRuiz told the Corvo Zeitung daily that it sends a bad message.\n\n"
        "“It is the end of trust,” the newspaper quoted him as saying.\n\nRuiz said the move was hasty."
    )
    reported = (
        ("the plan", "faulted", "A union boss", "Ruiz"),
        ("it sends a bad message", "told", "Ruiz", "Ruiz"),
        ("“It is the end of trust,”", "as saying", "him", "Ruiz"),
        ("the move was hasty", "said", "Ruiz", "Ruiz"),
    )
    assert chains(text, *reported) == [["Corvo Zeitung"]] * 4


def test_another_venue_keeps_an_interview_to_itself():
    text = (
        "Ruiz told Reuters the dam held. Ruiz told Reuters the sluice held. Ruiz said in a statement that all was well."
    )
    reported = (
        ("the dam held", "told", "Ruiz", "Ruiz"),
        ("the sluice held", "told", "Ruiz", "Ruiz"),
        ("all was well", "said", "Ruiz", "Ruiz"),
    )
    assert chains(text, *reported) == [["Reuters"], ["Reuters"], []]


def test_words_inside_words_come_through_their_teller():
    text = "The court said that the father had told judges that his son was 32."
    reported = (
        ("the father had told judges that his son was 32", "said", "The court", "The court", "organisation"),
        ("his son was 32", "told", "the father", "the father", "unnamed"),
    )
    assert chains(text, *reported) == [[], ["The court"]]


def test_a_tellers_own_chain_comes_before_the_teller():
    text = "Silva had called the dam sound, spokeswoman Ana Ruiz told rbb24."
    reported = (
        ("Silva had called the dam sound", "told", "spokeswoman Ana Ruiz", "Ana Ruiz"),
        ("the dam sound", "called", "Silva", "Silva"),
    )
    assert chains(text, *reported) == [["rbb24"], ["rbb24", "Ana Ruiz"]]


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        (
            "The army confirmed shots after what it said was a riot.",
            ("shots after what it said was a riot", "confirmed", "The army", "The army", "organisation"),
            ("a riot", "said", "it", "The army", "organisation"),
        ),
        (
            "She stressed the site was open, as some officials claimed, to all.",
            ("the site was open, as some officials claimed, to all", "stressed", "She", "Ruiz"),
            ("the site was open", "claimed", "some officials", "some officials", "group"),
        ),
        (
            "Ruiz denied reports that the dam broke.",
            ("reports that the dam broke", "denied", "Ruiz", "Ruiz"),
            ("the dam broke", None, "reports", "reports", "document"),
        ),
    ],
)
def test_a_teller_who_only_repeats_or_denies_is_no_intermediary(text, outer, inner):
    assert chains(text, outer, inner)[1] == []


def test_the_papers_short_name_means_the_paper_that_was_named_in_full():
    text = "The Alvor Times broke the story. The dam held, Ruiz told the Times."
    assert chains(text, ("The dam held", "told", "Ruiz", "Ruiz")) == [["The Alvor Times"]]


def test_an_abbreviation_means_what_the_text_explains():
    text = "The Northern Press Network (NPN) was first. The dam held, Ruiz told NPN."
    (attribution,) = trace(annotated(text, ("The dam held", "told", "Ruiz", "Ruiz"))).attributions
    assert [link.outlet for link in attribution.via] == ["Northern Press Network"]


def test_two_names_of_an_outlet_have_one():
    text = "Ruiz told AP the dam held. Silva told the Associated Press it broke."
    reported = (("the dam held", "told", "Ruiz", "Ruiz"), ("it broke", "told", "Silva", "Silva"))
    traced = trace(annotated(text, *reported))
    assert {link.outlet for a in traced.attributions for link in a.via} == {"The Associated Press"}


def test_the_evidence_is_in_the_text():
    text = "Ruiz said the dam held, reports The Corvo Ledger, quoting the BBC."
    (attribution,) = trace(annotated(text, ("the dam held", "said", "Ruiz", "Ruiz"))).attributions
    assert [text[link.start : link.end] for link in attribution.via] == ["reports The Corvo Ledger", "quoting the BBC"]


def test_a_record_named_again_is_the_record_named_first():
    text = "Ruiz said yes, according to a transcript of the hearing.\n\n“No,” Silva said, according to the transcript."
    reported = (("yes", "said", "Ruiz", "Ruiz"), ("“No,”", "said", "Silva", "Silva"))
    assert chains(text, *reported) == [["a transcript of the hearing"]] * 2


def test_a_document_seen_by_an_outlet_comes_by_it():
    text = "The charge sheet, seen by Reuters, lists theft."
    assert chains(text, ("theft", "lists", "The charge sheet", "The charge sheet", "document")) == [["Reuters"]]


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=4))
def test_garbage_raises_nothing_and_keeps_the_attributions(text, places):
    spans = [Span(*sorted((min(a, len(text)), min(b, len(text))))) for a, b in places]
    attributions = tuple(Attribution(f"a{i}", (s,), cue=s, source=s, speaker="p1") for i, s in enumerate(spans))
    before = Annotations(Document(id="d", text=text), attributions=attributions)
    after = trace(before)
    assert [a.content for a in after.attributions] == [a.content for a in attributions]
    assert all(0 <= link.start <= link.end <= len(text) for a in after.attributions for link in a.via)


@pytest.mark.shared
def test_chains_on_the_gold_stories_given_gold_attributions():
    if not (SHARED / "gold/stories").is_dir():
        pytest.skip("the shared gold is not here")
    total = ChainScore(0, 0, 0, 0, ())
    for story in read_stories(SHARED / "gold/stories", SHARED / "stories"):
        total += score_chains(story, [trace(a) for a in given_labelled(story)])
    assert total.share_right >= 93
    assert total.false_per_hundred <= 1


@pytest.mark.shared
def test_agency_text_on_polnear():
    import json

    if not (SHARED / "polnear").is_dir():
        pytest.skip("the shared corpus is not here")
    records = []
    for name in ("train", "dev"):
        lines = (SHARED / f"polnear/{name}.jsonl").read_text(encoding="utf-8").splitlines()
        records += [json.loads(line) for line in lines]
    agency, none = wire_documents(records)
    score = score_wire([(trace(Annotations(d)), w) for d, w in agency], [trace(Annotations(d)) for d in none])
    assert score.recall >= 98
    assert score.false_rate < 1
