"""Statements and claims as the page lists them, each with its versions one over the other.

Reads: Story. Every version is marked on the :class:`View`, and every statement and claim registered there, so
that other parts of the page can lead to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.collation import Version, collate
from onrecord.publishers.counts import sourced
from onrecord.publishers.naming import (
    MORE_THAN_ONE,
    credit,
    needed_cue,
    statement_speaker,
)
from onrecord.publishers.texts import Mark
from onrecord.publishers.versions import RowView, Versions
from onrecord.publishers.view import View
from onrecord.story import Claim, Statement, Story


class StatementView(NamedTuple):
    """A statement, or a checked quotation, ready to print; ``filed`` is the key and the name it is sorted under."""

    id: str
    number: str
    speaker: str
    filed: tuple[str, str]
    base: dict[str, Any] | None
    rows: list[RowView]
    reports: list[str]
    because: str
    sourced: str
    gravity: int
    set_against: str
    cited: str


class ClaimView(NamedTuple):
    """A claim, ready to print: its versions, those of the same words together."""

    id: str
    number: str
    versions: list[dict[str, Any]]
    reports: list[str]


def statements(story: Story, view: View) -> list[StatementView]:
    """Order statements, those in most reports first, and set each one's versions one over the other."""
    versions = Versions(view, story)
    ordered = sorted(story.statements, key=lambda s: -len({v.document for v in s.variants}))
    return [_statement(s, versions) for s in ordered]


def _statement(statement: Statement, versions: Versions) -> StatementView:
    view = versions.view
    found = [versions.version(v.document, v.attribution, v.wording) for v in statement.variants]
    reports = list(dict.fromkeys(v.document for v in found))
    texts = [(view.documents[v.document].text, view.attributions[v.document, v.id]) for v in found]
    speaker = statement_speaker(statement, versions.speakers.get(statement.speaker or ""), texts)
    base, rows = collate(found, view.documents, statement.consensus)
    versions.mark(found, f"s-{statement.id}", statement.id, "Statement")
    first = _representative(found)
    cue = needed_cue(view.documents[first.document].text, view.attributions[first.document, first.id])
    view.list_item(
        statement.id, f"s-{statement.id}", first.document, first.content[0],
        {v.document: (v.content[0], v.wording) for v in reversed(found)},
        speaker=speaker, cue=cue, around=first.around,
    )  # fmt: skip
    origins = statement.origins
    clear = statement.speaker is not None and statement.speaker_clear
    return StatementView(
        id=statement.id,
        number=statement.id,
        speaker=speaker,
        filed=(statement.speaker or "", speaker) if clear else ("unclear", labels.UNCLEAR_SPEAKER),
        base=versions.base(base, speaker) if base is not None and base.spoken else None,
        rows=[versions.row(row, named=statement.speaker) for row in rows],
        reports=reports,
        because=view.origin_words.of_statement(origins) if origins else "",
        sourced=sourced(origins) if origins else "",
        gravity=max((labels.gravity(v.wording) for v in found if v.wording), default=0),
        set_against=view.letters[base.document] if base and not base.spoken and len(rows) > 1 else "",
        cited=credit(speaker, cue),
    )


def claims(story: Story, view: View) -> list[ClaimView]:
    """Order claims, those in most reports first."""
    return [_claim(k, view) for k in sorted(story.claims, key=lambda k: -len({m.document for m in k.members}))]


def _claim(claim: Claim, view: View) -> ClaimView:
    reports = list(dict.fromkeys(m.document for m in claim.members))
    several = len(reports) >= MORE_THAN_ONE
    group = f"k-{claim.id}"
    rows: dict[tuple[str, str | None], dict[str, Any]] = {}
    for m in sorted(claim.members, key=lambda m: (view.order[m.document], m.start)):
        span = Span(m.start, m.end)
        words = " ".join(view.words(m.document, span).split())
        row = rows.setdefault((words.casefold(), m.differs), {"words": words, "differs": m.differs, "places": []})
        row["places"].append(view.place(m.document, span))
        view.marks[m.document].append(
            Mark(
                m.start, m.end, "k", view.anchor(m.document, span), group if several else "",
                claim.id if several else "", group, f"Unattributed claim {claim.id}",
            )
        )  # fmt: skip
    first = claim.members[0]
    versions = {m.document: (Span(m.start, m.end), None) for m in reversed(claim.members)}
    view.list_item(claim.id, group, first.document, Span(first.start, first.end), versions)
    return ClaimView(claim.id, claim.id, list(rows.values()), reports)


def _representative(versions: Sequence[Version]) -> Version:
    """Choose the version that stands for a statement in a list: no serious change, in quotation marks, the longest."""

    def rank(version: Version) -> tuple[bool, bool, int]:
        first = version.content[0]
        off = version.wording is not None and labels.VERDICTS[version.wording.verdict][1] == "serious"
        return not off, version.form == "direct", first.end - first.start

    return max(versions, key=rank)
