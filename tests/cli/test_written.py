"""Commands say in short what came out and where it was written; the exit status stays what it is without files."""

import json

import pytest

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
