"""Tables on narrow screens: no figure, day or word is cut off, whatever the width."""

import io

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

from foreshock.terminal.fitting import print_table

ROWS = (
    ("Baltic Ledger", "19", "0.21–0.33", "0.65 ± 0.25", "2024-11-29"),
    ("International Commission of Jurists", "4", "0.01–0.06", "–", "2023-02-01"),
)
HEADERS = ("outlet", "n", "Brier", "discrimination", "last made")


def printed(width: int, rows: tuple[tuple[str, ...], ...] = ROWS) -> list[str]:
    """The lines of a table on a screen that is so wide."""
    table = Table(box=None, pad_edge=False)
    for name in HEADERS:
        table.add_column(name)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    out = io.StringIO()
    print_table(table, Console(file=out, width=width))
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120, 200])
def test_figures_and_days_stand_whole_at_every_width(width: int) -> None:
    lines = printed(width)
    assert all(len(line) <= width for line in lines)
    text = " ".join(lines)
    assert "…" not in text
    for row in ROWS:
        assert all(any(cell in line for line in lines) for cell in row[1:])


def test_a_table_that_fits_is_a_table_and_else_each_row_stands_for_itself() -> None:
    wide, narrow = printed(120), printed(40)
    assert wide[0].split() == ["outlet", "n", "Brier", "discrimination", "last", "made"] and len(wide) == 3
    assert narrow[:3] == ["Baltic Ledger", "  n: 19  ·  Brier: 0.21–0.33", "  discrimination: 0.65 ± 0.25"]


def test_a_cell_of_many_lines_is_told_outside_a_table() -> None:
    told = " ".join(["reports where two would be usual"] * 40)
    lines = printed(100, (("Sudan", "9", "–", told, "2023-01-31"),))
    assert lines[0] == "Sudan" and lines[1] == "  n: 9  ·  Brier: –"
    assert (
        " ".join(" ".join(lines[2:-1]).split()) == f"discrimination: {told}" and lines[-1] == "  last made: 2023-01-31"
    )
