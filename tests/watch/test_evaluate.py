"""From a record to states: a surge is seen, quiet is quiet, and what was not read is never green."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from foreshock.model.board import Board, Every, Outlook, Sign, Standing, State, Where
from foreshock.model.entry import Entry
from foreshock.model.vocabulary import Granularity
from foreshock.watch.alerts import alerts_of
from foreshock.watch.boards import named_boards, read_board
from foreshock.watch.coverage import why_dark
from foreshock.watch.evaluate import Watch
from foreshock.watch.outcomes import Outcomes
from foreshock.watch.periods import UNDATED, named_period
from foreshock.watch.queries import matching
from foreshock.watch.scenarios import outlooks_of
from foreshock.watch.sightings import sightings
from tests.watch.samples import FOREIGN, months, record_of, report, steady, surge, war

PAST = months("2022-01", 12)
NOW = datetime.date(2023, 1, 10)
SUDAN = Where("SDN")
CHAD = Where("TCD")


def watch_over(folder: Path, entries: list, boards: tuple[str, ...] = ("coup", "forces-breaking")) -> Watch:  # type: ignore[type-arg]
    with record_of(folder, entries) as record:
        return Watch(sightings(record), named_boards(boards))


def to_the_month(entry: Entry) -> Entry:
    """The entry with its document's publication known to the month alone, kept as its last day."""
    document = replace(entry.document, published=datetime.date(2023, 1, 31), published_granularity=Granularity.MONTH)
    reading = replace(entry.reading, document=document) if entry.reading else None
    return Entry(entry.capture, document, entry.verdict, reading)


def standing(watch: Watch, board: str, where: Where = SUDAN, month: str = "2023-01") -> Standing:
    found = watch.at(named_period(month, "month")).standings
    return next(one for one in found if one.board == board and one.where == where)


def board_on_mutiny(
    name: str = "mine", query: str = "{mode: [x-mutiny]}", levels: str | None = None, places: str = "[]"
) -> Board:
    """A board with one scenario that goes by one sign, `mutiny`."""
    levels = f", levels: {levels}" if levels else ""
    text = (
        f"id: {name}\nname: Mine\nabout: x\nplaces: {places}\nindicators:\n"
        f"- {{id: mutiny, name: M, why: w, source: [s], query: {query}{levels}}}\n"
        "scenarios:\n- {id: sc, name: S, about: x, indicators: [mutiny]}\n"
    )
    return read_board(text.encode(), f"{name}.yaml")


def sign(one: Standing, indicator: str) -> Sign:
    return next(found for look in one.outlooks for found in look.signs if found.indicator == indicator)


def test_a_surge_is_an_alarm_and_says_why(tmp_path: Path) -> None:
    watch = watch_over(tmp_path, steady(PAST) + surge(NOW, ["mutinied"] * 8 + ["protested"] * 8))
    coup = standing(watch, "coup")
    refusal = sign(coup, "refusal")
    assert refusal.state is State.ALARM and refusal.seen == 8
    assert refusal.chance is not None and refusal.chance < 0.001
    assert coup.state is State.ALARM
    alerts = alerts_of(watch, named_period("2023-01", "month"))
    alert = next(one for one in alerts if one.board == "coup")
    assert alert.reports == 16 and len(alert.statements) == 16
    assert "8 reports where 0." in alert.why and "by luck" in alert.why


def test_the_same_statements_do_not_confirm_themselves(tmp_path: Path) -> None:
    """Eight mutinies light *Plots* and *Orders refused* alike: one sign told twice, and no alarm of the board."""
    watch = watch_over(tmp_path, steady(PAST) + surge(NOW, ["mutinied"] * 8))
    coup = standing(watch, "coup")
    assert {sign(coup, one).state for one in ("plot", "refusal")} == {State.ALARM}
    palace = next(look for look in coup.outlooks if look.scenario == "palace")
    assert coup.state is palace.state is State.WATCH
    assert palace.leaning in (("Plots",), ("Orders refused",))
    raised = alerts_of(watch, named_period("2023-01", "month"))
    assert [one for one in raised if one.board == "coup"] == [] and any("change/" in one.rule for one in raised)


def test_a_sign_that_holds_another_stands_by_what_the_other_has_not(tmp_path: Path) -> None:
    """*Plots* counts mutinies and coups, *Orders refused* the mutinies: without them *Plots* has eight coups."""
    watch = watch_over(tmp_path, steady(PAST) + surge(NOW, ["mutinied"] * 8 + ["seized power"] * 8))
    palace = next(look for look in standing(watch, "coup").outlooks if look.scenario == "palace")
    assert palace.state is State.ALARM
    alert = next(one for one in alerts_of(watch, named_period("2023-01", "month")) if one.board == "coup")
    assert alert.reports == 16 and "16 of the reports light more than one of these signs" in alert.why


def test_a_usual_month_is_quiet(tmp_path: Path) -> None:
    watch = watch_over(tmp_path, steady([*PAST, NOW]))
    assert standing(watch, "coup").state is State.QUIET
    assert alerts_of(watch, named_period("2023-01", "month")) == []


def test_signs_that_show_nothing_are_looked_at_together_with_the_rest(tmp_path: Path) -> None:
    """A sign never seen before is looked at whether it shows or not: else it would be chosen by what came. A country
    that was not read of as yet, and one too little read of, are not."""
    now = steady([*PAST, NOW])
    few = [report(NOW, 900, country="TCD")]
    later = steady(months("2023-02", 1), country="NER", start=950)
    quiet, loud = (
        watch_over(tmp_path / name, now + few + more + later, ("coup",))
        for name, more in (("quiet", []), ("loud", [report(NOW, 800 + at, "mutinied") for at in range(6)]))
    )
    month = named_period("2023-01", "month")
    assert quiet.at(month).series == loud.at(month).series == len(quiet.numbers)


def test_a_standing_alarm_is_raised_once(tmp_path: Path) -> None:
    def both(number: int) -> list[str]:
        return [word for word in ("mutinied", "seized power") for _ in range(number)]

    later = datetime.date(2023, 2, 10)
    watch = watch_over(tmp_path, steady(PAST) + surge(NOW, both(8)) + surge(later, both(14)))
    assert any(one.board == "coup" for one in alerts_of(watch, named_period("2023-01", "month")))
    assert standing(watch, "coup", month="2023-02").state.height >= State.WARNING.height
    assert not any(one.board == "coup" for one in alerts_of(watch, named_period("2023-02", "month")))


def board_on_palace_and_street(palace: str, street: str) -> Board:
    """A board with two scenarios that go by these of the signs `mutiny`, `protest` and `attack`; a third by that."""
    return read_board(
        (
            "id: mine\nname: Mine\nabout: x\nindicators:\n"
            "- {id: mutiny, name: M, why: w, source: [s], query: {mode: [x-mutiny]}}\n"
            "- {id: protest, name: P, why: w, source: [s], query: {type: [PROTEST]}}\n"
            "- {id: attack, name: A, why: w, source: [s], query: {type: [ASSAULT]}}\n"
            f"scenarios:\n- {{id: palace, name: Palace, about: x, indicators: [{palace}]}}\n"
            f"- {{id: street, name: Street, about: x, indicators: [{street}]}}\n"
            "- {id: front, name: Front, about: x, indicators: [attack]}\n"
        ).encode(),
        "mine.yaml",
    )


def raised_by(watch: Watch, board: str, month: str) -> list[tuple[str, str]]:
    """Rule and title of a board's alerts in a month."""
    found = alerts_of(watch, named_period(month, "month"))
    return [(one.rule, one.title) for one in found if one.board == board]


def test_the_alarm_of_a_second_scenario_is_told(tmp_path: Path) -> None:
    """Mutinies in January; in February they are over, and the street rises: the board stands as high as before."""
    later = datetime.date(2023, 2, 10)
    entries = steady(PAST) + surge(NOW, ["mutinied"] * 9) + surge(later, ["protested"] * 12)
    with record_of(tmp_path, entries) as record:
        watch = Watch(sightings(record), [board_on_palace_and_street("mutiny", "protest")])
    assert standing(watch, "mine").state is standing(watch, "mine", month="2023-02").state is State.ALARM
    assert raised_by(watch, "mine", "2023-01") == [("mine:palace", "Mine: Palace")]
    assert raised_by(watch, "mine", "2023-02") == [("mine:street", "Mine: Street")]


def test_scenarios_that_are_not_told_apart_are_one_alert(tmp_path: Path) -> None:
    with record_of(tmp_path, steady(PAST) + surge(NOW, ["mutinied"] * 9 + ["protested"] * 12)) as record:
        watch = Watch(sightings(record), [board_on_palace_and_street("mutiny, protest", "mutiny, protest, attack")])
    states = [look.state for look in standing(watch, "mine").outlooks]
    assert states == [State.ALARM, State.ALARM, State.QUIET]
    assert raised_by(watch, "mine", "2023-01") == [("mine:palace", "Mine: Palace (or: Street)")]


def test_copies_of_one_report_are_one(tmp_path: Path) -> None:
    same = [report(NOW, 100, "mutinied") for _ in range(8)]
    watch = watch_over(tmp_path, steady(PAST) + same + surge(NOW, []))
    assert sign(standing(watch, "coup"), "refusal").seen == 1


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


def told_by(outlets: Sequence[str], days: Sequence[datetime.date], country: str = "SDN") -> list[Entry]:
    """Four reports of each outlet on a country in each of these months."""
    named = [outlet for outlet in outlets for _ in range(4)]
    return [report(day, number, country=country, outlet=outlet) for day in days for number, outlet in enumerate(named)]


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


def test_background_is_no_sign(tmp_path: Path) -> None:
    old = [report(NOW, 100 + n, "mutinied", about=datetime.date(1989, 6, 30)) for n in range(8)]
    watch = watch_over(tmp_path, steady(PAST) + old + surge(NOW, []))
    assert sign(standing(watch, "coup"), "refusal").seen == 0


def test_what_came_later_changes_nothing(tmp_path: Path) -> None:
    entries = steady(PAST) + surge(NOW, ["mutinied"] * 5)
    later = [entry for day in months("2023-02", 6) for entry in surge(day, ["mutinied"] * 9)]
    with record_of(tmp_path, entries) as record:
        before = Watch(sightings(record), named_boards(["coup"]))
        record.keep(later)
        after = Watch(sightings(record), named_boards(["coup"]))
    assert standing(before, "coup") == standing(after, "coup")


def test_a_region_counts_in_its_country(tmp_path: Path) -> None:
    inside = [report(NOW, 100 + n, "mutinied", admin1="Khartoum") for n in range(8)]
    watch = watch_over(tmp_path, steady(PAST) + inside + surge(NOW, []), ("coming-apart",))
    for where in (SUDAN, Where("SDN", "Khartoum")):
        assert sign(standing(watch, "coming-apart", where), "defection").seen == 8


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


def test_scenarios_with_the_same_signs_are_not_told_apart() -> None:
    board = named_boards(["coup"])[0]

    def made(name: str, lit: bool) -> Sign:
        return Sign(rule=f"coup/{name}", indicator=name, name=name, state=State.ALARM if lit else State.QUIET, seen=5,
                    usual=1.0, expected=1.0, chance=0.001, discovery=0.01, why="")  # fmt: skip

    rules = {"alarm": {"alarm": 1, "warning": 2}, "warning": {"warning": 2}, "watch": {"watch": 2}}
    signs = {one.id: made(one.id, one.id in ("protest", "economy")) for one in board.indicators}
    looks: dict[str, Outlook] = {look.scenario: look for look in outlooks_of(board, signs, rules)}
    assert looks["street"].alike == ("An uprising that the forces put down or join",)
    assert looks["street"].apart == ("Orders refused",)
    assert looks["palace"].alike == ()
    signs["refusal"] = made("refusal", True)
    assert outlooks_of(board, signs, rules)[1].alike == ()


def test_an_absolute_threshold_needs_no_luck(tmp_path: Path) -> None:
    board = board_on_mutiny(levels="{watch: {least: 1}, alarm: {least: 2}}")
    with record_of(tmp_path, steady(PAST) + surge(NOW, ["mutinied", "mutinied"])) as record:
        watch = Watch(sightings(record), [board])
    assert sign(standing(watch, "mine"), "mutiny").state is State.ALARM


def test_a_level_that_is_never_reached_is_not_reached(tmp_path: Path) -> None:
    """Unlikely enough for an alarm of its own, but no discovery: with no threshold of a warning it stands in watch."""
    board = board_on_mutiny(levels="{watch: {least: 1}, alarm: {least: 3, chance: 0.3}}")
    past = [one for day in PAST for one in surge(day, ["mutinied"], others=11)]
    with record_of(tmp_path, past + surge(NOW, ["mutinied"] * 3, others=9)) as record:
        found = sign(standing(Watch(sightings(record), [board]), "mine"), "mutiny")
    assert found.seen == 3 and found.chance is not None and found.chance <= 0.3
    assert found.discovery is not None and found.discovery > 0.1
    assert found.state is State.WATCH


def test_changes_by_week_are_alerts_of_their_own(tmp_path: Path) -> None:
    """June 2026 begins on a Monday, so that its first week and the month begin on one day."""
    first = datetime.date(2026, 6, 1)
    weeks = [first - datetime.timedelta(weeks=back) for back in range(30, 0, -1)]
    (board,) = named_boards(["coup"])
    with record_of(tmp_path, steady(weeks) + surge(first, ["mutinied"] * 9)) as record:
        by_month, by_week = (
            Watch(sightings(record, every), [replace(board, every=every)]) for every in ("month", "week")
        )
        found = [alerts_of(watch, watch.span.last) for watch in (by_month, by_week)]
    rules = [{one.rule for one in alerts if one.board is None} for alerts in found]
    assert "change/defection" in rules[0] and "change/week/defection" in rules[1] and not rules[0] & rules[1]
    of_changes = [one for alerts in found for one in alerts if one.board is None]
    assert {one.period for one in of_changes} == {first}
    assert len({one.id for one in of_changes}) == len(of_changes)


def test_weeks_leave_out_what_is_dated_to_the_month(tmp_path: Path) -> None:
    vague = [to_the_month(report(NOW, 900 + number)) for number in range(3)]
    foreign = to_the_month(report(NOW, 990, verdict=FOREIGN))
    with record_of(tmp_path, [*steady(PAST), *vague, foreign]) as record:
        weeks, whole = sightings(record, "week"), sightings(record)
    assert weeks.undated == 3 and len(set(weeks.period.tolist())) == 12
    assert not any(weeks.unread.get(one, 0.0) for one in set(weeks.unread) - {UNDATED})
    assert whole.undated == 0 and len(set(whole.period.tolist())) == 13


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


def test_a_scenario_with_one_sign_goes_by_it(tmp_path: Path) -> None:
    board = board_on_mutiny("barracks")
    with record_of(tmp_path, steady(PAST) + surge(NOW, ["mutinied"] * 8)) as record:
        watch = Watch(sightings(record), [board])
    assert standing(watch, "barracks").state is State.ALARM


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


def war_told(folder: Path, entries: Sequence[Entry], day: str, every: Every) -> bool:
    """Whether reports show a war already running in Sudan, on a board by month or week."""
    (board,) = named_boards(["coup"])
    with record_of(folder, entries) as record:
        watch = Watch(sightings(record, every), [replace(board, every=every)], known=Outcomes(()))
    return watch.war("SDN", named_period(day, every))


@pytest.mark.parametrize("every", ["month", "week"])
def test_a_war_of_which_reports_told_years_ago_is_not_running(tmp_path: Path, every: Every) -> None:
    entries = war(months("2015-01", 12)) + steady(months("2022-06", 3), start=500)
    assert not war_told(tmp_path, entries, "2022-08-10", every)


@pytest.mark.parametrize(("every", "day"), [("month", "2022-12-10"), ("week", "2022-12-30")])
def test_a_war_is_running_that_most_of_the_last_twelve_months_told_of(tmp_path: Path, every: Every, day: str) -> None:
    entries = steady(months("2022-01", 4)) + war(months("2022-05", 8)) + [report(datetime.date(2022, 12, 30), 900)]
    assert war_told(tmp_path, entries, day, every)
    assert not war_told(tmp_path / "before", entries, "2022-11-10", every)
