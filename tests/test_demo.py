"""The demo story, end to end: what its README says is planted must be found, and the view of it is a golden file."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

import onrecord
from onrecord.publish import terminal

WORDING_FLOOR, STATEMENTS_FLOOR = 30, 9
"""Of 36 planted quotations and 11 planted statements; examples/harbour_briefing/README.md names those that are hard."""


@pytest.fixture(scope="module")
def planted(demo):
    _, transcript = demo
    return json.loads((transcript.parent / "planted.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def read(demo):
    reports, transcript = demo
    return [d for path in reports for d in onrecord.read(path)], onrecord.read(transcript, kind="transcript")


@pytest.fixture(scope="module")
def story(read):
    return onrecord.compare(*read)


def holding(story, document, exact):
    each = next(a for a in story.documents if a.id == document)
    at = each.text.index(exact)
    return [
        a for a in each.attributions if any(s.start < at + len(exact) and at < s.end for s in a.content)
    ]  # fmt: skip


def test_every_planted_copy_is_found_and_no_other(story, planted):
    whole = {(c.document, c.of, c.evidence) for c in story.copies if c.extent == "whole"}
    passages = {(c.document, c.of, c.evidence) for c in story.copies if c.extent == "passage"}
    assert whole == {(c["document"], c["of"], c["evidence"]) for c in planted["copies"]}
    assert passages == {(c["document"], c["of"], c["evidence"]) for c in planted["copied_passages"]}


def test_every_planted_voice_is_found_and_no_other(story, planted):
    found = {
        (v.phrase, frozenset(p.document for p in v.quoted), frozenset(p.document for p in v.own)) for v in story.voice
    }
    assert found == {(v["phrase"], frozenset(v["quoted_in"]), frozenset(v["own_in"])) for v in planted["voice"]}


def test_the_nested_chain_is_told_in_order(story, planted):
    nested = next(v for v in planted["via"] if len(v["chain"]) > 1)
    chains = [[link.name for link in a.via] for a in holding(story, nested["document"], nested["exact"])]
    assert nested["chain"] in chains


def test_planted_statements_are_joined(story, planted):
    joined = 0
    for statement in planted["statements"]:
        members = [{a.id for a in holding(story, m["document"], m["exact"])} for m in statement["members"]]
        joined += any(
            all(ids & {v.attribution for v in found.variants} for ids in members) for found in story.statements
        )
    assert joined >= STATEMENTS_FLOOR


def test_planted_verdicts_are_given(read, planted):
    reports, spoken = read
    given = {
        report.id: [(q.span.of(report.text), q.wording.verdict) for q in onrecord.check(report, spoken).quotations]
        for report in reports
    }
    right = sum(
        any(q["exact"][:40] in words and verdict == q["verdict"] for words, verdict in given[q["document"]])
        for q in planted["quotations"]
    )
    assert right >= WORDING_FLOOR


def test_no_caption_is_a_second_telling(story, planted):
    for caption in planted["captions"]:
        each = next(a for a in story.documents if a.id == caption["document"])
        blocks = [b for b in each.document.blocks if b.kind == "caption"]
        assert not [a for a in each.attributions for s in a.content for b in blocks if b.span.holds(s)]


@pytest.mark.golden
def test_the_terminal_shows_the_demo_as_before(story, golden):
    stream = io.StringIO()
    terminal.show(story, Console(file=stream, width=110, force_terminal=False))
    golden("demo_story.txt", "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n")
