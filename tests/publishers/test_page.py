import base64
import hashlib
import re

import msgspec
import pytest
from lxml import html

import onrecord  # noqa: F401 - hangs the publishers in
from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.document import Block, Document, Published, Span
from onrecord.publishers import labels, page, records
from onrecord.story import CoverageForm, Failure, FigureVerdict, Statement, Story, StorySpeaker, Variant
from onrecord.wording import Flag, Verdict

POISON = '<script>document.title="run"</script><img src=x onerror=alert(1)>"\'</style>{{ 7*7 }}<!--&amp;'


def parsed(text):
    return html.document_fromstring(text)


def words_of(document):
    """What a text says, without the notes that stand beside it."""
    text = document.xpath(".//div[@class='text']")[0]
    return "".join(t for t in text.xpath(".//text()[not(ancestor::ul[@class='notes'])]"))


def addresses(tree):
    return [e.get("id") for e in tree.iter() if e.get("id")]


@pytest.fixture(scope="module")
def small(made):
    return page.render_story(made.made_story())


@pytest.fixture(scope="module")
def checked(made):
    return page.render_checks([made.made_check()])


def hostile_story():
    text = f"{POISON}\n\nShe said {POISON}.\r\nA lone \ud800 half, a \x00 nil, שלום, and an end\u202e."
    content = Span(text.index("said") + 5, text.index("said") + 5 + len(POISON))
    d = Document(
        'id "<b>', text, title=POISON, outlet=POISON, byline=POISON, url="javascript:alert(1)",
        published=Published("2031-01-01", "metadata"), blocks=(Block("headline", 0, len(POISON)),),
    )  # fmt: skip
    a = Annotations(
        d, (), (Speaker("p1", POISON, "person"),), (Attribution("a1", (content,), form="direct", speaker="p1"),)
    )
    statement = Statement('s"1', "sp1", (Variant(d.id, "a1"),))
    return Story(
        (a,), (StorySpeaker("sp1", POISON, "person", ((d.id, "p1"),)),), (statement,),
        failures=(Failure("x", POISON),),
    )  # fmt: skip


@pytest.mark.parametrize("which", ["small", "checked"])
def test_the_policy_names_the_one_style_and_the_one_script_and_nothing_else(which, request):
    text = request.getfixturevalue(which)
    tree = parsed(text)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    styles, scripts = (
        re.findall(r"<style>(.*?)</style>", text, re.DOTALL),
        re.findall(r"<script>(.*?)</script>", text, re.DOTALL),
    )
    assert len(styles) == len(scripts) == 1
    for kind, body in (("style", styles[0]), ("script", scripts[0])):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not [e for e in tree.iter() if isinstance(e.tag, str) and e.get("style")]


@pytest.mark.parametrize("which", ["small", "checked"])
def test_nothing_is_asked_for_from_outside(which, request):
    tree = parsed(request.getfixturevalue(which))
    assert not tree.xpath("//link | //img | //iframe | //object | //embed | //video | //audio | //*[@src]")
    assert "url(" not in tree.xpath("//style")[0].text
    assert "@import" not in tree.xpath("//style")[0].text


@pytest.mark.parametrize("which", ["small", "checked"])
def test_every_link_on_the_page_leads_somewhere_and_every_address_stands_once(which, request):
    tree = parsed(request.getfixturevalue(which))
    ids = addresses(tree)
    assert len(ids) == len(set(ids))
    targets = {h[1:] for h in tree.xpath("//a/@href") if h.startswith("#")}
    assert not targets - set(ids)


def test_a_text_stands_in_the_page_letter_for_letter(made, small):
    tree = parsed(small)
    for annotations in made.made_story().documents:
        article = tree.xpath("//details[@data-slug=$slug]", slug=annotations.id)[0]
        assert words_of(article) == annotations.text


def test_an_address_names_the_characters_that_it_leads_to(made, small):
    texts = {d.id: d.text for d in made.made_story().documents}
    seen = 0
    for element in parsed(small).xpath("//details[starts-with(@class,'doc ')]//*[@id]"):
        slug, _, place = element.get("id").rpartition(":")
        start, _, end = place.partition("-")
        if not place:
            continue
        parts = [
            element.text_content(),
            *(e.text_content() for e in element.xpath("//*[@data-of=$id]", id=element.get("id"))),
        ]
        assert "".join(parts) == texts[slug][int(start) : int(end)]
        seen += 1
    assert seen > 20


def test_addresses_stay_when_another_report_comes_in(made):
    story = made.made_story()
    fewer = msgspec.structs.replace(story, documents=story.documents[::-1])
    assert set(addresses(parsed(page.render_story(story)))) == set(addresses(parsed(page.render_story(fewer))))


def test_a_hostile_document_is_shown_and_never_run():
    text = page.render_story(hostile_story())
    text.encode()  # a lone surrogate would not go into UTF-8
    tree = parsed(text)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img")
    assert not [h for h in tree.xpath("//a/@href") if "javascript" in h.casefold()]
    assert not [n for e in tree.iter() if isinstance(e.tag, str) for n in e.attrib if n.casefold().startswith("on")]
    assert "49" not in tree.xpath("//h1")[0].text_content()
    assert POISON in tree.xpath("//details[starts-with(@class,'doc ')]")[0].text_content()


def test_a_story_without_findings_is_still_a_page():
    for story in (
        Story(()),
        Story((Annotations(Document("a", "")),)),
        Story((Annotations(Document("a", "Only words.")),)),
    ):
        assert "Needs attention" in page.render_story(story)
    assert "<h1" in page.render_checks([])


def test_without_a_transcript_nobody_is_called_wrong(made):
    tree = parsed(page.render_story(made.with_consensus(made.made_story())))
    assert "No transcript was given" in tree.xpath("//header")[0].text_content()
    shown = "".join(
        each.text_content() for each in tree.xpath("//section[@id='attention' or @id='statements']//li | //article")
    )
    assert "in the transcript" not in shown
    assert "contradict" not in shown


def test_no_day_is_given_to_what_happened(made):
    """A date must first belong to its own clause: until then neither the page nor the JSON has a timeline."""
    story = made.made_story()
    assert "timeline" not in page.render_story(story).casefold()
    assert "timeline" not in records.schema()["$defs"]["StoryRecord"]["properties"]
    assert not hasattr(story, "timeline")


def test_the_same_story_gives_the_same_page(made, small):
    assert page.render_story(made.made_story()) == small


def test_a_hundred_reports_and_four_hundred_statements_stay_under_three_megabytes(made):
    assert len(page.render_story(made.made_story(100, 400)).encode()) < 3_000_000


@pytest.mark.parametrize(
    ("kinds", "words"),
    [(Verdict, labels.VERDICTS), (Flag, labels.FLAGS), (FigureVerdict, labels.FIGURES), (CoverageForm, labels.FORMS)],
)
def test_every_word_of_a_closed_list_has_plain_english(kinds, words):
    assert set(kinds.__args__) == set(words)


def test_a_notebook_gets_the_page_in_a_frame_of_its_own(made):
    frame = html.fragment_fromstring(made.made_story()._repr_html_())
    assert frame.tag == "iframe"
    assert frame.get("sandbox") == "allow-scripts allow-popups allow-downloads"
    assert frame.get("srcdoc").startswith("<!DOCTYPE html>")
