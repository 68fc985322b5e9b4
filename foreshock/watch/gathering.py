"""What the watch counts of the record, read from its tables, each once: documents, statements, who acts, where."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from sqlalchemy import Connection, func, or_, select

from foreshock.model.board import Every
from foreshock.model.day import EARLIEST, as_known
from foreshock.model.statement import Statement, from_json
from foreshock.record.decisions_tables import grade_changes
from foreshock.record.events_tables import event_digests, event_statements, events
from foreshock.record.syndication_tables import syndication_texts
from foreshock.record.tables import captures, documents, statement_contexts, statement_participants, statements
from foreshock.watch.columns import CONTEXT_BITS, SECTOR_BITS, By, Numbers
from foreshock.watch.periods import UNDATED, period_of

_ROLES: Final = ("actor", "recipient")
_NONE: Final = frozenset[str]()
_RESPONSE: Final = CONTEXT_BITS["external_response"]


class Told(NamedTuple):
    """A statement as far as its own row tells what is counted."""

    id: str
    document: str
    kind: str
    polarity: str
    type: str | None
    mode: str | None
    country: str | None
    admin1: str | None
    time_to: datetime.date | None


@dataclass(frozen=True)
class Known:
    """A document: the period in which it was known, the group of copies it is of, and its outlet."""

    period: int
    report: str
    outlet: str | None


class Gathering:
    """The tables, read once each."""

    def __init__(self, connection: Connection, every: Every, by: By) -> None:
        self.connection, self.every, self.by = connection, every, by
        self.first = period_of(EARLIEST.isoformat(), every)
        self.newest = period_of(datetime.datetime.now(datetime.UTC).date().isoformat(), every)
        self.documents = self._documents()
        self.rows = list(self._statements())
        self.at = {row.id: number for number, row in enumerate(self.rows)}
        self.sectors = {role: np.zeros(len(self.rows), dtype=np.int64) for role in _ROLES}
        self.countries: dict[str, list[frozenset[str]]] = {role: [_NONE] * len(self.rows) for role in _ROLES}
        self._participants()
        self.contexts = self._contexts()
        self.where = self._where()

    def _statements(self) -> Iterator[Told]:
        """The statements of documents of a known time, in order. Words and days that come again are held once: a large
        record has millions."""
        query = select(*(statements.c[name] for name in Told._fields)).order_by(statements.c.number)
        once: dict[object, Any] = {}
        for identity, *told in self.connection.execute(query):
            row = Told(identity, *(once.setdefault(one, one) for one in told))
            if UNDATED != self.documents[row.document].period <= self.newest:
                yield row

    def _documents(self) -> dict[str, Known]:
        taken: dict[str, datetime.datetime] = {}
        for identity, at in self.connection.execute(
            select(captures.c.document, func.min(captures.c.captured_at)).group_by(captures.c.document)
        ):
            taken[identity] = at
        groups = select(syndication_texts.c.document, syndication_texts.c.copies_of)
        copies = {row.document: row.copies_of for row in self.connection.execute(groups)}
        table = documents.c
        query = select(table.id, table.outlet, table.published, table.published_granularity, table.crawl_month)
        found = {}
        for identity, outlet, published, granularity, crawled in self.connection.execute(query):
            captured = taken[identity].date().isoformat() if identity in taken else ""
            period = self._period(published, granularity, crawled, captured)
            found[identity] = Known(period, copies.get(identity, identity), outlet)
        return found

    def _period(
        self, published: datetime.date | None, granularity: str | None, crawled: str | None, captured: str
    ) -> int:  # fmt: skip
        """The period in which something was known, by when it was published, crawled (`YYYY-MM`) and captured."""
        day = crawled or captured
        if self.by == "captured":
            day = captured
        elif published is not None:
            # A month of publication is kept as its last day, which is no week.
            day = as_known(published, granularity)
        period = period_of(day, self.every) if day else UNDATED
        return period if period >= self.first else UNDATED

    def _participants(self) -> None:
        people = statement_participants.c
        query = select(people.statement, people.role, people.country, people.sector)
        once: dict[frozenset[str], frozenset[str]] = {}
        for identity, role, country, sector in self.connection.execute(query):
            at = self.at.get(identity)
            if at is None:
                continue
            self.sectors[role][at] |= SECTOR_BITS.get(sector, 0)
            if country:
                found = self.countries[role][at] | {country}
                self.countries[role][at] = once.setdefault(found, found)

    def _contexts(self) -> Numbers:
        bits = np.zeros(len(self.rows), dtype=np.int64)
        for identity, name in self.connection.execute(
            select(statement_contexts.c.statement, statement_contexts.c.context)
        ):
            if (at := self.at.get(identity)) is not None:
                bits[at] |= CONTEXT_BITS.get(name, 0)
        return bits

    def _where(self) -> list[str | None]:
        """Each statement's country: its place's, else its actors' or recipients' if one, else its document's; a
        response from outside is where it is responded to.

        A document's country is that of at least half of its placed statements.
        """
        placed: dict[str, Counter[str]] = {}
        for row in self.rows:
            if row.country:
                placed.setdefault(row.document, Counter())[row.country] += 1
        usual = {}
        for document, counted in placed.items():
            country, number = counted.most_common(1)[0]
            if 2 * number >= counted.total():
                usual[document] = country
        return [
            row.country or self._responded_to(at, usual.get(row.document)) or self._of_parties(at)
            or usual.get(row.document)
            for at, row in enumerate(self.rows)
        ]  # fmt: skip

    def _responded_to(self, at: int, usual: str | None) -> str | None:
        """The country that outsiders respond to, where a statement tells of such a response: the only one that it is
        done to and that does not do it, else its document's. Null where it tells of none, or of what a country does in
        a document about itself: *Niger asked Algeria for help* is of Niger."""
        actors = self.countries["actor"][at]
        if not self.contexts[at] & _RESPONSE or usual in actors:
            return None
        others = self.countries["recipient"][at] - actors
        return next(iter(others)) if len(others) == 1 else usual

    def _of_parties(self, at: int) -> str | None:
        for role in _ROLES:
            if len(self.countries[role][at]) == 1:
                return next(iter(self.countries[role][at]))
        return None

    def involved(self, at: int) -> frozenset[str]:
        """The countries of a statement: where it is of, and of those who act or are acted on in it."""
        country = self.where[at]
        return self.countries["actor"][at] | self.countries["recipient"][at] | ({country} if country else _NONE)

    def bodies(self) -> tuple[dict[int, int], dict[int, set[str]]]:
        """The dead told of, and the countries of a region's members, of the statements that have either."""
        query = select(statements.c.id, statements.c.body).where(
            or_(statements.c.body.like('%"killed":%'), statements.c.precision == "region")
        )
        killed: dict[int, int] = {}
        members: dict[int, set[str]] = {}
        for identity, body in self.connection.execute(query):
            at = self.at.get(identity)
            if at is not None:
                statement = from_json(body)
                killed[at] = _dead(statement)
                place = statement.place
                members[at] = {one.country for one in (place.members if place else ()) if one.country}
        return killed, members

    def digits(self) -> tuple[dict[str, str], dict[str, int]]:
        """The event of each statement in one that nobody dismissed, and the events' digits."""
        query = select(events.c.id, events.c.credibility).where(events.c.dismissed == 0)
        digits = {row.id: row.credibility for row in self.connection.execute(query)}
        names = {identity: identity for identity in digits}
        rows = self.connection.execute(select(event_statements.c.statement, event_statements.c.event))
        return {statement: names[event] for statement, event in rows if event in names}, digits

    def letters(self) -> dict[str, int]:
        """The letter that a person gave each outlet, as a number, A first."""
        query = select(grade_changes.c.subject, grade_changes.c.after).where(grade_changes.c.what == "source")
        rows = self.connection.execute(query.order_by(grade_changes.c.number))
        return {subject: "ABCDEF".find(letter) for subject, letter in rows if letter in "ABCDEF"}

    def unread(self) -> dict[int, float]:
        """The share of what was taken in each period that was left unread for its language."""
        table = captures.c
        query = select(
            table.published, table.published_granularity, table.crawl_month, table.captured_at, table.verdict
        )  # fmt: skip
        taken: Counter[int] = Counter()
        foreign: Counter[int] = Counter()
        for published, granularity, crawled, at, verdict in self.connection.execute(query):
            period = self._period(published, granularity, crawled, at.date().isoformat())
            taken[period] += 1
            foreign[period] += verdict.startswith("other_language")
        return {period: foreign[period] / number for period, number in taken.items()}

    def compared(self) -> set[str]:
        """The documents over which events were computed."""
        return set(self.connection.scalars(select(event_digests.c.document)))


def _dead(statement: Statement) -> int:
    count = statement.counts.get("killed")
    return max((one for one in (count.low, count.best) if one is not None), default=0) if count else 0
