"""A made story of any size: reports that quote one briefing, each in its own way, with every kind of finding in it.

The same numbers give the same story. All sentences are put together from the word lists below; nobody ever said them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from onrecord.annotation import Annotations, Attribution, DateMention, Figure, Link, Speaker
from onrecord.document import Block, Document, Published, Span
from onrecord.story import (
    Check,
    CheckedQuotation,
    Claim,
    ClaimMember,
    Copy,
    CoverageCell,
    CoverageRow,
    Failure,
    FigureGroup,
    FigureMember,
    FigureVerdict,
    Origins,
    Reuse,
    Severity,
    Statement,
    Story,
    StorySpeaker,
    Terminal,
    Variant,
    Voice,
)
from onrecord.wording import Consensus, Edit, Flag, Passage, Verdict, Wording

NAMES = ("Ada Thorne", "Bo Lindqvist", "Cleo Marsh", "Dov Ilan", "Esi Mensah", "Faye Ortiz")
PEOPLE = "bakers sailors teachers drivers nurses gardeners painters farmers".split()
DEEDS = "repaired counted carried watched painted measured borrowed answered".split()
THINGS = "bridges lanterns barrels ladders wagons kettles fences bells".split()
PLACES = "quarry meadow station orchard harbour mill ferry tower".split()
TIMES = "before noon,after supper,at first light,during the fair,all through winter,on market day".split(",")
TAILS = "nobody thanked them for it,the work is not done,we would ask them again,it cost us very little".split(",")
DAYS = ("2031-05-05", "2031-05-06", "2031-05-07")


@dataclass
class _Draft:
    """One document while it is written."""

    id: str
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    speakers: dict[str, list[Span]] = field(default_factory=dict)
    attributions: list[Attribution] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)

    def add(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def block(self, kind: str, start: int, speaker: str | None = None) -> None:
        self.blocks.append(Block(kind, start, len(self.text), speaker))  # type: ignore[arg-type]
        self.text += "\n\n"

    def finish(self, number: int, kind: str) -> Annotations:
        published = None if number % 7 == 5 else Published(f"{DAYS[number % 3]}T{8 + number % 12:02}:30:00", "metadata")
        document = Document(
            id=self.id,
            text=self.text,
            kind=kind,  # type: ignore[arg-type]
            title=None if kind == "transcript" else self.text.split("\n", 1)[0],
            outlet=None if kind == "transcript" else f"Outlet {number}",
            published=None if kind == "transcript" else published,
            url=f"https://outlet{number}.example/report" if kind == "report" else None,
            blocks=tuple(self.blocks),
        )
        speakers = tuple(Speaker(f"p{NAMES.index(n)}", n, "person", (), tuple(m)) for n, m in self.speakers.items())
        provenance = (Link(f"Outlet {number}", "statement", 0, 6),) if number % 11 == 3 else ()
        return Annotations(
            document, (), speakers, tuple(self.attributions), tuple(self.figures), tuple(self.dates), provenance
        )


def made_story(reports: int = 5, statements: int = 9, seed: int = 7) -> Story:
    """Give a story of so many reports and statements, in one report to most of them."""
    chance = random.Random(seed)  # noqa: S311 - made for measuring, not for keeping secrets
    transcript, turns = _transcript(statements, chance)
    drafts = [_Draft(f"report-{n:03}") for n in range(reports)]
    reporters = [_reporters(n, reports, chance) for n in range(statements)]
    headline_of = {d: min((s for s in range(statements) if d in reporters[s]), default=0) for d in range(reports)}
    for number, draft in enumerate(drafts):
        _open(draft, number, turns[headline_of[number]][1])
    variants: dict[int, list[Variant]] = {n: [] for n in range(statements)}
    for n, turn in enumerate(turns):
        for d in reporters[n]:
            variants[n].append(_tell(drafts[d], transcript, turn, (n + d) % 9, reports))
    groups = _figures(drafts, reports)
    claims = _claims(drafts, reports)
    documents = [draft.finish(n, "report") for n, draft in enumerate(drafts)]
    documents.append(transcript.finish(reports, "transcript"))
    found = tuple(
        Statement(f"s{n + 1}", f"sp{NAMES.index(turns[n][0])}", tuple(v), _origins(v)) for n, v in variants.items() if v
    )
    return Story(
        documents=tuple(documents),
        speakers=_speakers(documents),
        statements=found,
        claims=claims,
        figure_groups=groups,
        copies=_copies(documents),
        coverage=_coverage(found, claims, documents),
        voice=_voice(documents, found),
        origins=Origins(1, 2, (Terminal("the briefing", "witnessed", tuple(d.id for d in drafts)),)),
        failures=(Failure("report-lost", "report-lost.html has no text: save the page again."),),
    )


def made_check(seed: int = 7) -> Check:
    """Give a check of the made story's first report."""
    story = made_story(seed=seed)
    report = story.documents[0]
    found = []
    for statement in story.statements:
        for variant in statement.variants:
            if variant.document == report.id and variant.wording is not None:
                attribution = next(a for a in report.attributions if a.id == variant.attribution)
                severity: Severity = "error" if variant.wording.verdict == "altered-content" else "ok"
                found.append(
                    CheckedQuotation(
                        attribution.extent, attribution.content, attribution.id, "Ada Thorne", variant.wording, severity
                    )
                )
    return Check(report, tuple(d for d in story.documents if d.document.kind == "transcript"), tuple(found), "strict")


def _transcript(statements: int, chance: random.Random) -> tuple[_Draft, list[tuple[str, Span]]]:
    draft, turns = _Draft("briefing"), []
    for n in range(statements):
        name = NAMES[n % len(NAMES)]
        start = draft.add(f"{name.upper()}: ").start
        draft.blocks.append(Block("turn-label", start, len(draft.text) - 1, None))
        people, deed, thing = chance.choice(PEOPLE), chance.choice(DEEDS), chance.choice(THINGS)
        words = (
            f"The {people} {deed} {chance.randrange(12, 90)} {thing} near the {chance.choice(PLACES)} "
            f"{chance.choice(TIMES)}, and {chance.choice(TAILS)}."
        )
        span = draft.add(words)
        turns.append((name, span))
        draft.block("turn", span.start, name)
    return draft, turns


def _reporters(n: int, reports: int, chance: random.Random) -> list[int]:
    if n == 0:
        return list(range(reports))
    if n % 3 == 0:
        return [chance.randrange(reports)]
    return sorted(chance.sample(range(reports), min(reports, 2 + chance.randrange(min(18, reports)))))


def _open(draft: _Draft, number: int, _lead: Span) -> None:
    start = draft.add(
        f"{PEOPLE[number % 8].title()} at the {PLACES[number % 5]} hear what was {DEEDS[number % 3]}"
    ).start
    draft.block("headline", start)
    start = draft.add(f"By Writer {number}").start
    draft.block("byline", start)
    start = draft.add(f"The {PEOPLE[number % 8]} of the town listened on Monday while the council spoke.").start
    said = draft.text.index("on Monday", start)
    draft.dates.append(DateMention(said, said + 9, DAYS[0]))
    draft.block("paragraph", start)


def _tell(draft: _Draft, transcript: _Draft, turn: tuple[str, Span], way: int, reports: int) -> Variant:
    name, span = turn
    spoken, start = span.of(transcript.text), len(draft.text)
    id_ = f"a{len(draft.attributions) + 1}"
    if way == 8:
        source = draft.add(name)
        cue = Span(draft.add(" said that ").start + 1, len(draft.text) - 6)
        content = draft.add("the " + " ".join(spoken.split()[1:5]) + " and more")
        draft.add(".")
        attribution = Attribution(id_, (content,), "utterance", "indirect", cue, source, f"p{NAMES.index(name)}")
        wording = None
    else:
        words, edits, verdict, flags = _reword(spoken, span.start, len(draft.text) + 1, way)
        draft.add("“")
        content = draft.add(words)
        draft.add(",” ")
        source = draft.add(name)
        cue = Span(draft.add(" said").start + 1, len(draft.text))
        via: tuple[Link, ...] = ()
        if way == 5:
            link = draft.add(f", Outlet {reports - 1} reported")
            via = (Link(f"Outlet {reports - 1}", "outlet-pickup", link.start + 2, link.end - 9),)
        draft.add(".")
        attribution = Attribution(id_, (content,), "utterance", "direct", cue, source, f"p{NAMES.index(name)}", via)
        wording = Wording(verdict, (Passage("briefing", span.start, span.end, name),), edits, flags, confidence=0.99)
    draft.attributions.append(attribution)
    draft.speakers.setdefault(name, []).append(source)
    draft.block("paragraph", start)
    return Variant(draft.id, id_, wording)


def _reword(spoken: str, at: int, here: int, way: int) -> tuple[str, tuple[Edit, ...], Verdict, tuple[Flag, ...]]:
    """Give the printed words, the edits from the spoken ones, the verdict and its flags."""
    whole = Edit("equal", Span(here, here + len(spoken)), Span(at, at + len(spoken)))
    comma, words = spoken.index(","), spoken.split()
    if way == 1:
        edits: tuple[Edit, ...] = (
            Edit("equal", Span(here, here + comma), Span(at, at + comma)),
            Edit("delete", Span(here + comma, here + comma), Span(at + comma, at + len(spoken))),
        )
        return spoken[:comma], edits, "trimmed", ("qualifier-lost",)
    if way in {2, 3, 4}:
        place = sum(len(w) + 1 for w in words[:3])
        old = words[3]
        new = {2: "900", 3: f"[some {old}]", 4: ""}[way]
        if way == 4:
            cut = spoken[:place] + spoken[place + len(old) + 1 :]
            edits = (
                Edit("equal", Span(here, here + place), Span(at, at + place)),
                Edit("delete", Span(here + place, here + place), Span(at + place, at + place + len(old) + 1)),
                Edit("equal", Span(here + place, here + len(cut)), Span(at + place + len(old) + 1, at + len(spoken))),
            )
            return cut, edits, "elided-silent", ()
        text = spoken[:place] + new + spoken[place + len(old) :]
        edits = (
            Edit("equal", Span(here, here + place), Span(at, at + place)),
            Edit(
                "replace" if way == 2 else "bracket",
                Span(here + place, here + place + len(new)),
                Span(at + place, at + place + len(old)),
            ),
            Edit(
                "equal",
                Span(here + place + len(new), here + len(text)),
                Span(at + place + len(old), at + len(spoken)),
            ),
        )
        return text, edits, *(("altered-content", ("number-changed",)) if way == 2 else ("bracketed", ()))
    return spoken, (whole,), "verbatim", ()


def _figures(drafts: list[_Draft], reports: int) -> tuple[FigureGroup, ...]:
    kinds: tuple[tuple[FigureVerdict, int, int], ...] = (
        ("equal", 40, 40),
        ("conflict", 60, 600),
        ("compatible", 2401, 2450),
        ("narrower", 13, 183),
    )
    groups = []
    for k, (verdict, low, other) in enumerate(kinds):
        members = []
        for d in dict.fromkeys((k % reports, (k + 1) % reports, (k + 2) % reports)):
            value = other if d == (k + 1) % reports else low
            start = drafts[d].add("They counted ").start
            span = drafts[d].add(f"{value:,} {THINGS[k]}")
            drafts[d].add(" that day.")
            id_ = f"f{len(drafts[d].figures) + 1}"
            high = None if verdict == "compatible" and value == low else value
            drafts[d].figures.append(Figure(id_, span.start, span.end, value, high, of=THINGS[k]))
            drafts[d].block("paragraph", start)
            members.append(FigureMember(drafts[d].id, id_))
        groups.append(FigureGroup(f"g{k + 1}", THINGS[k], tuple(members), verdict, sides=(tuple(members),)))
    return tuple(groups)


def _claims(drafts: list[_Draft], reports: int) -> tuple[Claim, ...]:
    result = []
    for k in range(6):
        members = []
        for d in range(reports) if k < 2 else (k % reports, (k + 2) % reports) if k < 4 else (k % reports,):
            span = drafts[d].add(f"The {PLACES[k]} was shut {TIMES[k % len(TIMES)]} for all {PEOPLE[k]}.")
            drafts[d].block("paragraph", span.start)
            members.append(ClaimMember(drafts[d].id, span.start, span.end, "number" if d == 1 and k == 1 else None))
        result.append(Claim(f"k{k + 1}", tuple(dict.fromkeys(members))))
    return tuple(result)


def _origins(variants: list[Variant]) -> Origins:
    documents = tuple(dict.fromkeys(v.document for v in variants))
    terminals = [Terminal("the briefing", "witnessed", documents)]
    if len(documents) > 3:
        terminals.append(Terminal("media reports", "vague", documents[:2]))
    return Origins(1, len(terminals), tuple(terminals), 1)


def _speakers(documents: list[Annotations]) -> tuple[StorySpeaker, ...]:
    members: dict[str, list[tuple[str, str]]] = {}
    for each in documents:
        for speaker in each.speakers:
            members.setdefault(speaker.name, []).append((each.id, speaker.id))
    return tuple(
        StorySpeaker(f"sp{NAMES.index(name)}", name, "person", tuple(m)) for name, m in sorted(members.items())
    )


def _copies(documents: list[Annotations]) -> tuple[Copy, ...]:
    result = []
    for n in range(2, len(documents) - 1, 9):
        here, there = documents[n], documents[0]
        a = Span(here.document.blocks[2].start, here.document.blocks[2].end)
        b = Span(there.document.blocks[2].start, there.document.blocks[2].end)
        result.append(Copy(here.id, there.id, "undeclared", "whole", 0.81, 90, (Reuse(a, b),), "published-earlier"))
    if len(documents) > 4:
        result.append(
            Copy(documents[3].id, "Northern Press Network", "declared", "passage", 0.4, reason="agency-address")
        )
    return tuple(result)


def _coverage(
    statements: Sequence[Statement], claims: Sequence[Claim], documents: Sequence[Annotations]
) -> tuple[CoverageRow, ...]:
    reports = [d.id for d in documents if d.document.kind == "report"]
    forms = {(d.id, a.id): a.form for d in documents for a in d.attributions}
    rows = []
    for n, s in enumerate(statements):
        reported = {v.document: forms[v.document, v.attribution] for v in s.variants}
        cells = tuple(CoverageCell(r, reported[r]) for r in reports if r in reported)
        rows.append(CoverageRow(s.id, "statement", cells, len(reported) * 2 > len(reports), None if n % 3 else DAYS[1]))
    for k in claims:
        stated = {m.document for m in k.members}
        cells = tuple(CoverageCell(r, "own-voice") for r in reports if r in stated)
        rows.append(CoverageRow(k.id, "claim", cells, len(stated) * 2 > len(reports)))
    return tuple(rows)


def _voice(documents: Sequence[Annotations], statements: Sequence[Statement]) -> tuple[Voice, ...]:
    first = statements[0].variants[0]
    report = next(d for d in documents if d.id == first.document)
    span = next(a for a in report.attributions if a.id == first.attribution).content[0]
    other = next((d for d in documents if d.id != report.id and d.document.kind == "report"), report)
    own = other.document.blocks[2]
    return (
        Voice(
            " ".join(span.of(report.text).split()[:2]),
            (Passage(report.id, span.start, span.start + 11),),
            (Passage(other.id, own.start, own.start + 11),),
        ),
    )


def with_consensus(story: Story) -> Story:
    """Give the same story without its transcript: reports are compared with each other."""
    reports = tuple(d for d in story.documents if d.document.kind == "report")
    content = {(d.id, a.id): a.content[0] for d in reports for a in d.attributions}
    statements = []
    for s in story.statements:
        base = s.variants[0]
        reported = tuple(msgspec.structs.replace(v, wording=Wording("reports-differ")) for v in s.variants)
        consensus = Consensus(base.document, content[base.document, base.attribution], 1)
        statements.append(msgspec.structs.replace(s, variants=reported, consensus=consensus))
    return msgspec.structs.replace(story, documents=reports, statements=tuple(statements))
