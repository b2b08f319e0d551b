"""Which document speakers are joined to one speaker of the story: by name, surname, body, office, and words said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.comparison.people.name_matching import initials_of, name_words, same_nation, same_person
from onrecord.comparison.people.offices import Office, is_definite, may_hold, office, offices_of
from onrecord.text.words import is_content, words

Member = tuple[str, str]
_SAME_WORDS: Final = 0.7  # Jaccard index of the content words of two versions, from which on they are one utterance
_FEWEST_WORDS: Final = 5  # content words; fewer are said by many
_COMMONEST: Final = 40  # attributions that share a word; a word in more of them finds nothing
_CROWD: Final = 200  # names of one initial, or holders of one office; more are held against fewer
SURE_JOIN: Final = 0.97
"""The chance that a bare surname is the one person's of that name in the story, whose gender or title agrees."""
LIKELY_JOIN: Final = 0.9
"""The same where nothing agrees but the name, and of those named for their words or office: too rare in the labels to
be shown as sure (10 of 10 and 2 of 2 are right)."""


class Node(NamedTuple):
    """One speaker of one document, with the words of its name."""

    member: Member
    speaker: Speaker
    tokens: tuple[str, ...]


class Sets:
    """Disjoint sets of members (union by the smaller key, so that the order of joins changes nothing)."""

    def __init__(self, members: Iterable[Member]) -> None:
        """Take the members, each a set of its own."""
        self.parent = {member: member for member in members}

    def find(self, member: Member) -> Member:
        """Give the member that stands for the set of another."""
        while self.parent[member] != member:
            self.parent[member] = self.parent[self.parent[member]]
            member = self.parent[member]
        return member

    def join(self, left: Member, right: Member) -> None:
        """Make one set of two."""
        a, b = sorted((self.find(left), self.find(right)))
        self.parent[b] = a


def is_named(node: Node) -> bool:
    """Return whether a speaker has a name of its own."""
    return node.speaker.kind in {"person", "organisation"}


def _is_specific(node: Node) -> bool:
    """Return whether a description says enough to be one source in two reports ("a spokesman for the Oslo mayor")."""
    content = [word for word in node.tokens if is_content(word)]
    named = any(c.isupper() for c in node.speaker.name[1:])
    if node.speaker.kind == "unnamed":
        return len(content) >= 4 or (len(content) >= 3 and named)
    return len(content) >= 2


def join_equal(nodes: Sequence[Node], sets: Sets) -> None:
    """Join equal names, names and acronyms that another document gives as aliases, and equal specific descriptions."""
    first: dict[tuple[str, ...], Member] = {}
    for node in nodes:
        if not node.tokens or not (is_named(node) or _is_specific(node)):
            continue
        named = is_named(node)
        keys = [(("named" if named else node.speaker.kind), *node.tokens)]
        if node.speaker.kind == "organisation":
            keys += [
                ("named", *words_) for a in node.speaker.aliases if len(words_ := name_words(a)) >= 1 and a.isupper()
            ]
        for key in keys:
            sets.join(node.member, first.setdefault(key, node.member))


def _agree(left: Speaker, right: Speaker) -> bool:
    return left.gender is None or right.gender is None or left.gender == right.gender


def join_persons(nodes: Sequence[Node], sets: Sets) -> None:
    """Join variants of full names; one that fits two persons who do not fit each other joins neither."""
    blocks: dict[str, dict[tuple[str, ...], Node]] = defaultdict(dict)
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


def _small_blocks(blocks: dict[str, dict[tuple[str, ...], Node]]) -> Iterator[dict[tuple[str, ...], Node]]:
    """Part the blocks of a crowd of names by more letters of the surname, so that not all are held against all."""
    for letter, block in sorted(blocks.items()):
        if len(block) <= _CROWD:
            yield block
            continue
        parts: dict[str, dict[tuple[str, ...], Node]] = defaultdict(dict)
        for tokens, node in block.items():
            for word in tokens[1:]:
                if word[0] == letter and len(parts[word[:4]]) < _CROWD:
                    parts[word[:4]][tokens] = node
        yield from parts.values()


def join_surnames(nodes: Sequence[Node], sets: Sets) -> dict[Member, float]:
    """Join "Raab" to the one person of the story who bears that name in full; give each join's chance."""
    chances: dict[Member, float] = {}
    full: dict[str, set[Member]] = defaultdict(set)
    by_member = {node.member: node for node in nodes}
    for node in nodes:
        if node.speaker.kind == "person" and len(node.tokens) > 1:
            for word in {node.tokens[-1], node.tokens[0]}:
                full[word].add(sets.find(node.member))
    for node in nodes:
        if is_named(node) and len(node.tokens) == 1:
            found = {sets.find(m) for m in full.get(node.tokens[0], ())}
            found = {m for m in found if _agree(by_member[m].speaker, node.speaker)}
            if len(found) == 1:
                person = found.pop()
                sure = _agrees_more(by_member[person].speaker, node.speaker)
                chances[node.member] = SURE_JOIN if sure else LIKELY_JOIN
                sets.join(node.member, person)
    return chances


def _agrees_more(left: Speaker, right: Speaker) -> bool:
    """Return whether more than the surname speaks for one person: the gender that both texts show, or a title."""
    titles = ({word.strip(".").casefold() for t in one.titles for word in t.split()} for one in (left, right))
    return (left.gender is not None and left.gender == right.gender) or bool(set.intersection(*titles))


def join_bodies(nodes: Sequence[Node], sets: Sets) -> None:
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
            for initials in initials_of(tokens):
                acronyms[initials].add(sets.find(member))
    for several in by_last.values():
        for left, right in combinations(sorted(several)[:_CROWD], 2):
            shorter, longer = sorted((left, right), key=len)
            if same_nation(left, right) or (len(shorter) > 1 and longer[-len(shorter) :] == shorter):
                sets.join(bodies[left], bodies[right])
    for tokens, member in bodies.items():
        if len(tokens) != 1:
            continue
        found = {sets.find(m) for m in acronyms.get(tokens[0], ()) if len(tokens[0]) > 1}
        found = found or {sets.find(bodies[t]) for t in by_last.get(tokens[0], ())}
        if len(found) == 1:
            sets.join(member, found.pop())


def join_by_office(documents: Sequence[Annotations], nodes: Sequence[Node], sets: Sets) -> list[Member]:
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


class _ReportedUtterance(NamedTuple):
    """One utterance with words of its own: where, whose, which words."""

    document: str
    attribution: Attribution
    words: frozenset[str]


def attributed_words(documents: Sequence[Annotations]) -> list[_ReportedUtterance]:
    """List the utterances of the documents with their content words."""
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
                found.append(_ReportedUtterance(document.id, attribution, content))
    return found


def twins(versions: Sequence[_ReportedUtterance]) -> list[tuple[int, int]]:
    """Find pairs of versions in different documents that share nearly all their words."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for k, reported in enumerate(versions):
        for word in reported.words:
            by_word[word].append(k)
    found: set[tuple[int, int]] = set()
    for several in by_word.values():
        if len(several) > _COMMONEST:
            continue
        for i, j in combinations(several, 2):
            a, b = versions[i], versions[j]
            if a.document != b.document and len(a.words & b.words) >= _SAME_WORDS * len(a.words | b.words):
                found.add((i, j))
    return sorted(found)


def join_by_words(documents: Sequence[Annotations], nodes: Sequence[Node], sets: Sets) -> list[Member]:
    """Join an unnamed person to the one whom siblings name for the same words, where they name but one."""
    joined = []
    by_member = {node.member: node for node in nodes}
    versions = attributed_words(documents)
    named: dict[Member, set[Member]] = defaultdict(set)
    for pair in twins(versions):
        for i, j in (pair, pair[::-1]):
            mine, theirs = ((t.document, t.attribution.speaker or "") for t in (versions[i], versions[j]))
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
