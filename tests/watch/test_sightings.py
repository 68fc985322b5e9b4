"""What counts, where and when: copies, background, regions, responses from outside, dates, fields of a query."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from foreshock.errors import UsageError
from foreshock.model.board import State, Where
from foreshock.model.day import last_day
from foreshock.model.entry import Entry
from foreshock.model.vocabulary import Granularity
from foreshock.rounds.watching import Asked, evaluated
from foreshock.watch.boards import named_boards
from foreshock.watch.evaluate import Watch
from foreshock.watch.outcomes import outcomes
from foreshock.watch.periods import UNDATED, named_period
from foreshock.watch.queries import matching
from foreshock.watch.sightings import sightings
from foreshock.watch.store import alerts
from tests.watch.evaluated import NOW, PAST, SUDAN, board_on_mutiny, sign, standing, watch_over
from tests.watch.samples import FOREIGN, record_of, report, steady, surge


def to_the_month(entry: Entry) -> Entry:
    """The entry with its document's publication known to the month alone, kept as its last day."""
    published = last_day(f"{entry.document.published:%Y-%m}")
    document = replace(entry.document, published=published, published_granularity=Granularity.MONTH)
    reading = replace(entry.reading, document=document) if entry.reading else None
    return Entry(entry.capture, document, entry.verdict, reading)


def responding(
    number: int, actor: str, recipient: str | None, contexts: tuple[str, ...] = ("external_response",)
) -> Entry:
    """A report on Sudan whose first statement has no place: who of which country does something to whom."""
    told = report(NOW, number)
    assert told.reading is not None
    [placed] = told.reading.statements
    party = placed.actors[0]
    first = replace(
        placed, id=f"{number:016x}", place=None, contexts=contexts, actors=(replace(party, country=actor),),
        recipients=() if recipient is None else (replace(party, country=recipient),),
    )  # fmt: skip
    return Entry(told.capture, told.document, told.verdict, replace(told.reading, statements=(first, placed)))


def test_copies_of_one_report_are_one(tmp_path: Path) -> None:
    same = [report(NOW, 100, "mutinied") for _ in range(8)]
    watch = watch_over(tmp_path, steady(PAST) + same + surge(NOW, []))
    assert sign(standing(watch, "coup"), "refusal").seen == 1


def test_background_is_no_sign(tmp_path: Path) -> None:
    old = [report(NOW, 100 + n, "mutinied", about=datetime.date(1989, 6, 30)) for n in range(8)]
    watch = watch_over(tmp_path, steady(PAST) + old + surge(NOW, []))
    assert sign(standing(watch, "coup"), "refusal").seen == 0


def test_a_region_counts_in_its_country(tmp_path: Path) -> None:
    inside = [report(NOW, 100 + n, "mutinied", admin1="Khartoum") for n in range(8)]
    watch = watch_over(tmp_path, steady(PAST) + inside + surge(NOW, []), ("coming-apart",))
    for where in (SUDAN, Where("SDN", "Khartoum")):
        assert sign(standing(watch, "coming-apart", where), "defection").seen == 8


@pytest.mark.parametrize(
    ("actor", "recipient", "contexts", "country"),
    [
        ("FRA", None, ("external_response",), "SDN"),
        ("FRA", "TCD", ("external_response",), "TCD"),
        ("FRA", "FRA", ("external_response",), "SDN"),
        ("SDN", "FRA", ("external_response",), "SDN"),  # in a document about itself
        ("FRA", "TCD", ("instability",), "FRA"),
        ("FRA", None, (), "FRA"),
    ],
)
def test_what_outsiders_do_counts_where_they_respond_to(
    tmp_path: Path, actor: str, recipient: str | None, contexts: tuple[str, ...], country: str
) -> None:
    with record_of(tmp_path, [responding(1, actor, recipient, contexts)]) as record:
        seen = sightings(record)
    at = seen.ids.tolist().index(f"{1:016x}")
    assert seen.places[seen.place[at]] == Where(country)


def test_weeks_leave_out_what_is_dated_to_the_month(tmp_path: Path) -> None:
    vague = [to_the_month(report(NOW, 900 + number)) for number in range(3)]
    foreign = to_the_month(report(NOW, 990, verdict=FOREIGN))
    with record_of(tmp_path, [*steady(PAST), *vague, foreign]) as record:
        weeks, whole = sightings(record, "week"), sightings(record)
    assert weeks.undated == 3 and len(set(weeks.period.tolist())) == 12
    assert not any(weeks.unread.get(one, 0.0) for one in set(weeks.unread) - {UNDATED})
    assert whole.undated == 0 and len(set(whole.period.tolist())) == 13


def test_a_run_that_is_refused_for_its_boards_by_week_keeps_nothing_of_those_by_month(tmp_path: Path) -> None:
    boards = [*named_boards(["coup"]), replace(board_on_mutiny(), every="week")]
    entries = [to_the_month(one) for one in [*steady(PAST), *surge(NOW, ["mutinied"] * 9)]]
    with record_of(tmp_path, entries) as record:
        with pytest.raises(UsageError, match="nothing in the record bears on a country and a week"):
            evaluated(record, Asked(boards, "published", None, outcomes()), None, print)
        assert not alerts(record)
        evaluated(record, Asked(boards[:1], "published", None, outcomes()), None, print)
        assert alerts(record)


def test_dates_that_no_document_can_bear_are_left_out_and_told(tmp_path: Path) -> None:
    """Programs write 0001-01-01 or 9999-12-31 where they know no date."""
    days = [datetime.date(1, 1, 1), datetime.date(5, 1, 31), datetime.date(9999, 12, 31)]
    entries = steady([*PAST, NOW]) + [report(day, 900 + at) for at, day in enumerate(days)]
    with record_of(tmp_path, entries) as record:
        seen = sightings(record)
        watch = Watch(seen, named_boards(["coup"]))
    assert (seen.undated, seen.later) == (2, 1)
    assert (watch.span.first, watch.span.last) == (named_period("2022-01", "month"), named_period("2023-01", "month"))
    assert standing(watch, "coup").state is State.QUIET


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{any: [{type: [PROTEST]}, {kind: [forecast], type: [COERCE]}], kind: [report, forecast]}", 1),
        ("{any: [{type: [PROTEST]}, {kind: [report], type: [COERCE]}], kind: [report, forecast]}", 3),
        ("{type: [PROTEST, COERCE], country: [sdn]}", 3),
        ("{type: [PROTEST, COERCE], country: [EGY]}", 0),
    ],
)
def test_every_field_of_an_alternative_must_hold(tmp_path: Path, query: str, expected: int) -> None:
    board = board_on_mutiny(query=query)
    told = [report(NOW, 1, "protested"), report(NOW, 2, "mutinied"), report(NOW, 3, "mutinied"), report(NOW, 4)]
    with record_of(tmp_path, told) as record:
        assert int(matching(board.indicators[0].query, sightings(record)).sum()) == expected
