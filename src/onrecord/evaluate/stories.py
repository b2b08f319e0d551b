"""Stories against gold: attributions with speakers, statements, claims, chains and copies.

Gold: ``NAME.json`` story files with their ``NAME.docs.jsonl`` (form and meaning in the gold's own README). What gold
marks unsure is neither asked for nor wrong.

* ``attributions``: found when contents overlap by half of their union (characters). Only utterances are asked for: an
  attitude given as an utterance is an error, one given as an attitude is none, and labelled stories without acts hold
  utterances only.
* ``speakers``: right when, besides, the speaker's name is the gold one, case, titles and articles aside;
  ``right_of_found`` is the share of right names among the attributions found.
* ``within``: attributions found inside the content of the one that gold says holds them. Only stories with acts count.
* ``statements``: pairs of attributions of different documents in one statement. From text, an attribution found stands
  for the gold one that it matches; a pair with one that matches none is wrong. Given gold, the attributions and
  speakers are the gold ones and only the joining is ours.
* ``claims``: pairs of sentences of different documents that tell at least one fact in common; a member counts as
  the sentence that holds most of it. Only stories with gold claims count.
* ``chains`` and ``copies``: see :mod:`onrecord.evaluate.sourcing`.

Pairs and attributions are counted over all stories of a lot together (micro-averaged). The single stories of a lot
under a folder named ``blind`` are neither kept nor printed: such a lot is scored in total, and nobody learns from its
errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from onrecord import pipeline
from onrecord.annotation import Annotations, Attribution, Speaker, SpeakerKind
from onrecord.annotators.attribution.encoder import Encoder
from onrecord.annotators.layout.blocks import find_blocks
from onrecord.comparison.claims import joining as claims
from onrecord.comparison.pairing.likeness import Fitted, Kind
from onrecord.comparison.statements import grouping as statements
from onrecord.document import Span
from onrecord.evaluate.claims import count_claims
from onrecord.evaluate.counts import Count, counted
from onrecord.evaluate.sourcing import ChainScore, CopyScore, LabelledStory, read_stories, score_chains, score_copies
from onrecord.story import Statement, Story, StorySpeaker
from onrecord.text.sentences import split
from onrecord.text.words import Embed, fold, words

LEAST_OVERLAP = 0.5
"""Intersection over union of two contents, in characters, from which on they are the same."""
_TITLES = frozenset(
    """the a an gen general president sen senator rep representative gov governor secretary minister prime capt captain
    col colonel lt sgt maj major judge justice dr prof professor mr mrs ms miss sir dame lord lady rev pope king queen
    prince princess chancellor mayor ambassador spokesman spokeswoman spokesperson chief""".split()
)


class StoryScore(NamedTuple):
    """One story's counts, or those of several added up."""

    attributions: Count = Count()
    speakers: Count = Count()
    right_of_found: Count = Count()
    within: Count = Count()
    statements: Count = Count()
    statements_given_labelled: Count = Count()
    claims: Count = Count()
    claims_given_labelled: Count = Count()
    chains: ChainScore = ChainScore(0, 0, 0, 0, ())
    copies: CopyScore = CopyScore(0, 0, 0)

    def plus(self, other: StoryScore) -> StoryScore:
        """Add two stories' counts up."""
        return StoryScore(
            self.attributions.plus(other.attributions),
            self.speakers.plus(other.speakers),
            self.right_of_found.plus(other.right_of_found),
            self.within.plus(other.within),
            self.statements.plus(other.statements),
            self.statements_given_labelled.plus(other.statements_given_labelled),
            self.claims.plus(other.claims),
            self.claims_given_labelled.plus(other.claims_given_labelled),
            self.chains + other.chains,
            self.copies + other.copies,
        )

    @property
    def rates(self) -> dict[str, Any]:
        """The figures by name: precision, recall and F1 in per cent; for chains, right and false per hundred."""
        counts = {name: count for name, count in zip(self._fields, self, strict=True) if isinstance(count, Count)}
        right_of_found = counts.pop("right_of_found").rates.precision
        rates = {name: count.rates._asdict() for name, count in counts.items()}
        return {
            **rates,
            "speakers": {**rates["speakers"], "right_of_found": right_of_found},
            "chains": {
                "right": round(self.chains.share_right, 1),
                "gold": self.chains.labelled,
                "false_per_hundred": round(self.chains.false_per_hundred, 1),
            },
            "copies": Count(
                self.copies.found, self.copies.found + self.copies.wrong, self.copies.labelled
            ).rates._asdict(),
        }


class StoriesReport(NamedTuple):
    """Scores by the stories' names (none where they are blind), and of all together."""

    stories: Mapping[str, StoryScore]
    together: StoryScore

    @property
    def rates(self) -> dict[str, Any]:
        """All figures, by story and together, as plain values."""
        return {
            "together": self.together.rates,
            "stories": {name: score.rates for name, score in self.stories.items()},
        }


def evaluate_stories(labelled: Path, documents: Path, *, encoder: Encoder | None = None) -> StoriesReport:
    """Read the stories' documents with the whole pipeline and hold what it finds against the labelled answers.

    Raises LabelledDataError where a labelled file or its documents are missing or have another form.
    """
    encoder = encoder or pipeline.shared_encoder()
    scores: dict[str, StoryScore] = {}
    for story in read_stories(labelled, documents):
        found = score_story(story, pipeline.compare(story.documents, encoder=encoder))
        given = score_given_labelled(story, encoder.embed)
        scores[story.name] = found._replace(
            statements_given_labelled=given.statements_given_labelled, claims_given_labelled=given.claims_given_labelled
        )
    together = StoryScore()
    for score in scores.values():
        together = together.plus(score)
    return StoriesReport({} if is_blind(labelled) else scores, together)


def is_blind(labelled: Path) -> bool:
    """Return whether a lot is scored in total only: one of the folders that it lies in is named ``blind``."""
    return "blind" in labelled.resolve().parts


def lot_name(labelled: Path) -> str:
    """Give the name by which a lot is printed: that of the folder which holds its answers and its documents."""
    parts = labelled.resolve().parts
    return parts[-3] if parts[-2:] == ("gold", "stories") and len(parts) > 3 else parts[-1]


def documents_beside(labelled: Path) -> Path:
    """Give the folder where a lot's documents are looked for: ``stories`` beside the folder ``gold``."""
    return labelled.resolve().parents[1] / "stories"


def score_story(labelled: LabelledStory, reported: Story) -> StoryScore:
    """Hold what was found from the text against the labelled answers."""
    matches = matched_utterances(labelled, reported.documents)
    sayers, right_of_found = _speakers(labelled, reported, matches)
    return StoryScore(
        attributions=_attributions(labelled, reported.documents, matches),
        speakers=sayers,
        right_of_found=right_of_found,
        within=_within(labelled, reported.documents, matches),
        statements=count_statements(labelled, reported.documents, reported.statements),
        claims=count_claims(labelled, reported.documents, reported.claims),
        chains=score_chains(labelled, reported.documents),
        copies=score_copies(labelled, reported.copies, reported.documents),
    )


def count_statements(labelled: LabelledStory, documents: Sequence[Annotations], joined: Sequence[Statement]) -> Count:
    """Count the pairs of attributions found that one statement holds."""
    stands_for = {key: item["id"] for key, item in matched_utterances(labelled, documents).items()}
    wanted, unsure = statement_pairs(labelled)
    found = {tuple(sorted((stands_for.get(a, str(a)), stands_for.get(b, str(b))))) for a, b in joined_pairs(joined)}
    return counted({p for p in found if p[0] != p[1]}, wanted, unsure)


def score_given_labelled(
    labelled: LabelledStory, embed: Embed | None, fit: Mapping[Kind, Fitted] | None = None
) -> StoryScore:
    """Join the labelled attributions, with labelled speakers, and hold the pairs against the gold ones.

    With ``fit``, other weights than the installed ones are used, and only the kinds it has are joined.
    """
    kinds: Mapping[Kind, Fitted | None] = fit or {"statement": None, "claim": None}
    documents, speakers = labelled_annotations(labelled)
    wanted, unsure = statement_pairs(labelled)
    score = StoryScore()
    if "statement" in kinds:
        joined = statements.group(documents, speakers, embed, kinds["statement"])
        found = {tuple(sorted((a[1], b[1]))) for a, b in joined_pairs(joined)}
        score = score._replace(statements_given_labelled=counted(found, wanted, unsure))
    if "claim" in kinds:
        reported = claims.group(documents, embed, kinds["claim"])
        score = score._replace(claims_given_labelled=count_claims(labelled, documents, reported))
    return score


def labelled_annotations(labelled: LabelledStory) -> tuple[list[Annotations], list[StorySpeaker]]:
    """Build annotations whose attributions are the gold ones, less the unsure; speakers of one name are one."""
    documents: list[Annotations] = []
    members: dict[str, list[tuple[str, str]]] = {}
    kinds: dict[str, tuple[str, SpeakerKind]] = {}
    for document in map(find_blocks, labelled.documents):
        speakers: dict[str, Speaker] = {}
        attributions = []
        for item in labelled.answers["attributions"]:
            if item["doc"] != document.id or item.get("unsure"):
                continue
            name = item["speaker"]
            if name and name != "unnamed" and name.casefold() not in speakers:
                speakers[name.casefold()] = Speaker(f"{document.id}:p{len(speakers)}", name, item["kind"])
                members.setdefault(name.casefold(), []).append((document.id, speakers[name.casefold()].id))
                kinds.setdefault(name.casefold(), (name, item["kind"]))
            speaker = speakers.get(name.casefold()) if name else None
            attributions.append(_labelled_attribution(item, speaker))
        documents.append(
            Annotations(document, split(document), tuple(speakers.values()), tuple(attributions)),
        )
    shared = [
        StorySpeaker(f"p{number}", kinds[name][0], kinds[name][1], tuple(held))
        for number, (name, held) in enumerate(members.items(), 1)
    ]
    return documents, shared


def _labelled_attribution(item: Mapping[str, Any], speaker: Speaker | None) -> Attribution:
    cue, source = item.get("cue"), item.get("source")
    return Attribution(
        item["id"],
        tuple(sorted(Span(c["start"], c["end"]) for c in item["content"])),
        act=item.get("act") or "utterance",
        form=item["form"],
        cue=Span(cue["start"], cue["end"]) if cue else None,
        source=Span(source["start"], source["end"]) if source else None,
        speaker=speaker.id if speaker else None,
        within=item.get("within"),
    )


def is_asked_for(item: Mapping[str, Any]) -> bool:
    """Return whether a gold attribution is to be found: an utterance, and none that gold leaves in doubt."""
    return not item.get("unsure") and item.get("act") != "attitude"


def statement_pairs(labelled: LabelledStory) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """List the pairs of utterances that gold joins across documents, and those that it leaves in doubt."""
    where = {a["id"]: a["doc"] for a in labelled.answers["attributions"]}
    doubted = {a["id"] for a in labelled.answers["attributions"] if a.get("unsure")}
    attitudes = {a["id"] for a in labelled.answers["attributions"] if a.get("act") == "attitude"}
    wanted: set[tuple[str, str]] = set()
    unsure: set[tuple[str, str]] = set()
    for statement in labelled.answers["statements"]:
        for a, b in combinations(sorted(set(statement["members"])), 2):
            if where[a] != where[b]:
                (unsure if statement.get("unsure") or {a, b} & (doubted | attitudes) else wanted).add((a, b))
    ids = sorted(where)
    unsure |= {(min(a, b), max(a, b)) for a in doubted for b in ids if a != b}
    return wanted - {p for p in wanted if set(p) & doubted}, unsure - wanted


def joined_pairs(joined: Iterable[Statement]) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    """List the pairs of attributions of different documents that stand in one statement."""
    return {
        ((a.document, a.attribution), (b.document, b.attribution))
        for statement in joined
        for a, b in combinations(statement.variants, 2)
        if a.document != b.document
    }


def matched_utterances(
    labelled: LabelledStory, documents: Sequence[Annotations]
) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Match each utterance found to the gold attribution whose content overlaps its own most, by half at least."""
    items: dict[str, list[tuple[Mapping[str, Any], set[int]]]] = {}
    for item in labelled.answers["attributions"]:
        held = {i for c in item["content"] for i in range(c["start"], c["end"])}
        items.setdefault(item["doc"], []).append((item, held))
    matches = {}
    for document in documents:
        for attribution in _utterances(document):
            ours = {i for span in attribution.content for i in range(span.start, span.end)}
            overlaps = [(len(ours & held) / len(ours | held), item) for item, held in items.get(document.id, ())]
            share, best = max(overlaps, key=lambda one: one[0], default=(0.0, {}))
            if share >= LEAST_OVERLAP:
                matches[document.id, attribution.id] = best
    return matches


def _utterances(document: Annotations) -> list[Attribution]:
    return [a for a in document.attributions if a.act == "utterance" and a.content]


def _attributions(
    labelled: LabelledStory, documents: Sequence[Annotations], matches: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Count:
    asked = {a["id"] for a in labelled.answers["attributions"] if is_asked_for(a)}
    found = {item["id"] for item in matches.values()}
    predicted = sum(len(_utterances(d)) for d in documents) - sum(bool(m.get("unsure")) for m in matches.values())
    return Count(len(found & asked), predicted, len(asked))


def _speakers(
    labelled: LabelledStory, reported: Story, matches: Mapping[tuple[str, str], Mapping[str, Any]]
) -> tuple[Count, Count]:
    """Count attributions whose speaker, in the document or in the story, has the gold name: of all, of those found."""
    doubted = {a["id"] for a in labelled.answers["attributions"] if a.get("unsure") or a.get("unsure_speaker")}
    asked = {a["id"] for a in labelled.answers["attributions"] if is_asked_for(a)} - doubted
    names = NamesGiven.of(reported)
    right: set[str] = set()
    found: set[str] = set()
    predicted = 0
    for document in reported.documents:
        for attribution in _utterances(document):
            item = matches.get((document.id, attribution.id))
            if item is not None and item["id"] in doubted:
                continue
            predicted += 1
            if item is None or item["id"] not in asked:
                continue
            found.add(item["id"])
            if names.agree(document.id, attribution, item["speaker"]):
                right.add(item["id"])
    return Count(len(right), predicted, len(asked)), Count(len(right), len(found), len(found))


class NamesGiven(NamedTuple):
    """The names that a story's speakers were given: by document and speaker in the document, and in the story."""

    own: Mapping[tuple[str, str], str]
    shared: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, reported: Story) -> NamesGiven:
        """Collect them."""
        return cls(
            {
                (document.id, speaker.id): speaker.name
                for document in reported.documents
                for speaker in document.speakers
            },
            {member: speaker.name for speaker in reported.speakers for member in speaker.members},
        )

    def agree(self, document: str, attribution: Attribution, name: str | None) -> bool:
        """Return whether an attribution's speaker, in its document or in the story, has this gold name."""
        key = document, attribution.speaker or ""
        return bare_name(name or "") in {bare_name(self.own.get(key, "")), bare_name(self.shared.get(key, ""))}


def _within(
    labelled: LabelledStory, documents: Sequence[Annotations], matches: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Count:
    """Count the attributions found inside the one that gold says holds them, where both are asked for and found."""
    items = {a["id"]: a for a in labelled.answers["attributions"]}
    if not any(a.get("act") for a in items.values()):
        return Count()
    asked = {name for name, item in items.items() if is_asked_for(item)}
    held = {(name, items[name]["within"]) for name in asked if items[name].get("within") in asked}
    given = set()
    for document in documents:
        for attribution in _utterances(document):
            inner = matches.get((document.id, attribution.id))
            outer = matches.get((document.id, attribution.within or ""))
            if inner and outer and {inner["id"], outer["id"]} <= asked and inner is not outer:
                given.add((inner["id"], outer["id"]))
    return Count(len(given & held), len(given), len(held))


def bare_name(name: str) -> tuple[str, ...]:
    """Give a name's words without case, articles, titles and possessives: the form by which names are compared."""
    folded = [fold(w.folded).removesuffix("'s") for w in words(name)]
    kept = tuple(w for w in folded if w not in _TITLES)
    return kept or tuple(folded)
