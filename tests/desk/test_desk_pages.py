"""The pages as a reader gets them: what they show, their twins, their filters, what they never let through."""

import csv
import datetime
import html
import io
import re
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from foreshock.cli import main
from foreshock.desk.app import create_app
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.model.document import text_id
from foreshock.model.prediction import Outcome
from foreshock.model.vocabulary import EventType, Granularity, Kind
from foreshock.record.erasure import erase
from foreshock.record.store import Record
from foreshock.telling.phrases import day_name
from tests.desk.readings import RAID, SHELLS, SUDAN
from tests.ledger.conftest import FORECAST, Text, forecast, report
from tests.record.samples import new_record

PAGES = ("/", "/documents", "/statements", "/map", "/predictions")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.slow
@pytest.mark.parametrize("address", [*PAGES, f"/documents/{text_id(RAID)}", f"/documents/{text_id(SUDAN)}"])
def test_no_text_of_a_document_becomes_markup(desk: TestClient, address: str) -> None:
    answer = desk.get(address)
    assert answer.status_code == 200
    for hostile in ("<script>alert", "<img src=x", "<i>Nile", "<b>friends", 'href="javascript:', "<Sons>", "<the>"):
        assert hostile not in answer.text
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text), "a script that is not a file"
    assert not re.search(r"\son\w+=|\sstyle=", re.sub(r">[^<]*<", "><", answer.text).replace("&lt;", ""))
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_pages_ask_for_nothing_outside(desk: TestClient) -> None:
    for address in (*PAGES, f"/documents/{text_id(RAID)}"):
        for link in re.findall(r'(?:src|href|data-\w+)="([^"]*)"', desk.get(address).text):
            assert not link.startswith(("http:", "https:", "//")), link


def test_documents_are_listed_newest_first_with_what_they_are_made_of(desk: TestClient) -> None:
    page = desk.get("/").text
    assert page.index("HYPERLINK") < page.index("A raid")
    assert 'aria-label="2 reports, 1 judgement, 1 forecast"' in page
    assert "Untitled (by hand)" in page and "undated" in page


def test_of_a_text_of_which_only_the_month_is_known_no_day_is_told(tmp_path: Path) -> None:
    monthly = forecast()
    monthly.document = msgspec.structs.replace(
        monthly.document, published=datetime.date(2023, 5, 31), published_granularity=Granularity.MONTH
    )
    with new_record(tmp_path / "record.sqlite") as record, TestClient(create_app(record)) as desk:
        record.keep([monthly.entry()])
        for path, listed in (
            ("/documents", "documents"),
            ("/statements", "statements"),
            ("/predictions", "predictions"),
        ):
            page = desk.get(path).text
            assert "May 2023" in page and "31 May 2023" not in page, path
            assert {row["published"] for row in rows_of(desk.get(f"{path}.csv").text)} == {"2023-05"}, path
            told = desk.get(f"{path}.json").json()[listed]
            assert {one["published_granularity"] for one in told} == {"month"}, path
        assert rows_of(desk.get(f"/documents/{monthly.document.id}.csv").text)[0]["published"] == "2023-05"
    found = CliRunner().invoke(main, ["search", "raid", "--record", str(tmp_path / "record.sqlite")]).output
    assert "Ledger · 2023-05" in found and "2023-05-31" not in found


def test_the_month_in_which_a_text_was_crawled_is_told_in_words(tmp_path: Path) -> None:
    crawled = forecast()
    known = {"title": "A raid", "published": None, "crawl_month": "2023-05"}
    crawled.document = msgspec.structs.replace(crawled.document, **known)
    with new_record(tmp_path / "record.sqlite") as record, TestClient(create_app(record)) as desk:
        record.keep([crawled.entry()])
        for path in ("/documents", "/statements", "/predictions", f"/documents/{crawled.document.id}"):
            page = desk.get(path).text
            assert "crawled May 2023" in page and "2023-05" not in page.partition("<footer")[0], path


def test_a_document_shows_its_statements_beside_the_text(desk: TestClient) -> None:
    page = desk.get(f"/documents/{text_id(RAID)}").text
    closing = "4 statements: 2 reports, 1 judgement, 1 forecast. Half of this text is not report."
    assert closing in page
    assert "Kozinka, Belgorod Oblast, Russia" in page
    assert "Belgorod Oblast, Kursk Oblast" in page
    assert "violence spreading" in page
    assert re.search(r"says</span>\s*<a class=\"source\"[^>]*>Officials</a>", page)
    assert "91–100 %" in page
    assert "no publication date in &lt;the&gt; text" in page


def test_how_a_text_was_taken_in_is_nothing_that_could_not_be_read(tmp_path: Path) -> None:
    dated = forecast()
    dated.document = msgspec.structs.replace(dated.document, notes=("its date is the one <given>",))
    with new_record(tmp_path / "record.sqlite") as record, TestClient(create_app(record)) as desk:
        record.keep([dated.entry()])
        page = desk.get(f"/documents/{dated.document.id}").text
    assert "How it was taken in" in page and "its date is the one &lt;given&gt;" in page
    assert "What could not be read" not in page


def test_every_statement_is_reachable_and_the_innermost_wins_the_colour(desk: TestClient) -> None:
    identities = [one["id"] for one in desk.get(f"/documents/{text_id(RAID)}.json").json()["statements"]]
    page = desk.get(f"/documents/{text_id(RAID)}").text
    for identity in identities:
        assert f'id="t-{identity}" href="#s-{identity}"' in page
        assert f'id="s-{identity}"' in page
    nested = re.search(r'<span class="said k-(\w+) trigger" data-in="(\w+) (\w+)">raids</span>', page)
    assert nested and nested.groups() == ("report", identities[1], identities[0])
    assert '<span class="said k-report loaded"' in page


def test_the_shown_text_is_the_text(desk: TestClient) -> None:
    page = desk.get(f"/documents/{text_id(RAID)}").text
    shown = re.findall(r'<p class="text">(.*?)</p>', page, re.DOTALL)
    plain = [re.sub(r'<a class="mark.*?</a>|<[^>]+>', "", paragraph) for paragraph in shown]
    unescaped = "\n\n".join(plain).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert unescaped == RAID


def test_a_place_that_was_not_resolved_says_why(desk: TestClient) -> None:
    assert "two settlements of this name" in desk.get(f"/documents/{text_id(SUDAN)}").text
    assert "not placed: two settlements of this name" in desk.get("/statements?kind=report&type=ASSAULT").text


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("kind=forecast", {"withdraw", "split"}),
        ("mechanism=spillover", {"infiltrate", "spread"}),
        ("type=RETREAT", {"withdraw"}),
        ("type=retreat", {"withdraw"}),
        ("country=SDN", {"spread"}),
        ("country=sdn&mechanism=Spillover", {"spread"}),
        ("place=Kozinka&country=RUS&precision=point", {"withdraw"}),
        ("precision=region", {"infiltrate"}),
        ("source=Officials", {"withdraw"}),
        ("source=O%27Brien+%26+%3CSons%3E", {"spread"}),
        ("actor=Russian+Army", {"withdraw"}),
        ("words=%22army+will+withdraw%22", {"withdraw"}),
        ("words=%22army+will+withdraw%22&kind=judgement", set()),
        ("since=2023-05-28&kind=recommendation", {"meet"}),
        ("until=2023-05-28&kind=forecast", {"withdraw"}),
        ("words=no-such-word-here", set()),
    ],
)
def test_filters_mean_the_same_on_page_json_and_csv(desk: TestClient, filters: str, expected: set[str]) -> None:
    as_json = desk.get(f"/statements.json?{filters}").json()
    assert {one["statement"]["trigger"]["text"] for one in as_json["statements"]} == expected
    assert as_json["total"] == len(expected)
    assert {row["trigger"] for row in rows_of(desk.get(f"/statements.csv?{filters}").text)} == expected
    page = desk.get(f"/statements?{filters}").text
    assert set(re.findall(r'<b class="trigger">(?:<mark>)?([^<]*)(?:</mark>)?</b>', page)) == expected


def test_filters_left_empty_do_not_restrict(desk: TestClient) -> None:
    empty = desk.get("/statements.json?words=+&kind=&since=&country=").json()
    assert empty["total"] == 68
    assert empty["filters"] == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    ["/documents", "/statements", "/events", "/map", "/predictions", "/ledger", "/watch", "/alerts", "/imported"],
)
def test_a_parameter_that_a_page_does_not_know_is_refused_by_name(desk: TestClient, page: str) -> None:
    for ending in ("", ".json", ".csv"):
        assert desk.get(f"{page}{ending}").status_code == 200
        answer = desk.get(f"{page}{ending}?forcaster=x")
        assert answer.status_code == 400 and "forcaster" in answer.text and "it knows" in answer.text
    assert "forecaster" in desk.get("/ledger.json?forcaster=x").json()["error"]


def test_odd_words_find_nothing_or_something_but_never_fail(desk: TestClient) -> None:
    for words in ("%22", "%00", "AND", "NEAR(", "*", "a%22b", "-raid", "title:x"):
        assert desk.get(f"/statements?words={words}").status_code == 200, words


def test_the_order_of_what_was_found_is_told_only_where_something_was(desk: TestClient) -> None:
    for words, told in (("raid", True), ("zzxqy", False)):
        assert ("First those that hold the words" in desk.get(f"/statements?words={words}").text) is told, words


def test_the_words_that_were_looked_for_are_marked(desk: TestClient) -> None:
    page = desk.get("/statements?words=infiltrate+script").text
    assert '<b class="trigger"><mark>infiltrate</mark></b>' in page
    assert "&lt;<mark>script</mark>&gt;" in page and "<script>alert" not in page
    assert "<mark>" not in desk.get("/statements").text


def test_the_list_has_pages_and_csv_has_everything(desk: TestClient) -> None:
    first, second = (desk.get(f"/statements.json?type=ASSAULT&page={page}").json() for page in (1, 2))
    assert (len(first["statements"]), len(second["statements"]), first["total"]) == (50, 12, 62)
    assert "page 1 of 2" in desk.get("/statements?type=ASSAULT").text
    assert len(rows_of(desk.get("/statements.csv?type=ASSAULT").text)) == 62


@pytest.mark.parametrize(
    "address",
    [
        "/statements?kind=rumour",
        "/statements?since=yesterday",
        "/map?type=BOMB",
        "/predictions?page=0",
        "/statements?page=000000000001" + "9" * 20,
        "/statements?page=" + "9" * 5000,
        "/statements?size=0000000000019999",
    ],
)
def test_a_filter_that_cannot_be_is_told_as_a_page(desk: TestClient, address: str) -> None:
    answer = desk.get(address)
    assert answer.status_code == 400
    assert "Bad Request" in answer.text and "text/html" in answer.headers["content-type"]
    path, query = address.split("?")
    twin = desk.get(f"{path}.json?{query}")
    assert (twin.status_code, twin.json()["status"]) == (400, 400)


@pytest.mark.parametrize("address", ["/nothing", "/documents/sha256:0", "/statements/0", "/static/nothing.js"])
def test_what_is_not_there_is_told_as_a_page(desk: TestClient, address: str) -> None:
    answer = desk.get(address)
    assert answer.status_code == 404
    assert "Not Found" in answer.text and "To the documents" in answer.text
    assert "content-security-policy" in answer.headers


def test_a_filter_that_is_refused_leads_back_to_its_page(desk: TestClient) -> None:
    refused = desk.get("/statements?country=KEN&since=yesterday").text
    assert '<a href="/statements">The page without what was asked of it</a>' in refused
    assert "without what was asked" not in desk.get("/nothing").text


def test_a_text_that_was_erased_is_said_to_have_been(desk: TestClient, record: Record) -> None:
    address = f"/documents/{text_id(SUDAN)}"
    erase(record, text_id(SUDAN), "a test", "A. Analyst")
    answer = desk.get(address)
    assert answer.status_code == 410 and "was erased on" in answer.text and "A. Analyst" not in answer.text
    assert desk.get(f"{address}.json").status_code == 410


def test_the_first_page_says_what_stands_out_and_how_to_know_it(desk: TestClient) -> None:
    page = desk.get("/").text
    assert "What stands out" in page and "<code>foreshock watch</code>" in page and "No alert waits" in page
    assert "Newest documents" in page and f'href="/documents/{text_id(SUDAN)}"' in page


def test_csv_cells_never_start_a_formula(desk: TestClient) -> None:
    for address in ("/statements.csv", "/documents.csv", "/predictions.csv", f"/documents/{text_id(SUDAN)}.csv"):
        titles = {row["title"] for row in rows_of(desk.get(address).text)}
        assert any(title.startswith("'=HYPERLINK") for title in titles), address
        assert not any(title.startswith("=") for title in titles)


def test_a_statement_has_a_permanent_link(desk: TestClient) -> None:
    statement = desk.get("/statements.json?type=RETREAT").json()["statements"][0]["statement"]
    answer = desk.get(f"/statements/{statement['id']}", follow_redirects=False)
    assert answer.headers["location"] == f"/documents/{statement['document']}#s-{statement['id']}"
    assert desk.get(f"/statements/{statement['id']}.json").json() == statement
    assert [row["id"] for row in rows_of(desk.get(f"/statements/{statement['id']}.csv").text)] == [statement["id"]]


def test_predictions_are_the_forecasts_and_commitments_pending_in_the_ledger(desk: TestClient) -> None:
    found = desk.get("/predictions.json").json()["predictions"]
    assert [one["statement"]["trigger"]["text"] for one in found] == ["split", "withdraw"]
    assert {one["outcome"] for one in found} == {"pending"}
    page = desk.get("/predictions").text
    assert page.count('class="outcome o-pending"') == 2
    assert "2023" in page and "on condition" in page
    assert desk.get("/predictions.json?kind=report").json()["total"] == 0


def test_predictions_show_what_the_ledger_says_became_of_them(desk: TestClient, record: Record) -> None:
    book = Book(record)
    book.resolve()
    entries = {one.prediction.statement: one.prediction.id for one in book.entries()}
    split, withdraw = (one["statement"]["id"] for one in desk.get("/predictions.json").json()["predictions"])
    book.overrule(entries[split], Outcome.TRUE, "Amal", "they did")
    book.overrule(entries[withdraw], Outcome.PENDING, "Amal", "too early to say")
    told = desk.get("/predictions.json").json()["predictions"]
    assert [(one["outcome"], one["decided_by"]) for one in told] == [("true", "Amal"), ("pending", "Amal")]
    rows = rows_of(desk.get("/predictions.csv").text)
    assert [(row["outcome"], row["decided_by"]) for row in rows] == [("true", "Amal"), ("pending", "Amal")]
    page = desk.get("/predictions").text
    assert page.count("overruled by Amal") == 2
    assert f'href="/ledger/{entries[split]}"' in page


def test_predictions_and_ledger_tell_the_same_figures(desk: TestClient) -> None:
    for shown in desk.get("/predictions.json").json()["predictions"]:
        entry = desk.get(f"/ledger/{shown['ledger']}.json").json()
        for name in ("outcome", "decided_by", "forecaster", "forecaster_kind", "by"):
            assert shown[name] == entry[name]
        assert bool(shown["default_horizon"]) == entry["default_horizon"]
        bounds = (entry["odds"]["low"], entry["odds"]["high"]) if entry["odds"] else (None, None)
        assert (shown["odds_low"], shown["odds_high"]) == bounds
        pages = [html.unescape(desk.get(address).text) for address in ("/predictions", "/ledger")]
        assert all(
            day_name(datetime.date.fromisoformat(entry["by"])) in page and entry["forecaster"] in page for page in pages
        )


@pytest.mark.slow
def test_what_is_said_again_shares_the_outcome(tmp_path: Path) -> None:
    again = Text(FORECAST, "2023-05-03", "Second Paper", "Ada Writer").say(
        FORECAST, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    raid = report(
        "2023-06-02", "First", "Armed men raided Shebekino on Thursday and left.", "raided", type_=EventType.ASSAULT,
        mode="x-raid", place="Shebekino",
    )  # fmt: skip
    with new_record(tmp_path / "record.sqlite") as record, TestClient(create_app(record)) as desk:
        record.keep([text.entry() for text in (forecast(), again, raid)])
        book = Book(record)
        book.resolve()
        first = next(one for one in book.entries() if one.prediction.text == FORECAST)
        assert first.repeats == 1 and first.outcome is Outcome.TRUE
        assert _outcomes(desk) == {("true", None)}
        assert desk.get("/predictions?place=Shebekino").text.count('class="outcome o-true">true?') == 2
        book.overrule(first.prediction.id, Outcome.FALSE, "Amal", "it was a robbery")
        assert _outcomes(desk) == {("false", "Amal")}
        second = next(one for one in book.entries(Wanted(repeats=True)) if one.prediction.outlet == "Second Paper")
        book.overrule(second.prediction.id, Outcome.VOID, "Basma", "of another village")
        assert _outcomes(desk) == {("void", "Basma")}


def test_a_prediction_s_country_is_the_ledger_s_on_both_pages(tmp_path: Path) -> None:
    """One statement has no place: which country it is about, its actor or its text tells."""
    words = "Ministers said on Monday that the army will probably leave Kozinka in July. The army may split."
    placed = Text(words, "2023-05-01", "First").say(
        "the army will probably leave Kozinka", "leave", Kind.FORECAST, type_=EventType.RETREAT, place="Kozinka",
        likelihood=("probably", 0.55, 0.8),
    ).say("The army may split", "split", Kind.FORECAST, type_=EventType.COERCE, actor="The army", country=None,
          likelihood=("may", 0.2, 0.55))  # fmt: skip
    abroad = Text("Analysts expect that men will attack Tine soon.", "2023-05-02", "First").say(
        "men will attack Tine", "attack", Kind.FORECAST, type_=EventType.ASSAULT, place="Tine", country="SDN",
        likelihood=("will", 0.8, 1.0),
    )  # fmt: skip
    with new_record(tmp_path / "record.sqlite") as record, TestClient(create_app(record)) as desk:
        record.keep([placed.entry(), abroad.entry()])
        for code, number in (("RUS", 2), ("SDN", 1), ("TCD", 0)):
            here = desk.get(f"/predictions.json?country={code.lower()}").json()
            there = desk.get(f"/ledger.json?country={code}").json()
            assert here["total"] == there["total"] == number == len(here["predictions"])
            assert {one["ledger"] for one in here["predictions"]} == {one["id"] for one in there["predictions"]}
            assert len(rows_of(desk.get(f"/predictions.csv?country={code}").text)) == number
        assert desk.get("/statements.json?country=RUS&kind=forecast").json()["total"] == 1
        page = desk.get("/predictions?country=RUS").text
        assert "2 predictions" in page and '<option value="RUS" selected>' in page and '<option value="SDN">' in page


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["/statements", "/events", "/map", "/predictions", "/ledger", "/ledger/scores", "/alerts", "/imported"]
)
@pytest.mark.parametrize(
    ("country", "told"),
    [("Russia", "Russia is RUS"), ("russia", "Russia is RUS"), ("Atlantis", "not an ISO 3166-1 alpha-3 code")],
)
def test_a_country_s_name_is_answered_with_its_code(desk: TestClient, path: str, country: str, told: str) -> None:
    for address in (f"{path}?country={country}", f"{path}.json?country={country}"):
        answer = desk.get(address)
        assert answer.status_code == 400 and told in answer.text
    assert desk.get(f"{path}?country=rus").status_code == 200


def _outcomes(desk: TestClient) -> set[tuple[str, str | None]]:
    told = desk.get("/predictions.json?place=Shebekino").json()["predictions"]
    assert len(told) == 2
    return {(one["outcome"], one["decided_by"]) for one in told}


def test_the_map_draws_precision_as_it_is(desk: TestClient) -> None:
    features = desk.get("/map.json").json()["features"]
    drawn = [(one["properties"]["shape"], one["properties"]["member"]) for one in features]
    assert sorted(drawn, key=str) == [
        ("country", None), ("point", None), ("ring", "Belgorod Oblast"), ("ring", "Kursk Oblast"),
    ]  # fmt: skip
    for feature in features:
        assert all(round(degree, 2) == degree for degree in feature["geometry"]["coordinates"])
        assert feature["properties"]["km"] or feature["properties"]["shape"] != "ring"


def test_what_a_place_s_link_asks_for_is_told_in_the_map_s_words(desk: TestClient) -> None:
    page = desk.get("/statements?admin1=Belgorod+Oblast&precision=point").text
    assert "region <b>Belgorod Oblast</b>" in page and "precision <b>settlement</b>" in page
    assert 'aria-label="any region"' in page and 'name="admin1" value="Belgorod Oblast"' in page


def test_the_list_beside_the_map_says_the_same(desk: TestClient) -> None:
    page = desk.get("/map").text
    for words in ("Kozinka", "provinces bordering Ukraine", "Sudan", "country as a whole", "wider region"):
        assert words in page
    assert "65 statements without one" in page
    places = rows_of(desk.get("/map.csv").text)
    assert {row["drawn"] for row in places} == {"point", "ring", "country"}
    assert {row["lat"] for row in places if row["place"] == "Kozinka"} == {"50.12"}


def test_a_place_leads_to_its_statements(desk: TestClient) -> None:
    for feature in desk.get("/map.json").json()["features"]:
        path, query = feature["properties"]["link"].split("?")
        assert desk.get(f"{path}.json?{query}").json()["total"] == feature["properties"]["statements"]


def test_the_map_keeps_its_filters(desk: TestClient) -> None:
    shapes = {one["properties"]["shape"] for one in desk.get("/map.json?kind=forecast").json()["features"]}
    assert shapes == {"point"}
    assert 'data-places="/map.json?kind=forecast"' in desk.get("/map?kind=forecast").text


def test_a_text_of_one_long_line_shows_all_its_statements(desk: TestClient) -> None:
    page = desk.get(f"/documents/{text_id(SHELLS)}").text
    assert page.count('class="note k-report"') == 60


def test_an_empty_record_says_so(tmp_path: Path) -> None:
    with new_record(tmp_path / "empty.sqlite") as empty, TestClient(create_app(empty)) as client:
        assert "Nothing has been read into this record yet" in client.get("/").text
        for address in PAGES:
            assert client.get(address).status_code == 200
        assert client.get("/map.json").json()["features"] == []


@pytest.mark.parametrize("path", ["/documents", "/statements", "/events", "/predictions", "/ledger"])
def test_a_page_past_the_last_says_which_is_the_last(desk: TestClient, path: str) -> None:
    beyond = desk.get(f"{path}?page=999")
    assert beyond.status_code == 400
    assert "there is no page 999: the last is " in beyond.text


def test_an_empty_record_says_how_it_is_filled_and_a_full_one_that_nothing_answers(
    tmp_path: Path, desk: TestClient
) -> None:
    pages = ("/statements", "/events", "/predictions", "/ledger")
    with new_record(tmp_path / "empty.sqlite") as empty:
        client = TestClient(create_app(empty))
        for path in pages:
            assert "<code>foreshock add PATH</code>" in client.get(path).text, path
    for path in pages:
        told = desk.get(f"{path}?country=KEN").text
        assert "answers to that" in told and "<code>foreshock add PATH</code>" not in told, path
