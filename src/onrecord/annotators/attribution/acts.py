"""Acts: whether an attribution reports an utterance, or an attitude with nothing uttered.

Reads a document and its attributions; gives the same attributions with ``act`` set. Corpora such as PolNeAR mark both
alike; statements are made of utterances only. The decision goes by the cue's lemmas (the lists are in
:mod:`onrecord.annotators.attribution.act_words`), by how much of the content stands in quotation marks, by what is
negated, withheld or yet to come, and by who the source is. It looks at nothing outside the attribution: its time is
linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from onrecord.annotation import Act, Attribution
from onrecord.annotators.attribution.act_words import (
    ATTITUDE,
    DOING,
    EITHER,
    FUTURE,
    PASSIVE,
    PHRASES,
    UTTERANCE,
    WITHHELD,
)
from onrecord.annotators.attribution.trailing import FINITE
from onrecord.annotators.speakers.speaker_words import DOCUMENT_HEADS
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.text.analysed import Analysed
from onrecord.text.quotation_marks import OUTSIDE
from onrecord.text.words import Word, lemma, words

_SPEAKING_SIGN: Final = word_list("saying.speaking_sign")
_NEGATIONS: Final = word_list("saying.negations")
_DENIALS: Final = word_list("saying.denials")
_MODALS: Final = word_list("saying.modals")
_SHOWING: Final = word_list("saying.showing")
_SPOKEN: Final = word_list("saying.spoken")
_PICTURES: Final = word_list("saying.pictures")
_PUT_OUT: Final = word_list("saying.put_out")
_SET_OFF: Final = word_list("saying.set_off")
_NAMING: Final = frozenset({"named", "identified", "quoted"})  # what a source asks not to be
_LET: Final = re.compile(r"\blet(?:['’]s|\s+us)\s+(?:just\s+|first\s+)?\Z", re.IGNORECASE)
_UNNAMED: Final = re.compile(
    r"(?:that \w+ )?not (?:to )?(?:be (?:named|identified|quoted)|give (?:a|\w+) (?:full |last |sur)?name)\b"
    r"|(?:to (?:remain|stay|be) |for )anonym(?:ous|ity)\b",
    re.IGNORECASE,
)
_PERFORMED: Final = word_list("saying.performed")  # what is not told whole in marks: a song's title
_DEEDS: Final = frozenset("charges allegiance".split())
_PUT_AT: Final = re.compile(r"\bat (?:[a-z]+ ){0,4}[$£€]?\d")
_RELATIVE: Final = frozenset({"which", "that"})
_FOUND_SO: Final = word_list("saying.found_so")
_CALLED: Final = word_list("saying.called")
_TOO_SOON: Final = word_list("saying.too_soon")
_CALLED_BACK: Final = word_list("saying.called_back")
_OPENER: Final = re.compile(r"(?!According)[A-Z][a-z]+ing\b")
_OBJECT: Final = 6  # words of an object that is no clause
_AUXILIARIES: Final = PASSIVE | word_list("saying.auxiliaries")
_PARTICIPLES: Final = ("ed", "told", "said")
_QUOTED: Final = word_list("saying.quoted")
_GIVING: Final = word_list("saying.giving")
_OPENING: Final = 30  # characters at whose head a content says what was put out
_MARKS: Final = tuple("\"“”„«»'‘’‚")
_QUOTED_WORDS: Final = 4  # words inside marks from which a content counts as quoted; fewer may be scare quotes
_QUOTED_SHARE: Final = 0.75
_SECONDS: Final[dict[str, list[str]]] = {}  # of each phrase that utters, by its first lemma
for _first, _second in map(str.split, PHRASES):
    _SECONDS.setdefault(_first, []).append(_second)


def decide(document: Analysed, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Set ``act`` of each attribution, in the order given; time is linear in the text."""
    return tuple(
        msgspec.structs.replace(attribution, act=_Reading(document, attribution).act()) for attribution in attributions
    )


class _Reading:
    """One attribution's evidence."""

    def __init__(self, document: Analysed, attribution: Attribution) -> None:
        self.document, self.text, self.attribution = document, document.text, attribution
        text, state = document.text, document.marks.state
        cue = attribution.cue
        nested = cue is not None and cue.start < len(state) and state[cue.start] != OUTSIDE
        self.quoted = reported = 0
        for span in attribution.content:
            found = _words_of(text, span)
            reported += len(found)
            if any(state[span.start : span.end]) and (not nested or text[span.start : span.start + 1] in _MARKS):
                self.quoted += sum(state[word.start] != OUTSIDE for word in found)
        self.share = self.quoted / reported if reported else 0.0
        self.cue = [word.folded for word in _words_of(text, cue)] if cue is not None else []
        self.lemmas = [_plain(lemma(folded)) for folded in self.cue]

    def act(self) -> Act:
        """Decide: the quotation first, then what the cue says, then what stands against it."""
        if self.share < _QUOTED_SHARE and self._is_not_an_utterance():
            return "attitude"
        if self.attribution.source is None:
            return "utterance" if self._sourceless_utterance() else "attitude"
        if not self.lemmas:
            return "utterance"  # a colon, a dash, "According to", a message with its sender
        if self.share >= _QUOTED_SHARE and self.quoted >= _QUOTED_WORDS:
            return "utterance"
        if self._is_withheld():
            return "attitude"
        return "utterance" if self._utters() else "attitude"

    def _sourceless_utterance(self) -> bool:
        """Without a source only words in marks, a sign of speech or a verb of saying make an utterance."""
        if self.share >= _QUOTED_SHARE and self.quoted >= _QUOTED_WORDS:
            return True
        if self.attribution.reason in _SPEAKING_SIGN:
            return True
        if not _SPOKEN & set(self.lemmas) or self._is_withheld():
            return False
        summoned = "call" in self.lemmas and bool(PASSIVE & set(self.cue))  # "firefighters were called"
        return not summoned and not _TOO_SOON & set(self.cue)

    def _is_not_an_utterance(self) -> bool:
        """Tell what only looks told: a picture shown or put out, a question put to the speaker, a debate set off."""
        found, source = set(self.lemmas), self.attribution.source
        if found & _SHOWING and source is not None and _PICTURES & _lemmas_of(self.text, source):
            return True
        first = self.attribution.content[0]
        opening = Span(first.start, min(first.end, first.start + _OPENING))
        if found & _PUT_OUT and _PICTURES & _lemmas_of(self.text, opening):
            return True
        idle = self.attribution.cue is not None and self.attribution.cue.of(self.text).strip() == "Asked"
        idle = idle or (self.cue[1:2] == ["no"] and self.lemmas[0] in _GIVING)
        idle = idle or bool(found & _PERFORMED) or (self.lemmas[:1] == ["point"] and self.cue[-1:] == ["at"])
        idle = idle or _UNNAMED.match(self.text, first.start, first.end) is not None or self._is_supposed()
        idle = idle or (self.lemmas[:1] == ["ask"] and "not" in self.cue and bool(_NAMING & set(self.cue)))
        return idle or bool(self.lemmas and self.lemmas[0] in _SET_OFF) or self._is_done() or self._is_suffered()

    def _is_supposed(self) -> bool:
        """Tell what the writer bids the reader suppose: "Let's say you own a boat"."""
        cue = self.attribution.cue
        return cue is not None and _LET.search(self.text, max(0, cue.start - 20), cue.start) is not None

    def _is_done(self) -> bool:
        """Tell what was done, though its words can be told: charges filed, allegiance pledged, a product called back.

        What a sentence opens with ("Confirming the incident, the officer said") tells nothing either.
        """
        found, cue = set(self.cue), self.attribution.cue
        reported = [word.folded for span in self.attribution.content for word in _words_of(self.text, span)]
        if not reported or cue is None:
            return False
        opening = set(reported[:_OBJECT])
        shown = bool(_PICTURES & set(self.lemmas) and found - _PICTURES) and reported[0] != "that"
        judged = "find" in self.lemmas and "guilty" in found | opening
        near = cue.end <= self.attribution.content[0].start <= cue.end + 1
        bidden = near and self.cue == ["told"] and reported[0] == "to"  # a headline's "thousands told to leave"
        if _DEEDS & set(self.cue[1:]) or judged or bidden or shown:
            return self.quoted < _QUOTED_WORDS
        opens = self.cue[1:] in ([], ["to"], ["on"]) and bool(_OPENER.match(self.text, cue.start, cue.end))
        opens = opens and len(reported) <= _OBJECT and not FINITE & set(reported)
        if opens or self.cue[:2] == ["opposed", "to"] or ("refer" in self.lemmas and "questions" in found):
            return not self.quoted
        accused = self.lemmas == ["charge"] and "over" in reported and not FINITE & set(reported)
        if accused or (self.cue == ["reported"] and reported[0] in _FOUND_SO):
            return not self.quoted  # "some persons reported missing"
        relative = len(reported) == 1 and reported[0] in _RELATIVE and not (_SPOKEN - {"claim"}) & set(self.lemmas)
        return relative or self._is_called(reported)

    def _is_called(self, reported: Sequence[str]) -> bool:
        """Tell a meeting that is called, an envoy or a product that is called back."""
        opening = set(reported[:_OBJECT])
        if "call" in self.lemmas:
            return not self.quoted and reported[0] in {"a", "an"} and bool(_CALLED & opening)
        counted = any(word[0].isdigit() for word in reported[:3])
        return "recall" in self.lemmas and (counted or reported[0] == "its" or bool(_CALLED_BACK & opening))

    def _is_suffered(self) -> bool:
        """Tell the passive, by which something is told of the source, or to it ("which is branded a sect")."""
        source, cue = self.attribution.source, self.attribution.cue
        if source is None or cue is None or source.end > cue.start or {"by", "as"} & set(self.cue):
            return False
        x = next((i for i, word in enumerate(self.cue) if word not in _AUXILIARIES), len(self.cue))
        if not x or x >= len(self.cue) or self.cue[x - 1] not in PASSIVE:
            return False
        return (
            self.lemmas[x] in UTTERANCE | EITHER
            and self.cue[x].endswith(_PARTICIPLES)
            and self.lemmas[x] not in _QUOTED
        )

    def _utters(self) -> bool:
        found = set(self.lemmas)
        if found & UTTERANCE or _holds_phrase(self.lemmas):
            return True
        last = self.attribution.content[-1]
        if "put" in found and _PUT_AT.search(self.text, last.start, last.end):
            return True  # "put the toll at 38"
        if found & EITHER:
            return self._either(found & EITHER)
        if "include" in found and self._is_document():
            return True
        if self.quoted >= _QUOTED_WORDS and not found & ATTITUDE:
            return True
        return self.share >= 0.5 and self.quoted >= 2 and not found & ATTITUDE

    def _either(self, found: set[str]) -> bool:
        if self.quoted >= 2 and (self.share >= 0.5 or self.quoted >= _QUOTED_WORDS or not found <= DOING):
            return True
        if found <= DOING:
            return False
        if found & _SHOWING:
            return True
        return not (found & ATTITUDE) and not self._is_long_past()

    def _is_long_past(self) -> bool:
        """Tell "proposed", told without quotation of somebody who acts in it, from "proposes": the first is done."""
        return "propose" in self.lemmas and "proposed" in self.cue and "have" not in self.lemmas

    def _is_withheld(self) -> bool:
        """Return whether the words were refused, negated, wished for or are still to come."""
        first = next((i for i, word in enumerate(self.lemmas) if word in UTTERANCE or word in EITHER), None)
        if first is None:
            return False
        before = self.lemmas[:first]
        folded = self.cue[: first + 1]
        if any(word in WITHHELD for word in before) or ("yet" in before and "to" in before):
            return True
        negated = any(word in _NEGATIONS or word.endswith("n't") for word in folded)
        if negated and not _DENIALS & set(self.lemmas):
            return self.quoted < _QUOTED_WORDS and self.lemmas[first] != "rule" and "only" not in folded
        if "to" in self.cue[:first] and any(word in FUTURE for word in before):
            return self.quoted < _QUOTED_WORDS
        return self.cue[0] in _MODALS and self.quoted < _QUOTED_WORDS and not self._is_document()

    def _is_document(self) -> bool:
        source = self.attribution.source
        return source is not None and any(w.folded in DOCUMENT_HEADS for w in _words_of(self.text, source))


def _lemmas_of(text: str, span: Span) -> set[str]:
    return {lemma(word.folded) for word in _words_of(text, span)}


def _plain(word: str) -> str:
    """Take the "re" off a verb of uttering ("reemphasize"), which the word lists leave out."""
    known = word in UTTERANCE or word in EITHER
    return word[2:] if word.startswith("re") and not known and word[2:] in UTTERANCE else word


def _words_of(text: str, span: Span) -> list[Word]:
    return words(text, max(0, span.start), min(len(text), span.end))


def _holds_phrase(lemmas: Sequence[str]) -> bool:
    """Return whether the two words of a phrase stand in their order with at most three words between them."""
    return any(second in lemmas[i + 1 : i + 5] for i, first in enumerate(lemmas) for second in _SECONDS.get(first, ()))
