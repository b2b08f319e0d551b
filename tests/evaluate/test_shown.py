from __future__ import annotations

from msgspec.structs import replace

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.document import Document, Span
from onrecord.evaluate.shown import Judged, ShownCount, count, judge_speakers
from onrecord.evaluate.sourcing import LabelledStory
from onrecord.evaluate.speaker_names import Named, mean_one
from onrecord.story import Story, StorySpeaker

TEXT = "The quay is closed, Vay said. It will open, she said."


def labelled(speaker: str = "Una Vay") -> LabelledStory:
    items = [
        {"id": f"a{n}", "doc": "one", "content": [{"start": s, "end": e}], "speaker": speaker, "kind": "person"}
        for n, (s, e) in enumerate([(0, 18), (30, 42)], 1)
    ]
    return LabelledStory("quay", {"attributions": items, "statements": []}, (Document("one", TEXT),))


def found(name: str = "Vay", shared: str = "Una Vay") -> Story:
    attributions = (
        Attribution("a1", (Span(0, 18),), speaker="p1", resolution="name"),
        Attribution("a2", (Span(30, 42),), speaker="p1", resolution="pronoun", speaker_clear=False),
        Attribution("a3", (Span(44, 53),), speaker="p1"),
    )
    document = Annotations(Document("one", TEXT), speakers=(Speaker("p1", name, "person"),), attributions=attributions)
    return Story((document,), (StorySpeaker("p1", shared, "person", (("one", "p1"),)),))


def test_what_is_shown_and_what_is_withheld_are_counted_by_kind():
    counted = count(judge_speakers(labelled(), found()))
    assert counted["speaker"] == ShownCount(1, 1, 1, 1)
    assert counted["speaker by name"] == ShownCount(1, 0, 1, 0)
    assert counted["speaker by pronoun"] == ShownCount(0, 1, 0, 1)


def test_an_attribution_that_no_label_holds_is_left_out():
    assert sum(1 for one in judge_speakers(labelled(), found()) if one.kind == "speaker") == 2


def test_a_name_that_the_story_completes_wrongly_is_wrong():
    labels = labelled()
    other = {"id": "a9", "doc": "two", "content": [], "speaker": "Ola Vay", "kind": "person"}
    labels = replace_answers(labels, [*labels.answers["attributions"], other])
    assert not any(one.right for one in judge_speakers(labels, found(shared="Ola Vay")) if one.kind == "speaker")


def replace_answers(labels: LabelledStory, items: list[dict[str, object]]) -> LabelledStory:
    return labels._replace(answers={**labels.answers, "attributions": items})


def test_nobody_given_is_withheld():
    story = found()
    document = story.documents[0]
    nobody = tuple(replace(a, speaker=None) for a in document.attributions)
    story = replace(story, documents=(replace(document, attributions=nobody),))
    assert count(judge_speakers(labelled(), story))["speaker"] == ShownCount(0, 2, 0, 0)


def test_forms_of_one_name_agree_and_persons_of_one_surname_do_not():
    body = Named("Wexholm Port Ltd.", "organisation")
    assert mean_one(Named("Wexholm Port", "organisation"), body, ())
    assert mean_one(Named("the spokesman for Wexholm", "unnamed"), Named("Wexholm spokesman", "unnamed"), ())
    assert not mean_one(Named("Ola Vay", "person"), Named("Una Vay", "person"), ())
    assert not mean_one(Named("Vay", "person"), Named("Una Vay", "person"), (Named("Ola Vay", "person"),))
    assert not mean_one(Named("a Wexholm Port spokesman", "unnamed"), body, ())
    assert not mean_one(Named("his lawyer", "unnamed"), Named("Una Vay", "person"), ())


def test_counts_give_shares():
    assert count([Judged("x", True, True), Judged("x", True, False), Judged("x", False, True)])["x"].rates == {
        "shown": 2,
        "withheld": 1,
        "share_withheld": 33.3,
        "right_of_shown": 50.0,
        "right_of_withheld": 100.0,
    }
