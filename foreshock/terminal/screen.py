"""What several screens do alike: a bar that counts, and JSON for programs."""

from typing import TextIO

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from foreshock.terminal.style import complain


def counting(what: str, screen: Console) -> Progress:
    """A bar of how many are done; it leaves nothing behind."""
    columns = SpinnerColumn(), TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    return Progress(*columns, console=screen, transient=True)


def tell_left_out(shown: int, total: int) -> None:
    """On standard error that a list of JSON ends before all that answers; nothing where it does not."""
    if shown < total:
        complain(f"{shown:,} of {total:,} shown; --limit shows more")


def tell_by_region(number: int) -> None:
    """On standard error how many of a list of JSON are told by region, without their words; nothing where none is."""
    if number:
        complain(
            f"{number:,} told by region and without words: their texts tell of people who left their unit; the table "
            "quotes them"
        )


def write_json(content: object, out: TextIO) -> None:
    """Write `content` as indented JSON, with a line end."""
    out.write(msgspec.json.format(msgspec.json.encode(content), indent=1).decode() + "\n")
