"""Origins: where chains end, how ends are counted, and what the count says of itself."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.annotation import Annotations, Attribution, Link, Speaker
from onrecord.comparison.sources.origins import count
from onrecord.document import Document, Span
from onrecord.publishers.origin_words import OriginWords
from onrecord.story import Copy, Statement, StorySpeaker, Taking, Variant

NAME = "Ana Ruiz"


def version(name, text, *via, publisher=None, kind="person", speaker=NAME, document_kind="report", provenance=()):
    """Build a document with one attribution: its content stands in the text between asterisks."""
    start, end = text.index("*"), text.rindex("*") - 1
    text = text.replace("*", "")
    cue = next((Span(text.index(c), text.index(c) + len(c)) for c in ("said", "told", "wrote") if c in text), None)
    links = tuple(
        link if isinstance(link, Link) else Link(link, "outlet-pickup", *_place(text, link), outlet=link)
        for link in via
    )
    form = "direct" if text[start] in '"“' else "indirect"
    attribution = Attribution("a1", (Span(start, end),), form=form, cue=cue, speaker="p1", via=links)
    return Annotations(
        Document(id=name, text=text, kind=document_kind),
        speakers=(Speaker("p1", speaker, kind),),
        attributions=(attribution,) if document_kind == "report" else (),
        publisher=publisher or name,
        provenance=provenance,
    )


def _place(text, words):
    for verb in ("told ", "quoting ", "reported by ", ""):
        at = text.find(verb + words)
        if at >= 0:
            return at, at + len(verb + words)
    return 0, 0


def origins(*documents, copies=()):
    variants = tuple(Variant(d.id, "a1") for d in documents if d.attributions)
    statement = Statement("s1", "s", variants)
    known = documents[0].speakers[0]
    speaker = StorySpeaker("s", known.name, known.kind, tuple((d.id, "p1") for d in documents))
    (counted,), _ = count(documents, [statement], copies, [speaker])
    return counted.origins


def interval(*documents, copies=()):
    found = origins(*documents, copies=copies)
    return found.low, found.high


def test_one_briefing_is_one_origin_however_many_report_it():
    documents = [version(n, "Ruiz told reporters at a news conference that *the dam held*.") for n in "abcde"]
    found = origins(*documents)
    assert (found.low, found.high, len(found.terminals)) == (1, 1, 1)
    assert found.terminals[0].documents == tuple("abcde")
    assert found.routes == 5


def test_a_doubtful_chain_ends_nowhere_that_is_said():
    def doubtful(one):
        return replace(one, attributions=tuple(replace(a, via_clear=False) for a in one.attributions))

    a = version("a", "Ruiz told Radio Alvor that *the dam held*.", "Radio Alvor")
    b = version("b", "Silva said Ruiz had told her *the dam held*.", Link("Silva", "statement", 0, 10))
    found = origins(a, doubtful(b))
    assert (found.low, found.high) == (1, 2)
    assert {terminal.kind for terminal in found.terminals} == {"outlet-pickup", "unsourced"}


def test_a_report_that_names_no_occasion_rests_on_the_briefing_that_the_others_name():
    a = version("a", "Ruiz told a briefing that *the dam held*.")
    b = version("b", "Ruiz said *the dam held*.")
    assert interval(a, b) == (1, 1)


def test_words_on_a_transcript_of_the_story_are_on_record():
    record = version(
        "t", "MINISTER RUIZ: *We drained the upper lake twice before the storm came in.*", document_kind="transcript"
    )
    a = version("a", '*"We drained the upper lake twice before the storm came in,"* Ruiz said.')
    found = origins(a, record)
    assert found.terminals[0].kind == "primary-document"


def test_words_told_to_one_outlet_and_taken_up_by_others_have_one_origin():
    a = version("a", "*The dam held*, Ruiz told Radio Alvor.", "Radio Alvor")
    b = version("b", "*The dam held*, said Ruiz, reports a, quoting Radio Alvor.", "a", "Radio Alvor")
    assert interval(a, b) == (1, 1)


def test_vague_sources_widen_the_interval():
    a = version("a", "*The dam held*, Ruiz told Radio Alvor.", "Radio Alvor")
    c = version("c", "*The dam held*, Ruiz has said, media reports say.", Link("media reports", "vague", 0, 5))
    found = origins(a, c)
    assert (found.low, found.high) == (1, 2)
    assert {t.kind for t in found.terminals} == {"outlet-pickup", "vague"}


def test_reports_that_do_not_say_how_they_know_may_be_one_or_many():
    documents = [version(n, "*The dam held*, Ruiz said.") for n in "abc"]
    assert interval(*documents) == (1, 3)


def test_an_unnamed_official_taken_up_by_another_report_stays_one():
    a = version("a", "An official said *the budget was cut*.", kind="unnamed", speaker="an official")
    b = version(
        "b", "An official has said *the budget was cut*, a reported.", "a", kind="unnamed", speaker="an official"
    )
    found = origins(a, b)
    assert (found.low, found.high) == (1, 1)
    assert found.terminals[0].kind == "anonymous"


def test_copies_are_one_witness():
    documents = [version(n, "*The dam held*, Ruiz said.") for n in "abc"]
    copies = [Copy(n, "a", "undeclared", "whole", 0.9) for n in "bc"]
    found = origins(*documents, copies=copies)
    assert (found.low, found.high, found.routes) == (1, 1, 1)
    assert found.terminals[0].documents == ("a", "b", "c")


def test_a_copied_passage_brings_only_the_words_beside_it():
    a = version("a", "*The dam held*, Ruiz said.")
    b = version("b", "*The dam held*, Ruiz said.")
    far = Copy("b", "a", "undeclared", "passage", 0.1)
    assert interval(a, b, copies=[far]) == (1, 2)


def test_prints_of_one_agency_have_its_chain():
    copies = [Copy(n, "NPN", "declared", "whole", 1.0) for n in "ab"]
    documents = [version(n, "*The dam held*, Ruiz said.") for n in "ab"]
    assert interval(*documents, copies=copies) == (1, 1)
    reported = [version(n, "*The dam held*, Ruiz told NPN.", "NPN") for n in "ab"]
    assert interval(*reported, copies=copies) == (1, 1)


def test_two_interviews_are_two_origins():
    a = version("a", "*The dam held*, Ruiz told Radio Alvor.", "Radio Alvor")
    b = version("b", "*The dam held*, Ruiz told The Corvo Ledger.", "The Corvo Ledger")
    assert interval(a, b) == (2, 2)


def test_an_outlet_that_one_report_names_last_and_another_leads_on_from_is_no_end():
    a = version("a", "*The dam held*, Ruiz said, reported by The Ledger.", "The Ledger")
    b = version(
        "b", "*The dam held*, Ruiz said, reported by The Ledger, quoting Radio Alvor.", "The Ledger", "Radio Alvor"
    )
    found = origins(a, b)
    assert [t.name for t in found.terminals] == ["Radio Alvor"]


def test_reports_that_have_it_from_each_other_are_a_circle():
    a = version("a", "*The dam held*, Ruiz said, reported by b.", "b")
    b = version("b", "*The dam held*, Ruiz said, reported by a.", "a")
    found = origins(a, b)
    assert [t.kind for t in found.terminals] == ["circular"]
    assert (found.low, found.high) == (1, 1)
    assert "each has it from the other" in OriginWords([a, b]).of_statement(found)


def test_who_has_it_from_a_circle_is_in_it_and_who_names_a_source_is_not():
    a = version("a", "*The dam held*, Ruiz said, reported by b.", "b")
    b = version("b", "*The dam held*, Ruiz said, reported by a.", "a")
    c = version("c", "*The dam held*, Ruiz said, reported by b.", "b")
    d = version("d", "*The dam held*, Ruiz said, reported by The Ledger.", "The Ledger")
    found = origins(a, b, c, d)
    assert {t.kind: t.documents for t in found.terminals} == {"circular": ("a", "b", "c"), "outlet-pickup": ("d",)}


def test_a_report_that_also_names_a_source_leads_a_circle_to_its_end():
    a = version("a", "*The dam held*, Ruiz said, reported by b.", "b")
    b = version("b", "*The dam held*, Ruiz said, reported by a.", "a")
    other = version("b", "*The dam held*, Ruiz said, reported by The Ledger.", "The Ledger").attributions[0]
    both = msgspec.structs.replace(b, attributions=(*b.attributions, msgspec.structs.replace(other, id="a2")))
    statement = Statement("s1", "s", (Variant("a", "a1"), Variant("b", "a1"), Variant("b", "a2")))
    speaker = StorySpeaker("s", NAME, "person", (("a", "p1"), ("b", "p1")))
    (counted,), _ = count([a, both], [statement], (), [speaker])
    assert [(t.kind, t.documents) for t in counted.origins.terminals] == [("outlet-pickup", ("a", "b"))]


def test_routes_share_no_stop():
    a = version("a", "*The dam held*, Ruiz said, reported by The Ledger.", "The Ledger")
    b = version("b", "*The dam held*, Ruiz said, reported by The Ledger.", "The Ledger")
    c = version("c", "Ruiz told a briefing that *the dam held*.")
    assert origins(a, b, c).routes == 2


def test_a_charge_sheet_is_a_primary_document():
    a = version("a", "The charge sheet said *theft*.", kind="document", speaker="the charge sheet")
    assert origins(a).terminals[0].kind == "primary-document"


def test_the_sentence_names_its_evidence():
    a = version("a", "*The dam held*, Ruiz told Radio Alvor.", "Radio Alvor")
    because = OriginWords([a]).of_statement(origins(a))
    assert because == "1 report: a rests on Radio Alvor (whom the words were said to, or who had them)."


def test_the_sentence_names_reports_as_a_reader_would():
    wire = version("8f3e", "Ruiz told a briefing that *the dam held*.", publisher="Alvor Wire")
    paper = version("77b0", "*The dam held*, Ruiz said.", publisher="The Corvo Ledger")
    mail = version("mail", "*The dam held*, Ruiz said.")
    copies = [Copy("77b0", "8f3e", "declared", "whole", 0.9)]
    words, found = OriginWords([wire, paper, mail]), origins(wire, paper, copies=copies)
    assert found.takings == (Taking("77b0", "8f3e"),)
    assert words.of_statement(found) == (
        "2 reports, 1 independent source: all rest on Ana Ruiz in public (“briefing”); The Corvo Ledger takes it from "
        "Alvor Wire; no second source found."
    )
    assert words.of_statement(origins(mail)) == "1 report: mail does not say where or to whom this was said."


def test_the_story_merges_texts_and_counts_sources():
    documents = [
        version("wire", "Ruiz told a briefing that *the dam held*."),
        version("paper", "*The dam held*, Ruiz said."),
    ]
    other = version("other", "*The dam held*, Ruiz said, reported by The Ledger.", "The Ledger")
    copies = [Copy("paper", "wire", "declared", "whole", 0.9)]
    _, story = count([*documents, other], [], copies, [])
    assert (story.low, story.high) == (1, 2)
    because = OriginWords([*documents, other]).of_story(story)
    assert because.startswith("3 reports, 1 to 2 independent sources; ")
    assert (story.low, story.high) == (sum(t.kind == "witnessed" for t in story.terminals), len(story.terminals))


CHAINS = [
    (),
    ("The Ledger",),
    ("Radio Alvor",),
    ("The Ledger", "Radio Alvor"),
    ("b",),
    ("a", "Radio Alvor"),
    ("c", "b"),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(CHAINS), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_order_changes_nothing_and_the_interval_holds(vias, shuffler: random.Random):
    documents = [version("abcde"[n], "*The dam held*, Ruiz said.", *via) for n, via in enumerate(vias)]
    found = origins(*documents)
    assert 1 <= found.low <= found.high == len(found.terminals)
    assert found.routes <= len(documents)
    assert {d for t in found.terminals for d in t.documents} == {d.id for d in documents}
    shuffler.shuffle(documents)
    assert origins(*documents) == found


@pytest.mark.parametrize("variants", [(), (Variant("nowhere", "a1"),)])
def test_a_statement_without_reports_has_no_origins_to_count(variants):
    (counted,), story = count([], [Statement("s1", None, variants)], [], [])
    assert counted.origins is None or counted.origins.high == 0
    assert story.high == 0


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("*The dam held*, Ruiz said during a debate in the town.", True),
        ("*The dam held*, Ruiz told the lawmakers.", True),
        ("*The dam held*, Ruiz said amid an ongoing debate about dams.", False),
        ("*The dam held*, Ruiz said after his party entered parliament.", False),
    ],
)
def test_a_debate_is_an_occasion_only_for_what_is_said_in_it(text, public):
    assert (origins(version("a", text)).terminals[0].kind == "witnessed") is public


def test_an_outlet_that_is_only_described_is_no_second_origin():
    a = version("a", "*The dam held*, Ruiz said, reported by The Ledger.", "The Ledger")
    b = version("b", "*The dam held*, Ruiz said, reported by a regional paper.", "a regional paper")
    assert interval(a, b) == (1, 2)


def test_words_to_somebody_else_are_no_interview():
    ours = version("a", "*The dam held*, Ruiz told the Ledger.", publisher="The Corvo Ledger")
    theirs = version("a", "*The dam held*, Ruiz told Governor Vey.", publisher="The Corvo Ledger")
    assert origins(ours).terminals[0].kind == "witnessed"
    assert origins(theirs).terminals[0].kind == "unsourced"


@pytest.mark.parametrize(
    ("text", "kind", "occasion"),
    [
        ("In an email to employees, Ruiz said *the dam held*.", "statement", "issued"),
        ("In a letter sent to the residents, Ruiz wrote *the dam held*.", "statement", "issued"),
        ("*The dam held*, Ruiz said in an email.", "unsourced", None),
        ("*The dam held*, Ruiz said in an interview.", "unsourced", None),
        ("*The dam held*, Ruiz said in a recent KTV interview.", "outlet-pickup", None),
        ("*The dam held*, Ruiz said in a Ledger interview.", "unsourced", None),
        ("*The dam held*, Ruiz said in an interview with the Ledger.", "witnessed", "interview"),
        ("*The dam held*, Ruiz told us.", "witnessed", "interview"),
        ("*The dam held*, Ruiz told this newspaper.", "witnessed", "interview"),
        ("*The dam held*, Ruiz said after a briefing by engineers.", "unsourced", None),
        ("*The dam held*, Ruiz said in response to a news conference of the mayor.", "unsourced", None),
        ("After the hearing, Ruiz told reporters *the dam held*.", "witnessed", "heard"),
        ("Ruiz, who sits in Congress, said *the dam held*.", "unsourced", None),
        ("*The dam held*, Ruiz said on Monday in parliament.", "witnessed", "heard"),
        ("*The dam held*, Ruiz said on Facebook.", "statement", "issued"),
        ("*The dam held*, Ruiz said of the outage at Facebook.", "unsourced", None),
    ],
)
def test_where_words_were_said_is_only_what_the_text_says(text, kind, occasion):
    (end,) = origins(version("a", text, publisher="The Corvo Ledger")).terminals
    assert (end.kind, end.occasion) == (kind, occasion)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Ruiz told reporters at the harbour *the dam held*.", True),
        ("Ruiz told a small crowd of local reporters *the dam held*.", True),
        ("*The dam held*, Ruiz said in answer to questions from journalists.", True),
        ("Reporters asked whether the valley was safe, and Ruiz said *the dam held*.", True),
        ("Pressed by two reporters, Ruiz said *the dam held*.", True),
        ("Reporters examining the logs of the weir found that Ruiz said *the dam held*.", False),
        ("Ruiz said *the dam held*, three journalists wrote in a book.", False),
        ("Ruiz, whom journalists seldom visit, said *the dam held*.", False),
        ("Ruiz told the council, as reporters found out, that *the dam held*.", False),
        ("In papers leaked to reporters, Ruiz said *the dam held*.", False),
    ],
)
def test_reporters_make_an_occasion_only_as_those_who_heard_or_asked(text, heard):
    (end,) = origins(version("a", text)).terminals
    assert (end.occasion == "heard") is heard


def test_a_document_of_an_unknown_outlet_had_nobody_speak_to_it():
    text = "*The dam held*, Ruiz told Vey."
    mine = msgspec.structs.replace(version("a", text), publisher=None)
    assert origins(mine).terminals[0].kind == "unsourced"


def test_an_occasion_named_inside_a_quotation_is_none():
    text = "“I leave the Senate and the hearing,” Ruiz said, adding *the dam held*."
    quoted = Attribution("a2", (Span(0, 37),), form="direct", speaker="p1")
    one = version("a", text)
    both = msgspec.structs.replace(one, attributions=(*one.attributions, quoted))
    assert origins(both).terminals[0].kind == "unsourced"


def test_an_occasion_is_lent_to_other_words_of_its_day_only():
    def words_of(lead):
        text = f"{lead} At a news conference, Ruiz said the lake is full."
        place = text.index("the lake")
        other = Attribution("a2", (Span(place, len(text) - 1),), cue=Span(place - 5, place - 1), speaker="p1")
        one = version("a", text)
        return msgspec.structs.replace(one, attributions=(*one.attributions, other))

    assert origins(words_of("Ruiz said *the dam held*.")).terminals[0].occasion == "heard"
    two_days = words_of("Ruiz said on Tuesday *the dam held*. It rained on.").text
    assert "Tuesday" in two_days
    mixed = words_of("Ruiz said on Tuesday *the dam held*.")
    later = mixed.text.replace("At a news", "On May 3, at a news")
    shift = len(later) - len(mixed.text)
    moved = msgspec.structs.replace(
        mixed,
        document=msgspec.structs.replace(mixed.document, text=later),
        attributions=(
            mixed.attributions[0],
            msgspec.structs.replace(
                mixed.attributions[1],
                content=tuple(Span(s.start + shift, s.end + shift) for s in mixed.attributions[1].content),
                cue=Span(mixed.attributions[1].cue.start + shift, mixed.attributions[1].cue.end + shift),
            ),
        ),
    )
    assert origins(moved).terminals[0].kind == "unsourced"


@pytest.mark.parametrize(
    ("speaker", "withheld"),
    [
        ("an official", True),
        ("officials", True),
        ("a person familiar with the talks", True),
        ("the minister", False),
        ("Member of Works and Planning", False),
        ("Chief Secretary", False),
    ],
)
def test_a_named_office_is_no_unnamed_source(speaker, withheld):
    found = origins(version("a", "He said *the dam held*.", kind="unnamed", speaker=speaker))
    assert (found.terminals[0].kind == "anonymous") is withheld


def test_an_official_whom_another_report_names_is_no_unnamed_source():
    named = version("a", "Ruiz said *the dam held*.")
    other = version("b", "An official said *the dam held*.", kind="unnamed", speaker="an official")
    assert {t.kind for t in origins(named, other).terminals} == {"unsourced"}


def test_who_asks_not_to_be_named_is_an_unnamed_source():
    text = "The minister said *the dam held*, on condition of anonymity."
    one = version("a", text, kind="unnamed", speaker="the minister")
    source = msgspec.structs.replace(one.attributions[0], source=Span(0, 12))
    assert origins(msgspec.structs.replace(one, attributions=(source,))).terminals[0].kind == "anonymous"


def test_public_words_and_one_unnamed_source_differ_in_kind():
    public = origins(version("a", "Ruiz told a briefing that *the dam held*.")).terminals[0]
    unnamed = origins(version("a", "It said *the dam held*.", kind="unnamed", speaker="an official")).terminals[0]
    assert (public.kind, public.occasion, public.at, public.name) == ("witnessed", "heard", "briefing", NAME)
    assert (unnamed.kind, unnamed.occasion) == ("anonymous", None)
