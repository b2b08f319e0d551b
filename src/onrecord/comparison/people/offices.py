"""Offices as reports print them: before a name, after it, or in a name's stead ("the transport minister").

Reads one document's speakers with its text; gives offices as folded words with their head, by which a sibling report's
unnamed "transport minister" is found to be the "Transport Minister Jan Roe" of another.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from onrecord.annotation import Speaker
from onrecord.lexicon.load import word_list
from onrecord.text.words import is_content, words

_SAME: Final = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "sec": "secretary",
    "pres": "president", "lt": "lieutenant", "sgt": "sergeant", "capt": "captain", "col": "colonel", "maj": "major",
    "adm": "admiral", "amb": "ambassador", "prof": "professor", "spokeswoman": "spokesman",
    "spokesperson": "spokesman", "chairwoman": "chairman", "chairperson": "chairman", "congresswoman": "congressman",
    "premier": "premier", "boss": "head", "chief": "chief", "defense": "defence",
}  # fmt: skip
_NO_OFFICES: Final = word_list("people.no_offices")
_COMMON: Final = word_list("people.common")
"""Heads that many bear; such a description means one person only where it says three words or more of him."""
_AFTER: Final = re.compile(r",? (?:the |an? |who is the )([^,.;:()“”\"\n]{4,70})[,.;)]")
_LINK: Final = word_list("people.link")


class Office(NamedTuple):
    """An office: its head ("minister") and all its words that say something, the head among them."""

    head: str
    said: frozenset[str]


def office(printed: str) -> Office | None:
    """Read an office from its words; ``None`` where they say none."""
    found = [w.folded.removesuffix("'s").strip(".") for w in words(printed)]
    found = [_SAME.get(w, w) for w in found]
    stop = next((k for k, w in enumerate(found) if k and w in _LINK), len(found))
    head = found[stop - 1] if stop else ""
    said = frozenset(w for w in found if is_content(w) and w not in _NO_OFFICES)
    return Office(head, said) if head in said else None


def offices_of(speaker: Speaker, text: str) -> set[Office]:
    """Give the offices that a document gives a speaker: its titles, and what stands after the name between commas."""
    found = {office(title) for title in speaker.titles}
    for mention in speaker.mentions[:40]:
        after = _AFTER.match(text, mention.end, mention.end + 90)
        if after is not None:
            found.add(office(after.group(1)))
    return {one for one in found if one is not None}


def is_definite(speaker: Speaker, text: str) -> bool:
    """Return whether a document speaks of "the" minister, or its headline of "minister"."""
    for mention in speaker.mentions[:40]:
        opening = text[max(0, mention.start - 4) : mention.start + 4].casefold()
        if "the " in opening or mention.start < 4 or text[mention.start - 1] == "\n":
            return True
    return False


def may_hold(described: Office, held: Office) -> bool:
    """Return whether a description means the holder of an office: it says nothing that the office does not."""
    if described.head != held.head or not described.said <= held.said:
        return False
    return described.head not in _COMMON or (len(described.said) > 2 and described.said == held.said)
