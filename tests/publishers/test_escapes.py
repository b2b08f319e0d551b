"""What comes from a document reaches the terminal dead: neither its markup nor its control characters are obeyed."""

import io
import typing
from functools import partial

import msgspec
import pytest
from rich.console import Console

from onrecord.annotation import Annotations, Attribution, Figure, Link, Speaker
from onrecord.cli import main
from onrecord.document import Document, Published, Span
from onrecord.publishers import check_terminal, escapes, terminal
from onrecord.story import FigureGroup, FigureMember, Origins, Statement, Story, StorySpeaker, Terminal, Variant

HOSTILE = "\x1b\x9b\x07\x08\x00\x7f\x85\r\u202e\u2066\u200f\u061c\u2028\u2029\ud800\U000e0041"
OBEYED = set(HOSTILE) | {chr(c) for c in (*range(10), *range(11, 32), *range(127, 160))}
MARKUP = "[/b][bold red]forged[link=https://evil.example]here[/link] :warning: [/x]"


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("\x1b[2Jgone", "<U+001B>[2Jgone"),
        ("\x9b2Jgone", "<U+009B>2Jgone"),
        ("\x1b]8;;https://evil.example\x07here\x1b]8;;\x07", "<U+001B>]8;;https://evil.example<U+0007>here<U+001B>]8;;<U+0007>"),
        ("said \u202etxt.exe", "said <U+202E>txt.exe"),
        ("half \udc80 a pair", "half <U+DC80> a pair"),
        ("tag \U000e0041", "tag <U+E0041>"),
        ("error: none\rok", "error: none ok"),
        ("one\r\n  two\x85three\u2028four\u00a0five", "one two three four five"),
        ("naïve café, 東京, שלום, 👩\u200d🚒", "naïve café, 東京, שלום, 👩\u200d🚒"),
        (MARKUP, MARKUP),
    ],
)  # fmt: skip
def test_what_a_terminal_would_obey_is_written_as_what_it_is(words, seen):
    assert escapes.line(words) == seen


def test_line_ends_are_visible_where_one_line_is_promised():
    assert escapes.visible("a\nonrecord: all is well") == "a<U+000A>onrecord: all is well"


def poisoned(value, kind, poison):
    """Put hostile characters into every free string of a record; strings of closed lists stay, lengths too."""
    if isinstance(value, msgspec.Struct):
        hints = typing.get_type_hints(type(value))
        changed = {
            f: poisoned(getattr(value, f), hints[f], poison)
            for f in value.__struct_fields__
            if "Literal" not in str(hints[f])
        }
        return msgspec.structs.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(poisoned(each, kind, poison) for each in value)
    return poison(value) if isinstance(value, str) else value


def with_controls(words):
    """Put a hostile character in the place of every fifth, the same for the same words."""
    return "".join(HOSTILE[n // 5 % len(HOSTILE)] if n % 5 == 3 else c for n, c in enumerate(words))


def with_markup(words):
    """Put console markup in the place of the first characters, where there is room for it."""
    return MARKUP + words[len(MARKUP) :] if len(words) > len(MARKUP) else f"[/{words}]"[: len(words)]


def rendered(show, record, width=100, **options):
    stream = io.StringIO()
    show(record, Console(file=stream, width=width, **options))
    return stream.getvalue()


@pytest.mark.parametrize("width", [20, 80, 160])
def test_no_string_of_a_story_is_obeyed(made, width):
    story = poisoned(made.made_story(), Story, with_controls)
    for show in (terminal.show, partial(terminal.show, everything=True)):
        view = rendered(show, story, width)
        assert not OBEYED.intersection(view)
        assert "<U+" in view


@pytest.mark.parametrize("poison", [with_controls, with_markup])
def test_no_string_of_a_document_by_itself_is_obeyed(made, poison):
    for each in made.made_story().documents:
        view = rendered(terminal.show_annotations, poisoned(each, Annotations, poison))
        assert not OBEYED.intersection(view)


@pytest.mark.parametrize("poison", [with_controls, with_markup])
def test_no_string_of_a_check_is_obeyed(made, poison):
    check = poisoned(made.made_check(), None, poison)
    view = rendered(check_terminal.show, check)
    assert not OBEYED.intersection(view)


def marked_story():
    text = f"“{MARKUP},” {MARKUP} said. {MARKUP} 12 crates."
    end = text.index("”") + 1
    attribution = Attribution(
        "a1", (Span(0, end),), form="direct", speaker="p1", via=(Link(MARKUP, "outlet-pickup", 1, 9),)
    )
    start = text.rindex(MARKUP)
    one, two = (
        Annotations(
            Document(name, text, title=MARKUP, outlet=MARKUP, published=Published("2031-05-05", "metadata")),
            speakers=(Speaker("p1", MARKUP, "person"),),
            attributions=(attribution,),
            figures=(Figure("f1", start, len(text) - 1, 12, 12, of=MARKUP),),
        )
        for name in ("[/one]", "[/two]")
    )
    members = (FigureMember("[/one]", "f1"), FigureMember("[/two]", "f1"))
    variants = (Variant("[/one]", "a1"), Variant("[/two]", "a1"))
    origins = Origins(1, 2, (Terminal(MARKUP, "statement", ("[/one]",)),))
    return Story(
        (one, two),
        speakers=(StorySpeaker("p1", MARKUP, "person", (("[/one]", "p1"),)),),
        statements=(Statement("s1", "p1", variants, origins),),
        figure_groups=(FigureGroup("g1", MARKUP, members, "conflict", "bounds", sides=(members,)),),
    )


def test_markup_in_titles_outlets_figures_and_names_is_printed_as_it_is():
    story = marked_story()
    view = rendered(partial(terminal.show, everything=True), story, 2000, force_terminal=True, color_system="truecolor")
    assert "]8;" not in view
    assert "⚠" not in view
    assert view.count(MARKUP) >= 8
    alone = rendered(terminal.show_annotations, story.documents[0], 2000, force_terminal=True)
    assert alone.count(MARKUP) >= 4


def test_an_error_sentence_cannot_forge_a_second_one(capsys):
    with pytest.raises(SystemExit):
        main(["compare", "no\nonrecord: all is well\x1b[2J\u202e.txt"])
    reported = capsys.readouterr().err
    assert "\x1b" not in reported
    assert "\u202e" not in reported
    assert not any(one.startswith("onrecord: all is well") for one in reported.splitlines())


def test_a_failed_document_is_named_without_being_obeyed(tmp_path, capsys):
    good = tmp_path / "good.txt"
    good.write_text("Nobody said a thing.", encoding="utf-8")
    bad = tmp_path / "empty\x1b]0;owned\x07\n.txt"
    bad.write_text("", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["annotate", str(good), str(bad)])
    reported = capsys.readouterr().err
    assert "<U+001B>]0;owned<U+0007><U+000A>" in reported
    assert not OBEYED.intersection(reported)


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [
        "ansi.json",
        "ansi.txt",
        "ansi_id.json",
        "markup_title_crash.json",
        "markup_title_inject.json",
        "markup_text_crash.txt",
        "markup_text_crash2.txt",
    ],
)
def test_documents_made_to_attack_a_terminal(shared, name, capsys):
    file = shared / "trials" / "robust_cases" / name
    with pytest.raises(SystemExit) as ended:
        main(["compare", str(file), str(file)])
    reported = capsys.readouterr()
    assert ended.value.code in {None, 0}
    assert not OBEYED.intersection(reported.out + reported.err)
