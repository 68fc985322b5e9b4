"""The registry's files, what is made of them, and a user's own file."""

import datetime
import time
from pathlib import Path

import pytest

from foreshock.actors import build, compiled, resolve
from foreshock.actors.context import Context
from foreshock.errors import ItemError, MalformedItem, ModelError
from train import actors as compiler

ENTRY = """
- id: sdn-nile-shield
  name: Nile Shield Front
  kind: armed_group
  country: SDN
  sector: REB
  aliases: [NSF, Nile Shield]
  parent: {parent}
  since: {since}
  until: 2024-05
  basis: a group made up for a test
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_registry_is_made_from_the_files_beside_it() -> None:
    assert compiled.read().source == compiler.source(), "out of date: run python -m train.actors"


@pytest.mark.slow
def test_the_shipped_files_hold_no_mistake() -> None:
    entries, problems = build.read_files(sorted(compiler.FOLDER.glob("*.yaml")))
    assert [str(problem) for problem in problems] == []
    broken = build.broken_references(entries, resolve.shipped().by_id)
    assert [str(problem) for problem in broken] == []


def test_every_state_has_its_organs() -> None:
    ids = resolve.shipped().by_id
    for state in ("sdn", "rus", "ukr", "fji", "kgz", "cod", "xkx", "pse", "twn"):
        for organ in ("government", "armed-forces", "police", "parliament"):
            assert f"{state}-{organ}" in ids


@pytest.mark.parametrize(
    ("mention", "date", "name"),
    [
        ("Iran's supreme leader", datetime.date(2026, 2, 20), "Ali Khamenei"),
        ("Iran's supreme leader", datetime.date(2026, 3, 20), "Mojtaba Khamenei"),
        ("the Hungarian prime minister", datetime.date(2026, 6, 1), "Péter Magyar"),
        ("the Bangladeshi prime minister", datetime.date(2026, 3, 1), "Tarique Rahman"),
        ("the Yemeni prime minister", datetime.date(2026, 2, 1), "Shaya Mohsen al-Zindani"),
        ("the Trinidadian prime minister", datetime.date(2025, 4, 1), "Stuart Young"),
        ("the Honduran president", datetime.date(2026, 2, 15), "Nasry Asfura"),
        ("the Togolese president", datetime.date(2025, 6, 1), "Jean-Lucien Savi de Tové"),
        ("the Israeli foreign minister", datetime.date(2014, 6, 1), "Avigdor Lieberman"),
        ("the Somali prime minister", datetime.date(2013, 6, 1), "Abdi Farah Shirdon"),
        ("the Malian prime minister", datetime.date(2018, 6, 1), "Soumeylou Boubèye Maïga"),
        ("the Burkinabe prime minister", datetime.date(2023, 6, 1), "Apollinaire Joachim Kyélem de Tambèla"),
        ("the Egyptian prime minister", datetime.date(2012, 10, 1), "Hesham Qandil"),
        ("Sudan's leader", datetime.date(2023, 6, 1), "Abdel Fattah al-Burhan"),
        ("the Sudanese head of state", datetime.date(2023, 6, 1), "Abdel Fattah al-Burhan"),
        ("Yemen's leader", datetime.date(2023, 6, 1), "Rashad al-Alimi"),
        ("the Pakistani interior minister", datetime.date(2022, 10, 1), "Rana Sanaullah"),
    ],
)
def test_an_office_is_held_by_whoever_held_it_then(mention: str, date: datetime.date, name: str) -> None:
    match = resolve.shipped().resolve(mention, Context(date=date))
    assert match is not None and match.actor.name == name


def test_nobody_holds_an_office_after_the_next_one_does() -> None:
    for actor in resolve.shipped().actors:
        for one, after in zip(actor.holders, actor.holders[1:], strict=False):
            assert one.until is not None, f"{actor.id}: {one.name} has no end"
            assert after.since is not None and one.until[:7] <= after.since, f"{actor.id}: {one.name}"


@pytest.mark.slow
def test_the_registry_loads_before_a_reader_notices() -> None:
    fastest = min(_seconds_to_load() for _ in range(5))
    assert fastest < 0.06, f"{fastest * 1000:.0f} ms"


def _seconds_to_load() -> float:
    began = time.process_time()
    compiled.read()
    return time.process_time() - began


def test_a_users_file_extends_the_registry(tmp_path: Path) -> None:
    own = written(tmp_path, ENTRY.format(parent="sdn-rapid-support-forces", since=2022))
    registry = resolve.load(own)
    match = registry.resolve("Nile Sheild Front", Context(country="SDN", date=datetime.date(2023, 6, 1)))
    assert match is not None and match.actor.id == "sdn-nile-shield"
    president = registry.resolve("the Russian president", Context(date=datetime.date(2023, 6, 1)))
    assert president is not None and president.actor.name == "Vladimir Putin"


def test_a_country_in_brackets_keeps_a_users_entry_to_its_country(tmp_path: Path) -> None:
    entry = ENTRY.format(parent="null", since=2022).replace("Nile Shield Front", "Homeland Guard (Sudan)")
    registry = resolve.load(written(tmp_path, entry))
    at_home, abroad = (registry.resolve("the Homeland Guard", Context(country=code)) for code in ("SDN", "TCD"))
    assert at_home is not None and at_home.actor.id == "sdn-nile-shield"
    assert abroad is not None and abroad.is_new


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ENTRY.format(parent="sdn-nobody", since=2022), "parent names sdn-nobody"),
        (ENTRY.format(parent="null", since=2025), "begins"),
        (ENTRY.format(parent="null", since="'May 2022'"), "May 2022"),
        (ENTRY.format(parent="null", since=2022).replace("REB", "XYZ"), "XYZ"),
        (ENTRY.format(parent="null", since=2022).replace("armed_group", "gang"), "kind"),
        (ENTRY.format(parent="null", since=2022) + ENTRY.format(parent="null", since=2022), "own.yaml too"),
        ("- id: [", "own.yaml"),
        ("name: no list", "not a list"),
    ],
)
def test_a_mistake_names_its_file_and_entry(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ItemError, match=r"own\.yaml") as caught:
        resolve.load(written(tmp_path, text))
    assert says in str(caught.value)
    if isinstance(caught.value, MalformedItem) and "list" not in says:
        assert "sdn-nile-shield" in str(caught.value)


def test_a_missing_registry_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall"):
        compiled.read(tmp_path / "actors.json")
