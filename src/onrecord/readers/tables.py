"""Tables (``.csv``, ``.tsv``) become documents, one a row, where a column holds the text.

Reads a text; gives records in the form that JSON objects have (:mod:`onrecord.readers.fields`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from onrecord.errors import FormatError
from onrecord.readers.fields import renamed

_LONGEST_FIELD = 10_000_000
_DELIMITERS = ",;\t|"


def rows(text: str, name: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Give every row as a record, with the name it goes by in messages.

    Raises:
        FormatError: no column is called ``text`` or as other programs call it, or the table cannot be read.

    """
    csv.field_size_limit(_LONGEST_FIELD)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [column for column in reader.fieldnames or () if column]
        known = renamed(dict.fromkeys(columns, "x"))
        if "text" not in known and "html" not in known:
            listed = ", ".join(columns[:8])
            raise FormatError(f'{name} has no column "text" (it has {listed}): name the column that holds the text so.')
        for number, row in enumerate(reader, 2):
            fields = {key: value for key, value in row.items() if isinstance(key, str) and isinstance(value, str)}
            yield (
                renamed({key.strip(): value for key, value in fields.items() if value.strip()}),
                f"{name}, row {number}",
            )
    except csv.Error as error:
        raise FormatError(f"{name} is no table that can be read ({error}): correct line {reader.line_num}.") from None
