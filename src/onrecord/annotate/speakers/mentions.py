"""Mentions that are no names: pronouns and descriptions ("the defense secretary"), and how a source phrase is built.

Reads tokens and names (:mod:`onrecord.annotate.speakers.names`); gives :class:`Description` and :class:`Phrase`.
Nothing is resolved here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from onrecord.annotate.speakers.name_reading import Name
from onrecord.annotate.speakers.speaker_words import (
    COURTESIES,
    DOCUMENT_HEADS,
    KIN,
    MODIFIERS,
    NOT_NAMES,
    ORGANISATION_HEADS,
    PLURAL_ROLES,
    ROLES,
    TITLES,
)
from onrecord.annotate.speakers.tokens import Token
from onrecord.document import Span
from onrecord.words import CLOSED_CLASS, lemma

HeadKind = Literal["person", "organisation", "document", "plural", "other"]

HE: Final = frozenset({"he", "his", "him", "himself", "he's", "he'd", "he'll"})
SHE: Final = frozenset({"she", "her", "hers", "herself", "she's", "she'd", "she'll"})
THEY: Final = frozenset({"they", "their", "them", "themselves", "theirs", "they're", "they've", "they'd", "they'll"})
IT: Final = frozenset({"it", "its", "itself", "it's", "it'd", "it'll"})
FIRST: Final = frozenset({"i", "me", "my", "mine", "myself", "i'm", "i've", "i'd", "i'll"})
FIRST_PLURAL: Final = frozenset({"we", "us", "our", "ours", "ourselves", "we're", "we've", "we'd", "we'll"})
RELATIVE: Final = frozenset({"who", "which", "that", "whom", "whose", "who's", "who'd"})
BOTH: Final = frozenset({"both", "each", "either", "neither", "all", "two", "pair", "duo", "couple", "three", "trio"})
PRONOUNS: Final = HE | SHE | THEY | IT | FIRST | FIRST_PLURAL | RELATIVE
DETERMINERS: Final = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "another"}
)
DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
PREPOSITIONS: Final = frozenset(
    """
    of for in at from on with to by about against near into over under between among within without through during
    after before since until upon toward towards across behind beside like per via around outside inside as than
    following amid regarding concerning
    """.split()
)
_POST: Final = frozenset("who which that whom whose where when including such close familiar".split())
_PARTICIPLES: Final = frozenset(
    """
    released published conducted filed issued obtained written posted signed dated made held taken produced prepared
    compiled commissioned sponsored provided seen reviewed gathered interviewed surveyed polled contacted asked
    speaking working living involved representing based led owned run headed backed named identified known called
    familiar close opposed running fighting attending sent given delivered quoted cited collected
    """.split()
)


_CALLED: Final = frozenset("name named called nicknamed".split())
_PARENT: Final = re.compile(r"(?:grand)?(?:mum|mom|mother|father|dad|gran)-of-\w+$")
_AFTER_NAME: Final = frozenset("all both himself herself too also today yesterday later then now earlier".split())
_LOOSE: Final = frozenset(
    "military police state office family party government media press school army court city country law house".split()
)
"""Heads that as often modify the next noun ("military prison", "police station")."""


class Description(NamedTuple):
    """A noun phrase without a name as its head: ``start, end`` in characters; the rest in tokens.

    ``first`` is the first word after the determiner, ``head`` the noun; ``determiner`` is folded, empty where none.
    """

    start: int
    end: int
    first: int
    head: int
    determiner: str
    kind: HeadKind


class Phrase(NamedTuple):
    """A source phrase taken apart: ``low, high`` are its tokens.

    ``parts`` are its coordinated members; ``names`` the names inside; ``main`` the name that the phrase stands for;
    ``head`` the token of its head noun where no name is; ``stop`` the token at which what follows the head begins.
    """

    low: int
    high: int
    names: tuple[int, ...]
    main: int | None
    head: int | None
    first: int
    stop: int
    determiner: str


def head_kind(folded: str) -> HeadKind:  # noqa: PLR0911 - one return a kind
    """Tell what a noun as head of a description stands for."""
    folded = folded.removeprefix("ex-")
    if folded in PLURAL_ROLES:
        return "plural"
    if _PARENT.match(folded):
        return "person"
    if folded.endswith("maker") and folded not in ROLES:
        return "organisation"
    if folded in ORGANISATION_HEADS and folded not in {"leadership", "family", "business"}:
        return "organisation"
    if folded in ROLES:
        return "person"
    if folded in DOCUMENT_HEADS:
        return "document"
    if folded.endswith("s") and folded[:-1] in ROLES:
        return "plural"
    if folded.endswith("s") and folded[:-1] in ORGANISATION_HEADS:
        return "plural"
    return "other"


def find_descriptions(tokens: Sequence[Token], covered: Sequence[bool]) -> list[Description]:
    """Find descriptions of persons, organisations and documents; ``covered`` marks tokens that belong to names."""
    found = []
    for i, token in enumerate(tokens):
        if covered[i] or token.possessive or token.folded in COURTESIES:
            continue
        kind = head_kind(token.folded)
        if kind == "other" or _goes_on(tokens, i, covered):
            continue
        first, determiner, start = _left(tokens, i)
        if not determiner and not (kind == "plural" or first < i or token.capital):
            continue
        found.append(Description(start, token.end, first, i, determiner, kind))
    return found


def _goes_on(tokens: Sequence[Token], i: int, covered: Sequence[bool]) -> bool:
    """Tell whether the noun at ``i`` only modifies the next word ("campaign manager", "spokeswoman Anja Marx")."""
    if i + 1 >= len(tokens) or tokens[i].possessive:
        return False
    following = tokens[i + 1]
    if following.gap != " ":
        return False
    if covered[i + 1] or head_kind(following.folded) != "other":
        return True
    return tokens[i].folded in _LOOSE and not _is_verbal(following.folded)


def _is_verbal(folded: str) -> bool:
    """Tell whether a word after a noun is likelier its verb (or a small word) than a noun that it modifies."""
    return folded in CLOSED_CLASS or folded.endswith(("ed", "ing", "s")) or lemma(folded) != folded


def _left(tokens: Sequence[Token], head: int) -> tuple[int, str, int]:
    """Go left from a head over its modifiers: the first of them, the determiner, and where the phrase begins."""
    i, most = head, 4
    while i > 0 and head - i < most:
        before = tokens[i - 1]
        if tokens[i].gap not in {" ", "-"}:
            break
        if (
            before.folded == "and"
            and i > 1
            and head_kind(tokens[i - 2].folded) == head_kind(tokens[head].folded) == "plural"
        ):
            i, most = i - 2, 7
            continue
        if before.folded in CLOSED_CLASS:
            break
        i -= 1
    if i > 0 and tokens[i].gap == " " and tokens[i - 1].folded in DETERMINERS:
        return i, tokens[i - 1].folded, tokens[i - 1].start
    return i, "", tokens[i].start


class PhraseReader:
    """Takes source phrases apart; holds what all of them look up."""

    def __init__(self, text: str, tokens: Sequence[Token], names: Sequence[Name], covered: Sequence[bool]) -> None:
        """Take the text with its tokens and names, in order; ``covered`` marks the tokens of names, titles included."""
        self.text, self.tokens, self.names, self.covered = text, tokens, names, covered
        self.token_starts = [t.start for t in tokens]
        self.name_starts = [n.start for n in names]

    def bounds(self, span: Span) -> tuple[int, int]:
        """Give the tokens (end exclusive) that begin inside a span."""
        return bisect_left(self.token_starts, span.start), bisect_left(self.token_starts, span.end)

    def names_in(self, span: Span) -> list[int]:
        """Give the names, by index, whose proper part lies inside a span or overlaps it."""
        low = bisect_left(self.name_starts, span.start)
        if low and self.names[low - 1].end > span.start:
            low -= 1
        found = []
        for k in range(low, len(self.names)):
            if self.names[k].start >= span.end:
                break
            if self.names[k].core_start < span.end:
                found.append(k)
        return found

    def split(self, span: Span) -> list[Span]:
        """Part a coordination of names ("Tester and Vitter", "Raab and the Qatari officials") into its members."""
        low, high = self.bounds(span)
        names = self.names_in(span)
        inside = {x for k in names for x in range(self._first(k), self.names[k].last)}
        cuts = [i for i in range(low + 1, high) if self.tokens[i].folded in {"and", "&"} and i not in inside]
        if not names or not cuts:
            return [span]
        cut = cuts[-1]
        if self._is_aside(low, cut):
            return [span]
        left, right = Span(span.start, self.tokens[cut - 1].end), Span(self.tokens[cut].end, span.end)
        if not self._stands_alone(left) or not self._stands_alone(right, second=True):
            return [span]
        return [*self._commas(left), _trimmed(self.text, right)]

    def _first(self, k: int) -> int:
        return bisect_left(self.token_starts, self.names[k].start)

    def _is_aside(self, low: int, cut: int) -> bool:
        """Tell whether what stands before the "and" hangs on a preposition, a relative or an apposition."""
        asides = _POST | PREPOSITIONS
        return any(self.tokens[i].folded in asides and not self.covered[i] for i in range(low, cut))

    def _stands_alone(self, part: Span, *, second: bool = False) -> bool:
        """Tell a member of a coordination: a name with its titles, a phrase with its own determiner, or a plural."""
        low, high = self.bounds(part)
        while low < high and self.tokens[low].folded in {"both", "all", "and"}:
            low += 1
        if low >= high:
            return False
        if second and not self.tokens[low].capital and self.tokens[low].folded not in DETERMINERS:
            return head_kind(self.tokens[self.read(part).head or low].folded) == "plural"
        names = self.names_in(Span(self.tokens[low].start, part.end))
        if names and self.read(Span(self.tokens[low].start, part.end)).main is not None:
            start = self._first(names[0])
            before = range(low, min(start, high))
            return all(
                self.tokens[i].folded in MODIFIERS | TITLES | DETERMINERS or self.tokens[i].capital for i in before
            )
        if self.tokens[low].folded in DETERMINERS:
            return head_kind(self.tokens[self.read(part).head or low].folded) != "person" or not names
        return any(head_kind(self.tokens[i].folded) == "plural" for i in range(low, high))

    def _commas(self, left: Span) -> list[Span]:
        """Part "Merkley (D-Ore.), Brown" at its commas where every member holds a name."""
        names = self.names_in(left)
        if len(names) < 2 or "," not in self.text[left.start : left.end]:
            return [_trimmed(self.text, left)]
        cuts = [left.start]
        for k in names[1:]:
            before = self.text[self.names[k - 1].end : self.names[k].start] if k - 1 in names else ""
            if before.rstrip().endswith(",") and len(before) < 40:
                cuts.append(self.names[k].start)
        if len(cuts) == 1:
            return [_trimmed(self.text, left)]
        ends = [*cuts[1:], left.end]
        return [_trimmed(self.text, Span(a, b)) for a, b in zip(cuts, ends, strict=True)]

    def read(self, span: Span) -> Phrase:
        """Take one member apart: which name it stands for, or else its head noun."""
        low, high = self.bounds(span)
        names = tuple(k for k in self.names_in(span) if self.names[k].core_start >= span.start - 1)
        determiner, first = self._determiner(low, high)
        stop = self._stop(first, high)
        main = self._main(span, names, first, stop, high)
        head = self._head(first, stop) if stop > first else None
        return Phrase(low, high, names, main, head, first, stop, determiner)

    def _determiner(self, low: int, high: int) -> tuple[str, int]:
        i, determiner = low, ""
        while i < high - 1 and self.tokens[i].folded in DETERMINERS | {"both", "all", "only", "some"}:
            if (
                self.tokens[i].folded in {"some", "all", "both"}
                and i + 1 < high
                and not self.tokens[i + 1].gap.isspace()
            ):
                break
            determiner = self.tokens[i].folded
            i += 1
        return determiner, i

    def _stop(self, first: int, high: int) -> int:
        """Find where the words after the head begin: a preposition, a relative, a comma, a participle."""
        for i in range(first, high):
            token = self.tokens[i]
            if i > first and any(mark in token.gap for mark in ",(—–"):
                return i
            if self.covered[i]:
                continue
            if i > first and token.folded in PREPOSITIONS | _POST | _PARTICIPLES:
                return i
        return high

    def _head(self, first: int, stop: int) -> int:
        """Give the head: the last noun before the stop; words that only modify are stepped over."""
        i = stop - 1
        while i > first and self.tokens[i].folded in {"all", "both", "each", "alike", "also", "himself", "herself"}:
            i -= 1
        return i

    def _main(self, span: Span, names: Sequence[int], first: int, stop: int, high: int) -> int | None:
        """Choose the name that the phrase stands for, if one does (see the module's page, docs/speakers.md)."""
        best: int | None = None
        if names and self.names[names[-1]].titles and self.text.endswith(") ", 0, self.names[names[-1]].start):
            return names[-1]  # "Director of Media (DM) Major General Jan Roe"
        for k in names:
            name = self.names[k]
            begin = max(self._first(k), self.bounds(span)[0])
            possessive = self.tokens[name.last - 1].possessive
            if possessive and name.last < high and self.tokens[name.last - 1].end + 3 < span.end:
                continue
            if stop - 1 <= name.last <= stop and begin >= first - 1 and not self._only_modifies(name, stop):
                return k
            if self._apposed(name, begin, first, stop) and (
                best is None or self._comma_before(begin, stop) is not None
            ):
                best = k
        return best

    def _only_modifies(self, name: Name, stop: int) -> bool:
        """Tell whether a common noun follows the name before the phrase's head ends ("Trump campaign")."""
        return any(
            self.tokens[i].folded not in _AFTER_NAME and self.tokens[i].folded not in NOT_NAMES
            for i in range(name.last, stop)
        )

    def _apposed(self, name: Name, begin: int, first: int, stop: int) -> bool:
        """Tell whether a name after the head is the one described ("the head of a union Jan Roe", ", Jan Roe")."""
        if stop <= first:
            return False
        kind = head_kind(self.tokens[stop - 1].folded)
        comma = self._comma_before(begin, stop) if begin > first else None
        if kind == "organisation":
            return comma == stop and name.kind in {"organisation", "unknown"}
        relative = any(self.tokens[i].folded in _POST for i in range(stop, begin))
        if name.kind not in {"person", "unknown"} or (relative and self.tokens[begin - 1].folded not in _CALLED):
            return False
        if comma is not None:
            return self._comma_apposes(comma, first, stop, kind)
        if kind == "other" and begin == name.first and self._follows_noun(begin, stop):
            return " " in name.span.of(self.text)
        return begin > stop and kind == "person" and self._ends_in_name(name, begin, stop)

    def _comma_apposes(self, comma: int, first: int, stop: int, kind: HeadKind) -> bool:
        """Tell whether what follows the comma names whom the head describes, whatever the head where it adjoins."""
        determiner = self.tokens[first - 1].folded if first else ""
        if self.tokens[first].folded in {"one", "another"}:
            return True  # "one of them, Jan Roe"
        if kind in {"person", "plural"} or self.tokens[stop - 1].folded in KIN:
            return True
        possessed = determiner in {"his", "her", "its", "their"}
        return comma == stop and (possessed or (kind == "other" and determiner in DETERMINERS))

    def _ends_in_name(self, name: Name, begin: int, stop: int) -> bool:
        """Tell "the head of a union Jan Roe" from "a friend of Jan Roe": no preposition comes before it."""
        if name.titles and name.titles.split()[-1].isupper():
            return True
        if self.tokens[begin - 1].folded in COURTESIES:
            return True  # "Leader of Opposition Smt. Jan Roe"
        for i in range(begin - 1, stop - 1, -1):
            folded = self.tokens[i].folded
            if folded in PREPOSITIONS:
                return False
            if folded in TITLES | MODIFIERS or folded in DETERMINERS:
                continue
            return " " in self.tokens[begin].gap and "," not in self.tokens[begin].gap
        return False

    def _follows_noun(self, begin: int, stop: int) -> bool:
        """Tell whether a common noun after the head stands right before the name ("master of ceremonies Jan Roe")."""
        before = self.tokens[begin - 1]
        noun = not before.capital and before.folded not in CLOSED_CLASS and before.folded not in TITLES | MODIFIERS
        return begin - 1 > stop and noun and self.tokens[begin].gap == " "

    def _comma_before(self, begin: int, stop: int) -> int | None:
        """Give the token after the comma that parts description and name: ", state Sen. Jan Roe" at the end."""
        x = begin
        while x > stop and self.tokens[x].gap == " " and self.tokens[x - 1].folded in MODIFIERS | ROLES:
            x -= 1
        if "," not in self.tokens[x].gap:
            return None
        between = {self.tokens[i].folded for i in range(stop, begin)}
        return None if between & {"including", "like", "such", "who", "whose", "which"} else x


def _trimmed(text: str, span: Span) -> Span:
    """Take the blanks, commas and brackets off both ends of a span."""
    start, end = span.start, span.end
    while start < end and text[start] in " \n\t,;(":
        start += 1
    while end > start and text[end - 1] in " \n\t,;":
        end -= 1
    return Span(start, end)
