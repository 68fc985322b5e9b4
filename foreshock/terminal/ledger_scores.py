"""Scores of the ledger on the terminal."""

from collections.abc import Sequence

from rich.table import Table

from foreshock.ledger.scores import LEAST_OF_EITHER, LEAST_RANKED, Bin, Score, Scoreboard, board_as_json
from foreshock.model.words import counted
from foreshock.terminal.fitting import print_table
from foreshock.terminal.ledger import View, percent, table_console
from foreshock.terminal.screen import write_json
from foreshock.terminal.style import shown


def _range(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{low:.2f}–{high:.2f}"


def _area(one: Score) -> str:
    """Discrimination, with its 95 % interval where there is one."""
    if one.discrimination is None:
        return "–"
    told = f"{one.discrimination:.2f}"
    return told if one.discrimination_error is None else f"{told} ± {1.96 * one.discrimination_error:.2f}"


def _void(one: Score) -> str:
    """How many are void, and which share of all that are no longer pending."""
    return "–" if one.void_rate is None else f"{one.void}, {round(100 * one.void_rate)} %"


def _scores_table(found: Scoreboard, what: str) -> Table:
    """The scores of each, and on the last line those of the whole."""
    table = Table(box=None, pad_edge=False)
    table.add_column(what)
    names = (
        "n",
        "pending",
        "over",
        "void",
        "kept, broken",
        "no odds",
        "Brier",
        "log",
        "resolution",
        "discrimination",
        "ranked",
    )
    for name in names:
        table.add_column(name, justify="right")
    for one in (*found.rows, found.whole):
        table.add_row(
            shown(one.name, "bold" if one is found.whole else ""), str(one.n), str(one.pending),
            str(one.undecided), _void(one), f"{one.kept}, {one.broken}", str(one.without_odds),
            _range(one.brier_low, one.brier_high), _range(one.log_low, one.log_high),
            "–" if one.resolution is None else f"{one.resolution:.3f}", _area(one),
            "yes" if one.ranked and one is not found.whole else "",
        )  # fmt: skip
    return table


def _curve_table(curve: Sequence[Bin]) -> Table:
    """The calibration curve: of those said to be so likely, how many there are and how often they came, from the least
    that those allow which are over and undecided."""
    table = Table(box=None, pad_edge=False)
    for name in ("said to be", "n", "over", "said on average", "came", "95 % interval"):
        table.add_column(name, justify="right")
    for one in curve:
        table.add_row(
            percent((one.low, one.high)), str(one.n), str(one.undecided), percent((one.said, one.said)),
            percent((one.came_least, one.came)), percent((one.came_low, one.came_high)),
        )  # fmt: skip
    return table


def show_scores(found: Scoreboard, what: str, view: View) -> None:
    """Scores with the n and the share of void ones beside each, and the calibration curve of the whole."""
    if view.form == "json":
        write_json(board_as_json(found, what, view.yardstick, view.as_of), view.out)
        return
    console = table_console(view.out)
    print_table(_scores_table(found, what), console)
    waiting = f" {found.waiting} more have only pending ones." if found.waiting else ""
    if found.nameless:
        waiting += f" {counted(found.nameless, 'prediction')} of no {what}: on the last line alone."
    console.print(
        "n: resolved, with odds. over: with odds, pending although their horizon has passed; what did not come stays "
        "there more often than what came, and no score knows of it until a person rules. kept, broken: pledges. "
        "no odds: forecasts resolved that told none. "
        f"void: with their share of all that are no longer pending.{waiting} Scores are ranges "
        f"where the text gave a range. Not ranked under n = {LEAST_RANKED}. Discrimination has no ± under "
        f"{LEAST_OF_EITHER} that came or {LEAST_OF_EITHER} that did not, nor at 0 or 1. "
        "Proposed outcomes count until a person decides; with --confirmed they are pending until then."
    )
    if found.whole.calibration:
        console.print("\nCalibration of all: how often it came, by how likely it was said to be", style="bold")
        print_table(_curve_table(found.whole.calibration), console)
        if found.whole.undecided:
            console.print("Where a range came, its lower end is how often if nothing came of those that are over.")
