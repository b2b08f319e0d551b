"""The encoder: its files, and that what a text gets does not depend on what is read with it."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from onrecord.annotators.attribution import decoding
from onrecord.annotators.attribution.decoding import attribute
from onrecord.annotators.attribution.encoder import Encoder, verified_manifest
from onrecord.annotators.attribution.inference import VARIABLE, chosen_backend
from onrecord.benchmarks.annotate import made_articles
from onrecord.document import Document
from onrecord.errors import MissingExtraError, UsageError, WeightsError
from onrecord.readers import read
from onrecord.text.analysed import Analysed

WEIGHTS = Path(__file__).resolve().parents[2] / "src/onrecord/weights"


@pytest.fixture(scope="module")
def encoder():
    return Encoder.load()


def test_the_files_are_those_of_the_manifest():
    manifest = verified_manifest(WEIGHTS)
    assert {"tagger.onnx", "linker.onnx", "sentences.onnx", "words.npz", "tokenizer.json"} <= set(manifest["files"])
    assert sum(facts["bytes"] for facts in manifest["files"].values()) < 45_000_000


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    return folder


def test_a_damaged_file_is_named(copy):
    (copy / "linker.onnx").write_bytes(b"no graph")
    with pytest.raises(WeightsError, match=r"linker\.onnx is damaged"):
        Encoder.load(copy)


def test_a_missing_file_is_named(copy):
    (copy / "words.npz").unlink()
    with pytest.raises(WeightsError, match=r"words\.npz is missing"):
        Encoder.load(copy)


def test_another_format_is_told(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))
    with pytest.raises(WeightsError, match="format 99"):
        Encoder.load(copy)


def test_no_manifest_is_told(tmp_path):
    with pytest.raises(WeightsError, match=r"no readable manifest\.json"):
        Encoder.load(tmp_path)


def test_order_company_and_threads_change_nothing(encoder):
    documents = made_articles(3)
    together = attribute([Analysed(d, ()) for d in documents], encoder)
    backwards = attribute([Analysed(d, ()) for d in documents[::-1]], Encoder.load(threads=2))
    alone = [attribute([Analysed(document, ())], encoder)[0] for document in documents]
    assert together == backwards[::-1] == alone
    assert all(together)


def test_a_text_that_comes_twice_goes_through_the_layers_once(encoder, monkeypatch):
    first, second = made_articles(2)
    copies = [first, second, Document(id="copy", text=first.text)]
    rows = []
    run = encoder._tagger.run
    monkeypatch.setattr(encoder._tagger, "run", lambda feeds: rows.append(len(feeds["wanted"])) or run(feeds))
    given = encoder.read([(Analysed(document), None) for document in copies])
    assert sum(rows) == len(given[0].emissions) + len(given[1].emissions)
    assert np.array_equal(given[0].emissions, given[2].emissions)
    assert np.array_equal(given[0].states, given[2].states)
    assert np.abs(given[2].states).sum(axis=1).all()


def test_embeddings_have_length_one_and_know_likeness(encoder):
    near, same, far = encoder.embed(
        ["The bridge was closed on Monday.", "On Monday they shut the bridge.", "She plays the violin."]
    )
    assert np.allclose(np.linalg.norm([near, same, far], axis=1), 1, atol=1e-5)
    assert near @ same > 0.7
    assert near @ far < 0.3


def test_embeddings_do_not_depend_on_company(encoder):
    texts = ["The bridge was closed on Monday.", "", "Word " * 400, "The bridge was closed on Monday."]
    together = encoder.embed(texts)
    assert together.shape == (4, 384)
    assert np.array_equal(together[0], together[3])
    assert np.allclose(together[0], encoder.embed(texts[:1])[0], atol=1e-6)
    assert encoder.embed([]).shape == (0, 384)


@pytest.mark.parametrize(
    "text", ["", "\n\n", " ", "“", "\x00\ufeff\u200b", "a" * 30_000, "“" * 3_000, "é" * 500 + "\n" * 500]
)
def test_any_text_is_read(encoder, text):
    attribute([Analysed(Document(id="d", text=text), ())], encoder)


def test_the_backend_is_chosen_by_name_and_never_by_what_is_installed(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert chosen_backend() == "onnxruntime"
    monkeypatch.setenv(VARIABLE, "openvino")
    assert chosen_backend() == "openvino"
    assert chosen_backend("onnxruntime") == "onnxruntime"
    monkeypatch.setenv(VARIABLE, "abacus")
    with pytest.raises(UsageError, match="ONRECORD_BACKEND is 'abacus': give one of onnxruntime, openvino"):
        Encoder.load()


@pytest.mark.skipif(importlib.util.find_spec("openvino") is not None, reason="openvino is installed")
def test_a_missing_backend_says_which_extra_to_install():
    with pytest.raises(MissingExtraError, match=r"onrecord\[fast\]"):
        Encoder.load(backend="openvino").embed(["The bridge was closed."])


@pytest.mark.shared
@pytest.mark.timeout(600)
def test_openvino_finds_nearly_the_same(shared, encoder):
    if importlib.util.find_spec("openvino") is None:
        pytest.skip("SKIPPED: openvino (the extra fast) is not installed")
    documents = read(shared / "polnear/dev.jsonl")[:20]
    found = [
        attribute([Analysed(d, ()) for d in documents], each) for each in (encoder, Encoder.load(backend="openvino"))
    ]
    one, other = ({(d, a.content, a.cue, a.source) for d, each in enumerate(side) for a in each} for side in found)
    assert len(one & other) >= 0.9 * max(len(one), len(other))


def test_a_long_text_is_read_in_stretches_of_bounded_size(encoder, monkeypatch):
    """A word's state takes 1.5 kB: a text of marks alone would take that for each of its characters."""
    taken = []
    read_them = encoder.read
    monkeypatch.setattr(decoding, "_AT_ONCE", 300)
    monkeypatch.setattr(decoding, "_LONGEST_PART", 200)
    monkeypatch.setattr(encoder, "read", lambda texts: taken.append(read_them(texts)) or taken[-1])
    prose = "“The gate stays shut until the wind has dropped,” Ada Brandt said. " * 20
    for text in ("“" * 1_000, "7 " * 1_000, "-" * 1_000, prose, prose.replace(" ", "\n\n")):
        found = decoding.attribute([Analysed(Document(id="d", text=text), ())], encoder)
        assert max(sum(len(reading.states) for reading in each) for each in taken) <= 300
        assert all(span.end <= len(text) for each in found[0] for span in each.content)
    assert len(taken) > 15


def test_a_paragraph_without_end_is_cut_after_a_point_then_at_a_space():
    lines = list(decoding._shortened("x" * 10, (0, 10, False)))
    assert lines == [(0, 10, False)]
    text = ("Boats stay. They must. " * 6_000)[:-1]
    parts = list(decoding._shortened(text, (0, len(text), False)))
    assert len(parts) == 2
    assert (parts[0][1], text[parts[0][1] - 1]) == (parts[1][0], ".")
    assert len(list(decoding._shortened("x" * 250_000, (0, 250_000, True)))) == 3
