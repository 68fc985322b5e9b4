"""The watch's own tables, read and written: standings, alerts, decisions, how rules fared."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from foreshock.errors import UsageError
from foreshock.model.alert import Action, Alert, Decision, RuleRecord, Scope, escalation_of
from foreshock.model.board import Standing, State, Where
from foreshock.model.decision import said_by
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_alerts, watch_decisions, watch_rules, watch_standings

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


@dataclass(frozen=True)
class Seen:
    """An alert as somebody saw it who decides: with `newest` the number of the newest decision then shown."""

    alert: Alert
    newest: int


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
    return {board: utc(at) for board, at in found}


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
        made = _decided(connection)
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
                one = _handled(_alert.decode(body), utc(raised), made, escalated)
                kept[one.alert.id] = one
    return [kept[identity] for identity in chosen]


def count_alerts(record: Record, country: str | None = None) -> dict[str, int]:
    """How many alerts are of each status that any is of."""
    with record.begin() as connection:
        return dict(Counter(status for _, status in _statuses(connection, _decided(connection), country, None)))


def _statuses(
    connection: Connection, made: "_Decided", country: str | None, board: str | None
) -> Iterator[tuple[str, str]]:
    """The ids of alerts, newest period first, each with its status."""
    table = watch_alerts.c
    query = select(table.id, table.rule, table.board, table.country, table.admin1).order_by(
        table.period.desc(), (table.state == State.ALARM.value).desc(), table.chance, table.id
    )
    if country is not None:
        query = query.where(table.country == country)
    if board is not None:
        query = query.where(table.board == board)
    for row in connection.execute(query).all():
        mutes = made.covering(row.rule, row.board, Where(row.country, row.admin1))
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
        alert, at = _alert.decode(rows[0][0]), utc(rows[0][1])
        escalated = _escalated(connection, alert.where.country, alert.board)
        return _handled(alert, at, _decided(connection), escalated)


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


@dataclass(frozen=True)
class _Decided:
    """What was decided, laid out to hold many alerts against it: about single ones by their ids, about scopes, and the
    mutes that hold today; each oldest first."""

    about: Mapping[str, Sequence[Decision]]
    scoped: Sequence[Decision]
    active: Sequence[Decision]

    def newest_about(self, alert: str) -> Decision | None:
        """What was decided last about an alert itself."""
        return self.about[alert][-1] if alert in self.about else None

    def covering(self, rule: str, board: str | None, where: Where) -> tuple[Decision, ...]:
        """The mutes that an alert of this rule and board at this place falls under."""
        return tuple(one for one in self.active if one.scope is not None and one.scope.holds(rule, board, where))

    def history(self, alert: Alert) -> tuple[Decision, ...]:
        """Everything that bears on an alert."""
        made = [*self.about.get(alert.id, ()), *self.scoped]
        return _bearing_on(alert, sorted(made, key=lambda one: one.number))


def _decided(connection: Connection) -> _Decided:
    made = _decisions(connection)
    about: dict[str, list[Decision]] = {}
    for one in made:
        if one.alert is not None:
            about.setdefault(one.alert, []).append(one)
    return _Decided(about, [one for one in made if one.scope is not None], _active(made))


def _handled(alert: Alert, at: datetime.datetime, made: _Decided, escalated: Mapping[str, str]) -> Handled:
    if alert.escalates is None:
        before = next((one for one, after in escalated.items() if after == alert.id), None)
        alert = msgspec.structs.replace(alert, escalates=before)
    mutes = made.covering(alert.rule, alert.board, alert.where)
    return Handled(
        alert,
        at,
        made.newest_about(alert.id),
        mutes[-1] if mutes else None,
        mutes,
        made.history(alert),
        escalated.get(alert.id),
    )


def _bearing_on(alert: Alert, made: Sequence[Decision]) -> tuple[Decision, ...]:
    """What was decided about the alert itself or about a scope that covers it."""
    return tuple(one for one in made if one.alert == alert.id or (one.scope is not None and one.scope.covers(alert)))


def _active(made: Sequence[Decision]) -> list[Decision]:
    """The mutes that hold today, at most one for each scope."""
    today = now_utc().date()
    mutes: dict[Scope, Decision | None] = {}
    for one in made:
        if one.scope is not None:
            active = one.action is Action.MUTE and (one.until is None or one.until >= today)
            mutes[one.scope] = one if active else None
    return [one for one in mutes.values() if one is not None]


def decisions(record: Record) -> list[Decision]:
    """Everything that was decided, oldest first."""
    with record.begin() as connection:
        return _decisions(connection)


def _decisions(connection: Connection) -> list[Decision]:
    rows = connection.execute(select(watch_decisions).order_by(watch_decisions.c.number)).mappings().all()
    return [
        Decision(
            number=row["number"], action=Action(row["action"]), alert=row["alert"],
            scope=None if row["alert"] else Scope(
                rule=row["rule"], board=row["board"], country=row["country"], admin1=row["admin1"]
            ),
            until=row["until"], who=row["who"], why=row["why"], at=utc(row["at"]),
        )
        for row in rows
    ]  # fmt: skip


def decide(
    record: Record, action: Action, who: str, why: str = "", alert: str | None = None, scope: Scope | None = None,
    until: datetime.date | None = None, seen: Seen | None = None,
) -> None:  # fmt: skip
    """Note what somebody decided; with `seen`, only where nothing was decided since about the alert that they saw.

    Raises `UsageError` where a reason, a name or what it is about is lacking, and for a mute to lift that is none.
    """
    if action is not Action.ACKNOWLEDGE and not why.strip():
        raise UsageError(f"to {action} needs a reason")
    who, why = said_by(who, why, needs_why=action is not Action.ACKNOWLEDGE)
    about_alert = action in (Action.ACKNOWLEDGE, Action.DISMISS)
    if about_alert != (alert is not None) or about_alert == (scope is not None):
        raise UsageError("alerts are acknowledged or dismissed; scopes are muted or unmuted")
    if scope is not None and scope == Scope():
        raise UsageError("a mute of everything is no watch; name a rule, a board, a country or a region")
    with record.begin(writing=True) as connection:
        # Looked at in the same transaction as is written, so that of two people at once the second is told.
        made = _decisions(connection)
        _check_current(made, seen)
        if action is Action.UNMUTE and scope not in {one.scope for one in _active(made)}:
            raise UsageError("no mute of exactly this scope holds, so there is none to lift")
        connection.execute(insert(watch_decisions).values(
            action=action, alert=alert, rule=scope.rule if scope else None, board=scope.board if scope else None,
            country=scope.country if scope else None, admin1=scope.admin1 if scope else None, until=until,
            who=who, why=why, at=now_utc(),
        ))  # fmt: skip


def _check_current(made: Sequence[Decision], seen: Seen | None) -> None:
    """Refuse to decide over what the one who decides has not seen."""
    since = _bearing_on(seen.alert, made) if seen else ()
    if seen is not None and since and since[-1].number != seen.newest:
        newest = since[-1]
        raise UsageError(
            f"{newest.who} has decided since you loaded the page ({newest.action.value}, {newest.at:%Y-%m-%d %H:%M} "
            "UTC); load the page again and look"
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


def now_utc() -> datetime.datetime:
    """The time it is, UTC, as the inbox keeps times: to the second."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def utc(at: datetime.datetime) -> datetime.datetime:
    """A moment that the record gives: SQLite gives back what it was given without the zone, PostgreSQL in its own."""
    return at.astimezone(datetime.UTC) if at.tzinfo else at.replace(tzinfo=datetime.UTC)
