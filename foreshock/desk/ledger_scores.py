"""Scores of the ledger by forecaster, outlet, topic or country, as `foreshock ledger scores` has them."""

import dataclasses

from fastapi import APIRouter, Request, Response

from foreshock.desk.ledger_asked import SCORED_BY, Asked, asked
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import Cell, csv_twin, json_twin
from foreshock.ledger.book import Book
from foreshock.ledger.scores import LEAST_RANKED, Score, Scoreboard, as_json
from foreshock.ledger.yardsticks import names
from foreshock.record.store import Record

router = APIRouter()

_FIGURES = (
    "n", "pending", "undecided", "void", "void_rate", "kept", "broken", "without_odds", "proposed", "brier_low",
    "brier_high", "brier_middle", "log_low", "log_high", "base_rate", "resolution", "discrimination",
    "discrimination_error", "ranked",
)  # fmt: skip


def _scored(record: Record, page_asked: Asked) -> tuple[Book, Scoreboard]:
    book = Book(record, page_asked.as_of)
    book.update()
    return book, page_asked.board(book)


def _row(one: Score, yardstick: str) -> list[Cell]:
    told = {**dataclasses.asdict(one), "void_rate": one.void_rate, "ranked": int(one.ranked)}
    return [one.name, *(told[name] for name in _FIGURES), yardstick]


@router.get("/ledger/scores")
def scores_page(request: Request, record: OpenRecord) -> Response:
    """How well each forecaster, outlet, topic or country did, each figure beside the number it rests on."""
    page_asked = asked(request.query_params)
    book, board = _scored(record, page_asked)
    return page(
        "ledger_scores.html",
        asked=page_asked,
        board=board,
        scored_by=tuple(SCORED_BY),
        least=LEAST_RANKED,
        yardsticks=names(),
        as_of=book.as_of,
        path="/ledger/scores",
    )


@router.get("/ledger/scores.json")
def scores_json(request: Request, record: OpenRecord) -> Response:
    """The scores with their calibration, and that of the whole, as JSON."""
    page_asked = asked(request.query_params)
    book, board = _scored(record, page_asked)
    about = {"filters": page_asked.given, "as_of": book.as_of, "by": page_asked.by, "yardstick": page_asked.yardstick}
    rows = [as_json(one) for one in board.rows]
    return json_twin({**about, "whole": as_json(board.whole), "scores": rows, "waiting": board.waiting})


@router.get("/ledger/scores.csv")
def scores_csv(request: Request, record: OpenRecord) -> Response:
    """The scores as CSV, a row for each name."""
    page_asked = asked(request.query_params)
    _, board = _scored(record, page_asked)
    columns = (page_asked.by, *_FIGURES, "yardstick")
    return csv_twin("scores", columns, (_row(one, page_asked.yardstick) for one in board.rows))
