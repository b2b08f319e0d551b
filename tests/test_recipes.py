"""Each recipe of CONTRIBUTING.md, followed in a copy of the package: what it promises comes true, and not before."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord

SOURCE = Path(onrecord.__file__).parent
ACT = """
from onrecord.annotation import Attribution
from onrecord.annotators.attribution import acts
from onrecord.text.analysed import Analysed
from onrecord.document import Document, Span
text = "The clerk semaphored that the gate would close."
said = Attribution("a1", (Span(21, len(text) - 1),), cue=Span(10, 20), source=Span(0, 9))
print(acts.decide(Analysed(Document("a", text)), (said,))[0].act)
"""
NAME = """
from onrecord.annotation import Attribution
from onrecord.text.analysed import Analysed
from onrecord.annotators.speakers import naming
from onrecord.document import Document, Span
document = Document("a", "Portreeve Ida Vance said the gate would close.")
said = Attribution("a1", (Span(25, 45),), cue=Span(20, 24), source=Span(0, 19))
print(naming.resolve(Analysed(document), (said,))[0][0].name)
"""
CHAIN = """
from onrecord import pipeline
from onrecord.document import Document
document = Document("a", "CORVAN (MSI) — The gate closes.\\n\\nIt is old.")
print([link.outlet or link.name for link in pipeline.trace_credits(document).provenance])
"""
READ = """
import onrecord
try:
    print(onrecord.read(FILE)[0].text)
except onrecord.ReadError as error:
    print(type(error).__name__)
"""
LISTS = """
from onrecord.lexicon import load
print(sorted(load.word_list("saying.utterance"))[:2])
"""
FINDING = """
import json
from onrecord.annotation import Annotations
from onrecord.document import Document
from onrecord.publishers import records
from onrecord.story import Story
given = {"longest": "b"} if hasattr(Story, "longest") else {}
story = Story((Annotations(Document("a", "One.")), Annotations(Document("b", "Rather more."))), **given)
print(json.loads(records.encode(records.story_record(story))).get("longest"))
"""


@pytest.fixture
def overlay(tmp_path):
    """A copy of the package that a recipe may change."""
    copy = tmp_path / "onrecord"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("weights", "__pycache__"))
    (copy / "weights").symlink_to(SOURCE / "weights")
    return copy


def run(overlay: Path, code: str) -> str:
    environment = {"PYTHONPATH": str(overlay.parent)}
    done = subprocess.run([sys.executable, "-c", code], check=False, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) >= 1, f"{path.name} has no {before!r}: CONTRIBUTING.md describes another house"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def add_word(overlay: Path, topic: str, name: str, word: str) -> None:
    change_in = re.compile(rf'(\n\[{name}\]\n(?:about = .*\n)?words = """\n)')
    path = overlay / "lexicon" / "en" / f"{topic}.toml"
    text, times = change_in.subn(rf"\g<1>{word}, ", path.read_text(encoding="utf-8"))
    assert times == 1
    path.write_text(text, encoding="utf-8")


def test_a_verb(overlay):
    assert run(overlay, ACT) == "attitude"
    add_word(overlay, "saying", "utterance", "semaphore")
    assert run(overlay, ACT) == "utterance"


def test_a_title(overlay):
    assert run(overlay, NAME) == "Portreeve Ida Vance"
    add_word(overlay, "persons", "titles", "portreeve")
    assert run(overlay, NAME) == "Ida Vance"


def test_an_outlet(overlay):
    assert run(overlay, CHAIN) == "['MSI']"
    row = (
        '  {name = "Marsh Service International", aliases = ["MSI"], kind = "agency", country = "GB", source = "home"},'
    )
    change(overlay / "lexicon" / "outlets.toml", "outlets = [\n", f"outlets = [\n{row}\n")
    assert run(overlay, CHAIN) == "['Marsh Service International']"


def test_a_reader(overlay, tmp_path):
    file = tmp_path / "minutes.adoc"
    file.write_text(
        "= The gate\n\nThe warden said that the gate would close at nine in the evening.\n", encoding="utf-8"
    )
    code = f"FILE = {str(file)!r}\n{READ}"
    assert run(overlay, code).startswith("= The gate")
    forms = overlay / "readers" / "forms.py"
    change(forms, '    ".md": "markdown",\n', '    ".md": "markdown",\n    ".adoc": "asciidoc",\n')
    change(forms, '"markdown"]', '"markdown", "asciidoc"]')
    change(
        forms,
        '    elif form == "markdown":\n',
        '    elif form == "asciidoc":\n'
        '        yield Document(reading.ids.claim(identity), text.lstrip("= "))\n'
        '    elif form == "markdown":\n',
    )
    assert run(overlay, code).startswith("The gate\n")


def test_a_language(overlay):
    english = run(overlay, LISTS)
    shutil.copytree(overlay / "lexicon" / "en", overlay / "lexicon" / "xx")
    add = overlay / "lexicon" / "xx" / "saying.toml"
    text = re.sub(
        r'(\[utterance\]\n(?:about = .*\n)?words = """\n)', r"\g<1>aaa, aab, ", add.read_text(encoding="utf-8")
    )
    add.write_text(text, encoding="utf-8")
    assert run(overlay, LISTS) == english
    change(overlay / "lexicon" / "load.py", 'LANGUAGE = "en"', 'LANGUAGE = "xx"')
    assert run(overlay, LISTS) == "['aaa', 'aab']"


def test_a_finding(overlay):
    assert run(overlay, FINDING) == "None"
    change(
        overlay / "story.py",
        "    failures: tuple[Failure, ...] = ()\n",
        "    failures: tuple[Failure, ...] = ()\n    longest: str | None = None\n",
    )
    change(overlay / "publishers" / "records.py", '    "events",\n', '    "events longest",\n')
    change(overlay / "pipeline.py", "failures=tuple(failures),\n", "failures=tuple(failures),\n        longest=None,\n")
    assert run(overlay, FINDING) == "b"
