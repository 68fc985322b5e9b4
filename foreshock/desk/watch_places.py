"""Where the boards stand, place by place: what the watch's pages and the first page of the desk show alike."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foreshock.model.alert import Alert
from foreshock.model.board import Board, Standing, State, Where
from foreshock.telling.phrases import day_name
from foreshock.watch.coverage import why_dark
from foreshock.watch.lateness import since_in_words
from foreshock.watch.messages import war_in_words
from foreshock.watch.periods import now_utc


@dataclass(frozen=True)
class Placed:
    """A place with how each board stands there."""

    where: Where
    war: str
    """That a war is already running there, in words; empty where none is."""
    by_board: dict[str, Standing]

    @property
    def height(self) -> tuple[int, int, int]:
        """What places are ranked by: the highest state, then the sum of all, then how much was read."""
        heights = [one.state.height for one in self.by_board.values()]
        read = max(one.coverage.documents for one in self.by_board.values())
        return max(heights), sum(max(height, 0) for height in heights), read

    @property
    def why_dark(self) -> str:
        """Why nothing can be said of it, each reason once, whatever the number of boards."""
        return "; ".join(dict.fromkeys(why_dark(one) for one in self.by_board.values()))

    @property
    def above(self) -> list[Standing]:
        """The standings of boards that stand above quiet there, highest first."""
        return sorted(
            (one for one in self.by_board.values() if one.state.height > State.QUIET.height),
            key=lambda one: -one.state.height,
        )

    @property
    def foremost(self) -> Standing:
        """The standing of the board that stands highest there."""
        return max(self.by_board.values(), key=lambda one: one.state.height)


@dataclass(frozen=True)
class Evaluated:
    """Boards that were evaluated in the same run, for the same period."""

    at: datetime.datetime
    period: datetime.date
    old: str
    """That whole periods are over since, in words; empty where none is."""
    names: tuple[str, ...]


def war_told(one: Alert | Standing) -> str:
    """That a war is running at a place, in words; empty where none is."""
    return war_in_words(one, day_name)


def state_class(state: State) -> str:
    """The style of a state."""
    return f"st-{state.value.replace(' ', '-')}"


def places_of(found: Sequence[Standing], regions: bool) -> list[Placed]:
    """Every place with how each board stands there, the highest first; countries only, unless `regions` are wanted."""
    places: dict[Where, Placed] = {}
    for one in found:
        if one.where.admin1 and not regions:
            continue
        places.setdefault(one.where, Placed(one.where, war_told(one), {})).by_board[one.board] = one
    return sorted(places.values(), key=lambda one: (*(-height for height in one.height), one.where.order))


def newest_of(found: Sequence[Standing]) -> dict[str, Standing]:
    """Of each board a standing of its newest period: places not told of yet stand for the one before."""
    return {one.board: one for one in sorted(found, key=lambda one: one.period)}


def runs_of(
    found: Sequence[Standing], at: Mapping[str, datetime.datetime], named: Sequence[tuple[str, str]]
) -> list[Evaluated]:
    """The runs that the standings are from, newest first, each with its boards."""
    today = now_utc().date()
    of = {
        board: (at[board], one.period, since_in_words(one.period, one.every, today))
        for board, one in newest_of(found).items()
    }
    boards: dict[tuple[datetime.datetime, datetime.date, str], list[str]] = {}
    for board, name in named:
        boards.setdefault(of[board], []).append(name)
    return [Evaluated(*run, tuple(names)) for run, names in sorted(boards.items(), reverse=True)]


def board_ids(found: Sequence[Standing], boards: Mapping[str, Board]) -> list[str]:
    """The boards that were evaluated, the shipped ones first, in their order."""
    kept = {one.board for one in found}
    return [*(name for name in boards if name in kept), *sorted(kept - set(boards))]


def board_name(board: str, shipped: Mapping[str, Board], found: Sequence[Standing]) -> str:
    """A board's name as it was when last evaluated, or as shipped; its id where neither is known."""
    kept = next((one.name for one in found if one.board == board and one.name), None)
    return kept or (shipped[board].name if board in shipped else board)
