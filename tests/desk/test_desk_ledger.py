"""The ledger's pages: what they show, their twins, what people decide there, and what they refuse."""

import csv
import datetime
import io
import re
from collections.abc import Callable

import anyio
import msgspec
import pytest
from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from foreshock.desk.ledger import ledger_csv
from foreshock.desk.predictions import predictions_csv
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.model.prediction import Criterion, Outcome, Prediction
from foreshock.model.vocabulary import EventType
from foreshock.record.erasure import erase
from foreshock.record.ledger_tables import prediction_proposals, predictions
from foreshock.record.store import Record
from foreshock.telling.phrases import day_name, moment_name
from tests.ledger.conftest import FORECAST, Text, forecast, report


def _proposed(record: Record) -> str:
    """The id of a prediction for which something is proposed as of today."""
    book = Book(record)
    book.resolve()
    return book.entries()[0].prediction.id


def _rows(desk: TestClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(desk.get(address).text)))


def _send(desk: TestClient, identity: str, **given: str) -> int:
    """Send the page's own form, as a browser would, with these fields filled in."""
    page = desk.get(f"/ledger/{identity}").text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = desk.post(f"/ledger/{identity}", data={**hidden, **given}, follow_redirects=False)
    return answer.status_code


def _decide(desk: TestClient, identity: str, outcome: str, **given: str) -> int:
    return _send(desk, identity, action="decide", outcome=outcome, **given)


def test_page_and_twins_tell_the_same(desk: TestClient) -> None:
    told = desk.get("/ledger.json").json()
    assert told["total"] == len(told["predictions"]) > 0
    page = desk.get("/ledger")
    assert page.status_code == 200
    assert told["predictions"][0]["id"] in page.text
    rows = desk.get("/ledger.csv").text.splitlines()
    assert rows[0].startswith("id,made,forecaster")


@pytest.mark.parametrize("address", ["/ledger", "/ledger.json", "/ledger.csv", "/ledger/scores", "/ledger/scores.csv"])
def test_nothing_is_known_as_of_a_day_to_come(desk: TestClient, address: str) -> None:
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    answer = desk.get(address, params={"as_of": tomorrow.isoformat()})
    assert answer.status_code == 400 and "yet to come" in answer.text
    assert desk.get(address, params={"as_of": "2024-06-30"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", Wanted()),
        ("?words=raid", Wanted(words="raid")),
        ("?outcome=pending", Wanted(outcome=Outcome.PENDING)),
        ("?country=RUS", Wanted(country="RUS")),
        ("?forecaster=e", Wanted(forecaster="e")),
        ("?words=nowhere", Wanted(words="nowhere")),
    ],
)
def test_twins_hold_all_that_answers_newest_first(desk: TestClient, record: Record, query: str, wanted: Wanted) -> None:
    told = desk.get(f"/ledger.json{query}").json()
    ids = [one.prediction.id for one in Book(record).entries(wanted)]
    assert [one["id"] for one in told["predictions"]] == ids and told["total"] == len(ids)
    assert [row["id"] for row in _rows(desk, f"/ledger.csv{query}")] == ids


def test_one_prediction_has_its_page(desk: TestClient) -> None:
    one = desk.get("/ledger.json").json()["predictions"][0]
    page = desk.get(f"/ledger/{one['id']}")
    assert page.status_code == 200 and day_name(datetime.date.fromisoformat(one["made"])) in page.text


def test_what_is_no_outcome_day_or_prediction_is_refused_in_words(desk: TestClient) -> None:
    for address in (
        "/ledger?outcome=maybe",
        "/ledger?as_of=soon",
        "/ledger?yardstick=x",
        "/ledger?page=0",
        "/ledger?page=000",
        "/ledger?page=000000000001" + "9" * 20,
        "/ledger?page=" + "9" * 5000,
        "/ledger?page=²",
    ):
        assert desk.get(address).status_code == 400, address[:40]
    assert desk.get("/ledger?page=0000000000001").status_code == 200


def test_an_unknown_prediction_is_not_found(desk: TestClient) -> None:
    for address in ("/ledger/zzz", "/ledger/zzz.json", "/ledger/zzz.csv"):
        answer = desk.get(address)
        assert answer.status_code == 404 and "no prediction has an id that begins with" in answer.text, address


@pytest.mark.slow
def test_one_prediction_has_its_twins(desk: TestClient, record: Record) -> None:
    identity = _proposed(record)
    listed = {one["id"]: one for one in desk.get("/ledger.json").json()["predictions"]}[identity]
    told = desk.get(f"/ledger/{identity}.json").json()
    alone = {name: told[name] for name in ("as_of", "says_again", "line_over_time")}
    assert {**told, "proposal": None} == {**listed, "proposal": None, **alone}
    assert told["proposal"]["reason"] == listed["proposal"]["reason"]
    assert told["as_of"] == str(datetime.datetime.now(datetime.UTC).date())
    rows = _rows(desk, f"/ledger/{identity}.csv")
    assert rows == [row for row in _rows(desk, "/ledger.csv") if row["id"] == identity]
    page = desk.get(f"/ledger/{identity}").text
    assert f'href="/ledger/{identity}.json"' in page and f'href="/ledger/{identity}.csv"' in page


def test_page_json_and_csv_tell_the_sharpened_prediction(desk: TestClient, record: Record) -> None:
    identity = _proposed(record)
    book = Book(record)
    found = book.entry(identity).prediction
    sharper = msgspec.structs.replace(found.criterion, words="what would count, more exactly")
    by = found.made + datetime.timedelta(days=99)
    book.sharpen(identity, sharper, by, "Amal", "the text is vague")
    told = {one["id"]: one for one in desk.get("/ledger.json").json()["predictions"]}[identity]
    for one in (told, desk.get(f"/ledger/{identity}.json").json()):
        assert (one["by"], one["criterion"]["words"]) == (by.isoformat(), sharper.words)
        assert one["criterion"]["by_person"] == "Amal" and not one["default_horizon"]
        assert msgspec.convert(one["as_found"], Prediction) == found
    row = _rows(desk, f"/ledger/{identity}.csv")[0]
    assert (row["by"], row["criterion"]) == (by.isoformat(), sharper.words)
    assert sharper.words in desk.get(f"/ledger/{identity}").text


def test_csv_gives_the_reason_of_who_decided(desk: TestClient, record: Record) -> None:
    identity = _proposed(record)
    proposal = Book(record).entry(identity).proposal
    assert proposal is not None
    row = _rows(desk, f"/ledger/{identity}.csv")[0]
    assert (row["decided_by"], row["reason"]) == ("", proposal.reason)
    Book(record).overrule(identity, Outcome.VOID, "Amal", "another village")
    row = _rows(desk, f"/ledger/{identity}.csv")[0]
    assert (row["outcome"], row["decided_by"], row["reason"]) == ("void", "Amal", "another village")


def _shown(record: Record) -> str:
    """The id of a prediction that is proposed as true as of today, in a record to which it was added."""
    raid = report(
        "2023-06-02", "First", "Armed men raided Shebekino on Thursday and left.", "raided", type_=EventType.ASSAULT,
        mode="x-raid", place="Shebekino",
    )  # fmt: skip
    record.keep([text.entry() for text in (forecast(), raid)])
    book = Book(record)
    book.resolve()
    return next(one.prediction.id for one in book.entries() if one.prediction.text == FORECAST)


@pytest.mark.slow
def test_what_would_count_is_named_as_acts_are_elsewhere(desk: TestClient, record: Record) -> None:
    identity = _shown(record)
    page = desk.get(f"/ledger/{identity}").text
    assert '<option value="ASSAULT x-raid"' in page and ">assault · raid</option>" in page
    assert "x-raid</option>" not in page and "<title>“" in page


@pytest.mark.slow
def test_a_person_confirms_then_overrules_and_all_is_kept(desk: TestClient, record: Record) -> None:
    identity = _shown(record)
    proposal = Book(record).entry(identity).proposal
    assert proposal is not None
    assert _decide(desk, identity, proposal.outcome.value, person="Amal") == 303
    other = "void" if proposal.outcome.value != "void" else "true"
    assert _decide(desk, identity, other, person="Bora", reason="") == 400
    assert _decide(desk, identity, other, person="Bora", reason="another place <b>") == 303
    entry = Book(record).entry(identity)
    assert [(one.action, one.person, one.reason) for one in entry.rulings] == [
        ("confirm", "Amal", ""), ("overrule", "Bora", "another place <b>"),
    ]  # fmt: skip
    assert entry.proposal == proposal and entry.outcome.value == other
    page = desk.get(f"/ledger/{identity}").text
    assert "overruled by Bora" in page and "another place &lt;b&gt;" in page and "<b>" not in page
    assert f"{proposal.outcome.value}, as of" in page and proposal.reason in page
    rulings = page.partition("<h2>Rulings</h2>")[2].partition("</ul>")[0]
    assert f"Bora, {moment_name(entry.rulings[-1].at)}" in rulings
    assert entry.rulings[-1].at.date().isoformat() not in rulings


def test_a_ruling_goes_by_the_proposal_that_was_seen(desk: TestClient, record: Record) -> None:
    identity = _proposed(record)
    assert _decide(desk, identity, "void", person="Amal", reason="x", proposed="something else") == 400
    assert _decide(desk, identity, "void", person=" ", reason="x") == 400
    assert _decide(desk, identity, "maybe", person="Amal", reason="x") == 400
    assert _decide(desk, identity, "", person="Amal", reason="x") == 400
    assert Book(record).entry(identity).rulings == ()


def test_what_is_pending_is_not_to_be_confirmed(desk: TestClient, record: Record) -> None:
    identity = _proposed(record)
    assert Book(record).entry(identity).outcome is Outcome.PENDING
    assert ">as proposed<" not in desk.get(f"/ledger/{identity}").text
    assert _decide(desk, identity, "pending", person="Amal") == 400
    assert Book(record).entry(identity).rulings == ()


@pytest.mark.slow
def test_a_page_from_before_another_ruled_decides_nothing(desk: TestClient, record: Record) -> None:
    identity = _shown(record)
    seen = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', desk.get(f"/ledger/{identity}").text))
    Book(record).overrule(identity, Outcome.VOID, "Bora", "another village")
    for told in ({"outcome": "true"}, {"outcome": "false", "reason": "a film"}):
        data = {**seen, **told, "action": "decide", "person": "Amal"}
        answer = desk.post(f"/ledger/{identity}", data=data, follow_redirects=False)
        assert answer.status_code == 400 and "somebody ruled on this meanwhile" in answer.text
    assert [one.person for one in Book(record).entry(identity).rulings] == ["Bora"]
    assert _decide(desk, identity, "true", person="Amal") == 303


@pytest.mark.slow
def test_a_page_as_of_an_earlier_day_shows_no_later_ruling(desk: TestClient, record: Record) -> None:
    identity = _shown(record)
    assert _decide(desk, identity, "true", person="Amal") == 303
    assert "confirmed by Amal" in desk.get(f"/ledger/{identity}").text
    earlier = desk.get(f"/ledger/{identity}?as_of=2023-07-31")
    assert earlier.status_code == 200 and "Amal" not in earlier.text
    assert desk.get(f"/ledger/{identity}?as_of=2023-04-30").status_code == 404


@pytest.mark.slow
def test_after_sharpening_nothing_is_to_be_confirmed_until_it_was_resolved_anew(
    desk: TestClient, record: Record
) -> None:
    identity = _shown(record)
    book = Book(record)
    book.sharpen(identity, Criterion(words="a raid by men on foot"), None, "Amal", "")
    page = desk.get(f"/ledger/{identity}").text
    assert "before it was sharpened" in page and ">as proposed<" not in page and "not looked at yet" in page
    row = _rows(desk, f"/ledger/{identity}.csv")[0]
    assert (row["outcome"], row["reason"]) == ("pending", "")


def test_another_sites_form_rules_nothing(desk: TestClient, record: Record) -> None:
    identity = _proposed(record)
    told = {"action": "decide", "outcome": "void", "person": "Mallory", "reason": "x"}
    assert desk.post(f"/ledger/{identity}", data=told).status_code == 403
    assert desk.post(f"/ledger/{identity}", data={**told, "token": "guess"}).status_code == 403
    assert desk.post(f"/ledger/{identity}", content=b"x" * 20_000).status_code == 413
    many = {f"field{number}": "x" for number in range(30)}
    assert desk.post(f"/ledger/{identity}", data={**many, **told}).status_code == 400
    assert Book(record).entry(identity).rulings == ()


def test_a_page_reads_no_prediction_that_it_does_not_show(desk: TestClient, record: Record) -> None:
    book = Book(record)
    book.resolve()
    before = {one.prediction.statement: one.prediction.id for one in book.entries()}
    shown = desk.get("/predictions.json?size=1").json()["predictions"][0]["statement"]["id"]
    pages = ["/predictions?size=1", "/predictions.json?size=1", f"/ledger/{before[shown]}"]
    seen = [desk.get(address).text for address in pages]
    others = [one for one in before.values() if one != before[shown]]
    assert others
    with record.begin(writing=True) as connection:
        connection.execute(predictions.update().where(predictions.c.id.in_(others)).values(body="unreadable"))
        table = prediction_proposals
        connection.execute(table.update().where(table.c.prediction.in_(others)).values(coverage="unreadable"))
    assert [desk.get(address).text for address in pages] == seen


def _counted(desk: TestClient) -> tuple[str, str]:
    """What the ledger says became of all its predictions, and whom it scores for what."""
    found = re.search(r'<p class="lead">\d+ predictions?: (.*?)</p>', desk.get("/ledger").text)
    assert found
    scored = desk.get("/ledger/scores.json").json()
    return found[1], f"{scored['scores']} {scored['waiting']}"


@pytest.mark.slow
def test_what_the_ledger_counts_follows_all_that_happens_in_it(desk: TestClient, record: Record) -> None:
    first = _counted(desk)
    assert _counted(desk) == first
    identity = _shown(record)
    resolved = _counted(desk)
    assert resolved[0] != first[0]
    assert _decide(desk, identity, "void", person="Amal", reason="nobody can tell") == 303
    ruled = _counted(desk)
    assert "1 void" in ruled[0] and ruled[1] != resolved[1]
    with Record(record.name) as another:
        Book(another).overrule(identity, Outcome.TRUE, "Bora", "it came")
    overruled = _counted(desk)
    assert "0 void" in overruled[0] and overruled[1] != ruled[1]
    erase(record, Book(record).entry(identity).prediction.document, "asked to", "Amal")
    assert _counted(desk)[0] != overruled[0]


def test_a_page_of_the_ledger_is_a_part_of_the_whole(desk: TestClient, record: Record) -> None:
    book = Book(record)
    book.update()
    for wanted in (Wanted(), Wanted(repeats=True), Wanted(outcome=Outcome.PENDING), Wanted(forecaster="e")):
        every = book.entries(wanted)
        assert book.newest(wanted, 2) == (every[:2], len(every))


@pytest.mark.slow
def test_a_person_sharpens_what_would_count_on_its_page(desk: TestClient, record: Record) -> None:
    identity = _shown(record)
    found = Book(record).entry(identity).prediction
    page = desk.get(f"/ledger/{identity}").text
    assert 'value="ASSAULT x-raid" selected' in page and "Sharpen" in page
    filled = {"words": found.criterion.words, "act": "ASSAULT x-raid", "place": "Shebekino", "country": "RUS"}
    filled |= {"by": found.by.isoformat(), "person": "Amal", "action": "sharpen"}
    assert _send(desk, identity, **filled) == 400
    told = {
        "by": "2023-06-20",
        "reason": "too wide",
        "act": "COERCE",
        "actors": "Free Russia\r\nMilitia",
        "admin1": "Belgorod",
        "mechanism.spillover": "yes",
    }
    assert _send(desk, identity, **{**filled, **told}) == 303
    entry = Book(record).entry(identity)
    criterion = entry.sharpened.criterion
    assert (criterion.type, criterion.mode, criterion.mechanisms) == ("COERCE", None, ("spillover",))
    assert (criterion.actors, criterion.admin1) == (("Free Russia", "Militia"), "Belgorod Oblast")
    assert entry.sharpened.by == datetime.date(2023, 6, 20) and entry.prediction == found and entry.lapsed
    page = desk.get(f"/ledger/{identity}").text
    assert "by or to Free Russia, Militia · in Shebekino, Belgorod Oblast, Russia" in page
    assert "sharpened by Amal" in page and "what counts since" in page and "violence spreading" in page
    assert "· by 20 June 2023" in page and "2023-06-20" not in page.replace('value="2023-06-20"', "")
    assert _send(desk, identity, **{**filled, "country": "XX"}) == 400


def test_a_prediction_leads_to_where_it_stands_in_its_text(desk: TestClient, record: Record) -> None:
    outright = Text("Rain fell.\n\nThe chance that the truce holds until June is one in four.", "2023-05-01", "Ledger")
    record.keep([text.entry() for text in (forecast(), outright)])
    book = Book(record)
    book.update()
    assert len([one for one in book.entries() if one.prediction.outlet == "Ledger"]) == 3
    for entry in book.entries():
        page = desk.get(f"/ledger/{entry.prediction.id}").text
        address, _, anchor = re.findall(r'href="(/documents/[^"]+)"', page)[0].partition("#")
        assert f'id="{anchor}"' in desk.get(address).text, entry.prediction.text


@pytest.mark.parametrize("page", [ledger_csv, predictions_csv])
def test_a_csv_begins_before_anything_is_looked_at(record: Record, page: Callable[[Request, Record], Response]) -> None:
    """A large record takes minutes to be looked at: whoever waits for the file has its first line at once."""
    record.keep([forecast().entry()])
    answer = page(Request({"type": "http", "query_string": b"", "headers": []}), record)
    assert isinstance(answer, StreamingResponse)

    async def read() -> tuple[str, bool, str]:
        lines = answer.body_iterator.__aiter__()
        first = str(await anext(lines))
        with record.begin() as connection:
            taken = connection.scalar(select(func.count()).select_from(predictions)) or 0
        return first, bool(taken), "".join([str(part) async for part in lines])

    first, taken, rest = anyio.run(read)
    assert "forecaster" in first and first.count("\n") == 1 and not taken
    assert FORECAST in rest
