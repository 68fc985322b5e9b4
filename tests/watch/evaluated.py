"""Watches over records made by hand, and what they say of a place."""

import datetime
from pathlib import Path

from foreshock.model.board import Board, Sign, Standing, Where
from foreshock.watch.boards import named_boards, read_board
from foreshock.watch.evaluate import Watch
from foreshock.watch.periods import named_period
from foreshock.watch.sightings import sightings
from tests.watch.samples import months, record_of

PAST = months("2022-01", 12)
NOW = datetime.date(2023, 1, 10)
SUDAN = Where("SDN")
CHAD = Where("TCD")


def watch_over(folder: Path, entries: list, boards: tuple[str, ...] = ("coup", "forces-breaking")) -> Watch:  # type: ignore[type-arg]
    with record_of(folder, entries) as record:
        return Watch(sightings(record), named_boards(boards))


def standing(watch: Watch, board: str, where: Where = SUDAN, month: str = "2023-01") -> Standing:
    found = watch.at(named_period(month, "month")).standings
    return next(one for one in found if one.board == board and one.where == where)


def sign(one: Standing, indicator: str) -> Sign:
    return next(found for look in one.outlooks for found in look.signs if found.indicator == indicator)


def board_on_mutiny(
    name: str = "mine", query: str = "{mode: [x-mutiny]}", levels: str | None = None, places: str = "[]"
) -> Board:
    """A board with one scenario that goes by one sign, `mutiny`."""
    levels = f", levels: {levels}" if levels else ""
    text = (
        f"id: {name}\nname: Mine\nabout: x\nplaces: {places}\nindicators:\n"
        f"- {{id: mutiny, name: M, why: w, source: [s], query: {query}{levels}}}\n"
        "scenarios:\n- {id: sc, name: S, about: x, indicators: [mutiny]}\n"
    )
    return read_board(text.encode(), f"{name}.yaml")
