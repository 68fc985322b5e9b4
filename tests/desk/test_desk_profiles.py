"""A place's page and an actor's: what they say, their twins, and what they refuse."""

import csv
import datetime
import io
import re

import pytest
from fastapi.testclient import TestClient

from foreshock.actors.resolve import resolved, shipped
from foreshock.desk.app import create_app
from foreshock.desk.pages import place_path
from foreshock.model.statement import Participant, Place, Reading, Statement
from foreshock.model.vocabulary import Kind, Precision
from foreshock.record.store import Record
from foreshock.telling import phrases
from foreshock.telling.phrases import precision_name
from tests.desk.conftest import _entry
from tests.desk.readings import Quoted, _document

WAGNER = (
    "Wagner fighters left the base at Gossi. The Wagner Group had come in 2021.\n"
    "The Gossi Shield Front (GSF) took the base; it sold the fuel."
)


def wagner_reading() -> Reading:
    text = Quoted(WAGNER)
    gossi = Place(
        **text.at("Gossi"), name="Gossi", country="MLI", admin1="Tombouctou", lat=15.82341, lon=-1.30912,
        precision=Precision.POINT, geonameid=2457161,
    )  # fmt: skip

    def statement(clause: str, trigger: str, actor: str) -> Statement:
        return text.statement(clause, trigger, Kind.REPORT, place=gossi, actors=(Participant(**text.at(actor)),))

    statements = (
        statement("Wagner fighters left the base at Gossi", "left", "Wagner fighters"),
        statement("The Wagner Group had come in 2021", "come", "The Wagner Group"),
        statement("The Gossi Shield Front (GSF) took the base", "took", "The Gossi Shield Front (GSF)"),
    )
    return resolved(
        Reading(document=_document(text, title="A base"), statements=statements, model="by hand"), shipped()
    )


def many_reading() -> Reading:
    """1,500 statements that all lie in Port Sudan and have one actor."""
    text = Quoted(" ".join(f"Militia Orvesh shelled quarter {number} of Port Sudan." for number in range(1500)))
    port = Place(**text.at("Port Sudan"), name="Port Sudan", country="SDN", precision=Precision.POINT, geonameid=365763)
    orvesh = Participant(**text.at("Militia Orvesh"), id="new:militia-orvesh", name="Militia Orvesh")
    statements = tuple(
        text.statement(f"shelled quarter {number} of Port Sudan", "shelled", Kind.REPORT, place=port, actors=(orvesh,))
        for number in range(1500)
    )
    return Reading(document=_document(text, title="A port"), statements=statements, model="by hand")


@pytest.fixture
def wagner(record: Record) -> TestClient:
    record.keep([_entry(wagner_reading())])
    return TestClient(create_app(record))


def test_a_place_says_where_it_lies_and_who_acts_there(wagner: TestClient) -> None:
    page = wagner.get("/places/MLI/Gossi")
    assert page.status_code == 200
    assert "15.82, -1.31" in page.text and "15.8234" not in page.text
    assert 'href="/actors/rus-wagner-group"' in page.text
    assert "3 statements" in page.text


def test_a_place_has_its_twins(wagner: TestClient) -> None:
    told = wagner.get("/places/MLI/Gossi.json").json()
    assert (told["total"], told["precision"], told["called"]) == (3, "point", {"Gossi": 3})
    rows = list(csv.DictReader(io.StringIO(wagner.get("/places/MLI/Gossi.csv").text)))
    assert len(rows) == 3 and {row["place"] for row in rows} == {"Gossi"}


def test_an_actor_shows_its_entry_and_what_the_texts_call_it(wagner: TestClient) -> None:
    page = wagner.get("/actors/rus-wagner-group")
    assert page.status_code == 200
    assert "Wagner Group" in page.text and "basis" in page.text and "depends on" in page.text
    told = wagner.get("/actors/rus-wagner-group.json").json()
    assert told["entry"]["id"] == "rus-wagner-group"
    assert told["total"] == 2 and told["roles"] == {"acts in": 2, "is acted upon in": 0}
    assert set(told["called"]) == {"Wagner fighters", "The Wagner Group"}
    assert len(list(csv.DictReader(io.StringIO(wagner.get("/actors/rus-wagner-group.csv").text)))) == 2


def test_an_actor_of_no_registry_has_a_page_too(wagner: TestClient) -> None:
    page = wagner.get("/actors/new:gossi-shield-front")
    assert page.status_code == 200
    assert "in no registry" in page.text and "Gossi Shield Front" in page.text


def test_an_actor_of_the_registry_that_no_text_names_has_an_empty_page(desk: TestClient) -> None:
    page = desk.get("/actors/mli-jnim")
    assert page.status_code == 200 and "No statement in this record" in page.text


def test_unknown_places_and_actors_are_not_found(desk: TestClient) -> None:
    for address in ("/places/MLI/Nowhere", "/actors/new:nobody", "/actors/<script>", "/places/-/%3Cb%3E.json"):
        answer = desk.get(address)
        assert answer.status_code == 404 and "<script>" not in answer.text


def test_a_place_with_a_stroke_or_mark_in_its_name_keeps_its_address(wagner: TestClient) -> None:
    place = Place(start=None, end=None, text="A/B & <c>", country=None)
    address = place_path(place)
    assert address == "/places/-/A%2FB%20%26%20%3Cc%3E"
    assert wagner.get(address).status_code == 404


def test_a_document_links_its_places_and_actors(wagner: TestClient) -> None:
    page = wagner.get(f"/documents/{wagner_reading().document.id}")
    assert 'href="/places/MLI/Gossi"' in page.text and 'href="/actors/rus-wagner-group"' in page.text


@pytest.mark.slow
def test_every_statement_is_listed_however_many_there_are(record: Record) -> None:
    record.keep([_entry(many_reading())])
    with TestClient(create_app(record)) as desk:
        for path in ("/places/SDN/Port Sudan", "/actors/new:militia-orvesh"):
            told = desk.get(f"{path}.json?page=21").json()
            assert (told["total"], told["page"], told["size"], told["names_of_newest"]) == (1500, 21, 50, 1000)
            first, last = (told["statements"][at]["statement"]["text"] for at in (0, -1))
            assert (first, last) == tuple(f"shelled quarter {number} of Port Sudan" for number in (1000, 1049))
            whole = desk.get(f"{path}.json?size=1000&page=2").json()
            assert len(whole["statements"]) == 500
            page = desk.get(f"{path}?page=30").text
            assert "page 30 of 30" in page and "quarter 1499 of" in page
            assert "of the newest 1,000 statements" in page
            beyond = desk.get(f"{path}?page=31")
            assert beyond.status_code == 200 and "No statement in this record" not in beyond.text


CAMPS = "The Forces left Kara. the forces burnt Kara. They left Kara. Rain fell in Kara."


def camps_reading(published: datetime.date, words: str = CAMPS) -> Reading:
    """A text on a town of which no more is known than its province, and on one of which only the country is."""
    text = Quoted(words)
    kara = Place(
        **text.at("Kara"), name="Kara", country="SDN", admin1="Kara", lat=12.0, lon=30.0, precision=Precision.ADMIN1,
        geonameid=1,
    )  # fmt: skip
    actors = {"The Forces left Kara": "The Forces", "the forces burnt Kara": "the forces", "They left Kara": "They"}
    statements = tuple(
        text.statement(clause, clause.split()[-2], Kind.REPORT, place=kara, actors=(Participant(**text.at(actor)),))
        for clause, actor in actors.items()
    )
    document = _document(text, title="Camps", published=published)
    return Reading(document=document, statements=statements, model="by hand")


def test_a_province_lies_at_no_point(record: Record) -> None:
    record.keep([_entry(camps_reading(datetime.date(2023, 5, 1)))])
    page = TestClient(create_app(record)).get("/places/SDN/Kara").text
    assert "lies at" not in page and "a ring of 80 km about its middle, 12.0, 30.0" in page


def test_one_name_is_listed_once_and_a_pronoun_never(record: Record) -> None:
    record.keep([_entry(camps_reading(datetime.date(2023, 5, 1)))])
    page = TestClient(create_app(record)).get("/places/SDN/Kara").text
    listed = re.findall(r"<li>([\w ]+) <b>(\d+)</b></li>", page)
    assert ("The Forces", "2") in listed and not {"They", "the forces"} & {name for name, _ in listed}


def test_months_of_no_text_have_their_room_in_the_chart(record: Record) -> None:
    days = (datetime.date(2023, 5, 1), datetime.date(2023, 11, 1), datetime.date(2024, 1, 1))
    record.keep([_entry(camps_reading(day, f"{CAMPS} {day}")) for day in days])
    page = TestClient(create_app(record)).get("/places/SDN/Kara").text
    assert [int(left) for left in re.findall(r'<rect x="(\d+)" y="[\d.]+" width="8"', page)] == [1, 61, 81]
    assert 'viewBox="0 0 90 40"' in page and 'aria-label="May 2023: 3, November 2023: 3, January 2024: 3"' in page


@pytest.mark.parametrize(
    ("name", "country", "geonameid", "told"),
    [
        ("Adré", "TCD", None, "somewhere in the country"),
        ("Chad", "TCD", 2434508, "country as a whole"),
        ("Chad", "TCD", None, "country as a whole"),
        ("Myanmar", "MMR", 1327865, "country as a whole"),
    ],
)
def test_a_town_of_which_only_the_country_is_known_is_no_country(
    name: str, country: str, geonameid: int | None, told: str
) -> None:
    place = Place(start=None, end=None, text=name, name=name, country=country, precision=Precision.COUNTRY,
                  geonameid=geonameid)  # fmt: skip
    assert precision_name(place) == told


def test_dates_of_an_actor_are_told_in_words(desk: TestClient) -> None:
    page = desk.get("/actors/mmr-sac").text
    assert "2 February 2021 – 31 July 2025" in page and "2021-02" not in page


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("1957", "1969", "1957–1969"), ("2019-04-11", "2021-10", "11 April 2019 – October 2021"),
        ("2013-07", None, "from July 2013"), (None, "2019-04-11", "until 11 April 2019"), (None, None, ""),
    ],
)  # fmt: skip
def test_a_span_of_dates_is_no_more_precise_than_it_is_known(since: str | None, until: str | None, told: str) -> None:
    assert phrases.span_name(since, until) == told
