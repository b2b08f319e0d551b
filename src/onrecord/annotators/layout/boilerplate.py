"""What pages print between the paragraphs: captions, links to read more, calls to subscribe, posts shown in a frame.

Each list holds patterns of a line's beginning unless it says otherwise. A pattern stands here only if prose does not
open that way: what is missing from the lists stays prose, which is the smaller error.
"""

from __future__ import annotations

import re

_SHOWN = r"(?=.{0,200}\b(?:shows?|released|provided|taken|obtained|made|from)\b)"
_CAPTIONS = (
    r"(?:FILE|File)\s?(?:PHOTO|photo)?\s?(?:[-–—:]|\()",
    r"FILE PHOTO",
    r"(?:Photo|Image|Picture|Pictured|Caption|Photograph|Video|PHOTO|IMAGE)\s?:\s",
    rf"(?:In )?[Tt]his (?:[\w.,'’-]+ ){{0,8}}?(?:photo|photograph|image|picture|frame grab|video grab)\b{_SHOWN}",
    r"(?:A|An) (?:file|undated|handout|combination) (?:photo|image|picture)\b",
    r"Enlarge (?:this )?image\b",
    r"toggle caption\b",
    r"(?:Grab|Screen ?grab|Screen ?shot|Video grab|A screen ?grab|A still) (?:from|of|taken|shows|translation)\b",
)
_CAPTION_ENDS = (
    r"\((?:[\w ]{0,30}\b)?(?:file (?:image|photo|picture|pic)|stock (?:image|photo)|file)\)\.?$",
    r"\bfile (?:image|photo|picture)$",
    r"\bin (?:a|an|this) (?:\w+ ){0,2}(?:photo|image|picture|still) (?:obtained|released|taken)\b[^.]{0,60}\.?$",
)
_DESK = (
    r"(?:(?!of\b)[\w’']+ ){0,3}(?:news ?desk|newsroom|tip ?line|news ?line|picture desk|tips? team)\b"
    r"(?=\s*(?:[,.:;!?(+\d]|$|(?:at|day|if|now|on|or|today|with)\b))"
)
_ASKED = r"(?:(?:do|did|were|are|have|can) (?:you|anybody|anyone)\b[^.?!]{0,100}\?\s+)?"
_LINKS = (
    # asks to read, watch or hear something else
    r"(?:read|see|watch|listen|learn|find out) more\b(?=\s*(?:[:»>→…]|here|at|about|on|$))",
    r"(?-i:READ|SEE|WATCH|LISTEN|DON'T MISS|MORE|ALSO)\s?(?:MORE|ALSO|NOW|HERE|NEXT|THIS)?\s?:",
    r"(?:read|see) (?:also|next)\s*(?::|$)",
    r"(?:also read|up next|watch|listen|gallery|in pictures|live updates|full coverage|read this)\s*(?::|$)",
    r"read full story\b",
    r"read the (?:rest|full|whole|entire|original)\b.{0,60}\b(?:here|story|article|report|post)\b",
    r"(?:click|tap) here\b",
    r"(?:the )?video (?:above|below|player)\b.{0,80}$",
    r"view (?:all |the )?(?:comments|gallery|slideshow|this post|more)\b",
    r"slideshow\b.{0,20}$",
    r"view all (?:[\w’'-]+ ){0,5}newsletters\b",
    r"(?-i:More|Also)\s?:\s+(?=(?-i:[A-Z]))",
    # lists of other stories
    r"(?-i:RELATED|Related) (?-i:STORIES|Stories|ARTICLES|Articles|COVERAGE|Coverage)\b",
    r"(?:related(?: (?:stories|articles?|content|coverage|topics))?|recommended|trending)\s*(?::|$)",
    r"(?:more on this|more stories|most popular|top stories|in other news|further reading|what to read next)\s*(?::|$)",
    r"(?:more from|don[’']t miss|most read|key points|editors?[’']s? (?:picks?|choice))\s*(?::|$|(?-i:[A-Z]{3}))",
    r"(?-i:MOST READ|JUST WATCHED|MUST WATCH|Story highlights)\b",
    r"replay more videos\b",
    r"media playback is\b",
    r"today[’']s coverage from\b",
    # asks to subscribe, follow, write, pay
    r"(?:sign|signing) up (?:to|for|here|now|today)\b",
    r"newsletter sign up\b",
    r"(?:sign up )?you agree to (?:receive|our|the terms)\b",
    r"subscribe(?: now| today| here| to (?:our|the)|$)",
    r"get (?:our|the) (?:latest|daily|free|app|newsletter|top)\b",
    r"download (?:our|the) (?:\w+ ){0,3}app\b",
    r"(?:please )?(?:follow|like|join|find) (?:us\b|our\b|me\b|@\w)",
    r"(?:follow|like|join|find) .{2,50}?\bon (?:Twitter|Facebook|Instagram|X|Telegram|WhatsApp|YouTube)\b",
    r"follow .{2,50}? for (?:more|every|all|the latest|breaking|live|updates|news)\b.{0,80}$",
    r"(?:do you|have you|got|have) (?:have |got )?(?:a|any) (?:story|tip|question)s?\b.{0,40}(?:\?|for|email)",
    r"we pay for (?:your )?(?:stories|videos)",
    r"(?:e-?mail|contact|write to|reach) (?:[\w. '’-]{2,50}?)?\s?(?:at|on|:)?\s?\S+@\S+",
    # what asks the reader first may ask whether he knows something
    rf"{_ASKED}(?:please )?(?:ring|call|phone|text|alert|tip off|write to) (?:us\b|(?:our|the) {_DESK})",
    r"share (?:this|on|via)\b.{0,60}$",
    r"(?:\d+ (?:comments|shares|photos|images)|(?:show|leave a|post a|add a) comments?)$",
    r"join the (?:conversation|discussion)\b",
    r"support (?:our|quality|independent) journalism\b",
    r"donate\b.{0,60}$",
    # the page about itself
    r"(?-i:Author|Editor)s?\s?:\s[^.\n]{2,60}$",
    r"advertisement\b.{0,60}$",
    r"(?:article|story) continues\b",
    r"continue reading\b",
    r"skip (?:to|past|advertisement)\b",
    r"scroll (?:down|to)\b",
    r"loading\b.{0,10}$",
    r"(?:order reprints|today[’']s paper|please verify|print this)\b",
    r"this (?:story|article|post) (?:originally |was originally |first )?(?:appeared|published|was first published)\b",
)
_POSTS = (
    r"[—–-]{1,2}\s*[^—–\n]{2,60}\(@\w{1,20}\)\s+(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})$",
    r"\bpic\.twitter\.com/\w+$",
    r"\bPosted by [^.\n]{2,60} on (?:\w+day, )?(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},) \d{4}$",
)

TERMINAL = re.compile(r"[.!?…](?:[\"'”’»)\]]|\s)*$")
"""A sentence's last mark, at the end of a line."""
_CAPTION = re.compile("|".join(_CAPTIONS))
_CAPTION_END = re.compile("|".join(_CAPTION_ENDS), re.IGNORECASE)
_CAPTION_END_WORDS = ("file", "stock", "photo", "image", "picture", "still")  # each caption's end has one
_GLUED_CAPTION = re.compile(r"(?:Image|Photo|Picture|Video|Slide \d+)\s(?=[A-Z])")
_BARE_LABEL = re.compile(
    r"(?:(?:photo|image|picture|video)s?|audio|play video|(?:media|image) caption)\s*:?\s*$", re.IGNORECASE
)
_LINK = re.compile("|".join(_LINKS), re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\[\]]{8,200}\]$")
_ADDRESSES = re.compile(r"(?:(?:https?://|www\.|pic\.twitter\.com/|@|#)\S+[\s,|]*)+$")
_POST = re.compile("|".join(_POSTS))
_POST_SIGNS = ("(@", "pic.twitter.com/", "Posted by ")  # each post has one
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
