"""Who reads is not told of: not by what the program's libraries send, nor by what they leave to be sent."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_a_reading_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    home, text = tmp_path / "home", tmp_path / "report.txt"
    home.mkdir()
    text.write_text("The army said on Monday that rebels had attacked a police station in Garada, killing five.\n")
    places = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    run = [sys.executable, "-m", "foreshock", "read", str(text), "--format", "jsonl"]
    done = subprocess.run(run, env={**places, "HOME": str(home)}, capture_output=True, text=True, check=True)
    assert "attacked" in done.stdout
    assert [str(one) for one in home.rglob("*") if one.is_file()] == []
