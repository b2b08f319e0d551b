"""How sure a speaker is: by what it was found, and the chance that it is right."""

from __future__ import annotations

import pytest

from onrecord.annotation import Attribution
from onrecord.annotators.layout.blocks import find_blocks
from onrecord.annotators.speakers.certainty import Fit
from onrecord.annotators.speakers.naming import resolve
from onrecord.document import Document, Span
from onrecord.text.analysed import Analysed


def named(text: str, *quotations: tuple[str, str | None]) -> list[Attribution]:
    """Resolve attributions given by their content and source, each looked for after the one before."""
    document = find_blocks(Document("d", text))
    given, at = [], 0
    for number, (content, source) in enumerate(quotations, 1):
        start = text.index(content, at)
        place = text.index(source, at) if source else 0
        at = start
        given.append(
            Attribution(
                f"a{number}",
                (Span(start, start + len(content)),),
                cue=Span(start, start),
                source=Span(place, place + len(source)) if source else None,
            )
        )
    return list(resolve(Analysed(document), given)[1])


STORY = """Hanne Brask, the harbour master, said the quay was closed. She said it would open on Friday.

A porter said the crane had failed. The company said it would pay.
"""


def test_each_speaker_says_by_what_it_was_found():
    found = named(
        STORY,
        ("the quay was closed", "Hanne Brask"),
        ("it would open on Friday", "She"),
        ("the crane had failed", "A porter"),
    )
    assert [a.resolution for a in found] == ["name", "pronoun", "description"]
    assert all(0 < a.speaker_confidence < 1 for a in found)


def test_a_full_name_is_surer_than_a_pronoun_with_two_who_fit():
    text = "Hanne Brask met Berit Holm at the quay. She said it would open. Hanne Brask said it was late."
    pronoun, name = named(text, ("it would open", "She"), ("it was late", "Hanne Brask said"[:11]))
    assert name.speaker_confidence > pronoun.speaker_confidence


def test_who_has_no_speaker_is_not_clear():
    (nobody,) = named("It was said that the quay was closed.", ("the quay was closed", None))
    assert nobody.speaker is None
    assert not nobody.speaker_clear
    assert nobody.speaker_confidence == 0


@pytest.mark.parametrize(("weight", "chance"), [(0.0, 0.5), (2.0, 0.881)])
def test_the_chance_is_that_of_a_logistic_regression(weight: float, chance: float):
    assert Fit({"intercept": 0.0, "x": weight}, {}).chance({"x": 1.0, "unheard of": 3.0}) == pytest.approx(
        chance, abs=0.001
    )
