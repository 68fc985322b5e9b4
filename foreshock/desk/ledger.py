"""The ledger: what was foretold, what became of it, and how well each forecaster did."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from foreshock.desk import ledger_scores
from foreshock.desk.filters import PAGE_SIZE, check_page
from foreshock.desk.forms import TOKEN, form_of
from foreshock.desk.ledger_asked import LOOKED_AT, Asked, asked, outlets_and_countries
from foreshock.desk.ledger_quotes import quote_of, stands_at
from foreshock.desk.ledger_seen import Look
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import csv_twin, json_list, json_twin
from foreshock.errors import UsageError
from foreshock.exchange.rows import Cell
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted, entries_named, ids_found
from foreshock.ledger.own import path_of
from foreshock.ledger.scores import LEAST_RANKED, odds
from foreshock.ledger.sharpening import Sharper, sharper_criterion
from foreshock.ledger.yardsticks import names
from foreshock.model.day import asked_day
from foreshock.model.prediction import LedgerEntry, Outcome
from foreshock.model.vocabulary import MECHANISMS, MODES
from foreshock.record.parts import parted
from foreshock.telling import standings
from foreshock.telling.ledger_rows import COLUMNS, entry_as_json, entry_row, whole_as_json
from foreshock.telling.passed_on import guarded_predictions, prediction_told, row_told
from foreshock.telling.phrases import act_name

router = APIRouter()
router.include_router(ledger_scores.router)  # before `/ledger/{identity}`, which would take it for a prediction's

_ACTS = {
    type_: {f"{type_} {mode or ''}".strip(): act_name(type_, mode) for mode in (None, *modes)}
    for type_, modes in MODES.items()
}
"""What a person can choose as the act that would count: each type, alone and with each of its modes, and its name."""


def _known(book: Book, identity: str) -> LedgerEntry:
    try:
        return book.entry(identity)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error


@router.get("/ledger")
def ledger_page(request: Request, record: OpenRecord) -> Response:
    """Predictions with odds, horizon and outcome; scores by forecaster beside them."""
    page_asked = asked(request.query_params)
    book = Book(record, page_asked.as_of)
    unseen = book.update_where_writable(LOOKED_AT)
    with record.begin() as connection:
        look = Look(connection, page_asked, book.as_of)
        seen, board, entries = look.seen(), look.board(), look.page()
    outlets, countries = outlets_and_countries(record)
    check_page(page_asked.page, PAGE_SIZE, seen.total)
    return page(
        "ledger.html",
        asked=page_asked,
        entries=entries,
        total=seen.total,
        more=page_asked.page * PAGE_SIZE < seen.total,
        outcomes=seen.outcomes,
        odds=odds,
        waiting=seen.waiting,
        reasons=standings.Waiting,
        looked_at=seen.looked_at,
        standings=standings,
        board=board,
        outlets=[(name, name) for name in outlets],
        countries=countries,
        least=LEAST_RANKED,
        yardsticks=names(),
        undated_later=book.undated_later(),
        stranded=book.stranded(),
        unseen=unseen,
        as_of=book.as_of,
        path="/ledger",
    )


@router.get("/ledger.json")
def ledger_json(request: Request, record: OpenRecord) -> Response:
    """All predictions that answer, as JSON."""
    page_asked = asked(request.query_params)
    book = Book(record, page_asked.as_of)
    unseen = book.update_where_writable(LOOKED_AT)
    ids = _ids(book, page_asked.wanted)
    about = {
        "filters": page_asked.given,
        "as_of": book.as_of,
        "total": len(ids),
        "undated_later": book.undated_later(),
        "stranded_rulings": len(book.stranded()),
        "documents_not_looked_at": unseen.documents,
    }
    found = ((entry_as_json(one, page_asked.yardstick, book.as_of), held) for one, held in _each(book, ids))
    return json_list("predictions", about, (prediction_told(told) if held else told for told, held in found))


@router.get("/ledger.csv")
def ledger_csv(request: Request, record: OpenRecord) -> Response:
    """All predictions that answer, as CSV."""
    page_asked = asked(request.query_params)
    return csv_twin("ledger", COLUMNS, _rows(Book(record, page_asked.as_of), page_asked))


def _rows(book: Book, page_asked: Asked) -> Iterator[Sequence[Cell]]:
    """All predictions that answer, after what is new was taken: in a large record that is minutes' work."""
    book.update_where_writable()
    for one, held in _each(book, _ids(book, page_asked.wanted)):
        row = entry_row(one, page_asked.yardstick, book.as_of)
        yield row_told(row, COLUMNS) if held else row


def _ids(book: Book, wanted: Wanted) -> list[str]:
    with book.record.begin() as connection:
        return ids_found(connection, wanted, book.as_of)


def _each(book: Book, ids: Sequence[str]) -> Iterator[tuple[LedgerEntry, bool]]:
    """The entries with these ids, read some at a time, and whether each is of a text that tells of deserters."""
    for part in parted(ids):
        with book.record.begin() as connection:
            entries = entries_named(connection, part, book.as_of)
        guarded = guarded_predictions(book.record, entries)
        for one in entries:
            yield one, one.prediction.id in guarded


@router.get("/ledger/{identity}.json")
def entry_json(identity: str, request: Request, record: OpenRecord) -> Response:
    """One prediction in full, as JSON."""
    page_asked = asked(request.query_params)
    book = Book(record, page_asked.as_of)
    entry = _known(book, identity)
    return json_twin(whole_as_json(entry, book.line(entry.prediction.line), page_asked.yardstick, book.as_of))


@router.get("/ledger/{identity}.csv")
def entry_csv(identity: str, request: Request, record: OpenRecord) -> Response:
    """One prediction as CSV."""
    page_asked = asked(request.query_params)
    book = Book(record, page_asked.as_of)
    return csv_twin("prediction", COLUMNS, [entry_row(_known(book, identity), page_asked.yardstick, book.as_of)])


@router.get("/ledger/{identity}")
def entry_page(identity: str, request: Request, record: OpenRecord) -> Response:
    """One prediction in full: what would count, evidence for and against, rulings, the forecaster's line."""
    page_asked = asked(request.query_params)
    book = Book(record, page_asked.as_of)
    entry = _known(book, identity)
    evidence = entry.proposal.evidence if entry.proposal else ()
    return page(
        "ledger_entry.html",
        asked=page_asked,
        entry=entry,
        one=entry.sharpened,
        line=book.line(entry.prediction.line),
        odds=odds,
        as_of=book.as_of,
        path="/ledger",
        token=TOKEN,
        standings=standings,
        evidence=[(found, quote_of(record, found)) for found in evidence],
        own=path_of(entry.prediction.document),
        stands_at=stands_at(record, entry.prediction),
        outcomes=tuple(Outcome),
        acts=_ACTS,
    )


@router.post("/ledger/{identity}")
async def decide_page(identity: str, request: Request, record: OpenRecord) -> Response:
    """Decide what became of it, as proposed or otherwise, or sharpen it, then back to its page. Only the desk's own
    forms are obeyed."""
    page_asked, given = asked(request.query_params), await form_of(request)
    ruled = await run_in_threadpool(_decided, Book(record, page_asked.as_of), identity, given)
    return RedirectResponse(page_asked.address(f"/ledger/{quote(ruled, safe='')}"), status_code=303)


def _decided(book: Book, identity: str, given: dict[str, str]) -> str:
    """Keep a ruling, a confirmation where the outcome chosen is the proposed one; the id that it stands on.

    Raises `UsageError` where the form is none of this page, or shows a proposal that has changed, or lacks a ruling
    that was made meanwhile.
    """
    entry = book.head(_known(book, identity).prediction.id)
    if given.get("ruled", "") != str(entry.rulings[-1].number if entry.rulings else ""):
        raise UsageError("somebody ruled on this meanwhile; load the page again and look")
    person, reason = given.get("person", "").strip(), given.get("reason", "").strip()
    action, outcome = given.get("action", ""), given.get("outcome", "")
    if action == "decide" and outcome in tuple(Outcome):
        proposed = entry.proposal.outcome.value if entry.proposal else ""
        if given.get("proposed") != proposed:
            raise UsageError(f"what is proposed has changed to {proposed or 'nothing'}; load the page again and look")
        if entry.confirmable and outcome == proposed:
            book.confirm(entry.prediction.id, person, reason)
        else:
            book.overrule(entry.prediction.id, Outcome(outcome), person, reason)
    elif action == "sharpen":
        asked_now = entry.sharpened
        day = asked_day(given.get("by", "").strip() or None, "by")
        criterion = sharper_criterion(asked_now.criterion, _sharper(given))
        book.sharpen(entry.prediction.id, criterion, None if day == asked_now.by else day, person, reason)
    else:
        raise UsageError("the form says neither what the outcome is, nor what would count more exactly")
    return entry.prediction.id


def _sharper(given: Mapping[str, str]) -> Sharper:
    """What would count by the form, which shows all of it: a field left empty is taken away."""
    type_, _, mode = given.get("act", "").partition(" ")
    return Sharper(
        words=given.get("words", ""),
        type=type_,
        mode=mode,
        mechanisms=tuple(name for name in MECHANISMS if given.get(f"mechanism.{name}")),
        actors=tuple(given.get("actors", "").splitlines()),
        place=given.get("place", ""),
        country=given.get("country", ""),
        admin1=given.get("admin1", ""),
    )
