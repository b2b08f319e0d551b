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

Relation = Literal["report", "quoting", "told", "seen", "document"]
RANK: dict[Relation, int] = {"report": 0, "document": 1, "quoting": 2, "seen": 3, "told": 4}
"""Nearness to the document of the links of one sentence: who reports it, whom that one quotes, to whom it was told."""

_SP = r"[ \u00a0\n]+"
_GAP = rf"(?:{_SP}(?!and\b|but\b|that\b)[\w’',$-]+){{0,5}}?"
_THE = rf"(?:(?:an?|the|new|recent){_SP})*"
_REPORT_IN = rf"(?:reports?{_SP}(?:in|by|from|on|published in){_SP})?"
_THEIR_REPORTER = r"(?:an?|the|its|one) (?:reporter|journalist|correspondent|host)s? (?:from|for|with|of|at)".replace(
    " ", _SP
)
_REPORT_VERB = (
    r"(?:report(?:ed|s|ing)?|sa(?:id|ys?|ying)|wr(?:ote|ites|iting)|not(?:ed|es|ing)|quot(?:ed|es|ing)|cit(?:ed|es|ing)"
    r"|add(?:ed|s)|claim(?:ed|s)?|reveal(?:ed|s)|confirm(?:ed|s)|broadcast|aired|publish(?:ed|es)|carried"
    r"|announc(?:ed|es)|disclos(?:ed|es)|stat(?:ed|es)|suggest(?:ed|s)?|learned|found|describ(?:ed|es))"
)
# Each stands right before the noun phrase that names the outlet.
_BEFORE_PATTERNS: tuple[tuple[Relation, str], ...] = (
    ("told", rf"\b(?:t(?:ell(?:s|ing)?|old)|briefed)(?:{_SP}{_THEIR_REPORTER})?"),
    ("told", rf"\b(?:explain|confirm|admit|complain|confid|stress)\w*{_SP}to(?:{_SP}{_THEIR_REPORTER})?"),
    ("told", rf"\binterview(?:s|ed)?\b{_GAP}{_SP}(?:with|to|by|on|in|for|from)"),
    (
        "told",
        (
            r"\b(?:comments?|remarks|statements?|e-?mails?|(?:text |phone )?messages?|calls?|replies|reply|letters?)\b"
            rf"(?:{_SP}(?:sent|made|given|published|provided|e?-?mailed))?{_SP}(?:to|with)"
        ),
    ),
    ("told", rf"\b(?:sp[eo]a?ke?(?:s|ing|n)?|talk(?:s|ed|ing)?|chatt(?:ed|ing)){_GAP}{_SP}(?:to|with|on)"),
    ("told", rf"\b(?:appear(?:s|ed|ing|ance)|aired|shown|broadcast|live|airwaves){_GAP}{_SP}(?:on|by|with)"),
    ("told", rf"(?:^|\n|[.!?][”\"’']?{_SP})On"),
    ("told", rf"\b(?:sa(?:id|ys|ying)|ask(?:ed|s)|add(?:ed|s|ing)){_GAP}{_SP}on"),
    (
        "told",
        (
            r"\b(?:wr(?:ote|iting|ites|itten)|op-ed|column|essay|piece|article|editorial|commentary|letter)"
            rf"(?!{_SP}(?:board|editor|page|writer)){_GAP}{_SP}(?:in|for)"
        ),
    ),
    ("report", rf"\baccording to{_SP}{_THE}{_REPORT_IN}"),
    ("report", r"\b(?:per|via)"),
    ("report", rf"\b(?:reported|reports?|broadcast|aired){_SP}(?:\w+{_SP})?(?:by|in|on|from)"),
    (
        "report",
        rf"\b(?:published|carried|quoted|cited|released|relayed|posted|circulated|translated){_GAP}{_SP}(?:by|in|on)",
    ),
    (
        "report",
        rf"(?:[,;”\"’'’)–—-]|^|\n){_SP}(?:as{_SP})?(?:reports|reported|says|said|writes|wrote|notes|noted)",
    ),
    ("quoting", rf"\b(?:citing|cited|cites|quoting|quoted|quotes|crediting){_SP}{_THE}{_REPORT_IN}"),
    ("seen", rf"\b(?:seen|obtained|reviewed|viewed|read|examined|heard|verified){_GAP}{_SP}by"),
    ("seen", rf"\b(?:leaked|provided|shown|shared|passed|handed|made available){_GAP}{_SP}(?:to|with)"),
)
_BEFORE = tuple(
    (relation, re.compile(rf"(?:{pattern})[ \u00a0\n]*$", re.IGNORECASE)) for relation, pattern in _BEFORE_PATTERNS
)
_NOUN_AFTER = (
    r"(?:state |national )?(?:news (?:agency|service|channel|site|website)|newspaper|daily|agency|television|TV|radio"
    r"|website|network|channel|broadcaster|magazine)"
)
_AFTER_SUBJECT = re.compile(
    rf"(?:[’']s)?(?:{_SP}(?:report|account|story|{_NOUN_AFTER}))?(?:{_SP}[A-Z][\w.’'-]+){{0,3}}(?:,[^,.;\n]{{1,60}},)?"
    rf"(?:{_SP}(?:has|had|have|also|later|first|earlier|then|previously|initially|separately|on|this|last|late"
    rf"|[A-Z][a-z]+day)){{0,4}}{_SP}{_REPORT_VERB}\b"
)
_THAT = re.compile(rf"{_SP}(?:\w+{_SP}){{0,3}}?(?:that\b|how\b|:)|\s*:")
_DOCUMENT = re.compile(
    r"\b(?=[asqc])(?:according to|as shown (?:in|by)|as recorded in|shown by|quoted in|cited in|contained in)"
    r"[ \u00a0\n]+"
    r"(?P<name>(?:(?:an?|the|his|her|its|their|court|police|official|partial|full|newly|leaked|internal|\w+ed"
    r"|[A-Z][\w.’'-]*)[ \u00a0\n]+){0,5}?"
    r"(?P<noun>transcripts?|affidavits?|court (?:documents?|papers|records?|filings?)|complaint|indictment|charge sheet"
    r"|police report|criminal complaint|memo(?:s|randum)?|minutes|lawsuit|biography|book|memoir|audio|recording"
    r"|charging documents?|search warrant|cables?|diary|diaries|testimony)"
    r"(?:[ \u00a0\n]+(?:of|from|in|by|released by|provided by)[ \u00a0\n]+"
    r"(?:(?:an?|the|his|her|their|[A-Z][\w.’'-]*|\w+)[ \u00a0\n]+){0,3}?"
    r"(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|briefing|news conference|press conference|interview|speech|call|hearing"
    r"|meeting|remarks|conversation|event|debate|session|testimony|statement|address))?)",
    re.IGNORECASE,
)


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
    for relation, pattern in _BEFORE:
        match = pattern.search(window)
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
