"""By when: horizons in words, feasts and occasions, and what is only the default."""

import datetime

import pytest

from foreshock.ledger.horizons.horizon import horizon
from foreshock.ledger.parts import Horizon
from foreshock.model.document import Document, text_id
from foreshock.model.span import Span
from foreshock.model.statement import Statement, Time, statement_id
from foreshock.model.vocabulary import Granularity, Kind, Polarity
from foreshock.read.times import Reference, resolve

MADE = datetime.date(2023, 6, 28)


def _document(text: str, made: datetime.date) -> Document:
    return Document(
        id=text_id(text), text=text, origin="by hand", capture="0" * 64, title=None, outlet=None, author=None,
        published=made, published_granularity=Granularity.DAY,
    )  # fmt: skip


def _horizon(text: str, clause: str | None = None, made: datetime.date = MADE) -> Horizon:
    document = _document(text, made)
    start = text.index(clause) if clause else 0
    return horizon(document, made, None, start, start + len(clause or text))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("They will not meet before Easter", "2024-03-31"),
        ("The wage will be paid by the first of September", "2023-09-01"),
        ("The census will be held from 25 August to 3 September", "2023-09-03"),
        ("The transition will not go on beyond three years", "2026-06-28"),
        ("The truce will hold for two months", "2023-08-28"),
        ("They will not meet before Orthodox Easter", "2024-05-05"),
        ("A truce is likely before Ramadan", "2024-03-11"),
        ("A truce is likely by Eid al-Adha", "2023-06-29"),
        ("The bank will raise its rate by year's end", "2023-12-31"),
        ("The bank will raise its rate by the end of the year", "2023-12-31"),
        ("A second decree is likely in the coming weeks", "2023-08-09"),
        ("A second decree is likely in coming weeks", "2023-08-09"),
        ("The town will fall within a year and a half", "2024-12-28"),
        ("The town will fall in the coming months, by March 2025", "2025-03-31"),
        ("A raid is likely in the coming days", "2023-07-05"),
        ("The town will probably fall this summer", "2023-08-31"),
        ("The town will probably fall before the summer is out", "2023-08-31"),
        ("They will come under its command by the middle of the summer", "2023-07-31"),
        ("Prisoners will be released before the middle of the year", "2023-06-30"),
        ("The camp will be empty by the summer of 2025", "2025-06-01"),
        ("He will be alive at Christmas", "2023-12-25"),
        ("He will not live to see another New Year", "2024-01-01"),
        ("Soldiers will fight in Ukraine before next summer", "2024-05-31"),
        ("Nothing will change before the May inauguration", "2024-05-31"),
        ("It will be over within two months", "2023-08-28"),
        ("They will meet in Doha on August 10", "2023-08-10"),
        ("They will meet in Doha on 10 August", "2023-08-10"),
        ("They will meet in Doha on Aug. 10", "2023-08-10"),
        ("They will meet in Doha on the 10th of August", "2023-08-10"),
        ("They will meet in Doha on Monday, August 14, 2023", "2023-08-14"),
        ("They will meet in Doha before Sept. 3", "2023-09-03"),
        ("They will meet in Doha in August 2024", "2024-08-31"),
        ("The truce will hold until the August 10 talks", "2023-08-10"),
        ("The government will open three posts in the second quarter of 2024", "2024-06-30"),
        ("The government will open three posts in the third quarter", "2023-09-30"),
        ("The junta will fall in the second half of next year", "2024-12-31"),
        ("The junta will fall in Q3 of next year", "2024-09-30"),
        ("A collapse of the junta in Q4 2023 is improbable", "2023-12-31"),
        ("By this time next year the town will have fallen", "2024-06-28"),
        ("He will not survive the year", "2023-12-31"),
        ("The government is unlikely to outlast the summer", "2023-08-31"),
        ("He will not see out this month", "2023-06-30"),
        ("The truce will not last the week", "2023-07-02"),
        ("The chance is even that he falls before the year was out", "2023-12-31"),
        ("The presidency will end before the year does", "2023-12-31"),
        ("The exile would land before the week was out", "2023-07-02"),
        ("The building would be theirs before Ramadan was over", "2024-04-09"),
        ("He can expect to be received in several capitals in the new year", "2024-12-31"),
        ("A new cabinet would be announced within the ten days", "2023-07-08"),
        ("The pledge will not be kept for as much as a month", "2023-07-28"),
        ("The pass will be in use at every station from 1 August", "2023-08-01"),
        ("Tankers will load from Tuesday", "2023-07-04"),
        ("It would publish, by 30 September, the names of all fined this year", "2023-09-30"),
        ("The vote, put off by a year in the spring, will be held on 22 August", "2023-08-22"),
        ("A ceasefire would be signed before the lunar new year on 10 February", "2024-02-10"),
        ("The councils would be chosen in October this year", "2023-10-31"),
        ("The section would open by March next year", "2024-03-31"),
        ("They do not expect a hundred lorries on any day before October", "2023-09-30"),
        ("If the wages have not come by 15 July, the plant will stop on 26 July", "2023-07-26"),
        ("The cabinet would be announced by the middle of October", "2023-10-15"),
        ("A round of vaccination is likely before mid-December", "2023-12-15"),
        ("The commanders will leave the board before the middle of 2024", "2024-06-30"),
        ("Everyone in the sheds will be back in his house by the fifteenth", "2023-07-15"),
        ("The town will have water by the 20th of the month", "2023-07-20"),
        ("He will have gone before the eleventh of February", "2024-02-11"),
        ("The outbreak will be over by the end of the first week of August", "2023-08-07"),
        ("The barges will leave in the second week of August", "2023-08-14"),
        ("The price will double in the first days of January", "2024-01-10"),
        ("He will not be minister when September begins", "2023-09-01"),
        ("They will not be moved this side of August", "2023-08-01"),
        ("Their cabinet will not see August", "2023-08-01"),
        ("They will not keep the town until April", "2024-04-01"),
        ("All of them will be moved inland before the September rains", "2023-09-01"),
        ("No warrant will be out before the rains return in April", "2024-04-01"),
        ("They will be back at their tables inside a fortnight", "2023-07-12"),
        ("The base will be theirs in under a fortnight", "2023-07-12"),
        ("Every family will sleep under a roof within a hundred days", "2023-10-06"),
        ("The truce will not last five weeks", "2023-08-02"),
        ("A new head of government will be named before the thirty days are up", "2023-07-28"),
        ("They will not touch the subsidy in their first hundred days", "2023-10-06"),
        ("The camp will be handed over before the week's end", "2023-07-02"),
        ("The first oil will be pumped this quarter", "2023-06-30"),
        ("No soldier will cross the border, this year or next", "2024-12-31"),
        ("The trial will open no later than October", "2023-10-31"),
        ("The transition will be prolonged beyond October", "2023-10-31"),
        ("The September wages are unlikely to be paid by the end of that month", "2023-09-30"),
        ("The year will close with fewer than forty murders", "2023-12-31"),
        ("Patients will breathe the plant's oxygen before All Saints", "2023-11-01"),
        ("Fruit will be cut again before Holy Week", "2024-03-24"),
        ("They will be out of the town when the fast begins", "2024-03-11"),
        ("The pumps will work by 15 July, before the first snow", "2023-07-15"),
        ("The fort will fall before the first week of August is over", "2023-08-07"),
        ("The fort will fall before the third week of September", "2023-09-15"),
        ("The fort will fall before the end of the last week of September", "2023-09-30"),
        ("The wages will be paid on the 5th of next month", "2023-07-05"),
        ("The ceremony, on 3 August, will last three days", "2023-08-03"),
        ("They will meet on Friday of next week", "2023-07-07"),
        ("A truce is likely by Christmas 2025", "2025-12-25"),
        ("A truce is likely before Easter 2025", "2025-04-20"),
        ("A truce is likely before Easter next year", "2024-03-31"),
        ("A truce is likely before the end of Ramadan 2026", "2026-03-19"),
        ("A truce is likely by the end of the winter of 2025-26", "2026-03-20"),
        ("The bank will raise its rate by the end of the year 2025", "2025-12-31"),
        ("The bank will raise its rate in the first half of the year 2025", "2025-06-30"),
        ("The bank will raise its rate in the second half of June 2025", "2025-06-30"),
        ("The bank will raise its rate in the second half of July", "2023-07-31"),
        ("They will meet in July or August", "2023-08-31"),
        ("They will meet by July or August 2025", "2025-08-31"),
        ("They will meet between July and December 2025", "2025-12-31"),
        ("They will meet between October 2024 and March", "2025-03-31"),
        ("They will meet between 5 July and 10 August", "2023-08-10"),
        ("They will meet between 5 December 2024 and 10 January", "2025-01-10"),
        ("They will go from June to October", "2023-10-31"),
        ("They will go in July and may return", "2023-07-31"),
        ("The pact will be signed in the autumn or winter", "2024-02-29"),
        ("The pact will be signed in 2025 or 2026", "2026-12-31"),
        ("The pact will be signed in 2025-26", "2026-12-31"),
        ("The pact will be signed by 2025-12-24", "2025-12-24"),
        ("The pact will be signed by 25/12/2025", "2025-12-25"),
        ("The pact will be signed in the 2030s", "2039-12-31"),
        ("The pact will be signed by the end of the decade", "2029-12-31"),
        ("The pact will be signed by the end of the year after next", "2025-12-31"),
        ("The pact will be signed by the end of the month after next", "2023-08-31"),
        ("The pact will be signed in the next year or two", "2025-06-28"),
        ("The pact will be signed later in the year", "2023-12-31"),
        ("The pact will be signed this fall", "2023-11-30"),
        ("The pact will be signed in the fall of 2024", "2024-11-30"),
        ("A raid is likely within a few days", "2023-07-05"),
        ("A raid is likely in the coming weeks and months", "2023-12-28"),
        ("A raid is likely within weeks or months", "2023-12-28"),
        ("A break is likely in the coming years", "2028-06-27"),
        ("A raid is likely before next year's elections", "2024-12-31"),
        ("A raid is likely before the 2026 World Cup", "2026-12-31"),
        ("A raid is likely before next July's rains", "2023-07-01"),
        ("She will complete the term, to 28 July 2026", "2026-07-28"),
        ("The 2026 census will not be held", "2026-12-31"),
        ("The junta will rule throughout 2025", "2025-12-31"),
        ("The junta will fall after 2026", "2027-12-31"),
        ("A raid is likely in the weeks ahead of the election on 20 January 2024", "2024-01-20"),
        ("A raid is likely in the days ahead of the 2 November vote", "2023-11-02"),
        ("A raid is likely in the months ahead of the March 2027 election", "2027-03-31"),
        ("A raid is likely in the weeks ahead of Ramadan", "2024-03-11"),
        ("Fighting will spread in the weeks ahead and through 2024", "2024-12-31"),
        ("Fighting will spread in the weeks ahead", "2023-08-09"),
        ("The mission, authorised until August 2023, will be extended in the coming months", "2023-12-28"),
        ("A ceasefire by August 2023 will be followed by elections in the coming months", "2023-12-28"),
        ("The transition, due to end by March 2024, will be prolonged by two years", "2025-06-28"),
        ("The deadline to disarm by January 2024 will be missed and war come within two years", "2025-06-28"),
        ("The town will fall over coming weeks and months, by March 2025", "2025-03-31"),
        ("In 2024 output will shrink and later in the year the government will fall", "2024-12-31"),
        ("Next year growth will slow, and later in the year prices will rise", "2024-12-31"),
        ("Elections in March 2024 will be followed by local polls later in the year", "2024-12-31"),
        ("The deal will be signed in March or later in the year", "2024-12-31"),
        ("The deal will be signed in September or later in the year", "2023-12-31"),
        ("After the protests in March the government will fall later in the year", "2023-12-31"),
        ("Members will vote on the 2024 budget later in the year", "2023-12-31"),
        ("The pact will be signed by the fall of 2024", "2024-09-01"),
        ("The pact will be signed by fall", "2023-09-01"),
        ("Fighting will spread over coming weeks and months", "2023-12-28"),
        ("Fighting will spread in a few days or weeks", "2023-08-09"),
        ("Fighting will spread in the coming days, weeks and months", "2023-12-28"),
        ("Fighting will spread in coming months and years", "2028-06-27"),
        ("Fighting will spread in the next months and years", "2028-06-27"),
        ("Fighting will spread within a few weeks or even months", "2023-12-28"),
        ("They will march in the second week of May", "2024-05-14"),
        ("They may march before the end of March", "2024-03-31"),
        ("it will be over by may", "2024-05-31"),
        ("it will be over by the end of may", "2024-05-31"),
        ("The passes end on 10 May 2024", "2024-05-10"),
    ],
)
def test_words_set_the_day(words: str, day: str) -> None:
    assert _horizon(words) == Horizon(datetime.date.fromisoformat(day), default=False)


def test_a_season_that_has_begun_is_the_next_one() -> None:
    assert _horizon("A clash is likely before the winter", made=datetime.date(2023, 2, 22)) == Horizon(
        datetime.date(2023, 11, 30), default=False
    )


def test_what_another_expected_sets_no_horizon() -> None:
    told = "The general, whom some expected to be gone by the New Year, will keep his seat"
    assert _horizon(told) == Horizon(datetime.date(2024, 6, 28), default=True)


def test_the_time_of_a_condition_is_not_when_the_thing_is_due() -> None:
    told = "If the battalions are not full by October, the army will have to choose a shorter front"
    assert _horizon(told) == Horizon(datetime.date(2024, 6, 28), default=True)


@pytest.mark.parametrize(
    "words",
    [
        "The union will stop work for five days",
        "Food for two months will go by river",
        "When they do a great many people will flee within weeks",
    ],
)
def test_how_long_an_act_takes_or_comes_after_another_is_no_horizon(words: str) -> None:
    assert _horizon(words) == Horizon(datetime.date(2024, 6, 28), default=True)


@pytest.mark.parametrize(
    "words",
    [
        "People from there may register wherever they have fled",
        "During the march they will sing",
        "At least 20 may die",
        "The argument over who may act will go on",
    ],
)
def test_may_and_march_that_are_no_months_set_no_horizon(words: str) -> None:
    assert _horizon(words) == Horizon(datetime.date(2024, 6, 28), default=True)


def test_a_feast_in_a_name_sets_no_horizon() -> None:
    assert _horizon("The Easter offensive will fail") == Horizon(datetime.date(2024, 6, 28), default=True)


def test_an_occasion_is_due_when_its_text_says() -> None:
    text = "A decree is unlikely before the vote. The presidential election will be held on 17 March 2024."
    assert _horizon(text, "A decree is unlikely before the vote") == Horizon(datetime.date(2024, 3, 17), default=False)
    alone = "A decree is unlikely before the vote."
    assert _horizon(alone, "A decree is unlikely before the vote") == Horizon(datetime.date(2024, 6, 28), default=True)


@pytest.mark.parametrize(
    "telling",
    [
        "the think tank said in its July note",
        "he said on Monday",
        "they warned in a report in September",
        "the bank wrote in the August issue of its bulletin",
        "the opposition's leader told this newspaper on Saturday",
        "a lawyer told the Constitutional Court on Friday",
        "the envoy said in Bamako on Sunday",
        "the minister said on state television on Sunday",
    ],
)
def test_when_a_forecast_was_told_is_not_when_it_is_due(telling: str) -> None:
    text = f"A coup before the vote is unlikely, {telling}. Mali will hold a presidential election on 15 December."
    due = Horizon(datetime.date(2023, 12, 15), default=False)
    assert _horizon(text, f"A coup before the vote is unlikely, {telling}") == due
    assert _horizon(text, "A coup before the vote is unlikely") == due


@pytest.mark.parametrize(("words", "time", "day"), [
    ("A coup is unlikely, the think tank said in its July note.", "July", None),
    ("The general said by Friday the town will fall.", "by Friday", "2023-06-30"),
    ("The general told reporters the town on Friday will fall.", "on Friday", "2023-06-30"),
    ("A third of the house will be chosen in districts, for the first time since 2004.", "since 2004", None),
])  # fmt: skip
def test_a_statement_s_own_time_counts_unless_it_tells_when_or_since_when(
    words: str, time: str, day: str | None
) -> None:
    document = _document(words, MADE)
    start = words.index(time)
    statement = Statement(
        document=document.id, id=statement_id(document.id, 0, 1), start=0, end=len(words), text=words,
        trigger=Span(start=0, end=1, text=words[0]), kind=Kind.FORECAST, polarity=Polarity.POSITIVE,
        time=Time(start=start, end=start + len(time), text=time, to=datetime.date(2023, 6, 30)),
    )  # fmt: skip
    due = datetime.date.fromisoformat(day) if day else datetime.date(2024, 6, 28)
    assert horizon(document, MADE, statement, 0, 1) == Horizon(due, default=day is None)


def test_the_stop_of_a_short_month_ends_no_sentence() -> None:
    assert _horizon("They will meet, he said, on Aug. 10.", "They will meet").by == datetime.date(2023, 8, 10)
    text = "A decree is unlikely before the vote. The vote will be held on Aug. 10."
    assert _horizon(text, "A decree is unlikely before the vote").by == datetime.date(2023, 8, 10)


def test_the_second_of_two_acts_has_the_horizon_of_the_first() -> None:
    text = "It would hand over the town by 1 July and go to camps in the rear."
    assert _horizon(text, "go to camps in the rear") == Horizon(datetime.date(2023, 7, 1), default=False)


@pytest.mark.parametrize(
    ("country", "day"),
    [("SDN", "2024-06-15"), ("MMR", "2024-05-20"), ("ZWE", "2023-11-15"), ("RUS", None), (None, None)],
)
def test_rains_come_when_they_do_in_the_country(country: str | None, day: str | None) -> None:
    text = "The clinic will admit its first patients before the rains"
    due = Horizon(datetime.date.fromisoformat(day or "2024-06-28"), default=day is None)
    assert horizon(_document(text, MADE), MADE, None, 0, len(text), country) == due


@pytest.mark.parametrize(
    "clause",
    ["Turnout will stay below 40 per cent", "No party will win outright", "Fewer than one voter in four will come"],
)
def test_what_happens_at_a_vote_is_due_on_its_day(clause: str) -> None:
    text = f"The country elects its parliament on 23 July. {clause}. The bill was read on 20 June."
    assert _horizon(text, clause) == Horizon(datetime.date(2023, 7, 23), default=False)
    alone = f"Nobody knows the day. {clause}."
    assert _horizon(alone, clause).default


@pytest.mark.parametrize(
    "words",
    [
        "Voters will see May as the winner of the debate",
        "The ministry sees August as the turning point",
        "Ministers will lean into May's camp",
        "He will be beaten by the second and third candidates",
        "The attack will be ordered by the first or second brigade",
        "Two bills are before the house, and the government will win on the second",
        "Residents of this quarter will be evicted",
        "They will rebuild this quarter of the city",
        "The minister will go on a year-long tour",
        "Those who survive ten years will get a pension",
        "He will publish the notes made during his 27 years in jail",
        "He will be released after his three years",
        "The cuts made in the second week of June will be undone",
        "Villages will be cut off by the snow",
        "A truce is likely before the Lunar New Year",
        "The siege will end in the fall of the town",
        "A surge in fall armyworm infestations will cut the maize harvest",
        "This fall will push farmers into debt",
        "Exporters will be hurt by the fall, analysts say",
        "Between 20 and 30 may die",
        "The grain will cost $2030 a load",
        "He said in a paper of 2022 that the town will fall",
    ],
)
def test_what_only_looks_like_a_time_sets_no_horizon(words: str) -> None:
    assert _horizon(words) == Horizon(datetime.date(2024, 6, 28), default=True)
    document = _document(words, MADE)
    assert horizon(document, MADE, None, 0, len(words), "KAZ").default


def test_a_day_of_something_else_is_not_that_of_a_vote() -> None:
    text = "The airline begins its flights on 3 July. It will add 200 seats to its planes."
    assert _horizon(text, "It will add 200 seats to its planes").default


def test_rains_of_a_year_come_in_it() -> None:
    document = _document("The wall will stand before the rains of 2025.", datetime.date(2024, 9, 1))
    found = [horizon(document, datetime.date(2024, 9, 1), None, 0, len(document.text), code) for code in ("IND", "FRA")]
    assert [one.by for one in found] == [datetime.date(2025, 6, 10), datetime.date(2025, 12, 31)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("The sessions will open on 15 July at the Palace of 15 January", "2023-07-15"),
        ("They will meet at the Square of the 1st of May", None),
        ("He will speak at the Palace on 15 July", "2023-07-15"),
        ("They will march through the square of the town on 15 July", "2023-07-15"),
        ("He will not see in the new year", "2024-01-01"),
        ("A deal will come in the new year", "2024-12-31"),
        ("Something will change that has not in thirty years", None),
        ("Something will change in thirty years", "2053-06-28"),
        ("They will have not finished in two weeks", "2023-07-12"),
    ],
)
def test_a_place_s_name_and_what_has_long_not_been_set_no_horizon(words: str, day: str | None) -> None:
    found = _horizon(words)
    assert (None if found.default else str(found.by)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("If the Court hears it in October, it will rule before the month is out.", "2023-10-31"),
        ("If the arrears are not paid by 1 July, it will strike before the month is out.", "2023-07-31"),
        ("If the Court hears it in October, it will rule by the end of the month.", "2023-10-31"),
        ("If the Court hears it in October, it will rule before the year is out.", "2023-12-31"),
        ("If the Court hears it tomorrow, it will rule before the month is out.", "2023-06-30"),
        ("The Court heard it in May. If it can, it will rule before the month is out.", "2023-06-30"),
    ],
)
def test_the_month_behind_a_condition_is_the_one_that_it_names(text: str, day: str) -> None:
    assert str(_horizon(text, text[text.rindex("it will") :].rstrip(".")).by) == day


def test_snow_comes_where_it_does() -> None:
    words = "The bypass will be asphalted before the first snow"
    for country, day in (("KAZ", datetime.date(2023, 11, 30)), ("ZAF", None)):
        due = horizon(_document(words, MADE), MADE, None, 0, len(words), country)
        assert due == Horizon(day or datetime.date(2024, 6, 28), default=day is None)


def test_a_day_told_before_is_meant_by_then_and_that_day() -> None:
    text = "The court has set the trial for 30 August. None of them will be released before then."
    assert _horizon(text, "None of them will be released before then") == Horizon(
        datetime.date(2023, 8, 30), default=False
    )
    march = "The transition is over on 20 October. Both parties will march on that day."
    assert _horizon(march, "Both parties will march on that day") == Horizon(datetime.date(2023, 10, 20), default=False)
    assert _horizon("Nobody can say. None of them will be free by then.", "None of them will be free by then").default


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by New Year's Eve", "2024-12-31"),
        ("by New Year’s Day", "2025-01-01"),
        ("before Christmas Eve", "2024-12-24"),
        ("by Christmas", "2024-12-25"),
        ("by Orthodox Christmas", "2025-01-07"),
        ("on Palm Sunday", "2024-03-24"),
        ("by Good Friday", "2024-03-29"),
        ("by May Day", "2024-05-01"),
        ("before Pentecost", "2024-05-19"),
        ("by Eid", "2024-04-10"),
        ("by Eid al-Adha", "2024-06-17"),
        ("by Newroz", "2024-03-21"),
    ],
)
def test_the_ledger_and_the_reader_know_the_same_days_of_feasts(words: str, day: str) -> None:
    made = datetime.date(2024, 3, 12)
    assert str(_horizon(f"The rebels will take Sennar {words}.", made=made).by) == day
    assert str(resolve(words, Reference(made, Granularity.DAY, ahead=True)).end) == day


@pytest.mark.parametrize("words", ["before the Lunar New Year", "before the Orthodox New Year"])
def test_a_feast_of_another_calendar_sets_no_horizon(words: str) -> None:
    assert _horizon(f"The rebels will take Sennar {words}.").default
