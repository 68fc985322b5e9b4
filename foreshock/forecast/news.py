"""News as a covariate: whether counts out of the record tell more than the deaths before them did, measured.

A month's news is what had been published by its end. On top of the chance of any deaths that history alone gives, one
coefficient for the logarithm of the last three months' news is fitted on earlier origins and tried on later ones, apart
for onsets. At each of them deaths are known as they were then: no gap is filled by what came after, and a month that
nobody counted is no outcome. Where news does not lower the log score it is dropped; where there is too little of either
it says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from foreshock.errors import MalformedItem
from foreshock.forecast.history import History
from foreshock.forecast.hurdle import chances
from foreshock.forecast.months import month_name
from foreshock.forecast.panel import YEAR, Array
from foreshock.forecast.pool import randomness

NEWS_MONTHS = 3
LEAST_SHARE = 0.5
"""A record covers a country that it tells of in so many of its months: of one that is only mentioned now and then it is
silent for want of documents, not of events."""

LEAST = (10, 6)
"""Countries and origins to learn from, and as many to try on, below which nothing is said of the news."""

LEAST_HAPPENED = 20
"""Country-months with deaths in each of the two parts below which nothing is said either; for onsets `LEAST_ONSETS`."""

LEAST_ONSETS = 10

SPACING = 3
"""Every third month is an origin: neighbouring ones tell the same story."""

LEARNING_MONTHS = 60
"""Months of deaths before the first origin, from which history's own chance is learned."""

RIDGE = 1.0
LEVEL = 0.05
"""The chance, over all kinds of news that are tried together, of keeping one that tells nothing (Bonferroni)."""


@dataclass(frozen=True)
class Verdict:
    """What the news was worth: `use` it or not, why in a sentence, bits gained a case and their standard error over
    countries (null where nothing can be said), the coefficient, for all cases or for onsets alone."""

    use: bool
    reason: str
    gained: float | None = None
    error: float | None = None
    coefficient: float | None = None
    centre: float = 0.0


@dataclass(frozen=True)
class Worth:
    """What one kind of news was worth for any deaths, and for onsets alone."""

    any: Verdict
    onsets: Verdict


@dataclass(frozen=True)
class Cases:
    """Country-months of past origins: log odds by history alone, whether any deaths came, country, origin, quiet."""

    odds: Array
    happened: Array
    country: Array
    origin: Array
    quiet: Array

    def kept(self, which: NDArray[np.bool_]) -> "Cases":
        """Those cases alone."""
        return Cases(*(column[which] for column in vars(self).values()))


def covered(news: History, by: History) -> History:
    """The news of those countries that a record tells of, in any way (`by`), in at least half of the months it holds.

    A covered country without such news at all has none: zeros.
    """
    held = ~np.isnan(by.counts)
    share = (np.nan_to_num(by.counts) > 0).sum(axis=1) / np.maximum(held.sum(axis=1), 1)
    kept = [place for place, good in enumerate(share >= LEAST_SHARE) if good]
    counts = np.full((len(kept), news.counts.shape[1]), np.nan)
    counts[:, ~np.isnan(news.counts).all(axis=0)] = 0.0
    names = tuple(by.countries[place] for place in kept)
    for row, identity in enumerate(names):
        if identity in news.countries:
            counts[row] = news.counts[news.countries.index(identity)]
    return History(names, news.first_month, counts, news.notes)


def together(parts: Sequence[History]) -> History:
    """The news of several records as one: counts add up, a month that none of them holds stays NaN."""
    first, last = min(one.first_month for one in parts), max(one.last_month for one in parts)
    countries = tuple(sorted({country for one in parts for country in one.countries}))
    counts = np.full((len(countries), last - first + 1), np.nan)
    for one in parts:
        rows = [countries.index(country) for country in one.countries]
        columns = slice(one.first_month - first, one.last_month - first + 1)
        there = counts[rows, columns]
        both = np.nan_to_num(there) + np.nan_to_num(one.counts)
        counts[rows, columns] = np.where(np.isnan(there) & np.isnan(one.counts), np.nan, both)
    return History(countries, first, counts)


def known_news(news: History, month: int, countries: Sequence[int]) -> Array:
    """log(1 + count) of what was published in the three months up to `month`, for each country.

    NaN where the news does not cover the country, or lacks one of the months.
    """
    last = month - news.first_month
    found = np.full(len(countries), np.nan)
    if not NEWS_MONTHS - 1 <= last < news.counts.shape[1]:
        return found
    for place, identity in enumerate(countries):
        if identity in news.countries:
            row = news.counts[news.countries.index(identity)]
            found[place] = np.log1p(row[last - NEWS_MONTHS + 1 : last + 1].sum())
    return found


def cases_of(
    observed: History, countries: Sequence[int], first: int, last: int, steps: Sequence[int], seed: int
) -> Cases:
    """All cases of some countries at every third month from `first` to `last`, as far as outcomes were counted."""
    first, last = max(first, observed.first_month + LEARNING_MONTHS), min(last, observed.last_month - max(steps))
    parts: list[list[Array]] = [[np.zeros(0)] for _ in range(5)]
    for month in range(first, last + 1, SPACING):
        try:
            then = observed.as_known(month)
        except MalformedItem:
            continue  # nothing could be forecast then
        rows = np.array([place for place, one in enumerate(then.countries) if one in countries], dtype=int)
        if len(rows) == 0:
            continue
        chance = np.clip(chances(then.panel(), steps, randomness(seed, "news"))[rows], 1e-4, 1 - 1e-4)
        outcome = observed.of([then.countries[row] for row in rows], [month + step for step in steps])
        quiet = ~(np.nan_to_num(then.counts[rows, -YEAR:]) > 0).any(axis=1)
        identities = np.array([then.countries[row] for row in rows], dtype=float)
        counted = ~np.isnan(outcome.ravel())
        for column, values in zip(
            parts,
            (
                np.log(chance / (1 - chance)).ravel(),
                (outcome > 0).astype(float).ravel(),
                np.repeat(identities, len(steps)),
                np.full(chance.size, float(month)),
                np.repeat(quiet.astype(float), len(steps)),
            ),
            strict=True,
        ):
            column.append(values[counted])
    return Cases(*(np.concatenate(column) for column in parts))


def _told(cases: Cases, news: History) -> Array:
    """The news of each case, NaN where it is not known."""
    found = np.full(len(cases.odds), np.nan)
    for month in np.unique(cases.origin):
        at = np.flatnonzero(cases.origin == month)
        found[at] = known_news(news, int(month), cases.country[at].astype(int).tolist())
    return found


def fit_news(odds: Array, news: Array, happened: Array) -> float:
    """The coefficient of centred news beside fixed log odds, by Newton's method with a ridge."""
    beta = 0.0
    for _ in range(20):
        chance = 1 / (1 + np.exp(-(odds + beta * news)))
        gradient = float((news * (happened - chance)).sum() - RIDGE * beta)
        curvature = float((news**2 * chance * (1 - chance)).sum() + RIDGE)
        beta += gradient / curvature
    return beta


def assess(observed: History, news: Mapping[str, History], steps: Sequence[int], seed: int) -> dict[str, Worth]:
    """What each kind of news was worth by its name, all of them tried together on the same cases of the past.

    `observed` are the counts with their gaps, for each of its months is an origin of which only the past is known.
    """
    first = min(one.first_month for one in news.values()) + NEWS_MONTHS - 1
    last = max(one.last_month for one in news.values())
    countries = {country for one in news.values() for country in one.countries}
    cases = cases_of(observed, sorted(countries), first, last, steps, seed)
    errors = NormalDist().inv_cdf(1 - LEVEL / (2 * len(news)))
    found = {}
    for name, one in news.items():
        told = _told(cases, one)
        known = ~np.isnan(told)
        quiet = known & (cases.quiet > 0)
        span = f"{month_name(one.first_month)} to {month_name(one.last_month)}"
        found[name] = Worth(
            _verdict("any deaths", span, cases.kept(known), told[known], max(steps), LEAST_HAPPENED, errors),
            _verdict("onsets", span, cases.kept(quiet), told[quiet], max(steps), LEAST_ONSETS, errors),
        )
    return found


def _verdict(what: str, span: str, cases: Cases, told: Array, furthest: int, needed: int, errors: float) -> Verdict:
    """Fitted on the earlier half of the origins, tried on the later; `errors` standard errors are to be gained.

    No outcome of the earlier half lies after the first origin of the later.
    """
    origins = np.unique(cases.origin)
    middle = origins[len(origins) // 2] if len(origins) else 0.0
    early, late = cases.origin + furthest <= middle, cases.origin >= middle
    halves = [_extent(cases.kept(half)) for half in (early, late)]
    if any(found < least for half in halves for found, least in zip(half, (*LEAST, needed), strict=True)):
        learned, tried = (f"{countries} countries at {times} origins with {happened} cases"
                          for countries, times, happened in halves)  # fmt: skip
        return Verdict(
            False,
            f"insufficient data for {what}: the news ({span}) gives {learned} to learn from and {tried} to try it on; "
            f"{LEAST[0]} countries, {LEAST[1]} origins, {needed} cases of each are needed",
        )
    centre = float(told[early].mean())
    beta = fit_news(cases.odds[early], told[early] - centre, cases.happened[early])
    shifted = cases.odds[late] + beta * (told[late] - centre)
    gain = _bits(shifted, cases.happened[late]) - _bits(cases.odds[late], cases.happened[late])
    by_country = np.array([gain[cases.country[late] == one].mean() for one in np.unique(cases.country[late])])
    error = float(by_country.std(ddof=1) / np.sqrt(len(by_country))) if len(by_country) > 1 else float("inf")
    gained = float(by_country.mean())
    use = gained > errors * error
    verb = "helps" if use else "does not help and is dropped"
    reason = (
        f"the news {verb} with {what}: {gained:+.4f} bits a case (standard error {error:.4f}, "
        f"{errors:.1f} of them are to be gained)"
    )
    return Verdict(use, reason, gained, error, beta, centre)


def _extent(cases: Cases) -> tuple[int, int, int]:
    """How many countries, origins, and cases that happened."""
    return len(np.unique(cases.country)), len(np.unique(cases.origin)), int(cases.happened.sum())


def _bits(odds: Array, happened: Array) -> Array:
    signed = np.where(happened > 0, odds, -odds)
    return np.asarray(-np.logaddexp(0.0, -signed) / np.log(2), dtype=np.float64)


def shift_of(history: History, news: History, worth: Worth) -> Array:
    """By how much news shifts the log odds of any deaths in each series from here on; 0 where it is dropped.

    Series quiet for a year follow the verdict on onsets, all others that on any deaths.
    """
    told = known_news(news, history.last_month, history.countries)
    quiet = ~(np.nan_to_num(history.counts[:, -YEAR:]) > 0).any(axis=1)
    shift = np.zeros(len(history.countries))
    for verdict, rows in ((worth.onsets, quiet), (worth.any, ~quiet)):
        if verdict.use and verdict.coefficient is not None:
            shift[rows] = verdict.coefficient * np.nan_to_num(told[rows] - verdict.centre)
    return shift
