"""What leads to people who left their unit, and private persons' names, leave the program in no format."""

import dataclasses
import json
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from foreshock.model.entry import Entry
from foreshock.model.span import Span
from foreshock.model.statement import Participant, Place, Source
from foreshock.model.vocabulary import Kind, Polarity, Precision, SourceKind
from foreshock.record.custody_tables import custody_log
from foreshock.record.store import Record
from tests.exchange.conftest import HAPPENED, LOOTED, SOLDIER, exported, run, typed
from tests.record.samples import entry


def test_a_region_with_few_deserters_is_left_out(deserters: str) -> None:
    assert exported(deserters) == []
    with Record(deserters) as record:
        record.keep([entry("Ann said five soldiers fled the barracks.", 5)])
    rows = exported(deserters)
    assert len(rows) == 5
    for row in rows:
        assert row["site"] == {
            "name": "Nord Kivu", "admin1": "Nord Kivu", "admin2": None, "country": "COD", "lat": None, "lon": None,
            "precision": "admin1", "geonameid": None,
        }  # fmt: skip
        assert "barracks" not in json.dumps(row)


def named_in_the_text(number: int, admin1: str | None, precision: Precision | None) -> Entry:
    """A desertion whose place, soldiers, guard and speaker only the text names; the rebels are in the registry."""
    text = SOLDIER.format(number)
    made = entry(text, number % 20)
    assert made.reading is not None
    at = text.index("Oluko hamlet")
    place = Place(
        start=at, end=at + 12, text="Oluko hamlet", name="Oluko hamlet", country="COD" if admin1 else None,
        admin1=admin1, precision=precision,
    )  # fmt: skip

    def party(words: str, **known: str) -> Participant:
        begins = text.index(words)
        return Participant(start=begins, end=begins + len(words), text=words, **known)

    told = (
        party("Aru Belo", sector="MIL"), party("his brother"), party("Ann"), party("soldier", sector="MIL"),
        party("Zarad Guard", id="new:zarad-guard", country="COD"),
        party("rebels", id="cod-m23", name="March 23 Movement", country="COD", sector="REB"),
    )  # fmt: skip
    statements = [
        msgspec.structs.replace(one, place=place, actors=told, recipients=told[:1]) for one in made.reading.statements
    ]
    return dataclasses.replace(made, reading=msgspec.structs.replace(made.reading, statements=tuple(statements)))


def test_what_only_the_text_names_does_not_leave_with_deserters(tmp_path: Path) -> None:
    path = str(tmp_path / "record.sqlite")
    with Record(path) as record:
        record.keep([named_in_the_text(number, "Nord Kivu", Precision.ADMIN1) for number in range(5)])
    for form in ("jsonl", "acled", "polecat", "geojson", "ftm"):
        result = run("export", "statements", "--record", path, "--format", form)
        assert result.exit_code == 0, result.stderr
        assert "Nord Kivu" in result.stdout
        for word in ("oluko", "aru belo", "brother", "zarad", "soldier", '"ann"'):
            assert word not in result.stdout.lower(), (form, word)
    rows = exported(path)
    assert len(rows) == 5
    parties = [
        {"name": "MIL", "country": None, "sector": "MIL", "id": None},
        {"name": "unnamed", "country": None, "sector": None, "id": None},
        {"name": "unnamed", "country": "COD", "sector": None, "id": None},
        {"name": "March 23 Movement", "country": "COD", "sector": "REB", "id": "cod-m23"},
    ]
    for row in rows:
        assert row["actors"] == parties
        assert row["recipients"] == parties[:1]
        assert row["sources"] == []
        assert row["site"] == {
            "name": "Nord Kivu", "admin1": "Nord Kivu", "admin2": None, "country": "COD", "lat": None, "lon": None,
            "precision": "admin1", "geonameid": None,
        }  # fmt: skip


def with_a_sibling(number: int) -> Entry:
    """A text with a desertion and, in the same text, an attack that is none."""
    made = typed(f"{LOOTED} {number}.", number, contexts=("defection",))
    assert made.reading is not None
    flight = made.reading.statements[0]
    text = made.reading.document.text
    end = text.index(",")
    looted = msgspec.structs.replace(
        flight, id=f"{number:016}", start=0, end=end, text=text[:end], trigger=Span.of(text, 4, 10), contexts=()
    )
    return dataclasses.replace(made, reading=msgspec.structs.replace(made.reading, statements=(looted, flight)))


@pytest.mark.parametrize("form", ["jsonl", "acled", "polecat", "geojson", "ftm"])
def test_other_rows_of_a_text_about_deserters_do_not_give_it_away(tmp_path: Path, form: str) -> None:
    path = str(tmp_path / "record.sqlite")
    with Record(path) as record:
        made = [with_a_sibling(number) for number in range(2)]
        record.keep([*made, typed(HAPPENED, 9)])
    assert run("regroup", "--record", path).exit_code == 0
    for what in ("statements", "events"):
        result = run("export", what, "--record", path, "--format", form)
        assert result.exit_code == 0, result.stderr
        for words in ("Kivunda", "Aru Belo", "Men looted", made[0].document.id if made[0].document else ""):
            assert words not in result.stdout
        if what == "statements":
            assert "by region only: 2 rows" in result.stderr
        assert form == "polecat" or "before the gunmen" in result.stdout


def test_an_event_names_no_private_person(tmp_path: Path) -> None:
    path = str(tmp_path / "record.sqlite")
    text = "Men beat the baker Onno Teb, who had fled the police before Minister Ilka Sund, Onno Teb said."
    with Record(path) as record:
        at = text.index("Onno Teb")
        baker = Participant(start=at, end=at + 8, text="Onno Teb", sector="CVL")
        speaker = Source(
            start=text.rindex("Onno"), end=text.rindex(" said"), text="Onno Teb", source_kind=SourceKind.PERSON
        )
        made = typed(text, 1, actors=(baker,), sources=(speaker,))
        record.keep([made])
    assert run("regroup", "--record", path).exit_code == 0
    result = run("export", "events", "--record", path)
    row = json.loads(result.stdout)
    assert "Teb" not in result.stdout
    assert row["actors"][0]["name"] == "CVL"
    assert row["sources"] == ["a person quoted"]
    assert "Minister Ilka Sund" in row["title"]


def test_deserters_whose_region_is_not_known_are_left_out_however_many(tmp_path: Path) -> None:
    path = str(tmp_path / "record.sqlite")
    with Record(path) as record:
        record.keep([named_in_the_text(number, None, None) for number in range(6)])
        record.keep([named_in_the_text(number, "Nord Kivu", Precision.REGION) for number in range(10, 14)])
    out = tmp_path / "out.jsonl"
    assert run("export", "statements", "--record", path, "--out", str(out)).exit_code == 0
    assert out.read_text() == ""
    about = json.loads((tmp_path / "out.jsonl.about.json").read_text())
    assert about["protection"][1].endswith("without a known region, are left out: 10 rows.")


def test_only_who_has_the_right_lifts_it_and_it_is_logged(deserters: str) -> None:
    right = {"FORESHOCK_MAY_LIFT": "A. Moro, B. Lind"}
    words = ("--precise", "--who", "A. Moro", "--why", "a court asks")
    assert run("export", "statements", "--record", deserters, *words).exit_code == 2
    assert run("export", "statements", "--record", deserters, *words[:3], env=right).exit_code == 2
    nobody = run("export", "statements", "--record", deserters, "--precise", env=right)
    assert nobody.exit_code == 2 and "say who exports precise places" in nobody.stderr
    rows = exported(deserters, *words, env=right)
    assert len(rows) == 4
    assert "barracks" in json.dumps(rows[0])
    with Record(deserters) as record, record.begin() as connection:
        details = connection.scalars(select(custody_log.c.details).where(custody_log.c.event == "lifted")).all()
    assert len(details) == 1
    assert "a court asks" in details[0]
    assert "A. Moro" in details[0]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["acled", "polecat", "ftm"])
def test_what_an_event_format_does_not_show_hides_no_deserter(tmp_path: Path, form: str) -> None:
    path, out = str(tmp_path / "record.sqlite"), tmp_path / "out"
    fled: dict[str, object] = {"contexts": ("defection",)}
    with Record(path) as record:
        record.keep([
            typed("Soldiers fled the post, officers said.", 1, **fled),
            typed("Soldiers will flee, officers said.", 1, kind=Kind.FORECAST, **fled),
            typed("Soldiers will flee again, officers said.", 1, kind=Kind.FORECAST, **fled),
            typed("No soldiers had fled, officers said.", 1, polarity=Polarity.NEGATIVE, **fled),
            typed("It was judged that soldiers fled, officers said.", 1, kind=Kind.JUDGEMENT, **fled),
        ])  # fmt: skip
    result = run("export", "statements", "--record", path, "--format", form, "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert "Nord Kivu" not in out.read_text()
    about = json.loads((tmp_path / "out.about.json").read_text())
    assert about["rows"] == 0
    assert about["protection"][0].endswith("are named: 0 rows.")
    assert about["protection"][1].endswith("are left out: 1 rows.")
    assert len(exported(path)) == 5, "where all five are shown, none stands out"


def test_rows_without_a_type_hide_no_deserter_where_they_are_left_out(tmp_path: Path) -> None:
    path = str(tmp_path / "record.sqlite")
    with Record(path) as record:
        record.keep([typed("Soldiers fled the post, officers said.", 1, contexts=("defection",))])
        record.keep([
            typed(f"Soldiers fled post {number}, officers said.", 1, type=None, contexts=("defection",))
            for number in range(4)
        ])  # fmt: skip
    assert "Nord Kivu" not in run("export", "statements", "--record", path, "--format", "polecat").stdout
    assert "Nord Kivu" in run("export", "statements", "--record", path, "--format", "acled").stdout
