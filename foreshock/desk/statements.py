"""Statements: the list with its filters, and each one's permanent link."""

from collections.abc import Iterator

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from foreshock.desk.filters import asked
from foreshock.desk.pages import OpenRecord, page, statement_path
from foreshock.desk.twins import csv_twin, json_twin, page_of_hits
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import MECHANISMS
from foreshock.record.query import (
    Filter,
    Hit,
    count_by,
    count_names,
    count_statements,
    every_statement,
    find_statements,
    statement_with,
)
from foreshock.record.store import Record
from foreshock.telling.statement_rows import STATEMENT_COLUMNS, hit_as_json, statement_row

router = APIRouter()


def every_hit(record: Record, wanted: Filter) -> Iterator[Hit]:
    """All statements that match, fetched a page at a time."""
    for hits in every_statement(record, wanted):
        yield from hits


@router.get("/statements")
def statements_page(request: Request, record: OpenRecord) -> Response:
    """The statements that match, newest document first, with counts by kind and by mechanism."""
    page_asked = asked(request.query_params)
    mechanisms = count_by(record, page_asked.wanted, "mechanism")
    total = count_statements(record, page_asked.wanted)
    page_asked.within(total)
    return page(
        "statements.html",
        asked=page_asked,
        hits=find_statements(record, page_asked.wanted, page_asked.size, page_asked.offset),
        total=total,
        by_kind=count_by(record, page_asked.wanted, "kind"),
        by_mechanism={name: number for name, number in mechanisms.items() if name in MECHANISMS},
        countries=count_by(record, Filter(), "country"),
        sources=count_names(record, "source"),
        actors=count_names(record, "actor"),
        path="/statements",
    )


@router.get("/statements.json")
def statements_json(request: Request, record: OpenRecord) -> Response:
    """One page of the statements that match, as JSON."""
    page_asked = asked(request.query_params)
    about, hits = page_of_hits(record, page_asked)
    kinds = count_by(record, page_asked.wanted, "kind")
    return json_twin({**about, "kinds": kinds, "statements": [hit_as_json(hit) for hit in hits]})


@router.get("/statements.csv")
def statements_csv(request: Request, record: OpenRecord) -> Response:
    """All statements that match, as CSV."""
    hits = every_hit(record, asked(request.query_params).wanted)
    return csv_twin("statements", STATEMENT_COLUMNS, (statement_row(hit) for hit in hits))


def _known(record: Record, identity: str) -> Statement:
    statement = statement_with(record, identity)
    if statement is None:
        raise HTTPException(404, "The record holds no statement of this name.")
    return statement


@router.get("/statements/{identity}.json")
def statement_json(identity: str, record: OpenRecord) -> Response:
    """One statement as in the codebook's section 10."""
    return json_twin(_known(record, identity))


@router.get("/statements/{identity}.csv")
def statement_csv(identity: str, record: OpenRecord) -> Response:
    """One statement as CSV."""
    statement = _known(record, identity)
    document = record.document(statement.document)
    assert document is not None, "a statement is kept only with its document"
    return csv_twin("statement", STATEMENT_COLUMNS, [statement_row(Hit.of(statement, document))])


@router.get("/statements/{identity}")
def statement_page(identity: str, record: OpenRecord) -> Response:
    """To the statement's place in its document."""
    statement = _known(record, identity)
    return RedirectResponse(statement_path(statement.document, statement.id))
