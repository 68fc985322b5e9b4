"""A user's own GeoNames dump: loaded into an index of their own, whole or cut short, honest or hostile."""

import random
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from foreshock.errors import UnreadableItem
from foreshock.places import loading
from foreshock.places.dump import Dump, kind_of
from foreshock.places.gazetteer import SHIPPED, Gazetteer, PlaceKind
from foreshock.places.locate import Locator

HAMLET = "Tawila Shallal"


def row(
    number: int, name: str, code: str = "P\tPPL", country: str = "SD", others: str = "", population: int = 40
) -> str:
    cells = [str(number), name, name, others, "13.51", "25.12", *code.split("\t"), country, "", "55", "", "", ""]
    return "\t".join([*cells, str(population), "", "700", "Africa/Khartoum", "2024-01-01"])


def dump_of(path: Path, lines: list[str], name: str = "SD.txt") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "".join(f"{line}\n" for line in lines))
    return path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, loading.Loaded]:
    folder = tmp_path_factory.mktemp("index")
    lines = [
        row(990000001, HAMLET, others="Шаллал,طويلة شلال,xyzzy lower"),
        row(990000002, "Wadi Nothing", "H\tWAD"),
        row(990000003, "Shop of Ali", "S\tRET"),
        row(990000004, "Not a row").replace("\t", ";"),
    ]
    index = folder / "own.sqlite"
    return index, loading.load(dump_of(folder / "SD.zip", lines), index)


def test_a_hamlet_of_the_dump_is_found_like_any_place(loaded: tuple[Path, loading.Loaded]) -> None:
    gazetteer = Gazetteer(loaded[0])
    text = f"Fighters burned {HAMLET} in North Darfur on Monday."
    start = text.index(HAMLET)
    place = Locator(gazetteer).locate(text, [(start, start + len(HAMLET))])[0].place
    assert (place.geonameid, place.country, place.lat) == (990000001, "SDN", 13.51)
    assert place.admin1 == gazetteer.admin1_name(gazetteer.find(HAMLET)[0].entry)
    assert [one.entry.geonameid for one in gazetteer.find("طويلة شلال")] == [990000001]
    assert not gazetteer.find("xyzzy lower")


def test_what_the_shipped_index_knows_is_still_there(loaded: tuple[Path, loading.Loaded]) -> None:
    assert [one.entry.id for one in Gazetteer(loaded[0]).find("Kramatorsk")] == [
        one.entry.id for one in Gazetteer().find("Kramatorsk")
    ]


def test_a_load_says_what_it_took_and_what_it_left(loaded: tuple[Path, loading.Loaded]) -> None:
    told = loaded[1]
    assert (told.places, told.fresh, told.wrong, told.lines) == (2, 2, 1, 4)
    assert Gazetteer(loaded[0]).facts()["loads"][0].startswith("SD.txt ")


def test_streets_and_shops_are_left_out() -> None:
    assert kind_of("S", "RET") is None and kind_of("R", "ST") is None and kind_of("P", "PPLQ") is None
    assert kind_of("P", "PPLA2") is PlaceKind.SETTLEMENT and kind_of("L", "MILB") is PlaceKind.SITE


def test_a_load_cut_short_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 10)
    dump = dump_of(tmp_path / "SD.zip", [row(990000100 + at, f"Hillat Umm {at}") for at in range(35)])
    index = tmp_path / "own.sqlite"

    def stop(read: int, size: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loading.load(dump, index, stop)
    assert not index.exists()
    told = loading.load(dump, index)
    assert (told.places, told.fresh, told.lines) == (35, 35, 35)
    assert len(Gazetteer(index).find("Hillat Umm 3")) == 1


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from foreshock.places import loading

class Killed(loading._Loader):
    left = 9000

    def __init__(self, path):
        super().__init__(path)
        self.connection.execute("PRAGMA cache_size = 20")  # pages; what is more goes to the disk at once

    def _add(self, row):
        Killed.left -= 1
        if not Killed.left:
            os.kill(os.getpid(), signal.SIGKILL)
        super()._add(row)

loading.BATCH, loading._Loader = 5000, Killed
loading.load(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("then", ["the same", "another"])
def test_a_load_that_was_killed_in_the_middle_of_a_change_breaks_no_later_one(tmp_path: Path, then: str) -> None:
    names = ["".join(random.Random(at).choices("abdefghiklmnorstu", k=9)).capitalize() for at in range(12_000)]
    dumps = {
        which: dump_of(tmp_path / f"{which}.zip", [row(first + at, name) for at, name in enumerate(names)])
        for which, first in (("the same", 990_100_000), ("another", 990_200_000))
    }
    index = tmp_path / "own.sqlite"
    killed = subprocess.run([sys.executable, "-c", KILLED_AT, dumps["the same"], index], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert any((tmp_path / "own.loading-journal").read_bytes()[:8]), "it was killed in the middle of a change"
    told = loading.load(dumps[then], index)
    assert (told.places, told.fresh, told.lines) == (12_000, 12_000, 12_000)
    with closing(sqlite3.connect(index)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        taken = connection.execute("SELECT min(geonameid), count(*) FROM place WHERE geonameid > 990000000").fetchone()
    assert taken == (990_100_000 if then == "the same" else 990_200_000, 12_000)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another.zip", "own.sqlite", "the same.zip"]


def test_a_second_dump_is_added_to_the_first(tmp_path: Path, loaded: tuple[Path, loading.Loaded]) -> None:
    index = tmp_path / "own.sqlite"
    index.write_bytes(loaded[0].read_bytes())
    loading.load(dump_of(tmp_path / "TD.zip", [row(990000200, "Hajar Ziyada", country="TD")], "TD.txt"), index)
    gazetteer = Gazetteer(index)
    assert gazetteer.find(HAMLET) and gazetteer.find("Hajar Ziyada")[0].entry.country == "TCD"


def test_a_file_of_another_shape_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    dump = dump_of(tmp_path / "SD.zip", ["a,b,c"] * 30)
    with pytest.raises(UnreadableItem, match="19 columns"):
        loading.load(dump, tmp_path / "own.sqlite")
    assert not list(tmp_path.glob("own.*"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    dump = dump_of(tmp_path / "SD.zip", ["0" * 1000] * 20_000)
    with pytest.raises(UnreadableItem, match="zip bomb"):
        Dump(dump)


def test_a_damaged_archive_is_named_as_such(tmp_path: Path) -> None:
    dump = dump_of(tmp_path / "SD.zip", [row(990000300 + at, f"Place {at * at}") for at in range(500)])
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 0xFF
    dump.write_bytes(bytes(content))
    with pytest.raises(UnreadableItem, match=r"damaged|ends early|columns"):
        loading.load(dump, tmp_path / "own.sqlite")


def test_no_zip_and_an_empty_zip_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"not a zip")
    with pytest.raises(UnreadableItem, match="no zip"):
        Dump(path)
    zipfile.ZipFile(path, "w").close()
    with pytest.raises(UnreadableItem, match="0 text files"):
        Dump(path)


def test_without_an_index_of_ones_own_the_shipped_one_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded: tuple[Path, loading.Loaded]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert loading.in_use() == SHIPPED
    loading.own_index().parent.mkdir(parents=True)
    loading.own_index().write_bytes(loaded[0].read_bytes())
    assert loading.in_use() == loading.own_index()
