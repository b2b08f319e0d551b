"""Words as they are spoken: the folding under which two wordings count as the same.

Reads a text; gives its words as :class:`Spoken`, each with its place. On top of the shared tokenisation
(:mod:`onrecord.text.words`: case, Unicode form, apostrophes, inner commas of numerals) are folded: numerals and number
words (``two thousand four hundred``, ``2,400``), signs that are read out (``%``, ``&``, ``$5``), initials (``U.S.A.``,
``U-S-A``, ``USA``), abbreviations that are read in full (``Aug.``, ``Mr.``), and a few spellings (``O.K.``, ``okay``).
Contractions are not: ``there's`` and ``there is`` are different words, which :func:`expanded` shows to say the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import simplemma

from onrecord.comparison.speech.transcript_text import TranscriptText
from onrecord.lexicon.load import LANGUAGE, alternatives, value_table, word_list
from onrecord.lexicon.numbers import ORDINALS, SCALES, TENS, UNITS, ordinal_form
from onrecord.text.words import Word, is_content, lemma, words


class Spoken(NamedTuple):
    """A spoken word: its place in the text, in characters, and the form that is compared."""

    start: int
    end: int
    form: str


_NUMBER_STARTS: Final = frozenset({*UNITS, *TENS, *SCALES})
_ORDINALS: Final = {word: ordinal_form(number) for word, number in ORDINALS.items()}
_READ_OUT: Final = value_table("spoken.read_out", dict[str, str])
_SPELLINGS: Final[dict[str, str]] = {
    **value_table("spoken.spellings", dict[str, str]),
    **dict(entry.split(" ") for entry in word_list("wording.spellings")),
}
_BRITISH: Final = re.compile(rf"(?P<stem>\w{{3,}})is(?P<ending>{alternatives(word_list('wording.ise_endings'))})")
_INITIALISMS: Final = value_table("spoken.initialisms", dict[str, str])
_SIGNS: Final = value_table("spoken.signs", dict[str, str])
_COMPOUNDS: Final = value_table("spoken.compounds", dict[str, str])
_ARTICLES: Final = word_list("wording.articles")
_NUMBER_JOINERS: Final = word_list("wording.number_joiners")
_HUNDRED: Final = 100
_CURRENCY: Final = value_table("spoken.currencies", dict[str, str])
_MONEY_WORDS: Final = word_list("wording.money_words")
_ORDINAL_FORM: Final = re.compile(r"\d+(?:st|nd|rd|th)")
_LEAST_STEM: Final = 3
_MOST_DIGITS: Final = 20  # of a number that is read; more are a key or a serial number
_MOST: Final = 10**15  # where scales are heaped up ("million million …"), reading ends
_PLAIN_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*")
_YEARS: Final = range(18, 21)
_STAGE: Final = re.compile(
    r"\[[^\[\]]{0,80}\]|\([^()]{0,80}\)|^[ \t]*(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d+)?[ \t]*$", re.MULTILINE
)
_STAGE_WORDS: Final = word_list("wording.stage_words")
UNHEARD: Final = re.compile(
    rf"{alternatives(word_list('wording.unheard'))}|[\[(](?:{alternatives(word_list('wording.unheard_in_brackets'))})[\])]"
    r"|\?\?\?|_{3,}",
    re.IGNORECASE,
)
"""Marks by which a transcript says that it did not hear, or not for certain."""


def spoken(text: str, start: int = 0, end: int | None = None) -> list[Spoken]:
    """List the spoken words of ``text[start:end]``, in time linear in its length; positions count in ``text``."""
    return _fold(text, words(text, start, end))


def spoken_in(transcript: TranscriptText, start: int, end: int) -> list[Spoken]:
    """List the spoken words of a stretch of a transcript.

    What stands in brackets as a stage direction (``[applause]``) or is a page's own (its number, a running head) is
    nobody's word and left out.
    """
    found = words(transcript.text, start, end)
    return _fold(transcript.text, _without_stage_directions(transcript, found, start, end))


def _without_stage_directions(transcript: TranscriptText, found: list[Word], start: int, end: int) -> list[Word]:
    directions = [m.span() for m in _STAGE.finditer(transcript.text, start, end) if _is_direction(m.group())]
    if marks := transcript.page_marks(start, end):
        directions = sorted({*directions, *((m.start, m.end) for m in marks)})
    if not directions:
        return found
    kept: list[Word] = []
    at = 0
    for word in found:
        while at < len(directions) and directions[at][1] <= word.start:
            at += 1
        if at == len(directions) or word.start < directions[at][0]:
            kept.append(word)
    return kept


def _is_direction(bracketed: str) -> bool:
    inside = bracketed.strip("[]() \t\n")
    letters = [c for c in inside if c.isalpha()]
    if not letters:
        return True
    shouted = len(letters) > 3 and all(c.isupper() for c in letters) and bracketed[0] == "["
    return shouted or any(w in _STAGE_WORDS for w in re.findall(r"[a-z-]+", inside.lower()))


def _fold(text: str, found: Sequence[Word]) -> list[Spoken]:
    result: list[Spoken] = []
    if not found:
        return result
    first, last = max(0, found[0].start - 2), found[-1].end + 1
    signs = text.find("&", first, last) >= 0 or text.find("%", first, last) >= 0
    at = 0
    while at < len(found):
        start, end, folded = found[at]
        if not signs and len(folded) > 1 and folded not in _SPECIAL and not folded[0].isdigit():
            result.append(Spoken(start, end, _with_z(folded) if "is" in folded[3:] else folded))
            at += 1
            continue
        if len(folded) == 1 and (taken := _initials(text, found, at)) > 1:
            letters = "".join(w.folded for w in found[at : at + taken])
            letters = _INITIALISMS.get(letters, _SPELLINGS.get(letters, letters))
            result.append(Spoken(start, found[at + taken - 1].end, letters))
            at += taken
        elif folded[0].isdigit() or folded in _NUMBER_STARTS:
            at = _number(text, found, at, result)
        else:
            at += _plain(text, found, at, result)
        _signs_after(text, result, found[at].start if at < len(found) else end + 2)
    return result


_SPECIAL: Final = frozenset(
    {
        *_NUMBER_STARTS,
        *_READ_OUT,
        *_SPELLINGS,
        *_ORDINALS,
        *_INITIALISMS,
        *_ARTICLES,
        *(c.split(" ")[0] for c in _COMPOUNDS),
    }
)
"""Words that are not always their own form."""


def _plain(text: str, found: Sequence[Word], at: int, result: list[Spoken]) -> int:
    start, end, folded = found[at]
    before = text[start - 1] if start else ""
    if before == "&" or text[max(0, start - 2) : start] == "& ":
        result.append(Spoken(start - 2 if before == " " else start - 1, start, _SIGNS["&"]))
    following = found[at + 1].folded if at + 1 < len(found) else ""
    if compound := _COMPOUNDS.get(f"{folded} {following}"):
        result.append(Spoken(start, found[at + 1].end, compound))
        return 2
    if folded in _ARTICLES and following in SCALES:
        return 1 + _number(text, found, at + 1, result) - (at + 1)
    form = folded
    if folded in _INITIALISMS and text[start:end].isupper() and _mixed_case(text, start, end):
        form = _INITIALISMS[folded]
    if folded in _READ_OUT and (text[end : end + 1] == "." or text[start].isupper()):
        form = _READ_OUT[folded]
    form = _SPELLINGS.get(form) or (_with_z(form) if "is" in form[3:] else form)
    result.extend(Spoken(start, end, _ORDINALS.get(part, part)) for part in form.split(" "))
    return 1


@lru_cache(maxsize=50_000)
def _with_z(form: str) -> str:
    """Spell "organise" as "organize", where the language has that word."""
    match = _BRITISH.fullmatch(form)
    known = match is not None and simplemma.is_known(f"{match['stem']}ize", lang=LANGUAGE)
    return f"{match['stem']}iz{match['ending']}" if match and known else form


def _mixed_case(text: str, start: int, end: int) -> bool:
    return any(c.islower() for c in text[max(0, start - 20) : end + 20])


def _signs_after(text: str, result: list[Spoken], next_start: int) -> None:
    last = result[-1]
    if text[last.end : last.end + 1] == "%" and last.end < next_start:
        result.append(Spoken(last.end, last.end + 1, _SIGNS["%"]))


def _initials(text: str, found: Sequence[Word], at: int) -> int:
    """Count the single letters in a row that points or hyphens alone part, as in U.S.A. or U-S-A."""
    if not text[found[at].start].isalpha():
        return 1
    taken = 1
    while at + taken < len(found):
        word = found[at + taken]
        between = text[found[at + taken - 1].end : word.start]
        if len(word.folded.removesuffix("'s")) != 1 or between not in {".", "-", "‑"} or not text[word.start].isalpha():
            break
        taken += 1
    return taken


def _number(text: str, found: Sequence[Word], at: int, result: list[Spoken]) -> int:
    """Read a numeral or number words from ``at``; add their one form and a currency read out; give the next place."""
    start = found[at].start
    value, taken = _value(found, at, text)
    if value is None:
        result.append(Spoken(start, found[at].end, found[at].folded))
        return at + 1
    last = found[at + taken - 1]
    result.append(Spoken(start, last.end, value))
    sign = _CURRENCY.get(text[start - 1]) if start else None
    following = found[at + taken].folded if at + taken < len(found) else ""
    if sign and following not in _MONEY_WORDS:
        result.append(Spoken(last.end, last.end, sign))
    return at + taken


def _value(found: Sequence[Word], at: int, text: str) -> tuple[str | None, int]:
    """Give the number at ``at``, in digits, and how many words it takes; ``None`` for an ordinal or alike."""
    first = found[at].folded
    if first[0].isdigit():
        if not _PLAIN_NUMBER.fullmatch(first):
            return None, 1
        zero_first = len(first) > 1 and first[0] == "0" and "." not in first
        if first.count(".") > 1 or zero_first or len(first) > _MOST_DIGITS:
            return first, 1  # a version, a key: letters that happen to be digits
        return _scaled(found, at, float(first) if "." in first else int(first), 1)
    total, taken = _cardinal(found, at, text)
    return (_digits(total), taken) if taken else (None, 1)


def _scaled(found: Sequence[Word], at: int, value: float, taken: int) -> tuple[str, int]:
    while value < _MOST and at + taken < len(found) and SCALES.get(found[at + taken].folded, 0) > _HUNDRED:
        value *= SCALES[found[at + taken].folded]
        taken += 1
    return _digits(value), taken


def _digits(value: float) -> str:
    return str(int(value)) if value == int(value) else str(round(value, 6))


def _cardinal(found: Sequence[Word], at: int, text: str) -> tuple[int, int]:
    """Read number words: ``two thousand four hundred and five`` is (2405, 6); years in pairs are put together."""
    total = group = taken = 0
    last = "none"
    if found[at].folded in SCALES and (at == 0 or found[at - 1].folded not in _ARTICLES):
        return 0, 0
    while at + taken < len(found) and total + group < _MOST:
        word = found[at + taken].folded
        if taken and not _joined(text, found[at + taken - 1], found[at + taken]):
            break
        kind, value = _number_word(word)
        if kind == "joiner" and last == "scale" and _begins_number(found, at + taken + 1):
            taken += 1
            continue
        if (kind, last) in _ADDED or ((kind, last) == ("unit", "tens") and value < 10):
            group += value
        elif kind == "scale" and (value == _HUNDRED or group or last == "none"):
            group = (group or 1) * value
            if value > _HUNDRED:
                group, total = 0, total + group
        elif kind in _SMALL and value >= 10 and total == 0 and group in _YEARS and last in _SMALL:
            group = group * 100 + value
        else:
            break
        last = kind
        taken += 1
    return total + group, taken


_ADDED: Final = frozenset((kind, last) for kind in ("unit", "tens") for last in ("none", "scale"))
"""Kinds of a number word and of the word before it whose values are added up."""
_SMALL: Final = frozenset({"unit", "tens"})


def _begins_number(found: Sequence[Word], at: int) -> bool:
    return at < len(found) and _number_word(found[at].folded)[0] in _SMALL


def _number_word(word: str) -> tuple[str, int]:
    for kind, table in (("unit", UNITS), ("tens", TENS), ("scale", SCALES)):
        if word in table:
            return kind, table[word]
    return ("joiner" if word in _NUMBER_JOINERS else "none"), 0


def _joined(text: str, before: Word, after: Word) -> bool:
    return text[before.end : after.start] in {" ", "-", "‑", "\n", " \n"}


NEGATIONS: Final = word_list("wording.negations")
MODALS: Final = word_list("wording.modals")
PERSONS: Final = word_list("wording.persons")
QUANTIFIERS: Final = word_list("wording.quantifiers")
_ENDINGS: Final = value_table("spoken.endings", dict[str, str])
_IRREGULAR: Final = value_table("spoken.contractions", dict[str, tuple[str, ...]])
_CLITIC_HOSTS: Final = word_list("wording.clitic_hosts")
CLITICS: Final = value_table("spoken.clitics", dict[str, list[str]])
"""Clitics that stand for one of several words."""


@lru_cache(maxsize=50_000)
def expanded(form: str) -> tuple[str, ...]:
    """Give the words that a contraction stands for: ``don't`` is do, not; a possessive stays as it is."""
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    for ending, full in _ENDINGS.items():
        stem = form.removesuffix(ending)
        if stem and stem != form:
            if ending == "'s" and stem not in _CLITIC_HOSTS:
                return (form,)
            return (stem, full)
    return (form,)


def expand_all(forms: Sequence[str]) -> list[str]:
    """Expand the contractions of a row of forms."""
    return [part for form in forms for part in expanded(form)]


def is_number(form: str) -> bool:
    """Return whether a form is a number, written in digits or read as such."""
    return form[:1].isdigit()


@lru_cache(maxsize=50_000)
def is_closed(form: str) -> bool:
    """Return whether a form belongs to the closed classes, contractions included; numbers do not."""
    return not is_number(form) and all(not is_content(part) or part in CLITICS for part in expanded(form))


INFLECTIONS: Final = value_table("spoken.inflections", dict[str, list[str]])
"""Endings of a word's forms, with what they may do to the stem."""


@lru_cache(maxsize=100_000)
def same_word(a: str, b: str) -> bool:
    """Return whether two different forms are inflections of one word."""
    if is_number(a) or is_number(b):
        return False
    one, other = lemma(a), lemma(b)
    if one == other:
        return True
    return bool(_stems(a) & _stems(b))


def _stems(form: str) -> set[str]:
    result = {form} if len(form) >= _LEAST_STEM else set()
    for ending, changes in INFLECTIONS.items():
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < _LEAST_STEM:
            continue
        result.add(stem)
        if "doubled" in changes and len(stem) > _LEAST_STEM and stem[-1] == stem[-2]:
            result.add(stem[:-1])
        if "y" in changes and stem.endswith("i"):
            result.add(stem[:-1] + "y")
        if "e" in changes:
            result.add(stem + "e")
    return result
