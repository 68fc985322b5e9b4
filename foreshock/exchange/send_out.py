"""One export: choose, protect, write, and say beside it what it is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from foreshock.errors import UsageError
from foreshock.exchange.choose import Choice, Row, events_in, row_of, statements_in
from foreshock.exchange.citation import Sidecar, sidecar
from foreshock.exchange.formats import FORMATS, Format, writer
from foreshock.exchange.protect import Protection, protected
from foreshock.model.vocabulary import Kind, Polarity
from foreshock.record.store import Record


@dataclass
class Unhappened:
    """How many rows an event format was spared: not reported as having happened, or reported only by denying it."""

    not_reported: int = 0
    denied: int = 0

    def told(self) -> tuple[str, ...]:
        """What the sidecar and standard error say of them; empty where there were none."""
        named = (
            (self.not_reported, "judgements, forecasts, commitments and recommendations"),
            (self.denied, "rows that only deny that it happened"),
        )
        return tuple(
            f"left out, as every row of this format is an event: {number} {what}" for number, what in named if number
        )


def check_kind(form: str, kind: str | None) -> None:
    """Raise `UsageError` where only statements of a kind are wanted that the format would show as having happened."""
    if FORMATS[form].only_events and kind not in (None, Kind.REPORT):
        raise UsageError(f"{form} holds what happened, and a {kind} tells of nothing that did; write jsonl or geojson")


def send_out(record: Record, what: str, wanted: Choice, form: str, done: Protection, out: BinaryIO) -> Sidecar:
    """Write `statements` or `events` to `out`; what to put beside it. Deserters are protected unless that is lifted.

    Raises `UsageError` where the format does not hold the kind of statement that is wanted.
    """
    check_kind(form, wanted.kind)
    write, held, spared = writer(form), FORMATS[form], Unhappened()
    # Only what the format holds is counted: five rows of which it shows one do not hide that one.
    counted = _held(_rows(record, what, wanted, of_deserters=True), held, Unhappened())
    number = write(protected(_held(_rows(record, what, wanted), held, spared), done, counted), out)
    return sidecar(what, form, wanted.told(), number, (*FORMATS[form].not_held, *spared.told()), done)


def _held(rows: Iterable[Row], form: Format, spared: Unhappened) -> Iterator[Row]:
    """The rows that a format holds; those that it would show as having happened, and that did not, are counted."""
    for row in rows:
        one = row.occurrence
        if form.only_events and one.kind not in ("event", Kind.REPORT):
            spared.not_reported += 1
        elif form.only_events and one.polarity is not Polarity.POSITIVE:
            spared.denied += 1
        elif one.type is not None or not form.only_typed:
            yield row


def _rows(record: Record, what: str, wanted: Choice, of_deserters: bool = False) -> Iterator[Row]:
    """The rows that are wanted; with `of_deserters` at least those of them that tell of deserters."""
    found: dict[str, Callable[[], Iterable[Row]]] = {
        "statements": lambda: map(row_of, statements_in(record, wanted)),
        "events": lambda: events_in(record, wanted, of_deserters),
    }
    yield from found[what]()


def beside(path: Path) -> Path:
    """Where the sidecar of an export goes."""
    return path.with_name(f"{path.name}.about.json")
