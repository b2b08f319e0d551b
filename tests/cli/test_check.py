"""``onrecord check`` from outside: what it prints, writes and exits with."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.cli.check import spread
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.checking.check import check_document
from onrecord.comparison.checking.house_style import HouseStyle
from onrecord.document import Block, Document, Span
from onrecord.publishers import check_formats, check_terminal, records
from onrecord.story import Check, CheckedQuotation
from onrecord.wording import Wording

TRANSCRIPT = """MAYOR HOLT: The tide gauges failed at four in the morning. We rang every house on the low road.

Q: Who checked the pumps?

MAYOR HOLT: Engineers from the canal company checked them in September.
"""
ARTICLE = """Gauges failed, mayor says

"The tide gauges failed at four in the morning," Mayor Greta Holt said on Monday.

"Engineers from the canal company {changed} them in September," Holt said.
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    article, transcript = tmp_path / "article.txt", tmp_path / "transcript.txt"
    article.write_text(ARTICLE.format(changed="repaired"), encoding="utf-8")
    transcript.write_text(TRANSCRIPT, encoding="utf-8")
    return article, transcript


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord", "check", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=110,
        check=False,
        env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
    )


def test_an_altered_quotation_is_an_error(files: tuple[Path, Path]) -> None:
    article, transcript = files
    done = run(article, "--against", transcript)
    assert done.returncode == 1, done.stderr
    assert "words changed" in done.stdout
    assert "altered-content" not in done.stdout
    assert "repaired" in done.stdout
    assert "checked" in done.stdout


def test_json_follows_the_contract_and_a_clean_article_exits_0(files: tuple[Path, Path], tmp_path: Path) -> None:
    article, transcript = files
    article.write_text(ARTICLE.format(changed="checked"), encoding="utf-8")
    done = run("--against", transcript, "--json", tmp_path / "out.json", article)
    assert done.returncode == 0, done.stderr
    record = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    text, said = record["document"]["text"], TRANSCRIPT
    assert [q["verdict"] for q in record["quotations"]] == ["verbatim", "verbatim"]
    for quotation in record["quotations"]:
        assert text[quotation["start"] : quotation["end"]] == quotation["exact"]
        for passage in quotation["passages"]:
            assert said[passage["start"] : passage["end"]] == passage["exact"]
            assert passage["speaker"] == "MAYOR HOLT"
        for edit in quotation["edits"]:
            assert len(edit["document"]) == len(edit["transcript"]) == 2


@pytest.mark.parametrize(
    "arguments", [["--style", "tabloid"], ["--against", "nowhere.txt"], ["--style", "nowhere.toml"]]
)
def test_what_cannot_be_done_exits_2_with_one_sentence(files: tuple[Path, Path], arguments: list[str]) -> None:
    article, transcript = files
    against = [] if "--against" in arguments else ["--against", transcript]
    done = run(article, *against, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("onrecord: ")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["A", "--against", "T", "U"], ["A", "--against", "T", "--transcript", "U"]),
        (["--against", "T", "A", "B"], ["--against", "T", "A", "B"]),
        (["A", "--against", "T", "--style", "strict", "-q"], ["A", "--against", "T", "--style", "strict", "-q"]),
        (["-", "--transcript", "T", "-"], ["-", "--transcript", "T", "--transcript", "-"]),
    ],
)
def test_against_takes_the_files_that_follow_it(given: list[str], meant: list[str]) -> None:
    assert spread(given) == meant


def test_the_terminal_points_at_the_difference_without_colour() -> None:
    article = ARTICLE.format(changed="repaired")
    start = article.index('"Engineers')
    end = article.index(" Holt said.\n")
    holt = Speaker("p1", "Greta Holt", "person")
    claim = Attribution("a1", (Span(start, end),), form="direct", speaker="p1")
    turn = TRANSCRIPT.index("Engineers")
    blocks = (Block("turn", turn, len(TRANSCRIPT), "MAYOR HOLT"),)
    index = TranscriptIndex([Annotations(Document("t", TRANSCRIPT, "transcript", blocks=blocks))])
    annotations = Annotations(Document("a", article), speakers=(holt,), attributions=(claim,))
    check = check_document(annotations, index, HouseStyle.named("strict"))
    console = Console(width=80, no_color=True, record=True, file=io.StringIO())
    check_terminal.show(check, console)
    shown = console.export_text()
    lines = shown.splitlines()
    below = next(i for i, line in enumerate(lines) if "~" in line)
    column = lines[below].index("~")
    assert lines[below - 2][column:].startswith("repaired")
    assert lines[below - 1][column:].startswith("checked")
    assert "MAYOR HOLT, line 5" in shown
    msgspec.json.decode(records.encode(records.check_record(check)))


@pytest.mark.parametrize("style", ["strict", "reuters", "guardian"])
def test_a_dropped_condition_is_an_error_under_every_style_and_stands_first(tmp_path: Path, style: str) -> None:
    article, transcript = tmp_path / "article.txt", tmp_path / "transcript.txt"
    said = "I will give up the harbour office if the inquiry finds that I hid the ledgers."
    transcript.write_text(f"MAYOR HOLT: {said}\n\nQ: When?\n\nMAYOR HOLT: It reports in May.\n", encoding="utf-8")
    article.write_text(
        "Mayor to go\n\n“I will give up the harbour office,” Mayor Greta Holt said on Monday.\n", "utf-8"
    )
    done = run(article, "--against", transcript, "--style", style)
    assert done.returncode == 1, done.stderr
    line = next(line for line in done.stdout.splitlines() if "error:" in line)
    assert line.index("drops its condition") < line.index("shortened")


def test_nothing_is_missing_from_a_transcript_that_the_caller_calls_partial(files: tuple[Path, Path]) -> None:
    article, transcript = files
    article.write_text(
        "Mayor on pumps\n\n“Nobody in this town will pay for new dykes,” Mayor Greta Holt said.\n", "utf-8"
    )
    assert "not in the transcript" in (missed := run(article, "--against", transcript)).stdout
    assert missed.returncode == 1
    done = run("--against", transcript, "--partial", article)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("The transcript is not whole") == 1
    assert "not checked: the transcript is not whole" in done.stdout


def test_the_help_lists_what_each_style_makes_of_each_verdict() -> None:
    shown = " ".join(run("--help").stdout.split()).replace("- ", "-")
    for name in ("strict", "reuters", "guardian"):
        part = shown.split(f"House style {name}:")[1].split("House style")[0]
        for level, names in HouseStyle.named(name).lists().items():
            assert f"{level} {', '.join(names)}" in part


def test_an_article_that_is_not_read_is_named_everywhere_and_never_passes(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    article, transcript = files
    article.write_text(ARTICLE.format(changed="checked"), encoding="utf-8")
    (tmp_path / "lost.txt").write_bytes(b"")
    written = ("--json", tmp_path / "out.json", "--page", tmp_path / "out.html")
    done = run("--against", transcript, *written, article, tmp_path / "lost.txt")
    assert done.returncode == 2
    assert "lost.txt is empty" in done.stderr
    first, second = (json.loads(line) for line in (tmp_path / "out.json").read_text(encoding="utf-8").splitlines())
    assert len(first["quotations"]) == 2
    assert second["failure"]["stage"] == "read"
    assert second["failure"]["document"].endswith("lost.txt")
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "Left out" in page
    assert "lost.txt is empty" in page
    shown = run("--against", transcript, article, tmp_path / "lost.txt")
    assert shown.returncode == 2
    assert "Left out" in shown.stdout
    assert "lost.txt is empty" in " ".join(shown.stdout.split())


def test_an_article_and_a_transcript_of_one_name_are_two_texts(files: tuple[Path, Path], tmp_path: Path) -> None:
    article, transcript = files
    for folder, path in (("articles", article), ("spoken", transcript)):
        (tmp_path / folder).mkdir()
        path.rename(tmp_path / folder / "story.txt")
    written = ("--json", tmp_path / "out.json", "--page", tmp_path / "out.html")
    done = run(tmp_path / "articles" / "story.txt", "--against", tmp_path / "spoken" / "story.txt", *written)
    assert done.returncode == 1, done.stderr
    record = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (record["document"]["id"], record["transcripts"]) == ("story", ["story-2"])
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "Gauges failed, mayor says" in page
    assert "We rang every house" in page


def test_errors_come_first_at_their_places_for_editors_github_and_sarif(tmp_path: Path) -> None:
    article, transcript = tmp_path / "article.txt", tmp_path / "transcript.txt"
    transcript.write_text(
        "MAYOR HOLT: We rang every house at nine. I will give up the office if I hid the ledgers.\n", "utf-8"
    )
    article.write_text(
        "Mayor to go\n\n“We rang every house at nine,” Mayor Greta Holt said.\n\n"
        "“I will give up the office,” Mayor Holt said.\n",
        "utf-8",
    )
    shown = run(article, "--transcript", transcript)
    assert shown.returncode == 1, shown.stderr
    first = next(line for line in shown.stdout.splitlines() if ": error: " in line)
    assert first == f"{article}:5:1: error: drops its condition, shortened (Greta Holt)"
    below = shown.stdout.split(first)[1].splitlines()[1:3]
    assert below == ["    A “I will give up the office,”", "    T “I will give up the office ⟨if I hid the ledgers.⟩”"]
    assert "fits the house style: 1 word for word" in shown.stdout
    told = run(article, "--transcript", transcript, "--format", "github").stdout
    assert told.startswith(f"::error file={article},line=5,endLine=5,col=1,endColumn=29,title=drops its condition::")
    assert told.count("\n") == 1
    done = run(article, "--transcript", transcript, "-o", tmp_path / "out.sarif", "-o", tmp_path / "out.html")
    assert done.stdout == ""
    log = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    (result,) = log["runs"][0]["results"]
    assert (log["version"], result["ruleId"], result["level"]) == ("2.1.0", "qualifier-lost", "error")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (5, 1, 29)
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "onrecord check article.txt --transcript transcript.txt -o out.sarif -o out.html" in page
    assert str(tmp_path) not in page


def test_words_of_an_article_cannot_forge_a_command_of_github() -> None:
    text = "“Go 100%\r\n::error::forged,” she said."
    quotation = CheckedQuotation(Span(0, 27), (Span(1, 26),), None, None, Wording("not-found"), "error")
    check = Check(Annotations(Document("a", text)), (), (quotation,), "strict")
    told = check_formats.github([check], {"a": "odd:na,me\n.txt"})
    assert told.count("\n") == 1
    assert told.startswith("::error file=odd%3Ana%2Cme%0A.txt,")
    assert "100%25" in told
