from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations, Attribution, Link
from onrecord.comparison.rarity import Rarity
from onrecord.comparison.statements import grouping as statements
from onrecord.document import Document, Span
from onrecord.story import Statement
from onrecord.wording import Passage, Wording

_SPEC = importlib.util.spec_from_file_location("telling_story", Path(__file__).with_name("telling_story.py"))
assert _SPEC
assert _SPEC.loader
story_of_versions = importlib.util.module_from_spec(_SPEC)
sys.modules["telling_story"] = story_of_versions
_SPEC.loader.exec_module(story_of_versions)
report, shared = story_of_versions.report, story_of_versions.shared

GAZETTE = report(
    "gazette",
    """{Ottla Brandt: “The lighthouse keeper warned us twice about the cracked lantern,”} said Ottla Brandt.
{Ottla Brandt: “Nobody wrote the warnings down.”} She spoke on the pier.
{Piet Sorel: the repair would cost forty thousand florins}, said Piet Sorel, the treasurer.
The lantern of Gull Point went dark on Sunday and a coal barge struck the reef.""",
)
HERALD = report(
    "herald",
    """Ottla Brandt said {Ottla Brandt: the keeper had twice warned of the “cracked lantern”}.
{Piet Sorel: “Children painted the railings green last summer,”} said Sorel.
Piet Sorel said {Piet Sorel: mending the lantern would cost 40,000 florins}.
{Mayor Ilka Toom: “The town will hold a vigil,”} said the mayor.""",
)
MIRROR = report(
    "mirror",
    """{Ottla Brandt: “Nobody wrote the warnings down. Nobody at all.”} said the warden.
{Ilka Toom: “The town will hold a vigil for the crew on Friday,”} said Toom.""",
    "2031-05-15",
)
STORY = [GAZETTE, HERALD, MIRROR]


def joined(found: tuple[Statement, ...]) -> set[frozenset[str]]:
    return {frozenset(v.attribution for v in s.variants) for s in found}


def test_quotation_and_its_indirect_telling_are_one_statement():
    found = joined(statements.group(STORY, shared(STORY), None))
    assert frozenset({"gazette:a1", "herald:a1"}) in found


def test_numeral_and_number_word_help_to_join():
    def chance(number: str) -> float:
        one = report("one", "{Piet Sorel: the repair would cost forty thousand florins}, said Piet Sorel.")
        two = report("two", f"Piet Sorel said {{Piet Sorel: mending the lantern would cost {number} florins}}.")
        rarity = Rarity.of([one, two])
        return statements.pair(statements.gather([one, two], shared([one, two]), rarity), rarity, None).chance(0, 1)

    assert chance("40,000") > chance("90,000")


def test_a_shorter_name_is_the_same_person():
    found = joined(statements.group(STORY, shared(STORY), None))
    assert frozenset({"herald:a4", "mirror:a2"}) in found


def test_what_one_report_alone_tells_is_a_statement_and_says_so():
    alone = [s for s in statements.group(STORY, shared(STORY), None) if len(s.variants) == 1]
    assert "herald:a2" in {v.attribution for s in alone for v in s.variants}
    assert {s.reason for s in alone} == {"one-document"}


def test_every_utterance_is_in_a_statement():
    found = statements.group(STORY, shared(STORY), None)
    reported = {(v.document, v.attribution) for s in found for v in s.variants}
    assert reported == {(a.id, t.id) for a in STORY for t in a.attributions}


def test_a_sentence_that_condenses_two_answers_belongs_to_both():
    one = report(
        "one",
        """{Vera Quist: “The ferries will sail again on Monday morning.”} she said.
{Vera Quist: “Harbour dues are waived for stranded fishermen until the storm season ends.”} she added.""",
    )
    two = report(
        "two",
        """Quist said {Vera Quist: the ferries would sail again on Monday morning, and harbour dues were waived for """
        """stranded fishermen until the storm season ends}.""",
    )
    found = joined(statements.group([one, two], shared([one, two]), None))
    assert found == {frozenset({"one:a1", "two:a1"}), frozenset({"one:a2", "two:a1"})}


def test_two_persons_who_speak_alike_stay_apart():
    one = report("one", "{Aldo Brem: the dam is safe and will hold through the spring flood}, said Brem.")
    two = report("two", "{Greta Holm: the dam is safe and will hold through the spring flood}, said Holm.")
    assert joined(statements.group([one, two], shared([one, two]), None)) == {
        frozenset({"one:a1"}),
        frozenset({"two:a1"}),
    }


def test_a_long_quotation_given_to_another_person_is_still_one_statement():
    words = (
        "“Somebody hid the survey of the old mine shaft in a drawer and hoped that it would rain before anyone asked,”"
    )
    one = report("one", f"{{Aldo Brem: {words}}} said Brem.\n{{Greta Holm: “We are sorry.”}} said Holm.")
    two = report("two", f"{{Greta Holm: {words}}} said Holm.")
    found = statements.group([one, two], shared([one, two]), None)
    assert frozenset({"one:a1", "two:a1"}) in joined(found)


def test_two_quotations_with_few_words_in_common_are_two():
    one = report(
        "one", "{Aldo Brem: “The surveyor’s letters reached me at four o’clock, too late for anyone,”} said Brem."
    )
    two = report("two", "{Aldo Brem: “We could have drained the shaft at six o’clock,”} said Brem.")
    assert len(joined(statements.group([one, two], shared([one, two]), None))) == 2


def held_at(**places: tuple[int, int]) -> dict[tuple[str, str], Wording]:
    return {
        (name.rsplit("_", 1)[0], name.replace("_", ":")): Wording("trimmed", (Passage("t", *place),))
        for name, place in places.items()
    }


def test_where_both_stand_in_the_transcript_decides():
    long = report("long", "{Aldo Brem: “I say it plainly. Somebody hid the survey. That was a shabby trick.”} he said.")
    short = report("short", "Brem called it {Aldo Brem: a “shabby trick”}.\n{Una Tor: “We are sorry.”} said Tor.")
    held = held_at(long_a1=(0, 90), short_a1=(70, 88), short_a2=(300, 320))
    found = joined(statements.group([long, short], shared([long, short]), None, checked=held))
    assert found == {frozenset({"long:a1", "short:a1"}), frozenset({"short:a2"})}


def test_who_is_only_described_is_named_where_a_turn_holds_the_words():
    one = report("one", "{the skipper: “We lost the boom at seven,”} he said.", kinds={"the skipper": "unnamed"})
    two = report("two", "{Aldo Brem: “The tide turned at nine in the evening,”} said Brem.")
    documents, speakers = [one, two], shared([one, two])
    brem = next(s.id for s in speakers if s.name == "Aldo Brem")
    spoken = Wording("verbatim", (Passage("t", 0, 30, "CAPT. BREM"),))
    reported = {s.variants[0].document: s.speaker for s in statements.group(documents, speakers, None)}
    assert reported["one"] != brem
    found = statements.group(documents, speakers, None, checked={("one", "one:a1"): spoken})
    assert {s.speaker for s in found} == {brem}


def test_like_words_that_stand_apart_in_the_transcript_are_two():
    words = "“The old mine shaft was never surveyed,”"
    one, two = (report(name, f"{{Aldo Brem: {words}}} said Brem.") for name in ("one", "two"))
    later = report("later", "{Aldo Brem: “No, the old mine shaft was never surveyed at all, I tell you,”} said Brem.")
    held = held_at(one_a1=(0, 40), two_a1=(0, 40), later_a1=(900, 960))
    found = joined(statements.group([one, two, later], shared([one, two, later]), None, checked=held))
    assert found == {frozenset({"one:a1", "two:a1"}), frozenset({"later:a1"})}


def test_an_unnamed_source_is_the_one_of_the_report_that_it_was_taken_from():
    first = report(
        "first",
        "{senior aide at the mint: the treasury had refused the purchase twice}.",
        kinds={"senior aide at the mint": "unnamed"},
    )
    first = msgspec.structs.replace(first, publisher="The Mint Mail")
    text = "{senior aide: the treasury twice refused to pay for a new press}, The Mint Mail reported."
    second = report("second", text, kinds={"senior aide": "unnamed"})
    link = Link("The Mint Mail", "outlet-pickup", 0, 1)
    taken = tuple(msgspec.structs.replace(a, via=(link,)) for a in second.attributions)
    credited = msgspec.structs.replace(second, attributions=taken)
    chances = []
    for documents in ([first, second], [first, credited]):
        rarity = Rarity.of(documents)
        chances.append(
            statements.pair(statements.gather(documents, shared(documents), rarity), rarity, None).chance(0, 1)
        )
    assert chances[1] > chances[0]


def test_attitudes_and_transcripts_are_no_statements():
    wish = Attribution("w:a1", (Span(0, 20),), act="attitude")
    hopes = Annotations(Document("w", "The boats come home, they hoped."), attributions=(wish,))
    spoken = report("t", "{Vera Quist: “The ferries will sail.”}")
    record = Annotations(
        Document("t", spoken.text, kind="transcript"), spoken.sentences, spoken.speakers, spoken.attributions
    )
    assert statements.group([hopes, record], [], None) == ()


def test_nested_utterances_pair_with_their_like():
    def nested(name: str) -> Annotations:
        text = "The guard said flares were fired after what it called an armed boarding of the trawler."
        outer, inner = text.index("flares"), text.index("an armed")
        built = report(name, text)
        attributions = (
            Attribution(f"{name}:a1", (Span(outer, len(text) - 1),), speaker=f"{name}:p1"),
            Attribution(f"{name}:a2", (Span(inner, len(text) - 1),), speaker=f"{name}:p1"),
        )
        source = report(name, "{The guard: x}", kinds={"The guard": "organisation"})
        return Annotations(built.document, built.sentences, source.speakers, attributions)

    both = [nested("one"), nested("two")]
    assert joined(statements.group(both, shared(both), None)) == {
        frozenset({"one:a1", "two:a1"}),
        frozenset({"one:a2", "two:a2"}),
    }


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_documents_and_speakers_changes_nothing(shuffler: random.Random):
    documents, speakers = list(STORY), shared(STORY)
    shuffler.shuffle(documents)
    shuffler.shuffle(speakers)
    assert statements.group(documents, speakers, None) == statements.group(STORY, shared(STORY), None)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_no_text_raises(texts: list[str]):
    documents = [
        Annotations(
            Document(f"d{number}", text),
            sentences=(Span(0, len(text)),),
            attributions=(Attribution(f"d{number}:a1", (Span(0, len(text)),)),),
        )
        for number, text in enumerate(texts)
    ]
    found = statements.group(documents, [], None)
    assert {v.document for s in found for v in s.variants} == {d.id for d in documents}


@pytest.mark.parametrize("copies", [40])
def test_many_copies_stay_one_statement(copies: int):
    documents = [
        report(f"copy{n:03}", "{Vera Quist: “The ferries will sail again on Monday morning,”} Quist said.")
        for n in range(copies)
    ]
    found = statements.group(documents, shared(documents), None)
    assert [len(s.variants) for s in found] == [copies]
    assert found[0].reason == "same-words"


def _through(one: Annotations, outlet: str) -> Annotations:
    replace = msgspec.structs.replace
    link = Link(outlet, "outlet-pickup", 0, 1, outlet=outlet)
    return replace(one, attributions=tuple(replace(a, via=(link,)) for a in one.attributions))


@pytest.mark.parametrize(("outlet", "joined"), [("Northern Press", True), ("Radio Sund", False)])
def test_unnamed_tellers_of_one_outlet_may_be_one(outlet: str, joined: bool) -> None:
    kinds = {"a former engineer": "unnamed", "a whistleblower": "unnamed"}
    one = report("one", "{a former engineer: managers had ignored two written warnings about seepage}.", kinds=kinds)
    two = report("two", "{a whistleblower: two written warnings were ignored}, it is said.", kinds=kinds)
    reports = [_through(one, "Northern Press"), _through(two, outlet)]
    found = statements.group(reports, shared(reports), None)
    assert any(len(s.variants) == 2 for s in found) == joined


def _posted(one: Annotations) -> Annotations:
    """Sign the first attribution as a post."""
    first, *others = one.attributions
    return msgspec.structs.replace(
        one, attributions=(msgspec.structs.replace(first, reason="dash-byline", cue=None), *others)
    )


POST = "Cargo of the lugger will be my walnut harpsichord. Landfall is Tern Skerry. Ballast stays aboard for a decade."


def _parts_of_a_post(second: str) -> set[frozenset[str]]:
    one = report("one", f"{{Vera Quist: {POST}}}\n{{Vera Quist: the ballast stays aboard for a decade}}, she wrote.")
    two = report("two", f"{{{second}: the lugger’s cargo will be her own walnut harpsichord}}, she wrote.")
    documents = [_posted(one), two]
    return joined(statements.group(documents, shared(documents), None))


def test_reports_of_parts_of_one_post_are_versions_of_one_statement():
    assert frozenset({"one:a1", "one:a2", "two:a1"}) in _parts_of_a_post("Vera Quist")


def test_another_speaker_is_no_part_of_a_post():
    assert frozenset({"two:a1"}) in _parts_of_a_post("Ilka Toom")


def test_parts_of_a_speech_that_is_no_post_stay_apart():
    one = report("one", f"{{Vera Quist: {POST}}}\n{{Vera Quist: the ballast stays aboard for a decade}}, she said.")
    two = report("two", "{Vera Quist: the lugger’s cargo will be her own walnut harpsichord}, she said.")
    found = joined(statements.group([one, two], shared([one, two]), None))
    assert not any({"one:a2", "two:a1"} <= held for held in found)


@pytest.mark.parametrize(("kind", "named_beside"), [("organisation", True), ("unnamed", True), ("organisation", False)])
def test_two_firms_that_one_report_tells_apart_make_two_statements(kind: str, named_beside: bool):
    kinds = {"Norrlight": kind, "Vessco": kind}
    beside = "Vessco said {Vessco: the harbour dues are too high}." if named_beside else ""
    one = report(
        "one", f"Norrlight said {{Norrlight: it will leave the exchange after the sale}}. {beside}", kinds=kinds
    )
    two = report("two", "Vessco said {Vessco: it will leave the exchange after the sale}.", kinds=kinds)
    found = joined(statements.group([one, two], shared([one, two]), None))
    assert not named_beside or not any({"one:a1", "two:a1"} <= held for held in found)


def test_a_body_and_its_spokesman_may_make_one_statement():
    words = "“The crane was inspected on the ninth of April, and the inspector signed the book himself,”"
    kinds = {"Norrlight": "organisation"}
    one = report("one", f"{{Norrlight: {words}}} Norrlight said.", kinds=kinds)
    two = report("two", f"{{Ilka Toom: {words}}} said Ilka Toom.\n{{Norrlight: “Work goes on.”}}", kinds=kinds)
    assert any({"one:a1", "two:a1"} <= held for held in joined(statements.group([one, two], shared([one, two]), None)))


def test_what_a_speaker_names_in_every_quotation_points_at_none_of_them():
    team = "the harbour rapid response squad"
    two = report("two", f"Brem said {{Aldo Brem: a member of {team} had fired the flare}}.")

    def chance(other: str) -> float:
        one = report(
            "one",
            f"{{Aldo Brem: “{team} drills twice a week and I am proud of the men,”}} said Brem.\n"
            f"{{Aldo Brem: “{other} found the breach before the tide did,”}} he said.",
        )
        rarity = Rarity.of([one, two])
        said = statements.gather([one, two], shared([one, two]), rarity)
        squad = next(
            n for n, each in enumerate(said) if "drills" in each.version.lemmas or "drill" in each.version.lemmas
        )
        flare = next(n for n, each in enumerate(said) if "flare" in each.version.lemmas)
        return statements.pair(said, rarity, None).chance(squad, flare)

    assert chance(team) < chance("the lock keeper’s dog")


def test_each_version_says_how_likely_it_belongs():
    found = statements.group(STORY, shared(STORY), None)
    shares = {v.attribution: v.confidence for s in found for v in s.variants}
    assert shares["herald:a2"] == 1.0
    assert 0.5 < shares["gazette:a1"] < 1.0
