import time

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations
from onrecord.document import Document, Span
from onrecord.publishers.collation import Version, collate
from onrecord.publishers.versions import parted
from onrecord.wording import Edit, Passage, Wording

SPOKEN = "We opened the old gate at nine, and nobody came through it."


def document(id_, text, kind="report"):
    return Annotations(Document(id_, text, kind))


def version(id_, text, wording=None, form="direct"):
    return Version(id_, "a1", (Span(0, len(text)),), form, wording)


def stream(row):
    """What takes up room in a row, but for what a row says in words of its own."""
    return " ".join(c.words for c in row if c.kind != "added")


def reported(edits, verdict="altered-content"):
    return Wording(verdict, (Passage("t", 0, len(SPOKEN), "Ada Thorne"),), edits)


def test_what_a_version_leaves_out_is_a_hole_as_wide_as_the_words():
    text = "We opened the gate at nine, and nobody came through it."
    edits = (
        Edit("equal", Span(0, 14), Span(0, 14)),
        Edit("delete", Span(14, 14), Span(14, 18)),
        Edit("equal", Span(14, len(text)), Span(18, len(SPOKEN))),
    )
    documents = {"t": document("t", SPOKEN, "transcript"), "r": document("r", text)}
    base, rows = collate([version("r", text, reported(edits, "elided-silent"))], documents)
    assert base.spoken
    assert [(c.kind, c.words) for c in rows[0].cells][1] == ("hole", "old")
    assert stream(rows[0].cells) == stream(base.cells)


def test_words_that_one_version_adds_are_given_room_in_the_others():
    text = "We opened the very old gate at nine, and nobody came through it."
    edits = (
        Edit("equal", Span(0, 14), Span(0, 14)),
        Edit("insert", Span(14, 19), Span(14, 14)),
        Edit("equal", Span(19, len(text)), Span(14, len(SPOKEN))),
    )
    documents = {"t": document("t", SPOKEN, "transcript"), "r": document("r", text)}
    base, rows = collate([version("r", text, reported(edits))], documents)
    assert ("room", "very") in [(c.kind, c.words) for c in base.cells]
    assert ("added", "very") in [(c.kind, c.words) for c in rows[0].cells]


def test_the_start_that_a_quotation_does_not_reach_stays_blank():
    long = version("a", SPOKEN, reported((Edit("equal", Span(0, len(SPOKEN)), Span(0, len(SPOKEN))),), "verbatim"))
    part = "the old gate at nine"
    at = SPOKEN.index(part)
    edits = (Edit("equal", Span(0, len(part)), Span(at, at + len(part))),)
    short = version("b", part, Wording("trimmed", (Passage("t", at, at + len(part)),), edits))
    documents = {"t": document("t", SPOKEN, "transcript"), "a": document("a", SPOKEN), "b": document("b", part)}
    _, rows = collate([long, short], documents)
    assert [c.kind for c in rows[1].cells] == ["beyond", "same"]
    assert rows[1].cells[1].words == part


def test_reports_are_aligned_word_by_word_where_no_transcript_is():
    other = "We opened the new gate at nine, and nobody came through it."
    documents = {"a": document("a", SPOKEN), "b": document("b", other)}
    base, rows = collate([version("a", SPOKEN), version("b", other)], documents)
    assert not base.spoken
    assert ("added", "new") in [(c.kind, c.words) for c in rows[1].cells]
    assert ("hole", "old") in [(c.kind, c.words) for c in rows[1].cells]


def test_versions_of_the_same_words_stand_in_one_row():
    documents = {x: document(x, SPOKEN) for x in "abc"}
    _, rows = collate([version(x, SPOKEN) for x in "abc"], documents)
    assert [t.document for t in rows[0].versions] == ["a", "b", "c"]


def test_a_paraphrase_is_not_forced_under_the_words():
    other = "Hardly a soul passed."
    documents = {"a": document("a", SPOKEN), "b": document("b", other)}
    _, rows = collate([version("a", SPOKEN), version("b", other)], documents)
    assert not rows[1].aligned
    assert "".join(cell.words for cell in parted(rows[1].cells)) == other


def test_an_interrupted_quotation_has_no_hole_where_its_speaker_is_named():
    text = "We opened the gate, Ada Thorne said, and nobody came."
    parts = (Span(0, 18), Span(37, len(text)))
    other = "We opened the gate and nobody came."
    documents = {"a": document("a", text), "b": document("b", other)}
    _, rows = collate([Version("a", "a1", parts, "direct", None), version("b", other)], documents)
    assert not [c for row in rows for c in row.cells if c.kind == "hole"]


def test_reports_are_set_under_the_report_that_they_were_held_against():
    long = "As for the gate, we opened the old gate at nine, and nobody at all came through it then."
    short = "We opened the old gate at nine."
    at = long.index("we opened")
    edits = (Edit("equal", Span(0, len(short) - 1), Span(at, at + len(short) - 1)),)
    held = Wording("reports-differ", (Passage("b", at, at + len(short) - 1),), edits)
    documents = {"a": document("a", short), "b": document("b", long)}
    base, rows = collate([version("a", short, held), version("b", long)], documents)
    assert base.document == "b"
    assert [row.versions[0].document for row in rows] == ["b", "a"]
    assert [c.kind for c in rows[1].cells] == ["beyond", "same"]


SPANS = st.builds(lambda a, b: Span(min(a, b), max(a, b)), st.integers(0, 70), st.integers(0, 70))
OPS = st.sampled_from(["equal", "insert", "delete", "replace", "filler", "bracket", "ellipsis", "seam"])


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.builds(Edit, OPS, SPANS, SPANS), max_size=8), SPANS, st.text(max_size=60))
def test_no_edit_script_however_odd_stops_the_page(edits, passage, text):
    wording = Wording("altered-content", (Passage("t", passage.start, passage.end),), tuple(edits))
    documents = {"t": document("t", SPOKEN, "transcript"), "r": document("r", text)}
    _, rows = collate([version("r", text, wording)], documents)
    assert rows
    parted(rows[0].cells)


def test_a_very_long_quotation_is_aligned_in_time():
    words = " ".join(f"word{n % 977}" for n in range(8_000))
    other = words.replace("word5 ", "")
    documents = {"a": document("a", words), "b": document("b", other)}
    began = time.process_time()
    collate([version("a", words), version("b", other)], documents)
    assert time.process_time() - began < 10
