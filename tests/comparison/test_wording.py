"""Every verdict of the table, on sentences made for it, and what the four axes say beside it."""

# ruff: noqa: E501 - each quotation stands on its line

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.checking.check import check_document
from onrecord.comparison.checking.house_style import HouseStyle
from onrecord.comparison.wording.verdicts import judge
from onrecord.comparison.wording.versions import consensus, differ, index_of_version
from onrecord.document import Block, Document, Published, Span
from onrecord.story import Check
from onrecord.wording import VERDICTS, Wording

VANCE = (
    "Good morning. The harbour pilots warned my office in January that the northern breakwater would not survive another "
    "winter storm. We closed 14 berths — we closed 14 berths before midnight, and uh every trawler was moved inland. "
    "Honestly, I believe the ministry might pay for half of the repairs if the council agrees. Fishing crews deserve clear "
    "answers. Nobody should gamble with a lighthouse. The insurance people came yesterday. Their engineers measured the "
    "cracked foundations twice."
)
OKORO = "I never saw the inspection ledger. The contractor kept every drawing in a locked cabinet at the quarry."


def made_index(published: str | None = None) -> TranscriptIndex:
    text = f"VANCE: {VANCE}\n\nOKORO: {OKORO}\n\nVANCE: Thank you all for coming to the customs house tonight."
    blocks, at = [], 0
    for line in text.split("\n\n"):
        label = line.split(":")[0]
        start = text.index(line, at)
        blocks += [
            Block("turn-label", start, start + len(label) + 1),
            Block("turn", start + len(label) + 2, start + len(line), label),
        ]
        at = start + len(line)
    day = Published(published, "metadata") if published else None
    return TranscriptIndex([Annotations(Document("hearing", text, "transcript", published=day, blocks=tuple(blocks)))])


INDEX = made_index()


def reported(*parts: str, speaker: str | None = "Ida Vance") -> Wording:
    text, spans = "Ida Vance took the stand. ", []
    for number, part in enumerate(parts):
        text += " she said. " if number else ""
        spans.append(Span(len(text), len(text) + len(part) + 2))
        text += f"“{part}”"
    return judge(spans, Document("article", text), INDEX, speaker=speaker)


@pytest.mark.parametrize(
    ("verdict", "quotation"),
    [
        ("verbatim", "Fishing crews deserve clear answers."),
        ("verbatim", "FISHING crews deserve clear answers"),
        ("verbatim", "Nobody should gamble with a lighthouse. The insurance people came yesterday."),
        ("trimmed", "the northern breakwater would not survive another winter storm"),
        ("cleaned", "We closed fourteen berths before midnight, and every trawler was moved inland."),
        ("bracketed", "The harbour pilots warned [the port authority] in January that the northern breakwater would not survive"),
        ("bracketed", "Their engineers [carefully] measured the cracked foundations twice."),
        ("elided-marked", "The harbour pilots warned my office … that the northern breakwater would not survive another winter storm."),
        ("elided-silent", "The harbour pilots warned my office that the northern breakwater would not survive another winter storm."),
        ("altered-function", "Their engineers measured these cracked foundations twice."),
        ("altered-function", "Their engineer measured the cracked foundation twice."),
        ("altered-content", "Their engineers measured the painted foundations twice."),
        ("altered-content", "The harbour pilots warned my office in January that the northern breakwater would survive another winter storm."),
        ("altered-content", "We closed 40 berths before midnight, and every trawler was moved inland."),
        ("altered-content", "I believe the ministry will pay for half of the repairs if the council agrees."),
        ("altered-content", "the ministry might pay for all of the repairs if the council agrees"),
        ("altered-content", "The harbour pilots warned your office in January that the northern breakwater would not survive"),
        ("altered-content", "Their cracked engineers measured the foundations twice."),
        ("spliced", "The harbour pilots warned my office in January. The insurance people came yesterday."),
        ("spliced", "Their engineers measured the cracked foundations twice. Fishing crews deserve clear answers."),
        ("spliced", "Fishing crews deserve clear answers. Thank you all for coming to the customs house tonight."),
        ("paraphrase-in-quotes", "the northern breakwater would not survive a rough season without fresh stone from inland suppliers abroad"),
        ("misattributed", "The contractor kept every drawing in a locked cabinet at the quarry."),
        ("not-found", "Volcanic ash grounded seventeen airliners over the southern mountains."),
        ("unchecked", "for half of the"),
    ],
)  # fmt: skip
def test_the_table(verdict: str, quotation: str) -> None:
    assert reported(quotation).verdict == verdict


def test_a_gap_where_the_attribution_interrupts_is_a_seam() -> None:
    wording = reported(
        "The harbour pilots warned my office", "that the northern breakwater would not survive another winter storm."
    )
    assert (wording.verdict, wording.marking, wording.words) == ("elided-seam", "elided-seam", "verbatim")


def test_an_interruption_without_a_gap_is_none() -> None:
    assert reported("Fishing crews deserve", "clear answers.").verdict == "verbatim"


def test_the_whole_span_with_its_interruption_reads_the_same() -> None:
    text = "“Fishing crews deserve,” she said, “clear answers.”"
    assert judge([Span(0, len(text))], Document("a", text), INDEX).verdict == "verbatim"


def test_axes_are_independent() -> None:
    wording = reported(
        "the northern breakwater would not survive … before midnight, and every trawler was towed inland"
    )
    assert (wording.extent, wording.marking, wording.words) == ("trimmed", "elided-marked", "altered-content")
    assert wording.verdict == "altered-content"


@pytest.mark.parametrize(
    ("flag", "quotation"),
    [
        ("qualifier-lost", "I believe the ministry might pay for half of the repairs"),
        ("number-changed", "We closed 40 berths before midnight, and every trawler was moved inland."),
        ("negation-changed", "the northern breakwater would survive another winter storm"),
        (
            "person-shifted",
            "The harbour pilots warned your office in January that the northern breakwater would not survive",
        ),
        (
            "name-changed",
            "The harbour pilots warned my office in February that the northern breakwater would not survive",
        ),
        ("transcript-may-mishear", "the northern brakewater would not survive another winter storm"),
    ],
)
def test_flags(flag: str, quotation: str) -> None:
    assert flag in reported(quotation).flags


def test_every_edit_points_at_words_of_both_texts() -> None:
    text = "“Their engineers swiftly measured the painted foundations.”"
    wording = judge([Span(0, len(text))], Document("a", text), INDEX, speaker="Vance")
    other = INDEX.text_of(0)
    said = [(e.op, e.document.of(text), e.other.of(other)) for e in wording.edits if e.op != "equal"]
    assert said == [("insert", "swiftly", ""), ("replace", "painted", "cracked")]
    assert wording.passages[0].speaker == "VANCE"


def test_a_speaker_who_is_not_in_the_transcript_is_unchecked() -> None:
    assert reported("Volcanic ash grounded seventeen airliners.", speaker="Bo Lindqvist").verdict == "unchecked"


def test_an_article_older_than_the_event_reports_another_occasion() -> None:
    text = "“Fishing crews deserve clear answers.”"
    document = Document("a", text, published=Published("2020-01-01", "byline"))
    wording = judge([Span(0, len(text))], document, made_index("2020-03-01"))
    assert (wording.verdict, wording.flags) == ("unchecked", ("occasion-in-doubt",))


def test_the_occasion_that_fits_the_date_is_taken() -> None:
    speech = "Fishing crews deserve clear answers. We promised them nothing less than that."
    days = ("2020-03-01", "2020-06-01")
    transcripts = [
        Annotations(Document(day, speech, "transcript", published=Published(day, "metadata"))) for day in days
    ]
    text = "“Fishing crews deserve clear answers.”"
    document = Document("a", text, published=Published("2020-06-02", "byline"))
    wording = judge([Span(0, len(text))], document, TranscriptIndex(transcripts))
    assert [p.document for p in wording.passages] == ["2020-06-01"]
    assert "occasion-in-doubt" not in wording.flags
    undated = judge([Span(0, len(text))], Document("a", text), TranscriptIndex(transcripts))
    assert "occasion-in-doubt" in undated.flags


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="“”\"'‘’[]().… abchÅשلا\n\t\u200f-—0129%$", max_size=80))
def test_garbage_is_judged_without_an_error(text: str) -> None:
    wording = judge([Span(0, len(text))], Document("a", text), INDEX)
    assert wording.verdict in {*VERDICTS, "not-found", "unchecked"}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(9, 25))
def test_a_copied_run_is_never_called_altered(start: int, length: int) -> None:
    run = " ".join(VANCE.split()[start : start + length])
    assert reported(run).verdict in {"verbatim", "trimmed", "not-found", "unchecked"}


# -- documents --------------------------------------------------------------------------------------------------------


def checked(text: str, attributions: tuple[Attribution, ...] = (), style: str = "strict") -> Check:
    speakers = (Speaker("p1", "Ida Vance", "person"),)
    annotations = Annotations(Document("a", text), speakers=speakers, attributions=attributions)
    return check_document(annotations, INDEX, HouseStyle.named(style))


def test_a_document_is_checked_quotation_by_quotation() -> None:
    text = "“Fishing crews deserve,” Vance said, “clear answers.” She called it “a mess”. “Their engineers measured the walls twice.”"
    end = text.index(" She called")
    claim = Attribution("a1", (Span(0, 24), Span(38, end)), form="direct", speaker="p1")
    found = checked(text, (claim,))
    assert [(q.wording.verdict, q.severity, q.attribution) for q in found.quotations] == [
        ("verbatim", "ok", "a1"),
        ("altered-content", "error", None),
    ]
    assert found.quotations[0].span == Span(0, end)


def test_indirect_speech_is_looked_up_and_never_called_false() -> None:
    text = "Vance said the harbour pilots had warned her office in January that 30 northern breakwater walls would not survive."
    claim = Attribution("a1", (Span(11, len(text)),), form="indirect", speaker="p1")
    (found,) = checked(text, (claim,)).quotations
    assert (found.form, found.wording.verdict, found.severity) == ("indirect", "unchecked", "note")
    assert "figure-unsupported" in found.wording.flags


def headed(headline: str, body: str, attributions: tuple[Attribution, ...] = ()) -> Check:
    blocks = (Block("headline", 0, len(headline)),)
    document = Document("a", f"{headline}\n\n{body}", blocks=blocks)
    speakers = (Speaker("p1", "Ida Vance", "person"),)
    return check_document(
        Annotations(document, speakers=speakers, attributions=attributions), INDEX, HouseStyle.named("strict")
    )


def test_a_quotation_in_the_headline_belongs_to_whom_the_text_credits_with_it() -> None:
    headline, body = "‘NOBODY SHOULD GAMBLE’: Vance hits out", "“Nobody should gamble with a lighthouse,” Vance said."
    start = len(headline) + 2
    claim = Attribution("a1", (Span(start, start + 41),), form="direct", speaker="p1")
    first, second = headed(headline, body, (claim,)).quotations
    assert (first.span.of(f"{headline}\n\n{body}"), first.attribution, first.speaker) == (
        "‘NOBODY SHOULD GAMBLE’",
        "a1",
        "Ida Vance",
    )
    assert [q.wording.verdict for q in (first, second)] == ["trimmed", "verbatim"]


def test_a_quotation_in_the_headline_alone_is_told_only_where_it_is_found() -> None:
    assert [q.wording.verdict for q in headed("‘Gamble with a lighthouse’: the hearing", "").quotations] == ["trimmed"]
    assert headed("‘Heads will roll’: the hearing", "").quotations == ()


def test_three_words_that_nobody_claims_are_told_only_where_they_are_found() -> None:
    (found,) = checked("The risk was to “gamble with a lighthouse”, not to “sail in the fog”.").quotations
    assert (found.wording.verdict, found.attribution) == ("trimmed", None)


def test_a_few_words_of_the_credited_speaker_that_stand_so_nowhere_else_are_found() -> None:
    assert reported("The insurance people").verdict == "trimmed"
    assert reported("never saw the", speaker="Ida Vance").verdict != "trimmed"


def test_a_bracket_that_opens_a_quotation_stands_for_words_of_its_own_sentence() -> None:
    wording = reported("[The harbour surveyors] came yesterday.")
    assert wording.verdict == "bracketed"
    (passage,) = wording.passages
    text = INDEX.text_of(0)
    assert text[passage.start : passage.end] == "came yesterday"
    first = wording.edits[0]
    assert (first.op, first.other.of(text)) == ("bracket", "The insurance people")


def test_a_quotation_goes_on_behind_the_attribution_that_parts_it() -> None:
    text = "“Fishing crews deserve clear answers,” Vance said. “Nobody should gamble with a lighthouse.” She left."
    cue = text.index("said")
    claim = Attribution("a1", (Span(0, 38),), form="direct", cue=Span(cue, cue + 4), speaker="p1")
    (found,) = checked(text, (claim,)).quotations
    assert (found.attribution, len(found.content), found.wording.verdict) == ("a1", 2, "verbatim")
    apart = text.replace(" “Nobody", "\n\n“Nobody")
    assert len(checked(apart, (claim,)).quotations) == 2


def test_titles_and_scare_quotes_that_nobody_claims_are_left_out() -> None:
    assert checked("He read “The Lighthouse of the Northern Quarry” and its “fishing crews”.").quotations == ()


# -- without a transcript ---------------------------------------------------------------------------------------------


def version(text: str, name: str = "a") -> tuple[Document, list[Span]]:
    return Document(name, text), [Span(0, len(text))]


@pytest.mark.parametrize(
    ("verdict", "one", "other"),
    [
        ("reports-agree", "“Fishing crews deserve clear answers.”", "“Fishing crews deserve clear answers,”"),
        ("reports-agree", "“crews deserve clear answers.”", "“Honestly, fishing crews deserve clear answers today.”"),
        (
            "reports-agree",
            "“Fishing crews … deserve clear answers.”",
            "“Fishing crews on this coast deserve clear answers.”",
        ),
        ("reports-differ", "“Fishing crews deserve honest answers.”", "“Fishing crews deserve clear answers.”"),
        ("reports-differ", "“Fishing crews deserve clear answers.”", "“Fishing crews never deserve clear answers.”"),
        ("unchecked", "“Fishing crews deserve clear answers.”", "“The quarry ledger was sealed overnight.”"),
    ],
)
def test_two_reports_are_compared(verdict: str, one: str, other: str) -> None:
    (a, spans), (b, others) = version(one), version(other, "b")
    assert differ(spans, a, index_of_version(b, others)).verdict == verdict


def test_the_consensus_is_what_most_tellers_print() -> None:
    versions = [
        version("“Fishing crews deserve clear answers before the winter storms.”", "a"),
        version("“Fishing crews deserve clear answers before the autumn storms.”", "b"),
        version("“All fishing crews deserve clear answers,”", "c"),
    ]
    shared = consensus(versions)
    assert shared is not None
    assert (
        shared.span.of({d.id: d.text for d, _ in versions}[shared.document]).lower()
        == "fishing crews deserve clear answers before the"
    )
    assert shared.reports == 2
    assert consensus(versions, ["x", "x", "x"]) is None


# -- house styles -----------------------------------------------------------------------------------------------------


def test_house_styles_differ_on_tidied_grammar() -> None:
    wording = reported("Their engineers measured these cracked foundations twice.")
    assert [HouseStyle.named(s).judge(wording) for s in ("strict", "reuters", "guardian")] == ["error", "error", "ok"]


def test_a_report_given_as_the_fuller_account_never_settles_that_something_was_not_said():
    reported = "“The tide took both of the lower gates before anybody woke,” Ida Moll said on the quay."
    report = Document("r", f"{reported}\n\nShe left early.", kind="transcript")
    article = Document("a", "“Nobody had warned the pilots about those currents at all,” Ida Moll said.")
    index = TranscriptIndex([Annotations(report)])
    quotation = [Span(1, article.text.index("all,”") + 3)]
    assert judge(quotation, article, index, speaker="Ida Moll").verdict == "unchecked"
