"""The noun phrase behind a number: what it counts, found without a parser.

Reads the tokens of a text and a :class:`Quantity`; gives a :class:`Counted`: the head noun, the phrase with its
modifiers, and where the figure ends. English puts the counted noun last in its phrase and in the plural, so that the
first plural behind a number is the head ("three short-range missiles", "13 U.S. service members"), save where plurals
follow each other directly ("two sports fans"). A phrase ends at a word of the closed classes, at punctuation or at
another number.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from onrecord.annotators.figures.counted import EVENTS, is_human_adjective, is_plural, noun_lemma
from onrecord.annotators.figures.quantity import Quantity
from onrecord.lexicon.load import word_list
from onrecord.lexicon.units import DURATIONS
from onrecord.text.number_tokens import Token
from onrecord.text.numerals import NumeralReader
from onrecord.text.words import CLOSED_CLASS

_LONGEST: Final = 8  # tokens that a phrase may have
_HYPHENS: Final = frozenset({"-", "‐", "‑"})
_ARTICLES: Final = word_list("figures.articles")
_PRONOUNS: Final = word_list("figures.pronouns")
_WITHIN: Final = word_list("figures.within")
_NO_NOUN: Final = word_list("figures.no_noun")
_VERBS_BEHIND: Final = word_list("figures.verbs_behind")
_SETS: Final = word_list("figures.sets")


class Counted(NamedTuple):
    """What a quantity counts. ``start, end`` is the figure with its noun; ``of_start, of_end`` the noun phrase alone.

    ``head`` is the lemma of the head noun, ``last`` the token after the phrase, ``partitive`` whether it is "N of the
    …", ``inner`` the token at which the number of a partitive's whole begins ("10 of the 12 victims").
    """

    start: int
    end: int
    head: str | None = None
    of_start: int | None = None
    of_end: int | None = None
    last: int = 0
    partitive: bool = False
    inner: int | None = None


class PhraseReader:
    """Finds the noun phrases behind the quantities of one text."""

    def __init__(self, text: str, tokens: list[Token], numerals: NumeralReader) -> None:
        """Take a text, its tokens and their reader."""
        self.text = text
        self.tokens = tokens
        self.numerals = numerals

    def counted(self, quantity: Quantity) -> Counted:  # noqa: PLR0911 - one return a form
        """Find what a quantity counts."""
        nothing = Counted(quantity.start, quantity.end, last=quantity.last)
        if quantity.kind in {"percentage", "money", "ratio"}:
            return self._share_of(quantity, nothing)
        if quantity.kind == "age":
            return nothing
        if quantity.kind == "measure":
            return self._attributive(quantity, nothing) if quantity.attributive else nothing
        word = self.numerals.folded(quantity.last)
        if word == "of":
            return self._partitive(quantity, nothing)
        if word == "times":
            return self._times(quantity, nothing)
        phrase = self._phrase(quantity.last, singular=quantity.low == 1 and quantity.high == 1)
        if phrase is None:
            return self._member_of(quantity, nothing)
        return phrase._replace(start=quantity.start)

    def _share_of(self, quantity: Quantity, nothing: Counted) -> Counted:
        """Give what a percentage is of; the span stays the number and its sign."""
        at = quantity.last
        if self.numerals.folded(at) == "of":
            at += 1
            while self.numerals.folded(at) in _ARTICLES:
                at += 1
            phrase = self._phrase(at, singular=True)
            if phrase is not None:
                return nothing._replace(head=phrase.head, of_start=phrase.of_start, of_end=phrase.of_end)
        return nothing

    def _attributive(self, quantity: Quantity, nothing: Counted) -> Counted:
        """Read the noun of "20-year war", "40-minute telephone call"."""
        run = self._run(quantity.last)
        head = self._singular_head(run)
        if head is None:
            return nothing
        begin, end = self.tokens[run[0]].start, self.tokens[head].end
        return Counted(quantity.start, end, noun_lemma(self.tokens[head].folded), begin, end, head + 1)

    def _partitive(self, quantity: Quantity, nothing: Counted) -> Counted:
        """Read "21 of the schoolgirls", "hundreds of women", "one of them", "10 of the 12 victims"."""
        at = quantity.last + 1
        definite = False
        while self.numerals.folded(at) in _ARTICLES and self.numerals.folded(at + 1) not in {"", "of"}:
            definite = True
            at += 1
        if self.numerals.folded(at) in _PRONOUNS:
            end = self.tokens[at].end
            return Counted(quantity.start, end, None, last=at + 1, partitive=True)
        inner = self._inner_number(at)
        begin = inner if inner is not None else at
        phrase = self._phrase(begin, singular=definite)
        if phrase is None:
            return nothing._replace(partitive=definite, inner=at if inner is not None else None)
        if inner is not None and not self._exact_from(at):
            return nothing._replace(
                head=phrase.head, of_start=phrase.of_start, of_end=phrase.of_end, partitive=True, inner=at
            )
        counted = phrase._replace(start=quantity.start, partitive=definite)
        return counted._replace(inner=at) if inner is not None else counted

    def _inner_number(self, index: int) -> int | None:
        """Find the token after the number that a partitive's whole begins with, past the words that bound it."""
        for skipped in range(4):
            at = index + skipped
            if at >= len(self.tokens) or not self.numerals.joined(at):
                return None
            numeral = self.numerals.read(at)
            if numeral is not None and not numeral.ordinal:
                return numeral.last
            if self.tokens[at].folded not in {
                "more",
                "than",
                "about",
                "some",
                "at",
                "least",
                "nearly",
                "over",
                "almost",
                "estimated",
            }:
                return None
        return None

    def _exact_from(self, index: int) -> bool:
        return index < len(self.tokens) and self.numerals.read(index) is not None

    def _times(self, quantity: Quantity, nothing: Counted) -> Counted:
        """Read "10 times as many officers", "three times more likely" (no noun)."""
        at = quantity.last + 1
        if self.numerals.folded(at) == "as" and self.numerals.folded(at + 1) in {"many", "much"}:
            phrase = self._phrase(at + 2, singular=False)
            if phrase is not None:
                return phrase._replace(start=quantity.start, head=f"times {phrase.head}")
        return nothing._replace(end=self.tokens[quantity.last].end, head="times", last=quantity.last + 1)

    def _member_of(self, quantity: Quantity, nothing: Counted) -> Counted:
        """Read "a family of five": the set before a number without a noun of its own."""
        if self.numerals.folded(quantity.first - 1, joined=False) != "of" or quantity.first < 3:
            return nothing
        name = self.tokens[quantity.first - 2]
        article = self.tokens[quantity.first - 3]
        if name.folded not in _SETS or article.folded not in {"a", "the", "another"} or quantity.start != quantity.core:
            return nothing
        if not (self.numerals.joined(quantity.first - 1) and self.numerals.joined(quantity.first - 2)):
            return nothing
        start = article.start if article.folded == "a" else name.start
        return nothing._replace(start=start, head=name.folded, of_start=name.start, of_end=name.end)

    def _phrase(self, index: int, *, singular: bool) -> Counted | None:
        """Read the noun phrase that begins at a token; ``singular`` when its head need not be a plural."""
        run = self._run(index)
        if not run:
            return None
        head = self._head(run, singular=singular)
        if head is None:
            return None
        last = head
        following = self.numerals.folded(head + 1)
        if following in {"and", "or"} and is_plural(self.tokens[head].folded) and self._coordinated(head + 2):
            last = head + 2
        begin = self.tokens[run[0]].start
        return Counted(
            begin, self.tokens[last].end, noun_lemma(self.tokens[head].folded), begin, self.tokens[last].end, last + 1
        )

    def _coordinated(self, index: int) -> bool:
        """Return whether "girls and women" goes on: a plural joined by "and", with nothing of its own behind it."""
        if not is_plural(self.numerals.folded(index)) or self._is_name(index):
            return False
        following = self.numerals.folded(index + 1)
        return not following or following in CLOSED_CLASS or following in EVENTS

    def _is_name(self, index: int) -> bool:
        return self.text[self.tokens[index].start].isupper()

    def _run(self, index: int) -> list[int]:
        """List the tokens that may belong to the phrase: open-class words joined by spaces or hyphens."""
        run: list[int] = []
        for at in range(index, min(index + _LONGEST, len(self.tokens))):
            token = self.tokens[at]
            if not self._goes_on(at, run):
                break
            word = self.text[token.start : token.end]
            abbreviation = word.isupper() and len(word) <= 3
            if token.folded in _NO_NOUN and not abbreviation:
                break
            within = (token.folded in _WITHIN and not run) or self._opens_compound(at)
            if token.folded in CLOSED_CLASS and not abbreviation and not within:
                break
            if not run and token.folded in _VERBS_BEHIND:
                break
            run.append(at)
        return run

    def _opens_compound(self, at: int) -> bool:
        """Return whether a hyphen joins a word to the next: "at-home", "on-board"."""
        return at + 1 < len(self.tokens) and self.numerals.gap(at + 1) in _HYPHENS

    def _goes_on(self, at: int, run: list[int]) -> bool:
        """Whether a token may follow in the phrase, by what parts it from the one before and by being a number."""
        gap = self.numerals.gap(at)
        before = self.tokens[at - 1] if at else None
        initial = before is not None and len(before.folded) == 1 and run and gap in {". ", ".", ".-"}
        if not (self.numerals.joined(at) or initial) or (gap and "\n" in gap and run):
            return gap in {" “", ' "', " ‘", " '", " #", "+ "} and not run
        if self.tokens[at].number is None and self.numerals.read(at) is None:
            return True
        code = gap in _HYPHENS or self.text[self.tokens[at].end : self.tokens[at].end + 1] in _HYPHENS
        return bool(run or code) and code and self.tokens[at].number is not None

    def _head(self, run: list[int], *, singular: bool) -> int | None:
        plurals = [at for at in run if self._plural_noun(at)]
        if plurals:
            head = plurals[0]
            while head + 1 in plurals and not self._ends_before_verb(head):
                head += 1
            return head
        for at in run[:2]:
            if is_human_adjective(self.tokens[at].folded) or self.tokens[at].folded == "more":
                return at
        return self._singular_head(run) if singular else None

    def _plural_noun(self, at: int) -> bool:
        token = self.tokens[at]
        word = self.text[token.start : token.end]
        if len(word) <= 2 or (word.isupper() and len(word) <= 4):
            return False
        if self.text[token.end : token.end + 1] in _HYPHENS:
            return False
        return is_plural(token.folded)

    def _ends_before_verb(self, at: int) -> bool:
        """Return whether the next word, though in -s, is what the noun does ("the dead includes")."""
        return self.numerals.folded(at + 1) in {
            "includes",
            "says",
            "remains",
            "follows",
            "comes",
            "leaves",
            "means",
            "dead",
            "missing",
            "injured",
            "wounded",
        }

    def _singular_head(self, run: list[int]) -> int | None:
        """Take the last noun of a run without plurals, once what looks like a verb is cut off behind it."""
        for place, at in enumerate(run):
            word = self.tokens[at].folded
            verbal = word.endswith(("ed", "ing")) and word not in {
                "wedding",
                "building",
                "meeting",
                "bombing",
                "killing",
                "hearing",
                "shooting",
                "bed",
            }
            if place and (verbal or (word in EVENTS and not self._is_name(at) and place + 1 < len(run))):
                return run[place - 1]
        return run[-1] if run and self.tokens[run[-1]].folded not in DURATIONS else None
