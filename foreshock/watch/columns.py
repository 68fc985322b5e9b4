"""Every statement as the watch sees it: columns of numbers, by which queries and counts over all of them are quick."""

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from foreshock.model.board import Every, Where
from foreshock.model.vocabulary import CONTEXTS, MODES, SECTORS, EventType, Kind

By = Literal["published", "captured"]
"""What says when a document was known: what it says of itself (else its crawl, else its capture), or its capture."""

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

KIND_NUMBERS: Final = {kind.value: number for number, kind in enumerate(Kind)}
TYPE_NUMBERS: Final = {name.value: number for number, name in enumerate(EventType)}
MODE_NUMBERS: Final = {
    mode: number for number, mode in enumerate(sorted({mode for modes in MODES.values() for mode in modes}))
}
CONTEXT_BITS: Final = {name: 1 << number for number, name in enumerate(CONTEXTS)}
SECTOR_BITS: Final = {name: 1 << number for number, name in enumerate(SECTORS)}
NONE: Final = -1
UNGRADED: Final = 9
"""A grade worse than any there is."""


@dataclass(frozen=True)
class Party:
    """Of each statement's actors or recipients: their sectors as bits, and whether one is of another country."""

    sectors: Numbers
    foreign: Flags


@dataclass(frozen=True)
class Sightings:
    """All statements of a record that bear on a country and a period, in order of their documents' numbers.

    Whole numbers stand for what they index: `period` a period, `place` and `region` one of `places` (the country;
    the first-level region or −1), `report` a text with its copies, `event` an event or −1, `outlet` one of `outlets`
    or −1. `fresh` says that a statement is about its own time.
    """

    every: Every
    by: By
    places: tuple[Where, ...]
    outlets: tuple[str, ...]
    ids: NDArray[np.str_]
    period: Numbers
    place: Numbers
    region: Numbers
    report: Numbers
    event: Numbers
    outlet: Numbers
    compared: Flags
    """Whether events were computed over the statement's document, so that one in no event is known to be in none."""
    kind: Numbers
    positive: Flags
    type: Numbers
    mode: Numbers
    contexts: Numbers
    actors: Party
    recipients: Party
    crosses: Flags
    at_border: Flags
    killed: Numbers
    credibility: Numbers
    """The digit of its event today; `known_by` has those of another time."""
    reliability: Numbers
    fresh: Flags
    unread: dict[int, float]
    """Share of what was taken in each period that is in a language not read."""
    undated: int
    """Documents left out: their date is not known, or only to the month where weeks are counted, or is none that a
    document of the watch's time can bear (before 1900)."""
    steps: dict[int, tuple[tuple[int, int], ...]]
    """Of events whose digit was another before: from which period on which held, oldest first."""
    later: int = 0
    """Reports left out: they are dated later than the period that runs today."""

    def __len__(self) -> int:
        return len(self.ids)

    def known_by(self, period: int) -> "Sightings":
        """The same with events as far confirmed as they were by the texts known at the end of a period (`digit_by`,
        for all at once)."""
        if not self.steps:
            return self
        digits = np.full(int(self.event.max()) + 2, NONE)  # the last is that of no event
        for event, steps in self.steps.items():
            digits[event] = next((digit for since, digit in reversed(steps) if since <= period), UNGRADED)
        then = digits[self.event]
        return replace(self, credibility=np.where(then != NONE, then, self.credibility))

    def digit_by(self, at: int, period: int) -> int:
        """The digit of one statement's event by the texts known at the end of a period; `UNGRADED` where it had none.

        `at` is the statement's row.
        """
        steps = self.steps.get(int(self.event[at]))
        if steps is None:
            return int(self.credibility[at])
        return next((digit for since, digit in reversed(steps) if since <= period), UNGRADED)
