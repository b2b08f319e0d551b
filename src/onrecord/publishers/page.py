"""A story, or a check, as one HTML file that a newsroom could print.

Reads: Story, Check. The file asks for nothing from outside: its one style sheet and its one script stand in it, and a
Content-Security-Policy in its head names them by their hashes and forbids all else. Every text is escaped; documents
are shown, never run. Texts stand once, at the end, and every claim leads to its characters there; an address such as
``#ledger:120-164`` names a document and the characters in it, and stays the same as long as the text does.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.document import Document
from onrecord.publishers import attention, counts, labels, rates, report_views, sections, statements
from onrecord.publishers.check_views import checked
from onrecord.publishers.differences import differences
from onrecord.publishers.disputes import disputes
from onrecord.publishers.graph import sources
from onrecord.publishers.index import StoryIndex
from onrecord.publishers.margin import margin, speakers_of
from onrecord.publishers.naming import count
from onrecord.publishers.provenance import Provenance, digests, installed_version
from onrecord.publishers.shown_texts import texts
from onrecord.publishers.texts import Mark, shown, tokens
from onrecord.publishers.topics import topic
from onrecord.publishers.view import COVERAGE_SIGNS, View
from onrecord.story import Check, Failure, Story

PAGE_VERSION = 2
"""Version history of what addresses and data attributes mean: 1, the first; 2, filters of the whole page
(``#find?…``), statements by speaker."""

_LETTER_COLUMN, _NAME_COLUMN = 34, 340
_STYLES = ("base.css", "story.css", "texts.css", "print.css")
_SCRIPTS = ("start.js", "evidence.js", "find.js", "pair.js", "keys.js", "take.js")


def render_story(story: Story, provenance: Provenance | None = None) -> str:
    """Write a story as one HTML page."""
    view, index = View(story.documents), StoryIndex(story)
    listed = {each.id: each for each in statements.statements(story, view)}
    claims = statements.claims(story, view)
    concerns = attention.concerns(index)
    beside = margin(story, view, listed)
    parts: dict[str, Any] = {
        "story": story,
        "view": view,
        "title": ", ".join(topic(story)) or title(view),
        "of": title(view),
        "when": sections.when(story),
        "events": sections.events(story, view),
        "counts": counts.of_story(story),
        "independent_sources": counts.independent_sources,
        "concerns": sections.attention(concerns, view),
        "first": attention.MOST,
        "rest": attention.REST,
        "looked_up": counts.looked_up(story),
        "disputes": sections.disputes(disputes(index), view),
        "differences": sections.between(differences(index), view),
        "speakers": sections.by_speaker(index, listed),
        "outlets": sections.by_outlet(index, listed, claims, view),
        "shared_claims": [k for k in claims if len(k.reports) > 1],
        "legend": sections.legend(listed.values()),
        "coverage": sections.coverage(story, view),
        "signs": COVERAGE_SIGNS,
        "sources": sources(story, view.letters),
        "figures": sections.figures(story, view),
        "voice": sections.voice(story, view),
        "copies": report_views.copies(story, view),
        "reports": report_views.reports(story, view, list(listed.values())),
        "headlines": report_views.headlines(story, view),
        "jumps": speakers_of(view, beside),
        "texts": texts(view, story, beside),
    }
    width = _NAME_COLUMN + _LETTER_COLUMN * len(view.reports)
    return _page("story.html", parts, provenance, view, need=width)


def render_checks(
    checks: Sequence[Check], failures: Sequence[Failure] = (), provenance: Provenance | None = None
) -> str:
    """Write checks as one HTML page: each article's quotations, the transcripts, what was left out."""
    documents = {a.id: a for check in checks for a in (check.document, *check.transcripts)}
    ordered = sorted(documents.values(), key=lambda a: a.document.kind == "transcript")
    view = View(ordered)
    articles = [checked(check, view) for check in checks]
    beside: dict[str, dict[int, list[Any]]] = {}
    for article in articles:
        for document, notes in article.beside.items():
            for place, found in notes.items():
                beside.setdefault(document, {}).setdefault(place, []).extend(found)
    parts: dict[str, Any] = {
        "view": view,
        "title": checks[0].document.document.title or view.title(checks[0].document.id) if checks else "No article",
        "checks": articles,
        "failures": failures,
        "legend": sections.legend(row for check in articles for row in check.quotations),
        "jumps": speakers_of(view, beside),
        "texts": texts(view, beside=beside),
    }
    return _page("checks.html", parts, provenance, view, need=_NAME_COLUMN)


def text_as_html(document: Document, marks: Iterable[Mark]) -> str:
    """Write one document's text as HTML with marks on it; its text content is the document's, letter for letter."""
    module = _environment().get_template("texts.html").make_module({"labels": labels})
    return str(module.text(tokens(document, marks)))  # type: ignore[attr-defined]


def title(view: View) -> str:
    """Name a page by what it holds: no report's headline speaks for the others."""
    transcripts = len(view.documents) - len(view.reports)
    parts = [count(len(view.reports), "report")]
    if transcripts:
        parts.append(count(transcripts, "transcript"))
    return " and ".join(parts) if view.reports else "Nothing to compare"


def _page(template: str, parts: Mapping[str, Any], provenance: Provenance | None, view: View, *, need: int) -> str:
    style = "\n".join(map(_asset, _STYLES)).replace("9999px", f"{need}px")
    script = "\n".join(['"use strict";', "(() => {", *map(_asset, _SCRIPTS), "})();"])
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return _environment().get_template(template).render(
        policy=policy,
        style=style,
        script=script,
        version=PAGE_VERSION,
        labels=labels,
        provenance=provenance or Provenance(),
        written_by=installed_version(),
        digests=digests(view.documents.values()),
        rates=rates.in_words(),
        **parts,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.publishers"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(shown=shown, count=count, percent=lambda share: f"{share:.0%}")
    return environment


@cache
def _asset(name: str) -> str:
    source, _, _ = PackageLoader("onrecord.publishers").get_source(_environment(), name)
    return source.strip()


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def as_frame(story: Story) -> str:
    """Write a story as an element for a notebook's output: the page, kept apart from the notebook in a frame."""
    frame = _environment().get_template("frame.html")
    return frame.render(title=title(View(story.documents)), page=render_story(story))
