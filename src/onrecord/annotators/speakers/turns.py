"""Speakers of a transcript's turns: the labels as printed, read as names, titles and roles.

Reads a transcript's text, blocks and sentences; gives one :class:`~onrecord.annotation.Speaker` for each person or role
that its labels name. "SEC. AUSTIN" is whoever the rest of the transcript names so in full; "THE PRESIDENT" is the one
person whom it gives that office; "Q" and "REPORTER" stay unnamed, though many may speak under one such label.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from onrecord.annotation import Speaker, SpeakerKind
from onrecord.annotators.speakers.discourse import Discourse
from onrecord.annotators.speakers.entity import Entity, role
from onrecord.annotators.speakers.speaker_words import (
    FEMALE_WORDS,
    GIVEN,
    MALE_WORDS,
    MODIFIERS,
    PARTICLES,
    ROLES,
    SUFFIXES,
)
from onrecord.annotators.speakers.tokens import Token, is_common, is_title, tokenise
from onrecord.document import Document, Span
from onrecord.lexicon.load import word_list
from onrecord.text.analysed import Analysed
from onrecord.text.words import CLOSED_CLASS

_ASIDE: Final = re.compile(r"\s*[\[(][^()\[\]\n]*[\])]\s*")
_ASKERS: Final = word_list("persons.askers")
"""Labels that name nobody; whoever speaks under them is unnamed."""
_GIVEN_NAMES: Final = 4  # words before a surname that may be given names, initials and particles
_OFFICE_PARTS: Final = word_list("persons.office_parts")


class _Label(NamedTuple):
    """What a label says: the words of a name (folded; none where it is a role), the titles, and the name as printed."""

    core: tuple[str, ...]
    titles: str
    printed: str


class _Text(NamedTuple):
    """What the transcript's words say: entities, full names by surname, words in small letters, holders of offices."""

    discourse: Discourse
    full: Mapping[str, Counter[str]]
    small: Mapping[str, str]
    holders: Mapping[str, str]


class _Turns(NamedTuple):
    """One speaker in the making: its labels' places, and whom or which full name the transcript has for it."""

    label: _Label
    entity: Entity | None
    full: str | None
    places: list[Span]
    titles: list[str]
    forms: list[str]


def turn_speakers(document: Analysed) -> tuple[Speaker, ...]:
    """Make the speakers of a transcript's turns, in the order in which they first speak; time is linear."""
    places = _label_places(document.document)
    if not places:
        return ()
    read = {printed: _read(printed) for printed in dict.fromkeys(printed for printed, _ in places)}
    discourse = Discourse(document, ())
    surnames = {label.core[-1] for label in read.values() if label.core}
    offices = [label.printed for label in read.values() if not label.core]
    opening = next(block.start for block in document.document.blocks if block.kind == "turn")
    text = _Text(discourse, _full_names(discourse, surnames), _small(discourse), _holders(discourse, offices, opening))
    sexes = _distinguished(read)
    found: dict[tuple[str, ...], _Turns] = {}
    for printed, span in places:
        label = read[printed]
        entity = _entity_of(label, discourse)
        full = None if entity is not None else _full_name(label, text)
        if entity is not None:
            key: tuple[str, ...] = ("entity", str(entity.index))
        elif full is not None:
            key = ("name", full)
        else:
            key = (*label.core, sexes.get(printed, "")) if label.core else ("role", label.printed.casefold())
        turns = found.setdefault(key, _Turns(label, entity, full, [], [], []))
        turns.titles.append(label.titles)
        turns.forms.append(label.printed)
        if span is not None:
            turns.places.append(span)
    return tuple(_speaker(f"p{number}", turns, text) for number, turns in enumerate(found.values(), 1))


def _distinguished(read: Mapping[str, _Label]) -> dict[str, str]:
    """Give the sex that a label says, where labels of one surname say both: Mr Roe and Ms Roe are two persons."""
    said = {p: sex for p, label in read.items() if (sex := _gender({label.titles: None}, None)) is not None}
    sexes: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for printed, sex in said.items():
        sexes[read[printed].core].add(sex)
    return {printed: sex for printed, sex in said.items() if len(sexes[read[printed].core]) > 1}


def _small(discourse: Discourse) -> dict[str, str]:
    """Give the words that the text prints with a capital, but not in capitals, by their folded form."""
    printed = ((t.folded, discourse.text[t.start : t.end]) for t in discourse.tokens if t.capital)
    return {folded: form for folded, form in printed if not form.isupper()}


def _full_names(discourse: Discourse, surnames: Container[str]) -> dict[str, Counter[str]]:
    """Count the full names that the text prints before these surnames, headings in headline capitals included."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    tokens, text = discourse.tokens, discourse.text
    for x, token in enumerate(tokens):
        if token.folded not in surnames or not token.capital:
            continue
        first = x
        while first > 0 and x - first < _GIVEN_NAMES and _goes_before(tokens[first - 1], tokens[first].gap):
            first -= 1
        name = text[tokens[first].start : token.end]
        if first < x and not name.isupper():
            found[token.folded][" ".join(name.split())] += 1
    return found


def _holders(discourse: Discourse, offices: Sequence[str], opening: int) -> dict[str, str]:
    """Give the holder of each office that is a label, where what stands above the first turn names one alone."""
    found: dict[str, str] = {}
    above = [t for t in discourse.tokens if t.start < opening]
    for office in offices:
        words = [t.folded for t in tokenise(office) if t.folded != "the"]
        if not words or words[-1] not in ROLES or words[-1] in _ASKERS:
            continue
        names = set()
        for x in range(len(words), len(above)):
            if [t.folded for t in above[x - len(words) : x]] != words:
                continue
            last = x
            while last < len(above) and last - x < _GIVEN_NAMES and _goes_before(above[last], above[last].gap):
                last += 1
            if last == x + 1 and _closes(above, last):
                last += 1  # a surname that is a common word: "President Harlan Dodge at …"
            if last > x:
                names.add(" ".join(discourse.text[above[x].start : above[last - 1].end].split()))
        if len(names) == 1:
            found[office] = names.pop()
    return found


def _closes(tokens: Sequence[Token], x: int) -> bool:
    """Return whether one capitalised word alone stands before a small or closed-class word, or the end."""
    if x >= len(tokens) or tokens[x].gap != " " or not tokens[x].capital or tokens[x].folded in CLOSED_CLASS:
        return False
    following = tokens[x + 1] if x + 1 < len(tokens) else None
    return following is None or following.gap != " " or following.folded in CLOSED_CLASS or not following.capital


def _goes_before(token: Token, gap: str) -> bool:
    """Tell a given name, an initial or a particle that stands before a surname."""
    if gap != " " and not (gap == ". " and token.end - token.start == 1):
        return False
    if token.folded in PARTICLES:
        return True
    named = token.folded in GIVEN or token.end - token.start == 1 or not is_common(token.folded)
    return token.capital and named and not is_title(token.folded) and not token.possessive


def _full_name(label: _Label, text: _Text) -> str | None:
    """Give the one full name that fits a label; where two persons bear the surname, none."""
    if not label.core:
        return text.holders.get(label.printed)
    forms = text.full.get(label.core[-1], Counter())
    fits = [form for form in forms if _given(label.core, tuple(t.folded for t in tokenise(form)))]
    if len({form.split()[0][:1].casefold() for form in fits}) != 1:
        return None
    return min(fits, key=lambda form: (-len(form.split()), -forms[form], form))


def _label_places(document: Document) -> list[tuple[str, Span | None]]:
    """List the turns' labels, each with its name's place, or ``None`` where a turn says its speaker without a label."""
    found: list[tuple[str, Span | None]] = []
    label: Span | None = None
    for block in document.blocks:
        if block.kind == "turn-label":
            label = block.span
        elif block.kind == "turn" and block.speaker:
            at = document.text.find(block.speaker, label.start, label.end) if label is not None else -1
            found.append((block.speaker, Span(at, at + len(block.speaker)) if at >= 0 else None))
            label = None
    return found


def _read(printed: str) -> _Label:
    """Take a label apart: "GEN. MILLEY", "Lloyd J. Austin III, Secretary of Defense", "THE PRESIDENT", "Q"."""
    bare = " ".join(_ASIDE.sub(" ", printed).split()).strip(" :.,") or printed
    before, _, after = bare.partition(",")
    tokens = tokenise(before)
    folded = [token.folded for token in tokens]
    if not folded or (folded[0] in _ASKERS and len(folded) <= 3):
        return _Label((), "", bare)
    first = _name_begins(folded)
    if first >= len(tokens):
        return _Label((), "", bare)
    core = [w for w in folded[first:] if w not in SUFFIXES] or folded[first:]
    titles = before[: tokens[first].start].strip() or after.strip()
    return _Label(tuple(core), titles, before[tokens[first].start :].strip())


def _name_begins(folded: Sequence[str]) -> int:
    """Give the first word after the titles; the number of words where there are only titles."""
    last = -1
    for k, word in enumerate(folded):
        titled = is_title(word) or word in _OFFICE_PARTS
        if titled or (word in MODIFIERS and any(is_title(w) for w in folded[k + 1 :])):
            last = k
        elif last < 0:
            break
    if last < 0:
        return 0
    office = [k for k, word in enumerate(folded) if word in {"of", "for"} and k <= last]
    if office and last == office[-1]:  # "SECRETARY OF TRANSPORT ROE": the last word is the name's
        return len(folded) - 1 if len(folded) - last > 2 else len(folded)
    return last + 1


def _entity_of(label: _Label, discourse: Discourse) -> Entity | None:
    """Give whom the transcript's own words name so: by the surname, or by the office, where there is but one."""
    entities = discourse.entities
    if not label.core:
        words = [t.folded for t in tokenise(label.printed)]
        if not words or words[-1] in _ASKERS or words[-1] not in ROLES:
            return None
        holders = {i for i in entities.by_role.get(role(words[-1]), ()) if entities.all[i].kind == "person"}
        return entities.all[holders.pop()] if len(holders) == 1 else None
    known = entities.by_tokens.get(label.core)
    if len(label.core) > 1 and known is not None:
        return entities.all[known]
    several = [entities.all[i] for i in entities.by_surname.get(label.core[-1], ())]
    several = [e for e in several if set(label.core) <= set(e.tokens) or len(label.core) > 1]
    several = [e for e in several if e.kind in {"person", "unknown"} and _given(label.core, e.tokens)]
    if len(several) > 1:
        wanted = {role(w.strip(".")) for w in label.titles.casefold().split()}
        several = [e for e in several if e.roles & wanted]
    return several[0] if len(several) == 1 else None


def _given(core: Sequence[str], tokens: Sequence[str]) -> bool:
    """Return whether the given names agree, as far as the label gives one: equal, or an initial."""
    if len(core) < 2:
        return True
    first, other = core[0].rstrip("."), tokens[0].rstrip(".")
    return first == other or (first[0] == other[0] and 1 in {len(first), len(other)})


def _speaker(name: str, turns: _Turns, text: _Text) -> Speaker:
    label, entity = turns.label, turns.entity
    printed_titles = [
        *turns.titles,
        label.printed.casefold().removeprefix("the ").title() if not label.core and turns.full else "",
    ]
    titles = {" ".join(_in_small(word) for word in title.split()): None for title in printed_titles if title}
    kind: SpeakerKind = "person" if entity is not None or turns.full or label.core else "unnamed"
    if entity is not None and entity.kind in {"person", "unknown"}:
        printed = entity.name
        titles.update(dict.fromkeys(" ".join(map(_in_small, title.split())) for title in entity.titles))
    else:
        printed = turns.full or _in_small_letters(label.printed, text.small)
    mentions = {*turns.places, *(() if entity is None else entity.mentions)}
    aliases = {*turns.forms, *(() if entity is None else entity.aliases)} - {printed}
    return Speaker(
        id=name,
        name=printed or label.printed,
        kind=kind,
        titles=tuple(titles),
        mentions=tuple(_apart(sorted(mentions))),
        aliases=tuple(sorted(aliases)),
        gender=_gender(titles, entity),
    )


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Keep the first of spans that overlap: a label's name is a name of the text too."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _gender(titles: dict[str, None], entity: Entity | None) -> Literal["m", "f"] | None:
    words = {word.strip(".") for title in titles for word in title.casefold().split()}
    if words & MALE_WORDS and not words & FEMALE_WORDS:
        return "m"
    if words & FEMALE_WORDS and not words & MALE_WORDS:
        return "f"
    return None if entity is None else entity.gender


def _in_small(word: str) -> str:
    """Set a word of a title printed in capitals in small letters, its first one kept."""
    if word.casefold() in {"of", "the", "for", "and", "to"}:
        return word.casefold()
    return word.capitalize() if word.isupper() and len(word.strip(".")) > 1 else word


def _in_small_letters(printed: str, small: Mapping[str, str]) -> str:
    """Set a label in capitals as the running text prints its words ("McCann"); else each with a capital in front."""
    if not printed.isupper() or printed.casefold() in _ASKERS:
        return printed
    parts = re.split(r"([^\W\d_]+)", printed)
    return "".join(small.get(part.casefold()) or (part.capitalize() if len(part) > 1 else part) for part in parts)
