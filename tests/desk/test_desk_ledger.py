"""The ledger's pages: what they show, their twins, what people decide there, and what they refuse."""

import datetime
import re

from fastapi.testclient import TestClient

from foreshock.ledger.book import Book
from foreshock.record.store import Record


def _proposed(record: Record) -> str:
    """The id of a prediction for which something is proposed as of today."""
    book = Book(record)
    book.resolve()
    return book.entries()[0].prediction.id


def _send(desk: TestClient, identity: str, **given: str) -> int:
    """Send the page's own form, as a browser would, with these fields filled in."""
    page = desk.get(f"/ledger/{identity}").text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = desk.post(f"/ledger/{identity}", data={**hidden, **given}, follow_redirects=False)
    return answer.status_code


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


def test_a_person_confirms_then_overrules_and_all_is_kept(desk: TestClient, record: Record) -> None:
    identity = _proposed(record)
    proposal = Book(record).entry(identity).proposal
    assert proposal is not None
    assert _send(desk, identity, action="confirm", person="Amal") == 303
    other = "void" if proposal.outcome.value != "void" else "true"
    assert _send(desk, identity, action="overrule", outcome=other, person="Bora", reason="") == 400
    assert _send(desk, identity, action="overrule", outcome=other, person="Bora", reason="another place <b>") == 303
    entry = Book(record).entry(identity)
    assert [(one.action, one.person, one.reason) for one in entry.rulings] == [
        ("confirm", "Amal", ""), ("overrule", "Bora", "another place <b>"),
    ]  # fmt: skip
    assert entry.proposal == proposal and entry.outcome.value == other
    page = desk.get(f"/ledger/{identity}").text
    assert "overruled by Bora" in page and "another place &lt;b&gt;" in page and "<b>" not in page
    assert f"{proposal.outcome.value}, as of" in page and proposal.reason in page
    assert str(datetime.datetime.now(datetime.UTC).date()) in page


def test_a_ruling_goes_by_the_proposal_that_was_seen(desk: TestClient, record: Record) -> None:
    identity = _proposed(record)
    assert _send(desk, identity, action="confirm", person="Amal", proposed="something else") == 400
    assert _send(desk, identity, action="confirm", person=" ") == 400
    assert _send(desk, identity, action="overrule", outcome="maybe", person="Amal", reason="x") == 400
    assert Book(record).entry(identity).rulings == ()


def test_another_sites_form_rules_nothing(desk: TestClient, record: Record) -> None:
    identity = _proposed(record)
    told = {"action": "overrule", "outcome": "void", "person": "Mallory", "reason": "x"}
    assert desk.post(f"/ledger/{identity}", data=told).status_code == 403
    assert desk.post(f"/ledger/{identity}", data={**told, "token": "guess"}).status_code == 403
    assert desk.post(f"/ledger/{identity}", content=b"x" * 20_000).status_code == 413
    assert Book(record).entry(identity).rulings == ()
