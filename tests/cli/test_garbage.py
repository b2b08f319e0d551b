"""What is given wrongly gets one clear sentence: styles, labelled data, thresholds, manifests, files, folders."""

from __future__ import annotations

import json
import shutil
import tracemalloc
from pathlib import Path

import pytest

from onrecord import cli
from onrecord.annotators.attribution.encoder import verified_manifest
from onrecord.comparison.checking.house_style import HouseStyle
from onrecord.errors import EmptyDocumentError, ReadError, StyleError, WeightsError
from onrecord.readers import read, read_all

WEIGHTS = Path(verified_manifest.__code__.co_filename).parents[2] / "weights"
WORDS = "The boat lay at the quay until spring, harbour pilot Runa Eide said on Monday, and nobody knew why."


@pytest.mark.parametrize(
    "text",
    [
        '[severity]\nverbatim = ["ok"]',
        "[severity]\nverbatim = {a = 1}",
        "[severity]\nverbatim = 1",
        "extends = ['strict']",
        "extends = " + "9" * 5_000,
        "a = " + "[" * 5_000 + "]" * 5_000,
        "severity = 3",
        "[flags]\nname-changed = 'fatal'",
        "\x00",
    ],
)
def test_an_odd_house_style_is_one_sentence(text):
    with pytest.raises(StyleError, match="The house style own"):
        HouseStyle.parsed("own", text)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda _: [], "format None"),
        (lambda m: {**m, "files": {}}, "does not list tagger.onnx"),
        (lambda m: {**m, "files": []}, "does not say what it must"),
        (lambda m: {**m, "files": {**m["files"], "words.npz": {}}}, "does not say what it must"),
        (lambda m: {key: value for key, value in m.items() if key != "shape"}, "does not say what it must"),
        (lambda m: {**m, "transitions": [[0.0]]}, "does not say what it must"),
        (lambda m: {**m, "transitions": "none"}, "does not say what it must"),
    ],
)
def test_an_odd_manifest_is_one_sentence(tmp_path, change, why):
    manifest = json.loads((WEIGHTS / "manifest.json").read_text())
    for name in manifest["files"]:
        (tmp_path / name).symlink_to(WEIGHTS / name)
    (tmp_path / "manifest.json").write_text(json.dumps(change(manifest)))
    with pytest.raises(WeightsError, match=why):
        verified_manifest(tmp_path)


def main(capsys, *arguments: object) -> tuple[int, str]:
    """Run the command line in this process: exit status and standard error."""
    with pytest.raises(SystemExit) as exited:
        cli.main([str(argument) for argument in arguments])
    return exited.value.code, capsys.readouterr().err


@pytest.fixture
def kept(monkeypatch):
    """Keep standard output where it is: what waits for it would be dropped where a command fails."""
    monkeypatch.setattr(cli.os, "dup2", lambda *_: None)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("metric", ["stories", "figures", "shown"])
def test_a_folder_without_labels_is_no_score(tmp_path, capsys, metric):
    code, said = main(capsys, "evaluate", metric, tmp_path)
    assert code == 2
    assert said.count("\n") == 1
    assert "holds no labelled story" in said


@pytest.mark.usefixtures("kept")
def test_labels_of_a_relative_path_or_of_another_form_are_one_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("labels.jsonl").write_text('{"id": "a"}\n')
    for arguments in (["speakers", "labels.jsonl"], ["attribution", "labels.jsonl"], ["wording", "labels.jsonl"]):
        code, said = main(capsys, "evaluate", *arguments)
        assert code == 2
        assert said.count("\n") == 1
        assert "Traceback" not in said
        assert "A fault of onrecord" not in said


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("floors", ["[]", '{"agencies": [1]}', '{"agencies": {"recall": "much"}}', "{", "{}"])
def test_odd_thresholds_are_one_sentence(tmp_path, capsys, floors):
    (tmp_path / "docs.jsonl").write_text(json.dumps({"id": "a", "text": WORDS}) + "\n")
    (tmp_path / "floors.json").write_text(floors)
    code, said = main(
        capsys,
        "evaluate",
        "agencies",
        tmp_path / "docs.jsonl",
        "--thresholds",
        tmp_path / "floors.json",
        "--json",
        "/dev/null",
    )
    assert code == 2
    assert said.count("\n") == 1
    assert "floors.json" in said


@pytest.mark.parametrize("depth", [254, 300, 5_000])
def test_a_page_that_ends_in_the_deep_is_refused_and_not_cut(depth):
    deep = "<div>" * depth + "x" + "</div>" * depth
    page = f"<html><body><article><p>{WORDS}</p>{deep}<p>{WORDS[::-1]}</p></article></body></html>"
    with pytest.raises(ReadError, match="256 deep"):
        read(page.encode(), name="x.html")


def test_a_page_as_deep_as_can_be_read_is_read_whole():
    deep = "<div>" * 200 + "x" + "</div>" * 200
    page = (
        f"<html><body><article><p>{WORDS}</p>{deep}<p>Nor did the keeper of the lighthouse.</p></article></body></html>"
    )
    (document,) = read(page.encode(), name="x.html")
    assert "Nor did the keeper" in document.text


def test_folders_globs_and_missing_files_get_one_sentence_each(tmp_path):
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "none").mkdir()
    sources = [tmp_path / "none", tmp_path / "*.md", tmp_path / "b.txt", "x" * 5_000, tmp_path, tmp_path / "*.txt"]
    documents, failures = read_all(sources)
    assert [document.id for document in documents] == ["a", "a-2"]
    said = [failure.because for failure in failures]
    assert ["without files" in said[0], "fits no file" in said[1], "does not exist" in said[2]] == [True] * 3
    assert len(said) == 4
    assert all("\n" not in sentence and sentence.endswith((".", "path.")) for sentence in said)


def test_a_large_file_is_refused_and_costs_little_more_than_itself(tmp_path):
    path = tmp_path / "large.txt"
    path.write_bytes(b"word " * 10_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(ReadError, match="50,000,000 characters, and one document may have"):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 250_000_000
    finally:
        tracemalloc.stop()


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    from onrecord.readers import forms

    monkeypatch.setattr(forms, "MAX_BYTES", 1_000_000)
    path = tmp_path / "endless.jsonl"
    path.write_bytes(json.dumps({"text": WORDS}).encode() + b"\n" + b"\x00" * 3_000_000)
    documents, failures = read_all([path])
    assert [document.text for document in documents] == [WORDS]
    assert "line 2 is longer than 1 MB" in failures[0].because


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 100, "\u200b\u200b".encode()])
def test_files_without_a_word_are_named_as_that(data):
    with pytest.raises(ReadError, match=r"x\.txt"):
        read(data, name="x.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig"])
def test_the_usual_encodings_give_the_same_letters(encoding):
    text = "“The café stays shut – until noon,” harbour pilot Runa Eide said. " * 3
    (document,) = read(text.encode(encoding), name="x.txt")
    assert document.text == text


def test_empty_is_its_own_error():
    with pytest.raises(EmptyDocumentError):
        read(b"", name="x.txt")


def test_weights_that_are_whole_load(tmp_path):
    shutil.copytree(WEIGHTS, tmp_path / "copy")
    assert verified_manifest(tmp_path / "copy")["format"]
