"""Scores of the ledger by forecaster, outlet, topic or country, as `foreshock ledger scores` has them."""

import dataclasses
import datetime
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from foreshock.desk.ledger_asked import LOOKED_AT, SCORED_BY, Asked, asked
from foreshock.desk.ledger_seen import Look
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import csv_twin, json_twin
from foreshock.exchange.rows import Cell
from foreshock.ledger.book import Book, Left
from foreshock.ledger.scores import LEAST_RANKED, Score, Scoreboard, board_as_json
from foreshock.ledger.yardsticks import names
from foreshock.record.store import Record
from foreshock.telling.standings import Waiting

router = APIRouter()

_FIGURES = (
    "n", "pending", "undecided", "void", "void_rate", "kept", "broken", "without_odds", "proposed", "brier_low",
    "brier_high", "brier_middle", "log_low", "log_high", "base_rate", "resolution", "discrimination",
    "discrimination_error", "ranked",
)  # fmt: skip


@dataclass(frozen=True)
class _Scored:
    """The scores asked for, as known on `as_of`; `unseen` documents were not looked at yet, and of `waiting`
    predictions it was never looked at what became of them."""

    board: Scoreboard
    as_of: datetime.date
    unseen: Left
    waiting: int


def _scored(record: Record, page_asked: Asked) -> _Scored:
    book = Book(record, page_asked.as_of)
    unseen = book.update_where_writable(LOOKED_AT)
    with record.begin() as connection:
        look = Look(connection, page_asked, book.as_of)
        return _Scored(look.board(), book.as_of, unseen, look.seen().waiting[Waiting.UNSEEN])


def _row(one: Score, yardstick: str, whole: bool) -> list[Cell]:
    told = {**dataclasses.asdict(one), "void_rate": one.void_rate, "ranked": int(one.ranked)}
    return [None if whole else one.name, *(told[name] for name in _FIGURES), yardstick, int(whole)]


@router.get("/ledger/scores")
def scores_page(request: Request, record: OpenRecord) -> Response:
    """How well each forecaster, outlet, topic or country did, each figure beside the number it rests on."""
    page_asked = asked(request.query_params)
    scored = _scored(record, page_asked)
    return page(
        "ledger_scores.html",
        asked=page_asked,
        board=scored.board,
        scored_by=tuple(SCORED_BY),
        least=LEAST_RANKED,
        yardsticks=names(),
        as_of=scored.as_of,
        unseen=scored.unseen,
        waiting=scored.waiting,
        path="/ledger/scores",
    )


@router.get("/ledger/scores.json")
def scores_json(request: Request, record: OpenRecord) -> Response:
    """The scores with their calibration, and that of the whole, as JSON."""
    page_asked = asked(request.query_params)
    scored = _scored(record, page_asked)
    told = board_as_json(scored.board, page_asked.by, page_asked.yardstick, scored.as_of)
    return json_twin({"filters": page_asked.given, "documents_not_looked_at": scored.unseen.documents, **told})


@router.get("/ledger/scores.csv")
def scores_csv(request: Request, record: OpenRecord) -> Response:
    """The scores as CSV, a row for each name, and last that of the whole, which has none."""
    page_asked = asked(request.query_params)
    board = _scored(record, page_asked).board
    columns = (page_asked.by, *_FIGURES, "yardstick", "whole")
    scored = [*((one, False) for one in board.rows), (board.whole, True)]
    return csv_twin("scores", columns, (_row(one, page_asked.yardstick, whole) for one, whole in scored))
