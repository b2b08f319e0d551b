"""Words by which an utterance is told from an attitude: lemmas of cues, sorted by what they claim was done.

The lists were made by reading the cue words of a corpus of attributions one by one; a word stands where most of its
uses in news belong. Lemmas are those of :func:`onrecord.text.words.lemma`, its slips included ("thanke").
"""

from __future__ import annotations

from typing import Final

from onrecord.lexicon.load import word_list

PASSIVE: Final = word_list("saying.passive")
"""Forms of "be", before a participle."""

UTTERANCE: Final = word_list("saying.utterance")
"""Words of uttering: said, written, published, and what is said in judgement of somebody."""

ATTITUDE: Final = word_list("saying.attitude")
"""Words of holding, wanting and doing; nothing need be uttered."""

EITHER: Final = word_list("saying.either")
"""Words that need the content, the source and the tense to decide."""

DOING: Final = word_list("saying.doing")
"""Of the words that can be either, those that rather act than speak unless words are quoted."""

PHRASES: Final = (
    "make clear", "make case", "make argument", "make claim", "make comment", "make remark", "make point", "put it",
    "go on", "take to", "take aim", "take issue", "take swipe", "lay out", "rule out", "lash out", "point out",
    "call out", "speak out", "sound off", "weigh in", "double down", "give speech", "deliver speech", "use word",
    "use term",
    "raise question", "draw attention", "make statement", "make reference", "make pitch", "make promise", "give answer",
    "hit back", "fire back", "shoot back", "push back", "hit out", "let know", "make announcement", "make allegation",
    "give interview", "give detail", "use quote",
)  # fmt: skip
"""Pairs of lemmas, in this order and near each other, that utter together."""

WITHHELD: Final = word_list("saying.withheld")
"""Words after which what follows was not uttered."""

FUTURE: Final = word_list("saying.future")
"""Words after which an utterance is yet to come, or wished for."""
