"""Learns the pool's weights on earlier windows and writes `foreshock/data/forecast/pool.json`.

Windows are those of the VIEWS challenge: history to October, forecasts for January to December (steps 3 to 14). No
month after `LAST_MONTH` is read, not even as an outcome. Run from the checkout (about a minute of one core):

    python -m bench.forecast_pool --history ../shared/data/forecasting/country_month.parquet
"""

import argparse
import sys
from pathlib import Path

import msgspec

from foreshock.forecast.countries import borders
from foreshock.forecast.history import History, read_history
from foreshock.forecast.learning import learn, lesson
from foreshock.forecast.months import month_id, month_name
from foreshock.forecast.pool import WEIGHTS, Weights

FIRST_WINDOW, LAST_WINDOW = 2003, 2017
LAST_MONTH = month_id(LAST_WINDOW, 12)
STEPS = tuple(range(3, 15))
SEED = 0


def learned(history: History, windows: range) -> Weights:
    """Weights from the given windows (years) of a history."""
    adjacency = borders(history.countries)
    lessons = []
    for year in windows:
        known = month_id(year - 1, 10) - history.first_month + 1
        lessons.append(lesson(history.counts, adjacency, known, STEPS, SEED))
        sys.stdout.write(f"window {year} read\n")
        sys.stdout.flush()
    return learn(lessons, history.first_month, month_id(windows[-1], 12))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--history", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    found = learned(read_history(options.history, LAST_MONTH), range(FIRST_WINDOW, LAST_WINDOW + 1))
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    sys.stdout.write(f"months {month_name(found.first_month)} to {month_name(found.last_month)}\n")
    for regime, shares in found.regimes.items():
        sys.stdout.write(f"{regime:8}" + "  ".join(f"{name} {share:.3f}" for name, share in shares.items()) + "\n")


if __name__ == "__main__":
    main()
