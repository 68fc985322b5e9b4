"""What moved a forecast since the last one, in the reader's terms, and which past it resembles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from foreshock.forecast.analogues import nearest
from foreshock.forecast.countries import country_name
from foreshock.forecast.history import History
from foreshock.forecast.months import month_name
from foreshock.forecast.vintages import Part

REASONS = {
    "memory 3": "the last three to six months",
    "memory 6": "the last three to six months",
    "memory 12": "the last year",
    "own months": "the last year",
    "memory 24": "the years before",
    "memory 60": "the years before",
    "analogues": "what followed similar months elsewhere",
    "forest": "what followed similar months elsewhere",
    "self-exciting": "the latest shock, fading",
    "hurdle": "how often such a country sees any",
}
"""What each model of the pool stands for, to a reader."""


TRIMMED: Final = "the largest hundredth of draws left out"
"""What parts the figures of an explanation from the mean that a forecast expects: few draws of thousands would move it
for no reason at all, and in a quiet country they are most of the mean."""

LEAST_CHANGE: Final = 0.005
"""Counts a month below which nothing has moved."""


@dataclass(frozen=True)
class Mover:
    """One reason, and how many counts a month it stands for in the run before and in this one, `TRIMMED`."""

    reason: str
    before: float
    now: float

    @property
    def change(self) -> float:
        """Counts a month more (or fewer) than in the run before."""
        return self.now - self.before


@dataclass(frozen=True)
class Likeness:
    """A past month of some series that looked like this one; `then` is its mean over the 12 months before it, `after`
    over the months forecast from it."""

    country: int
    month: int
    then: float
    after: float

    def __str__(self) -> str:
        return (
            f"{country_name(self.country)} {month_name(self.month)[:4]} "
            f"({self.then:,.0f} a month before, {self.after:,.0f} after)"
        )


def movers(before: Sequence[Part], now: Sequence[Part]) -> list[Mover]:
    """The reasons by the size of what they moved between two runs' parts of one country.

    Their changes add up to the change of the pool's mean, the largest hundredth of each part's draws left out.
    """
    sums: dict[str, list[float]] = {}
    for place, parts in enumerate((before, now)):
        for part in parts:
            both = sums.setdefault(REASONS.get(part.part, part.part), [0.0, 0.0])
            both[place] += part.weight * part.mean
    found = [Mover(reason, was, becomes) for reason, (was, becomes) in sums.items()]
    return sorted(found, key=lambda mover: (-abs(mover.change), mover.reason))


def told(country: int, found: Sequence[Mover], count: int = 3) -> str:
    """The explanation in one sentence, with as many decimals (three at most) as its figures need to show."""
    was, becomes = sum(mover.before for mover in found), sum(mover.now for mover in found)
    size = abs(becomes - was)
    if size < max(0.05 * max(was, becomes), LEAST_CHANGE):
        return f"{country_name(country)}: hardly moved, {now_told(found)}"
    way = "up" if becomes > was else "down"
    leading = [mover for mover in found if abs(mover.change) >= 0.1 * size][:count]
    digits = next(number for number in (1, 2, 3) if number == 3 or _tell_apart(was, becomes, leading, number))
    reasons = ", ".join(f"{mover.change:+,.{digits}f}".replace("-", "−") + f" from {mover.reason}" for mover in leading)
    return (
        f"{country_name(country)}: {way} from {was:,.{digits}f} to {becomes:,.{digits}f} a month, {TRIMMED}: {reasons}"
    )


def _tell_apart(was: float, becomes: float, leading: Sequence[Mover], digits: int) -> bool:
    """Whether with so many decimals the two figures differ and no reason moves them by nothing."""
    shown = [f"{abs(mover.change):.{digits}f}" for mover in leading]
    return f"{was:.{digits}f}" != f"{becomes:.{digits}f}" and all(float(change) > 0 for change in shown)


def now_told(found: Sequence[Mover]) -> str:
    """What the parts of a run come to."""
    return f"{sum(mover.now for mover in found):,.1f} a month, {TRIMMED}"


def likenesses(history: History, country: int, steps: Sequence[int], count: int = 5) -> list[Likeness]:
    """The nearest past of any series to a country's present, one for each country.

    Empty where the history is too short to hold any, or the country has seen nothing for ten years: then everything
    quiet is equally like it.
    """
    panel = history.panel()
    row = history.countries.index(country)
    if not (np.nan_to_num(panel.counts[row, -120:]) > 0).any() or panel.counts.shape[1] <= 24 + max(steps):
        return []
    found = nearest(panel, max(steps), 200)
    kept: list[Likeness] = []
    for series, column in zip(found.series[row].tolist(), found.month[row].tolist(), strict=True):
        identity, month = history.countries[series], history.first_month + column
        if any(one.country == identity for one in kept):
            continue
        counts = history.counts[series]
        then = float(np.nanmean(counts[max(column - 11, 0) : column + 1]))
        after = float(np.nanmean(counts[column + min(steps) : column + max(steps) + 1]))
        kept.append(Likeness(identity, month, then, after))
        if len(kept) == count:
            break
    return kept
