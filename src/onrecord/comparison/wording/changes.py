"""What was changed: the edit script from a transcript's words to a quotation's, and what each edit means.

Reads a quotation's words (:class:`Quoted`), a :class:`Hit` and the index it was found in; gives :class:`Change`
records. The definitions are those of the verdicts in DESIGN.md: words left out are shown, at a seam, or silent;
fillers, repeats and false starts are tidied; words in brackets are the writer's; anything else is altered, in
function or in content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from onrecord.comparison.wording.alignment import Hit, TranscriptIndex
from onrecord.comparison.wording.edges import Edges
from onrecord.comparison.wording.qualifiers import within
from onrecord.comparison.wording.quotations import Quoted, Shown
from onrecord.comparison.wording.sound import sounds_alike
from onrecord.comparison.wording.speech import (
    MODALS,
    NEGATIONS,
    PERSONS,
    QUANTIFIERS,
    UNHEARD,
    expand_all,
    is_closed,
    is_number,
    same_word,
)
from onrecord.lexicon.load import word_list
from onrecord.story import EditKind, Flag, Verdict


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


HESITATIONS: Final = word_list("wording.hesitations")
_FILLERS: Final = (("you", "know"), ("i", "mean"), ("you", "see"))
_LOOSE_FILLERS: Final = word_list("wording.loose_fillers")
_NOT_AFTER_YOU_KNOW: Final = word_list("wording.not_after_you_know")
_PREPOSITIONS: Final = word_list("wording.prepositions")
_DETERMINERS: Final = word_list("wording.determiners")
_DENYING: Final = ("un", "in", "im", "ir", "dis", "non")
_MOST_FALSE_START: Final = 9
_MOST_INTERJECTION: Final = 3
_MOST_ATTRIBUTION: Final = 16
_MOST_NEGATED: Final = 12
"""Words left out among which a negation is one that the rest hangs on."""
_LEAST_CLAUSE: Final = 3
_LONGEST_BRACKETED: Final = 8
"""Spoken words that one word in brackets may stand for."""
_IT: Final = word_list("wording.it")


def without_brackets(hit: Hit, quoted: Quoted, index: TranscriptIndex) -> Hit:
    """Take the writer's own words off the places of others that an alignment put them on."""
    places = tuple(
        -1 if own and place >= 0 and index.form_at(place) != word.form else place
        for place, own, word in zip(hit.places, quoted.bracketed, quoted.words, strict=True)
    )
    return hit._replace(places=places) if any(place >= 0 for place in places) else hit


class Reading:
    """A quotation held against the passage it was aligned with."""

    def __init__(self, quoted: Quoted, printed: str, index: TranscriptIndex, hit: Hit, edges: Edges) -> None:
        """Take what is compared; ``printed`` is the text of the document that quotes."""
        self.quoted, self.printed, self.index, self.hit, self.edges = quoted, printed, index, hit, edges
        self.forms = [w.form for w in quoted.words]
        self.text = index.text_of(hit.document)

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
        """Tell what happened to query words ``first:last`` between places ``start`` and ``end``."""
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
        """Tell what a reversed order is: a splice, or, where an ellipsis shows a gap, changed content."""
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
        if _loosely_same(expand_all(ours), expand_all(theirs)):
            if all(self.quoted.bracketed[first:last]):
                return Change("bracket", first, last, low, high, None, "bracketed")
            return Change("replace", first, last, low, high, None, "altered-function")
        return None

    def _theirs(self, low: int, high: int) -> list[str]:
        return [self.index.form_at(p) for p in range(low, high)]

    def _shown(self, first: int, last: int) -> Shown | None:
        """Tell how the quotation shows a gap anywhere from before word ``first`` to before word ``last``."""
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
        if self._tidied(low, high):
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
            and not any(f in _PREPOSITIONS or f in {"and", "or"} for f in inside)
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
        before, after = self.edges.between(low - 1), self.edges.between(high - 1)
        return any(c in '”"»' for c in before) and any(c in '“"«' for c in after)

    def _tidied(self, low: int, high: int) -> bool:
        """Return whether places ``low:high`` are fillers, repeats and false starts only, wherever the gap is put."""
        if self.index.turn_of(low - 1) != self.index.turn_of(min(high, len(self.index) - 1)):
            return False
        return any(self._disfluent(a, b) for a, b in self._same_gaps(low, high))

    def _same_gaps(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Give the gap and the gaps that leave the same words standing: x [a x] b is [x a] x b."""
        yield low, high
        a, b = low, high
        while a > 0 and low - a < _MOST_FALSE_START and self.index.form_at(a - 1) == self.index.form_at(b - 1):
            a, b = a - 1, b - 1
            yield a, b
        a, b = low, high
        last = len(self.index) - 1
        while b <= last and b - high < _MOST_FALSE_START and self.index.form_at(a) == self.index.form_at(b):
            a, b = a + 1, b + 1
            yield a, b

    def _disfluent(self, low: int, high: int) -> bool:
        """Strip fillers, then repeats and false starts, from the front of the gap until nothing is left or none is."""
        at = low
        while at < high:
            size = self._filler(at, high) or self._repeat_or_false_start(at, high)
            if not size:
                return False
            at += size
        return True

    def _filler(self, at: int, high: int) -> int:
        form = self.index.form_at(at)
        if form in HESITATIONS:
            return 1
        pair = (form, self.index.form_at(at + 1)) if at + 1 < high else ()
        if pair in _FILLERS:
            following = self.index.form_at(at + 2) if at + 2 < len(self.index) else ""
            marked = self.edges.set_off(at - 1) or self.edges.set_off(at + 1)
            return 2 if marked or following not in _NOT_AFTER_YOU_KNOW else 0
        set_off = self.edges.set_off(at - 1) and self.edges.set_off(at)
        return 1 if form in _LOOSE_FILLERS and set_off and not self.edges.starts(at) else 0

    def _repeat_or_false_start(self, at: int, high: int) -> int:
        """Give the length of the repeat or the false start at ``at``, 0 where there is none."""
        index = self.index
        rest = range(1, min(high - at, _MOST_FALSE_START) + 1)
        for size in reversed(rest):
            words = self._theirs(at, at + size)
            after = self._theirs(at + size, min(at + 2 * size, len(index)))
            before = self._theirs(max(0, at - size), at)
            if words in (after, before):
                return size
        for size in rest:
            if self._false_start(at, at + size):
                return size
        return 0

    def _false_start(self, low: int, high: int) -> bool:
        """Return whether the words ``low:high`` are broken off and begun again."""
        if high >= len(self.index) or not (self.edges.breaks(high - 1) or self._comma(high - 1)):
            return False
        if any(self.edges.ends(place) for place in range(low, high - 1)):
            return False
        words = self._theirs(low, high)
        after = self._theirs(high, min(high + len(words) + 2, len(self.index)))
        broken = self.edges.breaks(high - 1)
        if words[0] == after[0] or (len(words) > 1 and words[1] == after[0] and broken):
            return broken or len(words) <= 3
        shared = sum((Counter(words) & Counter(after)).values())
        if broken and shared * 2 >= len(words):
            return True
        opened = self.edges.starts(low) or self.edges.breaks(low - 1)
        return broken and opened and len(words) <= 3 and all(is_closed(f) for f in words)

    def _comma(self, place: int) -> bool:
        return "," in self.edges.between(place)


def _loosely_same(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether two expanded rows are equal where a clitic may stand for one of several words."""
    if len(ours) != len(theirs):
        return False
    return all(
        a == b or b in _CLITICS.get(a, ()) or a in _CLITICS.get(b, ()) for a, b in zip(ours, theirs, strict=True)
    )


_CLITICS: Final = {"'s": ("is", "has", "us", "was"), "'d": ("would", "had", "did")}


def judge_words(ours: Sequence[str], theirs: Sequence[str]) -> tuple[Verdict, tuple[Flag, ...]]:
    """Judge words put in the place of others (or of none): the verdict of the words axis, and flags."""
    mine, other = Counter(expand_all(ours)), Counter(expand_all(theirs))
    _resolve_clitics(mine, other)
    added, gone = list((mine - other).elements()), list((other - mine).elements())
    flags: list[Flag] = []
    if _count(added, NEGATIONS) + _prefixed(added, gone) != _count(gone, NEGATIONS) + _prefixed(gone, added):
        flags.append("negation-changed")
    if any(is_number(f) for f in (*added, *gone)):
        flags.append("number-changed")
    persons = PERSONS | _IT if any(f in PERSONS for f in (*added, *gone)) and added and gone else PERSONS
    if _count(added, persons) and _count(gone, persons):
        flags.append("person-shifted")
    critical = NEGATIONS | MODALS | QUANTIFIERS | PERSONS
    if flags or any(f in critical for f in (*added, *gone)):
        return "altered-content", tuple(flags)
    if not added and not gone:
        reordered = [f for f in expand_all(ours) if not is_closed(f)] != [
            f for f in expand_all(theirs) if not is_closed(f)
        ]
        return ("altered-content" if reordered else "altered-function"), ()
    return ("altered-function" if _inflections_only(added, gone) else "altered-content"), ()


def _resolve_clitics(mine: Counter[str], other: Counter[str]) -> None:
    for a, b in ((mine, other), (other, mine)):
        for clitic, fulls in _CLITICS.items():
            while a[clitic] > b[clitic] and (full := next((f for f in fulls if b[f] > a[f]), None)):
                a[clitic] -= 1
                a[full] += 1


def _count(forms: Sequence[str], among: frozenset[str]) -> int:
    return sum(f in among for f in forms)


def _prefixed(forms: Sequence[str], other: Sequence[str]) -> int:
    """Count the words that deny by their prefix what the other side says without it: unhappy, not happy."""
    return sum(form.startswith(prefix) and form.removeprefix(prefix) in other for form in forms for prefix in _DENYING)


def _inflections_only(added: Sequence[str], gone: Sequence[str]) -> bool:
    """Return whether every content word of one side is another form of a content word of the other."""
    left = [f for f in gone if not is_closed(f)]
    for form in added:
        if is_closed(form):
            continue
        kin = next((g for g in left if same_word(form, g)), None)
        if kin is None:
            return False
        left.remove(kin)
    return not left
