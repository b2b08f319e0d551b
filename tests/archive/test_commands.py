"""The archive's commands from outside: what they print, write and exit with."""

from __future__ import annotations

import json

import pytest

from onrecord.cli import main

FIRST = """Quay shut

By Ida Moll | Tuesday, 11 March 2025 08:30 AM

"The quay stays shut until Friday," harbour master Olav Strand said on Tuesday.

He added that 14 boats were damaged.
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_ARCHIVE", str(tmp_path / "news.db"))
    (tmp_path / "quay.txt").write_text(FIRST, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(capsys):
    """Give a function that runs a command: its exit status, what it printed and what it said."""

    def running(*arguments, group="archive"):
        with pytest.raises(SystemExit) as stopped:
            main([group, *map(str, arguments)])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return running


def test_a_day_in_the_life_of_an_archive(place, run):
    assert run("init", "news.db", "--dry-run") == (0, "news.db would be made.\n", "")
    assert not (place / "news.db").exists()
    assert run("init", "news.db")[1].startswith("news.db: made")
    assert run("init", "news.db")[1].startswith("news.db: ready")
    assert run("add", "quay.txt", "--dry-run")[:2] == (0, "Would be: added 1.\n")
    assert run("add", "quay.txt")[:2] == (0, "Archive: added 1.\n")
    assert run("add", "quay.txt")[:2] == (0, "Archive: unchanged 1.\n")

    code, out, _ = run("search", "shut", "--by", "strand", "--since", "2025-03")
    assert code == 0
    assert "2025-03-11 · Olav Strand" in out
    assert "The quay stays shut until Friday" in out
    assert "quay#char=" in out
    assert "1 shown of 1" in out

    (place / "quay.txt").write_text(FIRST.replace("Friday", "Sunday").replace("14 boats", "15 boats"), encoding="utf-8")
    assert run("add", "quay.txt", "--dry-run")[1] == "Would be: new version 1.\n"
    assert run("add", "quay.txt")[1] == "Archive: new version 1.\n"
    out = run("show", "quay", "--versions")[1]
    assert "quotation changed (Olav Strand)" in out
    assert "14 boats → 15 boats" in out.replace("\n", " ")
    assert "Friday" in run("show", "quay", "--version", "1")[1]
    assert run("show", "quay", "--version", "3")[0] == 2
    assert run("check")[:2] == (0, "The archive is whole.\n")
    assert run("reread", "--dry-run")[1] == "0 documents would be annotated anew.\n"
    assert run("prune", "--dry-run")[0] == 0

    assert run("export", "out")[1].startswith("Written: 2 versions")
    assert run("erase", "quay")[0] == 2, "a reason is asked for"
    assert run("erase", "quay", "--dry-run")[1] == "quay\n"
    code, out, err = run("erase", "quay", "--because", "a court said so", "--beside", "out")
    assert (code, out) == (1, "Erased: 1 document.\n")
    assert "versions.jsonl still holds" in err
    assert run("search", "shut")[1].endswith("0 shown of 0\n")
    code, out, err = run("add", "quay.txt")
    assert (code, out) == (2, "Archive: refused 1.\n")
    assert "was erased" in err
    assert run("check")[0] == 0


def test_people_are_listed_decided_on_and_undone(place, run):
    run("init", "news.db")
    (place / "other.txt").write_text(FIRST.replace("Olav Strand", "Olav B. Strand"), encoding="utf-8")
    run("add", "quay.txt", "other.txt")
    out = run("people", "list", "strand")[1]
    numbers = {row.split("  ")[-1].split(" (")[0]: row.split()[0] for row in out.splitlines()}
    one, other = numbers["Olav Strand"], numbers["Olav B. Strand"]
    assert "middle name" in run("people", "propose", "strand")[1]
    assert run("people", "merge", other, one, "--dry-run")[1].startswith("Would be: 1, merge")
    assert run("people", "decisions")[1] == "Nothing was decided.\n"
    assert run("people", "merge", other, one, "--who", "desk")[1] == f"Decided: 1, merge: {other} is {one}\n"
    out = run("people", "show", one)[1]
    assert "also quoted as Olav B. Strand" in out
    assert "harbour master" in out
    assert "shown of" in out
    assert json.loads(run("people", "show", one, "--json", "-")[1])["speaker"]["attributions"] >= 2
    assert run("people", "split", one, "other", "--name", "Bo Strand")[0] == 0
    assert run("people", "rename", one, "Olav S.")[0] == 0
    assert "(undone)" not in run("people", "decisions")[1]
    assert run("people", "undo", "1")[1].startswith("Undone: 1, merge")
    assert "(undone)" in run("people", "decisions")[1]
    assert run("people", "undo", "1")[0] == 2
    assert run("check")[0] == 0


def test_json_of_every_command_is_one_document_or_lines(place, run):
    def record(*arguments):
        code, out, _ = run(*arguments, "--json", "-")
        assert code == 0
        return json.loads(out)

    assert record("init", "news.db")["was"] is None
    assert record("add", "quay.txt")["what"] == "added"
    page = record("search", "shut")
    assert (page["total"], page["exact"], page["after"]) == (1, True, None)
    assert page["hits"][0]["link"].startswith("quay#char=")
    shown = record("show", "1")
    assert shown["version"] == 1
    assert shown["annotations"]["document"]["id"] == "quay"
    assert record("show", "quay", "--versions")[0]["changes"] is None
    assert record("check") == {"faults": []}
    assert record("reread", "--dry-run") == {"documents": 0}
    assert record("prune") == {"annotation_runs": 0, "names": 0}
    assert record("export", "out")["versions"] == 1
    lines = (place / "out" / "versions.jsonl").read_bytes()
    assert json.loads(lines)["record"]["attributions"]
    assert record("erase", "--speaker", page["hits"][0]["speaker_id"], "--dry-run") == {"documents": ["quay"]}


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "shut"),
        ("search", "shut", "--archive", "missing.db"),
        ("add", "missing.txt", "--archive", "news.db"),
        ("init", "no/such/folder/news.db"),
        ("init", "mysql://localhost/news"),
        ("check", "--archive", "quay.txt"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(run, arguments):
    if arguments[-1] == "news.db":
        run("init", "news.db")
    code, _, err = run(*arguments)
    assert code == 2
    assert err.startswith("onrecord: ")
    assert "Traceback" not in err


@pytest.mark.usefixtures("place")
def test_what_the_shell_took_out_of_quotation_marks_was_a_phrase(run):
    run("init", "news.db")
    run("add", "quay.txt")
    assert "1 shown" in run("search", "stays shut")[1]
    assert "0 shown" in run("search", "shut stays")[1]
    assert "1 shown" in run("search", "shut", "stays")[1]
    assert "0 shown" in run("search", "--", "shut", "-friday")[1]
    assert run("search", "--", "-friday")[0] == 2


def test_stories_are_opened_compared_and_shown(place, run):
    run("init", "news.db")
    (place / "other.txt").write_text(FIRST.replace("Friday", "Sunday"), encoding="utf-8")
    run("add", "quay.txt", "other.txt")
    assert run("stories", "compare")[1] == "Compared: nothing.\n"
    assert run("stories", "open", "quay", "--title", "The quay")[1].startswith("Story 1 is open")
    assert run("stories", "join", "1", "other")[0] == 0
    assert run("stories", "compare", "--dry-run")[1] == "Would be compared: story 1 revision 1.\n"
    assert run("stories", "compare")[1] == "Compared: story 1 revision 1.\n"
    assert "revision 1" in run("stories", "list")[1]
    assert run("stories", "list", "--due")[1] == "No story.\n"
    assert "Olav Strand" in run("stories", "show", "1")[1]
    assert json.loads(run("stories", "show", "1", "--json", "-")[1])["documents"]
    assert run("stories", "show", "1", "--page", "story.html")[0] == 0
    assert "Sunday" in (place / "story.html").read_text(encoding="utf-8")
    assert run("search", "shut", "--verdict", "reports-differ")[0] == 0
    assert run("stories", "leave", "other")[0] == 0
    assert "to be compared again" in run("stories", "list")[1]
    assert run("stories", "show", "2")[0] == 2


def test_a_watch_is_added_run_listed_and_removed(place, run, monkeypatch):
    def watch(*arguments):
        monkeypatch.setattr("onrecord.cli.watch.SERVER", "NO_SUCH_SERVER")
        return run(*arguments, group="watch")

    run("init", "news.db")
    assert watch("add", "quay", "shut", "--by", "strand", "--to", "file:finds.jsonl")[0] == 0
    assert watch("add", "quay", "shut", "--to", "file:finds.jsonl")[0] == 2
    assert watch("add", "all", "--to", "file:x")[0] == 2
    assert "secret" in watch("add", "hook", "shut", "--to", "https://desk.example/hook")[1]
    watch("remove", "hook")
    run("add", "quay.txt")
    assert watch("run", "--dry-run")[1] == "Would be asked: 1 watch.\n"
    assert watch("run")[1] == "quay: 1 found, 1 delivered\n"
    assert watch("run")[1] == "quay: 0 found, 0 delivered\n"
    assert json.loads((place / "finds.jsonl").read_text(encoding="utf-8"))["hit"]["speaker"] == "Olav Strand"
    assert watch("list")[1] == "quay: shut → file:finds.jsonl (0 waiting)\n"
    assert watch("remove", "quay")[0] == 0
    assert watch("list")[1] == "No watch.\n"
