"""What verdicts, flags and kinds mean, in plain English, the same wherever the page prints them."""

from __future__ import annotations

from typing import Literal

from onrecord.annotation import LinkKind
from onrecord.story import FigureVerdict, Flag, Severity, Telling, Verdict

Gravity = Literal["mild", "care", "grave", "open"]

VERDICTS: dict[Verdict, tuple[str, Gravity, str]] = {
    "verbatim": ("verbatim", "mild", "Every word is as spoken, from the edge of a sentence to the edge of a sentence."),
    "trimmed": ("trimmed", "mild", "The words are as spoken, but the quotation begins or ends inside a sentence."),
    "cleaned": ("tidied", "mild", "Only fillers, repeats and false starts were taken out."),
    "bracketed": ("bracketed", "mild", "Every word that was put in or changed stands in square brackets."),
    "elided-marked": ("cut, and marked", "mild", "Words were left out inside, and an ellipsis shows each gap."),
    "elided-seam": (
        "cut under “he said”",
        "mild",
        "Words were left out where the report interrupts the quotation to name the speaker.",
    ),
    "elided-silent": ("cut without a sign", "care", "Words were left out inside, and nothing shows the gap."),
    "altered-function": (
        "small words changed",
        "care",
        "An article, a preposition or an ending differs; no word that carries meaning does.",
    ),
    "altered-content": (
        "words changed",
        "grave",
        "A word that carries meaning differs: a noun, verb, name, number, negation or pronoun.",
    ),
    "spliced": ("spliced", "grave", "One pair of quotation marks joins passages that stood apart."),
    "paraphrase-in-quotes": (
        "paraphrase in quotation marks",
        "grave",
        "Less than half of what stands in quotation marks was said in these words.",
    ),
    "misattributed": ("another speaker’s words", "grave", "The words were spoken, but by somebody else."),
    "not-found": (
        "not in the transcript",
        "care",
        "Nothing in the transcript is like these words; they may have been spoken elsewhere.",
    ),
    "unchecked": ("not checked", "open", "There is no transcript that could settle these words."),
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
"""Each verdict's label, how grave it is, and one sentence that says what it means."""

FLAGS: dict[Flag, tuple[str, str]] = {
    "qualifier-lost": ("its condition is lost", "What was cut denies, limits or conditions what was kept."),
    "number-changed": ("a number changed", "A number is not the one spoken."),
    "negation-changed": ("a negation changed", "A “not” came in or fell out."),
    "name-changed": ("a name changed", "A name is not the one spoken."),
    "person-shifted": ("the person shifted", "“I” became “he”, or the like."),
    "transcript-may-mishear": ("the transcript may mishear", "The difference sounds alike: the transcript may err."),
    "occasion-in-doubt": ("another occasion?", "Like words may have been spoken on another occasion."),
    "figure-unsupported": ("number not in the passage", "The passage that was found does not hold this number."),
    "name-unsupported": ("name not in the passage", "The passage that was found does not hold this name."),
    "negation-unsupported": ("negation not in the passage", "The passage that was found does not hold this “not”."),
}

FIGURES: dict[FigureVerdict, tuple[str, Gravity, str]] = {
    "equal": ("agree", "mild", "All say the same."),
    "compatible": ("can both hold", "mild", "The bounds leave room for both."),
    "narrower": ("one counts a part", "care", "One figure counts a part of what the other counts."),
    "conflict": ("conflict", "grave", "They cannot both hold for the same time."),
    "different-time": ("of different times", "care", "Each holds for its own day."),
}

KINDS: dict[LinkKind, str] = {
    "witnessed": "heard or seen by the report itself",
    "primary-document": "a document",
    "statement": "a statement",
    "outlet-pickup": "another outlet",
    "agency-copy": "an agency",
    "undeclared-reuse": "taken over without saying so",
    "anonymous": "an unnamed source",
    "vague": "nobody in particular",
    "unsourced": "no source given",
    "circular": "a circle",
}

TELLINGS: dict[Telling, str] = {
    "direct": "in quotation marks",
    "mixed": "partly in quotation marks",
    "indirect": "in the report’s words, credited",
    "own-voice": "in the report’s own voice",
    "not-told": "not told",
    "too-early": "published before it was said",
}

SEVERITIES: dict[Severity, tuple[str, Gravity]] = {
    "ok": ("fits the house style", "mild"),
    "note": ("worth a look", "care"),
    "error": ("breaks the house style", "grave"),
}

DATES_FROM = {
    "caller": "as given",
    "metadata": "from the page’s data",
    "byline": "from the byline",
    "dateline": "from the dateline",
    "address": "from the address",
}
