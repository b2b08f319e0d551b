"""Nothing on the page that was not measured: each test is a kind of false or overclaiming sentence that once stood."""

from __future__ import annotations

import re

import msgspec
import pytest
from lxml import html

from onrecord.annotation import Annotations, Attribution, Figure, Speaker
from onrecord.comparison.coverage import cover
from onrecord.document import Document, Published, Span
from onrecord.publishers import counts, labels, page
from onrecord.publishers.counts import sourced
from onrecord.story import (
    Check,
    CheckedQuotation,
    Claim,
    ClaimMember,
    Copy,
    Failure,
    FigureGroup,
    FigureMember,
    Origins,
    Statement,
    Story,
    StorySpeaker,
    Terminal,
    Variant,
)
from onrecord.wording import Wording

BIRD = "The heron built a nest on the post office tower."


def report(id_, text, *attributions, day=None, outlet=None, kind="report", speakers=(), figures=()):
    """Annotate a text; its sentences end at full stops."""
    ends = [m.end() for m in re.finditer(r"[^.!?]+[.!?]+[”\"]?", text)]
    spans = tuple(Span(a, b) for a, b in zip([0, *ends[:-1]], ends, strict=True))
    published = Published(day, "caller") if day else None
    document = Document(id_, text, kind=kind, outlet=outlet or id_.title(), published=published)
    return Annotations(document, spans, speakers, tuple(attributions), figures)


def said(text, content, cue, source=None, form="indirect", id_="a1", **how):
    """Credit words of a text."""

    def span(words):
        at = text.index(words)
        return Span(at, at + len(words))

    return Attribution(id_, (span(content),), form=form, cue=span(cue), source=span(source) if source else None, **how)


def reported(story):
    return html.document_fromstring(page.render_story(story))


def part(tree, id_):
    return " ".join(tree.get_element_by_id(id_).text_content().split())


# Shares and credits


def test_a_credit_is_no_share():
    one = report("courier", "A lamp fell. Reporting by Ocean Press.")
    credit = Span(one.text.index("Ocean"), one.text.index("Ocean") + 11)
    copy = Copy("courier", "Ocean Press", "declared", "whole", None, credit=credit)
    tree = reported(Story((one,), copies=(copy,)))
    assert "%" not in part(tree, "copies")
    assert "carries an agency credit (Ocean Press)" in part(tree, "copies")
    assert "carries an agency credit (Ocean Press)" in part(tree, "d-courier")
    assert tree.xpath("//section[@id='copies']//a[contains(@href, $place)]", place=f":{credit.start}-{credit.end}")


def test_texts_that_were_compared_have_a_share():
    one, two = report("courier", BIRD), report("beacon", BIRD)
    tree = reported(Story((one, two), copies=(Copy("courier", "beacon", "undeclared", "whole", 0.62),)))
    assert "Courier shares text with B Beacon" in part(tree, "copies")
    assert "62% of its own words also stand in Beacon" in part(tree, "d-courier")


# Cues


def one_statement(*documents, speaker="Ida Brandt", clear=True):
    people = StorySpeaker("sp1", speaker, "person", tuple((d.id, "p1") for d in documents))
    versions = tuple(Variant(d.id, d.attributions[0].id) for d in documents)
    statement = Statement("s1", "sp1", versions, speaker_clear=clear)
    return Story(documents, (people,), (statement,), coverage=cover(documents, [statement], []))


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("Ida Brandt denied that the lamp had fallen.", "that the lamp had fallen", "denied"),
        ("Ida Brandt was wary of hanging the lamp again.", "hanging the lamp again", "was wary of"),
        ("Ida Brandt did not dispute that the lamp had fallen.", "that the lamp had fallen", "dispute"),
    ],
)
def test_words_outside_quotation_marks_are_read_with_their_cue_everywhere(text, content, cue):
    story = one_statement(report("courier", text, said(text, content, cue, "Ida Brandt")))
    tree = reported(msgspec.structs.replace(story, documents=(*story.documents, report("beacon", BIRD))))
    whole = {"dispute": "did not dispute"}.get(cue, cue)
    assert " ".join(tree.xpath("//article[@id='s-s1']//p[@class='w']")[0].text_content().split()) == text
    assert whole in part(tree, "differences")
    both = (report(name, text, said(text, content, cue, "Ida Brandt")) for name in ("courier", "lantern"))
    assert whole in part(reported(one_statement(*both)), "coverage")
    assert whole in tree.get_element_by_id("s-s1").get("data-cite")
    both = (report(name, text, said(text, content, cue, "Ida Brandt")) for name in ("courier", "beacon"))
    assert whole in part(reported(one_statement(*both)), "coverage")


def test_a_cue_of_another_sentence_is_put_before_the_words():
    text = "Ida Brandt made two denials. The lamp had never hung there."
    tree = reported(one_statement(report("courier", text, said(text, "The lamp had never hung there", "denials"))))
    words = " ".join(tree.xpath("//article[@id='s-s1']//p[@class='w']")[0].text_content().split())
    assert words == "denials … The lamp had never hung there."


def test_words_in_quotation_marks_need_no_cue():
    text = "“The lamp fell,” said Ida Brandt."
    tree = reported(one_statement(report("courier", text, said(text, "“The lamp fell,”", "said", form="direct"))))
    assert tree.get_element_by_id("s-s1").get("data-cite") == "Ida Brandt:"
    assert "introduced by" not in part(tree, "s-s1")


def test_half_a_clause_is_shown_in_its_sentence():
    text = "Ida Brandt did not dispute it: the money for a lamp, she said, had been paid."
    tree = reported(one_statement(report("courier", text, said(text, "the money for a lamp", "did not dispute it:"))))
    assert " ".join(tree.xpath("//article[@id='s-s1']//p[@class='w']")[0].text_content().split()) == text


# Speakers


def test_an_unclear_speaker_is_filed_under_nobody():
    text = "“The lamp fell,” she said."
    found = said(text, "“The lamp fell,”", "said", "she", "direct")
    tree = reported(one_statement(report("courier", text, found), report("lantern", text, found), clear=False))
    article = tree.get_element_by_id("s-s1")
    assert article.get("data-who") == "unclear"
    assert "unclear (she: Ida Brandt?)" in article.text_content()
    assert article.get("data-cite") == "unclear (she: Ida Brandt?):"
    both = (
        report(name, text, said(text, "“The lamp fell,”", "said", "she", "direct")) for name in ("courier", "beacon")
    )
    assert "unclear (she: Ida Brandt?)" in part(reported(one_statement(*both, clear=False)), "coverage")


def test_a_check_names_nobody_who_is_not_sure():
    text = "“The lamp fell on the bench,” she said."
    found = said(text, "“The lamp fell on the bench,”", "said", "she", "direct", speaker="p1", speaker_clear=False)
    article = report("courier", text, found, speakers=(Speaker("p1", "Ida Brandt", "person"),))
    spoken = report("t", "MR. OAKE: We hung it.", kind="transcript")
    quotation = CheckedQuotation(
        found.content[0], found.content, "a1", "Ida Brandt", Wording("unchecked", reason="too-short"), "note"
    )
    check = Check(article, (spoken,), (quotation,), "strict", ("transcript-partial",))
    text = html.document_fromstring(page.render_checks([check])).get_element_by_id("main").text_content()
    assert "unclear (she: Ida Brandt?)" in text
    assert "The transcript is not whole" in text
    assert labels.REASONS["too-short"] in text


# What one report alone has, and what it leaves out


def story_of_claims(*documents, claims):
    return Story(documents, claims=claims, coverage=cover(documents, [], claims))


def claim(id_, *members):
    return Claim(
        id_, tuple(ClaimMember(d.id, d.text.index(words), d.text.index(words) + len(words)) for d, words in members)
    )


def test_what_stands_in_another_report_is_not_only_in_one():
    one = report("courier", f"{BIRD} A cook sold the ladder.", day="2031-04-02")
    two = report("beacon", "On the tower of the post office a heron has built its nest.", day="2031-04-02")
    story = story_of_claims(one, two, claims=(claim("k1", (one, BIRD)), claim("k2", (one, "A cook sold the ladder."))))
    listed = part(reported(story), "differences")
    assert "A cook sold the ladder" in listed
    assert "heron" not in listed


def test_what_another_report_lets_somebody_say_is_not_only_in_one():
    one = report("courier", BIRD, day="2031-04-02")
    text = "Ida Brandt said a heron had built its nest on the post office tower."
    two = report("beacon", text, said(text, "a heron had built its nest on the post office tower", "said"))
    story = story_of_claims(one, two, claims=(claim("k1", (one, BIRD)),))
    assert not reported(story).xpath("//section[@id='differences']")


@pytest.mark.parametrize(
    ("day", "charged"), [("2031-04-03", True), ("2031-04-02", True), ("2031-04-01", False), (None, False)]
)
def test_only_a_report_that_could_have_had_it_leaves_it_out(day, charged):
    have = [report(name, BIRD, day="2031-04-02") for name in ("courier", "beacon", "lantern")]
    silent = report("gazette", "Bread is dearer.", day=day)
    story = story_of_claims(*have, silent, claims=(claim("k1", *((d, BIRD) for d in have)),))
    tree = reported(story)
    assert bool(tree.xpath("//section[@id='differences']")) == charged
    if charged:
        assert "Gazette Missing here, in most reports (1)" in part(tree, "differences")


# Claims


def test_claims_are_called_unattributed_claims_and_no_facts():
    one = report("courier", BIRD)
    tree = reported(story_of_claims(one, claims=(claim("k1", (one, BIRD)),)))
    assert "1 unattributed claim" in tree.xpath("//details[@class='fold outlet']/summary")[0].text_content()
    main = "".join(tree.get_element_by_id("main").itertext())
    assert not re.search(r"\bfacts?\b(?! in another)", main.replace("stated as fact", ""), re.IGNORECASE)


# Figures


def test_a_figure_in_several_groups_stands_once_and_the_transcript_is_no_report():
    def counted(name, words, low):
        figure = Figure("f1", 0, len(words), low, low, of="herons")
        return report(name, f"{words} came.", figures=(figure,), kind="transcript" if name == "t" else "report")

    documents = (counted("courier", "12 herons", 12), counted("beacon", "40 herons", 40), counted("t", "12 herons", 12))
    courier, beacon, spoken = (FigureMember(d.id, "f1") for d in documents)
    groups = (
        FigureGroup(
            "g1", "herons", (courier, beacon, spoken), "conflict", "contrary", sides=((courier, spoken), (beacon,))
        ),
        FigureGroup("g2", "herons", (courier, spoken), "equal", sides=((courier, spoken),)),
    )
    story = Story(documents, figure_groups=groups)
    tree = reported(story)
    assert len(tree.xpath("//div[@class='figure item']")) == 1
    assert "1 contradiction" in tree.xpath("//header")[0].text_content()
    assert [e.text for e in tree.xpath("//li[@class='dispute item']//p[@class='side']/b")] == ["12 herons", "40 herons"]
    alone = reported(msgspec.structs.replace(story, figure_groups=groups[1:]))
    assert not alone.xpath("//li[@class='dispute item']")
    assert "1 figure of one report and the transcript" in part(alone, "figures")


# Sources


def origins(*ends, low=1, high=1):
    return Origins(low, high, tuple(Terminal(name, kind, ("courier",), *how) for name, kind, *how in ends))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (origins(("Ida Brandt", "witnessed", "heard")), "on the record, in public"),
        (origins(("Ida Brandt", "witnessed", "interview")), "on the record, to one outlet"),
        (origins(("an official", "anonymous")), "one unnamed source"),
        (origins(("Courier", "unsourced")), "where it was said is not stated"),
        (origins(("Courier", "unsourced"), ("Beacon", "unsourced"), high=2), "1 to 2 independent sources"),
    ],
)
def test_a_statement_says_on_what_it_rests(found, words):
    assert sourced(found) == words
    text = "“The lamp fell,” said Ida Brandt."
    story = one_statement(report("courier", text, said(text, "“The lamp fell,”", "said", form="direct")))
    statement = msgspec.structs.replace(story.statements[0], origins=found)
    head = reported(msgspec.structs.replace(story, statements=(statement,))).xpath("//article[@id='s-s1']/h4")[0]
    assert words in head.text_content()


def test_the_count_of_sources_is_an_interval_everywhere_and_a_briefing_is_no_fault(made):
    story = msgspec.structs.replace(made.made_story(), origins=Origins(1, 3, ()))
    tree = reported(story)
    assert "1 to 3 independent sources" in tree.xpath("//header")[0].text_content()
    assert "single origin" not in tree.text_content()
    assert "tellers" not in "".join(tree.get_element_by_id("main").itertext())


def test_the_page_counts_what_json_counts(made):
    story = made.made_story()
    known, tree = counts.of_story(story), reported(story)
    head = " ".join(tree.xpath("//header")[0].text_content().split())
    assert f"{known.statements} statements, {known.statements_in_several_reports} in more than one report" in head
    assert f"Unattributed claims in more than one report {known.claims_in_several_reports}" in part(tree, "claims")
    figures = tree.xpath("//section[@id='figures']/*[not(contains(., ' of one report'))]//div[@class='figure item']")
    assert len(figures) == known.figures_in_several_reports
    assert len(tree.xpath("//section[@id='statements']//article")) == known.statements


# Events and failures


def test_reports_of_several_events_say_so_at_the_top_and_how_to_part_them():
    documents = (report("courier", BIRD, day="2031-04-02"), report("beacon", BIRD), report("old post", BIRD))
    tree = reported(Story(documents, events=(("courier", "beacon"), ("old post",))))
    notice = " ".join(tree.xpath("//header/div[@class='notice']")[0].text_content().split())
    assert "These reports are of 2 different events" in notice
    assert "onrecord compare courier beacon" in notice
    assert "onrecord compare 'old post'" in notice
    assert not reported(Story(documents)).xpath("//header/div[@class='notice']")


def test_no_headline_stands_for_all_reports():
    documents = tuple(
        Annotations(Document(id_, f"{title}\n\n{BIRD}", title=title, outlet=id_))
        for id_, title in (("courier", "HERON HORROR"), ("beacon", "A bird nests"))
    )
    tree = reported(Story(documents))
    assert tree.xpath("//header")[0].text_content().split("published")[0].split() != []
    assert "HORROR" not in tree.xpath("//header")[0].text_content()
    assert tree.xpath("//p[@class='kicker']")[0].text == "2 reports on"


def test_every_document_that_failed_is_named_with_its_stage():
    failures = (Failure("lost.pdf", "It holds no text."), Failure("odd", "It broke off.", "annotate"))
    listed = part(reported(Story((report("courier", BIRD),), failures=failures)), "failures")
    assert "lost.pdf: It holds no text. (while it was read)" in listed
    assert "odd: It broke off. (while statements were looked for)" in listed


# Verdicts


def test_a_dropped_condition_comes_first_and_is_serious():
    spoken = report("t", "I will stay if the lamp is mended.", kind="transcript")
    from onrecord.wording import Edit, Passage

    text = "“I will stay,” said Ida Brandt."
    found = said(text, "“I will stay,”", "said", "Ida Brandt", "direct")
    edits = (Edit("equal", Span(1, 12), Span(0, 11)),)
    wording = Wording("trimmed", (Passage("t", 0, 11, "IDA BRANDT"),), edits, ("qualifier-lost",))
    one = report("courier", text, found)
    statement = Statement("s1", None, (Variant("courier", "a1", wording),))
    tree = reported(Story((one, spoken), statements=(statement,)))
    signs = tree.xpath("//article[@id='s-s1']//div[@class='say']/a[starts-with(@href, '#v-')]")
    assert [s.text for s in signs] == ["drops its condition: “if the lamp is mended”", "shortened"]
    assert [s.get("class") for s in signs] == ["v serious", "v mild"]
    line = part(tree, "attention")
    assert "drops its condition Courier" in line
    assert "printed “I will stay”" in line
    assert "said “I will stay [left out: if the lamp is mended.]” IDA BRANDT" in line


def test_words_of_another_say_whom_the_report_names():
    text = "“The lamp fell,” said Bo Oake."
    speakers = (Speaker("p1", "Bo Oake", "person"),)
    one = report(
        "courier", text, said(text, "“The lamp fell,”", "said", "Bo Oake", "direct", speaker="p1"), speakers=speakers
    )
    people = (
        StorySpeaker("sp1", "Ida Brandt", "person", ()),
        StorySpeaker("sp2", "Bo Oake", "person", (("courier", "p1"),)),
    )
    tree = reported(
        Story((one,), people, (Statement("s1", "sp1", (Variant("courier", "a1", Wording("misattributed")),)),))
    )
    assert "A names Bo Oake" in part(tree, "s-s1")


# Coverage


def test_a_coverage_cell_says_its_kind_in_a_sign_and_in_words():
    text = "“The lamp fell,” said Ida Brandt."
    direct = report("courier", text, said(text, "“The lamp fell,”", "said", form="direct"), day="2031-04-02")
    other = "Ida Brandt said the lamp fell."
    indirect = report("beacon", other, said(other, "the lamp fell", "said"), day="2031-04-02")
    early = report("lantern", BIRD, day="2031-04-01")
    story = one_statement(direct, indirect)
    rows = cover([direct, indirect, early], story.statements, [])
    tree = reported(msgspec.structs.replace(story, documents=(direct, indirect, early), coverage=rows))
    cells = tree.xpath("//table[@class='coverage']//td")
    assert [c.text_content() for c in cells] == ["“A”", "B", "C, published earlier×"]
    named = [c.xpath(".//@aria-label") for c in cells]
    assert named == [["A, in quotation marks"], ["B, paraphrase"], []]
    assert "× published earlier" in part(tree, "coverage")
