"""Like words in neighbouring turns: the speaker's own turn is weighed first."""

from __future__ import annotations

import pytest

from onrecord.annotation import Annotations
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.checking.house_style import INSTALLED, HouseStyle
from onrecord.comparison.wording.verdicts import judge
from onrecord.document import Document, Span
from onrecord.readers.transcript import find_turns
from onrecord.wording import Wording

CREWS = """VALE: Good morning. The tide office asked both crews to report.

DUNN: The first crew found that the old sluice let in nine tonnes of silt under the western quay last winter.

BELL: The second crew found that the old sluice let in four tonnes of silt under the eastern quay last winter.

VALE: Thank you both. We shall read the ledgers on Monday and answer by the end of the week.
"""
ASKED = """Q: Sir, you signed the permit for the quarry road in the spring?

VALE: I did not sign the permit for the quarry road in the spring. My deputy did.

Q: And the bridge?

VALE: The bridge was paid for by the county, and I was glad of every stone of it.
"""


def judged(transcript: str, words: str, speaker: str) -> Wording:
    document = Document("t", transcript, "transcript", blocks=find_turns(transcript))
    text = f"“{words}” {speaker} said."
    return judge(
        [Span(0, len(words) + 2)], Document("a", text), TranscriptIndex([Annotations(document)]), speaker=speaker
    )


def test_of_two_that_are_like_the_speakers_own_is_taken():
    words = "The third crew found that the old sluice let in six tonnes of silt under the northern quay last winter."
    wording = judged(CREWS, words, "Bell")
    assert wording.verdict == "altered-content"
    assert [p.speaker for p in wording.passages] == ["BELL"]


def test_words_that_another_spoke_whole_are_his():
    words = "The first crew found that the old sluice let in nine tonnes of silt under the western quay last winter."
    assert judged(CREWS, words, "Bell").verdict == "misattributed"
    assert judged(CREWS, words, "Dunn").verdict == "verbatim"


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("I signed the permit for the quarry road in the spring.", "negation-changed"),
        ("signed the permit for the quarry road", "qualifier-lost"),
    ],
)
@pytest.mark.parametrize("style", INSTALLED)
def test_a_denial_is_not_hidden_by_the_question(words: str, flag: str, style: str):
    wording = judged(ASKED, words, "Vale")
    assert flag in wording.flags
    assert HouseStyle.named(style).judge(wording) == "error"
    assert [p.speaker for p in wording.passages] == ["VALE"]


def test_a_mishearing_excuses_nothing_that_was_reworded():
    said = (
        "VALE: We cut the fees for the harbour, so that every crew is able to get its nets mended for free.\n\nQ: When?"
    )
    reworded = judged(said, "We cut the fee for the harbour, so every crew can have its net mended for free.", "Vale")
    assert "transcript-may-mishear" not in reworded.flags
    assert HouseStyle.named("strict").judge(reworded) == "error"
    heard = judged(
        said, "We cut the feas for the harbour, so that every crew is able to get its nets mended for free.", "Vale"
    )
    assert heard.flags == ("transcript-may-mishear",)
    assert HouseStyle.named("strict").judge(heard) == "note"


SHOUTED = """Mr VALE (Quay) (2.10 pm)—The wall will stand for forty years if we only—

{}

Mr VALE—let the masons finish what they began.

The CHAIR—Order!
"""


@pytest.mark.parametrize(
    "shout", ["Opposition members: Rubbish!", "Government senators interjecting—", "Ms DUNN—Never!"]
)
def test_what_others_shout_is_no_word_of_the_speakers_that_is_left_out(shout):
    words = "The wall will stand for forty years if we only let the masons finish what they began."
    wording = judged(SHOUTED.format(shout), words, "Vale")
    assert wording.verdict == "verbatim"
    assert {p.speaker for p in wording.passages} == {"Mr VALE"}


def test_a_speakers_own_words_left_out_around_a_shout_are_missed():
    text = SHOUTED.format("Opposition members: Rubbish!").replace(
        "let the masons", "pay for it and then let the masons"
    )
    words = "The wall will stand for forty years if we only let the masons finish what they began."
    assert judged(text, words, "Vale").verdict == "spliced"


def test_an_answer_of_another_is_no_shout():
    text = SHOUTED.format("Ms DUNN—You said the very same thing about the old wall in the spring!")
    words = "The wall will stand for forty years if we only let the masons finish what they began."
    assert judged(text, words, "Vale").verdict == "spliced"
