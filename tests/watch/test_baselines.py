"""Baselines: what is unlikely is called so, what is not is not, and many series at once do not fool it."""

import math

import numpy as np
import pytest

from foreshock.watch.baselines import Bunches, baseline
from foreshock.watch.chances import chance_in_words, chance_of, discoveries
from foreshock.watch.rules import rules

RULES = rules().baseline


def one(past: list[int], read: list[float] | None = None, now: float = 20.0) -> tuple[float, float]:
    """Expected mean and dispersion of a single series."""
    exposure = np.array([read if read is not None else [20.0] * len(past)])
    found = baseline(np.array([past]), exposure, np.array([now]), RULES)
    return float(found.expected[0]), float(found.dispersion[0])


def tail(seen: int, mean: float, dispersion: float) -> float:
    """The negative binomial's tail, summed from its definition."""
    size = 1 / dispersion
    share = mean / (mean + size)
    below = sum(
        math.exp(math.lgamma(k + size) - math.lgamma(size) - math.lgamma(k + 1)) * (1 - share) ** size * share**k
        for k in range(seen)
    )  # fmt: skip
    return 1 - below


@pytest.mark.parametrize(("seen", "mean", "dispersion"), [(0, 2, 0.3), (1, 0.2, 1.5), (9, 2.5, 0.4), (60, 40, 0.05)])
def test_the_tail_is_the_negative_binomials(seen: int, mean: float, dispersion: float) -> None:
    found = chance_of(np.array([seen]), np.array([mean]), np.array([dispersion]))
    assert found[0] == pytest.approx(tail(seen, mean, dispersion), abs=1e-12)


def test_series_of_any_order_keep_their_own_chance() -> None:
    seen, mean = np.array([3, 0, 12, 3]), np.array([1.0, 5.0, 2.0, 1.0])
    found = chance_of(seen, mean, np.full(4, 0.5))
    assert found[0] == found[3] and found[1] == 1.0 and found[2] < found[0]


def test_more_read_is_no_surge() -> None:
    expected, _ = one([2] * 12, now=60.0)
    assert expected == pytest.approx(6.0, rel=0.05)


def test_months_in_which_nothing_was_read_do_not_count_as_calm() -> None:
    with_gap, _ = one([2] * 6 + [0] * 6, read=[20.0] * 6 + [0.0] * 6)
    without, _ = one([2] * 6)
    assert with_gap == pytest.approx(without)


def test_a_past_outbreak_does_not_hide_the_next() -> None:
    expected, dispersion = one([1, 1, 2, 1, 0, 1, 20, 1, 1, 2, 1, 1])
    assert expected < 2.0
    assert chance_of(np.array([12]), np.array([expected]), np.array([dispersion]))[0] < 0.05


def test_a_restless_series_needs_more() -> None:
    calm = one([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4])
    restless = one([0, 12, 0, 10, 1, 0, 11, 0, 0, 12, 1, 1])
    at = [chance_of(np.array([12]), np.array([mean]), np.array([spread]))[0] for mean, spread in (calm, restless)]
    assert at[0] < 0.05 < at[1]


def test_a_season_is_expected() -> None:
    past = np.array([[8 if month % 12 == 11 else 2 for month in range(36)][:35]])
    season = np.arange(36) % 12
    flat = baseline(past, np.full(past.shape, 20.0), np.array([20.0]), RULES)
    seasonal = baseline(past, np.full(past.shape, 20.0), np.array([20.0]), RULES, season)
    assert seasonal.expected[0] > 1.2 * flat.expected[0]


def unchanged(mean: float, dispersion: float, months: int) -> tuple[np.ndarray, np.ndarray]:
    """The chances of 10,000 series without any change, and their last counts, with the season as `Watch` passes it."""
    generator = np.random.default_rng(11)
    size = (10_000, months + 1)
    counts = generator.negative_binomial(1 / dispersion, 1 / (1 + dispersion * mean), size=size)
    read = np.full(counts.shape, 20.0)
    known = baseline(counts[:, :-1], read[:, :-1], read[:, -1], RULES, np.arange(months + 1) % 12)
    return chance_of(counts[:, -1], known.expected, known.dispersion), counts[:, -1]


@pytest.mark.parametrize("mean", [3.0, 10.0, 30.0])
@pytest.mark.parametrize("dispersion", [0.25, 0.6])
def test_a_season_fitted_to_luck_makes_no_news(mean: float, dispersion: float) -> None:
    chance, _ = unchanged(mean, dispersion, 24)
    assert (chance <= 0.05).mean() <= 0.05
    assert (chance <= 0.01).mean() <= 0.011
    assert (chance <= 0.001).mean() <= 0.0025


def test_half_a_year_of_past_does_not_promise_too_much() -> None:
    chance, _ = unchanged(30.0, 0.6, 6)
    assert (chance <= 0.01).mean() <= 0.013
    assert (chance <= 0.001).mean() <= 0.0035


def test_a_month_never_read_before_has_no_season() -> None:
    past = np.array([[8 if month % 12 == 11 else 2 for month in range(35)]])
    read = np.full(past.shape, 20.0)
    read[0, 11::12] = 0
    found = baseline(past, read, np.array([20.0]), RULES, np.arange(36) % 12)
    assert np.isfinite(found.expected[0]) and found.expected[0] == pytest.approx(2.0, rel=0.1)


def least(past: list[int]) -> int:
    """The least count whose chance is at most 1 in 1,000."""
    expected, dispersion = one(past)
    counts = np.arange(1, 400)
    chance = chance_of(counts, np.full(399, expected), np.full(399, dispersion))
    return int(counts[chance <= 0.001][0])


@pytest.mark.parametrize("calm", [0, 1, 3])
@pytest.mark.parametrize("months", [12, 24])
@pytest.mark.parametrize("outbreak", [10, 20, 40])
def test_a_past_outbreak_at_most_doubles_what_the_next_needs(calm: int, months: int, outbreak: int) -> None:
    past = [calm] * months
    with_one = [*past[:6], outbreak, *past[7:]]
    assert least(with_one) <= 2 * least(past)


@pytest.mark.parametrize("calm", [0, 1, 3])
@pytest.mark.parametrize(("months", "number"), [(12, 2), (24, 2), (24, 3)])
@pytest.mark.parametrize("outbreak", [10, 20, 40])
def test_past_outbreaks_do_not_hide_one_another(calm: int, months: int, number: int, outbreak: int) -> None:
    past = [calm] * months
    with_some = [outbreak if at in (4, 5, 9)[:number] else calm for at in range(months)]
    assert least(with_some) <= 2 * least(past)
    smaller = [outbreak // 2 if at == 5 else each for at, each in enumerate(with_some)]
    assert least(smaller) <= 2 * least(past)


@pytest.mark.parametrize("months", [12, 24])
def test_what_has_lasted_for_four_months_is_no_outbreak_but_the_usual(months: int) -> None:
    assert least([1] * (months - 4) + [20] * 4) > 20


def test_luck_alone_rarely_makes_a_discovery() -> None:
    generator = np.random.default_rng(7)
    past = generator.negative_binomial(4, 4 / (4 + 3.0), size=(4000, 25))
    exposure = np.full((4000, 24), 20.0)
    known = baseline(past[:, :24], exposure, np.full(4000, 20.0), RULES)
    chance = chance_of(past[:, 24], known.expected, known.dispersion)
    assert (chance <= 0.05).mean() < 0.06
    assert (discoveries(chance) <= 0.1).sum() <= 4
    past[:50, 24] += 40
    raised = discoveries(chance_of(past[:, 24], known.expected, known.dispersion)) <= 0.1
    assert raised[:50].all() and raised[50:].sum() <= 10


def rare_and_bunched() -> tuple[np.ndarray, np.ndarray]:
    """40,000 series in which one month in twenty has any report, and one in ten of those four at once."""
    generator = np.random.default_rng(5)
    size = (40_000, 25)
    counts = np.where(generator.random(size) < 0.05, np.where(generator.random(size) < 0.1, 4, 1), 0)
    return counts[:, :-1], counts[:, -1]


def chances(past: np.ndarray, seen: np.ndarray, regions: bool) -> np.ndarray:
    read = np.full(past.shape, 20.0)
    known = baseline(past, read, read[:, -1], RULES)
    return Bunches.of(past, np.full(len(past), regions), RULES).chance(seen, known)


@pytest.mark.slow
def test_four_reports_of_one_happening_are_as_likely_as_such_bunches_are() -> None:
    """By the negative binomial alone a chance of 0.001 comes true four times as often."""
    past, seen = rare_and_bunched()
    assert (chances(past, seen, regions=False) <= 0.001).mean() > 0.003
    assert (chances(past, seen, regions=True) <= 0.001).mean() <= 0.001


@pytest.mark.slow
def test_what_was_never_seen_at_a_time_stays_unlikely() -> None:
    past, seen = rare_and_bunched()
    rare = past.sum(axis=1) < 5
    found, alone = (chances(past, np.where(rare, 9, seen), regions)[rare] for regions in (True, False))
    assert (found <= 0.0001).all() and (found >= alone).all() and found.min() > 10 * alone.min()


def test_what_is_larger_than_any_bunch_is_the_less_likely_the_larger_it_is() -> None:
    """With few bunches to go by their share alone would let no outbreak of a region ever be an alarm."""
    past = np.zeros((600, 24), dtype=np.int64)
    past[:100, 3], past[:10, 7] = 1, 3
    six, thirty, sixty = (chances(past, np.full(600, seen), regions=True)[-1] for seen in (6, 30, 60))
    assert six > thirty > sixty > chances(past, np.full(600, 60), regions=False)[-1]
    assert sixty == pytest.approx(six / 100)


@pytest.mark.slow
def test_bunches_tell_nothing_of_series_that_saw_more_nor_where_there_are_few() -> None:
    past = np.full((40_000, 24), 1)
    seen = np.full(40_000, 4)
    assert (chances(past, seen, True) == chances(past, seen, False)).all()
    past, seen = rare_and_bunched()
    assert (chances(past[:30], seen[:30] + 4, True) == chances(past[:30], seen[:30] + 4, False)).all()


def test_q_is_benjamini_and_hochbergs() -> None:
    chances = np.array([0.01, 0.04, 0.03, 0.8])
    assert discoveries(chances) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.8])


@pytest.mark.parametrize(("chance", "words"), [(0.9, "no unusual number"), (0.05, "1 in 20"), (0.00012, "1 in 8,300")])
def test_a_chance_in_words(chance: float, words: str) -> None:
    assert chance_in_words(chance) == words
