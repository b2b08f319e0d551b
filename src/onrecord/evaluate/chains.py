"""Count how often each kind of link is right, for :mod:`onrecord.annotators.sourcing.certainty`.

usage: python -m onrecord.evaluate.chains LOT…

Reads lots of labelled stories; prints, for chains of clauses and chains through somebody in whose words others are
reported, how many there are and how many are right, the share with one more of each outcome, and how much of what is
shown is right where the share of each story comes from the other stories alone.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from onrecord import pipeline
from onrecord.annotation import Link
from onrecord.annotators.sourcing.certainty import LEAST, RELAYED
from onrecord.evaluate.sourcing import judged_chains, read_stories
from onrecord.evaluate.stories import documents_beside

Kind = Literal["clause", "relayed"]
KINDS: tuple[Kind, ...] = ("clause", "relayed")


class Case(NamedTuple):
    """A chain found for a labelled attribution: its story, its weakest kind of link, and whether it is right."""

    story: str
    kind: Kind
    right: bool


def kind_of(links: Iterable[Link]) -> Kind:
    """Give the kind of link by which a chain is as doubtful as it is."""
    return "relayed" if any(link.kind in RELAYED for link in links) else "clause"


def lot_cases(lot: Path) -> list[Case]:
    """Give the chains found in a lot that its labels can judge."""
    return [
        Case(story.name, kind_of(found.attribution.via), found.right)
        for story in read_stories(lot, documents_beside(lot))
        for found in judged_chains(story, pipeline.annotate(story.documents))
    ]


def share_of(cases: Iterable[Case], kind: Kind) -> float:
    """Give the share of a kind that is right, with one more of each outcome."""
    counted = Counter(case.right for case in cases if case.kind == kind)
    return (counted[True] + 1) / (counted.total() + 2)


def shown_left_out(cases: Sequence[Case]) -> Counter[bool]:
    """Count what is shown, right and wrong, where each story is judged by the shares of the others."""
    shown: Counter[bool] = Counter()
    for case in cases:
        if share_of((other for other in cases if other.story != case.story), case.kind) >= LEAST:
            shown[case.right] += 1
    return shown


def main(arguments: Sequence[str] | None = None) -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lots", type=Path, nargs="+", metavar="LOT")
    cases = [case for lot in parser.parse_args(arguments).lots for case in lot_cases(lot)]
    for kind in KINDS:
        counted = Counter(case.right for case in cases if case.kind == kind)
        print(kind, counted.total(), "right", counted[True], "share", round(share_of(cases, kind), 3))  # noqa: T201 - a command's output
    shown = shown_left_out(cases)
    print("left out: shown", shown.total(), "right", shown[True])  # noqa: T201 - a command's output


if __name__ == "__main__":
    main()
