"""What a mute may name: only what can raise an alert, for a mute of a name mistyped looks like one that works."""

import datetime
import difflib
from collections.abc import Iterable

from sqlalchemy import select

from foreshock.errors import UsageError
from foreshock.model.alert import Scope
from foreshock.model.vocabulary import MECHANISMS
from foreshock.places.gazetteer import Gazetteer
from foreshock.record.regions import is_region
from foreshock.record.store import Record
from foreshock.record.tables import statements
from foreshock.record.watch_tables import watch_alerts, watch_standings
from foreshock.watch.boards import shipped_boards
from foreshock.watch.fingerprint import CHANGE, change_rule
from foreshock.watch.periods import A_YEAR
from foreshock.watch.store import rule_records


def check_mute(record: Record, scope: Scope, until: datetime.date | None, today: datetime.date) -> None:
    """Refuse a mute that nothing could come under: of a board, rule or region not known, or until a day that is over.

    Known are the shipped boards, those that the record was watched with, and the gazetteer's first-level regions.
    Raises `UsageError`.
    """
    check_until(until, today, "--until")
    if scope.board is not None:
        _known(scope.board, _boards(record), "board")
    if scope.rule is not None:
        _known(scope.rule, _rules(record), "rule")
    if scope.admin1 is not None and not is_region(scope.admin1, [scope.country] if scope.country else []):
        _known(scope.admin1, _regions(record, scope.country), "region")


def check_until(until: datetime.date | None, today: datetime.date, what: str) -> None:
    """Refuse a last day, given under the name `what`, that is over. Raises `UsageError`."""
    if until is not None and until < today:
        raise UsageError(f"{what} {until} is over; a mute ends today ({today}) or later")


def _known(name: str, known: Iterable[str], what: str) -> None:
    names = sorted(set(known))
    if name not in names:
        near = difflib.get_close_matches(name, names, 1)
        raise UsageError(f"no {what} {name!r} is known here" + (f"; {near[0]!r}?" if near else ""))


def _boards(record: Record) -> set[str]:
    with record.begin() as connection:
        seen = {*connection.scalars(select(watch_standings.c.board)), *connection.scalars(select(watch_alerts.c.board))}
    return {board.id for board in shipped_boards()} | {name for name in seen if name}


def _rules(record: Record) -> set[str]:
    """Those of scenarios and changes, for no single indicator's raises an alert, though a replay judges it."""
    shipped = {f"{board.id}:{scenario.id}" for board in shipped_boards() for scenario in board.scenarios}
    with record.begin() as connection:
        raised = set(connection.scalars(select(watch_alerts.c.rule).distinct()))
    changes = {change_rule(mechanism, every) for mechanism in MECHANISMS for every in A_YEAR}
    replayed = {rule for rule in rule_records(record) if "/" not in rule or rule.startswith(f"{CHANGE}/")}
    return shipped | changes | raised | replayed


def _regions(record: Record, country: str | None) -> set[str]:
    """The first-level regions that the record's statements lie in, and those of the country that is named."""
    query = select(statements.c.admin1).distinct().where(statements.c.admin1.isnot(None))
    if country is not None:
        query = query.where(statements.c.country == country)
    with record.begin() as connection:
        read = set(connection.scalars(query))
    return read | ({unit.name for unit in Gazetteer().units_of(country)} if country is not None else set())
