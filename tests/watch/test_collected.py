"""What was not read is never green: too little, silent outlets, languages not read, no past."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from foreshock.model.board import State, Where
from foreshock.model.entry import Entry
from foreshock.watch.boards import named_boards, read_board
from foreshock.watch.coverage import why_dark
from foreshock.watch.evaluate import Watch
from foreshock.watch.periods import named_period
from foreshock.watch.sightings import sightings
from tests.watch.evaluated import CHAD, NOW, PAST, SUDAN, board_on_mutiny, standing, watch_over
from tests.watch.samples import FOREIGN, months, record_of, report, steady, surge


def told_by(outlets: Sequence[str], days: Sequence[datetime.date], country: str = "SDN") -> list[Entry]:
    """Four reports of each outlet on a country in each of these months."""
    named = [outlet for outlet in outlets for _ in range(4)]
    return [report(day, number, country=country, outlet=outlet) for day in days for number, outlet in enumerate(named)]


@pytest.mark.parametrize("read", [0, 3])
def test_too_little_read_is_not_collected(tmp_path: Path, read: int) -> None:
    others = steady([NOW], country="TCD", start=500)
    watch = watch_over(tmp_path, steady(PAST) + surge(NOW, [], others=read) + others)
    found = standing(watch, "coup")
    assert found.state is State.NOT_COLLECTED and not found.coverage.enough
    assert all(look.state is State.NOT_COLLECTED for look in found.outlooks) or read


def test_how_much_is_enough_can_be_said(tmp_path: Path) -> None:
    with record_of(tmp_path, steady(PAST) + surge(NOW, [], others=3)) as record:
        watch = Watch(sightings(record), named_boards(["coup"]), documents=2)
    assert standing(watch, "coup").state is State.QUIET


def test_outlets_that_fell_silent_are_not_calm(tmp_path: Path) -> None:
    usual = [
        report(day, number, outlet=outlet)
        for day in PAST
        for number, outlet in enumerate(["Nile", "Nile", "Atbara", "Atbara", "Dal", "Dal"])
    ]
    now = [report(NOW, number, outlet="Nile") for number in range(8)]
    found = standing(watch_over(tmp_path, usual + now), "coup")
    assert found.state is State.NOT_COLLECTED
    assert set(found.coverage.silent) == {"Atbara", "Dal"}
    assert "fell silent" in found.coverage.why


def test_outlets_of_other_countries_that_fall_silent_are_no_gap(tmp_path: Path) -> None:
    """Two papers on Chad end; Sudan is read of as before, by its own."""
    chad = told_by(["Djamena", "Moundou", "Abeche"], PAST, "TCD")
    watch = watch_over(tmp_path, told_by(["Nile", "Atbara"], [*PAST, NOW]) + chad)
    found = standing(watch, "coup")
    assert found.state is State.QUIET and found.coverage.silent == ()
    assert standing(watch, "coup", CHAD).coverage.silent == ("Djamena", "Moundou", "Abeche")


def test_outlets_that_go_on_with_another_country_are_not_silent(tmp_path: Path) -> None:
    now = told_by(["Nile"], [NOW]) + [report(NOW, 500 + at, outlet="Nile") for at in range(4)]
    elsewhere = told_by(["Atbara", "Dal"], [NOW], "TCD")
    watch = watch_over(tmp_path, told_by(["Nile", "Atbara", "Dal"], PAST) + now + elsewhere)
    assert standing(watch, "coup").state is State.QUIET
    gone = watch_over(tmp_path / "gone", told_by(["Nile", "Atbara", "Dal"], PAST) + now)
    assert "2 of 3 usual outlets fell silent: Atbara, Dal" in standing(gone, "coup").coverage.why


def test_one_outlet_that_pauses_is_no_gap_but_is_named(tmp_path: Path) -> None:
    now = told_by(["Nile"], [NOW]) + [report(NOW, 500 + at, outlet="Nile") for at in range(4)]
    found = standing(watch_over(tmp_path, told_by(["Nile", "Atbara"], PAST) + now), "coup")
    assert found.state is State.QUIET and found.coverage.silent == ("Atbara",)


def test_what_is_usual_is_told_as_it_was_reckoned(tmp_path: Path) -> None:
    entries = steady([PAST[0]], each=4) + steady([PAST[1]], each=5, start=100) + steady([NOW], each=5, start=200)
    found = standing(watch_over(tmp_path, entries), "coup").coverage
    assert found.enough and found.usual == 4.5 and found.why == "5 documents, 4.5 usual"


def test_languages_not_read_are_not_calm(tmp_path: Path) -> None:
    foreign = [report(NOW, 900 + number, verdict=FOREIGN) for number in range(30)]
    found = standing(watch_over(tmp_path, steady([*PAST, NOW]) + foreign), "coup")
    assert found.state is State.NOT_COLLECTED and "languages" in found.coverage.why


def test_without_a_past_there_is_nothing_to_say(tmp_path: Path) -> None:
    watch = watch_over(tmp_path, steady(months("2022-11", 2)) + surge(NOW, ["mutinied"] * 8))
    assert standing(watch, "coup").state is State.NOT_COLLECTED


def test_a_region_of_which_nothing_was_read_is_not_quiet(tmp_path: Path) -> None:
    """Half of a year's reports are on Khartoum; then a month has as many on the country and none on Khartoum."""
    past = [report(day, n, admin1="Khartoum" if n < 6 else None) for day in PAST for n in range(12)]
    watch = watch_over(tmp_path, past + surge(NOW, [], others=12), ("coming-apart",))
    khartoum = Where("SDN", "Khartoum")
    found, before = (standing(watch, "coming-apart", khartoum, month) for month in ("2023-01", "2022-12"))
    assert found.state is State.NOT_COLLECTED and not found.coverage.enough
    assert found.coverage.why == "0 documents on the region where 6 are usual"
    assert {one.state for one in found.outlooks} == {State.NOT_COLLECTED}
    assert before.state is State.QUIET and before.coverage.documents == 6
    assert before.coverage.why == "6 documents on the region, 6 usual; on the country 12 documents, 12 usual"
    assert standing(watch, "coming-apart").state is State.QUIET


@pytest.mark.parametrize(("plain", "expected"), [(1, State.NOT_COLLECTED), (2, State.QUIET)])
def test_a_board_most_of_whose_scenarios_are_dark_is_not_quiet(tmp_path: Path, plain: int, expected: State) -> None:
    """Of three scenarios so many can be told; the others go by graded outlets, of which there is none."""
    names = [f"s{number}" for number in range(3)]
    queries = ["mode: [x-mutiny]" if number < plain else "reliability: B" for number in range(3)]
    text = "id: mine\nname: Mine\nabout: x\nindicators:\n" + "".join(
        f"- {{id: {name}, name: N, why: w, source: [s], query: {{{query}}}}}\n"
        for name, query in zip(names, queries, strict=True)
    )
    text += "scenarios:\n" + "".join(
        f"- {{id: {name}, name: {name}, about: x, indicators: [{name}]}}\n" for name in names
    )
    with record_of(tmp_path, steady([*PAST, NOW])) as record:
        found = standing(Watch(sightings(record), [read_board(text.encode(), "mine.yaml")]), "mine")
    assert found.state is expected
    assert "0 documents of a graded outlet; 5 are needed" in why_dark(found)


def test_a_place_that_a_board_names_and_nobody_read_of_is_not_collected(tmp_path: Path) -> None:
    board = board_on_mutiny(places="[sdn, tcd, TCD]")
    later = datetime.date(2023, 2, 10)
    with record_of(tmp_path, steady(PAST) + surge(NOW, ["mutinied"] * 8)) as record:
        watch = Watch(sightings(record), [board])
        found = standing(watch, "mine", CHAD)
        assert [one.where for one in watch.at(named_period("2023-01", "month")).standings] == [SUDAN, CHAD]
        assert found.state is State.NOT_COLLECTED and not found.war and not found.coverage.enough
        assert found.coverage.why == "never read of: 0 documents; 5 are needed"
        assert watch.sign_at("mine/mutiny", CHAD, named_period("2023-01", "month")).state is State.NOT_COLLECTED
        record.keep(steady([later], country="TCD", start=500))
        assert standing(Watch(sightings(record), [board]), "mine", CHAD) == found


def test_a_place_that_a_board_names_stays_listed_when_it_is_read_of_no_more(tmp_path: Path) -> None:
    board = named_boards(["coup"])[0]
    long_ago = steady(months("2020-01", 3), country="TCD", start=500)
    with record_of(tmp_path, long_ago + steady([*PAST, NOW])) as record:
        every, named = (Watch(sightings(record), [one]) for one in (board, replace(board, places=("SDN", "TCD"))))
    assert CHAD not in {one.where for one in every.at(every.span.last).standings}
    assert standing(named, "coup", CHAD).state is State.NOT_COLLECTED
    assert standing(named, "coup", CHAD).coverage.why == "0 documents; 5 are needed"
