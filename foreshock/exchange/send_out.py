"""One export: choose, protect, write, and say beside it what it is."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from foreshock.exchange.choose import Choice, events_in, of_statement, statements_in
from foreshock.exchange.citation import Sidecar, sidecar
from foreshock.exchange.formats import FORMATS, writer
from foreshock.exchange.protect import Protection, protected
from foreshock.model.occurrence import Occurrence
from foreshock.record.store import Record


def send_out(record: Record, what: str, wanted: Choice, form: str, done: Protection, out: BinaryIO) -> Sidecar:
    """Write `statements` or `events` to `out`; what to put beside it. Deserters are protected unless that is lifted."""
    write = writer(form)
    rows = write(protected(_rows(record, what, wanted), done, _rows(record, what, wanted)), out)
    return sidecar(what, form, wanted.told(), rows, FORMATS[form].not_held, done)


def _rows(record: Record, what: str, wanted: Choice) -> Iterator[Occurrence]:
    found: dict[str, Callable[[], Iterable[Occurrence]]] = {
        "statements": lambda: map(of_statement, statements_in(record, wanted)),
        "events": lambda: events_in(record, wanted),
    }
    yield from found[what]()


def beside(path: Path) -> Path:
    """Where the sidecar of an export goes."""
    return path.with_name(f"{path.name}.about.json")
