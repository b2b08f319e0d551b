from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.cli import onrecord as onrecord_command
from onrecord.document import Document, Span
from onrecord.evaluate import stories
from onrecord.evaluate.likeness import Rows, fit_scales
from onrecord.evaluate.sourcing import LabelledStory, read_stories
from onrecord.story import Claim, ClaimMember, Statement, Story, StorySpeaker, Variant

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
GOLD = LabelledStory("pier", ANSWERS, (Document("one", ONE), Document("two", TWO)))


def reported(*, joined: bool = True, name: str = "Captain Una Vay") -> Story:
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
    score = stories.score_story(GOLD, reported())
    assert score.attributions == stories.Count(2, 2, 2)
    assert score.speakers == stories.Count(2, 2, 2)
    assert score.statements == stories.Count(1, 1, 1)
    assert score.claims == stories.Count(1, 1, 1)


def test_another_name_is_wrong():
    assert stories.score_story(GOLD, reported(name="Una Vane")).speakers == stories.Count(1, 2, 2)


def test_a_pair_with_an_attribution_that_gold_lacks_is_wrong():
    assert stories.score_story(GOLD, reported(joined=False)).statements == stories.Count(0, 1, 1)


def with_acts(**acts: dict[str, str]) -> LabelledStory:
    items = [{"act": "utterance", **item, **acts.get(item["id"], {})} for item in ANSWERS["attributions"]]
    return LabelledStory("pier", {**ANSWERS, "attributions": items}, GOLD.documents)


def test_a_gold_attitude_is_not_asked_for_and_an_error_as_an_utterance():
    score = stories.score_story(with_acts(b1={"act": "attitude"}), reported())
    assert score.attributions == stories.Count(1, 2, 1)
    assert score.speakers == stories.Count(1, 2, 1)
    assert score.right_of_found == stories.Count(1, 1, 1)


def test_a_gold_attitude_that_is_given_as_one_is_no_error():
    story = reported()
    reported_as_attitude = tuple(
        Attribution(a.id, a.content, act="attitude", speaker=a.speaker) if a.id == "two.a1" else a
        for a in story.documents[1].attributions
    )
    documents = (story.documents[0], replace(story.documents[1], attributions=reported_as_attitude))
    score = stories.score_story(with_acts(b1={"act": "attitude"}), replace(story, documents=documents))
    assert score.attributions == stories.Count(1, 1, 1)


def test_a_statement_with_an_attitude_is_neither_asked_for_nor_wrong():
    assert stories.statement_pairs(with_acts(b1={"act": "attitude"}))[0] == set()
    assert stories.score_story(with_acts(b1={"act": "attitude"}), reported()).statements == stories.Count(0, 0, 0)


def test_an_attribution_inside_another_counts_where_gold_has_acts():
    story = reported()
    inside = tuple(
        replace(a, within="one.a1") if a.id == "one.a2" else a
        for a in (
            story.documents[0].attributions[0],
            Attribution("one.a2", (Span(4, 15),), speaker="one.p1"),
        )
    )
    story = replace(story, documents=(replace(story.documents[0], attributions=inside), story.documents[1]))
    inner = {**ANSWERS["attributions"][0], "id": "a2", "content": [{"start": 4, "end": 15}], "within": "a1"}
    items = [*with_acts().answers["attributions"], inner]
    labelled = LabelledStory("pier", {**ANSWERS, "attributions": items}, GOLD.documents)
    assert stories.score_story(labelled, story).within == stories.Count(1, 1, 1)
    assert stories.score_story(GOLD, story).within == stories.Count()


def lot(folder: Path) -> Path:
    (folder / "gold/stories").mkdir(parents=True)
    (folder / "stories").mkdir()
    (folder / "gold/stories/pier.json").write_text(json.dumps(ANSWERS), encoding="utf-8")
    lines = [json.dumps({"id": d.id, "text": d.text}) for d in GOLD.documents]
    (folder / "stories/pier.docs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder / "gold/stories"


def test_several_lots_are_printed_side_by_side_and_a_blind_one_in_total_only(tmp_path: Path):
    lots = [str(lot(tmp_path / "first")), str(lot(tmp_path / "blind"))]
    figures = tmp_path / "figures.json"
    done = CliRunner().invoke(onrecord_command, ["evaluate", "stories", *lots, "--json", str(figures)])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[0].split() == ["first", "blind"]
    assert "pier" not in done.output
    names = json.loads(figures.read_text())
    assert "first.stories.pier.attributions.f1" in names
    assert "blind.together.attributions.f1" in names
    assert not [name for name in names if name.startswith("blind.stories")]


def test_names_are_compared_without_case_titles_and_articles():
    assert stories.bare_name("the Gen. Una VAY") == stories.bare_name("Una Vay")
    assert stories.bare_name("The General") == ("the", "general")


def test_gold_attributions_become_annotations_without_the_unsure():
    documents, speakers = stories.labelled_annotations(GOLD)
    assert [a.id for d in documents for a in d.attributions] == ["a1", "b1"]
    assert [len(s.members) for s in speakers] == [2]


def test_figures_are_plain_values_by_name():
    report = stories.StoriesReport(
        {"pier": stories.score_story(GOLD, reported())}, stories.score_story(GOLD, reported())
    )
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
    for labelled in read_stories(shared / "gold/stories", shared / "stories"):
        together = together.plus(stories.score_given_labelled(labelled, None))
    assert together.statements_given_labelled.rates.f1 >= 80
    assert together.claims_given_labelled.rates.precision >= 90
