"""Files, standard input and bytes become documents; one bad document never stops the others."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Block, Published
from onrecord.errors import EmptyDocumentError, FormatError, OnRecordError, ReadError
from onrecord.readers import Identifiers, read, read_all


def test_a_text_is_one_report_named_after_its_file(tmp_path):
    path = tmp_path / "courier.txt"
    path.write_bytes(b"Harbour closed\r\n\r\nThe harbour was closed.\r\n")
    (document,) = read(path)
    assert (document.id, document.kind, document.blocks) == ("courier", "report", ())
    assert document.text == "Harbour closed\r\n\r\nThe harbour was closed.\r\n"


def test_json_lines_hold_many_documents_and_unknown_fields_are_ignored(tmp_path):
    path = tmp_path / "story.jsonl"
    rows = [
        {"id": "a", "text": "The pier fell.", "outlet": "The Gull", "published": "2024-05-02", "mood": 3},
        {
            "text": "It fell.",
            "publisher": "Tern",
            "author": "Somebody",
            "published": {"value": "2024-05-03", "from": "byline"},
        },
    ]
    path.write_text("\ufeff" + "\n\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    first, second = read(str(path))
    assert (first.id, first.outlet, first.published) == ("a", "The Gull", Published("2024-05-02", "caller"))
    assert (second.id, second.outlet, second.byline) == ("story-3", "Tern", "Somebody")
    assert second.published == Published("2024-05-03", "byline")


def test_a_broken_line_is_listed_and_the_others_are_read(tmp_path):
    path = tmp_path / "story.jsonl"
    path.write_text(
        '{"id": "a", "text": "One fell."}\n{"id": "b", "text":\n{"id": "c"}\n{"id": "d", "text": "Two fell."}\n'
    )
    documents, failures = read_all([path, tmp_path / "absent.txt", tmp_path / "none*.txt"])
    assert [document.id for document in documents] == ["a", "d"]
    assert [failure.document.rpartition(", ")[2] for failure in failures[:2]] == ["line 2", "line 3"]
    assert "no valid JSON" in failures[0].because
    assert "neither" in failures[1].because
    assert "does not exist" in failures[2].because
    assert "fits no file" in failures[3].because
    with pytest.raises(FormatError, match="line 2"):
        read(path)


def test_ids_are_unique_and_the_same_on_every_run(tmp_path):
    paths = [tmp_path / name / "index.txt" for name in ("a", "b", "c")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("Words.")
    assert [document.id for document in read_all(paths)[0]] == ["index", "index-2", "index-3"]
    ids = Identifiers()
    assert [ids.claim(wanted) for wanted in ("x", "x-2", "x", "x", " ")] == ["x", "x-2", "x-3", "x-4", "document"]


def test_a_json_file_may_be_one_object_a_list_or_what_onrecord_writes():
    one = json.dumps({"id": "a", "text": "It sank."}).encode()
    many = json.dumps(
        [
            {"id": "a", "text": "It sank."},
            {"id": "b", "html": "<html><body><p>It sank slowly, they said.</p></body></html>"},
        ]
    )
    annotated = json.dumps(
        {
            "format_version": 1,
            "document": {"id": "z", "text": "It sank.", "blocks": [{"kind": "paragraph", "start": 0, "end": 8}]},
        }
    )
    assert [document.id for document in read(one, name="x.json")] == ["a"]
    assert [document.id for document in read(io.BytesIO(many.encode()), name="x.json")] == ["a", "b"]
    (document,) = read(io.StringIO(annotated))
    assert document.blocks == (Block("paragraph", 0, 8),)


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ({"id": "a"}, "neither"),
        ({"text": 3}, "no string"),
        ({"text": "It sank.", "kind": "poem"}, "poem"),
        ({"text": "It sank.", "blocks": [{"kind": "paragraph", "start": 0, "end": 99}]}, "outside"),
        ({"text": "It sank.", "blocks": [{"kind": "stanza", "start": 0, "end": 3}]}, "cannot be read"),
        ({"text": " … "}, "no words"),
        (["text"], "no JSON object"),
    ],
)
def test_a_record_that_cannot_be_read_says_what_and_what_to_do(record, sentence):
    with pytest.raises(ReadError, match=sentence) as caught:
        read(json.dumps([record]).encode(), name="story.json")
    assert "story.json, item 1" in str(caught.value)


@pytest.mark.parametrize(
    ("given_value", "kept"),
    [
        ("2024-05-02", "2024-05-02"),
        ("20240502", "2024-05-02"),
        ("2024-05-02T10:30:00Z", "2024-05-02T10:30:00+00:00"),
        ("2024-05-02 10:30", "2024-05-02T10:30:00"),
        ("Thu, 02 May 2024 10:30:00 +0200", "2024-05-02T10:30:00+02:00"),
        ("2024-13-41", None),
        ("last week", None),
        ("", None),
    ],
)
def test_a_publication_date_is_kept_where_it_names_a_day(given_value, kept):
    (document,) = read(json.dumps({"text": "It sank.", "published": given_value}).encode(), name="a.json")
    assert (document.published.value if document.published else None) == kept


def test_standard_input_is_told_by_its_beginning():
    code = "from onrecord.readers import read; print([(d.id, d.kind, d.text) for d in read('-')])"
    for data, seen in [
        (
            '{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n',
            "[('a', 'report', 'One.'), ('b', 'report', 'Two.')]",
        ),
        ('[{"id": "a",\n "text": "One."}]', "[('a', 'report', 'One.')]"),
        ("[Applause] One.", "[('standard input', 'report', '[Applause] One.')]"),
        ("<p>One.", "[('standard input', 'report', '<p>One.')]"),
    ]:
        run = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, text=True, check=True)
        assert run.stdout.strip() == seen


def test_nothing_heavy_is_imported_for_a_text():
    code = (
        "import sys; from onrecord.readers import read; read(b'It sank.');"
        "print([m for m in ('trafilatura', 'lxml', 'numpy', 'charset_normalizer') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_missing_and_empty_files_and_addresses_are_told_in_one_sentence(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    for source, error, words in [
        (empty, EmptyDocumentError, "is empty"),
        (tmp_path / "no.txt", ReadError, "does not exist"),
        (tmp_path, EmptyDocumentError, "is empty"),
        ("https://gull.example/pier", ReadError, "is an address"),
        ("bad\0name.txt", ReadError, "cannot be opened"),
    ]:
        with pytest.raises(error, match=words):
            read(source)
    for name in ("empty.jsonl", "empty.json", "empty.html"):
        (tmp_path / name).write_bytes(b"\n" if name.endswith("jsonl") else b"")
        with pytest.raises(EmptyDocumentError):
            read(tmp_path / name)


def test_a_page_under_a_text_name_is_read_as_a_page():
    page = b"<!DOCTYPE html><html><body><h1>Pier falls</h1><p>The pier fell at noon, they said.</p></body></html>"
    (document,) = read(page, name="saved.txt")
    assert "<" not in document.text


def test_fifty_megabytes_on_one_line_are_refused_in_a_sentence():
    with pytest.raises(ReadError, match="split it into its documents"):
        read(b"so it goes on and on " * 2_500_000, name="long.txt")


@settings(deadline=None)  # other work runs on the machine that tests
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.json", "a.jsonl", "a", "a.html"]))
def test_any_bytes_under_any_name_give_documents_or_one_of_our_errors(data, name):
    try:
        for document in read(data, name=name):
            assert document.text.strip()
            assert all(0 <= block.start < block.end <= len(document.text) for block in document.blocks)
    except OnRecordError as error:
        assert "\n" not in str(error).split("(")[0]  # noqa: PT017 - both outcomes are allowed


def test_a_folder_and_a_pattern_are_their_files_in_order(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    for name, words in (
        ("b.txt", "The pier fell."),
        ("a.txt", "It fell."),
        (".hidden", "No."),
        ("c.md", "# It *fell*."),
    ):
        (tmp_path / name).write_text(words)
    (inner / "d.html").write_text("<html><body><article><p>The pier fell into the sea.</p></article></body></html>")
    assert [document.id for document in read(tmp_path)] == ["a", "b", "c", "d"]
    assert [document.id for document in read(str(tmp_path / "*.txt"))] == ["a", "b"]
    (tmp_path / "e.yaml").write_text("a: 1")
    documents, failures = read_all([tmp_path])
    assert [document.id for document in documents] == ["a", "b", "c", "d"]
    assert ["e.yaml is of a kind" in failure.because for failure in failures] == [True]


def test_a_literal_name_with_brackets_is_no_pattern(tmp_path):
    (tmp_path / "a[1].txt").write_text("The pier fell.")
    assert [document.id for document in read(tmp_path / "a[1].txt")] == ["a[1]"]


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nIt fell.\n", "transcript", "It fell."),
        ("a.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida Moll>It fell.\n", "transcript", "Ida Moll: It fell."),
        ("a.json", '{"segments": [{"start": 0, "end": 1, "text": " It fell."}]}', "transcript", "It fell."),
        ("a.json", '{"maintext": "It fell.", "date_publish": "2031-03-11"}', "report", "It fell."),
        ("a", "# Pier\n\nIt **fell**.", "report", "# Pier\n\nIt **fell**."),
        ("a.md", "# Pier\n\nIt **fell**.", "report", "Pier\n\nIt fell."),
        ("a.txt", "&ldquo;It fell,&rdquo; Ida Moll said.", "report", "“It fell,” Ida Moll said."),
        ("a.txt", "â€œIt fell,â€\x9d Ida Moll said.", "report", "“It fell,” Ida Moll said."),
        ("a.txt", "The pi\u00ader fell.", "report", "The pier fell."),
        ("a.csv", "text,date\nIt fell.,2031-03-11\n", "report", "It fell."),
        ("a.txt", "From: a@b.example\nTo: c@d.example\nSubject: Pier\nDate: x\n\nIt fell.\n", "report", "It fell.\n"),
    ],
)
def test_the_form_is_told_from_the_content(tmp_path, name, content, kind, words):
    (tmp_path / name).write_text(content, encoding="utf-8")
    (document,) = read(tmp_path / name)
    assert (document.kind, document.text) == (kind, words)


@pytest.mark.parametrize("name", ["a.xml", "a.yaml", "a.odt", "a.py", "a.ttml"])
def test_a_kind_that_is_not_read_is_refused_by_name(tmp_path, name):
    (tmp_path / name).write_text("The pier fell.")
    with pytest.raises(FormatError, match="of a kind"):
        read(tmp_path / name)


def test_what_is_not_english_is_listed(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Der Pfeiler stürzte am Dienstag ein, weil niemand ihn geprüft hatte, sagte die Bürgermeisterin."
    )
    documents, failures = read_all([tmp_path / "a.txt"])
    assert documents == []
    assert failures[0].because.endswith("a.txt is not English (German): not read.")
