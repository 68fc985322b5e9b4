"""Scores: the challenge's own figures, and an independent implementation, say the same."""

from pathlib import Path

import numpy as np
import pytest
import scoringrules

from foreshock.forecast import scores
from foreshock.forecast.backtest import skill
from foreshock.forecast.files import read_sample
from foreshock.forecast.history import read_history

PUBLISHED = {
    "conflictology": (14.48, 9.15, 21.34, 76.85),
    "boot": (23.58, 22.46, 31.42, 86.63),
    "zero": (24.13, 23.02, 32.04, 87.34),
    "last": (20.17, 9.48, 23.70, 85.61),
}
"""Mean CRPS of the official draws on the official actuals, windows 2018 to 2021."""


def sample(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.negative_binomial(0.5, 0.02, (40, 200)).astype(float), rng.negative_binomial(0.5, 0.02, 40).astype(float)


def test_crps_and_interval_score_agree_with_scoringrules() -> None:
    draws, outcome = sample(1)
    assert scores.crps(draws, outcome) == pytest.approx(scoringrules.crps_ensemble(outcome, draws, estimator="nrg"))
    low, high = scores.bounds(draws)
    assert scores.interval_score(draws, outcome) == pytest.approx(
        scoringrules.interval_score(outcome, low, high, alpha=0.1)
    )


@pytest.mark.parametrize(
    "name", ["conflictology", *(pytest.param(name, marks=pytest.mark.slow) for name in ("zero", "boot", "last"))]
)
def test_the_official_benchmarks_score_what_the_challenge_published(shared_data: Path, name: str) -> None:
    folder = shared_data / "forecasting"
    history = read_history(folder / "country_month.parquet")
    for year, published in zip(range(2018, 2022), PUBLISHED[name], strict=True):
        drawn = read_sample(folder / f"benchmark_{name}_{year}.parquet")
        rows = [history.countries.index(identity) for identity in drawn.countries]
        outcome = history.counts[rows][:, np.asarray(drawn.months) - history.first_month]
        assert scores.crps(drawn.outcome, outcome).mean() == pytest.approx(published, abs=0.03)


def test_skill_over_a_benchmark_that_never_errs() -> None:
    assert (skill(0.5, 2.0), skill(0.0, 0.0)) == (0.75, 0.0)
    assert skill(5.0, 0.0) == -np.inf


def test_ignorance_counts_one_pseudo_draw_in_each_of_eleven_bins() -> None:
    draws = np.zeros((1, 1000))
    assert scores.ignorance(draws, np.array([0.0]))[0] == pytest.approx(-np.log2(1001 / 1011))
    assert scores.ignorance(draws, np.array([7.0]))[0] == pytest.approx(-np.log2(1 / 1011))


def test_a_calibrated_sample_is_covered_and_has_a_flat_pit() -> None:
    rng = np.random.default_rng(3)
    rate = rng.gamma(2.0, 30.0, 3000)
    draws, outcome = rng.poisson(rate[:, None], (3000, 200)).astype(float), rng.poisson(rate).astype(float)
    assert 0.87 < scores.covered(draws, outcome).mean() < 0.94
    assert np.abs(scores.pit_histogram(draws, outcome) - 1).max() < 0.15
    too_sure = scores.pit_histogram(np.repeat(rate[:, None], 5, axis=1).round(), outcome)
    assert too_sure[0] > 3 and too_sure[-1] > 3


def test_coverage_by_pit_is_nominal_for_calibrated_counts_however_many_are_zero() -> None:
    rng = np.random.default_rng(4)
    rate = np.repeat([0.01, 0.5, 40.0], 2000)
    draws, outcome = rng.poisson(rate[:, None], (6000, 400)).astype(float), rng.poisson(rate).astype(float)
    by_rate = scores.central(draws, outcome).reshape(3, -1).mean(axis=1)
    assert by_rate == pytest.approx(0.9, abs=0.015)
    closed = scores.covered(draws, outcome).reshape(3, -1).mean(axis=1)
    assert closed[0] > 0.98 > 0.95 > closed[2]
    assert scores.held(draws).reshape(3, -1).mean(axis=1) == pytest.approx(closed, abs=0.015)
    doubled, halved = (np.rint(40 + (draws[4000:] - 40) * wide) for wide in (2.0, 0.5))
    assert scores.central(doubled, outcome[4000:]).mean() > 0.97
    assert scores.central(halved, outcome[4000:]).mean() < 0.7
    assert scores.central(np.zeros((1, 50)), np.array([3.0]))[0] == 0


def test_auc_counts_ties_as_half() -> None:
    happened = np.array([True, False, True, False])
    assert scores.auc(np.array([0.9, 0.1, 0.8, 0.2]), happened) == 1
    assert scores.auc(np.zeros(4), happened) == 0.5
    assert np.isnan(scores.auc(np.zeros(4), np.zeros(4, dtype=bool)))


def test_a_short_sample_is_brought_to_a_thousand_of_its_own_values() -> None:
    draws = np.array([[1.0, 5.0, 9.0]])
    more = scores.upsample(draws, np.random.default_rng(0))
    assert more.shape == (1, 1000)
    assert set(more[0]) == {1.0, 5.0, 9.0}
