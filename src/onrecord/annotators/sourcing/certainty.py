"""How sure a chain of sourcing is: the share right of each kind of link on labelled stories.

Reads a chain of links; gives each its confidence, and says whether the chain may be shown as a finding. A clause that
names an outlet or a record is nearly always right; that somebody's words come through the one in whose words they stand
is often no more than a guess at what stands within what. The shares are counted, with one more of each outcome, by
``python -m onrecord.evaluate.chains``, on the stories that may be read; there are too few chains for a finer model.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from onrecord.annotation import Link, LinkKind

RELAYED: Final[frozenset[LinkKind]] = frozenset({"statement", "anonymous"})
"""The kinds of link to somebody within whose words others are reported."""
CLAUSE_SHARE: Final = 0.96
RELAYED_SHARE: Final = 0.62
LEAST: Final = 0.9
"""The confidence from which on a chain is shown: nine of ten are right."""


def rated(links: Iterable[Link]) -> tuple[Link, ...]:
    """Give each link of a chain the share of its kind that is right."""
    shares = ((link, RELAYED_SHARE if link.kind in RELAYED else CLAUSE_SHARE) for link in links)
    return tuple(msgspec.structs.replace(link, confidence=share) for link, share in shares)


def is_clear(links: Iterable[Link]) -> bool:
    """Return whether a chain is sure enough to be shown: as sure as its weakest link."""
    return min((link.confidence for link in links), default=1.0) >= LEAST
