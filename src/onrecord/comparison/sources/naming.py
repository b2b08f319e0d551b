"""Whether a report withholds a speaker's name, or only does not print it where he speaks."""

from __future__ import annotations

import re

from onrecord.annotation import Annotations, Attribution, Speaker

_INDEFINITE = re.compile(
    r"^(?:an?|one|some|any|another|other|several|many|few|various|certain|two|three|four|five|multiple|unnamed|unidentified"
    r"|anonymous|both)\b",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\b(?:sources?|insiders?|anonym\w+|unnamed|unidentified|familiar with|close to"
    r"|not (?:to be|be) (?:named|identified)|not authori[sz]ed|whistle-?blowers?)\b",
    re.IGNORECASE,
)
_MANY = re.compile(r"^(?:[\w’'-]+ ){0,4}[a-z][\w-]+s$")
_BESIDE = 160


def is_indefinite(description: str) -> bool:
    """Return whether a description leaves open who it is: "an official", "officials", "a source close to her"."""
    many = _MANY.match(description) is not None and description[0].islower()
    return many or bool(_INDEFINITE.match(description) or _WITHHELD.search(description))


def is_withheld(document: Annotations, attribution: Attribution, speaker: Speaker) -> bool:
    """Return whether a speaker without a name is one whom the report keeps unnamed ("an official", "sources").

    "The minister" and "Member of the Harbour Board" say who it is: that the name is missing there shows nothing. A
    description is indefinite where any of its mentions is.
    """
    spans = [*speaker.mentions, *([attribution.source] if attribution.source else [])]
    if any(map(is_indefinite, (speaker.name, *(" ".join(span.of(document.text).split()) for span in spans)))):
        return True
    anchor = attribution.source or attribution.cue or attribution.content[0]
    beside = document.text[anchor.end : anchor.end + _BESIDE].partition("\n")[0]
    return bool(re.search(r"\b(?:anonymity|not to be (?:named|identified)|not authori[sz]ed)\b", beside))
