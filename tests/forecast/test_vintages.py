"""Runs are kept for good: draw for draw, with their data, as of a day; and what moved between them is said."""

import datetime
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import inspect, update

from foreshock.errors import RecordError
from foreshock.forecast.countries import ids_by_code
from foreshock.forecast.explain import Mover, likenesses, movers, told
from foreshock.forecast.history import History
from foreshock.forecast.run import Forecast, forecast
from foreshock.forecast.vintages import (
    as_of,
    before,
    cells_of,
    draws_of,
    history_of,
    keep_vintage,
    list_vintages,
    parts_of,
    revisions,
)
from foreshock.record import forecast_tables
from foreshock.record.store import Record

STEPS = (3, 4, 5)
DEATHS = "state-based deaths"


def day(number: int) -> datetime.datetime:
    return datetime.datetime(2015, 1, number, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def revised(world: History) -> History:
    counts = world.counts.copy()
    counts[0, -3:] = 4000
    return replace(world, counts=counts)


@pytest.fixture(scope="module")
def runs(world: History, revised: History) -> tuple[Forecast, Forecast]:
    return forecast(world, STEPS, 60), forecast(revised, STEPS, 60)


def test_what_was_said_on_a_day_comes_back_draw_for_draw(
    record: Record, world: History, revised: History, runs: tuple[Forecast, Forecast]
) -> None:
    first = keep_vintage(record, runs[0], world, DEATHS, day(5))
    second = keep_vintage(record, runs[1], revised, DEATHS, day(9))
    assert first != second
    assert as_of(record, day(4).date()) is None
    then, now = as_of(record, day(8).date()), as_of(record, day(9).date())
    assert then is not None and now is not None
    assert (then.id, now.id) == (first, second)
    assert before(record, now) == then and before(record, then) is None
    assert np.array_equal(draws_of(record, first).outcome, runs[0].outcome)
    again = forecast(history_of(record, then.history), STEPS, then.draws, then.seed)
    assert np.array_equal(again.outcome, runs[0].outcome)


def test_the_same_run_kept_again_changes_nothing(
    record: Record, world: History, runs: tuple[Forecast, Forecast]
) -> None:
    assert keep_vintage(record, runs[0], world, DEATHS, day(5)) == keep_vintage(record, runs[0], world, DEATHS, day(7))
    kept = list_vintages(record)
    assert len(kept) == 1 and kept[0].made_at.day == 5
    assert list_vintages(record, "something else") == []


def test_revisions_and_what_they_moved_are_said(
    record: Record, world: History, revised: History, runs: tuple[Forecast, Forecast]
) -> None:
    first = keep_vintage(record, runs[0], world, DEATHS, day(5))
    second = keep_vintage(record, runs[1], revised, DEATHS, day(9))
    changed = revisions(world, revised)
    assert {(one.country, one.after) for one in changed} == {(57, 4000.0)} and len(changed) == 3
    found = movers(parts_of(record, first, 57), parts_of(record, second, 57))
    assert found[0].change > 0
    sentence = told(57, found)
    assert sentence.startswith("Ethiopia: up from") and "from the last three to six months" in sentence
    assert "a month, the largest hundredth of draws left out: +" in sentence
    quiet = movers(parts_of(record, first, 92), parts_of(record, second, 92))
    assert "hardly moved" in told(92, quiet)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (0.58, 0.64, "up from 0.58 to 0.64 a month, the largest hundredth of draws left out: +0.06 from fights"),
        (0.031, 0.025, "down from 0.031 to 0.025 a month, the largest hundredth of draws left out: −0.006 from fights"),
        (401.5, 511.1, "up from 401.5 to 511.1 a month, the largest hundredth of draws left out: +109.6 from fights"),
        (0.053, 0.047, "down from 0.053 to 0.047 a month, the largest hundredth of draws left out: −0.006 from fights"),
        (56.7, 56.8, "hardly moved, 56.8 a month, the largest hundredth of draws left out"),
        (0.0, 0.004, "hardly moved, 0.0 a month, the largest hundredth of draws left out"),
    ],
)
def test_two_figures_that_differ_are_told_with_decimals_enough_to_show_it(
    before: float, now: float, expected: str
) -> None:
    assert told(ids_by_code()["CHN"], [Mover("fights", before, now)]) == f"China: {expected}"


def test_cells_hold_the_quantiles_of_the_draws(record: Record, world: History, runs: tuple[Forecast, Forecast]) -> None:
    identity = keep_vintage(record, runs[0], world, DEATHS, day(5))
    cells = cells_of(record, identity, 57)
    assert [cell.month_id for cell in cells] == list(runs[0].months)
    assert cells[0].median == np.median(runs[0].outcome[0, 0])
    assert cells[0].low90 <= cells[0].low50 <= cells[0].median <= cells[0].high50 <= cells[0].high90
    assert len(cells_of(record, identity)) == 30


def test_a_damaged_history_is_not_passed_off_as_the_one_that_was_used(
    record: Record, world: History, runs: tuple[Forecast, Forecast]
) -> None:
    keep_vintage(record, runs[0], world, DEATHS, day(5))
    with record.begin(writing=True) as connection:
        connection.execute(update(forecast_tables.forecast_histories).values(content=b"nothing"))
    with pytest.raises(RecordError, match="damaged"):
        history_of(record, world.digest)


def test_analogues_are_named_one_a_country(world: History) -> None:
    alike = likenesses(world, 57, STEPS)
    assert 1 <= len(alike) <= 5
    assert "Ethiopia 20" in str(alike[0])
    assert likenesses(world, 92, STEPS) == []


def test_the_migration_makes_the_tables_that_the_code_uses(record: Record) -> None:
    made = inspect(record.engine)
    for name in ("forecast_histories", "forecasts", "forecast_cells", "forecast_parts"):
        table = getattr(forecast_tables, name)
        assert {column["name"] for column in made.get_columns(name)} == {column.name for column in table.columns}
        assert {index["name"] for index in made.get_indexes(name)} >= {index.name for index in table.indexes}
