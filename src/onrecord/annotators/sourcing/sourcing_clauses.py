"""Clauses of sourcing: where a text says through whom it has words, or to whom they were spoken.

Reads the mentions of outlets in a text; gives :class:`Reference` records in text order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from onrecord.annotation import Link, LinkKind
from onrecord.annotators.sourcing.outlet_mentions import Mention
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.lexicon.patterns import pattern, written

Relation = Literal["report", "quoting", "told", "seen", "document"]
RANK: dict[Relation, int] = {"report": 0, "document": 1, "quoting": 2, "seen": 3, "told": 4}
"""Nearness to the document of the links of one sentence: who reports it, whom that one quotes, to whom it was told."""

_BEFORE_BY_RELATION: tuple[tuple[Relation, tuple[str, ...]], ...] = (
    ("told", written("sourcing.told_before")),
    ("report", written("sourcing.report_before")),
    ("quoting", written("sourcing.quoting_before")),
    ("seen", written("sourcing.seen_before")),
)
_BEFORE = tuple(
    (relation, re.compile(rf"(?i)(?:{each})[ \u00a0\n]*$")) for relation, some in _BEFORE_BY_RELATION for each in some
)
"""What stands right before the noun phrase that names the outlet, and what it says of the outlet."""
_AFTER_SUBJECT = pattern("sourcing.after_subject")
_THAT = pattern("sourcing.that")
_DOCUMENT = pattern("sourcing.document")


class Reference(NamedTuple):
    """A clause that says how words came: the relation, the link it makes, and its place, in characters.

    ``mention`` is the outlet's or record's name; ``own`` says that it is the document's own outlet; ``leading``
    that the clause stands before the words it reaches ("X reported that …"), not behind them ("…, X reported").
    """

    relation: Relation
    link: Link
    start: int
    end: int
    mention: Span
    own: bool
    leading: bool


def references(text: str, mentions: Sequence[Mention], sentence_start: Callable[[int], int]) -> list[Reference]:
    """List the clauses of sourcing in text order. ``sentence_start`` gives the start of the sentence at a place."""
    found = [*_of_outlets(text, mentions, sentence_start), *_of_records(text, sentence_start)]
    return sorted(found, key=lambda reference: reference.start)


def _of_outlets(text: str, mentions: Sequence[Mention], sentence_start: Callable[[int], int]) -> Iterator[Reference]:
    for mention in mentions:
        found = _before(text, mention) or _after(text, mention)
        if found is None:
            continue
        relation, start, end = found
        if mention.kind == "vague" and relation not in {"report", "quoting"} and not _is_some_medium(mention):
            continue  # "Told the media" names no outlet: it is a venue.
        kind: LinkKind = "vague" if mention.kind == "vague" else "outlet-pickup"
        name = mention.name.removeprefix("the ")
        link = Link(name, kind, start, end, outlet=mention.outlet or name)
        before = text[sentence_start(mention.start) : start]
        leading = len(before.split()) <= _OPENING_WORDS or bool(_THAT.match(text, end))
        yield Reference(relation, link, start, end, Span(mention.start, mention.end), mention.own, leading)


def _is_some_medium(mention: Mention) -> bool:
    """Return whether a vague name still says which media: "Chinese media", "local newspapers", not "the media"."""
    return " " in mention.name and mention.name.split()[0] in _WHOSE


def _before(text: str, mention: Mention) -> tuple[Relation, int, int] | None:
    lead = mention.lead
    window = text[max(0, lead - _WINDOW) : lead]
    last = window[-_LONGEST_LAST:].rsplit(maxsplit=1)
    if not last or last[-1].casefold() not in _LAST_WORDS:
        return None  # Most mentions stand in no clause of sourcing: this spares them the patterns.
    for relation, clause_before in _BEFORE:
        match = clause_before.search(window)
        if match:
            clause = match.group().lstrip(" \u00a0\n,;”\"’'–—-)")
            return relation, lead - len(clause), mention.end
    return None


def _after(text: str, mention: Mention) -> tuple[Relation, int, int] | None:
    match = _AFTER_SUBJECT.match(text, mention.end, min(len(text), mention.end + 160))
    return ("report", mention.lead, match.end()) if match else None


def _of_records(text: str, sentence_start: Callable[[int], int]) -> Iterator[Reference]:
    """Find "according to a transcript": a record named again ("the transcript") bears the name it was given first."""
    full: dict[str, str] = {}
    for match in _DOCUMENT.finditer(text):
        name, noun = " ".join(match["name"].split()), match["noun"].casefold()
        if name.casefold().startswith("the ") and len(name.split()) <= 1 + len(noun.split()):
            name = full.get(noun, name)
        else:
            full.setdefault(noun, name)
        link = Link(name, "primary-document", match.start(), match.end(), outlet=name)
        leading = len(text[sentence_start(match.start()) : match.start()].split()) <= 1
        yield Reference(
            "document", link, match.start(), match.end(), Span(*match.span("name")), own=False, leading=leading
        )


_WHOSE = word_list("sourcing.nations") | {"local", "state", "foreign", "national"}
_WINDOW = 90
_LONGEST_LAST = 14
_LAST_WORDS = word_list("sourcing.last_words")
_OPENING_WORDS = 2
