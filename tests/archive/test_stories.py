"""Stories are compared again when a document joins, changes or is erased; every comparison stays; both engines."""

from __future__ import annotations

import msgspec
import pytest

from onrecord.annotation import Figure
from onrecord.errors import UsageError
from onrecord.pipeline import compare_annotated


def with_figure(report, words, value):
    start = report.text.index(words)
    figure = Figure("f1", start, start + len(words), value, value, of="people", event="hurt", attribution="a1")
    return msgspec.structs.replace(report, figures=(figure,))


@pytest.fixture
def filled(archive, make):
    archive.add_annotated(
        [
            make("one", "We shut the quay at six and nobody was left on the boats"),
            make("two", "We shut the quay at seven and nobody was left on the boats", outlet="Maravel Courier"),
            make("three", "It rained over all of the harbour on that night", outlet="The Klaxon"),
        ]
    )
    return archive


def test_a_story_is_compared_once_and_again_when_it_has_changed(filled, make):
    story = filled.stories.open(["one", "two"], title="The quay")
    assert [(each.id, each.revision, each.due) for each in filled.stories.list(due=True)] == [(story, 0, True)]
    assert filled.stories.compare(story) == 1
    assert filled.stories.compare(story) is None, "nothing has changed"
    assert filled.stories.list(due=True) == []
    filled.stories.join(story, ["three"])
    assert filled.stories.compare(story) == 2
    filled.add_annotated(
        [make("two", "We shut the quay at eight and nobody was left on the boats", outlet="Maravel Courier")]
    )
    assert [each.id for each in filled.stories.list(due=True)] == [story]
    assert filled.stories.compare(story) == 3
    first, last = (filled.stories.show(story, revision)[2] for revision in (1, None))
    assert [each.id for each in first.documents] == ["one", "two"]
    assert "seven" in first.documents[1].text, "a revision has the version that it read"
    assert "eight" in last.documents[1].text
    assert filled.check() == []


def test_a_revision_is_given_back_as_it_was_found(filled):
    story = filled.stories.open(["one", "two"])
    filled.stories.compare(story)
    number, at, shown = filled.stories.show(story)
    assert (number, at) == (1, "2025-03-20T12:00:00Z")
    assert shown == compare_annotated([filled.annotations("one"), filled.annotations("two")])


def test_verdicts_of_the_newest_comparison_are_searched(filled):
    story = filled.stories.open(["one", "two"])
    assert filled.search(verdict="reports-differ").hits == ()
    filled.stories.compare(story)
    _, _, shown = filled.stories.show(story)
    differ = {
        v.document for s in shown.statements for v in s.variants if v.wording and v.wording.verdict == "reports-differ"
    }
    assert differ
    assert {each.key for each in filled.search("quay", verdict="reports-differ").hits} == differ
    assert filled.search("rained", verdict="reports-differ").hits == ()
    assert filled.search(contradicted=True).hits == ()


def test_figures_that_contradict_are_searched(archive, make):
    archive.add_annotated(
        [
            with_figure(make("one", "The storm hurt 25 people at the quay"), "25 people", 25),
            with_figure(make("two", "The storm hurt 27 people at the quay", outlet="The Klaxon"), "27 people", 27),
        ]
    )
    story = archive.stories.open(["one", "two"])
    archive.stories.compare(story)
    _, _, shown = archive.stories.show(story)
    conflict = any(group.verdict == "conflict" for group in shown.figure_groups)
    assert {each.key for each in archive.search(contradicted=True).hits} == ({"one", "two"} if conflict else set())
    assert conflict


def test_a_document_that_changed_while_it_was_compared_is_compared_again(filled, make, monkeypatch):
    story = filled.stories.open(["one", "two"])

    def compare(annotated):
        filled.add_annotated([make("two", "We shut the quay at nine and nobody was left on the boats")])
        return compare_annotated(annotated)

    monkeypatch.setattr("onrecord.pipeline.compare_annotated", compare)
    assert filled.stories.compare(story) is None
    monkeypatch.undo()
    assert filled.stories.compare(story) == 1


def test_an_erased_document_takes_the_revisions_that_read_it_with_it(filled):
    story = filled.stories.open(["one", "two"])
    filled.stories.compare(story)
    assert filled.erase("two", because="asked") == (1, [])
    with pytest.raises(UsageError, match="no revision"):
        filled.stories.show(story)
    assert filled.stories.compare(story) is not None
    assert filled.search(verdict="reports-differ").hits == ()
    assert filled.erase("one", because="asked") == (1, [])
    assert filled.stories.list() == []
    assert filled.check() == []


def test_a_document_is_in_one_story_only(filled):
    story = filled.stories.open(["one"])
    with pytest.raises(UsageError, match=f"in story {story} already"):
        filled.stories.open(["one", "two"])
    assert len(filled.stories.list()) == 1
    filled.stories.leave("one")
    filled.stories.open(["one", "two"])
    for wrong in (lambda: filled.stories.open([]), lambda: filled.stories.compare(99), lambda: filled.stories.show(99)):
        with pytest.raises(UsageError):
            wrong()
