"""The invented stories of the trials beside the project: original sources, copies, contradictions, dates.

Each holds a fault that was found on real news; what is asserted is what ``expected.md`` beside them asks for.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.publishers.figure_words import FigureWords
from onrecord.story import Story

pytestmark = pytest.mark.shared


def story_of(shared: Path, number: str) -> Story:
    """Compare all files of one case."""
    files = sorted((shared / "trials" / "news_cases").glob(f"{number}-*"))
    return onrecord.compare([document for path in files for document in onrecord.read(path)])


def kinds(story: Story) -> set[tuple[str, str | None]]:
    return {(t.kind, t.occasion) for s in story.statements if s.origins for t in s.origins.terminals}


def test_a_pictures_credit_makes_no_copy(shared: Path) -> None:
    story = story_of(shared, "013")
    assert story.copies == ()
    assert "agency-copy" not in {kind for kind, _ in kinds(story)}


def test_a_dateline_is_no_speaker_and_no_source(shared: Path) -> None:
    (report,) = story_of(shared, "014").documents
    (attribution,) = report.attributions
    assert attribution.via == ()
    assert {s.name for s in report.speakers if s.id == attribution.speaker} == {"Pran Jeth"}


def test_a_named_official_is_no_unnamed_source(shared: Path) -> None:
    assert "anonymous" not in {kind for kind, _ in kinds(story_of(shared, "017"))}


def test_identified_and_unidentified_contradict_nothing(shared: Path) -> None:
    assert {group.verdict for group in story_of(shared, "024").figure_groups} <= {"narrower"}


def test_a_revised_toll_is_read_and_said_to_be_revised(shared: Path) -> None:
    story = story_of(shared, "025")
    groups, words = story.figure_groups, FigureWords(story.documents)
    revised = [group for group in groups if group.verdict == "different-time"]
    assert any("275" in words.why(group) and "288" in words.why(group) for group in revised)
    assert not any(group.verdict == "conflict" for group in groups)
    assert any("1,175" in words.why(group) for group in groups)


@pytest.mark.parametrize(
    ("number", "words", "value"),
    [
        ("027", "Wednesday", "2023-06-07"),
        ("029", "July 13", "2018-07-13"),
        ("029", "13 July", "2018-07-13"),
        ("030", "later in the day", "2017-05-31"),
        ("031", "December 6", None),
    ],
)
def test_days_lie_where_the_text_puts_them(shared: Path, number: str, words: str, value: str | None) -> None:
    found = [
        mention.value
        for report in story_of(shared, number).documents
        for mention in report.dates
        if words in report.text[mention.start : mention.end]
    ]
    assert found
    assert set(found) == {value}


def test_an_e_mail_and_anothers_interview_are_not_ours(shared: Path) -> None:
    found = kinds(story_of(shared, "033"))
    assert ("statement", "issued") in found
    assert "interview" not in {occasion for _, occasion in found}


def test_an_occasion_inside_a_quotation_is_none(shared: Path) -> None:
    assert kinds(story_of(shared, "040")) == {("statement", "issued")}


def test_two_customers_have_the_agency_in_common(shared: Path) -> None:
    story = story_of(shared, "045")
    assert {(copy.document, copy.of, copy.share) for copy in story.copies} == {
        ("a", "The Associated Press", None),
        ("b", "The Associated Press", None),
    }
