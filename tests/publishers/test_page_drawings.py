from onrecord.annotation import Annotations, Attribution, Link
from onrecord.document import Document, Span
from onrecord.publishers import page
from onrecord.publishers.graph import sources
from onrecord.publishers.naming import letters
from onrecord.publishers.sparklines import Bounds, makeup, number_lines
from onrecord.story import Copy, Origins, Reuse, Statement, Story, Terminal, Variant


def report(id_, *via):
    chain = tuple(Link(name, "outlet-pickup", 0, 1) for name in via)
    return Annotations(
        Document(id_, "words", outlet=id_), attributions=(Attribution("a1", (Span(0, 5),), form="direct", via=chain),)
    )


def reported(documents, *terminals):
    variants = tuple(Variant(d.id, "a1") for d in documents)
    return Story(tuple(documents), statements=(Statement("s1", None, variants, Origins(1, 1, terminals)),))


def test_a_chain_is_drawn_from_its_end_to_the_report():
    story = reported([report("A", "B", "C")], Terminal("C", "outlet-pickup", ("A",)))
    drawn = sources(story, letters(story))
    assert [(w.source, w.target) for w in drawn.ways] == [("o:b", "d:A"), ("o:c", "o:b")]
    assert [name for name, _, _ in drawn.origins] == ["C"]


def test_a_circle_of_sourcing_is_parted_and_drawn():
    story = reported([report("A", "B"), report("B", "A")])
    drawn = sources(story, letters(story))
    assert len(drawn.ways) == 1


def test_a_copy_hangs_on_what_it_copies_and_not_on_the_origin():
    documents = [report("A"), report("B")]
    story = reported(documents, Terminal("the briefing", "witnessed", ("A", "B")))
    story = Story(story.documents, statements=story.statements, copies=(Copy("B", "A", "undeclared", "whole", 0.9),))
    ways = {(w.source, w.target): w for w in sources(story, letters(story)).ways}
    assert set(ways) == {("d:A", "d:B"), ("o:the briefing", "d:A")}
    assert not ways["d:A", "d:B"].declared


def test_forty_nodes_do_not_lie_on_each_other():
    documents = [report(f"R{n}", f"agency {n % 7}") for n in range(33)]
    story = reported(documents)
    places = [(node.x, round(node.y)) for node in sources(story, letters(story)).drawing.nodes]
    assert len(places) == len(set(places)) == 40


def test_names_in_the_drawing_are_escaped():
    story = reported([report("A", '<script>"')])
    shown = page.render_story(story)
    assert '<script>"' not in shown.split("<script>")[0]
    assert "&lt;script&gt;" in shown.split("<svg")[1]


def test_what_a_report_is_made_of_adds_up():
    text = "“Quoted,” copied words, own words."
    annotations = Annotations(Document("A", text), attributions=(Attribution("a", (Span(0, 9),), form="direct"),))
    copy = Copy("A", "B", "undeclared", "passage", 0.5, passages=(Reuse(Span(5, 23), Span(0, 18)),))
    parts = makeup(annotations, (copy,))
    assert abs(parts.quoted + parts.copied + parts.own - 1) < 1e-9
    assert round(parts.copied * len(text)) == 14


def test_figures_that_agree_need_no_picture_and_open_bounds_run_off_the_line():
    assert number_lines([Bounds(3, 3), Bounds(3, 3)]) is None
    open_, firm = number_lines([Bounds(2401, None), Bounds(2450, 2450)])
    assert (len(open_.ticks), open_.right) == (1, 98.0)
    assert len(firm.ticks) == 2
