"""Alerts in the record: raised once, decided about with a reason, muted by scope; nothing of it is lost."""

import datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from sqlalchemy import update

from foreshock.cli import main
from foreshock.desk.app import create_app
from foreshock.errors import UsageError
from foreshock.model.alert import Action, Scope
from foreshock.model.board import State, Where
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_alerts, watch_decisions
from foreshock.telling.alert_links import entries_of_alerts
from foreshock.watch.alerts import alerts_of
from foreshock.watch.boards import named_boards
from foreshock.watch.decided import decide, decisions
from foreshock.watch.evaluate import Watch
from foreshock.watch.sightings import sightings
from foreshock.watch.store import (
    MOST_LISTED,
    alert_with,
    alerts,
    count_alerts,
    keep_alerts,
    keep_standings,
    last_evaluated,
    standings,
)


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


def dated(record: Record, raised: str, *decided: str) -> None:
    """Set back when alerts were raised, and when what was decided was decided, one day each."""
    moments = [datetime.datetime.fromisoformat(f"{day}T12:00+00:00") for day in (raised, *decided)]
    with record.begin(writing=True) as connection:
        connection.execute(update(watch_alerts).values(raised_at=moments[0]))
        for number, at in enumerate(moments[1:], start=1):
            connection.execute(update(watch_decisions).where(watch_decisions.c.number == number).values(at=at))


def test_what_was_raised_while_a_mute_held_is_not_new_when_the_mute_ends(watched: Record) -> None:
    coup = Scope(board="coup", country="SDN")
    decide(watched, Action.MUTE, "Amal", "known", scope=coup, until=datetime.date(2023, 4, 30))
    dated(watched, "2023-03-05", "2023-02-10")
    assert {one.alert.board for one in alerts(watched, "muted")} == {"coup"}
    decide(watched, Action.UNMUTE, "Amal", "after all", scope=coup)
    assert statuses(watched) == {"new"}
    with pytest.raises(UsageError, match="none to lift"):
        decide(watched, Action.UNMUTE, "Amal", "again", scope=coup)


@pytest.mark.parametrize(("raised", "status"), [("2023-02-01", "new"), ("2023-03-20", "new"), ("2023-04-20", "muted")])
def test_a_mute_covers_nothing_raised_before_it_or_after_its_end(watched: Record, raised: str, status: str) -> None:
    """The first is shortened to the middle of March by the second; the third is of April."""
    everything = Scope(country="SDN")
    for until in (datetime.date(2023, 12, 31), datetime.date(2023, 3, 15), datetime.date(2023, 4, 30)):
        decide(watched, Action.MUTE, "Amal", "known", scope=everything, until=until)
    dated(watched, raised, "2023-02-10", "2023-03-10", "2023-04-10")
    assert statuses(watched) == {status}


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


def flooded(record: Record) -> set[str]:
    """A thousand alerts of later months that are muted; the ids of those before."""
    before = alerts(record)
    later = [
        msgspec.structs.replace(before[0].alert, id=f"{number:016x}", where=Where("TCD"),
                                period=datetime.date(2023, 6, 1), known=datetime.date(2023, 6, 30))
        for number in range(MOST_LISTED)
    ]  # fmt: skip
    keep_alerts(record, later)
    decide(record, Action.MUTE, "Amal", "a drill", scope=Scope(country="TCD"))
    return {one.alert.id for one in before}


def test_what_is_new_is_listed_and_counted_behind_a_thousand_later_ones(watched: Record) -> None:
    before = flooded(watched)
    assert {one.alert.id for one in alerts(watched, "new")} == before
    assert count_alerts(watched) == {"new": len(before), "muted": MOST_LISTED}
    assert count_alerts(watched, "SDN") == {"new": len(before)}
    assert len(alerts(watched)) == MOST_LISTED and len(alerts(watched, limit=None)) == MOST_LISTED + len(before)
    assert [one.alert.id for one in alerts(watched, "new", limit=1)] == [alerts(watched, "new")[0].alert.id]
    with TestClient(create_app(watched)) as client:
        told, feed = client.get("/alerts.json?status=new").json(), client.get("/alerts.atom").text
    assert {one["alert"]["id"] for one in told["alerts"]} == before
    assert (told["counts"]["new"], told["total"]) == (len(before), MOST_LISTED + len(before))
    assert all(f"urn:foreshock:alert:{one}" in feed for one in before)


@pytest.mark.slow
def test_what_is_new_is_sent_and_entered_behind_a_thousand_later_ones(watched: Record, tmp_path: Path) -> None:
    before = flooded(watched)
    # Raised within its period, as it is told in time.
    with watched.begin(writing=True) as connection:
        connection.execute(update(watch_alerts).values(raised_at=datetime.datetime(2023, 1, 31, tzinfo=datetime.UTC)))
    feed, configured = tmp_path / "alerts.atom", tmp_path / "channels.yaml"
    configured.write_text(f"channels:\n- {{kind: feed, path: {feed}}}\n")
    run = ["watch", "--record", str(tmp_path / "record.sqlite"), "--board", "coup", "--deliver", str(configured)]
    assert CliRunner().invoke(main, run).exit_code == 0
    assert all(f"urn:foreshock:alert:{one}" in feed.read_text() for one in before)
    assert entries_of_alerts(watched).keys() & before


def test_a_board_that_was_left_out_is_looked_at_back_to_when_it_was_evaluated(watched: Record) -> None:
    """Both boards stand for January; then one of them alone was run, to June."""
    later = [msgspec.structs.replace(one, period=datetime.date(2023, 6, 1)) for one in standings(watched, "coup")]
    keep_standings(watched, later, ["coup"])
    assert last_evaluated(watched, ["coup"]) == datetime.date(2023, 6, 1)
    assert last_evaluated(watched, ["coup", "forces-breaking", "never"]) == datetime.date(2023, 1, 1)
    assert last_evaluated(watched, ["never"]) is None
