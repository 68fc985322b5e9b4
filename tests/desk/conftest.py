"""A real record of hand-built readings, and the desk over it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from foreshock.desk.app import create_app
from foreshock.model.capture import Capture, Medium
from foreshock.model.document import Verdict
from foreshock.model.entry import Entry
from foreshock.model.statement import Reading
from foreshock.record.store import Record
from tests.desk.readings import raid_reading, shells_reading, sudan_reading


def _entry(reading: Reading) -> Entry:
    document = reading.document
    content = document.text.encode()
    capture = Capture(origin="by hand", content=content, sha256=document.capture, medium=Medium.TEXT)
    return Entry(capture, document, Verdict(label="usable", reason="read by hand"), reading)


@pytest.fixture
def record(record: Record) -> Record:
    """A record on disk with the three readings."""
    record.keep([_entry(reading) for reading in (raid_reading(), sudan_reading(), shells_reading())])
    return record


@pytest.fixture
def desk(record: Record) -> Iterator[TestClient]:
    """A client of the desk over that record."""
    with TestClient(create_app(record)) as client:
        yield client
