"""Sending alerts: mail and webhook, each alert to each channel once.

A delivery is written down before it is tried. It is tried again only where it is certain that it did not arrive: the
connection was refused, or the server answered that it would not have it. Where the connection broke before an
answer came, a gateway answered for a server that may have taken it, or the program was stopped while it sent, the
delivery stays *unsure* and is not repeated: rather once too few, and said so in every run, than twice. A person can
have it sent again, and so does a webhook of whose receiver it is said that it knows an alert that it has.
"""

import datetime
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from foreshock.gather.addresses import RefusedAddress
from foreshock.model.alert import RuleRecord
from foreshock.model.whole import whole_file
from foreshock.record.store import Record
from foreshock.watch.channels import Channel, Feed, Mail
from foreshock.watch.deliveries import (
    FAILED,
    OLD,
    SENT,
    UNSURE,
    attempts_at,
    begun_before,
    carry_over,
    claimed,
    noted,
    put_off,
)
from foreshock.watch.feed import atom
from foreshock.watch.periods import now_utc
from foreshock.watch.senders import Line, NotTaken, Refused, Unsure, lines_of
from foreshock.watch.store import MOST_LISTED, Handled

WAITS: Final = (1.0, 4.0, 15.0, 60.0)
"""Seconds between the rounds of one run, in each of which what failed before is tried again."""
MOST_IN_A_ROW: Final = 3
"""Alerts that fail one after another in the last round, or may not have arrived, before the channel is left to the next
run: at a time-out for each, a dead server would hold the others for hours, and a gateway before it lose them all."""
KNOWN, STILL_UNSURE = "known", "still unsure"


@dataclass(frozen=True)
class Delivered:
    """What became of one alert on one channel: `sent`, `failed`, `unsure`, `still unsure` where an earlier run left it
    so, or `known` where it went before.

    `alert` is empty of a feed, which is written whole, and of all that is `too old` for a channel, told together once.
    """

    channel: str
    alert: str
    state: str
    why: str

    @property
    def arrived(self) -> bool:
        """Whether nobody need look after it: it went, in this run or before."""
        return self.state in (SENT, KNOWN, OLD)


def deliver(
    record: Record, handled: Sequence[Handled], fared: Mapping[str, RuleRecord], configured: Sequence[Channel],
    address: str = "", waits: Sequence[float] = WAITS,
) -> list[Delivered]:  # fmt: skip
    """Send alerts that nobody handled yet to every channel that wants their level; feeds are written whole, and first.

    What fails is tried again in rounds, `waits` (seconds) apart, in each of which every channel has its turn.
    Raises `UsageError` where a channel's secret is not set, before anything is sent.
    """
    lines = [
        one for channel in configured if not isinstance(channel, Feed) for one in lines_of(channel, fared, address)
    ]
    unwritten = list(_unwritten(configured, handled, fared, address))
    for channel in configured:
        if isinstance(channel, Mail):
            carry_over(record, channel)
    waiting = _waiting(record, lines, handled)
    passed_over = [told for line, queue in waiting if (told := _passed_over(record, line, queue))]
    return [*unwritten, *passed_over, *_in_rounds(record, waiting, waits)]


def _unwritten(
    configured: Sequence[Channel], handled: Sequence[Handled], fared: Mapping[str, RuleRecord], address: str
) -> Iterator[Delivered]:
    """Write the feeds; those come back that could not be written."""
    for channel in configured:
        if isinstance(channel, Feed) and (problem := _write_feed(channel, handled, fared, address)):
            yield Delivered(f"feed {channel.path}", "", FAILED, problem)


_Waiting = Sequence[tuple[Line, Sequence[Handled]]]
"""What waits to be sent, by line."""


def _waiting(record: Record, lines: Sequence[Line], handled: Sequence[Handled]) -> _Waiting:
    """The alerts that nobody handled yet and that stand as high as a line wants them, the least often tried first, lest
    three that a receiver never answers for keep the rest from it in every run."""
    new = [one for one in handled if one.status == "new"]
    waiting = []
    for line in lines:
        tried = attempts_at(record, line.name)
        wanted = [one for one in new if one.alert.state.height >= line.level.height]
        waiting.append((line, sorted(wanted, key=lambda one: tried.get(one.alert.id, 0))))
    return waiting


def _passed_over(record: Record, line: Line, queue: Sequence[Handled]) -> Delivered | None:
    """Have what was raised too long ago, and never tried on this line, be sent to it by no run; what is to be said of
    it, null where nothing is."""
    since = now_utc() - datetime.timedelta(days=line.days)
    old = [one.alert.id for one in queue if one.raised_at < since]
    why = f"raised more than {line.days} days before it would have been sent there first"
    number = put_off(record, line.name, old, OLD, why) if old else 0
    told = f"{number} {'alert' if number == 1 else 'alerts'} {why}; foreshock alerts resend sends one all the same"
    return Delivered(line.shown, "", OLD, told) if number else None


def _in_rounds(record: Record, waiting: _Waiting, waits: Sequence[float]) -> list[Delivered]:
    """Send what waits, one round after another until nothing does; what became of each."""
    found: dict[tuple[str, str], Delivered] = {}
    for number, wait in enumerate((0.0, *waits)):
        time.sleep(wait)
        last = number == len(waits)
        left = [(line, _round(record, line, queue, last, found)) for line, queue in waiting]
        waiting = [(line, queue) for line, queue in left if queue]
        if not waiting:
            break
    return list(found.values())


def _round(
    record: Record, line: Line, queue: Sequence[Handled], last: bool, found: dict[tuple[str, str], Delivered]
) -> Sequence[Handled]:
    """Try what waits for a line, one after another; what is left for the next round comes back.

    Where one fails the rest waits with it, for the server may be down; in the `last` round each is tried. Once three in
    a row have failed, or may not have arrived, what is left is for the next run. While it waits it stands as failed, so
    that whoever is stopped then leaves it to the next run.
    """
    failed = 0
    for at, one in enumerate(queue):
        alert = one.alert.id
        if not claimed(record, line.name, alert, (FAILED, UNSURE) if line.repeats else (FAILED,)):
            if (line.name, alert) not in found:
                found[line.name, alert] = _begun_before(record, line, alert)
            continue
        state, why, again = _tried(record, line, one)
        noted(record, line.name, alert, state, why)
        found[line.name, alert] = Delivered(line.shown, alert, state, why)
        failed = failed + 1 if again or state == UNSURE else 0
        if again and not last:
            return queue[at:]
        if failed == MOST_IN_A_ROW:
            why = f"not tried in this run: {failed} in a row failed before it, or may not have arrived"
            rest = [one.alert.id for one in queue[at + 1 :] if (line.name, one.alert.id) not in found]
            put_off(record, line.name, rest, FAILED, why)
            found.update({(line.name, one): _begun_before(record, line, one, why) for one in rest})
            break
    return ()


def _tried(record: Record, line: Line, one: Handled) -> tuple[str, str, bool]:
    """What becomes of one attempt: the state, why, and whether to try again."""
    try:
        line.send(one)
    except NotTaken as error:
        return FAILED, str(error), True
    except Unsure as error:
        return UNSURE, str(error), False
    except (RefusedAddress, Refused) as error:
        return FAILED, str(error), False
    except BaseException as error:
        # Stopped in the middle: it may have gone out.
        why = f"the program was stopped while it sent ({type(error).__name__})"
        noted(record, line.name, one.alert.id, UNSURE, why)
        raise
    return SENT, "", False


def _begun_before(record: Record, line: Line, alert: str, failed: str = "") -> Delivered:
    """What is to be said of a delivery that an earlier run, or another program, began; `failed` says why one that
    stands as failed was not tried in this run."""
    before = begun_before(record, line.name, alert)
    if before.state == FAILED and failed:
        return Delivered(line.shown, alert, FAILED, failed)
    if before.state == UNSURE:
        return Delivered(line.shown, alert, STILL_UNSURE, before.why)
    return Delivered(line.shown, alert, KNOWN, "it went, or was tried, before")


def _write_feed(channel: Feed, handled: Sequence[Handled], fared: Mapping[str, RuleRecord], address: str) -> str:
    """Write a feed whole; what was amiss, empty where nothing was."""
    shown = [
        one for one in handled
        if one.status in ("new", "acknowledged") and one.alert.state.height >= channel.level.height
    ][:MOST_LISTED]  # fmt: skip
    try:
        with whole_file(Path(channel.path)) as file:
            file.write(atom(shown, fared, channel.address or address))
    except OSError as error:
        return f"the feed cannot be written ({error.strerror})"
    return ""
