"""Qualifiers: do the words that a quotation leaves out of its sentence condition, hedge, deny or limit those it keeps.

Reads words of a transcript with the marks before them; answers yes or no. Made to be right rather than to find all: a
lost qualifier is an error under every house style. What stands in another clause of the sentence qualifies nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from onrecord.comparison.speech.spoken_words import NEGATIONS, PERSONS, expanded
from onrecord.lexicon.load import word_list

Qualifier = Literal["condition", "hedge", "negation", "contrast"]


class Marked(NamedTuple):
    """A spoken word, and what is printed between it and the word before."""

    form: str
    mark: str = " "


_PAUSE: Final = re.compile(r"[,;:()—–…]|--| - |\.\.")
_STOP: Final = re.compile(r"[;:]")
_DENIALS: Final = NEGATIONS - {"without"}
_NOT_DENIED: Final = word_list("qualifiers.not_denied")
"""Words before which "not" or "no" denies nothing: not only, no doubt, nothing but."""
_NO_ONE: Final = word_list("qualifiers.no_one")
_COORDINATORS: Final = word_list("qualifiers.coordinators")
_CLAUSE: Final = word_list("qualifiers.clause")
"""Words that open another clause; what it holds says nothing of the clause before."""
_SUBJECTS: Final = PERSONS | word_list("qualifiers.subjects")
_ASKING: Final = word_list("qualifiers.asking")
"""Words after which "if" is "whether" or no condition: ask if, as if, even if."""
_LISTENER: Final = word_list("qualifiers.listener")
"""What "if you …" does when it speaks to the listener and conditions nothing: if you look at, if you will."""
_SPEAKING: Final = word_list("qualifiers.speaking")
_NO_CONDITION: Final = word_list("qualifiers.no_condition")
_CONDITIONS: Final = [tuple(phrase.split(" ")) for phrase in word_list("qualifiers.conditions")]
_CONDITION_PARTICIPLES: Final = word_list("qualifiers.condition_participles")
_CORRECTED: Final = frozenset(
    tuple(part for form in entry.split(" ") for part in expanded(form)) for entry in word_list("qualifiers.corrections")
)
_HEDGES: Final = word_list("qualifiers.hedges")
_BELIEVING: Final = word_list("qualifiers.believing")
_DOUBTING: Final = word_list("qualifiers.doubting")
_UNTRUE: Final = word_list("qualifiers.untrue")
_CLAIMING: Final = word_list("qualifiers.claiming")
_CONTRASTS: Final = word_list("qualifiers.contrasts")
_MILD: Final = word_list("qualifiers.mild")
"""Contrasts that qualify only where what follows denies or limits: much that is joined by "but" does neither."""
_LIMITS: Final = _DENIALS | word_list("qualifiers.limits")
_NEAR: Final = 6
_FACTIVE: Final = word_list("qualifiers.factive")
"""Words under which a denial denies no fact: did not know that, did not forget that."""
_FIRST_PERSON: Final = word_list("qualifiers.first_person")
_NO_ONE_AFTER: Final = word_list("qualifiers.no_one_after")
_COMPLEMENTISERS: Final = word_list("qualifiers.complementisers")
_CONCESSIVE: Final = word_list("qualifiers.concessive")
_MAY_BE: Final = word_list("qualifiers.may_be")
_BEFORE_MAY: Final = word_list("qualifiers.before_may")
_KEPT: Final[dict[Qualifier, frozenset[str]]] = {
    "condition": word_list("qualifiers.keeps_condition"),
    "hedge": word_list("qualifiers.keeps_hedge"),
    "negation": NEGATIONS | word_list("qualifiers.keeps_negation"),
    "contrast": word_list("qualifiers.keeps_contrast"),
}
"""Words by which a report's own sentence keeps the qualifier that its quotation leaves out."""


def qualifiers(before: Sequence[Marked], after: Sequence[Marked], joint: str) -> set[Qualifier]:
    """Say how the rest of a sentence, ``before`` and ``after`` the words kept, qualifies them.

    ``joint`` is what is printed between the last word of ``before`` and the first word kept.
    """
    found: set[Qualifier] = set()
    found |= _from_before(_expanded(before), joint)
    found |= _from_after(_expanded(after))
    return found


def kept(qualifier: Qualifier, around: Sequence[str]) -> bool:
    """Return whether the words ``around`` a quotation, in its own sentence, keep a qualifier of this kind."""
    return any(part in _KEPT[qualifier] for form in around for part in expanded(form))


def within(left_out: Sequence[Marked], following: str) -> set[Qualifier]:
    """Say how words left out inside a quotation condition or hedge it; ``following`` is the next word kept."""
    words = _expanded(left_out)
    found: set[Qualifier] = set()
    if any(_condition(words, k) for k in range(len(words))):
        found.add("condition")
    forms = [w.form for w in words]
    if any(f in _HEDGES for f in forms) or any(a == "i" and b in _BELIEVING for a, b in pairwise([*forms, following])):
        found.add("hedge")
    return found


def _expanded(words: Sequence[Marked]) -> list[Marked]:
    return [Marked(part, w.mark if not n else " ") for w in words for n, part in enumerate(expanded(w.form))]


def _from_after(words: Sequence[Marked]) -> set[Qualifier]:
    found: set[Qualifier] = set()
    if words and (_denies_after(words) or _corrects(words)):
        found.add("negation")
    for k, word in enumerate(words):
        following = words[k + 1].form if k + 1 < len(words) else ""
        paused = k == 0 or _PAUSE.search(word.mark) is not None
        if _condition(words, k):
            found.add("condition")
        elif word.form in _CONTRASTS and paused and _limits(words, k):
            found.add("contrast")
        elif paused and (
            word.form in _HEDGES or (word.form == "i" and following in _BELIEVING and _ends(words, k + 2))
        ):
            found.add("hedge")
        elif word.form == "only" and k == 0 and not _PAUSE.search(word.mark):
            found.add("condition")
        if found or _STOP.search(word.mark) or word.form in _CLAUSE:
            break
        if word.form in _COORDINATORS and (following in _SUBJECTS or _PAUSE.search(word.mark)):
            break
        if word.form == "that" and k:
            break
    return found


def _limits(words: Sequence[Marked], k: int) -> bool:
    """Return whether a contrast takes back what was kept: by its kind, or by a denial or a limit that follows soon."""
    return words[k].form not in _MILD or any(w.form in _LIMITS for w in words[k + 1 : k + 1 + _NEAR])


def _ends(words: Sequence[Marked], k: int) -> bool:
    return k >= len(words) or _PAUSE.search(words[k].mark) is not None


def _denies_after(words: Sequence[Marked]) -> bool:
    """Return whether the next word denies what was kept, or gives it nobody and nothing as its object."""
    first, second = words[0], words[1].form if len(words) > 1 else ""
    if _PAUSE.search(first.mark):
        return False
    if first.form in _DENIALS:
        return second not in _NOT_DENIED
    return first.form in _NO_ONE_AFTER and second in _NO_ONE


def _corrects(words: Sequence[Marked]) -> bool:
    """Return whether the speaker at once takes back what was kept: "to boil it – sorry, not to boil it"."""
    forms = [w.form for w in words[:_NEAR]]
    begun = _PAUSE.search(words[0].mark) is not None and any(tuple(forms[: len(row)]) == row for row in _CORRECTED)
    return begun and any(form in _DENIALS for form in forms)


def _condition(words: Sequence[Marked], k: int) -> bool:
    """Return whether a condition begins with word ``k``."""
    form = words[k].form
    before = words[k - 1].form if k else ""
    rest = [w.form for w in words[k + 1 : k + 3]] + ["", ""]
    if form == "unless":
        return True
    if form == "if":
        if before in _ASKING or rest[0] in _NO_CONDITION:
            return False
        return not (rest[0] == "you" and rest[1] in _LISTENER) and not (
            rest[0] in _FIRST_PERSON and rest[1] in _SPEAKING
        )
    if form in _CONDITION_PARTICIPLES and _PAUSE.search(words[k].mark):
        return rest[0] in _SUBJECTS
    return any(tuple(w.form for w in words[k : k + len(row)]) == row for row in _CONDITIONS)


def _from_before(words: Sequence[Marked], joint: str) -> set[Qualifier]:
    found: set[Qualifier] = set()
    if not words:
        return found
    segment = _segment(words, joint)
    if _denies_before(segment):
        found.add("negation")
    if _hedges_before(segment) or (_PAUSE.search(joint) and _only_hedges(_segment(words, " "))):
        found.add("hedge")
    if _conditioned(words, joint):
        found.add("condition")
    if words[0].form in _CONCESSIVE and "," in joint:
        found.add("contrast")
    return found


def _segment(words: Sequence[Marked], joint: str) -> list[str]:
    """Give the words before that belong to the clause of the words kept."""
    if _PAUSE.search(joint):
        return []
    start = len(words)
    while start > 0:
        word = words[start - 1]
        if word.form in _COORDINATORS or word.form in _CLAUSE or word.form == "if":
            break
        start -= 1
        if _PAUSE.search(word.mark):
            break
    return [w.form for w in words[start:]]


def _denies_before(segment: Sequence[str]) -> bool:
    reach = 5 if segment and segment[-1] in _COMPLEMENTISERS else 2
    for k in range(max(0, len(segment) - reach), len(segment)):
        following = segment[k + 1] if k + 1 < len(segment) else ""
        if segment[k] not in _DENIALS or following in _NOT_DENIED or segment[max(0, k - 1)] == "why":
            continue
        if not any(f in _FACTIVE for f in segment[k + 1 :]):
            return True
    return False


def _hedges_before(segment: Sequence[str]) -> bool:
    near = ["", *segment[-4:]]
    pairs = list(pairwise(near))
    modal = near[-1] in _MAY_BE and near[-2] not in _BEFORE_MAY
    return modal or any(
        (a in _FIRST_PERSON and b in _BELIEVING)
        or (b in _HEDGES | _DOUBTING and a not in NEGATIONS)
        or (a in _UNTRUE and b == "that")
        or (a == "to" and b in _CLAIMING and "wrong" in near)
        for a, b in pairs
    )


def _only_hedges(segment: Sequence[str]) -> bool:
    return bool(segment) and (
        (len(segment) == 1 and segment[0] in _HEDGES)
        or (len(segment) == 2 and segment[0] in _FIRST_PERSON and segment[1] in _BELIEVING)
    )


def _conditioned(words: Sequence[Marked], joint: str) -> bool:
    """Return whether a condition stands before, and the words kept are what hangs on it."""
    marks = [w.mark for w in words[1:]] + [joint]
    for k in range(len(words)):
        opens = k == 0 or bool(_PAUSE.search(words[k].mark)) or words[k - 1].form in {*_COORDINATORS, "that", "then"}
        if not opens or not _condition(words, k):
            continue
        if any(_STOP.search(mark) for mark in marks[k:]) or any(w.form == "because" for w in words[k:]):
            continue
        parts = [j for j in range(k + 1, len(words)) if _PAUSE.search(words[j].mark)]
        done = len(parts) + bool(_PAUSE.search(joint)) >= 2  # the condition, what hangs on it, and then the words kept
        last = words[parts[-1]].form if parts and not _PAUSE.search(joint) else ""
        if not (done and last in _COORDINATORS):
            return True
    return False
