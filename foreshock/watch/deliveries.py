"""Deliveries as they are written down: an alert to a webhook, or to one mail address, and what became of it."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import insert, select, update

from foreshock.model.day import in_utc
from foreshock.model.decision import said_by
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_deliveries
from foreshock.watch.channels import Mail
from foreshock.watch.periods import now_utc

SENDING, SENT, FAILED, UNSURE, OLD = "sending", "sent", "failed", "unsure", "too old"
_LONGEST: Final = datetime.timedelta(minutes=10)
"""After which one that is still being sent was broken off."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery as it is written down. `channel` is a hash, for addresses may hold secrets; `at` the time of the last
    attempt, `why` what went wrong in it."""

    channel: str
    state: str
    attempts: int
    at: datetime.datetime
    why: str


def claimed(record: Record, channel: str, alert: str, among: Collection[str] = (FAILED,)) -> bool:
    """Whether this delivery is ours to make: nobody began it, or what it came to is `among` these states; by default
    that it certainly failed. It then counts as begun."""
    table = watch_deliveries.c
    ours = (table.alert == alert, table.channel == channel)
    with record.begin(writing=True) as connection:
        # One program writes at a time, so what is looked at here is so until it is written.
        if connection.scalar(select(table.state).where(*ours)) is None:
            row = {"alert": alert, "channel": channel, "state": SENDING, "attempts": 0, "at": now_utc(), "why": ""}
            connection.execute(insert(watch_deliveries), row)
            return True
        begun = update(watch_deliveries).where(*ours, table.state.in_(among)).values(state=SENDING, at=now_utc())
        return connection.execute(begun).rowcount == 1


def noted(record: Record, channel: str, alert: str, state: str, why: str) -> None:
    """Write down what an attempt came to."""
    table = watch_deliveries.c
    with record.begin(writing=True) as connection:
        connection.execute(
            update(watch_deliveries)
            .where(table.alert == alert, table.channel == channel)
            .values(state=state, attempts=table.attempts + 1, at=now_utc(), why=why)
        )


def begun_before(record: Record, channel: str, alert: str) -> Delivery:
    """A delivery that an earlier run, or another program, began; one that was broken off while it was sent counts as
    unsure from now on."""
    table = watch_deliveries.c
    ours = (table.alert == alert, table.channel == channel)
    with record.begin() as connection:
        found = _delivery(connection.execute(select(watch_deliveries).where(*ours)).one())
    if found.state != SENDING or now_utc() - found.at <= _LONGEST:
        return found
    why = "an earlier run was broken off while it sent"
    noted(record, channel, alert, UNSURE, why)
    return msgspec.structs.replace(found, state=UNSURE, why=why)


def put_off(record: Record, channel: str, alerts: Sequence[str], state: str, why: str) -> int:
    """Write down of alerts that were never tried on a channel that they were not: as failed, which leaves them to the
    next run, or as too old; how many those are."""
    table = watch_deliveries.c
    with record.begin(writing=True) as connection:
        known = set(connection.scalars(select(table.alert).where(table.channel == channel)))
        rows = [
            {"alert": one, "channel": channel, "state": state, "attempts": 0, "at": now_utc(), "why": why}
            for one in alerts
            if one not in known
        ]
        if rows:
            connection.execute(insert(watch_deliveries), rows)
    return len(rows)


def send_again(record: Record, alert: str, who: str) -> int:
    """Have the next run send an alert wherever it may not have arrived, or was too old to be sent; how many deliveries
    those are. Raises `UsageError` where `who` is nobody, or too long a name."""
    table = watch_deliveries.c
    unsure = update(watch_deliveries).where(table.alert == alert, table.state.in_((UNSURE, OLD)))
    who, _ = said_by(who, "", needs_why=False)
    asked = unsure.values(state=FAILED, why=f"to be sent, says {who}")
    with record.begin(writing=True) as connection:
        return connection.execute(asked).rowcount


def attempts_at(record: Record, channel: str) -> dict[str, int]:
    """How often each alert was tried on a channel, of those that were put down for it."""
    table = watch_deliveries.c
    with record.begin() as connection:
        rows = connection.execute(select(table.alert, table.attempts).where(table.channel == channel))
        return {row.alert: row.attempts for row in rows}


def deliveries_of(record: Record, alert: str) -> list[Delivery]:
    """Where an alert was sent, or was to be, and what came of it."""
    query = select(watch_deliveries).where(watch_deliveries.c.alert == alert)
    with record.begin() as connection:
        return [_delivery(row) for row in connection.execute(query.order_by(watch_deliveries.c.channel))]


def _delivery(row: Any) -> Delivery:  # noqa: ANN401 - a row of the deliveries' table
    return Delivery(channel=row.channel, state=row.state, attempts=row.attempts, at=in_utc(row.at), why=row.why)


def carry_over(record: Record, channel: Mail) -> None:
    """Put deliveries that stand under the name that a channel's recipients once had together down for each of them."""
    table = watch_deliveries.c
    with record.begin(writing=True) as connection:
        former = select(watch_deliveries).where(table.channel == channel.former_name)
        before = [dict(row) for row in connection.execute(former).mappings()]
        for name in channel.recipients if before else ():
            known = set(connection.scalars(select(table.alert).where(table.channel == name)))
            if rows := [{**row, "channel": name} for row in before if row["alert"] not in known]:
                connection.execute(insert(watch_deliveries), rows)
