"""An index from 64-bit hashes to texts, kept in the record: sorted runs in pages, merged as they grow in number.

A log-structured merge tree in one table: an addition is one small run, eight runs of a level become one of the
next, so a hash is moved some seven times on its way to a million texts; a look-up reads the pages whose range it
falls in and bisects them.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, select

from foreshock.record.syndication_tables import syndication_runs as runs

FAN: Final = 8
"""Runs of a level that are merged into one of the next."""
PAGE: Final = 32_768
"""Postings in a page, 12 bytes each."""
CACHED: Final = 2_000
"""Pages kept in memory: 0.8 GB at most."""

Hashes = NDArray[np.int64]
Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class _Page:
    """A page as listed. All of it names the page in memory: another program may have put another in its place."""

    run: int
    page: int
    level: int
    least: int
    greatest: int
    size: int


class Index:
    """The postings of one kind. Every method works in the transaction it is given."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._cache: dict[_Page, tuple[Hashes, Numbers]] = {}

    def find(self, connection: Connection, wanted: Hashes) -> tuple[Hashes, Numbers]:
        """All postings of `wanted` hashes, which are ascending and without repetition."""
        hashes: list[Hashes] = []
        numbers: list[Numbers] = []
        for page in self._pages(connection):
            low, high = np.searchsorted(wanted, page.least), np.searchsorted(wanted, page.greatest, "right")
            if low == high:
                continue
            keys, texts = self._read(connection, page)
            asked = wanted[low:high]
            begins, ends = np.searchsorted(keys, asked), np.searchsorted(keys, asked, "right")
            lengths = ends - begins
            total = int(lengths.sum())
            if total:
                at = np.repeat(begins - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(total)
                hashes.append(keys[at])
                numbers.append(texts[at])
        if not hashes:
            return np.empty(0, np.int64), np.empty(0, np.int32)
        return np.concatenate(hashes), np.concatenate(numbers)

    def add(self, connection: Connection, hashes: Hashes, numbers: Numbers) -> None:
        """Add postings, in any order; merges runs where a level is full."""
        if len(hashes):
            self._write(connection, hashes, numbers, 0)
            self._merge(connection)

    def clear(self, connection: Connection) -> None:
        """Forget every posting."""
        connection.execute(delete(runs).where(runs.c.kind == self.kind))
        self._cache.clear()

    def keep_only(self, connection: Connection, numbers: Numbers) -> None:
        """Forget the postings of all texts but these."""
        for page in self._pages(connection):
            keys, texts = self._read(connection, page)
            stays = np.isin(texts, numbers)
            if stays.all():
                continue
            where = (runs.c.kind == self.kind, runs.c.run == page.run, runs.c.page == page.page)
            self._cache.pop(page, None)
            if not stays.any():
                connection.execute(delete(runs).where(*where))
                continue
            packed = {"hashes": keys[stays].tobytes(), "numbers": texts[stays].tobytes()}
            connection.execute(runs.update().where(*where).values(**packed))

    def _pages(self, connection: Connection) -> list[_Page]:
        query = select(
            runs.c.run, runs.c.page, runs.c.level, runs.c.least, runs.c.greatest, func.length(runs.c.numbers)
        )
        rows = connection.execute(query.where(runs.c.kind == self.kind).order_by(runs.c.run, runs.c.page))
        return [_Page(*row) for row in rows]

    def _read(self, connection: Connection, page: _Page) -> tuple[Hashes, Numbers]:
        found = self._cache.get(page)
        if found is None:
            query = select(runs.c.hashes, runs.c.numbers).where(
                runs.c.kind == self.kind, runs.c.run == page.run, runs.c.page == page.page
            )
            packed = connection.execute(query).one()
            found = np.frombuffer(packed.hashes, np.int64), np.frombuffer(packed.numbers, np.int32)
            if len(self._cache) >= CACHED:
                self._cache.clear()
            self._cache[page] = found
        return found

    def _write(self, connection: Connection, hashes: Hashes, numbers: Numbers, level: int) -> None:
        order = np.argsort(hashes, kind="stable")
        hashes, numbers = hashes[order], numbers[order].astype(np.int32)
        run = (connection.scalar(select(func.max(runs.c.run)).where(runs.c.kind == self.kind)) or 0) + 1
        rows = []
        for page, at in enumerate(range(0, len(hashes), PAGE)):
            keys, texts = hashes[at : at + PAGE], numbers[at : at + PAGE]
            rows.append(
                {
                    "kind": self.kind, "run": run, "page": page, "level": level, "least": int(keys[0]),
                    "greatest": int(keys[-1]), "hashes": keys.tobytes(), "numbers": texts.tobytes(),
                }
            )  # fmt: skip
        connection.execute(insert(runs), rows)

    def _merge(self, connection: Connection) -> None:
        level = 0
        while True:
            pages = [page for page in self._pages(connection) if page.level == level]
            full = {page.run for page in pages}
            if len(full) < FAN:
                return
            parts = [self._read(connection, page) for page in pages]
            hashes, numbers = np.concatenate([keys for keys, _ in parts]), np.concatenate([texts for _, texts in parts])
            self._write(connection, hashes, numbers, level + 1)
            for page in pages:
                self._cache.pop(page, None)
            connection.execute(delete(runs).where(runs.c.kind == self.kind, runs.c.run.in_(full)))
            level += 1
