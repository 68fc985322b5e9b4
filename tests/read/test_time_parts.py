"""Parts of months, weeks told by a day, stretches counted in a row and from another event."""

import datetime

import pytest

from foreshock.model.document import Document, text_id
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Granularity
from foreshock.read.reader import shipped
from foreshock.read.times import Reference, resolve

WEDNESDAY = Reference(datetime.date(2023, 6, 28), Granularity.DAY)
AHEAD = Reference(datetime.date(2023, 6, 28), Granularity.DAY, ahead=True)
MONTH_ONLY = Reference(datetime.date(2018, 8, 31), Granularity.MONTH)


@pytest.mark.parametrize(
    ("words", "reference", "start", "end", "granularity"),
    [
        ("in the first week of June", WEDNESDAY, "2023-06-01", "2023-06-07", "week"),
        ("third week of April", WEDNESDAY, "2023-04-15", "2023-04-21", "week"),
        ("in the first week of July", AHEAD, "2023-07-01", "2023-07-07", "week"),
        ("by the first week of July", AHEAD, "2023-06-28", "2023-07-07", "week"),
        ("since the first week of June", WEDNESDAY, "2023-06-01", "2023-06-28", "week"),
        ("the last days of May", WEDNESDAY, "2023-05-25", "2023-05-31", "week"),
        ("the last three days of May 2022", WEDNESDAY, "2022-05-29", "2022-05-31", "day"),
        ("on the last day of February", WEDNESDAY, "2023-02-28", "2023-02-28", "day"),
        ("in the early days of June", WEDNESDAY, "2023-06-01", "2023-06-10", "week"),
        ("in the first half of last month", WEDNESDAY, "2023-05-01", "2023-05-15", "week"),
        ("in the fourth half of May", WEDNESDAY, "2023-05-01", "2023-05-31", "month"),
        ("in the first weeks of 2022", WEDNESDAY, "2022-01-01", "2022-01-31", "month"),
        ("in the closing months of last year", WEDNESDAY, "2022-09-01", "2022-12-31", "month"),
        ("in the latter half of 2022", WEDNESDAY, "2022-07-01", "2022-12-31", "month"),
        ("by the close of 2023", AHEAD, "2023-06-28", "2023-12-31", "year"),
        ("in the first week of the war", WEDNESDAY, None, None, "open"),
        ("the week ending 25 June", WEDNESDAY, "2023-06-19", "2023-06-25", "week"),
        ("in the week of June 14", WEDNESDAY, "2023-06-12", "2023-06-18", "week"),
        ("the week beginning Monday, 12 June", WEDNESDAY, "2023-06-12", "2023-06-18", "week"),
        ("the week of 3 to 9 June", WEDNESDAY, "2023-06-03", "2023-06-09", "day"),
        ("on the weekend of 8 July", AHEAD, "2023-07-08", "2023-07-09", "day"),
        ("the week before last", WEDNESDAY, "2023-06-12", "2023-06-18", "week"),
        ("the week before last", MONTH_ONLY, None, None, "month"),
        ("last week on Monday", WEDNESDAY, "2023-06-19", "2023-06-19", "day"),
        ("two Sundays ago", WEDNESDAY, "2023-06-18", "2023-06-18", "day"),
        ("for two weeks from Monday", AHEAD, "2023-06-28", "2023-07-12", "week"),
        ("a week on Friday", AHEAD, "2023-07-07", "2023-07-07", "day"),
        ("on the twelfth", WEDNESDAY, "2023-06-12", "2023-06-12", "day"),
        ("since the twelfth", WEDNESDAY, "2023-06-12", "2023-06-28", "day"),
        ("by the twelfth", AHEAD, "2023-06-28", "2023-07-12", "day"),
        ("in march and april", WEDNESDAY, "2023-03-01", "2023-04-30", "month"),
        ("april-may", WEDNESDAY, "2023-04-01", "2023-05-31", "month"),
        ("march", WEDNESDAY, None, None, "open"),
        ("throughout may", WEDNESDAY, "2023-05-01", "2023-05-31", "month"),
        ("the first", WEDNESDAY, None, None, "open"),
        ("on the second day", WEDNESDAY, None, None, "open"),
        ("on the first of May", WEDNESDAY, "2023-05-01", "2023-05-01", "day"),
        ("on the 2nd of this month", WEDNESDAY, "2023-06-02", "2023-06-02", "day"),
        ("on 3, 5 and 7 June", WEDNESDAY, "2023-06-03", "2023-06-07", "day"),
        ("overnight 19/20 June", WEDNESDAY, "2023-06-19", "2023-06-20", "day"),
        ("21-06-2023", WEDNESDAY, "2023-06-21", "2023-06-21", "day"),
        ("2023/06/21", WEDNESDAY, "2023-06-21", "2023-06-21", "day"),
        ("21-Jun-2023", WEDNESDAY, "2023-06-21", "2023-06-21", "day"),
        ("on the eve of Eid al-Adha", WEDNESDAY, "2023-06-28", "2023-06-28", "day"),
        ("on the eve of the 2022 elections", WEDNESDAY, "2022-01-01", "2022-12-31", "year"),
        ("since the first", WEDNESDAY, "2023-06-01", "2023-06-28", "day"),
        ("by the third", AHEAD, "2023-06-28", "2023-07-03", "day"),
        ("on the eve of the vote", WEDNESDAY, None, None, "open"),
        ("in July or August", AHEAD, "2023-07-01", "2023-08-31", "month"),
        ("in two or three weeks", AHEAD, "2023-06-28", "2023-07-19", "week"),
        ("between now and October", AHEAD, "2023-06-28", "2023-10-31", "month"),
        ("all week", WEDNESDAY, "2023-06-26", "2023-06-28", "week"),
        ("all year round", WEDNESDAY, None, None, "open"),
    ],
)
def test_parts(words: str, reference: Reference, start: str | None, end: str | None, granularity: str) -> None:
    found = resolve(words, reference)
    dates = [str(date) if date else None for date in (found.start, found.end)]
    assert (*dates, found.granularity) == (start, end, granularity)


@pytest.mark.parametrize(
    ("words", "reference", "start", "end", "granularity"),
    [
        ("for a third day", WEDNESDAY, "2023-06-26", "2023-06-28", "day"),
        ("for a third consecutive night", WEDNESDAY, "2023-06-25", "2023-06-27", "day"),
        ("third week", WEDNESDAY, "2023-06-14", "2023-06-28", "week"),
        ("for the sixth month", WEDNESDAY, "2023-01-01", "2023-06-28", "month"),
        ("first week", WEDNESDAY, None, None, "open"),
        ("for a third day", AHEAD, None, None, "open"),
        ("half a dozen years ago", WEDNESDAY, "2017-01-01", "2017-12-31", "year"),
        ("a dozen years ago", WEDNESDAY, "2011-01-01", "2011-12-31", "year"),
        ("twenty-four days ago", WEDNESDAY, "2023-06-04", "2023-06-04", "day"),
        ("thirty-five years ago", WEDNESDAY, "1988-01-01", "1988-12-31", "year"),
        ("within forty-eight hours", AHEAD, "2023-06-28", "2023-06-30", "day"),
        ("in twenty to thirty days", AHEAD, "2023-06-28", "2023-07-28", "day"),
        ("two-three weeks ago", WEDNESDAY, "2023-06-07", "2023-06-07", "week"),
        ("a hundred days ago", WEDNESDAY, "2023-03-20", "2023-03-20", "day"),
        ("half a century ago", WEDNESDAY, "1973-01-01", "1973-12-31", "year"),
        ("a year and a half ago", WEDNESDAY, "2021-12-01", "2021-12-31", "month"),
        ("for two and a half weeks", WEDNESDAY, "2023-06-10", "2023-06-28", "day"),
        ("a week ago yesterday", WEDNESDAY, "2023-06-20", "2023-06-20", "day"),
        ("a year ago today", WEDNESDAY, "2022-06-28", "2022-06-28", "day"),
        ("a year ago this month", WEDNESDAY, "2022-06-01", "2022-06-30", "month"),
        ("years ago", WEDNESDAY, None, "2021-06-28", "year"),
        ("hours ago", WEDNESDAY, None, None, "open"),
        ("inside a month", WEDNESDAY, "2023-05-28", "2023-06-28", "month"),
        ("in a matter of weeks", AHEAD, "2023-06-28", "2023-08-09", "week"),
        ("for a further six months", AHEAD, "2023-06-28", "2023-12-28", "month"),
        ("for the foreseeable future", AHEAD, "2023-06-28", None, "open"),
    ],
)
def test_stretches(words: str, reference: Reference, start: str | None, end: str | None, granularity: str) -> None:
    found = resolve(words, reference)
    dates = [str(date) if date else None for date in (found.start, found.end)]
    assert (*dates, found.granularity) == (start, end, granularity)


@pytest.mark.parametrize(
    ("words", "reference", "start", "end", "granularity"),
    [
        ("before early 2026", AHEAD, "2023-06-28", "2025-12-31", "year"),
        ("before late August", AHEAD, "2023-06-28", "2023-08-20", "month"),
        ("before mid-October", AHEAD, "2023-06-28", "2023-10-15", "month"),
        ("before the middle of 2024", AHEAD, "2023-06-28", "2024-06-30", "year"),
        ("before the start of August", AHEAD, "2023-06-28", "2023-07-31", "month"),
        ("before the end of August", AHEAD, "2023-06-28", "2023-08-31", "month"),
        ("by mid-October", AHEAD, "2023-06-28", "2023-10-20", "month"),
        ("before the early 2024 vote", AHEAD, "2023-06-28", "2024-04-30", "year"),
        ("after the end of July", AHEAD, "2023-08-01", None, "open"),
        ("after late July", AHEAD, "2023-08-01", None, "open"),
        ("after the start of July", AHEAD, "2023-07-01", None, "open"),
        ("after the late 2021 coup", WEDNESDAY, "2021-09-01", None, "open"),
        ("since late April", WEDNESDAY, "2023-04-21", "2023-06-28", "week"),
    ],
)
def test_before_and_after_a_part(
    words: str, reference: Reference, start: str | None, end: str | None, granularity: str
) -> None:
    found = resolve(words, reference)
    dates = [str(date) if date else None for date in (found.start, found.end)]
    assert (*dates, found.granularity) == (start, end, granularity)


@pytest.mark.parametrize(
    "words",
    ["now", "presently", "at this moment", "at this stage", "at this point in time", "at press time",
     "at the time of writing"],
)  # fmt: skip
def test_words_for_the_present(words: str) -> None:
    found = resolve(words, WEDNESDAY)
    assert (str(found.start), str(found.end)) == ("2023-06-28", "2023-06-28")


@pytest.mark.parametrize("words", ["at this stage of the war", "at this time of the year", "at that moment"])
def test_words_that_lean_on_another_time_are_not_the_present(words: str) -> None:
    assert resolve(words, WEDNESDAY).start is None


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("come what may", None),
        ("as soon as may be", "2023-06-28"),
        ("during the march on the capital", None),
        ("since the march of Saturday", "2023-06-24"),
        ("in may", "2023-05-01"),
        ("on 5 march", "2023-03-05"),
        ("early march", "2023-03-01"),
        ("march 2022", "2022-03-01"),
        ("between march and may", "2023-03-01"),
        ("MARCH", "2023-03-01"),
        ("this May", "2023-05-01"),
    ],
)
def test_may_and_march_in_small_letters_are_months_beside_what_tells_it(words: str, start: str | None) -> None:
    found = resolve(words, WEDNESDAY)
    assert (str(found.start) if found.start else None) == start


def read(text: str) -> dict[str, Statement]:
    """The statements of a text published on that Wednesday, by trigger."""
    document = Document(
        id=text_id(text),
        text=text,
        origin="test",
        capture="0",
        published=WEDNESDAY.date,
        published_granularity=Granularity.DAY,
    )
    return {one.trigger.text: one for one in shipped().read(document).statements}


@pytest.mark.parametrize(
    ("text", "trigger", "start", "end"),
    [
        ("Two years after the army seized power in Myanmar, fighting has spread to most of the country.",
         "seized power", "2021-01-01", "2021-12-31"),
        ("The shooting came five weeks after gunmen attacked a mosque in Zahedan.",
         "attacked", "2023-05-24", "2023-05-24"),
        ("Forty-five days after soldiers broke open the prison in Conakry, nobody has been charged.",
         "broke open", "2023-05-14", "2023-05-14"),
        ("It has been five months since the truce collapsed.", "collapsed", "2023-01-01", "2023-01-31"),
        ("Yesterday it was ten years since soldiers overthrew the president of Honduras.",
         "overthrew", "2013-01-01", "2013-12-31"),
        ("Two years after the army seized power in Myanmar, fighting has spread to most of the country.",
         "spread", "None", "None"),
        ("Iraq ordered the advance three weeks after Kurds voted for independence.", "ordered", "None", "None"),
        ("Three days after the vote, police fired on protesters in Conakry.", "fired", "None", "None"),
        ("Three weeks after the vote, police fired on protesters in Conakry.", "fired", "None", "None"),
        ("Three weeks after the vote police fired on protesters in Conakry.", "fired on", "None", "None"),
        ("The statement was read on Saturday, three days after soldiers broke open the prison in Conakry.",
         "broke open", "2023-06-21", "2023-06-21"),
        ("The curfew was lifted on Tuesday, ten days after more than 150 villagers were massacred at Ogossagou.",
         "massacred", "2023-06-17", "2023-06-17"),
        ("Troops pulled out of the centre on June 6, a day after soldiers shot at villagers who had returned.",
         "shot", "2023-06-05", "2023-06-05"),
        ("Four days after the dams broke, gunmen attacked a convoy near Sabha on 14 June.",
         "broke", "2023-06-10", "2023-06-10"),
        ("The internet came back on Saturday, four months and twenty days after the government had cut it.",
         "cut", "None", "None"),
        ("The mediators will meet on Thursday, ten days after Venezuelans voted in a referendum.",
         "voted", "None", "None"),
        ("In 1999, two years after the army seized power, the junta arrested the editor.",
         "seized power", "None", "None"),
    ],
)  # fmt: skip
def test_what_stands_behind_after_was_so_long_ago(text: str, trigger: str, start: str, end: str) -> None:
    time = read(text)[trigger].time
    assert time is not None
    assert (str(time.from_), str(time.to)) == (start, end)


@pytest.mark.parametrize(
    ("text", "trigger", "start", "end"),
    [
        ("A court jailed the former minister for 24 years.", "jailed", "2023-06-28", "2047-06-28"),
        ("Parliament prolonged the transition by three years.", "prolonged", "2023-06-28", "2026-06-28"),
        ("The speaker suspended three MPs for six months.", "suspended", "2023-06-28", "2023-12-28"),
        ("The president declared a state of emergency for 60 days.", "declared a state of emergency",
         "2023-06-28", "2023-08-27"),
        ("A court jailed the former minister and his deputy for two years.", "jailed",
         "2023-06-28", "2025-06-28"),
        ("A court jailed Odo Kan, the opposition leader, for two years.", "jailed", "2023-06-28", "2025-06-28"),
        ("The party has been banned for two years.", "banned", "2021-06-28", "2023-06-28"),
        ("The governor banned rallies for the past two weeks.", "banned", "2023-06-14", "2023-06-28"),
        ("A court jailed Odo Kan for eight and a half years.", "jailed", "2023-06-28", "2031-12-28"),
        ("A curfew was imposed for three days in Goma.", "imposed", "2023-06-28", "2023-07-01"),
        ("Kan, who was imprisoned for 27 years, became president.", "imprisoned", "1996-06-28", "2023-06-28"),
        ("Jailed for 10 years, Kan led the party from prison.", "Jailed", "2013-06-28", "2023-06-28"),
        ("The talks, suspended for six months, resumed on Monday.", "suspended", "2022-12-28", "2023-06-28"),
        ("The WFP suspended operations for a week, then resumed them.", "suspended", "2023-06-21", "2023-06-28"),
        ("He froze the work of parliament for thirty days, lifted its members' immunity and named himself prosecutor.",
         "froze", "2023-06-28", "2023-07-28"),
        ("The rebels imposed taxes on farmers for two years.", "imposed", "2021-06-28", "2023-06-28"),
        ("Protesters barred the road for two days.", "barred", "2023-06-26", "2023-06-28"),
        ("A court barred Kan from office for two years.", "barred", "2023-06-28", "2025-06-28"),
        ("The governor banned rallies for more than two years.", "banned", "2021-06-28", "2023-06-28"),
        ("The vote was delayed for two years.", "delayed", "2021-06-28", "2023-06-28"),
        ("The army detained the mayor for three days.", "detained", "2023-06-25", "2023-06-28"),
        ("The council imposed a curfew that lasted for three days.", "lasted", "2023-06-25", "2023-06-28"),
    ],
)  # fmt: skip
def test_a_term_begins_with_the_act_that_sets_it(text: str, trigger: str, start: str, end: str) -> None:
    time = read(text)[trigger].time
    assert time is not None
    assert (str(time.from_), str(time.to)) == (start, end)
