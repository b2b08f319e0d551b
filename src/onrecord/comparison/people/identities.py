"""Speakers shared by the reports of one event: who is one and the same under longer, shorter and misspelt names.

Reads the documents' speakers and attributions; gives the story's speakers, and the documents with names completed and,
where a sibling report names who spoke the same words, with speakers filled in. Two persons of one surname stay apart;
unnamed sources are joined only when their description is the same and specific. The order of documents changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from onrecord.annotation import Annotations, Attribution, Speaker, SpeakerKind
from onrecord.comparison.people.joining import (
    LIKELY_JOIN,
    SURE_JOIN,
    Member,
    Node,
    Sets,
    attributed_words,
    is_named,
    join_bodies,
    join_by_office,
    join_by_words,
    join_equal,
    join_persons,
    join_surnames,
    twins,
)
from onrecord.comparison.people.name_matching import name_words
from onrecord.story import Statement, StorySpeaker


def story_speakers(documents: Sequence[Annotations]) -> tuple[tuple[StorySpeaker, ...], tuple[Annotations, ...]]:
    """Join the speakers of a story's documents; time is linear in their number but for like surnames.

    The documents come back in the order given. A speaker that is named by one word, or not at all, bears the name that
    its siblings give, its own among the aliases; an attribution without a known speaker is given the one whom a
    sibling names for the same words, as a new speaker of its document.
    """
    ordered = sorted(documents, key=lambda each: each.id)
    nodes = [Node((d.id, s.id), s, name_words(s.name)) for d in ordered for s in d.speakers]
    sets = Sets(node.member for node in nodes)
    join_equal(nodes, sets)
    join_persons(nodes, sets)
    chances = join_surnames(nodes, sets)
    join_bodies(nodes, sets)
    chances |= dict.fromkeys(join_by_words(ordered, nodes, sets), LIKELY_JOIN)
    chances |= dict.fromkeys(join_by_office(ordered, nodes, sets), LIKELY_JOIN)
    clusters = _clusters(nodes, sets)
    names = {node.member: name for cluster in clusters for name in (_name_of(cluster),) for node in cluster}
    completed = {d.id: _less_sure(_complete(d, names), d, chances) for d in ordered}
    filled, added = _fill(list(completed.values()), {m: sets.find(m) for m in names})
    members: dict[Member, list[Member]] = defaultdict(list)
    for new, of in added.items():
        members[of].append(new)
    speakers = _speakers(clusters, names, {root: sorted(extra) for root, extra in members.items()}, sets)
    by_id = {d.id: d for d in filled}
    return speakers, tuple(by_id[d.id] for d in documents)


def _clusters(nodes: Sequence[Node], sets: Sets) -> list[list[Node]]:
    found: dict[Member, list[Node]] = defaultdict(list)
    for node in nodes:
        found[sets.find(node.member)].append(node)
    return list(found.values())


def _fill(
    documents: Sequence[Annotations], root_of: dict[Member, Member]
) -> tuple[list[Annotations], dict[Member, Member]]:
    """Give attributions without a speaker the one whom siblings name for the same words, where they agree."""
    by_id = {d.id: d for d in documents}
    speakers = {(d.id, s.id): s for d in documents for s in d.speakers}
    versions = attributed_words(documents)
    wanted: dict[tuple[str, str], set[Member]] = defaultdict(set)
    for pair in twins(versions):
        for i, j in (pair, pair[::-1]):
            theirs = (versions[j].document, versions[j].attribution.speaker or "")
            if versions[i].attribution.speaker is None and theirs in root_of:
                wanted[versions[i].document, versions[i].attribution.id].add(root_of[theirs])
    added: dict[Member, Member] = {}
    for (document, attribution), roots in sorted(wanted.items()):
        if len(roots) == 1:
            root = next(iter(roots))
            by_id[document] = _with_speaker(by_id[document], attribution, root, speakers[root], root_of, added)
    return [by_id[d.id] for d in documents], added


def _with_speaker(
    document: Annotations,
    attribution: str,
    root: Member,
    like: Speaker,
    root_of: dict[Member, Member],
    added: dict[Member, Member],
) -> Annotations:
    """Set one attribution's speaker: the document's own record of that speaker, or a new one."""
    own = next(
        (s.id for s in document.speakers if root_of.get((document.id, s.id), added.get((document.id, s.id))) == root),
        None,
    )
    if own is None:
        own = f"{document.id}.sibling-{root[0]}-{root[1]}"
        reported = next(a for a in document.attributions if a.id == attribution)
        new = msgspec.structs.replace(like, id=own, mentions=(reported.source,) if reported.source else (), aliases=())
        document = msgspec.structs.replace(document, speakers=(*document.speakers, new))
        added[document.id, own] = root
    changed = tuple(
        msgspec.structs.replace(
            a, speaker=own, resolution="inferred", speaker_confidence=LIKELY_JOIN, speaker_clear=False
        )
        if a.id == attribution
        else a
        for a in document.attributions
    )
    return msgspec.structs.replace(document, attributions=changed)


def _name_of(cluster: Sequence[Node]) -> str:
    """Choose a cluster's name: a full one, of these the commonest, the longest, the first by alphabet."""
    named = [node for node in cluster if is_named(node)] or list(cluster)
    persons = [node for node in named if node.speaker.kind == "person"] or named
    counted = Counter(node.speaker.name for node in persons)
    unsaid = {name for name in counted if name.isupper() and len(counted) > 1 and " " in name}
    return min(
        (name for name in counted if name not in unsaid),
        key=lambda name: (-min(2, len(name_words(name))), -counted[name], -len(name), name),
        default=min(counted),
    )


def _kind_of(cluster: Sequence[Node]) -> SpeakerKind:
    counted = Counter(node.speaker.kind for node in cluster if is_named(node)) or Counter(
        n.speaker.kind for n in cluster
    )
    return min(counted, key=lambda kind: (-counted[kind], kind))


def _complete(document: Annotations, names: dict[Member, str]) -> Annotations:
    """Give speakers without a full name the story's, their own among the aliases; full names stay as printed."""
    changed = []
    for speaker in document.speakers:
        name = names[document.id, speaker.id]
        if name != speaker.name and (speaker.kind == "unnamed" or len(name_words(speaker.name)) < 2):
            aliases = tuple(sorted({*speaker.aliases, speaker.name} - {name}))
            kind: SpeakerKind = "person" if speaker.kind == "unnamed" else speaker.kind
            changed.append(msgspec.structs.replace(speaker, name=name, aliases=aliases, kind=kind))
        else:
            changed.append(speaker)
    return msgspec.structs.replace(document, speakers=tuple(changed))


def _less_sure(completed: Annotations, before: Annotations, chances: dict[Member, float]) -> Annotations:
    """Lower the confidence of attributions whose speaker a sibling completes: a name is no surer than its evidence."""
    names = {speaker.id: speaker.name for speaker in before.speakers}
    joins = {
        s.id: chances[before.id, s.id]
        for s in completed.speakers
        if (before.id, s.id) in chances and s.name != names[s.id]
    }
    if not joins:
        return completed
    changed = tuple(_after_join(a, joins[a.speaker]) if a.speaker in joins else a for a in completed.attributions)
    return msgspec.structs.replace(completed, attributions=changed)


def _after_join(attribution: Attribution, join: float) -> Attribution:
    return msgspec.structs.replace(
        attribution,
        speaker_confidence=round(join * attribution.speaker_confidence, 3),
        speaker_clear=attribution.speaker_clear and join >= SURE_JOIN,
    )


def with_clear_speakers(
    statements: Sequence[Statement], documents: Sequence[Annotations], speakers: Sequence[StorySpeaker]
) -> tuple[Statement, ...]:
    """Say of each statement whether one of its versions names its speaker surely enough to be shown."""
    of_member = {member: speaker.id for speaker in speakers for member in speaker.members}
    clear = {
        (d.id, a.id): of_member.get((d.id, a.speaker or ""))
        for d in documents
        for a in d.attributions
        if a.speaker_clear
    }
    return tuple(
        msgspec.structs.replace(
            one,
            speaker_clear=one.speaker is not None
            and any(clear.get((v.document, v.attribution)) == one.speaker for v in one.variants),
        )
        for one in statements
    )


def _speakers(
    clusters: Sequence[Sequence[Node]], names: dict[Member, str], added: dict[Member, list[Member]], sets: Sets
) -> tuple[StorySpeaker, ...]:
    """Make the story's speakers, numbered by name, so that the order of documents leaves no trace."""
    keyed = sorted(clusters, key=lambda cluster: (names[cluster[0].member].casefold(), min(n.member for n in cluster)))
    return tuple(
        StorySpeaker(
            id=f"s{number}",
            name=names[cluster[0].member],
            kind=_kind_of(cluster),
            members=tuple(sorted([n.member for n in cluster] + added.get(sets.find(cluster[0].member), []))),
            titles=tuple(sorted({title for node in cluster for title in node.speaker.titles})),
        )
        for number, cluster in enumerate(keyed, 1)
    )
