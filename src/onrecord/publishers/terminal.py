"""A story, or one document by itself, in the terminal: what must be looked at first, then what the reports share.

Reads: Story, Annotations. Writes to a rich console. Differences are marked in more than colour: added or changed words
are underlined, words left out stand as ``⟨…⟩`` with a strike. Statements and claims have the ids of JSON and page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from onrecord.annotation import Annotations, Attribution, Figure
from onrecord.document import Span
from onrecord.publishers import counts, labels
from onrecord.publishers.diff_marks import pieces
from onrecord.publishers.escapes import line
from onrecord.publishers.diff_marks import pieces
