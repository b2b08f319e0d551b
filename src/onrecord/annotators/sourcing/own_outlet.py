"""Who published a document, and the names of outlets that a text explains or that are built as such names are."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.document import Document
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import Outlet, Outlets
from onrecord.lexicon.patterns import pattern
from onrecord.text.words import words

NAME_ENDS = word_list("sourcing.name_ends")
_ABBREVIATION = pattern("sourcing.abbreviation")
SITE = pattern("sourcing.site")
"""A site that goes by its address: "Harbournews.com"."""
_COPYRIGHT = pattern("sourcing.copyright_holder")
_GENERIC_WORDS = word_list("sourcing.generic_words")


class Publisher(NamedTuple):
    """Who published a document: the one name, the table's entry, if any, and the words its name is made of."""

    name: str | None
    entry: Outlet | None
    tokens: frozenset[str]

    def is_meant_by(self, name: str, entry: Outlet | None) -> bool:
        """Return whether a name that a text prints means the publisher."""
        if entry is not None and self.entry is not None:
            return entry.name == self.entry.name
        tokens = _tokens(name)
        return bool(tokens) and (tokens <= self.tokens or (len(tokens) == 1 and next(iter(tokens)) == self._initials()))

    def _initials(self) -> str:
        return "".join(w.folded[0] for w in words(self.name or "") if w.folded not in _GENERIC_WORDS)


def publisher_of(document: Document, outlets: Outlets) -> Publisher:
    """Find who published a document: from its outlet, its address or, where neither is known, its copyright line."""
    entry = None
    for given in (document.outlet, document.url):
        if given and entry is None:
            entry = outlets.named(given) or outlets.at(given)
    name = entry.name if entry else document.outlet
    if name is None and not document.url:
        name = _copyright_holder(document.text, outlets)
        entry = outlets.named(name) if name else None
    names = [name or "", *((entry.aliases + entry.short) if entry else ())]
    if document.outlet and document.outlet != name:
        names.append(document.outlet)
    tokens = frozenset(token for each in names for token in _tokens(each))
    return Publisher(name, entry, tokens)


def _copyright_holder(text: str, outlets: Outlets) -> str | None:
    tail = max(0, len(text) - 600)
    for match in _COPYRIGHT.finditer(text, tail):
        name = match["name"].strip(" ,-–")
        entry = outlets.named(name)
        if not (entry and entry.kind == "agency"):
            return name
    return None


def _tokens(name: str) -> frozenset[str]:
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name):
        return frozenset({name.casefold(), *name.casefold().split(".")[:-1]})
    return frozenset(w.folded.removesuffix("'s") for w in words(name) if w.folded not in _GENERIC_WORDS)


def learned_names(text: str) -> dict[str, str]:
    """Learn abbreviations that the text explains, ``Full Name (FN)``: abbreviation to full name."""
    learned: dict[str, str] = {}
    for match in _ABBREVIATION.finditer(text):
        letters = re.sub(r"[^A-Za-z]", "", match[1])
        before = text[max(0, match.start() - 90) : match.start()]
        run = re.split(r"[\n.;:!?()\"“”]", before)[-1].split()
        for size in range(min(len(run), len(letters) + 4), 1, -1):
            candidate = run[-size:]
            initials = "".join(part[0] for w in candidate for part in w.split("-") if part[:1].isupper())
            if candidate[0][:1].isupper() and initials.casefold().endswith(letters.casefold()):
                full = candidate[1:] if candidate[0] in {"The", "the"} else candidate
                if (
                    "".join(p[0] for w in full for p in w.split("-") if p[:1].isupper()).casefold()
                    == letters.casefold()
                ):
                    learned.setdefault(match[1], " ".join(full))
                    break
    return learned


def sounds_like_outlet(name: str, outlets: Outlets) -> bool:
    """Return whether a name is in the table or built as the names of outlets are."""
    parts = name.split() or [""]
    return bool(outlets.named(name)) or parts[-1] in NAME_ENDS or bool({"News", "Press", "Radio"} & set(parts))
