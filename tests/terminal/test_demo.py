"""The demonstration: says where its record is and what is left to do, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from foreshock.cli import main
from foreshock.record.store import Record
from tests.record.samples import entry


def demo(folder: Path, *words: str) -> str:
    """What the demonstration says that is stopped at once, with `folder` for what lasts no longer than it."""
    command = [sys.executable, "-m", "foreshock", "demo", "--seconds", "0.1", "--port", "8797", *words]
    done = subprocess.run(
        command, env={**os.environ, "TMPDIR": str(folder)}, capture_output=True, text=True, check=True, timeout=300
    )
    return done.stdout


@pytest.mark.slow
def test_the_record_is_named_with_what_proposes_outcomes_and_goes_with_the_desk(tmp_path: Path) -> None:
    told = demo(tmp_path)
    named = next(line for line in told.splitlines() if line.startswith("The record is "))
    assert f"{tmp_path}/foreshock-demo-" in named and "it goes when the desk is stopped" in named
    assert "foreshock ledger resolve --record " in told
    assert list(tmp_path.glob("foreshock-demo-*")) == []


@pytest.mark.slow
def test_a_record_that_is_named_stays(tmp_path: Path) -> None:
    record = tmp_path / "mine.sqlite"
    assert f"The record is {record}." in demo(tmp_path, "--record", str(record))
    assert record.exists()
    assert f"The record is {record}." in demo(tmp_path, "--record", str(record))


def test_a_record_that_holds_other_documents_is_left_as_it_is(tmp_path: Path) -> None:
    path = str(tmp_path / "mine.sqlite")
    with Record(path) as record:
        record.keep([entry("Ann said 30 soldiers fled the barracks.")])
    done = CliRunner().invoke(main, ["demo", "--record", path, "--seconds", "0.1"])
    assert done.exit_code == 2 and "holds documents of its own" in done.output
    with Record(path) as record:
        assert record.sizes()["documents"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP])
def test_one_that_is_told_to_end_takes_its_record_along(tmp_path: Path, told: signal.Signals) -> None:
    command = [sys.executable, "-m", "foreshock", "demo", "--port", "8797"]
    before = signal.signal(told, signal.SIG_DFL)  # under nohup it is ignored, and would be by whatever is started, too
    with subprocess.Popen(
        command, env={**os.environ, "TMPDIR": str(tmp_path)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        signal.signal(told, before)
        while not list(tmp_path.glob("foreshock-demo-*/record.sqlite")):
            assert run.poll() is None
        run.send_signal(told)
        run.communicate(timeout=300)
    assert run.returncode == -told, "whoever told it so sees that it did"
    assert list(tmp_path.iterdir()) == []
