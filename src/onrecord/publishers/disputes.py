"""Disputes: claims on which speakers or reports contradict each other, with who says so and who says otherwise.

Reads: Story. A dispute is a contradiction of figures, a claim that one report negates, or something that a speaker
denies. Whoever says what another denies is found by the content words that both passages share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from onrecord.comparison.rarity import Rarity, content_lemmas
from onrecord.document import Span
from onrecord.publishers.counts import figures_of
from onrecord.publishers.figure_words import FigureWords
from onrecord.publishers.index import StoryIndex
from onrecord.publishers.naming import cue_words, denial, denies
from onrecord.story import Claim, FigureGroup, Statement, Variant
from onrecord.text.words import lemma, words

_SHARED: Final = 0.4
"""Part of the weight of a denied passage's content words that a passage must hold to say the same."""
_LEAST_WORDS: Final = 3
_TELLING: Final = 2
"""Of so many of the rarest words of a denied passage one must stand in a passage that says the same."""
_MOST: Final = 3
_ALIKE: Final = 0.1
"""Part of the weight of both passages' content words that stands in both: a long passage may hold anything."""
_NEGATED: Final = re.compile(
    r"\b(?:no|not|never|nobody|none|neither|nor|without|whether|alleged|den(?:y|ies|ied|ying))\b|n['’]t\b",
    re.IGNORECASE,
)
"""A passage with such a word may say what is denied, or the denial itself: it is not set against the denial."""

Kind = Literal["figure", "negation", "denial"]


class Voice(NamedTuple):
    """Who says something, in which document and in which words; ``speaker`` is empty for the report's own voice."""

    speaker: str
    document: str
    span: Span
    cue: str = ""


class Side(NamedTuple):
    """One side of a dispute: what it holds, as a number or a word, and who says so."""

    position: str
    voices: tuple[Voice, ...]


class Dispute(NamedTuple):
    """What is disputed, and its sides; ``item`` is the id of the figure, claim or statement."""

    item: str
    kind: Kind
    about: str
    sides: tuple[Side, ...]
    because: str = ""


def disputes(index: StoryIndex) -> list[Dispute]:
    """List the disputes of a story: figures first, then claims, then what is denied and said by somebody else."""
    reasons = FigureWords(index.story.documents)
    figures = [
        _figure(g, index, reasons)
        for groups in figures_of(index.story.figure_groups)
        for g in groups
        if g.verdict == "conflict"
    ]
    claims = [_claim(k, index) for k in index.story.claims if any(m.differs == "negation" for m in k.members)]
    return [*figures, *claims, *_denials(index)]


def _figure(group: FigureGroup, index: StoryIndex, reasons: FigureWords) -> Dispute:
    by_value: dict[tuple[float | None, float | None], dict[str, Voice]] = {}
    printed: dict[tuple[float | None, float | None], str] = {}
    for member in group.figures:
        document = index.documents[member.document]
        figure = next(f for f in document.figures if f.id == member.figure)
        value = (figure.low, figure.high)
        printed.setdefault(value, index.words(member.document, figure.span))
        voice = Voice(_source_of(figure.attribution, member.document, index), member.document, figure.span)
        by_value.setdefault(value, {}).setdefault(member.document, voice)
    sides = tuple(Side(printed[value], tuple(voices.values())) for value, voices in by_value.items())
    return Dispute(group.id, "figure", group.of, sides, reasons.why(group))


def _source_of(attribution: str | None, document: str, index: StoryIndex) -> str:
    """Name the speaker to whom a document credits a figure; empty where it states the figure itself."""
    if attribution is None or (document, attribution) not in index.attributions:
        return ""
    return index.named_by(Variant(document, attribution))


def _claim(claim: Claim, index: StoryIndex) -> Dispute:
    sides: dict[str, list[Voice]] = {"states it": [], "states the opposite": []}
    for m in claim.members:
        side = "states the opposite" if m.differs == "negation" else "states it"
        sides[side].append(Voice("", m.document, Span(m.start, m.end)))
    first = claim.members[0]
    about = index.words(first.document, Span(first.start, first.end))
    return Dispute(claim.id, "negation", about, tuple(Side(name, tuple(found)) for name, found in sides.items()))


def _denials(index: StoryIndex) -> Iterable[Dispute]:
    """Give what a speaker denies and somebody else says; a denial that nobody contradicts is no dispute."""
    rarity = Rarity.of(index.story.documents)
    denied = [(s, found) for s in index.story.statements if (found := [v for v in s.variants if _denies(v, index)])]
    deniers = {(v.document, v.attribution) for _, found in denied for v in found}
    for statement, found in denied:
        lemmas = _lemmas(found[0], index)
        if len(lemmas) < _LEAST_WORDS:
            continue
        claimed = _claimed(statement, lemmas, deniers, index, rarity)
        if claimed:
            against = tuple(_voice(v, index) for v in found)
            about = index.words(found[0].document, index.attribution(found[0]).content[0])
            yield Dispute(statement.id, "denial", about, (Side("others report", claimed), Side("denies it", against)))


def _denies(variant: Variant, index: StoryIndex) -> bool:
    return denial(index.documents[variant.document].text, index.attribution(variant)) is not None


def _lemmas(variant: Variant, index: StoryIndex) -> set[str]:
    return {one for span in index.attribution(variant).content for one in _said(variant.document, span, index)}


def _said(document: str, span: Span, index: StoryIndex) -> set[str]:
    """List the content lemmas of a passage; names are left out, for whoever speaks of them need not say the same."""
    text = index.documents[document].text
    names = {lemma(w.folded) for w in words(text, span.start, span.end) if text[w.start].isupper()}
    return set(content_lemmas(text, span)) - names


def _voice(variant: Variant, index: StoryIndex) -> Voice:
    attribution = index.attribution(variant)
    cue = cue_words(index.documents[variant.document].text, attribution)
    return Voice(index.named_by(variant), variant.document, attribution.content[0], cue)


def _claimed(
    denied: Statement, lemmas: set[str], deniers: set[tuple[str, str]], index: StoryIndex, rarity: Rarity
) -> tuple[Voice, ...]:
    """Find who says what is denied: in statements of other speakers, and in the reports' own voice."""
    enough = _SHARED * rarity.mass(sorted(lemmas))
    rarest = sorted(lemmas, key=lambda each: (-rarity.weight(each), each))[:_TELLING]
    scored: list[tuple[float, Voice]] = []

    def weigh(found: Iterable[str], voice: Voice) -> None:
        common = lemmas.intersection(found)
        mass = rarity.mass(sorted(common))
        said = f"{voice.cue} {index.words(voice.document, voice.span)}"
        if mass >= enough and common.intersection(rarest) and not (_NEGATED.search(said) or denies(said)):
            likeness = mass / rarity.mass(sorted(lemmas.union(found)))
            if likeness >= _ALIKE:
                scored.append((likeness, voice))

    for statement in index.story.statements:
        if statement.id == denied.id or (statement.speaker is not None and statement.speaker == denied.speaker):
            continue
        for variant in statement.variants:
            if (variant.document, variant.attribution) not in deniers:
                weigh(_lemmas(variant, index), _voice(variant, index))
    for claim in index.story.claims:
        for m in claim.members:
            span = Span(m.start, m.end)
            weigh(_said(m.document, span, index), Voice("", m.document, span))
    return _best(scored)


def _best(scored: Sequence[tuple[float, Voice]]) -> tuple[Voice, ...]:
    """Take the passages that share most, one a speaker and document."""
    best: dict[tuple[str, str], Voice] = {}
    for _, voice in sorted(scored, key=lambda each: -each[0]):
        best.setdefault((voice.speaker, voice.document), voice)
    return tuple(list(best.values())[:_MOST])
