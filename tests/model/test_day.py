"""Days: what a year, a month and a date cover, and what is none."""

import datetime

import pytest

from foreshock.errors import UsageError
from foreshock.model.day import first_day, in_utc, last_day
from foreshock.watch.periods import named_period


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2024-05-01", "2024-05-01", "2024-05-01"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_what_a_date_covers(date: str, first: str, last: str) -> None:
    assert (first_day(date), last_day(date)) == (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


@pytest.mark.parametrize("date", ["", "202", "2024-13", "2023-02-29", "2024-5", "May 2024", "٢٠٢٤-٠٥"])
def test_what_is_no_date(date: str) -> None:
    with pytest.raises(ValueError, match=r"is not YYYY|must be in|day is out of range"):
        last_day(date)


@pytest.mark.parametrize("date", ["2023", "2023-13", "May"])
def test_what_is_no_period(date: str) -> None:
    with pytest.raises(UsageError, match="write it as 2023-05 or 2023-05-22"):
        named_period(date, "month")


@pytest.mark.parametrize("moment", ["2024-06-30T22:15:00", "2024-06-30T22:15:00+00:00", "2024-07-01T00:15:00+02:00"])
def test_a_moment_is_told_in_utc_whatever_zone_a_database_speaks(moment: str) -> None:
    assert in_utc(datetime.datetime.fromisoformat(moment)).isoformat() == "2024-06-30T22:15:00+00:00"
