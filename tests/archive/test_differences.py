"""What changed between two versions: findings first, other words second, trifles only counted."""

from __future__ import annotations

import msgspec
import pytest

from onrecord.annotation import Annotations, Attribution, Figure, Link, Speaker
from onrecord.archive.differences import differences
from onrecord.document import Document, Published, Span
from onrecord.text.sentences import split


def article(text, *quoted, figures=(), via=(), **document):
    """Annotate a text by hand: quoted are (words, speaker), figures (words, what they count, value), via names."""

    def place(words):
        return Span(text.index(words), text.index(words) + len(words))

    names = list(dict.fromkeys(name for _, name in quoted))
    links = tuple(Link(name, "outlet-pickup", *msgspec.structs.astuple(place(name))) for name in via)
    return Annotations(
        Document("a", text, **document),
        sentences=split(Document("a", text)),
        speakers=tuple(Speaker(name, name, "person") for name in names),
        attributions=tuple(
            Attribution(
                f"a{n}", (place(words),), form="direct" if "“" in words else "indirect", speaker=name, via=links
            )
            for n, (words, name) in enumerate(quoted)
        ),
        figures=tuple(
            Figure(f"f{n}", *msgspec.structs.astuple(place(words)), value, value, of=of)
            for n, (words, of, value) in enumerate(figures)
        ),
    )


def kinds(*versions):
    return [each.kind for each in differences(*versions).findings]


SHUT = "“We shut the quay at six,” Olav Strand said."


def test_a_version_does_not_differ_from_itself():
    one = article(f"{SHUT} It rained.", ("“We shut the quay at six,”", "Olav Strand"))
    found = differences(one, one)
    assert found.findings == found.passages == ()
    assert found.trivial == 0


def test_a_quotation_that_changed_is_shown_before_and_after():
    before = article(f"{SHUT} It rained.", ("“We shut the quay at six,”", "Olav Strand"))
    after = article(f"{SHUT.replace('six', 'seven')} It rained.", ("“We shut the quay at seven,”", "Olav Strand"))
    found = differences(before, after)
    (change,) = found.findings
    assert (change.kind, change.speaker) == ("quotation-changed", "Olav Strand")
    assert (change.before, change.after) == ("“We shut the quay at six,”", "“We shut the quay at seven,”")
    assert change.new.of(after.text) == change.after
    assert found.passages == (), "the words are shown in the finding, and not once more"


def test_quotations_and_speakers_come_and_go():
    other = "“Nobody asked the crews,” Mara Quist said."
    before = article(SHUT, ("“We shut the quay at six,”", "Olav Strand"))
    after = article(other, ("“Nobody asked the crews,”", "Mara Quist"))
    assert sorted(kinds(before, after)) == ["quotation-added", "quotation-removed", "speaker-added", "speaker-removed"]


def test_words_given_to_somebody_else_are_told():
    before = article(SHUT, ("“We shut the quay at six,”", "Olav Strand"))
    after = article(SHUT.replace("Olav Strand", "Mara Quist"), ("“We shut the quay at six,”", "Mara Quist"))
    (change, *others) = differences(before, after).findings
    assert (change.kind, change.before, change.after) == ("credited-to-another", "Olav Strand", "Mara Quist")
    assert [each.kind for each in others] == ["speaker-added", "speaker-removed"]


def test_a_fuller_name_is_no_other_speaker():
    before = article("“We shut it,” Strand said.", ("“We shut it,”", "Strand"))
    after = article("“We shut it,” Strand said. “Olav Strand", ("“We shut it,”", "Olav Strand"))
    assert "credited-to-another" not in kinds(before, after)
    assert "speaker-added" not in kinds(before, after)


def test_a_figure_that_was_corrected_is_told_and_one_of_another_sentence_is_not():
    before = article("The storm hurt 13 people at the quay.", figures=[("13 people", "people", 13)])
    after = article("The storm hurt 14 people at the quay.", figures=[("14 people", "people", 14)])
    (change,) = differences(before, after).findings
    assert (change.kind, change.before, change.after) == ("figure-corrected", "13 people", "14 people")
    other = article("In May the ferry line sold 14 people a share.", figures=[("14 people", "people", 14)])
    assert kinds(before, other) == []


def test_a_source_that_was_removed_is_told():
    before = article(f"{SHUT} So the Courier says.", ("“We shut the quay at six,”", "Olav Strand"), via=["the Courier"])
    after = article(SHUT, ("“We shut the quay at six,”", "Olav Strand"))
    assert kinds(before, after) == ["source-removed"]
    assert kinds(after, before) == ["source-added"]


@pytest.mark.parametrize(
    ("field", "old", "new", "kind"),
    [
        ("title", "Quay shut", "Quay is shut", "title-changed"),
        ("byline", None, "Ida Moll", "byline-changed"),
        ("published", Published("2025-03-11", "caller"), Published("2025-03-12", "caller"), "date-changed"),
    ],
)
def test_title_byline_and_date(field, old, new, kind):
    assert kinds(article("It rained.", **{field: old}), article("It rained.", **{field: new})) == [kind]


def test_other_words_are_told_and_trifles_are_counted():
    before = article("It rained - all night. The quay was wet.\nNobody came.")
    after = article("It rained – all night.  The quay was dry.\nnobody came!")
    found = differences(before, after)
    assert [(each.before, each.after) for each in found.passages] == [("wet", "dry")]
    assert found.trivial == 3
    assert found.passages[0].new.of(after.text) == "dry"


def test_two_long_versions_are_compared_in_a_second():
    lines = [f"Line {n} of the harbour board's minutes says {n * 7} things about boats." for n in range(5_000)]
    before, after = article("\n".join(lines)), article("\n".join([*lines[:2_000], "One line is new.", *lines[2_001:]]))
    found = differences(before, after)
    assert len(found.passages) <= 3
    assert found.passages[0].new.start > 10_000
