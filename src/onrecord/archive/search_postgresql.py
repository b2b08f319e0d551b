"""Words as a query of PostgreSQL's text search: letters and digits in quotation marks, every operator ours."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Double, bindparam, cast, func, literal_column

from onrecord.archive.query import Term, Words


def expression(words: Words) -> str:
    """Write words as a text that ``to_tsquery`` reads."""
    wanted = " & ".join(_term(each) for each in words.wanted)
    if not words.unwanted:
        return wanted
    return f"{wanted} & !({' | '.join(_term(each) for each in words.unwanted)})"


def _term(term: Term) -> str:
    assert all(word.isalnum() for word in term.words)
    quoted = [f"'{word}'" for word in term.words]
    return f"({' <-> '.join(quoted)}{':*' if term.begins else ''})"


def _query(words: Words) -> Any:
    return func.to_tsquery(literal_column("'onrecord'"), bindparam(None, expression(words)))


def matches(index: str, words: Words) -> ColumnElement[bool]:
    """Give the condition under which a row of an index holds the words."""
    column: ColumnElement[Any] = literal_column(f"{index}.search")
    return column.op("@@", is_comparison=True)(_query(words))


def rank(index: str, words: Words) -> ColumnElement[float]:
    """Give how well a row fits: the less, the better."""
    search: ColumnElement[Any] = literal_column(f"{index}.search")
    return -cast(func.ts_rank(search, _query(words)), Double)
