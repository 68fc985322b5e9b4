"""What can go wrong, split by what the caller should do about it.

ForeshockError
├── ItemError            skip this one and go on: one file, one page, one row
│   ├── UnreadableItem   the bytes are not what their name promises
│   ├── OversizedItem    larger than the program is willing to take
│   └── MalformedItem    a row, a date or an annotation that breaks its own format
└── RunError             stop the run: nothing after this can be trusted
    ├── UsageError       the command was given something that cannot work
    │   └── MistakenFile      a file that a person wrote, with all that is wrong in it
    ├── RecordError      the record is locked, damaged, or not a record
    │   └── UnwritableRecord  it can be read, and cannot be written to: another program writes, or nobody may
    │       └── BusyRecord    another program writes to it
    └── ModelError       the shipped model or gazetteer is missing or does not fit this version
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final


class ForeshockError(Exception):
    """Base of all errors that Foreshock raises on purpose; its text is fit to show a user."""


class ItemError(ForeshockError):
    """One input failed. `item` names it; the rest of the run goes on."""

    def __init__(self, item: str, problem: str) -> None:
        super().__init__(f"{item}: {problem}")
        self.item = item
        self.problem = problem

    def __reduce__(self) -> tuple[type["ItemError"], tuple[str, str]]:
        # Errors cross from one process to another; Exception's own way would make one anew from the text alone.
        return type(self), (self.item, self.problem)


class UnreadableItem(ItemError):
    """The bytes are not what their name promises."""


class OversizedItem(ItemError):
    """The input is larger than the stated limit."""


class MalformedItem(ItemError):
    """A row, date, span or annotation breaks its own format."""


OF_THE_MACHINE: Final = (MemoryError, OSError)
"""What says nothing of the document that is worked on: the machine has too little of something just now. What would be
made of the document then is not kept."""


def problem_of(error: Exception) -> str:
    """What went wrong, to be shown beside the name of what it went wrong in: not foreseen, it names its class."""
    return error.problem if isinstance(error, ItemError) else f"{type(error).__name__}: {error}"


class RunError(ForeshockError):
    """The run cannot go on."""


class UsageError(RunError):
    """The user asked for something that cannot work; exit code 2."""


@contextmanager
def asked_by(option: str) -> Iterator[None]:
    """Name the option by which something was asked for in a `UsageError` that is raised about it."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{option}: {error}") from error


class MistakenFile(UsageError):
    """A file that a person wrote does not hold together; of its `mistakes` each names the file and the line."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class RecordError(RunError):
    """The record is locked, damaged, of a newer version, or not a record at all."""


class UnwritableRecord(RecordError):
    """The record cannot be written to, now or where it lies; what is in it may well be read."""


class BusyRecord(UnwritableRecord):
    """Another program writes to the record; later it can be written to."""


class ModelError(RunError):
    """A shipped artefact is missing or does not fit this version of the program."""
