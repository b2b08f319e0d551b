import io
import re

import msgspec
import pytest
from lxml import html
from msgspec.structs import replace
from rich.console import Console

from onrecord.annotation import Annotations, Attribution, Figure, Link, Speaker
from onrecord.document import Document, Span
from onrecord.publishers import page, records, terminal
from onrecord.publishers.naming import count, letters
from onrecord.publishers.rows import LEAST_WIDTH
from onrecord.story import (
    Copy,
    CoverageCell,
    CoverageRow,
    Failure,
    FigureGroup,
    FigureMember,
    Statement,
    Story,
    StorySpeaker,
    Variant,
)
from onrecord.wording import Edit, Passage, Wording

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


def shown(story, width=120, *, everything=True):
    stream = io.StringIO()
    terminal.show(story, Console(file=stream, width=width), everything=everything)
    return stream.getvalue()


def test_a_story_is_shown_with_speaker_words_left_out_verdict_and_chain():
    view = shown(made_story())
    assert "2 reports" in view
    assert "Ida Moll" in view
    assert "The boats ⟨will⟩ stay" in view
    assert "[reports differ]" in view
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
    group = FigureGroup("g1", "crates", members, "conflict", "contrary", sides=(members[:3], members[3:]))
    view = shown(Story(documents=documents, figure_groups=(group,)))
    assert "“12 crates” in A B" in view
    assert "“15 crates” in C" in view


def test_what_must_be_looked_at_comes_first():
    documents = (counted("one", "12 crates fell.", ("12 crates", 12)), counted("two", "15 crates", ("15 crates", 15)))
    members = tuple(FigureMember(a.id, f.id) for a in documents for f in a.figures)
    groups = tuple(FigureGroup(v, v, members, v) for v in ("equal", "narrower", "conflict"))
    view = shown(Story(documents=documents, figure_groups=groups)).split("Figures")[1]
    assert view.index("contradict  ") < view.index("counts a part") < view.index("agree  ")


def test_one_telling_is_shown_once():
    story = made_story()
    report_ = story.documents[1]
    twice = replace(report_, attributions=(*report_.attributions, replace(report_.attributions[0], id="two.a2")))
    (statement,) = story.statements
    doubled = replace(statement, variants=(*statement.variants, Variant("two", "two.a2")))
    view = shown(replace(story, documents=(story.documents[0], twice), statements=(doubled,)))
    assert view.count("    B  ") == 1


def test_what_a_transcript_lacks_needs_attention():
    lacking = Wording("not-found")
    spoken = Annotations(document=Document("t", "The boats sail.", kind="transcript"))
    story = made_story()
    statement = Statement("s1", "p1", (Variant("one", "one.a1", lacking),))
    text = page.render_story(Story((*story.documents, spoken), story.speakers, (statement,)))
    assert "not in the transcript" in text.split('id="attention"')[1].split("</section>")[0]


def test_unchecked_is_not_said_where_nothing_could_be_checked():
    story = made_story()
    variants = (Variant("one", "one.a1", Wording("unchecked")),)
    alone = Story(story.documents, story.speakers, (Statement("s1", "p1", variants),))
    assert "[not checked]" not in shown(alone)
    spoken = Annotations(document=Document("t", "The boats sail.", kind="transcript"))
    assert "[not checked]" in shown(Story((*story.documents, spoken), story.speakers, alone.statements))


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


@pytest.mark.parametrize("width", [0, 1, 20, 40, 80, 200])
@pytest.mark.parametrize("everything", [False, True])
def test_rows_hang_under_their_beginning_at_every_width(made, width, everything):
    view = shown(made.made_story(reports=12, statements=20), width, everything=everything)
    rows = view.splitlines()
    assert len(rows) > 40 if everything else len(rows) <= terminal.SCREEN
    assert not [row for row in rows if row.endswith(" ")]
    assert max(map(len, rows)) <= max(width, LEAST_WIDTH) + 8
    within = rows[rows.index("The reports") + 1 :] if everything else []
    assert all(row[:3].strip() == "" or row[0].isalpha() for row in within)


def test_a_version_is_wrapped_under_its_words():
    (row,) = [r for r in shown(made_story(), 40).split("\n\n") if r.startswith("s1")]
    head, *versions = row.splitlines()
    assert head.startswith("s1  Ida Moll · 2 reports")
    assert [v[:7] for v in versions if not v.startswith("       ")] == ["    A  ", "    B  "]


def test_statements_figures_and_claims_have_the_ids_of_json(made):
    story = made.made_story()
    record = records.story_record(story)
    view = shown(story, everything=True)
    for each in (*record.statements, *record.figure_groups):
        assert re.search(rf"^{each.id} ", view, re.MULTILINE)
    shared = [k.id for k in record.claims if len({m.document for m in k.members}) > 1]
    assert "Unattributed claims in more than one report" in view
    assert all(re.search(rf"^{k} ", view, re.MULTILINE) for k in shared)


def test_what_one_report_alone_has_waits_to_be_asked_for(made):
    story = made.made_story()
    short, long = shown(story, everything=False), shown(story, everything=True)
    assert "Statements only in" not in short
    assert "7 statements in more than one report, 2 in one; figures, sources, texts: --all" in short
    assert "Statements only in" in long
    assert "--all" not in long


def test_serious_changes_are_printed_first_with_what_was_spoken(made):
    view = shown(made.made_story())
    first = view[view.index("Needs attention") : view.index("Statements in more")]
    assert first.index("drops its condition") < first.index("number changed") < first.index("words dropped")
    assert re.search(r"^    said       “The ", first, re.MULTILINE)
    assert re.search(r"⟨.+⟩", first)
    assert "shortened" not in first


def test_what_was_left_out_and_several_events_are_said_at_the_top():
    story = replace(made_story(), events=(("one",), ("two",)))
    view = shown(story)
    assert view.index("Left out") < view.index("of 2 events") < view.index("A one · B two")


def test_an_unclear_speaker_is_no_finding():
    story = made_story()
    text = "“The boats will stay in port,” she said."
    attribution = Attribution(
        "one.a1", (Span(0, 30),), form="direct", speaker="one.p1", source=Span(31, 34), resolution="inferred",
        speaker_clear=False,
    )  # fmt: skip
    one = Annotations(Document("one", text), speakers=story.documents[0].speakers, attributions=(attribution,))
    unclear = Statement("s1", "p1", (Variant("one", "one.a1"),), speaker_clear=False)
    view = shown(Story((one,), story.speakers, (unclear,)))
    assert "s1  unclear (she: Ida Moll?)" in view
    stream = io.StringIO()
    terminal.show_annotations(one, Console(file=stream, width=120))
    assert "unclear (she: Ida Moll?)" in stream.getvalue()


def test_a_version_that_names_another_speaker_says_so():
    one, two = made_story().documents
    two = replace(two, speakers=(Speaker("two.p1", "Bo Aas", "person"),))
    statement = Statement(
        "s1", "p1", (Variant("one", "one.a1"), Variant("two", "two.a1", Wording("misattributed"))), reason=None
    )
    people = (
        StorySpeaker("p1", "Ida Moll", "person", (("one", "one.p1"),)),
        StorySpeaker("p2", "Bo Aas", "person", (("two", "two.p1"),)),
    )
    view = shown(Story((one, two), people, (statement,)))
    assert "    B  attributed to Bo Aas: “The boats stay in port,”  [said by someone else]" in view
    assert "s1  said by someone else · B · Bo Aas" in view
    assert "attributed to Ida Moll" not in view


def test_the_cue_stands_where_the_sense_hangs_on_it():
    text = "They were wary about working on with the islanders."
    wary = Attribution("one.a1", (Span(21, 50),), form="indirect", speaker="one.p1", cue=Span(10, 20))
    one = Annotations(Document("one", text), speakers=(Speaker("one.p1", "They", "group"),), attributions=(wary,))
    story = Story(
        (one,),
        (StorySpeaker("p1", "They", "group", (("one", "one.p1"),)),),
        (Statement("s1", "p1", (Variant("one", "one.a1"),)),),
    )
    assert "wary about: working on with the islanders" in shown(story)
    assert "said: “The boats" not in shown(made_story())


def test_a_credit_is_no_share():
    one, two = made_story().documents
    copies = (
        Copy("one", "Northern Press", "declared", "whole", None, reason="agency-address"),
        Copy("two", "one", "undeclared", "whole", 0.8, reason="shorter"),
    )
    view = shown(Story((one, two), copies=copies))
    assert "    A  carries an agency credit: Northern Press. It names the agency in its byline" in view
    assert "    B  shares text with A (without credit). 80% of its own words" in view
    assert "100%" not in view


def test_six_reports_take_one_screen_that_holds_the_worst(root):
    story = msgspec.json.decode((root / "tests" / "golden" / "demo_story.json").read_bytes(), type=Story)
    rows = shown(story, 80, everything=False).splitlines()
    assert len(rows) <= 25
    assert max(map(len, rows)) <= 80
    first = rows[rows.index(next(row for row in rows if row.startswith("Needs attention"))) + 1]
    assert first == "s12 drops its condition · Klaxon Newspapers quotes Maren Aldous"
    assert "said by MINISTER ALDOUS" in "\n".join(rows)
    assert any(row.startswith("g17 diesel, in litres: 60,000 litres") for row in rows)
    assert rows[-1].endswith("-o story.html for the page.")


def test_a_wide_or_quiet_story_shows_whole_wordings_or_statements():
    rows = shown(made_story(), 80, everything=False).splitlines()
    assert "No wording was found that needs attention." in rows
    assert any(row.startswith("s1  Ida Moll: “The boats will stay in port,”") for row in rows)


def test_page_and_terminal_name_the_same_statements_in_the_same_order(root):
    story = msgspec.json.decode((root / "tests" / "golden" / "demo_story.json").read_bytes(), type=Story)
    tree = html.document_fromstring(page.render_story(story))
    on_page = tree.xpath("//li[@class='concern item']//a[@class='num']/text()")
    view = shown(story).split("Needs attention")[1].split("Disputes")[0]
    assert re.findall(r"^(s\d+) ", view, re.MULTILINE) == on_page
    listed = tree.xpath("//details[@class='fold speaker']//article/@id")
    shared = shown(story).split("Statements in more than one report")[1].split("Statements only in")[0]
    assert [f"s-{id_}" for id_ in re.findall(r"^(s\d+) ", shared, re.MULTILINE)] == listed
