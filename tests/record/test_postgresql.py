"""The record on PostgreSQL: what it keeps, finds, erases, reads anew, and two writers at once.

Runs where the environment variable FORESHOCK_TEST_POSTGRESQL gives the address of a database that may be written to,
as postgresql://user@host/database; each test has a schema of its own in it. Skips, by name, elsewhere.
"""

import concurrent.futures
import datetime
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, create_engine, insert, text, update
from sqlalchemy.engine import make_url

from foreshock.corroborate.copies.syndication import Syndication
from foreshock.corroborate.events import events
from foreshock.corroborate.views.lists import Wanted, list_events
from foreshock.errors import RecordError, UnwritableRecord
from foreshock.exchange.groups import groups_in
from foreshock.exchange.take_in import every_import, take_in
from foreshock.ledger.book import Book
from foreshock.ledger.taking import count_unseen, unseen
from foreshock.model.alert import Action, Scope
from foreshock.model.occurrence import Occurrence
from foreshock.record.erasure import erase
from foreshock.record.query import Filter, count_by, count_statements, find_statements, statements_of
from foreshock.record.reread import Difference, replace_readings
from foreshock.record.store import Kept, Record
from foreshock.record.verify import verify
from foreshock.record.watch_tables import watch_alerts, watch_decisions
from foreshock.watch.decided import decide
from foreshock.watch.deliveries import UNSURE, deliveries_of, put_off, send_again
from foreshock.watch.store import count_alerts
from tests.corroborate.made import other_reports, raid_reports
from tests.ledger.conftest import forecast
from tests.record.samples import entry

VARIABLE = "FORESHOCK_TEST_POSTGRESQL"
RAISED = {
    "id": "0" * 16, "rule": "coup:unrest", "board": "coup", "country": "SDN", "period": datetime.date(2023, 2, 1),
    "state": "alarm", "raised_at": datetime.datetime(2023, 3, 5, 12, tzinfo=datetime.UTC), "body": "{}",
}  # fmt: skip


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
    assert [
        hit.statement.kind for hit in find_statements(record, Filter(clause_words="hold", kind="forecast"), 10)
    ] == ["forecast"]
    assert count_by(record, Filter(mechanism="defection"), "kind") == {"report": 1}
    assert count_by(record, Filter(mechanism="defection", place="Goma"), "kind") == {}  # it is told by region
    assert count_by(record, Filter(mechanism="defection", place="Nord Kivu"), "kind") == {"report": 1}
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


def test_the_ledger_takes_what_is_new_and_leaves_what_was_erased_meanwhile(record: Record) -> None:
    record.keep([forecast().entry()])
    assert Book(record).update_where_writable().documents == 0
    assert len(Book(record).entries()) == 2
    with record.begin() as connection:
        assert unseen(connection) == [] and count_unseen(connection) == 0


def test_what_was_raised_while_a_mute_held_stays_muted(record: Record) -> None:
    with record.begin(writing=True) as connection:
        connection.execute(insert(watch_alerts), RAISED)
    everything = Scope(country="SDN")
    decide(record, Action.MUTE, "Amal", "known", scope=everything, until=datetime.date(2023, 4, 30))
    with record.begin(writing=True) as connection:
        connection.execute(update(watch_decisions).values(at=RAISED["raised_at"]))
    assert count_alerts(record) == {"muted": 1}
    put_off(record, "a channel", [str(RAISED["id"])], UNSURE, "a test")
    assert send_again(record, str(RAISED["id"]), "Amal") == 1
    assert [one.state for one in deliveries_of(record, str(RAISED["id"]))] == ["failed"]


def test_imports_are_kept_and_replaced(record: Record) -> None:
    rows = [Occurrence(dataset="ucdp", id=str(number)) for number in range(3)]
    take_in(record, rows, "test", "ucdp")
    take_in(record, [msgspec.structs.replace(rows[0], deleted=True)], "test", "ucdp")
    assert {one.id for one in every_import(record, "ucdp", None)} == {"1", "2"}


def test_a_writer_waits_for_another_as_long_as_it_is_told_to(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("foreshock.record.address.IMPATIENCE", 0.05)
    with Record(address) as first, Record(address, patience=0.3) as second:
        with first.begin(writing=True), pytest.raises(UnwritableRecord, match="locked by another program"):
            second.keep([entry("Bob says the front will hold.", 1)])
        assert [said.getMessage().split(": ")[-1] for said in caplog.records] == [
            "another program writes to the record; waiting for it"
        ]
        second.keep([entry("Bob says the front will hold.", 1)])
        assert second.sizes()["documents"] == 1


def test_connections_that_the_server_ended_meanwhile_are_made_anew(address: str) -> None:
    with Record(address) as record, Record(address) as other:
        record.keep([entry("Ann said 30 soldiers fled the barracks.")])
        with record.begin() as connection:
            held = connection.scalar(text("SELECT pg_backend_pid()"))
        with other.begin() as connection:
            assert connection.scalar(text(f"SELECT pg_terminate_backend({held})"))
        record.keep([entry("Ann said 40 soldiers fled the barracks.", 1)])
        assert record.sizes()["documents"] == 2


def test_a_connection_that_ends_in_the_middle_leaves_nothing_of_what_was_begun_and_is_told(address: str) -> None:
    with Record(address) as record:

        def cut(connection: Connection, _: Kept) -> None:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

        with pytest.raises(RecordError, match=r"the connection to the database ended .*; try again when it answers"):
            record.keep([entry("Ann said 30 soldiers fled the barracks.")], then=cut)
        assert record.sizes()["documents"] == 0
        record.keep([entry("Ann said 30 soldiers fled the barracks.")])
        assert not list(verify(record))


def test_a_database_that_is_gone_from_the_net_is_waited_for_no_longer_than_the_address_says(address: str) -> None:
    for more, seconds in (("", "30"), ("&keepalives_idle=7", "7")):
        with Record(address + more) as record, record.begin() as connection:
            held = connection.connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
            assert (held["keepalives_idle"], held["tcp_user_timeout"]) == (seconds, "90000")
