"""Names in running text: capitalised sequences read as title, name proper, or an organisation's name.

Reads a text's words (:mod:`onrecord.words`) and its sentences; gives :class:`Token` and :class:`Name`, in text order.
A name is read by its form alone here; whether "Raab" is "Dominic Raab" is for :mod:`onrecord.annotate.speakers.naming`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import simplemma

from onrecord.annotate.speakers.speaker_words import (
    ABBREVIATED,
    COURTESIES,
    DEMONYMS,
    DOCUMENT_HEADS,
    GIVEN,
    MODIFIERS,
    NOT_NAMES,
    ORGANISATION_WORDS,
    PARTICLES,
    PLACE_OPENERS,
    PLACES,
    PLURAL_ROLES,
    ROLES,
    SUFFIXES,
    TITLES,
)
from onrecord.document import Span
from onrecord.words import APOSTROPHES, CLOSED_CLASS, words

NameKind = Literal["person", "organisation", "place", "unknown"]

_JOINERS: Final = frozenset({"-", "‐", "‑", "."} | set(APOSTROPHES))
_NICKNAME: Final = re.compile(" [\"“‘'(]\\Z")
_AFTER_NICKNAME: Final = re.compile("[\"”’')] \\Z")
_MADE_OF_NAME: Final = re.compile(
    "-(?:based|born|backed|led|controlled|run|owned|linked|allied|trained|educated|held|era)$"
)
_RETIRED: Final = re.compile(r"[.]? \([A-Za-z]{2,12}\Z")
_AFTER_RETIRED: Final = re.compile(r"[.]?\)[.]? \Z")
_CREDITS: Final = frozenset("reuters afp ap epa getty alamy rex shutterstock xinhua kyodo tass".split())
_LONGEST_NAME: Final = 16  # tokens; a longer run of capitals is a headline or shouting
_LONGEST_WORD: Final = 80  # characters; a longer chain of hyphens and points is no word
_SPACE: Final = re.compile(r"[ \u00a0\u2009\u202f]+\Z")
_ORGANISATION_LINKS: Final = frozenset("of for and in on against at to de des du la".split())
_SHOUTED: Final = 0.84  # share of capitalised words from which a sentence is set in headline capitals


class Token(NamedTuple):
    """One word of a name or of running text, initials and hyphenated parts joined; ``gap`` is what stands before it.

    ``start, end`` are characters of the text and leave out a possessive ``'s``.
    """

    start: int
    end: int
    folded: str
    gap: str
    possessive: bool
    capital: bool


class Name(NamedTuple):
    """A name as it stands: ``start, end`` in characters, titles included; ``first, last`` are its tokens without them.

    ``titles`` are the tokens before the name proper, as printed. ``last`` is exclusive.
    """

    start: int
    end: int
    first: int
    last: int
    kind: NameKind
    titles: str
    core_start: int

    @property
    def span(self) -> Span:
        """Where the name stands, titles included."""
        return Span(self.start, self.end)


def tokenise(text: str) -> list[Token]:
    """Give the text's words, joined where only a hyphen, a point between initials or an apostrophe parts them."""
    found: list[Token] = []
    previous_end = 0
    wrapped = "\n\n" in text  # else each line is a paragraph, and nothing reaches over its end
    for word in words(text):
        gap = text[previous_end : word.start] if word.start - previous_end <= 4 else "\n\n"
        if gap == "\n" and wrapped:
            gap = " "
        previous_end = word.end
        folded, end, possessive = word.folded, word.end, False
        if folded.endswith("'s") and len(folded) > 2:
            folded, end, possessive = folded[:-2], word.end - 2, True
        elif text[word.end : word.end + 1] in tuple(APOSTROPHES) and folded.endswith("s"):
            possessive = text[word.end + 1 : word.end + 2].isspace()
        if found and gap in _JOINERS and _joins(text, found[-1], gap, word.start, word.end):
            last = found[-1]
            joined = last.folded + ("'" if gap in APOSTROPHES else gap) + folded
            found[-1] = Token(last.start, end, joined, last.gap, possessive, last.capital or text[word.start].isupper())
        else:
            found.append(Token(word.start, end, folded, gap, possessive, text[word.start].isupper()))
    return found


def _joins(text: str, last: Token, gap: str, start: int, end: int) -> bool:
    if last.possessive or last.end - last.start > _LONGEST_WORD:
        return False
    if gap == ".":
        return end - start == 1 and (last.end - last.start == 1 or text[last.end - 2 : last.end - 1] == ".")
    if gap in APOSTROPHES:
        return last.end - last.start <= 2 and text[start].isupper()
    return True


@lru_cache(maxsize=50_000)
def is_common(folded: str) -> bool:
    """Tell whether a folded word is an English word other than a name, as far as the lemma table knows."""
    return folded in CLOSED_CLASS or folded in ROLES or bool(simplemma.is_known(folded, lang="en"))


def is_title(folded: str) -> bool:
    """Tell whether a folded word stands before a name as its title; "secretary-treasurer" does by its parts."""
    return folded in TITLES or (
        "-" in folded and folded.rsplit("-", 1)[1] in TITLES | {"elect", "designate", "at-large"}
    )


_AGENT: Final = re.compile(r"(.{3,})(?:er|or)$")


def _is_calling(folded: str, rest: Sequence[str]) -> bool:
    """Tell a calling before a name ("Promoter Brightwave") by its verb, or by the given name that follows."""
    if folded in GIVEN or folded in ORGANISATION_WORDS or folded in PLACES or not is_common(folded):
        return False
    if any(w in ORGANISATION_WORDS or w in PLACES for w in rest):
        return False
    if len(rest) > 1 and rest[0] in GIVEN and (folded not in DEMONYMS or folded in ROLES):
        return True  # "Clerk Ana Dorn"
    agent = _AGENT.match(folded)
    verb = agent is not None and any(simplemma.is_known(agent.group(1) + e, lang="en") for e in ("", "e"))
    return (verb or folded in ROLES) and not any(is_common(w) for w in rest)


def _is_compound_adjective(printed: str) -> bool:
    """Tell "Red-eyed" at a sentence's begin, which names nobody."""
    first, hyphen, last = printed.rpartition("-")
    return bool(hyphen) and last.islower() and last.endswith(("ed", "ing")) and is_common(first.casefold())


def head_free(folded: str) -> bool:
    """Tell whether a source of one capitalised word can be a name: it is no role, no plural, no document."""
    return not (
        folded in ROLES or folded in PLURAL_ROLES or folded in DOCUMENT_HEADS or folded in ORGANISATION_WORDS
        or (folded.endswith("s") and folded[:-1] in ROLES) or folded in CLOSED_CLASS or folded in DEMONYMS
    )  # fmt: skip


class NameFinder:
    """Finds the names of one text. Time is linear in its length."""

    def __init__(self, text: str, tokens: Sequence[Token], sentences: Sequence[Span]) -> None:
        """Take the text, its tokens and its sentences, in order."""
        self.text, self.tokens, self.sentences = text, tokens, sentences
        self.starts = [token.start for token in tokens]
        self.lower = Counter(t.folded for t in tokens if not t.capital)
        self.inside = self._capitals_inside()
        self.surnames: set[str] = set()
        self.hinted: Container[int] = ()

    def _bounds(self, sentence: Span) -> tuple[int, int]:
        return bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)

    def _capitals_inside(self) -> Counter[str]:
        """Count the words that are capitalised where neither a sentence nor a quotation begins."""
        found: Counter[str] = Counter()
        self.beside: Counter[tuple[str, str]] = Counter()
        for sentence in self.sentences:
            low, high = self._bounds(sentence)
            if self.is_shouted(low, high):
                continue
            for i in range(low + 1, high):
                if self.tokens[i].capital and _SPACE.match(self.tokens[i].gap):
                    found[self.tokens[i].folded] += 1
                    self.beside[self.tokens[i - 1].folded, self.tokens[i].folded] += 1
        return found

    def is_shouted(self, low: int, high: int) -> bool:
        """Tell whether the tokens are set in headline capitals, so that a capital says nothing about names."""
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
        found: list[Name] = []
        shouted: list[tuple[int, int]] = []
        for sentence in self.sentences:
            low, high = self._bounds(sentence)
            if high <= low:
                continue
            if self.is_shouted(low, high):
                shouted.append((low, high))
            else:
                found.extend(self._of_sentence(low, high))
        found = self._opened_by_surnames(found)
        known = Known(self.tokens, found)
        for low, high in shouted:
            found.extend(self._of_headline(low, high, known))
        return sorted(found)

    def _opened_by_surnames(self, found: list[Name]) -> list[Name]:
        """Add the names that open a sentence with a surname which is a common word too ("Burke said").

        Such a word is a name where the text has it as the last word of a longer name, and never in small letters.
        """
        taken = {name.first for name in found} | {x for name in found for x in range(name.first, name.last)}
        last = {
            self.tokens[n.last - 1].folded for n in found if n.last - n.first > 1 and n.kind in {"person", "unknown"}
        }
        for sentence in self.sentences:
            low, high = self._bounds(sentence)
            if low >= high or low in taken or not self.tokens[low].capital or self.is_shouted(low, high):
                continue
            token = self.tokens[low]
            alone = not (low + 1 < high and self.tokens[low + 1].capital and _SPACE.match(self.tokens[low + 1].gap))
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
            yield from self.parse(i, j)
            i = j

    def _may_begin(self, i: int, low: int) -> bool:  # noqa: PLR0911 - one return a reason
        token = self.tokens[i]
        if not token.capital or token.folded in NOT_NAMES or token.folded[0].isdigit() or token.gap[-1:] in {"@", "#"}:
            return False
        if token.folded in CLOSED_CLASS:
            return self._is_acronym(i) and token.end - token.start > 1 and token.folded not in {"it", "i"}
        opens = i == low or not _SPACE.match(token.gap)
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
        if token.folded in ORGANISATION_WORDS and self._step(i, i + 1, len(self.tokens)) > 1:
            return True
        if token.folded in PARTICLES and token.end - token.start > 1 and self._step(i, i + 1, len(self.tokens)) > 1:
            return True
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if (
            following is not None
            and following.capital
            and _SPACE.match(following.gap)
            and self._continues(i, following)
        ):
            return True
        return not self.lower[token.folded] and (not is_common(token.folded) or token.possessive)

    def _continues(self, i: int, following: Token) -> bool:
        """Tell whether a sentence's first word goes with the capitalised one after it ("Foreign Secretary")."""
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
        """Tell whether the second word is a name's only beside the first, as far as the rest of the text shows."""
        return not self.lower[folded] and self.inside[following] <= self.beside[folded, following]

    def _is_acronym(self, i: int) -> bool:
        token = self.tokens[i]
        return self.text[token.start : token.end].isupper()

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
        ends = j + 1 >= high or not (self.tokens[j + 1].capital and _SPACE.match(self.tokens[j + 1].gap))
        return office and token.capital and ends and self.tokens[j - 1].folded in TITLES and token.gap == " "

    def _step(self, i: int, j: int, high: int) -> int:
        """How many tokens continue the run at ``j``: 0 where it ends."""
        token, before = self.tokens[j], self.tokens[j - 1]
        if _RETIRED.match(token.gap + self.text[token.start : token.end]) and before.folded in TITLES:
            return 2 if self._capital_at(j + 1, high, _AFTER_RETIRED) else 0
        if token.capital and token.folded not in NOT_NAMES:
            if token.folded in CLOSED_CLASS and not self._is_acronym(j) and token.folded not in {"will", "may"}:
                return 0
            return int(self._gap_joins(token.gap, before, j))
        if token.folded == "i" and self._capital_at(j + 1, high) and _SPACE.match(token.gap):
            return 2 if self._is_iberian(i, j) else 0
        if token.folded in NOT_NAMES or not _SPACE.match(token.gap):
            return 0
        return self._particles(i, j, high) if token.folded in PARTICLES else self._link(i, j, high)

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

    def _capital_at(self, j: int, high: int, gap: re.Pattern[str] = _SPACE) -> bool:
        return (
            j < high
            and self.tokens[j].capital
            and self.tokens[j].folded not in NOT_NAMES
            and self.tokens[j].folded not in CLOSED_CLASS
            and bool(gap.match(self.tokens[j].gap))
        )

    def _gap_joins(self, gap: str, before: Token, j: int) -> bool:
        if _SPACE.match(gap) or gap in {" & ", "&"}:
            return True
        if _AFTER_RETIRED.match(gap):
            return before.gap[-1:] == "(" and self.tokens[j - 2].folded in TITLES
        if gap[:1] == "." and _SPACE.match(gap[1:] or "x"):
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
        if folded not in _ORGANISATION_LINKS:
            return 0
        k = j + 1
        if k < high and self.tokens[k].folded in {"the", "a", "an", "de"} and _SPACE.match(self.tokens[k].gap):
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
        """Tell whether the run is a titled person's name by now ("Rabbi Jonathan Blake"), which takes no "of"."""
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

    # Reading one run of capitals -------------------------------------------------------------------------------------

    def parse(self, i: int, j: int) -> Iterator[Name]:
        """Read tokens ``i`` to ``j`` (exclusive) as one name, title and name proper apart; nothing where it is none."""
        while i < j and (self.tokens[i].folded in {"the", "a", "an"} or _MADE_OF_NAME.search(self.tokens[i].folded)):
            i += 1
        if i >= j:
            return
        if self.tokens[i].folded in _CREDITS and all(self.tokens[x].folded in PLACES for x in range(i + 1, j)):
            i = min(i + 1, j - 1)  # a picture's credit before the sentence: "Reuters Japan has …"
        for t in range(i + 2, j - 1):
            if self.tokens[t].folded in GIVEN - {"dean"} and self.tokens[t - 1].folded in ORGANISATION_WORDS - TITLES:
                yield from self.parse(i, t)
                i = t
                break
        if self._ends_in_person(i, j):
            yield from self.parse(i, j - 2)
            i = j - 2
        j = self._without_noun(i, j)
        core = self._after_titles(i, j)
        while i < core < j and self.tokens[core].gap[-1:] == "(":
            core += 1  # "DCP (South) Jan Roe"
        if core >= j:
            return
        kind = self.kind_of(core, j, titled=core > i)
        if kind is None:
            return
        if core > i and kind in {"organisation", "place"}:
            core = i
        titles = self.text[self.tokens[i].start : self.tokens[core].start].strip() if core > i else ""
        yield Name(self.tokens[i].start, self.tokens[j - 1].end, core, j, kind, titles, self.tokens[core].start)

    def _without_noun(self, i: int, j: int) -> int:
        """Cut off what is no part of a name: "the South Carolina Republican", a headline's "Jan Roe Miss"."""
        while j - i > 1 and self.tokens[j - 1].folded in COURTESIES - GIVEN:
            j -= 1
        if j - i > 1 and self.tokens[j - 1].folded in ROLES and self.kind_of(i, j - 1, titled=False) == "place":
            j -= 1
        return j

    def _ends_in_person(self, i: int, j: int) -> bool:
        """Tell "Committee on International Affairs Jan Roe": a body's name in common words, and two that are none."""
        folded = [self.tokens[x].folded for x in range(i, j)]
        return (
            len(folded) > 4
            and any(w in _ORGANISATION_LINKS for w in folded[1:-3])
            and any(w in ORGANISATION_WORDS for w in folded[:-3])
            and is_common(folded[-3])
            and not any(w in ORGANISATION_WORDS or w in PLACES or w in DEMONYMS or is_common(w) for w in folded[-2:])
        )

    def _after_titles(self, i: int, j: int) -> int:  # noqa: PLR0911 - one return a form of title
        """Give the index of the first token of the name proper; ``j`` where the run is a bare title."""
        folded = [self.tokens[x].folded for x in range(i, j)]
        end = len(folded)
        while end > 1 and folded[end - 1] in SUFFIXES:
            end -= 1
        if folded[-1] in ORGANISATION_WORDS and folded[-1] not in {"general", "house"}:
            return i
        linked = self._office_end(folded)
        if linked is not None:
            return i + linked
        if folded[0] in GIVEN and len(folded) == 2 and folded[1] != "general":
            return i
        if len(folded) > 2 and folded[1] in GIVEN and self._is_mixed(i):
            return i + 1
        last = self._last_title(folded[: end - 1])
        if last is not None:
            return j if last + 2 == len(folded) and folded[-1] in ABBREVIATED and is_title(folded[-1]) else i + last + 1
        modified = next((x for x, word in enumerate(folded) if word not in MODIFIERS), 0)
        if self._is_rank(i + modified, j):
            return i + modified + 1
        if len(folded) > 1 and _is_calling(folded[0], folded[1:]):
            return i + 1
        if is_title(folded[-1]) and (len(folded) == 1 or all(w in MODIFIERS or is_title(w) for w in folded[:-1])):
            return j
        if len(folded) > 1 and is_title(folded[-1]) and folded[0] not in GIVEN and folded[-2] not in GIVEN:
            return j
        return i

    def _last_title(self, folded: list[str]) -> int | None:
        """Give the last word that stands as a title before a name, whose last word is not asked about."""
        for t in range(len(folded) - 1, -1, -1):
            if t and folded[t] == "dean" and folded[t - 1] in ORGANISATION_WORDS:
                return t
            named = t > 0 and folded[t - 1] in GIVEN and folded[t] not in COURTESIES | ABBREVIATED
            if is_title(folded[t]) and not named:
                return t
        return None

    def _is_rank(self, i: int, j: int) -> bool:
        """Tell letters that stand for a rank, an office or an employer before a person's name: "DCI Priya Nandra".

        What follows is two words or more that are no common words, places or parts of a body's name.
        """
        letters = self.text[self.tokens[i].start : self.tokens[i].end]
        rest = [self.tokens[x].folded for x in range(i + 1, j)]
        return (
            2 <= len(letters) <= 4
            and letters.isalpha()
            and letters.isupper()
            and len(rest) >= 2
            and len(rest[-1]) > 1
            and not any(w in ORGANISATION_WORDS or w in PLACES or w in DEMONYMS for w in rest)
            and not is_common(rest[-1])
            and not any(self._is_acronym(x) and len(self.tokens[x].folded) > 2 for x in range(i + 1, j))
        )

    def _is_mixed(self, i: int) -> bool:
        """Tell an abbreviation such as "DpolG" or "NBC": two capitals or more in one word, no point."""
        printed = self.text[self.tokens[i].start : self.tokens[i].end]
        return sum(c.isupper() for c in printed) >= 2 and printed.isalnum()

    def _office_end(self, folded: list[str]) -> int | None:
        """Read "Secretary of State Rex Tillerson": where the name begins after an office that takes an "of"."""
        for t, word in enumerate(folded[:-2]):
            if word in TITLES and folded[t + 1] in {"of", "for"}:
                courtesy = next((x for x in range(len(folded) - 2, t + 1, -1) if folded[x] in COURTESIES), None)
                if courtesy is not None:
                    return courtesy + 1
                rest = len(folded) - t - 2
                if folded[t + 2] in {"the", "a"}:
                    return len(folded) - 2 if rest > 3 and folded[-2] in GIVEN else len(folded)
                if rest >= 3:
                    return len(folded) - 2
                if rest == 2 and (folded[-1] in self.surnames or self.inside[folded[-1]] > self.inside[folded[-2]]):
                    return len(folded) - 1
                return len(folded)
        return None

    def kind_of(self, first: int, last: int, *, titled: bool) -> NameKind | None:  # noqa: PLR0911 - one a kind
        """Tell what the name proper names; ``None`` where it names nobody (a nationality, a plural, a thing)."""
        folded = [self.tokens[x].folded for x in range(first, last)]
        single = len(folded) == 1
        if folded[0][:2] in {"d-", "r-", "i-"} or folded[0].startswith(("http", "www")):
            return None
        if single and not titled and is_common(folded[0]) and self._is_numbered(last):
            return None
        if single and (folded[0] in PLURAL_ROLES or (folded[0] in DOCUMENT_HEADS and is_common(folded[0]))):
            return None
        if not single and folded[-1] in DEMONYMS and folded[-1] not in PLACES and not titled and len(folded) == 2:
            return None
        if single and folded[0] in DEMONYMS and folded[0] not in PLACES and not titled:
            return "place" if folded[0] in {"us", "uk", "eu", "un", "u.s"} and self._is_acronym(first) else None
        heads = [w for k, w in enumerate(folded) if k + 1 == len(folded) or folded[k + 1] in {"of", "for", "on"}]
        organisation = any(w in ORGANISATION_WORDS for w in heads) or "of" in folded or "and" in folded
        if organisation and not (titled and single):
            return "organisation"
        if titled or (single and folded[0].startswith(("al-", "el-", "bin-", "ibn-"))):
            return "person"
        if all(w in PLACES or w in DEMONYMS for w in folded) or (single and folded[0] in PLACES):
            return "place"
        if single and self._is_acronym(first) and 2 <= len(folded[0].replace(".", "")) <= 6:
            return "organisation"
        if not single and folded[0] in GIVEN and folded[-1] not in ORGANISATION_WORDS:
            return "person"
        if folded[0] in PLACE_OPENERS:
            return "place"
        return "unknown"

    def _is_numbered(self, x: int) -> bool:
        """Tell "Phase 3" and "Article 5": a number follows."""
        return x < len(self.tokens) and self.tokens[x].folded.isdigit() and bool(_SPACE.match(self.tokens[x].gap))

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
