"""One article checked: every quotation of it compared against transcripts and weighed by a house style.

Reads: Annotations of a report, a :class:`TranscriptIndex`, a house style. Gives: :class:`Check`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.checking.house_style import HouseStyle
from onrecord.comparison.checking.missing import decide_missing
from onrecord.comparison.checking.notices import notices
from onrecord.comparison.edits.sentence_edges import SentenceEdges
from onrecord.comparison.people.turn_labels import by_elimination
from onrecord.comparison.speech.quotations import quotations
from onrecord.comparison.wording.evidence import LookedUp, look_up
from onrecord.comparison.wording.indirect_speech import check_indirect_speech
from onrecord.comparison.wording.transcript_choice import Context
from onrecord.comparison.wording.verdicts import judge
from onrecord.document import Span
from onrecord.story import Check, CheckedQuotation
from onrecord.wording import Wording

_AT_LENGTH: Final = 30.0
"""Evidence, in nats, and share of a quotation from which the transcript that holds it says which occasion it was."""
_NEARLY_WHOLE: Final = 0.8


def check_document(
    annotations: Annotations, index: TranscriptIndex, style: HouseStyle, *, partial: bool = False
) -> Check:
    """Judge every quotation of a document against transcripts, and weigh each by a house style.

    ``partial`` is the caller's word that the transcripts do not hold all that was said there.

    Direct and mixed attributions are judged by their words within quotation marks, quotations that nobody claims as
    well; indirect ones are looked up, and listed where a passage is found, with the support of their figures, names and
    negations.
    """
    document = annotations.document
    speakers = {s.id: s for s in annotations.speakers}
    found = quotations(annotations)
    labels = [label for n in range(len(index.transcripts)) for label in index.speakers(n)]
    looked_up = [look_up(quotation.stretches, document, index) for quotation in found]
    alone, context = [_transcript_alone(each) for each in looked_up], Context.of(document)
    result: list[CheckedQuotation] = []
    for number, quotation in enumerate(found):
        claimed = quotation.attribution
        who = speakers.get(claimed.speaker or "") if claimed else None
        names = _names(who, annotations.speakers, labels) if who else []
        wording = judge(
            quotation.stretches,
            document,
            index,
            speaker=names[0] if names else None,
            aliases=names[1:],
            partial=partial,
            clear=claimed is None or claimed.speaker_clear,
            context=context._replace(neighbours=_others(alone, number)),
            looked_up=looked_up[number],
        )
        if claimed is None and wording.verdict in {"not-found", "unchecked"}:
            continue
        result.append(
            CheckedQuotation(
                span=_with_marks(document.text, quotation.extent),
                content=quotation.stretches,
                attribution=claimed.id if claimed else None,
                speaker=who.name if who else None,
                wording=wording,
                severity=style.judge(wording),
            )
        )
    result = [*decide_missing(result, annotations, index, style), *_indirect(annotations, index, style)]
    return Check(
        annotations,
        index.transcripts,
        tuple(sorted(result, key=lambda q: (q.span.start, q.span.end))),
        style.name,
        notices(document, index.texts, partial=partial),
    )


def _names(who: Speaker, others: Sequence[Speaker], labels: Sequence[str]) -> list[str]:
    """Give the forms of a speaker's name; none for those who are described, not named."""
    if who.kind not in {"person", "organisation"}:
        return []
    courtesy = {"m": "Mr", "f": "Ms", None: by_elimination(who, others, labels)}[who.gender]
    titles = [*who.titles, courtesy] if courtesy else who.titles
    return [who.name, *who.aliases, *(f"{title} {who.name}" for title in titles)]


def _transcript_alone(looked_up: LookedUp) -> int | None:
    """Give the one transcript that holds a quotation nearly whole and at length, if one alone does."""
    good = {h.document for h in looked_up.hits if h.evidence > _AT_LENGTH and h.share > _NEARLY_WHOLE}
    return good.pop() if len(good) == 1 else None


def _others(alone: Sequence[int | None], number: int) -> Counter[int]:
    return Counter(h for n, h in enumerate(alone) if h is not None and n != number)


def _indirect(annotations: Annotations, index: TranscriptIndex, style: HouseStyle) -> list[CheckedQuotation]:
    names = {s.id: s.name for s in annotations.speakers}
    result = []
    for attribution in annotations.attributions:
        if attribution.form != "indirect" or attribution.act != "utterance":
            continue
        wording = check_indirect_speech(attribution.content, annotations.document, index, SentenceEdges(index))
        if wording is not None:
            result.append(_reported_indirectly(attribution, names.get(attribution.speaker or ""), wording, style))
    return result


def _reported_indirectly(
    attribution: Attribution, speaker: str | None, wording: Wording, style: HouseStyle
) -> CheckedQuotation:
    return CheckedQuotation(
        span=attribution.extent,
        content=attribution.content,
        attribution=attribution.id,
        speaker=speaker,
        wording=wording,
        severity=style.judge(wording),
        form="indirect",
    )


def _with_marks(text: str, extent: Span) -> Span:
    start, end = extent.start, extent.end
    if start and text[start - 1] in "“„«\"‘'":
        start -= 1
    if end < len(text) and text[end] in "”»\"’'":
        end += 1
    return Span(start, end)
