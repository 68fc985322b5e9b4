"""Predictions: every forecast and commitment found, with what it would take to hold its speaker to it."""

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from foreshock.desk.filters import Asked, asked
from foreshock.desk.ledger_asked import LOOKED_AT, outlets_and_countries
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import csv_twin, json_twin, page_of_hits
from foreshock.exchange.rows import Cell
from foreshock.ledger.book import Book
from foreshock.ledger.scores import odds
from foreshock.ledger.sifting import left_out
from foreshock.ledger.taking import read_documents, unseen_of
from foreshock.ledger.yardsticks import DEFAULT
from foreshock.model.prediction import LedgerEntry
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Kind
from foreshock.record.query import (
    Filter,
    Hit,
    count_by,
    count_names,
    count_statements,
    every_statement,
    find_statements,
)
from foreshock.telling import standings
from foreshock.telling.passed_on import forecaster_told
from foreshock.telling.statement_rows import STATEMENT_COLUMNS, hit_as_json, statement_row

router = APIRouter()

PREDICTIONS = (Kind.FORECAST.value, Kind.COMMITMENT.value)
UNENTERED = "not in the ledger"
"""What an outcome reads where the ledger has no entry, with why."""
_LEDGER_COLUMNS = (
    "outcome", "decided_by", "ledger", "forecaster", "forecaster_kind", "by", "default_horizon", "odds_low",
    "odds_high", "negated",
)  # fmt: skip


@dataclass(frozen=True)
class Entries:
    """The ledger's entries of the predictions shown, by statement: the same figures as on its own pages.

    `reasons` says of those that have none why they were left out; in the documents `unseen` nobody has looked yet. All
    is as known on `as_of`.
    """

    entries: dict[str, LedgerEntry]
    reasons: dict[str, str]
    unseen: set[str]
    as_of: datetime.date

    def entry(self, statement: Statement) -> LedgerEntry | None:
        """The ledger's entry of a statement; null where it has none."""
        return self.entries.get(statement.id)

    def unentered(self, statement: Statement) -> str:
        """What stands in the place of an outcome of a statement that has no entry."""
        if statement.document in self.unseen:
            return standings.Waiting.UNSEEN.value
        reason = self.reasons.get(statement.id)
        return f"{UNENTERED}: {reason}" if reason else UNENTERED

    def told(self, statement: Statement) -> list[Cell]:
        """What the ledger says, in the order of `_LEDGER_COLUMNS`; `decided_by` is null for a proposal."""
        entry = self.entry(statement)
        if entry is None:
            return [self.unentered(statement), *([None] * (len(_LEDGER_COLUMNS) - 1))]
        one, interval = entry.sharpened, odds(entry.sharpened, DEFAULT)
        low, high = interval or (None, None)
        decided_by = entry.ruling.person if entry.ruling else None
        forecaster = one.forecaster, one.forecaster_kind.value
        return [
            entry.outcome.value, decided_by, one.id, *forecaster, one.by.isoformat(), int(one.default_horizon),
            low, high, int(one.negated),
        ]  # fmt: skip


def _entries(book: Book, hits: Sequence[Hit]) -> Entries:
    """What the ledger holds of the statements shown, as known on its day."""
    known = book.entries_of([hit.statement for hit in hits])
    lacking = {hit.statement.document for hit in hits if hit.statement.id not in known}
    reasons: dict[str, str] = {}
    with book.record.begin() as connection:
        unseen = unseen_of(connection, lacking)
        for document, _, _, told in read_documents(connection, sorted(lacking - unseen)):
            reasons |= left_out(document.text, told)
    return Entries(known, reasons, unseen, book.as_of)


def _asked(request: Request) -> Asked:
    """What the address asks for; a country means what it means in the ledger."""
    found = asked(request.query_params, PREDICTIONS)
    if found.wanted.country is None:
        return found
    wanted = dataclasses.replace(found.wanted, country=None, foretold_of=found.wanted.country)
    return dataclasses.replace(found, wanted=wanted)


@router.get("/predictions")
def predictions_page(request: Request, record: OpenRecord) -> Response:
    """Forecasts and commitments: words, speaker, likelihood, horizon, document, outcome."""
    page_asked, book = _asked(request), Book(record)
    unseen = book.update_where_writable(LOOKED_AT)
    total = count_statements(record, page_asked.wanted)
    page_asked.within(total)
    hits = find_statements(record, page_asked.wanted, page_asked.size, page_asked.offset)
    known = _entries(book, hits)
    return page(
        "predictions.html",
        asked=page_asked,
        hits=hits,
        total=total,
        by_kind=count_by(record, page_asked.wanted, "kind"),
        prediction_kinds=PREDICTIONS,
        countries=outlets_and_countries(record)[1],
        sources=count_names(record, "source"),
        entries=known,
        as_of=known.as_of,
        unseen=unseen,
        standings=standings,
        odds=odds,
        yardstick=DEFAULT,
        path="/predictions",
    )


@router.get("/predictions.json")
def predictions_json(request: Request, record: OpenRecord) -> Response:
    """One page of the predictions that match, as JSON."""
    book = Book(record)
    unseen = book.update_where_writable(LOOKED_AT)
    about, hits = page_of_hits(record, _asked(request))
    known = _entries(book, hits)
    told = [{**hit_as_json(hit), **dict(zip(_LEDGER_COLUMNS, _told(known, hit), strict=True))} for hit in hits]
    return json_twin({**about, "documents_not_looked_at": unseen.documents, "predictions": told})


@router.get("/predictions.csv")
def predictions_csv(request: Request, record: OpenRecord) -> Response:
    """All predictions that match, as CSV."""
    rows = _every_row(Book(record), _asked(request).wanted)
    return csv_twin("predictions", (*STATEMENT_COLUMNS, *_LEDGER_COLUMNS), rows)


def _every_row(book: Book, wanted: Filter) -> Iterator[list[Cell]]:
    """All predictions that match, after the ledger took what is new: in a large record that is minutes' work."""
    book.update_where_writable()
    for hits in every_statement(book.record, wanted):
        yield from _rows(book, hits)


def _told(known: Entries, hit: Hit) -> list[Cell]:
    """What the ledger says of a statement of a list; whom only a text about deserters names it does not name."""
    told = known.told(hit.statement)
    entry = known.entry(hit.statement)
    if hit.guarded and entry is not None:
        kind = entry.sharpened.forecaster_kind
        told[_LEDGER_COLUMNS.index("forecaster")] = forecaster_told(kind, entry.sharpened.forecaster)
    return told


def _rows(book: Book, hits: Sequence[Hit]) -> Iterator[list[Cell]]:
    known = _entries(book, hits)
    for hit in hits:
        yield [*statement_row(hit), *_told(known, hit)]
