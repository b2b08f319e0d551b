"""Statements, claims and checked quotations as the page lists them, each with its versions one over the other.

Reads: Story, Check. Every version is marked on the :class:`View`, and every statement and claim registered there, so
that other parts of the page can lead to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from onrecord.annotation import Annotations, Form
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.collation import Version, collate
from onrecord.publishers.counts import sourced
from onrecord.publishers.naming import (
    MORE_THAN_ONE,
    credit,
    needed_cue,
    source_words,
    speaker_label,
    statement_speaker,
)
from onrecord.publishers.texts import Mark
from onrecord.publishers.versions import RowView, Versions
from onrecord.publishers.view import View
from onrecord.story import Check, CheckedQuotation, Claim, Severity, Statement, Story


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


class CheckView(NamedTuple):
    """A checked article, ready to print."""

    annotations: Annotations
    letter: str
    slug: str
    style: str
    quotations: list[StatementView]
    notices: list[str]
    counts: list[tuple[Severity, int]]
    transcripts: list[str]


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
        speaker=speaker, cue=cue, whole=Markup(first.around),  # noqa: S704 - written by in_sentence()
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
        row = rows.setdefault((words.casefold(), m.differs), {"words": words, "differs": m.differs, "letters": []})
        row["letters"].append(view.letter_link(m.document, span))
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


def checked(check: Check, view: View) -> CheckView:
    """Set each quotation of an article over the words of the transcript."""
    severities: tuple[Severity, ...] = ("error", "note", "ok")
    slug = view.slugs[check.document.id]
    return CheckView(
        annotations=check.document,
        letter=view.letters[check.document.id],
        slug=slug,
        style=check.style,
        quotations=[_quotation(n, q, check.document, Versions(view)) for n, q in enumerate(check.quotations, 1)],
        notices=[labels.NOTICES[notice] for notice in check.notices],
        counts=[(s, sum(q.severity == s for q in check.quotations)) for s in severities],
        transcripts=[view.slugs[t.id] for t in check.transcripts],
    )


def _quotation(n: int, quotation: CheckedQuotation, article: Annotations, versions: Versions) -> StatementView:
    view, text = versions.view, article.text
    number = str(n) if len(view.reports) == 1 else f"{view.letters[article.id]}{n}"
    id_ = f"{view.slugs[article.id]}-{n}"
    found = view.attributions.get((article.id, quotation.attribution or ""))
    form: Form = found.form if found is not None and found.form != "indirect" else "direct"
    cue = needed_cue(text, found) if found is not None else ""
    version = Version(article.id, quotation.attribution or "", quotation.content, form, quotation.wording, cue)
    base, rows = collate([version], view.documents)
    versions.mark([version], f"s-{id_}", number, "Quotation", kind=f" sev-{quotation.severity}")
    source = source_words(text, found) if found is not None else None
    clear = found is None or found.speaker_clear
    speaker = speaker_label(quotation.speaker, source, clear=clear)
    return StatementView(
        id=id_,
        number=number,
        speaker=speaker,
        filed=(quotation.speaker or "", speaker) if clear else ("unclear", labels.UNCLEAR_SPEAKER),
        base=versions.base(base, speaker) if base else None,
        rows=[versions.row(row, quotation.severity) for row in rows],
        reports=[article.id],
        because="",
        sourced="",
        gravity=labels.gravity(quotation.wording),
        set_against="",
        cited=credit(speaker, cue),
    )


def _representative(versions: Sequence[Version]) -> Version:
    """Choose the version that stands for a statement in a list: no serious change, in quotation marks, the longest."""

    def rank(version: Version) -> tuple[bool, bool, int]:
        first = version.content[0]
        off = version.wording is not None and labels.VERDICTS[version.wording.verdict][1] == "serious"
        return not off, version.form == "direct", first.end - first.start

    return max(versions, key=rank)
