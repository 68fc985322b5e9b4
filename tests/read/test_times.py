"""Times as code reads them, not learned: days, stretches, seasons, halves of a year."""

import datetime

import pytest

from foreshock.model.document import Document, text_id
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Granularity, Kind
from foreshock.read.reader import shipped
from foreshock.read.times import Reference, measures, resolve

WEDNESDAY = Reference(datetime.date(2023, 6, 28), Granularity.DAY)
AHEAD = Reference(datetime.date(2023, 6, 28), Granularity.DAY, ahead=True)
IN_RAMADAN = Reference(datetime.date(2024, 3, 20), Granularity.DAY, ahead=True)
JANUARY = Reference(datetime.date(2023, 1, 10), Granularity.DAY)
WINTER = Reference(datetime.date(2023, 1, 10), Granularity.DAY, ahead=True)
MARCH = Reference(datetime.date(2025, 3, 14), Granularity.DAY, ahead=True)
MONTH_ONLY = Reference(datetime.date(2018, 8, 31), Granularity.MONTH)


def read(text: str) -> tuple[Statement, ...]:
    """The statements of a text published on that Wednesday."""
    document = Document(
        id=text_id(text),
        text=text,
        origin="test",
        capture="0",
        published=WEDNESDAY.date,
        published_granularity=Granularity.DAY,
    )
    return shipped().read(document).statements


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
        ("until March", WEDNESDAY, None, "2023-03-31", "month"),
        ("until 12 May", WEDNESDAY, None, "2023-05-12", "day"),
        ("until Christmas", WEDNESDAY, "2023-06-28", "2023-12-25", "day"),
        ("until March", AHEAD, "2023-06-28", "2024-03-31", "month"),
        ("until the end of March", WEDNESDAY, None, "2023-03-31", "month"),
        ("until the money ran out in May", WEDNESDAY, None, "2023-05-31", "month"),
        ("until Friday", WEDNESDAY, "2023-06-28", "2023-06-30", "day"),
        ("until September", WEDNESDAY, "2023-06-28", "2023-09-30", "month"),
        ("until 2025", WEDNESDAY, "2023-06-28", "2025-12-31", "year"),
        ("until the end of the year", JANUARY, "2023-01-10", "2023-12-31", "year"),
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
        ("within 24 hours", WEDNESDAY, None, None, "open"),
        ("within a week", WEDNESDAY, None, None, "open"),
        ("within days", WEDNESDAY, None, None, "open"),
        ("within the last week", WEDNESDAY, "2023-06-21", "2023-06-28", "week"),
        ("within a day last week", WEDNESDAY, "2023-06-19", "2023-06-25", "week"),
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
        ("at 1800", WEDNESDAY, None, None, "open"),
        ("at approximately 1745 (2345 GMT)", WEDNESDAY, None, None, "open"),
        ("at about 1900 on 27 June", WEDNESDAY, "2023-06-27", "2023-06-27", "day"),
        ("at the end of 1990", WEDNESDAY, "1990-12-01", "1990-12-31", "month"),
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
        ("in the second half of May", WEDNESDAY, "2023-05-16", "2023-05-31", "week"),
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
        ("on Tuesday of last week", WEDNESDAY, "2023-06-20", "2023-06-20", "day"),
        ("Tuesday night last week", WEDNESDAY, "2023-06-20", "2023-06-20", "day"),
        ("on Thursday next week", AHEAD, "2023-07-06", "2023-07-06", "day"),
        ("on Friday of next week", AHEAD, "2023-07-07", "2023-07-07", "day"),
        ("on Wednesday", AHEAD, "2023-06-28", "2023-06-28", "day"),
        ("next Wednesday", AHEAD, "2023-07-05", "2023-07-05", "day"),
        ("on Wednesday week", AHEAD, "2023-07-05", "2023-07-05", "day"),
        ("Friday week", AHEAD, "2023-07-07", "2023-07-07", "day"),
        ("for three nights in early May", WEDNESDAY, "2023-05-01", "2023-05-10", "week"),
        ("in four days of January", WEDNESDAY, "2023-01-01", "2023-01-31", "month"),
        ("overnight", WEDNESDAY, "2023-06-27", "2023-06-28", "day"),
        ("overnight on Sunday", WEDNESDAY, "2023-06-25", "2023-06-26", "day"),
        ("overnight into Sunday", WEDNESDAY, "2023-06-24", "2023-06-25", "day"),
        ("overnight on 3 May", WEDNESDAY, "2023-05-03", "2023-05-04", "day"),
        ("last Ramadan", AHEAD, "2023-03-23", "2023-04-21", "month"),
        ("next Ramadan", WEDNESDAY, "2024-03-11", "2024-04-09", "month"),
        ("before next Ramadan", IN_RAMADAN, "2024-03-20", "2025-02-28", "month"),
        ("before Ramadan next year", IN_RAMADAN, "2024-03-20", "2025-02-28", "month"),
        ("last Christmas", AHEAD, "2022-12-25", "2022-12-25", "day"),
        ("next Christmas", WEDNESDAY, "2023-12-25", "2023-12-25", "day"),
        ("at Easter next year", WEDNESDAY, "2024-03-31", "2024-03-31", "day"),
        ("before Christmas 2024", AHEAD, "2023-06-28", "2024-12-25", "day"),
        ("in the summer of next year", AHEAD, "2024-06-01", "2024-08-31", "month"),
        ("the day after tomorrow", AHEAD, "2023-06-30", "2023-06-30", "day"),
        ("day after tomorrow", AHEAD, "2023-06-30", "2023-06-30", "day"),
        ("since the beginning of the year", WEDNESDAY, "2023-01-01", "2023-06-28", "month"),
        ("since the start of the month", AHEAD, "2023-06-01", "2023-06-28", "week"),
        ("since Sunday", AHEAD, "2023-06-25", "2023-06-28", "day"),
        ("at the beginning of the year", AHEAD, "2024-01-01", "2024-04-30", "month"),
        ("at the start of the week", WEDNESDAY, "2023-06-26", "2023-06-27", "week"),
        ("early in the year", WEDNESDAY, "2023-01-01", "2023-04-30", "month"),
        ("late in the year", WEDNESDAY, "2022-09-01", "2022-12-31", "month"),
        ("by the middle of the month", AHEAD, "2023-06-28", "2023-07-20", "month"),
        ("by the end of the decade", AHEAD, "2023-06-28", "2029-12-31", "year"),
        ("in the first five months of the year", WEDNESDAY, "2023-01-01", "2023-05-31", "month"),
        ("in the last three months of the year", WEDNESDAY, "2022-10-01", "2022-12-31", "month"),
        ("in the last three months of the year", AHEAD, "2023-10-01", "2023-12-31", "month"),
        ("later in the year", AHEAD, "2023-06-28", "2023-12-31", "year"),
        ("later in the year", WEDNESDAY, None, None, "year"),
        ("earlier in the month", WEDNESDAY, "2023-06-01", "2023-06-28", "month"),
        ("for the rest of the year", AHEAD, "2023-06-28", "2023-12-31", "year"),
        ("in 2013-14", WEDNESDAY, "2013-01-01", "2014-12-31", "year"),
        ("the 2020–22 war", WEDNESDAY, "2020-01-01", "2022-12-31", "year"),
        ("in 1999/00", WEDNESDAY, "1999-01-01", "2000-12-31", "year"),
        ("2023-06", WEDNESDAY, "2023-01-01", "2023-12-31", "year"),
        ("05/25/2022", WEDNESDAY, "2022-05-25", "2022-05-25", "day"),
        ("25/05/2022", WEDNESDAY, "2022-05-25", "2022-05-25", "day"),
        ("5.6.2022", WEDNESDAY, "2022-06-05", "2022-06-05", "day"),
        ("01/07/2023", AHEAD, "2023-07-01", "2023-07-01", "day"),
        ("10/08/2023", AHEAD, "2023-10-08", "2023-10-08", "day"),
        ("07/12/2023", AHEAD, "2023-12-07", "2023-12-07", "day"),
        ("06/07/2024", AHEAD, "2024-07-06", "2024-07-06", "day"),
        ("05/06/2022", WEDNESDAY, "2022-01-01", "2022-12-31", "year"),
        ("at year-end", WEDNESDAY, "2023-12-01", "2023-12-31", "month"),
        ("by the year’s end", AHEAD, "2023-06-28", "2023-12-31", "year"),
        ("this fall", AHEAD, "2023-09-01", "2023-11-30", "month"),
        ("last fall", WEDNESDAY, "2022-09-01", "2022-11-30", "month"),
        ("in the fall of 2021", WEDNESDAY, "2021-09-01", "2021-11-30", "month"),
        ("in fall armyworm infestations", AHEAD, None, None, "open"),
        ("this fall will hurt", AHEAD, None, None, "open"),
        ("by the fall", AHEAD, "2023-06-28", None, "open"),
        ("by the fall of 2024", AHEAD, "2023-06-28", "2024-09-01", "month"),
        ("in the fall of Kabul", WEDNESDAY, None, None, "open"),
        ("will fall this year", AHEAD, "2023-06-28", "2023-12-31", "year"),
        ("on Palm Sunday", MARCH, "2025-04-13", "2025-04-13", "day"),
        ("by May Day", AHEAD, "2023-06-28", "2024-05-01", "day"),
        ("by 3 May", AHEAD, "2023-06-28", "2024-05-03", "day"),
        ("by New Year’s Day", AHEAD, "2023-06-28", "2024-01-01", "day"),
        ("before the Lunar New Year", AHEAD, "2023-06-28", None, "open"),
        ("before Ramadan", IN_RAMADAN, "2024-03-20", "2025-02-28", "month"),
        ("during Ramadan", IN_RAMADAN, "2024-03-11", "2024-04-09", "month"),
        ("over the coming weeks", AHEAD, "2023-06-28", "2023-08-09", "week"),
        ("within the next days", AHEAD, "2023-06-28", "2023-07-05", "week"),
        ("over the next few days", AHEAD, "2023-06-28", "2023-07-01", "day"),
        ("in the coming days and weeks", AHEAD, "2023-06-28", "2023-08-09", "week"),
        ("over the coming months", AHEAD, "2023-06-28", None, "open"),
        ("in the coming hours", AHEAD, "2023-06-28", "2023-06-29", "day"),
        ("within hours", AHEAD, "2023-06-28", None, "open"),
        ("in the next week", AHEAD, "2023-06-28", "2023-07-05", "week"),
        ("in the coming month", AHEAD, "2023-06-28", "2023-07-28", "month"),
        ("next week", AHEAD, "2023-07-03", "2023-07-09", "week"),
        ("in the next year's budget", AHEAD, "2024-01-01", "2024-12-31", "year"),
        ("over the last decade", WEDNESDAY, "2013-06-28", "2023-06-28", "year"),
        ("in the last year", WEDNESDAY, "2022-06-28", "2023-06-28", "year"),
        ("over the past weeks", WEDNESDAY, None, "2023-06-28", "week"),
        ("last year", WEDNESDAY, "2022-01-01", "2022-12-31", "year"),
        ("in the last week of January", WEDNESDAY, "2023-01-25", "2023-01-31", "week"),
        ("in the last days of the siege", WEDNESDAY, None, None, "open"),
        ("during the last night", WEDNESDAY, "2023-06-27", "2023-06-27", "day"),
        ("after the 2021 coup", WEDNESDAY, "2021-01-01", None, "open"),
        ("after the 2021", WEDNESDAY, "2021-01-01", None, "open"),
        ("after the year 2021", WEDNESDAY, "2022-01-01", None, "open"),
        ("after 2021, when the war began", WEDNESDAY, "2022-01-01", None, "open"),
        ("before the 2026", AHEAD, "2023-06-28", "2026-12-31", "year"),
        ("before July's election", AHEAD, "2023-06-28", "2023-07-31", "month"),
        ("before the 2030s", AHEAD, "2023-06-28", "2029-12-31", "year"),
        ("later this year", WEDNESDAY, "2023-06-28", "2023-12-31", "year"),
        ("earlier this month", AHEAD, "2023-06-01", "2023-06-28", "month"),
        ("in two years' time", WEDNESDAY, "2023-06-28", "2025-06-28", "year"),
        ("in a week’s time", WEDNESDAY, "2023-06-28", "2023-07-05", "week"),
        ("in two years", WEDNESDAY, "2021-06-28", "2023-06-28", "year"),
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


@pytest.mark.parametrize(
    ("words", "behind", "told"),
    [
        ("three decades", " of war.", True),
        ("another two years", " of talks", True),
        ("three decades", ".", False),
        ("for two years", " of emergency rule", False),
        ("the first week", " of April", False),
    ],
)
def test_a_stretch_of_something_is_no_horizon(words: str, behind: str, told: bool) -> None:
    assert measures(words, behind) is told


@pytest.mark.parametrize("words", ["in the last weeks", "in the last week", "during the last three days"])
def test_the_last_part_of_something_ahead_does_not_end_today(words: str) -> None:
    assert measures(words, " of the campaign", ahead=True)
    assert not measures(words, " of the campaign")
    assert not measures(words, ", they said", ahead=True)


def test_what_is_told_over_a_full_line_is_read_and_quoted_as_it_stands() -> None:
    text = "An envoy said that Serbia will probably recall its ambassador next\nmonth."
    (foretold,) = [one for one in read(text) if one.trigger.text == "recall"]
    assert foretold.time is not None
    assert (foretold.time.text, str(foretold.time.from_)) == ("next\nmonth", "2023-07-01")


def test_a_war_of_three_decades_does_not_end_in_three_decades() -> None:
    text = "The cease-fire will end three decades of war."
    (foretold,) = read(text)
    assert foretold.time is not None
    assert (foretold.kind, foretold.time.from_, foretold.time.to) == (Kind.FORECAST, None, None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Foreign citizens should leave the country by 1 September, the embassy said.", "2023-06-28", "2023-09-01"),
        ("The army should withdraw its troops from Gao today, the mayor said.", "2023-06-28", "2023-06-28"),
    ],
)
def test_what_is_urged_lies_ahead_unless_it_leans_on_today(text: str, start: str, end: str) -> None:
    urged = [one.time for one in read(text) if one.kind is Kind.RECOMMENDATION]
    assert [(str(time.from_), str(time.to)) for time in urged if time] == [(start, end)]
