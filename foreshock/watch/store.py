"""The watch's own tables, read and written: standings, alerts with what was decided about them, how rules fared."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from foreshock.errors import UsageError
from foreshock.model.alert import Action, Alert, Decision, RuleRecord, escalation_of
from foreshock.model.board import Standing, State, Where
from foreshock.model.day import in_utc
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_alerts, watch_rules, watch_standings
from foreshock.watch.decided import Decided, decided
from foreshock.watch.periods import now_utc

MOST_LISTED = 1000
_standing = msgspec.json.Decoder(Standing)
_alert = msgspec.json.Decoder(Alert)
_rule = msgspec.json.Decoder(RuleRecord)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode("utf-8")


@dataclass(frozen=True)
class Handled:
    """An alert, what was decided about it itself (the newest), and the mute that covers it, if any.

    `mutes` are all that cover it now, `history` everything ever decided that bears on it, oldest first. `escalated_by`
    is the id of the alert that was raised once more because this one's place rose within its period.
    """

    alert: Alert
    raised_at: datetime.datetime
    decision: Decision | None
    mute: Decision | None
    mutes: tuple[Decision, ...] = ()
    history: tuple[Decision, ...] = ()
    escalated_by: str | None = None

    @property
    def newest(self) -> int:
        """The number of the newest decision that bears on it; 0 where there is none."""
        return self.history[-1].number if self.history else 0

    @property
    def status(self) -> str:
        """`new`, `acknowledged`, `dismissed` or `muted`."""
        return _status(self.decision, self.mute)


def _status(decision: Decision | None, mute: Decision | None) -> str:
    if decision is not None:
        return "acknowledged" if decision.action is Action.ACKNOWLEDGE else "dismissed"
    return "muted" if mute is not None else "new"


def keep_standings(record: Record, standings: Sequence[Standing], boards: Sequence[str]) -> None:
    """Put these boards' standings in the place of their last ones."""
    now = now_utc()
    rows = [
        {
            "board": one.board, "country": one.where.country, "admin1": one.where.admin1 or "", "period": one.period,
            "state": one.state, "height": one.state.height, "war": int(one.war), "at": now, "body": _json(one),
        }
        for one in standings
    ]  # fmt: skip
    with record.begin(writing=True) as connection:
        connection.execute(delete(watch_standings).where(watch_standings.c.board.in_(list(boards))))
        if rows:
            connection.execute(insert(watch_standings), rows)


def standings(record: Record, board: str | None = None, wars: bool = True) -> list[Standing]:
    """The last evaluation's standings, highest first; without `wars` those where no war is running."""
    table = watch_standings.c
    query = select(table.body).order_by(table.height.desc(), table.board, table.country, table.admin1)
    if board is not None:
        query = query.where(table.board == board)
    if not wars:
        query = query.where(table.war == 0)
    with record.begin() as connection:
        return [_standing.decode(body) for body in connection.scalars(query)]


def last_evaluated(record: Record, boards: Sequence[str]) -> datetime.date | None:
    """The first day of the period up to which all of these boards, but those that never were, were evaluated; or null
    where none was."""
    table = watch_standings.c
    newest = select(func.max(table.period)).where(table.board.in_(boards)).group_by(table.board)
    with record.begin() as connection:
        return min(connection.scalars(newest), default=None)


def evaluated_at(record: Record) -> dict[str, datetime.datetime]:
    """When each board was last evaluated (UTC)."""
    table = watch_standings.c
    with record.begin() as connection:
        found = connection.execute(select(table.board, func.max(table.at)).group_by(table.board)).all()
    return {board: in_utc(at) for board, at in found}


def keep_alerts(record: Record, alerts: Sequence[Alert]) -> list[Alert]:
    """Write alerts that were not raised before; those come back.

    One that stands higher than when it was raised, in the same period, is raised once more, as an alert of its own:
    what was decided about the milder one, and sent of it, was not about this.
    """
    now = now_utc()
    with record.begin(writing=True) as connection:
        heights = _heights(connection, [one.id for one in alerts])
        raised = [
            escalation_of(one) if heights.get(one.id, one.state.height) < one.state.height else one for one in alerts
        ]
        heights |= _heights(connection, [one.id for one in raised])
        new = [one for one in raised if one.id not in heights]
        if new:
            connection.execute(insert(watch_alerts), [
                {
                    "id": one.id, "rule": one.rule, "board": one.board, "country": one.where.country,
                    "admin1": one.where.admin1, "period": one.period, "state": one.state, "chance": one.chance,
                    "raised_at": now, "body": _json(one),
                }
                for one in new
            ])  # fmt: skip
    return new


def _heights(connection: Connection, asked: Sequence[str]) -> dict[str, int]:
    """How high those alerts stood that were raised before, by their ids."""
    table = watch_alerts.c
    found: dict[str, int] = {}
    for at in range(0, len(asked), 500):
        rows = connection.execute(select(table.id, table.state).where(table.id.in_(asked[at : at + 500])))
        found |= {identity: State(state).height for identity, state in rows}
    return found


def alerts(
    record: Record, status: str | Collection[str] | None = None, country: str | None = None, board: str | None = None,
    limit: int | None = MOST_LISTED,
) -> list[Handled]:  # fmt: skip
    """Alerts, newest period first; of some status, country or board where asked for, and of those the first `limit`."""
    wanted = (status,) if isinstance(status, str) else status
    with record.begin() as connection:
        made = decided(connection)
        asked = (
            identity
            for identity, found in _statuses(connection, made, country, board)
            if wanted is None or found in wanted
        )
        chosen = list(islice(asked, limit))
        escalated = _escalated(connection, country, board)
        kept: dict[str, Handled] = {}
        table = watch_alerts.c
        for at in range(0, len(chosen), 500):
            query = select(table.body, table.raised_at).where(table.id.in_(chosen[at : at + 500]))
            for body, raised in connection.execute(query):
                one = _handled(_alert.decode(body), in_utc(raised), made, escalated)
                kept[one.alert.id] = one
    return [kept[identity] for identity in chosen]


def count_alerts(record: Record, country: str | None = None) -> dict[str, int]:
    """How many alerts are of each status that any is of."""
    with record.begin() as connection:
        return dict(Counter(status for _, status in _statuses(connection, decided(connection), country, None)))


def _statuses(
    connection: Connection, made: Decided, country: str | None, board: str | None
) -> Iterator[tuple[str, str]]:
    """The ids of alerts, newest period first, each with its status."""
    table = watch_alerts.c
    query = select(table.id, table.rule, table.board, table.country, table.admin1, table.raised_at).order_by(
        table.period.desc(), (table.state == State.ALARM.value).desc(), table.chance, table.id
    )
    if country is not None:
        query = query.where(table.country == country)
    if board is not None:
        query = query.where(table.board == board)
    for row in connection.execute(query).all():
        mutes = made.covering(row.rule, row.board, Where(row.country, row.admin1), in_utc(row.raised_at))
        yield row.id, _status(made.newest_about(row.id), mutes[-1] if mutes else None)


def alert_with(record: Record, identity: str) -> Handled | None:
    """The alert with this id (its first eight digits suffice), or null. Raises `UsageError` where several fit."""
    if len(identity) < 8 or not identity.isalnum():
        raise UsageError(f"{identity[:40]!r} names no alert; give its id, or the first eight digits of it")
    table = watch_alerts.c
    with record.begin() as connection:
        query = select(table.body, table.raised_at).where(table.id.startswith(identity, autoescape=True))
        rows = connection.execute(query.limit(2)).all()
        if len(rows) > 1:
            raise UsageError(f"{identity!r} fits several alerts; give more of the id")
        if not rows:
            return None
        alert, at = _alert.decode(rows[0][0]), in_utc(rows[0][1])
        escalated = _escalated(connection, alert.where.country, alert.board)
        return _handled(alert, at, decided(connection), escalated)


def _escalated(connection: Connection, country: str | None, board: str | None) -> dict[str, str]:
    """Of each alert that was raised once more in its period, standing higher, the id of the next; of all alerts, or
    those of a country or board. Told by what they are of, for those kept long ago do not say what they escalate."""
    table = watch_alerts.c
    query = select(table.id, table.state, table.rule, table.country, table.admin1, table.period)
    for column, wanted in ((table.country, country), (table.board, board)):
        if wanted is not None:
            query = query.where(column == wanted)
    lower: dict[tuple[object, ...], str] = {}
    found: dict[str, str] = {}
    for row in sorted(connection.execute(query), key=lambda row: State(row.state).height):
        of = (row.rule, row.country, row.admin1, row.period)
        if of in lower:
            found[lower[of]] = row.id
        lower[of] = row.id
    return found


def _handled(alert: Alert, at: datetime.datetime, made: Decided, escalated: Mapping[str, str]) -> Handled:
    if alert.escalates is None:
        before = next((one for one, after in escalated.items() if after == alert.id), None)
        alert = msgspec.structs.replace(alert, escalates=before)
    mutes = made.covering(alert.rule, alert.board, alert.where, at)
    return Handled(
        alert,
        at,
        made.newest_about(alert.id),
        mutes[-1] if mutes else None,
        mutes,
        made.history(alert),
        escalated.get(alert.id),
    )


def keep_rules(record: Record, fared: Sequence[RuleRecord]) -> None:
    """Keep how rules fared, each in the place of its last record."""
    now = now_utc()
    with record.begin(writing=True) as connection:
        for at in range(0, len(fared), 500):
            part = fared[at : at + 500]
            connection.execute(delete(watch_rules).where(watch_rules.c.rule.in_([one.rule for one in part])))
            connection.execute(insert(watch_rules), [{"rule": one.rule, "at": now, "body": _json(one)} for one in part])


def rule_records(record: Record) -> dict[str, RuleRecord]:
    """How each rule fared in the last replay that was kept, by rule."""
    with record.begin() as connection:
        found = [_rule.decode(body) for body in connection.scalars(select(watch_rules.c.body))]
    return {one.rule: one for one in found}
