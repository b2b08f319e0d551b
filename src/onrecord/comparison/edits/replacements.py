"""Words put in the place of others: how serious the change is, and what it touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from onrecord.comparison.speech.spoken_words import (
    CLITICS,
    MODALS,
    NEGATIONS,
    PERSONS,
    QUANTIFIERS,
    expand_all,
    is_closed,
    is_number,
    same_word,
)
from onrecord.lexicon.load import word_list
from onrecord.wording import Flag, Verdict

_DENYING: Final = word_list("wording.denying_prefixes")
_IT: Final = word_list("wording.it")


def loosely_same(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether two expanded rows are equal where a clitic may stand for one of several words."""
    if len(ours) != len(theirs):
        return False
    return all(a == b or b in CLITICS.get(a, ()) or a in CLITICS.get(b, ()) for a, b in zip(ours, theirs, strict=True))


def judge_words(ours: Sequence[str], theirs: Sequence[str]) -> tuple[Verdict, tuple[Flag, ...]]:
    """Judge words put in the place of others (or of none): the verdict of the words axis, and flags."""
    mine, other = Counter(expand_all(ours)), Counter(expand_all(theirs))
    _resolve_clitics(mine, other)
    added, gone = list((mine - other).elements()), list((other - mine).elements())
    flags: list[Flag] = []
    if _count(added, NEGATIONS) + _prefixed(added, gone) != _count(gone, NEGATIONS) + _prefixed(gone, added):
        flags.append("negation-changed")
    if any(is_number(f) for f in (*added, *gone)):
        flags.append("number-changed")
    persons = PERSONS | _IT if any(f in PERSONS for f in (*added, *gone)) and added and gone else PERSONS
    if _count(added, persons) and _count(gone, persons):
        flags.append("person-shifted")
    critical = NEGATIONS | MODALS | QUANTIFIERS | PERSONS
    if flags or any(f in critical for f in (*added, *gone)):
        return "altered-content", tuple(flags)
    if not added and not gone:
        reordered = [f for f in expand_all(ours) if not is_closed(f)] != [
            f for f in expand_all(theirs) if not is_closed(f)
        ]
        return ("altered-content" if reordered else "altered-function"), ()
    return ("altered-function" if _inflections_only(added, gone) else "altered-content"), ()


def _resolve_clitics(mine: Counter[str], other: Counter[str]) -> None:
    for a, b in ((mine, other), (other, mine)):
        for clitic, fulls in CLITICS.items():
            while a[clitic] > b[clitic] and (full := next((f for f in fulls if b[f] > a[f]), None)):
                a[clitic] -= 1
                a[full] += 1


def _count(forms: Sequence[str], among: frozenset[str]) -> int:
    return sum(f in among for f in forms)


def _prefixed(forms: Sequence[str], other: Sequence[str]) -> int:
    """Count the words that deny by their prefix what the other side says without it: unhappy, not happy."""
    return sum(form.startswith(prefix) and form.removeprefix(prefix) in other for form in forms for prefix in _DENYING)


def _inflections_only(added: Sequence[str], gone: Sequence[str]) -> bool:
    """Return whether every content word of one side is another form of a content word of the other."""
    left = [f for f in gone if not is_closed(f)]
    for form in added:
        if is_closed(form):
            continue
        same = next((g for g in left if same_word(form, g)), None)
        if same is None:
            return False
        left.remove(same)
    return not left
