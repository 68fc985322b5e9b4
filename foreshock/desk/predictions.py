"""Predictions: every forecast and commitment found, with what it would take to hold its speaker to it."""

from fastapi import APIRouter, Request, Response

from foreshock.desk.filters import asked
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.statements import every_hit, hit_as_json
from foreshock.desk.twins import STATEMENT_COLUMNS, csv_twin, json_twin, page_of_hits, statement_row
from foreshock.model.vocabulary import Kind
from foreshock.record.query import Filter, count_by, count_names, count_statements, find_statements

router = APIRouter()

PREDICTIONS = (Kind.FORECAST.value, Kind.COMMITMENT.value)
OUTCOME = "not yet resolved"
"""What every outcome reads until the ledger resolves them."""


@router.get("/predictions")
def predictions_page(request: Request, record: OpenRecord) -> Response:
    """Forecasts and commitments: words, speaker, likelihood, horizon, document, outcome."""
    page_asked = asked(request.query_params, PREDICTIONS)
    return page(
        "predictions.html",
        asked=page_asked,
        hits=find_statements(record, page_asked.wanted, page_asked.size, page_asked.offset),
        total=count_statements(record, page_asked.wanted),
        by_kind=count_by(record, page_asked.wanted, "kind"),
        prediction_kinds=PREDICTIONS,
        countries=count_by(record, Filter(kinds=PREDICTIONS), "country"),
        sources=count_names(record, "source"),
        outcome=OUTCOME,
        path="/predictions",
    )


@router.get("/predictions.json")
def predictions_json(request: Request, record: OpenRecord) -> Response:
    """One page of the predictions that match, as JSON."""
    about, hits = page_of_hits(record, asked(request.query_params, PREDICTIONS))
    return json_twin({**about, "predictions": [{**hit_as_json(hit), "outcome": OUTCOME} for hit in hits]})


@router.get("/predictions.csv")
def predictions_csv(request: Request, record: OpenRecord) -> Response:
    """All predictions that match, as CSV."""
    hits = every_hit(record, asked(request.query_params, PREDICTIONS).wanted)
    return csv_twin("predictions", (*STATEMENT_COLUMNS, "outcome"), ([*statement_row(hit), OUTCOME] for hit in hits))
