"""Tables out, as other data sets have them; a spreadsheet runs nothing that they hold."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO, Final

Cell = str | int | float | None
"""What a cell of a table holds before it is written."""
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula (OWASP, *CSV injection*)."""
_NEGATIVE: Final = re.compile(r"-(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def write_table(rows: Iterable[Mapping[str, str]], columns: Sequence[str], out: BinaryIO, delimiter: str = ",") -> int:
    """Write rows under `columns`; how many. In a TSV no field holds a tab or a line's end."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    if delimiter == "\t":
        writer = csv.DictWriter(
            text, columns, restval="", delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None
        )
    else:
        # RFC 4180 ends rows so; and only what ends a row has a cell quoted, which may hold a bare return.
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    number = 0
    for row in rows:
        number += 1
        writer.writerow({name: _plain(value, delimiter) for name, value in row.items()})
    text.detach()
    return number


def _plain(value: str, delimiter: str) -> str:
    return defused(" ".join(value.replace("\t", " ").splitlines()) if delimiter == "\t" else value)


def defused(value: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would run as a formula; a negative number stays one."""
    return f"'{value}" if value.startswith(_FORMULA_STARTS) and not _NEGATIVE.fullmatch(value) else value
