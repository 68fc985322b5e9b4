"""Taking and resolving beside others: in parts, while texts change, and while they are erased."""

import datetime
import time
from dataclasses import replace

import msgspec
import pytest
from sqlalchemy import select

from foreshock.corroborate.copies.syndication import Syndication
from foreshock.ledger.book import WAITING, Book
from foreshock.ledger.predictions import predictions_of
from foreshock.ledger.taking import Looked, read_documents, take
from foreshock.model.day import last_day
from foreshock.model.prediction import Outcome
from foreshock.model.vocabulary import Granularity, Kind, SourceKind
from foreshock.record.erasure import erase
from foreshock.record.evidence import EVIDENCE_ERASED
from foreshock.record.ledger_tables import prediction_answers, prediction_evidence, prediction_proposals, predictions
from foreshock.record.store import Record
from tests.ledger.conftest import FORECAST, JULY, Text, forecast, foretold, keep, raid


def test_a_document_that_changes_while_it_is_looked_at_is_left_for_the_next_time(record: Record) -> None:
    keep(record, forecast(), foretold("A raid on Grayvoron will come by June.", "raid"))
    with record.begin() as connection:
        pending = [
            Looked(one.id, model, predictions_of(one, told, day))
            for one, model, day, told in read_documents(connection)
        ]
    erase(record, forecast().document.id, "test", "A. Person")
    with record.begin(writing=True) as connection:
        assert take(connection, [replace(one, model="an older reading") for one in pending]) == 0
        assert take(connection, pending) == 1
        assert take(connection, pending) == 0
    assert [one.prediction.text for one in Book(record).entries()] == ["A raid on Grayvoron will come by June."]


@pytest.mark.parametrize("at_a_time", [1, 100])
def test_repeats_are_the_same_however_many_documents_are_taken_at_a_time(
    record: Record, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr("foreshock.ledger.book.AT_A_TIME", at_a_time)
    words = "A raid on Grayvoron is likely before the end of June."
    told = [
        Text(f"{words} Week {week}.", f"2023-05-{week:02}", "Ledger", "Ada Writer").say(
            words, "raid", Kind.FORECAST, likelihood=("likely", 0.55, 0.8), place="Grayvoron", by="2023-06-30"
        )
        for week in (17, 3, 10)
    ]
    keep(record, *told)
    assert Book(record, JULY).update() == 3
    [entry] = Book(record, JULY).entries()
    assert (entry.prediction.made, entry.repeats) == (datetime.date(2023, 5, 3), 2)
    with record.begin() as connection:
        assert set(connection.scalars(select(predictions.c.group))) == {entry.prediction.id}


def test_a_page_looks_at_a_part_of_what_is_new_and_tells_of_the_rest(record: Record) -> None:
    keep(record, forecast(), foretold("A raid on Grayvoron will come by June.", "raid"))
    book = Book(record, JULY)
    first = book.update_where_writable(1)
    assert (first.documents, first.why) == (1, WAITING)
    shown = len(book.entries())
    assert book.update_where_writable(1).documents == 0
    assert len(book.entries()) > shown > 0


def test_what_a_copy_says_again_is_known_whatever_else_the_record_holds(record: Record) -> None:
    words = "A raid on Grayvoron is likely before the end of June."
    tail = " ".join(f"The {name} road was closed to lorries in the morning." for name in ("Kreinik", "Tolm", "Maksat"))
    told = [
        Text(f"{words} {tail} {outlet}.", f"2023-05-{day:02}", outlet).say(
            words, "raid", Kind.FORECAST, likelihood=("likely", 0.55, 0.8), place="Grayvoron", by="2023-06-30"
        )
        for day, outlet in ((3, "Ledger"), (4, "Courier"))
    ]
    other = foretold("A raid on Grayvoron will come by June.", "raid")
    syndication, book = Syndication(), Book(record, JULY)
    record.keep([told[0].entry(), other.entry()], then=syndication.take)
    assert book.update() == 2
    record.keep([told[1].entry()], then=syndication.take)
    assert book.update() == 1
    assert sorted(one.repeats for one in book.entries()) == [0, 1]


def _forecast_in(book: Book) -> str:
    return next(one.prediction.id for one in book.entries() if one.prediction.text == FORECAST)


def _erased_while_resolving(record: Record, document: str) -> Book:
    """The book as of July, resolved while somebody erases a document before what is proposed is written."""
    book = Book(record, JULY)

    def once_all_are_done(done: int, of: int) -> None:
        if done == of:
            erase(record, document, "test", "A. Person")

    book.resolve(once_all_are_done)
    return book


def _named_in_the_ledger(record: Record, document: str) -> list[str]:
    """The ledger's columns that name a document."""
    tables = (prediction_proposals, prediction_evidence, prediction_answers)
    columns = [column for table in tables for column in table.columns if column.name in ("document", "of_document")]
    with record.begin() as connection:
        return [str(column) for column in columns if connection.scalar(select(column).where(column == document))]


def test_evidence_erased_while_the_ledger_resolves_is_rested_on_by_nothing(record: Record) -> None:
    keep(record, forecast(), raid())
    book = _erased_while_resolving(record, raid().document.id)
    entry = book.entry(_forecast_in(book))
    assert entry.proposal is not None and entry.proposal.evidence == ()
    assert (entry.outcome, entry.proposal.reason) == (Outcome.PENDING, EVIDENCE_ERASED)
    assert _named_in_the_ledger(record, raid().document.id) == []
    assert book.resolve() == {Outcome.PENDING: 2}


def test_a_text_erased_while_the_ledger_resolves_has_nothing_proposed_of_it(record: Record) -> None:
    keep(record, forecast(), raid())
    _erased_while_resolving(record, forecast().document.id)
    assert _named_in_the_ledger(record, forecast().document.id) == []


@pytest.mark.slow
def test_a_text_whose_date_cannot_be_right_counts_from_the_day_it_was_taken(record: Record) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    words = "A raid on Grayvoron is likely."
    for day in (datetime.date.max, today + datetime.timedelta(days=60), datetime.date.min):
        told = Text(f"{words} {day}.", day.isoformat(), f"Paper of {day}").say(words, "raid", Kind.FORECAST)
        keep(record, told)
    book = Book(record, today + datetime.timedelta(days=1))
    book.update()
    assert [(one.prediction.undated, one.prediction.made) for one in book.entries()] == [(True, today)] * 3
    assert book.resolve() == {Outcome.PENDING: 3}


def test_a_month_that_still_runs_is_no_day_to_come(record: Record) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    words = "A raid on Grayvoron is likely."
    told = Text(words, today.isoformat(), "Monthly").say(words, "raid", Kind.FORECAST)
    last = last_day(f"{today:%Y-%m}")
    told.document = msgspec.structs.replace(told.document, published=last, published_granularity=Granularity.MONTH)
    keep(record, told)
    book = Book(record, last)
    book.update()
    [entry] = book.entries()
    assert (entry.prediction.undated, entry.prediction.made) == (False, last)


@pytest.mark.slow
@pytest.mark.parametrize("long", ["T" * 200_000, "Al-" * 60_000])
def test_a_word_without_end_holds_nobody_up(record: Record, long: str) -> None:
    words = "Ada Lund, a fellow at Lakeshore Institute, said a raid on Grayvoron was likely."
    told = Text(f"{long}\n\n{words}", "2023-05-03", "Ledger").say(
        "a raid on Grayvoron was likely", "raid", Kind.FORECAST, source=("Ada Lund", SourceKind.PERSON)
    )
    begun = time.process_time()
    keep(record, told)
    book = Book(record, JULY)
    book.update()
    [entry] = book.entries()
    assert entry.prediction.forecaster == "Lakeshore Institute"
    assert time.process_time() - begun < 30, "seconds, where it was hours"


def test_it_is_told_how_many_texts_were_looked_at_and_read(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foreshock.ledger.book.AT_A_TIME", 1)
    keep(record, forecast(), raid())
    book, looked, read, done = Book(record, JULY), list[tuple[int, int]](), list[tuple[int, int]](), list[int]()
    book.update(progress=lambda number, whole: looked.append((number, whole)))
    assert looked == [(1, 2), (2, 2)]
    book.resolve(lambda number, whole: done.append(number), lambda number, whole: read.append((number, whole)))
    assert read == [(1, 2), (2, 2)] and done == [1, 2]
