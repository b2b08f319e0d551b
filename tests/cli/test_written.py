"""Commands say in short what came out and where it was written; the exit status stays what it is without files."""

import json

import pytest
from lxml import etree, html

from onrecord.cli import main

REPORT = '"The sluice stays shut until noon," harbour pilot Runa Eide said on Monday.\n'
SPOKEN = "RUNA EIDE: The sluice stays open until noon. That is all I know. Ask the mayor about the rest of it.\n"


@pytest.fixture
def files(tmp_path):
    report, spoken = tmp_path / "report.txt", tmp_path / "spoken.txt"
    report.write_text(REPORT, encoding="utf-8")
    spoken.write_text(SPOKEN, encoding="utf-8")
    return str(report), str(spoken)


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments)])
    return ended.value.code


def test_compare_says_what_it_wrote(files, tmp_path, capsys):
    report, spoken = files
    page, table = tmp_path / "story.html", tmp_path / "story.json"
    assert run("compare", report, "--transcript", spoken, "--page", page, "--json", table) == 0
    reported = capsys.readouterr()
    assert reported.out == ""
    assert reported.err.splitlines() == [
        "onrecord: 1 report · 1 transcript · 1 statement, 0 in more than one report",
        f"onrecord: Written: {page}, {table}.",
    ]
    counted = json.loads(table.read_text(encoding="utf-8"))["counts"]
    assert (counted["reports"], counted["transcripts"], counted["statements"]) == (1, 1, 1)


def test_a_quiet_run_says_nothing(files, tmp_path, capsys):
    report, spoken = files
    assert run("compare", report, "-q", "--json", tmp_path / "story.json") == 0
    assert run("check", report, "--against", spoken, "-q", "--json", tmp_path / "check.json") == 1
    assert capsys.readouterr().err == ""


def test_check_sums_up_and_exits_as_without_a_file(files, tmp_path, capsys):
    report, spoken = files
    page = tmp_path / "check.html"
    assert run("check", report, "--against", spoken) == 1
    last = capsys.readouterr().out.rstrip().splitlines()[-1]
    assert run("check", report, "--against", spoken, "--page", page) == 1
    reported = capsys.readouterr()
    assert reported.out == ""
    assert reported.err.splitlines() == [f"onrecord: {last}", f"onrecord: Written: {page}."]


def test_standard_output_holds_the_record_alone(files, capsysbinary):
    report, _ = files
    assert run("compare", report, "--json", "-") == 0
    reported = capsysbinary.readouterr()
    assert json.loads(reported.out)["counts"]["reports"] == 1
    assert reported.err == b""


def test_the_ending_of_an_output_says_what_it_is(files, tmp_path, capsys):
    report, spoken = files
    outs = [tmp_path / name for name in ("story.html", "story.json", "story.jsonld")]
    named = [word for out in outs for word in ("-o", out)]
    assert run("compare", report, "--against", spoken, *named, "--cards", tmp_path / "cards", "-q") == 0
    assert b"<!DOCTYPE html>" in outs[0].read_bytes()
    assert json.loads(outs[1].read_text(encoding="utf-8"))["counts"]["reports"] == 1
    assert "@context" in json.loads(outs[2].read_text(encoding="utf-8"))
    assert sorted(p.suffix for p in (tmp_path / "cards").iterdir()) == [".html", ".svg"]
    assert run("annotate", report, "-o", tmp_path / "one.jsonl") == 0
    assert run("compare", report, "-o", tmp_path / "story.doc") == 2
    assert "end it in .html" in capsys.readouterr().err
    assert run("compare", report, "-o", tmp_path / "a.html", "--page", tmp_path / "b.html") == 2
    assert "meant twice" in capsys.readouterr().err


def test_a_card_holds_both_wordings_and_nothing_that_runs(files, tmp_path):
    report, spoken = files
    run("compare", report, "--transcript", spoken, "-o", tmp_path / "story.html", "--cards", tmp_path / "cards", "-q")
    snippet, picture = sorted((tmp_path / "cards").iterdir())
    for file in (snippet, picture):
        text = file.read_text(encoding="utf-8")
        assert "The sluice stays shut until noon" in text
        assert "stays open until noon" in text
        assert "story.html#report:0-35" in text
        assert "<script" not in text
    assert html.fragment_fromstring(snippet.read_text(encoding="utf-8")).tag == "figure"
    assert etree.fromstring(picture.read_bytes()).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("command", ["check", "compare", "annotate"])
def test_every_help_has_examples_and_one_name_for_transcripts(command, capsys):
    assert run("help", command) == 0
    shown = capsys.readouterr().out
    assert "Examples:\n  # " in shown
    if command != "annotate":
        assert "--transcript, --against FILE" in shown


def test_a_misspelt_command_is_understood(capsys):
    assert run("comapre") == 2
    assert capsys.readouterr().err.strip() == "onrecord: No such command comapre: did you mean compare?"
