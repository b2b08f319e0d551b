"""The metric of attribution agrees with the shared scorer, to the digit."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest

from onrecord.errors import LabelledDataError
from onrecord.evaluate.attribution import read_lines, score_attributions

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER = SHARED / "eval/score_attribution.py"
ROLES = ("source", "cue", "content")


def disturbed(labelled, seed):
    """Make predictions from gold: spans moved, lost, joined and doubled."""
    rng = random.Random(seed)
    predicted = []
    for document in labelled:
        if rng.random() < 0.1:
            continue
        attributions = []
        for attribution in document["attributions"]:
            moved = {
                role: [
                    {
                        "start": max(a + rng.choice((0, 0, 0, -3, 2)), 0),
                        "end": min(b + rng.choice((0, 0, 1, -1, 9)), len(document["text"])),
                    }
                    for a, b in attribution.get(role) or []
                ]
                for role in ROLES
            }
            cue = moved["cue"][0] if moved["cue"] else None
            source = moved["source"][0] if moved["source"] and rng.random() < 0.9 else None
            attributions += [{"content": moved["content"], "cue": cue, "source": source}] * rng.choice((0, 1, 1, 1, 2))
        predicted.append({"document": {"id": document["id"]}, "attributions": attributions})
    return predicted


def made_labelled(seed):
    """Make documents with random spans."""
    rng = random.Random(seed)

    def span():
        start = rng.randrange(250)
        return [start, start + rng.randrange(1, 40)]

    return [
        {
            "id": f"d{i}",
            "text": "".join(rng.choice("ab ,.”") for _ in range(300)),
            "attributions": [
                {
                    "source": [span()][: rng.randrange(2)],
                    "cue": [span()],
                    "content": [span() for _ in range(rng.randrange(3))],
                }
                for _ in range(rng.randrange(5))
            ],
        }
        for i in range(12)
    ]


@pytest.fixture(scope="module")
def shared_scorer():
    if not SCORER.exists():
        pytest.skip(f"{SCORER} is not here")
    spec = importlib.util.spec_from_file_location("score_attribution", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_tuples(figures):
    """Give named figures as plain tuples."""
    return {k: {x: tuple(y) for x, y in v.items()} if isinstance(v, dict) else tuple(v) for k, v in figures.items()}


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(6))
def test_agrees_on_made_documents(shared_scorer, seed):
    labelled = made_labelled(seed)
    predicted = disturbed(labelled, seed)
    assert as_tuples(score_attributions(labelled, predicted)) == shared_scorer.score(labelled, predicted)


@pytest.mark.shared
def test_agrees_on_the_corpus(shared_scorer):
    labelled = read_lines(SHARED / "polnear/dev.jsonl")[:20]
    predicted = disturbed(labelled, 3)
    assert as_tuples(score_attributions(labelled, predicted)) == shared_scorer.score(labelled, predicted)


def test_nothing_predicted_scores_nothing():
    figures = score_attributions(made_labelled(1), [])
    assert figures["end_to_end"] == (0.0, 0.0, 0.0)


def test_gold_scores_full_against_itself():
    labelled = [
        {
            "id": "d",
            "text": "Keller said yes.",
            "attributions": [{"source": [[0, 6]], "cue": [[7, 11]], "content": [[12, 15]]}],
        }
    ]
    predicted = [{"document": {"id": "d"}, "attributions": labelled[0]["attributions"]}]
    assert score_attributions(labelled, predicted)["end_to_end"] == (100.0, 100.0, 100.0)


def test_a_broken_line_is_told(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": 1}\n[1]\n')
    with pytest.raises(LabelledDataError, match="line 2"):
        read_lines(path)
