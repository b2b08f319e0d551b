"""Sourcing against gold: chains, copies, and agency text.

Gold: the story files and documents described in the gold's own README (``stories/NAME.json`` with its
``NAME.docs.jsonl``), and PolNeAR's documents with their ``wire`` field.

* ``chains``: a gold attribution that has a chain is *right* when the attribution found for it has the same names in the
  same order; an attribution whose gold has none and which was given one is *false*. Gold marked unsure is left out.
  Names are compared without case, articles and titles, outlets by their one name.
* ``copies``: pairs of a document and what it copies (an outlet or a document of the story). A copy of a copy is one of
  what that one copies. A pair between documents that the gold says share their text is neither asked for nor wrong.
* ``wire``: documents taken as an agency's text, of those whose ``wire`` names an agency that their text or byline names
  too, and of those that are no agency's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.document import Document, Published, Span
from onrecord.errors import LabelledDataError
from onrecord.lexicon.outlets import known_outlets
from onrecord.story import Copy

_TITLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_RECORD_NOUN = re.compile(r"^(?:an? |the )?(?:\w+ ){0,2}?(transcript)\b.*$", re.IGNORECASE)
_LEAST_OVERLAP = 0.5


class LabelledStory(NamedTuple):
    """A story's labelled answers and the documents that they belong to."""

    name: str
    answers: Mapping[str, Any]
    documents: tuple[Document, ...]


class ChainScore(NamedTuple):
    """``right`` of ``gold`` chains, ``false`` chains among ``others`` attributions that have none; the cases by id."""

    labelled: int
    right: int
    others: int
    false: int
    wrong: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]

    @property
    def share_right(self) -> float:
        """Chains exactly right, in per cent of those that gold has."""
        return 100 * self.right / (self.labelled or 1)

    @property
    def false_per_hundred(self) -> float:
        """False chains per hundred attributions."""
        return 100 * self.false / ((self.labelled + self.others) or 1)

    def __add__(self, other: object) -> ChainScore:
        """Add two scores up."""
        assert isinstance(other, ChainScore)
        return ChainScore(
            self.labelled + other.labelled,
            self.right + other.right,
            self.others + other.others,
            self.false + other.false,
            self.wrong + other.wrong,
        )


class CopyScore(NamedTuple):
    """``found`` of ``gold`` copies, ``wrong`` ones beside them; ``missed`` and ``extra`` by document and origin."""

    labelled: int
    found: int
    wrong: int
    missed: tuple[tuple[str, str], ...] = ()
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in per cent."""
        return 100 * 2 * self.found / ((self.labelled + self.found + self.wrong) or 1)

    def __add__(self, other: object) -> CopyScore:
        """Add two scores up."""
        assert isinstance(other, CopyScore)
        return CopyScore(
            self.labelled + other.labelled,
            self.found + other.found,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.extra + other.extra,
        )


class WireScore(NamedTuple):
    """Documents taken as agency text: ``taken`` of ``agency`` ones, ``false`` of ``others``; the cases by id."""

    agency: int
    taken: int
    others: int
    false: int
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def recall(self) -> float:
        """Agency documents taken as such, in per cent."""
        return 100 * self.taken / (self.agency or 1)

    @property
    def false_rate(self) -> float:
        """Other documents taken as an agency's, in per cent."""
        return 100 * self.false / (self.others or 1)


def read_stories(labelled: Path, documents: Path) -> list[LabelledStory]:
    """Read every ``gold/NAME.json`` with its ``documents/NAME.docs.jsonl``.

    Raises LabelledDataError where one is missing or has another form.
    """
    stories = []
    for path in sorted(labelled.glob("*.json")):
        beside = documents / f"{path.stem}.docs.jsonl"
        try:
            answers = json.loads(path.read_text(encoding="utf-8"))
            lines = beside.read_text(encoding="utf-8").splitlines()
            stories.append(
                LabelledStory(path.stem, answers, tuple(_document(json.loads(line)) for line in lines if line))
            )
        except (OSError, KeyError, ValueError) as error:
            raise LabelledDataError(f"The gold story {path} with {beside} cannot be read ({error}).") from error
    if not stories:
        raise LabelledDataError(f"{labelled} holds no labelled story: give a folder with files NAME.json.")
    return stories


def _document(record: Mapping[str, Any]) -> Document:
    published = record.get("published")
    return Document(
        id=record["id"],
        text=record["text"],
        title=record.get("title"),
        outlet=record.get("outlet"),
        byline=record.get("byline"),
        published=Published(published, "metadata") if published else None,
        url=record.get("url"),
    )


def given_labelled(story: LabelledStory) -> list[Annotations]:
    """Build annotations whose attributions and speakers are the gold ones, with nothing traced yet."""
    built = []
    for document in story.documents:
        speakers: dict[str, Speaker] = {}
        attributions = []
        for item in (a for a in story.answers["attributions"] if a["doc"] == document.id):
            name = item["speaker"] or "unknown"
            speaker = speakers.get(name) or Speaker(f"p{len(speakers) + 1}", name, item.get("kind") or "person")
            source = _span(item.get("source"))
            mentions = (*speaker.mentions, *((source,) if source else ()))
            speakers[name] = msgspec.structs.replace(speaker, mentions=mentions)
            attributions.append(
                Attribution(
                    id=item["id"],
                    content=tuple(Span(c["start"], c["end"]) for c in item["content"]),
                    form=item["form"],
                    cue=_span(item.get("cue")),
                    source=source,
                    speaker=speaker.id,
                )
            )
        built.append(Annotations(document, speakers=tuple(speakers.values()), attributions=tuple(attributions)))
    return built


def _span(value: Mapping[str, Any] | None) -> Span | None:
    return Span(value["start"], value["end"]) if value else None


def score_chains(story: LabelledStory, traced: Sequence[Annotations]) -> ChainScore:
    """Hold the chains found against the gold ones; attributions are matched by the overlap of their contents."""
    found = {a.id: a for a in traced}
    labelled = right = others = false = 0
    wrong: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    for item in story.answers["attributions"]:
        if item.get("unsure"):
            continue
        expected = tuple(item["via"])
        match = _matching(item, found[item["doc"]]) if item["doc"] in found else None
        printed = tuple(link.name for link in match.via) if match else ()
        same = _is_chain(expected, match)
        if expected:
            labelled, right = labelled + 1, right + same
        else:
            others, false = others + 1, false + (not same)
        if not same:
            wrong.append((f"{story.name}/{item['id']}", expected, printed))
    return ChainScore(labelled, right, others, false, tuple(wrong))


class JudgedChain(NamedTuple):
    """A chain that was found for a labelled attribution, and whether it is the labelled one."""

    attribution: Attribution
    right: bool


def judged_chains(story: LabelledStory, traced: Iterable[Annotations]) -> Iterator[JudgedChain]:
    """Give the chains found that the labels can judge."""
    documents = {document.id: document for document in traced}
    for item in story.answers["attributions"]:
        if item.get("unsure") or item["doc"] not in documents:
            continue
        match = _matching(item, documents[item["doc"]])
        if match is not None and match.via:
            yield JudgedChain(match, _is_chain(tuple(item["via"]), match))


def _is_chain(expected: tuple[str, ...], match: Attribution | None) -> bool:
    given = tuple(link.outlet or link.name for link in match.via) if match else ()
    printed = tuple(link.name for link in match.via) if match else ()
    return _chain(expected) in {_chain(given), _chain(printed)}


def _matching(item: Mapping[str, Any], document: Annotations) -> Attribution | None:
    """Find the attribution whose content overlaps the gold one's best, by one half at least (characters)."""
    wanted = {p for c in item["content"] for p in range(c["start"], c["end"])}
    best, best_share = None, _LEAST_OVERLAP
    for attribution in document.attributions:
        covered = {p for c in attribution.content for p in range(c.start, c.end)}
        share = len(wanted & covered) / (len(wanted | covered) or 1)
        if share >= best_share and (share > best_share or best is None or attribution.id == item["id"]):
            best, best_share = attribution, share
    return best


def _chain(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(_same_name(name) for name in names)


def _same_name(name: str) -> str:
    """Give the form by which names are compared: an outlet's one name, a record's noun, else no article and no case."""
    entry = known_outlets().named(name)
    bare = _TITLE.sub("", entry.name if entry else name).casefold()
    return _RECORD_NOUN.sub(r"\1", bare)


def score_copies(story: LabelledStory, copies: Sequence[Copy], traced: Sequence[Annotations]) -> CopyScore:
    """Hold the copies found against the gold ones.

    The gold lists documents that are a copy for the most part: a passage found in another is no error, and counts as
    found where the gold lists the pair.
    """
    names = {a.id: _same_name(a.publisher or a.document.outlet or a.id) for a in traced}
    labelled: dict[tuple[str, str], Mapping[str, Any]] = {}
    related: set[frozenset[str]] = set()
    for item in story.answers.get("copies", ()):
        labelled[item["doc"], names.get(item["of"]) or _same_name(item["of"])] = item
        related |= {frozenset({item["doc"], other}) for other in item.get("shares_text_with", ())}
    hits: set[tuple[str, str]] = set()
    extra: set[tuple[str, str]] = set()
    for copy in copies:
        key = (copy.document, names.get(copy.of) or _same_name(copy.of))
        mine = [
            k for k, item in labelled.items() if k == key or _shares(k, item, copy) or _is_onward(item, key, labelled)
        ]
        if mine:
            hits.update(mine)
        elif copy.extent == "whole" and frozenset({copy.document, copy.of}) not in related:
            extra.add((copy.document, copy.of))
    asked = {key for key, item in labelled.items() if not item.get("unsure")}
    extra = {e for e in extra if (e[0], names.get(e[1]) or _same_name(e[1])) not in labelled}
    return CopyScore(len(asked), len(hits & asked), len(extra), tuple(sorted(asked - hits)), tuple(sorted(extra)))


def _is_onward(item: Mapping[str, Any], key: tuple[str, str], labelled: Mapping[tuple[str, str], object]) -> bool:
    """Return whether a pair is a document and what the document that it copies is itself a copy of."""
    return item["doc"] == key[0] and (item["of"], key[1]) in labelled


def _shares(key: tuple[str, str], item: Mapping[str, Any], copy: Copy) -> bool:
    """Return whether a copy between documents is the gold's copy of text that both took from one outlet."""
    return key[0] == copy.document and item["evidence"] == "undeclared" and copy.of in item.get("shares_text_with", ())


_NAMED = {
    "ap": re.compile(r"\bAP\b|Associated Press", re.IGNORECASE),
    "upi": re.compile(r"\bUPI\b|United Press International"),
    "afp": re.compile(r"\bAFP\b|Agence France"),
    "reuters": re.compile(r"reuters", re.IGNORECASE),
}


def wire_documents(records: Iterable[Mapping[str, Any]]) -> tuple[list[tuple[Document, str]], list[Document]]:
    """Part PolNeAR's documents: those of an agency that their text or byline names, with its key, and those of none.

    ``author`` is the byline; ``wire`` ``None`` (null or the word) means no agency. Others are left out.
    """
    agency, none = [], []
    for record in records:
        document = Document(
            id=record["id"], text=record["text"], title=record.get("title"), byline=record.get("author")
        )
        wire = record.get("wire")
        if wire in {None, "None"}:
            none.append(document)
        elif (pattern := _NAMED.get(str(wire).casefold())) and pattern.search(f"{document.byline} {document.text}"):
            agency.append((document, str(wire).casefold()))
    return agency, none


def score_wire(agency: Sequence[tuple[Annotations, str]], others: Sequence[Annotations]) -> WireScore:
    """Count the traced documents that are taken as agency text, and as the right agency's where there is one."""
    missed = [a.id for a, wire in agency if not any(_NAMED[wire].search(name) for name in _agencies(a))]
    wrong = [a.id for a in others if _agencies(a)]
    return WireScore(len(agency), len(agency) - len(missed), len(others), len(wrong), tuple(missed), tuple(wrong))


def _agencies(annotations: Annotations) -> list[str]:
    links = [link for link in annotations.provenance if link.kind == "agency-copy"]
    return [f"{link.name} {link.outlet}" for link in links]
