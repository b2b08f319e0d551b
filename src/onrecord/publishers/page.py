"""A story, or a check, as one HTML file that a newsroom could print.

Reads: Story, Check. The file asks for nothing from outside: its one style sheet and its one script stand in it, and a
Content-Security-Policy in its head names them by their hashes and forbids all else. Every text is escaped; documents
are shown, never run. Texts stand once, at the end, and every claim leads to its characters there; an address such as
``#ledger:120-164`` names a document and the characters in it, and stays the same as long as the text does.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.publishers import counts, labels, sections, statements
from onrecord.publishers.graph import sources
from onrecord.publishers.naming import count
from onrecord.publishers.summary import sentences
from onrecord.publishers.texts import shown
from onrecord.publishers.view import COVERAGE_SIGNS, View
from onrecord.story import Check, Failure, Story

PAGE_VERSION = 1
"""Version history of what addresses and data attributes mean: 1, the first."""

_LETTER_COLUMN, _NAME_COLUMN = 34, 340


def render_story(story: Story) -> str:
    """Write a story as one HTML page."""
    view = View(story.documents)
    listed, claims = statements.statements(story, view), statements.claims(story, view)
    parts: dict[str, Any] = {
        "story": story,
        "view": view,
        "title": sections.title(view),
        "headline": sections.first_headline(story, view),
        "when": sections.when(story),
        "events": sections.events(story, view),
        "counts": counts.of_story(story),
        "independent_sources": counts.independent_sources,
        "reports": sections.reports(story, view, listed),
        "statements": listed,
        "legend": sections.legend(listed),
        "claims": claims,
        "headlines": sections.headlines(story, view, listed),
        "coverage": sections.coverage(story, view),
        "differences": sections.differences(story, view),
        "signs": COVERAGE_SIGNS,
        "sources": sources(story, view.letters),
        "figures": sections.figures(story, view),
        "copies": sections.copies(story, view),
        "voice": sections.voice(story, view),
        "summary": sentences(story, view),
    }
    return _page("story.html", parts, need=_NAME_COLUMN + _LETTER_COLUMN * len(view.reports))


def render_checks(checks: Sequence[Check], failures: Sequence[Failure] = ()) -> str:
    """Write checks as one HTML page: each article's quotations, the transcripts, what was left out."""
    documents = {a.id: a for check in checks for a in (check.document, *check.transcripts)}
    ordered = sorted(documents.values(), key=lambda a: a.document.kind == "transcript")
    view = View(ordered)
    articles = [statements.checked(check, view) for check in checks]
    parts: dict[str, Any] = {
        "view": view,
        "title": checks[0].document.document.title or view.title(checks[0].document.id) if checks else "No article",
        "checks": articles,
        "failures": failures,
        "legend": sections.legend(row for check in articles for row in check.quotations),
    }
    return _page("checks.html", parts, need=_NAME_COLUMN)


def _page(template: str, parts: Mapping[str, Any], *, need: int) -> str:
    style, script = _asset("page.css").replace("9999px", f"{need}px"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    page = _environment().get_template(template)
    return page.render(
        policy=policy,
        style=Markup(style),  # noqa: S704 - the package's own file
        script=Markup(script),  # noqa: S704 - likewise
        version=PAGE_VERSION,
        labels=labels,
        **parts,
    )


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
    return str(
        Markup(
            '<iframe title="onrecord: {}" srcdoc="{}" sandbox="allow-scripts allow-popups" width="100%" height="720" '
            'loading="lazy" frameborder="0"></iframe>'
        ).format(sections.title(View(story.documents)), render_story(story))
    )
