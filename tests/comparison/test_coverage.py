from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations
from onrecord.comparison.coverage import cover, left_out, versions
from onrecord.document import Document, Published
from onrecord.story import Claim, ClaimMember, CoverageRow, Statement, Variant

_SPEC = importlib.util.spec_from_file_location("telling_story", Path(__file__).with_name("telling_story.py"))
assert _SPEC
assert _SPEC.loader
story_of_versions = sys.modules.get("telling_story") or importlib.util.module_from_spec(_SPEC)
sys.modules["telling_story"] = story_of_versions
_SPEC.loader.exec_module(story_of_versions)
report = story_of_versions.report

EARLY = report("early", "The mill burned down.", "2031-05-11")
FIRST = report("first", "{Ada Moll: “We will rebuild the mill,”} she said on Tuesday@2031-05-13.", "2031-05-13")
OTHER = report("other", "Ada Moll said {Ada Moll: the mill would be rebuilt}.\n{Ada Moll: “We will.”}", "2031-05-14")
SILENT = report("silent", "Bread is dearer since the mill burned down.", "2031-05-14")
STORY = [EARLY, FIRST, OTHER, SILENT]
REBUILD = Statement(
    "s1", None, (Variant("first", "first:a1"), Variant("other", "other:a1"), Variant("other", "other:a2"))
)


def cells(row: CoverageRow, documents: list[Annotations]) -> dict[str, str]:
    return dict(versions(row, documents))


def test_each_report_has_a_cell_that_says_how_it_tells():
    row = cover(STORY, [REBUILD], [])[0]
    assert cells(row, STORY) == {
        "early": "published-before",
        "first": "direct",
        "other": "direct",
        "silent": "not-reported",
    }


def test_only_reports_that_carry_an_item_have_a_cell():
    row = cover([OTHER, *STORY[:2], SILENT], [REBUILD], [])[0]
    assert [cell.document for cell in row.cells] == ["other", "first"]
    assert row.since == "2031-05-13"


def test_what_most_reports_tell_that_could_is_core():
    assert cover(STORY, [REBUILD], [])[0].core
    assert not cover([*STORY, msgspec.structs.replace(SILENT, document=Document("x", ""))], [REBUILD], [])[0].core


def test_what_one_report_alone_tells_is_no_core():
    alone = Statement("s1", None, (Variant("first", "first:a1"),))
    assert not cover([FIRST], [alone], [])[0].core


def test_a_report_on_the_day_of_the_utterance_could_have_told_it():
    same_day = msgspec.structs.replace(
        SILENT, document=Document("same", "Bread.", published=Published("2031-05-13", "caller"))
    )
    assert cells(cover([FIRST, same_day], [REBUILD], [])[0], [FIRST, same_day])["same"] == "not-reported"


def test_without_a_named_day_a_report_before_the_first_that_has_it_is_too_early():
    undated = report("undated", "{Ada Moll: “We will rebuild the mill,”} she said.", "2031-05-13")
    reported = Statement("s1", None, (Variant("undated", "undated:a1"),))
    assert cells(cover([undated, EARLY], [reported], [])[0], [undated, EARLY])["early"] == "published-before"
    later = report("later", "Bread.", "2031-05-13")
    assert cells(cover([undated, later], [reported], [])[0], [undated, later])["later"] == "not-reported"


def test_only_a_dated_report_that_is_not_earlier_leaves_something_out():
    story = [*STORY, report("undated", "Nothing.", None)]
    assert left_out(cover(story, [REBUILD], [])[0], story) == ["silent"]


def test_beside_undated_reports_alone_nothing_is_left_out():
    first = report("first", "{Ada Moll: “We will rebuild the mill,”} she said.", None)
    reported = Statement("s1", None, (Variant("first", "first:a1"),))
    assert left_out(cover([first, SILENT], [reported], [])[0], [first, SILENT]) == []


def test_an_undated_report_is_never_too_early():
    undated = report("undated", "Nothing.", None)
    assert cells(cover([FIRST, undated], [REBUILD], [])[0], [FIRST, undated])["undated"] == "not-reported"


def test_claims_are_told_in_own_voice_and_follow_the_statements():
    burned = Claim("k1", (ClaimMember("early", 0, 21), ClaimMember("silent", 0, 43)))
    rows = cover(STORY, [REBUILD], [burned])
    assert [(r.item, r.kind) for r in rows] == [("s1", "statement"), ("k1", "claim")]
    assert cells(rows[1], STORY) == {
        "early": "own-voice",
        "first": "not-reported",
        "other": "not-reported",
        "silent": "own-voice",
    }


def test_transcripts_have_no_cell():
    transcript = Annotations(Document("t", "Q: Well?", kind="transcript"))
    assert "t" not in cells(cover([*STORY, transcript], [REBUILD], [])[0], [*STORY, transcript])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.text(max_size=4)), max_size=5), st.text(max_size=12))
def test_unknown_ids_and_odd_days_do_not_raise(variants: list[tuple[str, str]], day: str):
    odd = Annotations(Document("a", "Words.", published=Published(day, "caller")))
    statement = Statement("s1", None, tuple(Variant(d, a) for d, a in variants))
    assert len(cover([odd, FIRST], [statement], [])) == 1
