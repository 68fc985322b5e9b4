"""One work on many things over several processes, in order; one that ends its process costs only itself."""

import contextlib
import itertools
import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Generic, Protocol, TypeVar

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
    """Processes at work, each minded by a thread, and the batches they were given and have not given back.

    `concurrent.futures` has a pool of processes, and it is not used: all of them answer through one pipe, so that
    one which is killed while it answers, as a lack of memory does, leaves half an answer for which the pool waits
    for ever (Python 3.11 to 3.14).
    """

    def __init__(self, work: "Work[Given, Result]", workers: int) -> None:
        self._work = work
        self._workers = workers
        self._threads = ThreadPoolExecutor(workers)
        self._turns = threading.Semaphore(workers)
        self._alone = threading.Lock()
        self._processes: list[_Process[Given, Result]] = []
        self._idle: list[_Process[Given, Result]] = []
        self._given_up = False
        self._starting = threading.Lock()

    def run(
        self, batches: Iterable[list[Given | ItemError]]
    ) -> Iterator[tuple[list[Given | ItemError], "Results[Result]"]]:
        waiting: deque[tuple[list[Given | ItemError], Future[Results[Result]]]] = deque()
        try:
            for batch in batches:
                waiting.append((batch, self._threads.submit(self._done, batch)))
                if len(waiting) >= self._workers * AHEAD:
                    yield _first(waiting)
            while waiting:
                yield _first(waiting)
        finally:
            self._end()

    def _done(self, batch: list[Given | ItemError]) -> "Results[Result]":
        try:
            with self._turns:
                return self._asked(batch)
        except _ProcessEnded:
            return self._one_by_one(batch)

    def _one_by_one(self, batch: list[Given | ItemError]) -> "Results[Result]":
        """The results of a batch that ended its process, each item alone, while no other process works."""
        results: Results[Result] = []
        with self._alone, contextlib.ExitStack() as turns:
            for _ in range(self._workers):
                turns.enter_context(self._turns)
            for item in batch:
                try:
                    results += self._asked([item])
                except _ProcessEnded:
                    results.append(
                        item if isinstance(item, ItemError)
                        else UnreadableItem(item.origin, "reading it ended the reading process, twice; it was left out")
                    )  # fmt: skip
        return results

    def _asked(self, batch: list[Given | ItemError]) -> "Results[Result]":
        process = self._process()
        try:
            return process.results(batch)
        finally:
            if process.runs:
                self._idle.append(process)

    def _process(self) -> "_Process[Given, Result]":
        with self._starting:
            if self._given_up:
                raise CancelledError
            while self._idle:
                process = self._idle.pop()
                if process.is_alive():  # what ended while it had nothing to do says nothing of what comes next
                    return process
            started = _Process[Given, Result](self._work)
            self._processes.append(started)
            return started

    def _end(self) -> None:
        """Nothing is done any more; what processes were at is lost, and nobody asks for it."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._starting:
            self._given_up = True
        for process in self._processes:
            process.kill()
        self._threads.shutdown()
        for process in self._processes:
            process.close()


def _first(
    waiting: "deque[tuple[list[Given | ItemError], Future[Results[Result]]]]",
) -> tuple[list[Given | ItemError], "Results[Result]"]:
    batch, future = waiting.popleft()
    return batch, future.result()


class _ProcessEnded(Exception):
    """A process ended before it answered."""


class _Process(Generic[Given, Result]):
    """A process that does one batch after another, asked through a pipe of its own, which ends with it."""

    def __init__(self, work: "Work[Given, Result]") -> None:
        # A process reads this when it loads numpy, so it has to stand before the process starts: each worker is
        # one thread, and there is one worker a core.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        # Else a process would look for modules in the working folder first, and run a pickle.py that lies beside
        # reports.
        os.environ["PYTHONSAFEPATH"] = "1"
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, work), daemon=True)
        self._process.start()
        theirs.close()
        self.runs = True

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def results(self, batch: list[Given | ItemError]) -> "Results[Result]":
        """What the process makes of `batch`; what the work raises is raised here.

        Raises:
            _ProcessEnded: if the process ended instead, or was killed.
        """
        try:
            self._pipe.send(batch)
            answer: Results[Result] | _Raised = self._pipe.recv()
        except (EOFError, OSError) as error:
            self.runs = False
            raise _ProcessEnded from error
        if isinstance(answer, _Raised):
            answer.error.add_note(answer.trace)
            raise answer.error
        return answer

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """Give back what is held of one that ended."""
        self._process.join()
        self._process.close()
        self._pipe.close()


@dataclass(frozen=True)
class _Raised:
    """What the work raised, and where."""

    error: Exception
    trace: str


def _end_with_parent() -> None:
    """End this process when the one that started it has ended, whatever this one is at."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _serve(pipe: "Connection[object, Any]", work: "Work[Given, Result]") -> None:
    """Answer until who asks has ended. A run that is interrupted from the keyboard ends its processes itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            batch = pipe.recv()
            try:
                pipe.send(work(batch))
            except Exception as error:  # noqa: BLE001 - it is raised anew by the process that asked
                pipe.send(_Raised(error, traceback.format_exc()))
