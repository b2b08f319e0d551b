"""By what a text parts those whom a figure counts from others: identified or not, seriously hurt, another, remaining.

Reads the words of a figure's noun phrase and those beside it; gives short codes. Two figures of one noun and one event
whose codes differ count parts of a whole, not the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.annotation import Figure
from onrecord.lexicon.load import word_list
from onrecord.text.words import words

_STATES: Final = {
    form: line.partition(": ")[0]
    for line in """
known: identified unidentified named unnamed
claimed: claimed unclaimed collected
found: recovered retrieved
home: discharged
treated: treated
moved: transferred shifted airlifted
hospital: hospital hospitals hospitalised hospitalized admitted icu
serious: critical critically serious seriously severe severely grievous grievously badly life-threatening
light: minor slight slightly lightly mild
steady: stable
sure: confirmed
doubtful: suspected unconfirmed feared presumed possible probable
left: remaining remain remains
rest: other others rest
more: another more additional further extra
new: new newly fresh
first: initial initially original originally first
still: still
foreign: foreign foreigners overseas
both: respectively each
daily: daily overnight
""".strip().splitlines()
    for form in line.partition(": ")[2].split()
}
_NEGATIONS: Final = word_list("counting.negations")
_AFTER: Final = 8  # words behind the figure that may say so
_BEFORE: Final = 3
_FINISHED: Final = word_list("counting.finished")


def states_of(text: str, figure: Figure, begin: int, end: int) -> frozenset[str]:
    """Give the codes of the words by which those counted are parted from others, within ``begin`` to ``end``."""
    before = [word.folded for word in words(text, begin, figure.start)][-_BEFORE:]
    inside = [word.folded for word in words(text, figure.start, figure.end)]
    behind: list[str] = []
    at = figure.end
    for word in words(text, figure.end, min(end, figure.end + 120))[:_AFTER]:
        if word.folded in _FINISHED or any(mark in text[at : word.start] for mark in ',;:—–()"“”'):
            break
        behind.append(word.folded)
        at = word.end
    return frozenset((*_codes(_unbound(before)), *_codes(_unbound(inside)), *_codes(behind)))


def _unbound(reported: Sequence[str]) -> list[str]:
    """Leave out the words that bound a number: "more than", "as many as"."""
    following = [*reported[1:], ""]
    return [word for word, after in zip(reported, following, strict=False) if not (word == "more" and after == "than")]


def _codes(reported: Sequence[str]) -> list[str]:
    found = []
    for number, word in enumerate(reported):
        state = _STATES.get(word)
        if state is not None:
            denied = word.startswith("un") or any(each in _NEGATIONS for each in reported[max(0, number - 4) : number])
            found.append(f"not {state}" if denied else state)
    return found
