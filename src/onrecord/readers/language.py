"""Which language a text is in, as far as it must be known: whether it is English, by py3langid.

onrecord reads English alone. A text in another language is refused by name, since what would be found in it is nothing.
"""

from __future__ import annotations

from functools import cache
from typing import Any

_SAMPLE = 4_000
"""Characters looked at."""
_FEWEST_LETTERS = 60
"""A shorter text is in doubt, and read as English."""
_ENGLISH = frozenset("the of and that with for was were his her they from have has had said would which this".split())
_SHARE = 0.1
"""Of a text's words, so many are the commonest English ones: it is English, and no model is asked."""
_DOUBT = 0.001
"""A text that is English with a greater chance than this is read."""
_NAMES = {
    "af": "Afrikaans",
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ml": "Malayalam",
    "mn": "Mongolian",
    "mr": "Marathi",
    "ms": "Malay",
    "ne": "Nepali",
    "nl": "Dutch",
    "nb": "Norwegian",
    "nn": "Norwegian",
    "no": "Norwegian",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def other_language(text: str) -> str | None:
    """Return the English name of a text's language where that is plainly not English, else ``None``."""
    sample = text[:_SAMPLE]
    words = sample.casefold().split()
    if sum(word in _ENGLISH for word in words) >= _SHARE * len(words):
        return None
    if sum(character.isalpha() for character in sample) < _FEWEST_LETTERS and sample.isascii():
        return None
    ranked = _identifier().rank(sample)
    if ranked[0][0] == "en" or dict(ranked)["en"] > _DOUBT:
        return None
    return _NAMES.get(ranked[0][0], f"the language {ranked[0][0]!r}")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads a model of 4 MB

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
