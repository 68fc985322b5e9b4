"""Days that a report's sentence names, after the horizon of a forecast and inside it."""

import datetime

import msgspec
import pytest

from foreshock.corroborate.copies.syndication import Syndication
from foreshock.ledger.book import Book
from foreshock.ledger.outcomes.days import days_named
from foreshock.model.prediction import Outcome
from foreshock.model.statement import Time
from foreshock.model.vocabulary import Granularity, Kind
from foreshock.read.time_spans import Reference
from foreshock.record.store import Record
from tests.ledger.conftest import Text, quiet_reports, report

JULY = datetime.date(2023, 7, 31)


def proposed(record: Record, words: str, trigger: str, told: Text) -> Outcome:
    """What is proposed at the end of July for a forecast of the end of June, in a watched country."""
    foretold = Text(words, "2023-05-01", "Ledger", "Ada Writer")
    foretold.say(words, trigger, Kind.FORECAST, by="2023-06-30", likelihood=("will", 0.8, 1.0), place="Kazan")
    record.keep([text.entry() for text in (foretold, told, *quiet_reports())], then=Syndication().take)
    book = Book(record, JULY)
    book.resolve()
    [entry] = book.entries()
    return entry.outcome


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("He flew out after he had been told on 3 June to go.", ["2023-06-03"]),
        ("KAZAN, 12 July (Wire) — The fair that opened on 27 June closed on Sunday.", ["2023-06-27", "2023-07-09"]),
        ("The spokesman, who had arrived on 3 June, was ordered out.", []),
        ("He was born on 3 June 1964, or in June 1998.", []),
        ("The 4th Army and the 10th Brigade met on the 3rd floor for the 2nd time.", []),
        ("He arrived the 21st of June and left on the 2nd.", ["2023-06-21", "2023-07-02"]),
        ("It was for Theresa May, who may march, a plan for rebels who may attack in May.", ["2023-05-31"]),
        ("The courts have been shut since 23 June.", ["2023-06-23"]),
        ("The minister spoke of 2019 and of nothing else.", []),
        ("The vote is on 3 September.", []),
        ("The fair opened on Tuesday of last week.", ["2023-07-04"]),
        ("The fair opened on 2023-06-27.", ["2023-06-27"]),
    ],
)
def test_every_day_that_a_sentence_names_is_found_but_what_is_to_come(sentence: str, days: list[str]) -> None:
    assert [str(day) for day in days_named(sentence, Reference(datetime.date(2023, 7, 12), Granularity.DAY))] == days


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The mission's spokesman, who had arrived on 3 June, was ordered out of Kazan yesterday.", Outcome.PENDING),
        ("The mission's spokesman, born on 3 June 1964, was ordered out of Kazan.", Outcome.PENDING),
        ("The mission's spokesman left Kazan by train, after he had been ordered out on 3 June.", Outcome.TRUE),
        ("The mission's spokesman left Kazan by train, after he had been ordered out on 9 July.", Outcome.PENDING),
    ],
)
def test_a_later_report_shows_what_it_says_was_inside_the_horizon(record: Record, told: str, expected: Outcome) -> None:
    words = "The government will order the mission's spokesman out of Kazan before the end of June."
    assert (
        proposed(record, words, "order", report("2023-07-31", "Sixth", told, told.split()[-2], place="Kazan"))
        is expected
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "trigger", "expected"),
    [
        ("On 18 July the hostages of Kazan had still not been freed, their families said.", "freed", Outcome.FALSE),
        ("On 18 July the hostages of Kazan did not go free, their families said.", "free", Outcome.PENDING),
    ],
)
def test_a_no_of_a_later_day_speaks_for_the_horizon_where_it_reaches_back(
    record: Record, told: str, trigger: str, expected: Outcome
) -> None:
    text = report("2023-07-20", "Sixth", told, trigger, place="Kazan", negative=True)
    start, end, when = text.span("On 18 July")
    day = datetime.date(2023, 7, 18)
    time = Time(start=start, end=end, text=when, from_=day, to=day, granularity=Granularity.DAY)
    text.statements[0] = msgspec.structs.replace(text.statements[0], time=time)
    assert proposed(record, "The hostages will be freed in Kazan before the end of June.", "freed", text) is expected
