"""How long a search takes in a large record of made text: percentiles for each kind of query.

    python -m bench.search --statements 3000000

The words are made up and as frequent as words are (Zipf's law, fitted by Mandelbrot), so are actors, places and
sources; statements lie 75 to a document, as in the three sets of news pages. Filters are drawn as they occur, rare
ones as well as common ones. The record is made in a temporary folder with plain insertions; `--record` keeps it
at a path, and uses the one that is there.
"""

import argparse
import datetime
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from foreshock.model.vocabulary import CONTEXTS, MECHANISMS, EventType, Kind
from foreshock.record.query import Filter, find_statements
from foreshock.record.store import Record

SEED = 20231
A_DOCUMENT = 75
A_CLAUSE = 14
VOCABULARY, COUNTRIES, PLACES, ACTORS, SOURCES = 40_000, 60, 5_000, 20_000, 4_000
FIRST_DAY, DAYS = datetime.date(2015, 1, 1), 3650
KINDS = dict(zip(Kind, (0.62, 0.18, 0.08, 0.06, 0.06), strict=True))
PAGE = 50
LIMIT_MS = 100.0
SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]


def frequencies(number: int) -> np.ndarray:
    """Zipf–Mandelbrot shares of `number` items, the most frequent first."""
    shares = 1.0 / (np.arange(number) + 2.7)
    return np.asarray(np.cumsum(shares / shares.sum()))


class Maker:
    """Draws what statements are made of."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(SEED)
        names = random.Random(SEED)
        words = {"".join(names.choices(SYLLABLES, k=names.randint(1, 4))) for _ in range(3 * VOCABULARY)}
        self.words = np.array(sorted(words)[:: max(1, len(words) // VOCABULARY)][:VOCABULARY], dtype=object)
        self.random.shuffle(self.words)
        self.shares = {n: frequencies(n) for n in (len(self.words), COUNTRIES, PLACES, ACTORS, SOURCES, len(CONTEXTS))}

    def draw(self, number: int, size: int) -> np.ndarray:
        """`size` ranks below `number`, as frequent as their rank has it."""
        return np.asarray(np.searchsorted(self.shares[number], self.random.random(size)))

    def clauses(self, number: int) -> list[str]:
        """So many clauses."""
        drawn = self.words[self.draw(len(self.words), number * A_CLAUSE)].reshape(number, A_CLAUSE)
        return [" ".join(clause) for clause in drawn]

    def day(self) -> str:
        """When a document was published: mostly a day, sometimes a month, seldom unknown."""
        chance = self.random.random()
        day = (FIRST_DAY + datetime.timedelta(days=int(self.random.integers(DAYS)))).isoformat()
        return "" if chance < 0.01 else day[:7] if chance < 0.06 else day


def country(rank: int) -> str:
    """A made country's three letters."""
    return f"X{chr(65 + rank // 26)}{chr(65 + rank % 26)}"


def fill(path: Path, total: int) -> None:
    """A record of `total` made statements at `path`."""
    Record(str(path)).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        later = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'trigger' OR type = 'index' "
            "AND (name LIKE 'statement%'))"
        ).fetchall()
        for what, name, _ in later:
            connection.execute(f"DROP {what} {name}")
        connection.execute("BEGIN")
        maker = Maker()
        for number in range(-(-total // A_DOCUMENT)):
            _document(connection, maker, number)
        connection.execute("COMMIT")
        for what, _, sql in sorted(later):
            if what == "index":
                connection.execute(sql)
        connection.execute("INSERT INTO document_words(document_words) VALUES ('rebuild')")
        connection.execute(
            "INSERT INTO clause_words(rowid, text) SELECT number, json_extract(body, '$.text') FROM statements"
        )
        for what, _, sql in later:
            if what == "trigger":
                connection.execute(sql)


def _document(connection: sqlite3.Connection, maker: Maker, number: int) -> None:
    document, day = f"sha256:{number:064x}", maker.day()
    clauses = maker.clauses(A_DOCUMENT)
    connection.execute(
        "INSERT INTO documents (number, id, text, title, origin, published, crawl_month, notes, model, read_at) "
        "VALUES (?, ?, ?, ?, 'made', ?, ?, '[]', 'm', '2024-01-01 00:00:00')",
        (number + 1, document, ".\n".join(clauses), clauses[0], day if len(day) == 10 else None,
         day if len(day) == 7 else None),
    )  # fmt: skip
    rows = list(_statements(maker, number, document, day, clauses))
    connection.executemany(
        "INSERT INTO statements (number, id, document, start, day, kind, polarity, type, country, admin1, place, "
        "precision, time_to, body) VALUES (?, ?, ?, ?, ?, ?, 'positive', ?, ?, ?, ?, 'point', ?, ?)",
        rows,
    )
    ids = [row[1] for row in rows]
    contexts = {(ids[at // 2], CONTEXTS[rank]) for at, rank in enumerate(maker.draw(len(CONTEXTS), 2 * len(ids)))}
    connection.executemany("INSERT INTO statement_contexts VALUES (?, ?)", contexts)
    connection.executemany(
        "INSERT INTO statement_sources VALUES (?, 0, ?, NULL, 'person')",
        [(ids[2 * at], f"source {rank}") for at, rank in enumerate(maker.draw(SOURCES, len(ids) // 2))],
    )
    connection.executemany(
        "INSERT INTO statement_participants VALUES (?, ?, 0, ?, ?, ?, NULL, NULL)",
        [(ids[at // 2], ("actor", "recipient")[at % 2], f"the actor {rank}", f"Q{rank}", f"actor {rank}")
         for at, rank in enumerate(maker.draw(ACTORS, 2 * len(ids)))],
    )  # fmt: skip


def _statements(maker: Maker, number: int, document: str, day: str, clauses: list[str]) -> Iterator[tuple[object, ...]]:
    size = len(clauses)
    kinds = maker.random.choice([str(kind) for kind in KINDS], size, p=list(KINDS.values()))
    types = maker.random.choice([*map(str, EventType), ""], size, p=[0.55 / 16] * 16 + [0.45])
    lands, places = maker.draw(COUNTRIES, size), maker.draw(PLACES, size)
    start = 0
    for at, clause in enumerate(clauses):
        identity = f"{number * A_DOCUMENT + at:016x}"
        trigger = clause.partition(" ")[0]
        land, place = country(lands[at]), f"place {places[at]}"
        body = {
            "document": document, "id": identity, "start": start, "end": start + len(clause), "text": clause,
            "trigger": {"start": start, "end": start + len(trigger), "text": trigger}, "kind": str(kinds[at]),
            "type": str(types[at]) or None,
            "place": {"start": None, "end": None, "text": None, "name": place, "country": land},
        }  # fmt: skip
        yield (number * A_DOCUMENT + at + 1, identity, document, start, day, str(kinds[at]), str(types[at]) or None,
               land, f"region {places[at] % 20}", place, day if len(day) == 10 else None, json.dumps(body))  # fmt: skip
        start += len(clause) + 2


def queries(maker: Maker, some_clauses: list[str]) -> dict[str, Callable[[], Filter]]:
    """Kinds of query, each with what draws one."""
    ranks = random.Random(SEED)

    def word() -> str:
        return str(maker.words[int(len(maker.words) ** ranks.random()) - 1])  # any order of magnitude of frequency

    def phrase() -> str:
        words = ranks.choice(some_clauses).split()
        at = ranks.randrange(len(words) - 1)
        return f'"{words[at]} {words[at + 1]}"'

    def one(number: int) -> int:
        return int(maker.draw(number, 1)[0])

    def within(wanted: Filter) -> Filter:
        first = FIRST_DAY + datetime.timedelta(days=ranks.randrange(DAYS))
        return replace(wanted, since=first, until=first + datetime.timedelta(days=ranks.choice((7, 30, 365))))

    def mechanism() -> str:
        return ranks.choice(list(MECHANISMS))

    def kind() -> str:
        return str(ranks.choice(list(Kind)))

    return {
        "no filter": lambda: Filter(),
        "a word": lambda: Filter(clause_words=word()),
        "two words": lambda: Filter(clause_words=f"{word()} {word()}"),
        "a phrase": lambda: Filter(clause_words=phrase()),
        "kind": lambda: Filter(kind=kind()),
        "type": lambda: Filter(type=str(ranks.choice(list(EventType)))),
        "mechanism": lambda: Filter(mechanism=mechanism()),
        "country": lambda: Filter(country=country(one(COUNTRIES))),
        "place": lambda: Filter(place=f"place {one(PLACES)}"),
        "actor": lambda: Filter(actor=f"actor {one(ACTORS)}"),
        "source": lambda: Filter(source=f"source {one(SOURCES)}"),
        "time": lambda: within(Filter()),
        "kind, mechanism": lambda: Filter(kind=kind(), mechanism=mechanism()),
        "country, mechanism, time": lambda: within(Filter(country=country(one(COUNTRIES)), mechanism=mechanism())),
        "actor, type": lambda: Filter(actor=f"actor {one(ACTORS)}", type=str(ranks.choice(list(EventType)))),
        "word, country": lambda: Filter(clause_words=word(), country=country(one(COUNTRIES))),
        "word, kind, time": lambda: within(Filter(clause_words=word(), kind=kind())),
        "source, place": lambda: Filter(source=f"source {one(SOURCES)}", place=f"place {one(PLACES)}"),
    }


def told(name: str, walls: list[float], processor: list[float]) -> str:
    """One line of percentiles."""
    median, high = np.percentile(walls, (50, 95))
    busy = np.percentile(processor, 95)
    return f"{name:34} {median:8.1f} {high:8.1f} {max(walls):8.1f} {busy:10.1f}"


def measure(path: Path, each: int) -> Iterator[str]:
    """The percentiles, a line at a time; processor time stands beside, for a machine that has other work."""
    with Record(str(path), create=False) as record:
        sizes = record.sizes()
        held = f"{sizes['statements']:,} statements in {sizes['documents']:,} documents"
        yield f"{held}, {path.stat().st_size / 1e9:.1f} GB"
        some = [hit.statement.text for hit in find_statements(record, Filter(), 1000)]
        title = f"milliseconds for a page of {PAGE}"
        yield f"{title:34} {'median':>8} {'95th':>8} {'longest':>8} {'95th, CPU':>10}"
        every: tuple[list[float], list[float]] = ([], [])
        for name, draw in queries(Maker(), some).items():
            walls, processor = [], []
            for _ in range(each):
                wanted = draw()
                began, worked = time.perf_counter(), time.process_time()
                find_statements(record, wanted, PAGE)
                walls.append(1000 * (time.perf_counter() - began))
                processor.append(1000 * (time.process_time() - worked))
            every[0].extend(walls)
            every[1].extend(processor)
            yield told(name, walls, processor)
        yield told("all", *every)
        within = 100 * sum(milliseconds <= LIMIT_MS for milliseconds in every[0]) / len(every[0])
        yield f"within {LIMIT_MS:.0f} ms: {within:.1f} %"


def main() -> None:
    """Make the record where it is not there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=3_000_000)
    parser.add_argument("--queries", type=int, default=100, help="of each kind")
    parser.add_argument("--record", type=Path, help="where the record is kept, and looked for")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "record.sqlite"
        if not path.exists():
            began = time.perf_counter()
            fill(path, given.statements)
            sys.stdout.write(f"made in {time.perf_counter() - began:.0f} s\n")
        for line in measure(path, given.queries):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
