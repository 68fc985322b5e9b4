"""The ledger: what was foretold, what became of it, and how well each forecaster did."""

import datetime
from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from foreshock.desk.filters import LAST_PAGE, PAGE_SIZE, address_of, asked_number, in_written_case
from foreshock.desk.forms import TOKEN, form_of
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import Cell, csv_twin, json_twin
from foreshock.errors import UsageError
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.own import path_of
from foreshock.ledger.scores import LEAST_RANKED, named_by, odds, score, scores
from foreshock.ledger.yardsticks import DEFAULT, names
from foreshock.model.day import asked_day
from foreshock.model.prediction import Entry, Outcome

router = APIRouter()

_COLUMNS = (
    "id", "made", "forecaster", "forecaster_kind", "outlet", "kind", "text", "document", "start", "end", "criterion",
    "country", "topic", "condition", "by", "default_horizon", "likelihood", "low", "high", "yardstick", "outcome",
    "decided_by", "reason", "repeats", "undated",
)  # fmt: skip
_WORDS = ("words", "forecaster", "outlet", "country", "outcome", "yardstick", "as_of")
PARAMETERS = (*_WORDS, "page")


@dataclass(frozen=True)
class _Asked:
    """What the page's address asks for."""

    given: dict[str, str]
    wanted: Wanted
    yardstick: str
    as_of: datetime.date | None
    page: int

    def address(self, path: str, **changes: str | int | None) -> str:
        """`path` with these parameters, changed as told; null takes one away."""
        return address_of(path, {**self.given, **changes})


def _asked(request: Request) -> _Asked:
    given = {name: request.query_params.get(name, "").replace("\0", "").strip() for name in _WORDS}
    given = in_written_case({name: value for name, value in given.items() if value})
    outcome = given.get("outcome")
    if outcome is not None and outcome not in tuple(Outcome):
        raise UsageError(f"{outcome!r} is not an outcome; one of: {', '.join(Outcome)}")
    yardstick = given.get("yardstick", DEFAULT)
    if yardstick not in names():
        raise UsageError(f"{yardstick!r} is not a yardstick; one of: {', '.join(names())}")
    number = asked_number(request.query_params.get("page"), "page", 1, LAST_PAGE)
    as_of = asked_day(given.get("as_of"), "as_of")
    wanted = Wanted(
        words=given.get("words"),
        forecaster=given.get("forecaster"),
        outlet=given.get("outlet"),
        country=given.get("country"),
        outcome=Outcome(outcome) if outcome else None,
    )
    return _Asked(given, wanted, yardstick, as_of, number)


def _known(book: Book, identity: str) -> Entry:
    try:
        return book.entry(identity)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error


def _as_json(entry: Entry, yardstick: str) -> dict[str, object]:
    """The prediction as it is resolved, as on its page, and under `as_found` as the text has it."""
    interval = odds(entry.sharpened, yardstick)
    return {
        **msgspec.to_builtins(entry.sharpened),
        "as_found": msgspec.to_builtins(entry.prediction),
        "odds": {"low": interval[0], "high": interval[1], "yardstick": yardstick} if interval else None,
        "outcome": entry.outcome.value,
        "decided_by": entry.ruling.person if entry.ruling else None,
        "proposal": msgspec.to_builtins(entry.proposal),
        "rulings": msgspec.to_builtins(entry.rulings),
        "repeats": entry.repeats,
    }


def _row(entry: Entry, yardstick: str) -> list[Cell]:
    """An entry in the order of `_COLUMNS`; the reason is that of who decided: the person's, else the proposal's."""
    one, interval = entry.sharpened, odds(entry.sharpened, yardstick)
    decided = entry.ruling or entry.proposal
    return [
        one.id, one.made.isoformat(), one.forecaster, one.forecaster_kind.value, one.outlet, one.kind, one.text,
        one.document, one.start, one.end, one.criterion.words, one.country, one.topic, one.condition,
        one.by.isoformat(), int(one.default_horizon), one.likelihood, interval[0] if interval else None,
        interval[1] if interval else None, yardstick, entry.outcome.value,
        entry.ruling.person if entry.ruling else None, decided.reason if decided else None, entry.repeats,
        int(one.undated),
    ]  # fmt: skip


@router.get("/ledger")
def ledger_page(request: Request, record: OpenRecord) -> Response:
    """Predictions with odds, horizon and outcome; scores by forecaster beside them."""
    asked = _asked(request)
    book = Book(record, asked.as_of)
    book.update()
    entries = book.entries(asked.wanted)
    scored = [one for one in entries if one.prediction.forecaster_kind.scored]
    start = (asked.page - 1) * PAGE_SIZE
    return page(
        "ledger.html",
        asked=asked,
        entries=entries[start : start + PAGE_SIZE],
        total=len(entries),
        more=start + PAGE_SIZE < len(entries),
        outcomes=Counter(one.outcome.value for one in entries),
        odds=odds,
        whole=score("all", scored, asked.yardstick),
        scores=[one for one in scores(scored, named_by("forecaster"), asked.yardstick) if one.n],
        least=LEAST_RANKED,
        yardsticks=names(),
        undated_later=book.undated_later(),
        as_of=book.as_of,
        path="/ledger",
    )


@router.get("/ledger.json")
def ledger_json(request: Request, record: OpenRecord) -> Response:
    """All predictions that answer, as JSON."""
    asked = _asked(request)
    book = Book(record, asked.as_of)
    book.update()
    found = [_as_json(one, asked.yardstick) for one in book.entries(asked.wanted)]
    about = {"filters": asked.given, "as_of": book.as_of, "total": len(found), "undated_later": book.undated_later()}
    return json_twin({**about, "predictions": found})


@router.get("/ledger.csv")
def ledger_csv(request: Request, record: OpenRecord) -> Response:
    """All predictions that answer, as CSV."""
    asked = _asked(request)
    book = Book(record, asked.as_of)
    book.update()
    return csv_twin("ledger", _COLUMNS, (_row(one, asked.yardstick) for one in book.entries(asked.wanted)))


@router.get("/ledger/{identity}.json")
def entry_json(identity: str, request: Request, record: OpenRecord) -> Response:
    """One prediction in full, as JSON."""
    asked = _asked(request)
    book = Book(record, asked.as_of)
    return json_twin({**_as_json(_known(book, identity), asked.yardstick), "as_of": book.as_of})


@router.get("/ledger/{identity}.csv")
def entry_csv(identity: str, request: Request, record: OpenRecord) -> Response:
    """One prediction as CSV."""
    asked = _asked(request)
    entry = _known(Book(record, asked.as_of), identity)
    return csv_twin("prediction", _COLUMNS, [_row(entry, asked.yardstick)])


@router.get("/ledger/{identity}")
def entry_page(identity: str, request: Request, record: OpenRecord) -> Response:
    """One prediction in full: what would count, evidence for and against, rulings, the forecaster's line."""
    asked = _asked(request)
    book = Book(record, asked.as_of)
    entry = _known(book, identity)
    return page(
        "ledger_entry.html",
        asked=asked,
        entry=entry,
        one=entry.sharpened,
        line=book.line(entry.prediction.line),
        odds=odds,
        as_of=book.as_of,
        path="/ledger",
        token=TOKEN,
        own=path_of(entry.prediction.document),
        outcomes=tuple(Outcome),
    )


@router.post("/ledger/{identity}")
async def decide_page(identity: str, request: Request, record: OpenRecord) -> Response:
    """Confirm what is proposed or decide otherwise, then back to its page. Only the desk's own forms are obeyed."""
    asked, given = _asked(request), await form_of(request)
    await run_in_threadpool(_decided, Book(record, asked.as_of), identity, given)
    return RedirectResponse(asked.address(f"/ledger/{quote(identity, safe='')}"), status_code=303)


def _decided(book: Book, identity: str, given: dict[str, str]) -> None:
    """Keep a ruling. Raises `UsageError` where the form is none of this page, or shows a proposal that has changed."""
    entry = _known(book, identity)
    person, reason = given.get("person", "").strip(), given.get("reason", "").strip()
    action, outcome = given.get("action", ""), given.get("outcome", "")
    if action == "confirm":
        proposed = entry.proposal.outcome.value if entry.proposal else ""
        if given.get("proposed") != proposed:
            raise UsageError(f"what is proposed has changed to {proposed or 'nothing'}; load the page again and look")
        book.confirm(entry.prediction.id, person, reason)
    elif action == "overrule" and outcome in tuple(Outcome):
        book.overrule(entry.prediction.id, Outcome(outcome), person, reason)
    else:
        raise UsageError("the form says neither to confirm nor what else the outcome is")
