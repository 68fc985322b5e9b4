"""A record with alerts in it, and the desk over it."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from foreshock.desk.app import create_app
from foreshock.record.store import Record
from foreshock.watch.alerts import alerts_of
from foreshock.watch.boards import named_boards
from foreshock.watch.evaluate import Watch
from foreshock.watch.sightings import sightings
from foreshock.watch.store import keep_alerts, keep_standings
from tests.watch.samples import months, record_of, steady, surge


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Record]:
    """A year of calm and a month of mutinies and protests, evaluated and kept."""
    entries = steady(months("2022-01", 12)) + surge(datetime.date(2023, 1, 10), ["mutinied"] * 9 + ["protested"] * 9)
    with record_of(tmp_path, entries) as record:
        watch = Watch(sightings(record), named_boards(["coup", "forces-breaking"]))
        keep_standings(record, watch.at(watch.span.last).standings, ["coup", "forces-breaking"])
        keep_alerts(record, alerts_of(watch, watch.span.last))
        yield record


@pytest.fixture
def desk(watched: Record) -> Iterator[TestClient]:
    with TestClient(create_app(watched)) as client:
        yield client
