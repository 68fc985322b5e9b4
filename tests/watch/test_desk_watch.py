"""Boards in the browser: states, baselines, how old they are, what was not collected, wars; twins."""

import datetime
import html
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from foreshock.desk.app import create_app
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_standings
from foreshock.watch.alerts import alerts_of
from foreshock.watch.boards import named_boards
from foreshock.watch.evaluate import Watch
from foreshock.watch.periods import named_period
from foreshock.watch.sightings import sightings
from foreshock.watch.store import alerts, keep_alerts, keep_standings, standings
from tests.watch.pages import BOARD, desk_over, rows_of
from tests.watch.samples import months, record_of, report, steady, surge, war


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


@pytest.mark.slow
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


def test_a_board_shows_what_stands_highest_first_and_leads_to_the_alert_that_quotes_it(
    desk: TestClient, watched: Record
) -> None:
    page = desk.get("/watch/coup?country=SDN").text
    shown = re.findall(r"<h2>([^<]+) <span class=\"state st-([a-z-]+)\"", page)
    kept = [one.state.value for one in standings(watched, "coup")[0].outlooks]
    ladder = ["alarm", "warning", "watch", "quiet", "not collected"]
    assert kept != sorted(kept, key=ladder.index)
    assert [state for _, state in shown] == sorted(kept, key=ladder.index)
    mine = next(one for one in alerts(watched) if one.alert.board == "coup")
    assert f'<a href="/alerts/{mine.alert.id}">{mine.alert.title}</a>' in page


def test_q_is_explained_under_the_table_that_has_it(desk: TestClient) -> None:
    page = desk.get("/watch/coup?country=SDN").text
    sections = re.findall(r'<section class="scenario">.*?</section>', page, re.DOTALL)
    assert any('class="quiet q"' in one for one in sections)
    assert all(('class="quiet q"' in one) is ("q: the share of false ones" in one) for one in sections)
