"""Words in the syntax of FTS5: what is typed stands in quotation marks, every operator is ours."""

from __future__ import annotations

from sqlalchemy import ColumnElement, bindparam, literal_column

from onrecord.archive.query import Term, Words


def expression(words: Words) -> str:
    """Write words as an expression of FTS5."""
    wanted = " AND ".join(_term(each) for each in words.wanted)
    if not words.unwanted:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(_term(each) for each in words.unwanted)})"


def _term(term: Term) -> str:
    assert '"' not in term.typed
    assert "\0" not in term.typed
    return f'"{term.typed}"' + ("*" if term.begins else "")


def matches(index: str, words: Words) -> ColumnElement[bool]:
    """Give the condition under which a row of an index holds the words."""
    column: ColumnElement[str] = literal_column(index)
    return column.op("MATCH", is_comparison=True)(bindparam(None, expression(words)))


def rank(index: str, _words: Words) -> ColumnElement[float]:
    """Give how well a row fits: the less, the better (BM25)."""
    return literal_column(f"bm25({index})")
