"""What a figure refers to, and how likely two figures of different documents refer to the same.

Reads :class:`Annotations`; gives a :class:`Referent` a figure: its noun, event, place in time and the words around it,
with which :func:`likeness` compares two. Nothing here looks at the verdict: whether two figures count the same thing is
asked first, how their values stand to each other afterwards.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import inf
from typing import Final, NamedTuple

from onrecord.annotation import Annotations, Figure
from onrecord.comparison.figures.states import states_of
from onrecord.lexicon.load import word_list
from onrecord.text.words import is_content, lemma, words

_CLASSES: Final = """
people: person people victim man woman human life dead death toll soul casualty other fatality inhabitant
people: resident passenger
girl: girl schoolgirl student pupil daughter captive hostage woman
child: child baby infant boy girl kid son daughter toddler
youth: youth man teenager youngster
citizen: citizen national tourist foreigner american traveller traveler
crew: crewmember crewman crew pilot steward attendant member
police: officer policeman policewoman police cop constable
guard: guard personnel security
soldier: soldier troop serviceman member marine sailor airman personnel force fighter
fighter: fighter militant rebel insurgent terrorist gunman prisoner detainee commander leader jihadist captive
migrant: migrant refugee seeker asylum-seeker immigrant newcomer arrival
reveller: reveler reveller goer party-goer partygoer people visitor guest celebrant attendee person
protester: protester demonstrator marcher activist people person
missile: missile rocket projectile weapon
piece: piece part fragment section
plane: jet plane aircraft fighter helicopter airliner
vehicle: car vehicle truck lorry bus van
house: house home building dwelling property
attack: attack assault offence offense incident crime case charge complaint
strike: strike airstrike raid attack bombing
body: body corpse remains victim dead
worker: worker employee staff job
voter: voter vote ballot supporter
test: test launch firing
shot: shot round bullet
family: family household relative member dead congregant
"""
_CLASSES_OF: Final[dict[str, frozenset[str]]] = {}
for _line in _CLASSES.strip().splitlines():
    _name, _, _members = _line.partition(": ")
    for _member in _members.split():
        _CLASSES_OF[_member] = _CLASSES_OF.get(_member, frozenset()) | {_name}
GENERIC: Final = word_list("counting.generic")
"""Nouns for people of any kind: a count of these may hold a count of people of one kind."""
_HUMAN: Final = word_list("counting.human")
_IRREGULAR: Final = {
    "lives": "life",
    "live": "life",
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "crewmen": "crewman",
}
_METRES: Final = {
    "kilometre": 1000.0,
    "metre": 1.0,
    "centimetre": 0.01,
    "mile": 1609.344,
    "yard": 0.9144,
    "foot": 0.3048,
    "inch": 0.0254,
    "nautical-mile": 1852.0,
}
_OTHER_BASES: Final = {
    **{unit: ("length", factor) for unit, factor in _METRES.items()},
    "second": ("time", 1.0),
    "minute": ("time", 60.0),
    "hour": ("time", 3600.0),
    "day": ("time", 86400.0),
    "week": ("time", 604800.0),
    "month": ("months", 1.0),
    "year": ("months", 12.0),
    "decade": ("months", 120.0),
    "kilogram": ("weight", 1.0),
    "pound": ("weight", 0.45359237),
    "gram": ("weight", 0.001),
    "tonne": ("weight", 1000.0),
    "ton": ("weight", 907.18474),
    "kilometre-per-hour": ("speed", 1.0),
    "mile-per-hour": ("speed", 1.609344),
    "knot": ("speed", 1.852),
    "square-kilometre": ("area", 1.0),
    "square-mile": ("area", 2.58999),
    "acre": ("area", 0.00404686),
    "hectare": ("area", 0.01),
}
_MEASURED: Final = word_list("counting.measured")  # converted figures are rounded
_PART: Final = re.compile(r" of (?:the|these|those|them|their|our|its|his|her) ?", re.IGNORECASE)
_OF: Final = re.compile(r"\s+(?:of|in)\s+(?:(?:the|its|their|this|that|a|an)\s+)?", re.IGNORECASE)
_WITHOUT_SUBSTANCE: Final = word_list("counting.without_substance")
_LONGEST_SUBSTANCE: Final = 3  # words; what follows is the sentence's
_WINDOW: Final = 110  # characters on either side of a figure that are taken for its clause


class Referent(NamedTuple):
    """A figure with what it refers to: the dimension it is measured in, its bounds in the base unit of that, its noun.

    ``head`` is the lemma of the noun, ``classes`` the kinds of thing that it may name, ``modifiers`` the lemmas of
    the other words of the phrase, ``context`` the content lemmas of its sentence, ``days`` the values of the dates
    there. ``substance`` are the lemmas of what a measured amount is of, where the text says so ("litres of
    spilled diesel"). ``part`` holds for a figure that says itself to be part of a whole ("five of the dead");
    ``names`` are the names in its noun phrase, ``window`` the first and last day (ordinals) that it may be of,
    ``dated`` holds where its sentence names a day, ``reach`` the bounds with some slack. ``states`` are the words by
    which the text parts those counted from others (identified, seriously, another), ``verb`` the lemma of the word
    that brings the figure in, ``moment`` when its document was published, with the time where that is known; ``rises``
    holds for a figure that is said to have taken the place of another; ``target`` are the names of what an amount of
    money is bid for, ``bidder`` of who bids it.
    """

    document: str
    place: int
    figure: Figure
    dimension: str
    low: float | None
    high: float | None
    head: str | None
    classes: frozenset[str]
    modifiers: frozenset[str]
    context: frozenset[str]
    days: frozenset[str]
    clause: str
    published: str | None
    part: bool
    names: frozenset[str]
    window: tuple[int, int] | None
    dated: bool
    reach: tuple[float, float]
    substance: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    verb: str | None = None
    moment: str | None = None
    rises: bool = False
    target: frozenset[str] = frozenset()
    bidder: frozenset[str] = frozenset()


def referents(documents: Sequence[Annotations]) -> list[Referent]:
    """Describe every figure of the documents, which must be in a fixed order for the result to be so."""
    return [
        _referent(document, place, figure) for place, document in enumerate(documents) for figure in document.figures
    ]


def _referent(document: Annotations, place: int, figure: Figure) -> Referent:
    at = bisect_right(document.sentences, figure.start, key=lambda sentence: sentence.start) - 1
    text = document.text
    begin, end = max(0, figure.start - 2 * _WINDOW), min(len(text), figure.end + 2 * _WINDOW)
    if 0 <= at < len(document.sentences) and document.sentences[at].end >= figure.start:
        begin = max(begin, document.sentences[at].start)
        end = min(end, max(document.sentences[at].end, figure.end))
    head, modifiers = _noun(figure.of)
    dimension, factor = _dimension(figure)
    low, high = (None if bound is None else bound * factor for bound in (figure.low, figure.high))
    context = frozenset(
        lemma(word.folded)
        for word in words(text, begin, end)
        if is_content(word.folded) and not word.folded[:1].isdigit() and not figure.start <= word.start < figure.end
    )
    days = frozenset(
        mention.value
        for mention in document.dates
        if mention.value is not None and mention.reason != "holiday" and begin <= mention.start < end
    )
    published = document.document.published.day if document.document.published else None
    near = text[max(begin, figure.start - _WINDOW) : min(end, figure.end + _WINDOW)]
    return Referent(
        document=document.id,
        place=place,
        figure=figure,
        dimension=dimension,
        low=low,
        high=high,
        head=head,
        classes=_CLASSES_OF.get(head, frozenset()) if head else frozenset(),
        modifiers=modifiers,
        context=context,
        days=days,
        clause=" ".join(near.split()),
        published=published,
        window=_window(days, published),
        dated=any(len(day) == 10 for day in days),
        reach=_reach(low, high, dimension, approximate=figure.approximate),
        names=frozenset(word for word in re.findall(r"\w+", figure.of or "") if word[0].isupper() or word[0].isdigit()),
        part=figure.part_of is not None or bool(_PART.search(text, figure.start, figure.end)),
        substance=_substance(text, figure, end),
        states=states_of(text, figure, begin, end),
        verb=_verb(text, figure, begin),
        moment=document.document.published.value if document.document.published else None,
        rises=_RISES.search(text, max(begin, figure.start - _WINDOW), figure.start) is not None,
        target=_target(text, figure),
        bidder=_bidder(text, figure),
    )


_DEAL: Final = (
    r"[ -](?:(?:cash|takeover|unsolicited|hostile|all-cash|stock|buyout|acquisition) )*"
    r"(?:bid|offer|purchase|deal|acquisition|takeover|buyout|approach|merger)\b"
)
_BID: Final = re.compile(
    rf"{_DEAL}[^.;,:\n]{{0,30}}?"
    r" (?:for|of|with) (?:(?:the|its|rival|[a-z-]+|[A-Z][a-z]+-based) ){0,3}(?P<name>[A-Z][\w&.-]+)"
)


def _target(text: str, figure: Figure) -> frozenset[str]:
    match = _BID.match(text, figure.end, min(len(text), figure.end + 110)) if figure.unit is not None else None
    return frozenset({match["name"].casefold()}) if match else frozenset()


_DEAL_BEHIND: Final = re.compile(_DEAL)
_BIDDER: Final = re.compile(
    r"\b(?P<name>[A-Z][\w&.-]+)(?:[’']s| (?:made|makes|launched|lodged|submitted|put forward) (?:an?|its))"
    r" (?:[a-z-]+,? ){0,3}$"
)
"""Whose bid it is: "Vey's original", "Vey made an initial", right before the figure."""


def _bidder(text: str, figure: Figure) -> frozenset[str]:
    if figure.unit is None or _DEAL_BEHIND.match(text, figure.end) is None:
        return frozenset()
    match = _BIDDER.search(text, max(0, figure.start - 60), figure.start)
    return frozenset({match["name"].casefold()}) if match else frozenset()


_RISES: Final = re.compile(
    r"\b(?:ris(?:es|en|ing)|rose|climb(?:s|ed)|grew|grown|jump(?:s|ed)|fell|fallen|dropped|revis(?:es|ed)|updat(?:es|ed)"
    r"|rais(?:es|ed)|lower(?:s|ed)|correct(?:s|ed)|up|down)\b[^.;\n]{0,40}$",
    re.IGNORECASE,
)
"""Words before a figure that say that it took the place of an earlier one."""


def _verb(text: str, figure: Figure, begin: int) -> str | None:
    """Give the lemma of the content word that stands nearest before a figure, at most three words off."""
    before = words(text, max(begin, figure.start - 40), figure.start)[-3:]
    return next((lemma(word.folded) for word in reversed(before) if is_content(word.folded)), None)


def _substance(text: str, figure: Figure, end: int) -> frozenset[str]:
    """List what an amount is of: the content words behind "of", up to a mark or a closed-class word."""
    if figure.unit is None or figure.unit in _WITHOUT_SUBSTANCE:
        return frozenset()
    opening = _OF.match(text, figure.end, end) or _OF.search(text, figure.start, figure.end)
    if opening is None:
        return frozenset()
    found: list[str] = []
    at = opening.end()
    for word in words(text, at, min(end, at + _WINDOW))[:_LONGEST_SUBSTANCE]:
        if text[at : word.start].strip() or not is_content(word.folded):
            break
        found.append(lemma(word.folded))
        at = word.end
    return frozenset(found)


def _dimension(figure: Figure) -> tuple[str, float]:
    """Give what a figure is measured in and the factor to the base unit; counts have the dimension ``count``."""
    if figure.unit is None:
        return "count", 1.0
    base, factor = _OTHER_BASES.get(figure.unit, (figure.unit, 1.0))
    return (f"age {base}" if figure.event == "age" else base), factor


def _noun(of: str | None) -> tuple[str | None, frozenset[str]]:
    """Part a noun phrase into the lemma of its head and those of its modifiers; of "girls and women" take the first."""
    if not of:
        return None, frozenset()
    found = [word.folded for word in words(re.split(r" (?:and|or) ", of)[0])]
    if not found:
        return None, frozenset()
    lemmas = [_IRREGULAR.get(word, lemma(word)) for word in found]
    head = lemmas[-1]
    if head == found[-1] and head.endswith("s") and not head.endswith("ss") and len(head) > 3:
        head = head[:-1]
    return head, frozenset(lemmas[:-1])


def is_human(referent: Referent) -> bool:
    """Return whether a figure counts people."""
    return bool(referent.classes & _HUMAN)


def _reach(low: float | None, high: float | None, dimension: str, *, approximate: bool) -> tuple[float, float]:
    edge = low if low is not None else high
    rounded = approximate and edge is not None and edge % 10 == 0
    slack = 0.05 if rounded else (0.02 if dimension in _MEASURED else 0.0)
    return (
        -inf if low is None else low - slack * abs(low),
        inf if high is None else high + slack * abs(high),
    )


def _window(dates: Iterable[str], published: str | None) -> tuple[int, int] | None:
    """Give the first and last of the days named, as ordinals; the day of publication where no time is named."""
    named = list(dates)
    days = [day for day in named if len(day) == 10] or ([published] if published and not named else [])
    try:
        parsed = sorted(dt.date.fromisoformat(day).toordinal() for day in days)
    except ValueError:
        return None
    return (parsed[0], parsed[-1]) if parsed else None
