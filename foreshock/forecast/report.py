"""A backtest in figures: by window, by region, onsets apart, calibration; as the screen, JSON and plots show it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foreshock.forecast import scores
from foreshock.forecast.backtest import BENCHMARK, POOL, Window, coverage, onsets, ratio, skill
from foreshock.forecast.countries import region_name

CHANCE_EDGES = np.array([0.0, 0.005, 0.02, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.0001])
"""Bins of forecast probability; narrow where most country-months lie."""


@dataclass(frozen=True)
class RegionRow:
    """One part of the world over all windows: countries, mean CRPS of the pool and the benchmark, coverage."""

    region: str
    countries: int
    crps: float
    benchmark: float
    ratio: float
    coverage: float


def by_region(windows: Sequence[Window]) -> list[RegionRow]:
    """The pool beside the benchmark for each part of the world."""
    regions = sorted({region_name(identity) for one in windows for identity in one.countries})
    rows = []
    for region in regions:
        masks = [np.array([region_name(identity) == region for identity in one.country.tolist()]) for one in windows]
        ours, theirs, inside = (
            float(np.mean(np.concatenate([part[mask] for part, mask in zip(parts, masks, strict=True)])))
            for parts in (
                [one.judged[POOL].crps for one in windows],
                [one.judged[BENCHMARK].crps for one in windows],
                [one.judged[POOL].covered for one in windows],
            )
        )
        there = {identity for one in windows for identity in one.countries if region_name(identity) == region}
        rows.append(RegionRow(region, len(there), ours, theirs, 1 - skill(ours, theirs), inside))
    return rows


def summary(windows: Sequence[Window]) -> dict[str, object]:
    """All figures of a backtest, fit for JSON."""
    total = ratio(windows)
    chance = np.concatenate([one.judged[POOL].chance for one in windows])
    happened = np.concatenate([one.outcome > 0 for one in windows])
    return {
        "windows": [_window(one) for one in windows],
        "crps_ratio": {"mean": total.value, "low": total.low, "high": total.high, "against": BENCHMARK},
        "onsets": {name: onsets(windows, name).__dict__ for name in windows[0].judged},
        "regions": [row.__dict__ for row in by_region(windows)],
        "reliability": [
            {"forecast": said, "came_true": came, "cases": cases}
            for said, came, cases in scores.reliability(chance, happened, CHANCE_EDGES)
        ],
        "coverage_90": {
            name: {"all": coverage(windows, name).__dict__, "active": coverage(windows, name, active=True).__dict__}
            for name in windows[0].judged
        },
        "pit": np.mean([one.histogram for one in windows], axis=0).tolist(),
    }


def _window(one: Window) -> dict[str, object]:
    told: dict[str, object] = {}
    for name, judged in one.judged.items():
        own = ratio([one], name)
        told[name] = {
            "crps": float(judged.crps.mean()),
            "crps_ratio": own.value,
            "crps_ratio_low": own.low,
            "crps_ratio_high": own.high,
            "ign": float(judged.ignorance.mean()),
            "mis": float(judged.interval.mean()),
            "coverage_90": float(judged.covered.mean()),
            "coverage_90_pit": float(judged.central.mean()),
        }
    return {"year": one.year, "countries": len(one.countries), "cases": len(one.outcome), "forecasters": told}
