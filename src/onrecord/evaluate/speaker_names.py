"""Whether two names mean one speaker, for judging what is shown: forms may differ, persons may not.

Labels give the fullest form that a document prints ("Wexholm Port Ltd."), findings may give another ("Wexholm Port").
Both mean one speaker when the words of one hold those of the other, neither adds an office or a calling ("a Wexholm
Port spokesman") or further speakers, and no other person of the story fits as well. An office or a description for
somebody whom the text names ("his lawyer") does not agree with the name: who that is was not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from onrecord.annotation import Attribution, SpeakerKind
from onrecord.annotators.speakers.mentions import head_kind
from onrecord.evaluate.sourcing import LabelledStory
from onrecord.evaluate.stories import bare_name
from onrecord.story import Story
from onrecord.text.words import CLOSED_CLASS, words


class Named(NamedTuple):
    """A speaker as a label or a finding gives it."""

    name: str
    kind: SpeakerKind

    @property
    def words(self) -> frozenset[str]:
        """Its words without titles, articles and other small words."""
        every = bare_name(self.name)
        return frozenset(w for w in every if w not in CLOSED_CLASS) or frozenset(every)

    @property
    def callings(self) -> frozenset[str]:
        """The words that say that somebody described is meant, not the body or person that the description names."""
        if self.kind in {"person", "organisation"}:
            return frozenset()
        return frozenset(w for w in self.printed if head_kind(w) in {"person", "plural"})

    @property
    def printed(self) -> frozenset[str]:
        """All its words."""
        return frozenset(w.folded for w in words(self.name))


def mean_one(found: Named, label: Named, others: Iterable[Named]) -> bool:
    """Return whether a name found means the labelled speaker; ``others`` are the story's further labelled speakers."""
    if bare_name(found.name) == bare_name(label.name) or (found.words and found.words == label.words):
        return True
    if not _holds(found, label) or (found.callings | label.callings) - (found.printed & label.printed):
        return False
    if any(one.kind == "group" and " and " in one.name for one in (found, label)):
        return False
    return not any(
        found.words <= other.words for other in others if other.kind == "person" and not _holds(other, label)
    )


def _holds(one: Named, other: Named) -> bool:
    return bool(one.words and other.words) and (one.words <= other.words or other.words <= one.words)


def _are_variants(one: Named, other: Named) -> bool:
    """Return whether two labels of different documents may be one speaker's: "Jan R. Roe", "Norway's ministry"."""
    if _holds(one, other):
        return True
    left, right = bare_name(one.name), bare_name(other.name)
    if one.kind == other.kind == "person":
        return (left[0], left[-1]) == (right[0], right[-1])
    return "person" not in {one.kind, other.kind} and bool({w[:5] for w in one.words} & {w[:5] for w in other.words})


class StoryNames(NamedTuple):
    """The speakers that a story was given, and those that its labels have."""

    own: Mapping[tuple[str, str], Named]
    shared: Mapping[tuple[str, str], Named]
    labels: frozenset[Named]

    @classmethod
    def of(cls, labelled: LabelledStory, story: Story) -> StoryNames:
        """Collect them."""
        return cls(
            {(d.id, s.id): Named(s.name, s.kind) for d in story.documents for s in d.speakers},
            {member: Named(s.name, s.kind) for s in story.speakers for member in s.members},
            frozenset(Named(a["speaker"], a["kind"]) for a in labelled.answers["attributions"] if a.get("speaker")),
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
        strangers = [other for other in others if not _are_variants(other, label)]
        return mean_one(own, label, others) and not any(mean_one(shared, other, self.labels) for other in strangers)
