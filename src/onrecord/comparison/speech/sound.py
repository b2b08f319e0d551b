"""Do two stretches of speech sound alike? A speech-to-text program writes one for the other.

A rough key of sounds: consonants by the place they are spoken at, vowels by one sign, doubled and silent
letters dropped. It is made to say that a wording may be the transcript's error, never to excuse a quotation.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from onrecord.lexicon.load import value_table

_LEAST = 3
_LIKE = 0.75
_RULES: Final = [(re.compile(pattern), sound) for pattern, sound in value_table("sounds.key", dict[str, str]).items()]


@lru_cache(maxsize=20_000)
def sound_key(letters: str) -> str:
    """Give the rough sound of a word or of words written together."""
    key = letters
    for pattern, sound in _RULES:
        key = pattern.sub(sound, key)
    return key


def sounds_alike(a: str, b: str) -> bool:
    """Return whether two words, or two rows of words written together, may be heard as each other."""
    if a == b or min(len(a), len(b)) < _LEAST or any(c.isdigit() for c in a + b):
        return False
    one, other = sound_key(a), sound_key(b)
    if one == other:
        return True
    if min(len(one), len(other)) < _LEAST + 1:
        return False
    return Levenshtein.normalized_similarity(one, other) >= _LIKE and Levenshtein.normalized_similarity(a, b) >= 0.5
