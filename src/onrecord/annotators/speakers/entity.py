"""One somebody or something of a document, with what its text says of it: :class:`Entity`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, Literal

from onrecord.annotation import SpeakerKind
from onrecord.annotators.speakers.speaker_words import (
    GIVEN_F,
    GIVEN_M,
)
from onrecord.annotators.speakers.tokens import may_end_name
from onrecord.document import Span

EntityKind = Literal["person", "organisation", "place", "unknown", "group", "document", "unnamed"]
_ROLE_EXPANDED: Final = {
    "gov": "governor", "sen": "senator", "sens": "senator", "rep": "representative", "reps": "representative",
    "gen": "general", "sec": "secretary", "pres": "president", "dr": "doctor", "lt": "lieutenant", "sgt": "sergeant",
    "capt": "captain", "col": "colonel", "maj": "major", "adm": "admiral", "amb": "ambassador", "prof": "professor",
    "rev": "reverend", "congresswoman": "representative", "congressman": "representative", "ceo": "executive",
    "presidents": "president", "senators": "senator", "spokeswoman": "spokesman", "spokesperson": "spokesman",
    "chairwoman": "chairman", "chairperson": "chairman", "chair": "chairman", "businesswoman": "businessman",
    "truckie": "driver", "trucker": "driver", "motorist": "driver", "cabbie": "driver", "cop": "officer",
    "policeman": "officer", "policewoman": "officer", "medic": "paramedic", "footballer": "player", "teen": "teenager",
    "gop": "republican", "boss": "head", "chief": "head", "leader": "leader",
}  # fmt: skip
"""Roles that say the same, folded to one."""


def role(folded: str) -> str:
    """Fold a role word to the one that stands for all that say the same."""
    folded = folded.removeprefix("ex-")
    return _ROLE_EXPANDED.get(folded, folded)


@dataclass(slots=True)
class Entity:
    """One somebody or something of a document.

    ``tokens`` is the fullest name, folded; ``name`` the same as printed. ``men, women`` count the signs of gender that
    the text gives. ``roles`` are words that describe it. ``members`` are the entities of a group.
    """

    index: int
    name: str
    tokens: tuple[str, ...]
    kind: EntityKind
    titles: Counter[str] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)
    aliases: Counter[str] = field(default_factory=Counter)
    men: float = 0.0
    women: float = 0.0
    person: float = 0.0
    full: int = 0
    short: int = 0
    members: tuple[int, ...] = ()
    head: str = ""
    possessor: int | None = None
    mentions: list[Span] = field(default_factory=list)

    @property
    def gender(self) -> Literal["m", "f"] | None:
        """The gender that the text shows; ``None`` where it shows none or both alike."""
        if self.kind not in {"person", "unknown", "unnamed"} or abs(self.men - self.women) < 1:
            return None
        return "m" if self.men > self.women else "f"

    @property
    def prior(self) -> float:
        """What the given name alone suggests: 1 a man's, -1 a woman's, 0 nothing. Weak evidence."""
        if not self.tokens or self.kind == "place":
            return 0.0
        return float(self.tokens[0] in GIVEN_M) - float(self.tokens[0] in GIVEN_F)

    @property
    def is_person(self) -> bool:
        """Whether the entity can be a he or a she."""
        return (
            self.kind == "person"
            or (self.kind == "unknown" and self.person > 0)
            or (self.kind == "unnamed" and self.person > 0)
        )

    @property
    def reads_as_person(self) -> bool:
        """Whether a name of which the text says nothing reads like a person's: two words or more, the last no noun."""
        return self.kind == "unknown" and len(self.tokens) > 1 and may_end_name(self.tokens[-1])

    @property
    def reads_as_somebody(self) -> bool:
        """Whether the entity is a person, or a name that reads like one's."""
        return self.is_person or self.reads_as_person

    @property
    def speaker_kind(self) -> SpeakerKind:
        """The kind as it is published."""
        if self.kind in {"organisation", "group", "document", "unnamed", "person"}:
            return self.kind
        if self.kind == "place" or self.person <= 0:
            return "organisation"
        sure = self.person >= 1 or (len(self.tokens) > 1 and may_end_name(self.tokens[-1]))
        return "person" if sure else "organisation"
