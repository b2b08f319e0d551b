"""How sure a speaker is: by what it was found, and the chance that it is right.

Reads the finished walk through a document; gives for each attribution with a speaker its ``resolution`` and the
features of a logistic regression, whose weights and threshold lie in ``certainty_weights.json``
(``python -m onrecord.evaluate.certainty`` fits them; docs/confidence.md has the figures).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from onrecord.annotation import Attribution, Resolution
from onrecord.annotators.speakers.entity import Entity
from onrecord.annotators.speakers.mentions import DEFINITE, FIRST, FIRST_PLURAL, HE, IT, RELATIVE, SHE, THEY
from onrecord.annotators.speakers.phrases import Phrase
from onrecord.annotators.speakers.resolution import Walk
from onrecord.annotators.speakers.speaker_words import COURTESIES, FEMALE_WORDS, MALE_WORDS
from onrecord.annotators.speakers.tokens import is_common
from onrecord.document import Span

_BACK: Final = 150  # mentions in which the speaker's last one is looked for
_LEAST: Final = 0.001
_SURE: Final = 0.9  # a pronoun's candidate with such a chance has no rival


class Evidence(NamedTuple):
    """By what a speaker was found, and what speaks for and against it; features that are absent are 0."""

    resolution: Resolution
    features: Mapping[str, float]


class Fit(NamedTuple):
    """The weights of the regression by feature, the intercept among them, and from which chance on one is shown.

    Speakers found by a name, a pronoun, a description and by inference have each a threshold of their own.
    """

    weights: Mapping[str, float]
    thresholds: Mapping[str, float]

    def chance(self, features: Mapping[str, float]) -> float:
        """Give the chance that a speaker with these features is right."""
        logit = self.weights["intercept"] + sum(self.weights.get(name, 0.0) * v for name, v in features.items())
        return 1 / (1 + math.exp(-logit))


@lru_cache(maxsize=1)
def installed() -> Fit:
    """Load the weights."""
    raw = json.loads(
        resources.files("onrecord.annotators.speakers").joinpath("certainty_weights.json").read_text("utf-8")
    )
    return Fit(raw["weights"], raw["thresholds"])


def evidence(walk: Walk, attribution: Attribution) -> Evidence | None:
    """Gather what is known of how an attribution's speaker was found; ``None`` where it has none."""
    index = walk.of_attribution.get(attribution.id)
    if index is None:
        return None
    entity = walk.entities.all[index]
    source = attribution.source
    features = _common(walk, attribution, entity)
    if source is None or attribution.id in walk.inferred_from:
        features[f"inferred: {walk.inferred_from.get(attribution.id, 'other')}"] = 1.0
        return Evidence("inferred", features)
    low, high = walk.reader.bounds(source)
    features |= _distance(walk, attribution, index)
    if (
        low < high
        and high - low <= 2
        and walk.tokens[low].folded in HE | SHE | THEY | IT | RELATIVE | FIRST | FIRST_PLURAL
    ):
        return Evidence("pronoun", features | _pronoun(walk, low, entity))
    phrase = walk.reader.read(source)
    parts = walk.reader.split(source)
    if len(parts) > 1:
        features["several"] = 1.0
        features["several: not all"] = float(len(entity.members) != len(parts))
    if phrase.main is not None or (len(parts) > 1 and phrase.names):
        return Evidence("name", features | _name(walk, source, phrase, entity))
    return Evidence("description", features | _description(walk, source, phrase, entity))


def _common(walk: Walk, attribution: Attribution, entity: Entity) -> dict[str, float]:
    """Give what is asked of every speaker."""
    at = (attribution.source or attribution.extent).start
    doubt = min(max(1 - attribution.confidence, _LEAST), 1 - _LEAST)
    return {
        "doubt of attribution": math.log(doubt / _LEAST),
        "direct": float(attribution.form == "direct"),
        "no cue": float(attribution.cue is None),
        "headline": float(at < walk.opening),
        "within another": float(attribution.within is not None),
        "source quoted": float(walk.discourse.quoted(at) and attribution.source is not None),
        "unknown kind, no person": float(entity.kind == "unknown" and not entity.is_person),
        "unknown kind, person": float(entity.kind == "unknown" and entity.is_person),
        "place": float(entity.kind == "place"),
        "body": float(entity.kind == "organisation"),
        "mentions": math.log1p(len(entity.mentions) + sum(entity.aliases.values())),
        "nobody in particular": float(entity.kind == "unnamed"),
    }


def _distance(walk: Walk, attribution: Attribution, index: int) -> dict[str, float]:
    """Give how far back the speaker was last met, in sentences."""
    assert attribution.source is not None
    met = walk.discourse.met_at.get(attribution.id, 0)
    here = walk.discourse.sentence_of(attribution.source.start)
    for mention in reversed(walk.history[max(0, met - _BACK) : met]):
        if walk.merged.get(mention.entity, mention.entity) == index and mention.end <= attribution.source.start:
            return {"sentences back": math.log1p(here - mention.sentence)}
    return {"not met before": 1.0}


def _pronoun(walk: Walk, x: int, entity: Entity) -> dict[str, float]:
    folded = walk.tokens[x].folded
    choice = walk.discourse.choices.get(x)
    found = {"pronoun": 1.0, "pronoun: relative": float(folded in RELATIVE)}
    found["pronoun: it"] = float(folded in IT)
    found["pronoun: they"] = float(folded in THEY)
    if choice is not None:
        chance = min(max(choice.chance, _LEAST), 1 - _LEAST)
        found["pronoun: chance"] = math.log(chance / (1 - chance))
        found["pronoun: sure"] = float(choice.chance > _SURE)
        found["pronoun: alone"] = float(choice.candidates == 1)
        found["pronoun: candidates"] = math.log(choice.candidates)
    if folded in HE | SHE:
        agrees = (entity.men - entity.women) * (1 if folded in HE else -1)
        found["pronoun: gender agrees"] = float(agrees >= 1)
        found["pronoun: gender clashes"] = float(agrees < 0 or entity.prior * (1 if folded in HE else -1) < 0)
        found["pronoun: no person"] = float(not entity.is_person)
    found["pronoun: unnamed"] = float(entity.kind == "unnamed")
    return found


def _name(walk: Walk, source: Span, phrase: Phrase, entity: Entity) -> dict[str, float]:
    printed = {walk.tokens[x].folded for x in range(phrase.low, phrase.high)}
    tokens = entity.tokens if not entity.members else ()
    person = entity.kind in {"person", "unknown"}
    form = {w.strip(".,").casefold() for w in entity.name.split()}
    full = bool(form) and form <= printed
    found = {"name: of one word": float(len(tokens) == 1 and person)}
    found["name: printed in full"] = float(full and len(tokens) > 1)
    found["name: printed in full, in common words"] = float(full and len(tokens) > 1 and any(map(is_common, tokens)))
    found["name: shortened, person"] = float(not full and entity.kind == "person")
    found["name: shortened, unknown"] = float(not full and entity.kind == "unknown")
    found["name: shortened, body"] = float(not full and entity.kind in {"organisation", "place"})
    found["name: in full elsewhere"] = math.log1p(entity.full) * (not full)
    found["name: shares a word"] = float(_rivals(walk, entity) > 0) if person else 0.0
    found["name: long source"] = float(phrase.high - phrase.low > 6)
    found["name: further names"] = float(len(phrase.names) > 1)
    found["name: behind the head"] = float(
        phrase.main is not None and walk.names[phrase.main].start > source.start + 30
    )
    if phrase.main is not None:
        titles = walk.names[phrase.main].titles.casefold().replace(".", " ").split()
        courtesy = next((w for w in titles if w in COURTESIES), "")
        sign = 1 if courtesy in MALE_WORDS else -1 if courtesy in FEMALE_WORDS else 0
        found["name: titled"] = float(bool(titles))
        found["name: courtesy clashes"] = float(sign * ((entity.men > entity.women) - (entity.men < entity.women)) < 0)
        found["name: shouted"] = float(walk.names[phrase.main].span.of(walk.text).isupper())
    return found


def _rivals(walk: Walk, entity: Entity) -> int:
    """Count the other persons of the text who share the family name."""
    same: Sequence[int] = walk.entities.by_surname.get(entity.tokens[-1], ()) if entity.tokens else ()
    return sum(index != entity.index for index in same)


def _description(walk: Walk, source: Span, phrase: Phrase, entity: Entity) -> dict[str, float]:
    named = not entity.head and entity.kind in {"person", "organisation", "unknown", "place"}
    first = source.of(walk.text).split(" ")[0].casefold()
    definite = phrase.determiner in DEFINITE or first in DEFINITE
    owned = first in {"his", "her", "its", "their"}
    words = phrase.high - phrase.low
    found = {"description": 1.0, "description: of somebody named": float(named)}
    found["description: definite, unresolved"] = float(not named and definite)
    found["description: owned, unresolved"] = float(not named and owned)
    found["description: bare, unresolved"] = float(not named and words <= 2 and not definite)
    found["description: words"] = math.log(max(1, words))
    found["description: several"] = float(entity.kind == "group")
    found["description: document"] = float(entity.kind == "document")
    found["description: role fits"] = float(
        named and phrase.head is not None and walk.tokens[phrase.head].folded in entity.roles
    )
    found["description: body resolved"] = float(named and entity.kind == "organisation")
    return found
