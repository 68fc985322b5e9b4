"""Predictions: every forecast and commitment found, with what it would take to hold its speaker to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from foreshock.desk.filters import asked
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.statements import every_page, hit_as_json
from foreshock.desk.twins import STATEMENT_COLUMNS, Cell, csv_twin, json_twin, page_of_hits, statement_row
from foreshock.ledger.book import Book
from foreshock.model.prediction import Entry, Outcome
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Kind
from foreshock.record.query import Filter, Hit, count_by, count_names, count_statements, find_statements
from foreshock.record.store import Record

router = APIRouter()

PREDICTIONS = (Kind.FORECAST.value, Kind.COMMITMENT.value)
UNRESOLVED = "not yet resolved"
"""What an outcome reads where the ledger has none, or a pending one."""
_OUTCOME_COLUMNS = ("outcome", "decided_by")


@dataclass(frozen=True)
class Outcomes:
    """What became of the predictions shown, by statement."""

    entries: dict[str, Entry]

    def entry(self, statement: Statement) -> Entry | None:
        """The ledger's entry that settles a statement; null where none does yet."""
        entry = self.entries.get(statement.id)
        return entry if entry is not None and entry.outcome is not Outcome.PENDING else None

    def told(self, statement: Statement) -> tuple[str, str | None]:
        """The outcome in a word, and the person who decided it; null for what the program proposes."""
        entry = self.entry(statement)
        if entry is None:
            return UNRESOLVED, None
        return entry.outcome.value, entry.ruling.person if entry.ruling else None


def outcomes(record: Record, hits: Sequence[Hit]) -> Outcomes:
    """What the ledger holds as of today of the statements shown."""
    return Outcomes(Book(record).entries_of([hit.statement for hit in hits]))


@router.get("/predictions")
def predictions_page(request: Request, record: OpenRecord) -> Response:
    """Forecasts and commitments: words, speaker, likelihood, horizon, document, outcome."""
    page_asked = asked(request.query_params, PREDICTIONS)
    hits = find_statements(record, page_asked.wanted, page_asked.size, page_asked.offset)
    return page(
        "predictions.html",
        asked=page_asked,
        hits=hits,
        total=count_statements(record, page_asked.wanted),
        by_kind=count_by(record, page_asked.wanted, "kind"),
        prediction_kinds=PREDICTIONS,
        countries=count_by(record, Filter(kinds=PREDICTIONS), "country"),
        sources=count_names(record, "source"),
        outcomes=outcomes(record, hits),
        unresolved=UNRESOLVED,
        path="/predictions",
    )


@router.get("/predictions.json")
def predictions_json(request: Request, record: OpenRecord) -> Response:
    """One page of the predictions that match, as JSON."""
    about, hits = page_of_hits(record, asked(request.query_params, PREDICTIONS))
    known = outcomes(record, hits)
    told = [{**hit_as_json(hit), **dict(zip(_OUTCOME_COLUMNS, known.told(hit.statement), strict=True))} for hit in hits]
    return json_twin({**about, "predictions": told})


@router.get("/predictions.csv")
def predictions_csv(request: Request, record: OpenRecord) -> Response:
    """All predictions that match, as CSV."""
    pages = every_page(record, asked(request.query_params, PREDICTIONS).wanted)
    rows = (row for hits in pages for row in _rows(record, hits))
    return csv_twin("predictions", (*STATEMENT_COLUMNS, *_OUTCOME_COLUMNS), rows)


def _rows(record: Record, hits: Sequence[Hit]) -> Iterator[list[Cell]]:
    known = outcomes(record, hits)
    for hit in hits:
        yield [*statement_row(hit), *known.told(hit.statement)]
