"""Speakers shared by the reports of one event: who is one and the same under longer, shorter and misspelt names.

Reads the documents' speakers and attributions; gives the story's speakers, and the documents with names completed and,
where a sibling report names who spoke the same words, with speakers filled in. Two persons of one surname stay apart;
unnamed sources are joined only when their description is the same and specific. The order of documents changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import msgspec
from rapidfuzz import fuzz

from onrecord.annotation import Annotations, Attribution, Speaker, SpeakerKind
from onrecord.comparison.people.offices import Office, is_definite, may_hold, office, offices_of
from onrecord.lexicon.load import word_list
from onrecord.story import Statement, StorySpeaker
from onrecord.text.words import CLOSED_CLASS, fold, is_content, words

Member = tuple[str, str]

_TITLES: Final = word_list("people.titles")
_SUFFIXES: Final = word_list("people.suffixes")
_SURNAME_ALIKE: Final = 84.0  # per cent; "Schäuble" and "Schaeuble" have 88, "Nikolic" and "Nikolov" 71
_GIVEN_ALIKE: Final = 74.0  # per cent; "Mohamed" and "Muhammad" have 80, "Mark" and "Mary" 75, told apart by length
_GIVEN: Final = (word_list("persons.given_m"), word_list("persons.given_f"))
_SHORTENED: Final = 3  # characters of a given name that may be short for a longer one
_SHORTEST_FUZZY: Final = 5  # characters; shorter names differ by one letter and are other names
_SAME_WORDS: Final = 0.7  # Jaccard index of the content words of two tellings, from which on they are one utterance
_FEWEST_WORDS: Final = 5  # content words; fewer are said by many
_COMMONEST: Final = 40  # attributions that share a word; a word in more of them finds nothing
_CROWD: Final = 200  # names of one initial, or holders of one office; more are held against fewer
_SURE_JOIN: Final = 0.97
"""The chance that a bare surname is the one person's of that name in the story, whose gender or title agrees."""
_LIKELY_JOIN: Final = 0.9
"""The same where nothing agrees but the name, and of those named for their words or office: too rare in the labels to
be shown as sure (10 of 10 and 2 of 2 are right)."""
_NICKNAMES: Final = {
    "bill": "william", "bob": "robert", "dick": "richard", "jim": "james", "joe": "joseph", "mike": "michael",
    "tom": "thomas", "tony": "anthony", "ted": "edward", "liz": "elizabeth", "kate": "katherine", "sam": "samuel",
    "dan": "daniel", "ben": "benjamin", "steve": "stephen", "chris": "christopher", "tim": "timothy", "ed": "edward",
    "rob": "robert", "ron": "ronald", "don": "donald", "ken": "kenneth", "jeff": "jeffrey", "matt": "matthew",
    "nick": "nicholas", "pete": "peter", "dave": "david", "bernie": "bernard", "chuck": "charles", "jack": "john",
    "harry": "henry", "larry": "lawrence", "andy": "andrew", "alex": "alexander", "sue": "susan", "peggy": "margaret",
    "maggie": "margaret", "becky": "rebecca", "debbie": "deborah", "jen": "jennifer", "vlad": "vladimir",
}  # fmt: skip


class _Node(NamedTuple):
    """One speaker of one document, with the words of its name."""

    member: Member
    speaker: Speaker
    tokens: tuple[str, ...]


class _Sets:
    """Disjoint sets of members (union by the smaller key, so that the order of joins changes nothing)."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.parent = {member: member for member in members}

    def find(self, member: Member) -> Member:
        while self.parent[member] != member:
            self.parent[member] = self.parent[self.parent[member]]
            member = self.parent[member]
        return member

    def join(self, left: Member, right: Member) -> None:
        a, b = sorted((self.find(left), self.find(right)))
        self.parent[b] = a


def name_words(name: str) -> tuple[str, ...]:
    """Give the folded words of a name without articles, titles, suffixes and possessive endings."""
    found = [fold(word).removesuffix("'s") for word in re.findall(r"[\w'’.&-]+", name)]
    found = [word.strip(".-'").replace(".", "") for word in found]
    kept = [word for word in found if word and word not in {"the", "a", "an", "&"}]
    while len(kept) > 1 and kept[0] in _TITLES:
        kept.pop(0)
    while len(kept) > 1 and kept[-1] in _SUFFIXES:
        kept.pop()
    return tuple(kept)


def story_speakers(documents: Sequence[Annotations]) -> tuple[tuple[StorySpeaker, ...], tuple[Annotations, ...]]:
    """Join the speakers of a story's documents; time is linear in their number but for like surnames.

    The documents come back in the order given. A speaker that is named by one word, or not at all, bears the name that
    its siblings give, its own among the aliases; an attribution without a known speaker is given the one whom a
    sibling names for the same words, as a new speaker of its document.
    """
    ordered = sorted(documents, key=lambda each: each.id)
    nodes = [_Node((d.id, s.id), s, name_words(s.name)) for d in ordered for s in d.speakers]
    sets = _Sets(node.member for node in nodes)
    _join_equal(nodes, sets)
    _join_persons(nodes, sets)
    chances = _join_surnames(nodes, sets)
    _join_bodies(nodes, sets)
    chances |= dict.fromkeys(_join_by_words(ordered, nodes, sets), _LIKELY_JOIN)
    chances |= dict.fromkeys(_join_by_office(ordered, nodes, sets), _LIKELY_JOIN)
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


def _clusters(nodes: Sequence[_Node], sets: _Sets) -> list[list[_Node]]:
    found: dict[Member, list[_Node]] = defaultdict(list)
    for node in nodes:
        found[sets.find(node.member)].append(node)
    return list(found.values())


# Joining ------------------------------------------------------------------------------------------------------------


def _is_named(node: _Node) -> bool:
    return node.speaker.kind in {"person", "organisation"}


def _is_specific(node: _Node) -> bool:
    """Return whether a description says enough to be one source in two reports ("a spokesman for the Oslo mayor")."""
    content = [word for word in node.tokens if is_content(word)]
    named = any(c.isupper() for c in node.speaker.name[1:])
    if node.speaker.kind == "unnamed":
        return len(content) >= 4 or (len(content) >= 3 and named)
    return len(content) >= 2


def _join_equal(nodes: Sequence[_Node], sets: _Sets) -> None:
    """Join equal names, names and acronyms that another document gives as aliases, and equal specific descriptions."""
    first: dict[tuple[str, ...], Member] = {}
    for node in nodes:
        if not node.tokens or not (_is_named(node) or _is_specific(node)):
            continue
        named = _is_named(node)
        keys = [(("named" if named else node.speaker.kind), *node.tokens)]
        if node.speaker.kind == "organisation":
            keys += [
                ("named", *words_) for a in node.speaker.aliases if len(words_ := name_words(a)) >= 1 and a.isupper()
            ]
        for key in keys:
            sets.join(node.member, first.setdefault(key, node.member))


def _agree(left: Speaker, right: Speaker) -> bool:
    return left.gender is None or right.gender is None or left.gender == right.gender


def _alike(left: str, right: str, least: float) -> bool:
    if left == right:
        return True
    if min(len(left), len(right)) < _SHORTEST_FUZZY or left[0] != right[0]:
        return False
    return fuzz.ratio(left, right) >= least


def _same_given(left: Sequence[str], right: Sequence[str]) -> bool:
    first, second = left[0], right[0]
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    if _NICKNAMES.get(first, first) == _NICKNAMES.get(second, second) or first in right or second in left:
        return True
    short, long = sorted((first, second), key=len)
    if len(short) >= _SHORTENED and long.startswith(short) and any({short, long} <= names for names in _GIVEN):
        return True  # "Tom" and "Tomas", not "Paul" and "Paula"
    return _alike(first, second, _GIVEN_ALIKE) or _sound_alike(first, second)


def _sound_alike(left: str, right: str) -> bool:
    """Tell "Mohamed" and "Muhammad" for one: the same consonants in order, three or more, and a like ending."""
    a, b = (re.sub(r"[aeiouy]", "", re.sub(r"(.)\1", r"\1", word)) for word in (left, right))
    return a == b and len(a) >= 3 and (left[-1] in "aeiouy") == (right[-1] in "aeiouy")


def same_person(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two full names (folded words, two or more) can be one person's: spelling, initials, middle names."""
    if len(left) < 2 or len(right) < 2:
        return False
    shorter, longer = sorted((tuple(left), tuple(right)), key=len)
    if longer[: len(shorter)] == shorter:
        return True
    a, b = "".join(left[1:]), "".join(right[1:])
    surnames = left[-1] == right[-1] or _alike(left[-1], right[-1], _SURNAME_ALIKE) or _alike(a, b, _SURNAME_ALIKE)
    return surnames and _same_given(left[:-1], right[:-1])


def _join_persons(nodes: Sequence[_Node], sets: _Sets) -> None:
    """Join variants of full names; one that fits two persons who do not fit each other joins neither."""
    blocks: dict[str, dict[tuple[str, ...], _Node]] = defaultdict(dict)
    for node in nodes:
        if node.speaker.kind == "person" and len(node.tokens) > 1:
            for letter in {word[0] for word in node.tokens[1:]}:
                blocks[letter].setdefault(node.tokens, node)
    for block in _small_blocks(blocks):
        fits: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        for left, right in combinations(sorted(block), 2):
            if same_person(left, right) and _agree(block[left].speaker, block[right].speaker):
                fits[left].add(right)
                fits[right].add(left)
        for tokens, others in fits.items():
            if all(same_person(a, b) for a, b in combinations(sorted(others), 2)):
                for other in others:
                    if all(same_person(tokens, third) for third in fits[other] if third != tokens):
                        sets.join(block[tokens].member, block[other].member)


def _small_blocks(blocks: dict[str, dict[tuple[str, ...], _Node]]) -> Iterator[dict[tuple[str, ...], _Node]]:
    """Part the blocks of a crowd of names by more letters of the surname, so that not all are held against all."""
    for letter, block in sorted(blocks.items()):
        if len(block) <= _CROWD:
            yield block
            continue
        parts: dict[str, dict[tuple[str, ...], _Node]] = defaultdict(dict)
        for tokens, node in block.items():
            for word in tokens[1:]:
                if word[0] == letter and len(parts[word[:4]]) < _CROWD:
                    parts[word[:4]][tokens] = node
        yield from parts.values()


def _join_surnames(nodes: Sequence[_Node], sets: _Sets) -> dict[Member, float]:
    """Join "Raab" to the one person of the story who bears that name in full; give each join's chance."""
    chances: dict[Member, float] = {}
    full: dict[str, set[Member]] = defaultdict(set)
    by_member = {node.member: node for node in nodes}
    for node in nodes:
        if node.speaker.kind == "person" and len(node.tokens) > 1:
            for word in {node.tokens[-1], node.tokens[0]}:
                full[word].add(sets.find(node.member))
    for node in nodes:
        if _is_named(node) and len(node.tokens) == 1:
            found = {sets.find(m) for m in full.get(node.tokens[0], ())}
            found = {m for m in found if _agree(by_member[m].speaker, node.speaker)}
            if len(found) == 1:
                person = found.pop()
                sure = _agrees_more(by_member[person].speaker, node.speaker)
                chances[node.member] = _SURE_JOIN if sure else _LIKELY_JOIN
                sets.join(node.member, person)
    return chances


def _agrees_more(left: Speaker, right: Speaker) -> bool:
    """Return whether more than the surname speaks for one person: the gender that both texts show, or a title."""
    titles = ({word.strip(".").casefold() for t in one.titles for word in t.split()} for one in (left, right))
    return (left.gender is not None and left.gender == right.gender) or bool(set.intersection(*titles))


def _initials(tokens: Sequence[str]) -> set[str]:
    content = [t for t in tokens if t not in CLOSED_CLASS]
    return {"".join(t[0] for t in content), "".join(t[0] for t in tokens)}


def _same_nation(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell "Nigeria's government" and "Nigerian government" for one: each word equal, or alike but for its ending."""
    if len(left) != len(right):
        return False
    return all(a == b or (min(len(a), len(b)) >= 5 and a[:5] == b[:5]) for a, b in zip(left, right, strict=True))


def _join_bodies(nodes: Sequence[_Node], sets: _Sets) -> None:
    """Join bodies: acronyms with what they stand for, "Nigerian" with "Nigeria's", bare heads with long names."""
    bodies: dict[tuple[str, ...], Member] = {}
    for node in nodes:
        if node.speaker.kind == "organisation":
            bodies.setdefault(node.tokens, node.member)
    acronyms: dict[str, set[Member]] = defaultdict(set)
    by_last: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for tokens, member in bodies.items():
        if len(tokens) > 1:
            by_last[tokens[-1]].add(tokens)
            for initials in _initials(tokens):
                acronyms[initials].add(sets.find(member))
    for several in by_last.values():
        for left, right in combinations(sorted(several)[:_CROWD], 2):
            shorter, longer = sorted((left, right), key=len)
            if _same_nation(left, right) or (len(shorter) > 1 and longer[-len(shorter) :] == shorter):
                sets.join(bodies[left], bodies[right])
    for tokens, member in bodies.items():
        if len(tokens) != 1:
            continue
        found = {sets.find(m) for m in acronyms.get(tokens[0], ()) if len(tokens[0]) > 1}
        found = found or {sets.find(bodies[t]) for t in by_last.get(tokens[0], ())}
        if len(found) == 1:
            sets.join(member, found.pop())


def _join_by_office(documents: Sequence[Annotations], nodes: Sequence[_Node], sets: _Sets) -> list[Member]:
    """Join one report's unnamed "transport minister" to the one person whom siblings give that office.

    Somebody who speaks by name in the same report is not whom it leaves unnamed. Gives who was joined.
    """
    texts = {document.id: document.text for document in documents}
    holders: dict[str, dict[Office, set[Member]]] = defaultdict(lambda: defaultdict(set))
    present: dict[Member, set[str]] = defaultdict(set)
    for node in nodes:
        if node.speaker.kind == "person":
            present[sets.find(node.member)].add(node.member[0])
            for held in offices_of(node.speaker, texts[node.member[0]]):
                holders[held.head][held].add(sets.find(node.member))
    found: list[tuple[Member, Member]] = []
    for node in nodes:
        described = office(node.speaker.name) if node.speaker.kind == "unnamed" else None
        if described is None or not is_definite(node.speaker, texts[node.member[0]]):
            continue
        bearers = holders[described.head] if len(holders[described.head]) <= _CROWD else {}
        fits = {m for held, members in bearers.items() if may_hold(described, held) for m in members}
        if len(fits) == 1 and node.member[0] not in present[next(iter(fits))]:
            found.append((node.member, fits.pop()))
    for member, person in found:
        sets.join(member, person)
    return [member for member, _ in found]


# The same words, another report ---------------------------------------------------------------------------------------


class _Told(NamedTuple):
    """One utterance with words of its own: where, whose, which words."""

    document: str
    attribution: Attribution
    words: frozenset[str]


def _tellings(documents: Sequence[Annotations]) -> list[_Told]:
    found = []
    for document in documents:
        for attribution in document.attributions:
            if attribution.act != "utterance":
                continue
            content = frozenset(
                w.folded
                for s in attribution.content
                for w in words(document.text, s.start, s.end)
                if is_content(w.folded)
            )
            if len(content) >= _FEWEST_WORDS:
                found.append(_Told(document.id, attribution, content))
    return found


def _twins(tellings: Sequence[_Told]) -> list[tuple[int, int]]:
    """Find pairs of tellings in different documents that share nearly all their words."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for k, told in enumerate(tellings):
        for word in told.words:
            by_word[word].append(k)
    found: set[tuple[int, int]] = set()
    for several in by_word.values():
        if len(several) > _COMMONEST:
            continue
        for i, j in combinations(several, 2):
            a, b = tellings[i], tellings[j]
            if a.document != b.document and len(a.words & b.words) >= _SAME_WORDS * len(a.words | b.words):
                found.add((i, j))
    return sorted(found)


def _join_by_words(documents: Sequence[Annotations], nodes: Sequence[_Node], sets: _Sets) -> list[Member]:
    """Join an unnamed person to the one whom siblings name for the same words, where they name but one."""
    joined = []
    by_member = {node.member: node for node in nodes}
    tellings = _tellings(documents)
    named: dict[Member, set[Member]] = defaultdict(set)
    for pair in _twins(tellings):
        for i, j in (pair, pair[::-1]):
            mine, theirs = ((t.document, t.attribution.speaker or "") for t in (tellings[i], tellings[j]))
            if mine not in by_member or theirs not in by_member:
                continue
            if by_member[mine].speaker.kind == "unnamed" and by_member[theirs].speaker.kind == "person":
                named[mine].add(sets.find(theirs))
    for member, persons in named.items():
        roots = {sets.find(person) for person in persons}
        if len(roots) == 1 and all(_agree(by_member[member].speaker, by_member[root].speaker) for root in roots):
            sets.join(member, roots.pop())
            joined.append(member)
    return joined


def _fill(
    documents: Sequence[Annotations], root_of: dict[Member, Member]
) -> tuple[list[Annotations], dict[Member, Member]]:
    """Give attributions without a speaker the one whom siblings name for the same words, where they agree."""
    by_id = {d.id: d for d in documents}
    speakers = {(d.id, s.id): s for d in documents for s in d.speakers}
    tellings = _tellings(documents)
    wanted: dict[tuple[str, str], set[Member]] = defaultdict(set)
    for pair in _twins(tellings):
        for i, j in (pair, pair[::-1]):
            theirs = (tellings[j].document, tellings[j].attribution.speaker or "")
            if tellings[i].attribution.speaker is None and theirs in root_of:
                wanted[tellings[i].document, tellings[i].attribution.id].add(root_of[theirs])
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
        told = next(a for a in document.attributions if a.id == attribution)
        new = msgspec.structs.replace(like, id=own, mentions=(told.source,) if told.source else (), aliases=())
        document = msgspec.structs.replace(document, speakers=(*document.speakers, new))
        added[document.id, own] = root
    changed = tuple(
        msgspec.structs.replace(
            a, speaker=own, resolution="inferred", speaker_confidence=_LIKELY_JOIN, speaker_clear=False
        )
        if a.id == attribution
        else a
        for a in document.attributions
    )
    return msgspec.structs.replace(document, attributions=changed)


# What comes out -------------------------------------------------------------------------------------------------------


def _name_of(cluster: Sequence[_Node]) -> str:
    """Choose a cluster's name: a full one, of these the commonest, the longest, the first by alphabet."""
    named = [node for node in cluster if _is_named(node)] or list(cluster)
    persons = [node for node in named if node.speaker.kind == "person"] or named
    counted = Counter(node.speaker.name for node in persons)
    unsaid = {name for name in counted if name.isupper() and len(counted) > 1 and " " in name}
    return min(
        (name for name in counted if name not in unsaid),
        key=lambda name: (-min(2, len(name_words(name))), -counted[name], -len(name), name),
        default=min(counted),
    )


def _kind_of(cluster: Sequence[_Node]) -> SpeakerKind:
    counted = Counter(node.speaker.kind for node in cluster if _is_named(node)) or Counter(
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
        speaker_clear=attribution.speaker_clear and join >= _SURE_JOIN,
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
    clusters: Sequence[Sequence[_Node]], names: dict[Member, str], added: dict[Member, list[Member]], sets: _Sets
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
