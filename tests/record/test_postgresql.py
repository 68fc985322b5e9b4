"""The record on PostgreSQL: what it keeps, finds, erases, reads anew, and two writers at once.

Runs where the environment variable FORESHOCK_TEST_POSTGRESQL gives the address of a database that may be written to,
as postgresql://user@host/database; each test has a schema of its own in it. Skips, by name, elsewhere.
"""

import concurrent.futures
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from foreshock.corroborate import events
from foreshock.corroborate.events_list import Wanted, list_events
from foreshock.corroborate.syndication import Syndication
from foreshock.exchange.groups import groups_in
from foreshock.exchange.take_in import imports_in, take_in
from foreshock.model.occurrence import Occurrence
from foreshock.record.erasure import erase
from foreshock.record.query import Filter, count_by, count_statements, find_statements, statements_of
from foreshock.record.reread import Difference, replace_readings
from foreshock.record.store import Record
from foreshock.record.verify import verify
from tests.corroborate.made import other_reports, raid_reports
from tests.record.samples import entry

VARIABLE = "FORESHOCK_TEST_POSTGRESQL"


@pytest.fixture
def address() -> Iterator[str]:
    """The address of an empty schema, which is dropped afterwards."""
    given = os.environ.get(VARIABLE)
    if not given:
        pytest.skip(f"needs a PostgreSQL database, named by {VARIABLE}")
    url, schema = make_url(given).set(drivername="postgresql+psycopg"), f"foreshock_{uuid.uuid4().hex[:12]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    made = url.set(drivername="postgresql", query={"options": f"-csearch_path={schema}"})
    yield made.render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def record(address: str) -> Iterator[Record]:
    with Record(address) as made:
        yield made


def test_what_is_kept_is_found_by_words_phrases_and_filters(record: Record) -> None:
    one, two = entry("Ann said soldiers fled the barracks of 100% iron.", 0), entry("Bob says the front will hold.", 1)
    record.keep([one, two])
    assert one.reading is not None
    assert statements_of(record, one.document.id) == list(one.reading.statements)
    for words, number in (("fled BARRACKS", 1), ('"fled the barracks"', 1), ('"barracks fled"', 0), ("%", 1), ("_", 0)):
        assert count_statements(record, Filter(clause_words=words)) == number, words
        assert len(find_statements(record, Filter(clause_words=words), 10)) == number, words
    assert [hit.statement.kind for hit in find_statements(record, Filter(words="hold", kind="forecast"), 10)] == [
        "forecast"
    ]
    assert count_by(record, Filter(mechanism="defection", place="Goma"), "kind") == {"report": 1}
    assert list(verify(record)) == []


def test_a_newer_reading_and_an_erasure_leave_a_sound_record(record: Record) -> None:
    one, two = entry("Ann said soldiers fled the barracks, and will stay.", 0), entry("Bob says all will hold.", 1)
    record.keep([one, two])
    assert one.reading is not None
    newer = msgspec.structs.replace(one.reading, model="newer", statements=one.reading.statements[:1])
    assert replace_readings(record, [newer]) == Difference(documents=1, same=1, gone=1)
    assert list(verify(record)) == []
    assert not erase(record, one.document.id, "test", "test").scrubbed
    assert record.sizes() == {"captures": 1, "documents": 1, "statements": 1}
    assert record.keep([one]).erased == [one]
    assert list(verify(record)) == []


def test_copies_and_events_are_those_that_sqlite_gives(record: Record, tmp_path: Path) -> None:
    found = [*raid_reports(), *other_reports()]
    seen = []
    with Record(f"{tmp_path}/record.sqlite") as other:
        for one in (record, other):
            one.keep(found, then=Syndication().take)
            events.update(one, [made.document.id for made in found])
            with one.begin() as connection:
                seen.append([(row.id, row.independent, row.title) for row in list_events(connection, Wanted())])
            groups = groups_in(one)
            seen[-1].append((groups.same_event, groups.syndicated, groups.documents))
    assert seen[0] == seen[1]


def test_two_writers_at_once_write_everything_once_and_one_log(address: str) -> None:
    Record(address).close()
    entries = [entry(f"Person {number} said soldiers fled.", number) for number in range(25)]

    def run(_: int) -> int:
        with Record(address) as record:
            return sum(len(record.keep(entries[at : at + 5]).documents) for at in range(0, 25, 5))

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(run, range(2))) == 25
    with Record(address, create=False) as record:
        assert record.sizes()["documents"] == 25
        assert list(verify(record)) == []


def test_imports_are_kept_and_replaced(record: Record) -> None:
    rows = [Occurrence(dataset="ucdp", id=str(number)) for number in range(3)]
    take_in(record, rows, "test", "ucdp")
    take_in(record, [msgspec.structs.replace(rows[0], deleted=True)], "test", "ucdp")
    assert [one.id for one in imports_in(record, "ucdp")] == ["1", "2"]
