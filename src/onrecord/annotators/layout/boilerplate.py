"""What pages print between the paragraphs: captions, links to read more, calls to subscribe, posts shown in a frame.

The patterns (``lexicon/en/patterns/layout.toml``) are of a line's beginning unless they say otherwise. One stands there
only if prose does not open that way: what is missing stays prose, which is the smaller error.
"""

from __future__ import annotations

import re

from onrecord.lexicon.load import word_list
from onrecord.lexicon.patterns import pattern

TERMINAL = re.compile(r"[.!?…](?:[\"'”’»)\]]|\s)*$")
"""A sentence's last mark, at the end of a line."""
_CAPTION = pattern("layout.caption_openings")
_CAPTION_END = pattern("layout.caption_end")
_CAPTION_END_WORDS = word_list("layout.caption_end_words")
_GLUED_CAPTION = pattern("layout.glued_caption")
_BARE_LABEL = pattern("layout.bare_label")
_LINK = pattern("layout.link")
_BRACKETED = re.compile(r"\[[^\[\]]{8,200}\]$")
_ADDRESSES = re.compile(r"(?:(?:https?://|www\.|pic\.twitter\.com/|@|#)\S+[\s,|]*)+$")
_POST = pattern("layout.posts")
_POST_SIGNS = word_list("layout.post_signs")
_QUOTED_LINE = re.compile(r">\s?\S")
_LINK_LENGTH = 160
_POST_LENGTH = 420


def opens_caption(line: str) -> bool:
    """Return whether a line begins as captions do (``File - In this …``, ``Photo: …``)."""
    return _CAPTION.match(line) is not None


def closes_caption(line: str) -> bool:
    """Return whether a line ends as captions do (``(file image)``, ``in a photo released by …``)."""
    end = line[-160:]
    folded = end.casefold()
    return any(word in folded for word in _CAPTION_END_WORDS) and _CAPTION_END.search(end) is not None


def is_picture_label(line: str) -> bool:
    """Return whether the line is only what a page prints in a picture's place (``Photo``)."""
    return _BARE_LABEL.match(line) is not None


def is_run_into_headline(line: str) -> bool:
    """Return whether what follows a headline on its line is a caption with its label run in (``Image A crowd …``)."""
    return _GLUED_CAPTION.match(line) is not None


def is_shown_post(line: str) -> bool:
    """Return whether a line is somebody's post shown in the text, or a line quoted with ``>``."""
    if _QUOTED_LINE.match(line):
        return True
    signed = len(line) <= _POST_LENGTH and any(sign in line for sign in _POST_SIGNS)
    return signed and _POST.search(line) is not None


def is_link(line: str, length: int) -> bool:
    """Return whether a line of ``length`` characters leads elsewhere or asks for something, and tells nothing."""
    if _ADDRESSES.match(line) or (_BRACKETED.match(line) and not TERMINAL.search(line[:-1])):
        return True
    found = _LINK.match(line)
    # "Watch the …" may open prose: a link is short, says what it is with a colon, or has no full stop.
    return found is not None and (length <= _LINK_LENGTH or found.group().endswith(":") or not TERMINAL.search(line))
