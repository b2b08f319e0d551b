"""How far a content reaches: mended where it ran on into what is no longer told, or began before it is.

‘Police said the road was shut, but gave no details’: the last clause is the narrator's. A content that its cue leads
into ends with its sentence, unless it is quoted; whom somebody tells stands before a quotation and is no part of it;
"adding" begins what is told next. Reads attributions as they were linked; gives them mended. It goes by form alone, in
time linear in the contents.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from onrecord.annotation import Attribution
from onrecord.annotators.attribution.act_words import UTTERANCE
from onrecord.annotators.attribution.trailing import FINITE
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import known_outlets
from onrecord.text.quotation_marks import OUTSIDE, Marks
from onrecord.text.words import lemma

_RELATIVE: Final = word_list("saying.relative")
_BEHIND_PRONOUN: Final = re.compile(r", (?:who|which|that|whom) $")
_COMMA: Final = re.compile(r", (?!including|such|like|especially|and\b|or\b)")
_LEAST_WORDS: Final = 3  # of what stands before and behind a cut
_WITHHELD: Final = re.compile(  # what the teller would not say
    r",? (?:but|although|though|and|while) (?:(?:he|she|they|it|also|has|have|had|otherwise) )*"
    r"(?:declined to|refused to (?:say|give|elaborate|name|specify|identify|confirm|comment|disclose|answer)"
    r"|(?:would|did|does|do|could)(?: not|n[’']t) (?:immediately |further )?"
    r"(?:say|give|elaborate|provide|name|specify|identify|confirm|comment|disclose|explain|offer|release|reveal)"
    r"|(?:gave|provided|offered) no|stopped short of)\b"
    r"|,? without (?:elaborating|giving|providing|naming|saying|specifying|offering|identifying|going into)\b"
)
_NOT_DONE: Final = re.compile(  # what came of it, in the narrator's tense: "that she would pay, but has yet to do so"
    r"(?<=[\w”\"]), (?:but|and) (?:has|have) (?:yet to|not|never|since|so far|already)\b"
)
_BACKSHIFTED: Final = re.compile(r"\b(?:would|could|might)\b")
_GAP: Final = 3  # characters between a colon and what it brings in
_LEAST_OBJECT: Final = 2  # words of what is asked for
_ADDRESSED: Final = word_list("saying.addressed")
_TO_WHOM: Final = re.compile(r"(?P<whom>(?:[^\s“”\"]+\s+){1,7})(?=[“\"])")
_ADDING: Final = re.compile(
    r"(?:, ?|[”\"] ?)(?:and )?(?P<cue>adding)(?P<that>:| that)? (?=\S)"
    r"|[”\"] (?P<on>saying|arguing|claiming|insisting)(?: that)? (?=\S)"
    r"|[”\"] and (?P<also>said|asked for|called for|called on|urged|warned|denied|promised|vowed)(?: that)? (?=\S)"
    r"| but (?P<yet>called|described|branded|dubbed) (?=(?:[^\s“”\"]+ ){1,6}[“\"])"
)
_NAMED: Final = re.compile(r"(?:an? |the )?[“\"][^“”\"]+[”\"]")
_QUOTED_THEN: Final = re.compile(
    r"(?P<quoted>(?:to |the |that )?[“\"][^“”\"]+[”\"])\s+"
    r"(?:as|after|before|while|when|amid|following|hours after|days after)(?:\s+[^\s“”\"]+){4,}"
)
_BIDDING: Final = word_list("saying.bidding")
_MEANWHILE: Final = re.compile(
    r",? (?:as(?! an? | the | part | well | soon )|when|while)"
    r" (?:[\w’'-]+ ){1,7}?(?:\w{2,}ed|was|were|had|took|came|went|fell|rose|began)\b"
)
_LATER: Final = re.compile(  # when it was, which the narrator tells
    r", (?:(?:just|only|about|more than|nearly|almost|less than) )?(?:an?|a few|several|\d+|[a-z]+(?:-[a-z]+)?)"
    r" (?:minute|hour|day|week|month|year|decade)s? (?:after|before) (?=\S)"
)
_GERUND: Final = re.compile(r"(?P<verb>[a-z]+ing) (?=\S)")
_THAT: Final = re.compile(r" that (?=\S)")
_LEAD: Final = re.compile(
    r"(?:^|[,;:“\"] ?| (?:after|before|that|and|but|while|as|because|if|when) )"
    r"(?P<lead>(?:he|she|they|it|[A-Z][\w’'-]*\.?(?: [A-Z][\w’'-]*\.?){0,3}|[Tt]he [\w’'-]+(?: [\w’'-]+){0,2}?)"
    r" (?:(?:also|later|once|had|has|have) )?(?P<verb>\w+)(?: that)?,? )$"
)
_LEAD_REACH: Final = 90  # characters before a content in which its own subject and verb stand
_BEHIND_COLON: Final = re.compile(r"[^:\n]+(?P<colon>:) (?P<quoted>[“‘\"'][^\n]+[”’\"'])")
_STOPS: Final = " .,;\n"
_HEADLINE: Final = 160  # characters of a headline at most


def trim_content_spans(
    text: str, marks: Marks, sentence_starts: Sequence[int], found: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Give each attribution with its contents mended, and those that a content held beside its own."""
    reported = {span for a in found if a.cue is not None for span in a.content}
    cues = {a.cue.start for a in found if a.cue is not None}
    for attribution in found:
        continued = attribution.reason == "continued-quotation" and reported.issuperset(attribution.content)
        if continued or _is_behind_topic(text, attribution):
            continue  # told already, or not at all
        mended = _in_its_sentence(text, marks, sentence_starts, attribution)
        mended = _cut_off(text, marks, _in_its_relative(text, marks, mended), _WITHHELD)
        if _BACKSHIFTED.search(text, mended.content[-1].start, mended.content[-1].end):
            mended = _cut_off(text, marks, mended, _NOT_DONE)
        mended = _with_lead(text, sentence_starts, cues, _cut_off(text, marks, mended, _LATER, plain=True))
        mended = _without_addressed(text, _with_gerund(text, mended))
        mended = _to_headlines_end(text, _without_narrated(text, marks, _as_named(text, mended)))
        for part in _with_quotation(text, mended):
            yield from _parted(text, marks, part)


def _is_behind_topic(text: str, a: Attribution) -> bool:
    """Return whether the colon parts a topic from a sentence: ‘Krone: bank accuses lenders of hoarding’."""
    if a.cue is None or a.form != "indirect" or a.cue.of(text).strip() != ":":
        return False
    return a.content[0].start > a.cue.end + _GAP and "\n" not in text[a.cue.end : a.content[0].start]


def _leads(a: Attribution) -> bool:
    """Return whether the cue stands before one single content."""
    return a.cue is not None and len(a.content) == 1 and a.cue.end <= a.content[0].start


def _verb_of(text: str, cue: Span) -> str:
    """Give the lemma of a cue's last word."""
    return lemma(cue.of(text).split()[-1].casefold())


def _is_plain(marks: Marks, span: Span) -> bool:
    return not any(marks.state[span.start : span.end].translate(None, bytes([OUTSIDE])))


def _in_its_sentence(text: str, marks: Marks, starts: Sequence[int], a: Attribution) -> Attribution:
    """End a content without marks, which its cue leads into, with its first sentence."""
    content = a.content[0]
    if a.cue is None or a.form != "indirect" or len(a.content) > 1 or ":" in text[a.cue.start : content.start]:
        return a
    if not _leads(a):
        return _in_its_last_sentence(text, marks, starts, a)
    k = bisect_right(starts, content.start)
    if k >= len(starts) or starts[k] >= content.end or not _is_plain(marks, content):
        return a
    kept = text[content.start : starts[k]].rstrip(_STOPS)
    if len(kept.split()) < _LEAST_WORDS or not text[starts[k]].isupper():
        return a
    return msgspec.structs.replace(a, content=(Span(content.start, content.start + len(kept)),))


def _in_its_last_sentence(text: str, marks: Marks, starts: Sequence[int], a: Attribution) -> Attribution:
    """Begin a content without marks, which stands before its cue, with the sentence that the cue ends."""
    content = a.content[0]
    last = starts[max(bisect_left(starts, content.end) - 1, 0)] if starts else 0
    if last <= content.start or len(text[last : content.end].split()) < _LEAST_WORDS or not _is_plain(marks, content):
        return a
    return msgspec.structs.replace(a, content=(Span(last, content.end),)) if text[last].isupper() else a


def _in_its_relative(text: str, marks: Marks, a: Attribution) -> Attribution:
    """End ‘the rebels, who the envoy says [are fed from abroad], have …’ with the comma that ends the relative.

    The pronoun may have been taken for a content of its own.
    """
    *before, reported = a.content
    pronoun = before[0].of(text).casefold() in _RELATIVE if before else _leads(a) and a.source is not None
    begun = before[0].end + 1 if before else a.source.start if a.source is not None else 0
    if a.cue is None or len(before) > 1 or not pronoun or not _BEHIND_PRONOUN.search(text[max(begun - 9, 0) : begun]):
        return a
    comma = next(
        (m.start() for m in _COMMA.finditer(text, reported.start, reported.end) if marks.state[m.start()] == OUTSIDE), 0
    )
    if len(text[reported.start : comma].split()) < _LEAST_WORDS:
        return a
    return msgspec.structs.replace(a, content=(*before, Span(reported.start, comma)))


def _cut_off(text: str, marks: Marks, a: Attribution, pattern: re.Pattern[str], *, plain: bool = False) -> Attribution:
    """Take off what begins, outside marks, with a pattern: ‘said it was safe [but declined to give details]’.

    Three words must stand before it; with ``plain`` it is taken off only where it holds no marks either.
    """
    last = a.content[-1]
    match = pattern.search(text, last.start, last.end)
    if a.cue is None or a.cue.end > last.start or match is None or marks.state[match.start()] != OUTSIDE:
        return a
    kept = Span(last.start, match.start())
    if len(kept.of(text).split()) < _LEAST_WORDS or (plain and not _is_plain(marks, Span(kept.end, last.end))):
        return a
    return msgspec.structs.replace(a, content=(*a.content[:-1], kept))


def _with_lead(text: str, starts: Sequence[int], cues: set[int], a: Attribution) -> Attribution:
    """Begin what is reported with who told it: ‘[he called] the plan “reckless”, Reuters reported’.

    Nesting then finds who that is; ``cues`` are where the cues found stand, whose subjects are known already.
    """
    first, cue, source = a.content[0], a.cue, a.source
    if cue is None or source is None or min(cue.start, source.start) < a.content[-1].end:
        return a
    if known_outlets().named(source.of(text).partition(",")[0]) is None:
        return a
    begun = max(first.start - _LEAD_REACH, starts[max(bisect_right(starts, first.start) - 1, 0)] if starts else 0)
    match = _LEAD.search(text[begun : first.start])
    if match is None or begun + match.start("verb") in cues or lemma(match["verb"].casefold()) not in UTTERANCE:
        return a
    return msgspec.structs.replace(a, content=(Span(begun + match.start("lead"), first.end), *a.content[1:]))


def _with_gerund(text: str, a: Attribution) -> Attribution:
    """Read ‘retaliated by [threatening to …]’: the verb of uttering is the cue's."""
    if a.cue is None or not _leads(a) or not text.endswith(("by ", " by"), 0, a.content[0].start):
        return a
    content = a.content[0]
    match = _GERUND.match(text, content.start, content.end)
    if match is None or lemma(match["verb"]) not in UTTERANCE:
        return a
    cue, rest = Span(a.cue.start, match.end("verb")), Span(match.end(), content.end)
    return msgspec.structs.replace(a, cue=cue, content=(rest,))


def _as_named(text: str, a: Attribution) -> Attribution:
    """End what is only named with its closing mark: ‘what it calls [“peaceful pressure”] in dealing with us’."""
    content, source = a.content[0], a.source
    if source is None or not _leads(a) or not text.endswith("what ", max(0, source.start - 5), source.start):
        return a
    match = _NAMED.match(text, content.start, content.end)
    return msgspec.structs.replace(a, content=(Span(content.start, match.end()),)) if match else a


def _without_narrated(text: str, marks: Marks, a: Attribution) -> Attribution:
    """Take off what happened meanwhile, which no vow tells: ‘vowed to go [when he took office]’, ‘“enough” [as …]’."""
    ends = [_QUOTED_THEN.fullmatch(text, span.start, span.end) for span in a.content]
    if any(ends):
        kept = (Span(s.start, m.end("quoted")) if m else s for s, m in zip(a.content, ends, strict=True))
        return msgspec.structs.replace(a, content=tuple(kept))
    if a.cue is None or not _leads(a):
        return a
    content = a.content[0]
    if _verb_of(text, a.cue) not in _BIDDING or " to " not in f" {content.of(text)}":
        return a
    match = _MEANWHILE.search(text, content.start + 1, content.end)
    if (
        match is None
        or marks.state[match.start()] != OUTSIDE
        or " to " not in f" {text[content.start : match.start()]}"
    ):
        return a
    return msgspec.structs.replace(a, content=(Span(content.start, match.start()),))


def _to_headlines_end(text: str, a: Attribution) -> Attribution:
    """Let a headline's content reach its end: ‘Deputies: man stole boat[, fled upstream]’."""
    if a.cue is None or a.source is None or a.form != "indirect" or not _leads(a) or a.cue.of(text).strip() != ":":
        return a
    line = Span(text.rfind("\n", 0, a.source.start) + 1, (text.find("\n", a.cue.end) + 1 or len(text) + 1) - 1)
    rest = text[a.content[0].end : line.end].rstrip()
    if line.start != a.source.start or len(line) > _HEADLINE or rest[:1] != "," or rest[-1:] in _STOPS:
        return a
    return msgspec.structs.replace(a, content=(Span(a.content[0].start, a.content[0].end + len(rest)),))


def _with_quotation(text: str, a: Attribution) -> Iterator[Attribution]:
    """Part what a headline quotes behind a colon from what it tells before: ‘Roe floats truce[: “We must talk”]’."""
    content = a.content[0]
    match = _BEHIND_COLON.fullmatch(text, content.start, content.end) if a.source is not None and _leads(a) else None
    ends_line = match is not None and text[content.end : content.end + 1] in {"", "\n"}
    if match is None or not ends_line or not _is_headline(text[text.rfind("\n", 0, content.start) + 1 : content.end]):
        yield a
        return
    yield msgspec.structs.replace(a, content=(Span(content.start, match.start("colon")),))
    yield msgspec.structs.replace(a, cue=Span(*match.span("colon")), content=(Span(*match.span("quoted")),))


def _is_headline(line: str) -> bool:
    """Tell a line that is short enough for a headline and ends, its closing mark aside, without a stop."""
    return len(line) <= _HEADLINE and line.rstrip("”’\"'")[-1:] not in _STOPS


def _without_addressed(text: str, a: Attribution) -> Attribution:
    """Take whom somebody tells off a quotation: ‘by telling [the voters] “enough is enough”’."""
    if a.cue is None or not _leads(a) or _verb_of(text, a.cue) not in _ADDRESSED:
        return a
    content = a.content[0]
    match = _TO_WHOM.match(text, content.start, content.end)
    if match is None or FINITE & set(match["whom"].casefold().split()):
        return a
    quoted = Span(match.end(), content.end)
    if len(quoted.of(text).split()) < _LEAST_WORDS or match["whom"].split()[0].casefold() in {"that", "to", "not"}:
        return a
    return msgspec.structs.replace(a, content=(quoted,))


def _resumed(text: str, a: Attribution) -> Iterator[Attribution]:
    """Part ‘[The skipper died], the navy said, [alleging he …]’: the participle begins what it tells next."""
    last = a.content[-1]
    match = _GERUND.match(text, last.start, last.end)
    begins = match is not None and len(a.content) > 1 and text[last.start - 2 : last.start] == ", "
    if match is None or not begins or lemma(match["verb"]) not in UTTERANCE or a.source is None or a.cue is None:
        yield a
        return
    that = _THAT.match(text, match.end("verb"), last.end)
    start = that.end() if that else match.end()
    yield msgspec.structs.replace(a, content=a.content[:-1])
    yield msgspec.structs.replace(a, cue=Span(*match.span("verb")), content=(Span(start, last.end),), reason=None)


def _parted(text: str, marks: Marks, a: Attribution) -> Iterator[Attribution]:
    """Part a content at "adding", or behind a quotation at "and warned": the same speaker goes on."""
    last = a.content[-1]
    match = None if a.cue is None or a.source is None else _ADDING.search(text, last.start, last.end)
    cue = Span(*match.span(next(name for name in ("cue", "on", "also", "yet") if match[name]))) if match else None
    if match is None or cue is None or marks.state[cue.start] != OUTSIDE or (not match["cue"] and not _leads(a)):
        yield from _resumed(text, a)
        return
    kept = Span(last.start, match.start() + (text[match.start()] in '”"'))
    rest = Span(match.end() if match["that"] == ":" else cue.end + 1, last.end)
    if len(kept.of(text).split()) < _LEAST_WORDS or len(rest.of(text).split()) < _LEAST_OBJECT:
        yield a
        return
    yield msgspec.structs.replace(a, content=(*a.content[:-1], kept))
    yield msgspec.structs.replace(a, cue=cue, content=(rest,), reason=None)
