"""Every number that a publication states about a story, counted once: page, terminal and JSON take them from here.

Reads: Story. A count that two publications would make each for itself would sooner or later differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from onrecord.publishers import labels
from onrecord.publishers.naming import MORE_THAN_ONE, count
from onrecord.story import Claim, FigureGroup, FigureMember, Origins, Statement, Story
from onrecord.wording import Verdict


class Interval(msgspec.Struct, frozen=True):
    """A count that is known only to lie between two bounds, both inclusive."""

    low: int
    high: int


class Counts(msgspec.Struct, frozen=True):
    """What a story holds, in numbers; "in several reports" counts reports alone, never a report and the transcript.

    ``events`` is how many events the reports are of. ``statements_speaker_named`` counts statements whose speaker
    is named, ``statements_speaker_unclear`` those whose speaker is not sure enough to be named,
    ``statements_speaker_unknown`` those without one. ``verdicts`` counts versions of statements by verdict. A
    figure that stands in several groups counts once, and is a contradiction where one of them is. ``copies`` counts
    pairs of texts that were compared, ``credits`` those where an agency or outlet is credited and the texts were
    not compared. ``independent_sources`` is ``null`` where sources were not traced.
    """

    reports: int
    transcripts: int
    unread: int
    events: int
    statements: int
    statements_in_several_reports: int
    statements_speaker_named: int
    statements_speaker_unclear: int
    statements_speaker_unknown: int
    verdicts: dict[Verdict, int]
    claims: int
    claims_in_several_reports: int
    figures_in_several_reports: int
    contradictions: int
    copies: int
    credits: int
    independent_sources: Interval | None


def of_story(story: Story) -> Counts:
    """Count a story."""
    reports = {a.id for a in story.documents if a.document.kind == "report"}
    figures = figures_of(story.figure_groups)
    verdicts = Counter(v.wording.verdict for s in story.statements for v in s.variants if v.wording is not None)
    named = [s for s in story.statements if s.speaker is not None]
    return Counts(
        reports=len(reports),
        transcripts=len(story.documents) - len(reports),
        unread=len({failure.document for failure in story.failures}),
        events=max(len(story.events), 1),
        statements=len(story.statements),
        statements_in_several_reports=sum(in_several_reports(s, reports) for s in story.statements),
        statements_speaker_named=sum(s.speaker_clear for s in named),
        statements_speaker_unclear=sum(not s.speaker_clear for s in named),
        statements_speaker_unknown=len(story.statements) - len(named),
        verdicts=dict(sorted(verdicts.items())),
        claims=len(story.claims),
        claims_in_several_reports=sum(in_several_reports(c, reports) for c in story.claims),
        figures_in_several_reports=sum(len(_holders(groups) & reports) >= MORE_THAN_ONE for groups in figures),
        contradictions=sum(any(g.verdict == "conflict" for g in groups) for groups in figures),
        copies=sum(copy.share is not None for copy in story.copies),
        credits=sum(copy.share is None for copy in story.copies),
        independent_sources=None if story.origins is None else Interval(story.origins.low, story.origins.high),
    )


class LookedUp(NamedTuple):
    """Versions that were looked up in a transcript: how many, how many were not found, how many could not be."""

    sought: int
    missing: int
    unchecked: int


def looked_up(story: Story) -> LookedUp:
    """Count the versions that were looked up in a transcript; a paraphrase that nobody could look up is none."""
    known = [v.wording for s in story.statements for v in s.variants if v.wording is not None]
    sought = [w for w in known if w.verdict not in {"unchecked", "reports-differ", "reports-agree"}]
    return LookedUp(
        len(sought),
        sum(w.verdict == "not-found" for w in sought),
        sum(w.verdict == "unchecked" and w.reason != "paraphrase" for w in known),
    )


def in_words(counts: Counts) -> str:
    """Say in one line what a story holds."""
    parts = [count(counts.reports, "report")]
    if counts.transcripts:
        parts.append(count(counts.transcripts, "transcript"))
    several = f"{counts.statements_in_several_reports:,} in more than one report"
    parts.append(f"{count(counts.statements, 'statement')}, {several}")
    if counts.statements_speaker_unclear:
        parts.append(f"{count(counts.statements_speaker_unclear, 'statement')} whose speaker is unclear")
    if counts.independent_sources is not None and counts.reports >= MORE_THAN_ONE:
        parts.append(independent_sources(counts.independent_sources))
    if counts.contradictions:
        parts.append(count(counts.contradictions, "contradiction"))
    return " · ".join(parts)


def in_several_reports(item: Statement | Claim, reports: Iterable[str]) -> bool:
    """Return whether at least two of the reports, given by id, have a statement or claim."""
    members = item.variants if isinstance(item, Statement) else item.members
    return len({m.document for m in members}.intersection(reports)) >= MORE_THAN_ONE


def independent_sources(origins: Origins | Interval) -> str:
    """Say on how many independent sources something rests: ``1 to 3 independent sources``."""
    if origins.high == 0:
        return "no independent source found"
    if origins.low == origins.high:
        return count(origins.high, "independent source")
    return f"{origins.low:,} to {count(origins.high, 'independent source')}"


def sourced(origins: Origins) -> str:
    """Say on what a statement rests: for one original source of which kind, else how many there may be."""
    if origins.high != 1 or len(origins.terminals) != 1:
        return independent_sources(origins)
    terminal = origins.terminals[0]
    return labels.OCCASIONS[terminal.occasion] if terminal.occasion else labels.SOURCED[terminal.kind]


def _holders(groups: Iterable[FigureGroup]) -> set[str]:
    return {member.document for group in groups for member in group.figures}


def figures_of(groups: Iterable[FigureGroup]) -> list[list[FigureGroup]]:
    """Put groups together that share a figure: each such set speaks of one figure."""
    above: dict[FigureMember, FigureMember] = {}

    def top(member: FigureMember) -> FigureMember:
        while (higher := above.setdefault(member, member)) != member:
            above[member] = member = above[higher]
        return member

    filled = [group for group in groups if group.figures]
    for group in filled:
        for member in group.figures[1:]:
            above[top(member)] = top(group.figures[0])
    sets: dict[FigureMember, list[FigureGroup]] = {}
    for group in filled:
        sets.setdefault(top(group.figures[0]), []).append(group)
    return list(sets.values())


__all__ = [
    "Counts",
    "Interval",
    "LookedUp",
    "figures_of",
    "in_several_reports",
    "in_words",
    "independent_sources",
    "looked_up",
    "of_story",
    "sourced",
]
