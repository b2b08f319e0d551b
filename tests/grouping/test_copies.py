"""Copies: containment outside quotations, direction, passages, chains, agencies, and cost."""

from __future__ import annotations

import random
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations, Attribution, Link, Speaker
from onrecord.annotators.sourcing.tracing import trace
from onrecord.document import Document, Published, Span
from onrecord.evaluate.sourcing import CopyScore, given_labelled, read_stories, score_copies
from onrecord.grouping.copies import GRAM, LEAST_PASSAGE, find_copies
from onrecord.text.words import words

SHARED = Path(__file__).parents[2] / "../shared"
VOCABULARY = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]


def sentence(rng, length=14):
    return " ".join(rng.choice(VOCABULARY) for _ in range(length)).capitalize() + "."


def prose(seed, sentences=20):
    rng = random.Random(seed)
    return "\n\n".join(" ".join(sentence(rng) for _ in range(3)) for _ in range(sentences // 3 + 1))


def report(name, text, published=None, outlet=None, provenance=(), publisher=None, kind="report"):
    when = Published(published, "metadata") if published else None
    document = Document(id=name, text=text, published=when, outlet=outlet, kind=kind)
    return Annotations(document, provenance=provenance, publisher=publisher or outlet)


def pairs(documents):
    return {(c.document, c.of): c for c in find_copies(documents)}


def test_the_later_of_two_like_texts_is_the_copy():
    text = prose(1)
    found = pairs([report("b", text, "2020-05-02"), report("a", text + "\n\n" + prose(2, 3), "2020-05-01")])
    assert set(found) == {("b", "a")}
    copy = found["b", "a"]
    assert (copy.evidence, copy.extent) == ("undeclared", "whole")
    assert copy.share > 0.95


def test_the_time_of_day_decides_where_both_tell_it():
    text = prose(1)
    early, late = "2020-05-01T08:00:00+01:00", "2020-05-01T19:30:00+01:00"
    assert set(pairs([report("a", text, late), report("b", text, early)])) == {("a", "b")}


def test_without_dates_the_one_that_holds_nothing_of_its_own_is_the_copy():
    whole = prose(3, 30)
    cut = whole[: len(whole) // 2]
    assert set(pairs([report("a", cut), report("b", whole)])) == {("a", "b")}


def test_credit_goes_before_date():
    text = prose(4)
    credit = Link("NPN", "agency-copy", 0, 0, outlet="Northern Press Network")
    agency = report("wire", text, "2020-05-02", outlet="Northern Press Network")
    paper = report("paper", text, "2020-05-01", outlet="The Packet", provenance=(credit,))
    found = pairs([agency, paper])
    assert set(found) == {("paper", "wire")}
    assert found["paper", "wire"].evidence == "declared"


def test_quotations_that_everybody_has_make_no_copy():
    quoted = " ".join(f"“{sentence(random.Random(n), 25)}” she said." for n in range(12))
    a = report("a", prose(5, 6) + "\n\n" + quoted)
    b = report("b", prose(6, 6) + "\n\n" + quoted)
    assert find_copies([a, b]) == ()


def test_one_paragraph_taken_over_is_a_passage():
    taken = sentence(random.Random(99), LEAST_PASSAGE + 6)
    a = report("a", prose(7) + "\n\n" + taken, "2020-05-01")
    b = report("b", prose(8) + "\n\n" + taken + "\n\n" + prose(9), "2020-05-02")
    (copy,) = find_copies([a, b])
    assert (copy.document, copy.of, copy.extent) == ("b", "a", "passage")
    (reuse,) = copy.passages
    assert reuse.document.of(b.text) == taken.rstrip(".")
    assert reuse.of.of(a.text) == taken.rstrip(".")


def test_an_edited_word_does_not_end_a_passage():
    rng = random.Random(10)
    parts = [rng.choice(VOCABULARY) for _ in range(60)]
    edited = [*parts[:30], "want", *parts[31:]]
    a = report("a", " ".join(parts), "2020-05-01")
    b = report("b", " ".join(edited), "2020-05-02")
    (copy,) = find_copies([a, b])
    assert [reuse.document.of(b.text) for reuse in copy.passages] == [b.text]


def test_a_chain_of_copies_keeps_its_order():
    first = prose(11)
    second = first.replace(first.split()[20], "swapped").replace(first.split()[60], "changed")
    third = second[: len(second) * 3 // 4]
    documents = [report("a", first, "2020-05-01"), report("b", second, "2020-05-02"), report("c", third, "2020-05-03")]
    found = pairs(documents)
    assert ("b", "a") in found
    assert ("c", "b") in found


def test_two_prints_of_one_agency_copy_the_agency_and_not_each_other():
    text = prose(12)
    credit = Link("AP", "agency-copy", 0, 4, outlet="The Associated Press")
    documents = [report(name, text, provenance=(credit,)) for name in ("a", "b")]
    assert set(pairs(documents)) == {("a", "The Associated Press"), ("b", "The Associated Press")}


def test_an_agency_credit_is_no_measure_of_what_was_reused():
    text = "ALVOR (NPN) — The dam held. " + prose(31, 3)
    credit = Link("NPN", "agency-copy", 0, 11, outlet="Northern Press Network")
    (copy,) = find_copies([report("a", text, provenance=(credit,))])
    assert (copy.share, copy.passages, copy.reason, copy.evidence) == (None, (), "agency-credit", "declared")
    assert copy.credit.of(text) == "ALVOR (NPN)"


def test_an_agency_named_by_the_address_alone_shows_no_words():
    credit = Link("AP", "agency-copy", 0, 0, outlet="The Associated Press")
    (copy,) = find_copies([report("a", prose(31, 3), provenance=(credit,))])
    assert (copy.share, copy.credit, copy.reason) == (None, None, "agency-address")


def customers(first="Reuters", second="Reuters", **known):
    """Give two reports of one text, each with some words credited to an outlet."""
    text = prose(32)
    made = []
    for name, agency in (("a", first), ("b", second)):
        ending = f"\n\nThe dam held, {agency} reported." if agency else "\n\nThe dam held."
        at = len(text) + ending.find(agency) if agency else 0
        via = (Link(agency, "outlet-pickup", at, at + len(agency), outlet=agency),) if agency else ()
        words_of = Span(len(text) + 2, len(text) + 14)
        base = report(name, text + ending, known.get(name), outlet=f"Paper {name}")
        made.append(msgspec.structs.replace(base, attributions=(Attribution("a1", (words_of,), via=via),)))
    return made


def test_two_customers_of_one_agency_have_it_as_common_source():
    documents = customers(a="2020-05-01", b="2020-05-02")
    found = pairs(documents)
    assert set(found) == {("a", "Reuters"), ("b", "Reuters")}
    assert {c.reason for c in found.values()} == {"common-agency"}
    assert {c.share for c in found.values()} == {None}
    assert {c.credit.of(d.text) for d, c in zip(documents, found.values(), strict=True)} == {"Reuters"}


def test_an_agency_that_speaks_for_itself_is_a_source_too():
    one, other = customers()
    speaker = Speaker("p1", "Reuters", "organisation")
    attribution = msgspec.structs.replace(one.attributions[0], via=(), speaker="p1")
    one = msgspec.structs.replace(one, attributions=(attribution,), speakers=(speaker,))
    assert set(pairs([one, other])) == {("a", "Reuters"), ("b", "Reuters")}


@pytest.mark.parametrize(("first", "second"), [("Reuters", ""), ("Reuters", "BBC"), ("BBC", "BBC")])
def test_without_a_common_agency_one_copies_the_other(first, second):
    assert set(pairs(customers(first, second, a="2020-05-01", b="2020-05-02"))) == {("b", "a")}


def test_a_print_without_the_credit_of_an_agencys_text_has_the_agency_as_its_source():
    text = prose(33)
    credit = Link("AP", "agency-copy", 0, 4, outlet="The Associated Press")
    credited = report("a", text, "2020-05-02", provenance=(credit,))
    bare, longer = report("b", text, "2020-05-01"), report("c", text + "\n\n" + prose(34, 6), "2020-05-01")
    found = pairs([credited, bare, longer])
    assert set(found) == {(name, "The Associated Press") for name in "abc"}
    assert {name: found[name, "The Associated Press"].evidence for name in "abc"} == {
        "a": "declared",
        "b": "undeclared",
        "c": "undeclared",
    }
    assert found["b", "The Associated Press"].beside == "a"


def test_a_passage_of_an_agencys_text_makes_no_customer_of_the_agency():
    taken = sentence(random.Random(98), LEAST_PASSAGE + 6)
    credit = Link("AP", "agency-copy", 0, 4, outlet="The Associated Press")
    credited = report("a", prose(35) + "\n\n" + taken, "2020-05-01", provenance=(credit,))
    assert ("b", "a") in pairs([credited, report("b", prose(36) + "\n\n" + taken, "2020-05-02")])


def test_a_post_that_both_embed_makes_no_copy():
    post = " ".join(sentence(random.Random(n), 15) for n in range(3)) + " — Ana Ruiz (@anaruiz) May 2, 2020"
    a, b = (report(n, prose(seed) + "\n\n" + post, f"2020-05-0{seed % 9}") for n, seed in (("a", 37), ("b", 38)))
    assert find_copies([a, b]) == ()
    unsigned = [report(d.id, d.text.replace(" — Ana Ruiz (@anaruiz) May 2, 2020", "."), "2020-05-03") for d in (a, b)]
    assert len(find_copies(unsigned)) == 1


def test_who_credits_the_other_copies_it_though_both_name_an_agency():
    one, other = customers(a="2020-05-01", b="2020-05-02")
    credit = Link("Paper b", "outlet-pickup", 0, 0, outlet="Paper b")
    assert set(pairs([msgspec.structs.replace(one, provenance=(credit,)), other])) == {("a", "b")}


def test_a_sites_words_about_itself_are_no_passage():
    plea = (
        "Do you have a story for the newsdesk of this paper? Call us any time of the day or night on this number " * 2
    )
    a, b = report("a", prose(13) + "\n\n" + plea), report("b", prose(14) + "\n\n" + plea)
    assert find_copies([a, b]) == ()


def test_a_transcript_is_nobodys_copy():
    text = prose(15)
    assert find_copies([report("a", text), report("t", text, kind="transcript")]) == ()


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)), st.integers(0, 20))
def test_the_order_of_documents_changes_nothing(order, seed):
    rng = random.Random(seed)
    base = prose(seed, 12)
    documents = [
        report(
            f"d{n}",
            base[: 400 + 150 * n] + "\n\n" + prose(100 + seed + n, 3 * rng.randint(1, 3)),
            f"2020-05-0{1 + n % 3}",
        )
        for n in range(6)
    ]
    assert find_copies([documents[i] for i in order]) == find_copies(documents)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.lists(st.sampled_from("abcdefgh"), max_size=60))
def test_every_passage_is_held_by_a_naive_search(one, other):
    a, b = report("a", " ".join(one), "2020-05-01"), report("b", " ".join(other), "2020-05-02")
    theirs = [w.folded for w in words(a.text)]
    runs = {tuple(theirs[i : i + GRAM]) for i in range(len(theirs) - GRAM + 1)}
    for copy in find_copies([a, b]):
        for reuse in copy.passages:
            mine = [w.folded for w in words(b.text, reuse.document.start, reuse.document.end)]
            assert any(tuple(mine[i : i + GRAM]) in runs for i in range(len(mine) - GRAM + 1))


@given(st.lists(st.text(max_size=120), max_size=5))
def test_garbage_raises_nothing(texts):
    find_copies([report(f"d{n}", text) for n, text in enumerate(texts)])


def test_cost_grows_with_the_number_of_documents_and_not_with_its_square():
    def seconds(count):
        documents = [report(f"d{n:03}", prose(1, 40) + prose(n, 4), f"2020-05-{1 + n % 28:02}") for n in range(count)]
        start = time.process_time()
        find_copies(documents)
        return time.process_time() - start

    seconds(10)
    few, many = seconds(20), seconds(160)
    assert many < 8 * few * 2.5


@pytest.mark.shared
def test_copies_on_the_gold_stories():
    if not (SHARED / "gold/stories").is_dir():
        pytest.skip("the shared gold is not here")
    total = CopyScore(0, 0, 0)
    for story in read_stories(SHARED / "gold/stories", SHARED / "stories"):
        traced = [trace(a) for a in given_labelled(story)]
        total += score_copies(story, find_copies(traced), traced)
    assert total.f1 == 100


def test_ids_and_numbers_survive_json():
    text = prose(16)
    copies = find_copies([report("a", text, "2020-05-01"), report("b", text, "2020-05-02")])
    assert msgspec.json.decode(msgspec.json.encode(copies), type=tuple[type(copies[0]), ...]) == copies
