"""Speakers: whom each attribution's source names, once pronouns, titles and short names are resolved.

Reads a document and its attributions; gives the document's :class:`~onrecord.annotation.Speaker` records
with all their mentions, and the attributions with ``speaker`` set. How it decides stands in ``docs/speakers.md``.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.annotation import Attribution, Speaker
from onrecord.annotators.speakers.certainty import evidence, installed
from onrecord.annotators.speakers.entity import Entity
from onrecord.annotators.speakers.resolution import Walk
from onrecord.annotators.speakers.turns import turn_speakers
from onrecord.text.analysed import Analysed


def resolve(
    document: Analysed, attributions: Sequence[Attribution]
) -> tuple[tuple[Speaker, ...], tuple[Attribution, ...]]:
    """Name the speakers of a document; time is linear in the length of its text.

    Every attribution comes back, in the order given; ``speaker`` stays ``None`` where nobody can be known: no source
    is named and no quotation continues, or the narrator speaks and the document has no byline. A transcript's speakers
    are those of its turns (:mod:`onrecord.annotators.speakers.turns`).
    """
    if document.document.kind == "transcript" and not attributions:
        return turn_speakers(document), ()
    walk = Walk(document, attributions)
    walk.run()
    spoken = dict.fromkeys(walk.of_attribution[a.id] for a in attributions if a.id in walk.of_attribution)
    wanted = dict.fromkeys([*spoken, *(m for e in spoken for m in walk.entities.all[e].members)])
    ids = {entity: f"p{number}" for number, entity in enumerate(wanted, 1)}
    speakers = tuple(_speaker(walk.entities.all[entity], name) for entity, name in ids.items())
    return speakers, tuple(_named(walk, attribution, ids) for attribution in attributions)


def _named(walk: Walk, attribution: Attribution, ids: dict[int, str]) -> Attribution:
    """Set an attribution's speaker, by what it was found and how sure it is."""
    found = evidence(walk, attribution)
    if found is None:
        return msgspec.structs.replace(attribution, speaker_confidence=0.0, speaker_clear=False)
    fit = installed()
    chance = fit.chance(found.features)
    return msgspec.structs.replace(
        attribution,
        speaker=ids[walk.of_attribution[attribution.id]],
        resolution=found.resolution,
        speaker_confidence=round(chance, 3),
        speaker_clear=chance >= fit.thresholds[found.resolution],
    )


def _speaker(entity: Entity, name: str) -> Speaker:
    return Speaker(
        id=name,
        name=entity.name,
        kind=entity.speaker_kind,
        titles=tuple(dict.fromkeys(" ".join(title.split()) for title in entity.titles)),
        mentions=tuple(sorted(set(entity.mentions))),
        aliases=tuple(sorted(form for form in entity.aliases if form != entity.name)),
        gender=entity.gender,
    )
