"""A qualifier is lost where the rest of the same sentence conditions, hedges, denies or contrasts what is kept."""

from __future__ import annotations

import pytest

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.checking.house_style import INSTALLED, HouseStyle
from onrecord.comparison.checking.variants import check_attributions
from onrecord.comparison.wording.verdicts import judge
from onrecord.document import Block, Document, Span
from onrecord.wording import Wording

_REST = " The tide office keeps the ledgers of both piers. Nobody has asked for them since the summer."


def judged(sentence: str, quotation: str, frame: str = "{} Ida Moll said.", *, rest: str = _REST) -> Wording:
    spoken = f"{sentence}{rest}"
    transcript = Document("t", spoken, "transcript", blocks=(Block("turn", 0, len(spoken), speaker="IDA MOLL"),))
    text = frame.format(f"“{quotation}”")
    at = text.index("“")
    spans = [Span(at, at + len(quotation) + 2)]
    return judge(spans, Document("a", text), TranscriptIndex([Annotations(transcript)]), speaker="Ida Moll")


LOST = [
    ("I will leave the harbour board if the auditors find a single forged ledger.", "I will leave the harbour board"),
    ("I will leave the harbour board on Monday unless the auditors clear me.", "I will leave the harbour board"),
    ("If the auditors find a forged ledger, I will leave the harbour board.", "I will leave the harbour board"),
    ("The ferry will sail again as long as the crews accept the new rota.", "The ferry will sail again"),
    ("I never said that the dredger was bought without a tender.", "the dredger was bought without a tender"),
    ("It is not true that the dredger was bought without a tender.", "the dredger was bought without a tender"),
    ("I think the dredger was bought without a tender.", "the dredger was bought without a tender"),
    ("Perhaps the dredger was bought without a tender.", "the dredger was bought without a tender"),
    ("The dredger was bought without a tender, I suppose.", "The dredger was bought without a tender"),
    ("We will lay the levy on no one in this valley.", "We will lay the levy"),
    ("The pilots have earned a rise, but only if the fees go up.", "The pilots have earned a rise"),
    ("The pilots have earned a rise, but the harbour cannot pay for it.", "The pilots have earned a rise"),
]


@pytest.mark.parametrize(("sentence", "quotation"), LOST)
def test_a_qualifier_left_out_of_the_sentence_is_lost(sentence: str, quotation: str) -> None:
    wording = judged(sentence, quotation)
    assert (wording.verdict, wording.flags) == ("trimmed", ("qualifier-lost",))


@pytest.mark.parametrize("style", INSTALLED)
@pytest.mark.parametrize(("sentence", "quotation"), LOST[:5])
def test_it_is_an_error_under_every_style(style: str, sentence: str, quotation: str) -> None:
    assert HouseStyle.named(style).judge(judged(sentence, quotation)) == "error"


@pytest.mark.parametrize(
    ("sentence", "quotation"),
    [
        ("We cut the ferry fares, and I do not regret a day of it.", "We cut the ferry fares"),
        ("We did not win the regatta, and we will row again in the autumn.", "we will row again in the autumn"),
        ("No, we will row again in the autumn.", "we will row again in the autumn"),
        ("If you look at the ledgers, we cut the ferry fares by half.", "we cut the ferry fares by half"),
        ("They asked me if I would go, and I will leave the harbour board.", "I will leave the harbour board"),
        ("I will leave the harbour board even if the auditors clear me.", "I will leave the harbour board"),
        ("We cut the ferry fares for people who do not own a boat.", "We cut the ferry fares"),
        ("There is no doubt that the dredger was bought without a tender.", "the dredger was bought without a tender"),
        ("Not only was it late, the dredger was bought without a tender.", "the dredger was bought without a tender"),
        ("We cut the ferry fares not for the banks but for the crews.", "for the crews"),
        ("The dredger was bought without a tender, not the ferry.", "The dredger was bought without a tender"),
    ],
)
def test_what_another_clause_says_is_no_qualifier(sentence: str, quotation: str) -> None:
    assert "qualifier-lost" not in judged(sentence, quotation).flags


@pytest.mark.parametrize(
    "frame",
    [
        "Should the auditors find a forged ledger, {} Ida Moll said.",
        "{} Ida Moll said, if the auditors found a forged ledger.",
    ],
)
def test_what_the_article_says_in_its_own_words_is_not_lost(frame: str) -> None:
    sentence = "I will leave the harbour board if the auditors find a single forged ledger."
    assert judged(sentence, "I will leave the harbour board,", frame).flags == ()


def test_the_next_sentence_of_the_article_gives_nothing_back() -> None:
    sentence = "I will leave the harbour board if the auditors find a single forged ledger."
    frame = "{} Ida Moll said. If it rains, the regatta is off."
    assert judged(sentence, "I will leave the harbour board,", frame).flags == ("qualifier-lost",)


@pytest.mark.parametrize("gap", [" ", " … "])
def test_a_condition_cut_out_of_the_middle_is_lost(gap: str) -> None:
    sentence = "I will, if the auditors find a single forged ledger, leave the harbour board in May."
    wording = judged(sentence, f"I will{gap}leave the harbour board in May.")
    assert "qualifier-lost" in wording.flags
    assert {HouseStyle.named(name).judge(wording) for name in INSTALLED} == {"error"}


def test_no_qualifier_is_lost_where_the_text_marks_no_sentences() -> None:
    spoken = "i will leave the harbour board if the auditors find a forged ledger "
    wording = judged(spoken * 3, "I will leave the harbour board", rest="and so on and so forth")
    assert (wording.verdict, wording.flags) == ("verbatim", ())


def test_a_filler_left_out_is_a_note_under_strict_and_nothing_elsewhere() -> None:
    wording = judged(
        "I will leave the, uh, harbour board in the spring.", "I will leave the harbour board in the spring."
    )
    assert wording.verdict == "cleaned"
    assert [HouseStyle.named(name).judge(wording) for name in INSTALLED] == ["note", "ok", "ok"]


def test_a_headline_that_cuts_the_condition_off_counts_in_compare_too() -> None:
    said = "I will leave the harbour board if the auditors find a single forged ledger."
    head = "‘I WILL LEAVE THE HARBOUR BOARD’"
    text = f"{head}\n\n“{said}” Ida Moll said."
    at = text.index("“")
    claim = Attribution("a1", (Span(at, at + len(said) + 2),), form="direct", speaker="p1")
    article = Annotations(
        Document("a", text, blocks=(Block("headline", 0, len(head)),)),
        speakers=(Speaker("p1", "Ida Moll", "person"),),
        attributions=(claim,),
    )
    spoken = f"{said}{_REST}"
    transcript = Document("t", spoken, "transcript", blocks=(Block("turn", 0, len(spoken), speaker="IDA MOLL"),))
    held = check_attributions([article, Annotations(transcript)])
    assert (held["a", "a1"].verdict, held["a", "a1"].flags) == ("trimmed", ("qualifier-lost",))


def test_what_the_speaker_at_once_takes_back_is_not_quoted_without_it():
    taken_back = "We are telling the crews to burn the oil – sorry, not to burn it, to pump it out."
    assert "qualifier-lost" in judged(taken_back, "We are telling the crews to burn the oil").flags
    added = "We are telling the crews to burn the oil – sorry, that took long to decide, but so it is."
    assert "qualifier-lost" not in judged(added, "We are telling the crews to burn the oil").flags
    other = "We are telling the crews to burn the oil. Sorry, not everybody was asked."
    assert "qualifier-lost" not in judged(other, "We are telling the crews to burn the oil").flags
