"""What holds for every answer: its headers, what is kept of it, HEAD, errors that say what to do, a proxy's prefix."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from foreshock.desk.app import create_app
from foreshock.desk.hosts import path_under
from foreshock.desk.serve import serve
from foreshock.errors import UsageError
from foreshock.record.erasure import erase
from foreshock.record.store import Record
from tests.desk.readings import raid_reading

PAGES = (
    "/",
    "/documents.json",
    "/statements.csv",
    "/map",
    "/ledger",
    "/ledger.json",
    "/alerts.atom",
    "/static/desk.css",
)


@pytest.mark.slow
@pytest.mark.parametrize("page", [*PAGES, "/nothing", "/documents/", "/basemap.geojson"])
def test_head_tells_of_an_answer_what_get_would_and_sends_none_of_it(desk: TestClient, page: str) -> None:
    whole, headed = (desk.request(method, page, follow_redirects=False) for method in ("GET", "HEAD"))
    assert headed.status_code == whole.status_code and headed.content == b""
    assert headed.headers == whole.headers


@pytest.mark.parametrize("page", [*PAGES, "/nothing", "/ledger?page=0", "/documents/"])
def test_every_answer_tells_browsers_what_they_may_do_and_keep(desk: TestClient, page: str) -> None:
    headers = desk.get(page, follow_redirects=False).headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Content-Type-Options"] == "nosniff" and "default-src" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("page", ["/", "/documents.json", "/alerts.atom", "/ledger/scores.json", "/static/desk.css"])
def test_who_has_an_answer_already_is_told_so(desk: TestClient, page: str) -> None:
    first = desk.get(page)
    again = desk.get(page, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.content == b"" and again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert desk.get(page, headers={"If-None-Match": '"another"'}).content == first.content


@pytest.mark.slow
def test_an_answer_that_changed_is_sent_anew(record: Record, desk: TestClient) -> None:
    before = desk.get("/documents.json")
    erase(record, raid_reading().document.id, "a test", "A. Analyst")
    after = desk.get("/documents.json", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and after.json()["total"] == before.json()["total"] - 1


@pytest.mark.parametrize("page", ["/documents", "/ledger.json", "/static/desk.css"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_what_cannot_be_asked_is_refused_with_what_can(desk: TestClient, method: str, page: str) -> None:
    answer = desk.request(method, page)
    assert answer.status_code == 405 and "forms" in answer.text
    assert answer.headers["Allow"].replace(" ", "").split(",") == ["GET", "HEAD"]


@pytest.mark.parametrize("page", ["/ledger/0123", "/alerts/0123"])
def test_a_page_with_a_form_says_that_forms_are_taken(desk: TestClient, page: str) -> None:
    assert desk.delete(page).headers["Allow"] == "GET, HEAD, POST"
    assert desk.delete(f"{page}.json").headers["Allow"] == "GET, HEAD"


def test_an_address_that_leads_nowhere_says_so_in_a_sentence(desk: TestClient) -> None:
    assert "There is no page of this address" in desk.get("/nothing").text
    assert desk.get("/nothing.json").json() == {"status": 404, "error": "There is no page of this address at the desk."}


def test_a_redirection_leads_where_the_browser_is(desk: TestClient) -> None:
    """Behind a proxy the desk does not know by which scheme and name it is called."""
    assert desk.get("/documents/?page=1", follow_redirects=False).headers["Location"] == "/documents?page=1"


@pytest.mark.parametrize("stripped", [True, False])
def test_under_a_prefix_every_link_leads_below_it(record: Record, stripped: bool) -> None:
    before = "" if stripped else "/a/desk"
    document = raid_reading().document.id
    with TestClient(create_app(record, root="/a/desk")) as client:
        for page in ("/", "/statements", "/map", "/ledger", f"/documents/{document}", "/nothing"):
            answer = client.get(before + page)
            links = re.findall(r'\s(?:href|src|action|hx-get|data-places|data-basemap)="(/[^"]*)"', answer.text)
            assert links and all(link.startswith("/a/desk/") for link in links)
        identity = raid_reading().statements[0].id
        led = client.get(f"{before}/statements/{identity}", follow_redirects=False).headers["Location"]
        assert led.startswith("/a/desk/documents/sha256:")
        assert client.get(f"{before}/documents/", follow_redirects=False).headers["Location"] == "/a/desk/documents"
        assert client.get(f"{before}/static/desk.css").status_code == 200
        assert b"http://testserver/a/desk/alerts.atom" in client.get(f"{before}/alerts.atom").content


@pytest.mark.parametrize(("given", "path"), [("", ""), ("/", ""), ("desk", "/desk"), ("/a/desk/", "/a/desk")])
def test_a_prefix_is_written_with_or_without_slashes(given: str, path: str) -> None:
    assert path_under(given) == path


@pytest.mark.parametrize("given", ["https://a.example/desk", "/a b", '/"x', "/a//b", "/desk?x"])
def test_what_is_no_path_is_refused_as_a_prefix(tmp_path: Path, given: str) -> None:
    Record(str(tmp_path / "record.sqlite")).close()
    with pytest.raises(UsageError, match="--root-path"):
        serve(str(tmp_path / "record.sqlite"), seconds=0.1, root=given)
