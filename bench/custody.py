"""What custody costs: its share of the processor time of `add`, and how fast `verify` goes.

    python -m bench.custody [PATH ...]

Without a path the bundled example chronicle is added. Processor time of one process is told, so that a machine with
other work gives the same figures; the least of several runs for what is short.
"""

import argparse
import datetime
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from foreshock.gather.captures import captures
from foreshock.line import take
from foreshock.model.capture import Capture
from foreshock.model.entry import Entry
from foreshock.record import custody
from foreshock.record.rows import StatementRows, day_of, provenance
from foreshock.record.store import Record
from foreshock.record.verify import verify

RUNS = 5
A_TRANSACTION = 8


def least(seconds: Sequence[float]) -> float:
    """The run that was disturbed least, in milliseconds."""
    return 1000 * min(seconds)


def entered(entries: Sequence[Entry], path: Path) -> tuple[float, float, float]:
    """Seconds to keep the entries in a fresh record, of those for custody alone, and to verify it."""
    now = datetime.datetime.now(datetime.UTC)
    with Record(str(path / "record.sqlite")) as record, Record(str(path / "log.sqlite")) as other:
        began = time.process_time()
        for at in range(0, len(entries), A_TRANSACTION):
            record.keep(entries[at : at + A_TRANSACTION])
        kept = time.process_time() - began
        alone = 0.0
        for at in range(0, len(entries), A_TRANSACTION):
            rows = [_rows(entry, now) for entry in entries[at : at + A_TRANSACTION] if entry.reading]
            with other.begin(writing=True) as connection:
                began = time.process_time()
                notes = [custody.read(document, bodies, ()) for document, _, bodies in rows]
                notes += [custody.taken(capture, None) for _, capture, _ in rows]
                custody.append(connection, notes, now)
                alone += time.process_time() - began
        began = time.process_time()
        assert not list(verify(record))
        return kept, alone, time.process_time() - began


def _rows(entry: Entry, now: datetime.datetime) -> tuple[dict[str, object], dict[str, object], list[tuple[str, str]]]:
    assert entry.reading is not None
    found = StatementRows(entry.reading.statements, day_of(entry.document))
    about = provenance(entry.document)
    document = {**about, "id": entry.document.id, "notes": [], "model": entry.reading.model, "read_at": now}
    capture = {
        **about, "capture": entry.capture.sha256, "captured_at": now, "tool": "t", "document": entry.document.id,
        "verdict": "usable", "reason": "r",
    }  # fmt: skip
    return document, capture, [(row["id"], row["body"]) for row in found.statements]


def main() -> None:
    """Read, keep, verify; print what each takes a document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*")
    given = parser.parse_args()
    paths = given.paths or [str(files("foreshock") / "data" / "examples")]
    found = [capture for capture in captures(paths) if isinstance(capture, Capture)]
    if not found:
        parser.error(f"{' '.join(paths)}: nothing there can be read; name documents, or folders of them")
    take(found[0])  # loads the model
    began = time.process_time()
    taken = [take(capture) for capture in found]
    reading = 1000 * (time.process_time() - began)
    entries = [entry for entry in taken if isinstance(entry, Entry) and entry.reading]
    with tempfile.TemporaryDirectory() as folder:
        runs = []
        for number in range(RUNS):
            path = Path(folder) / str(number)
            path.mkdir()
            runs.append(entered(entries, path))
    keeping, alone, verifying = (least(seconds) for seconds in zip(*runs, strict=True))
    number = len(entries)
    statements = sum(len(entry.reading.statements) for entry in entries if entry.reading)
    out = sys.stdout.write
    out(f"{number} documents, {statements} statements; milliseconds of processor time a document\n")
    for name, value in (("read", reading), ("keep", keeping), ("of that, custody", alone), ("verify", verifying)):
        out(f"{name:20} {value / number:8.2f}\n")
    out(f"custody's share of read and keep: {100 * alone / (reading + keeping):.1f} %\n")


if __name__ == "__main__":
    main()
