"""Claims: what reports tell in their own voice, each fact with every report's telling of it.

Reads reports; gives claims. The sentences that :mod:`onrecord.comparison.claims.own_voice` finds are joined as
statements are (:mod:`onrecord.comparison.pairing.scoring`): a sentence of several facts may stand in several claims.
Numbers help to join, but a differing one does not part: it is named under ``differs``. What only one report states is
a claim too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import log1p
from typing import Literal, NamedTuple

from onrecord.annotation import Annotations
from onrecord.comparison.claims.own_voice import own_voice
from onrecord.comparison.pairing.clusters import belonging, join
from onrecord.comparison.pairing.likeness import Fitted, Overlap
from onrecord.comparison.pairing.passages import Version, in_order, numbers_in, version_of
from onrecord.comparison.pairing.scoring import Node, Pairing
from onrecord.comparison.rarity import Rarity
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.story import Claim, ClaimMember
from onrecord.text.words import Embed, is_content, lemma, words

THRESHOLD = 0.7
"""Chance from which two sentences state one fact; chosen on labelled stories left out, so that nine of ten do."""
APART = 0.7
NEVER = 0.45
"""Mean chance, and chance of one pair, under which a sentence does not join a group."""
_ALL_ELSE = 0.6
"""Likeness of two sentences from which on all else agrees, so that two numbers are two accounts of one thing."""
_MOST_DAYS = 20
_NEAR = 0.45
_NEAR_NEGATED = 0.65
"""Likeness of two sentences from which on another number, or a negation in one alone, is a difference in one fact."""
_COUNTED = 3
"""Words after a number that may say what it counts ("4 night watchmen")."""
_NEGATIONS = word_list("claims.negations")
_WEEKDAYS = word_list("claims.weekdays")
_YEAR = re.compile(r"(?:19|20)\d\d")
Detail = Literal["number", "name", "date", "negation"]


class Sentence(NamedTuple):
    """Sentences of equal words in one report or more: a node of the pairing; ``members`` are document id and span."""

    version: Version
    members: tuple[tuple[str, Span], ...]
    days: tuple[int, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents, each once, in order."""
        return tuple(dict.fromkeys(document for document, _ in self.members))


def group(documents: Sequence[Annotations], embed: Embed | None, fit: Fitted | None = None) -> tuple[Claim, ...]:
    """Join the facts that a story's reports tell in their own voice; the order of documents changes nothing.

    Every sentence of a report's own voice is a member of one claim at least. Claims stand in the order of
    their first members, documents in that of their days and ids. ``fit`` takes the place of the weights installed.
    """
    reports = in_order(documents)
    rarity = Rarity.of(reports)
    reported = gather(reports, rarity)
    pairing = pair(reported, rarity, embed, fit)
    pairs = [p for p in pairing.pairs if _may_join(p, pairing)]
    groups = _exclusive(join(pairs, pairing.chance, APART, never=NEVER), pairing)
    grouped = {number for one in groups for number in one}
    groups += [(number,) for number in range(len(reported)) if number not in grouped]
    return _number(groups, reported, reports, pairing)


def gather(reports: Sequence[Annotations], rarity: Rarity) -> list[Sentence]:
    """Tell every sentence of the reports' own voice once, however many have it, in an order of words and places."""
    held: dict[tuple[str, ...], list[tuple[Annotations, Span, tuple[Span, ...]]]] = defaultdict(list)
    for report in reports:
        for passage in own_voice(report):
            folded = tuple(w.folded for clause in passage.clauses for w in words(report.text, clause.start, clause.end))
            held[folded].append((report, passage.span, passage.clauses))
    reported = [
        Sentence(
            version=version_of(same[0][0], same[0][2], rarity),
            members=tuple((report.id, span) for report, span, _ in same),
            days=tuple(sorted({day for report, _, _ in same if (day := _day(report)) is not None})),
        )
        for same in held.values()
    ]
    return sorted(reported, key=lambda one: (one.version.words, one.members))


def pair(reported: Sequence[Sentence], rarity: Rarity, embed: Embed | None, fit: Fitted | None = None) -> Pairing:
    """Hold the sentences against each other."""

    def beside(i: int, j: int, _: Overlap) -> tuple[float, ...]:
        return (
            log1p(min(_MOST_DAYS, min((abs(x - y) for x in reported[i].days for y in reported[j].days), default=0))),
        )

    nodes = [Node(one.version, one.documents) for one in reported]
    return Pairing("claim", nodes, rarity, beside, embed, fit=fit)


def _day(report: Annotations) -> int | None:
    try:
        return date.fromisoformat(report.document.published.day).toordinal() if report.document.published else None
    except ValueError:
        return None


def _may_join(one: tuple[int, int], pairing: Pairing) -> bool:
    """Return whether two sentences are likely one fact; other numbers are another fact unless all else agrees."""
    if pairing.chance(*one) < THRESHOLD:
        return False
    shared = pairing.shared(*one)
    return shared is None or not shared.number_differs or max(shared.balance, shared.dice) >= _ALL_ELSE


def _exclusive(groups: Sequence[tuple[int, ...]], pairing: Pairing) -> list[tuple[int, ...]]:
    """Leave each sentence in the one group where it belongs most: what stands in many is shown for none of them."""
    best: dict[int, tuple[float, int, int]] = {}
    for number, held in enumerate(groups):
        for one in held:
            rank = (belonging(one, held, pairing.chance), len(held), -number)
            best[one] = max(best.get(one, rank), rank)
    kept = [tuple(one for one in held if best[one][2] == -number) for number, held in enumerate(groups)]
    return [held for held in kept if len(held) > 1]


def _number(
    groups: Sequence[tuple[int, ...]],
    reported: Sequence[Sentence],
    reports: Sequence[Annotations],
    pairing: Pairing,
) -> tuple[Claim, ...]:
    """Make records of the groups, in the order of their first members."""
    place = {report.id: at for at, report in enumerate(reports)}
    listed = []
    for held in groups:
        differing = _differing(held, reported, pairing)
        sure = {number: belonging(number, held, pairing.chance) for number in held}
        members = sorted(
            (place[document], span, document, differing.get(number) or "", sure[number])
            for number in held
            for document, span in reported[number].members
        )
        listed.append(members)
    return tuple(
        Claim(
            f"k{number}",
            tuple(
                ClaimMember(d, span.start, span.end, differs or None, chance) for _, span, d, differs, chance in members
            ),
        )
        for number, members in enumerate(sorted(listed), 1)
    )


def _differing(held: Sequence[int], reported: Sequence[Sentence], pairing: Pairing) -> dict[int, Detail]:
    """Find the sentences of a group that tell a detail otherwise than most of the others that tell it."""
    found: dict[int, Detail] = {}
    for detail, read in _READERS:
        values: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for number in held:
            for what, value in read(reported[number].version):
                values[what][number].add(value)
        for by_number in values.values():
            for number in _against_most(by_number, reported, pairing):
                found.setdefault(number, detail)
    negated = {n for n in held if any(w in _NEGATIONS or w.endswith("n't") for w in reported[n].version.words)}
    if len(negated) * 2 < len(held) or len(held) == 2:
        for n in negated:
            if any(_near(n, m, pairing, _NEAR_NEGATED) for m in held if m not in negated):
                found.setdefault(n, "negation")
    return found


def _against_most(by_number: Mapping[int, set[str]], reported: Sequence[Sentence], pairing: Pairing) -> Iterator[int]:
    """Give the sentences with none of the values that most have, but else near one that has them."""
    count: Counter[str] = Counter()
    for number, values in by_number.items():
        count.update(dict.fromkeys(values, len(reported[number].members)))
    most = min(count, key=lambda value: (-count[value], value))
    others = [m for m, values in by_number.items() if most in values]
    for number, values in by_number.items():
        if most not in values and any(_near(number, m, pairing, _NEAR) for m in others):
            yield number


def _near(i: int, j: int, pairing: Pairing, least: float) -> bool:
    shared = pairing.shared(i, j)
    return shared is not None and max(shared.balance, shared.dice) >= least


def _counts(version: Version) -> Iterator[tuple[str, str]]:
    """Read what is counted, and how many: a number, and each of the content words that follow it at once."""
    for value, after in numbers_in(version.words):
        for word in version.words[after : after + _COUNTED]:
            if not is_content(word) or word[0].isdigit():
                break
            yield lemma(word), value


def _weekday(version: Version) -> Iterator[tuple[str, str]]:
    days = sorted({w for w in version.words if w in _WEEKDAYS})
    if len(days) == 1:
        yield "weekday", days[0]


def _year(version: Version) -> Iterator[tuple[str, str]]:
    years = sorted({w for w in version.words if _YEAR.fullmatch(w)})
    if len(years) == 1:
        yield "year", years[0]


_READERS: tuple[tuple[Detail, Callable[[Version], Iterable[tuple[str, str]]]], ...] = (
    ("number", _counts),
    ("date", _weekday),
    ("date", _year),
)
