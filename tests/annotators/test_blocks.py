"""Headlines, bylines, datelines, captions, credits and links to read more are told from the prose."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotators.layout.blocks import find_blocks
from onrecord.annotators.layout.bylines import byline, day_in
from onrecord.document import Block, Document, Published, Span
from onrecord.text.lines import paragraphs

SHARED = Path(__file__).parents[2] / "../shared"
PROSE = "The harbour master said that the old pier had been closed since the storm, and that nobody was hurt."


def found(text, **known):
    document = find_blocks(Document("d", text, **known))
    return document, [(block.kind, text[block.start : block.end]) for block in document.blocks]


def kind_of(line, *, where=1, title="Old pier falls at Osterhavn"):
    """Say what a line is that stands among paragraphs."""
    lines = [title, PROSE, PROSE + " Then it rained.", PROSE + " It was Monday.", PROSE + " A ship came."]
    lines[where + 1 : where + 1] = [line]
    document = find_blocks(Document("d", "\n\n".join(lines), title=title))
    return next(block.kind for block in document.blocks if document.text[block.start : block.end] == line)


def test_a_repeated_headline_glued_to_its_caption_is_parted():
    text = (
        "Mayor: Pier ‘Was Safe’\n\nMayor: Pier 'Was Safe' The mayor speaks to the press. Mayor Ida Lund speaks "
        "in Osterhavn on "
        f"May 2. (Tom Oake/Gull Images)\n\nBy Ada Brandt | Friday, 03 May 2024 08:28 AM\n\n{PROSE}"
    )
    document, blocks = found(text)
    assert [kind for kind, _ in blocks] == ["headline", "repeated-headline", "caption", "credit", "byline", "paragraph"]
    assert blocks[1][1] == "Mayor: Pier 'Was Safe'"
    assert blocks[3][1] == "(Tom Oake/Gull Images)"
    assert (document.title, document.byline) == ("Mayor: Pier ‘Was Safe’", "Ada Brandt")
    assert document.published == Published("2024-05-03", "byline")


@pytest.mark.parametrize(
    ("line", "names", "day"),
    [
        ("By Ada Brandt", "Ada Brandt", None),
        ("BY ADA BRANDT AND TOM OAKE", "ADA BRANDT AND TOM OAKE", None),
        ("By Ada Brandt, Associated Press", "Ada Brandt, Associated Press", None),
        ("By Ada Brandt in Osterhavn and Tom Oake", "Ada Brandt in Osterhavn and Tom Oake", None),
        ("By Ada Brandt | Friday, 03 May 2024 08:28 AM", "Ada Brandt", "2024-05-03"),
        ("By the Gull Newsroom", "the Gull Newsroom", None),
        ("Published 3 May 2024 at 10:15 BST", None, "2024-05-03"),
        ("Updated: May 3, 2024 10:15 a.m. ET", None, "2024-05-03"),
        ("Xinhua | Updated: 2024-05-03 17:52", "Xinhua", "2024-05-03"),
        ("3 May 2024", None, "2024-05-03"),
        ("The Osterhavn Courier, Tuesday 4 May 2024", None, "2024-05-04"),
        ("BBC News, 3 May 2024", None, "2024-05-03"),
    ],
)
def test_bylines_give_names_and_days(line, names, day):
    assert byline(line) == (names, day)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the pier had gone.",
        "By the time Oake arrived, it was over.",
        "By May, Lund had left.",
        "On 3 May 2024 the pier fell into the sea.",
        "Oake was born on 3 May 1984.",
        "",
    ],
)
def test_prose_is_no_byline(line):
    assert byline(line) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("on 3rd of May 2024", "2024-05-03"),
        ("Sept. 2, 2021", "2021-09-02"),
        ("25/12/2020", "2020-12-25"),
        ("02/09/2021", None),
        ("31 February 2021", None),
        ("3 May", None),
        ("2021.09.02", "2021-09-02"),
    ],
)
def test_a_day_is_read_only_where_it_is_named_in_full(line, day):
    assert day_in(line) == day


@pytest.mark.parametrize(
    "line",
    [
        "OSTERHAVN (AP) —",
        "OSTERHAVN, Norrland —",
        "LONDON, Sept 2 (Reuters) -",
        "(CNN)",
        "Osterhavn (AFP) –",
        "BEIJING --",
        "ST. ALMA, Norr., May 2, 2024 (UPI) —",
        "TOKYO/SEOUL (Reuters) -",
        "OSTERHAVN, 2 May —",
    ],
)
def test_a_dateline_stands_inside_its_paragraph(line):
    text = f"Old pier falls\n\n{line} {PROSE}"
    document, blocks = found(text)
    assert [kind for kind, _ in blocks] == ["headline", "paragraph", "dateline"]
    assert blocks[2][1] == line
    assert document.published == (Published("2024-05-02", "dateline") if "2024" in line else None)


@pytest.mark.parametrize(
    "opening", ["PARTYGOERS in Osterhavn", "MAYOR Lund", "A — b", "He said — and", "“OSTERHAVN — that”"]
)
def test_capitals_alone_make_no_dateline(opening):
    _, blocks = found(f"Old pier falls\n\n{opening} {PROSE}")
    assert [kind for kind, _ in blocks] == ["headline", "paragraph"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("The pier on Thursday. (Ida Lund/Gull Images)", "caption"),
        ("FILE - In this May 2, 2023 file photo, walkers stand on the old pier. (AP Photo/Ida Lund, File)", "caption"),
        ("This photo released by the coast guard shows the pier.", "caption"),
        ("EPA Preparations are under way at the old pier", "caption"),
        ("Walkers stand on the pier, May 2, 2024. REUTERS/Ida Lund", "caption"),
        ("Photo", "caption"),
        ("(Ida Lund/Getty Images)", "credit"),
        ("Photo: Ida Lund", "credit"),
        ("Ida Lund/AP", "credit"),
        ("© 2024 The Gull. All rights reserved.", "credit"),
        ("Read more: The storm that nobody saw coming", "read-more"),
        ("RELATED: Gulls take over the market", "read-more"),
        ("Click here to see the pictures", "read-more"),
        ("Sign up for our newsletter", "read-more"),
        ("Follow Ada Brandt on Twitter @adabrandt.", "read-more"),
        ("Advertisement", "read-more"),
        ("https://gull.example/pier #pier @gull", "read-more"),
        ("[Graphic: how the pier fell]", "read-more"),
        ("I was there when it went. — Tom Oake (@tomoake) May 2, 2024", "block-quotation"),
        ("No inspection for years", "subheading"),
        ("7:30 p.m.", "subheading"),
    ],
)
def test_lines_that_are_no_prose(line, kind):
    assert kind_of(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Read more books, Lund told the children.",
        "Related to this is the question of money.",
        "Reuters reported on Thursday that the pier had fallen.",
        "The mayor (she was elected in 2020) said nothing.",
        "“Watch the water,” Oake said.",
        "The party (Labour/Greens coalition) met.",
        "Follow the money, he said.",
        "Photographs were taken by everyone.",
        "“No”",
        "He left at 7:30 p.m.",
        "Oake said nobody saw it coming, not even he",
        "Nobody answered.",
    ],
)
def test_prose_stays_prose(line):
    assert kind_of(line) == "paragraph"


def test_those_who_reported_are_named_below():
    line = "(Reporting by Ada Brandt; Editing by Tom Oake)"
    assert kind_of(line, where=4) == "byline"
    assert kind_of("Tom Oake in Alma contributed to this report.", where=4) == "byline"


def test_links_below_a_call_to_read_more_belong_to_it():
    lines = [
        "Old pier falls",
        PROSE,
        PROSE + " A ship came.",
        "Read more:",
        "The storm that nobody saw coming",
        "Gulls take over",
    ]
    _, blocks = found("\n".join(lines))
    assert [kind for kind, _ in blocks] == ["headline", "paragraph", "paragraph", "read-more", "read-more", "read-more"]


def test_a_headline_is_known_by_the_title_or_by_its_looks():
    assert found(f"Old pier falls\n{PROSE}")[1][0] == ("headline", "Old pier falls")
    assert found(f"Pier falls; nobody hurt.\n{PROSE}", title="Pier falls; nobody hurt")[1][0][0] == "headline"
    assert found(f"{PROSE}\n{PROSE}")[1][0][0] == "paragraph"
    assert found(f"{PROSE}\n{PROSE}", title="Old pier falls")[1][0][0] == "paragraph"
    assert found(f"Nobody was hurt.\n{PROSE}")[1][0][0] == "paragraph"
    assert found("Old pier falls")[1] == [("paragraph", "Old pier falls")]


def test_prose_that_opens_with_the_headline_stays_whole():
    text = f"Old pier falls into sea\n\nOld pier falls into sea on Thursday, they said. {PROSE}"
    assert [kind for kind, _ in found(text)[1]] == ["headline", "paragraph"]


def test_wrapped_lines_are_joined_and_single_lines_are_not():
    wrapped = (
        "The harbour master said that the old\npier had been closed since the storm,\n"
        "and that nobody who had worked on it\nwas hurt. Nobody else was seen there\nat the time.\n\n"
        "A ship came on the next morning, and\nit went.\n"
    )
    assert [wrapped[span.start : span.end].count("\n") for span in paragraphs(wrapped)] == [4, 1]
    lines = f"{PROSE}\nIt rained.\n{PROSE}\nIt stopped."
    assert len(paragraphs(lines)) == 4
    assert paragraphs("a\r\n\r\nb\u2028c") == [Span(0, 1), Span(5, 6), Span(7, 8)]


def test_a_day_in_the_address_is_the_last_resort():
    document, _ = found(PROSE, url="https://gull.example/news/2024/05/02/pier")
    assert document.published == Published("2024-05-02", "address")
    document, _ = found(
        f"Old pier falls\n\nPublished 3 May 2024\n\n{PROSE}", url="https://gull.example/2024/05/02/pier"
    )
    assert document.published == Published("2024-05-03", "byline")
    assert found(PROSE, url="http://[broken")[0].published is None


def test_what_is_known_is_kept():
    known = {"title": "Pier", "byline": "Gull staff", "published": Published("2024-05-04", "caller")}
    document, _ = found(f"Old pier falls\n\nBy Ada Brandt | 3 May 2024\n\n{PROSE}", **known)
    assert {name: getattr(document, name) for name in known} == known


def test_blocks_of_the_reader_are_kept_and_refined():
    text = f"Old pier falls\n\nA caption. (Ida Lund/AP)\n\nOSTERHAVN (AP) — {PROSE}"
    given_blocks = (Block("headline", 0, 14), Block("caption", 16, 40), Block("paragraph", 42, len(text)))
    _, blocks = found(text, blocks=given_blocks)
    assert [kind for kind, _ in blocks] == ["headline", "caption", "credit", "paragraph", "dateline"]


def test_a_transcript_keeps_its_turns_and_tells_its_day():
    text = "PRESS BRIEFING\nThursday, May 2, 2024, 11:00 a.m.\n\nSTAFF: Welcome."
    blocks = (
        Block("paragraph", 0, 14),
        Block("paragraph", 15, 48),
        Block("turn-label", 50, 56),
        Block("turn", 57, 65, "STAFF"),
    )
    document = find_blocks(Document("t", text, kind="transcript", blocks=blocks))
    assert [block.kind for block in document.blocks] == ["headline", "byline", "turn-label", "turn"]
    assert (document.title, document.published) == ("PRESS BRIEFING", Published("2024-05-02", "byline"))


def outside(blocks):
    """Give the blocks that stand in no other."""
    end, outer = 0, []
    for block in blocks:
        if block.start >= end:
            outer.append(block)
        else:
            assert block.kind in {"dateline", "credit", "byline"}
            assert block.end <= end
        end = max(end, block.end)
    return outer


LINES = st.sampled_from(
    [
        "Old Pier Falls",
        "By Ada Brandt",
        "By Ada | 3 May 2024",
        "(Ida Lund/AP)",
        "Read more:",
        "OSTERHAVN (AP) — Rain.",
        PROSE,
        "“",
        "…",
        "___",
        "FILE - In this photo",
        "Old Pier Falls Photo of it. (AP)",
        "> quoted",
        "\u202eשלום",
        "a" * 300,
        "7 p.m.",
        "\x00\x1b",
    ]
)


def test_what_holds_no_word_stands_behind_no_headline():
    text = "0A0¹\x08\nThe harbour master said that the old pier had been closed since the storm, and nobody was hurt."
    document = find_blocks(Document("d", text))
    assert [block.kind for block in document.blocks] == ["headline", "paragraph"]
    assert find_blocks(document).blocks == document.blocks


@settings(deadline=None)  # other work runs on the machine that tests
@given(
    st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=12),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
    st.sampled_from([None, "Old Pier Falls", "", "…"]),
    st.sampled_from(["report", "transcript"]),
)
def test_blocks_stand_in_order_inside_any_text(lines, gap, title, kind):
    text = gap.join(lines)
    document = find_blocks(Document("d", text, title=title, kind=kind))
    assert all(0 <= block.start < block.end <= len(text) for block in document.blocks)
    assert list(document.blocks) == sorted(document.blocks, key=lambda block: (block.start, -block.end))
    outer = outside(document.blocks)
    covered = {place for block in outer for place in range(block.start, block.end)}
    words = {place for place, character in enumerate(text) if character.isalnum()}
    assert words <= covered
    assert outside(find_blocks(document).blocks) == outer


@pytest.mark.shared
def test_the_seed_with_a_glued_headline_is_read_as_an_editor_would():
    path = SHARED / "seeds" / "000_f5c745de91137ba7.txt"
    if not path.exists():
        pytest.skip("the shared seeds are absent")
    document = find_blocks(Document("s", path.read_text(encoding="utf-8")))
    kinds = [block.kind for block in document.blocks]
    assert kinds[:6] == ["headline", "repeated-headline", "caption", "credit", "byline", "paragraph"]
    assert set(kinds[5:]) == {"paragraph"}
    assert document.published == Published("2021-09-02", "byline")


@pytest.mark.shared
def test_headlines_of_real_reports_are_recognised():
    path = SHARED / "polnear" / "dev.jsonl"
    if not path.exists():
        pytest.skip("the shared articles are absent")
    reported = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        document = Document(article["id"], article["text"], title=article["title"])
        first = article["text"].strip().split("\n")[0].strip()
        blocks = find_blocks(document).blocks
        reported["headline"] += blocks[0].kind == "headline" and blocks[0].span.of(document.text).strip(
            ". "
        ) == first.strip(". ")
        text = first.rstrip(".") + article["text"].strip()[len(first) :]  # that corpus closes its headlines with a stop
        reported["unaided"] += (
            find_blocks(msgspec.structs.replace(document, title=None, text=text)).blocks[0].kind == "headline"
        )
        reported["documents"] += 1
    assert reported["headline"] >= reported["documents"] * 0.98
    assert reported["unaided"] >= reported["documents"] * 0.95
