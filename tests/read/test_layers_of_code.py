"""What is read by code and not learned: times, counts, likelihood phrases."""

import datetime
from pathlib import Path

import pytest

from foreshock.model.document import Document, text_id
from foreshock.model.statement import Count
from foreshock.model.vocabulary import Granularity, Kind
from foreshock.read import counts, likelihood
from foreshock.read.reader import shipped
from foreshock.read.times import Reference, resolve
from train.likelihood import percentiles

WEDNESDAY = Reference(datetime.date(2023, 6, 28), Granularity.DAY)
AHEAD = Reference(datetime.date(2023, 6, 28), Granularity.DAY, ahead=True)
WINTER = Reference(datetime.date(2023, 1, 10), Granularity.DAY, ahead=True)
MARCH = Reference(datetime.date(2025, 3, 14), Granularity.DAY, ahead=True)
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
        ("since February 2022", WEDNESDAY, "2022-02-01", "2023-06-28", "month"),
        ("since the war", WEDNESDAY, None, "2023-06-28", "open"),
        ("by the end of 2024", AHEAD, "2023-06-28", "2024-12-31", "year"),
        ("before Easter", AHEAD, "2023-06-28", "2024-03-31", "day"),
        ("before Orthodox Easter", AHEAD, "2023-06-28", "2024-05-05", "day"),
        ("on Easter Monday", WEDNESDAY, "2023-04-10", "2023-04-10", "day"),
        ("since Easter", WEDNESDAY, "2023-04-09", "2023-06-28", "day"),
        ("at Easter 2022", WEDNESDAY, "2022-04-17", "2022-04-17", "day"),
        ("by Eid", AHEAD, "2023-06-28", "2023-06-29", "day"),
        ("before Eid al-Fitr", AHEAD, "2023-06-28", "2024-04-10", "day"),
        ("during Ramadan", AHEAD, "2024-03-11", "2024-04-09", "month"),
        ("before Ramadan", AHEAD, "2023-06-28", "2024-03-10", "month"),
        ("by Ramadan", AHEAD, "2023-06-28", "2024-03-11", "month"),
        ("before the end of Ramadan", AHEAD, "2023-06-28", "2024-04-09", "month"),
        ("by 2030", AHEAD, "2023-06-28", "2030-12-31", "year"),
        ("by 2030", WEDNESDAY, None, "2030-12-31", "year"),
        ("until further notice", AHEAD, "2023-06-28", None, "open"),
        ("before 2025", WEDNESDAY, None, "2024-12-31", "year"),
        ("before 2025", AHEAD, "2023-06-28", "2024-12-31", "year"),
        ("before the summer", WINTER, "2023-01-10", "2023-05-31", "month"),
        ("before the winter", AHEAD, "2023-06-28", "2023-11-30", "month"),
        ("before the vote in October", AHEAD, "2023-06-28", "2023-10-31", "month"),
        ("before the end of the year", AHEAD, "2023-06-28", "2023-12-31", "year"),
        ("before dawn on Tuesday", WEDNESDAY, "2023-06-27", "2023-06-27", "day"),
        ("after 2023", AHEAD, "2024-01-01", None, "open"),
        ("at the beginning of June", WEDNESDAY, "2023-06-01", "2023-06-10", "week"),
        ("from March 2022 to May 2023", WEDNESDAY, "2022-03-01", "2023-05-31", "month"),
        ("between 5 May and 10 June", WEDNESDAY, "2023-05-05", "2023-06-10", "day"),
        ("from 5 to 10 June", WEDNESDAY, "2023-06-05", "2023-06-10", "day"),
        ("on 19 and 20 February", WEDNESDAY, "2023-02-19", "2023-02-20", "day"),
        ("between October and February", WEDNESDAY, "2022-10-01", "2023-02-28", "month"),
        ("between December 11 and 13, 2015", WEDNESDAY, "2015-12-11", "2015-12-13", "day"),
        ("4–11 May 2015", WEDNESDAY, "2015-05-04", "2015-05-11", "day"),
        ("in the night of 9 to 10 June", WEDNESDAY, "2023-06-09", "2023-06-10", "day"),
        ("in 1991 and 1992", WEDNESDAY, "1991-01-01", "1992-12-31", "year"),
        ("between 5 May and 10 June", MONTH_ONLY, "2018-05-01", "2018-06-30", "month"),
        ("2 decades ago", WEDNESDAY, "2003-01-01", "2003-12-31", "year"),
        ("in March last year", WEDNESDAY, "2022-03-01", "2022-03-31", "month"),
        ("on 28 July", WEDNESDAY, "2023-07-28", "2023-07-28", "day"),
        ("within 24 hours", AHEAD, "2023-06-28", "2023-06-29", "day"),
        ("48 hours", AHEAD, "2023-06-28", "2023-06-30", "day"),
        ("this weekend", AHEAD, "2023-07-01", "2023-07-02", "day"),
        ("over the weekend", WEDNESDAY, "2023-06-24", "2023-06-25", "day"),
        ("for months", AHEAD, "2023-06-28", None, "open"),
        ("for months", WEDNESDAY, None, "2023-06-28", "month"),
        ("in three days", WEDNESDAY, "2023-06-25", "2023-06-28", "day"),
        ("Two months later", WEDNESDAY, None, None, "month"),
        ("the same evening", WEDNESDAY, None, None, "day"),
        ("over the past day", WEDNESDAY, "2023-06-27", "2023-06-28", "day"),
        ("recently", WEDNESDAY, None, "2023-06-28", "open"),
        ("now", WEDNESDAY, "2023-06-28", "2023-06-28", "day"),
        ("now", AHEAD, "2023-06-28", None, "open"),
        ("on Friday", MONTH_ONLY, None, None, "month"),
        ("on 28 November", MONTH_ONLY, "2017-11-01", "2017-11-30", "month"),
        ("on 12 June 2016", MONTH_ONLY, "2016-06-12", "2016-06-12", "day"),
        ("in June", MONTH_ONLY, "2018-06-01", "2018-06-30", "month"),
        ("before dawn", WEDNESDAY, None, None, "open"),
        ("in mid-2022", WEDNESDAY, "2022-05-01", "2022-08-31", "month"),
        ("since mid-2022", WEDNESDAY, "2022-05-01", "2023-06-28", "month"),
        ("by mid-2024", AHEAD, "2023-06-28", "2024-08-31", "year"),
        ("in the mid-1990s", WEDNESDAY, "1993-01-01", "1996-12-31", "year"),
        ("early next year", AHEAD, "2024-01-01", "2024-04-30", "month"),
        ("on 12 March last year", WEDNESDAY, "2022-03-12", "2022-03-12", "day"),
        ("on March 12 of last year", WEDNESDAY, "2022-03-12", "2022-03-12", "day"),
        ("on 3 May next year", AHEAD, "2024-05-03", "2024-05-03", "day"),
        ("in June next year", AHEAD, "2024-06-01", "2024-06-30", "month"),
        ("June of next year", AHEAD, "2024-06-01", "2024-06-30", "month"),
        ("in the last six months of 2022", WEDNESDAY, "2022-07-01", "2022-12-31", "month"),
        ("the first two weeks of next year", AHEAD, "2024-01-01", "2024-01-14", "week"),
        ("by summer", AHEAD, "2023-06-28", "2024-06-01", "month"),
        ("by next summer", AHEAD, "2023-06-28", "2024-06-01", "month"),
        ("next summer", AHEAD, "2024-06-01", "2024-08-31", "month"),
        ("by summer", WINTER, "2023-01-10", "2023-06-01", "month"),
        ("by this summer", AHEAD, "2023-06-28", "2023-08-31", "month"),
        ("by this summer", WEDNESDAY, None, "2023-08-31", "month"),
        ("by this summer", WINTER, "2023-01-10", "2023-06-01", "month"),
        ("by this winter", WINTER, "2023-01-10", "2023-02-28", "month"),
        ("by the end of this summer", AHEAD, "2023-06-28", "2023-08-31", "month"),
        ("by the end of the summer", WINTER, "2023-01-10", "2023-08-31", "month"),
        ("on Christmas Eve", WEDNESDAY, "2022-12-24", "2022-12-24", "day"),
        ("on New Year’s Eve", WEDNESDAY, "2022-12-31", "2022-12-31", "day"),
        ("by New Year's Eve 2024", AHEAD, "2023-06-28", "2024-12-31", "day"),
        ("at 1830 local time", WEDNESDAY, None, None, "open"),
        ("at 2000 hours", WEDNESDAY, None, None, "open"),
        ("between 1800 and 2000 hours", AHEAD, None, None, "open"),
        ("between 1800 and 2000 hours", WEDNESDAY, None, None, "open"),
        ("from 1800 to 2000 hours", AHEAD, None, None, "open"),
        ("1800-2000 hours", AHEAD, None, None, "open"),
        ("between 2000 and 0600 hours", AHEAD, None, None, "open"),
        ("tomorrow between 1800 and 2000 hours", AHEAD, "2023-06-29", "2023-06-29", "day"),
        ("between 1800 and 2000 hours on 5 July", AHEAD, "2023-07-05", "2023-07-05", "day"),
        ("from 2000 hours on 5 July to 0600 hours on 6 July", AHEAD, "2023-07-05", "2023-07-06", "day"),
        ("until 2000 hours on 5 July", AHEAD, "2023-06-28", "2023-07-05", "day"),
        ("by 2000 hours", AHEAD, "2023-06-28", None, "open"),
        ("within 2000 hours", AHEAD, "2023-06-28", "2023-09-20", "day"),
        ("for about 2000 hours", AHEAD, "2023-06-28", "2023-09-20", "day"),
        ("between 1800 and 2000", AHEAD, "1800-01-01", "2000-12-31", "year"),
        ("at 1830 GMT on 12 June", WEDNESDAY, "2023-06-12", "2023-06-12", "day"),
        ("30 February 2023", WEDNESDAY, "2023-02-01", "2023-02-28", "month"),
        ("in Q3 2023", AHEAD, "2023-07-01", "2023-09-30", "month"),
        ("by Q2 of next year", AHEAD, "2023-06-28", "2024-06-30", "month"),
        ("in H1 2022", WEDNESDAY, "2022-01-01", "2022-06-30", "month"),
        ("in the second half of 2026", AHEAD, "2026-07-01", "2026-12-31", "month"),
        ("in the second half of last year", WEDNESDAY, "2022-07-01", "2022-12-31", "month"),
        ("in the second quarter of 2024", AHEAD, "2024-04-01", "2024-06-30", "month"),
        ("before the third quarter of 2024", AHEAD, "2023-06-28", "2024-06-30", "month"),
        ("in the last quarter of the year", AHEAD, "2023-10-01", "2023-12-31", "month"),
        ("in the second quarter", AHEAD, "2023-06-28", "2023-06-30", "month"),
        ("in the third quarter", WEDNESDAY, "2022-07-01", "2022-09-30", "month"),
        ("in the second quarter", WEDNESDAY, "2023-04-01", "2023-06-28", "month"),
        ("between Q1 and Q3 2022", WEDNESDAY, "2022-01-01", "2022-09-30", "month"),
        ("in the second half of May", WEDNESDAY, "2023-05-01", "2023-05-31", "month"),
        ("in the spring", MARCH, "2025-03-14", "2025-05-31", "month"),
        ("by this spring", MARCH, "2025-03-14", "2025-05-31", "month"),
        ("before the spring", MARCH, "2025-03-14", "2026-02-28", "month"),
        ("before the winter", WINTER, "2023-01-10", "2023-11-30", "month"),
        ("by last summer", WEDNESDAY, None, "2022-08-31", "month"),
        ("by summer", WEDNESDAY, None, "2023-06-01", "month"),
        ("on 8/6", WEDNESDAY, "2023-06-08", "2023-06-08", "day"),
        ("on 8/5", WEDNESDAY, None, None, "open"),
        ("on 25/3", WEDNESDAY, "2023-03-25", "2023-03-25", "day"),
        ("on 3/25", WEDNESDAY, "2023-03-25", "2023-03-25", "day"),
        ("by 1/7", AHEAD, "2023-06-28", "2023-07-01", "day"),
        ("on 5/6", WEDNESDAY, "2023-06-05", "2023-06-05", "day"),
        ("on 2/3", WEDNESDAY, None, None, "open"),
        ("on 5/5", WEDNESDAY, "2023-05-05", "2023-05-05", "day"),
        ("from 1/5 to 15/5", WEDNESDAY, "2023-05-01", "2023-05-15", "day"),
        ("on 30/30", WEDNESDAY, None, None, "open"),
        ("at 24/7", WEDNESDAY, None, None, "open"),
        ("on 8/5", MONTH_ONLY, None, None, "open"),
        ("by this time next year", AHEAD, "2023-06-28", "2024-06-28", "day"),
        ("this time next week", AHEAD, "2023-07-05", "2023-07-05", "day"),
        ("at this time last year", WEDNESDAY, "2022-06-28", "2022-06-28", "day"),
        ("this time last year", MONTH_ONLY, "2017-08-01", "2017-08-31", "month"),
        ("within the next fortnight", AHEAD, "2023-06-28", "2023-07-12", "week"),
        ("within the coming week", AHEAD, "2023-06-28", "2023-07-05", "week"),
        ("over the next year", AHEAD, "2023-06-28", "2024-06-28", "year"),
        ("within the next two weeks", AHEAD, "2023-06-28", "2023-07-12", "week"),
        ("by the end of the week", AHEAD, "2023-06-28", "2023-07-02", "week"),
        ("by the end of next week", AHEAD, "2023-06-28", "2023-07-09", "week"),
        ("by the end of the month", AHEAD, "2023-06-28", "2023-06-30", "month"),
        ("last quarter", WEDNESDAY, "2023-01-01", "2023-03-31", "month"),
    ],
)
def test_times(words: str, reference: Reference, start: str | None, end: str | None, granularity: str) -> None:
    found = resolve(words, reference)
    dates = [str(date) if date else None for date in (found.start, found.end)]
    assert (*dates, found.granularity) == (start, end, granularity)


@pytest.mark.parametrize(
    "words",
    [
        "90000 years",
        "within 90000 years",
        "9999999 weeks ago",
        "Frİday",
        "in 0000",
        "the 31st",
        "9" * 5000,
        "between " * 900,
    ],
)
@pytest.mark.parametrize("reference", [WEDNESDAY, AHEAD, MONTH_ONLY, None])
def test_what_no_calendar_holds_is_left_open(words: str, reference: Reference | None) -> None:
    if words != "the 31st" or reference is AHEAD:
        found = resolve(words, reference)
        assert found.start is None
        assert found.end is None


def test_without_a_publication_date_only_what_names_its_year_is_resolved() -> None:
    assert resolve("on Monday", None).start is None
    assert resolve("in August", None).start is None
    assert str(resolve("in August 2014", None).start) == "2014-08-01"


ONE = Count(low=1, best=1, high=1)


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
        ("a soldier was killed", "killed", {"killed": ONE}),
        ("One soldier was killed", "killed", {"killed": ONE}),
        ("killing a young village guard", "killing", {"killed": ONE}),
        ("An attack by a soldier killed three", "killed", {"killed": Count(low=3, best=3, high=3)}),
        ("a bomb was killing trade", "killing", {}),
        ("killed soldiers on 12 June", "killed", {}),
        ("soldiers were killed on May 5", "killed", {}),
        ("The mayor, 45, was killed", "killed", {}),
        ("they kidnapped boys of fifteen", "kidnapped", {}),
        ("2.5 million people fled", "fled", {"displaced": Count(low=2_500_000, best=2_500_000, high=2_500_000)}),
        ("killed 2000 people and wounded 50", "killed", {"killed": Count(low=2000, best=2000, high=2000)}),
        ("killed 2000 people and wounded 50", "wounded", {"injured": Count(low=50, best=50, high=50)}),
        ("The raid killed 12 and 30 were injured", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("The raid killed 12 and 30 were injured", "injured", {"injured": Count(low=30, best=30, high=30)}),
        ("12 to 15 people died", "died", {"killed": Count(low=12, high=15)}),
        ("12–15 people died", "died", {"killed": Count(low=12, high=15)}),
        ("no less than 70 were killed", "killed", {"killed": Count(low=70)}),
        ("not more than 12 were killed", "killed", {"killed": Count(high=12)}),
        ("an estimated 40 died", "died", {"killed": Count(best=40)}),
        ("discover 12 dead", "dead", {"killed": Count(low=12, best=12, high=12)}),
        ("captured seven checkpoints", "captured", {}),
        ("the party claimed 5 seats", "claimed", {}),
        ("troops abandoned Hill 410", "abandoned", {}),
        ("handed over 47 of their leaders", "handed over", {"captured": Count(low=47, best=47, high=47)}),
        ("nine soldiers and a policeman were killed", "killed", {"killed": Count(low=10, best=10, high=10)}),
        ("two soldiers and more than 70 rebels had been killed", "killed", {"killed": Count(low=72)}),
        ("six policemen and about 20 civilians died", "died", {"killed": Count(best=26)}),
        ("at least two soldiers and up to ten rebels died", "died", {"killed": Count(low=2)}),
        ("killed by two men on a motorcycle", "killed", {}),
        ("two officers fled to Lithuania", "fled", {"deserted": Count(low=2, best=2, high=2)}),
        ("more than one in four remains displaced", "displaced", {}),
        ("12 ministers met", "met", {}),
        ("Twelve gunmen on motorcycles killed a shopkeeper", "killed", {"killed": ONE}),
        ("Twelve gunmen stopped a bus, wounding a driver", "wounding", {"injured": ONE}),
        ("Twelve gunmen killed civilians", "killed", {}),
        ("Forty gunmen killed six traders", "killed", {"killed": Count(low=6, best=6, high=6)}),
        ("Twelve soldiers killed near Gao", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("recorded 2,000 displaced persons", "displaced", {"displaced": Count(low=2000, best=2000, high=2000)}),
        ("Several dozen protesters were arrested", "arrested", {"captured": Count(low=24, high=99)}),
        ("a few hundred people fled", "fled", {"displaced": Count(low=200, high=999)}),
        ("several hundred thousand people fled", "fled", {"displaced": Count(low=200_000, high=999_999)}),
        ("Not a single soldier was killed", "killed", {}),
        ("Not one of the 40 hostages was killed", "killed", {}),
        ("None of the 40 hostages was killed", "killed", {}),
        ("Not one but twelve soldiers were killed", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("At least one soldier was killed", "killed", {"killed": Count(low=1)}),
        (
            "Five soldiers, three civilians and a policeman were killed",
            "killed",
            {"killed": Count(low=9, best=9, high=9)},
        ),
        (
            "Twelve villagers, five men and seven women, were killed",
            "killed",
            {"killed": Count(low=12, best=12, high=12)},
        ),
        ("12 people, three children and a woman, were killed", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("two or three soldiers were killed", "killed", {"killed": Count(low=2, high=3)}),
        ("12 or more soldiers were killed", "killed", {"killed": Count(low=12)}),
        ("5 to 6 thousand people fled", "fled", {"displaced": Count(low=5000, high=6000)}),
        ("2.5 to 3 million people fled", "fled", {"displaced": Count(low=2_500_000, high=3_000_000)}),
        ("900 to 2 thousand people fled", "fled", {"displaced": Count(low=900, high=2000)}),
        (
            "a quarter of a million people fled",
            "fled",
            {"displaced": Count(low=250_000, best=250_000, high=250_000)},
        ),
        ("more than seven lakh people fled", "fled", {"displaced": Count(low=700_000)}),
        ("about 1.5 lakh people fled", "fled", {"displaced": Count(best=150_000)}),
        ("about 1,50,000 people fled", "fled", {"displaced": Count(best=150_000)}),
        ("up to 2 crore people fled", "fled", {"displaced": Count(high=20_000_000)}),
        ("killed in the Boeing 737 crash", "killed", {}),
        ("the rebels captured Military Operations Command 15 near Buthidaung", "captured", {}),
        ("the rebels captured LIB 344", "captured", {}),
        ("the rebels captured General Saw and 15 soldiers", "captured", {"captured": Count(low=15, best=15, high=15)}),
        ("Some 70+ people were injured", "injured", {"injured": Count(low=70)}),
        ("70+ injured in Sittwe", "injured", {"injured": Count(low=70)}),
        ("a 70-plus crowd of prisoners was captured", "captured", {"captured": Count(low=70)}),
        ("Three of the 40 captured soldiers were killed", "killed", {"killed": Count(low=3, best=3, high=3)}),
        ("Three of the 40 captured soldiers were killed", "captured", {"captured": Count(low=40, best=40, high=40)}),
        ("One of the 40 hostages was killed", "killed", {"killed": ONE}),
        ("Dozens of people, perhaps 70, were killed", "killed", {"killed": Count(best=70)}),
        ("Dozens of people, at least 31, were killed", "killed", {"killed": Count(low=31)}),
        ("About two dozen soldiers and a couple of civilians were killed", "killed", {"killed": Count(best=26)}),
        ("A couple of soldiers were killed", "killed", {"killed": Count(best=2)}),
    ],
)
def test_counts(text: str, trigger: str, expected: dict[str, Count]) -> None:
    assert counted(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31 soldiers killed and 54 wounded", {"killed": 31, "injured": 54}),
        ("54 wounded and 31 killed", {"killed": 31, "injured": 54}),
        ("killed 31 soldiers near the town", {"killed": 31}),
        ("31 soldiers killed and 54 captured", {"killed": 31}),
    ],
)
def test_both_halves_of_killed_and_wounded_are_told(text: str, expected: dict[str, int]) -> None:
    at = text.index("killed")
    found = counts.find_all(text, (0, len(text)), (at, at + len("killed")), ())
    assert {name: count.best for name, count in found.items()} == expected


@pytest.mark.parametrize("number", ["3.1 million", "3,100,000"])
def test_a_clause_that_begins_within_a_number_counts_the_whole_number(number: str) -> None:
    text = f"• {number} displaced in the country"
    trigger = (text.index("displaced"), text.index("displaced") + len("displaced"))
    begins = max(text.rfind(".", 0, trigger[0]), text.rfind(",", 0, trigger[0])) + 1
    found = counts.find_all(text, (begins, len(text)), trigger, ())
    assert found == {"displaced": Count(low=3_100_000, best=3_100_000, high=3_100_000)}


def test_the_wounded_of_a_statement_of_their_own_are_told_there_alone() -> None:
    text = "31 soldiers killed and 54 wounded"
    killed, wounded = ((text.index(word), text.index(word) + len(word)) for word in ("killed", "wounded"))
    assert counts.find_all(text, (0, len(text)), killed, (killed, wounded)) == {
        "killed": Count(low=31, best=31, high=31)
    }


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
        ("may yet", 0.2, 0.6),
        ("chances of a breakthrough are slim", 0.05, 0.25),
        ("is to", 0.75, 0.95),
        ("doesn't rule out", 0.15, 0.6),
        ("50-50 chance", 0.45, 0.55),
        ("90%", 0.9, 0.9),
        ("one in ten", 0.1, 0.1),
        ("less than one in twenty", 0.0, 0.05),
        ("a 60 to 70 per cent chance", 0.6, 0.7),
        ("70-80%", 0.7, 0.8),
        ("between 60% and 70%", 0.6, 0.7),
        ("0.5 per cent", 0.005, 0.005),
        ("1.5 per cent", 0.015, 0.015),
        ("up to 30%", 0.0, 0.3),
        ("below 10%", 0.0, 0.1),
        ("fewer than 5%", 0.0, 0.05),
        ("no more than 5%", 0.0, 0.05),
        ("no less than 90%", 0.9, 1.0),
        ("is by no means certain", 0.05, 0.3),
        ("not certain", 0.05, 0.3),
        ("likely, though not certain", 0.55, 0.8),
        ("one in three", 1 / 3, 1 / 3),
        ("no certainty", 0.05, 0.3),
        ("is not inevitable", 0.05, 0.3),
        ("less likely", 0.2, 0.45),
        ("not possible", 0.0, 0.09),
        ("no possibility", 0.0, 0.09),
        ("no prospect", 0.0, 0.09),
        ("little doubt", 0.91, 1.0),
        ("without doubt", 0.91, 1.0),
        ("doubtless", 0.91, 1.0),
        ("not unlikely", 0.55, 0.8),
        ("No one in Goma will", 0.0, 0.09),
        ("will probably not", 0.15, 0.4),
        ("may not", 0.4, 0.8),
        ("could not", 0.15, 0.6),
        ("does not expect", 0.05, 0.25),
        ("a one-in-three chance", 1 / 3, 1 / 3),
        ("Odds are two to one", 2 / 3, 2 / 3),
        ("odds are three to one against", 0.25, 0.25),
        ("a good chance, perhaps 60-70%", 0.6, 0.7),
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


@pytest.mark.parametrize(
    ("text", "act", "phrase"),
    [
        ("No one will stop the march", "stop", "No one will"),
        ("the army will probably not hold the town", "hold", "will probably not"),
        ("I don't believe the elections in May will be held", "held", "don't believe"),
        ("There is a one-in-three chance that the front will fall", "fall", "one-in-three chance"),
        ("Odds are two to one that they will mutiny", "mutiny", "Odds are two to one"),
        ("Perhaps 70 soldiers will desert by June", "desert", "will"),
        ("Perhaps one in three will desert by June", "desert", "will"),
    ],
)
def test_odds_are_those_of_the_act(text: str, act: str, phrase: str) -> None:
    span = (text.index(act), text.index(act) + len(act))
    found = likelihood.find(text, (0, len(text)), span, Kind.FORECAST)
    assert found is not None
    assert text[found[0] : found[1]] == phrase


@pytest.mark.parametrize(
    ("text", "marked", "phrase"),
    [
        ("Dozens of people, perhaps 70, were killed", "perhaps", None),
        ("Perhaps the town was taken", "Perhaps", "Perhaps"),
        ("there is a good chance, perhaps 60-70%, that it falls", "good chance", "a good chance, perhaps 60-70%"),
        ("No one will stop the march", "will", "No one will"),
        ("who has buried nothing will bury a child", "will", "will"),
    ],
)
def test_the_marked_words_are_widened_or_left_out(text: str, marked: str, phrase: str | None) -> None:
    span = (text.index(marked), text.index(marked) + len(marked))
    found = likelihood.widest(text, span, (0, len(text)))
    assert (text[found[0] : found[1]] if found else None) == phrase


def test_a_disbelief_before_the_clause_is_its_likelihood() -> None:
    text = "I don't believe that elections will be held"
    clause = (text.index("elections"), len(text))
    found = likelihood.find(text, clause, (len(text) - 4, len(text)), Kind.FORECAST)
    assert found is not None
    assert text[found[0] : found[1]] == "don't believe"


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("The junta said that it would add 1,500 soldiers near Kidal in Mali.", (0.91, 1.0)),
        ("The general said the army of Mali would not attack Kidal.", (0.0, 0.09)),
    ],
)
def test_a_reported_would_is_the_source_s_will(text: str, interval: tuple[float, float]) -> None:
    document = Document(id=text_id(text), text=text, origin="test", capture="0")
    told = [one.likelihood for one in shipped().read(document).statements]
    assert interval in [(one.low, one.high) for one in told if one]


def test_a_statement_begins_before_the_first_digit_of_its_number() -> None:
    text = "• 3.1 million displaced nationwide in Myanmar"
    document = Document(id=text_id(text), text=text, origin="test", capture="0")
    assert [one.text for one in shipped().read(document).statements] == [text.removeprefix("• ")]


def test_words_of_duty_are_no_likelihood_unless_the_reader_marks_them() -> None:
    text = "the army must withdraw by spring"
    span = (text.index("withdraw"), text.index("withdraw") + 8)
    assert likelihood.find(text, (0, len(text)), span, Kind.FORECAST) is None
    assert likelihood.interval_of("must") == (0.75, 0.95)


def test_the_survey_gives_the_intervals_that_the_data_states(shared_data: Path) -> None:
    judged = percentiles(shared_data / "likelihood" / "absolute_judgements.csv")
    for asked, phrase in (("May Happen", "may"), ("Could Happen", "could"), ("Little Chance", "little chance")):
        low, high = judged[asked]
        assert likelihood.interval_of(phrase) == (low / 100, high / 100)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Foreign citizens should leave the country by 1 September, the embassy said.", "2023-06-28", "2023-09-01"),
        ("The army should withdraw its troops from Gao today, the mayor said.", "2023-06-28", "2023-06-28"),
    ],
)
def test_what_is_urged_lies_ahead_unless_it_leans_on_today(text: str, start: str, end: str) -> None:
    document = Document(
        id=text_id(text),
        text=text,
        origin="test",
        capture="0",
        published=datetime.date(2023, 6, 28),
        published_granularity=Granularity.DAY,
    )
    urged = [one.time for one in shipped().read(document).statements if one.kind is Kind.RECOMMENDATION]
    assert [(str(time.from_), str(time.to)) for time in urged if time] == [(start, end)]
