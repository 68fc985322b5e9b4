"""Deliveries as they are written down: an alert to a webhook, or to one mail address, and what became of it."""

import datetime
from typing import Final

from sqlalchemy import insert, select, update

from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_deliveries
from foreshock.watch.channels import Mail
from foreshock.watch.store import now_utc, utc

SENDING, SENT, FAILED, UNSURE = "sending", "sent", "failed", "unsure"
_LONGEST: Final = datetime.timedelta(minutes=10)
"""After which one that is still being sent was broken off."""


def claimed(record: Record, channel: str, alert: str) -> bool:
    """Whether this delivery is ours to make: nobody began it, or it certainly failed. It then counts as begun."""
    table = watch_deliveries.c
    ours = (table.alert == alert, table.channel == channel)
    with record.begin(writing=True) as connection:
        # One program writes at a time, so what is looked at here is so until it is written.
        if connection.scalar(select(table.state).where(*ours)) is None:
            row = {"alert": alert, "channel": channel, "state": SENDING, "attempts": 0, "at": now_utc(), "why": ""}
            connection.execute(insert(watch_deliveries), row)
            return True
        begun = update(watch_deliveries).where(*ours, table.state == FAILED).values(state=SENDING, at=now_utc())
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


def broken_off(record: Record, channel: str, alert: str) -> bool:
    """Whether an earlier run began this delivery, and so long ago that it was broken off while it sent."""
    table = watch_deliveries.c
    with record.begin() as connection:
        ours = (table.alert == alert, table.channel == channel)
        state, begun = connection.execute(select(table.state, table.at).where(*ours)).one()
    return state == SENDING and now_utc() - utc(begun) > _LONGEST


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
