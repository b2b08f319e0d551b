"""The parts of a story's page, each a function of the story: what the templates print, in the order they print it.

Reads: Story. Findings are gathered, sorted and put in words here; places in the texts come from the :class:`View`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.leads import leads as leads_of
from onrecord.publishers.naming import MORE_THAN_ONE
from onrecord.publishers.strips import Bounds, makeup, makeup_strip, number_lines
from onrecord.publishers.texts import shown
from onrecord.publishers.view import StatementView, View
from onrecord.story import FigureGroup, Statement, Story, Variant


def title(story: Story) -> str:
    """Take the headline of the earliest report: a story's title is never made up."""
    first = leads_of(story.documents)
    return next((t for t in (one.annotations.document.title for one in first) if t), "Reports read together")


def when(story: Story) -> str:
    """Say on which days the story was told, from the first to the last."""
    days = sorted({a.document.published.day for a in story.documents if a.document.published})
    if not days:
        return "undated"
    return days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"


def linker(view: View) -> Callable[[Statement, Variant], Markup]:
    """Give the function that writes a telling as a link to its statement."""

    def link(statement: Statement, variant: Variant) -> Markup:
        title = view.title(variant.document)
        return Markup('<a href="#s-{}" title="{}">{}&#8239;{}</a>').format(
            statement.id, f"Statement {view.numbers[statement.id]}, {title}", view.letters[variant.document],
            view.numbers[statement.id],
        )  # fmt: skip

    return link


def told(group: FigureGroup, view: View) -> Markup:
    """Write a figure group's values with who prints each, on one line."""
    values: dict[str, list[Markup]] = {}
    seen: set[tuple[str, str]] = set()
    for member in group.figures:
        figure = view.figures[member.document, member.figure]
        href = view.anchor(member.document, figure.span)
        letter = Markup('<a href="#{}">{}</a>').format(href, view.letters[member.document])
        value = " ".join(view.words(member.document, figure.span).split())
        if (member.document, value) not in seen:
            seen.add((member.document, value))
            values.setdefault(value, []).append(letter)
    told = Markup(", ").join(Markup("“{}” in {}").format(shown(v), Markup(" ").join(w)) for v, w in values.items())
    return Markup('{}: {} (<a href="#g-{}">compare</a>)').format(shown(group.of), told, group.id)


def reports(story: Story, view: View, statements: Sequence[StatementView]) -> list[dict[str, Any]]:
    """Tell of each document when it was published, how long it is, what it is made of and what it tells."""
    shared: dict[str, int] = dict.fromkeys(view.letters, 0)
    alone: dict[str, int] = dict.fromkeys(view.letters, 0)
    for statement in statements:
        for document in statement.tellers:
            (shared if len(statement.tellers) >= MORE_THAN_ONE else alone)[document] += 1
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
                "doubt": each.date_doubt,
                "words": f"{len(each.text.split()):,}",
                "parts": parts,
                "copied": max((c.share or 0.0 for c in copies), default=0.0),
                "copied_from": ", ".join(view.letters.get(c.of, c.of) for c in copies),
                "strip": makeup_strip(parts) if each.document.kind == "report" else "",
                "shared": shared[each.id],
                "alone": alone[each.id],
            }
        )
    return result


def leads(story: Story, view: View, statements: Sequence[StatementView]) -> list[dict[str, Any]]:
    """Write headlines and first paragraphs by time, each report's own words underlined."""
    result = []
    for lead in leads_of(story.documents):
        id_ = lead.annotations.id
        headline, paragraph = lead.headline, lead.paragraph
        place = paragraph or headline
        plainly = shown(lead.annotations.document.title or "")
        first = view.first_item(id_, paragraph, statements)
        result.append(
            {
                "letter": view.letters[id_],
                "name": view.title(id_),
                "published": view.published(lead.annotations),
                "headline": view.marked(id_, headline, lead.own) if headline else plainly,
                "paragraph": view.marked(id_, paragraph, lead.own) if paragraph else "",
                "href": view.anchor(id_, place) if place is not None else f"d-{view.slugs[id_]}",
                "own": len(lead.own),
                "shared": lead.shared,
                "first": first,
            }
        )  # fmt: skip
    return result


def legend(items: Iterable[Any]) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Explain the verdicts and flags that occur, and no others."""
    rows = [row for item in items for row in item.rows]
    verdicts = {row.verdict for row in rows}
    flags = {flag for row in rows for flag in row.flags}
    return {
        "verdicts": [(k, v) for k, v in labels.VERDICTS.items() if k in verdicts],
        "flags": [(k, v) for k, v in labels.FLAGS.items() if k in flags],
    }


def coverage(story: Story, view: View) -> dict[str, Any]:
    """Set statements and claims by reports: the shared core first, then what some tell, then what one tells."""
    rows: dict[str, list[dict[str, Any]]] = {"core": [], "some": [], "alone": []}
    missing: dict[str, list[Markup]] = {r: [] for r in view.reports}
    alone: dict[str, list[Markup]] = {r: [] for r in view.reports}
    for row in sorted(story.coverage, key=lambda r: view.item_order(r.item)):
        told = [c.document for c in row.cells if c.telling not in {"not-told", "too-early"}]
        words = view.item_words(row.item, 84)
        link = Markup('<a href="#{}">{}</a>').format(view.item_anchor(row.item), view.item_number(row.item))
        kind = "core" if row.core else "some" if len(told) > 1 else "alone"
        cells = {c.document: c.telling for c in row.cells}
        rows[kind].append(
            {
                "link": link,
                "words": words,
                "speaker": view.item_speaker(row.item),
                "told": len(told),
                "cells": [view.coverage_cell(row.item, r, cells.get(r, "not-told")) for r in view.reports],
            }
        )
        if row.core:
            for cell in row.cells:
                if cell.telling == "not-told" and cell.document in missing:
                    missing[cell.document].append(link)
        if len(told) == 1 and told[0] in alone:
            alone[told[0]].append(link)
    for listed in rows.values():
        listed.sort(key=lambda r: -r["told"])
    core = sum(row.core for row in story.coverage)
    return {"rows": rows, "missing": missing, "alone": alone, "core": core}


def figures(story: Story, view: View) -> list[dict[str, Any]]:
    """Set figure groups one after the other, those at odds first."""
    order = ("conflict", "different-time", "narrower", "compatible", "equal")
    ordered = sorted(story.figure_groups, key=lambda g: order.index(g.verdict))
    return [_figure_group(group, view) for group in ordered]


def _figure_group(group: FigureGroup, view: View) -> dict[str, Any]:
    """Set a group's figures one under the other, those of the same words together, on a common line."""
    members = sorted(group.figures, key=lambda m: view.order[m.document])
    figures = [(m, view.figures[m.document, m.figure]) for m in members]
    lines = number_lines([Bounds(f.low, f.high) for _, f in figures])
    rows: dict[tuple[str, Bounds], dict[str, Any]] = {}
    for number, (member, figure) in enumerate(figures):
        words = " ".join(view.words(member.document, figure.span).split())
        key = (words.casefold(), Bounds(figure.low, figure.high))
        row = rows.setdefault(key, {"words": words, "letters": {}, "line": lines[number] if lines else ""})
        row["letters"].setdefault(member.document, view.letter_link(member.document, figure.span))
    text, gravity, means = labels.FIGURES[group.verdict]
    return {
        "id": group.id, "of": group.of, "because": group.because, "rows": list(rows.values()),
        "verdict": text, "gravity": gravity, "means": means,
    }  # fmt: skip


def copies(story: Story, view: View) -> list[dict[str, Any]]:
    """Tell who took over whose text, the greatest share first, with the passages in both."""
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
                "reuse": copy, "pairs": pairs,
            }
        )  # fmt: skip
    return result


def voice(story: Story, view: View) -> list[dict[str, Any]]:
    """Set phrases quoted by one and told as its own by another in their contexts."""
    return [
        {
            "phrase": v.phrase,
            "quoted": [view.in_context(p.document, Span(p.start, p.end)) for p in v.quoted],
            "own": [view.in_context(p.document, Span(p.start, p.end)) for p in v.own],
        }
        for v in story.voice
    ]
