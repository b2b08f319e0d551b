"""Whether two names mean one speaker, for judging what is shown: forms may differ, persons may not.

Labels give the fullest form that a document prints ("Broadcom Ltd."), findings may give another ("Broadcom"). Both mean
one speaker when the words of one hold those of the other, both are of one kind (somebody, a body or document, several),
and no other speaker of the story fits as well. An office or a description for somebody whom the text names ("his
lawyer") does not agree with the name: who that is was not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from onrecord.annotation import Attribution, SpeakerKind
from onrecord.evaluate.sourcing import GoldStory
from onrecord.evaluate.stories import bare_name
from onrecord.story import Story
from onrecord.words import CLOSED_CLASS

_KINDS: Final[Mapping[str, str]] = {
    "person": "somebody",
    "unnamed": "somebody",
    "organisation": "body",
    "document": "body",
    "group": "several",
}


class Named(NamedTuple):
    """A speaker as a label or a finding gives it."""

    name: str
    kind: SpeakerKind

    @property
    def words(self) -> frozenset[str]:
        """Its words without titles, articles and other small words."""
        every = bare_name(self.name)
        return frozenset(w for w in every if w not in CLOSED_CLASS) or frozenset(every)


def mean_one(found: Named, label: Named, others: Iterable[Named]) -> bool:
    """Return whether a name found means the labelled speaker; ``others`` are the story's further labelled speakers."""
    if bare_name(found.name) == bare_name(label.name):
        return True
    if not found.words or not label.words:
        return False
    if found.words == label.words:
        return True
    if "several" in {_KINDS[found.kind], _KINDS[label.kind]} or _KINDS[found.kind] != _KINDS[label.kind]:
        return False
    if not (found.words <= label.words or label.words <= found.words):
        return False
    return not any(found.words <= other.words for other in others if not _is_form_of(other, label))


def _is_form_of(other: Named, label: Named) -> bool:
    return other.words <= label.words or label.words <= other.words


class StoryNames(NamedTuple):
    """The speakers that a story was given, and those that its labels have."""

    own: Mapping[tuple[str, str], Named]
    shared: Mapping[tuple[str, str], Named]
    labels: frozenset[Named]

    @classmethod
    def of(cls, gold: GoldStory, story: Story) -> StoryNames:
        """Collect them."""
        return cls(
            {(d.id, s.id): Named(s.name, s.kind) for d in story.documents for s in d.speakers},
            {member: Named(s.name, s.kind) for s in story.speakers for member in s.members},
            frozenset(Named(a["speaker"], a["kind"]) for a in gold.answers["attributions"] if a.get("speaker")),
        )

    def is_right(self, document: str, attribution: Attribution, item: Mapping[str, Any]) -> bool:
        """Return whether an attribution's speaker is the labelled one by both names that it bears, in its document too.

        The story's name may be fuller than the document's; one that means another speaker makes the finding wrong.
        """
        key = document, attribution.speaker or ""
        own = self.own.get(key)
        if own is None or not item.get("speaker"):
            return own is None and not item.get("speaker")
        label = Named(item["speaker"], item["kind"])
        others = self.labels - {label}
        shared = self.shared.get(key, own)
        if mean_one(shared, label, others):
            return True
        return mean_one(own, label, others) and not any(mean_one(shared, other, self.labels) for other in others)
