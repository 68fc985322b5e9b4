"""Days that a report's sentence names, after the horizon of a forecast and inside it."""

import datetime

import msgspec
import pytest

from foreshock.corroborate.syndication import Syndication
from foreshock.ledger.book import Book
from foreshock.ledger.days import days_named
from foreshock.model.prediction import Outcome
from foreshock.model.statement import Time
from foreshock.model.vocabulary import Granularity, Kind
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
        ("KAZAN, 12 July (Wire) — The fair, which opened on 27 June, closed on Sunday.", ["2023-06-27", "2023-07-09"]),
        ("The courts have been shut since 23 June.", ["2023-06-23"]),
        ("The minister spoke of 2019 and of nothing else.", []),
        ("The vote is on 3 September.", []),
    ],
)
def test_every_day_that_a_sentence_names_is_found_but_what_is_to_come(sentence: str, days: list[str]) -> None:
    assert [str(day) for day in days_named(sentence, datetime.date(2023, 7, 12))] == days


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The mission's spokesman left Kazan by train, after he had been ordered out on 3 June.", Outcome.TRUE),
        ("The mission's spokesman left Kazan by train, after he had been ordered out on 9 July.", Outcome.PENDING),
    ],
)
def test_a_later_report_shows_what_it_says_was_inside_the_horizon(record: Record, told: str, expected: Outcome) -> None:
    words = "The government will order the mission's spokesman out of Kazan before the end of June."
    assert proposed(record, words, "order", report("2023-07-31", "Sixth", told, "left", place="Kazan")) is expected


@pytest.mark.parametrize(
    ("published", "day", "expected"), [("2023-07-20", 18, Outcome.FALSE), ("2023-06-02", 1, Outcome.PENDING)]
)
def test_an_outright_no_of_a_day_soon_after_the_horizon_speaks_for_it(
    record: Record, published: str, day: int, expected: Outcome
) -> None:
    month = int(published[5:7])
    when = f"On {day} {'July' if month == 7 else 'June'}"
    words = f"{when} the hostages of Kazan had still not been freed, their families said."
    told = report(published, "Sixth", words, "freed", place="Kazan", negative=True)
    start, end, text = told.span(when)
    time = Time(
        start=start, end=end, text=text, from_=datetime.date(2023, month, day), to=datetime.date(2023, month, day),
        granularity=Granularity.DAY,
    )  # fmt: skip
    told.statements[0] = msgspec.structs.replace(told.statements[0], time=time)
    foretold = "The hostages will be freed in Kazan before the end of June."
    assert proposed(record, foretold, "freed", told) is expected
