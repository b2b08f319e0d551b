"""What is asked of an archive: words as a user types them, and limits on who, where and when.

What is typed is cut into words here and never reaches an engine's own syntax: ``harbour "no boats" -ferry quay*`` asks
for a word, a phrase, the absence of a word, and the beginning of one. All else that is typed parts words.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

import msgspec

from onrecord.annotation import Act, Form
from onrecord.archive import keys
from onrecord.document import sound
from onrecord.errors import UsageError
from onrecord.wording import Verdict

_TERM: Final = re.compile(r'(-?)(?:["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+))')
MOST_TERMS: Final = 32
Order = Literal["newest", "relevant"]


class Term(NamedTuple):
    """Words that stand one after the other, as typed and folded; ``begins``: the last is only the beginning of one."""

    typed: str
    words: tuple[str, ...]
    begins: bool = False


class Words(NamedTuple):
    """What must stand in a text, and what must not."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()


class Query(msgspec.Struct, frozen=True):
    """What to search for; a field that is ``None`` asks nothing.

    ``words`` is what a user types. ``speaker`` is a name or some words of one, ``speaker_id`` a speaker of the archive.
    ``since`` and ``until`` are ISO 8601 days, months or years, both included. ``verdict`` is what the comparison of its
    story says of a quotation; ``contradicted`` asks for figures that another report contradicts. ``order``: the newest
    first, or the most relevant of the newest matches.
    """

    words: str = ""
    speaker: str | None = None
    speaker_id: int | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    form: Form | None = None
    act: Act | None = None
    verdict: Verdict | None = None
    contradicted: bool = False
    order: Order = "newest"


def read_words(typed: str) -> Words | None:
    """Read what a user types; ``None`` where nothing is typed.

    Raises UsageError where what is typed holds no word to look for, or more than 32 terms.
    """
    typed = sound(typed).replace("\0", " ")
    if not typed.strip():
        return None
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for minus, phrase, word in _TERM.findall(typed):
        words = tuple(keys.fold(phrase or word).split())
        if words:
            begins = word.endswith("*") and len(words[-1]) > 1
            (unwanted if minus else wanted).append(Term(phrase or word, words, begins))
    if not wanted:
        raise UsageError("The search has no word to look for: give one, beside those that are not to stand there.")
    if len(wanted) + len(unwanted) > MOST_TERMS:
        raise UsageError(f"The search has more than {MOST_TERMS} words and phrases: give fewer.")
    return Words(tuple(wanted), tuple(unwanted))
