"""A checked article as its page lists it: errors first, then notes, what could not be checked by reason, and the rest.

Reads: Check, through the :class:`View`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from onrecord.annotation import Annotations, Form
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.attention import sign_of
from onrecord.publishers.collation import Version, collate
from onrecord.publishers.margin import MarginEntry, MarginNote, heat, kept_spans, worst_sign
from onrecord.publishers.naming import credit, needed_cue, source_words, speaker_label
from onrecord.publishers.statements import StatementView
from onrecord.publishers.versions import Versions
from onrecord.publishers.view import View
from onrecord.story import Check, CheckedQuotation, Severity


class CheckGroup(NamedTuple):
    """Quotations that are listed together: their heading, how serious they are, and whether they stand open."""

    heading: str
    gravity: labels.Gravity
    quotations: list[StatementView]
    open: bool


class CheckView(NamedTuple):
    """A checked article, ready to print; ``beside`` are the notes in the margins, by document and position."""

    annotations: Annotations
    slug: str
    style: str
    quotations: list[StatementView]
    groups: list[CheckGroup]
    notices: list[str]
    counts: list[tuple[Severity, int]]
    beside: dict[str, dict[int, list[MarginNote]]]


def checked(check: Check, view: View) -> CheckView:
    """Set each quotation of an article over the words of the transcript."""
    severities: tuple[Severity, ...] = ("error", "note", "ok")
    versions = Versions(view)
    rows = [_quotation(n, q, check.document, versions) for n, q in enumerate(check.quotations, 1)]
    return CheckView(
        annotations=check.document,
        slug=view.slugs[check.document.id],
        style=check.style,
        quotations=rows,
        groups=list(_groups(check, rows)),
        notices=[labels.NOTICES[notice] for notice in check.notices],
        counts=[(s, sum(q.severity == s for q in check.quotations)) for s in severities],
        beside=_beside(check, rows, view),
    )


def _groups(check: Check, rows: list[StatementView]) -> Iterable[CheckGroup]:
    """Give errors and notes open, then what was not checked by its reason, then what fits, both folded."""
    pairs = list(zip(check.quotations, rows, strict=True))
    for severity, heading in (("error", "Errors"), ("note", "Worth a look")):
        found = [r for q, r in pairs if q.severity == severity and q.wording.verdict != "unchecked"]
        if found:
            yield CheckGroup(heading, labels.SEVERITIES[severity][1], found, open=True)  # type: ignore[index]
    reasons = dict.fromkeys(q.wording.reason for q, _ in pairs if q.wording.verdict == "unchecked")
    for reason in reasons:
        found = [r for q, r in pairs if q.wording.verdict == "unchecked" and q.wording.reason == reason]
        why = labels.REASONS[reason] if reason is not None else labels.VERDICTS["unchecked"][2]
        yield CheckGroup(f"Not checked: {why}", "open", found, open=False)
    fits = [r for q, r in pairs if q.severity == "ok" and q.wording.verdict != "unchecked"]
    if fits:
        yield CheckGroup("Fits the house style", "mild", fits, open=False)


def _beside(check: Check, rows: list[StatementView], view: View) -> dict[str, dict[int, list[MarginNote]]]:
    """Note each verdict beside its paragraph of the article, and beside the passage of the transcript."""
    notes: dict[str, dict[int, list[MarginNote]]] = {}
    for quotation, row in zip(check.quotations, rows, strict=True):
        wording = quotation.wording
        places = [view.place(check.document.id, quotation.content[0])] if len(view.reports) > 1 else []
        entry = MarginEntry(places, worst_sign(wording))
        note = MarginNote(row.number, f"s-{row.id}", [entry])
        notes.setdefault(check.document.id, {}).setdefault(quotation.span.end - 1, []).append(note)
        for passage in wording.passages[:1] if wording.verdict != "unchecked" else ():
            notes.setdefault(passage.document, {}).setdefault(passage.end - 1, []).append(note)
        for passage in wording.passages if wording.verdict != "unchecked" else ():
            view.marks[passage.document] += heat([kept_spans(wording, Span(passage.start, passage.end))])
    return notes


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
    sign = sign_of(quotation.wording)
    return StatementView(
        id=id_,
        number=number,
        speaker=speaker,
        filed=(quotation.speaker or "", speaker) if clear else ("unclear", labels.UNCLEAR_SPEAKER),
        base=versions.base(base, speaker) if base else None,
        rows=[versions.row(row, quotation.severity) for row in rows],
        reports=[article.id],
        because=labels.WHY[sign] if sign is not None else "",
        sourced="",
        gravity=labels.gravity(quotation.wording),
        set_against="",
        cited=credit(speaker, cue),
    )
