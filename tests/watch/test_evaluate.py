"""From a record to states and alerts: a surge is seen, quiet is quiet, and nothing is told twice."""

import datetime
import io
from pathlib import Path

import pytest
from msgspec.structs import replace

from foreshock.model.board import Board, Outlook, Sign, State
from foreshock.places.gazetteer import Gazetteer
from foreshock.terminal.watching import show_alerts
from foreshock.watch.alerts import alerts_of
from foreshock.watch.boards import named_boards, read_board
from foreshock.watch.evaluate import Evaluation, Watch
from foreshock.watch.periods import named_period, now_utc
from foreshock.watch.scenarios import outlooks_of
from foreshock.watch.sightings import sightings
from foreshock.watch.store import Handled
from tests.watch.evaluated import NOW, PAST, SUDAN, board_on_mutiny, sign, standing, watch_over
from tests.watch.samples import months, record_of, report, steady, surge


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


def test_what_came_later_changes_nothing(tmp_path: Path) -> None:
    entries = steady(PAST) + surge(NOW, ["mutinied"] * 5)
    later = [entry for day in months("2023-02", 6) for entry in surge(day, ["mutinied"] * 9)]
    with record_of(tmp_path, entries) as record:
        before = Watch(sightings(record), named_boards(["coup"]))
        record.keep(later)
        after = Watch(sightings(record), named_boards(["coup"]))
    assert standing(before, "coup") == standing(after, "coup")


def test_places_first_read_of_later_bear_on_no_chance_before(tmp_path: Path) -> None:
    """What all series have in common comes of those that there were: none of what nobody had read of yet."""
    bursts = [report(PAST[at], 300 + number, "attacked", "TCD") for at in (2, 5, 9) for number in range(at)]
    entries = [*steady(PAST), *steady(PAST, country="TCD", start=500), *bursts, *surge(NOW, ["mutinied"] * 5)]
    regions = [unit.name for unit in Gazetteer().units_of("SDN")]
    later = [report(months("2023-02", 1)[0], at, "attacked", admin1=name) for at, name in enumerate(regions)]
    with record_of(tmp_path, entries) as record:
        before = Watch(sightings(record), named_boards(["coup"])).at(named_period("2023-01", "month"))
        record.keep(later)
        after = Watch(sightings(record), named_boards(["coup"])).at(named_period("2023-01", "month"))
    assert len(regions) > 10 and [one.where for one in before.standings] == [one.where for one in after.standings]
    assert _chances(before) == pytest.approx(_chances(after), abs=1e-12)


def _chances(found: Evaluation) -> list[float]:
    signs = [sign for one in found.standings for look in one.outlooks for sign in look.signs]
    return [sign.chance for sign in signs if sign.chance is not None]


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
    out = io.StringIO()
    show_alerts([Handled(one, now_utc(), None, None) for one in of_changes], len(of_changes), {}, "table", out)
    assert "2026-06-01 " in out.getvalue() and "2026-06 " in out.getvalue()


def test_a_scenario_with_one_sign_goes_by_it(tmp_path: Path) -> None:
    board = board_on_mutiny("barracks")
    with record_of(tmp_path, steady(PAST) + surge(NOW, ["mutinied"] * 8)) as record:
        watch = Watch(sightings(record), [board])
    assert standing(watch, "barracks").state is State.ALARM


def _gapped(folder: Path, between: list[str]) -> Watch:
    """A year of calm, an alarm in January 2023, months of calm or of a single document, then the alarm again."""
    days = months("2023-01", len(between) + 2)
    entries = steady(PAST) + surge(days[0], ["mutinied"] * 9) + surge(days[-1], ["mutinied"] * 9)
    for day, what in zip(days[1:-1], between, strict=True):
        entries += steady([day]) if what == "calm" else [report(day, 0)]
    with record_of(folder, entries) as record:
        return Watch(sightings(record), [board_on_mutiny(levels="{alarm: {least: 3}}")])


def _raised(watch: Watch, month: str) -> set[str]:
    return {one.rule for one in alerts_of(watch, named_period(month, "month"))}


def test_a_month_not_collected_neither_ends_an_alarm_nor_begins_a_new_one(tmp_path: Path) -> None:
    watch = _gapped(tmp_path, ["dark"])
    states = [standing(watch, "mine", month=f"2023-0{month}").state for month in (1, 2, 3)]
    assert states == [State.ALARM, State.NOT_COLLECTED, State.ALARM]
    assert watch.sign_at("change/defection", SUDAN, named_period("2023-03", "month")).state is State.ALARM
    assert _raised(watch, "2023-01") >= {"mine:sc", "change/defection"}
    assert _raised(watch, "2023-03") == set()


def test_a_month_of_calm_ends_an_alarm_whatever_is_not_collected_beside_it(tmp_path: Path) -> None:
    assert "mine:sc" in _raised(_gapped(tmp_path, ["dark", "calm", "dark"]), "2023-05")


@pytest.mark.parametrize(("dark", "month", "new"), [(5, "2023-07", False), (6, "2023-08", True)])
def test_an_alarm_is_new_once_the_time_that_the_last_one_warned_of_is_over(
    tmp_path: Path, dark: int, month: str, new: bool
) -> None:  # fmt: skip
    assert ("mine:sc" in _raised(_gapped(tmp_path, ["dark"] * dark), month)) is new
