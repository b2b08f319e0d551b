"""How often what is shown is right, as measured on labelled news that nobody tuned on; said in words.

The numbers are those of the README's table (its column "blind"); a test holds the two against each other.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Rate(NamedTuple):
    """Of a hundred findings of a kind that are shown how many are right, of how many that were labelled; the rest.

    ``withheld`` is how many of a hundred are not shown as a finding, or not joined, because they are not sure.
    """

    what: str
    right: float
    of: int | None
    withheld: int | None
    then: str


RATES: Final = (
    Rate("speakers", 96.0, 124, 46, "shown as “unclear”"),
    Rate("versions joined in one statement", 98.7, 77, 27, "left apart"),
    Rate("figures joined", 91.9, None, 6, "left apart"),
    Rate("dates", 96.4, None, 3, "not given"),
    Rate("chains of sourcing", 60.0, 10, 29, "not given"),
)


def in_words() -> list[str]:
    """Say each rate in a sentence."""
    return [
        f"Of 100 {rate.what} that are shown, about {rate.right:.0f} are right"
        + (f" (measured on {rate.of})" if rate.of else "")
        + (f"; {rate.withheld} of 100 are {rate.then}." if rate.withheld is not None else ".")
        for rate in RATES
    ]
