"""Cases whose verdict is known because they were made: quotations of real transcripts with every kind of change.

Reads transcripts; gives :class:`Case` records: an article of one sentence that quotes, the transcript it quotes
(with turns of two speakers), and the verdict that DESIGN.md's table gives to what was done. Nothing here imports the
code that judges.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from onrecord.annotation import Annotations
from onrecord.document import Block, Document, Span
from onrecord.text.words import CLOSED_CLASS, fold, words
from onrecord.wording import VERDICTS, Verdict

MADE: Final[tuple[Verdict, ...]] = (*VERDICTS, "not-found", "unchecked")
SPEAKERS: Final = ("Dana Whitfield", "Omar Castellane")
_SENTENCE: Final = re.compile(r"[^.?!\n]+[.?!]+(?=\s|$)")
_PLAIN: Final = re.compile(r"[A-Z][A-Za-z0-9,;'’$%\- ]+[.?!]")
_TURN_SENTENCES: Final = 12
_BANNED: Final = frozenset(
    "uh um you well so like know mean okay right look oh not no never nothing nobody none nor "
    "without neither cannot can't don't won't isn't".split()
)


def _pairs(listed: str) -> dict[str, str]:
    """Read ``word/other word/other`` as a table."""
    return dict(pair.split("/") for pair in listed.split())


_FUNCTION_SWAPS: Final = _pairs(
    "the/this a/the an/the in/at on/in at/on of/from to/into for/to and/but but/and this/that "
    "that/this these/those is/was are/were was/is were/are has/had have/had from/of by/through "
    "because/since with/by"
)
_PERSON_SWAPS: Final = _pairs("i/we we/they they/we he/she she/he my/our our/their their/our you/they us/them them/us")
_MODAL_SWAPS: Final = _pairs("will/may can/could would/will should/must may/will could/can must/should might/will")
_QUANTIFIER_SWAPS: Final = _pairs(
    "all/some many/few some/all every/any most/all much/little more/less few/many several/many each/any"
)


class Case(NamedTuple):
    """A made quotation: an article, where it quotes, the transcript, the speaker credited and the true verdict."""

    name: str
    document: Document
    quotation: tuple[Span, ...]
    transcript: Annotations
    speaker: str
    verdict: Verdict
    made_by: str


class _Sentence(NamedTuple):
    text: str
    turn: int
    number: int

    @property
    def tokens(self) -> list[str]:
        return self.text.split()


class _Made(NamedTuple):
    """What a maker gives: quoted parts (a seam between two), and sentences of the transcript that it rewrote."""

    parts: tuple[str, ...]
    rewritten: dict[int, str]
    how: str
    speaker: int | None = None


def generate(transcripts: Sequence[Document], count: int, seed: int = 0) -> Iterator[Case]:
    """Make ``count`` cases, as many of each verdict as can be; the same seed gives the same cases."""
    rng = random.Random(seed)  # noqa: S311 - test cases, no secret
    pools = [_plain_sentences(t.text) for t in transcripts]
    pools = [pool for pool in pools if len(pool) >= 4 * _TURN_SENTENCES]
    made = tries = 0
    while pools and made < count and tries < 60 * count:
        tries += 1
        verdict = MADE[made % len(MADE)]
        case = _make(verdict, pools, rng, f"{verdict}-{made}")
        if case is not None:
            made += 1
            yield case


def _plain_sentences(text: str) -> list[str]:
    found = [m.group().strip() for m in _SENTENCE.finditer(text)]
    return list(dict.fromkeys(s for s in found if _PLAIN.fullmatch(s) and 7 <= len(s.split()) <= 40 and "--" not in s))


def _make(verdict: Verdict, pools: Sequence[Sequence[str]], rng: random.Random, name: str) -> Case | None:
    one, other = rng.sample(range(len(pools)), 2) if len(pools) > 1 else (0, 0)
    sentences = _interview(pools[one], pools[other], rng)
    own = [s for s in sentences if s.turn % 2 == 0]
    strange = [s for pool in (p for i, p in enumerate(pools) if i not in {one, other}) for s in pool] or list(
        pools[other]
    )
    made = _MAKERS[verdict](_Draw(own, sentences, strange, rng))
    if made is None or (verdict != "unchecked" and sum(len(p.split()) for p in made.parts) < 6):
        return None
    transcript = _transcript(sentences, made.rewritten, name)
    document, spans = _article(made.parts, name, rng)
    speaker = SPEAKERS[made.speaker if made.speaker is not None else 0]
    return Case(name, document, spans, transcript, speaker, verdict, made.how)


def _interview(one: Sequence[str], other: Sequence[str], rng: random.Random) -> list[_Sentence]:
    """Let two speakers take turns: the sentences of two transcripts, each in its order."""
    result: list[_Sentence] = []
    starts = [rng.randrange(max(1, len(pool) - 4 * _TURN_SENTENCES)) for pool in (one, other)]
    seen: set[str] = set()
    for turn in range(8):
        pool, side = (one, other)[turn % 2], turn % 2
        size = rng.randint(3, _TURN_SENTENCES)
        for text in pool[starts[side] : starts[side] + size]:
            if text not in seen:
                seen.add(text)
                result.append(_Sentence(text, turn, len(result)))
        starts[side] += size
    return result


def _transcript(sentences: Sequence[_Sentence], rewritten: dict[int, str], name: str) -> Annotations:
    text, blocks = "", []
    turns = sorted({s.turn for s in sentences})
    for turn in turns:
        label = SPEAKERS[turn % 2].split()[-1].upper()
        blocks.append(Block("turn-label", len(text), len(text) + len(label) + 1))
        text += f"{label}: "
        start = len(text)
        text += " ".join(rewritten.get(s.number, s.text) for s in sentences if s.turn == turn)
        blocks.append(Block("turn", start, len(text), label))
        text += "\n\n"
    return Annotations(Document(f"transcript-{name}", text, "transcript", blocks=tuple(blocks)))


def _article(parts: Sequence[str], name: str, rng: random.Random) -> tuple[Document, tuple[Span, ...]]:
    opening, closing = rng.choice([("“", "”"), ('"', '"')])
    text = "At the hearing, the speaker took the floor. "
    spans = []
    for number, part in enumerate(parts):
        if number:
            text += rng.choice([" the speaker said. ", " said the speaker, adding: ", " the speaker told the panel, "])
        start = len(text)
        quoted = part.rstrip(".") + "," if number + 1 < len(parts) else part
        text += opening + _restyled(quoted, rng) + closing
        spans.append(Span(start, len(text)))
    return Document(name, f"{text} The session went on.", "report"), tuple(spans)


def _restyled(text: str, rng: random.Random) -> str:
    """Change what the folding must undo: apostrophes, commas, percent signs."""
    if rng.random() < 0.5:
        text = text.replace("'", "’")
    if rng.random() < 0.3:
        text = text.replace("%", " percent")
    if rng.random() < 0.2:
        text = text.replace(", ", " ")
    return text


class _Draw(NamedTuple):
    """What a maker draws from: sentences of the speaker quoted, of both, of other transcripts, and chance."""

    own: Sequence[_Sentence]
    everything: Sequence[_Sentence]
    strange: Sequence[str]
    rng: random.Random


Maker = Callable[[_Draw], _Made | None]
Change = Callable[[_Sentence, _Draw], _Made | None]


def _changing(least: int, change: Change) -> Maker:
    """Make a case by changing one sentence of at least so many words."""

    def make(draw: _Draw) -> _Made | None:
        sentence = _pick(draw.own, draw.rng, least)
        return None if sentence is None else change(sentence, draw)

    return make


def _clean(sentence: _Sentence) -> bool:
    """Return whether the words of a sentence are all different and none may be taken for a filler or a negation."""
    folded = [w.folded for w in words(sentence.text)]
    return not any(a == b for a, b in pairwise(folded)) and not set(folded) & _BANNED


def _pick(own: Sequence[_Sentence], rng: random.Random, least: int = 8) -> _Sentence | None:
    fitting = [s for s in own if len(s.text.split()) >= least and _clean(s)]
    return rng.choice(fitting) if fitting else None


def _verbatim(draw: _Draw) -> _Made | None:
    first = draw.rng.choice(draw.own)
    size = draw.rng.randint(1, 3)
    run = [s for s in draw.own if s.turn == first.turn and first.number <= s.number < first.number + size]
    return _Made((" ".join(s.text for s in run),), {}, "whole sentences")


def _trimmed(sentence: _Sentence, draw: _Draw) -> _Made | None:
    tokens = sentence.tokens
    front, back = draw.rng.choice([(2, 0), (0, 2), (1, 1), (3, 1)])
    return _Made((" ".join(tokens[front : len(tokens) - back]).rstrip(","),), {}, f"cut {front} and {back}")


def _cleaned(sentence: _Sentence, draw: _Draw) -> _Made | None:
    tokens = sentence.tokens
    at = draw.rng.randrange(2, len(tokens) - 3)
    how = draw.rng.choice(["filler", "repeat", "false start", "words repeated"])
    if how == "filler":
        put_in = [draw.rng.choice(["uh,", "um,", "er,", ", you know,", "I mean,", "uh —"])]
    elif how == "repeat":
        put_in = [tokens[at].rstrip(","), draw.rng.choice(["—", "--", "..."])]
    elif how == "words repeated":
        put_in = [*(t.rstrip(",") for t in tokens[at : at + 2]), "—"]
    else:
        put_in = [tokens[at].rstrip(","), draw.rng.choice(["saw", "made", "started", "took"]), "—"]
    made = " ".join([*tokens[:at], *put_in, *tokens[at:]])
    return _Made((sentence.text,), {sentence.number: made}, how)


def _bracketed(sentence: _Sentence, draw: _Draw) -> _Made | None:
    tokens = sentence.tokens
    at = draw.rng.randrange(1, len(tokens) - 2)
    put_in = draw.rng.choice(["[the committee]", "[Whitfield]", "[sic] [harbour]", "[later]"])
    taken = draw.rng.choice([0, 1])
    return _Made((" ".join([*tokens[:at], put_in, *tokens[at + taken :]]),), {}, "replaced" if taken else "inserted")


def _gap(own: Sequence[_Sentence], rng: random.Random) -> tuple[list[str], list[str], int] | None:
    """Part a sentence into words before and after a gap; the words left out are no repeat of their neighbours."""
    sentence = _pick(own, rng, 13)
    if sentence is None:
        return None
    tokens = sentence.tokens
    size = rng.randint(2, min(7, len(tokens) - 9))
    at = rng.randrange(4, len(tokens) - size - 3)
    left_out = {fold(t.strip(",.;")) for t in tokens[at : at + size]}
    neighbours = {fold(t.strip(",.;")) for t in (*tokens[at - 2 : at], *tokens[at + size : at + size + 2])}
    if left_out & neighbours or left_out <= CLOSED_CLASS:
        return None
    return tokens[:at], tokens[at + size :], sentence.number


def _elided(mark: str) -> Maker:
    def make(draw: _Draw) -> _Made | None:
        parted = _gap(draw.own, draw.rng)
        if parted is None:
            return None
        before, after, _ = parted
        if mark == "seam":
            return _Made((" ".join(before).rstrip(","), " ".join(after)), {}, "seam")
        shown = draw.rng.choice([" ... ", " … ", " [...] ", " . . . "]) if mark == "shown" else " "
        return _Made((f"{' '.join(before)}{shown}{' '.join(after)}",), {}, mark)

    return make


def _swap(sentence: _Sentence, table: dict[str, str], rng: random.Random) -> str | None:
    tokens = sentence.tokens
    places = [i for i, t in enumerate(tokens) if i and t.lower() in table]
    if not places:
        return None
    at = rng.choice(places)
    tokens[at] = table[tokens[at].lower()]
    return " ".join(tokens)


def _altered_function(sentence: _Sentence, draw: _Draw) -> _Made | None:
    tokens = sentence.tokens
    how = draw.rng.choice(["swap", "swap", "inflection", "contraction"])
    if how == "swap":
        made = _swap(sentence, _FUNCTION_SWAPS, draw.rng)
    elif how == "inflection":
        made = _in_the_singular(tokens, draw.rng)
    else:
        contractions = ((" I am ", " I'm "), (" it is ", " it's "), ("'re ", " are "), ("'ve ", " have "))
        made = next((sentence.text.replace(a, b, 1) for a, b in contractions if a in sentence.text), None)
    return _Made((made,), {}, how) if made and made != sentence.text else None


def _in_the_singular(tokens: list[str], rng: random.Random) -> str | None:
    plurals = [t.isalpha() and t.islower() and len(t) > 4 and t[-1] == "s" and t[-2] not in "suei" for t in tokens]
    nouns = [i for i, plural in enumerate(plurals) if i and plural]
    at = rng.choice(nouns) if nouns else 0
    return (
        " ".join([*tokens[:at], tokens[at][:-1], *tokens[at + 1 :]]) if at and tokens[at] not in CLOSED_CLASS else None
    )


def _altered_content(sentence: _Sentence, draw: _Draw) -> _Made | None:
    tokens = sentence.tokens
    how = draw.rng.choice(["word", "inserted", "negation", "person", "modal", "quantifier", "number", "order"])
    tables = {"person": _PERSON_SWAPS, "modal": _MODAL_SWAPS, "quantifier": _QUANTIFIER_SWAPS}
    if how in tables:
        made = _swap(sentence, tables[how], draw.rng)
    elif how in {"negation", "number"}:
        made = _with_not(tokens) if how == "negation" else _with_number(tokens, draw.rng)
    else:
        made = _with_content(tokens, how, draw.strange, draw.rng)
    return _Made((made,), {}, how) if made and made != sentence.text else None


def _with_not(tokens: list[str]) -> str | None:
    verbs = {"is", "are", "was", "were", "will", "would", "can", "should", "have", "has"}
    at = next((i for i, t in enumerate(tokens[:-1]) if t.lower() in verbs), None)
    return None if at is None else " ".join([*tokens[: at + 1], "not", *tokens[at + 1 :]])


def _with_number(tokens: list[str], rng: random.Random) -> str | None:
    at = next((i for i, t in enumerate(tokens) if re.fullmatch(r"\$?\d[\d,]*", t)), None)
    return None if at is None else " ".join([*tokens[:at], f"{rng.randint(3, 97)}", *tokens[at + 1 :]])


def _with_content(tokens: list[str], how: str, strange: Sequence[str], rng: random.Random) -> str | None:
    """Replace a content word by one from elsewhere, put one in, or let two change places."""
    content = [i for i, t in enumerate(tokens) if i and _is_plain_content(t)]
    if len(content) < 2:
        return None
    if how == "order":
        a, b = sorted(rng.sample(content, 2))
        tokens[a], tokens[b] = tokens[b], tokens[a]
        return " ".join(tokens)
    new = rng.choice([w for s in strange[:400] for w in s.split() if _is_plain_content(w) and w not in tokens])
    at = rng.choice(content)
    return " ".join([*tokens[:at], new, *tokens[at + (how == "word") :]])


def _is_plain_content(token: str) -> bool:
    return token.isalpha() and token.islower() and len(token) > 4 and token not in CLOSED_CLASS


def _spliced(draw: _Draw) -> _Made | None:
    a, b = draw.rng.sample(list(draw.own), 2)
    how = "another turn" if a.turn != b.turn else "out of order" if a.number > b.number else "far"
    if how == "far" and b.number - a.number < 3:
        return None
    return _Made((f"{a.text} {b.text}",), {}, how)


def _paraphrase(sentence: _Sentence, draw: _Draw) -> _Made | None:
    tokens = sentence.tokens
    kept = sorted(draw.rng.sample(range(len(tokens)), round(len(tokens) * 0.4)))
    start = draw.rng.randrange(max(1, len(tokens) - len(kept)))
    kept = list(range(start, start + len(kept))) if draw.rng.random() < 0.7 else kept
    others = [
        w
        for s in draw.strange[:600]
        for w in s.split()
        if w.isalpha() and w.islower() and len(w) > 5 and w not in tokens
    ]
    made = [t if i in kept else draw.rng.choice(others) for i, t in enumerate(tokens)]
    return _Made((" ".join(made) + ".",), {}, "rewritten")


def _misattributed(draw: _Draw) -> _Made | None:
    theirs = [s for s in draw.everything if s.turn % 2 and len(s.text.split()) >= 9]
    return _Made((draw.rng.choice(theirs).text,), {}, "the other's turn") if theirs and draw.own else None


def _not_found(draw: _Draw) -> _Made | None:
    return _Made((draw.rng.choice(draw.strange),), {}, "another transcript")


def _stock_phrase(draw: _Draw) -> _Made | None:
    tokens = [w.folded for w in words(draw.rng.choice(draw.own).text)]
    runs = [tokens[i : i + 4] for i in range(len(tokens) - 3) if all(t in CLOSED_CLASS for t in tokens[i : i + 4])]
    return _Made((" ".join(draw.rng.choice(runs)),), {}, "four common words") if runs else None


_MAKERS: Final[dict[Verdict, Maker]] = {
    "verbatim": _verbatim,
    "trimmed": _changing(11, _trimmed),
    "cleaned": _changing(8, _cleaned),
    "bracketed": _changing(8, _bracketed),
    "elided-marked": _elided("shown"),
    "elided-seam": _elided("seam"),
    "elided-silent": _elided("silent"),
    "altered-function": _changing(8, _altered_function),
    "altered-content": _changing(8, _altered_content),
    "spliced": _spliced,
    "paraphrase-in-quotes": _changing(16, _paraphrase),
    "misattributed": _misattributed,
    "not-found": _not_found,
    "unchecked": _stock_phrase,
}
