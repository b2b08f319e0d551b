import json

import msgspec
import pytest

from onrecord.annotation import Annotations, Attribution, Figure, Link, Speaker
from onrecord.document import Block, Document, Published, Span
from onrecord.publishers import records
from onrecord.story import Check, CheckedQuotation, Failure, Origins, Statement, Story, StorySpeaker, Terminal, Variant
from onrecord.wording import Edit, Passage, Wording

TEXT = "“Rain is due,” Ida Moll said. More than 40 boats stayed in."
SPOKEN = "MOLL: Rain is due, I fear."


@pytest.fixture
def annotations():
    return Annotations(
        document=Document(
            "a", TEXT, published=Published("2024-05-02", "byline"), blocks=(Block("paragraph", 0, len(TEXT)),)
        ),
        speakers=(Speaker("a.p1", "Ida Moll", "person", mentions=(Span(15, 23),)),),
        attributions=(
            Attribution(
                "a.a1",
                (Span(0, 14),),
                form="direct",
                cue=Span(24, 28),
                source=Span(15, 23),
                speaker="a.p1",
                via=(Link("Radio Sund", "outlet-pickup", 15, 23),),
            ),
        ),
        figures=(Figure("a.f1", 30, 48, 41.0, None, of="boats"),),
    )


@pytest.fixture
def wording():
    return Wording(
        "trimmed", (Passage("t", 6, 17, "MOLL"),), (Edit("equal", Span(1, 12), Span(6, 17)),), confidence=0.99
    )


def test_a_document_carries_its_words_beside_their_places(annotations):
    record = json.loads(records.encode(records.annotations_record(annotations)))
    assert record["format_version"] == records.FORMAT_VERSION
    assert record["document"]["published"] == {"value": "2024-05-02", "from": "byline"}
    attribution = record["attributions"][0]
    assert attribution["content"] == [{"start": 0, "end": 14, "exact": "“Rain is due,”"}]
    assert attribution["cue"]["exact"] == "said"
    assert attribution["via"][0]["name"] == "Radio Sund"
    assert record["figures"][0]["low"] == 41
    assert isinstance(record["figures"][0]["low"], int)
    assert record["figures"][0]["high"] is None


def test_a_story_points_every_finding_at_its_documents(annotations, wording):
    transcript = Annotations(document=Document("t", SPOKEN, kind="transcript"))
    origins = Origins(1, 1, (Terminal("the briefing", "primary-document", ("a",)),))
    story = Story(
        documents=(annotations, transcript),
        speakers=(StorySpeaker("p1", "Ida Moll", "person", (("a", "a.p1"),)),),
        statements=(Statement("s1", "p1", (Variant("a", "a.a1", wording),), origins),),
        failures=(Failure("b.txt", "b.txt is empty."),),
    )
    record = json.loads(records.encode(records.story_record(story)))
    assert record["speakers"][0]["mentions"][0]["mentions"][0]["exact"] == "Ida Moll"
    reported = record["statements"][0]["variants"][0]["wording"]
    assert reported["verdict"] == "trimmed"
    assert reported["passages"][0]["exact"] == "Rain is due"
    assert reported["edits"] == [{"op": "equal", "document": [1, 12], "other": [6, 17]}]
    assert record["failures"] == [{"document": "b.txt", "because": "b.txt is empty.", "stage": "read"}]


def test_a_check_has_the_fields_of_the_contract(annotations, wording):
    transcript = Annotations(document=Document("t", SPOKEN, kind="transcript"))
    quotation = CheckedQuotation(Span(0, 14), (Span(0, 14),), "a.a1", "Ida Moll", wording, "ok")
    record = json.loads(records.encode(records.check_record(Check(annotations, (transcript,), (quotation,), "strict"))))
    found = record["quotations"][0]
    assert {"start", "end", "exact", "speaker", "verdict", "severity", "flags", "passages", "edits"} <= set(found)
    assert found["edits"][0]["transcript"] == [6, 17]


def test_what_is_written_is_what_the_schema_says(annotations):
    encoded = records.encode(records.annotations_record(annotations))
    assert msgspec.json.decode(encoded, type=records.AnnotationsRecord) == records.annotations_record(annotations)
    schema = records.schema()
    written = {ref["$ref"].rsplit("/", 1)[1] for ref in schema["anyOf"]}
    assert written == {"AnnotationsRecord", "StoryRecord", "CheckRecord", "FailureRecord"}
    assert set(json.loads(encoded)) == set(schema["$defs"]["AnnotationsRecord"]["properties"])
