"""Times that lean on one told before them have its days: *two days later*, *that night*, *since then*."""

import datetime

import pytest

from foreshock.model.statement import Time
from tests.read.texts import by_trigger

PUBLISHED = datetime.date(2023, 9, 20)


def times(text: str) -> dict[str, Time]:
    """The times of the statements found in a text, by trigger."""
    return {trigger: one.time for trigger, one in by_trigger(text, PUBLISHED).items() if one.time is not None}


@pytest.mark.parametrize(
    ("behind", "trigger", "first", "last"),
    [
        ("Two days later soldiers arrested the mayor of Bria.", "arrested", "2023-09-06", "2023-09-06"),
        ("The next day soldiers arrested the mayor of Bria.", "arrested", "2023-09-05", "2023-09-05"),
        ("The same evening soldiers arrested the mayor of Bria.", "arrested", "2023-09-04", "2023-09-04"),
        ("That night soldiers arrested the mayor of Bria.", "arrested", "2023-09-04", "2023-09-04"),
        ("A week later soldiers arrested the mayor of Bria.", "arrested", "2023-09-11", "2023-09-11"),
        ("Within hours soldiers arrested the mayor of Bria.", "arrested", "2023-09-04", "2023-09-04"),
        ("At dusk soldiers arrested the mayor of Bria.", "arrested", "2023-09-04", "2023-09-04"),
        ("Since then soldiers have arrested forty people in Bria.", "arrested", "2023-09-04", "2023-09-20"),
        ("Since then Paris has sent forty soldiers to Bria.", "sent", "2023-09-04", "2023-09-20"),
        ("Three days earlier soldiers had arrested the mayor of Bria.", "arrested", "2023-09-01", "2023-09-01"),
    ],
)
def test_a_time_counts_from_the_day_told_before_it(behind: str, trigger: str, first: str, last: str) -> None:
    time = times(f"Rebels attacked the town of Bria on 4 September. {behind}")[trigger]
    assert (str(time.from_), str(time.to)) == (first, last)


def test_a_morning_after_a_night_is_the_next_day_s() -> None:
    found = times("Rebels attacked the town of Bria on Monday night. By morning soldiers had retaken the bridge.")
    assert found["retaken"].from_ == datetime.date(2023, 9, 19)


def test_a_noon_after_a_night_is_the_next_day_s() -> None:
    found = times("Rebels attacked the town of Bria on Monday night. By noon soldiers had retaken the bridge.")
    assert found["retaken"].from_ == datetime.date(2023, 9, 19)


def test_a_time_of_day_is_of_the_day_told_some_sentences_before() -> None:
    text = (
        "Rebels attacked the town of Bria on 4 September. Soldiers fled to the airport. Shops were looted. "
        "By nightfall the rebels had burned the prison."
    )
    assert times(text)["burned"].from_ == datetime.date(2023, 9, 4)


def test_a_time_of_day_is_not_of_the_night_before() -> None:
    text = (
        "On 4 September rebels attacked the town of Bria. Soldiers had left the barracks the night before. "
        "By 18:00 the rebels had burned the prison."
    )
    assert times(text)["burned"].from_ == datetime.date(2023, 9, 4)


def test_one_leaning_time_counts_from_another() -> None:
    text = (
        "Rebels attacked the town of Bria on 4 September. Two days later soldiers shelled the market. "
        "The next day the rebels released forty hostages."
    )
    assert times(text)["released"].from_ == datetime.date(2023, 9, 7)


@pytest.mark.parametrize(
    "text",
    [
        # the month before is no day, and another paragraph's day is not meant
        "Rebels attacked the town of Bria in August. Two days later soldiers arrested the mayor of Bria.",
        "Rebels attacked the town of Bria on 4 September.\n\nTwo days later soldiers arrested the mayor of Bria.",
        # the day before what
        "Rebels attacked Bria on 4 September. Soldiers arrested the mayor of Bria the day before the vote.",
        # nothing that is told of as past lies after its publication
        "Rebels attacked the town of Bria on Tuesday. Two weeks later soldiers arrested the mayor of Bria.",
        # which month a few months after a year are, nobody knows; nor is a year after a day told by the day
        "Rebels attacked the town of Bria in 2021. Nine months later soldiers arrested the mayor of Bria.",
        "Rebels attacked the town of Bria on 4 September 2021. A year later soldiers arrested the mayor of Bria.",
        # the morning by which something is done may be the next
        "Rebels attacked the town of Bria on 4 September. By morning soldiers had arrested the mayor of Bria.",
        # a stretch is no day to count from
        "Rebels held the town of Bria for a day. Two days later soldiers arrested the mayor of Bria.",
    ],
)
def test_what_no_day_stands_before_stays_open(text: str) -> None:
    assert times(text)["arrested"].from_ is None


@pytest.mark.parametrize(
    ("told", "behind", "first", "last"),
    [
        ("in 2018", "Two years later soldiers arrested the mayor of Bria.", "2020-01-01", "2020-12-31"),
        ("in September 2021", "A year later soldiers arrested the mayor of Bria.", "2022-09-01", "2022-09-30"),
        ("in May", "Two months later soldiers arrested the mayor of Bria.", "2023-07-01", "2023-07-31"),
        # of the month that runs, what is over
        ("in September 2022", "A year later soldiers arrested the mayor of Bria.", "2023-09-01", "2023-09-20"),
    ],
)
def test_months_and_years_count_from_the_month_or_year_told_before(
    told: str, behind: str, first: str, last: str
) -> None:
    time = times(f"Rebels attacked the town of Bria {told}. {behind}")["arrested"]
    assert (str(time.from_), str(time.to)) == (first, last)
