"""A story's parts looked up by their ids, and what its documents and speakers are called: for every publisher alike.

Reads: Story.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from onrecord.annotation import Annotations, Attribution
from onrecord.document import Span
from onrecord.publishers.counts import in_several_reports
from onrecord.publishers.naming import letters, source_words, speaker_label, statement_speaker
from onrecord.story import Statement, Story, Variant


class StoryIndex:
    """Looks up documents, attributions and speakers of one story."""

    def __init__(self, story: Story) -> None:
        """Index the story; nothing of it is copied."""
        self.story = story
        self.documents: dict[str, Annotations] = {each.id: each for each in story.documents}
        self.reports = [each.id for each in story.documents if each.document.kind == "report"]
        self.letters = letters(story)
        self.order = {document: number for number, document in enumerate(self.documents)}
        self.attributions = {(a.id, x.id): x for a in story.documents for x in a.attributions}
        self.names = {speaker.id: speaker.name for speaker in story.speakers}
        self.joined = {member: speaker.id for speaker in story.speakers for member in speaker.members}

    @cached_property
    def shared(self) -> list[Statement]:
        """The statements of more than one report, those of most reports first."""
        found = [s for s in self.story.statements if in_several_reports(s, self.reports)]
        return sorted(found, key=lambda s: -len({v.document for v in s.variants}))

    @cached_property
    def lone(self) -> dict[str, list[Statement]]:
        """The statements of one report alone, by report."""
        shared = {s.id for s in self.shared}
        found: dict[str, list[Statement]] = {report: [] for report in self.reports}
        for statement in self.story.statements:
            holder = next((v.document for v in statement.variants if v.document in found), None)
            if statement.id not in shared and holder is not None:
                found[holder].append(statement)
        return found

    def name(self, document: str) -> str:
        """Name a document: by its outlet, by who published it as far as the text tells, else by its id."""
        return self.documents[document].name

    def in_order(self, documents: Iterable[str]) -> list[str]:
        """List documents once each, as the story lists them."""
        return sorted(set(documents), key=self.order.__getitem__)

    def words(self, document: str, span: Span) -> str:
        """Look up a document's words, on one line."""
        return " ".join(span.of(self.documents[document].text).split())

    def attribution(self, variant: Variant) -> Attribution:
        """Look up the attribution of a version."""
        return self.attributions[variant.document, variant.attribution]

    def speaker(self, statement: Statement) -> str:
        """Name a statement's speaker, or say who it may be."""
        versions = [(self.documents[v.document].text, self.attribution(v)) for v in statement.variants]
        return statement_speaker(statement, self.names.get(statement.speaker or ""), versions)

    def named_by(self, variant: Variant) -> str:
        """Name the speaker that one version names, which need not be the statement's."""
        attribution = self.attribution(variant)
        name = self.names.get(self.speaker_id(variant) or "")
        source = source_words(self.documents[variant.document].text, attribution)
        return speaker_label(name, source, clear=attribution.speaker_clear)

    def speaker_id(self, variant: Variant) -> str | None:
        """Give the id of the story's speaker whom a version names, if it names one."""
        return self.joined.get((variant.document, self.attribution(variant).speaker or ""))

    def by_speaker(self) -> list[tuple[str, list[Statement]]]:
        """Group the shared statements by speaker, those with most statements first; unclear speakers come last."""
        groups: dict[str, list[Statement]] = {}
        labels: dict[str, str] = {}
        for statement in self.shared:
            clear = statement.speaker is not None and statement.speaker_clear
            key = statement.speaker if clear and statement.speaker else ""
            groups.setdefault(key, []).append(statement)
            labels.setdefault(key, self.speaker(statement) if key else "")
        ordered = sorted(groups, key=lambda key: (not key, -len(groups[key])))
        return [(labels[key], groups[key]) for key in ordered]
