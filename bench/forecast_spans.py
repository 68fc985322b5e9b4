"""Whether the chance of any deaths in a year is what the months of a forecast make of it, on windows before 2018.

For each country and window: the least and the greatest chance of any (`forecast/spans.py`), what the middle of the two
is worth, how often any came; and how often the sums of the draws' months held a year's deaths, where each month's draws
hold the month's. Run from the checkout:

    python -m bench.forecast_spans --history ../shared/data/forecasting/country_month.parquet
"""

import argparse
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

from foreshock.forecast import scores
from foreshock.forecast.backtest import STEPS
from foreshock.forecast.history import read_history
from foreshock.forecast.months import month_id
from foreshock.forecast.panel import Array
from foreshock.forecast.pool import REGIMES, regimes
from foreshock.forecast.run import forecast
from foreshock.forecast.spans import chance_of_any

WINDOWS = range(2009, 2018)
"""Those before 2018, which the pool was tuned on; nothing later is looked at."""
LAST_MONTH = month_id(2017, 12)
EDGES = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.95, 0.999, 1.001)
CLIP = 0.001
"""No chance is taken for more certain than this in the log score."""


def _log_score(chance: Array, came: Array) -> float:
    kept = np.clip(chance, CLIP, 1 - CLIP)
    return float(-np.log(np.where(came > 0, kept, 1 - kept)).mean())


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--history", type=Path, required=True)
    history = read_history(parser.parse_args().history, LAST_MONTH)
    found: list[list[Array]] = []
    for year in WINDOWS:
        then = history.until(month_id(year - 1, 10))
        rows = [history.countries.index(identity) for identity in then.countries]
        outcome = history.counts[rows][:, then.last_month - history.first_month + np.asarray(STEPS)]
        made = forecast(then, STEPS)
        low, high = chance_of_any((made.outcome > 0).mean(axis=-1))
        came = (outcome > 0).any(axis=1).astype(float)
        inside = scores.central(made.outcome.sum(axis=1), outcome.sum(axis=1))
        found.append([low, high, came, inside, regimes(then.panel()).astype(float)])
    low, high, came, inside, regime = (np.concatenate(column) for column in zip(*found, strict=True))
    middle = (low + high) / 2
    lines = ["greatest chance   cases  least  middle  greatest   came"]
    for first, last in pairwise(EDGES):
        here = (high >= first) & (high < last)
        if here.any():
            told = "  ".join(f"{one[here].mean():6.3f}" for one in (low, middle, high, came))
            lines.append(f"{first:5.3f} to {min(last, 1):5.3f}    {here.sum():5d}  {told}")
    for name, chance in (("least", low), ("middle", middle), ("greatest", high)):
        lines.append(f"{name}: Brier {((chance - came) ** 2).mean():.4f}, log score {_log_score(chance, came):.4f}")
    for place, name in enumerate(REGIMES):
        here = regime == place
        lines.append(f"{name}: 90 % intervals of a draw's sum held {inside[here].mean():.1%} of {here.sum():,} years")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
