"""Words from documents made safe for a terminal: every string that came from outside passes here before it is printed.

Control characters, the direction marks that turn text round and halves of surrogate pairs are written as what they are
(``<U+001B>``), so that no document can clear a screen, set a title, hide a word or forge a line. Console markup is kept
from being read by printing :class:`rich.text.Text`, never a string.
"""

from __future__ import annotations

import re

_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 and C1 controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction marks, embeddings, overrides, isolates
    "\u2028\u2029\ufff9-\ufffb"  # separators of lines and paragraphs, interlinear notes
    "\ud800-\udfff\U000e0000-\U000e007f]"  # halves of surrogate pairs, tags
)
_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    """Write every character that a terminal would obey as what it is, line ends among them."""
    return text if text.isascii() and text.isprintable() else _OBEYED.sub(lambda c: f"<U+{ord(c[0]):04X}>", text)


def line(text: str) -> str:
    """Put words on one line, white space folded to single spaces, with what a terminal would obey made visible."""
    return visible(_SPACE.sub(" ", text))
