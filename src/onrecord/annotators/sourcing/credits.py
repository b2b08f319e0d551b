"""Credits: what a document says of itself as a whole; agency bylines, datelines, footers, copyright lines, addresses.

Reads a document and the table of outlets; gives links. ``agency-copy``: the text is the agency's. ``outlet-pickup``:
another outlet contributed to it. A credit of a photograph says nothing of the text and is left alone: one in a caption,
one that names a picture service, a name printed twice in a row under the headline (the picture's caption and its
credit), a bare name where the text signs with a reporter of its own house.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from onrecord.annotation import Link, LinkKind
from onrecord.annotators.sourcing.own_outlet import Publisher, learned_names, sounds_like_outlet
from onrecord.document import BlockKind, Document
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import Outlet, Outlets
from onrecord.lexicon.patterns import pattern

_HEAD = 4000
_TAIL = 1600
_LINE = 80
_DATELINE = pattern("sourcing.dateline")
_PLACE_WORD = pattern("sourcing.place_word")
_BYLINE = pattern("sourcing.byline")
_SIGNED_LINE = pattern("sourcing.signed_line")
_SIGNED_OFF = pattern("sourcing.signed_off")
_SIGNED_BELOW = pattern("sourcing.signed_below")
"""A last line of nothing but names, below a full sentence: "AP - AFP"; a line in brackets may follow."""
_COPYRIGHT = pattern("sourcing.copyright_line")
_REPORTING = pattern("sourcing.reporting")
_DESK = pattern("sourcing.written_by")
_SUPPLIED = pattern("sourcing.supplied")
_REPRINTED = pattern("sourcing.reprinted")
"""Words by which the whole text is another's, an agency's or not."""
_HELPED = pattern("sourcing.helped")
_CONTRIBUTED = pattern("sourcing.contributed")
_PART = pattern("sourcing.between_names")
_ROLE = pattern("sourcing.role_words")
_OF_PICTURE = pattern("sourcing.of_picture")
"""Words by which a line credits a picture and not the text."""
_OWN_REPORTER = pattern("sourcing.own_reporter")
"""A closing line in which a house names its own reporter: "Follow the Herald's Ana Ruiz on …"."""
_NO_TEXT: frozenset[BlockKind] = frozenset({"caption", "read-more"})
_SEGMENT = pattern("sourcing.segment")
_SHORT_AGENCIES = {
    "ap": "AP",
    "aponline": "AP",
    "reuters": "Reuters",
    "afp": "AFP",
    "upi": "UPI",
    "dpa": "dpa",
    "pa": "PA",
}
_ONLY_UNDER_WIRES = word_list("sourcing.only_under_wires")


def credits_of(document: Document, outlets: Outlets, publisher: Publisher) -> tuple[Link, ...]:
    """List the links that hold for the document as a whole, each outlet once, the strongest evidence of each first."""
    reader = _CreditReader(document, outlets, publisher)
    best: dict[str, Link] = {}
    printed = tuple(reader.links())
    signed = any(link.kind == "agency-copy" for link in printed)
    # An address names the desk that a page was filed under; what the text says of itself goes before it.
    for link in (*printed, *(() if signed else reader.address())):
        key = link.outlet or link.name.casefold()
        if key not in best or (best[key].kind != "agency-copy" and link.kind == "agency-copy"):
            best[key] = link
    return tuple(best.values())


class _CreditReader:
    def __init__(self, document: Document, outlets: Outlets, publisher: Publisher) -> None:
        self._document = document
        self._text = document.text
        self._outlets = outlets
        self._publisher = publisher
        self._learned = learned_names(document.text)
        self._known_agency: set[str] = set()
        self._apart = [block.span for block in document.blocks if block.kind in _NO_TEXT]

    def links(self) -> Iterator[Link]:
        for link in self._printed():
            if not any(span.start <= link.start < span.end for span in self._apart) or link.start == link.end:
                yield link

    def _printed(self) -> Iterator[Link]:
        yield from self._datelines()
        yield from self._bylines()
        yield from self._copyrights()
        yield from self._footers()

    def _entry(self, printed: str) -> tuple[str, Outlet | None]:
        """Give the fullest form of a printed name and the outlet it means."""
        bare = printed.strip(" .:")
        entry = self._outlets.named(bare)
        full = self._learned.get(bare.removeprefix("the ").removeprefix("The "), bare)
        return (full if entry is None else bare), entry or self._outlets.named(full)

    def _link(self, printed: str, kind: LinkKind, start: int, end: int, *, declared: bool = True) -> Iterator[Link]:
        name, entry = self._entry(printed)
        if self._publisher.name is not None and self._publisher.is_meant_by(name, entry):
            return
        yield Link(name, kind, start, end, declared, entry.name if entry else name)

    def _agency(self, printed: str) -> bool:
        name, entry = self._entry(printed)
        return (entry is not None and entry.kind == "agency") or name in self._known_agency

    def _datelines(self) -> Iterator[Link]:
        for match in _DATELINE.finditer(self._text, 0, _HEAD):
            place = (match["place"] or "").split()
            if len(place) > 9 or not all(_PLACE_WORD.fullmatch(word) for word in place):
                continue
            name, entry = self._entry(match["name"])
            signs = bool(place) and place[0].isupper() and match["name"].isalpha() and match["name"].isupper()
            if entry is None and not signs and not sounds_like_outlet(name, self._outlets):
                continue
            if entry is not None and entry.kind != "agency" and self._publisher.name is None:
                continue  # "(CNN) —" in a document of unknown outlet is that outlet's own.
            self._known_agency.add(name)
            yield from self._link(match["name"], "agency-copy", match.start(), match.end("name") + 1)

    def _bylines(self) -> Iterator[Link]:
        if self._document.byline:
            yield from self._byline(self._document.byline, *self._place_of(self._document.byline))
        for match in _BYLINE.finditer(self._text, 0, _HEAD):
            if _OF_PICTURE.search(match["names"]) is None:
                yield from self._byline(match["names"], *match.span())
        for match in _SIGNED_LINE.finditer(self._text, 0, 1200):
            if self._agency(match["name"]) and not self._is_of_picture(match):
                yield from self._link(match["name"], "agency-copy", *match.span("name"))

    def _is_of_picture(self, match: re.Match[str]) -> bool:
        """Return whether a bare line that names an agency credits a picture and not the text."""
        above = self._text[max(0, match.start() - 2 * _LINE) : match.start()].rstrip().rpartition("\n")[2]
        below = self._text[match.end() : match.end() + 2 * _LINE].lstrip().partition("\n")[0]
        if self._same_line(above, match["name"]) or self._same_line(below, match["name"]):
            return True
        return self._names_own_reporter()

    def _names_own_reporter(self) -> bool:
        signed = _OWN_REPORTER.search(self._text, max(0, len(self._text) - _TAIL))
        return signed is not None and not self._agency(signed["house"])

    def _same_line(self, line: str, name: str) -> bool:
        name_there, name_here = self._entry(line)[0], self._entry(name)[0]
        there, here = self._outlets.named(name_there), self._outlets.named(name_here)
        return there is here if there is not None else line.strip() == name.strip()

    def _place_of(self, byline: str) -> tuple[int, int]:
        start = self._text.find(byline, 0, _HEAD)
        return (start, start + len(byline)) if start >= 0 else (0, 0)

    def _byline(self, names: str, start: int, end: int) -> Iterator[Link]:
        """Read a byline part by part: agencies are the text's origin unless they stand behind "and" or "with"."""
        position = 0
        before = ""
        for piece in (*_PART.finditer(names), None):
            part = names[position : piece.start() if piece else len(names)]
            position = piece.end() if piece else position
            name = part if self._agency(part) else " ".join(_ROLE.sub(" ", part).split())
            mixed = before.strip().casefold() in {"and", "with"} and position > 0
            if name and self._agency(name):
                yield from self._link(name, "outlet-pickup" if mixed else "agency-copy", start, end)
            elif name and before.strip() in {",", "|", "/"} and self._is_other_outlet(name):
                kind: LinkKind = "agency-copy" if _is_service(name) else "outlet-pickup"
                yield from self._link(name, kind, start, end)
            before = piece.group() if piece else ""

    def _is_other_outlet(self, name: str) -> bool:
        if self._publisher.name is None and not _is_service(name):
            return False
        return sounds_like_outlet(name, self._outlets)

    def _copyrights(self) -> Iterator[Link]:
        for match in _COPYRIGHT.finditer(self._text, max(0, len(self._text) - _TAIL)):
            owner = match.group().partition(".")[0]
            if _CONTRIBUTED.search(match.group()) is None and _OF_PICTURE.search(owner) is None:
                yield from self._named_in(match, "agency-copy", agencies_only=True)

    def _footers(self) -> Iterator[Link]:
        floor = max(0, len(self._text) - _TAIL)
        folded = self._text[floor:].casefold()
        if "reporting" in folded:
            for match in _REPORTING.finditer(self._text, floor):
                yield from self._reporting(match)
        for match in _SUPPLIED.finditer(self._text, floor):
            yield from islice(self._named_in(match, "agency-copy", agencies_only=True), 1)
            kind: LinkKind = "agency-copy" if _REPRINTED.search(match.group()) else "outlet-pickup"
            yield from islice(self._named_in(match, kind, agencies_only=False), 1)
        # The names before "contributed" are sought only where the word stands: from every place it takes long.
        pattern = _CONTRIBUTED if "contributed " in folded else _HELPED
        for match in pattern.finditer(self._text, floor):
            yield from self._named_in(match, "outlet-pickup", agencies_only=False)
        signed = _SIGNED_OFF.search(self._text, max(0, len(self._text) - 80))
        if signed and self._agency(signed["name"]):
            yield from self._link(signed["name"], "agency-copy", *signed.span("name"))

        below = _SIGNED_BELOW.search(self._text, max(0, len(self._text) - 2 * _LINE))
        names = re.split(r"[ \t]*[-–/,][ \t]*", below["names"].strip()) if below else []
        if below is not None and all(map(self._agency, names)) and not self._names_own_reporter():
            for name in names:
                yield from self._link(name, "agency-copy", *below.span("names"))

    def _reporting(self, match: re.Match[str]) -> Iterator[Link]:
        additional = match.group().lstrip("(").casefold().startswith(("additional", "further"))
        first = match.group().partition(";")[0]
        named = [] if additional else list(self._names_in(first, match.start(), agencies_only=False))
        for printed, start, end in named:
            yield from self._link(printed, "agency-copy", start, end)
        if not named and match.group().startswith("(") and _DESK.search(match.group()):
            # Reuters signs so, and hardly anyone else: inferred, not declared.
            yield from self._link("Reuters", "agency-copy", match.start(), match.end(), declared=False)

    def _named_in(self, match: re.Match[str], kind: LinkKind, *, agencies_only: bool) -> Iterator[Link]:
        for printed, start, end in self._names_in(match.group(), match.start(), agencies_only=agencies_only):
            yield from self._link(printed, kind, start, end)

    def _names_in(self, stretch: str, offset: int, *, agencies_only: bool) -> Iterator[tuple[str, int, int]]:
        """Find the outlets that a footer names; at most one at each place, the longest."""
        for match in _CAPITALISED.finditer(stretch):
            parts = match.group().split(" ")
            for first, last in _runs(len(parts)):
                printed = " ".join(parts[first:last])
                name, entry = self._entry(printed)
                agency = (entry is not None and entry.kind == "agency") or name in self._known_agency
                if agency or (not agencies_only and (entry is not None or sounds_like_outlet(name, self._outlets))):
                    start = offset + match.start() + len(" ".join(parts[:first])) + (first > 0)
                    yield printed, start, start + len(printed)
                    break

    def address(self) -> Iterator[Link]:
        if not self._document.url:
            return
        try:
            path = urlsplit(self._document.url).path
        except ValueError:
            return
        before = ""
        for segment in path.casefold().split("/"):
            name = self._agency_of_segment(segment, wired=bool(_SEGMENT.match(before)))
            if name:
                yield from self._link(name, "agency-copy", 0, 0)
                return
            before = segment

    def _agency_of_segment(self, segment: str, *, wired: bool) -> str | None:
        if segment in _SHORT_AGENCIES and (wired or segment not in _ONLY_UNDER_WIRES):
            return _SHORT_AGENCIES[segment]
        if not wired or not segment:
            return None
        for printed in (segment.upper(), segment.title().replace("-", " "), segment):
            entry = self._outlets.named(printed)
            if entry is not None and entry.kind == "agency":
                return printed
        return None


_CAPITALISED = pattern("sourcing.capitalised")


def _runs(length: int) -> Iterable[tuple[int, int]]:
    """Give the stretches of a run of words, the longest first; of long runs only those of up to seven words."""
    for size in range(min(length, 7), 0, -1):
        for first in range(length - size + 1):
            yield first, first + size


def _is_service(name: str) -> bool:
    return bool({"Network", "Agency", "Wire", "Newswire", "Newswires", "Service", "Press"} & set(name.split()))
