"""Kill `foreshock add` with SIGKILL at random moments, then verify: nothing lost, nothing twice.

    python -m bench.killing --kills 50

Made rows are added by the command itself, with two reading processes; all of its processes are killed at once, at
a moment drawn anew each time: when the record has grown by so many captures, and so long after that. The same
command is then started again over what is left. After every kill the record
must verify. Where a run ends before it is killed, a fresh record is begun. In the end the command runs through, and
its record must hold what one that nobody killed holds, to the last statement.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from foreshock.errors import RecordError
from foreshock.record.store import Record
from foreshock.record.verify import Finding, verify

SEED = 20231
TEXT = (
    "Rebels of the M23 movement attacked an army position near Goma in North Kivu on Monday, killing at least {} "
    "soldiers, the governor of the province said. The army denied that the town had fallen. Thousands of civilians "
    "fled towards the border with Rwanda, according to the United Nations. Analysts warn that the fighting could "
    "spread to South Kivu."
)
GROWTH = (0, 0, 1, 1, 9, 17, 25)
"""By how many captures the record grows before a kill; 0 is a kill while the command starts."""
LATER_SECONDS = 0.5
TABLES = {
    "captures": "SELECT capture, document, verdict FROM captures ORDER BY 1",
    "documents": "SELECT id, text FROM documents ORDER BY 1",
    "statements": "SELECT id, document, body FROM statements ORDER BY 1",
    "originals": "SELECT sha256, content FROM originals ORDER BY 1",
}


@dataclass
class Outcome:
    """What came of it. `moments` counts the captures that were in the record at each kill."""

    kills: int = 0
    records: int = 0
    moments: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was lost, doubled or damaged."""
        return not self.findings and not self.lost


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a record holds, whatever the order in which it was written."""
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(query).fetchall() for name, query in TABLES.items()}


def held(path: Path) -> int:
    """How many captures the record at `path` holds; none where there is no record yet."""
    with contextlib.suppress(sqlite3.Error):
        if path.exists():
            with closing(sqlite3.connect(path)) as connection:
                return int(connection.execute("SELECT count(*) FROM captures").fetchone()[0])
    return 0


def findings(path: Path) -> Iterator[Finding]:
    """What does not verify in the record at `path`; nothing where the first kill came before there was one."""
    with contextlib.suppress(RecordError), Record(str(path), create=False) as record:
        yield from verify(record)


def kill_often(folder: Path, kills: int, rows: int, workers: int = 2, seed: int = SEED) -> Iterator[str | Outcome]:
    """Kill `kills` times; a line after each, and the outcome at the end."""
    moments = random.Random(seed)
    source = folder / "made.jsonl"
    lines = (json.dumps({"id": n, "text": TEXT.format(n + 10), "published": "2023-06-28"}) for n in range(rows))
    source.write_text("\n".join(lines))
    whole = folder / "whole.sqlite"
    subprocess.run(_command(source, whole, workers), check=True, capture_output=True)
    expected = contents(whole)
    outcome = Outcome(records=1)
    path = folder / "record-1.sqlite"
    while outcome.kills < kills:
        more, later = moments.choice(GROWTH), moments.uniform(0, LATER_SECONDS)
        problem = _killed(_command(source, path, workers), path, more, later)
        if problem is not None:
            outcome.lost += [problem] if problem else []
            outcome.findings += findings(path)
            _compare(outcome, path, expected)
            outcome.records += 1
            path = folder / f"record-{outcome.records}.sqlite"
            continue
        outcome.kills += 1
        outcome.moments.append(held(path))
        outcome.findings += findings(path)
        yield f"kill {outcome.kills}: {outcome.moments[-1]} captures in record {outcome.records}"
    subprocess.run(_command(source, path, workers), check=True, capture_output=True)
    outcome.findings += findings(path)
    _compare(outcome, path, expected)
    yield outcome


def _command(source: Path, path: Path, workers: int) -> list[str]:
    return [sys.executable, "-m", "foreshock", "add", str(source), "--record", str(path), "--workers", str(workers)]


def _killed(command: list[str], path: Path, more: int, later: float) -> str | None:
    """Kill the command, all of it, `later` seconds after the record grew by `more`, and give null.

    Where it ended first: what it complained of, empty where it was done.
    """
    wanted = held(path) + more
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )  # fmt: skip
    assert process.stderr is not None
    grown: float | None = None
    while process.poll() is None:
        if grown is None and held(path) >= wanted:
            grown = time.monotonic()
        if grown is not None and time.monotonic() >= grown + later:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stderr.close()
            return None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
    complaint = process.stderr.read()[-1000:]
    process.stderr.close()
    return f"the command ended with code {process.returncode}: {complaint}" if process.returncode else ""


def _compare(outcome: Outcome, path: Path, expected: dict[str, list[tuple[object, ...]]]) -> None:
    for name, rows in contents(path).items():
        if rows != expected[name]:
            outcome.lost.append(f"{path.name}: {len(rows)} {name}, not the {len(expected[name])} of an undisturbed run")


def main() -> None:
    """Kill, and print what came of it; exit code 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rows", type=int, default=400)
    given = parser.parse_args()
    sound = False
    with tempfile.TemporaryDirectory() as folder:
        for told in kill_often(Path(folder), given.kills, given.rows):
            if isinstance(told, str):
                sys.stdout.write(told + "\n")
                sys.stdout.flush()
                continue
            sound = told.sound
            problems = [*map(str, told.findings), *told.lost]
            sys.stdout.write(
                f"{told.kills} kills over {told.records} records: "
                f"{'nothing lost, nothing twice' if sound else chr(10).join(problems)}\n"
            )
    sys.exit(not sound)


if __name__ == "__main__":
    main()
