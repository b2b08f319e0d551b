"""The parts of a story's page, each a function of the story: what the templates print, in the order they print it.

Reads: Story. Findings are gathered and sorted here; places in the texts come from the :class:`View`.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from onrecord.comparison.coverage import versions
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.attention import Concern, Segment
from onrecord.publishers.counts import figures_of
from onrecord.publishers.differences import Difference
from onrecord.publishers.disputes import Dispute
from onrecord.publishers.index import StoryIndex
from onrecord.publishers.naming import MORE_THAN_ONE
from onrecord.publishers.sparklines import Bounds, number_lines
from onrecord.publishers.statements import ClaimView, StatementView
from onrecord.publishers.view import InContext, Place, View
from onrecord.story import FigureGroup, Story

FIGURE_ORDER = ("conflict", "different-time", "narrower", "compatible", "equal")
"""Verdicts on figures, what a reader must look at first."""
FIGURES_OPEN = frozenset({"conflict", "different-time"})
"""Verdicts on figures that are shown unfolded."""


class ConcernView(NamedTuple):
    """A line of what needs attention: in which reports, whose words, both wordings, and why it matters."""

    number: str
    anchor: str
    places: list[Place]
    speaker: str
    label: str
    gravity: labels.Gravity
    printed: tuple[Segment, ...]
    said: tuple[Segment, ...]
    source: Place | None
    said_by: str
    spoken: bool
    why: str


class VoiceView(NamedTuple):
    """Somebody's words in a dispute: who says them, by which cue, where and how."""

    speaker: str
    cue: str
    place: Place
    words: str


class SpeakerGroup(NamedTuple):
    """A speaker's statements that several reports have."""

    name: str
    anchor: str
    statements: list[StatementView]


class OutletGroup(NamedTuple):
    """What one report alone has: statements as cards, claims as lines."""

    place: Place
    statements: list[StatementView]
    claims: list[ClaimView]


def when(story: Story) -> str:
    """Say on which days the reports were published, from the first to the last, and how many have no date."""
    reports = [a for a in story.documents if a.document.kind == "report"]
    days = sorted({a.document.published.day for a in reports if a.document.published})
    undated = sum(a.document.published is None for a in reports)
    if not days:
        return "undated"
    span = f"published {days[0]}" if len(days) == 1 else f"published {days[0]} to {days[-1]}"
    return f"{span}, {undated} undated" if undated else span


def events(story: Story, view: View) -> list[dict[str, Any]]:
    """List the events that the reports are of, where they are of several; none where they are of one."""
    days = {a.id: a.document.published.day for a in story.documents if a.document.published}
    return [
        {
            "reports": [view.place(id_) for id_ in event if id_ in view.documents],
            "days": " to ".join(dict.fromkeys(found[:: max(1, len(found) - 1)]))
            if (found := sorted(days[id_] for id_ in event if id_ in days))
            else "undated",
            "command": "onrecord compare " + " ".join(map(shlex.quote, event)),
        }
        for event in (story.events if len(story.events) > 1 else ())
    ]


def attention(found: Iterable[Concern], view: View) -> list[ConcernView]:
    """Put what needs attention in the words of the page."""
    return [_concern(c, view) for c in found]


def _concern(c: Concern, view: View) -> ConcernView:
    label, gravity, _ = labels.signs()[c.sign]
    source = view.documents[c.source] if c.source is not None else None
    passage = Span(c.passage.start, c.passage.end) if c.passage is not None else None
    spoken = source is not None and source.document.kind == "transcript"
    return ConcernView(
        number=c.statement,
        anchor=f"s-{c.statement}",
        places=[view.place(d, c.place if d == c.documents[0] else None) for d in c.documents],
        speaker=c.speaker,
        label=label,
        gravity=gravity,
        printed=c.printed,
        said=c.said,
        source=view.place(source.id, passage) if source is not None else None,
        said_by=c.said_by if spoken else "",
        spoken=spoken,
        why=labels.WHY[c.sign],
    )


def disputes(found: Iterable[Dispute], view: View) -> list[dict[str, Any]]:
    """Put disputes in the words of the page; each leads to its figure, claim or statement."""
    return [
        {
            "number": d.item,
            "anchor": {"figure": "g-", "negation": "k-", "denial": "s-"}[d.kind] + d.item,
            "kind": d.kind,
            "about": d.about,
            "sides": [
                (
                    side.position,
                    [
                        VoiceView(
                            v.speaker,
                            v.cue,
                            view.place(v.document, v.span),
                            "" if d.kind == "figure" else " ".join(view.words(v.document, v.span).split()),
                        )
                        for v in side.voices
                    ],
                )
                for side in d.sides
            ],
            "because": view.named(d.because),
        }
        for d in found
    ]


def between(found: Iterable[Difference], view: View) -> list[dict[str, Any]]:
    """Say for each report which items it lacks and which it alone has."""
    return [{"place": view.place(d.document), "lacking": d.lacking, "alone": d.alone} for d in found]


def by_speaker(index: StoryIndex, listed: Mapping[str, StatementView]) -> list[SpeakerGroup]:
    """Group the statements of several reports by speaker."""
    return [
        SpeakerGroup(name or labels.UNCLEAR_SPEAKER, f"p-{number}", [listed[s.id] for s in statements])
        for number, (name, statements) in enumerate(index.by_speaker(), 1)
    ]


def by_outlet(
    index: StoryIndex, listed: Mapping[str, StatementView], claims: Sequence[ClaimView], view: View
) -> list[OutletGroup]:
    """Group by report what stands in one report alone."""
    own: dict[str, list[ClaimView]] = {r: [] for r in view.reports}
    for claim in claims:
        if len(claim.reports) < MORE_THAN_ONE and claim.reports[0] in own:
            own[claim.reports[0]].append(claim)
    groups = [OutletGroup(view.place(r), [listed[s.id] for s in found], own[r]) for r, found in index.lone.items()]
    return [group for group in groups if group.statements or group.claims]


def legend(items: Iterable[StatementView]) -> list[tuple[str, tuple[str, labels.Gravity, str]]]:
    """Explain the verdicts and flags that occur, and no others."""
    found = {sign.key for item in items for row in item.rows for sign in row.signs}
    return [(key, words) for key, words in labels.signs().items() if key in found]


def coverage(story: Story, view: View) -> dict[str, list[dict[str, Any]]]:
    """Set statements and claims by reports: what most carry, what some carry; what one alone has needs no row."""
    rows: dict[str, list[dict[str, Any]]] = {"core": [], "some": []}
    for row in sorted(story.coverage, key=lambda r: view.item_order(r.item)):
        if len(row.cells) < MORE_THAN_ONE or row.item not in view.items:
            continue
        stands = versions(row, story.documents)
        rows["core" if row.core else "some"].append(
            {
                "item": view.items[row.item],
                "who": view.item_who(row.item),
                "words": view.item_words(row.item, 84),
                "carriers": len(row.cells),
                "cells": [view.coverage_cell(row.item, r, stands[r]) for r in view.reports],
            }
        )
    for listed in rows.values():
        listed.sort(key=lambda r: -r["carriers"])
    return rows


def figures(story: Story, view: View) -> dict[str, list[dict[str, Any]]]:
    """List each figure once: those that contradict or changed, those of several reports that agree, those of one."""
    listed: dict[str, list[dict[str, Any]]] = {"apart": [], "several": [], "one": []}
    for groups in figures_of(story.figure_groups):
        several = len({m.document for g in groups for m in g.figures}.intersection(view.reports)) >= MORE_THAN_ONE
        figure = _figure(groups, view)
        kind = "apart" if figure["verdict"] in FIGURES_OPEN and several else "several" if several else "one"
        listed[kind].append(figure)
    for found in listed.values():
        found.sort(key=lambda f: FIGURE_ORDER.index(f["verdict"]))
    return listed


def _figure(groups: Sequence[FigureGroup], view: View) -> dict[str, Any]:
    """Set all numbers given for one figure one under the other, those of the same words together, on a common line."""
    worst = min(groups, key=lambda g: FIGURE_ORDER.index(g.verdict))
    members = sorted({m for g in groups for m in g.figures}, key=lambda m: (view.order[m.document], m.figure))
    found = [(m, view.figures[m.document, m.figure]) for m in members]
    lines = number_lines([Bounds(f.low, f.high) for _, f in found])
    rows: dict[tuple[str, Bounds], dict[str, Any]] = {}
    for number, (member, figure) in enumerate(found):
        words = " ".join(view.words(member.document, figure.span).split())
        key = (words.casefold(), Bounds(figure.low, figure.high))
        row = rows.setdefault(key, {"words": words, "places": {}, "line": lines[number] if lines else None})
        row["places"].setdefault(member.document, view.place(member.document, figure.span))
    apart = [g for g in groups if g.verdict != "equal"] or [worst]
    text, gravity, _ = labels.FIGURES[worst.verdict]
    return {
        "id": worst.id, "of": worst.of, "rows": list(rows.values()), "label": text, "gravity": gravity,
        "verdict": worst.verdict, "because": list(dict.fromkeys(view.named(view.figure_words.why(g)) for g in apart)),
    }  # fmt: skip


def voice(story: Story, view: View) -> list[tuple[str, list[InContext], list[InContext]]]:
    """Set phrases quoted by one and stated as fact by another in their contexts."""
    return [
        (v.phrase, *([view.in_context(p.document, Span(p.start, p.end)) for p in side] for side in (v.quoted, v.own)))  # type: ignore[misc]
        for v in story.voice
    ]
