"""What nobody foresaw in one document ends that document's part of the work, and never the run."""

from __future__ import annotations

import pytest

import onrecord
from onrecord import guards, pipeline
from onrecord.annotation import Annotations
from onrecord.document import Document
from onrecord.errors import DocumentError, WeightsError
from onrecord.readers import read, read_all
from onrecord.story import Failure

TEXTS = {
    "tide": '"The sluice stays shut until noon," harbour pilot Runa Eide said on Monday.',
    "cursed": "The ferry ran aground, engineer Per Lindahl said. CURSED were its screws.",
    "quay": "Nine sheds burned on the quay, fire chief Odd Vang told reporters.",
    "crane": "The crane stood idle, said foreman Ella Moberg.",
}


def reports(*names: str) -> list[Document]:
    return [Document(name, TEXTS[name]) for name in names]


def curse(monkeypatch, where, name, holds):
    """Let a stage raise what nobody foresees wherever what it is given holds the curse."""
    sound = getattr(where, name)

    def cursed(*args, **kwargs):
        if holds(args[0]):
            raise IndexError("CURSED were its screws")
        return sound(*args, **kwargs)

    monkeypatch.setattr(where, name, cursed)


def one(document) -> bool:
    return "CURSED" in document.text


def some(documents) -> bool:
    return any("CURSED" in document.text for document in documents)


STAGES = {
    "blocks": (pipeline.blocks, "find_blocks", one),
    "sentences": (pipeline.sentences, "split", one),
    "encoder": (pipeline.attribution, "attribute", some),
    "nesting": (pipeline, "find_nested_attributions", some),
    "acts": (pipeline.acts, "decide", one),
    "figures": (pipeline.figures, "find_figures", one),
    "sourcing": (pipeline.sourcing, "trace", one),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_document_that_breaks_a_stage_costs_the_others_nothing(monkeypatch, stage):
    alone = {name: pipeline.annotate(reports(name))[0] for name in ("tide", "quay", "crane")}
    curse(monkeypatch, *STAGES[stage])
    failures: list[Failure] = []
    found = pipeline.annotate(reports("tide", "cursed", "quay", "crane"), failures=failures)
    assert {each.id: each for each in found} == alone
    assert [(failure.document, failure.stage) for failure in failures] == [("cursed", "annotate")]
    assert "cursed could not be annotated (IndexError in test_guards.py, line" in failures[0].because
    assert "screws" not in failures[0].because


def test_without_a_list_the_library_raises_and_hands_over_what_was_done(monkeypatch):
    curse(monkeypatch, *STAGES["figures"])
    with pytest.raises(DocumentError, match="cursed could not be annotated") as raised:
        onrecord.annotate(reports("cursed", "tide"))
    assert [each.id for each in raised.value.done] == ["tide"]
    assert raised.value.failures[0].document == "cursed"
    failures: list[Failure] = []
    assert [each.id for each in onrecord.annotate(reports("cursed", "tide"), failures)] == ["tide"]
    assert len(failures) == 1


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (pipeline.identities, "story_speakers"),
        (pipeline.copies, "find_copies"),
        (pipeline.statements, "group"),
        (pipeline.claims, "group"),
        (pipeline.coverage, "cover"),
        (pipeline.voice, "contrast"),
    ],
)
def test_a_document_that_cannot_be_compared_is_left_out_and_named(monkeypatch, where, name):
    expected = onrecord.compare(reports("tide", "quay", "crane"))
    curse(monkeypatch, where, name, some)
    story = onrecord.compare(reports("tide", "cursed", "quay", "crane"))
    assert [each.id for each in story.documents] == ["tide", "quay", "crane"]
    assert [(f.document, f.stage) for f in story.failures] == [("cursed", "compare")]
    assert story.statements == expected.statements
    assert story.coverage == expected.coverage


def test_where_no_document_is_left_compare_says_so_and_which(monkeypatch):
    curse(monkeypatch, pipeline.claims, "group", lambda _: True)
    with pytest.raises(DocumentError, match="tide could not be compared") as raised:
        onrecord.compare(reports("tide", "quay"))
    assert {failure.document for failure in raised.value.failures} == {"tide", "quay"}


def test_an_article_that_cannot_be_checked_is_named_and_the_others_are_checked(monkeypatch):
    spoken = [Document("record", "RUNA EIDE: The sluice stays shut until noon. Nobody is to go near it.", "transcript")]
    curse(monkeypatch, pipeline, "check_document", one)
    failures: list[Failure] = []
    checks = pipeline.check(reports("cursed", "tide"), spoken, failures=failures)
    assert [check.document.id for check in checks] == ["tide"]
    assert [(failure.document, failure.stage) for failure in failures] == [("cursed", "check")]
    with pytest.raises(DocumentError, match="cursed could not be checked"):
        onrecord.check(reports("cursed")[0], spoken)


def test_a_transcript_that_cannot_be_used_is_named_and_the_others_are(monkeypatch):
    spoken = [
        Document("good", "RUNA EIDE: The sluice stays shut until noon. Nobody is to go near it.", "transcript"),
        Document("bad", "RUNA EIDE: CURSED be the sluice, I said, and I say it again.", "transcript"),
    ]
    curse(monkeypatch, pipeline, "TranscriptIndex", some)
    failures: list[Failure] = []
    (check,) = pipeline.check(reports("tide"), spoken, failures=failures)
    assert [each.id for each in check.transcripts] == ["good"]
    assert [(failure.document, failure.stage) for failure in failures] == [("bad", "check")]


def test_an_error_raised_on_purpose_is_no_documents_fault(monkeypatch):
    def damaged(*_):
        raise WeightsError("words.npz is damaged.")

    monkeypatch.setattr(pipeline.attribution, "attribute", damaged)
    with pytest.raises(WeightsError):
        pipeline.annotate(reports("tide", "quay"), failures=[])


def test_want_of_memory_is_said_as_that(monkeypatch):
    def greedy(_):
        raise MemoryError

    monkeypatch.setattr(pipeline.blocks, "find_blocks", greedy)
    failures: list[Failure] = []
    assert pipeline.annotate(reports("tide"), failures=failures) == []
    assert "for want of memory" in failures[0].because


def test_halving_asks_no_more_often_than_it_must():
    asked: list[int] = []

    def work(batch):
        asked.append(len(batch))
        if 37 in batch:
            raise ValueError
        return [number * 2 for number in batch]

    done, failures = guards.parted(guards.in_batches(range(64), work, str, "annotate"))
    assert done == [number * 2 for number in range(64) if number != 37]
    assert [failure.document for failure in failures] == ["37"]
    assert len(asked) == 13


def test_of_two_that_fail_together_the_later_is_left_out():
    def work(some):
        if {3, 5} <= set(some):
            raise ValueError
        return list(some)

    done, failures = guards.together(range(8), work, str, "compare")
    assert done == [0, 1, 2, 3, 4, 6, 7]
    assert [failure.document for failure in failures] == ["5"]


def test_a_file_that_breaks_its_reader_is_listed_and_the_others_are_read(tmp_path, monkeypatch):
    from onrecord.readers import forms

    curse(monkeypatch, forms, "require_words", lambda text: "CURSED" in text)
    for name in ("tide", "cursed", "quay"):
        (tmp_path / f"{name}.txt").write_text(TEXTS[name])
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n".join(f'{{"text": "{TEXTS[name]}"}}' for name in ("cursed", "quay")))
    documents, failures = read_all([*(tmp_path / f"{name}.txt" for name in ("cursed", "tide")), lines])
    assert [document.id for document in documents] == ["tide", "lines-2"]
    assert [failure.stage for failure in failures] == ["read", "read"]
    assert failures[0].document.endswith("cursed.txt")
    assert "line 1 could not be read (IndexError" in failures[1].because
    with pytest.raises(onrecord.ReadError, match="could not be read"):
        read(tmp_path / "cursed.txt")


def test_documents_of_one_id_get_their_own_in_the_library_too():
    same = [Document("story", TEXTS["tide"]), Document("story", TEXTS["quay"]), Document("story-2", TEXTS["crane"])]
    story = onrecord.compare(same, [Document("story", "RUNA EIDE: It stays shut.")])
    assert [each.id for each in story.documents] == ["story", "story-2", "story-2-2", "story-3"]
    check = onrecord.check(same[0], [Document("story", "RUNA EIDE: The sluice stays shut until noon, all of it.")])
    assert check.document.id == "story"
    assert [each.id for each in check.transcripts] == ["story-2"]
    texts = {each.id: each.text for each in story.documents}
    assert texts["story"] == TEXTS["tide"]


def test_annotated_documents_of_one_id_get_their_own_too():
    annotated = [Annotations(Document("a", TEXTS["tide"])), Annotations(Document("a", TEXTS["quay"]))]
    assert [each.id for each in pipeline.compare_annotated(annotated).documents] == ["a", "a-2"]


def test_of_two_transcripts_alike_the_same_is_taken_in_any_order():
    words = "RUNA EIDE: The sluice stays shut until noon. Nobody is to go near it before we say so.\n"
    spoken = [Document(name, words, "transcript") for name in ("b", "a", "c")]
    given = [*reports("tide", "quay"), *spoken]
    first = onrecord.compare(given)
    for order in (given[::-1], [*spoken[1:], *given[:3]]):
        story = onrecord.compare(order)
        assert [each.id for each in story.documents] == [document.id for document in order]
        assert (story.statements, story.origins, story.coverage) == (first.statements, first.origins, first.coverage)
    checks = [onrecord.check(given[0], some) for some in (spoken, spoken[::-1])]
    assert checks[0].quotations == checks[1].quotations
