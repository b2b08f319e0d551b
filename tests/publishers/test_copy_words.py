"""Why one text is taken for another's, in words."""

import pytest

from onrecord.annotation import Annotations
from onrecord.document import Document, Span
from onrecord.publishers.copy_words import CopyWords
from onrecord.story import Copy

ABSENT = "the agency's own report is not among the documents"
TEXT = "ALVOR (MSI) — The gate closes at nine."
WORDS = CopyWords(
    [Annotations(Document(name, TEXT, outlet=outlet)) for name, outlet in (("a", "Echo"), ("b", "Packet"))]
)


@pytest.mark.parametrize(
    ("copy", "sentence"),
    [
        (
            Copy("a", "b", "declared", "whole", 0.82, 120, reason="credits-source"),
            "82% of its own words (120) stand in Packet outside quotations, and it credits that report.",
        ),
        (
            Copy("a", "MSI", "undeclared", "whole", None, 60, reason="common-agency", beside="b"),
            f"It shares 60 words outside quotations with Packet, which credits them to MSI; {ABSENT}.",
        ),
        (
            Copy("a", "MSI", "declared", "whole", None, reason="agency-credit", credit=Span(0, 11)),
            f"It prints “ALVOR (MSI)”; {ABSENT}, so the texts were not compared.",
        ),
        (Copy("a", "b", "undeclared", "whole", 0.5), ""),
    ],
)
def test_each_reason_has_its_sentence(copy, sentence):
    assert WORDS.why(copy) == sentence
