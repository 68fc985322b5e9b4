"""The whole way of a report, for one document or many: the only place that knows every stage.

gather → read → places → actors → record. Nothing that fails in one document reaches another.
"""

import concurrent.futures
import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from foreshock.actors import resolve as actors
from foreshock.errors import ForeshockError, ItemError, RunError, UnreadableItem
from foreshock.gather.captures import captures
from foreshock.gather.parse import document_of
from foreshock.gather.verdict import verdict_on
from foreshock.model.capture import Capture
from foreshock.model.document import Document
from foreshock.model.entry import Entry
from foreshock.model.statement import Gap, Reading
from foreshock.places import locate
from foreshock.places.statements import placed
from foreshock.read import reader

if TYPE_CHECKING:
    from foreshock.record.store import Record  # not needed to read, and slow to import

CHUNK = 8
"""Captures that a worker takes at a time: large enough to keep it busy, small enough to lose little."""
AHEAD = 4
"""Chunks a worker may be ahead of the writer."""


class Line:
    """The stages with their data loaded, ready to read documents."""

    def __init__(self) -> None:
        self.reader = reader.shipped()
        self.locator = locate.shipped()
        self.registry = actors.shipped()

    def read(self, document: Document) -> Reading:
        """The reading of `document`, its places and actors resolved; a stage that fails leaves a gap."""
        reading = self.reader.read(document)
        for stage, resolve in (
            ("places", lambda reading: placed(reading, self.locator)),
            ("actors", lambda reading: actors.resolved(reading, self.registry)),
        ):
            try:
                reading = resolve(reading)
            except ItemError as error:
                gap = Gap(stage=stage, reason=error.problem)
                reading = msgspec.structs.replace(reading, gaps=(*reading.gaps, gap))
        return reading


@cache
def line() -> Line:
    """This process's line, loaded on first use."""
    return Line()


def take(capture: Capture) -> Entry | ItemError:
    """One capture through the line. What goes wrong in it comes back as the error that names it."""
    try:
        document = document_of(capture)
        verdict = verdict_on(document)
        return Entry(capture, document, verdict, line().read(document) if verdict.usable else None)
    except ItemError as error:
        return error
    except RunError:
        raise
    except Exception as error:  # noqa: BLE001 - one document must never stop a run; it is named and reported
        return UnreadableItem(capture.origin, f"could not be read ({type(error).__name__}: {error})")


def read_one(document: Document) -> Reading:
    """The reading of one document, whatever its verdict would be."""
    return line().read(document)


def _take_all(batch: Sequence[Capture]) -> list[Entry | ItemError]:
    return [take(capture) for capture in batch]


def _start_worker() -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    line()


@dataclass
class Summary:
    """What a run took, skipped and why."""

    kept: int = 0
    known: int = 0
    same_text: int = 0
    statements: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    errors: list[ItemError] = field(default_factory=list)


def add(
    inputs: Sequence[str],
    record: "Record",
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Take everything that `inputs` hold through the line into `record`.

    Captures that the record already holds are passed over, so the same command again adds nothing and a
    run that was killed goes on where it stopped. `progress` is told how many captures were dealt with.
    """
    summary = Summary()
    batches = _batches(_new_captures(inputs, record, summary, progress))
    for results in _spread(batches, workers):
        _keep(results, record, summary)
        if progress:
            progress(len(results))
    return summary


def _new_captures(
    inputs: Sequence[str], record: "Record", summary: Summary, progress: Callable[[int], None] | None
) -> Iterator[Capture]:
    seen: set[str] = set()
    pending: list[Capture] = []

    def unknown() -> Iterator[Capture]:
        known = record.known_captures([capture.sha256 for capture in pending])
        for capture in pending:
            if capture.sha256 in known or capture.sha256 in seen:
                summary.known += 1
                if progress:
                    progress(1)
            else:
                seen.add(capture.sha256)
                yield capture
        pending.clear()

    for found in captures(inputs):
        if isinstance(found, ItemError):
            summary.errors.append(found)
            continue
        pending.append(found)
        if len(pending) >= 200:
            yield from unknown()
    yield from unknown()


def _batches(found: Iterable[Capture]) -> Iterator[list[Capture]]:
    batch: list[Capture] = []
    for capture in found:
        batch.append(capture)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch


def _spread(batches: Iterator[list[Capture]], workers: int) -> Iterator[list[Entry | ItemError]]:
    """Results of the batches in order, over `workers` processes."""
    if workers == 1:
        yield from map(_take_all, batches)
        return
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(workers, context, initializer=_start_worker) as pool:
        running: deque[concurrent.futures.Future[list[Entry | ItemError]]] = deque()
        try:
            for batch in batches:
                running.append(pool.submit(_take_all, batch))
                if len(running) >= workers * AHEAD:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        except concurrent.futures.process.BrokenProcessPool as error:
            raise RunError(
                "a reading process was ended from outside; start the same command again"
            ) from error


def _keep(results: Sequence[Entry | ItemError], record: "Record", summary: Summary) -> None:
    taken = [result for result in results if isinstance(result, Entry)]
    summary.errors += [result for result in results if isinstance(result, ForeshockError)]
    record.keep(taken)
    for result in taken:
        if result.reading is None:
            summary.skipped[result.verdict.label] += 1
        else:
            summary.kept += 1
            summary.statements += len(result.reading.statements)
