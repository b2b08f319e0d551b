"""Tallies: numbers whose noun stands before them ("the death toll rose to 275", "the number of injured at 1,175").

Reads the tokens before a number that no noun follows; gives what it counts. A second number beside the first ("to 275
from 288", "is 275 and not 288") counts the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from onrecord.annotators.figures.counted import EVENTS, is_human_adjective, is_plural, noun_lemma
from onrecord.lexicon.load import word_list
from onrecord.text.number_tokens import Token

_LINKS: Final = word_list("figures.links")
"""Words right before the number of a tally."""
_BESIDE: Final = word_list("figures.beside")
"""Words between two numbers of one tally: "to 275 from 288", "275 and not 288"."""
_COUNTS: Final = word_list("figures.counts")
_TOLLS: Final = frozenset({"toll", "tolls"})
_KINDS: Final = word_list("figures.kinds")
_GATHERINGS: Final = word_list("figures.gatherings")
_PUT: Final = word_list("figures.put")
_CLAUSE_ENDS: Final = word_list("figures.clause_ends")
_REACH: Final = 16  # tokens from the noun to its number
_LONGEST: Final = 5  # tokens of the noun phrase behind "number of"
_BETWEEN: Final = 4  # tokens between two numbers of one tally
_MONEY_TOLLS: Final = word_list("figures.money_tolls")


class Tally(NamedTuple):
    """What a number behind its noun counts: the noun phrase at ``start:end``, its head's lemma, and the event."""

    start: int
    end: int
    head: str
    event: str | None


def tally_before(tokens: Sequence[Token], first: int, begin: int) -> Tally | None:
    """Find the tally whose number begins with token ``first``, in a sentence that begins at character ``begin``."""
    if first == 0 or tokens[first - 1].folded not in _LINKS:
        return None
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        token = tokens[at]
        if token.start < begin or token.folded in _CLAUSE_ENDS or token.number is not None:
            break
        of = at + 1 < first and tokens[at + 1].folded == "of"
        if token.folded in _TOLLS and (at == 0 or tokens[at - 1].folded not in _MONEY_TOLLS):
            fare = of and at + 2 < first and tokens[first - 1].folded in {"is", "was", "are", "were"}
            deadly = at > 0 and tokens[at - 1].folded in _KINDS
            return None if fare and not deadly else _toll(tokens, at)  # not "the toll of the bridge is"
        if token.folded in _COUNTS and of:
            return _counted(tokens, at + 2, first)
        if token.folded in _GATHERINGS and (at + 2 >= first or tokens[first - 1].folded in _PUT):
            return Tally(token.start, token.end, "person", "attend")
    return None


def _toll(tokens: Sequence[Token], at: int) -> Tally:
    kind = tokens[at - 1].folded if at else ""
    opening = tokens[at - 1] if kind in _KINDS else tokens[at]
    return Tally(opening.start, tokens[at].end, "death", None if kind == "casualty" else "kill")


def beside(tokens: Sequence[Token], last: int, first: int) -> bool:
    """Return whether a number that begins with token ``first`` stands beside one that ends before token ``last``."""
    between = [token.folded for token in tokens[last:first]]
    return 0 < len(between) <= _BETWEEN and between[-1] in _BESIDE


def _counted(tokens: Sequence[Token], at: int, first: int) -> Tally | None:
    """Read the noun phrase behind "number of" and the event that it, or the words behind it, name."""
    run = [n for n in range(at, min(at + _LONGEST, first)) if tokens[n].folded not in {"the", "those", "all"}]
    head = next((n for n in run if is_plural(tokens[n].folded) or is_human_adjective(tokens[n].folded)), None)
    if head is None:
        return None
    reported = [EVENTS[word] for n in range(at, first) if (word := tokens[n].folded) in EVENTS and word != "report"]
    return Tally(tokens[at].start, tokens[head].end, noun_lemma(tokens[head].folded), reported[0] if reported else None)
