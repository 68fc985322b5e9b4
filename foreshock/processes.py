"""One work on many things over several processes, in order; one that ends its process costs only itself."""

import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Generic, Protocol, TypeVar

from foreshock.errors import ItemError, UnreadableItem
from foreshock.model.capture import Capture
from foreshock.model.document import Document

Item = Capture | ItemError
"""What comes through the door: a capture, or the error that says why there is none."""


class Named(Protocol):
    """What can be worked on: it says where it comes from."""

    @property
    def origin(self) -> str:
        """What a person knows it by."""


Given = TypeVar("Given", bound=Named)
Result = TypeVar("Result")
Results = list[Result | ItemError]
Work = Callable[[Sequence[Given | ItemError]], "list[Result | ItemError]"]
"""What a process does: one result an item, in order. Must be a module's function, so that a process can find it."""

CHUNK = 8
"""Captures that a worker takes at a time: large enough to keep it busy, small enough to lose little."""
CHUNK_BYTES = 256_000
"""Bytes past which a chunk is full sooner: eight articles are a tenth of that, a book is a chunk of its own."""
AHEAD = 4
"""Chunks a worker may be ahead of the writer."""


def size(item: object) -> int:
    """Bytes that a capture holds, characters of a document; nothing in an error."""
    if isinstance(item, Document):
        return len(item.text)
    return len(item.content) if isinstance(item, Capture) else 0


def chunks(
    found: Iterable[Given | ItemError], number: int = CHUNK, weight: int = CHUNK_BYTES
) -> Iterator[list[Given | ItemError]]:
    """The items in order, in chunks of at most `number`; one that holds `weight` bytes or more is closed."""
    chunk: list[Given | ItemError] = []
    held = 0
    for item in found:
        chunk.append(item)
        held += size(item)
        if len(chunk) == number or held >= weight:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def spread(
    work: "Work[Given, Result]", batches: Iterable[list[Given | ItemError]], workers: int
) -> Iterator[tuple[list[Given | ItemError], "Results[Result]"]]:
    """Each batch with its results, in order, the work done by `workers` processes (with 1: by this one).

    An item that ends its process twice, the second time alone, comes back as an `ItemError` that names it.
    """
    if workers == 1:
        for batch in batches:
            yield batch, work(batch)
        return
    yield from _Crew[Given, Result](work, workers).run(batches)


def spread_if_many(
    work: "Work[Given, Result]", batches: Iterable[list[Given | ItemError]], workers: int
) -> Iterator[tuple[list[Given | ItemError], "Results[Result]"]]:
    """As `spread`; where there is only one batch, this process does it: that is sooner done than a start."""
    coming = iter(batches)
    first = list(itertools.islice(coming, 2))
    yield from spread(work, itertools.chain(first, coming), workers if len(first) > 1 else 1)


class _Crew(Generic[Given, Result]):
    """Processes at work, and the batches they were given and have not given back."""

    def __init__(self, work: "Work[Given, Result]", workers: int) -> None:
        self._work = work
        self._workers = workers
        self._pool = _pool(workers)
        self._waiting: deque[tuple[list[Given | ItemError], Future[Results[Result]]]] = deque()

    def run(
        self, batches: Iterable[list[Given | ItemError]]
    ) -> Iterator[tuple[list[Given | ItemError], "Results[Result]"]]:
        try:
            for batch in batches:
                self._waiting.append((batch, self._start(batch)))
                if len(self._waiting) >= self._workers * AHEAD:
                    yield self._next()
            while self._waiting:
                yield self._next()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _next(self) -> tuple[list[Given | ItemError], "Results[Result]"]:
        while isinstance(self._waiting[0][1].exception(), BrokenProcessPool):
            self._recover()
        batch, future = self._waiting.popleft()
        return batch, future.result()

    def _start(self, batch: list[Given | ItemError]) -> "Future[Results[Result]]":
        try:
            return self._pool.submit(self._work, batch)
        except BrokenProcessPool as error:
            broken: Future[Results[Result]] = Future()
            broken.set_exception(error)
            return broken

    def _recover(self) -> None:
        """A new pool; what the lost one left undone is done again, what may have broken it one by one.

        A pool works first come, first served, so the oldest undone batches, one a worker, are the suspects.
        """
        self._pool.shutdown(cancel_futures=True)
        self._pool = _pool(self._workers)
        undone = [at for at, (_, future) in enumerate(self._waiting) if _is_lost(future)]
        for at in undone[: self._workers]:
            batch = self._waiting[at][0]
            done: Future[Results[Result]] = Future()
            done.set_result(self._one_by_one(batch))
            self._waiting[at] = (batch, done)
        for at in undone[self._workers :]:
            batch = self._waiting[at][0]
            self._waiting[at] = (batch, self._start(batch))

    def _one_by_one(self, batch: list[Given | ItemError]) -> "Results[Result]":
        results: Results[Result] = []
        pool = _pool(1)
        for item in batch:
            try:
                results += pool.submit(self._work, [item]).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(1)
                results.append(
                    item if isinstance(item, ItemError)
                    else UnreadableItem(item.origin, "reading it ended the reading process, twice; it was left out")
                )  # fmt: skip
        pool.shutdown()
        return results


def _is_lost(future: "Future[Results[Result]]") -> bool:
    return future.done() and isinstance(future.exception(), BrokenProcessPool)


def _pool(workers: int) -> ProcessPoolExecutor:
    # A process reads this when it loads numpy, so it has to stand before the process starts: each worker is
    # one thread, and there is one worker a core.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Else a process would look for modules in the working folder first, and run a pickle.py that lies beside reports.
    os.environ["PYTHONSAFEPATH"] = "1"
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))
