"""What the ledger's pages say in words: of denials, of what waits and why, of scores, of what they are filtered by."""

import csv
import datetime
import html
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from foreshock.cli import main
from foreshock.desk.app import create_app
from foreshock.ledger.book import Book
from foreshock.ledger.scores import scoreboard
from foreshock.model.prediction import Outcome
from foreshock.model.vocabulary import EventType, Kind, SourceKind
from foreshock.record.erasure import erase
from foreshock.record.store import Record
from foreshock.telling.phrases import day_name
from tests.ledger.conftest import ABSENT, FORECAST, Text, forecast, report

PLEDGE = "The ministry will not close the bridge at Kozinka"
REFUSAL = "the council will sign it by the autumn"
DENIAL = "The truce will not hold until June"
_OF_PAGES = ("filters", "documents_not_looked_at")
"""What only a page says of its scores."""
RAID = "After dark soldiers raided Shebekino"


def _texts() -> list[Text]:
    ministry = Text(f"{PLEDGE}, the ministry said. Lisa does not think {REFUSAL}.", "2023-05-03", "First", "B. Writer")
    ministry.say(PLEDGE, "close", Kind.COMMITMENT, source=("the ministry", SourceKind.ORGANISATION), negative=True)
    ministry.say(REFUSAL, "sign", Kind.FORECAST, negative=True, likelihood=("does not think", 0.2, 0.45))
    truce = Text(f"{DENIAL}.", "2023-05-04", "Second", "Ada Writer Junior")
    truce.say(DENIAL, "hold", Kind.FORECAST, negative=True, likelihood=("will not", 0.0, 0.09), by="2023-06-30")
    told = report(
        "2023-06-10", "Third", f"{RAID}, the governor said.", RAID, type_=EventType.ASSAULT, mode="x-raid",
        place="Shebekino",
    )  # fmt: skip
    told.statements = []
    told.say(RAID, "raided", type_=EventType.ASSAULT, mode="x-raid", place="Shebekino")
    return [forecast(), ministry, truce, told]


@pytest.fixture(scope="module")
def resolved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with forecasts, denials, a pledge and a report, each prediction's outcome proposed; for copies."""
    path = tmp_path_factory.mktemp("resolved") / "record.sqlite"
    with Record(str(path)) as kept:
        kept.keep([one.entry() for one in _texts()])
        Book(kept).resolve()
    return path


@pytest.fixture
def record(resolved: Path, tmp_path: Path) -> Iterator[Record]:
    """A copy of that record, to do with as one likes."""
    with Record(str(shutil.copy(resolved, tmp_path / "record.sqlite"))) as kept:
        yield kept


@pytest.fixture
def desk(record: Record) -> Iterator[TestClient]:
    """A client of the desk over that record."""
    with TestClient(create_app(record)) as client:
        yield client


def _identity(record: Record, words: str) -> str:
    return next(one.prediction.id for one in Book(record).entries() if one.prediction.text == words)


def _decide(record: Record, words: str, outcome: Outcome) -> str:
    identity = _identity(record, words)
    Book(record).overrule(identity, outcome, "Amal", "seen")
    return identity


def _shown(desk: TestClient, address: str) -> str:
    """A page's text as it is read, without its marks."""
    answer = desk.get(address)
    assert answer.status_code == 200, answer.text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def _rows(desk: TestClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(desk.get(address).text)))


def _listed(desk: TestClient, query: str) -> set[str]:
    return {str(one["text"]) for one in desk.get(f"/ledger.json?{query}").json()["predictions"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "outcome", "meant"),
    [
        (PLEDGE, Outcome.TRUE, "it came about: the pledge was broken"),
        (PLEDGE, Outcome.FALSE, "it did not come about: the pledge was kept"),
        (DENIAL, Outcome.TRUE, "it came about: the forecaster was wrong"),
        (DENIAL, Outcome.FALSE, "it did not come about: the forecaster was right"),
    ],
)
def test_a_denials_outcome_says_what_it_means(
    desk: TestClient, record: Record, words: str, outcome: Outcome, meant: str
) -> None:
    identity = _decide(record, words, outcome)
    for address in ("/ledger", f"/ledger/{identity}", "/predictions"):
        page = _shown(desk, address)
        assert f"{outcome.value} {meant}" in page and "the contrary of these words" in page, address


def test_who_decides_on_a_denial_reads_what_each_outcome_means(desk: TestClient, record: Record) -> None:
    page = _shown(desk, f"/ledger/{_identity(record, PLEDGE)}")
    assert f"the contrary of these words: {PLEDGE}" in page
    assert "true (it came about: the pledge was broken)" in page
    assert "false (it did not come about: the pledge was kept)" in page
    plain = _shown(desk, f"/ledger/{_identity(record, FORECAST)}")
    assert "contrary" not in plain and "came about" not in plain


def test_a_denial_that_stands_beside_the_words_is_no_contrary_of_them(desk: TestClient, record: Record) -> None:
    page = _shown(desk, f"/ledger/{_identity(record, REFUSAL)}")
    assert f"that this comes about; the forecaster denies it: {REFUSAL}" in page and "the contrary" not in page


def test_twins_tell_denials(desk: TestClient) -> None:
    for address in ("/ledger.csv", "/predictions.csv"):
        negated = {row["text"]: row["negated"] for row in _rows(desk, address)}
        assert (negated[PLEDGE], negated[FORECAST]) == ("1", "0"), address


def test_scores_show_who_only_pledges(desk: TestClient, record: Record) -> None:
    _decide(record, PLEDGE, Outcome.FALSE)
    name = Book(record).entry(_identity(record, PLEDGE)).prediction.forecaster
    page = _shown(desk, "/ledger")
    assert "pledges: 1 kept, 0 broken" in page and f"{name} 0 0 0 0 1, 0" in page


def test_scores_do_not_heed_the_outcome_asked_for(desk: TestClient, record: Record) -> None:
    _decide(record, FORECAST, Outcome.TRUE)
    _decide(record, ABSENT, Outcome.FALSE)
    whole = re.search(r"Scores: .*? broken", _shown(desk, "/ledger"))
    assert whole is not None and whole.group(0).startswith("Scores: 2 resolved with odds")
    assert whole.group(0) in _shown(desk, "/ledger?outcome=false")


@pytest.mark.parametrize("by", ["forecaster", "outlet", "topic", "country"])
def test_scores_have_a_page_of_their_own_and_tell_what_the_command_line_tells(
    desk: TestClient, record: Record, by: str
) -> None:
    _decide(record, FORECAST, Outcome.VOID)
    _decide(record, ABSENT, Outcome.FALSE)
    book = Book(record)
    board = scoreboard(book.entries(), by, book.as_of)
    told = desk.get(f"/ledger/scores.json?by={by}").json()
    assert [one["name"] for one in told["scores"]] == [one.name for one in board.rows] != []
    assert told["whole"]["brier_low"] == board.whole.brier_low and told["waiting"] == board.waiting
    rows = _rows(desk, f"/ledger/scores.csv?by={by}")
    assert [row[by] for row in rows] == [*(one.name for one in board.rows), ""]
    assert [row["whole"] for row in rows] == [*("0" for _ in board.rows), "1"]
    assert rows[-1]["void"] == str(board.whole.void) and rows[-1]["n"] == str(board.whole.n)
    assert ("1", "0.5") in {(row["void"], row["void_rate"]) for row in rows}
    page = desk.get(f"/ledger/scores?by={by}")
    assert page.status_code == 200 and "resolution" in page.text and "1 (50 %)" in page.text
    links = re.findall(r'<th scope="row"><a href="([^"]*)"', page.text)
    assert [_scored_under(desk, address, by) for address in links] == [{one.name} for one in board.rows]


@pytest.mark.slow
def test_scores_of_what_a_person_decided_tell_what_still_waits(
    desk: TestClient, record: Record, tmp_path: Path
) -> None:
    _decide(record, FORECAST, Outcome.TRUE)
    scored = [one for one in Book(record).entries() if one.prediction.forecaster_kind.scored]
    whole = desk.get("/ledger/scores.json?confirmed=yes").json()["whole"]
    assert (whole["n"], whole["pending"], whole["proposed"]) == (1, len(scored) - 1, 0)
    assert "What no person has decided is pending." in desk.get("/ledger/scores?confirmed=yes").text
    asked = ["ledger", "scores", "--confirmed", "--format", "json", "--record", str(tmp_path / "record.sqlite")]
    told = CliRunner().invoke(main, asked)
    page = desk.get("/ledger/scores.json?confirmed=yes").json()
    assert json.loads(told.stdout) == {name: page[name] for name in page if name not in _OF_PAGES}


@pytest.mark.parametrize("selection", ["words=june+RAID", "forecaster=Ada", "outlet=Second", "country=RUS"])
def test_a_selection_is_scored_on_the_command_line_as_on_the_page(
    desk: TestClient, tmp_path: Path, selection: str
) -> None:
    name, value = selection.split("=")
    asked = ["--format", "json", "--record", str(tmp_path / "record.sqlite"), f"--{name}", value.replace("+", " ")]
    scored = json.loads(CliRunner().invoke(main, ["ledger", "scores", *asked]).stdout)
    page = desk.get(f"/ledger/scores.json?{selection}").json()
    assert page["whole"]["pending"] and scored == {name: page[name] for name in page if name not in _OF_PAGES}
    listed = json.loads(CliRunner().invoke(main, ["ledger", "list", *asked]).stdout)
    assert listed == desk.get(f"/ledger.json?{selection}").json()["predictions"] != []


def test_a_prediction_is_the_same_on_the_command_line_and_on_its_page(
    desk: TestClient, record: Record, tmp_path: Path
) -> None:
    book = Book(record)
    for words in (FORECAST, DENIAL):
        identity = _identity(record, words)
        found = book.entry(identity).prediction.criterion
        book.sharpen(identity, msgspec.structs.replace(found, words="tanks in Shebekino"), None, "Amal", "")
        asked = ["ledger", "show", identity, "--format", "json", "--record", str(tmp_path / "record.sqlite")]
        assert json.loads(CliRunner().invoke(main, asked).stdout) == desk.get(f"/ledger/{identity}.json").json()


def test_a_denial_and_what_pending_waits_for_are_told_alike_everywhere(
    desk: TestClient, record: Record, tmp_path: Path
) -> None:
    _decide(record, DENIAL, Outcome.FALSE)
    kept = ["--record", str(tmp_path / "record.sqlite")]
    meaning, counts = "it did not come about: the forecaster was right", "the contrary of these words"
    listed = CliRunner().invoke(main, ["ledger", "list", "--words", DENIAL, *kept]).output
    assert "what would" in listed and "contrary" in listed
    shown = CliRunner().invoke(main, ["ledger", "show", _identity(record, DENIAL), *kept]).output
    assert meaning in shown and counts in shown
    rows = {row["text"]: row for row in csv.DictReader(io.StringIO(desk.get("/ledger.csv").text))}
    told = {one["text"]: one for one in desk.get("/ledger.json").json()["predictions"]}
    for found in (rows[DENIAL], told[DENIAL]):
        assert (found["outcome_means"], found["would_count"]) == (meaning, counts)
    passed = {text for text, row in rows.items() if row["why_pending"] == "horizon passed; a person decides"}
    assert passed == {text for text, one in told.items() if one["why_pending"] == "horizon passed; a person decides"}
    assert (
        passed
        and "pending: horizon passed"
        in CliRunner().invoke(main, ["ledger", "show", _identity(record, min(passed)), *kept]).output
    )


def test_a_list_in_json_that_ends_before_all_says_so(desk: TestClient, tmp_path: Path) -> None:
    asked = ["ledger", "list", "--limit", "1", "--format", "json", "--record", str(tmp_path / "record.sqlite")]
    total = desk.get("/ledger.json").json()["total"]
    assert f"1 of {total} shown" in CliRunner().invoke(main, asked).stderr


def _scored_under(desk: TestClient, address: str, by: str) -> set[str]:
    found = desk.get(html.unescape(address).replace("/ledger?", "/ledger.json?")).json()["predictions"]
    assert found
    return {one[by] for one in found}


def test_scores_refuse_what_they_are_not_reckoned_by(desk: TestClient) -> None:
    for address in ("/ledger/scores?by=village", "/ledger/scores.json?confirmed=perhaps", "/ledger/scores.csv?by=x"):
        assert desk.get(address).status_code == 400, address


def test_a_whole_name_is_not_taken_for_a_part_of_another(desk: TestClient) -> None:
    assert _listed(desk, "forecaster=Ada+Writer") == {FORECAST, ABSENT, DENIAL}
    assert _listed(desk, "forecaster_is=Ada+Writer") == {FORECAST, ABSENT}
    page = desk.get("/ledger?forecaster_is=Ada+Writer").text
    assert '<input type="hidden" name="forecaster_is" value="Ada Writer">' in page


def test_words_are_looked_for_in_what_is_said_each_by_itself(desk: TestClient) -> None:
    for nothing in ("_", "words", "negated", "criterion", "}", "null"):
        assert _listed(desk, f"words={nothing}") == set(), nothing
    assert _listed(desk, "words=june+RAID") == {FORECAST, ABSENT}
    assert _listed(desk, 'words="raid+on+Kursk"') == {ABSENT}
    assert _listed(desk, "words=rai") == set() and _listed(desk, "words=rai*") >= {FORECAST, ABSENT}


def test_words_are_looked_for_in_what_a_person_sharpened(desk: TestClient, record: Record) -> None:
    book = Book(record)
    entry = book.entry(_identity(record, DENIAL))
    sharper = msgspec.structs.replace(entry.prediction.criterion, words="shelling stops at Avdiïvka")
    book.sharpen(entry.prediction.id, sharper, None, "Amal", "")
    assert _listed(desk, "words=avdiivka") == {DENIAL}
    assert "that this comes about; the text’s own words deny it: shelling stops" in _shown(
        desk, f"/ledger/{entry.prediction.id}"
    )


def test_the_form_keeps_country_outlet_and_topic(desk: TestClient) -> None:
    page = desk.get("/ledger?country=rus&outlet=Second&topic=ASSAULT").text
    assert re.search(r'<option value="RUS" selected>', page) and '<option value="Second" selected>' in page
    assert '<input type="hidden" name="topic" value="ASSAULT">topic <b>assault</b>' in page
    scored = desk.get("/ledger/scores?country=rus&topic=civilian_harm").text
    assert "topic <b>harm to civilians</b>" in scored and "country <b>Russia</b>" in scored
    assert '<option value="Nowhere Post" selected>' in desk.get("/ledger?outlet=Nowhere+Post").text


def test_a_topic_is_asked_for_in_any_case_and_none_that_is_not_one(desk: TestClient, tmp_path: Path) -> None:
    assert _listed(desk, "topic=assault") == _listed(desk, "topic=ASSAULT") != set()
    assert _listed(desk, "topic=Mass_Atrocity") == set(), "what an alert may warn of"
    answer = desk.get("/ledger?topic=elite-rivalry")
    assert answer.status_code == 400 and "elite_rivalry" in answer.text
    listed = ["ledger", "list", "--record", str(tmp_path / "record.sqlite"), "--format", "json", "--topic"]
    assert json.loads(CliRunner().invoke(main, [*listed, "Assault"]).stdout) != []
    refused = CliRunner().invoke(main, [*listed, "foo"])
    assert refused.exit_code == 2 and "'foo' is not a topic; one of: " in refused.output


def test_the_page_says_when_proposals_were_made_and_what_was_never_looked_at(desk: TestClient, record: Record) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    assert f"Proposals last made as of {day_name(today)}." in _shown(desk, "/ledger")
    later = Text("A raid on Graivoron is likely.", "2024-05-01", "First", "Ada Writer")
    later.say("A raid on Graivoron is likely", "raid", Kind.FORECAST, likelihood=("likely", 0.55, 0.8))
    record.keep([later.entry()])
    page = _shown(desk, "/ledger")
    unseen = "1 prediction never looked at: run foreshock ledger resolve"
    assert f"Proposals last made as of {day_name(today)}; {unseen}" in page
    assert "1 not looked at yet" in page and "pending not looked at yet" in page
    assert unseen in _shown(desk, "/ledger/scores")
    assert "No proposals were made by 20 May 2023" in _shown(desk, "/ledger?as_of=2023-05-20")


def test_pending_that_waits_for_a_person_is_told_apart_from_what_is_open(desk: TestClient, record: Record) -> None:
    assert "pending horizon passed; a person decides" in _shown(desk, "/ledger?words=truce")
    Book(record, datetime.date(2023, 5, 20)).resolve()
    assert "pending open" in _shown(desk, "/ledger?words=truce&as_of=2023-05-20")
    stale = _shown(desk, "/ledger?words=truce&as_of=2023-07-20")
    assert "pending horizon passed since it was last looked at" in stale and "1 looked at" not in stale


def test_evidence_stands_in_its_whole_sentence(desk: TestClient, record: Record) -> None:
    page = desk.get(f"/ledger/{_identity(record, FORECAST)}").text
    assert f"<mark>{RAID}</mark>, the governor said." in page


def test_what_rested_on_an_erased_text_is_pending_until_it_is_looked_at_anew(desk: TestClient, record: Record) -> None:
    identity = _identity(record, FORECAST)
    assert Book(record).entry(identity).outcome is Outcome.TRUE
    erased = erase(record, _texts()[-1].document.id, "an order of a court", "Amal")
    assert erased.taken_back == 1
    entry = Book(record).entry(identity)
    assert entry.outcome is Outcome.PENDING and not entry.confirmable
    page = _shown(desk, f"/ledger/{identity}")
    assert "a document that it rested on was erased since" in page and "evidence erased; not looked at since" in page
    assert "evidence of 1 prediction was erased: run foreshock ledger resolve" in _shown(desk, "/ledger")
    Book(record).resolve()
    assert "erased" not in _shown(desk, f"/ledger/{identity}") + _shown(desk, "/ledger")


def test_a_confirmation_stays_when_its_evidence_is_erased_and_says_so(
    desk: TestClient, record: Record, tmp_path: Path
) -> None:
    identity = _identity(record, FORECAST)
    Book(record).confirm(identity, "Amal")
    erase(record, _texts()[-1].document.id, "an order of a court", "Bora")
    Book(record).resolve()
    entry = Book(record).entry(identity)
    assert entry.outcome is Outcome.TRUE and entry.proposal is not None
    assert entry.proposal.outcome is Outcome.PENDING
    for page in (_shown(desk, f"/ledger/{identity}"), _shown(desk, "/ledger")):
        assert "confirmed by Amal; a document that it rested on was erased since" in page
    kept = ["--record", str(tmp_path / "record.sqlite")]
    told = CliRunner().invoke(main, ["ledger", "show", identity, *kept]).output
    assert "true (Amal; a document that it rested on was erased since)" in told


PAGES = ("/ledger", "/ledger/scores", "/predictions", "/ledger.csv", "/ledger/scores.csv", "/predictions.csv")


@contextmanager
def _written_to(record: Record) -> Iterator[None]:
    """Another program, which has the record's lock."""
    with closing(sqlite3.connect(record.name)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_pages_of_the_ledger_are_read_while_another_program_writes(record: Record, desk: TestClient) -> None:
    with _written_to(record):
        for path in PAGES:
            answer = desk.get(path)
            assert answer.status_code == 200 and "not looked at" not in answer.text, path


def test_what_is_not_looked_at_yet_is_told_where_another_program_writes(record: Record) -> None:
    new = Text("A raid on Grayvoron is likely before the end of June.", "2023-05-20", "Fourth", "A. Writer")
    record.keep([new.say(new.document.text, "raid", Kind.FORECAST, by="2023-06-30").entry()])
    with Record(record.name, create=False, patience=0) as hasty, TestClient(create_app(hasty)) as desk:
        _told_while_written_to(hasty, desk)
        assert "Grayvoron" in desk.get("/ledger").text
        assert desk.get("/ledger.json").json()["documents_not_looked_at"] == 0


def _told_while_written_to(record: Record, desk: TestClient) -> None:
    with _written_to(record):
        for path in PAGES[:3]:
            assert "1 document not looked at for predictions yet" in desk.get(path).text, path
            assert desk.get(f"{path}.json").json()["documents_not_looked_at"] == 1
        [new] = [one for one in desk.get("/predictions.json").json()["predictions"] if "Grayvoron" in str(one)]
        assert new["outcome"] == "not looked at yet"
        assert FORECAST in desk.get("/ledger").text and "Grayvoron" not in desk.get("/ledger").text
