"""The model that says whether a report answers a prediction, and how the ledger keeps and weighs what it says."""

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import event, func, select

from foreshock.corroborate.copies.syndication import Syndication
from foreshock.errors import ModelError, UnwritableRecord
from foreshock.ledger.book import Book
from foreshock.ledger.outcomes.answers import LONGEST, Answering, Question, joined, shipped
from foreshock.model.prediction import LedgerEntry, Outcome
from foreshock.model.statement import Time
from foreshock.model.vocabulary import Granularity, Kind
from foreshock.record.ledger_tables import prediction_answers, prediction_proposals
from foreshock.record.store import Record
from tests.ledger.conftest import Text, keep, quiet_reports, report

JULY = datetime.date(2023, 7, 31)
ENTRY = "The column will enter Lipetsk before the end of June."


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        ("The northern army will enter Lipetsk", "The northern army entered Lipetsk on Thursday."),
        (
            "The council is likely to dismiss the governor",
            "The council removed Orlov, the governor, from his post on Friday.",
        ),
        ("the vote will be held in May", "Polling stations closed at eight on 14 May and counting has begun."),
    ],
)
def test_what_came_about_is_read_as_that(thing: str, told: str) -> None:
    [answer] = shipped().answers([Question(thing, f"{thing}.", told, "")])
    assert answer.happened > 0.5 > answer.failed


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        ("The northern army will enter Lipetsk", "The northern army did not enter Lipetsk."),
        ("its army would not enter Lipetsk", "No soldier of the northern army ever entered Lipetsk."),
        ("the vote will be held in May", "May passed without a vote; the commission gave no new date."),
    ],
)
def test_what_did_not_come_is_read_as_that_however_near_the_words(thing: str, told: str) -> None:
    [answer] = shipped().answers([Question(thing, f"The ministry said that {thing}.", told, "")])
    assert answer.failed > 0.5 > answer.happened


@pytest.mark.parametrize(
    "told", ["Prices of bread rose in Kazan.", "The ministry said that the northern army might enter Lipetsk."]
)
def test_other_matters_and_mere_plans_settle_nothing(told: str) -> None:
    [answer] = shipped().answers([Question("The northern army will enter Lipetsk", "", told, "")])
    assert max(answer.happened, answer.failed) < 0.5


def test_a_forecast_is_not_answered_by_what_stands_beside_it() -> None:
    said = "Moscow will ban the export of petrol before the winter. A freeze on household deposits is very unlikely."
    question = Question(
        "A freeze on household deposits is very unlikely", said, "Moscow bans the export of petrol.", ""
    )
    [answer] = shipped().answers([question])
    assert max(answer.happened, answer.failed) < 0.5


def test_a_pronoun_is_read_with_what_stands_before_it() -> None:
    said = "The garrison of Ber is surrounded. It will surrender before the rains."
    told = "Its commander gave up his sword and his keys on Sunday, and his men were led off."
    [with_it, alone] = shipped().answers([
        Question("It will surrender before the rains", said, told, "The garrison of Ber had held out for a year."),
        Question("It will surrender before the rains", "It will surrender before the rains.", told, ""),
    ])  # fmt: skip
    assert with_it.happened > alone.happened


def test_of_a_long_pair_both_sides_are_read() -> None:
    long, short = "the northern army will enter the town " * 40, "It did not."
    tokenizer = shipped().tokenizer
    for foretold, told in ((long, short), (short, long), (long, long)):
        pieces = joined(tokenizer, Question(foretold, foretold, told, told))
        assert len(pieces) <= LONGEST
    alone = joined(tokenizer, Question(short, "", short, ""))
    assert joined(tokenizer, Question(long, long, short, ""))[-5:] == alone[-5:]


def test_a_damaged_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "answers-card.json").write_text('{"version": "answers-none"}', encoding="utf-8")
    with pytest.raises(ModelError, match="reinstall"):
        Answering(tmp_path)


def resolved(record: Record, *texts: Text) -> LedgerEntry:
    """The one prediction of these texts, resolved at the end of July."""
    record.keep([text.entry() for text in texts], then=Syndication().take)
    book = Book(record, JULY)
    book.resolve()
    [entry] = book.entries()
    return book.entry(entry.prediction.id)


def column() -> Text:
    """An op-ed of one forecast."""
    text = Text(ENTRY, "2023-05-01", "Ledger", "Ada Writer")
    return text.say(ENTRY, "enter", Kind.FORECAST, by="2023-06-30", likelihood=("will", 0.8, 1.0), place="Lipetsk")


def test_each_pair_is_asked_about_once(record: Record) -> None:
    told = report("2023-06-10", "First", "The column entered Lipetsk on Friday.", "entered", place="Lipetsk")
    entry = resolved(record, column(), told)
    assert entry.outcome is Outcome.TRUE and entry.proposal is not None
    assert any("read as showing it" in why for why in entry.proposal.evidence[0].why)
    with record.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(prediction_answers)) == 1
    again = Book(record, JULY)
    resolver = again.resolver()
    [one] = again.entries()
    assert resolver.propose(one.sharpened).outcome is Outcome.TRUE
    assert not resolver.asking.new


def test_what_the_model_said_is_kept_where_a_run_is_stopped(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foreshock.ledger.book.ASKED_AT_A_TIME", 1)
    told = report("2023-06-10", "First", "The column entered Lipetsk on Friday.", "entered", place="Lipetsk")
    record.keep([one.entry() for one in (column(), told)])

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Book(record, JULY).resolve(stop)
    with record.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(prediction_answers)) == 1
        assert connection.scalar(select(func.count()).select_from(prediction_proposals)) == 0
    resolver = Book(record, JULY).resolver()
    [one] = Book(record, JULY).entries()
    resolver.propose(one.sharpened)
    assert not resolver.asking.new and not resolver.search.meanings.new


def test_a_busy_record_stops_no_resolving_before_its_end(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foreshock.ledger.book.ASKED_AT_A_TIME", 1)
    told = report("2023-06-10", "First", "The column entered Lipetsk on Friday.", "entered", place="Lipetsk")
    record.keep([one.entry() for one in (column(), told)])
    monkeypatch.setattr("foreshock.ledger.book.IMPATIENCE", 0.0)
    book = Book(record, JULY)
    book.update()
    with closing(sqlite3.connect(record.name)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert book.resolve(lambda done, of: other.rollback()) == {Outcome.TRUE: 1}
    with record.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(prediction_answers)) == 1


def test_what_is_known_already_takes_the_write_lock_at_the_beginning_and_the_end_alone(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foreshock.ledger.book.ASKED_AT_A_TIME", 1)
    keep(record, column(), arrears(), report("2023-06-10", "First", "The column entered Lipetsk on Friday.", "entered"))
    Book(record, JULY).resolve()
    taken: list[str] = []
    event.listen(record.engine, "before_cursor_execute", lambda *given: taken.append(given[2]))
    Book(record, JULY).resolve()
    assert sum(told.startswith("BEGIN IMMEDIATE") for told in taken) == 2


def test_where_nobody_may_write_resolving_says_so_before_its_work(record: Record) -> None:
    record.keep([column().entry()])
    Book(record, JULY).update()
    address = f"sqlite:///file:{record.name}?mode=ro&uri=true"
    with Record(address, create=False) as sealed, pytest.raises(UnwritableRecord, match="cannot be written to"):
        Book(sealed, JULY).resolve(lambda done, of: pytest.fail("worked for nothing"))


def arrears() -> Text:
    """An op-ed that foretells a payment before the end of June."""
    words = "The arrears of the teachers in Lipetsk will be paid before the end of June."
    pledge = Text(words, "2023-05-01", "Ledger", "Ada Writer")
    return pledge.say(words, "paid", Kind.FORECAST, by="2023-06-30", likelihood=("will", 0.8, 1.0), place="Lipetsk")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "denied", "expected"),
    [
        ("The teachers' arrears in Lipetsk had been paid by the time the term ended.", False, {Outcome.TRUE}),
        (
            "The teachers' arrears in Lipetsk had been paid by the time the term ended.", True,
            {Outcome.FALSE, Outcome.PENDING},
        ),
        ("The ministry paid the teachers' arrears in Lipetsk.", False, {Outcome.PENDING}),
    ],
)  # fmt: skip
def test_what_looks_back_soon_after_the_horizon_shows_it_unless_denied(
    record: Record, told: str, denied: bool, expected: set[Outcome]
) -> None:
    texts = [arrears(), report("2023-07-10", "First", told, "paid", place="Lipetsk")]
    if denied:
        words = "The teachers of Lipetsk have not been paid their arrears."
        texts.append(report("2023-07-12", "Third", words, "paid", place="Lipetsk", negative=True))
    assert resolved(record, *texts, *quiet_reports()).outcome in expected, "as news it may have come too late"


@pytest.mark.slow
@pytest.mark.parametrize(("dated", "expected"), [(True, Outcome.FALSE), (False, Outcome.PENDING)])
def test_what_came_on_a_day_after_its_horizon_did_not_come_in_time(
    record: Record, dated: bool, expected: Outcome
) -> None:
    words = "On 11 July the column entered Lipetsk with its flags."
    told = report("2023-07-12", "First", words, "entered", place="Lipetsk")
    if dated:
        start, end, when = told.span("On 11 July")
        time = Time(
            start=start, end=end, text=when, from_=datetime.date(2023, 7, 11), to=datetime.date(2023, 7, 11),
            granularity=Granularity.DAY,
        )  # fmt: skip
        told.statements[0] = msgspec.structs.replace(told.statements[0], time=time)
    beside = report("2023-07-13", "Second", "The market at Lipetsk, which the column entered, was open.", "was open")
    entry = resolved(record, column(), told, beside, *quiet_reports())
    assert entry.outcome is expected and entry.proposal is not None
    assert ("only after the horizon" in entry.proposal.reason) is dated
