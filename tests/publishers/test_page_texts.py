import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from onrecord.document import Block, Document, Span
from onrecord.publishers.page import text_as_html as render
from onrecord.publishers.texts import Mark, around, shown, slugs

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n<>&\"'“” "), max_size=80)
KINDS = st.sampled_from(["headline", "paragraph", "dateline", "turn", "turn-label", "credit"])


@st.composite
def documents(draw):
    text = draw(TEXTS)
    place = st.integers(-2, len(text) + 2)
    blocks = draw(st.lists(st.builds(Block, KINDS, place, place), max_size=5))
    spans = draw(st.lists(st.tuples(place, place), max_size=8, unique=True))
    marks = [Mark(a, b, "q", f"d:{a}-{b}", "g", str(n), "t") for n, (a, b) in enumerate(spans)]
    return Document("d", text, blocks=tuple(blocks)), marks


def content(markup):
    # lxml's create_parent drops a text that is nothing but blanks
    return html.fragment_fromstring(f"<div>{markup}</div>")


@settings(deadline=None)  # the machine may be busy
@given(documents())
def test_whatever_is_marked_the_text_stays_what_it_was(drawn):
    document, marks = drawn
    assert content(render(document, marks)).text_content() == document.text


@settings(deadline=None)  # the machine may be busy
@given(documents())
def test_each_mark_holds_its_own_words_even_where_marks_cross(drawn):
    document, marks = drawn
    tree = content(render(document, marks))
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(document.text):
            parts = tree.xpath(".//*[@id=$a or @data-of=$a]", a=mark.anchor)
            held = "".join(part.text_content() for part in parts)
            whole = document.text[mark.start : mark.end]
            # between two blocks stands white space that belongs to no block
            assert held == whole or "".join(held.split()) == "".join(whole.split())


def test_a_carriage_return_a_lone_surrogate_and_a_nil_keep_their_place():
    text = "a\r\nb\ud800c\x00d"
    assert len(shown(text).unescape()) == len(text)
    assert "&#13;" in shown(text)
    assert "\ud800" not in shown(text)


def test_a_text_of_two_megabytes_with_many_marks_is_written_in_time():
    text = "Some words here. " * 120_000
    marks = [Mark(n, n + 40, "q", f"d:{n}") for n in range(0, len(text) - 40, 25)]
    began = time.process_time()
    render(Document("d", text), marks)
    assert time.process_time() - began < 20


def test_slugs_are_short_safe_and_different():
    given_ids = ["plain", "with space", "with-space", "x" * 90, "x" * 91, "", "#?&", "PLAIN", "日本"]
    found = slugs(given_ids)
    assert found["plain"] == "plain"
    assert len({s.casefold() for s in found.values()}) == len(given_ids)
    assert all(len(s) < 40 and not set(s) & set(" #?&%\"'<>:") for s in found.values())


def test_a_quote_selector_has_what_stands_around_the_words():
    assert around("one two three", Span(4, 7), 4) == ("one ", " thr")


def test_blank_lines_of_spaces_part_paragraphs_in_one_pass():
    text = "One line,\nand more.\n   \n \t\nNext.\r\nIts second.\rThird. \n\n\n  Last  \n   "
    parts = re.findall(r'<p class="b-paragraph" dir="auto">(.*?)</p>', str(render(Document("d", text), ())), re.DOTALL)
    assert [re.sub(r"&#13;", "\r", part) for part in parts] == [
        "One line,\nand more.", "Next.\r\nIts second.", "Third. ", "  Last  ",
    ]  # fmt: skip


def test_lines_of_nothing_but_spaces_cost_linear_time():
    def seconds(lines):
        begun = time.process_time()
        render(Document("d", "One.\n" + "   \n" * lines + "Two."), ())
        return time.process_time() - begun

    seconds(1000)
    assert seconds(400_000) < 40 * max(seconds(40_000), 0.01)
