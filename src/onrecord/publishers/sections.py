"""The parts of a story's page, each a function of the story: what the templates print, in the order they print it.

Reads: Story. Findings are gathered, sorted and put in words here; places in the texts come from the :class:`View`.
"""

from __future__ import annotations

import shlex
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from onrecord.comparison.coverage import left_out, versions
from onrecord.comparison.echoes import Echoes
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.counts import figures_of
from onrecord.publishers.date_words import why_doubted
from onrecord.publishers.headlines import headlines as headlines_of
from onrecord.publishers.naming import MORE_THAN_ONE, count
from onrecord.publishers.sparklines import Bounds, makeup, makeup_strip, number_lines
from onrecord.publishers.statements import StatementView
from onrecord.publishers.texts import shown
from onrecord.publishers.view import View
from onrecord.story import Copy, FigureGroup, Story

_ORDER = ("conflict", "different-time", "narrower", "compatible", "equal")
"""Verdicts on figures, what a reader must look at first."""


def title(view: View) -> str:
    """Name a page by what it holds: no report's headline speaks for the others."""
    transcripts = len(view.documents) - len(view.reports)
    parts = [count(len(view.reports), "report")]
    if transcripts:
        parts.append(count(transcripts, "transcript"))
    return f"{' and '.join(parts)} read together" if view.reports else "Nothing to compare"


def first_headline(story: Story, view: View) -> tuple[str, str] | None:
    """Give the headline of the earliest report and whose it is."""
    first = next((one.annotations for one in headlines_of(story.documents) if one.annotations.document.title), None)
    return (first.document.title or "", view.title(first.id)) if first is not None else None


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
            "reports": [view.letter_link(id_, None) for id_ in event if id_ in view.documents],
            "days": " to ".join(dict.fromkeys(found[:: max(1, len(found) - 1)]))
            if (found := sorted(days[id_] for id_ in event if id_ in days))
            else "undated",
            "command": "onrecord compare " + " ".join(map(shlex.quote, event)),
        }
        for event in (story.events if len(story.events) > 1 else ())
    ]


def reuse_words(copy: Copy, view: View) -> Markup:
    """Say what a report shares with another text, or whom it credits: a share only where both texts were compared."""
    of = Markup("{}").format(shown(view.title(copy.of) if copy.of in view.documents else copy.of))
    if copy.share is not None:
        return Markup("{} of its own words also stand in {}").format(f"{copy.share:.0%}", of)
    if copy.reason == "common-agency":
        return Markup("shares words with {}; both credit an agency").format(of)
    words = Markup("carries an agency credit ({})").format(of)
    if copy.credit is None:
        return words
    return Markup('<a href="#{}">{}</a>').format(view.anchor(copy.document, copy.credit), words)


def reports(story: Story, view: View, statements: Sequence[StatementView]) -> list[dict[str, Any]]:
    """Say of each document when it was published, how long it is, what it is made of and how much it carries."""
    shared: dict[str, int] = dict.fromkeys(view.letters, 0)
    alone: dict[str, int] = dict.fromkeys(view.letters, 0)
    for statement in statements:
        for document in statement.reports:
            (shared if len(statement.reports) >= MORE_THAN_ONE else alone)[document] += 1
    result = []
    for each in story.documents:
        parts = makeup(each, story.copies)
        copies = [c for c in story.copies if c.document == each.id]
        result.append(
            {
                "id": each.id,
                "letter": view.letters[each.id],
                "document": each.document,
                "name": view.title(each.id),
                "published": view.published(each),
                "doubt": why_doubted(each),
                "words": f"{len(each.text.split()):,}",
                "parts": parts,
                "reuse": [reuse_words(c, view) for c in copies],
                "strip": makeup_strip(parts) if each.document.kind == "report" else "",
                "shared": shared[each.id],
                "alone": alone[each.id],
            }
        )
    return result


def headlines(story: Story, view: View, statements: Sequence[StatementView]) -> list[dict[str, Any]]:
    """Write headlines and first paragraphs by time, each report's own words underlined."""
    made: dict[str, list[str]] = {id_: [] for id_ in view.documents}
    for statement in statements:
        for id_ in statement.reports:
            made[id_].append(statement.id)
    result = []
    for lead in headlines_of(story.documents):
        id_ = lead.annotations.id
        headline, paragraph = lead.headline, lead.paragraph
        place = paragraph or headline
        plainly = shown(lead.annotations.document.title or "")
        first = view.first_item(id_, paragraph, made[id_])
        result.append(
            {
                "letter": view.letters[id_],
                "name": view.title(id_),
                "published": view.published(lead.annotations),
                "headline": view.marked(id_, headline, lead.own) if headline else plainly,
                "paragraph": view.marked(id_, paragraph, lead.own) if paragraph else "",
                "href": view.anchor(id_, place) if place is not None else f"d-{view.slugs[id_]}",
                "first": first,
            }
        )  # fmt: skip
    return result


def legend(items: Iterable[Any]) -> list[tuple[str, tuple[str, str, str]]]:
    """Explain the verdicts and flags that occur, and no others."""
    found = {sign.key for item in items for row in item.rows for sign in row.signs}
    return [(k, v) for k, v in (*labels.VERDICTS.items(), *labels.FLAGS.items()) if k in found]


def coverage(story: Story, view: View) -> dict[str, Any]:
    """Set statements and claims by reports: what most carry, what some carry; what one alone has needs no row."""
    rows: dict[str, list[dict[str, Any]]] = {"core": [], "some": []}
    for row in sorted(story.coverage, key=lambda r: view.item_order(r.item)):
        carriers = len(row.cells)
        if carriers < MORE_THAN_ONE:
            continue
        stands = versions(row, story.documents)
        rows["core" if row.core else "some"].append(
            {
                "link": view.item_link(row.item),
                "who": view.item_who(row.item),
                "words": view.item_words(row.item, 84),
                "carriers": carriers,
                "cells": [view.coverage_cell(row.item, r, stands[r]) for r in view.reports],
            }
        )
    for listed in rows.values():
        listed.sort(key=lambda r: -r["carriers"])
    return rows


def differences(story: Story, view: View) -> list[dict[str, Any]]:
    """Say for each report what it leaves out of what most have, and what it alone has, each as a sentence.

    Both accuse, so both are said only where no passage of the other reports is like it (see :mod:`echoes`), and a
    report is charged only with what it could have had (see :func:`left_out`).
    """
    echoes = Echoes(story.documents)
    passages = _passages(story, view)
    lacking: dict[str, list[Markup]] = {r: [] for r in view.reports}
    listed: set[tuple[str, int]] = set()
    alone: dict[str, list[Markup]] = {r: [] for r in view.reports}
    for row in sorted(story.coverage, key=lambda r: view.item_order(r.item)):
        carriers = [c.document for c in row.cells]
        if not passages.get(row.item) or not (row.core or len(carriers) == 1) or len(view.reports) < MORE_THAN_ONE:
            continue
        line = view.item_line(row.item)
        if row.core:
            like = echoes.elsewhere(passages[row.item])
            for id_ in left_out(row, story.documents):
                if id_ not in like and id_ in lacking:
                    lacking[id_].append(line)
        elif carriers[0] in alone and not echoes.anywhere(passages[row.item]):
            said = _first_words(passages[row.item], view)
            if said not in listed:
                listed.add(said)
                alone[carriers[0]].append(line)
    return [
        {"letter": view.letters[r], "name": view.title(r), "lacking": lacking[r], "alone": alone[r]}
        for r in view.reports
        if lacking[r] or alone[r]
    ]


def _first_words(passages: Sequence[tuple[str, Sequence[Span]]], view: View) -> tuple[str, int]:
    """Give the document and the start of the sentence of a passage: two items of one sentence are one line."""
    document, spans = passages[0]
    sentences = view.documents[document].sentences
    at = bisect_right(sentences, spans[0].start, key=lambda s: s.start) - 1
    return document, sentences[at].start if at >= 0 else spans[0].start


def _passages(story: Story, view: View) -> dict[str, list[tuple[str, Sequence[Span]]]]:
    """Look up where each statement and claim stands in the reports."""
    found: dict[str, list[tuple[str, Sequence[Span]]]] = {
        s.id: [(v.document, view.attributions[v.document, v.attribution].content) for v in s.variants]
        for s in story.statements
    }
    found.update({k.id: [(m.document, (Span(m.start, m.end),)) for m in k.members] for k in story.claims})
    return found


def figures(story: Story, view: View) -> dict[str, list[dict[str, Any]]]:
    """List each figure of several reports once, contradictions first, and apart from them those of one report."""
    listed: dict[str, list[dict[str, Any]]] = {"several": [], "one": []}
    for groups in figures_of(story.figure_groups):
        several = len({m.document for g in groups for m in g.figures}.intersection(view.reports)) >= MORE_THAN_ONE
        listed["several" if several else "one"].append(_figure(groups, view))
    for found in listed.values():
        found.sort(key=lambda f: _ORDER.index(f["verdict"]))
    return listed


def _figure(groups: Sequence[FigureGroup], view: View) -> dict[str, Any]:
    """Set all numbers given for one figure one under the other, those of the same words together, on a common line."""
    worst = min(groups, key=lambda g: _ORDER.index(g.verdict))
    members = sorted({m for g in groups for m in g.figures}, key=lambda m: (view.order[m.document], m.figure))
    found = [(m, view.figures[m.document, m.figure]) for m in members]
    lines = number_lines([Bounds(f.low, f.high) for _, f in found])
    rows: dict[tuple[str, Bounds], dict[str, Any]] = {}
    for number, (member, figure) in enumerate(found):
        words = " ".join(view.words(member.document, figure.span).split())
        key = (words.casefold(), Bounds(figure.low, figure.high))
        row = rows.setdefault(key, {"words": words, "letters": {}, "line": lines[number] if lines else ""})
        row["letters"].setdefault(member.document, view.letter_link(member.document, figure.span))
    apart = [g for g in groups if g.verdict != "equal"] or [worst]
    text, gravity, _ = labels.FIGURES[worst.verdict]
    return {
        "id": worst.id, "of": worst.of, "rows": list(rows.values()), "label": text, "gravity": gravity,
        "verdict": worst.verdict, "because": list(dict.fromkeys(view.named(view.figure_words.why(g)) for g in apart)),
    }  # fmt: skip


def copies(story: Story, view: View) -> list[dict[str, Any]]:
    """Say who shares text with whom, the greatest share first, with the passages in both; credits come last."""
    result = []
    for copy in sorted(story.copies, key=lambda c: -(c.share or 0.0)):
        pairs = []
        for reuse in copy.passages:
            here = view.anchor(copy.document, reuse.document)
            there = view.anchor(copy.of, reuse.of) if copy.of in view.documents else None
            words = " ".join(view.words(copy.document, reuse.document).split())
            pairs.append({"here": here, "there": there, "words": words if len(words) < 90 else words[:88] + "…"})
        result.append(
            {
                "letter": view.letters[copy.document], "name": view.title(copy.document),
                "of": view.letters.get(copy.of),
                "of_name": view.title(copy.of) if copy.of in view.documents else copy.of,
                "slug": view.slugs[copy.document], "of_slug": view.slugs.get(copy.of),
                "reuse": copy, "pairs": pairs, "words": reuse_words(copy, view),
            }
        )  # fmt: skip
    return result


def voice(story: Story, view: View) -> list[dict[str, Any]]:
    """Set phrases quoted by one and stated as fact by another in their contexts."""
    return [
        {
            "phrase": v.phrase,
            "quoted": [view.in_context(p.document, Span(p.start, p.end)) for p in v.quoted],
            "own": [view.in_context(p.document, Span(p.start, p.end)) for p in v.own],
        }
        for v in story.voice
    ]
