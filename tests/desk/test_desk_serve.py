"""Serving: for some seconds, and not on a port that another holds."""

import socket
from pathlib import Path

import pytest

from foreshock.desk.serve import serve
from foreshock.errors import RecordError, RunError
from foreshock.record.store import Record


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_serves_for_the_seconds_asked_and_ends_well(tmp_path: Path) -> None:
    Record(str(tmp_path / "record.sqlite")).close()
    told: list[str] = []
    port = free_port()
    assert serve(str(tmp_path / "record.sqlite"), port=port, seconds=1.0, ready=told.append) == 0
    assert told == [f"http://127.0.0.1:{port}"]


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    Record(str(tmp_path / "record.sqlite")).close()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(RunError, match="is the port taken"):
            serve(str(tmp_path / "record.sqlite"), port=taken.getsockname()[1], seconds=1)


def test_what_is_no_record_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_text("no database, and long enough to be seen as none" * 40)
    with pytest.raises(RecordError):
        serve(str(tmp_path / "record.sqlite"), seconds=0.1)


def test_a_record_that_is_not_there_is_not_made_by_serving_it(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no record there"):
        serve(str(tmp_path / "mistyped.sqlite"), seconds=0.1)
    assert not list(tmp_path.iterdir())
