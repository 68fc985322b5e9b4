"""Serving: for some seconds, not on a port that another holds, and under no name that another gave it."""

import http.client
import socket
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from foreshock.desk.app import create_app
from foreshock.desk.hosts import address_at, names_of
from foreshock.desk.serve import serve
from foreshock.errors import RecordError, RunError, UsageError
from foreshock.record.store import Record
from tests.record.samples import new_record


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_serves_for_the_seconds_asked_and_ends_well(tmp_path: Path) -> None:
    new_record(tmp_path / "record.sqlite").close()
    told: list[str] = []
    port = free_port()
    assert serve(str(tmp_path / "record.sqlite"), port=port, seconds=1.0, ready=told.append) == 0
    assert told == [f"http://127.0.0.1:{port}"]


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    new_record(tmp_path / "record.sqlite").close()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(RunError, match="is the port taken"):
            serve(str(tmp_path / "record.sqlite"), port=taken.getsockname()[1], seconds=1)


@pytest.mark.parametrize("host", ["nosuch.host.invalid", "a..b"])
def test_a_host_that_is_not_known_is_not_taken_for_a_taken_port(tmp_path: Path, host: str) -> None:
    new_record(tmp_path / "record.sqlite").close()
    with pytest.raises(UsageError, match="no name known here"):
        serve(str(tmp_path / "record.sqlite"), host=host, port=free_port(), seconds=1)


def test_what_is_no_record_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_text("no database, and long enough to be seen as none" * 40)
    with pytest.raises(RecordError):
        serve(str(tmp_path / "record.sqlite"), seconds=0.1)


def test_a_record_that_is_not_there_is_not_made_by_serving_it(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no record there"):
        serve(str(tmp_path / "mistyped.sqlite"), seconds=0.1)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("called", "status"),
    [
        ("127.0.0.1:8000", 200), ("[::1]:8000", 200), ("localhost:8000", 200), ("LocalHost", 200),
        ("192.168.1.7:8000", 200), (socket.gethostname(), 200), ("desk.example.org:8000", 200),
        ("xn--frh-ioa.example:8000", 200),
        ("elsewhere.example:8000", 400), ("127.0.0.1.elsewhere.example", 400), ("localhost.elsewhere.example", 400),
        ("[::1", 400), ("", 400),
    ],
)  # fmt: skip
def test_the_desk_answers_to_no_name_that_a_stranger_let_lead_to_it(record: Record, called: str, status: int) -> None:
    names = names_of("0.0.0.0", ["Desk.example.org", "früh.example."])
    with TestClient(create_app(record, names)) as client:
        answer = client.get("/documents.json", headers={"Host": called})
        assert answer.status_code == status
        assert ("--allow-host" in answer.text) == (status == 400)
        assert client.get("/static/desk.css", headers={"Host": called}).status_code == status


@pytest.mark.parametrize("name", ["desk.example:8000", "http://desk.example", "desk example", ""])
def test_a_name_that_nothing_is_ever_called_by_is_refused(tmp_path: Path, name: str) -> None:
    new_record(tmp_path / "record.sqlite").close()
    with pytest.raises(UsageError, match="no name alone"):
        serve(str(tmp_path / "record.sqlite"), port=free_port(), seconds=0.1, allowed=[name])


@pytest.mark.parametrize(
    ("host", "told"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000"), ("desk", "http://desk:8000")],
)
def test_the_address_told_is_one_that_a_browser_takes(host: str, told: str) -> None:
    assert address_at(host, 8000) == told and urlsplit(told).port == 8000


def test_a_desk_served_to_a_whole_network_knows_its_names(tmp_path: Path) -> None:
    new_record(tmp_path / "record.sqlite").close()
    port = free_port()
    answers: dict[str, int] = {}

    def ask() -> None:
        for name in ("elsewhere.example", "desk.example", "127.0.0.1"):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/documents.json", headers={"Host": name})
            answers[name] = connection.getresponse().status
            connection.close()

    asking = threading.Thread(target=ask)
    serve(str(tmp_path / "record.sqlite"), "0.0.0.0", port, 2.0, lambda _: asking.start(), ["desk.example"])
    asking.join()
    assert answers == {"elsewhere.example": 400, "desk.example": 200, "127.0.0.1": 200}
