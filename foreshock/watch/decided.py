"""What people decided about alerts: kept for good, the newest holds; and which mutes cover what, over time."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from foreshock.errors import UsageError
from foreshock.model.alert import Action, Alert, Decision, Scope
from foreshock.model.board import Where
from foreshock.model.day import in_utc
from foreshock.model.decision import said_by
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_decisions
from foreshock.watch.periods import now_utc


@dataclass(frozen=True)
class Seen:
    """An alert as somebody saw it who decides: with `newest` the number of the newest decision then shown."""

    alert: Alert
    newest: int


@dataclass(frozen=True)
class Decided:
    """What was decided, laid out to hold many alerts against it: about single ones by their ids, about scopes, and the
    mutes that nobody lifted; each oldest first."""

    about: Mapping[str, Sequence[Decision]]
    scoped: Sequence[Decision]
    mutes: Sequence["_Mute"]

    def newest_about(self, alert: str) -> Decision | None:
        """What was decided last about an alert itself."""
        return self.about[alert][-1] if alert in self.about else None

    def covering(
        self, rule: str, board: str | None, where: Where, raised: datetime.datetime
    ) -> tuple[Decision, ...]:  # fmt: skip
        """The mutes that an alert of this rule and board at this place, `raised` then, falls under, the newest of each
        scope: those that hold today, and those that held when it was raised, for that a mute ends makes nothing new."""
        today = now_utc()
        found = {
            one.scope: one.decision
            for one in self.mutes
            if one.scope.holds(rule, board, where) and (one.held(today) or one.held(raised))
        }
        return tuple(found.values())

    def history(self, alert: Alert) -> tuple[Decision, ...]:
        """Everything that bears on an alert."""
        made = [*self.about.get(alert.id, ()), *self.scoped]
        return _bearing_on(alert, sorted(made, key=lambda one: one.number))


def decided(connection: Connection) -> Decided:
    """What was decided, as it is now."""
    made = _decisions(connection)
    about: dict[str, list[Decision]] = {}
    for one in made:
        if one.alert is not None:
            about.setdefault(one.alert, []).append(one)
    return Decided(about, [one for one in made if one.scope is not None], _mutes(made))


def _bearing_on(alert: Alert, made: Sequence[Decision]) -> tuple[Decision, ...]:
    """What was decided about the alert itself or about a scope that covers it."""
    return tuple(one for one in made if one.alert == alert.id or (one.scope is not None and one.scope.covers(alert)))


@dataclass(frozen=True)
class _Mute:
    """A mute that nobody lifted, and when another of its scope took its place; null where none did."""

    decision: Decision
    scope: Scope
    replaced: datetime.datetime | None = None

    def held(self, moment: datetime.datetime) -> bool:
        """Whether it held then: to the end of its last day (UTC)."""
        until = self.decision.until
        begun = self.decision.at <= moment and (self.replaced is None or moment < self.replaced)
        return begun and (until is None or moment.date() <= until)


def _mutes(made: Sequence[Decision]) -> list[_Mute]:
    """The mutes that nobody lifted, oldest first, those that are over too."""
    found: dict[Scope, list[_Mute]] = {}
    for one in made:
        if one.scope is None:
            continue
        before = found.setdefault(one.scope, [])
        if one.action is Action.UNMUTE:
            before.clear()
            continue
        if before:
            before[-1] = replace(before[-1], replaced=one.at)
        before.append(_Mute(one, one.scope))
    return sorted((mute for mutes in found.values() for mute in mutes), key=lambda mute: mute.decision.number)


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
            until=row["until"], who=row["who"], why=row["why"], at=in_utc(row["at"]),
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
        if action is Action.UNMUTE and scope not in {one.scope for one in _mutes(made)}:
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
