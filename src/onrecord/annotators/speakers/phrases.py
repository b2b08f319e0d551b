"""Source phrases taken apart: the members of a coordination, the name that one stands for, its head noun.

Reads tokens and names; gives :class:`Phrase`. Nothing is resolved here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from onrecord.annotators.speakers.mentions import DETERMINERS, PREPOSITIONS, HeadKind, head_kind
from onrecord.annotators.speakers.name_reading import Name
from onrecord.annotators.speakers.speaker_words import (
    BODIES_TOO,
    COURTESIES,
    KIN,
    MODIFIERS,
    NOT_NAMES,
    ROLES,
    TITLES,
)
from onrecord.annotators.speakers.tokens import Token
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.text.words import CLOSED_CLASS

_RANK: Final = 16  # characters between the comma and the name that a rank may take
_POST: Final = word_list("persons.post")
_PARTICIPLES: Final = word_list("persons.participles")
_ASIDES: Final = _POST | PREPOSITIONS
_AFTER_HEAD: Final = _ASIDES | _PARTICIPLES
_OFFICES: Final = TITLES | MODIFIERS
_CALLED: Final = word_list("persons.called")
_BEFORE_NAMES: Final = MODIFIERS | ROLES
_AFTER_NAME: Final = word_list("persons.after_name")


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


class PhraseReader:
    """Takes source phrases apart; holds what all of them look up."""

    def __init__(
        self, text: str, tokens: Sequence[Token], names: Sequence[Name], covered: bytearray, starts: Sequence[int]
    ) -> None:
        """Take the text with its tokens and names, in order.

        ``covered`` is 1 for the tokens of names, titles included; ``starts`` are where the tokens begin.
        """
        self.text, self.tokens, self.names, self.covered = text, tokens, names, covered
        self.token_starts = starts
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
        """Return whether what stands before the "and" hangs on a preposition, a relative or an apposition."""
        return any(self.tokens[i].folded in _ASIDES and not self.covered[i] for i in range(low, cut))

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
                self.tokens[i].folded in _OFFICES or self.tokens[i].folded in DETERMINERS or self.tokens[i].capital
                for i in before
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
        names = tuple(
            k
            for k in self.names_in(span)
            if self.names[k].core_start >= span.start - 1 and not self._in_brackets(span.start, self.names[k].start)
        )
        determiner, first = self._determiner(low, high)
        stop = self._stop(first, high)
        main = self._main(span, names, first, stop, high)
        head = self._head(first, stop) if stop > first else None
        return Phrase(low, high, names, main, head, first, stop, determiner)

    def _in_brackets(self, start: int, at: int) -> bool:
        """Tell a party or a place in brackets behind a name ("Senator Jan Roe (APG, Anam)") from the name."""
        return self.text.rfind("(", start, at) > self.text.rfind(")", start, at)

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
            if i > first and (any(mark in token.gap for mark in ",(—–") or token.gap == " - "):
                return i
            if self.covered[i]:
                continue
            if i > first and token.folded in _AFTER_HEAD:
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
        if len(names) > 1 and self._is_office(self.names[names[0]]) and self._comma_names(names[1], names[0]):
            last = names[-1]
            ends = self.names[last].end >= span.end - 1 and self._comma_names(last, names[-2])
            return last if ends and self.names[last].last - self.names[last].first > 1 else names[1]
        if self._closes_description(span, names, first, high):
            return names[-1]
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

    def _closes_description(self, span: Span, names: Sequence[int], first: int, high: int) -> bool:
        """Return whether a full name ends a description in capitals: "Head of Works, Harbour Board, Jan Ada Roe"."""
        if not names or self.names[names[-1]].end < span.end - 1:
            return False
        last = self.names[names[-1]]
        if last.kind not in {"person", "unknown"} or last.last - last.first < 2 or self._first(names[-1]) <= first:
            return False
        if "," not in self.tokens[self._first(names[-1])].gap or any(
            self.names[k].kind == "person" for k in names[:-1]
        ):
            return False
        comma = next(x for x in range(first + 1, high) if "," in self.tokens[x].gap)
        post = self.tokens[first + 1].folded in {"of", "for"} and not self.covered[first]  # "Member of Works, Jan Roe"
        offices = (self.tokens[x].folded for x in range(first, comma) if self.tokens[x].capital)
        return self.tokens[first].capital and (post or any(w in ROLES or w in TITLES for w in offices))

    def _is_office(self, name: Name) -> bool:
        """Tell an office that is written like a body's name ("Commissioner of Police", "Director of Prosecutions")."""
        words = [self.tokens[x].folded for x in range(name.first, name.last)]
        return len(words) > 2 and (words[0] in TITLES or words[0] in ROLES) and words[1] in {"of", "for"}

    def _comma_names(self, k: int, before: int) -> bool:
        """Return whether a person's name follows right behind the comma after another name, rank and all."""
        if self.names[k].kind not in {"person", "unknown"}:
            return False
        between = self.text[self.names[before].end : self.names[k].core_start]
        return between.startswith(",") and len(between) < _RANK and between.count(",") == 1

    def _only_modifies(self, name: Name, stop: int) -> bool:
        """Return whether a common noun follows the name before the phrase's head ends ("Trump campaign")."""
        return any(
            self.tokens[i].folded not in _AFTER_NAME and self.tokens[i].folded not in NOT_NAMES
            for i in range(name.last, stop)
        )

    def _apposed(self, name: Name, begin: int, first: int, stop: int) -> bool:
        """Return whether a name after the head is the one described ("the head of a union Jan Roe", ", Jan Roe")."""
        if stop <= first:
            return False
        kind = head_kind(self.tokens[stop - 1].folded)
        comma = self._comma_before(begin, stop) if begin > first else None
        body = name.kind == "organisation" and comma == begin  # "the owner of the mill, Acme Textiles,"
        if kind == "organisation" or (body and self.tokens[stop - 1].folded in BODIES_TOO):
            return body or (comma == stop and name.kind in {"organisation", "unknown"})
        relative = any(self.tokens[i].folded in _POST for i in range(stop, begin))
        if name.kind not in {"person", "unknown"} or (relative and self.tokens[begin - 1].folded not in _CALLED):
            return False
        if comma is not None:
            return self._comma_apposes(comma, first, stop, kind)
        if kind == "other" and begin == name.first and self._follows_noun(begin, stop):
            return " " in name.span.of(self.text)
        return begin > stop and kind == "person" and self._ends_in_name(name, begin, stop)

    def _comma_apposes(self, comma: int, first: int, stop: int, kind: HeadKind) -> bool:
        """Return whether what follows the comma names whom the head describes, whatever the head where it adjoins."""
        determiner = self.tokens[first - 1].folded if first else ""
        if self.tokens[first].folded in {"one", "another"}:
            return True  # "one of them, Jan Roe"
        if kind in {"person", "plural"} or self.tokens[stop - 1].folded in KIN:
            return True
        possessed = determiner in {"his", "her", "its", "their"} or any(
            self.tokens[i].possessive for i in range(first, stop - 1)
        )
        return comma == stop and (possessed or (kind == "other" and determiner in DETERMINERS))

    def _ends_in_name(self, name: Name, begin: int, stop: int) -> bool:
        """Tell "the head of a union Jan Roe" from "a friend of Jan Roe": no preposition comes before it."""
        if name.titles and name.titles.split()[-1].isupper():
            return True
        if self.tokens[begin - 1].folded in COURTESIES:
            return True  # "Leader of Opposition Smt. Jan Roe"
        if name.last - name.first == 1 and head_kind(self.tokens[begin - 1].folded) == "organisation":
            return False  # "a columnist in the daily Herald"
        for i in range(begin - 1, stop - 1, -1):
            folded = self.tokens[i].folded
            if folded in PREPOSITIONS:
                return False
            if folded in _OFFICES or folded in DETERMINERS:
                continue
            return " " in self.tokens[begin].gap and "," not in self.tokens[begin].gap
        return False

    def _follows_noun(self, begin: int, stop: int) -> bool:
        """Return whether a common noun after the head stands right before the name ("master of ceremonies Jan Roe")."""
        before = self.tokens[begin - 1]
        noun = not before.capital and before.folded not in CLOSED_CLASS and before.folded not in _OFFICES
        return begin - 1 > stop and noun and self.tokens[begin].gap == " "

    def _comma_before(self, begin: int, stop: int) -> int | None:
        """Give the token after the comma that parts description and name: ", state Sen. Jan Roe" at the end."""
        x = begin
        while x > stop and self.tokens[x].gap == " " and self._describes(x - 1, x == begin):
            x -= 1
        if "," not in self.tokens[x].gap:
            return None
        between = {self.tokens[i].folded for i in range(stop, begin)}
        return None if between & {"including", "like", "such", "who", "whose", "which"} else x

    def _describes(self, x: int, last: bool) -> bool:
        """Return whether a word may stand in "19-year-old college student Jan Roe"; the last of them is a calling."""
        token = self.tokens[x]
        if last or token.folded in _BEFORE_NAMES:
            return token.folded in _BEFORE_NAMES
        return not token.capital and token.folded not in CLOSED_CLASS and not self.covered[x]


def _trimmed(text: str, span: Span) -> Span:
    """Take the blanks, commas and brackets off both ends of a span."""
    start, end = span.start, span.end
    while start < end and text[start] in " \n\t,;(":
        start += 1
    while end > start and text[end - 1] in " \n\t,;":
        end -= 1
    return Span(start, end)
