"""The statements behind an alert, beside the sign that each counts for, the weightiest first."""

import html
import io
import json
import re
from pathlib import Path

import msgspec
from fastapi.testclient import TestClient
from sqlalchemy import update

from foreshock.corroborate.decisions import deciding
from foreshock.corroborate.events.events import catch_up
from foreshock.desk.app import create_app
from foreshock.model.alert import Alert, Behind
from foreshock.model.statement import Reading
from foreshock.record.query import statement_with
from foreshock.record.reread import replace_readings
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_alerts
from foreshock.terminal.watching import show_alert
from foreshock.watch.alerts import MOST_STATEMENTS, alerts_of
from foreshock.watch.boards import named_boards
from foreshock.watch.evaluate import Watch
from foreshock.watch.messages import payload, text
from foreshock.watch.periods import named_period
from foreshock.watch.sightings import sightings
from foreshock.watch.store import alert_with, alerts, keep_alerts
from tests.watch.evaluated import NOW, PAST, SUDAN
from tests.watch.pages import alert_of
from tests.watch.samples import record_of, report, steady, surge

JANUARY = named_period("2023-01", "month")


def _coup(record: Record) -> Alert:
    return next(one.alert for one in alerts(record) if one.alert.board == "coup")


def _words(record: Record, identities: tuple[str, ...]) -> set[str]:
    found = (statement_with(record, one) for one in identities)
    return {one.trigger.text for one in found if one is not None}


def test_each_sign_has_the_statements_that_count_for_it_and_no_others(watched: Record) -> None:
    alert = _coup(watched)
    assert [one.indicator for one in alert.behind] == [one.indicator for one in alert.signs]
    behind = {one.indicator: one for one in alert.behind}
    assert _words(watched, behind["refusal"].statements) == {"mutinied"}
    assert (behind["refusal"].number, behind["refusal"].reports, behind["refusal"].outlets) == (9, 9, 0)
    assert _words(watched, behind["protest"].statements) == {"protested"}
    assert set(alert.statements) == {one for each in alert.behind for one in each.statements}
    for one in alert.behind:
        assert one.number == len(one.statements) == next(
            sign.seen for sign in alert.signs if sign.indicator == one.indicator
        )


def test_no_sign_takes_all_the_room_of_an_alert(tmp_path: Path) -> None:
    entries = steady(PAST) + surge(NOW, ["mutinied"] * 60 + ["protested"] * 60)
    with record_of(tmp_path, entries) as record:
        watch = Watch(sightings(record), named_boards(["coup"]))
        alert = next(one for one in alerts_of(watch, JANUARY) if one.board == "coup")
    assert len(alert.statements) == MOST_STATEMENTS
    behind = {one.indicator: one for one in alert.behind}
    assert behind["refusal"].number == behind["protest"].number == 60
    assert all(len(behind[name].statements) >= MOST_STATEMENTS // 3 for name in ("refusal", "protest"))


def test_better_graded_outlets_come_first_and_then_the_newest(tmp_path: Path) -> None:
    outlets = ["Bad", "Good", "", "Good", "Bad"]
    told = [report(NOW, 100 + at, "mutinied", outlet=name) for at, name in enumerate(outlets)]
    entries = [*steady(PAST), *told, *surge(NOW, [], others=9)]
    with record_of(tmp_path, entries) as record:
        deciding.grade(record, "Good", "B", "Ann", "years of it")
        deciding.grade(record, "Bad", "E", "Ann", "invents")
        watch = Watch(sightings(record), named_boards(["coup"]))
        order = watch.evidence("coup/refusal", SUDAN, JANUARY).statements
        by_id = {one.reading.statements[0].id: at for at, one in enumerate(told) if one.reading}
    assert [by_id[one] for one in order] == [3, 1, 4, 0, 2]


def test_what_independent_texts_confirm_comes_first(tmp_path: Path) -> None:
    told = [report(NOW, 100 + at, "mutinied", outlet=f"Paper {at}") for at in range(5)]
    with record_of(tmp_path, [*steady(PAST), *told, *surge(NOW, [], others=9)]) as record:
        catch_up(record)
        first, third, rest = (told[at].reading.statements[0].id for at in (0, 2, 4))  # type: ignore[union-attr]
        for one, digit in ((first, 1), (third, 2)):
            deciding.split(record, rest, [one], "Ann", "of another barracks")
            deciding.grade_event(record, one, digit, "Ann", "seen there")
        deciding.grade_event(record, rest, 3, "Ann", "told by others")
        watch = Watch(sightings(record), named_boards(["coup"]))
        assert watch.evidence("coup/refusal", SUDAN, JANUARY).statements[:2] == (first, third)


def _section(page: str, indicator: str) -> str:
    part = page[page.index(f'<h3 id="sign-{indicator}"') + 1 :]
    return part[: part.index("<h3")] if "<h3" in part else part[: part.index("</section>")]


def test_the_page_quotes_each_sign_s_own_statements_beside_it(desk: TestClient, watched: Record) -> None:
    page, alert = desk.get(f"/alerts/{alert_of(watched)}").text, _coup(watched)
    for one in alert.behind:
        quoted = re.findall(r'class="quote"><a href="[^"]*#s-(\w+)"', _section(page, one.indicator))
        assert quoted == list(one.statements)
    assert "9 statements in 9 independent reports" in _section(page, "refusal")
    told = desk.get(f"/alerts/{alert.id}.json").json()["alert"]
    assert msgspec.convert(told["behind"], tuple[Behind, ...]) == alert.behind


def test_what_there_is_no_room_for_is_counted_and_led_to(tmp_path: Path) -> None:
    entries = steady(PAST) + surge(NOW, ["mutinied"] * 60 + ["protested"] * 60)
    with record_of(tmp_path, entries) as record, TestClient(create_app(record)) as client:
        watch = Watch(sightings(record), named_boards(["coup"]))
        keep_alerts(record, alerts_of(watch, JANUARY))
        alert = _coup(record)
        part = _section(client.get(f"/alerts/{alert.id}").text, "protest")
        behind = alert.behind_sign("protest")
        assert behind is not None and f"{60 - len(behind.statements)} more statements counted for it" in part
        [address] = re.findall(r'href="(/statements\?[^"]+)"', part)
        listed = client.get(html.unescape(address).replace("/statements?", "/statements.json?") + "&size=500").json()
        assert {one["statement"]["id"] for one in listed["statements"]} >= set(behind.statements)


def test_the_terminal_quotes_and_messages_name_what_counts_for_each_sign(watched: Record) -> None:
    one = alert_with(watched, alert_of(watched))
    assert one is not None
    out = io.StringIO()
    show_alert(watched, one, "table", out)
    refused = out.getvalue().split("- Orders refused [")[1].split("\n- ")[0]
    assert refused.count("men mutinied”") == 3 and "6 more statements" in refused and "protested" not in refused
    refused = text(one, None).split("- Orders refused [")[1].split("\n- ")[0]
    behind = one.alert.behind_sign("refusal")
    assert behind is not None
    assert f"Statements: {', '.join(behind.statements[:5])} and 4 more" in refused and "mutinied" not in refused
    sent = json.loads(payload(one, None))["alert"]["behind"]
    assert msgspec.convert(sent, tuple[Behind, ...]) == one.alert.behind


def test_what_is_read_anew_later_changes_nothing_that_an_alert_said(desk: TestClient, watched: Record) -> None:
    """A later reader finds no statement in one text on mutinies: the alert goes on to say what was known."""
    alert = _coup(watched)
    behind = alert.behind_sign("refusal")
    assert behind is not None
    one = statement_with(watched, behind.statements[0])
    document = watched.document(one.document) if one else None
    assert document is not None
    replace_readings(watched, [Reading(document=document, statements=(), model="newer")])
    assert _coup(watched) == alert
    part = _section(desk.get(f"/alerts/{alert.id}").text, "refusal")
    assert "9 statements in 9 independent reports" in part and part.count('class="quote"') == 8
    assert "1 more statement counted for it" in part


def test_an_alert_of_before_shows_its_statements_together(desk: TestClient, watched: Record) -> None:
    alert = _coup(watched)
    body = msgspec.to_builtins(alert)
    del body["behind"]
    with watched.begin(writing=True) as connection:
        row = update(watch_alerts).where(watch_alerts.c.id == alert.id)
        connection.execute(row.values(body=json.dumps(body, default=str)))
    page = desk.get(f"/alerts/{alert.id}").text
    assert page.count('class="quote"') == 18 and 'id="sign-' not in page
    one = alert_with(watched, alert.id)
    assert one is not None and f"\nStatements: {', '.join(alert.statements[:10])}\n" in text(one, None)
