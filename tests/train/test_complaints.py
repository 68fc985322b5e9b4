"""What somebody reads who starts a command of `train` or `bench` without what it needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from foreshock.errors import RunError
from train.complaints import CHECKOUT, complaint


def test_a_bench_without_the_development_data_says_in_a_line_where_they_are_looked_for(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.verdicts", "--data", str(tmp_path)]
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT)}  # processes that were started before may have left it out
    done = subprocess.run(command, cwd=CHECKOUT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{tmp_path}/gold_dev/corroboration.json: no such file; the development data")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ModuleNotFoundError(name="torch"), "torch is not installed: python -m pip install --editable '.[train]'"),
        (ModuleNotFoundError(name="babel"), "babel is not installed: python -m pip install --editable '.[gazetteer]'"),
        (ModuleNotFoundError(name="foreshok"), None),
        (RunError("npm pack failed: no network"), "npm pack failed: no network"),
        (ValueError("a fault of the code"), None),
    ],
)
def test_what_a_person_can_mend_is_told_and_a_fault_of_the_code_is_not_hidden(
    error: Exception, told: str | None
) -> None:
    assert complaint(error) == told


def test_a_file_of_the_checkout_is_not_taken_for_development_data() -> None:
    missing = FileNotFoundError(2, "No such file or directory", str(CHECKOUT / "train" / "corpus" / "splits.json"))
    assert "development data" not in (complaint(missing) or "")
