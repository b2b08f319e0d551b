"""Every number that a publication states is counted once, and page, terminal and JSON state the same."""

import io
import json
import re

import msgspec
import pytest
from lxml import html
from msgspec.structs import replace
from rich.console import Console

import onrecord
from onrecord.annotation import Annotations, Figure
from onrecord.document import Document
from onrecord.publishers import counts, page, records, terminal
from onrecord.story import Copy, Failure, FigureGroup, FigureMember, Origins, Statement, Story, Variant


def document(name, figures=1, kind="report"):
    text = "Of 12 crates and 15 sacks and 20 barrels nothing is left."
    found = tuple(Figure(f"{name}.f{n}", 3, 12, 12, 12) for n in range(figures))
    return Annotations(Document(name, text, kind=kind), figures=found)


def group(name, verdict, *members):
    return FigureGroup(name, "crates", tuple(FigureMember(d, f"{d}.f{n}") for d, n in members), verdict)


def in_terminal(story):
    stream = io.StringIO()
    terminal.show(story, Console(file=stream, width=160), everything=True)
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
    known = (found.statements_speaker_named, found.statements_speaker_unclear, found.statements_speaker_unknown)
    assert known == (1, 1, 1)
    assert " · 1 statement whose speaker is unclear" in counts.in_words(found)


def test_a_credit_is_no_copy_and_a_document_fails_once():
    copies = (
        Copy("one", "two", "undeclared", "whole", 0.8),
        Copy("one", "Northern Press", "declared", "whole", None),
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
    assert counts.independent_sources(Origins(low, high, ())) == words
    assert counts.independent_sources(counts.Interval(low, high)) == words


def stated_on_page(story):
    """Read the numbers that the page states: its opening, its first look, its lists."""
    root = html.document_fromstring(page.render_story(story))
    words = [e.text_content() for e in (*root.xpath("//header/p"), *root.xpath("//*[@id='attention']//p"))]
    shown = root.xpath("//article[contains(concat(' ', @class, ' '), ' st ')]")
    return " ".join(" ".join(words).split()), {
        "statements": len(shown),
        "statements_in_several_reports": sum(int(e.get("data-t")) > 1 for e in shown),
        "sourced": {e.get("id")[2:]: e.xpath(".//h4/small")[0].text_content() for e in shown},
        "claims": len(root.find_class("fact")),
        "failures": len(root.xpath("//*[@id='failures']//li")),
    }


def agree(story):
    """Hold page, terminal and JSON against each other, and return how many numbers were held."""
    reported = json.loads(records.encode(records.story_record(story)))
    known = reported["counts"]
    words, page_ = stated_on_page(story)
    view = " ".join(in_terminal(story).split())
    assert known["statements"] == len(reported["statements"]) == page_["statements"]
    assert known["statements_in_several_reports"] == page_["statements_in_several_reports"]
    assert known["claims"] == len(reported["claims"]) == page_["claims"]
    assert known["unread"] == len({f["document"] for f in reported["failures"]})
    assert page_["failures"] == len(reported["failures"])
    stated = [
        f"{counts.count(known['statements'], 'statement')}, {known['statements_in_several_reports']:,} in more than one"
    ]
    if known["statements_speaker_unclear"]:
        stated.append(f"{counts.count(known['statements_speaker_unclear'], 'statement')} whose speaker is unclear")
    if known["independent_sources"] and known["reports"] > 1:
        stated.append(counts.independent_sources(msgspec.convert(known["independent_sources"], counts.Interval)))
    if known["contradictions"]:
        stated.append(counts.count(known["contradictions"], "contradiction"))
    for each in stated:
        assert each in words
        assert each in view
    for statement in reported["statements"]:
        several = len({v["document"] for v in statement["variants"]})
        if statement["origins"] and several > 1:
            on_what = counts.sourced(msgspec.convert(statement["origins"], Origins))
            assert on_what in page_["sourced"][statement["id"]]
            assert re.search(
                rf"\b{statement['id']} [^·]* · {counts.count(several, 'report')} · {re.escape(on_what)}", view
            )
    return len(stated)


@pytest.mark.parametrize(("reports", "statements"), [(1, 2), (2, 4), (5, 9), (14, 25)])
def test_page_terminal_and_json_state_the_same(made, reports, statements):
    assert agree(made.made_story(reports=reports, statements=statements)) >= 1 + (reports > 1)


def test_they_state_the_same_of_unclear_speakers_and_failures(made):
    story = made.made_story()
    unclear = tuple(replace(s, speaker_clear=False) if n % 3 == 0 else s for n, s in enumerate(story.statements))
    failures = (*story.failures, Failure("report-2", "report-2.pdf cannot be read."))
    assert agree(replace(story, statements=unclear, failures=failures)) == 4


def test_they_state_the_same_of_the_demo(root):
    stored = (root / "tests" / "golden" / "demo_story.json").read_bytes()
    assert agree(msgspec.json.decode(stored, type=Story)) >= 2


@pytest.mark.shared
@pytest.mark.parametrize("name", ["harambe", "erie_snow"])
def test_they_state_the_same_of_real_stories(shared, name):
    assert agree(onrecord.compare(onrecord.read(shared / "open" / "stories" / f"{name}.docs.jsonl"))) >= 2
