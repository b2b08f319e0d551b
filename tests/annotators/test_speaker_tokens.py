"""Words as names are made of them."""

from __future__ import annotations

import pytest

from onrecord.annotators.speakers.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("March 6, 2031 11:19PMIda Moll Opens The Gates", ["ida", "moll", "opens"]),
        ("at 9:05AMThe gates opened", ["the", "gates", "opened"]),
    ],
)
def test_a_time_that_runs_into_a_heading_is_no_part_of_a_name(text: str, words: list[str]) -> None:
    found = tokenise(text)
    at = next(n for n, token in enumerate(found) if token.folded == words[0])
    assert [token.folded for token in found[at : at + 3]] == words
    assert found[at].gap == "\n\n"
    assert text[found[at].start : found[at].end].casefold() == words[0]


def test_a_name_that_begins_so_stays_whole() -> None:
    assert [token.folded for token in tokenise("PMDonald and 4 AMRadio listeners")][:2] == ["pmdonald", "and"]
