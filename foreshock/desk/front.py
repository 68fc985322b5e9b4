"""The first page: what stands out in the record now, before the documents that it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from foreshock.desk.watch_places import Evaluated, Placed, board_ids, board_name, places_of, runs_of
from foreshock.model.board import State
from foreshock.record.store import Record
from foreshock.watch.boards import shipped_boards
from foreshock.watch.store import Handled, alerts, count_alerts, evaluated_at, standings

MOST_PLACES: Final = 8
"""Places above quiet that the first page names."""
MOST_ALERTS: Final = 3
"""New alerts that it names, newest first."""


@dataclass(frozen=True)
class StandsOut:
    """What a first look has to know: the places above quiet, highest first, and the alerts that nobody looked into."""

    runs: Sequence[Evaluated]
    """When the boards were evaluated, newest first; none where they never were."""
    boards: Mapping[str, str]
    """The names of the boards that were evaluated."""
    placed: Sequence[Placed]
    more: int
    quiet: int
    dark: int
    """Places above quiet that are not among `placed`; quiet ones; and those of which too little was read."""
    fresh: Sequence[Handled]
    waiting: int
    """The newest of the new alerts, and how many there are."""


def stands_out(record: Record) -> StandsOut:
    """What stands out in whole countries; the watch's own page has their regions."""
    found = standings(record)
    shipped = {board.id: board for board in shipped_boards()}
    named = [(board, board_name(board, shipped, found)) for board in board_ids(found, shipped)]
    every = places_of(found, regions=False)
    above = [one for one in every if one.height[0] > State.QUIET.height]
    return StandsOut(
        runs=runs_of(found, evaluated_at(record), named),
        boards=dict(named),
        placed=above[:MOST_PLACES],
        more=len(above[MOST_PLACES:]),
        quiet=sum(one.height[0] == State.QUIET.height for one in every),
        dark=sum(one.height[0] < State.QUIET.height for one in every),
        fresh=alerts(record, "new", limit=MOST_ALERTS),
        waiting=count_alerts(record).get("new", 0),
    )
