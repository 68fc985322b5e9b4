"""Search: the same answer whichever way it is found, newest first, page after page."""

import dataclasses
import datetime
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from alembic import command

from foreshock.errors import UsageError
from foreshock.exchange.choose import Choice, statements_in
from foreshock.model.entry import Entry
from foreshock.model.statement import Participant, Place, Source
from foreshock.model.vocabulary import Granularity, SourceKind
from foreshock.record import narrow
from foreshock.record.erasure import erase
from foreshock.record.query import Filter, count_statements, every_statement, find_statements
from foreshock.record.store import Record, migration_config
from foreshock.record.verify import verify
from tests.record.samples import entry

DAY = datetime.date(2023, 6, 10)
ALL = 1000


def varied(number: int) -> Entry:
    """An entry that differs from others in place, actor, source and day."""
    chance = random.Random(number)
    who, where = chance.choice(["Ann", "Bob", "Eve"]), chance.choice(["barracks", "town"])
    one = entry(f"{who} said {number} soldiers fled the {where}, and the front will hold.", number % 28)
    assert one.reading is not None
    made = []
    for statement in one.reading.statements:
        actor = Participant(start=0, end=3, text=who, id=f"Q{number % 5}", name=f"The {who}")
        town = Place(start=0, end=3, text=who, name=chance.choice(["Goma", "Beni"]), country="COD")
        time = chance.choice([None, statement.time])  # which lies before most of the days asked for
        place = chance.choice([None, town])
        source = Source(start=0, end=3, text=who, source_kind=SourceKind.ORGANISATION)
        made.append(msgspec.structs.replace(statement, actors=(actor,), sources=(source,), place=place, time=time))
    day = [one.document.published, None, None][number % 3]
    month = [None, "2023-06", None][number % 3]
    document = msgspec.structs.replace(one.document, published=day, crawl_month=month)
    reading = msgspec.structs.replace(one.reading, document=document, statements=tuple(made))
    return dataclasses.replace(one, document=document, reading=reading)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record(str(tmp_path_factory.mktemp("search") / "record.sqlite")) as made:
        made.keep([varied(number) for number in range(60)])
        yield made


FILTERS = [
    Filter(),
    Filter(clause_words="barracks"),
    Filter(clause_words='"the front"'),
    Filter(clause_words="hold", kind="forecast"),
    Filter(clause_words="town", source="Ann"),
    Filter(kind="report", country="COD"),
    Filter(kinds=("report", "forecast"), place="Goma"),
    Filter(actor="Q2"),
    Filter(actor="The Ann", mechanism="defection"),
    Filter(actor="Eve", since=DAY),
    Filter(since=DAY, until=datetime.date(2023, 6, 20)),
    Filter(clause_words="barracks", since=DAY, type="RETREAT"),
    Filter(clause_words="Ann", until=DAY),
    Filter(actor="THE ÉVE", source="bob"),
    Filter(place="gomá", kind="report"),
    Filter(precision="point"),
    Filter(place="no such place"),
]


@pytest.mark.parametrize("wanted", FILTERS)
def test_every_way_of_finding_gives_the_same_in_the_same_order(
    record: Record, wanted: Filter, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = [hit.statement.id for hit in find_statements(record, wanted, ALL)]
    for changes in ({"MANY": 0}, {"WALK": 1e9}, {"SORT": 1e9, "BY_ID": 1e9, "LISTED": -1e9}):
        with monkeypatch.context() as changed:
            for name, value in changes.items():
                changed.setattr(narrow, name, value)
            assert [hit.statement.id for hit in find_statements(record, wanted, ALL)] == taken
    assert len(taken) == len(set(taken)) == count_statements(record, wanted)


@pytest.mark.parametrize("wanted", FILTERS)
def test_pages_follow_one_another_without_a_gap(record: Record, wanted: Filter) -> None:
    whole = [hit.statement.id for hit in find_statements(record, wanted, ALL)]
    paged: list[str] = []
    while page := find_statements(record, wanted, 7, len(paged)):
        paged += [hit.statement.id for hit in page]
    assert paged == whole == [hit.statement.id for hits in every_statement(record, wanted, 7) for hit in hits]
    assert find_statements(record, wanted, 7, len(whole) + 50) == []


@pytest.mark.parametrize("wanted", [Filter(), Filter(clause_words="barracks"), Filter(kind="report", country="COD")])
def test_all_come_once_though_others_are_taken_in_and_erased_meanwhile(tmp_path: Path, wanted: Filter) -> None:
    with Record(str(tmp_path / "record.sqlite")) as record:
        record.keep([varied(number) for number in range(60)])
        whole = [hit.statement for hit in find_statements(record, wanted, ALL)]
        read = every_statement(record, wanted, 7)
        seen = [hit.statement for hit in next(read)]
        record.keep([varied(number) for number in range(60, 120)])
        gone = next(one.document for one in whole[7:] if one.document not in {told.document for told in seen})
        erase(record, gone, "asked for", "Amal")
        seen += [hit.statement for hits in read for hit in hits]
        assert seen == [one for one in whole if one.document != gone]


def test_the_newest_come_first_and_those_of_no_known_day_last(record: Record) -> None:
    days = [str(hit.published or hit.crawl_month or "") for hit in find_statements(record, Filter(), ALL)]
    assert days == sorted(days, reverse=True)


def test_a_month_counts_while_it_is_not_over(record: Record) -> None:
    def months(**days: datetime.date) -> set[str | None]:
        return {hit.crawl_month for hit in find_statements(record, Filter(**days), ALL)}  # type: ignore[arg-type]

    assert "2023-06" in months(since=datetime.date(2023, 6, 1), until=datetime.date(2023, 6, 30))
    assert "2023-06" not in months(until=datetime.date(2023, 5, 31))


def of_june(words: str, **known: object) -> Entry:
    """An entry of whose publication no more is known than that it was in June 2023."""
    one = entry(words, 0)
    assert one.reading is not None
    document = msgspec.structs.replace(one.document, **({"published": None, "crawl_month": None} | known))  # type: ignore[arg-type]
    undated = tuple(msgspec.structs.replace(statement, time=None) for statement in one.reading.statements)
    reading = msgspec.structs.replace(one.reading, document=document, statements=undated)
    return dataclasses.replace(one, document=document, reading=reading)


@pytest.fixture
def months(tmp_path: Path) -> Iterator[Record]:
    """A record of two texts of which only the month is known, one published in it, the other found in a crawl of it."""
    published = {"published": datetime.date(2023, 6, 30), "published_granularity": Granularity.MONTH}
    with Record(str(tmp_path / "months.sqlite")) as record:
        crawled = of_june("Bob said soldiers fled the town.", crawl_month="2023-06")
        record.keep([of_june("Ann said soldiers fled the barracks.", **published), crawled])
        yield record


def test_a_month_is_a_month_whoever_tells_it(months: Record) -> None:
    every = count_statements(months, Filter())
    for until, all_or_none in (("2023-05-31", 0), ("2023-06-01", every), ("2023-06-15", every)):
        day = datetime.date.fromisoformat(until)
        assert count_statements(months, Filter(until=day)) == all_or_none
        assert len(list(statements_in(months, Choice(until=day)))) == all_or_none
    for since, all_or_none in (("2023-06-15", every), ("2023-06-30", every), ("2023-07-01", 0)):
        day = datetime.date.fromisoformat(since)
        assert count_statements(months, Filter(since=day)) == all_or_none
        assert len(list(statements_in(months, Choice(since=day)))) == all_or_none


@pytest.mark.slow
def test_a_record_in_which_months_stood_under_their_last_day_is_mended_when_it_is_opened(months: Record) -> None:
    config = migration_config()
    with months.begin(writing=True) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0012")
    assert [finding.item for finding in verify(months)] != []
    with Record(months.name) as again:
        assert list(verify(again)) == []
        assert count_statements(again, Filter(until=datetime.date(2023, 6, 15))) == count_statements(again, Filter())


def test_a_text_of_no_known_day_was_not_published_by_any(record: Record) -> None:
    found = find_statements(record, Filter(until=datetime.date(2030, 1, 1)), ALL)
    assert found
    assert all(hit.published or hit.crawl_month for hit in found)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("barrack", False),
        ("barrack*", True),
        ("BARR* fle*", True),
        ('"fled the barr"*', True),
        ('"the barr"*fled', True),
        ('"fled the barr"', False),
        ("soldier* camp*", False),
    ],
)
def test_a_star_finds_all_words_that_begin_so(tmp_path: Path, words: str, found: bool) -> None:
    with Record(str(tmp_path / "record.sqlite")) as record:
        record.keep([entry("Ann said soldiers fled the barracks of Goma.", 0)])
        assert bool(find_statements(record, Filter(clause_words=words), 10)) is found


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="after until"):
        Filter(since=DAY, until=DAY - datetime.timedelta(days=1))


def test_what_fits_nothing_but_the_time_is_left_out(record: Record) -> None:
    until = DAY + datetime.timedelta(days=5)
    days = {hit.published for hit in find_statements(record, Filter(clause_words="fled", since=DAY, until=until), ALL)}
    assert len(days) > 2
    assert all(day is None or DAY <= day <= until for day in days)
