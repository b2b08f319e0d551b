"""What a group of figures counts, in the words that most of its figures print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from onrecord.comparison.figures.referents import Referent
from onrecord.lexicon.load import word_list
from onrecord.lexicon.plurals import plural

_BECAME: Final = {
    "kill": "killed",
    "injure": "injured",
    "miss": "missing",
    "arrest": "arrested",
    "release": "released",
    "abduct": "abducted",
    "captive": "held captive",
    "rescue": "rescued",
    "evacuate": "evacuated",
    "displace": "displaced",
    "escape": "who escaped",
    "survive": "who survived",
    "attack": "attacked",
    "deploy": "deployed",
    "damage": "damaged",
    "infect": "infected",
    "charge": "charged",
    "convict": "convicted",
    "dismiss": "dismissed",
}
"""Events that can be told behind a noun in a word or two; others name nothing that a reader would look for."""
_DEAD: Final = word_list("counting.dead")


def name_of(members: Sequence[Referent]) -> str:
    """Name what a group counts: the noun phrase that most figures print, with what happened where most agree on it."""
    phrase = _commonest(m.figure.of for m in members)
    unit = _commonest(m.figure.unit for m in members)
    event = _commonest(m.figure.event for m in members)
    agreed = event is not None and 2 * sum(m.figure.event == event for m in members) > len(members)
    if unit is not None and agreed and event == "age":
        return f"age in {plural(unit, 2.0)}"
    if unit is not None and unit != "share":
        of = phrase or _commonest(word for m in members for word in m.substance)
        return f"{of}, in {plural(unit, 2.0)}" if of else plural(unit, 2.0)
    name = phrase or "figures"
    became = _BECAME.get(event or "") if agreed else None
    return f"{name} {became}" if became and became not in name.split() and name not in _DEAD else name


def _commonest(given: Iterable[str | None]) -> str | None:
    """Give what most have, the longest and then the first by letters of equals; ``None`` where none has any."""
    counts = Counter(one for one in given if one)
    return min(counts, key=lambda one: (-counts[one], -len(one), one)) if counts else None
