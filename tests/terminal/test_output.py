"""Output that a terminal without Unicode, or a full disk, takes badly."""

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

TEXT = "The Bamako Café Union said that soldiers killed at least 12 people in “Kidal” on Monday – in Mali.\n"
ASCII = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
FULL = Path("/dev/full")


def foreshock(*arguments: str, **settings: object) -> "subprocess.CompletedProcess[bytes]":
    call = [sys.executable, "-m", "foreshock", *arguments]
    return subprocess.run(call, stderr=subprocess.PIPE, check=False, **settings)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.mark.slow
def test_a_terminal_without_unicode_is_shown_everything_in_plain_letters(text: str) -> None:
    done = foreshock("read", text, "--published", "2024-02-05", stdout=subprocess.PIPE, env=ASCII)
    shown = done.stdout.decode("ascii")
    assert done.returncode == 0 and not done.stderr
    assert "| report" in shown and "Cafe Union" in shown and '"Kidal"' in shown


@pytest.mark.slow
def test_json_is_utf_8_whatever_the_terminal_knows(text: str) -> None:
    done = foreshock("read", text, "--format", "jsonl", stdout=subprocess.PIPE, env=ASCII)
    told = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert any("Café" in source["text"] for one in told for source in one["sources"])


@pytest.mark.slow
@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_a_full_disk_is_told_in_one_line(text: str, form: str) -> None:
    with FULL.open("wb") as full:
        done = foreshock("read", text, "--published", "2024-02-05", "--format", form, stdout=full)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "foreshock: the output: cannot be written (No space left on device); make room, or write it elsewhere"
    ]


@pytest.mark.slow
def test_an_output_that_nobody_opened_is_told_in_one_line(text: str) -> None:
    done = foreshock("read", text, preexec_fn=lambda: os.close(1))
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "foreshock: the output: cannot be written (Bad file descriptor); make room, or write it elsewhere"
    ]


@pytest.mark.slow
def test_an_input_that_nobody_opened_holds_nothing(tmp_path: Path) -> None:
    done = foreshock("read", "-", stdout=subprocess.PIPE, preexec_fn=lambda: os.close(0))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().splitlines() == ["foreshock: standard input: the file is empty"]


@pytest.mark.slow
def test_a_system_that_has_no_more_files_to_give_is_told_in_one_line(text: str, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    inputs = [str(shutil.copy(text, tmp_path / f"{number}.txt")) for number in range(20)]
    few = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (10, 10))
    done = foreshock("add", *inputs, "--record", str(tmp_path / "r.sqlite"), "--workers", "4", preexec_fn=few)
    assert done.returncode == 1
    told = [line for line in done.stderr.decode().splitlines() if line.strip()]
    assert len(told) == 1 and "(Too many open files); end other programs" in told[0]
