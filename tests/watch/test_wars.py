"""Whether a war was already running, by what was reported."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from foreshock.model.board import Every
from foreshock.model.entry import Entry
from foreshock.watch.boards import named_boards
from foreshock.watch.evaluate import Watch
from foreshock.watch.outcomes import Outcomes
from foreshock.watch.periods import named_period
from foreshock.watch.sightings import sightings
from tests.watch.samples import months, record_of, report, steady, war


def war_told(folder: Path, entries: Sequence[Entry], day: str, every: Every) -> bool:
    """Whether reports show a war already running in Sudan, on a board by month or week."""
    (board,) = named_boards(["coup"])
    with record_of(folder, entries) as record:
        watch = Watch(sightings(record, every), [replace(board, every=every)], known=Outcomes(()))
    return watch.wars.running("SDN", named_period(day, every))


@pytest.mark.parametrize("every", ["month", "week"])
def test_a_war_of_which_reports_told_years_ago_is_not_running(tmp_path: Path, every: Every) -> None:
    entries = war(months("2015-01", 12)) + steady(months("2022-06", 3), start=500)
    assert not war_told(tmp_path, entries, "2022-08-10", every)


@pytest.mark.parametrize(("every", "day"), [("month", "2022-12-10"), ("week", "2022-12-30")])
def test_a_war_is_running_that_most_of_the_last_twelve_months_told_of(tmp_path: Path, every: Every, day: str) -> None:
    entries = steady(months("2022-01", 4)) + war(months("2022-05", 8)) + [report(datetime.date(2022, 12, 30), 900)]
    assert war_told(tmp_path, entries, day, every)
    assert not war_told(tmp_path / "before", entries, "2022-11-10", every)
