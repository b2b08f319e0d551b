"""What was changed: the edit script from a transcript's words to a quotation's, and what each edit means.

Reads a quotation's words (:class:`Quoted`), a :class:`Hit` and the index it was found in; gives :class:`Change`
records. The definitions are those of the verdicts in DESIGN.md: words left out are shown, at a seam, or silent;
fillers, repeats and false starts are tidied; words in brackets are the writer's; anything else is altered, in
function or in content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.alignment.search import Hit
from onrecord.comparison.edits.disfluencies import HESITATIONS, Disfluencies
from onrecord.comparison.edits.qualifiers import within
from onrecord.comparison.edits.replacements import judge_words, loosely_same
from onrecord.comparison.edits.sentence_edges import SentenceEdges
from onrecord.comparison.speech.quotations import Quoted, Shown
from onrecord.comparison.speech.sound import sounds_alike
from onrecord.comparison.speech.spoken_words import (
    NEGATIONS,
    UNHEARD,
    expand_all,
    is_closed,
    is_number,
)
from onrecord.lexicon.load import word_list
from onrecord.wording import EditKind, Flag, Verdict


class Change(NamedTuple):
    """One edit: query words ``first`` to ``last``, places ``start`` to ``end`` (ends exclusive), and what it means."""

    op: EditKind
    first: int
    last: int
    start: int
    end: int
    marking: Verdict | None = None
    words: Verdict | None = None
    flags: tuple[Flag, ...] = ()
    qualifies: bool = False


_PREPOSITIONS: Final = word_list("wording.prepositions")
_DETERMINERS: Final = word_list("wording.determiners")
_MOST_INTERJECTION: Final = 3
_MOST_ATTRIBUTION: Final = 16
_MOST_NEGATED: Final = 12
"""Words left out among which a negation is one that the rest hangs on."""
_LEAST_CLAUSE: Final = 3
_LONGEST_BRACKETED: Final = 8
"""Spoken words that one word in brackets may stand for."""


def without_brackets(hit: Hit, quoted: Quoted, index: TranscriptIndex) -> Hit:
    """Take the writer's own words off the places of others that an alignment put them on."""
    places = tuple(
        -1 if own and place >= 0 and index.form_at(place) != word.form else place
        for place, own, word in zip(hit.places, quoted.bracketed, quoted.words, strict=True)
    )
    return hit._replace(places=places) if any(place >= 0 for place in places) else hit


class Reading:
    """A quotation compared with the passage it was aligned with."""

    def __init__(self, quoted: Quoted, printed: str, index: TranscriptIndex, hit: Hit, edges: SentenceEdges) -> None:
        """Take what is compared; ``printed`` is the text of the document that quotes."""
        self.quoted, self.printed, self.index, self.hit, self.edges = quoted, printed, index, hit, edges
        self.forms = [w.form for w in quoted.words]
        self.text = index.text_of(hit.document)
        self.disfluencies = Disfluencies(index, edges)

    def equal_at(self, i: int) -> bool:
        """Return whether query word i stands for the same word."""
        place = self.hit.places[i]
        return place >= 0 and self.index.form_at(place) == self.forms[i]

    def changes(self) -> list[Change]:
        """Give the edit script, in the quotation's order."""
        result: list[Change] = []
        at, count = 0, len(self.forms)
        before: int | None = None
        while at < count:
            last = at
            while last < count and self.equal_at(last) and (last == at or self._adjacent(last)):
                last += 1
            if last > at:
                start = self.hit.places[at]
                result.append(Change("equal", at, last, start, start + last - at))
                before = start + last - at
                if last == count:
                    break
                at = last
            stop = at
            while stop < count and not self.equal_at(stop):
                stop += 1
            after = self.hit.places[stop] if stop < count else None
            result.extend(self._changed(at, stop, before, after))
            at = stop
        return result

    def _adjacent(self, i: int) -> bool:
        return self.hit.places[i] == self.hit.places[i - 1] + 1

    def _changed(self, first: int, last: int, start: int | None, end: int | None) -> Iterator[Change]:
        """Judge what happened to query words ``first:last`` between places ``start`` and ``end``."""
        within = [p for p in self.hit.places[first:last] if p >= 0]
        if start is None and end is not None and not within and all(self.quoted.bracketed[first:last]):
            start = self._opening(end, last - first)
        low = start if start is not None else (min(within) if within else end or 0)
        high = end if end is not None else (max(within) + 1 if within else low)
        if high < low or any(not low <= p < high for p in within):
            yield from self._jump(first, last, start, end, low)
            return
        whole = self._as_one(first, last, low, high)
        if whole is not None:
            yield whole
            return
        yield from self._parted(first, last, low, high)

    def _opening(self, end: int, words: int) -> int:
        """Find from where on the words before ``end`` are those that a bracket stands for: the sentence's."""
        at = end
        while at > 0 and not self.edges.starts(at) and end - at <= max(_LONGEST_BRACKETED, 4 * words):
            at -= 1
        return at if self.edges.starts(at) else end

    def _jump(self, first: int, last: int, start: int | None, end: int | None, low: int) -> Iterator[Change]:
        """Judge what a reversed order is: a splice, or, where an ellipsis shows a gap, changed content."""
        at = low
        if last > first:
            yield self._inserted(first, last, low)
        shown = self._shown(first, last)
        if shown == "ellipsis":
            yield Change("ellipsis", last, last, at, at, "elided-marked", "altered-content")
        elif start is not None and end is not None:
            yield Change("delete", last, last, at, at, "spliced")

    def _as_one(self, first: int, last: int, low: int, high: int) -> Change | None:
        """Take the whole stretch as one change where both sides say the same in other spellings or contractions."""
        if last == first or high == low or high - low > 2 * (last - first) + 3:
            return None
        ours, theirs = self.forms[first:last], self._theirs(low, high)
        if "".join(ours) == "".join(theirs):
            return Change("equal", first, last, low, high)
        if loosely_same(expand_all(ours), expand_all(theirs)):
            if all(self.quoted.bracketed[first:last]):
                return Change("bracket", first, last, low, high, None, "bracketed")
            return Change("replace", first, last, low, high, None, "altered-function")
        return None

    def _theirs(self, low: int, high: int) -> list[str]:
        return [self.index.form_at(p) for p in range(low, high)]

    def _shown(self, first: int, last: int) -> Shown | None:
        """Say how the quotation shows a gap anywhere from before word ``first`` to before word ``last``."""
        shown = [s for s in self.quoted.shown[first : last + 1] if s is not None]
        return ("ellipsis" if "ellipsis" in shown else "seam") if shown else None

    def _parted(self, first: int, last: int, low: int, high: int) -> Iterator[Change]:
        """Part a changed stretch into replaced words, words put in and words left out."""
        at, i = low, first
        while i < last:
            stop = i
            place = self.hit.places[i]
            if place >= 0:
                if place > at:
                    yield from self._left_out(i, i, at, place)
                while stop < last and self.hit.places[stop] == place + stop - i:
                    stop += 1
                at = place + stop - i
                yield self._replaced(i, stop, place, at)
            else:
                while stop < last and self.hit.places[stop] < 0:
                    stop += 1
                next_place = self.hit.places[stop] if stop < last else high
                gap = next_place - at
                bracketed = all(self.quoted.bracketed[i:stop])
                if gap and (gap <= stop - i + 2 or (bracketed and gap <= max(_LONGEST_BRACKETED, 4 * (stop - i)))):
                    yield self._replaced(i, stop, at, next_place)
                    at = next_place
                else:
                    yield self._inserted(i, stop, at)
            i = stop
        if high > at:
            yield from self._left_out(last, first, at, high)

    # -- words put in, words replaced ---------------------------------------------------------------------------------

    def _inserted(self, first: int, last: int, at: int) -> Change:
        """Judge query words that stand for nothing in the transcript."""
        if all(self.quoted.bracketed[first:last]):
            return Change("bracket", first, last, at, at, None, "bracketed")
        if at > 0 and UNHEARD.search(self.edges.between(at - 1)):
            return Change("insert", first, last, at, at, None, None, ("transcript-may-mishear",))
        ours = self.forms[first:last]
        if self._repeats(self.forms, first, last) or all(f in HESITATIONS for f in ours):
            return Change("filler", first, last, at, at, None, "cleaned")
        loose = [f for k, f in enumerate(ours, first) if not self.quoted.bracketed[k]]
        words, flags = judge_words(loose, [])
        flags = (*flags, *self._name_flag(range(first, last), range(0)))
        return Change("insert", first, last, at, at, None, words, flags)

    def _replaced(self, first: int, last: int, low: int, high: int) -> Change:
        """Judge query words that stand for other words."""
        if all(self.quoted.bracketed[first:last]):
            return Change("bracket", first, last, low, high, None, "bracketed")
        ours, theirs = self.forms[first:last], self._theirs(low, high)
        words, flags = judge_words(ours, theirs)
        if words == "altered-content":
            flags = (*flags, *self._name_flag(range(first, last), range(low, high)))
        if sounds_alike("".join(ours), "".join(theirs)):
            flags = (*flags, "transcript-may-mishear")
        return Change("replace", first, last, low, high, None, words, flags)

    def _name_flag(self, ours: range, theirs: range) -> tuple[Flag, ...]:
        """Flag a change of a name: a capitalised content word that does not begin a sentence, on either side."""
        for i in ours:
            word = self.quoted.words[i]
            if is_closed(word.form) or is_number(word.form):
                continue
            if self._named(word.start, i) and not any(word.form == self.index.form_at(p) for p in theirs):
                return ("name-changed",)
        for place in theirs:
            form = self.index.form_at(place)
            if self.text[self.index.starts[place]].isupper() and not is_closed(form) and not self.edges.starts(place):
                return ("name-changed",)
        return ()

    def _named(self, start: int, i: int) -> bool:
        """Return whether query word i is printed with a capital that no sentence's start explains."""
        if i == 0 or not self.printed[start : start + 1].isupper():
            return False
        between = self.printed[self.quoted.words[i - 1].end : start]
        return not any(c in '.?!…:\n“"' for c in between)

    def _repeats(self, forms: Sequence[str], first: int, last: int) -> bool:
        size = last - first
        return forms[first:last] in (forms[last : last + size], forms[max(0, first - size) : first])

    # -- words left out -----------------------------------------------------------------------------------------------

    def _left_out(self, at: int, first: int, low: int, high: int) -> Iterator[Change]:
        """Judge places ``low:high`` that the quotation leaves out before query word ``at``."""
        shown = self._shown(min(first, at), at)
        if self._reported(low, high) or self._interjected(low, high):
            yield Change("seam", at, at, low, high)
            return
        if self.disfluencies.cover(low, high):
            yield Change("filler", at, at, low, high, None, "cleaned")
            return
        theirs = self._theirs(low, high)
        negation = self._lost_negation(low, high)
        qualifies = self._lost_qualifier(low, high, shown)
        if shown == "ellipsis":
            yield Change("ellipsis", at, at, low, high, "elided-marked", None, negation, qualifies)
        elif shown == "seam":
            yield Change("seam", at, at, low, high, "elided-seam", None, negation, qualifies)
        elif self._apart(low, high):
            yield Change("delete", at, at, low, high, "spliced")
        elif negation and all(is_closed(f) for f in theirs):
            yield Change("delete", at, at, low, high, "elided-silent", "altered-content", negation)
        elif at < len(self.forms) and self._swaps_preposition(at, low, high):
            yield Change("delete", at, at, low, high, "elided-silent", "altered-function", negation)
        else:
            yield Change("delete", at, at, low, high, "elided-silent", None, negation, qualifies)

    def _lost_negation(self, low: int, high: int) -> tuple[Flag, ...]:
        """Flag a negation that is left out; not one that stays in a clause or a parenthesis left out whole."""
        if high - low > _MOST_NEGATED or not any(part in NEGATIONS for part in expand_all(self._theirs(low, high))):
            return ()
        clause = high - low > _LEAST_CLAUSE and self.edges.set_off(low - 1) and self.edges.set_off(high - 1)
        return () if clause else ("negation-changed",)

    def _lost_qualifier(self, low: int, high: int, shown: Shown | None) -> bool:
        """Return whether a condition (or, without an ellipsis, a hedge) of the sentence that goes on is left out."""
        if any(self.edges.ends(place) for place in range(low - 1, high)) or not self.edges.known(self.hit.document):
            return False
        following = self.index.form_at(high) if high < len(self.index) else ""
        found = within(self.edges.marked(low, high), following)
        return "condition" in found or ("hedge" in found and shown is None)

    def _swaps_preposition(self, at: int, low: int, high: int) -> bool:
        """Return whether leaving words out put another preposition before what follows: in [the room with] respect to.

        The short phrase of the preposition before the gap (determiner and noun) is left out, and the one after
        it is changed.
        """
        before, last = self.index.form_at(low - 1), self.index.form_at(high - 1)
        inside = self._theirs(low, high - 1)
        return (
            len(inside) == 2
            and inside[0] in _DETERMINERS
            and before != last
            and before in _PREPOSITIONS
            and last in _PREPOSITIONS
            and at > 0
            and self.forms[at - 1] == before
            and not any(self.edges.set_off(p) for p in range(low - 1, high))
            and not is_closed(inside[-1])
        )

    def _apart(self, low: int, high: int) -> bool:
        """Return whether what the gap parts stands apart: in two turns, or with over one sentence between."""
        if self.index.turn_of(low - 1) != self.index.turn_of(high):
            return True
        ends = [p for p in range(low - 1, high) if self.edges.ends(p)]
        parts = (ends[0] - low + 1) + (high - 1 - ends[-1]) if ends else 0
        whole = len(ends) - 1
        return whole >= 2 or (whole == 1 and parts >= 3)

    def _interjected(self, low: int, high: int) -> bool:
        """Return whether all that is left out is another's short interjection, after which the speaker goes on."""
        if not low < high < len(self.index):
            return False
        before, after = self.index.turn_of(low - 1), self.index.turn_of(high)
        first, last = self.index.turns[before], self.index.turns[after]
        apart = after - before > 1 and first.last == low and last.first == high
        return apart and first.speaker == last.speaker and high - low <= _MOST_INTERJECTION

    def _reported(self, low: int, high: int) -> bool:
        """Return whether the gap is an attribution that interrupts, in a report that serves as the transcript."""
        if high - low > _MOST_ATTRIBUTION:
            return False
        return "”" in self.edges.marks_between(low - 1) and "“" in self.edges.marks_between(high - 1)
