"""The whole way of a report, for one document or many: the only place that knows every stage.

gather → read → places → actors → record. Nothing that fails in one document reaches another.
"""

import dataclasses
import datetime
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

import msgspec

from foreshock.actors import resolve as actors
from foreshock.errors import (
    OF_THE_MACHINE,
    ForeshockError,
    ItemError,
    MalformedItem,
    ModelError,
    RunError,
    UnreadableItem,
    problem_of,
)
from foreshock.gather.captures import captures
from foreshock.gather.dates import Published
from foreshock.gather.parse import document_of
from foreshock.gather.supplied import Supplied
from foreshock.gather.verdict import verdict_on
from foreshock.model.capture import Capture
from foreshock.model.document import Document, Verdict
from foreshock.model.entry import Entry
from foreshock.model.statement import Gap, Reading
from foreshock.places import locate
from foreshock.places.statements import placed
from foreshock.processes import Item, chunks, spread, spread_if_many
from foreshock.read import reader
from foreshock.read.plain import plain

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from foreshock.record.keeping import Kept
    from foreshock.record.reread import Difference
    from foreshock.record.store import Record  # not needed to read, and slow to import

ASKED, ASKED_BYTES = 200, 32_000_000
"""Captures, and the bytes in them, about which the record is asked at a time."""

Made = TypeVar("Made")
NOTHING = Supplied()


class Line:
    """The stages with their data loaded, ready to read documents."""

    def __init__(self) -> None:
        self.reader = reader.shipped()
        self.locator = locate.shipped()
        self.registry = actors.shipped()

    def read(self, document: Document) -> Reading:
        """The reading of `document`, its places and actors resolved; a stage that fails leaves a gap.

        Its text is read without what is not seen in it (`read/plain.py`), and told of as given.
        """
        seen = plain(document.text)
        if seen is None:
            return self._read(document)
        return seen.told_of(self._read(msgspec.structs.replace(document, text=seen.text)), document)

    def _read(self, document: Document) -> Reading:
        reading = self.reader.read(document)
        stages: tuple[tuple[str, Callable[[Reading], Reading]], ...] = (
            ("places", self._placed),
            ("actors", lambda found: actors.resolved(found, self.registry)),
        )
        for stage, resolve in stages:
            try:
                reading = resolve(reading)
            except (RunError, *OF_THE_MACHINE):
                raise
            except Exception as error:  # noqa: BLE001 - what one stage cannot do must not cost what the others did
                gap = Gap(stage=stage, reason=problem_of(error))
                reading = msgspec.structs.replace(reading, gaps=(*reading.gaps, gap))
        return reading

    def _placed(self, reading: Reading) -> Reading:
        try:
            return placed(reading, self.locator)
        except sqlite3.DatabaseError as error:
            if type(error) not in (sqlite3.DatabaseError, sqlite3.OperationalError):
                raise  # of what was asked, not of the index
            path = self.locator.gazetteer.path
            raise ModelError(f"{path}: the gazetteer index cannot be read any more ({error}); begin again") from error


@cache
def line() -> Line:
    """This process's line, loaded on first use."""
    return Line()


def guarded(origin: str, work: Callable[[], Made]) -> Made | ItemError:
    """What `work` makes; whatever goes wrong in it comes back as the error that names `origin`."""
    try:
        return work()
    except ItemError as error:
        return error if error.item == origin else MalformedItem(origin, str(error))
    except RunError:
        raise
    except MemoryError:
        return UnreadableItem(origin, "memory ran out while it was read; give it more, or take fewer --workers")
    except Exception as error:  # noqa: BLE001 - one document must never stop a run; it is named and reported
        return UnreadableItem(origin, f"could not be read ({problem_of(error)})")


def take(capture: Capture, supplied: Supplied = NOTHING) -> Entry | ItemError:
    """One capture through the line. What goes wrong in it comes back as the error that names it."""
    return guarded(capture.origin, lambda: _entry(capture, supplied))


def _entry(capture: Capture, supplied: Supplied) -> Entry:
    document = supplied.complete(document_of(capture))
    verdict = supplied.judged(verdict_on(document))
    return Entry(capture, document, verdict, line().read(document) if verdict.usable else None)


def read_one(document: Document) -> Reading:
    """The reading of one document, whatever its verdict would be."""
    return line().read(document)


def opened(item: Item, published: Published | None) -> Document | ItemError:
    """The document in a capture; `published`, where given, wins over the date that the source gives."""
    if isinstance(item, ItemError):
        return item
    document = guarded(item.origin, partial(document_of, item))
    if isinstance(document, ItemError) or published is None:
        return document
    return msgspec.structs.replace(document, published=published[0], published_granularity=published[1])


def read_all(
    found: Iterable[Item], workers: int = 1, published: Published | None = None
) -> Iterator[Reading | ItemError]:
    """The readings of captures, whatever their verdicts would be, in order; nothing is recorded.

    A few captures are read in this process, whatever `workers` says: that is sooner done than a start.
    """
    for _, results in spread_if_many(partial(_read_batch, published=published), chunks(found), workers):
        yield from results


def _read_batch(batch: Sequence[Item], published: Published | None) -> list[Reading | ItemError]:
    return _reread_batch([opened(item, published) for item in batch])


def reread(
    record: "Record", workers: int = 1, progress: Callable[[int], None] | None = None, everything: bool = False
) -> "tuple[Difference, list[ItemError]]":
    """Read again what another version of the model has read, and put it in the place of the older reading.

    Working texts and verdicts stay as they are. Each chunk is one transaction, in which the events are let go
    that have to be made anew, so a run that was killed goes on where it stopped; one with `everything`, which reads all
    again whatever the version, begins anew.
    `progress` is told how many documents were dealt with. Gives what changed, and the documents that failed:
    they keep the reading that they had.
    """
    from foreshock.corroborate.events import events  # slow to import, as the next
    from foreshock.record.reread import Difference, outdated, replace_readings

    before = datetime.datetime.now(datetime.UTC) if everything else None
    total, errors = Difference(), list[ItemError]()
    events.catch_up(record)
    found = outdated(record, reader.shipped().version, before)
    for batch, results in spread(_reread_batch, chunks(found), workers):
        errors += [result for result in results if isinstance(result, ItemError)]
        readings = [result for result in results if isinstance(result, Reading)]
        total.add(replace_readings(record, readings, events.forget))
        events.catch_up(record)
        if progress:
            progress(len(batch))
    return total, errors


def _reread_batch(batch: Sequence[Document | ItemError]) -> list[Reading | ItemError]:
    return [
        document if isinstance(document, ItemError) else guarded(document.origin, partial(read_one, document))
        for document in batch
    ]


def _take_batch(batch: Sequence[Item], supplied: Supplied) -> list[Entry | ItemError]:
    """What becomes of each capture, without its bytes: the writer has them, and they are slow to send back."""
    return [item if isinstance(item, ItemError) else _with_bytes(take(item, supplied), b"") for item in batch]


def _with_bytes(taken: Entry | ItemError, content: bytes) -> Entry | ItemError:
    if isinstance(taken, ItemError):
        return taken
    return dataclasses.replace(taken, capture=msgspec.structs.replace(taken.capture, content=content))


@dataclass
class Summary:
    """What a run took, skipped and why.

    `kept` documents were written with their `statements`; `same_text` were captures of a text that the
    record has from another; `known` captures were in the record before; `repeated` came again in the input;
    `erased` captures were erased from it. `passed_over` counts by kind what archives held besides.
    """

    kept: int = 0
    same_text: int = 0
    known: int = 0
    repeated: int = 0
    erased: int = 0
    statements: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    errors: list[ItemError] = field(default_factory=list)


def add(
    inputs: Sequence[str],
    record: "Record",
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
    skipped: Callable[[str, Verdict], None] | None = None,
    take_erased: bool = False,
    supplied: Supplied = NOTHING,
    read: Callable[[Document], None] | None = None,
) -> Summary:
    """Take everything that `inputs` hold through the line into `record`.

    Captures that the record already holds are passed over, so the same command again adds nothing and a
    run that was killed goes on where it stopped. `progress` is told how many captures were dealt with,
    `skipped` the origin of each document that is not worth reading, and the verdict on it, `read` each other one. What
    was erased from the record is taken in again only with `take_erased`. `supplied` holds for documents that do not say
    it themselves; what the record already holds is left as it is, but what it once skipped is judged anew by a date,
    and read where `supplied` insists.
    """
    from foreshock.corroborate.copies.syndication import Syndication
    from foreshock.corroborate.events import events  # slow to import

    summary, syndication = Summary(), Syndication()
    events.catch_up(record)
    fresh: list[str] = []
    found = _new_captures(inputs, record, summary, progress, take_erased, supplied.may_make_usable)
    for batch, answers in spread(partial(_take_batch, supplied=supplied), chunks(found), workers):
        results = [
            _with_bytes(answer, item.content) if isinstance(item, Capture) else answer
            for item, answer in zip(batch, answers, strict=True)
        ]
        fresh += _keep(results, record, summary, take_erased, syndication.take)
        if len(fresh) >= events.AT_A_TIME:
            events.update(record, fresh)
            fresh.clear()
        for result in results:
            if isinstance(result, ItemError):
                continue
            if result.verdict.usable and read:
                read(result.document)
            elif not result.verdict.usable and skipped:
                skipped(result.capture.origin, result.verdict)
        if progress:
            progress(len(results))
    events.catch_up(record)  # the rest, and what was in other groups of copies before some of these came
    return summary


def _new_captures(
    inputs: Sequence[str],
    record: "Record",
    summary: Summary,
    progress: Callable[[int], None] | None,
    take_erased: bool,
    judge_anew: bool,
) -> Iterator[Capture]:
    """What the record does not hold yet; with `judge_anew` also what it once skipped: that may be usable now."""
    seen: set[str] = set()
    for pending in chunks(captures(inputs, summary.passed_over), ASKED, ASKED_BYTES):
        summary.errors += [found for found in pending if isinstance(found, ItemError)]
        asked = [capture for capture in pending if isinstance(capture, Capture)]
        hashes = [capture.sha256 for capture in asked]
        known = record.known_captures(hashes)
        if judge_anew:
            known -= record.skipped_captures(hashes)
        erased = set() if take_erased else record.erased_captures(hashes)
        for capture in asked:
            repeated = capture.sha256 in seen
            seen.add(capture.sha256)
            if not repeated and capture.sha256 not in known | erased:
                yield capture
                continue
            summary.repeated += repeated
            summary.known += not repeated and capture.sha256 in known
            summary.erased += not repeated and capture.sha256 in erased
            if progress:
                progress(1)


def _keep(
    results: Sequence[Entry | ItemError],
    record: "Record",
    summary: Summary,
    take_erased: bool,
    group: "Callable[[Connection, Kept], None]",
) -> list[str]:
    """Write what was taken, and count it; the documents whose events are to be brought up to date."""
    taken = [result for result in results if isinstance(result, Entry)]
    summary.errors += [result for result in results if isinstance(result, ForeshockError)]
    kept = record.keep(taken, take_erased, group)
    summary.kept += len(kept.documents)
    summary.statements += kept.statements
    summary.same_text += len(kept.same_text)
    summary.skipped.update(entry.verdict.label for entry in kept.skipped)
    summary.known += len(kept.known)
    summary.erased += len(kept.erased)
    return [entry.document.id for entry in (*kept.documents, *kept.same_text)]
