"""The document it was born from: what a reading of it must show."""

import datetime
from pathlib import Path

import pytest

from foreshock.line import read_one
from foreshock.model.document import Document, text_id
from foreshock.model.statement import Reading
from foreshock.model.vocabulary import MECHANISMS, Kind, Precision
from train.annotated import read_rows
from train.score import Row


@pytest.fixture(scope="module")
def gold(shared_data: Path) -> list[Row]:
    return list(read_rows(shared_data / "seed" / "article.gold.jsonl"))


@pytest.fixture(scope="module")
def reading(shared_data: Path) -> Reading:
    text = (shared_data / "seed" / "article.txt").read_text(encoding="utf-8")
    published = datetime.date(2023, 6, 20)
    return read_one(Document(id=text_id(text), text=text, origin="seed", capture="", published=published))


def test_every_mechanism_that_the_annotation_shows(reading: Reading, gold: list[Row]) -> None:
    wanted = {name for row in gold for name in row["contexts"] if name in MECHANISMS}
    assert wanted - {name for statement in reading.statements for name in statement.contexts} == set()


FORECASTS_FOUND = 7
"""Of the eight annotated, as many as are wanted at least."""


def test_its_forecasts(reading: Reading, gold: list[Row]) -> None:
    forecasts = [row["trigger"] for row in gold if row["kind"] == "forecast"]
    found = [s.trigger for s in reading.statements if s.kind is Kind.FORECAST]
    hit = [t for t in forecasts if any(f.start < t["end"] and t["start"] < f.end for f in found)]
    assert len(forecasts) == 8
    assert len(hit) >= FORECASTS_FOUND


def test_sources_of_what_they_say_and_of_nothing_else(reading: Reading) -> None:
    text = reading.document.text
    first_line = text.index("\n")
    by_rukomeda = [s for s in reading.statements if any("Rukomeda" in source.text for source in s.sources)]
    assert len(by_rukomeda) >= 2
    assert all(s.end <= first_line for s in by_rukomeda)
    by_representative = [
        s for s in reading.statements if any("RVC’s representative" in source.text for source in s.sources)
    ]
    assert by_representative[0].text == "To liberate Russian territory from Putin’s terrorist dictatorship"
    assert len(by_representative) == 1
    quoted = [*by_rukomeda, *by_representative]
    assert not [s for s in reading.statements if s.sources and s not in quoted]


def test_border_provinces_hold_belgorod_and_kursk(reading: Reading) -> None:
    regions = [s.place for s in reading.statements if s.place and s.place.members]
    members = {(m.name, m.country, m.precision) for place in regions for m in place.members}
    names = {(str(name).split()[0], country, precision) for name, country, precision in members}
    assert {("Belgorod", "RUS", Precision.ADMIN1), ("Kursk", "RUS", Precision.ADMIN1)} <= names


def test_belarus_is_a_country_and_the_kremlin_an_actor(reading: Reading) -> None:
    countries = [s.place for s in reading.statements if s.place and s.place.country == "BLR"]
    assert any(place.precision is Precision.COUNTRY for place in countries)
    kremlin = [actor for s in reading.statements for actor in s.actors if "Kremlin" in actor.text]
    assert kremlin
    assert {actor.country for actor in kremlin} == {"RUS"}
    assert not any(s.place and s.place.text and "Kremlin" in s.place.text for s in reading.statements)


def test_misspelt_names_land(reading: Reading) -> None:
    people = {person.text: person.name for s in reading.statements for person in (*s.actors, *s.recipients)}
    assert any("Lukahsenko" in text and "Lukashenko" in str(name) for text, name in people.items())


def test_loaded_words_are_marked(reading: Reading) -> None:
    assert any("terrorist dictatorship" in span.text for s in reading.statements for span in s.loaded)
