"""News as a covariate: whether counts out of the record tell more than the deaths before them did, measured.

A month's news is what had been published by its end. On top of the chance of any deaths that history alone gives, one
coefficient for the logarithm of the last three months' news is fitted on earlier origins and tried on later ones, apart
for onsets. Where it does not lower the log score it is dropped; where there is too little of either it says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foreshock.forecast.history import History
from foreshock.forecast.hurdle import chances
from foreshock.forecast.months import month_name
from foreshock.forecast.panel import Array
from foreshock.forecast.pool import randomness

NEWS_MONTHS = 3
LEAST_COUNTRIES = 10
LEAST_ORIGINS = 12
LEAST_HAPPENED = 20
"""Country-months with deaths, and as many without, below which nothing is said of the news."""

LEAST_ONSETS = 10

SPACING = 3
"""Every third month is an origin: neighbouring ones tell the same story."""

RIDGE = 1.0
BETTER = 0.0
"""Bits that the news must gain, on later origins, beyond twice the standard error over countries."""


@dataclass(frozen=True)
class Verdict:
    """What the news was worth: `use` it or not, why in a sentence, bits gained a case and their standard error over
    countries (null where nothing can be said), the coefficient, for all cases or for onsets alone."""

    use: bool
    reason: str
    gained: float | None = None
    error: float | None = None
    coefficient: float | None = None


@dataclass(frozen=True)
class Cases:
    """Country-months of past origins: log odds by history alone, news, whether any deaths came, country, origin."""

    odds: Array
    news: Array
    happened: Array
    country: Array
    origin: Array
    quiet: Array


def known_news(news: History, month: int, countries: Sequence[int]) -> Array:
    """log(1 + count) of what was published in the months up to `month`, for each country; 0 where none is known."""
    last = month - news.first_month
    found = np.zeros(len(countries))
    for place, identity in enumerate(countries):
        if identity in news.countries:
            row = news.counts[news.countries.index(identity)]
            found[place] = np.log1p(np.nansum(row[max(last - NEWS_MONTHS + 1, 0) : last + 1]))
    return found


def cases_of(history: History, news: History, steps: Sequence[int], seed: int) -> Cases | None:
    """All cases of the countries that the news covers, at every third month of its span; null where there is none."""
    first = max(news.first_month + NEWS_MONTHS - 1, history.first_month + 60)
    last = min(news.last_month, history.last_month - max(steps))
    parts: list[list[Array]] = []
    for month in range(first, last + 1, SPACING):
        then = history.until(month)
        rows = np.array([place for place, one in enumerate(then.countries) if one in news.countries], dtype=int)
        if len(rows) == 0:
            continue
        chance = np.clip(chances(then.panel(), steps, randomness(seed, "news"))[rows], 1e-4, 1 - 1e-4)
        places = [history.countries.index(then.countries[row]) for row in rows]
        outcome = history.counts[places][:, month - history.first_month + np.asarray(steps)]
        told = known_news(news, month, [then.countries[row] for row in rows])
        quiet = ~(np.nan_to_num(then.counts[rows, -12:]) > 0).any(axis=1)
        parts.append(
            [
                np.log(chance / (1 - chance)).ravel(),
                np.repeat(told, len(steps)),
                (outcome > 0).astype(float).ravel(),
                np.repeat(np.array([then.countries[row] for row in rows], dtype=float), len(steps)),
                np.full(chance.size, float(month)),
                np.repeat(quiet.astype(float), len(steps)),
            ]
        )
    if not parts:
        return None
    return Cases(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def fit_news(odds: Array, news: Array, happened: Array) -> float:
    """The coefficient of the news beside fixed log odds, centred, by Newton's method with a ridge."""
    centred = news - news.mean()
    beta = 0.0
    for _ in range(20):
        chance = 1 / (1 + np.exp(-(odds + beta * centred)))
        gradient = float((centred * (happened - chance)).sum() - RIDGE * beta)
        curvature = float((centred**2 * chance * (1 - chance)).sum() + RIDGE)
        beta += gradient / curvature
    return beta


def assess(history: History, news: History, steps: Sequence[int], seed: int, onsets_only: bool = False) -> Verdict:
    """Whether the news helps: fitted on the earlier half of the origins, tried on the later.

    No outcome of the earlier half lies after the first origin of the later.
    """
    what = "onsets" if onsets_only else "any deaths"
    cases = cases_of(history, news, steps, seed)
    span = f"{month_name(news.first_month)} to {month_name(news.last_month)}"
    if cases is None:
        return Verdict(False, f"insufficient data for {what}: the news ({span}) and the outcomes hardly overlap")
    kept = cases.quiet > 0 if onsets_only else np.ones(len(cases.odds), dtype=bool)
    origins, countries = np.unique(cases.origin[kept]), np.unique(cases.country[kept])
    happened = int(cases.happened[kept].sum())
    needed = LEAST_ONSETS if onsets_only else LEAST_HAPPENED
    if len(countries) < LEAST_COUNTRIES or len(origins) < LEAST_ORIGINS or happened < needed:
        return Verdict(
            False,
            f"insufficient data for {what}: news of {len(countries)} countries at {len(origins)} origins ({span}) with "
            f"{happened} cases; {LEAST_COUNTRIES} countries, {LEAST_ORIGINS} origins, {needed} cases are needed",
        )
    middle = origins[len(origins) // 2]
    early, late = kept & (cases.origin + max(steps) <= middle), kept & (cases.origin >= middle)
    if not early.any() or cases.happened[early].sum() == 0 or cases.happened[late].sum() == 0:
        return Verdict(False, f"insufficient data for {what}: all cases fall in one half of the span ({span})")
    beta = fit_news(cases.odds[early], cases.news[early], cases.happened[early])
    shift = beta * (cases.news[late] - cases.news[early].mean())
    gain = _bits(cases.odds[late] + shift, cases.happened[late]) - _bits(cases.odds[late], cases.happened[late])
    by_country = np.array([gain[cases.country[late] == one].mean() for one in np.unique(cases.country[late])])
    error = float(by_country.std(ddof=1) / np.sqrt(len(by_country))) if len(by_country) > 1 else float("inf")
    gained = float(by_country.mean())
    use = gained - 2 * error > BETTER
    verb = "helps" if use else "does not help and is dropped"
    reason = f"the news {verb} with {what}: {gained:+.4f} bits a case (standard error {error:.4f})"
    return Verdict(use, reason, gained, error, beta)


def _bits(odds: Array, happened: Array) -> Array:
    signed = np.where(happened > 0, odds, -odds)
    return np.asarray(-np.logaddexp(0.0, -signed) / np.log(2), dtype=np.float64)
