"""The desk's pages of the watch as a client sees them: twins' rows, alerts, forms."""

import csv
import io
import re

from fastapi.testclient import TestClient

from foreshock.desk.app import create_app
from foreshock.record.store import Record
from foreshock.watch.evaluate import Watch
from foreshock.watch.store import alerts, keep_standings

BOARD = """id: east
name: Eastern garrisons
about: Whether they obey.
indicators:
  - {id: mutiny, name: Mutinies, why: it spreads, source: [by hand], query: {mode: [x-mutiny]}}
scenarios:
  - {id: split, name: They split, about: Sides are chosen., indicators: [mutiny]}
"""


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def alert_of(record: Record, board: str = "coup") -> str:
    return next(one.alert.id for one in alerts(record) if one.alert.board == board)


def hidden_of(desk: TestClient, identity: str, button: str) -> dict[str, str]:
    """The hidden fields of the first form with this button on the alert's page."""
    page = desk.get(f"/alerts/{identity}").text
    told = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'value="{button}"' in one)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', told))


def form(desk: TestClient, identity: str, **given: str) -> int:
    data = {**hidden_of(desk, identity, given["action"]), **given}
    return desk.post(f"/alerts/{identity}", data=data, follow_redirects=False).status_code


def desk_over(record: Record, watch: Watch) -> TestClient:
    """The desk over a record in which the newest period of a watch is kept."""
    keep_standings(record, watch.at(watch.span.last).standings, [one.id for one in watch.boards])
    return TestClient(create_app(record))
