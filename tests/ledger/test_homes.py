"""Which country a text is about: its own places, and what its outlet writes about."""

import datetime

import pytest
from msgspec.structs import replace

from foreshock.corroborate.copies.syndication import Syndication
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.predictions import predictions_of
from foreshock.ledger.speakers.homes import NOWHERE, Homes
from foreshock.model.vocabulary import Kind, SourceKind
from foreshock.record.store import Record
from tests.ledger.conftest import Text, report
from tests.ledger.test_resolution import foretold

CEJA = [("Ceja", f"d{number}", "BOL", 3) for number in range(8)]
WIRE = [("Wire", f"w{number}", ("BOL", "PER", "CHL")[number % 3], 4) for number in range(12)]


def named_abroad(times: int, behind: str = "") -> Text:
    """A text whose every place is a namesake in Peru, and what stands `behind` it."""
    text = Text(" ".join(f"Tanks stood in Alto {number}." for number in range(times)) + behind, "2020-01-04", "Ceja")
    for number in range(times):
        text.say(f"Tanks stood in Alto {number}", f"Alto {number}", place=f"Alto {number}", country="PER")
    return text


def main_country(homes: Homes, outlet: str | None, text: Text) -> str | None:
    """The country that a text is mostly about, were it of that outlet."""
    return homes.main_country(replace(text.document, outlet=outlet), text.statements)


@pytest.mark.parametrize(
    ("outlet", "times", "expected"), [("Ceja", 1, "BOL"), ("Ceja", 9, "PER"), ("Wire", 3, "PER"), (None, 3, "PER")]
)
def test_a_local_papers_country_stands_against_a_few_namesakes_abroad(
    outlet: str | None, times: int, expected: str
) -> None:
    text = named_abroad(times, " The villages lie in Peru.")
    assert main_country(Homes.of([*CEJA, *WIRE]), outlet, text) == expected


@pytest.mark.parametrize("behind", ["", " The market is shut.", " The Bolivian army came late."])
def test_a_country_that_a_text_never_names_is_a_namesakes_however_often(behind: str) -> None:
    assert main_country(Homes.of([*CEJA, *WIRE]), "Ceja", named_abroad(30, behind)) == "BOL"


def test_reports_placed_where_its_namesake_is_are_held_against_a_forecast_all_the_same() -> None:
    text = named_abroad(30, " The road will open in May.")
    text.say("The road will open in May", "open", Kind.FORECAST, country="PER")
    homes = Homes.of([*CEJA, *WIRE])
    told = [
        predictions_of(replace(text.document, outlet=one), text.statements, homes=homes) for one in ("Ceja", "Wire")
    ]
    assert [(one.country, one.countries) for [one] in told] == [("BOL", ("PER", "BOL")), ("BOL", ("PER",))]


@pytest.mark.parametrize("behind", [" A Peruvian general led them.", " Peru's army denied it.", " The Peruvians went."])
def test_a_text_abroad_that_names_its_country_or_people_stays_there(behind: str) -> None:
    assert main_country(Homes.of([*CEJA, *WIRE]), "Ceja", named_abroad(30, behind)) == "PER"


@pytest.mark.parametrize(
    ("place", "country", "expected"),
    [
        ("Congo", "COD", "COD"),
        ("the US", "USA", "USA"),
        ("the Emirates", "ARE", "ARE"),
        ("El Salvador", "SLV", "SLV"),
        ("Marawi", "MWI", "BOL"),
        ("Katari", "QAT", "BOL"),
        ("the Congo café", "PER", "BOL"),
    ],
)
def test_a_country_is_named_by_its_short_name_and_not_by_another_towns(place: str, country: str, expected: str) -> None:
    text = Text(" ".join(f"In {place} shop {number} was shut." for number in range(9)), "2020-01-04", "Ceja")
    for number in range(9):
        text.say(f"In {place} shop {number} was shut", f"shop {number}", place=place, country=country)
    assert main_country(Homes.of([*CEJA, *WIRE]), "Ceja", text) == expected


def test_a_country_never_named_goes_behind_the_records_where_the_outlet_has_no_usual_one() -> None:
    mostly, of_three = Homes.of([*CEJA, *WIRE]), Homes.of(WIRE)
    assert main_country(mostly, "Wire", named_abroad(9)) == "BOL"
    assert main_country(mostly, "Wire", named_abroad(9, " Peru denied it.")) == "PER"
    assert main_country(of_three, "Wire", named_abroad(9)) == "PER"


def test_only_an_outlet_that_mostly_writes_about_one_country_has_a_usual_one() -> None:
    homes = Homes.of([*CEJA, *WIRE])
    assert (homes.usual("Ceja"), homes.usual("Wire"), homes.usual("Unheard of")) == ("BOL", None, "BOL")


def test_a_text_that_stands_alone_is_about_what_it_names() -> None:
    assert main_country(NOWHERE, "Ceja", named_abroad(1)) == "PER"
    assert NOWHERE.main_country(named_abroad(1).document, []) is None


def about(words: str, actor: str | None = None, place: str | None = None, behind: str = "") -> str | None:
    """The country of the forecast `words` of a Bolivian paper, whose actor and place were taken for Russia's."""
    text = Text(f"Tanks stood in Oruro. {words}{behind}", "2020-01-04", "Ceja")
    text.say("Tanks stood in Oruro", "stood", place="Oruro", country="BOL")
    text.say(words.rstrip("."), "will", Kind.FORECAST, actor=actor, place=place)
    [found] = predictions_of(text.document, text.statements, homes=Homes.of(CEJA))
    return found.country


@pytest.mark.parametrize(
    ("words", "actor", "place"),
    [
        ("The president will not sign this law.", "The president", None),
        ("Perhaps the ministry will close by May.", "the ministry", None),
        ("Power will be back in all districts by May.", None, "all districts"),
    ],
)
def test_a_bare_office_or_place_is_of_no_country_that_the_text_never_names(
    words: str, actor: str | None, place: str | None
) -> None:
    assert about(words, actor, place) == "BOL"
    assert about(words, actor, place, " A Russian ship came.") == "RUS"


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (" Zelensky denied it.", "UKR"),
        (" The UAE denied it.", "ARE"),
        (" The police denied it.", "BOL"),
        (" Stepanakert denied it.", "BOL"),
    ],
)
def test_a_country_is_named_by_whom_the_registry_knows_there(behind: str, expected: str) -> None:
    source = behind.partition(" denied")[0].strip()
    country = "UKR" if expected == "BOL" else expected
    text = Text(" ".join(f"Tanks stood in Alto {number}." for number in range(9)) + behind, "2020-01-04", "Ceja")
    for number in range(9):
        text.say(f"Tanks stood in Alto {number}", f"Alto {number}", place=f"Alto {number}", country=country)
    text.say(f"{source} denied it", "denied", source=(source, SourceKind.PERSON), country=None)
    assert main_country(Homes.of([*CEJA, *WIRE]), "Ceja", text) == expected


@pytest.mark.parametrize(("place", "expected"), [("LIMA", "PER"), ("Lima", "BOL"), ("PUNO", "BOL")])
def test_a_country_is_named_by_its_capital_in_a_dateline(place: str, expected: str) -> None:
    text = Text(
        f"{place}, 4 January — " + " ".join(f"Tank {number} stood." for number in range(9)), "2020-01-04", "Ceja"
    )
    for number in range(9):
        text.say(f"Tank {number} stood", f"Tank {number}", place=place, country="PER")
    text.statements = [
        replace(one, place=one.place and replace(one.place, name=place.title())) for one in text.statements
    ]
    assert main_country(Homes.of([*CEJA, *WIRE]), "Ceja", text) == expected


@pytest.mark.parametrize(("whose", "expected"), [("Moscow", "RUS"), ("The ministry", "BOL")])
def test_a_pronoun_is_of_the_country_of_whom_it_means(whose: str, expected: str) -> None:
    text = Text(f"Tanks stood in Oruro. {whose} said that it will send no fuel by May.", "2020-01-04", "Ceja")
    text.say("Tanks stood in Oruro", "stood", place="Oruro", country="BOL")
    text.say(
        "it will send no fuel by May", "send", Kind.FORECAST, actor="it", source=(whose, SourceKind.ORGANISATION),
        country=None,
    )  # fmt: skip
    told = text.statements[-1]
    who = [replace(one, name="Government of Russia") for one in (*told.actors, *told.sources)]
    text.statements[-1] = replace(told, actors=tuple(who[:1]), sources=tuple(who[1:]))
    [found] = predictions_of(text.document, text.statements, homes=Homes.of(CEJA))
    assert found.country == expected


@pytest.mark.parametrize(
    ("words", "actor", "place"),
    [
        ("Moscow will send no fuel by May.", "Moscow", None),
        ("The Duma will close by May.", "The Duma", None),
        ("They will meet in Kazan in May.", None, "Kazan"),
        ("The men will meet in the Kremlin in May.", "The men", "the Kremlin"),
    ],
)
def test_a_forecast_stands_where_a_name_in_it_lies(words: str, actor: str | None, place: str | None) -> None:
    assert about(words, actor, place) == "RUS"


def test_the_record_watches_the_outlets_country_for_a_forecast_that_names_a_place_abroad(record: Record) -> None:
    column = foretold("The Ilave road will open before the end of June.", "open", place="Ilave road", country="PER")
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
