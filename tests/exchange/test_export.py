"""From rows to an export on the command line: groups by external id; deserters protected, unless one has the right."""

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from foreshock.cli import main
from foreshock.exchange.choose import Choice
from foreshock.exchange.groups import groups_in
from foreshock.exchange.protect import Protection
from foreshock.exchange.send_out import send_out
from foreshock.record.custody_tables import custody_log
from foreshock.record.store import Record
from foreshock.record.verify import verify
from tests.record.samples import entry

REPORT = (
    "Rebels of the M23 movement attacked an army position near Goma in North Kivu on Monday, killing at least ten "
    "soldiers, the governor of the province said. The army denied that the town had fallen. Thousands of civilians "
    "fled towards the border with Rwanda, according to the United Nations."
)
MORE = (
    "The president of the republic met the prime minister in Kinshasa on Tuesday and asked parliament to extend the "
    "state of siege, his spokesman said. Opposition leaders refused to vote and called for protests against the "
    "government in every province. Police arrested two of them in the night, the party's lawyers said."
)

OTHER = (
    "Soldiers and police carried families out of flooded quarters of Uvira after the river broke its banks, and the "
    "ministry of defence sent two companies of engineers. The mayor warned that militia fighters were looting houses "
    "that had been left, and a curfew was ordered by the provincial government until the water falls."
)


def run(*words: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, list(words), env=env)


def test_rows_in_groups_out(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "title": "Attack near Goma", "text": f"{REPORT}\n{MORE}", "month": "2023-06"},
        {"id": "b", "title": "Rebels attack - The Reprint", "text": REPORT, "month": "2023-06"},
        {"id": "c", "title": "Attack near Goma", "text": f"{REPORT}\n{MORE}", "outlet": "Other", "month": "2023-06"},
        {"id": "d", "title": "Floods reach Uvira", "text": OTHER, "month": "2023-07"},
        {"id": "e", "text": "Casino bonus slot jackpot. " * 20},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    record = str(tmp_path / "record.sqlite")
    assert run("add", str(tmp_path / "rows.jsonl"), "--record", record, "--workers", "1").exit_code == 0
    result = run("export", "groups", "--format", "json", "--record", record)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["syndicated"] == [["a", "b", "c"]]
    assert {one["id"]: one["label"] for one in found["documents"]} == dict.fromkeys("abcd", "usable") | {"e": "spam"}
    assert isinstance(found["same_event"], list)
    with Record(record) as opened:
        assert list(verify(opened)) == []
    out = tmp_path / "events.csv"
    assert run("export", "events", "--format", "acled", "--record", record, "--out", str(out)).exit_code == 0
    about = json.loads((tmp_path / "events.csv.about.json").read_text())
    assert about["rows"] == len(out.read_text().splitlines()) - 1
    assert "Foreshock" in about["citation"]
    assert any("direction" in one for one in about["not_held"])


@pytest.fixture
def deserters(tmp_path: Path) -> str:
    """A record with four statements about desertion in North Kivu in one month, and a fifth where it is asked for."""
    path = str(tmp_path / "record.sqlite")
    with Record(path) as record:
        record.keep([entry(f"Ann said {number} soldiers fled the barracks.", number) for number in range(4)])
    return path


def exported(path: str, *words: str, env: dict[str, str] | None = None) -> list[dict[str, object]]:
    result = run("export", "statements", "--record", path, *words, env=env)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


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


def test_only_who_has_the_right_lifts_it_and_it_is_logged(deserters: str) -> None:
    right = {"FORESHOCK_MAY_LIFT": "A. Moro, B. Lind"}
    words = ("--precise", "--who", "A. Moro", "--why", "a court asks")
    assert run("export", "statements", "--record", deserters, *words).exit_code == 2
    assert run("export", "statements", "--record", deserters, *words[:3], env=right).exit_code == 2
    rows = exported(deserters, *words, env=right)
    assert len(rows) == 4
    assert "barracks" in json.dumps(rows[0])
    with Record(deserters) as record, record.begin() as connection:
        details = connection.scalars(select(custody_log.c.details).where(custody_log.c.event == "lifted")).all()
    assert len(details) == 1
    assert "a court asks" in details[0]
    assert "A. Moro" in details[0]


def test_what_is_asked_for_wrongly_is_said(deserters: str) -> None:
    assert run("export", "statements", "--record", deserters, "--since", "June").exit_code == 2
    assert run("export", "statements", "--record", deserters, "--type", "WAR").exit_code == 2
    assert run("export", "groups", "--record", f"{deserters}.none").exit_code == 1


def test_filters_stand_in_the_sidecar(deserters: str, tmp_path: Path) -> None:
    with Record(deserters) as record, (tmp_path / "out").open("wb") as out:
        about = send_out(record, "statements", Choice(country="COD"), "jsonl", Protection(), out)
    assert about.filters == {"country": "COD"}
    assert "country COD" in about.citation
    assert msgspec.json.decode(msgspec.json.encode(about))["rows"] == 0


def test_a_record_from_before_there_were_groups_is_grouped(tmp_path: Path) -> None:
    path = str(tmp_path / "record.sqlite")
    with Record(path) as record:
        record.keep([entry(f"{REPORT} {OTHER}", 1, title="Near Goma"), entry(REPORT + OTHER, 2, title="At Goma")])
        assert groups_in(record).syndicated == ()
    assert run("regroup", "--record", path).exit_code == 0
    with Record(path) as record:
        assert groups_in(record).syndicated == (("1", "2"),)
