"""The demonstration: says where its record is and what is left to do, and leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


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
