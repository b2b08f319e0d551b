"""What verdicts, flags and kinds are called in plain English: one catalogue for the page and the terminal.

A translation is another file like this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from onrecord.annotation import LinkKind
from onrecord.story import CoverageForm, FigureVerdict, Notice, Occasion, Severity, Stage
from onrecord.wording import HARMS, Flag, UncheckedReason, Verdict, Wording

Gravity = Literal["open", "mild", "care", "serious"]
GRAVITIES: tuple[Gravity, ...] = ("open", "mild", "care", "serious")
"""How much harm a finding may do, least first."""

VERDICTS: dict[Verdict, tuple[str, Gravity, str]] = {
    "verbatim": (
        "word for word",
        "mild",
        "Every word is as in the transcript, from the edge of a sentence to the edge of a sentence.",
    ),
    "trimmed": (
        "shortened",
        "mild",
        "The words are as in the transcript, but the quotation begins or ends inside a sentence.",
    ),
    "cleaned": ("cleaned up", "mild", "Only fillers, repeats and false starts were taken out."),
    "bracketed": ("inserted words in [ ]", "mild", "Every word that was put in or changed stands in square brackets."),
    "elided-marked": ("cut, marked", "mild", "Words were left out inside, and an ellipsis shows each gap."),
    "elided-seam": (
        "cut at “he said”",
        "mild",
        "Words were left out where the report interrupts the quotation to name the speaker.",
    ),
    "elided-silent": (
        "words dropped, no ellipsis",
        "care",
        "Words were left out inside, and nothing shows the gap.",
    ),
    "altered-function": (
        "minor word changed",
        "care",
        "An article, a preposition or an ending differs; no word that carries meaning does.",
    ),
    "altered-content": (
        "words changed",
        "serious",
        "A word that carries meaning differs: a noun, verb, name, number, negation or pronoun.",
    ),
    "spliced": (
        "two passages run together",
        "serious",
        "One pair of quotation marks joins passages that stand apart in the transcript.",
    ),
    "paraphrase-in-quotes": (
        "paraphrase in quotation marks",
        "serious",
        "Less than half of what stands in quotation marks is in the transcript in these words.",
    ),
    "misattributed": (
        "said by someone else",
        "serious",
        "The words are in the transcript, but in another speaker’s turn.",
    ),
    "not-found": (
        "not in the transcript",
        "care",
        "Nothing in the transcript is like these words; they may have been spoken elsewhere.",
    ),
    "unchecked": ("not checked", "open", "The words could not be checked; each says why."),
    "reports-differ": (
        "reports differ",
        "care",
        "Reports print different words, and no transcript says which are right.",
    ),
    "reports-agree": (
        "reports agree",
        "open",
        "Reports print the same words; no transcript says whether they are right.",
    ),
}
"""Each verdict's label, how serious it is, and one sentence that says what it means."""

FLAGS: dict[Flag, tuple[str, Gravity, str]] = {
    "qualifier-lost": ("drops its condition", "serious", "What was cut denies, limits or conditions what was kept."),
    "number-changed": ("number changed", "serious", "A number is not the one in the transcript."),
    "negation-changed": ("negation changed", "serious", "A “not” came in or fell out."),
    "name-changed": ("name changed", "serious", "A name is not the one in the transcript."),
    "person-shifted": ("person shifted", "care", "“I” became “he”, or the like."),
    "transcript-may-mishear": (
        "the transcript may mishear",
        "care",
        "The difference sounds alike: the transcript may be wrong.",
    ),
    "occasion-in-doubt": ("another occasion?", "care", "Like words may have been spoken on another occasion."),
    "figure-unsupported": (
        "number not in the passage",
        "care",
        "The passage that was found does not contain this number.",
    ),
    "name-unsupported": ("name not in the passage", "care", "The passage that was found does not contain this name."),
    "negation-unsupported": (
        "negation not in the passage",
        "care",
        "The passage that was found does not contain this “not”.",
    ),
}
"""Each flag's label, how serious it is, and what it means."""


WHY: dict[Verdict | Flag, str] = {
    "negation-changed": "A “not” came in or fell out: the sentence says the opposite.",
    "qualifier-lost": "What was cut limits or conditions what was kept.",
    "misattributed": "The transcript has these words in somebody else’s turn.",
    "number-changed": "The number in quotation marks is not the one that was said.",
    "name-changed": "The name in quotation marks is not the one that was said.",
    "altered-content": "A word that carries meaning was changed inside quotation marks.",
    "spliced": "Two passages that stand apart are printed as one.",
    "paraphrase-in-quotes": "Quotation marks stand around words that were mostly not said so.",
    "person-shifted": "Who is meant has changed: “I” became “he”, or the like.",
    "not-found": "Nothing like it is in the transcript; it may have been said elsewhere.",
    "elided-silent": "Words were left out and nothing shows it.",
    "reports-differ": "Two reports print different words in quotation marks; no transcript says which are right.",
}
"""Why a verdict or flag matters to a reader, in one sentence."""


def signs() -> dict[Verdict | Flag, tuple[str, Gravity, str]]:
    """Give label, gravity and meaning of every verdict and flag."""
    found: dict[Verdict | Flag, tuple[str, Gravity, str]] = dict(VERDICTS.items())
    found.update(FLAGS.items())
    return found


FIGURES: dict[FigureVerdict, tuple[str, Gravity, str]] = {
    "equal": ("agree", "mild", "All print the same number."),
    "compatible": ("consistent", "mild", "The bounds leave room for both."),
    "narrower": ("counts a part", "care", "One figure counts a part of what the other counts."),
    "conflict": ("contradict", "serious", "They cannot both be right for the same time."),
    "different-time": ("updated later", "care", "Each is right for its own day."),
}

KINDS: dict[LinkKind, str] = {
    "witnessed": "heard or seen by the report itself",
    "primary-document": "a document",
    "statement": "a statement",
    "outlet-pickup": "another outlet",
    "agency-copy": "an agency",
    "undeclared-reuse": "reused without credit",
    "anonymous": "an unnamed source",
    "vague": "named only in general terms",
    "unsourced": "no source given",
    "circular": "reports that credit each other",
}
"""What stands at the end of a link of sourcing."""

FORMS: dict[CoverageForm, str] = {
    "direct": "in quotation marks",
    "mixed": "partly in quotation marks",
    "indirect": "paraphrase",
    "own-voice": "in the report’s own voice",
    "not-reported": "not in this report",
    "published-before": "published earlier",
}
"""How a report gives a statement or claim."""

SEVERITIES: dict[Severity, tuple[str, Gravity]] = {
    "ok": ("fits the house style", "mild"),
    "note": ("worth a look", "care"),
    "error": ("breaks the house style", "serious"),
}

DATES_FROM = {
    "caller": "as given",
    "metadata": "from the page’s data",
    "byline": "from the byline",
    "dateline": "from the dateline",
    "address": "from the address",
}

UNKNOWN_SPEAKER = "speaker not named"
UNCLEAR_SPEAKER = "unclear"
SERIOUS = "serious change"

SOURCED: dict[LinkKind, str] = {
    "witnessed": "on the record",
    "primary-document": "on the record, in a document or transcript",
    "statement": "in a statement",
    "outlet-pickup": "taken from another outlet",
    "agency-copy": "an agency’s text",
    "undeclared-reuse": "reused without credit",
    "anonymous": "one unnamed source",
    "vague": "source named only in general terms",
    "unsourced": "where it was said is not stated",
    "circular": "reports that credit each other",
}
"""On what a statement with one original source rests."""

OCCASIONS: dict[Occasion, str] = {
    "heard": "on the record, in public",
    "issued": "on the record, in a public statement",
    "record": "on the record, in a document or transcript",
    "interview": "on the record, to one outlet",
}
"""How the one original source spoke, where a report says it."""

STAGES: dict[Stage, str] = {
    "read": "while it was read",
    "annotate": "while statements were looked for",
    "compare": "while it was compared",
    "check": "while its quotations were checked",
}
"""When a document failed."""

NOTICES: dict[Notice, str] = {
    "transcript-partial": "The transcript is not whole: nothing is called missing from it.",
    "transcript-unpunctuated": (
        "The transcript marks no sentences: whether a condition was cut off, and what is missing, cannot be seen."
    ),
    "transcript-of-other-day": "The transcript is of another day than the article: nothing is called missing from it.",
    "transcript-no-speakers": "The transcript names no speakers: whose words they are cannot be checked.",
}
"""What limits the verdicts on all quotations of an article: printed once, above them."""

REASONS: dict[UncheckedReason, str] = {
    "too-short": "too few words, or too common, to prove anything",
    "too-long": "too long to be aligned",
    "weak-match": "like words are there, but not surely this passage",
    "transcript-partial": "the transcript is not whole",
    "transcript-unpunctuated": "the transcript marks no sentences",
    "transcript-no-speakers": "the transcript names no speakers",
    "no-turns-of-speaker": "no turn of this speaker is in the transcript",
    "speaker-unnamed": "the article names nobody for these words",
    "speaker-unclear": "whose words they are is not clear in the article",
    "other-occasion": "the article may mean another occasion",
    "said-elsewhere": "said elsewhere, by the article’s own account",
    "quoted-there": "the transcript quotes these words as somebody else’s",
    "paraphrase": "reported in the article’s own words",
    "little-in-common": "too little in common with the other versions to be compared",
}
"""Why a quotation was not checked."""


def gravity(wording: Wording) -> int:
    """Return how serious a wording is, its flags counted in: an index of :data:`GRAVITIES`."""
    signs = [VERDICTS[wording.verdict][1], *(FLAGS[flag][1] for flag in wording.flags)]
    return max(map(GRAVITIES.index, signs))


def clock(second: float) -> str:
    """Return a time of a recording as people write it, ``00:14:07``."""
    whole = int(second)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def harms(flags: Iterable[Flag], severity: Severity | None) -> list[Flag]:
    """List the flags that say how an error changed the sense: they stand before a verdict that sounds mild."""
    return [flag for flag in flags if flag in HARMS] if severity == "error" else []
