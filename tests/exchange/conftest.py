"""Records to export from, and exporting as a user does."""

import dataclasses
import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from foreshock.cli import main
from foreshock.model.entry import Entry
from foreshock.model.vocabulary import EventType, Kind
from foreshock.record.store import Record
from tests.record.samples import entry

SOLDIER = "Ann said Aru Belo and his brother fled Oluko hamlet with the Zarad Guard for the rebels, soldier {}."
LOOTED = "Men looted a shop in Kivunda, and in Kivunda soldier Aru Belo fled, the trader Onno Teb said."
HAPPENED = "Gunmen stormed the market and traders fled before the gunmen through Goma, a police officer said."


def run(*words: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, list(words), env=env)


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


def typed(text: str, number: int, **changes: object) -> Entry:
    """An entry of one typed statement about an attack in North Kivu, which is a report unless `changes` says else."""
    made = entry(text, number)
    assert made.reading is not None
    told = {"kind": Kind.REPORT, "type": EventType.ASSAULT, "mode": None, "contexts": (), "likelihood": None, **changes}
    first = msgspec.structs.replace(made.reading.statements[0], **told)
    return dataclasses.replace(made, reading=msgspec.structs.replace(made.reading, statements=(first,)))
