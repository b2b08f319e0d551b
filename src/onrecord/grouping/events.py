"""Events: which documents of many report the same event.

Reads documents; gives groups of their ids. Two reports belong together when their dates are near and the words that
are rare among all of them (names, places, numbers of the headline and the opening) are largely the same, or when one
is a near copy of the other. Groups are built around a leader, not by chains of neighbours: a report joins the group
whose common words it shares most, so that A, B and C are not one event because A is like B and B like C.

It is meant for a folder or a feed of news, not for an encyclopaedia: what two accounts of one long affair share may be
less than what two accidents of one day do. Where nothing decides, a report stays alone.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rensa import RMinHash, RMinHashLSH

from onrecord.document import Document
from onrecord.words import is_content, lemma, words

LIKENESS = 0.26
"""Cosine between a report and a group from which it joins."""
DAYS = 3
"""Days that the reports of one event may lie apart."""
_OPENING = 1200
_HEADLINE_WEIGHT = 2.0
_MOST_TERMS = 120
_FEWEST_TERMS = 5
_CANDIDATES = 12
_HASHES = 64
_BANDS = 16
_NEAR_COPY = 0.5
_SEED = 1
_RUN = 3


class Event(NamedTuple):
    """Documents of one event, by id, in the order of the input, and the words that most of them share."""

    documents: tuple[str, ...]
    words: tuple[str, ...]


class _Report(NamedTuple):
    number: int
    id: str
    day: date | None
    terms: dict[str, float]
    runs: list[str]


class _Group:
    """Reports taken for one event so far, with the sum of their terms."""

    def __init__(self, first: _Report) -> None:
        self.members = [first]
        self.terms = Counter(first.terms)
        self.days = [first.day] if first.day else []
        self.norm = _norm(self.terms)

    def add(self, report: _Report) -> None:
        self.members.append(report)
        self.terms.update(report.terms)
        self.norm = _norm(self.terms)
        if report.day:
            self.days.append(report.day)

    def is_near(self, day: date | None) -> bool:
        if day is None or not self.days:
            return True
        return (
            max(*self.days, day) - min(*self.days, day) <= date.resolution * DAYS
            if len(self.days) > 1
            else (abs(self.days[0] - day).days <= DAYS)
        )

    def likeness(self, report: _Report) -> float:
        shared = sum(weight * self.terms[term] for term, weight in report.terms.items() if term in self.terms)
        return shared / ((self.norm * _norm(report.terms)) or 1.0)


def group_events(documents: Sequence[Document]) -> tuple[Event, ...]:
    """Part documents into events; a document that is like no other is an event of its own.

    The order of the documents changes nothing but the order in which groups and members are listed. Time grows with the
    number of words and, for each document, with the few groups that share its rarest words.
    """
    reports = _reports(documents)
    copies = _near_copies(reports)
    groups: list[_Group] = []
    by_term: dict[str, list[int]] = defaultdict(list)
    home: dict[int, int] = {}
    for report in sorted(reports, key=lambda r: (r.day or date.max, r.id)):
        place = _place(report, groups, by_term, [home[n] for n in copies.get(report.number, ()) if n in home])
        if place is None:
            place = len(groups)
            groups.append(_Group(report))
        else:
            groups[place].add(report)
        home[report.number] = place
        for term in _rarest(report):
            if not by_term[term] or by_term[term][-1] != place:
                by_term[term].append(place)
    events = [_event(group) for group in groups]
    order = {d.id: n for n, d in enumerate(documents)}
    return tuple(sorted(events, key=lambda e: order[e.documents[0]]))


def _reports(documents: Sequence[Document]) -> list[_Report]:
    counted = [_terms(document) for document in documents]
    spread = Counter(term for terms, _ in counted for term in terms)
    return [
        _Report(
            number,
            document.id,
            _day(document),
            _weighed(terms, spread, len(documents)),
            [" ".join(folded[i : i + _RUN]) for i in range(len(folded) - _RUN + 1)],
        )
        for number, (document, (terms, folded)) in enumerate(zip(documents, counted, strict=True))
    ]


def _terms(document: Document) -> tuple[Counter[str], list[str]]:
    """Count the content words of the headline and the opening, and list all words of the opening."""
    opening = words(document.text, 0, min(len(document.text), _OPENING))
    terms: Counter[str] = Counter(lemma(w.folded) for w in opening if is_content(w.folded))
    for word in words(document.title or ""):
        if is_content(word.folded):
            terms[lemma(word.folded)] += 1
    return terms, [w.folded for w in opening]


def _weighed(terms: Counter[str], spread: Counter[str], total: int) -> dict[str, float]:
    """Weigh terms by their rarity; what every document holds says nothing, unless there are but a few documents."""
    weighed = {
        term: (1 + math.log(count)) * math.log((total + 2) / (spread[term] + 0.5))
        for term, count in terms.items()
        if spread[term] > 1  # What one document alone holds joins it to none.
    }
    kept = sorted(weighed, key=lambda term: (-weighed[term], term))[:_MOST_TERMS]
    return {term: weighed[term] for term in kept if weighed[term] > 0}


def _day(document: Document) -> date | None:
    try:
        return date.fromisoformat(document.published.day) if document.published else None
    except ValueError:
        return None


def _near_copies(reports: Sequence[_Report]) -> dict[int, list[int]]:
    """Find pairs whose openings share half of their runs of words or more (MinHash with banding, then exactly)."""
    index = RMinHashLSH(_NEAR_COPY, _HASHES, _BANDS)
    sketches = {}
    for report in reports:
        if len(report.runs) >= _FEWEST_TERMS:
            sketch = RMinHash(_HASHES, _SEED)
            sketch.update(report.runs)
            sketches[report.number] = sketch
            index.insert(report.number, sketch)
    copies: dict[int, list[int]] = defaultdict(list)
    for number, sketch in sketches.items():
        for other in sorted(index.query(sketch))[:_CANDIDATES]:
            mine, theirs = set(reports[number].runs), set(reports[other].runs)
            if other != number and len(mine & theirs) >= _NEAR_COPY * min(len(mine), len(theirs)):
                copies[number].append(other)
                copies[other].append(number)
    return copies


def _place(
    report: _Report, groups: Sequence[_Group], by_term: dict[str, list[int]], copied: Sequence[int]
) -> int | None:
    """Choose the group of a report: a near copy's, else the likest of the groups that share its rarest words."""
    near = [place for place in copied if groups[place].is_near(report.day)]
    if near:
        return min(near)
    if len(report.terms) < _FEWEST_TERMS:
        return None
    votes = Counter(place for term in _rarest(report) for place in by_term.get(term, ())[-_CANDIDATES:])
    options = sorted(votes, key=lambda place: (-votes[place], place))[:_CANDIDATES]
    scored = [(groups[p].likeness(report), -p) for p in options if groups[p].is_near(report.day)]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= LIKENESS else None


def _rarest(report: _Report) -> list[str]:
    return sorted(report.terms, key=lambda term: (-report.terms[term], term))[: _CANDIDATES * 2]


def _norm(terms: dict[str, float] | Counter[str]) -> float:
    return math.sqrt(sum(weight * weight for weight in terms.values()))


def _event(group: _Group) -> Event:
    members = sorted(group.members, key=lambda r: r.number)
    holders = Counter(term for r in members for term in r.terms)
    most = [t for t, n in holders.items() if 2 * n > len(members)]
    most.sort(key=lambda term: (-group.terms[term], term))
    return Event(tuple(r.id for r in members), tuple(most[:8]))
