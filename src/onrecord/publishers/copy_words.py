"""Why one text is taken for another's, in one sentence: the wording of :class:`onrecord.story.Copy`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from onrecord.annotation import Annotations
from onrecord.story import Copy, CopyReason

_HOW: Final[dict[CopyReason, str]] = {
    "credits-source": "and it credits that report",
    "source-is-agency": "the agency that another report credits",
    "published-earlier": "which was published earlier",
    "holds-more": "which has more text of its own; neither credits the other",
    "alone-dated": "which alone is dated; neither credits the other",
    "shorter": "which is the shorter; nothing else shows which was first",
}
_ABSENT: Final = "the agency's own report is not among the documents"
_LONGEST: Final = 80


class CopyWords:
    """Words the copies of a story."""

    def __init__(self, documents: Iterable[Annotations]) -> None:
        """Take the documents, by whose names they are called."""
        self._documents = {each.id: each for each in documents}

    def why(self, copy: Copy) -> str:
        """Explain a copy in one sentence; empty where nothing is known to explain it by."""
        if copy.reason is None:
            return ""
        if copy.reason in _HOW:
            source = self._documents[copy.of].name
            share = f"{copy.share or 0.0:.0%} of its own words ({copy.covered})"
            return f"{share} stand in {source} outside quotations, {_HOW[copy.reason]}."
        if copy.beside is not None:
            credit = f"and both credit words to {copy.of}" if copy.credit else f"which credits them to {copy.of}"
            other = self._documents[copy.beside].name
            return f"It shares {copy.covered} words outside quotations with {other}, {credit}; {_ABSENT}."
        return f"It {self._sign(copy)}; {_ABSENT}, so the texts were not compared."

    def _sign(self, copy: Copy) -> str:
        printed = " ".join(copy.credit.of(self._documents[copy.document].text).split()) if copy.credit else ""
        if copy.reason == "agency-form":
            return f"is signed in that agency's form (“{printed[:_LONGEST]}”) without its name"
        return f"prints “{printed}”" if printed else "names the agency in its byline or address"
