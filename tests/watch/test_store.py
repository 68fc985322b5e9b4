"""Alerts in the record: raised once, decided about with a reason, muted by scope; nothing of it is lost."""

import datetime

import msgspec
import pytest

from foreshock.errors import UsageError
from foreshock.model.alert import Action, Scope
from foreshock.model.board import State
from foreshock.record.store import Record
from foreshock.watch.alerts import alerts_of
from foreshock.watch.boards import named_boards
from foreshock.watch.evaluate import Watch
from foreshock.watch.sightings import sightings
from foreshock.watch.store import alert_with, alerts, decide, decisions, keep_alerts, standings


def statuses(record: Record) -> set[str]:
    return {one.status for one in alerts(record)}


def test_evaluating_again_raises_nothing_twice(watched: Record) -> None:
    before = alerts(watched)
    watch = Watch(sightings(watched), named_boards(["coup", "forces-breaking"]))
    assert keep_alerts(watched, alerts_of(watch, watch.span.last)) == []
    assert alerts(watched) == before and before


def test_acknowledge_and_dismiss_are_kept_with_who_and_why(watched: Record) -> None:
    first = alerts(watched)[0].alert.id
    decide(watched, Action.ACKNOWLEDGE, "Amal", alert=first)
    decide(watched, Action.DISMISS, "Amal", "an anniversary", alert=first)
    found = alert_with(watched, first[:8])
    assert found is not None and found.status == "dismissed"
    assert [(one.action, one.who, one.why) for one in decisions(watched)] == [
        ("acknowledge", "Amal", ""),
        ("dismiss", "Amal", "an anniversary"),
    ]


@pytest.mark.parametrize("action", [Action.DISMISS, Action.MUTE])
def test_no_dismissal_and_no_mute_without_a_reason(watched: Record, action: Action) -> None:
    alert = alerts(watched)[0].alert.id if action is Action.DISMISS else None
    with pytest.raises(UsageError, match="needs a reason"):
        decide(watched, action, "Amal", " ", alert=alert, scope=None if alert else Scope(board="coup"))


def test_a_mute_covers_its_scope_until_it_ends_or_is_lifted(watched: Record) -> None:
    coup = Scope(board="coup", country="SDN")
    decide(watched, Action.MUTE, "Amal", "known", scope=coup)
    assert {one.alert.board for one in alerts(watched, "muted")} == {"coup"}
    assert "coup" not in {one.alert.board for one in alerts(watched, "new")}
    decide(watched, Action.UNMUTE, "Amal", "over", scope=coup)
    assert statuses(watched) == {"new"}
    with pytest.raises(UsageError, match="none to lift"):
        decide(watched, Action.UNMUTE, "Amal", "again", scope=coup)
    decide(watched, Action.MUTE, "Amal", "past", scope=coup, until=datetime.date(2020, 1, 1))
    assert statuses(watched) == {"new"}


def test_everything_cannot_be_muted(watched: Record) -> None:
    with pytest.raises(UsageError, match="no watch"):
        decide(watched, Action.MUTE, "Amal", "tired", scope=Scope())


def test_standings_are_ranked_and_without_wars_on_demand(watched: Record) -> None:
    heights = [one.state.height for one in standings(watched)]
    assert heights == sorted(heights, reverse=True) and heights[0] == 3
    assert len(standings(watched, wars=False)) == sum(not one.war for one in standings(watched))


def test_alerts_hold_no_word_of_a_document(watched: Record) -> None:
    assert all("men mutinied" not in one.alert.why + one.alert.title for one in alerts(watched))


def test_what_rises_within_its_month_is_an_alert_of_its_own_and_told_once(watched: Record) -> None:
    first = next(one.alert for one in alerts(watched) if one.alert.state is State.ALARM)
    milder = msgspec.structs.replace(first, id="0" * 16, state=State.WARNING)
    assert keep_alerts(watched, [milder]) == [milder]
    decide(watched, Action.DISMISS, "Amal", "a drill", alert=milder.id)
    [risen] = keep_alerts(watched, [msgspec.structs.replace(milder, state=State.ALARM)])
    assert risen.id != milder.id and risen.state is State.ALARM
    assert {one.alert.id: one.status for one in alerts(watched)}[risen.id] == "new"
    assert keep_alerts(watched, [msgspec.structs.replace(milder, state=State.ALARM)]) == []
    assert keep_alerts(watched, [milder]) == []
