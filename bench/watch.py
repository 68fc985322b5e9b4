"""How long the watch takes to re-evaluate many series, and whether its chances are what they say.

`python -m bench.watch [--series 100000]` counts and evaluates a made-up record of so many series (places × rules, all
shipped boards and mechanisms) with the program's own `Watch`; the bar is 10 s for one re-evaluation of 100,000.
`python -m bench.watch --calibration` draws series without any change, with 6 to 36 months of past and
the season as the program passes it, and counts how often a chance is undercut; then the same of series as those of
regions are, in which hardly ever anything is seen, and then often by several reports at once.
"""

import argparse
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from foreshock.model.board import Where
from foreshock.watch.baselines import Bunches, Counts, baseline
from foreshock.watch.boards import shipped_boards
from foreshock.watch.columns import CONTEXT_BITS, MODE_NUMBERS, SECTOR_BITS, TYPE_NUMBERS, Party, Sightings
from foreshock.watch.evaluate import Watch
from foreshock.watch.rules import rules

Made = TypeVar("Made")
REGIONS = 9
MEANS, DISPERSIONS, CHANCES = (0.3, 1.0, 3.0, 10.0, 30.0), (0.05, 0.25, 0.6), (0.05, 0.01, 0.001)
PASTS = (6, 12, 24, 36)
RARE = (0.02, 0.1)
BUNCHES = (0.84, 0.11, 0.03, 0.01, 0.005, 0.005)
"""Shares of happenings that one, two, … reports tell of at once: about as in the regions of the news on Sudan."""


def say(line: str) -> None:
    """One line of the result."""
    sys.stdout.write(f"{line}\n")


def timed(what: str, work: Callable[[], Made]) -> Made:
    """Run it and say how long it took."""
    wall, processor = time.perf_counter(), time.process_time()
    made = work()
    say(f"{what:<62} {time.perf_counter() - wall:7.2f} s wall {time.process_time() - processor:7.2f} s processor")
    return made


def made_up(places: int, statements: int, periods: int) -> Sightings:
    """A record of so many places (a country in ten), statements and months, drawn with a fixed seed."""
    draw = np.random.default_rng(1)
    countries = -(-places // (REGIONS + 1))
    named = tuple(
        Where(f"{country:03d}", f"region {region}" if region else None)
        for country in range(countries)
        for region in range(REGIONS + 1)
    )
    country = draw.integers(0, countries, statements)
    region = country * (REGIONS + 1) + draw.integers(1, REGIONS + 1, statements)
    people = Party(1 << draw.integers(0, len(SECTOR_BITS), statements), draw.random(statements) < 0.2)
    none = np.full(statements, -1)
    return Sightings(
        every="month", by="published", places=named, outlets=("one",), ids=np.arange(statements).astype("U16"),
        period=24_000 + draw.integers(0, periods, statements), place=country * (REGIONS + 1), region=region,
        report=draw.integers(0, statements // 6, statements), event=none, outlet=np.zeros(statements, dtype=np.int64),
        compared=np.ones(statements, dtype=bool),
        kind=draw.integers(0, 5, statements), positive=draw.random(statements) < 0.95,
        type=draw.integers(-1, len(TYPE_NUMBERS), statements), mode=draw.integers(-1, len(MODE_NUMBERS), statements),
        contexts=(1 << draw.integers(0, len(CONTEXT_BITS), statements)), actors=people, recipients=people,
        crosses=draw.random(statements) < 0.1, at_border=draw.random(statements) < 0.1,
        killed=np.zeros(statements, dtype=np.int64), credibility=none, reliability=none,
        fresh=draw.random(statements) < 0.9, unread={}, undated=0, steps={},
    )  # fmt: skip


def speed(series: int, statements: int, periods: int) -> None:
    """Print the seconds of each step."""
    boards = shipped_boards()
    each = sum(len(board.indicators) for board in boards) + 12
    seen = made_up(-(-series // each), statements, periods)
    what = f"{len(seen.places) * each:,} series"
    watch = timed(f"{what}: counted from {statements:,} statements, {periods} months", lambda: Watch(seen, boards))
    found = timed(f"{what}: one re-evaluation, standings and changes", lambda: watch.at(watch.span.last))
    say(f"{found.series:,} series tried, {len(found.standings):,} standings, {len(found.changes)} changes (all luck)")


def undercut(counts: Counts, regions: bool = False) -> list[float]:
    """The share of unchanged series whose last count undercuts each chance, with the season as `Watch` passes it."""
    read = np.full(counts.shape, 20.0)
    season = np.arange(counts.shape[1]) % 12
    known = baseline(counts[:, :-1], read[:, :-1], read[:, -1], rules().baseline, season)
    bunches = Bunches.of(counts[:, :-1], np.full(len(counts), regions), rules().baseline)
    found = bunches.chance(counts[:, -1], known)
    return [float((found <= one).mean()) for one in CHANCES]


def calibration() -> None:
    """Print how often series without a change undercut each chance, by how many months of past they have."""
    draw = np.random.default_rng(3)
    say("past  mean  dispersion  " + "  ".join(f"<= {chance:g}" for chance in CHANCES))
    for past in PASTS:
        for mean in MEANS:
            for dispersion in DISPERSIONS:
                size = (40_000, past + 1)
                counts = draw.negative_binomial(1 / dispersion, 1 / (1 + dispersion * mean), size=size)
                shares = "  ".join(f"{share:.5f}" for share in undercut(counts))
                say(f"{past:4d}  {mean:4g}  {dispersion:10g}  {shares}")
    for past in PASTS:
        for mean in RARE:
            shares = "  ".join(f"{share:.5f}" for share in undercut(bunched(draw, mean, (40_000, past + 1)), True))
            say(f"{past:4d}  {mean:4g}     bunches  {shares}")


def bunched(draw: np.random.Generator, mean: float, size: tuple[int, int]) -> Counts:
    """Counts of reports of happenings that come singly, of each of which one report or several tell."""
    each = sum(share * (at + 1) for at, share in enumerate(BUNCHES))
    happened = draw.multinomial(draw.poisson(mean / each, size=size), BUNCHES)
    found: Counts = happened @ np.arange(1, len(BUNCHES) + 1)
    return found


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=100_000)
    parser.add_argument("--statements", type=int, default=2_000_000)
    parser.add_argument("--periods", type=int, default=60)
    parser.add_argument("--calibration", action="store_true")
    given = parser.parse_args()
    if given.calibration:
        calibration()
    else:
        speed(given.series, given.statements, given.periods)


if __name__ == "__main__":
    main()
