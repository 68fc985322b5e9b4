"""Alerts in the browser: why each fired, false alarms, decisions; twins; nobody else's forms."""

import datetime
import html
import re
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace

from foreshock.desk.app import create_app
from foreshock.model.alert import RuleRecord
from foreshock.model.board import State
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_alerts
from foreshock.telling.phrases import day_name
from foreshock.watch.alerts import alerts_of
from foreshock.watch.boards import named_boards
from foreshock.watch.evaluate import Watch
from foreshock.watch.sightings import sightings
from foreshock.watch.store import alert_with, alerts, keep_alerts, keep_rules, keep_standings, standings
from tests.watch.pages import BOARD, alert_of, form, hidden_of, rows_of
from tests.watch.samples import months, record_of, steady, surge


@pytest.mark.slow
def test_each_mute_says_its_scope_and_is_lifted_by_its_own_form(desk: TestClient, watched: Record) -> None:
    identity = alert_of(watched)
    title = desk.get(f"/alerts/{identity}.json").json()["alert"]["title"].partition(" (or: ")[0]
    assert title.startswith("Coup: ")
    assert form(desk, identity, action="mute", who="Ann", why="known", scope="everywhere") == 303
    page = desk.get(f"/alerts/{identity}").text
    assert f"Muted: “{title}” everywhere, for good" in page and "mute by Ann" in page
    told = hidden_of(desk, identity, "unmute")
    assert form(desk, identity, action="unmute", who="Bob", why="over") == 303
    assert desk.get(f"/alerts/{identity}.json").json()["status"] == "new"
    again = desk.post(f"/alerts/{identity}", data={**told, "action": "unmute", "who": "Bob", "why": "over"})
    assert again.status_code == 400
    assert form(desk, identity, action="mute", who="Ann", why="x", scope="rule", until="2020-01-01") == 400
    assert form(desk, identity, action="mute", who="Ann", why="x", scope="rule", until="2999-02-01") == 303
    page = desk.get(f"/alerts/{identity}").text
    assert "until 1 February 2999" in page and f"“{title}” in Sudan" in page


def test_a_page_loaded_before_another_decided_overwrites_nothing(desk: TestClient, watched: Record) -> None:
    identity = alert_of(watched)
    stale = hidden_of(desk, identity, "acknowledge")
    assert form(desk, identity, action="dismiss", who="Ann", why="an anniversary") == 303
    answer = desk.post(f"/alerts/{identity}", data={**stale, "action": "acknowledge", "who": "Bob"})
    assert answer.status_code == 400 and "Ann has decided since" in answer.text
    assert f'href="/alerts/{identity}">Back' in answer.text
    assert 'elsewhere.example"' not in desk.post("http://testserver//elsewhere.example").text
    assert desk.get(f"/alerts/{identity}.json").json()["status"] == "dismissed"
    assert form(desk, identity, action="acknowledge", who="Bob") == 303
    page, told = desk.get(f"/alerts/{identity}").text, desk.get(f"/alerts/{identity}.json").json()
    assert "dismiss by Ann" in page and "an anniversary" in page and "acknowledge by Bob" in page
    assert [one["who"] for one in told["decisions"]] == ["Ann", "Bob"]


def test_the_first_page_tells_of_alerts_until_somebody_looks_into_them(desk: TestClient, watched: Record) -> None:
    new = [one.alert.id for one in alerts(watched, "new")]
    assert f'<a href="/alerts?status=new">{len(new)} new alert' in desk.get("/").text
    for identity in new:
        assert form(desk, identity, action="acknowledge", who="Ann") == 303
    assert "new alert" not in desk.get("/").text


def test_alerts_of_a_country_are_counted_and_linked_within_it(desk: TestClient) -> None:
    page = desk.get("/alerts?country=TCD").text
    assert "all <b>0</b>" in page and "new <b>0</b>" in page
    assert "/alerts?status=new&amp;country=TCD" in page and "/alerts.csv?country=TCD" in page
    assert all(row["raised_at"] for row in rows_of(desk.get("/alerts.csv?country=SDN").text))


def test_an_alert_shows_the_statements_that_it_rests_on(desk: TestClient, watched: Record) -> None:
    page = desk.get(f"/alerts/{alert_of(watched)}").text
    assert len(set(re.findall(r'class="quote"><a href="([^"]+)"', page))) == 18 and "18 independent reports" in page
    assert desk.get(f"/alerts/{alert_of(watched)}.json").json()["alert"]["reports"] == 18
    assert rows_of(desk.get(f"/alerts/{alert_of(watched)}.csv").text)[0]["status"] == "new"


def test_an_alert_is_acknowledged_and_muted_from_its_page(desk: TestClient, watched: Record) -> None:
    identity = alert_of(watched)
    assert form(desk, identity, action="acknowledge", who="Amal", why="looking") == 303
    assert "acknowledge by Amal" in desk.get(f"/alerts/{identity}").text
    other = next(one.alert.id for one in alerts(watched) if one.alert.board is None)
    assert "mute: kept, but neither shown as new nor sent" in desk.get(f"/alerts/{other}").text
    assert form(desk, other, action="mute", who="Amal", why="known", scope="rule") == 303
    assert {one["status"] for one in desk.get("/alerts.json?status=muted").json()["alerts"]} == {"muted"}
    assert form(desk, other, action="dismiss", who="Amal", why="") == 400
    assert form(desk, identity, action="dismiss", who="Amal", why="over", until="2999-01-01") == 400
    assert form(desk, identity, action="dismiss", who="Amal", why="over", until="") == 303


def test_another_sites_form_is_refused(desk: TestClient, watched: Record) -> None:
    identity = alert_of(watched)
    told = {"action": "dismiss", "who": "Mallory", "why": "x"}
    assert desk.post(f"/alerts/{identity}", data=told).status_code == 403
    assert desk.post(f"/alerts/{identity}", data={**told, "token": "guess"}).status_code == 403
    assert desk.post(f"/alerts/{identity}", content=b"x" * 20_000).status_code == 413
    assert desk.get("/alerts.json?status=dismissed").json()["alerts"] == []


def test_names_of_people_and_reasons_never_become_markup(desk: TestClient, watched: Record) -> None:
    identity = alert_of(watched)
    assert form(desk, identity, action="dismiss", who="<b>A</b>", why="<script>x</script>") == 303
    for path in ("/alerts", f"/alerts/{identity}"):
        page = desk.get(path).text
        assert "<script>x" not in page and "<b>A</b>" not in page
        assert not re.search(r"\sstyle=", page)


def test_a_rate_measured_under_other_settings_is_not_shown_as_the_rule_s(desk: TestClient, watched: Record) -> None:
    identity = alert_of(watched)
    alert = desk.get(f"/alerts/{identity}.json").json()["alert"]
    record = RuleRecord(
        rule=alert["rule"], first=datetime.date(2022, 7, 1), last=datetime.date(2022, 12, 31), alarms=4, ahead=1,
        at_onset=0, during=0, nothing=3, misses=0, months=60, leads=(2.0,), under=alert["under"],
    )  # fmt: skip
    for under, rate, settings in ((alert["under"], 0.05, ""), ("another", None, "other"), ("", None, "settings that")):
        keep_rules(watched, [replace(record, under=under)])
        told = desk.get(f"/alerts/{identity}.json").json()
        assert told["rate"] == rate and told["rule"]["months"] == 60
        assert (told["rate_interval"] is None) is (rate is None)
        listed = next(one for one in desk.get("/alerts.json").json()["alerts"] if one["alert"]["id"] == identity)
        assert (listed["rate"], listed["rate_in_words"]) == (rate, told["rate_in_words"])
        row = rows_of(desk.get(f"/alerts/{identity}.csv").text)[0]
        assert row["false_alarm_rate"] == ("" if rate is None else str(rate))
        board = desk.get("/watch/coup.json").json()["false_alarms"][alert["rule"]]
        assert (board["rate"], board["interval"]) == (rate, told["rate_interval"])
        rows = [one for one in rows_of(desk.get("/watch.csv").text) if one["board"] == "coup"]
        assert {one["false_alarm_rate"] for one in rows if one["country"] == "SDN"} == {row["false_alarm_rate"]}
        for address in ("/alerts", f"/alerts/{identity}", "/watch/coup"):
            page = desk.get(address).text
            replayed = "(July 2022 to December 2022)"
            assert (f"3 in 60 country-months replayed {replayed}" in page) is (rate is not None), address
            assert (f"measured under {settings}" in page and replayed in page) is (rate is None), address
        assert (">0.05 a month [0.01–0.15] (3 in 60)<" in desk.get("/alerts").text) is (rate is not None)
        assert ("It came before 1 outcome" in desk.get(f"/alerts/{identity}").text) is (rate is not None)


def test_the_feed_is_served(desk: TestClient) -> None:
    answer = desk.get("/alerts.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml") and b"<entry>" in answer.content


def test_an_alert_says_why_its_signs_matter_and_leads_to_its_board(desk: TestClient, watched: Record) -> None:
    identity = alert_of(watched)
    page, told = desk.get(f"/alerts/{identity}").text, desk.get(f"/alerts/{identity}.json").json()
    refusal = next(one for one in named_boards(["coup"])[0].indicators if one.id == "refusal")
    assert html.escape(refusal.why) in page and html.escape(refusal.source[0]) in page
    why = {one["indicator"]: one for one in told["alert"]["meanings"]}["refusal"]
    assert (why["why"], why["source"]) == (refusal.why, list(refusal.source))
    assert told["board_page"] == "/watch/coup?country=SDN" and f'href="{told["board_page"]}"' in page
    assert desk.get(told["board_page"]).status_code == 200
    change = next(one.alert.id for one in alerts(watched) if one.alert.board is None)
    assert desk.get(f"/alerts/{change}.json").json()["board_page"] is None
    assert "It is on no board" in desk.get(f"/alerts/{change}").text


def test_an_alert_s_twins_hold_what_its_page_says(desk: TestClient, watched: Record) -> None:
    identity = alert_of(watched)
    page, told = desk.get(f"/alerts/{identity}").text, desk.get(f"/alerts/{identity}.json").json()
    assert [one["statement"]["id"] in page for one in told["statements"]] == [True] * 18
    free = [one["title"] for one in told["statements"] if one["title"] is not None]
    assert all(html.escape(title) in page for title in free)
    # What bears on mutineers is quoted by the page, and told by region in what may be passed on.
    guarded = [one["statement"] for one in told["statements"] if one["title"] is None]
    assert guarded and {one["text"] for one in guarded} == {None}
    raised = datetime.date.fromisoformat(told["raised_at"][:10])
    assert told["raised_in_words"].startswith(f"Raised on {raised}")
    assert f"Raised on {day_name(raised)}" in page and "January 2023, on what was published until then" in page
    change = next(one.alert.id for one in alerts(watched) if one.alert.board is None)
    assert desk.get(f"/alerts/{change}.json").json()["no_board_page"] == (
        "it is on no board: the mechanism stands out from its own past"
    )
    assert form(desk, identity, action="acknowledge", who="Ann") == 303
    listed = desk.get("/alerts.json?status=acknowledged").json()
    assert listed["counts"]["acknowledged"] == len(listed["alerts"]) == 1
    assert listed["total"] == sum(listed["counts"].values()) == len(alerts(watched))


def test_an_alert_of_a_board_of_ones_own_says_why_its_signs_matter(tmp_path: Path) -> None:
    board = tmp_path / "mine.yaml"
    board.write_text(BOARD)
    entries = steady(months("2022-01", 12)) + surge(datetime.date(2023, 1, 10), ["mutinied"] * 9)
    with record_of(tmp_path, entries) as record, TestClient(create_app(record)) as client:
        watch = Watch(sightings(record), named_boards([str(board)]))
        keep_alerts(record, alerts_of(watch, watch.span.last))
        identity = alert_of(record, "east")
        page, told = client.get(f"/alerts/{identity}").text, client.get(f"/alerts/{identity}.json").json()
        assert "it spreads" in page and "by hand" in page
        assert told["board_page"] is None and "no evaluation of it as of today is kept" in page
        keep_standings(record, watch.at(watch.span.last).standings, ["east"])
        again = client.get(f"/alerts/{identity}.json").json()["board_page"]
        assert client.get(again).status_code == 200


def test_the_first_page_begins_with_the_places_above_quiet_and_the_new_alerts(
    desk: TestClient, watched: Record
) -> None:
    page = desk.get("/").text
    named, documents = page.index('<h2 id="places-out">'), page.index("Newest documents")
    standing = next(one for one in standings(watched) if one.state.height > 0)
    assert named < page.index(f'href="/watch/{standing.board}?country={standing.where.country}"') < documents
    newest = alerts(watched, "new")[0].alert
    assert named < page.index(f'href="/alerts/{newest.id}"') < documents and newest.title in page


def test_an_alert_raised_after_what_it_warns_of_is_marked_as_hindsight(desk: TestClient, watched: Record) -> None:
    identity = alert_of(watched)
    one = alert_with(watched, identity)
    assert one is not None
    late = (one.raised_at.date() - datetime.date(2023, 1, 31)).days
    page, told = desk.get(f"/alerts/{identity}").text, desk.get(f"/alerts/{identity}.json").json()
    assert f"Raised on {day_name(one.raised_at)}, {late:,} days after its period had ended" in " ".join(page.split())
    assert "raised in hindsight" in page and "in hindsight" in desk.get("/alerts").text
    assert (told["days_late"], told["in_hindsight"], told["ledger"]) == (late, True, None)
    assert "was over when it was raised" in told["not_in_ledger"] and told["not_in_ledger"] in page
    row = rows_of(desk.get(f"/alerts/{identity}.csv").text)[0]
    assert (row["days_late"], row["in_hindsight"], row["board"]) == (str(late), "1", "coup")


def test_an_alert_that_rises_when_its_time_is_over_is_marked_though_the_milder_one_came_in_time(
    desk: TestClient, watched: Record
) -> None:
    first = next(one.alert for one in alerts(watched) if one.alert.board == "coup")
    milder = replace(first, id="0" * 16, state=State.WARNING, rule="coup:made-up")
    keep_alerts(watched, [milder])
    with watched.begin(writing=True) as connection:
        in_time = datetime.datetime(2023, 2, 5, tzinfo=datetime.UTC)
        connection.execute(watch_alerts.update().where(watch_alerts.c.id == milder.id).values(raised_at=in_time))
    [risen] = keep_alerts(watched, [replace(milder, state=State.ALARM)])
    rows = {row["id"]: row for row in rows_of(desk.get("/alerts.csv").text)}
    listed = {one["alert"]["id"]: one for one in desk.get("/alerts.json").json()["alerts"]}
    for identity, hindsight in ((milder.id, False), (risen.id, True)):
        page, told = desk.get(f"/alerts/{identity}").text, desk.get(f"/alerts/{identity}.json").json()
        assert ("raised in hindsight" in page) is ("It is no warning" in page) is hindsight
        assert told["in_hindsight"] is listed[identity]["in_hindsight"] is hindsight
        assert told["stands_until"] == rows[identity]["stands_until"] == "2023-07-31"
        assert rows[identity]["in_hindsight"] == str(int(hindsight))
    shown = {one.split('"')[0]: one for one in desk.get("/alerts").text.split('<a href="/alerts/')[1:]}
    assert "in hindsight" not in shown[milder.id] and ", 5 days late" in shown[milder.id]
    assert "in hindsight" in shown[risen.id] and " days late" not in shown[risen.id]
    feed = desk.get("/alerts.atom").text
    assert "<title>in hindsight: alarm: SDN" in feed and "<title>warning: SDN" in feed


def test_an_escalation_and_what_it_escalates_lead_to_each_other(desk: TestClient, watched: Record) -> None:
    first = next(one.alert for one in alerts(watched) if one.alert.board == "coup")
    milder = replace(first, id="0" * 16, state=State.WARNING, rule="coup:made-up")
    keep_alerts(watched, [milder])
    [risen] = keep_alerts(watched, [replace(milder, state=State.ALARM)])
    assert risen.escalates == milder.id
    before, after = (desk.get(f"/alerts/{one}.json").json() for one in (milder.id, risen.id))
    assert (before["alert"]["escalates"], before["escalated_by"]) == (None, risen.id)
    assert (after["alert"]["escalates"], after["escalated_by"]) == (milder.id, None)
    assert f'href="/alerts/{risen.id}"' in desk.get(f"/alerts/{milder.id}").text
    assert f'href="/alerts/{milder.id}"' in desk.get(f"/alerts/{risen.id}").text
    rows = {row["id"]: row for row in rows_of(desk.get("/alerts.csv").text)}
    assert rows[risen.id]["escalates"] == milder.id and rows[milder.id]["escalated_by"] == risen.id
    # Alerts kept before they said so are told by what they are of.
    with watched.begin(writing=True) as connection:
        body = msgspec.json.encode(replace(risen, escalates=None)).decode()
        connection.execute(watch_alerts.update().where(watch_alerts.c.id == risen.id).values(body=body))
    assert desk.get(f"/alerts/{risen.id}.json").json()["alert"]["escalates"] == milder.id
