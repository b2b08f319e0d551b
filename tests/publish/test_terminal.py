import io

from rich.console import Console

from onrecord.annotation import Annotations, Attribution, Link, Speaker
from onrecord.document import Document, Span
from onrecord.publish import terminal
from onrecord.publish.naming import count, letters
from onrecord.story import (
    CoverageCell,
    CoverageRow,
    Edit,
    Failure,
    Passage,
    Statement,
    Story,
    StorySpeaker,
    Variant,
    Wording,
)

ONE = "“The boats will stay in port,” Ida Moll said."
TWO = "“The boats stay in port,” Moll said, Radio Sund reported."


def report(name, text, end, via=()):
    attribution = Attribution(f"{name}.a1", (Span(0, end),), form="direct", speaker=f"{name}.p1", via=via)
    speaker = Speaker(f"{name}.p1", "Ida Moll", "person")
    return Annotations(document=Document(name, text), speakers=(speaker,), attributions=(attribution,))


def made_story():
    one = report("one", ONE, 30)
    two = report("two", TWO, 25, (Link("Radio Sund", "outlet-pickup", 38, 48),))
    dropped = Wording("reports-differ", (Passage("one", 1, 28),), (Edit("delete", Span(11, 11), Span(11, 16)),))
    return Story(
        documents=(one, two),
        speakers=(StorySpeaker("p1", "Ida Moll", "person", (("one", "one.p1"), ("two", "two.p1"))),),
        statements=(Statement("s1", "p1", (Variant("one", "one.a1"), Variant("two", "two.a1", dropped))),),
        coverage=(
            CoverageRow("s1", "statement", (CoverageCell("one", "direct"), CoverageCell("two", "direct")), core=True),
        ),
        failures=(Failure("three.txt", "three.txt is empty: give a file with text."),),
    )


def shown(story):
    stream = io.StringIO()
    terminal.show(story, Console(file=stream, width=120))
    return stream.getvalue()


def test_a_story_is_shown_with_speaker_words_left_out_verdict_and_chain():
    view = shown(made_story())
    assert "2 reports" in view
    assert "Ida Moll" in view
    assert "⟨will⟩" in view
    assert "[reports-differ]" in view
    assert "via Radio Sund" in view
    assert "three.txt is empty" in view


def test_letters_keep_t_for_transcripts():
    reports = [Annotations(document=Document(str(n), "x")) for n in range(30)]
    spoken = Annotations(document=Document("t", "x", kind="transcript"))
    names = letters(Story(documents=(*reports, spoken)))
    assert names["t"] == "T"
    assert [names["0"], names["18"], names["19"], names["24"], names["25"], names["26"]] == [
        "A", "S", "U", "Z", "AA", "AB",
    ]  # fmt: skip
    assert len(set(names.values())) == 31


def test_counts_agree_with_their_nouns():
    assert count(1, "report") == "1 report"
    assert count(1200, "story", "stories") == "1,200 stories"
