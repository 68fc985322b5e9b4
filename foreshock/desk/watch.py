"""Boards: where they stand at every place, and of each place which signs, against what, how often for nothing."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response

from foreshock.desk.filters import in_written_case, switched_on
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import csv_twin, json_twin
from foreshock.desk.watch_places import (
    Placed,
    board_ids,
    board_name,
    newest_of,
    places_of,
    runs_of,
    state_class,
    war_told,
)
from foreshock.desk.watch_twins import (
    BOARD_COLUMNS,
    SIGN_COLUMNS,
    board_as_json,
    false_alarms,
    sign_rows,
    standing_as_json,
    standing_row,
)
from foreshock.model.board import Board, Sign, Standing, State, Where
from foreshock.record.store import Record
from foreshock.telling.addresses import address_of
from foreshock.telling.alert_links import raised_of
from foreshock.telling.phrases import month_name
from foreshock.watch.boards import shipped_boards
from foreshock.watch.chances import chance_in_words
from foreshock.watch.coverage import why_dark
from foreshock.watch.lateness import periods_since, since_in_words
from foreshock.watch.periods import now_utc
from foreshock.watch.rates import rate_beside, rate_in_words, rate_sentence
from foreshock.watch.scenarios import tells_apart
from foreshock.watch.store import evaluated_at, rule_records, standings
from foreshock.watch.wars import set_apart

router = APIRouter()

MOST_OTHERS = 60
"""Places above quiet that a board's page lists."""
LADDER = (State.ALARM, State.WARNING, State.WATCH, State.QUIET, State.NOT_COLLECTED)


rate_told = partial(rate_in_words, written=month_name)
rate_sentence_told = partial(rate_sentence, written=month_name)
"""What a page says of how often a rule calls alarm for nothing."""


def bars(sign: Sign) -> list[tuple[float, float, float]]:
    """A sign's past as bars of a picture 100 wide and 20 high: (left, top, height), the last the period at hand."""
    top = max(*sign.past, 1) if sign.past else 1
    width = 100 / max(len(sign.past), 1)
    return [(at * width, 20 - 20 * number / top, 20 * number / top) for at, number in enumerate(sign.past)]


def level_of(sign: Sign) -> float | None:
    """How high the baseline's mean stands in that picture; null where there is none or it is off the top."""
    if sign.expected is None or not sign.past:
        return None
    top = max(*sign.past, 1)
    return 20 - 20 * sign.expected / top if sign.expected <= top else None


def _boards(record: Record) -> tuple[dict[str, Board], list[Standing]]:
    return {board.id: board for board in shipped_boards()}, standings(record)


def _evaluated(found: Sequence[Standing], at: Mapping[str, datetime.datetime]) -> dict[str, dict[str, object]]:
    """When each board was evaluated, for which period, and how many whole ones are over since."""
    today = now_utc().date()
    return {
        board: {"at": at[board], "period": one.period, "periods_since": periods_since(one.period, one.every, today)}
        for board, one in newest_of(found).items()
    }


def _by_reason(dark: Sequence[Placed]) -> dict[str, list[Placed]]:
    """Places of which nothing can be said, together by why."""
    found: dict[str, list[Placed]] = {}
    for one in dark:
        found.setdefault(one.why_dark, []).append(one)
    return found


def _watch_address(prevention: bool, regions: bool) -> str:
    return address_of("/watch", {"prevention": 1 if prevention else None, "regions": 1 if regions else None})


def _twin_address(prevention: bool, regions: bool) -> Callable[[str], str]:
    """The address of the page's twins, which hold regions unless told otherwise."""
    given = {"prevention": 1 if prevention else None, "regions": None if regions else 0}
    return lambda form: address_of(f"/watch.{form}", given)


@router.get("/watch")
def watch_page(request: Request, record: OpenRecord) -> Response:
    """Every place read of with how each board stands there, highest first."""
    prevention, regions = (switched_on(request.query_params, name) for name in ("prevention", "regions"))
    boards, found = _boards(record)
    named = [(board, board_name(board, boards, found)) for board in board_ids(found, boards)]
    every = places_of(found, regions)
    apart = [one for one in every if one.war] if prevention else []
    placed = [one for one in every if not (prevention and one.war)]
    return page(
        "watch.html",
        path="/watch",
        boards=named,
        placed=[one for one in placed if one.height[0] >= 0],
        dark=_by_reason([one for one in placed if one.height[0] < 0]),
        apart=apart,
        prevention=prevention,
        regions=regions,
        address_with=_watch_address,
        twin=_twin_address(prevention, regions),
        runs=runs_of(found, evaluated_at(record), named),
        state_class=state_class,
        ladder=LADDER,
    )


def _first_shown(found: Sequence[Standing]) -> Standing | None:
    """The place a board opens on: the highest, of those the one most read of, a country before its regions."""
    ranked = sorted(found, key=lambda one: (-one.state.height, -one.coverage.documents, one.where.admin1 is not None))
    return ranked[0] if ranked else None


@router.get("/watch.json")
def watch_json(request: Request, record: OpenRecord) -> Response:
    """Every standing of every board, with its scenarios and signs; for prevention the places set apart are named."""
    found = standings(record)
    apart = set_apart(found) if switched_on(request.query_params, "prevention") else []
    shown = [standing_as_json(one) for one in _asked_for(request, record)]
    evaluated = _evaluated(found, evaluated_at(record))
    return json_twin({"evaluated": evaluated, "standings": shown, "set_apart": apart})


@router.get("/watch.csv")
def watch_csv(request: Request, record: OpenRecord) -> Response:
    """Every standing of every board, a row each."""
    asked, fared = _asked_for(request, record), rule_records(record)
    at, today = evaluated_at(record), now_utc().date()
    return csv_twin("watch", BOARD_COLUMNS, (standing_row(one, fared, at[one.board], today) for one in asked))


def _asked_for(request: Request, record: Record) -> list[Standing]:
    """The standings that a twin gives: all, but those of wars for prevention, and regions where they are refused."""
    regions = "regions" not in request.query_params or switched_on(request.query_params, "regions")
    found = standings(record, wars=not switched_on(request.query_params, "prevention"))
    return [one for one in found if regions or one.where.admin1 is None]


def _of_board(record: Record, board: str) -> list[Standing]:
    found = standings(record, board)
    if not found and board not in {one.id for one in shipped_boards()}:
        raise HTTPException(404, "There is no board of this name.")
    return found


def _asked_place(request: Request, found: Sequence[Standing]) -> Standing | None:
    """The standing of the place that an address names; null where it names none."""
    given = in_written_case(request.query_params)
    country, region = given.get("country"), given.get("region") or None
    if not country:
        return None
    chosen = next((one for one in found if one.where == Where(country, region)), None)
    if chosen is None:
        raise HTTPException(404, "This board has not been evaluated there.")
    return chosen


def _of_place(request: Request, record: Record, board: str) -> list[Standing]:
    """A board's standings that a twin gives: that of the place asked for, else all."""
    found = _of_board(record, board)
    chosen = _asked_place(request, found)
    return found if chosen is None else [chosen]


@router.get("/watch/{board}.json")
def board_json(board: str, request: Request, record: OpenRecord) -> Response:
    """A board's standings, what it is about, and how its rules fared; of one place where one is asked for."""
    fared = {rule: one for rule, one in rule_records(record).items() if rule.startswith((f"{board}/", f"{board}:"))}
    found = _of_place(request, record, board)
    shipped = next((one for one in shipped_boards() if one.id == board), None)
    return json_twin({
        "board": board,
        "about": board_as_json(shipped) if shipped else None,
        "evaluated": _evaluated(found, evaluated_at(record)).get(board),
        "standings": [{**standing_as_json(one), "read": _read_of(one)} for one in found],
        "rules": fared,
        "false_alarms": false_alarms(found, fared),
    })  # fmt: skip


@router.get("/watch/{board}.csv")
def board_csv(board: str, request: Request, record: OpenRecord) -> Response:
    """Every sign of a board at every place, or at the one asked for, a row each."""
    return csv_twin(board, SIGN_COLUMNS, sign_rows(_of_place(request, record, board), rule_records(record)))


def _read_of(one: Standing) -> str:
    """What was read of the place, the silent outlets named once, and why nothing can be said where that is so."""
    dark = one.state is State.NOT_COLLECTED
    told = [f"Read: {why_dark(one) if dark else one.coverage.why}."]
    if silent := [outlet for outlet in one.coverage.silent if outlet not in one.coverage.why]:
        told.append(f"Silent{' too' if len(silent) < len(one.coverage.silent) else ''}: {', '.join(silent[:8])}.")
    if dark:
        told.append("Too little to say anything; that is no calm.")
    return " ".join(told)


def _board_twin(board: str, chosen: Standing | None) -> Callable[[str], str]:
    """The address of a board page's twins, of the place shown."""
    at = {"country": chosen.where.country, "region": chosen.where.admin1} if chosen else {}
    return lambda form: address_of(f"/watch/{quote(board, safe='')}.{form}", at)


@router.get("/watch/{board}")
def board_page(board: str, request: Request, record: OpenRecord) -> Response:
    """A board at one place, the highest where none is asked for: scenarios, signs, baselines, false alarms."""
    found = _of_board(record, board)
    chosen = _asked_place(request, found) or _first_shown(found)
    boards = {one.id: one for one in shipped_boards()}
    about = boards.get(board)
    return page(
        "board.html",
        path="/watch",
        board=board,
        name=board_name(board, boards, found),
        about=about,
        chosen=chosen,
        outlooks=sorted(chosen.outlooks, key=lambda one: -one.state.height) if chosen else [],
        raised=raised_of(record, chosen) if chosen else [],
        twin_address=_board_twin(board, chosen),
        at=evaluated_at(record).get(board),
        old=since_in_words(chosen.period, chosen.every, now_utc().date()) if chosen else "",
        read=_read_of(chosen) if chosen else "",
        indicators={one.id: one for one in about.indicators} if about else {},
        scenarios={one.id: one for one in about.scenarios} if about else {},
        blunt={name for name, tells in tells_apart(about).items() if not tells} if about else set(),
        others=[one for one in found if one.state.height > 0][:MOST_OTHERS],
        more=max(sum(one.state.height > 0 for one in found) - MOST_OTHERS, 0),
        quiet=sum(one.state is State.QUIET for one in found),
        dark=sum(one.state is State.NOT_COLLECTED for one in found),
        fared=rule_records(record),
        war_in_words=war_told,
        state_class=state_class,
        bars=bars,
        level_of=level_of,
        rate_beside=rate_beside,
        rate_in_words=rate_told,
        rate_sentence=rate_sentence_told,
        chance=chance_in_words,
    )
