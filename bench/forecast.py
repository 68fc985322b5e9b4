"""The pool on the VIEWS challenge's windows: beside the official benchmarks, each model alone, and without each.

Every model draws once a window; the pool, the pool without one of them, and each alone are mixed from the same draws.
Weights are the shipped ones, learned before 2018. Run from the checkout:

    python -m bench.forecast --history ../shared/data/forecasting/country_month.parquet \\
        --benchmarks ../shared/data/forecasting

`--skill` also writes `foreshock/data/forecast/skill.json`, the skill by country that the desk shows beside forecasts.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from foreshock.forecast.backtest import (
    BENCHMARK,
    POOL,
    STEPS,
    Window,
    coverage,
    judged_window,
    onsets,
    ratio,
)
from foreshock.forecast.countries import borders
from foreshock.forecast.files import read_sample
from foreshock.forecast.history import History, read_history
from foreshock.forecast.months import month_id
from foreshock.forecast.panel import Array, Panel
from foreshock.forecast.pool import MODELS, mixed, randomness, regimes, shipped_weights
from foreshock.forecast.run import SEED
from foreshock.forecast.skill import SKILL, Skill

OFFICIAL = (BENCHMARK, "boot", "last", "zero")


def window(
    history: History, year: int, draws: int, benchmarks: Path, parts_too: bool
) -> tuple[Window, dict[str, float]]:
    """One window with everyone's scores, and each model's seconds of processor time."""
    then = history.until(month_id(year - 1, 10))
    panel = Panel(then.counts, borders(then.countries)).damped
    parts, spent = [], {}
    for name, model in MODELS.items():
        began = time.process_time()
        parts.append(np.sort(model(panel, STEPS, draws, randomness(SEED, name)), axis=-1))
        spent[name] = time.process_time() - began
    names = list(MODELS)
    regime = regimes(panel)
    pooled = mixed(parts, shipped_weights().table(names)[regime], draws)
    samples = {POOL: pooled}
    for name in OFFICIAL:
        sample = read_sample(benchmarks / f"benchmark_{name}_{year}.parquet")
        samples[name] = _ordered(sample.countries, then.countries, sample.outcome)
    if parts_too:
        for place, name in enumerate(names):
            samples[f"{name} alone"] = parts[place]
            others = [one for one in names if one != name]
            share = shipped_weights().table(others)[regime]
            rest = [part for number, part in enumerate(parts) if number != place]
            samples[f"without {name}"] = mixed(rest, share, draws)
    return judged_window(then, history, samples), spent


def _ordered(given: Sequence[int], wanted: Sequence[int], outcome: Array) -> Array:
    places = [list(given).index(identity) for identity in wanted]
    return outcome[places]


def skill_by_country(windows: Sequence[Window]) -> Skill:
    """Mean CRPS of the pool and of conflictology, and coverage where not quiet, by country over all windows."""
    total = ratio(windows)
    by_country = {}
    for identity in windows[0].countries:
        sums = []
        for one in windows:
            row = one.country == identity
            ours, theirs = one.judged[POOL], one.judged[BENCHMARK]
            sums.append((ours.crps[row].mean(), theirs.crps[row].mean(), ours.covered[row].mean()))
        pool, benchmark, inside = (round(float(value), 4) for value in np.mean(sums, axis=0))
        by_country[str(identity)] = (pool, benchmark, inside)
    return Skill(windows[0].year, windows[-1].year, total.value, total.low, total.high, by_country)


def show(windows: Sequence[Window]) -> None:
    """Prints the table: ratio over all windows and in each, IGN, MIS, coverage of the closed 90 % interval, what
    the forecast itself foretells of that, and coverage by PIT, over all country-months and where there were deaths in
    the year before, onset AUC."""
    out = sys.stdout
    years = "".join(f"{one.year:>8}" for one in windows)
    out.write(
        f"{'':24}{'ratio':>8}{years}{'IGN':>8}{'MIS':>8}{'closed':>8}{'foretold':>9}{'PIT':>8}"
        f"{'a.closed':>9}{'foretold':>9}{'a.PIT':>8}{'AUC':>8}\n"
    )
    for name in windows[0].judged:
        parts = [one.judged[name] for one in windows]
        everywhere, active = coverage(windows, name), coverage(windows, name, active=True)
        out.write(
            f"{name:24}{ratio(windows, name).value:8.3f}"
            + "".join(f"{ratio([one], name).value:8.3f}" for one in windows)
            + f"{np.mean([part.ignorance.mean() for part in parts]):8.3f}"
            + f"{np.mean([part.interval.mean() for part in parts]):8.0f}"
            + f"{everywhere.closed:8.3f}{everywhere.expected:9.3f}{everywhere.central:8.3f}"
            + f"{active.closed:9.3f}{active.expected:9.3f}{active.central:8.3f}"
            + f"{onsets(windows, name).auc:8.3f}\n"
        )
    for chosen in [windows, *([one] for one in windows)]:
        found = ratio(chosen)
        label = "all" if len(chosen) > 1 else str(chosen[0].year)
        out.write(f"pool, {label}: {found.value:.3f}, 90 % interval {found.low:.3f} to {found.high:.3f}\n")
    histogram = np.mean([one.histogram for one in windows], axis=0)
    out.write("PIT by tenths: " + " ".join(f"{value:.2f}" for value in histogram) + "\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--history", type=Path, required=True)
    parser.add_argument("--benchmarks", type=Path, required=True)
    parser.add_argument("--windows", type=int, nargs=2, default=(2018, 2021), metavar=("FIRST", "LAST"))
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--parts", action="store_true", help="each model alone, and the pool without each")
    parser.add_argument("--skill", action="store_true", help="write the skill by country that the desk shows")
    options = parser.parse_args()
    history = read_history(options.history)
    windows, spent = [], dict.fromkeys(MODELS, 0.0)
    for year in range(options.windows[0], options.windows[1] + 1):
        made, seconds = window(history, year, options.draws, options.benchmarks, options.parts)
        windows.append(made)
        spent = {name: spent[name] + seconds[name] for name in spent}
    show(windows)
    for name, seconds_spent in spent.items():
        sys.stdout.write(f"{name}: {seconds_spent / len(windows):.2f} s of processor time a window\n")
    if options.skill:
        SKILL.write_bytes(msgspec.json.encode(skill_by_country(windows)) + b"\n")
        sys.stdout.write(f"skill by country written to {SKILL}\n")


if __name__ == "__main__":
    main()
