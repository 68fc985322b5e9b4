"""The ledger's pages: what they show, their twins, and what they refuse."""

from fastapi.testclient import TestClient


def test_page_and_twins_tell_the_same(desk: TestClient) -> None:
    told = desk.get("/ledger.json").json()
    assert told["total"] == len(told["predictions"]) > 0
    page = desk.get("/ledger")
    assert page.status_code == 200
    assert told["predictions"][0]["id"] in page.text
    rows = desk.get("/ledger.csv").text.splitlines()
    assert rows[0].startswith("id,made,forecaster")


def test_one_prediction_has_its_page(desk: TestClient) -> None:
    one = desk.get("/ledger.json").json()["predictions"][0]
    page = desk.get(f"/ledger/{one['id']}")
    assert page.status_code == 200 and one["made"] in page.text


def test_what_is_no_outcome_day_or_prediction_is_refused_in_words(desk: TestClient) -> None:
    for address in (
        "/ledger?outcome=maybe",
        "/ledger?as_of=soon",
        "/ledger?yardstick=x",
        "/ledger/zzz",
        "/ledger?page=0",
    ):
        assert desk.get(address).status_code == 400, address
