"""Indicators that count events, or ask for a grade, on a real record: bundled reports read, merged and graded."""

import datetime
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from foreshock.corroborate.decisions import deciding
from foreshock.corroborate.events.events import catch_up
from foreshock.line import add
from foreshock.model.board import Board, Sign, State, Where
from foreshock.model.entry import Entry
from foreshock.record.events_tables import event_statements, events
from foreshock.record.store import Record
from foreshock.record.tables import documents, statements
from foreshock.watch.boards import read_board
from foreshock.watch.columns import TYPE_NUMBERS
from foreshock.watch.evaluate import Watch
from foreshock.watch.periods import named_period
from foreshock.watch.queries import matching
from foreshock.watch.series import counts
from foreshock.watch.sightings import sightings
from tests.watch.samples import months, record_of, report

JUNE = named_period("2023-06", "month")
RUSSIA = Where("RUS")
WHO, WHY = "A. Analyst", "read the texts"


def _board(query: str, count: str = "reports") -> Board:
    text = f"""
id: made
name: Made
about: One sign.
indicators:
  - id: sign
    name: The sign
    why: For the test.
    source: [Nobody 2000 Nothing]
    query: {{{query}}}
    count: {count}
    levels: {{watch: {{least: 1}}}}
scenarios:
  - id: one
    name: One
    about: One.
    indicators: [sign]
"""
    return read_board(text.encode(), "made.yaml")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of June and July 2023 of the bundled chronicle, taken in by the line."""
    examples = Path(str(files("foreshock") / "data" / "examples"))
    wanted = [str(one) for one in sorted(examples.glob("2023-0[67]-*.md"))]
    path = tmp_path_factory.mktemp("chronicle") / "record.sqlite"
    with Record(str(path)) as record:
        add(wanted, record)
    return path


@pytest.fixture
def record(shared: Path, tmp_path: Path) -> Iterator[Record]:
    """A copy of that record, for one test to decide in."""
    own = tmp_path / "record.sqlite"
    own.write_bytes(shared.read_bytes())
    with Record(str(own)) as copied:
        yield copied


def _seen(record: Record, board: Board, where: Where = RUSSIA) -> int:
    """How many of what the sign counts are told of a place in June."""
    watch = Watch(sightings(record), [board], documents=1)
    (standing,) = [one for one in watch.at(JUNE).standings if one.where == where]
    sign: Sign = standing.outlooks[0].signs[0]
    return sign.seen


@pytest.mark.slow
def test_events_are_counted_once_however_many_texts_tell_of_them(record: Record) -> None:
    query = "type: [ASSAULT, COERCE, RETREAT]"
    merged = _seen(record, _board(query, "events"))
    told = _seen(record, _board(query, "statements"))
    with record.begin() as connection:
        rows = connection.execute(
            select(event_statements.c.event, statements.c.id)
            .join(statements, statements.c.id == event_statements.c.statement)
            .join(documents, documents.c.id == statements.c.document)
            .where(
                statements.c.country == "RUS", statements.c.kind == "report", statements.c.polarity == "positive",
                statements.c.type.in_(["ASSAULT", "COERCE", "RETREAT"]),
                documents.c.published.between(datetime.date(2023, 6, 1), datetime.date(2023, 6, 30)),
            )
        ).all()  # fmt: skip
    assert 1 < merged < told
    assert any(sum(row.event == event for row in rows) > 1 for event in {row.event for row in rows})
    # The watch also places what has no place of its own, so it sees these events and perhaps some more.
    assert merged >= len({row.event for row in rows}) > 1


def test_merging_two_events_makes_one_less(record: Record) -> None:
    board = _board("type: [ASSAULT]", "events")
    before = _seen(record, board)
    seen = sightings(record)
    which = matching(board.indicators[0].query, seen) & (seen.period == JUNE)
    rows = [row for row in np.flatnonzero(which) if seen.places[seen.place[row]] == RUSSIA]
    first = rows[0]
    other = next(row for row in rows if seen.event[row] != seen.event[first])
    deciding.merge(record, str(seen.ids[first]), str(seen.ids[other]), WHO, WHY)
    assert _seen(record, board) == before - 1


def test_a_grade_query_counts_what_is_graded_so_and_follows_a_persons_grade(record: Record) -> None:
    any_grade, believed = _board("type: [ASSAULT]", "events"), _board("type: [ASSAULT], credibility: 2", "events")
    before = _seen(record, believed)
    assert before < _seen(record, any_grade)
    seen = sightings(record)
    which = matching(any_grade.indicators[0].query, seen) & (seen.period == JUNE) & (seen.credibility > 2)
    row = next(row for row in np.flatnonzero(which) if seen.places[seen.place[row]] == RUSSIA)
    statement = str(seen.ids[row])
    deciding.grade_event(record, statement, 1, WHO, WHY)
    assert _seen(record, believed) == before + 1
    with record.begin() as connection:
        query = (
            select(events.c.credibility)
            .join(event_statements, event_statements.c.event == events.c.id)
            .where(event_statements.c.statement == statement)
        )
        assert connection.scalar(query) == 1


def test_what_a_later_report_confirms_was_not_confirmed_before(record: Record) -> None:
    """A report of July tells of what one of June told: from July on the event of June counts as confirmed."""
    board, july = _board("type: [ASSAULT], credibility: 2", "events"), JUNE + 1
    before = Watch(sightings(record), [board], documents=1)
    seen = sightings(record)
    alone = (seen.credibility == 6) & (seen.type == TYPE_NUMBERS["ASSAULT"]) & seen.positive & seen.fresh
    told_once = np.flatnonzero(alone)
    first = next(row for row in told_once if seen.period[row] == JUNE and seen.places[seen.place[row]] == RUSSIA)
    second = next(row for row in told_once if seen.period[row] == july and seen.outlet[row] != seen.outlet[first])
    deciding.merge(record, str(seen.ids[first]), str(seen.ids[second]), WHO, WHY)
    after = Watch(sightings(record), [board], documents=1)
    then = after.sign_at("made/sign", RUSSIA, JUNE)
    assert then.seen == before.sign_at("made/sign", RUSSIA, JUNE).seen
    assert str(seen.ids[first]) not in after.evidence("made/sign", RUSSIA, JUNE).statements
    since, calm = (one.sign_at("made/sign", RUSSIA, july) for one in (after, before))
    assert since.past[-2] == calm.past[-2] + 1
    where = seen.places[seen.place[second]]
    assert str(seen.ids[second]) in after.evidence("made/sign", where, july).statements


def test_a_dismissed_event_is_no_sign_to_a_grade_query(record: Record) -> None:
    believed = _board("type: [ASSAULT], credibility: 6", "events")
    before = _seen(record, believed)
    seen = sightings(record)
    which = matching(believed.indicators[0].query, seen) & (seen.period == JUNE)
    row = next(row for row in np.flatnonzero(which) if seen.places[seen.place[row]] == RUSSIA)
    deciding.dismiss(record, str(seen.ids[row]), WHO, "a film")
    assert _seen(record, believed) == before - 1


def test_a_reliability_query_counts_only_graded_outlets(record: Record) -> None:
    trusted, every = _board("type: [ASSAULT], reliability: B"), _board("type: [ASSAULT]")
    seen = sightings(record)
    which = matching(every.indicators[0].query, seen) & (seen.period == JUNE) & (seen.outlet >= 0)
    there = [row for row in np.flatnonzero(which) if seen.places[seen.place[row]] == RUSSIA]
    first, second, *_ = sorted({seen.outlets[seen.outlet[row]] for row in there})
    assert _seen(record, trusted) == 0
    deciding.grade(record, first, "B", WHO, WHY)
    one = _seen(record, trusted)
    assert 0 < one < _seen(record, every)
    deciding.grade(record, second, "A", WHO, WHY)
    assert one < _seen(record, trusted)
    for outlet in (first, second):
        deciding.grade(record, outlet, "D", WHO, WHY)
    assert _seen(record, trusted) == 0


def test_counts_of_events_and_grades_stand_for_every_place_at_once(record: Record) -> None:
    seen = sightings(record)
    board = _board("type: [ASSAULT], credibility: 6", "events")
    watch = Watch(seen, [board], documents=1)
    table = counts(seen, matching(board.indicators[0].query, seen), "events", watch.span)
    for standing in watch.at(JUNE).standings:
        if standing.where.admin1 is None:
            sign = standing.outlooks[0].signs[0]
            assert sign.seen == table[seen.places.index(standing.where), JUNE - watch.span.first]


def _told(record: Record, board: Board, month: str = "2023-01", country: str = "SDN") -> Sign:
    """What the sign says of a country in a month."""
    watch = Watch(sightings(record), [board])
    return watch.sign_at("made/sign", Where(country), named_period(month, "month"))


def _by(outlet: str, days: Sequence[datetime.date], country: str = "SDN") -> list[Entry]:
    """Twelve reports a month of one outlet, one of which tells of a protest."""
    return [
        report(day, number, "protested" if number == 0 else "met", country, outlet)
        for day in days
        for number in range(12)
    ]  # fmt: skip


def test_a_reliability_query_says_nothing_where_no_outlet_is_graded(tmp_path: Path) -> None:
    trusted = _board("type: [PROTEST], reliability: B")
    entries = _by("Nile", months("2022-01", 13)) + _by("Dal", months("2022-01", 13), "TCD")
    with record_of(tmp_path, entries) as own:
        dark = _told(own, trusted)
        assert dark.state is State.NOT_COLLECTED and dark.chance is None
        assert dark.why == "0 documents of a graded outlet; 5 are needed"
        deciding.grade(own, "Dal", "A", WHO, WHY)
        assert _told(own, trusted).state is State.NOT_COLLECTED
        assert _told(own, trusted, country="TCD").state is State.WATCH
        deciding.grade(own, "Nile", "C", WHO, WHY)
        assert _told(own, trusted).state is State.QUIET
        deciding.grade(own, "Nile", "F", WHO, WHY)
        assert _told(own, trusted).state is State.NOT_COLLECTED


def test_an_outlet_graded_of_late_makes_no_surge(tmp_path: Path) -> None:
    """Its past reports are graded with it; where they are few, there is no past to hold the sign against."""
    early = [report(day, 500 + number) for day in months("2022-01", 12) for number in range(12)]
    now = [report(datetime.date(2023, 1, 10), number, "protested", outlet="Nile") for number in range(9)]
    with record_of(tmp_path, early + now) as own:
        deciding.grade(own, "Nile", "A", WHO, WHY)
        found = _told(own, _board("type: [PROTEST], reliability: B"))
    assert found.state is State.NOT_COLLECTED and found.seen == 9
    assert found.why == "documents of a graded outlet in 0 earlier months; 6 are needed to know what is usual"


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked", [("type: [PROTEST]", "events"), ("any: [{type: [PROTEST], credibility: 6}]", "reports")]
)
def test_where_no_event_was_computed_nothing_can_be_said(tmp_path: Path, asked: tuple[str, str]) -> None:
    board, sudan, chad = _board(*asked), months("2022-01", 13), months("2022-01", 13)
    with record_of(tmp_path, _by("Nile", sudan)) as own:
        catch_up(own)
        own.keep(_by("Nile", chad, "TCD") + _by("Nile", months("2023-02", 1)))
        assert _told(own, board).state is State.WATCH
        for later, country in (("2023-02", "SDN"), ("2023-01", "TCD")):
            dark = _told(own, board, later, country)
            assert dark.state is State.NOT_COLLECTED
            assert dark.why == "0 documents over which events were computed; 5 are needed"
        catch_up(own)
        assert _told(own, board, "2023-02").state is State.WATCH
