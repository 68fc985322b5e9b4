"""Adds a user's GeoNames dump to an index of their own: a copy of the shipped one, with the dump's places and names.

The same look-up code reads it. A load that is cut short goes on where it stopped, as long as it is given the same file;
until it is done, the index in use stays as it was.
"""

import shutil
import sqlite3
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import msgspec
import platformdirs

from foreshock.errors import RunError, UnreadableItem
from foreshock.places.dump import Dump, Row
from foreshock.places.gazetteer import SHIPPED, SOUNDING, Gazetteer, bones_of, filter_slots
from foreshock.places.names import key, script, worth_keeping

BATCH = 50_000
"""Lines of the dump between two points at which a load can be taken up again."""
WIDEST_FILTER = 28
"""Two to this power of bits is 32 MiB: 25 million names then pass one in thirty falsely."""
KEYS_A_BIT = 12
"""Bits of the filter for each name key, at least."""

Progress = Callable[[int, int], None]
"""Told how many bytes of how many were read."""


class Loaded(msgspec.Struct, frozen=True):
    """What came of a load: places taken, new ones, names added, lines left out for their shape, lines in all."""

    places: int
    fresh: int
    names: int
    wrong: int
    lines: int


def own_index() -> Path:
    """Where a user's own index lies, whether or not there is one."""
    return Path(platformdirs.user_data_dir("foreshock")) / "gazetteer.sqlite"


def in_use() -> Path:
    """The index that the program looks places up in: the user's own where there is one, else the shipped one."""
    own = own_index()
    return own if own.is_file() else SHIPPED


def load(path: Path, into: Path | None = None, progress: Progress | None = None) -> Loaded:
    """Read a dump into the index at `into` (the user's own by default), made from the shipped one where it is missing.

    Raises `UnreadableItem` where the dump is unfit, `ModelError` where the index to start from is, `RunError` where the
    disk is full or the file cannot be written. Either leaves the index in use as it was.
    """
    dump, target = Dump(path), into or own_index()
    working = target.with_suffix(".loading")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if working.exists() and _state(working).get("loading") != dump.fingerprint:
            working.unlink()
        if not working.exists():
            _journal(working).unlink(missing_ok=True)  # else what a killed load left would be undone in this one
            _begin(target if target.is_file() else SHIPPED, working, dump)
        with _Loader(working) as loader:
            loaded = loader.take(dump, progress)
        Gazetteer(working).country("UKR")  # opened once before it replaces what works
        working.replace(target)
    except UnreadableItem:
        working.unlink(missing_ok=True)
        _journal(working).unlink(missing_ok=True)
        raise
    except (OSError, sqlite3.Error) as error:
        if type(error) is sqlite3.DatabaseError:  # what was begun is damaged: the next load begins anew
            for left in parts(target)[1:]:
                left.unlink(missing_ok=True)
        raise RunError(f"{target}: the index cannot be written ({error}); see to the disk and load again") from error
    return loaded


def _journal(index: Path) -> Path:
    """Where SQLite keeps what it needs to undo a change of an index that was cut short."""
    return index.with_name(f"{index.name}-journal")


def parts(index: Path) -> tuple[Path, ...]:
    """The index with what a load that was cut short may have left beside it."""
    working, fresh = index.with_suffix(".loading"), index.with_suffix(".copying")
    return index, working, _journal(working), fresh, _journal(fresh)


def _begin(source: Path, working: Path, dump: Dump) -> None:
    """Copy an index to the working file and prepare it. Raises `ModelError` where the index is of another version."""
    Gazetteer(source).country("UKR")
    fresh = working.with_suffix(".copying")
    _journal(fresh).unlink(missing_ok=True)
    shutil.copyfile(source, fresh)
    connection = sqlite3.connect(fresh)
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS loaded (key TEXT NOT NULL, place INTEGER, grade INTEGER)")
        state = {"loading": dump.fingerprint, "lines": 0, "places": 0, "fresh": 0, "wrong": 0}
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(k, str(v)) for k, v in state.items()])
    connection.close()
    fresh.replace(working)


def _state(path: Path) -> dict[str, str]:
    """An index's own notes; empty where it cannot be read. What was cut short in the middle of a change is undone."""
    try:
        connection = sqlite3.connect(path)
        try:
            return dict(connection.execute("SELECT name, value FROM meta"))
        finally:
            connection.close()
    except sqlite3.Error:
        return {}


class _Loader:
    """Writes a dump's rows into a working index, batch by batch."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.state = {k: int(v) for k, v in self._meta().items() if k in {"lines", "places", "fresh", "wrong"}}
        homes = self.connection.execute("SELECT u.code, p.country FROM unit u JOIN place p ON p.id = u.place")
        self.alpha3: dict[str, str] = {code.split(".", 1)[0]: country for code, country in homes}
        known = self.connection.execute("SELECT geonameid, id FROM place WHERE geonameid IS NOT NULL")
        self.known: dict[int, int] = dict(known)
        self.sounds = bool(self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sound'").fetchone())
        self.units: dict[str, int] = dict(self.connection.execute("SELECT code, place FROM unit"))
        self.next = 1 + int(self.connection.execute("SELECT max(id) FROM place").fetchone()[0])

    def __enter__(self) -> "_Loader":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def _meta(self) -> dict[str, str]:
        return dict(self.connection.execute("SELECT name, value FROM meta"))

    def take(self, dump: Dump, progress: Progress | None) -> Loaded:
        """Take every row that earlier tries have not, then build what look-ups need."""
        before = self.state["wrong"]
        for row in dump.rows(skip=self.state["lines"]):
            if row is not None and row.country in self.alpha3:
                self._add(row)
            if dump.lines % BATCH == 0:
                self._commit(dump, before)
                if progress:
                    progress(dump.read, dump.size)
        self._commit(dump, before)
        if progress:
            progress(dump.size, dump.size)
        return self._finish(dump)

    def _commit(self, dump: Dump, wrong_before: int) -> None:
        self.state |= {"lines": dump.lines, "wrong": wrong_before + dump.wrong}
        rows = [(name, str(value)) for name, value in self.state.items()]
        self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
        self.connection.commit()

    def _add(self, row: Row) -> None:
        place = self.known.get(row.geonameid)
        if place is None:
            place = self._insert(row)
        self.state["places"] += 1
        names = [(name, 3 if name == row.name else 2 if script(name) == "LATIN" else 1) for name in _names(row)]
        rows = [(name_key, place, grade) for name, grade in names if (name_key := key(name))]
        self.connection.executemany("INSERT INTO loaded VALUES (?, ?, ?)", rows)

    def _insert(self, row: Row) -> int:
        place, self.next = self.next, self.next + 1
        self.known[row.geonameid] = place
        self.state["fresh"] += 1
        values = (
            place, row.geonameid, row.name, int(row.kind), self.alpha3[row.country],
            row.admin1 if row.admin1 in self.units else None, row.admin2 if row.admin2 in self.units else None,
            row.lat, row.lon, row.population, 0, 0,
        )  # fmt: skip
        self.connection.execute(f"INSERT INTO place VALUES ({','.join('?' * len(values))})", values)
        if self.sounds and row.kind in SOUNDING and (bones := bones_of(key(row.name))):
            self.connection.execute("INSERT INTO sound VALUES (?, ?, ?)", (values[4], bones, place))
        return place

    def _finish(self, dump: Dump) -> Loaded:
        """Move the names in key order, which is many times faster than one by one, and rebuild the filter."""
        connection = self.connection
        before = connection.execute("SELECT count(*) FROM name").fetchone()[0]
        connection.execute(
            "INSERT OR IGNORE INTO name "
            "SELECT key, place, max(grade) FROM loaded GROUP BY key, place ORDER BY key, place"
        )
        after = connection.execute("SELECT count(*) FROM name").fetchone()[0]
        self._filter(after)
        connection.execute("DROP TABLE loaded")
        found = self._meta().get("loads", "")
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('loads', ?)", (f"{found}{dump.fingerprint}\n",))
        connection.execute("DELETE FROM meta WHERE name IN ('loading', 'lines', 'places', 'fresh', 'wrong')")
        connection.commit()
        state = self.state
        return Loaded(state["places"], state["fresh"], after - before, state["wrong"], state["lines"])

    def _filter(self, names: int) -> None:
        """Set the bits of the new names in the filter; make a wider one where names have become too many."""
        bits = bytearray(self.connection.execute("SELECT bits FROM filter").fetchone()[0])
        width, table = len(bits).bit_length() + 2, "loaded"
        if (wanted := min(WIDEST_FILTER, (KEYS_A_BIT * names).bit_length())) > width:
            bits, width, table = bytearray((1 << wanted) // 8), wanted, "name"
        for (name_key,) in self.connection.execute(f"SELECT DISTINCT key FROM {table}"):
            for slot in filter_slots(name_key, width):
                bits[slot >> 3] |= 1 << (slot & 7)
        self.connection.execute("UPDATE filter SET bits = ?", (bytes(bits),))


def _names(row: Row) -> list[str]:
    return list(dict.fromkeys(chain([row.name], filter(worth_keeping, row.others))))
