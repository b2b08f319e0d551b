"""Speakers and acts against gold: whom each source names, given labelled spans and end to end; utterance or attitude.

Gold: one JSON object a line, ``{"doc", "attribution", "speaker", "kind"}`` and where in doubt ``"unsure": true``, for
those attributions of a document that are utterances; the document's other attributions are attitudes or have no source
that could be found. Documents: PolNeAR's form (:mod:`onrecord.evaluate.attribution`), from which the labelled spans are
taken. Predicted: one line a document, as ``onrecord annotate --json`` writes it.

* ``given``: per cent of gold utterances, unsure ones aside, whose speaker is right when the spans are the gold ones;
  ``pronouns``: of those whose source is a pronoun; ``by_kind``: by gold's kind. An attribution without a source counts
  as asked for: gold names its speaker.
* ``end_to_end``: a gold utterance is found when the predicted attribution whose content overlaps its own most reaches
  half of their union (characters), and its speaker is right. Precision is over predicted utterances with a speaker in
  the labelled documents, but for those that match an unsure one.
* ``acts``: precision, recall and F1 of the utterances among the labelled attributions, unsure ones aside;
  ``acts_with_source``: without the attributions that have no source.

Names are compared without case, titles and articles (:func:`onrecord.evaluate.stories.bare_name`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from onrecord import pipeline
from onrecord.annotation import Attribution, Form
from onrecord.annotators.attribution import acts
from onrecord.annotators.layout import blocks
from onrecord.annotators.speakers import naming as speakers
from onrecord.document import Document, Span
from onrecord.errors import LabelledDataError
from onrecord.evaluate.attribution import Rates, read_lines
from onrecord.evaluate.stories import bare_name
from onrecord.text.analysed import Analysed

Record = Mapping[str, Any]
PRONOUNS: Final = frozenset(
    """he she they it i we you who which that his her hers him its their them himself herself itself themselves our us
    me my each both one""".split()
)
LEAST_OVERLAP: Final = 0.5
_OPENING: Final = tuple("\"“„«‘'")
_CLOSING: Final = tuple("\"”“»’'")


class Share(NamedTuple):
    """How many of those asked for are right."""

    right: int = 0
    asked: int = 0

    @property
    def percent(self) -> float:
        """The share in per cent, to one decimal; 0 where nothing is asked for."""
        return round(100 * self.right / (self.asked or 1), 1)

    def plus(self, right: bool) -> Share:
        """Count one more."""
        return Share(self.right + right, self.asked + 1)


class Wrong(NamedTuple):
    """One speaker named wrong: the document, the attribution, its source as printed, gold's name and ours."""

    document: str
    attribution: str
    source: str
    labelled: str
    found: str | None


class SpeakerReport(NamedTuple):
    """All figures; ``end_to_end`` is ``None`` where nothing was predicted from text."""

    given: Share
    pronouns: Share
    by_kind: dict[str, Share]
    acts: Rates
    acts_with_source: Rates
    end_to_end: Rates | None
    wrong: tuple[Wrong, ...]

    @property
    def rates(self) -> dict[str, Any]:
        """The figures by name, in per cent, for printing and for floors."""
        figures: dict[str, Any] = {
            "given spans": self.given.percent,
            "given spans, pronouns": self.pronouns.percent,
            "given spans, by kind": {kind: share.percent for kind, share in sorted(self.by_kind.items())},
            "acts": self.acts,
            "acts, sourced": self.acts_with_source,
        }
        if self.end_to_end is not None:
            figures["from text"] = self.end_to_end
        return figures

    def lines(self) -> list[str]:
        """Say the figures, one a line."""
        pronouns = self.pronouns
        said = [
            f"speakers right, given spans   {self.given.percent:5.1f} %  ({self.given.right} of {self.given.asked})",
            f"  source a pronoun            {pronouns.percent:5.1f} %  ({pronouns.right} of {pronouns.asked})",
        ]
        said += [
            f"  {kind:<26}  {s.percent:5.1f} %  ({s.right} of {s.asked})" for kind, s in sorted(self.by_kind.items())
        ]
        for name, rates in (("utterances", self.acts), ("utterances, sourced", self.acts_with_source)):
            said.append(f"{name:<28}  P {rates.precision:5.1f}  R {rates.recall:5.1f}  F1 {rates.f1:5.1f}")
        if self.end_to_end is not None:
            rates = self.end_to_end
            said.append(
                f"{'right speaker, from text':<28}  P {rates.precision:5.1f}  R {rates.recall:5.1f}  F1 {rates.f1:5.1f}"
            )
        return said


class _Case(NamedTuple):
    """One gold document with its spans as attributions, and the gold lines by attribution."""

    document: Document
    attributions: tuple[Attribution, ...]
    labelled: dict[str, Record]


def evaluate_speakers(
    labelled: Path, documents: Path, predictions: Path | None = None, *, from_text: bool = True
) -> SpeakerReport:
    """Score speakers and acts; ``predictions`` is a file of ``annotate`` JSON, else the documents are annotated here.

    With ``from_text`` false nothing is predicted from text and no encoder is needed. Raises LabelledDataError where a
    file has another form, or labels are of documents that are not there.
    """
    cases = read_cases(read_lines(labelled), read_lines(documents))
    predicted: Iterable[Record] | None = None
    if predictions is not None:
        predicted = read_lines(predictions)
    elif from_text:
        predicted = annotate_afresh([case.document for case in cases])
    return score(cases, predicted)


def read_cases(labelled: Iterable[Record], documents: Iterable[Record]) -> list[_Case]:
    """Join gold lines to their documents; raises LabelledDataError where one has no document."""
    by_document: dict[str, dict[str, Record]] = defaultdict(dict)
    try:
        for line in labelled:
            by_document[str(line["doc"])][str(line["attribution"])] = line
    except KeyError as error:
        raise LabelledDataError(
            f"A gold line on speakers lacks its field {error}: see gold/README.md for the form."
        ) from error
    cases = [
        _Case(_document(record), tuple(_attributions(record)), by_document.pop(str(record["id"])))
        for record in documents
        if str(record.get("id")) in by_document
    ]
    if by_document:
        raise LabelledDataError(
            f"Gold names {len(by_document)} documents that are not given, such as {min(by_document)!r}."
        )
    return cases


def _document(record: Record) -> Document:
    author = record.get("author")
    byline = author if author and author != "None" else None
    return Document(id=str(record["id"]), text=record["text"], title=record.get("title"), byline=byline)


def _attributions(record: Record) -> Iterable[Attribution]:
    """Make attributions of labelled spans; those without any span of content stand at their cue or source."""
    text = record["text"]
    for one in record["attributions"]:
        spans = {role: tuple(Span(*pair) for pair in one.get(role) or ()) for role in ("source", "cue", "content")}
        content = spans["content"] or spans["cue"] or spans["source"]
        if content:
            yield Attribution(
                id=str(one["id"]),
                content=content,
                form=_form(text, content),
                cue=_whole(spans["cue"]),
                source=_whole(spans["source"]),
            )


def _whole(spans: Sequence[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


def _form(text: str, content: Sequence[Span]) -> Form:
    printed = [span.of(text).strip(" ,.") for span in content]
    if all(part.startswith(_OPENING) and part.endswith(_CLOSING) for part in printed):
        return "direct"
    return "mixed" if any(mark in part for part in printed for mark in '"“”') else "indirect"


def annotate_afresh(documents: Sequence[Document]) -> list[dict[str, Any]]:
    """Annotate documents from their text alone, in the form that ``annotate --json`` has, as far as it is scored."""
    return [
        {
            "document": {"id": each.id},
            "speakers": [{"id": s.id, "name": s.name} for s in each.speakers],
            "attributions": [
                {"act": a.act, "speaker": a.speaker, "content": [{"start": c.start, "end": c.end} for c in a.content]}
                for a in each.attributions
            ],
        }
        for each in pipeline.annotate(documents)
    ]


def score(cases: Sequence[_Case], predicted: Iterable[Record] | None = None) -> SpeakerReport:
    """Score given labelled spans, and, where predictions are given, from text."""
    given, pronouns, by_kind = Share(), Share(), dict[str, Share]()
    marked: list[tuple[bool, bool, bool]] = []
    wrong: list[Wrong] = []
    for case in cases:
        placed = Analysed(blocks.find_blocks(case.document))
        named, resolved = speakers.resolve(placed, acts.decide(placed, case.attributions))
        names = {speaker.id: speaker.name for speaker in named}
        for attribution in resolved:
            line = case.labelled.get(attribution.id)
            if line is not None and line.get("unsure"):
                continue
            marked.append((line is not None, attribution.act == "utterance", attribution.source is not None))
            if line is None:
                continue
            found = names.get(attribution.speaker or "")
            right = found is not None and bare_name(found) == bare_name(line["speaker"])
            source = attribution.source.of(placed.text) if attribution.source else ""
            given = given.plus(right)
            by_kind[line["kind"]] = by_kind.get(line["kind"], Share()).plus(right)
            if source.casefold() in PRONOUNS:
                pronouns = pronouns.plus(right)
            if not right:
                wrong.append(Wrong(case.document.id, attribution.id, source, line["speaker"], found))
    return SpeakerReport(
        given=given,
        pronouns=pronouns,
        by_kind=by_kind,
        acts=_act_rates(marked),
        acts_with_source=_act_rates([m for m in marked if m[2]]),
        end_to_end=None if predicted is None else _from_text(cases, predicted),
        wrong=tuple(wrong),
    )


def _act_rates(marked: Sequence[tuple[bool, bool, bool]]) -> Rates:
    hits = sum(labelled and ours for labelled, ours, _ in marked)
    return _rates(hits, sum(ours for _, ours, _ in marked), sum(labelled for labelled, _, _ in marked))


def _rates(hits: int, predicted: int, labelled: int) -> Rates:
    precision, recall = hits / (predicted or 1), hits / (labelled or 1)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    return Rates(round(100 * precision, 1), round(100 * recall, 1), round(100 * f1, 1))


def _from_text(cases: Sequence[_Case], predicted: Iterable[Record]) -> Rates:
    by_id = {str(record["document"]["id"]): record for record in predicted}
    hits = asked = claimed = 0
    for case in cases:
        record = by_id.get(case.document.id, {})
        names = {speaker["id"]: speaker["name"] for speaker in record.get("speakers", ())}
        ours = [a for a in record.get("attributions", ()) if a.get("act") == "utterance" and a.get("speaker") in names]
        covered = [_characters((c["start"], c["end"]) for c in a["content"]) for a in ours]
        unsure: set[int] = set()
        for attribution in case.attributions:
            line = case.labelled.get(attribution.id)
            if line is None:
                continue
            best = _best(_characters((c.start, c.end) for c in attribution.content), covered)
            if line.get("unsure"):
                unsure.update(() if best is None else (best,))
                continue
            asked += 1
            hits += best is not None and bare_name(names[ours[best]["speaker"]]) == bare_name(line["speaker"])
        claimed += len(ours) - len(unsure)
    return _rates(hits, claimed, asked)


def _characters(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {position for start, end in spans for position in range(start, end)}


def _best(content: set[int], others: Sequence[set[int]]) -> int | None:
    """Give the index of the other content that overlaps most, where that is half of the union or more."""
    best, best_overlap = None, LEAST_OVERLAP
    for index, other in enumerate(others):
        shared = len(content & other)
        overlap = shared / len(content | other) if shared else 0.0
        if overlap >= best_overlap and (best is None or overlap > best_overlap):
            best, best_overlap = index, overlap
    return best
