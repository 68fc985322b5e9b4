"""Which country a text is about: its own places, and what its outlet writes about."""

import datetime

import pytest

from foreshock.corroborate.copies.syndication import Syndication
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.speakers.homes import NOWHERE, Homes
from foreshock.record.store import Record
from tests.ledger.conftest import Text, report
from tests.ledger.test_resolution import foretold

CEJA = [("Ceja", f"d{number}", "BOL", 3) for number in range(8)]
WIRE = [("Wire", f"w{number}", ("BOL", "PER", "CHL")[number % 3], 4) for number in range(12)]


def named_abroad(times: int) -> Text:
    """A text whose every place is a namesake in Peru."""
    text = Text(" ".join(f"Tanks stood in Alto {number}." for number in range(times)), "2020-01-04", "Ceja")
    for number in range(times):
        text.say(f"Tanks stood in Alto {number}", f"Alto {number}", place=f"Alto {number}", country="PER")
    return text


@pytest.mark.parametrize(
    ("outlet", "times", "expected"), [("Ceja", 1, "BOL"), ("Ceja", 9, "PER"), ("Wire", 3, "PER"), (None, 3, "PER")]
)
def test_a_local_papers_country_stands_against_a_few_namesakes_abroad(
    outlet: str | None, times: int, expected: str
) -> None:
    assert Homes.of([*CEJA, *WIRE]).main_country(outlet, named_abroad(times).statements) == expected


def test_only_an_outlet_that_mostly_writes_about_one_country_has_a_usual_one() -> None:
    homes = Homes.of([*CEJA, *WIRE])
    assert (homes.usual("Ceja"), homes.usual("Wire"), homes.usual("Unheard of")) == ("BOL", None, "BOL")


def test_a_text_that_stands_alone_is_about_what_it_names() -> None:
    assert NOWHERE.main_country("Ceja", named_abroad(1).statements) == "PER"
    assert NOWHERE.main_country("Ceja", []) is None


def test_the_record_watches_the_outlets_country_for_a_forecast_that_names_a_place_abroad(record: Record) -> None:
    column = foretold("The road will open before the end of June.", "open", place="road", country="PER")
    days = [(month, day) for month in (5, 6) for day in (4, 14, 24)]
    watched = [
        report(
            f"2023-{month:02d}-{day:02d}", "Ledger", f"Rain fell in Kazan {month * day} days.", "fell", place="Kazan"
        )
        for month, day in days
    ]
    record.keep([text.entry() for text in (column, *watched)], then=Syndication().take)
    book = Book(record, datetime.date(2023, 7, 31))
    book.resolve()
    [entry] = book.entries(Wanted(repeats=True))
    assert entry.prediction.countries == ("PER", "RUS")
    assert entry.proposal is not None and entry.proposal.coverage is not None
    assert entry.proposal.coverage.documents == len(watched) + 1
