"""What a look at the ledger tells of all that answers: counted once, and kept while nothing in the ledger changes.

Which predictions answer, and what became of each, is known only when all of them were read; a page shows fifty.
"""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, func, select

from foreshock.desk.filters import PAGE_SIZE
from foreshock.desk.ledger_asked import Asked
from foreshock.ledger.finding import entries_found, entries_named
from foreshock.ledger.scores import Scoreboard, scoreboard
from foreshock.ledger.taking import count_unseen
from foreshock.model.prediction import LedgerEntry
from foreshock.record.ledger_tables import prediction_proposals, prediction_rulings, predictions
from foreshock.record.remembered import remembered
from foreshock.telling import standings


@dataclass(frozen=True)
class Seen:
    """Of all predictions that answer: their ids, newest first, a line each; how many have which outcome and wait for
    what; the newest day that any proposal of them is of, null for none."""

    ids: str
    total: int
    outcomes: Counter[str]
    waiting: Counter[standings.Waiting]
    looked_at: datetime.date | None

    def page(self, number: int, size: int) -> list[str]:
        """The ids of a page, from 1 on."""
        return self.ids.split("\n")[(number - 1) * size : number * size] if self.total else []


class Look:
    """One look at the ledger in a transaction: what it tells is counted only where it is not kept from an earlier."""

    def __init__(self, connection: Connection, asked: Asked, as_of: datetime.date) -> None:
        self.connection, self.asked, self.as_of = connection, asked, as_of
        self._whatever = dataclasses.replace(asked.wanted, outcome=None)
        self._when = (as_of, _state(connection))

    @cached_property
    def _every(self) -> list[LedgerEntry]:
        """All that answers, whatever became of it."""
        return entries_found(self.connection, self._whatever, self.as_of)[::-1]

    def seen(self) -> Seen:
        """What all that answers tells."""
        return remembered(self.connection, ("ledger", self.asked.wanted, *self._when), self._seen)

    def _seen(self) -> Seen:
        entries = [one for one in self._every if self.asked.wanted.outcome in (None, one.outcome)]
        return Seen(
            ids="\n".join(one.prediction.id for one in entries),
            total=len(entries),
            outcomes=Counter(one.outcome.value for one in entries),
            waiting=Counter(filter(None, (standings.waiting(one, self.as_of) for one in entries))),
            looked_at=max((one.proposal.as_of for one in entries if one.proposal), default=None),
        )

    def board(self) -> Scoreboard:
        """The scores of all that answers, whatever became of it, for a score of outcomes chosen beforehand says
        nothing."""
        shown = self.asked.by, self.asked.yardstick, self.asked.confirmed
        return remembered(self.connection, ("scores", self._whatever, *self._when, *shown), self._board)

    def _board(self) -> Scoreboard:
        asked = self.asked
        return scoreboard(self._every, asked.by, self.as_of, asked.yardstick, asked.confirmed)

    def page(self) -> list[LedgerEntry]:
        """The entries of the page asked for."""
        return entries_named(self.connection, self.seen().page(self.asked.page, PAGE_SIZE), self.as_of)


def _state(connection: Connection) -> Hashable:
    """What tells that the ledger changed where the log of custody, which knows of documents only, did not grow: a
    document was looked at, predictions of the program's own came, proposals were made or taken back, people ruled."""
    made, ruled = prediction_proposals.c, prediction_rulings.c
    return (
        count_unseen(connection),
        connection.scalar(select(func.count()).select_from(predictions)),
        *connection.execute(select(func.count(), func.max(made.proposed_at))).one(),
        *connection.execute(select(func.count(), func.max(ruled.number))).one(),
    )
