"""Why a quotation was not checked, in words: the reason that is true of it, not one for all.

Reads: Wording, Attribution, the transcripts.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotation import Annotations
from onrecord.comparison.people.turn_labels import speaks_there
from onrecord.document import Span
from onrecord.publishers.naming import count
from onrecord.story import Wording
from onrecord.words import words

_SHORT = 4
"""Words up to which a quotation may stand in any long text by chance."""


def why_unchecked(
    wording: Wording,
    text: str,
    content: Sequence[Span],
    names: Sequence[str],
    transcripts: Sequence[Annotations],
    *,
    quoted: bool = True,
) -> str:
    """Say why a wording is ``unchecked``; an empty string for every other verdict.

    ``text`` and ``content`` are the quotation's, ``names`` the forms of its speaker's name, ``quoted`` whether it
    stands in quotation marks.
    """
    if wording.verdict != "unchecked":
        return ""
    if not transcripts:
        return "no transcript was given"
    if not quoted:
        return "a paraphrase: only its figures, names and negations were looked up"
    if "occasion-in-doubt" in wording.flags:
        return "like words stand in the transcript of another occasion"
    return _not_found_why(text, content, names, transcripts)


def _not_found_why(text: str, content: Sequence[Span], names: Sequence[str], transcripts: Sequence[Annotations]) -> str:
    number = sum(len(words(text, span.start, span.end)) for span in content)
    if number <= _SHORT:
        return f"{'one word is' if number == 1 else count(number, 'word') + ' are'} too short to be looked up"
    labels = [
        block.speaker for each in transcripts for block in each.document.blocks
        if block.kind == "turn" and block.speaker
    ]  # fmt: skip
    if names and labels and speaks_there(names, list(dict.fromkeys(labels))) is False:
        return f"the transcript has no turns of {names[0]}"
    if not names:
        return "nobody is named for these words"
    return "nothing shows that these words were said on this occasion"
