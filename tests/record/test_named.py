"""Filters by name: whole words in any case and accents, and no way to a private person."""

import dataclasses
from collections.abc import Iterator

import msgspec
import pytest
from click.testing import CliRunner

from foreshock.cli import main
from foreshock.model.entry import Entry
from foreshock.model.statement import Participant, Place, Source
from foreshock.model.vocabulary import SourceKind
from foreshock.record.query import Filter, count_names, find_statements
from foreshock.record.store import Record
from tests.record.samples import entry

DOERS = (
    ("the Orvan army", "xrv-army", "National Army of Orvania"),
    ("Colonel Tarek Veldun", None, None),
    ("Veldun", None, None),
    ("three soldiers", None, None),
)
SPEAKERS = (
    ("Tarek Veldun", None, SourceKind.PERSON),
    ("Veldun", None, SourceKind.PERSON),
    ("Defence Minister Amon Karsk", None, SourceKind.PERSON),
    ("he", "Defence Minister Amon Karsk", SourceKind.PERSON),
    ("the Ministry of Défence", None, SourceKind.ORGANISATION),
    ("two residents", None, SourceKind.ROLE),
)
PLACES = ("Évrak", "Evrak Airport", "New Tolm")


def told(number: int) -> Entry:
    """One statement whose doer, speaker and place are the next of the lists above."""
    doer, entity, name = DOERS[number % len(DOERS)]
    speaker, known, kind = SPEAKERS[number % len(SPEAKERS)]
    made = entry(f"{doer}, {speaker}, {number}: they fled.", number)
    assert made.reading is not None
    text = made.reading.document.text
    at = text.index(speaker, len(doer))
    changes = {
        "contexts": (),
        "actors": (Participant(start=0, end=len(doer), text=doer, id=entity, name=name),),
        "sources": (Source(start=at, end=at + len(speaker), text=speaker, name=known, source_kind=kind),),
        "place": Place(start=None, end=None, text=None, name=PLACES[number % len(PLACES)], admin1="Haut-Évrak"),
    }
    statements = tuple(msgspec.structs.replace(one, **changes) for one in made.reading.statements)
    return dataclasses.replace(made, reading=msgspec.structs.replace(made.reading, statements=statements))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record(str(tmp_path_factory.mktemp("named") / "record.sqlite")) as made:
        made.keep([told(number) for number in range(12)])
        yield made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (Filter(actor="xrv-army"), 3),
        (Filter(actor="NATIONAL army"), 3),
        (Filter(actor="Soldiers"), 3),
        (Filter(actor="soldier"), 0),
        (Filter(source="ministry of defence"), 2),
        (Filter(source="karsk"), 4),
        (Filter(source="residents"), 2),
        (Filter(place="evrak"), 4),
        (Filter(place="airport"), 4),
        (Filter(place="tolm"), 4),
        (Filter(admin1="haut evrak"), 12),
        (Filter(place="?"), 0),
    ],
)
def test_names_are_found_by_whole_words_in_any_case_and_accents(record: Record, wanted: Filter, number: int) -> None:
    assert len(find_statements(record, wanted)) == number


@pytest.mark.parametrize("name", ["Tarek Veldun", "Colonel Tarek Veldun", "colonel", "veldun", "Tarek"])
def test_no_private_person_is_found_by_name(record: Record, name: str) -> None:
    assert find_statements(record, Filter(actor=name)) == []
    assert find_statements(record, Filter(source=name)) == []


def test_no_private_person_is_offered_as_a_filter(record: Record) -> None:
    assert set(count_names(record, "actor")) == {"National Army of Orvania", "three soldiers"}
    assert "Defence Minister Amon Karsk" in count_names(record, "source")
    assert not any("Veldun" in name for name in count_names(record, "source"))


def test_a_name_that_is_added_is_found_at_once(record: Record) -> None:
    assert find_statements(record, Filter(place="Uskel")) == []
    made = told(20)
    assert made.reading is not None
    place = Place(start=None, end=None, text=None, name="Old Uskel")
    statements = tuple(msgspec.structs.replace(one, place=place) for one in made.reading.statements)
    record.keep([dataclasses.replace(made, reading=msgspec.structs.replace(made.reading, statements=statements))])
    assert len(find_statements(record, Filter(place="uskel"))) == 1


def test_codes_and_types_are_taken_in_any_case_and_refused_with_a_hint(record: Record) -> None:
    def asked(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["search", "--record", record.name, *words])
        return result.exit_code, result.stderr

    assert asked("--country", "tcd", "--type", "assault", "--kind", "Report") == (0, "")
    code, words = asked("--country", "Chad")
    assert (code, "TCD" in words) == (2, True)
    code, words = asked("--type", "war")
    assert (code, "ASSAULT" in words) == (2, True)
    assert asked("--since", "2023-06-10", "--until", "2023-06-01")[0] == 2
