import builtins
import io

import pyarrow as pa
import pytest
from pyarrow import parquet

import onrecord  # noqa: F401 - hangs the publishers in
from onrecord.annotation import Annotations
from onrecord.document import Document
from onrecord.errors import MissingExtraError
from onrecord.publishers import tables
from onrecord.story import Story

NAMES = ["documents", "attributions", "statements", "variants", "figures", "dates", "origins"]


def test_there_is_a_table_for_each_kind_of_finding(made):
    story = made.made_story()
    found = tables.story_tables(story)
    assert list(found) == NAMES
    assert all(isinstance(t, pa.Table) for t in found.values())
    assert found["documents"].num_rows == len(story.documents)
    assert found["statements"].num_rows == len(story.statements)
    assert found["variants"].num_rows == sum(len(s.variants) for s in story.statements)
    assert found["figures"].num_rows == sum(len(d.figures) for d in story.documents)


def test_positions_of_the_tables_lead_to_the_words_they_repeat(made):
    found = tables.story_tables(made.made_story())
    texts = {r["document"]: r["text"] for r in found["documents"].to_pylist()}
    for name in ("figures", "dates"):
        for row in found[name].to_pylist():
            assert texts[row["document"]][row["start"] : row["end"]] == row["words"]


def test_ids_join_variants_with_attributions(made):
    found = tables.story_tables(made.made_story())
    joined = (
        found["variants"]
        .drop_columns("flags")
        .join(
            found["attributions"].select(["document", "attribution", "speaker"]),
            keys=["document", "attribution"],
            join_type="inner",
        )
    )
    assert joined.num_rows == found["variants"].num_rows


def test_a_story_gives_its_tables_itself(made):
    assert list(made.made_story().tables()) == NAMES


def test_an_empty_story_has_empty_tables_with_columns():
    found = tables.story_tables(Story(()))
    assert all(t.num_rows == 0 and t.num_columns > 3 for t in found.values())


def test_parquet_files_hold_the_same(made):
    story = made.made_story()
    contents = tables.encoded(story)
    assert list(contents) == [f"{name}.parquet" for name in NAMES]
    for content, (name, table) in zip(contents.values(), tables.story_tables(story).items(), strict=True):
        assert parquet.read_table(io.BytesIO(content)).equals(table), name
        assert parquet.read_schema(io.BytesIO(content)).metadata[b"onrecord.tables"] == b"1"


def test_a_lone_surrogate_does_not_stop_the_tables():
    story = Story((Annotations(Document("d\ud800", "broken \udfff half")),))
    assert tables.story_tables(story)["documents"].to_pylist()[0]["text"] == "broken \ufffd half"


def test_without_pyarrow_the_extra_is_named(made, monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **named):
        if name.split(".")[0] == "pyarrow":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"onrecord\[tables\]"):
        made.made_story().tables()
