"""What people ruled when texts are read anew, or an earlier one turns out to say the same."""

import datetime
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace

from foreshock.desk.app import create_app
from foreshock.ledger.book import Book
from foreshock.model.prediction import Outcome
from foreshock.model.span import Span
from foreshock.model.statement import statement_id
from foreshock.model.vocabulary import EventType, Kind
from foreshock.record.evidence import EVIDENCE_REREAD
from foreshock.record.reread import replace_readings
from foreshock.record.store import Record
from foreshock.record.tables import captures, documents
from tests.ledger.conftest import ABSENT, FORECAST, JULY, TANKS, Text, forecast, held, raid, ran


def test_a_text_without_a_date_that_is_read_anew_keeps_the_day_first_assumed_and_its_rulings(record: Record) -> None:
    text = forecast()
    text.document = replace(text.document, published=None, published_granularity=None)
    record.keep([text.entry()])
    first = datetime.datetime(2023, 5, 1, 9, tzinfo=datetime.UTC)
    with record.begin(writing=True) as connection:
        connection.execute(captures.update().values(captured_at=first))
        connection.execute(documents.update().values(read_at=first))
    book = Book(record, JULY)
    book.resolve()
    identity = next(one.prediction.id for one in book.entries() if one.prediction.text == FORECAST)
    book.overrule(identity, Outcome.FALSE, "Amal", "it was another village")
    reading = text.entry().reading
    assert reading is not None
    replace_readings(record, [replace(reading, model="newer")])
    assert book.update() == 2
    entry = book.entry(identity)
    assert (entry.prediction.made, entry.prediction.undated) == (first.date(), True)
    assert entry.outcome is Outcome.FALSE and [one.person for one in entry.rulings] == ["Amal"]


@pytest.mark.slow
def test_a_ruling_stands_when_an_earlier_text_turns_out_to_say_the_same(record: Record, tmp_path: Path) -> None:
    identity = held(record, raid())
    book = Book(record, JULY)
    book.resolve()
    book.overrule(identity, Outcome.VOID, "Amal", "a film")
    before = Text(f"For the first time. {FORECAST}", "2023-04-20", "Ledger", "Ada Writer").say(
        FORECAST, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    record.keep([before.entry()])
    book.update()
    [first] = [one for one in book.entries() if one.prediction.text == FORECAST]
    assert first.prediction.made == datetime.date(2023, 4, 20) and first.repeats == 1
    assert (first.outcome, [one.person for one in first.rulings]) == (Outcome.VOID, ["Amal"])
    shown = ran(tmp_path, "show", first.prediction.id, "--as-of", "2023-07-31").output
    assert f"a film (on {identity}, which says the same)" in shown
    assert Book(record, datetime.date(2023, 4, 30)).entry(first.prediction.id).rulings == ()
    with TestClient(create_app(record)) as desk:
        page = desk.get(f"/ledger/{first.prediction.id}?as_of=2023-07-31").text
    assert f'on <a href="/ledger/{identity}?as_of=2023-07-31">another that says the same</a>' in page


def _read_anew(record: Record, text: Text, *without: str, trigger: str = "") -> None:
    """Put a newer reading of a text into the record: without the statements of these words, the first one's trigger
    moved to the word `trigger`."""
    reading = text.entry().reading
    assert reading is not None
    told = [one for one in reading.statements if one.text not in without]
    if trigger:
        start, end, word = text.span(trigger)
        moved = Span(start=start, end=end, text=word)
        told[0] = replace(told[0], id=statement_id(told[0].document, start, end), trigger=moved)
    replace_readings(record, [replace(reading, model="newer", statements=tuple(told))])


def test_what_people_ruled_goes_along_when_a_newer_reading_moves_the_trigger(record: Record) -> None:
    identity = held(record, raid())
    book = Book(record, JULY)
    book.overrule(identity, Outcome.FALSE, "Amal", "it was another village")
    book.sharpen(identity, TANKS, None, "Bora", "too wide")
    book.overrule(identity, Outcome.VOID, "Amal", "a film")
    _read_anew(record, forecast(), trigger="likely")
    book.update()
    [entry] = [one for one in book.entries() if one.prediction.text == FORECAST]
    assert entry.prediction.id != identity and entry.outcome is Outcome.VOID
    assert [(one.person, one.prediction) for one in entry.rulings] == [
        (person, entry.prediction.id) for person in ("Amal", "Bora", "Amal")
    ]
    assert entry.sharpened.criterion.words == TANKS.words and book.stranded() == []
    [other] = [one for one in book.entries() if one.prediction.text == ABSENT]
    assert other.rulings == ()


def test_what_people_ruled_goes_along_when_a_newer_reader_passes_over_what_states_odds_outright(record: Record) -> None:
    identity = held(record)
    book = Book(record, JULY)
    book.overrule(identity, Outcome.VOID, "Amal", "a film")
    _read_anew(record, forecast(), FORECAST)
    book.update()
    [entry] = [one for one in book.entries() if one.prediction.start == 0]
    assert entry.prediction.id != identity and entry.outcome is Outcome.VOID


@pytest.mark.slow
def test_what_rests_on_what_a_newer_reading_lacks_says_so_until_it_is_looked_at_anew(
    record: Record, tmp_path: Path
) -> None:
    shown = raid()
    identity = held(record, shown)
    book = Book(record, JULY)
    book.resolve()
    assert "newer reading" not in ran(tmp_path, "show", identity, "--as-of", "2023-07-31").output
    _read_anew(record, shown, trigger="Armed")
    _read_anew(record, shown, trigger="men")
    entry = book.entry(identity)
    assert entry.outcome is Outcome.TRUE and entry.proposal is not None and entry.proposal.evidence == ()
    told = " ".join(ran(tmp_path, "show", identity, "--as-of", "2023-07-31").output.split())
    assert told.count("a newer reading lacks some of what it rests on: foreshock ledger resolve looks") == 1
    book.resolve()
    assert "newer reading" not in ran(tmp_path, "show", identity, "--as-of", "2023-07-31").output


def test_what_is_read_anew_while_it_is_resolved_says_so_too(record: Record) -> None:
    shown = raid()
    identity = held(record, shown)

    def once_all_are_done(done: int, of: int) -> None:
        if done == of:
            _read_anew(record, shown, trigger="Armed")

    book = Book(record, JULY)
    book.resolve(once_all_are_done)
    proposal = book.entry(identity).proposal
    assert proposal is not None and (proposal.outcome, proposal.evidence) == (Outcome.TRUE, ())
    assert proposal.reason.endswith(EVIDENCE_REREAD)


def test_a_ruling_does_not_go_to_a_prediction_that_stood_beside_its_own(record: Record) -> None:
    words = "Orlov will resign and Kursk will be raided before the end of June."
    text = Text(words, "2023-05-01", "Ledger", "Ada Writer")
    text.say("Orlov will resign", "resign", Kind.FORECAST, likelihood=("will", 0.8, 1.0), by="2023-06-30")
    raid = "Kursk will be raided before the end of June"
    text.say(raid, "raided", Kind.FORECAST, likelihood=("will", 0.8, 1.0), by="2023-06-30")
    record.keep([text.entry()])
    book = Book(record, JULY)
    book.update()
    found = {one.prediction.text: one.prediction.id for one in book.entries()}
    book.overrule(found["Orlov will resign"], Outcome.TRUE, "Amal", "he resigned on 3 June")
    book.overrule(found[raid], Outcome.FALSE, "Amal", "no raid came")
    reading = text.entry().reading
    assert reading is not None
    grown = replace(reading.statements[0], start=0, end=len(words), text=words)
    replace_readings(record, [replace(reading, model="newer", statements=(grown,))])
    book.update()
    [entry] = book.entries()
    assert entry.outcome is Outcome.TRUE and [one.reason for one in entry.rulings] == ["he resigned on 3 June"]
    assert [one.reason for _, one in book.stranded()] == ["no raid came"]


def test_rulings_on_what_a_newer_reading_no_longer_finds_are_listed(record: Record, tmp_path: Path) -> None:
    words = "The mayor will fall before the end of June."
    text = Text(f"{words} Prices rose in Kazan.", "2023-05-01", "Ledger", "Ada Writer")
    text.say(words, "fall", Kind.FORECAST, likelihood=("will", 0.8, 1.0), by="2023-06-30")
    text.say("Prices rose in Kazan.", "rose", place="Kazan")
    record.keep([text.entry()])
    book = Book(record, JULY)
    book.update()
    [entry] = book.entries()
    book.overrule(entry.prediction.id, Outcome.VOID, "Amal", "a film")
    assert book.stranded() == []
    reading = text.entry().reading
    assert reading is not None
    turned = [replace(one, kind=Kind.JUDGEMENT) for one in reading.statements if one.text == words]
    replace_readings(record, [replace(reading, model="newer", statements=(*turned, reading.statements[1]))])
    listed = ran(tmp_path, "list", "--as-of", "2023-07-31")
    assert "1 ruling stands on a prediction that a newer reading no longer finds" in listed.output
    assert "see foreshock ledger stranded" in listed.output
    told = ran(tmp_path, "stranded", "--as-of", "2023-07-31").output
    assert "overrule: void, Amal" in told and ": a film" in told and text.document.id in told
    [row] = json.loads(ran(tmp_path, "stranded", "--as-of", "2023-07-31", "--format", "json").stdout)
    assert (row["document"], row["prediction"], row["reason"]) == (text.document.id, entry.prediction.id, "a film")
    assert "Every ruling stands" in ran(tmp_path, "stranded", "--as-of", "2023-05-20").output
    with TestClient(create_app(record)) as desk:
        page = desk.get("/ledger?as_of=2023-07-31").text
        assert "1 ruling stands on" in page and "overrule: void · Amal" in page
        assert desk.get("/ledger.json?as_of=2023-07-31").json()["stranded_rulings"] == 1
        assert desk.get("/ledger.json?as_of=2023-05-20").json()["stranded_rulings"] == 0
