"""Whose turn is it? A label of a transcript (``MR. TRUMP``, ``Q``, ``THE PRESIDENT``) against a speaker's name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from onrecord.words import words

_TITLES: Final = frozenset(
    """mr mrs ms miss dr sir dame lord lady gen general sen senator rep representative gov governor president vice
    secretary minister prime chancellor ambassador director chairman chairwoman chair spokesman spokeswoman spokesperson
    admiral adm colonel col major maj captain capt lt lieutenant sgt sergeant judge justice attorney mayor king queen
    prince princess pope professor prof rev reverend congressman congresswoman commissioner speaker deputy
    undersecretary under assistant former acting the of state defense treasury press foreign jr sr ii iii iv hon chief
    officer first second to and host anchor moderator""".split()
)
_ROLES: Final = frozenset(
    """q a question answer reporter reporters moderator interviewer interviewee audience operator participant
    unidentified male female voice voices announcer narrator unknown crowd host anchor speaker man woman journalist
    press all""".split()
)
ASKERS: Final = frozenset(
    "q question reporter reporters moderator interviewer audience operator announcer journalist".split()
)


def whose(names: Sequence[str], label: str | None, labels: Iterable[str]) -> bool | None:
    """Tell whether a turn is the speaker's: yes, no, or ``None`` where label or name leave it open.

    ``names`` are the forms of the speaker's name, ``labels`` all labels of the transcript: a turn of an unnamed
    asker is not the speaker's when another label is his.
    """
    known = [n for n in names if _own(n)]
    if not known or label is None:
        return None
    verdicts = [_same(name, label) for name in known]
    if any(verdicts):
        return True
    if not _own(label):
        elsewhere = _asks(label) and any(_same(name, other) for name in known for other in labels)
        return False if elsewhere else None
    return False


def speaks_there(names: Sequence[str], labels: Sequence[str]) -> bool | None:
    """Tell whether one of the labels of a transcript is the speaker's; ``None`` where labels or name leave it open."""
    answers = [whose(names, label, labels) for label in labels if not _asks(label)]
    if any(answers):
        return True
    return None if not answers or None in answers else False


def surnames(names: Sequence[str]) -> frozenset[str]:
    """Give the last words of the forms of a name, titles apart."""
    return frozenset(own[-1] for own in map(_own, names) if own)


def _asks(label: str) -> bool:
    return any(w.folded in ASKERS for w in words(label))


@lru_cache(maxsize=10_000)
def _own(name: str) -> tuple[str, ...]:
    """Give the words of a name that are no title and no role."""
    found = [w.folded.removesuffix("'s") for w in words(name)]
    if found and found[0] in _ROLES and len(found) <= 2:
        return ()
    return tuple(w for w in found if w not in _TITLES and w not in _ROLES and not w.isdigit())


def _same(name: str, label: str) -> bool:
    one, other = _own(name), _own(label)
    if not one or not other:
        return False
    if len(one) > 1 and len(other) > 1:
        initials = one[0][0] == other[0][0] and (len(one[0]) == 1 or len(other[0]) == 1)
        return one[-1] == other[-1] and (one[0] == other[0] or initials or one[0] in other or other[0] in one)
    return one[-1] == other[-1] or (len(one) == 1 and one[0] in other) or (len(other) == 1 and other[0] in one)
