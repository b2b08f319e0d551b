"""Every number that a publication states is counted once, and page, terminal and JSON state the same."""

import io
import json

import pytest
from rich.console import Console

from onrecord.annotation import Annotations, Figure
from onrecord.document import Document
from onrecord.publishers import counts, records, terminal
from onrecord.story import Copy, Failure, FigureGroup, FigureMember, Origins, Statement, Story, Variant


def document(name, figures=1, kind="report"):
    text = "Of 12 crates and 15 sacks and 20 barrels nothing is left."
    found = tuple(Figure(f"{name}.f{n}", 3, 12, 12, 12) for n in range(figures))
    return Annotations(Document(name, text, kind=kind), figures=found)


def group(name, verdict, *members):
    return FigureGroup(name, "crates", tuple(FigureMember(d, f"{d}.f{n}") for d, n in members), verdict, "So.")


def in_terminal(story):
    stream = io.StringIO()
    terminal.show(story, Console(file=stream, width=160))
    return stream.getvalue()


def test_a_figure_of_one_report_and_the_transcript_is_not_in_several_reports():
    documents = (document("one"), document("two"), document("spoken", kind="transcript"))
    with_transcript = group("g1", "equal", ("one", 0), ("spoken", 0))
    assert counts.of_story(Story(documents, figure_groups=(with_transcript,))).figures_in_several_reports == 0
    both = group("g1", "equal", ("one", 0), ("two", 0), ("spoken", 0))
    assert counts.of_story(Story(documents, figure_groups=(both,))).figures_in_several_reports == 1


def test_a_figure_in_several_groups_counts_once_and_is_one_contradiction():
    documents = (document("one", 3), document("two", 3), document("three", 3))
    groups = (
        group("g1", "conflict", ("one", 0), ("two", 0)),
        group("g2", "equal", ("two", 0), ("three", 0)),
        group("g3", "conflict", ("three", 0), ("three", 1)),
        group("g4", "equal", ("one", 2), ("two", 2)),
    )
    found = counts.of_story(Story(documents, figure_groups=groups))
    assert (found.figures_in_several_reports, found.contradictions) == (2, 1)


def test_statements_are_counted_by_report_and_by_what_is_known_of_the_speaker():
    documents = (document("one"), document("two"), document("spoken", kind="transcript"))
    statements = (
        Statement("s1", "p1", (Variant("one", "a"), Variant("two", "a"))),
        Statement("s2", "p1", (Variant("one", "b"), Variant("one", "c")), speaker_clear=False),
        Statement("s3", None, (Variant("one", "d"), Variant("spoken", "d"))),
    )
    found = counts.of_story(Story(documents, statements=statements))
    assert (found.statements, found.statements_in_several_reports) == (3, 1)
    assert (found.speakers_shown, found.speakers_withheld, found.speakers_unknown) == (1, 1, 1)


def test_a_credit_is_no_copy_and_a_document_fails_once():
    copies = (
        Copy("one", "two", "undeclared", "whole", 0.8, "So."),
        Copy("one", "Northern Press", "declared", "whole", None, "It credits the agency."),
    )
    failures = (Failure("three", "It is empty."), Failure("three", "It is empty.", "annotate"))
    found = counts.of_story(Story((document("one"), document("two")), copies=copies, failures=failures))
    assert (found.copies, found.credits, found.unread) == (1, 1, 1)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 0, "no independent source found"),
        (1, 1, "1 independent source"),
        (3, 3, "3 independent sources"),
        (1, 3, "1 to 3 independent sources"),
        (0, 1, "0 to 1 independent source"),
    ],
)
def test_independent_sources_are_an_interval(low, high, words):
    assert counts.independent_sources(Origins(low, high, (), "")) == words
    assert counts.independent_sources(counts.Interval(low, high)) == words


@pytest.mark.parametrize(("reports", "statements"), [(1, 2), (2, 4), (5, 9), (14, 25)])
def test_terminal_and_json_state_the_same(made, reports, statements):
    story = made.made_story(reports=reports, statements=statements)
    told = json.loads(records.encode(records.story_record(story)))["counts"]
    assert told == json.loads(records.encode(counts.of_story(story)))
    view = in_terminal(story)
    assert counts.count(told["reports"], "report") in view
    assert f"{told['statements']} statement" in view
    assert f"{told['statements_in_several_reports']} in more than one report" in view
    assert "1 to 2 independent sources" in view
