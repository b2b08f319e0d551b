"""Every record that the commands write validates against what `onrecord schema` prints."""

import json

import jsonschema
import msgspec
import pytest

import onrecord
from onrecord.annotation import Annotations, Attribution, DateDoubt, DateMention, Figure, Link
from onrecord.document import Document, Span
from onrecord.publishers import records
from onrecord.story import Copy, Story


def validator(name):
    """Give a validator of one record's schema alone, so that a record of another command would not pass."""
    schema = json.loads(msgspec.json.encode(records.schema()))
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})


def faults(name, record):
    found = validator(name).iter_errors(json.loads(records.encode(record)))
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:120]}" for fault in found]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(json.loads(msgspec.json.encode(records.schema())))


@pytest.mark.parametrize(("reports", "statements"), [(1, 1), (2, 5), (5, 9), (14, 30)])
def test_made_stories_are_valid(made, reports, statements):
    story = made.made_story(reports=reports, statements=statements)
    assert faults("StoryRecord", records.story_record(story)) == []
    for each in story.documents:
        assert faults("AnnotationsRecord", records.annotations_record(each)) == []


@pytest.mark.parametrize("seed", range(5))
def test_made_checks_are_valid(made, seed):
    assert faults("CheckRecord", records.check_record(made.made_check(seed))) == []


def test_bounds_and_absences_are_valid():
    text = "Over 10 boats, “all of them,” some said in June, AP reported."
    one = Annotations(
        Document("one", text),
        attributions=(Attribution("a1", (Span(15, 29),), reason="no-cue-no-source", speaker_confidence=0.5),),
        figures=(Figure("f1", 0, 13, 10.5, None), Figure("f2", 0, 13, None, 1e300)),
        dates=(DateMention(43, 47, None, reason="ambiguous"),),
        provenance=(Link("AP", "agency-copy", 0, 0),),
        date_doubt=DateDoubt(43, 47, "text"),
    )
    copies = (Copy("one", "AP", "declared", "whole", None),)
    assert faults("AnnotationsRecord", records.annotations_record(one)) == []
    assert faults("StoryRecord", records.story_record(Story((one,), copies=copies, events=(("one",), ())))) == []


def test_a_record_of_another_shape_is_not_valid(made):
    record = json.loads(records.encode(records.story_record(made.made_story())))
    del record["counts"]
    assert not validator("StoryRecord").is_valid(record)


def test_the_demo_is_valid(demo):
    reports, transcript = demo
    read = [document for path in reports for document in onrecord.read(path)]
    spoken = onrecord.read(transcript, kind="transcript")
    story = onrecord.compare(read, spoken)
    assert faults("StoryRecord", records.story_record(story)) == []
    for each in read[:2]:
        assert faults("CheckRecord", records.check_record(onrecord.check(each, spoken))) == []
