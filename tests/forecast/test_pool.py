"""The pool: draws that can be made again, that look back only, and that were never tuned on the test windows."""

from pathlib import Path

import numpy as np
import pytest

from foreshock.forecast.history import History
from foreshock.forecast.learning import learn, lesson
from foreshock.forecast.months import month_id
from foreshock.forecast.panel import Panel
from foreshock.forecast.pool import MODELS, REGIMES, draw_pool, mixed, randomness, regimes, shipped_weights
from foreshock.forecast.run import forecast

STEPS = tuple(range(3, 15))


@pytest.fixture(scope="module")
def made(world: History) -> np.ndarray:
    return forecast(world, STEPS, 200).outcome


def test_draws_are_whole_counts_that_a_seed_makes_again(world: History, made: np.ndarray) -> None:
    assert made.shape == (10, 12, 200)
    assert (made >= 0).all() and (made == np.rint(made)).all()
    assert np.array_equal(made, forecast(world, STEPS, 200).outcome)
    assert not np.array_equal(made, forecast(world, STEPS, 200, seed=1).outcome)


def test_wars_are_expected_to_go_on_and_peace_to_last(made: np.ndarray) -> None:
    assert 100 < made[0].mean() < 600
    assert (made[5] > 0).mean() < 0.05
    assert (made[0] > 0).mean() > 0.95


@pytest.mark.parametrize("name", MODELS)
def test_no_model_sees_beyond_the_origin(world: History, name: str) -> None:
    known = 96
    future = world.counts.copy()
    future[:, known:] = 12345
    panels = [Panel(counts[:, :known], world.panel().borders) for counts in (world.counts, future)]
    one, other = (MODELS[name](panel, STEPS, 50, randomness(0, name)) for panel in panels)
    assert np.array_equal(one, other)
    assert (one >= 0).all() and (one == np.rint(one)).all()


def test_learning_reads_no_month_after_its_window(world: History) -> None:
    known = 90
    borders = world.panel().borders
    future = world.counts.copy()
    future[:, known + max(STEPS) :] = 12345
    one, other = (learn([lesson(counts, borders, known, STEPS, 0)], 1, 2) for counts in (world.counts, future))
    assert one == other


def test_the_shipped_weights_were_learned_before_2018() -> None:
    weights = shipped_weights()
    assert weights.last_month < month_id(2018, 1)
    assert weights.table(list(MODELS)).sum(axis=1) == pytest.approx(np.ones(len(REGIMES)))


def poisoned(path: Path, folder: Path) -> Path:
    """The history with every count after 2017 made absurd."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from bench.forecast_pool import LAST_MONTH

    table = pq.read_table(path)
    deaths = np.where(np.asarray(table["month_id"]) > LAST_MONTH, 77_777, np.asarray(table["deaths"]))
    spoilt = folder / "poisoned.parquet"
    pq.write_table(table.set_column(table.schema.get_field_index("deaths"), "deaths", pa.array(deaths)), spoilt)
    return spoilt


def test_the_history_that_weights_are_learned_from_holds_no_month_after_2017(shared_data: Path, tmp_path: Path) -> None:
    from bench.forecast_pool import LAST_MONTH
    from foreshock.forecast.history import read_history

    path = shared_data / "forecasting" / "country_month.parquet"
    whole, spoilt = (read_history(one, LAST_MONTH) for one in (path, poisoned(path, tmp_path)))
    assert month_id(2018, 1) > LAST_MONTH and whole.last_month == LAST_MONTH
    assert whole.digest == spoilt.digest


@pytest.mark.slow
def test_the_shipped_weights_come_of_the_months_to_2017_alone(shared_data: Path, tmp_path: Path) -> None:
    from bench.forecast_pool import FIRST_WINDOW, LAST_MONTH, LAST_WINDOW, learned
    from foreshock.forecast.history import read_history

    spoilt = poisoned(shared_data / "forecasting" / "country_month.parquet", tmp_path)
    again = learned(read_history(spoilt, LAST_MONTH), range(FIRST_WINDOW, LAST_WINDOW + 1))
    shipped = shipped_weights()
    assert (again.version, again.last_month) == (shipped.version, shipped.last_month)
    for regime, shares in shipped.regimes.items():
        assert again.regimes[regime] == pytest.approx(shares, abs=0.002)


def test_onset_chances_see_a_war_next_door_and_past_onsets(world: History) -> None:
    signs = world.panel().onset_signs
    neighbours = world.panel().borders @ (world.counts[:, -12:] > 0).any(axis=1)
    assert np.allclose(np.expm1(signs[:, -1, 0]), neighbours)
    counts = np.zeros((1, 40))
    counts[0, [13, 14, 30]] = 1
    begun = np.expm1(Panel(counts, np.zeros((1, 1))).onset_signs[0, :, 1])
    assert begun[[12, 13, 29, 30, 39]] == pytest.approx([0, 1, 1, 2, 2])


def test_one_month_like_no_other_does_not_carry_into_every_month_to_come(world: History) -> None:
    shaken = world.counts.copy()
    shaken[2, -1] = 124_000
    drawn = forecast(History(world.countries, world.first_month, shaken), STEPS, 200).outcome
    assert drawn[2].mean() < 1000


def test_no_count_is_impossible_and_every_model_has_its_share() -> None:
    parts = [np.zeros((1, 1, 1000)), np.full((1, 1, 1000), 7.0)]
    drawn = mixed(parts, np.array([[0.25, 0.75]]), 1000)
    assert (drawn == 0).sum() == pytest.approx(250, abs=2)
    assert (drawn > 50).any()


def test_a_series_without_history_enough_is_left_to_the_memories(world: History) -> None:
    short = History(world.countries, world.first_month, world.counts[:, :20])
    made = draw_pool(short.panel(), STEPS, 100, 0, shipped_weights())
    assert set(made.names) == {"memory 3", "memory 6", "memory 12", "memory 24", "memory 60", "own months"}
    assert made.outcome[0].mean() > 50


def test_a_country_that_begins_late_is_forecast_too(world: History) -> None:
    counts = world.counts.copy()
    counts[1, :100] = np.nan
    made = forecast(History(world.countries, world.first_month, counts), STEPS, 100)
    assert np.isfinite(made.outcome).all()
    assert 5 < made.outcome[1].mean() < 200


def test_regimes_follow_the_last_year(world: History) -> None:
    found = [REGIMES[place] for place in regimes(world.panel())]
    assert found[0] == "high" and found[5] == "quiet" and found[2] == "middle"


@pytest.mark.parametrize("where", ["nowhere", "at the start"])
def test_a_quiet_history_is_forecast_near_zero(world: History, where: str) -> None:
    counts = np.zeros_like(world.counts)
    if where == "at the start":
        counts[0, :3] = 40
    drawn = forecast(History(world.countries, world.first_month, counts), STEPS, 200).outcome
    assert drawn.mean() < 0.1


@pytest.mark.parametrize("name", MODELS)
def test_huge_counts_are_drawn_all_the_same(world: History, name: str) -> None:
    counts = world.counts.copy()
    counts[0, ::7] = 1e8
    drawn = MODELS[name](Panel(counts, np.zeros((len(counts), len(counts)))), (1, 12), 50, np.random.default_rng(5))
    assert np.isfinite(drawn).all() and (drawn >= 0).all()
