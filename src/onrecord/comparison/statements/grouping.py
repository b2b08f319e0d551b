"""Statements: utterances, each with every document's telling of it.

Reads the documents' attributions (utterances of reports; a transcript is what statements are checked against, not one
more version) and the story's speakers; gives statements. Two attributions are joined when a small fitted model (see
:mod:`onrecord.comparison.pairing.likeness`) finds it likely that they report the same utterance, from: who is said to
speak, rare words in common, runs of the same words, words between quotation marks, numbers and names, the days on
which the documents came out, whether the other document has a likelier version, and, where words leave a doubt, the
cosine of sentence embeddings. Where a transcript holds both, where they stand there decides before all else. What
only one document reports is a statement too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import log1p
from typing import NamedTuple

import msgspec

from onrecord.annotation import Annotations, Attribution
from onrecord.comparison.alignment.passages import Placed
from onrecord.comparison.pairing.clusters import belonging, join
from onrecord.comparison.pairing.likeness import Fitted, Overlap, Relation
from onrecord.comparison.pairing.passages import Version, in_order, version_of
from onrecord.comparison.pairing.scoring import Node, Pairing
from onrecord.comparison.people.turn_labels import whose
from onrecord.comparison.rarity import Rarity
from onrecord.lexicon.load import word_list
from onrecord.story import Statement, StorySpeaker, Variant
from onrecord.text.words import Embed, is_content, lemma, words
from onrecord.wording import VERDICTS, Wording

THRESHOLD = 0.6
"""Chance from which two attributions of different documents are one utterance; chosen on labelled stories left out."""
APART = 0.6
"""Mean chance under which an attribution does not join a statement."""
NEVER = 0.5
"""Chance of one pair under which it does not either."""
_LEAST_EQUAL = 3
"""Content words from which on equal words of one speaker are one utterance without further proof."""
_MOST_RUNS = 0.8
_MOST_QUOTED = 0.6
"""Shares from which on variants are said to have the same words, the same quotation."""
_THRESHOLD_WITHIN = 0.75
"""The same within one document, which repeats itself in its headline and captions, but seldom else."""
_SAME_WITHIN = 0.5
"""Chance under which two utterances of one document are never variants of one statement."""
_MOST_DAYS = 20
"""Days between two reports, from which on more of them make no difference."""
_ALL_QUOTED = 0.9
"""Share from which on a version is a quotation and nothing else."""
_SAME_QUOTATION = 0.8
_FEW_RUNS = 0.2
"""Parts of the shorter of two quotations, of its words and of its runs of four; those that are one share either."""
_VAGUE = word_list("comparing.vague")
"""What those are called who say only that somebody has reported it."""
_LONGEST_POST = 60
"""Words of a post, of which every part that is reported is a report of the whole."""
_SURE_RUNS = 5
"""Shared runs of four words from which on two persons cannot by chance have spoken alike: one report errs."""


class Said(NamedTuple):
    """Attributions of equal words and speaker, one or more: a node of the pairing.

    ``members`` are pairs of document id and attribution id; ``days`` the ordinal days on which their documents came
    out, where known; ``load`` the least number of attributions that the speaker has in one of their documents;
    ``outlets`` those that published them, ``through`` those that they name as where they have it from; ``post`` whether
    one of them is a whole post on a network, as its author signed it.
    """

    version: Version
    members: tuple[tuple[str, str], ...]
    speaker: StorySpeaker | None
    days: tuple[int, ...]
    load: int
    outlets: frozenset[str] = frozenset()
    through: frozenset[str] = frozenset()
    post: bool = False

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents, each once, in order."""
        return tuple(dict.fromkeys(document for document, _ in self.members))


def group(
    documents: Sequence[Annotations],
    speakers: Sequence[StorySpeaker],
    embed: Embed | None,
    fit: Fitted | None = None,
    checked: Mapping[tuple[str, str], Wording] | None = None,
) -> tuple[Statement, ...]:
    """Join the utterances of a story's reports; the order of documents and of speakers changes nothing.

    Every utterance attribution is a variant of one statement at least. Documents stand in the order of their days and
    ids; statements in that of their first variants, and ids count in that order. ``fit`` takes the place of the weights
    that are installed. ``checked`` are the wordings of attributions held against transcripts, by document id and
    attribution id.
    """
    reports = in_order(documents)
    rarity = Rarity.of(reports)
    said = gather(reports, speakers, rarity)
    pairing = pair(said, rarity, embed, fit)
    placed = Placed([one.members for one in said], checked or {})
    same_passage = set(placed.pairs())

    same_post = _through_posts(said, pairing)

    def chance(i: int, j: int) -> float:
        pair = (i, j) if i < j else (j, i)
        if pair in same_passage:
            return 1.0
        quoted = _is_quotation(said[i].version) and _is_quotation(said[j].version)
        return 0.0 if quoted and placed.apart(i, j) else max(pairing.chance(i, j), same_post.get(pair, 0.0))

    nested = _nested(reports, said)
    pairs = same_passage.union(pairing.pairs, same_post)
    groups = join(
        [p for p in pairs if _may_join(p, chance, nested, within=pairing.share_document(*p))],
        lambda i, j: 0.0 if pairing.share_document(i, j) and chance(i, j) < _SAME_WITHIN else chance(i, j),
        APART,
        sizes=[len(one.members) for one in said],
        never=NEVER,
    )
    grouped = {number for one in groups for number in one}
    groups += [(number,) for number in range(len(said)) if number not in grouped]
    return _named_by_the_record(_number(groups, said, reports, pairing, chance), speakers, checked or {})


def gather(reports: Sequence[Annotations], speakers: Sequence[StorySpeaker], rarity: Rarity) -> list[Said]:
    """Tell every utterance once, however many documents have it word for word, in an order of words and names."""
    known = {member: speaker for speaker in speakers for member in speaker.members}
    members: dict[tuple[str, ...], list[tuple[Annotations, Attribution]]] = defaultdict(list)
    loads: Counter[tuple[str, str | None]] = Counter()
    for report in reports:
        for attribution in _utterances(report):
            speaker = known.get((report.id, attribution.speaker or ""))
            loads[report.id, speaker.id if speaker else None] += 1
            members[_equal(report, attribution, speaker)].append((report, attribution))
    said = []
    for held in members.values():
        report, attribution = held[0]
        speaker = known.get((report.id, attribution.speaker or ""))
        said.append(
            Said(
                version=version_of(report, attribution.content, rarity),
                members=tuple((r.id, a.id) for r, a in held),
                speaker=speaker,
                days=tuple(sorted({day for r, _ in held if (day := _day(r)) is not None})),
                load=min(loads[r.id, speaker.id if speaker else None] for r, _ in held),
                outlets=frozenset(r.publisher for r, _ in held if r.publisher),
                through=frozenset(link.outlet or link.name for _, a in held for link in a.via),
                post=any(a.reason == "dash-byline" for _, a in held)
                and sum(len(words(report.text, span.start, span.end)) for span in attribution.content) <= _LONGEST_POST,
            )
        )
    return sorted(said, key=lambda one: (one.version.words, one.speaker.name if one.speaker else "", one.members))


def pair(said: Sequence[Said], rarity: Rarity, embed: Embed | None, fit: Fitted | None = None) -> Pairing:
    """Hold the utterances against each other."""
    nodes = [Node(one.version, one.documents) for one in said]
    return Pairing("statement", nodes, rarity, _Beside(said), embed, fit=fit)


def _through_posts(said: Sequence[Said], pairing: Pairing) -> dict[tuple[int, int], float]:
    """Give the pairs that each report a part of one post, with the chance of the less likely of the two."""
    parts: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for i, j in pairing.pairs:
        for post, part in ((i, j), (j, i)):
            speaker, author = said[part].speaker, said[post].speaker
            if said[post].post and speaker is not None and author is not None and speaker.id == author.id:
                likely = pairing.chance(i, j)
                if likely >= THRESHOLD:
                    parts[post].append((likely, part))
    found: dict[tuple[int, int], float] = {}
    for held in parts.values():
        for (one, i), (other, j) in combinations(sorted(held, key=lambda part: part[1]), 2):
            found[i, j] = max(found.get((i, j), 0.0), min(one, other))
    return found


def _utterances(report: Annotations) -> list[Attribution]:
    return [a for a in report.attributions if a.act == "utterance" and a.content]


def _equal(report: Annotations, attribution: Attribution, speaker: StorySpeaker | None) -> tuple[str, ...]:
    """Name what makes two attributions one node: speaker and words; too few words, or nobody's, are not enough."""
    folded = tuple(w.folded for span in attribution.content for w in words(report.text, span.start, span.end))
    if speaker is None or sum(map(is_content, folded)) < _LEAST_EQUAL:
        return (report.id, attribution.id)
    return ("", speaker.id, *folded)


def _day(report: Annotations) -> int | None:
    try:
        return date.fromisoformat(report.document.published.day).toordinal() if report.document.published else None
    except ValueError:
        return None


class _Beside:
    """What is known of a pair of utterances besides their words: who speaks, and when the reports came out."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._said = said
        self._names = {one.speaker.id: _name_lemmas(one.speaker) for one in said if one.speaker}

    def __call__(self, i: int, j: int, shared: Overlap) -> tuple[float, ...] | None:
        a, b = self._said[i], self._said[j]
        if (
            shared.runs == 0
            and shared.whole < _SAME_QUOTATION
            and _is_quotation(a.version)
            and _is_quotation(b.version)
        ):
            return None  # two quotations of one utterance have its words
        relation = self._relation(a.speaker, b.speaker)
        if relation == "overlap" and (a.through & b.outlets or b.through & a.outlets):
            relation = "same"  # the one says that it has its "senior official" from the other
        if relation in {"overlap", "differ"} and _is_unnamed(a) and _is_unnamed(b) and a.through & b.through:
            relation = "same"  # "a whistleblower", "a former engineer": who of them told the one outlet is not said
        if relation == "conflict":
            if shared.runs < log1p(_SURE_RUNS) or not a.version.quoted or not b.version.quoted:
                return None
            relation = "unknown"
        if relation == "differ" and any(_relays(s, shared) for s in (a.speaker, b.speaker)):
            relation = "unknown"
        same = relation == "same"
        apart = min((abs(x - y) for x in a.days for y in b.days), default=0)
        return (
            float(same),
            float(relation == "overlap"),
            float(relation == "differ"),
            float(same and a.load == b.load == 1),
            log1p(min(apart, _MOST_DAYS)),
        )

    def _relation(self, a: StorySpeaker | None, b: StorySpeaker | None) -> Relation:
        if a is None or b is None:
            return "unknown"
        if a.id == b.id:
            return "same"
        ours, theirs = self._names[a.id], self._names[b.id]
        if a.kind == "person" == b.kind:
            return "same" if ours and theirs and (ours <= theirs or theirs <= ours) else "conflict"
        if not ours & theirs and _is_proper(a) and _is_proper(b) and _speak_beside(a, b):
            return "conflict"
        return "overlap" if ours & theirs else "differ"


def _is_proper(speaker: StorySpeaker) -> bool:
    """Return whether a body or an unnamed source goes by a proper name, each of whose words has a capital."""
    if speaker.kind not in {"organisation", "unnamed"}:
        return False
    return all(speaker.name[w.start].isupper() for w in words(speaker.name) if is_content(w.folded))


def _speak_beside(a: StorySpeaker, b: StorySpeaker) -> bool:
    """Return whether one report names both: it takes them for two."""
    return not {document for document, _ in a.members}.isdisjoint(document for document, _ in b.members)


def _is_unnamed(said: Said) -> bool:
    return said.speaker is not None and said.speaker.kind == "unnamed"


def _relays(speaker: StorySpeaker | None, shared: Overlap) -> bool:
    """Whether a speaker relays somebody's words: "media reports", or a transcript where the words are the same."""
    if speaker is None or speaker.kind != "document":
        return False
    return shared.runs > 0 or bool(_name_lemmas(speaker) & _VAGUE)


def _is_quotation(version: Version) -> bool:
    return version.quoted_mass >= _ALL_QUOTED * version.mass


def _name_lemmas(speaker: StorySpeaker) -> frozenset[str]:
    return frozenset(lemma(w.folded) for w in words(speaker.name) if is_content(w.folded))


def _nested(reports: Sequence[Annotations], said: Sequence[Said]) -> dict[int, set[int]]:
    """List for each utterance those whose content overlaps its own in the same document."""
    number = {member: at for at, one in enumerate(said) for member in one.members}
    nested: dict[int, set[int]] = defaultdict(set)
    for report in reports:
        placed = sorted((a.extent.start, -a.extent.end, a.id) for a in _utterances(report))
        open_: list[tuple[int, int]] = []
        for start, minus_end, name in placed:
            here = number[report.id, name]
            open_ = [(end, other) for end, other in open_ if end > start]
            for _, other in open_:
                if other != here:
                    nested[here].add(other)
                    nested[other].add(here)
            open_.append((-minus_end, here))
    return nested


def _may_join(
    one: tuple[int, int], chance: Callable[[int, int], float], nested: dict[int, set[int]], *, within: bool
) -> bool:
    """Return whether a pair is likely, and no utterance nested in or around one of the two is the likelier partner."""
    i, j = one
    likely = chance(i, j)
    if likely < (_THRESHOLD_WITHIN if within else THRESHOLD) or j in nested[i]:
        return False
    rivals = [(k, j) for k in nested[i] if k != j] + [(i, k) for k in nested[j] if k != i]
    return all(chance(*rival) <= likely for rival in rivals)


def _number(
    groups: Sequence[tuple[int, ...]],
    said: Sequence[Said],
    reports: Sequence[Annotations],
    pairing: Pairing,
    chance: Callable[[int, int], float],
) -> tuple[Statement, ...]:
    """Make records of the groups, in the order of their first variants."""
    place = {
        (report.id, a.id): (at, a.extent.start, a.extent.end, a.id)
        for at, report in enumerate(reports)
        for a in _utterances(report)
    }
    listed = []
    for held in groups:
        members = sorted({m for number in held for m in said[number].members}, key=place.__getitem__)
        listed.append(([place[m] for m in members], members, held))
    statements = []
    for number, (_, members, held) in enumerate(sorted(listed), 1):
        sure = {member: belonging(one, held, chance) for one in held for member in said[one].members}
        variants = tuple(Variant(*member, confidence=sure[member]) for member in members)
        reason = _reason(held, pairing) if len({d for d, _ in members}) > 1 else "one-document"
        statements.append(Statement(f"s{number}", _speaker(held, said), variants, reason=reason))
    return tuple(statements)


def _speaker(held: Sequence[int], said: Sequence[Said]) -> str | None:
    """Give the speaker whom most variants name; a named person before an office, then the first by name."""
    count: Counter[str] = Counter()
    known = {}
    for number in held:
        speaker = said[number].speaker
        if speaker is not None:
            count[speaker.id] += len(said[number].members)
            known[speaker.id] = speaker
    ranked = sorted(known.values(), key=lambda s: (-count[s.id], s.kind != "person", s.name, s.id))
    return ranked[0].id if ranked else None


def _named_by_the_record(
    statements: Sequence[Statement], speakers: Sequence[StorySpeaker], held: Mapping[tuple[str, str], Wording]
) -> tuple[Statement, ...]:
    """Give statements of "the burly skipper", or of nobody, to the one person of the story whose turn holds them."""
    known = {speaker.id: speaker for speaker in speakers}
    named = []
    for statement in statements:
        reported = known.get(statement.speaker or "")
        if reported is None or reported.kind == "unnamed":
            found = [held[key] for v in statement.variants if (key := (v.document, v.attribution)) in held]
            labels = {p.speaker for w in found if w.verdict in VERDICTS for p in w.passages}
            label = labels.pop() if len(labels) == 1 else None
            fits = [s.id for s in speakers if s.kind == "person" and label and whose([s.name], label, [label])]
            named.append(msgspec.structs.replace(statement, speaker=fits[0]) if len(fits) == 1 else statement)
        else:
            named.append(statement)
    return tuple(named)


def _reason(held: Sequence[int], pairing: Pairing) -> str:
    """Say by what the variants were joined: the best sign that any two of them give."""
    if len(held) == 1:
        return "same-words"
    shared = [pairing.shared(i, j) for i in held for j in held if i < j]
    found = [one for one in shared if one is not None]
    if any(one.run_share >= _MOST_RUNS for one in found):
        return "same-words"
    return "same-quotation" if any(one.quoted >= _MOST_QUOTED for one in found) else "paraphrase"
