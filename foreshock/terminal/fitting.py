"""Tables on screens of any width: where one does not fit, its rows are told one after the other, and nothing is cut."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

ENOUGH = 16
"""Characters that a column of words is to have at least; what is shorter, as figures, days and ids are, is whole."""
MOST_LINES = 8
"""Lines that a cell may take before its table is no table any more."""
_BETWEEN = "  ·  "


def print_table(table: Table, console: Console, width: int | None = None) -> None:
    """Print a table where `width`, else the console's, gives each column what it needs; else each row for itself.

    What is too long is broken, between words where it can be; it is never cut off.
    """
    room = width or console.width
    widths = _widths(table, console, room - _between(table))
    if widths is not None:
        for column, own in zip(table.columns, widths, strict=True):
            column.width, column.overflow, column.no_wrap = own, "fold", False
        console.print(table, width=room)
        return
    if table.title:
        console.print(table.title, style="table.title")
    for cells in zip(*(column.cells for column in table.columns), strict=True):
        _print_row(table.columns, [_text(cell, console) for cell in cells], console, room)


def _widths(table: Table, console: Console, room: int) -> list[int] | None:
    """How wide each column is to be: none less than it needs, and what is left shared among those that take more.

    Null where there is no room for what they need: their longest cell, or `ENOUGH` where that is longer, and the
    longest word of their header; and where a cell would still take more than `MOST_LINES` lines.
    """
    longest = [max((_width(_text(cell, console)) for cell in column.cells), default=0) for column in table.columns]
    headers = [str(column.header) if table.show_header else "" for column in table.columns]
    widths = [
        max(min(cells, ENOUGH), *map(len, header.split()), 0) for cells, header in zip(longest, headers, strict=True)
    ]
    spare = room - sum(widths)
    if spare < 0:
        return None
    more = [max(cells, len(header)) - own for cells, header, own in zip(longest, headers, widths, strict=True)]
    columns = sorted(range(len(widths)), key=more.__getitem__)
    for already, column in enumerate(columns):
        given = min(more[column], spare // (len(columns) - already))
        widths[column] += given
        spare -= given
    return widths if all(cells <= MOST_LINES * own for cells, own in zip(longest, widths, strict=True)) else None


def _between(table: Table) -> int:
    """What lines and blanks take beside the cells."""
    _, right, _, left = table.padding
    blanks = (left + right) * len(table.columns) - (0 if table.pad_edge else left + right)
    lines = 0 if table.box is None else len(table.columns) - 1 + (2 if table.show_edge else 0)
    return blanks + lines


def _text(cell: object, console: Console) -> Text:
    return cell if isinstance(cell, Text) else console.render_str(str(cell))


def _width(text: Text) -> int:
    return max((line.cell_len for line in text.split("\n", allow_blank=True)), default=0)


def _print_row(columns: Sequence[Column], cells: Sequence[Text], console: Console, room: int) -> None:
    head, *rest = zip(columns, cells, strict=True)
    name = head[1].copy()
    name.stylize("bold")
    console.print(name, width=room)
    for line in _lines(rest, room - 2):
        console.print(Padding(line, (0, 0, 0, 2)), width=room)


def _lines(cells: Sequence[tuple[Column, Text]], room: int) -> Iterator[Text]:
    """Each cell behind its column's name, as many on a line as it has room for, none of these broken; what is longer
    than half a line stands on lines of its own."""
    line = Text()
    for column, cell in cells:
        if not cell.plain.strip():
            continue
        told = Text.assemble((f"{column.header}: " if column.header else "", "dim"), cell)
        alone = 2 * _width(told) > room or "\n" in told.plain
        if line and (alone or line.cell_len + len(_BETWEEN) + told.cell_len > room):
            yield line
            line = Text()
        if alone:
            yield told
        else:
            line = line.append(_BETWEEN, "dim").append_text(told) if line else told
    if line:
        yield line
