"""Variants of a statement, worded: each compared with what was said, or, where nobody knows, with the others.

Reads: statements, annotations, copies. Assigns: ``Variant.wording`` and ``Statement.consensus``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from onrecord.annotation import Annotations, Attribution
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.checking.check import check_document
from onrecord.comparison.checking.house_style import HouseStyle
from onrecord.comparison.speech.quotations import quoted_stretches
from onrecord.comparison.wording.versions import consensus, differ, index_of_version
from onrecord.story import Copy, Statement, Variant
from onrecord.wording import HARMS, VERDICTS, Consensus, Wording

_Key = tuple[str, str]


def check_attributions(documents: Sequence[Annotations], *, partial: bool = False) -> dict[_Key, Wording]:
    """Compare every attribution of the reports with the story's transcripts; nothing where there is none.

    ``partial`` is the caller's word that the transcripts do not hold all that was said.

    The keys are document id and attribution id. Of an attribution's several quotations the worst speaks for it.
    """
    spoken = [each for each in documents if each.document.kind == "transcript"]
    return _checked(documents, TranscriptIndex(spoken), partial=partial) if spoken else {}


def with_wording(
    statements: Sequence[Statement],
    documents: Sequence[Annotations],
    copies: Sequence[Copy],
    checked: Mapping[_Key, Wording] | None = None,
) -> tuple[Statement, ...]:
    """Give each variant its wording; ``checked`` is what :func:`check_attributions` gives, where it is known.

    Where a transcript holds what was said, as it does when it holds one variant, all are compared with it. Else
    quotations are compared with the fullest quotation of the same statement (``reports-differ`` or ``reports-agree``;
    no side is called wrong), but not where they were joined as paraphrases: those are different sentences. The words
    that most independent reporters share are named.
    """
    checked = check_attributions(documents) if checked is None else checked
    reported = {(each.id, a.id): (each, a) for each in documents for a in each.attributions}
    reporters = independent_reporters(documents, copies)
    return tuple(_worded(statement, reported, checked, reporters) for statement in statements)


def independent_reporters(documents: Sequence[Annotations], copies: Sequence[Copy]) -> dict[str, str]:
    """Name, for each document, the document or agency whose text it is: whole copies of one text are one reporter."""
    takes = {copy.document: copy.of for copy in copies if copy.extent == "whole"}
    reporters = {}
    for each in documents:
        reporter, seen = each.id, {each.id}
        while reporter in takes and takes[reporter] not in seen:
            reporter = takes[reporter]
            seen.add(reporter)
        reporters[each.id] = reporter
    return reporters


def _checked(documents: Sequence[Annotations], index: TranscriptIndex, *, partial: bool) -> dict[_Key, Wording]:
    """Compare every report with the transcripts."""
    style = HouseStyle.named("strict")
    worst: dict[_Key, Wording] = {}
    for each in documents:
        if each.document.kind == "transcript":
            continue
        for quotation in check_document(each, index, style, partial=partial).quotations:
            if quotation.attribution is None:
                continue
            key = (each.id, quotation.attribution)
            if key not in worst or _severity(quotation.wording) > _severity(worst[key]):
                worst[key] = quotation.wording
    return worst


def _severity(wording: Wording) -> tuple[int, int]:
    """Rank a wording by its verdict and by the harms flagged; below all, one that was not found or not checked."""
    harms = sum(flag in HARMS for flag in wording.flags)
    return (VERDICTS.index(wording.verdict) if wording.verdict in VERDICTS else -1), harms


def _worded(
    statement: Statement,
    reported: Mapping[_Key, tuple[Annotations, Attribution]],
    checked: Mapping[_Key, Wording],
    reporters: Mapping[str, str],
) -> Statement:
    """Word one statement's variants."""
    quoted = [v for v in statement.variants if reported[v.document, v.attribution][1].form != "indirect"]
    fullest = max(quoted, key=lambda v: (_length(reported[v.document, v.attribution][1]), v.document), default=None)
    placed = any(
        checked[key].verdict in VERDICTS for v in statement.variants if (key := (v.document, v.attribution)) in checked
    )
    variants = []
    reference: TranscriptIndex | None = None
    for variant in statement.variants:
        key = (variant.document, variant.attribution)
        wording = checked.get(key)
        known = placed or (wording is not None and wording.verdict == "not-found")
        alike = statement.reason != "paraphrase"
        if alike and not known and fullest is not None and len(quoted) > 1 and variant in quoted:
            each, attribution = reported[key]
            if reference is None:
                base, longest = reported[fullest.document, fullest.attribution]
                reference = index_of_version(base.document, quoted_stretches(base.text, longest))
            # What the others are compared with is itself not judged.
            stretches = quoted_stretches(each.text, attribution)
            wording = None if variant == fullest else differ(stretches, each.document, reference)
        variants.append(msgspec.structs.replace(variant, wording=wording))
    return msgspec.structs.replace(
        statement, variants=tuple(variants), consensus=_shared(quoted, reported, reporters) if len(quoted) > 1 else None
    )


def _shared(
    quoted: Sequence[Variant], reported: Mapping[_Key, tuple[Annotations, Attribution]], reporters: Mapping[str, str]
) -> Consensus | None:
    versions = [reported[v.document, v.attribution] for v in quoted]
    return consensus(
        [(each.document, quoted_stretches(each.text, attribution)) for each, attribution in versions],
        [reporters[each.id] for each, _ in versions],
    )


def _length(attribution: Attribution) -> int:
    return sum(len(span) for span in attribution.content)
