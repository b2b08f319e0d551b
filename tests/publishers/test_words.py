"""What a person reads is in the words of a newsroom: none of the old dialect; rates as they were measured."""

import io
import re
from pathlib import Path

import pytest
from lxml import html
from rich.console import Console

from onrecord.benchmarks.made_story import made_check, made_story
from onrecord.publishers import check_terminal, labels, page, rates, terminal

ROOT = Path(__file__).parents[2]
BANNED = re.compile(
    r"(?<![/\w-])(tellings?|tellers?|told|witness(es)?|callings?|furniture|pieces?|holds?|held|grave|floors?|gold)(?![/\w])",
    re.IGNORECASE,
)
QUOTED = re.compile(r"```.*?```|`[^`\n]*`|\"[^\"]*\"|“[^”]*”", re.DOTALL)
FOR_USERS = [
    ROOT / "docs" / f"{name}.md"
    for name in (
        "check-a-draft", "compare-reports", "read-the-page", "newsroom-ci",
        "python", "research", "error-rates", "glossary",
    )
]  # fmt: skip


@pytest.mark.parametrize("path", FOR_USERS, ids=lambda path: path.stem)
def test_the_docs_for_users_are_in_plain_words(path):
    assert BANNED.findall(QUOTED.sub("", path.read_text(encoding="utf-8"))) == []


def test_the_catalogue_of_words_is_plain():
    known = [labels.signs(), labels.FIGURES, labels.KINDS, labels.FORMS, labels.SOURCED, labels.OCCASIONS, labels.WHY]
    words = str([*known, labels.REASONS, labels.NOTICES, labels.SEVERITIES, labels.STAGES, rates.in_words()])
    assert BANNED.findall(words) == []


def own_words(text):
    """What a page says itself: without documents, their words and their names."""
    tree = html.document_fromstring(text)
    for element in tree.xpath("//script | //style | //*[@class='text' or @class='w' or @dir='auto' or @class='both']"):
        element.drop_tree()
    return tree.text_content()


def test_page_check_and_terminal_say_it_in_plain_words():
    story, check = made_story(), made_check()
    stream = io.StringIO()
    console = Console(file=stream, width=100)
    terminal.show(story, console)
    terminal.show(story, console, everything=True)
    check_terminal.show(check, console)
    for shown in (own_words(page.render_story(story)), own_words(page.render_checks([check])), stream.getvalue()):
        assert BANNED.findall(QUOTED.sub("", shown)) == []


def test_every_word_of_the_page_is_in_the_glossary():
    glossary = (
        (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").casefold().replace("“", '"').replace("”", '"')
    )
    for label, _, _ in (*labels.VERDICTS.values(), *labels.FIGURES.values()):
        if label != "agree":
            assert label.casefold().replace("“", '"').replace("”", '"') in glossary, label


def test_the_rates_at_the_foot_of_the_page_are_those_of_the_readme():
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## What was measured")[1]
    rows = {cells[1].strip(): cells[4].strip() for line in table.splitlines() if len(cells := line.split("|")) > 5}
    names = {"figures joined": "figures joined; how they stand"}
    for rate in rates.RATES:
        measured = rows[names.get(rate.what, rate.what)]
        right = "60 %" if rate.right == 60 else f"{rate.right} %"
        assert measured.startswith(right), (rate.what, measured)
        assert rate.of is None or measured.endswith(f"of {rate.of}")
