"""The two documents that the project grew from: what a careful reader finds in them must be found."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.annotation import Attribution
from onrecord.story import Statement, Story

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def story(shared):
    paths = sorted((shared / "seeds").glob("*.txt"))
    return onrecord.compare([document for path in paths for document in onrecord.read(path)])


def words_of(story: Story, statement: Statement) -> dict[str, list[str]]:
    reported = {(each.id, a.id): (each.text, a) for each in story.documents for a in each.attributions}
    result: dict[str, list[str]] = {}
    for variant in statement.variants:
        text, attribution = reported[variant.document, variant.attribution]
        result.setdefault(variant.document, []).append(" ".join(span.of(text) for span in attribution.content))
    return result


def statement_with(story: Story, phrase: str) -> Statement:
    found = [
        s
        for s in story.statements
        if any(phrase in words.casefold() for reported in words_of(story, s).values() for words in reported)
    ]
    return max(found, key=lambda s: len(s.variants))


def attribution_with(story: Story, phrase: str) -> Attribution:
    return next(
        a
        for each in story.documents
        for a in each.attributions
        if a.act == "utterance" and any(phrase in span.of(each.text) for span in a.content) and a.form != "indirect"
    )


def speaker_of(story: Story, statement: Statement) -> str | None:
    return next((s.name for s in story.speakers if s.id == statement.speaker), None)


@pytest.mark.parametrize(
    ("phrase", "speaker"), [("you do what you must", "Mark Milley"), ("hard to predict", "Lloyd Austin")]
)
def test_one_utterance_told_by_both_is_one_statement_with_its_differences_marked(story, phrase, speaker):
    statement = statement_with(story, phrase)
    assert speaker_of(story, statement) == speaker
    assert set(words_of(story, statement)) == {each.id for each in story.documents}
    changed = [v.wording for v in statement.variants if v.wording and v.wording.verdict == "reports-differ"]
    assert any(edit.op != "equal" for wording in changed for edit in wording.edits)


@pytest.mark.parametrize(
    ("speaker", "number"), [("Dominic Raab", "000"), ("Antony Blinken", "002"), ("Victoria Nuland", "002")]
)
def test_who_is_told_by_one_report_only_is_so(story, speaker, number):
    reporters = {v.document[:3] for s in story.statements if speaker_of(story, s) == speaker for v in s.variants}
    assert reporters == {number}


def test_raabs_words_come_by_the_times_and_the_bbc(story):
    via = attribution_with(story, "direct engagement").via
    assert [(link.outlet or link.name).removeprefix("The ") for link in via] == ["New York Times", "BBC"]


def test_blinkens_words_come_by_the_hill(story):
    blinken = {s.id for each in story.documents for s in each.speakers if s.name == "Antony Blinken"}
    chains = {
        tuple(link.name for link in a.via)
        for each in story.documents
        for a in each.attributions
        if a.speaker in blinken
    }
    assert ("The Hill",) in chains


def test_milleys_words_have_one_origin_the_briefing(story):
    origins = statement_with(story, "you do what you must").origins
    assert origins is not None
    assert (origins.low, origins.high) == (1, 1)


def test_an_outlet_takes_ruthless_for_its_own_voice(story):
    assert any("ruthless" in voice.phrase.casefold() for voice in story.voice)


def test_the_first_report_is_dated_by_its_byline(story):
    first = next(each.document for each in story.documents if each.id.startswith("000"))
    assert first.published is not None
    assert (first.published.day, first.published.origin) == ("2021-09-02", "byline")


def test_the_order_of_documents_changes_nothing(story, shared):
    paths = sorted((shared / "seeds").glob("*.txt"), reverse=True)
    turned = onrecord.compare([document for path in paths for document in onrecord.read(path)])

    def reported(one: Story) -> set[frozenset[tuple[str, str]]]:
        return {frozenset((v.document, v.attribution) for v in s.variants) for s in one.statements}

    assert reported(turned) == reported(story)
