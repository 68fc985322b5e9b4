"""How well forecasters did: Brier and log scores as ranges, calibration, resolution, discrimination, each with its n.

Brier (1950), lower is better; an interval of probabilities gives the best and the worst score it allows. The
logarithmic score is in nats, lower is better. Resolution is Murphy's (1973) over the bins of the calibration curve.
Discrimination is the area under the ROC curve, with the standard error of Hanley and McNeil (1982) where that holds.
"""

import datetime
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from foreshock.ledger.speakers.identity import commonest, identity
from foreshock.ledger.yardsticks import DEFAULT, named, of_criterion
from foreshock.model.prediction import LedgerEntry, Outcome, Prediction
from foreshock.model.vocabulary import Kind

LEAST_RANKED = 20
"""Resolved predictions below which nobody is ranked."""
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Edges of the calibration curve's bins, by the middle of the stated interval."""
LEAST_OF_EITHER = 5
"""Resolved predictions that came, and that did not, below which discrimination stands without an error."""
CLIP = 0.01
"""Nearest to 0 or 1 that a probability comes in the log score: a certainty that fails would cost without bound."""
_Z = 1.959964
"""The normal distribution's 97.5th percentile, for 95 % intervals."""


@dataclass(frozen=True)
class Bin:
    """One point of a calibration curve: how often it came, of `n` said to be between `low` and `high` likely.

    `undecided` more were said to be so likely, are over and are pending still; `came_least` is how often it came if it
    did of none of them.
    """

    low: float
    high: float
    n: int
    undecided: int
    said: float
    came: float
    came_least: float
    came_low: float
    came_high: float


@dataclass(frozen=True)
class Score:
    """One forecaster's, outlet's, topic's or country's score; null where there is nothing to reckon it from.

    `n` predictions are resolved and carry odds. `undecided` carry odds too, are over and are pending still: silence is
    never a no, so what did not come stays there more often than what came, and no figure knows of it. `kept` and
    `broken` count pledges that carry no odds, `without_odds` forecasts that carry none: those can be held to nothing.
    `discrimination_error` is null where discrimination is too, and where Hanley and McNeil's formula says nothing: it
    gives an error of 0 to an area of 0 or 1, as if four predictions settled the matter, and as a formula for large
    samples needs at least `LEAST_OF_EITHER` that came and as many that did not.
    """

    name: str
    n: int
    pending: int
    undecided: int
    void: int
    kept: int
    broken: int
    without_odds: int
    proposed: int
    brier_low: float | None
    brier_high: float | None
    brier_middle: float | None
    log_low: float | None
    log_high: float | None
    base_rate: float | None
    resolution: float | None
    discrimination: float | None
    discrimination_error: float | None
    calibration: tuple[Bin, ...]

    @property
    def ranked(self) -> bool:
        """Whether there is enough to set it in an order with others."""
        return self.n >= LEAST_RANKED

    @property
    def void_rate(self) -> float | None:
        """The share of void ones among all that are no longer pending."""
        done = self.n + self.kept + self.broken + self.without_odds + self.void
        return self.void / done if done else None


@dataclass(frozen=True)
class Scoreboard:
    """The scores to show for a selection: that of the whole, and a row for each who has anything decided or void.

    Who has kept or broken pledges, or foretold without odds, has a row too. `waiting` counts those without a row:
    all that they foretold is pending still. `nameless` predictions of the whole are in no row, and in none that waits:
    they have no outlet, topic or country.
    """

    whole: Score
    rows: list[Score]
    waiting: int = 0
    nameless: int = 0


def _as_json(one: Score) -> dict[str, object]:
    """A score with what is reckoned from its figures, as JSON has it."""
    return {**msgspec.to_builtins(one), "ranked": one.ranked, "void_rate": one.void_rate}


def board_as_json(board: Scoreboard, by: str, yardstick: str, as_of: datetime.date) -> dict[str, object]:
    """Scores with what they were reckoned by, and those of the whole, as JSON has them."""
    return {
        "as_of": as_of,
        "by": by,
        "yardstick": yardstick,
        "whole": _as_json(board.whole),
        "scores": [_as_json(one) for one in board.rows],
        "waiting": board.waiting,
        "nameless": board.nameless,
    }


def odds(prediction: Prediction, yardstick: str = DEFAULT) -> tuple[float, float] | None:
    """The interval for the criterion by the chosen yardstick; null where the text gives no odds."""
    if prediction.low is None or prediction.high is None:
        return None
    told = (prediction.low, prediction.high)
    if prediction.likelihood is None:
        return told
    found = named(prediction.likelihood, yardstick)
    return of_criterion(*found, prediction.negated, prediction.likelihood) if found else told


def brier(low: float, high: float, came: bool) -> tuple[float, float]:
    """The best and the worst Brier score that an interval allows."""
    target = 1.0 if came else 0.0
    ends = sorted(((low - target) ** 2, (high - target) ** 2))
    return (0.0 if low <= target <= high else ends[0]), ends[1]


def log_score(low: float, high: float, came: bool) -> tuple[float, float]:
    """The best and the worst logarithmic score that an interval allows, in nats."""

    def cost(p: float) -> float:
        kept = min(max(p, CLIP), 1 - CLIP)
        return -math.log(kept if came else 1 - kept)

    first, second = sorted((cost(low), cost(high)))
    return first, second


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not n:
        return 0.0, 1.0
    share, square = hits / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class _Held:
    """What a score needs of an entry: looked up once, as an entry is counted with others and by itself."""

    entry: LedgerEntry
    outcome: Outcome
    odds: tuple[float, float] | None
    over: bool

    @property
    def resolved(self) -> bool:
        """Whether it came, or did not."""
        return self.outcome in (Outcome.TRUE, Outcome.FALSE)


def _held(entries: Iterable[LedgerEntry], as_of: datetime.date, yardstick: str) -> list[_Held]:
    found = []
    for one in entries:
        asked = one.sharpened
        found.append(_Held(one, one.outcome, odds(asked, yardstick), asked.by <= as_of))
    return found


def score(name: str, entries: Sequence[LedgerEntry], as_of: datetime.date, yardstick: str = DEFAULT) -> Score:
    """The score of a set of predictions as known on a day, repeats already folded; none of unscored roles."""
    return _score(name, _held(entries, as_of, yardstick))


def _score(name: str, held: Sequence[_Held]) -> Score:
    resolved = [one for one in held if one.resolved]
    told = [(one.odds, one.outcome is Outcome.TRUE) for one in resolved if one.odds is not None]
    bare = [one for one in resolved if one.odds is None]
    pledges = [one for one in bare if one.entry.prediction.kind == Kind.COMMITMENT]
    kept = sum((one.outcome is Outcome.TRUE) != one.entry.prediction.negated for one in pledges)
    pending = [one for one in held if one.outcome is Outcome.PENDING]
    over = [sum(one.odds) / 2 for one in pending if one.over and one.odds is not None]
    n = len(told)
    curve = _curve(told, over)
    base = sum(came for _, came in told) / n if n else None
    area, error = _discrimination([((low + high) / 2, came) for (low, high), came in told])
    briers = [brier(low, high, came) for (low, high), came in told]
    logs = [log_score(low, high, came) for (low, high), came in told]
    return Score(
        name=name,
        n=n,
        pending=len(pending),
        undecided=len(over),
        void=sum(one.outcome is Outcome.VOID for one in held),
        kept=kept,
        broken=len(pledges) - kept,
        without_odds=len(bare) - len(pledges),
        proposed=sum(one.entry.ruling is None for one in resolved),
        brier_low=_mean([low for low, _ in briers]),
        brier_high=_mean([high for _, high in briers]),
        brier_middle=_mean([((low + high) / 2 - came) ** 2 for (low, high), came in told]),
        log_low=_mean([low for low, _ in logs]),
        log_high=_mean([high for _, high in logs]),
        base_rate=base,
        resolution=sum(one.n * (one.came - base) ** 2 for one in curve) / n if base not in (None, 0, 1) else None,
        discrimination=area,
        discrimination_error=error,
        calibration=tuple(curve),
    )


def scores(entries: Iterable[LedgerEntry], by: str, as_of: datetime.date, yardstick: str = DEFAULT) -> list[Score]:
    """Scores by `forecaster`, `outlet`, `topic` or `country`: ranked ones first, best first; then the rest by name, in
    no order of merit.

    A forecaster whose name is written in several ways has one score, under the commonest of them.
    """
    return _scores(_held(entries, as_of, yardstick), by)


def _scores(held: Iterable[_Held], by: str) -> list[Score]:
    name_of, parts = named_by(by), defaultdict[str, list[tuple[str, _Held]]](list)
    for one in held:
        name = name_of(one.entry)
        if name is not None and one.entry.prediction.forecaster_kind.scored:
            parts[identity(name) if by == "forecaster" else name].append((name, one))
    found = [_score(commonest(name for name, _ in part), [one for _, one in part]) for part in parts.values()]
    return sorted(
        found,
        key=lambda one: (not one.ranked, one.brier_middle or 0.0 if one.ranked else 0.0, one.name.casefold(), one.name),
    )


def scoreboard(
    entries: Iterable[LedgerEntry], by: str, as_of: datetime.date, yardstick: str = DEFAULT, confirmed: bool = False
) -> Scoreboard:
    """The scores to show of `entries` as known on a day, by their `forecaster`, `outlet`, `topic` or `country`, and of
    them as a whole.

    `confirmed`: what no person decided counts as pending, whatever is proposed of it. Entries of unscored roles are
    left out.
    """
    scored = [one for one in entries if one.prediction.forecaster_kind.scored]
    if confirmed:
        scored = [one if one.ruling is not None else replace(one, proposal=None) for one in scored]
    name_of, held = named_by(by), _held(scored, as_of, yardstick)
    found = _scores(held, by)
    rows = [one for one in found if one.void_rate is not None]
    return Scoreboard(
        whole=_score("all", held),
        rows=rows,
        waiting=len(found) - len(rows),
        nameless=sum(name_of(one) is None for one in scored),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _curve(told: Sequence[tuple[tuple[float, float], bool]], over: Sequence[float]) -> list[Bin]:
    """The curve of intervals with what came of them; `over` are middles of those that are over and undecided."""
    middles = [((low + high) / 2, came) for (low, high), came in told]
    found = []
    for low, high in pairwise(BINS):
        inside = [(middle, came) for middle, came in middles if _within(middle, low, high)]
        if not inside:
            continue
        n, hits, undecided = len(inside), sum(came for _, came in inside), sum(_within(one, low, high) for one in over)
        bottom, top = wilson(hits, n)
        said = sum(middle for middle, _ in inside) / n
        found.append(Bin(low, high, n, undecided, said, hits / n, hits / (n + undecided), bottom, top))
    return found


def _within(middle: float, low: float, high: float) -> bool:
    return low <= middle < high or middle == high == BINS[-1]


def _discrimination(told: Sequence[tuple[float, bool]]) -> tuple[float | None, float | None]:
    """How often something that came had been given better odds than something that did not; ties count half.

    With it the standard error of Hanley and McNeil (1982), null where their formula does not hold (see `Score`).
    """
    yes = [p for p, came in told if came]
    no = sorted(p for p, came in told if not came)
    if not yes or not no:
        return None, None
    area = sum(bisect_left(no, one) + bisect_right(no, one) for one in yes) / 2 / (len(yes) * len(no))
    if area in (0.0, 1.0) or min(len(yes), len(no)) < LEAST_OF_EITHER:
        return area, None
    first, second = area / (2 - area), 2 * area * area / (1 + area)
    variance = (area * (1 - area) + (len(yes) - 1) * (first - area * area) + (len(no) - 1) * (second - area * area)) / (
        len(yes) * len(no)
    )
    return area, math.sqrt(max(0.0, variance))


def named_by(what: str) -> Callable[[LedgerEntry], str | None]:
    """What an entry is counted under: its `forecaster`, `outlet`, `topic` or `country`, these as it is resolved."""
    chosen: dict[str, Callable[[LedgerEntry], str | None]] = {
        "forecaster": lambda one: one.prediction.forecaster,
        "outlet": lambda one: one.prediction.outlet,
        "topic": lambda one: one.sharpened.topic,
        "country": lambda one: one.sharpened.country,
    }
    return chosen[what]
