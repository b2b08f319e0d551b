"""Names in running text: where a run of capitals that may be a name begins and ends.

Reads a text's tokens and its sentences; gives :class:`~onrecord.annotators.speakers.name_reading.Name`, in text order.
A name is read by its form alone here; whether "Raab" is "Dominic Raab" is for
:mod:`onrecord.annotators.speakers.naming`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import Final

from onrecord.annotators.speakers.name_kinds import NameKind
from onrecord.annotators.speakers.name_reading import ORGANISATION_LINKS, SPACE, Name, NameReader
from onrecord.annotators.speakers.speaker_words import (
    ABBREVIATED,
    CALENDAR,
    DEMONYMS,
    GIVEN,
    MODIFIERS,
    NOT_NAMES,
    ORGANISATION_WORDS,
    PARTICLES,
    PLACE_OPENERS,
    PLACES,
    PLATFORMS,
    TITLES,
)
from onrecord.annotators.speakers.tokens import Token, head_free, is_common
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.text.words import CLOSED_CLASS

_NICKNAME: Final = re.compile(" [\"“‘'(]\\Z")
_AFTER_NICKNAME: Final = re.compile("[\"”’')] \\Z")
_RETIRED: Final = re.compile(r"[.]? \([A-Za-z]{2,12}\Z")
_AFTER_RETIRED: Final = re.compile(r"[.]?\)[.]? \Z")
_DATING: Final = word_list("persons.dating")
_LONGEST_NAME: Final = 16  # tokens; a longer run of capitals is a headline or shouting
_SHOUTED: Final = 0.84  # share of capitalised words from which a sentence is set in headline capitals


def _is_compound_adjective(printed: str) -> bool:
    """Tell "Red-eyed" at a sentence's begin, which names nobody."""
    first, hyphen, last = printed.rpartition("-")
    if first.casefold() == "no":
        return last.islower()  # "No-frills"
    return bool(hyphen) and last.islower() and last.endswith(("ed", "ing")) and is_common(first.casefold())


class NameFinder:
    """Finds the names of one text. Time is linear in its length."""

    def __init__(self, text: str, tokens: Sequence[Token], sentences: Sequence[Span]) -> None:
        """Take the text, its tokens and its sentences, in order."""
        self.text, self.tokens = text, tokens
        self.starts = [token.start for token in tokens]
        self.lower = Counter(t.folded for t in tokens if not t.capital)
        bounds = ((bisect_left(self.starts, s.start), bisect_left(self.starts, s.end)) for s in sentences)
        self.stretches = [(low, high, self.is_shouted(low, high)) for low, high in bounds]
        self.inside, self.beside = self._capitals_inside()
        self.reader = NameReader(text, tokens, self.inside, self.beside)
        self.hinted: Container[int] = ()
        self.called: set[str] = set()

    def _capitals_inside(self) -> tuple[Counter[str], Counter[tuple[str, str]]]:
        """Count the words that are capitalised where neither a sentence nor a quotation begins, and pairs of words."""
        found: Counter[str] = Counter()
        beside: Counter[tuple[str, str]] = Counter()
        for low, high, shouted in self.stretches:
            if shouted:
                continue
            for i in range(low + 1, high):
                if self.tokens[i].capital and SPACE.match(self.tokens[i].gap):
                    found[self.tokens[i].folded] += 1
                    beside[self.tokens[i - 1].folded, self.tokens[i].folded] += 1
        return found, beside

    def is_shouted(self, low: int, high: int) -> bool:
        """Return whether the tokens are set in headline capitals, so that a capital says nothing about names."""
        open_class = [
            t for t in self.tokens[low + 1 : high] if t.folded not in CLOSED_CLASS and not t.folded[0].isdigit()
        ]
        capitals = sum(t.capital for t in open_class)
        if len(open_class) < 3 or capitals < _SHOUTED * len(open_class):
            return False
        ends = self.text[self.tokens[high - 1].end : self.tokens[high - 1].end + 2]
        return capitals == len(open_class) or "." not in ends or capitals >= 0.9 * len(open_class) > 7

    def find(self) -> list[Name]:
        """Find the names outside headline capitals first, then inside them by what the rest of the text taught."""
        self.called = self._called()
        found: list[Name] = []
        for low, high, shouted in self.stretches:
            if not shouted:
                found.extend(self._of_sentence(low, high))
        found = self._opened_by_surnames(found)
        known = Known(self.tokens, found)
        for low, high, shouted in self.stretches:
            if shouted:
                found.extend(self._of_headline(low, high, known))
        return sorted(found)

    def _called(self) -> set[str]:
        """Give the words that else name nobody and here do: months that are family names, platforms that speak."""
        found = {self.tokens[x].folded for x in range(1, len(self.tokens)) if self._is_family_name(x)}
        return found | {t.folded for t in self.tokens if t.folded in PLATFORMS and t.start in self.hinted}

    def _is_family_name(self, x: int) -> bool:
        """Return whether a word of the calendar stands behind a given name or a title: "Una May", "Mrs May"."""
        token, before = self.tokens[x], self.tokens[x - 1]
        if token.folded not in CALENDAR or not token.capital or not before.capital or self._is_dated(x):
            return False
        titled = x > 1 and self.tokens[x - 2].capital and self.tokens[x - 2].folded in TITLES
        titled = titled and before.gap == " " and before.folded not in CLOSED_CLASS
        known = before.folded in GIVEN or before.folded in TITLES
        return (known or titled) and before.folded not in CALENDAR and bool(SPACE.match(token.gap))

    def _is_dated(self, x: int) -> bool:
        """Return whether a word of the calendar stands as one: "in May", "May 5", "5 May"."""
        before = self.tokens[x - 1].folded if x else ""
        after = self.tokens[x + 1] if x + 1 < len(self.tokens) else None
        numbered = after is not None and after.folded[:1].isdigit() and bool(SPACE.match(after.gap))
        return numbered or before in _DATING or before[:1].isdigit()

    def _names_nobody(self, x: int) -> bool:
        """Return whether a word is none of a name, as it stands here."""
        folded = self.tokens[x].folded
        return folded in NOT_NAMES and not (folded in self.called and not (folded in CALENDAR and self._is_dated(x)))

    def _opened_by_surnames(self, found: list[Name]) -> list[Name]:
        """Add the names that open a sentence with a surname which is a common word too ("Burke said").

        Such a word is a name where the text has it as the last word of a longer name, and never in small letters.
        """
        taken = {name.first for name in found} | {x for name in found for x in range(name.first, name.last)}
        last = {
            self.tokens[n.last - 1].folded for n in found if n.last - n.first > 1 and n.kind in {"person", "unknown"}
        }
        for low, high, shouted in self.stretches:
            if low >= high or low in taken or not self.tokens[low].capital or shouted:
                continue
            token = self.tokens[low]
            alone = not (low + 1 < high and self.tokens[low + 1].capital and SPACE.match(self.tokens[low + 1].gap))
            if token.folded in last and alone and not self.lower[token.folded] and head_free(token.folded):
                found.append(Name(token.start, token.end, low, low + 1, "unknown", "", token.start))
        return sorted(found)

    def _of_sentence(self, low: int, high: int) -> Iterator[Name]:
        i = low
        while i < high:
            if not self._may_begin(i, low):
                i += 1
                continue
            j = self._run(i, high)
            yield from self.reader.parse(i, j)
            i = j

    def _may_begin(self, i: int, low: int) -> bool:  # noqa: PLR0911 - one return a reason
        token = self.tokens[i]
        if not token.capital or self._names_nobody(i) or token.folded[0].isdigit() or token.gap[-1:] in {"@", "#"}:
            return False
        if token.folded in self.called or self._is_initial(i):
            return True
        if token.folded in CLOSED_CLASS:
            return self.reader.is_acronym(i) and token.end - token.start > 1 and token.folded not in {"it", "i"}
        opens = i == low or not SPACE.match(token.gap)
        if not opens:
            return True
        if _is_compound_adjective(self.text[token.start : token.end]):
            return False
        if token.start in self.hinted and head_free(token.folded):
            return True
        if token.folded in TITLES or token.folded in GIVEN or token.folded in PLACES:
            return True
        if self.inside[token.folded] > is_common(token.folded):
            return True
        if token.folded in ORGANISATION_WORDS and self._goes_on(i):
            return True
        if token.folded in PARTICLES and token.end - token.start > 1 and self._goes_on(i):
            return True
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if following is not None and following.capital and SPACE.match(following.gap) and self._continues(i, following):
            return True
        return not self.lower[token.folded] and (not is_common(token.folded) or token.possessive)

    def _is_initial(self, i: int) -> bool:
        """Return whether a letter opens a name as its initial: "its director, S. K. Roe,"."""
        token, following = self.tokens[i], self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        letter = token.end - token.start == 1 and self.text[token.end : token.end + 1] == "."
        return letter and following is not None and following.capital and following.gap in {". ", "."}

    def _goes_on(self, i: int) -> bool:
        """Return whether a particle or an "of" after this word leads to a capital."""
        return i + 1 < len(self.tokens) and self._step(i, i + 1, len(self.tokens)) > 1

    def _continues(self, i: int, following: Token) -> bool:
        """Return whether a sentence's first word goes with the capitalised one after it ("Foreign Secretary")."""
        if following.folded in NOT_NAMES or following.folded in CLOSED_CLASS:
            return False
        folded = self.tokens[i].folded
        return (
            not is_common(folded)
            or (folded in PLACE_OPENERS and following.folded in PLACES)
            or folded in MODIFIERS
            or folded in DEMONYMS
            or following.folded in ORGANISATION_WORDS
            or (self._is_beside(folded, following.folded) and not folded.endswith(("ly", "ing")))
        )

    def _is_beside(self, folded: str, following: str) -> bool:
        """Return whether the second word is a name's only beside the first, as far as the rest of the text shows."""
        return not self.lower[folded] and self.inside[following] <= self.beside[folded, following]

    def _run(self, i: int, high: int) -> int:
        """Give the end (exclusive) of the run of name tokens that begins at ``i``."""
        j = i + 1
        while j < high and j - i < _LONGEST_NAME and (not self.tokens[j - 1].possessive or self._holds_office(j, high)):
            step = self._step(i, j, high)
            if not step:
                break
            j += step
        return j

    def _holds_office(self, j: int, high: int) -> bool:
        """Tell "the Spokesperson's Unit", "the Prime Minister's Office", a body's name, from "the minister's car"."""
        token = self.tokens[j]
        office = token.folded in {"office", "unit", "department", "bureau", "service", "chambers"}
        ends = j + 1 >= high or not (self.tokens[j + 1].capital and SPACE.match(self.tokens[j + 1].gap))
        return office and token.capital and ends and self.tokens[j - 1].folded in TITLES and token.gap == " "

    def _step(self, i: int, j: int, high: int) -> int:
        """How many tokens continue the run at ``j``: 0 where it ends."""
        token, before = self.tokens[j], self.tokens[j - 1]
        if _RETIRED.match(token.gap + self.text[token.start : token.end]) and before.folded in TITLES:
            return 2 if self._capital_at(j + 1, high, _AFTER_RETIRED) else 0
        if token.capital and not self._names_nobody(j):
            if token.folded in CLOSED_CLASS and not self.reader.is_acronym(j) and token.folded not in {"will", "may"}:
                return 0
            return int(self._gap_joins(token.gap, before, j) and not self._leaves_heading(j))
        if token.folded == "i" and self._capital_at(j + 1, high) and SPACE.match(token.gap):
            return 2 if self._is_iberian(i, j) else 0
        if token.folded in NOT_NAMES or not SPACE.match(token.gap):
            return 0
        return self._particles(i, j, high) if token.folded in PARTICLES else self._link(i, j, high)

    def _leaves_heading(self, j: int) -> bool:
        """Return whether a heading in capitals ends before this word: "SAVE A QUARTER Most families put money by"."""
        if (
            j < 2
            or self.reader.is_acronym(j)
            or not is_common(self.tokens[j - 1].folded)
            or len(self.tokens[j - 1].folded) < 3
        ):
            return False
        return all(self.reader.is_acronym(x) for x in (j - 1, j - 2)) and bool(SPACE.match(self.tokens[j - 1].gap))

    def _particles(self, i: int, j: int, high: int) -> int:
        """Join "van der Berg", "de la Vega y Ruiz": one particle or two, and a capital after them."""
        if self._capital_at(j + 1, high):
            return 2 if self.tokens[j].folded not in {"y", "e"} or self._is_iberian(i, j) else 0
        if j + 1 < high and self.tokens[j + 1].folded in PARTICLES:
            return 3 if self._capital_at(j + 2, high) else 0
        return self._link(i, j, high)

    def _is_iberian(self, i: int, j: int) -> bool:
        """Tell "Ortega y Gasset" by the names or the particle before the "y"."""
        before = [self.tokens[x].folded for x in range(i, j)]
        return len(before) > 1 and not any(w in ORGANISATION_WORDS for w in before)

    def _capital_at(self, j: int, high: int, gap: re.Pattern[str] = SPACE) -> bool:
        return (
            j < high
            and self.tokens[j].capital
            and not self._names_nobody(j)
            and (self.tokens[j].folded not in CLOSED_CLASS or self.tokens[j].folded in self.called)
            and bool(gap.match(self.tokens[j].gap))
        )

    def _gap_joins(self, gap: str, before: Token, j: int) -> bool:
        if SPACE.match(gap) or gap in {" & ", "&"}:
            return True
        if _AFTER_RETIRED.match(gap):
            return before.gap[-1:] == "(" and self.tokens[j - 2].folded in TITLES
        if gap[:1] == "." and SPACE.match(gap[1:] or "x"):
            return before.end - before.start == 1 or before.folded in ABBREVIATED or "." in before.folded
        if _NICKNAME.match(gap):
            after = self.tokens[j + 1].gap if j + 1 < len(self.tokens) else ""
            return (
                (before.folded in GIVEN or before.folded in TITLES)
                and gap[-1] != "("
                and bool(_AFTER_NICKNAME.match(after))
                and self.tokens[j + 1].capital
            )
        return bool(_AFTER_NICKNAME.match(gap)) and bool(_NICKNAME.match(self.tokens[j - 1].gap))

    def _link(self, i: int, j: int, high: int) -> int:
        """Join "Department of Defense", "Committee for a Responsible Budget", "Securities and Exchange Commission"."""
        folded = self.tokens[j].folded
        if folded not in ORGANISATION_LINKS:
            return 0
        k = j + 1
        if k < high and self.tokens[k].folded in {"the", "a", "an", "de"} and SPACE.match(self.tokens[k].gap):
            k += 1
        if not self._capital_at(k, high):
            return 0
        left = [self.tokens[x].folded for x in range(i, j)]
        if folded == "and":
            return k - j + 1 if k == j + 1 and self._and_joins(i, j, k, high) else 0
        holder = any(word in ORGANISATION_WORDS for word in left)
        if folded in {"of", "for", "de", "des", "du"} and (
            left[-1] in TITLES or (holder and not self._is_persons(i, j))
        ):
            return k - j + 1
        if folded == "to":
            return k - j + 1 if left[-1] in {"mission", "delegation", "embassy", "representation"} else 0
        return k - j + 1 if holder and folded in {"on", "against"} and left[-1] in ORGANISATION_WORDS else 0

    def _is_persons(self, i: int, j: int) -> bool:
        """Return whether the run is a titled person's name by now ("Rabbi Jonathan Blake"), which takes no "of"."""
        folded = [self.tokens[x].folded for x in range(i, j)]
        return (
            any(w in TITLES and w not in ORGANISATION_WORDS for w in folded[:-1])
            and folded[-1] not in ORGANISATION_WORDS
        )

    def _and_joins(self, i: int, j: int, k: int, high: int) -> bool:
        """Tell "Securities and Exchange Commission" from "Clinton and Senate Democrats"."""
        if j - i > 3 or any(self.tokens[x].folded in GIVEN or self.tokens[x].folded in PLACES for x in range(i, j)):
            return any(self.tokens[x].folded in ORGANISATION_WORDS for x in range(i, j)) and "of" in {
                self.tokens[x].folded for x in range(i, j)
            }
        end = k
        while end < high and end - k < 4 and self._capital_at(end, high):
            end += 1
        last = self.tokens[end - 1].folded
        if last not in ORGANISATION_WORDS or end - k < 1:
            return False
        return (end - k >= 2 or j - i >= 1) and self.tokens[i].gap == " " and self._after_the(i)

    def _after_the(self, i: int) -> bool:
        return i > 0 and self.tokens[i - 1].folded in {"the", "federal", "us", "u.s", "national", "states"}

    def _of_headline(self, low: int, high: int, known: Known) -> Iterator[Name]:
        """Find names known from the running text, titles before them included; else whole titled runs."""
        i = low
        while i < high:
            match = known.longest(i, high)
            if match is None:
                i += 1
                continue
            length, kind = match
            begin = i
            while begin > low and self.tokens[begin - 1].folded in TITLES and self.tokens[begin - 1].capital:
                begin -= 1
            titles = self.text[self.tokens[begin].start : self.tokens[i].start].strip() if begin < i else ""
            end = i + length
            yield Name(self.tokens[begin].start, self.tokens[end - 1].end, i, end, kind, titles, self.tokens[i].start)
            i = end


class Known:
    """Names of the running text, looked up by their tokens, so that headline capitals can be read."""

    def __init__(self, tokens: Sequence[Token], names: Sequence[Name]) -> None:
        """Take the text's tokens and the names found in its sentences."""
        self.tokens = tokens
        self.kinds: dict[tuple[str, ...], NameKind] = {}
        self.longest_by_first: dict[str, int] = {}
        for name in names:
            folded = tuple(tokens[x].folded for x in range(name.first, name.last))
            self._add(folded, name.kind)
            if name.kind in {"person", "unknown"} and len(folded) > 1:
                self._add(folded[-1:], name.kind)

    def _add(self, folded: tuple[str, ...], kind: NameKind) -> None:
        if len(folded) == 1 and folded[0] in CLOSED_CLASS:
            return
        self.kinds.setdefault(folded, kind)
        self.longest_by_first[folded[0]] = max(self.longest_by_first.get(folded[0], 0), len(folded))

    def longest(self, i: int, high: int) -> tuple[int, NameKind] | None:
        """Give the length in tokens and the kind of the longest known name that begins at token ``i``."""
        most = min(self.longest_by_first.get(self.tokens[i].folded, 0), high - i)
        for length in range(most, 0, -1):
            folded = tuple(self.tokens[x].folded for x in range(i, i + length))
            if folded in self.kinds and self.tokens[i].capital:
                return length, self.kinds[folded]
        return None
