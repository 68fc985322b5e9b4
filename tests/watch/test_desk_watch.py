"""Boards and alerts in the browser: states, baselines, false alarms, decisions; twins; nobody else's forms."""

import csv
import datetime
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace
from sqlalchemy import update

from foreshock.desk.app import create_app
from foreshock.desk.phrases import day_name
from foreshock.model.alert import RuleRecord
from foreshock.model.board import State
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_alerts, watch_standings
from foreshock.watch.alerts import alerts_of
from foreshock.watch.boards import named_boards
from foreshock.watch.evaluate import Watch
from foreshock.watch.periods import named_period
from foreshock.watch.sightings import sightings
from foreshock.watch.store import alert_with, alerts, keep_alerts, keep_rules, keep_standings
from tests.watch.samples import months, record_of, report, steady, surge, war

BOARD = """id: east
name: Eastern garrisons
about: Whether they obey.
indicators:
  - {id: mutiny, name: Mutinies, why: it spreads, source: [by hand], query: {mode: [x-mutiny]}}
scenarios:
  - {id: split, name: They split, about: Sides are chosen., indicators: [mutiny]}
"""


@pytest.fixture
def desk(watched: Record) -> Iterator[TestClient]:
    with TestClient(create_app(watched)) as client:
        yield client


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def alert_of(record: Record, board: str = "coup") -> str:
    return next(one.alert.id for one in alerts(record) if one.alert.board == board)


def hidden_of(desk: TestClient, identity: str, button: str) -> dict[str, str]:
    """The hidden fields of the first form with this button on the alert's page."""
    page = desk.get(f"/alerts/{identity}").text
    told = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'value="{button}"' in one)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', told))


def form(desk: TestClient, identity: str, **given: str) -> int:
    data = {**hidden_of(desk, identity, given["action"]), **given}
    return desk.post(f"/alerts/{identity}", data=data, follow_redirects=False).status_code


def test_each_mute_says_its_scope_and_is_lifted_by_its_own_form(desk: TestClient, watched: Record) -> None:
    identity = alert_of(watched)
    rule = desk.get(f"/alerts/{identity}.json").json()["alert"]["rule"]
    assert form(desk, identity, action="mute", who="Ann", why="known", scope="everywhere") == 303
    page = desk.get(f"/alerts/{identity}").text
    assert f"Muted: rule {rule} everywhere, for good" in page and "mute by Ann" in page
    told = hidden_of(desk, identity, "unmute")
    assert form(desk, identity, action="unmute", who="Bob", why="over") == 303
    assert desk.get(f"/alerts/{identity}.json").json()["status"] == "new"
    again = desk.post(f"/alerts/{identity}", data={**told, "action": "unmute", "who": "Bob", "why": "over"})
    assert again.status_code == 400
    assert form(desk, identity, action="mute", who="Ann", why="x", scope="rule", until="2020-01-01") == 400
    assert form(desk, identity, action="mute", who="Ann", why="x", scope="rule", until="2999-02-01") == 303
    assert "until 1 February 2999" in desk.get(f"/alerts/{identity}").text


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


def test_alerts_of_a_country_are_counted_and_linked_within_it(desk: TestClient) -> None:
    page = desk.get("/alerts?country=TCD").text
    assert "all <b>0</b>" in page and "new <b>0</b>" in page
    assert "/alerts?status=new&amp;country=TCD" in page and "/alerts.csv?country=TCD" in page
    assert all(row["raised_at"] for row in rows_of(desk.get("/alerts.csv?country=SDN").text))


def test_switches_of_the_watch_keep_each_other_and_can_be_off(desk: TestClient) -> None:
    for off in ("0", "no", "False"):
        assert 'href="/watch?prevention=1"' in desk.get(f"/watch?prevention={off}").text
    assert 'href="/watch?prevention=1&amp;regions=1"' in desk.get("/watch?prevention=1").text
    assert 'href="/watch?prevention=1&amp;regions=1"' in desk.get("/watch?regions=1").text


def test_the_boards_are_listed_with_their_states(desk: TestClient) -> None:
    page = desk.get("/watch").text
    assert 'class="state st-alarm">alarm' in page and "Sudan" in page
    states = {row["board"]: row["state"] for row in rows_of(desk.get("/watch.csv").text)}
    assert states == {"coup": "alarm", "forces-breaking": "quiet"}
    assert desk.get("/watch.json").json()["standings"][0]["where"]["country"] == "SDN"


def test_each_board_says_when_it_was_evaluated_and_how_old_the_period_is(desk: TestClient, watched: Record) -> None:
    """The newest period read of is January 2023; one of the boards was evaluated long before the other."""
    before = datetime.datetime(2023, 2, 3, 4, 5, tzinfo=datetime.UTC)
    with watched.begin(writing=True) as connection:
        connection.execute(
            update(watch_standings).where(watch_standings.c.board == "forces-breaking").values(at=before)
        )
    page = " ".join(desk.get("/watch").text.split())
    assert (
        "UTC (Coup: period from 1 January 2023); 3 February 2023, 04:05 UTC (Security forces breaking: period" in page
    )
    today = datetime.date.today()
    since = (today.year - 2023) * 12 + today.month - 2
    assert page.count(f"old: {since} whole months are over since") == 2
    board = " ".join(desk.get("/watch/forces-breaking").text.split())
    assert "evaluated 3 February 2023, 04:05 UTC" in board and f"Old: {since} whole months are over since." in board
    told = desk.get("/watch.json").json()["evaluated"]["forces-breaking"]
    assert told == {"at": "2023-02-03T04:05:00Z", "period": "2023-01-01", "periods_since": since}
    assert desk.get("/watch/forces-breaking.json").json()["evaluated"] == told
    rows = {row["board"]: row for row in rows_of(desk.get("/watch.csv").text)}
    assert rows["forces-breaking"]["evaluated_at"].startswith("2023-02-03T04:05") and rows["coup"]["periods_since"]
    assert rows["coup"]["evaluated_at"] > rows["forces-breaking"]["evaluated_at"]


def test_boards_evaluated_together_say_so_once(desk: TestClient) -> None:
    page = " ".join(desk.get("/watch").text.split())
    assert page.count("Evaluated ") == 1 and "UTC (" not in page and "in the period from 1 January 2023" in page


def test_a_board_shows_signs_baselines_and_false_alarms(desk: TestClient) -> None:
    page = desk.get("/watch/coup?country=SDN").text
    assert "Orders refused" in page and "why it matters" in page and "Singh 2014" in page
    assert "not measured yet" in page and "1 in " in page and "<rect" in page
    signs = {row["rule"]: row for row in rows_of(desk.get("/watch/coup.csv").text)}
    assert signs["coup/refusal"]["state"] == "alarm" and signs["coup/refusal"]["seen"] == "9"


def test_an_alert_shows_the_statements_that_it_rests_on(desk: TestClient, watched: Record) -> None:
    page = desk.get(f"/alerts/{alert_of(watched)}").text
    assert page.count('class="quote"') == 18 and "18 independent reports" in page
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
            assert ("3 in 60 country-months replayed (2022-07 to 2022-12)" in page) is (rate is not None), address
            assert (f"measured under {settings}" in page and "(2022-07 to 2022-12)" in page) is (rate is None), address
        assert (">0.05 a month [0.01–0.15] (3 in 60)<" in desk.get("/alerts").text) is (rate is not None)
        assert ("It came before 1 outcome" in desk.get(f"/alerts/{identity}").text) is (rate is not None)


def test_the_feed_is_served(desk: TestClient) -> None:
    answer = desk.get("/alerts.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml") and b"<entry>" in answer.content


def test_a_board_opens_on_the_place_most_read_of_and_tells_silent_outlets_once(tmp_path: Path) -> None:
    usual = [
        report(day, number, country="TCD", outlet=("Nile", "Dal")[number % 2])
        for day in months("2022-01", 12)
        for number in range(8)
    ]
    entries = [*usual, report(datetime.date(2022, 12, 10), 90, country="ARE", outlet="Nile")]
    entries += [report(datetime.date(2023, 1, 10), number, country="TCD") for number in range(2)]
    board = tmp_path / "mine.yaml"
    board.write_text(BOARD)
    with record_of(tmp_path, entries) as record:
        watch = Watch(sightings(record), named_boards([str(board)]))
        keep_standings(record, watch.at(watch.span.last).standings, ["east"])
        with TestClient(create_app(record)) as client:
            page, overview = client.get("/watch/east").text, client.get("/watch").text
    assert "<h1>Eastern garrisons: Chad</h1>" in page and page.count("Dal") == 1
    assert 'href="/watch/east">Eastern garrisons</a>' in overview
    assert "no place can be judged" in page and "nowhere" not in page and "places not collected" in page
    assert "As many by luck" not in page and page.count('class="state st-not-collected"') == 1


@pytest.mark.parametrize("address", ["/watch/none", "/watch/coup?country=TCD", "/alerts/0", "/alerts/ffffffffffff"])
def test_what_is_not_there_is_told(desk: TestClient, address: str) -> None:
    assert desk.get(address).status_code == 404


def test_a_board_s_country_may_be_in_any_case_and_its_name_is_answered_with_its_code(desk: TestClient) -> None:
    assert desk.get("/watch/coup?country=sdn").status_code == 200
    told = desk.get("/watch/coup?country=Sudan")
    assert told.status_code == 400 and "Sudan is SDN" in told.text


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
    quoted = [one["statement"]["text"] for one in told["statements"]]
    assert len(quoted) == 18 and all(html.escape(one["title"]) in page for one in told["statements"])
    raised = datetime.date.fromisoformat(told["raised_at"][:10])
    assert told["raised_in_words"].startswith(f"Raised on {raised}")
    assert f"Raised on {day_name(raised)}" in page and "1 January 2023 to 31 January 2023" in page
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
        assert told["board_page"] is None and "was not evaluated since" in page
        keep_standings(record, watch.at(watch.span.last).standings, ["east"])
        again = client.get(f"/alerts/{identity}.json").json()["board_page"]
        assert client.get(again).status_code == 200


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
    assert "in hindsight" in shown[risen.id] and " days late" in shown[risen.id]
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


def desk_over(record: Record, watch: Watch) -> TestClient:
    """The desk over a record in which the newest period of a watch is kept."""
    keep_standings(record, watch.at(watch.span.last).standings, [one.id for one in watch.boards])
    return TestClient(create_app(record))


def test_where_nothing_can_be_said_of_any_place_the_reasons_stand_open(tmp_path: Path) -> None:
    entries = [report(datetime.date(2023, 1, 10), number, country="TCD") for number in range(2)]
    entries += [report(datetime.date(2023, 1, 10), number) for number in range(7)]
    with record_of(tmp_path, entries) as record:
        watch = Watch(sightings(record), named_boards(["coup", "forces-breaking"]))
        with desk_over(record, watch) as client:
            page = client.get("/watch").text
    assert "<table" not in page and '<details class="dark" open>' in page and "2 places not collected" in page
    assert page.count("2 documents; 5 are needed") == 1 and "7 documents" in page
    assert "read of in 0 earlier months; 6 are needed to know what is usual" in page
    assert 'href="/watch/coup?country=TCD"' in page


def test_twins_say_why_nothing_can_be_said_as_the_pages_do(tmp_path: Path) -> None:
    """Sudan is read enough of, but for the first time; Chad and Mali are hardly read of, and share a line."""
    entries = [report(datetime.date(2023, 1, 10), number, country=one) for one in ("TCD", "MLI") for number in range(2)]
    entries += [report(datetime.date(2023, 1, 10), number) for number in range(7)]
    with record_of(tmp_path, entries) as record:
        watch = Watch(sightings(record), named_boards(["coup"]))
        with desk_over(record, watch) as client:
            page = client.get("/watch").text
            told = {one["where"]["country"]: one for one in client.get("/watch.json").json()["standings"]}
            rows = {one["country"]: one for one in rows_of(client.get("/watch.csv").text)}
            board = client.get("/watch/coup.json?country=SDN").json()
            shown = " ".join(client.get("/watch/coup?country=SDN").text.split())
    assert page.count("2 documents; 5 are needed") == 1 and "3 places not collected" in page
    new = "7 documents, 0 usual; read of in 0 earlier months; 6 are needed to know what is usual"
    assert new in page
    for country, why in (("TCD", "2 documents; 5 are needed"), ("SDN", new)):
        assert told[country]["why_not_collected"] == rows[country]["why_not_collected"] == why
    [standing] = board["standings"]
    assert standing["read"] in shown and new in standing["read"]


def test_a_board_s_twins_are_of_the_place_on_its_page_and_say_what_it_is_about(tmp_path: Path) -> None:
    days = months("2022-01", 13)
    entries = [
        one for country, start in (("SDN", 0), ("TCD", 500)) for one in steady(days, country=country, start=start)
    ]
    with record_of(tmp_path, entries) as record:
        watch = Watch(sightings(record), named_boards(["coup"]))
        with desk_over(record, watch) as client:
            page = client.get("/watch/coup?country=TCD").text
            links = re.findall(r'<a href="([^"]*)">(?:JSON|CSV|every place)</a>', page)
            here, table, every = (client.get(html.unescape(one)) for one in links)
            assert client.get("/watch/coup.json?country=NER").status_code == 404
            overview = client.get("/watch?prevention=1").text
    assert {one["where"]["country"] for one in here.json()["standings"]} == {"TCD"}
    assert {one["country"] for one in rows_of(table.text)} == {"TCD"}
    assert {one["where"]["country"] for one in every.json()["standings"]} == {"SDN", "TCD"}
    about = here.json()["about"]
    refusal = next(one for one in about["indicators"] if one["id"] == "refusal")
    assert html.escape(refusal["why"]) in page and html.escape(refusal["source"][0]) in page
    assert html.escape(about["about"]) in page
    assert all(html.escape(one["about"]) in page for one in about["scenarios"])
    assert 'href="/watch.json?prevention=1&amp;regions=0"' in overview


def test_for_prevention_places_at_war_are_listed_apart(tmp_path: Path) -> None:
    days = months("2022-01", 13)
    with record_of(tmp_path, war(days)) as record:
        alone = Watch(sightings(record), named_boards(["coup"]))
        with desk_over(record, alone) as client:
            page = client.get("/watch?prevention=1").text
            assert "No board has been evaluated" not in page and "<table" not in page
        record.keep(steady(days, country="TCD", start=500))
        watch = Watch(sightings(record), named_boards(["coup"]))
        with desk_over(record, watch) as client:
            every, page = client.get("/watch").text, client.get("/watch?prevention=1").text
            told = client.get("/watch.json?prevention=1").json()
            assert client.get("/watch.json").json()["set_apart"] == []
    assert "Set apart" not in every and "war running" in every
    table, apart = page.split("Set apart, as a war is already running")
    assert "Chad" in table and "Sudan" not in table and 'href="/watch/coup?country=SDN"' in apart
    assert [one["where"]["country"] for one in told["standings"]] == ["TCD"]
    assert [(one["country"], one["war_last_known"]) for one in told["set_apart"]] == [("SDN", None)]


def test_a_country_at_war_when_last_known_stays_set_apart_and_says_so(tmp_path: Path) -> None:
    """The shipped outcomes know of war in Sudan from April 2023 to the end of 2024; the reports here tell of none."""
    days = months("2024-01", 17)
    calm = [one for country, start in (("SDN", 0), ("TCD", 500)) for one in steady(days, country=country, start=start)]
    with record_of(tmp_path, calm + surge(datetime.date(2025, 6, 10), ["mutinied"] * 9)) as record:
        watch = Watch(sightings(record), named_boards(["coup"]))
        known = {one.where.country: one for one in watch.at(named_period("2024-12", "month")).standings}
        assert (known["SDN"].war, known["SDN"].war_last_known) == (True, None) and not known["TCD"].war
        keep_alerts(record, alerts_of(watch, watch.span.last))
        identity = next(one.alert.id for one in alerts(record))
        with desk_over(record, watch) as client:
            page, told = client.get("/watch?prevention=1").text, client.get("/watch.json?prevention=1").json()
            every, board = client.get("/watch").text, client.get("/watch/coup?country=SDN").text
            alert, listed = client.get(f"/alerts/{identity}").text, client.get("/alerts").text
            [row] = [one for one in rows_of(client.get("/watch.csv").text) if one["country"] == "SDN"]
            feed = client.get("/alerts.atom").text
    table, apart = page.split("Set apart, as a war is already running")
    words = "at war when last known (31 December 2024)"
    assert "Chad" in table and "Sudan" not in table and words in apart
    assert [(one["country"], one["war_last_known"]) for one in told["set_apart"]] == [("SDN", "2024-12-31")]
    assert all(words in one for one in (every, board, alert, listed))
    assert (row["war_running"], row["war_last_known"]) == ("1", "2024-12-31")
    assert "At war when last known (2024-12-31): this is no early warning of one." in feed
