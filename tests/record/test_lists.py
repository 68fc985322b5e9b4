"""Lists hold everything once, in their order; what comes or goes meanwhile shifts nothing, and no list reads texts."""

import dataclasses
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import event

from foreshock.corroborate.events import events
from foreshock.corroborate.views.lists import Wanted, count_events, events_named, list_events, names_of_events
from foreshock.model.entry import Entry
from foreshock.record.by_place import list_places
from foreshock.record.document_rows import every_document, list_documents
from foreshock.record.erasure import erase
from foreshock.record.query import Filter, count_by, count_names, count_statements
from foreshock.record.store import Record
from tests.corroborate.made import other_reports, raid_reports
from tests.record.samples import entry, new_record


def dated(number: int, day: datetime.date | None, month: str | None = None) -> Entry:
    """A document of a day, of a month in which it was crawled, or of neither."""
    made = entry(f"Ann said {number} soldiers fled.", number)
    document = msgspec.structs.replace(made.document, published=day, crawl_month=month)
    assert made.reading is not None
    return dataclasses.replace(
        made, document=document, reading=msgspec.structs.replace(made.reading, document=document)
    )


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    days = (datetime.date(2023, 2, 1), None, datetime.date(2023, 3, 1), None, datetime.date(2023, 2, 1))
    with new_record(tmp_path / "record.sqlite") as made:
        made.keep([dated(at, days[at % 5], "2023-02" if at % 5 == 1 else None) for at in range(11)])
        yield made


@pytest.mark.parametrize("size", [1, 4, 25])
def test_pages_are_the_list(record: Record, size: int) -> None:
    whole = list_documents(record)
    assert [one for page in every_document(record, size) for one in page] == whole
    assert len({one.id for one in whole}) == 11
    days = [str(one.published) if one.published else one.crawl_month for one in whole]
    known = [day for day in days if day]
    assert known == sorted(known, reverse=True)
    assert days[len(known) :] == [None, None]


def test_what_comes_or_goes_meanwhile_shifts_none(record: Record) -> None:
    whole = list_documents(record)
    read = every_document(record, 4)
    seen = next(read)
    record.keep([dated(20, datetime.date(2024, 1, 1))])
    erase(record, whole[5].id, "asked for", "Ann")
    assert [*seen, *(one for page in read for one in page)] == [*whole[:5], *whole[6:]]


def test_events_by_their_names_are_the_list(tmp_path: Path) -> None:
    with new_record(tmp_path / "events.sqlite") as record:
        record.keep([*raid_reports(), *other_reports()])
        events.catch_up(record)
        with record.begin() as connection:
            listed = list_events(connection, Wanted())
            names = names_of_events(connection, Wanted())
            assert [one.id for one in listed] == names
            assert len(names) == count_events(connection, Wanted()) > 1
            assert events_named(connection, [*names[::-1], "0" * 16]) == listed[::-1]


def test_counts_of_the_whole_record_follow_what_comes_and_goes(record: Record) -> None:
    def told() -> tuple[Any, ...]:
        names = [count_names(record, what) for what in ("actor", "source")]
        kinds, places = count_by(record, Filter(), "kind"), list_places(record, Filter())
        return *names, kinds, sum(one.statements for one in places), count_statements(record, Filter(kind="report"))

    before = told()
    assert told() == before
    more = entry("Ann said soldiers fled. Bob says the front will hold.", 25)
    record.keep([more])
    after = told()
    assert after[2:] != before[2:]
    assert after[4] == before[4] + count_statements(record, Filter(kind="report", document=more.document.id))
    erase(record, more.document.id, "asked for", "Ann")
    assert told() == before


def test_no_list_reads_texts_or_statements_whole(record: Record) -> None:
    scanned: list[str] = []

    def explain(connection: Any, _: Any, statement: str, parameters: Any, *__: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
        if statement.startswith("SELECT"):
            rows = connection.connection.dbapi_connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            scanned.extend(row[3] for row in rows if "SCAN" in row[3] and "COVERING" not in row[3])

    event.listen(record.engine, "before_cursor_execute", explain)
    list_documents(record)
    list_places(record, Filter())
    count_by(record, Filter(), "country")
    with record.begin() as connection:
        list_events(connection, Wanted())
    assert [one for one in scanned if "documents" in one or "statements" in one] == []
