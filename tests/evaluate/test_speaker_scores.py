"""The metric for speakers and acts: what counts as right, and the figures that may not fall."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.errors import LabelledDataError
from onrecord.evaluate.speakers import evaluate_speakers, read_cases, score

SHARED = Path(__file__).parents[2] / "../shared"
TEXT = "Ada Holm said the port was full. She believes that it will stay so."
DOCUMENT = {
    "id": "d",
    "text": TEXT,
    "attributions": [
        {"id": "E1", "source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 31]]},
        {"id": "E2", "source": [[33, 36]], "cue": [[37, 45]], "content": [[46, 66]]},
    ],
}
GOLD = {"doc": "d", "attribution": "E1", "speaker": "the Mayor Ada Holm", "kind": "person"}


def test_names_are_compared_without_titles_and_what_gold_lacks_is_an_attitude() -> None:
    report = score(read_cases([GOLD], [DOCUMENT]))
    assert report.given.percent == 100.0
    assert report.acts.f1 == 100.0
    assert report.end_to_end is None


def test_from_text_a_speaker_is_right_only_with_half_of_the_content() -> None:
    cases = read_cases([GOLD], [DOCUMENT])
    reported = {"act": "utterance", "speaker": "p1", "content": [{"start": 14, "end": 31}]}
    record = {"document": {"id": "d"}, "speakers": [{"id": "p1", "name": "Holm"}], "attributions": [reported]}
    wrong = score(cases, [record]).end_to_end
    record["speakers"] = [{"id": "p1", "name": "Ada Holm"}]
    right = score(cases, [record]).end_to_end
    assert (wrong.recall, right.recall) == (0.0, 100.0)
    reported["content"] = [{"start": 14, "end": 20}]
    assert score(cases, [record]).end_to_end.recall == 0.0


def test_unsure_gold_is_neither_asked_for_nor_wrong() -> None:
    report = score(read_cases([GOLD | {"unsure": True}], [DOCUMENT]))
    assert report.given.asked == 0


def test_gold_without_its_document_is_an_error() -> None:
    with pytest.raises(LabelledDataError, match="not given"):
        read_cases([GOLD | {"doc": "elsewhere"}], [DOCUMENT])


@pytest.mark.shared
def test_the_figures_on_gold_do_not_fall(tmp_path: Path) -> None:
    labelled, documents = SHARED / "gold/speakers/dev.jsonl", SHARED / "polnear/dev.jsonl"
    if not labelled.exists():
        pytest.skip("The shared gold is not here: speakers are not measured.")
    wanted = {json.loads(line)["doc"] for line in labelled.read_text("utf-8").splitlines()}
    kept = tmp_path / "documents.jsonl"
    lines = [line for line in documents.read_text("utf-8").splitlines() if json.loads(line)["id"] in wanted]
    kept.write_text("\n".join(lines), encoding="utf-8")
    report = evaluate_speakers(labelled, kept, from_text=False)
    assert report.given.percent >= 95.0
    assert report.pronouns.percent >= 91.0
    assert report.acts.f1 >= 97.0
