"""Rows of text for a terminal: wrapped under their beginning, without trailing blanks, readable at any width.

Writes to a rich console. A width that nobody can read (``COLUMNS=0`` or ``1``) counts as :data:`LEAST_WIDTH`; the
terminal then folds rows that are longer than it is wide.
"""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.text import Text

LEAST_WIDTH: Final = 30
_LEAST_WORDS: Final = 12


class Rows:
    """Prints rows to a console."""

    def __init__(self, console: Console) -> None:
        """Take the console's width, unless nobody could read it; a console of no width would print nothing at all."""
        self._console = console
        self.width: Final = max(console.width, LEAST_WIDTH)
        console.width = self.width

    def row(self, words: Text | str, beginning: Text | str = "", style: str = "") -> None:
        """Print words behind a beginning; further lines stand under the first of the words."""
        first = beginning if isinstance(beginning, Text) else Text(beginning)
        body = words if isinstance(words, Text) else Text(words, style=style)
        hang = min(first.cell_len, self.width - _LEAST_WORDS)
        for number, line in enumerate(body.wrap(self._console, self.width - hang) or [Text()]):
            whole = (first if number == 0 else Text(" " * hang)) + line
            whole.rstrip()
            self.as_it_is(whole)

    def folded(self, words: str, style: str = "") -> list[Text]:
        """Give words as rows of the width of the terminal."""
        return self.wrapped(Text(words, style=style), 0)

    def wrapped(self, words: Text, hang: int) -> list[Text]:
        """Give words as rows that leave ``hang`` columns free, without blanks at their ends."""
        found = list(words.wrap(self._console, max(self.width - hang, _LEAST_WORDS)))
        for row in found:
            row.rstrip()
        return found

    def one(self, words: Text) -> Text:
        """Cut words to one row; an ellipsis shows that they go on."""
        row = words.copy()
        row.truncate(self.width, overflow="ellipsis")
        row.rstrip()
        return row

    def as_it_is(self, words: Text) -> None:
        """Print words that are not to be folded."""
        self._console.print(words, soft_wrap=True)

    def heading(self, words: str, style: str = "bold") -> None:
        """Print a heading below a blank line."""
        self.blank()
        self.row(words, style=style)

    def blank(self) -> None:
        """Print a blank line."""
        self._console.print()
