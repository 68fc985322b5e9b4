"""The record as the watch sees it: its tables, each read once, put together as columns of all statements."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from sqlalchemy import Connection, func, or_, select

from foreshock.model.board import Every, Where
from foreshock.model.day import EARLIEST, as_known
from foreshock.model.statement import Statement, from_json
from foreshock.places.gazetteer import Gazetteer
from foreshock.record.decisions_tables import grade_changes
from foreshock.record.events_tables import event_digests, event_statements, events
from foreshock.record.store import Record
from foreshock.record.syndication_tables import syndication_texts
from foreshock.record.tables import captures, documents, statement_contexts, statement_participants, statements
from foreshock.watch.columns import (
    CONTEXT_BITS,
    KIND_NUMBERS,
    MODE_NUMBERS,
    NONE,
    SECTOR_BITS,
    TYPE_NUMBERS,
    UNGRADED,
    By,
    Flags,
    Numbers,
    Party,
    Sightings,
)
from foreshock.watch.digits import steps_of
from foreshock.watch.periods import UNDATED, first_day_of, period_of
from foreshock.watch.rules import rules

_ROLES: Final = ("actor", "recipient")
_NONE: Final = frozenset[str]()
_RESPONSE: Final = CONTEXT_BITS["external_response"]


class _Told(NamedTuple):
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
class _Document:
    """A document: the period in which it was known, the group of copies it is of, and its outlet."""

    period: int
    report: str
    outlet: str | None


@dataclass(frozen=True)
class _Places:
    """Of each statement its place and region, as numbers of `places`, and whether that region lies at a border."""

    places: tuple[Where, ...]
    place: Numbers
    region: Numbers
    at_border: Flags


@dataclass(frozen=True)
class _Texts:
    """Of each statement when its document was known, the text with its copies, the outlet, a number of `outlets`, and
    its letter, and whether events were computed over it."""

    outlets: tuple[str, ...]
    period: Numbers
    report: Numbers
    outlet: Numbers
    reliability: Numbers
    compared: Flags


@dataclass(frozen=True)
class _Events:
    """Of each statement its event and that one's digit, and of events whose digit was another before since when."""

    event: Numbers
    credibility: Numbers
    steps: dict[int, tuple[tuple[int, int], ...]]


def sightings(record: Record, every: Every = "month", by: By = "published", graded: bool = True) -> Sightings:
    """The record as the watch sees it. Not `graded`, it knows of events only today's digits, which is quicker."""
    with record.begin() as connection:
        return _Gathering(connection, every, by).made(graded)


class _Gathering:
    """Reads the tables once each and puts the columns together."""

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

    def _statements(self) -> Iterator[_Told]:
        """The statements of documents of a known time, in order. Words and days that come again are held once: a large
        record has millions."""
        query = select(*(statements.c[name] for name in _Told._fields)).order_by(statements.c.number)
        once: dict[object, Any] = {}
        for identity, *told in self.connection.execute(query):
            row = _Told(identity, *(once.setdefault(one, one) for one in told))
            if UNDATED != self.documents[row.document].period <= self.newest:
                yield row

    def _documents(self) -> dict[str, _Document]:
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
            found[identity] = _Document(period, copies.get(identity, identity), outlet)
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

    def made(self, graded: bool) -> Sightings:
        """The columns."""
        keep = [at for at, country in enumerate(self.where) if country]
        rows = [self.rows[at] for at in keep]
        where, texts, told = self._places(keep), self._texts(rows), self._events(rows, graded)
        killed, members = self._bodies()
        return Sightings(
            every=self.every,
            by=self.by,
            places=where.places,
            outlets=texts.outlets,
            ids=np.array([row.id for row in rows], dtype="U16"),
            period=texts.period,
            place=where.place,
            region=where.region,
            report=texts.report,
            event=told.event,
            outlet=texts.outlet,
            compared=texts.compared,
            kind=_column(KIND_NUMBERS[row.kind] for row in rows),
            positive=np.array([row.polarity == "positive" for row in rows], dtype=bool),
            type=_column(_or_none(TYPE_NUMBERS, row.type) for row in rows),
            mode=_column(_or_none(MODE_NUMBERS, row.mode) for row in rows),
            contexts=self.contexts[keep],
            actors=self._party("actor", keep),
            recipients=self._party("recipient", keep),
            crosses=np.array([len(self._involved(at) | members.get(at, set())) > 1 for at in keep], dtype=bool),
            at_border=where.at_border,
            killed=_column(killed.get(at, 0) for at in keep),
            credibility=told.credibility,
            reliability=texts.reliability,
            fresh=self._fresh(rows, texts.period),
            unread=self._unread(),
            undated=sum(one.period == UNDATED for one in self.documents.values()),
            steps=told.steps,
            later=len({one.report for one in self.documents.values() if one.period > self.newest}),
        )

    def _places(self, keep: Sequence[int]) -> _Places:
        """Where the statements stand that stand in any country."""
        made: dict[tuple[str, str | None], tuple[Where, Where]] = {}
        wheres = []
        for at in keep:
            row, country = self.rows[at], self.where[at] or ""
            named = country, row.admin1 if row.country == country else None
            if named not in made:
                made[named] = Where(country), Where(*named)
            wheres.append(made[named])
        places = tuple(sorted({one for pair in wheres for one in pair}, key=lambda one: one.order))
        number_of = {one: number for number, one in enumerate(places)}
        borders = _borders({one.country for one in places})
        return _Places(
            places=places,
            place=_column(number_of[country] for country, _ in wheres),
            region=_column(number_of[region] if region.admin1 else NONE for _, region in wheres),
            at_border=np.array([(region.country, region.admin1) in borders for _, region in wheres], dtype=bool),
        )

    def _texts(self, rows: Sequence[_Told]) -> _Texts:
        """What is known of the documents that the statements stand in."""
        known = [self.documents[row.document] for row in rows]
        reports, outlets = _numbered(one.report for one in known), _numbered(one.outlet for one in known)
        letters, compared = self._letters(), set(self.connection.scalars(select(event_digests.c.document)))
        return _Texts(
            outlets=tuple(outlets),
            period=np.array([one.period for one in known], dtype=np.int64),
            report=_column(reports[one.report] for one in known),
            outlet=_column(_or_none(outlets, one.outlet) for one in known),
            reliability=_column(letters.get(one.outlet or "", UNGRADED) for one in known),
            compared=np.array([row.document in compared for row in rows], dtype=bool),
        )

    def _events(self, rows: Sequence[_Told], graded: bool) -> _Events:
        """The events of the statements, as far confirmed as today, and before where they are to be `graded`."""
        events_of, digits = self._digits()
        numbers = _numbered(events_of.get(row.id) for row in rows)
        periods = {identity: one.period for identity, one in self.documents.items()}
        steps = steps_of(self.connection, periods, digits) if graded else {}
        return _Events(
            event=_column(_or_none(numbers, events_of.get(row.id)) for row in rows),
            credibility=_column(digits.get(events_of.get(row.id, ""), UNGRADED) for row in rows),
            steps={numbers[event]: found for event, found in steps.items() if event in numbers},
        )

    def _party(self, role: str, keep: Sequence[int]) -> Party:
        foreign = [bool(self.countries[role][at] - {self.where[at]}) for at in keep]
        return Party(self.sectors[role][keep], np.array(foreign, dtype=bool))

    def _involved(self, at: int) -> frozenset[str]:
        country = self.where[at]
        return self.countries["actor"][at] | self.countries["recipient"][at] | ({country} if country else _NONE)

    def _contexts(self) -> Numbers:
        bits = np.zeros(len(self.rows), dtype=np.int64)
        for identity, name in self.connection.execute(
            select(statement_contexts.c.statement, statement_contexts.c.context)
        ):
            if (at := self.at.get(identity)) is not None:
                bits[at] |= CONTEXT_BITS.get(name, 0)
        return bits

    def _bodies(self) -> tuple[dict[int, int], dict[int, set[str]]]:
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

    def _digits(self) -> tuple[dict[str, str], dict[str, int]]:
        """The event of each statement in one that nobody dismissed, and the events' digits."""
        query = select(events.c.id, events.c.credibility).where(events.c.dismissed == 0)
        digits = {row.id: row.credibility for row in self.connection.execute(query)}
        names = {identity: identity for identity in digits}
        rows = self.connection.execute(select(event_statements.c.statement, event_statements.c.event))
        return {statement: names[event] for statement, event in rows if event in names}, digits

    def _letters(self) -> dict[str, int]:
        query = select(grade_changes.c.subject, grade_changes.c.after).where(grade_changes.c.what == "source")
        rows = self.connection.execute(query.order_by(grade_changes.c.number))
        return {subject: "ABCDEF".find(letter) for subject, letter in rows if letter in "ABCDEF"}

    def _fresh(self, rows: Sequence[_Told], periods: Numbers) -> Flags:
        """Whether what a statement tells of is not long over when its document was known."""
        limit = datetime.timedelta(days=rules().background)
        oldest = {int(period): first_day_of(int(period), self.every) - limit for period in np.unique(periods)}
        pairs = zip(rows, periods, strict=True)
        return np.array([row.time_to is None or row.time_to >= oldest[int(at)] for row, at in pairs], dtype=bool)

    def _unread(self) -> dict[int, float]:
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


def _dead(statement: Statement) -> int:
    count = statement.counts.get("killed")
    return max((one for one in (count.low, count.best) if one is not None), default=0) if count else 0


def _numbered(names: Iterable[str | None]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(name for name in names if name))}


def _or_none(numbers: dict[str, int], name: str | None) -> int:
    return numbers.get(name, NONE) if name else NONE


def _column(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int64)


def _borders(countries: set[str]) -> set[tuple[str, str | None]]:
    """The first-level regions of these countries that touch another country."""
    gazetteer = Gazetteer()
    return {
        (country, unit.name)
        for country in countries
        for neighbour in gazetteer.neighbours(country)
        for unit in gazetteer.border_units(country, neighbour)
    }
