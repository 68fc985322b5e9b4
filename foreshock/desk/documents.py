"""Documents: the list of them, and one with its statements beside the text."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypedDict

from fastapi import APIRouter, HTTPException, Request, Response

from foreshock.desk.filters import Asked, asked
from foreshock.desk.front import stands_out
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.text import numbered, paragraphs
from foreshock.desk.twins import csv_twin, json_twin
from foreshock.desk.watch_places import state_class
from foreshock.model.board import State
from foreshock.model.document import Document
from foreshock.model.vocabulary import Kind
from foreshock.record.document_rows import DocumentRow, every_document, gaps_of, kinds_of_documents, list_documents
from foreshock.record.guarded import GUARDED
from foreshock.record.query import Hit, statements_of
from foreshock.record.store import Record
from foreshock.telling import phrases
from foreshock.telling.passed_on import documents_told
from foreshock.telling.statement_rows import STATEMENT_COLUMNS, statement_row

router = APIRouter()

_AT_A_TIME = 500
"""Documents asked of the record at a time; SQLite takes a few thousand names in one query."""

Listed = tuple[DocumentRow, dict[str, int]]
"""A document and its statements by kind."""


def _with_kinds(record: Record, rows: Sequence[DocumentRow]) -> list[Listed]:
    kinds = kinds_of_documents(record, [row.id for row in rows])
    return [(row, kinds[row.id]) for row in rows]


def _every_one(record: Record) -> Iterator[Listed]:
    for rows in every_document(record, _AT_A_TIME):
        yield from _with_kinds(record, documents_told(record, rows))


def _known(record: Record, identity: str) -> Document:
    document = record.document(identity)
    if document is None:
        if at := record.erased_at(identity):
            when = phrases.day_name(at)
            raise HTTPException(410, f"This text was erased on {when}; of it the record keeps digests only.")
        raise HTTPException(404, "The record holds no document of this name.")
    return document


@router.get("/")
def first_page(request: Request, record: OpenRecord) -> Response:
    """What stands out now, by the boards and the alerts; below it the documents, as on their own page."""
    return page("front.html", path="/", found=stands_out(record), **_list(record, request))


@router.get("/documents")
def documents_page(request: Request, record: OpenRecord) -> Response:
    """The list of documents, newest first, what each is made of drawn as a bar."""
    return page("documents.html", path="/documents", **_list(record, request))


class _List(TypedDict):
    """What the list of documents is shown with."""

    rows: list[Listed]
    asked: Asked
    sizes: dict[str, int]
    state_class: Callable[[State], str]


def _list(record: Record, request: Request) -> _List:
    page_asked = asked(request.query_params)
    sizes = record.sizes()
    page_asked.within(sizes["documents"])
    rows = _with_kinds(record, list_documents(record, page_asked.size, page_asked.offset))
    return _List(rows=rows, asked=page_asked, sizes=sizes, state_class=state_class)


@router.get("/documents.json")
def documents_json(request: Request, record: OpenRecord) -> Response:
    """The list of documents as JSON."""
    page_asked = asked(request.query_params)
    rows = [
        {
            "id": row.id,
            "title": row.title,
            "outlet": row.outlet,
            "published": row.published,
            "published_granularity": row.published_granularity,
            "crawl_month": row.crawl_month,
            "statements": row.statements,
            "kinds": kinds,
        }
        for row, kinds in _with_kinds(
            record, documents_told(record, list_documents(record, page_asked.size, page_asked.offset))
        )
    ]
    total = record.sizes()["documents"]
    return json_twin({"total": total, "page": page_asked.page, "size": page_asked.size, "documents": rows})


@router.get("/documents.csv")
def documents_csv(record: OpenRecord) -> Response:
    """All documents as CSV."""
    rows = (
        [
            row.id,
            row.title,
            row.outlet,
            phrases.published_iso(row.published, row.published_granularity),
            row.crawl_month,
            row.statements,
            *(kinds.get(kind, 0) for kind in Kind),
        ]
        for row, kinds in _every_one(record)
    )
    columns = ("id", "title", "outlet", "published", "crawl_month", "statements", *(f"{kind}s" for kind in Kind))
    return csv_twin("documents", columns, rows)


@router.get("/documents/{identity}.json")
def document_json(identity: str, record: OpenRecord) -> Response:
    """A document, its statements as in the codebook's section 10, and what could not be read in it."""
    document = _known(record, identity)
    gaps = [{"stage": stage, "reason": reason} for stage, reason in gaps_of(record, identity)]
    return json_twin({"document": document, "statements": statements_of(record, identity), "gaps": gaps})


@router.get("/documents/{identity}.csv")
def document_csv(identity: str, record: OpenRecord) -> Response:
    """A document's statements as CSV."""
    document = _known(record, identity)
    hits = (Hit.of(statement, document) for statement in statements_of(record, identity))
    return csv_twin("statements", STATEMENT_COLUMNS, (statement_row(hit) for hit in hits))


@router.get("/documents/{identity}")
def document_page(identity: str, record: OpenRecord) -> Response:
    """A document's text, its statements highlighted by kind, and beside it what each of them says."""
    document = _known(record, identity)
    statements = numbered(statements_of(record, identity))
    kinds = kinds_of_documents(record, [identity])[identity]
    return page(
        "document.html",
        document=document,
        paragraphs=paragraphs(document.text, statements),
        kinds_here=kinds,
        closing=phrases.closing_line(kinds),
        guarded=any(GUARDED in one.statement.contexts for one in statements),
        gaps=gaps_of(record, identity),
        path=f"/documents/{identity}",
    )
