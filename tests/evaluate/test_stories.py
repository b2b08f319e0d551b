from __future__ import annotations

from pathlib import Path

import pytest

stories = pytest.importorskip("onrecord.evaluate.stories", reason="the pipeline's stages are not all here yet")

from onrecord.annotation import Annotations, Attribution, Speaker  # noqa: E402
from onrecord.document import Document, Span  # noqa: E402
from onrecord.evaluate.likeness import Rows, fit_scales  # noqa: E402
from onrecord.evaluate.sourcing import GoldStory, read_stories  # noqa: E402
from onrecord.story import Claim, ClaimMember, Statement, Story, StorySpeaker, Variant  # noqa: E402

ONE = "The pier stands. “It will hold,” said Capt. Una Vay."
TWO = "Una Vay said it would hold. The pier stands."
ANSWERS = {
    "attributions": [
        {
            "id": "a1",
            "doc": "one",
            "form": "direct",
            "content": [{"start": 17, "end": 32}],
            "cue": {"start": 33, "end": 37},
            "source": {"start": 38, "end": 51},
            "speaker": "Una Vay",
            "kind": "person",
            "via": [],
        },
        {
            "id": "b1",
            "doc": "two",
            "form": "indirect",
            "content": [{"start": 13, "end": 26}],
            "cue": {"start": 8, "end": 12},
            "source": {"start": 0, "end": 7},
            "speaker": "Una Vay",
            "kind": "person",
            "via": [],
        },
        {
            "id": "b2",
            "doc": "two",
            "form": "indirect",
            "content": [{"start": 28, "end": 43}],
            "cue": None,
            "source": None,
            "speaker": None,
            "kind": "unnamed",
            "via": [],
            "unsure": True,
        },
    ],
    "statements": [{"id": "s1", "speaker": "Una Vay", "members": ["a1", "b1"]}],
    "assertions": [
        {
            "id": "k1",
            "what": "the pier stands",
            "members": [{"doc": "one", "start": 4, "end": 15}, {"doc": "two", "start": 28, "end": 44}],
        }
    ],
    "copies": [],
}
GOLD = GoldStory("pier", ANSWERS, (Document("one", ONE), Document("two", TWO)))


def told(*, joined: bool = True, name: str = "Captain Una Vay") -> Story:
    documents = (
        Annotations(
            Document("one", ONE),
            (Span(0, 16), Span(17, len(ONE))),
            (Speaker("one.p1", name, "person"),),
            (Attribution("one.a1", (Span(17, 31),), form="direct", speaker="one.p1"),),
        ),
        Annotations(
            Document("two", TWO),
            (Span(0, 27), Span(28, len(TWO))),
            (Speaker("two.p1", "Una Vay", "person"),),
            (
                Attribution("two.a1", (Span(13, 26),), speaker="two.p1"),
                Attribution("two.a2", (Span(28, 43),)),
                Attribution("two.a3", (Span(0, 3),), act="attitude"),
            ),
        ),
    )
    variants = (Variant("one", "one.a1"), Variant("two", "two.a1"))
    statements = (
        (Statement("s1", None, variants),)
        if joined
        else (Statement("s1", None, variants[:1]), Statement("s2", None, (variants[1], Variant("one", "none"))))
    )
    facts = (Claim("k1", (ClaimMember("one", 0, 16), ClaimMember("two", 28, 44))),)
    speakers = (StorySpeaker("p1", "Una Vay", "person", (("two", "two.p1"),)),)
    return Story(documents, speakers, statements, facts)


def test_what_is_found_right_counts_in_full():
    score = stories.score_story(GOLD, told())
    assert score.attributions == stories.Count(2, 2, 2)
    assert score.speakers == stories.Count(2, 2, 2)
    assert score.statements == stories.Count(1, 1, 1)
    assert score.claims == stories.Count(1, 1, 1)


def test_another_name_is_wrong():
    assert stories.score_story(GOLD, told(name="Una Vane")).speakers == stories.Count(1, 2, 2)


def test_a_pair_with_an_attribution_that_gold_lacks_is_wrong():
    assert stories.score_story(GOLD, told(joined=False)).statements == stories.Count(0, 1, 1)


def test_names_are_compared_without_case_titles_and_articles():
    assert stories.bare_name("the Gen. Una VAY") == stories.bare_name("Una Vay")
    assert stories.bare_name("The General") == ("the", "general")


def test_gold_attributions_become_annotations_without_the_unsure():
    documents, speakers = stories.gold_annotations(GOLD)
    assert [a.id for d in documents for a in d.attributions] == ["a1", "b1"]
    assert [len(s.members) for s in speakers] == [2]


def test_figures_are_plain_values_by_name():
    report = stories.StoriesReport({"pier": stories.score_story(GOLD, told())}, stories.score_story(GOLD, told()))
    assert report.rates["together"]["statements"]["f1"] == 100.0
    assert set(report.rates["stories"]) == {"pier"}


def test_counts_add_up():
    assert stories.Count(1, 2, 3).plus(stories.Count(1, 1, 1)) == stories.Count(2, 3, 4)
    assert stories.Count().rates.f1 == 0.0


def test_fitting_finds_the_feature_that_tells():
    np = pytest.importorskip("numpy")
    rng = np.random.default_rng(5)
    features = rng.normal(size=(400, 2))
    found = fit_scales([Rows(features, features[:, 0] > 0.5)], ["telling", "noise"])
    assert found.weights["telling"] > 5 * abs(found.weights["noise"])
    weights = found.ordered(("telling", "noise"))
    assert found.chance((2.0, 0.0), weights) > 0.9 > found.chance((0.5, 0.0), weights)


@pytest.mark.shared
def test_gold_attributions_are_joined_above_the_floor_without_embeddings():
    shared = Path(__file__).parents[2] / "../shared"
    if not shared.is_dir():
        pytest.skip("../shared is not here: the floor of statement pairs is NOT checked")
    together = stories.StoryScore()
    for gold in read_stories(shared / "gold/stories", shared / "stories"):
        together = together.plus(stories.score_given_gold(gold, None))
    assert together.statements_given_gold.rates.f1 >= 80
    assert together.claims_given_gold.rates.f1 >= 45
