"""What the pool's forecasts were worth, shown beside each of them: measured by `bench/forecast.py`, shipped as data."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

import foreshock
from foreshock.forecast.backtest import STEPS
from foreshock.model.shipped import shipped_table

DEATHS: Final = "state-based deaths"
"""The series that the pool was made for, and the only one that its skill was measured on."""

MEANT: Final = "people killed in fighting to which a state is a party"
"""What that series counts, to a reader."""

UNMEASURED: Final = (
    f"How good the program is at this series was not measured: its skill is known of {DEATHS} alone. "
    "For other counts foreshock forecast backtest --history FILE --column NAME measures it."
)

_FILE = "data/forecast/skill.json"
SKILL = Path(foreshock.__file__).parent / _FILE


class Skill(msgspec.Struct, frozen=True):
    """CRPS against conflictology (the last twelve months) over past windows.

    `ratio` is the geometric mean over windows with its 90 % interval; `countries` holds for each id the mean CRPS of
    the pool, of conflictology, and the share of months that lay in the 90 % interval.
    """

    first_window: int
    last_window: int
    ratio: float
    low: float
    high: float
    countries: dict[str, tuple[float, float, float]]

    def told(self, country: int) -> str:
        """The skill in a sentence a reader can use."""
        span = f"{self.first_window}–{self.last_window}, {AHEAD},"
        overall = (
            f"over all countries its error was {self.ratio:.2f} of the benchmark’s ({self.low:.2f} to {self.high:.2f})"
        )
        found = self.countries.get(str(country))
        if found is None:
            return f"In {span} {overall}; for this country nothing was measured."
        pool, benchmark, inside = found
        if benchmark < LEAST_ERROR:
            return f"In {span} {overall}; here too little happened to measure skill."
        gap = abs(1 - pool / benchmark)
        apart = f"{100 * gap:.0f} % {'better' if pool < benchmark else 'worse'} than"
        verdict = apart if gap >= 0.005 else "as good as"
        return (
            f"In {span} forecasts for this country were {verdict} repeating the last twelve months (mean error "
            f"{pool:,.2f} against {benchmark:,.2f}), and {100 * inside:.0f} % of months fell inside the 90 % band; "
            f"{overall}."
        )


AHEAD: Final = f"{STEPS[0]} to {STEPS[-1]} months ahead"
"""How far ahead the skill was measured."""

LEAST_ERROR = 0.05
"""Benchmark error, in counts a month, below which a ratio says nothing."""


@cache
def shipped_skill() -> Skill:
    """The skill shipped with the program. Raises `ModelError` where it cannot be read."""
    return shipped_table(_FILE, Skill)


def skill_on(series: str) -> Skill | None:
    """The skill measured on a series, by the name that runs of it are kept under; null where there is none."""
    return shipped_skill() if series == DEATHS else None
