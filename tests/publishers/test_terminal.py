import io

from msgspec.structs import replace
from rich.console import Console

from onrecord.annotation import Annotations, Attribution, Figure, Link, Speaker
from onrecord.document import Document, Span
from onrecord.publishers import page, terminal
from onrecord.publishers.naming import count, letters
from onrecord.story import (
    CoverageCell,
    CoverageRow,
    Edit,
    Failure,
    FigureGroup,
    FigureMember,
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


def counted(name, text, *figures):
    found = tuple(
        Figure(f"{name}.f{n}", text.index(words), text.index(words) + len(words), low, low)
        for n, (words, low) in enumerate(figures, 1)
    )
    return Annotations(document=Document(name, text), figures=found)


def test_a_figure_is_shown_once_a_value_with_those_who_print_it():
    documents = (
        counted("one", "12 crates fell. Twelve, again: 12 crates!", ("12 crates", 12), ("12 crates!", 12)),
        counted("two", "All 12 crates fell.", ("12 crates", 12)),
        counted("three", "All 15 crates fell.", ("15 crates", 15)),
    )
    members = tuple(FigureMember(a.id, f.id) for a in documents for f in a.figures)
    group = FigureGroup("g1", "crates", members, "conflict", "12 and 15 cannot both hold.")
    view = shown(Story(documents=documents, figure_groups=(group,)))
    assert "12 crates (A B)" in view
    assert "15 crates (C)" in view


def test_what_must_be_looked_at_comes_first():
    documents = (counted("one", "12 crates fell.", ("12 crates", 12)), counted("two", "15 crates", ("15 crates", 15)))
    members = tuple(FigureMember(a.id, f.id) for a in documents for f in a.figures)
    groups = tuple(FigureGroup(v, v, members, v, "So.") for v in ("equal", "narrower", "conflict"))
    view = shown(Story(documents=documents, figure_groups=groups))
    assert view.index("conflict") < view.index("narrower") < view.index("equal")


def test_one_telling_is_shown_once():
    story = made_story()
    report_ = story.documents[1]
    twice = replace(report_, attributions=(*report_.attributions, replace(report_.attributions[0], id="two.a2")))
    (statement,) = story.statements
    doubled = replace(statement, variants=(*statement.variants, Variant("two", "two.a2")))
    view = shown(replace(story, documents=(story.documents[0], twice), statements=(doubled,)))
    assert view.count("  B  ") == 1


def test_what_a_transcript_lacks_stands_at_a_glance():
    lacking = Wording("not-found")
    spoken = Annotations(document=Document("t", "The boats sail.", kind="transcript"))
    story = made_story()
    statement = Statement("s1", "p1", (Variant("one", "one.a1", lacking),))
    text = page.render_story(Story((*story.documents, spoken), story.speakers, (statement,)))
    assert "1 not (" in text


def test_unchecked_is_not_said_where_nothing_could_be_checked():
    story = made_story()
    variants = (Variant("one", "one.a1", Wording("unchecked")),)
    alone = Story(story.documents, story.speakers, (Statement("s1", "p1", variants),))
    assert "[unchecked]" not in shown(alone)
    spoken = Annotations(document=Document("t", "The boats sail.", kind="transcript"))
    assert "[unchecked]" in shown(Story((*story.documents, spoken), story.speakers, alone.statements))


def test_what_somebody_denies_is_not_shown_as_what_they_say():
    text = "The mayor rejected criticism that the alarm had come late."
    denied = Attribution(
        "one.a1", (Span(29, 57),), form="indirect", speaker="one.p1", cue=Span(10, 28), source=Span(0, 9)
    )
    one = Annotations(Document("one", text), speakers=(Speaker("one.p1", "mayor", "unnamed"),), attributions=(denied,))
    story = Story(
        documents=(one,),
        speakers=(StorySpeaker("p1", "mayor", "unnamed", (("one", "one.p1"),)),),
        statements=(Statement("s1", "p1", (Variant("one", "one.a1"),)),),
        coverage=(CoverageRow("s1", "statement", (CoverageCell("one", "indirect"),), core=False),),
    )
    view = shown(story)
    assert "rejected criticism: that the alarm had come late" in view
    assert "denied: “rejected criticism”" in page.render_story(story)
