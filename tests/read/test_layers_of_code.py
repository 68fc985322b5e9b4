"""What is read by code and not learned: times, counts, likelihood phrases."""

import datetime

import pytest

from foreshock.model.statement import Count
from foreshock.model.vocabulary import Granularity, Kind
from foreshock.read import counts, likelihood
from foreshock.read.times import Reference, resolve

WEDNESDAY = Reference(datetime.date(2023, 6, 28), Granularity.DAY)
AHEAD = Reference(datetime.date(2023, 6, 28), Granularity.DAY, ahead=True)
MONTH_ONLY = Reference(datetime.date(2018, 8, 31), Granularity.MONTH)


@pytest.mark.parametrize(
    ("words", "reference", "start", "end", "granularity"),
    [
        ("on Monday", WEDNESDAY, "2023-06-26", "2023-06-26", "day"),
        ("last Thursday", WEDNESDAY, "2023-06-22", "2023-06-22", "day"),
        ("next Monday", AHEAD, "2023-07-03", "2023-07-03", "day"),
        ("yesterday", WEDNESDAY, "2023-06-27", "2023-06-27", "day"),
        ("on 28 November", WEDNESDAY, "2022-11-28", "2022-11-28", "day"),
        ("December 7", AHEAD, "2023-12-07", "2023-12-07", "day"),
        ("Sept 11, 2001", WEDNESDAY, "2001-09-11", "2001-09-11", "day"),
        ("2023-05-22", WEDNESDAY, "2023-05-22", "2023-05-22", "day"),
        ("in August", WEDNESDAY, "2022-08-01", "2022-08-31", "month"),
        ("in February 2017", WEDNESDAY, "2017-02-01", "2017-02-28", "month"),
        ("last month", WEDNESDAY, "2023-05-01", "2023-05-31", "month"),
        ("in 2003", WEDNESDAY, "2003-01-01", "2003-12-31", "year"),
        ("early 2000s", WEDNESDAY, "2000-01-01", "2004-12-31", "year"),
        ("last week", WEDNESDAY, "2023-06-19", "2023-06-25", "week"),
        ("three years ago", WEDNESDAY, "2020-01-01", "2020-12-31", "year"),
        ("within three months", AHEAD, "2023-06-28", "2023-09-28", "month"),
        ("in the spring", AHEAD, "2024-03-01", "2024-05-31", "month"),
        ("since February 2022", WEDNESDAY, "2022-02-01", None, "open"),
        ("by the end of 2024", AHEAD, None, "2024-12-31", "month"),
        ("recently", WEDNESDAY, None, "2023-06-28", "open"),
        ("now", WEDNESDAY, "2023-06-28", "2023-06-28", "open"),
        ("on Friday", MONTH_ONLY, None, None, "day"),
        ("in June", MONTH_ONLY, "2018-06-01", "2018-06-30", "month"),
        ("before dawn", WEDNESDAY, None, None, "open"),
        ("30 February 2023", WEDNESDAY, "2023-02-01", "2023-02-28", "month"),
    ],
)
def test_times(words: str, reference: Reference, start: str | None, end: str | None, granularity: str) -> None:
    found = resolve(words, reference)
    dates = [str(date) if date else None for date in (found.start, found.end)]
    assert (*dates, found.granularity) == (start, end, granularity)


def test_without_a_publication_date_only_what_names_its_year_is_resolved() -> None:
    assert resolve("on Monday", None).start is None
    assert resolve("in August", None).start is None
    assert str(resolve("in August 2014", None).start) == "2014-08-01"


def counted(text: str, trigger: str) -> dict[str, Count]:
    at = text.index(trigger)
    return counts.find(text, (0, len(text)), (at, at + len(trigger)))


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("At least 12 civilians were killed", "killed", {"killed": Count(low=12)}),
        ("12 civilians were killed", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("dozens were injured", "injured", {"injured": Count(low=24, high=99)}),
        ("killing a dozen soldiers", "killing", {"killed": Count(low=12, best=12, high=12)}),
        ("between 8,000 and 10,000 men deserted", "deserted", {"deserted": Count(low=8000, high=10000)}),
        ("hundreds of thousands of people fled", "fled", {"displaced": Count(low=200_000, high=999_999)}),
        ("two dozen peacekeepers were kidnapped", "kidnapped", {"captured": Count(low=24, best=24, high=24)}),
        ("about thirty men deserted", "deserted", {"deserted": Count(best=30)}),
        ("up to 40 died", "died", {"killed": Count(high=40)}),
        ("2.500 were killed", "killed", {"killed": Count(low=2500, best=2500, high=2500)}),
        ("the mayor was killed in 2014", "killed", {}),
        ("killed 20 km south of the town", "killed", {}),
        ("a soldier was killed", "killed", {}),
        ("12 ministers met", "met", {}),
    ],
)
def test_counts(text: str, trigger: str, expected: dict[str, Count]) -> None:
    assert counted(text, trigger) == expected


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("will", 0.91, 1.0),
        ("may", 0.2, 0.6),
        ("might", 0.15, 0.6),
        ("Highly Unlikely", 0.05, 0.2),
        ("is very likely to", 0.8, 0.95),
        ("roughly even", 0.45, 0.55),
        ("will almost certainly", 0.95, 0.99),
        ("will not", 0.0, 0.09),
    ],
)
def test_likelihood_intervals(phrase: str, low: float, high: float) -> None:
    assert likelihood.interval_of(phrase) == (low, high)


def test_words_of_no_likelihood_have_no_interval() -> None:
    assert likelihood.interval_of("in the morning") is None


def test_only_forecasts_are_searched_for_likelihood() -> None:
    text = "the front may collapse by spring"
    span = (text.index("collapse"), text.index("collapse") + 8)
    found = likelihood.find(text, (0, len(text)), span, Kind.FORECAST)
    assert found is not None
    assert text[found[0] : found[1]] == "may"
    assert likelihood.find(text, (0, len(text)), span, Kind.RECOMMENDATION) is None
