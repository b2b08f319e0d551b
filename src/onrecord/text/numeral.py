"""A numeral read from a text: its tokens, its value, and how it was written."""

from __future__ import annotations

from typing import NamedTuple


class Numeral(NamedTuple):
    """A number as written: tokens ``first:last``, its value, or the least value of a vague plural.

    ``vague`` for "hundreds of": the value is then a lower bound. ``bare`` for a scale word or fraction that says
    nothing alone ("half", "third"). ``share`` for a fraction of something.
    """

    first: int
    last: int
    value: float
    ordinal: bool = False
    vague: bool = False
    share: bool = False
    digits: bool = False
    scaled: bool = False
