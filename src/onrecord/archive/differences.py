"""What changed between two versions of an article: what was found first, words second, trifles only counted.

Reads the annotations of both versions; gives :class:`Differences`. Findings are compared by what they say, not by where
they stand: an attribution of one version goes with the one of the other that has the most words in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal, TypeVar

import msgspec
from rapidfuzz import fuzz

from onrecord.annotation import Annotations, Attribution, Figure
from onrecord.archive.keys import fold
from onrecord.document import Span

Kind = Literal[
    "title-changed",
    "byline-changed",
    "date-changed",
    "quotation-added",
    "quotation-removed",
    "quotation-changed",
    "statement-added",
    "statement-removed",
    "statement-changed",
    "credited-to-another",
    "speaker-added",
    "speaker-removed",
    "figure-corrected",
    "source-added",
    "source-removed",
]
KINDS: Final[tuple[Kind, ...]] = Kind.__args__  # type: ignore[attr-defined]
"""The kinds of findings that can differ; a quotation is in quotation marks, a statement in the article's own words."""
_SAME: Final = 55.0  # of 100: from here on two contents are versions of one
_NEAR: Final = 60.0  # likewise two sentences
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_LINE: Final = re.compile(r"\S.*")
_MOST: Final = 25_000_000  # pairs of words; above, two lines are shown whole
_Item = TypeVar("_Item")


class Difference(msgspec.Struct, frozen=True):
    """One finding that differs: as it was and as it is, in words and, where it stands in the text, in characters."""

    kind: Kind
    before: str | None = None
    after: str | None = None
    speaker: str | None = None
    old: Span | None = None
    new: Span | None = None


class Passage(msgspec.Struct, frozen=True):
    """Words that differ in places where nothing that was found does; either side may be empty."""

    before: str
    after: str
    old: Span
    new: Span


class Differences(msgspec.Struct, frozen=True):
    """How a version differs from the former one.

    ``findings`` come first; ``passages`` are the other places where words differ; ``trivial`` counts the places where
    only spacing, case, punctuation or the form of a letter does.
    """

    findings: tuple[Difference, ...]
    passages: tuple[Passage, ...]
    trivial: int


def differences(before: Annotations, after: Annotations) -> Differences:
    """Compare two versions of one article."""
    found = [
        *_of_the_head(before, after),
        *_of_attributions(before, after),
        *_of_speakers(before, after),
        *_of_figures(before, after),
        *_of_sources(before, after),
    ]
    passages, trivial = _of_words(before, after)
    told = [each for each in found if each.old is not None or each.new is not None]
    others = tuple(each for each in passages if not any(_within(each, one) for one in told))
    return Differences(tuple(found), others, trivial)


def _of_the_head(before: Annotations, after: Annotations) -> Iterator[Difference]:
    old, new = before.document, after.document
    pairs: list[tuple[Kind, str | None, str | None]] = [
        ("title-changed", old.title, new.title),
        ("byline-changed", old.byline, new.byline),
        ("date-changed", _day(before), _day(after)),
    ]
    for kind, was, is_now in pairs:
        if fold(was or "") != fold(is_now or ""):
            yield Difference(kind, was, is_now)


def _day(annotations: Annotations) -> str | None:
    published = annotations.document.published
    return published.day if published is not None else None


def _matched(
    before: Sequence[_Item], after: Sequence[_Item], alike: Callable[[_Item, _Item], float], least: float
) -> list[tuple[_Item | None, _Item | None]]:
    """Pair items one to one, the most alike first; each that is left stands alone."""
    scored = ((alike(old, new), -i, -j) for i, old in enumerate(before) for j, new in enumerate(after))
    olds, news = set(range(len(before))), set(range(len(after)))
    pairs: list[tuple[_Item | None, _Item | None]] = []
    for score, i, j in sorted(scored, reverse=True):
        if score >= least and -i in olds and -j in news:
            olds.remove(-i)
            news.remove(-j)
            pairs.append((before[-i], after[-j]))
    return [*pairs, *((before[i], None) for i in sorted(olds)), *((None, after[j]) for j in sorted(news))]


def _content(each: Attribution, text: str) -> str:
    return " … ".join(span.of(text) for span in each.content)


def _of_attributions(before: Annotations, after: Annotations) -> list[Difference]:
    olds = [(fold(_content(each, before.text)), each) for each in before.attributions]
    news = [(fold(_content(each, after.text)), each) for each in after.attributions]
    found = []
    for old, new in _matched(olds, news, lambda a, b: fuzz.ratio(a[0], b[0]), _SAME):
        was, is_now = old and old[1], new and new[1]
        if old is None or new is None or old[0] != new[0]:
            found.append(_attribution(was, is_now, before, after))
        if was is not None and is_now is not None:
            names = _who(was, before), _who(is_now, after)
            if not _one_name(*names):
                found.append(Difference("credited-to-another", *names, old=was.extent, new=is_now.extent))
    return sorted(found, key=lambda each: (each.new or each.old or Span(0, 0)).start)


def _attribution(
    was: Attribution | None, is_now: Attribution | None, before: Annotations, after: Annotations
) -> Difference:
    last = is_now or was
    assert last is not None
    noun = "statement" if last.form == "indirect" else "quotation"
    verb = "added" if was is None else "removed" if is_now is None else "changed"
    kind: Kind = f"{noun}-{verb}"  # type: ignore[assignment]
    return Difference(
        kind,
        before=_content(was, before.text) if was is not None else None,
        after=_content(is_now, after.text) if is_now is not None else None,
        speaker=_who(last, after if is_now is not None else before),
        old=was.extent if was is not None else None,
        new=is_now.extent if is_now is not None else None,
    )


def _who(each: Attribution, annotations: Annotations) -> str | None:
    return next((speaker.name for speaker in annotations.speakers if speaker.id == each.speaker), None)


def _one_name(name: str | None, other: str | None) -> bool:
    """Return whether two names may be one person's: all words of the shorter stand in the longer."""
    words, others = set(fold(name or "").split()), set(fold(other or "").split())
    return words == others or (bool(words and others) and (words <= others or others <= words))


def _of_speakers(before: Annotations, after: Annotations) -> Iterator[Difference]:
    old, new = _quoted(before), _quoted(after)
    for name in new:
        if not any(_one_name(name, other) for other in old):
            yield Difference("speaker-added", after=name, speaker=name)
    for name in old:
        if not any(_one_name(name, other) for other in new):
            yield Difference("speaker-removed", before=name, speaker=name)


def _quoted(annotations: Annotations) -> list[str]:
    return list(dict.fromkeys(name for each in annotations.attributions if (name := _who(each, annotations))))


def _of_figures(before: Annotations, after: Annotations) -> Iterator[Difference]:
    """Give the figures that count the same in a sentence of both versions, and have another value."""
    olds = [(_around(each, before), each) for each in before.figures]
    news = [(_around(each, after), each) for each in after.figures]
    for old, new in _matched(
        olds, news, lambda a, b: fuzz.ratio(a[0], b[0]) if _counts_same(a[1], b[1]) else 0.0, _NEAR
    ):
        if old is None or new is None or (old[1].low, old[1].high) == (new[1].low, new[1].high):
            continue
        was, is_now = old[1].span, new[1].span
        yield Difference("figure-corrected", was.of(before.text), is_now.of(after.text), old=was, new=is_now)


def _around(figure: Figure, annotations: Annotations) -> str:
    sentence = next((each for each in annotations.sentences if each.holds(figure.span)), figure.span)
    return fold(sentence.of(annotations.text))


def _counts_same(old: Figure, new: Figure) -> bool:
    return fold(old.of or "") == fold(new.of or "") and old.unit == new.unit and old.event == new.event


def _of_sources(before: Annotations, after: Annotations) -> Iterator[Difference]:
    old, new = _sources(before), _sources(after)
    for folded, (name, span) in new.items():
        if folded not in old:
            yield Difference("source-added", after=name, new=span)
    for folded, (name, span) in old.items():
        if folded not in new:
            yield Difference("source-removed", before=name, old=span)


def _sources(annotations: Annotations) -> dict[str, tuple[str, Span]]:
    """Give those through whom the article says it has something, by their folded names."""
    links = [link for each in annotations.attributions for link in each.shown_via] + list(annotations.provenance)
    return {
        fold(link.outlet or link.name): (link.name, Span(link.start, link.end)) for link in reversed(links) if link.name
    }


def _of_words(before: Annotations, after: Annotations) -> tuple[list[Passage], int]:
    """Compare line by line, and word by word where lines differ; places that differ only in trifles are counted."""
    olds, news = list(_LINE.finditer(before.text)), list(_LINE.finditer(after.text))
    passages: list[Passage] = []
    trivial = 0
    for old_lines, new_lines in _unlike(olds, news):
        for old, new in _unlike_words(before.text, after.text, old_lines, new_lines):
            if fold(old.of(before.text)) == fold(new.of(after.text)):
                trivial += 1
            else:
                passages.append(Passage(old.of(before.text), new.of(after.text), old, new))
    return passages, trivial


def _unlike_words(before: str, after: str, old: Span, new: Span) -> Iterator[tuple[Span, Span]]:
    olds = list(_TOKEN.finditer(before, old.start, old.end))
    news = list(_TOKEN.finditer(after, new.start, new.end))
    if len(olds) * len(news) > _MOST:
        return iter([(old, new)])
    return _unlike(olds, news, old.start, new.start)


def _unlike(
    olds: Sequence[re.Match[str]], news: Sequence[re.Match[str]], old_at: int = 0, new_at: int = 0
) -> Iterator[tuple[Span, Span]]:
    """Give the stretches in which two lists of matches differ; a side without any has an empty span at its place."""
    compared = SequenceMatcher(None, [m.group() for m in olds], [m.group() for m in news], autojunk=False)
    for op, i, j, k, m in compared.get_opcodes():
        if op != "equal":
            yield _span(olds, i, j, old_at), _span(news, k, m, new_at)


def _span(tokens: Sequence[re.Match[str]], first: int, last: int, at: int) -> Span:
    if first < last:
        return Span(tokens[first].start(), tokens[last - 1].end())
    place = tokens[first].start() if first < len(tokens) else tokens[-1].end() if tokens else at
    return Span(place, place)


def _within(passage: Passage, told: Difference) -> bool:
    """Return whether words differ inside a finding that differs, which shows them."""
    old = told.old is not None and len(passage.old) > 0 and told.old.overlaps(passage.old)
    new = told.new is not None and len(passage.new) > 0 and told.new.overlaps(passage.new)
    return old or new
