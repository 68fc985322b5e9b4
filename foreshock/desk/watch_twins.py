"""What the twins of the watch's pages hold: standings with why nothing can be said, boards with what they are about."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from foreshock.exchange.rows import Cell
from foreshock.model.alert import RuleRecord
from foreshock.model.board import Board, Standing, State
from foreshock.watch.coverage import why_dark
from foreshock.watch.lateness import periods_since
from foreshock.watch.rates import interval_of, rate_in_words, rate_of
from foreshock.watch.scenarios import tells_apart

BOARD_COLUMNS = (
    "board", "country", "region", "period", "state", "before", "war_running", "scenario", "alike", "coverage",
    "coverage_why", "false_alarm_rate", "war_last_known", "why_not_collected", "evaluated_at", "periods_since",
    "so_far",
)  # fmt: skip
SIGN_COLUMNS = (
    "board", "country", "region", "period", "rule", "indicator", "state", "seen", "usual", "expected", "chance",
    "discovery", "why", "false_alarm_rate",
)  # fmt: skip


def why_not_collected(one: Standing) -> str | None:
    """Why nothing can be said of a place; null where something can."""
    return why_dark(one) if one.state is State.NOT_COLLECTED else None


def standing_as_json(one: Standing) -> dict[str, object]:
    """A standing, and why nothing can be said where that is so."""
    return {**msgspec.structs.asdict(one), "why_not_collected": why_not_collected(one)}


def board_as_json(board: Board) -> dict[str, object]:
    """What a shipped board is about: its indicators with why they matter and whether they tell its scenarios apart."""
    tells = tells_apart(board)
    return {
        "name": board.name,
        "about": board.about,
        "indicators": [
            {"id": one.id, "name": one.name, "why": one.why, "source": one.source, "tells_apart": tells[one.id]}
            for one in board.indicators
        ],
        "scenarios": [
            {"id": one.id, "name": one.name, "about": one.about, "warns_of": one.warns_of} for one in board.scenarios
        ],
    }


def false_alarms(found: Sequence[Standing], fared: Mapping[str, RuleRecord]) -> dict[str, dict[str, object]]:
    """Of each rule evaluated the rate that stands beside it for a whole country, with its 95 % interval, null where it
    was not measured on this rule, and why."""
    under = {look.rule: look.under for one in found for look in one.outlooks}
    under |= {sign.rule: sign.under for one in found for look in one.outlooks for sign in look.signs}
    return {
        rule: {
            "rate": rate_of(fared.get(rule), mine),
            "interval": interval_of(fared.get(rule), mine),
            "in_words": rate_in_words(fared.get(rule), mine),
        }
        for rule, mine in under.items()
    }


def standing_row(
    one: Standing, fared: Mapping[str, RuleRecord], at: datetime.datetime, today: datetime.date
) -> list[Cell]:
    """A standing that was evaluated at that time, in the order of `BOARD_COLUMNS`."""
    look = one.highest
    return [
        one.board, one.where.country, one.where.admin1, one.period.isoformat(), one.state.value,
        one.before.value if one.before else None, int(one.war), look.name, "; ".join(look.alike),
        int(one.coverage.enough), one.coverage.why, rate_of(fared.get(look.rule), look.under, one.where.admin1),
        one.war_last_known.isoformat() if one.war_last_known else None, why_not_collected(one),
        at.isoformat(), periods_since(one.period, one.every, today), one.so_far,
    ]  # fmt: skip


def sign_rows(found: Sequence[Standing], fared: Mapping[str, RuleRecord]) -> Iterator[list[Cell]]:
    """Every sign of a board at every place, in the order of `SIGN_COLUMNS`."""
    for one in found:
        for sign in {sign.rule: sign for look in one.outlooks for sign in look.signs}.values():
            yield [
                one.board, one.where.country, one.where.admin1, one.period.isoformat(), sign.rule, sign.name,
                sign.state.value, sign.seen, sign.usual, sign.expected, sign.chance, sign.discovery, sign.why,
                rate_of(fared.get(sign.rule), sign.under, one.where.admin1),
            ]  # fmt: skip
