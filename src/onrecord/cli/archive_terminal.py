"""The archive in the terminal: hits in their sentences, documents, what changed between versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from onrecord.annotation import Annotations
from onrecord.archive.differences import Difference, Differences, Kind
from onrecord.archive.hits import Hit
from onrecord.archive.people import Person
from onrecord.archive.searching import COUNTED, Page
from onrecord.archive.stored import StoredVersion
from onrecord.publishers import terminal
from onrecord.publishers.escapes import line
from onrecord.publishers.naming import count
from onrecord.publishers.rows import Rows

KINDS: Final[dict[Kind, str]] = {
    "title-changed": "headline changed",
    "byline-changed": "byline changed",
    "date-changed": "date changed",
    "quotation-added": "quotation added",
    "quotation-removed": "quotation removed",
    "quotation-changed": "quotation changed",
    "statement-added": "statement added",
    "statement-removed": "statement removed",
    "statement-changed": "statement changed",
    "credited-to-another": "said by somebody else",
    "speaker-added": "speaker added",
    "speaker-removed": "speaker removed",
    "figure-corrected": "figure corrected",
    "source-added": "source added",
    "source-removed": "source removed",
}
"""Each kind of change in the words of a newsroom."""


def show_page(page: Page, console: Console) -> None:
    """Print the hits of a search, and how many there are."""
    rows = Rows(console)
    for hit in page.hits:
        rows.blank()
        _show_hit(hit, rows)
    rows.blank()
    rows.row(_total(page), style="bold")
    if page.after is not None:
        rows.row(f"The next page: --after {page.after}", style="dim")


def _total(page: Page) -> str:
    if page.total is None:
        return f"{len(page.hits)} shown; the time did not suffice to count them all"
    if not page.exact:
        return f"{len(page.hits)} shown of at least {COUNTED:,}"
    return f"{len(page.hits)} shown of {page.total:,}"


def _show_hit(hit: Hit, rows: Rows) -> None:
    head = " · ".join(
        line(part) for part in (hit.day if hit.dated else f"seen {hit.day}", hit.outlet, _speaker(hit)) if part
    )
    rows.row(head, style="bold")
    rows.row(_marked(hit), "  ")
    rows.row(line(hit.link), "  ", style="dim")


def _speaker(hit: Hit) -> str:
    if hit.speaker is None:
        return "speaker unclear"
    return hit.speaker if hit.speaker_clear else f"speaker unclear ({hit.speaker}?)"


def _marked(hit: Hit) -> Text:
    """Mark the words in their sentence in bold, and the cue by underlining."""
    start = hit.sentence.start
    words = Text(line(hit.context)) if len(line(hit.context)) == len(hit.context) else Text(hit.context)
    words.stylize("bold", hit.start - start, hit.end - start)
    if hit.cue is not None:
        words.stylize("underline", max(hit.cue.start - start, 0), max(hit.cue.end - start, 0))
    return words


def show_person(one: Person, page: Page, console: Console) -> None:
    """Print a speaker: names, offices, since when and how often, and what he said, the newest first."""
    rows = Rows(console)
    rows.row(f"{line(one.name)} (speaker {one.id}, {one.kind})", style="bold")
    if one.into is not None:
        rows.row(f"is speaker {one.into}, by a decision", "  ")
    others = [name for name in one.names if name != one.name]
    if others:
        rows.row(line(", ".join(others)), "  also quoted as ")
    if one.titles:
        rows.row(line("; ".join(one.titles)), "  ")
    if one.attributions:
        rows.row(f"{one.attributions:,} times, in {count(one.outlets, 'outlet')}, {one.first} to {one.last}", "  ")
    show_page(page, console)


def show_version(version: StoredVersion, found: Annotations | None, console: Console) -> None:
    """Print one version of a document, and who said what in it."""
    rows = Rows(console)
    rows.row(f"version {version.number}, first seen {version.seen}", style="dim")
    if found is None:
        rows.row("It could not be annotated.")
    else:
        terminal.show_annotations(found, console)


def show_changes(changes: Sequence[tuple[StoredVersion, Differences | None]], console: Console) -> None:
    """Print what changed from each version of a document to the next: findings, then words, then how many trifles."""
    rows = Rows(console)
    for version, changed in changes:
        rows.heading(f"Version {version.number}, first seen {version.seen}: {line(version.document.title or '')}")
        if changed is None:
            rows.row("the first" if version.number == 1 else "It could not be compared.", "  ", style="dim")
        else:
            _show_differences(changed, rows)


def _show_differences(changed: Differences, rows: Rows) -> None:
    for finding in changed.findings:
        _show_finding(finding, rows)
    for passage in changed.passages:
        rows.row(_both(passage.before, passage.after), "  words: ")
    if changed.trivial:
        noun = "place" if changed.trivial == 1 else "places"
        rows.row(f"Only spacing, case or punctuation differs in {changed.trivial} {noun}.", "  ", style="dim")


def _show_finding(finding: Difference, rows: Rows) -> None:
    who = f" ({line(finding.speaker)})" if finding.speaker and not finding.kind.startswith("speaker") else ""
    rows.row(_both(finding.before, finding.after), Text(f"  {KINDS[finding.kind]}{who}: ", style="bold"))


def _both(before: str | None, after: str | None) -> str:
    if not before:
        return f"+ {line(after or '')}"
    if not after:
        return f"- {line(before)}"
    return f"{line(before)} → {line(after)}"
