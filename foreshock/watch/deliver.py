"""Sending alerts: mail and webhook, each alert to each channel once.

A delivery is written down before it is tried. It is tried again only where it is certain that it did not arrive: the
connection was refused, or the server answered that it would not have it. Where the connection broke before an
answer came, a gateway answered for a server that may have taken it, or the program was stopped while it sent, the
delivery stays *unsure* and is not repeated: rather once too few, and said so, than twice.
"""

import datetime
import hashlib
import hmac
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Final

import certifi
from sqlalchemy import insert, select, update
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

import foreshock
from foreshock.gather.addresses import Permit, RefusedAddress, Target, is_public, target_of
from foreshock.model.alert import RuleRecord
from foreshock.model.board import State
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_deliveries
from foreshock.watch.channels import Channel, Feed, Mail, Webhook, secret
from foreshock.watch.feed import atom
from foreshock.watch.messages import payload, subject, text
from foreshock.watch.store import MOST_LISTED, Handled, now_utc, utc

_BROKEN: Final = (HTTPError, HTTPException, OSError)
"""What a broken connection to a webhook is told by."""
_Send = Callable[[Handled], None]
WAITS: Final = (1.0, 4.0, 15.0, 60.0)
"""Seconds between the rounds of one run, in each of which what failed before is tried again."""
TIMEOUT: Final = 15.0
MOST_IN_A_ROW: Final = 3
"""Alerts that fail one after another in the last round before the channel is left to the next run: at a time-out for
each, a dead server would hold the others for hours."""
SENDING, SENT, FAILED, UNSURE = "sending", "sent", "failed", "unsure"
GATEWAYS: Final = (502, 504)
"""Answers of a gateway that does not know whether the server behind it took what it was sent."""
_LONGEST: Final = datetime.timedelta(minutes=10)
"""After which one that is still being sent was broken off."""


class _NotTaken(Exception):
    """The other side certainly did not take it; it may be tried again."""


class _Refused(Exception):
    """It was not taken, and would not be in a minute."""


class _Unsure(Exception):
    """It went out and no answer came."""


@dataclass(frozen=True)
class Delivered:
    """What became of one alert on one channel: `sent`, `failed`, `unsure`, or `known` where it went before.

    `alert` is empty of a feed, which is written whole.
    """

    channel: str
    alert: str
    state: str
    why: str


@dataclass(frozen=True)
class _Line:
    """A webhook, or one recipient of mail: what deliveries are written down for, under `name`."""

    name: str
    shown: str
    level: State
    send: _Send


def deliver(
    record: Record, handled: Sequence[Handled], fared: Mapping[str, RuleRecord], configured: Sequence[Channel],
    address: str = "", waits: Sequence[float] = WAITS,
) -> list[Delivered]:  # fmt: skip
    """Send alerts that nobody handled yet to every channel that wants their level; feeds are written whole, and first.

    What fails is tried again in rounds, `waits` (seconds) apart, in each of which every channel has its turn.
    Raises `UsageError` where a channel's secret is not set, before anything is sent.
    """
    lines = [one for channel in configured if not isinstance(channel, Feed) for one in _lines(channel, fared, address)]
    unwritten = [
        Delivered(f"feed {feed.path}", "", FAILED, problem)
        for feed in configured
        if isinstance(feed, Feed) and (problem := _write_feed(feed, handled, fared, address))
    ]
    for channel in configured:
        if isinstance(channel, Mail):
            _carry_over(record, channel)
    new = [one for one in handled if one.status == "new"]
    waiting: list[tuple[_Line, Sequence[Handled]]] = [
        (line, [one for one in new if one.alert.state.height >= line.level.height]) for line in lines
    ]
    found: dict[tuple[str, str], Delivered] = {}
    for number, wait in enumerate((0.0, *waits)):
        time.sleep(wait)
        last = number == len(waits)
        left = [(line, _round(record, line, queue, last, found)) for line, queue in waiting]
        waiting = [(line, queue) for line, queue in left if queue]
        if not waiting:
            break
    return [*unwritten, *found.values()]


def _round(
    record: Record, line: _Line, queue: Sequence[Handled], last: bool, found: dict[tuple[str, str], Delivered]
) -> Sequence[Handled]:
    """Try what waits for a line, one after another; what is left for the next round comes back.

    Where one fails the rest waits with it, for the server may be down; in the `last` round each is tried, until three
    in a row have failed: then what is left is for the next run. While it waits it stands as failed, so that whoever is
    stopped then leaves it to the next run.
    """
    failed = 0
    for at, one in enumerate(queue):
        alert = one.alert.id
        if not _claimed(record, line.name, alert):
            if (line.name, alert) not in found:
                found[line.name, alert] = _begun_before(record, line, alert)
            continue
        state, why, again = _tried(record, line, one)
        _noted(record, line.name, alert, state, why)
        found[line.name, alert] = Delivered(line.shown, alert, state, why)
        failed = failed + 1 if again else 0
        if again and not last:
            return queue[at:]
        if failed == MOST_IN_A_ROW:
            why = f"not tried in this run: {failed} in a row failed before it"
            found.update(
                {
                    (line.name, rest.alert.id): Delivered(line.shown, rest.alert.id, FAILED, why)
                    for rest in queue[at + 1 :]
                    if (line.name, rest.alert.id) not in found
                }
            )
            break
    return ()


def _tried(record: Record, line: _Line, one: Handled) -> tuple[str, str, bool]:
    """What becomes of one attempt: the state, why, and whether to try again."""
    try:
        line.send(one)
    except _NotTaken as error:
        return FAILED, str(error), True
    except _Unsure as error:
        return UNSURE, str(error), False
    except (RefusedAddress, _Refused) as error:
        return FAILED, str(error), False
    except BaseException as error:
        # Stopped in the middle: it may have gone out.
        why = f"the program was stopped while it sent ({type(error).__name__})"
        _noted(record, line.name, one.alert.id, UNSURE, why)
        raise
    return SENT, "", False


def _noted(record: Record, channel: str, alert: str, state: str, why: str) -> None:
    """Write down what an attempt came to."""
    table = watch_deliveries.c
    with record.begin(writing=True) as connection:
        connection.execute(
            update(watch_deliveries)
            .where(table.alert == alert, table.channel == channel)
            .values(state=state, attempts=table.attempts + 1, at=now_utc(), why=why)
        )


def _begun_before(record: Record, line: _Line, alert: str) -> Delivered:
    """What is to be said of a delivery that an earlier run, or another program, began."""
    table = watch_deliveries.c
    with record.begin() as connection:
        ours = (table.alert == alert, table.channel == line.name)
        state, begun = connection.execute(select(table.state, table.at).where(*ours)).one()
    if state == SENDING and now_utc() - utc(begun) > _LONGEST:
        why = "an earlier run was broken off while it sent"
        _noted(record, line.name, alert, UNSURE, why)
        return Delivered(line.shown, alert, UNSURE, why)
    return Delivered(line.shown, alert, "known", "it went, or was tried, before")


def _claimed(record: Record, channel: str, alert: str) -> bool:
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


def _carry_over(record: Record, channel: Mail) -> None:
    """Put deliveries that stand under the name that a channel's recipients once had together down for each of them."""
    table = watch_deliveries.c
    with record.begin(writing=True) as connection:
        former = select(watch_deliveries).where(table.channel == channel.former_name)
        before = [dict(row) for row in connection.execute(former).mappings()]
        for name in channel.recipients if before else ():
            known = set(connection.scalars(select(table.alert).where(table.channel == name)))
            if rows := [{**row, "channel": name} for row in before if row["alert"] not in known]:
                connection.execute(insert(watch_deliveries), rows)


def _lines(channel: Webhook | Mail, fared: Mapping[str, RuleRecord], address: str) -> Iterator[_Line]:
    """What a channel sends to; its secrets are looked up now."""
    if isinstance(channel, Webhook):
        yield _Line(channel.name, "webhook", channel.level, _poster(channel, fared))
        return
    user = secret(channel.user_variable) if channel.user_variable else None
    password = secret(channel.password_variable) if channel.password_variable else None
    for name, to in channel.recipients.items():
        yield _Line(name, f"mail to {to}", channel.level, partial(_mail, channel, to, user, password, fared, address))


def _poster(channel: Webhook, fared: Mapping[str, RuleRecord]) -> _Send:
    key = secret(channel.secret_variable).encode()
    return lambda one: _post(channel, key, payload(one, fared.get(one.alert.rule)), one.alert.id)


def signature(key: bytes, moment: int, body: bytes) -> str:
    """HMAC-SHA-256 over the moment (Unix seconds), a full stop and the body, as the header carries it."""
    digest = hmac.new(key, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def _permit(private: bool) -> Permit:
    return (lambda _: True) if private else is_public


def _post(channel: Webhook, key: bytes, body: bytes, identity: str) -> None:
    target = target_of(channel.url, _permit(channel.private))
    headers = {
        "Host": target.host if target.port in (80, 443) else f"{target.host}:{target.port}",
        "User-Agent": f"Foreshock/{foreshock.__version__}",
        "Content-Type": "application/json",
        "Idempotency-Key": identity,
        "Foreshock-Signature": signature(key, int(time.time()), body),
    }
    connection = _connection(target)
    try:
        # Connected first, by itself: what goes wrong in that cannot have arrived, and the same error after it can.
        try:
            connection.connect()
        except _BROKEN as error:
            raise _NotTaken(f"the server cannot be reached ({type(error).__name__})") from error
        try:
            connection.request("POST", target.request, body=body, headers=headers, preload_content=False)
            status = connection.getresponse().status
        except _BROKEN as error:
            raise _Unsure(f"the connection ended before an answer ({type(error).__name__})") from error
    finally:
        connection.close()
    if status in GATEWAYS:
        raise _Unsure(f"a gateway answers {status}: the server behind it may have taken it")
    if not 200 <= status < 300:
        raise _NotTaken(f"the server answers {status}")


def _connection(target: Target) -> HTTPConnection:
    address = str(target.addresses[0])
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=TIMEOUT)
    return HTTPSConnection(
        address, target.port, timeout=TIMEOUT, server_hostname=target.host, assert_hostname=target.host,
        cert_reqs="CERT_REQUIRED", ca_certs=certifi.where(),
    )  # fmt: skip


def _message(channel: Mail, one: Handled, fared: RuleRecord | None, address: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = " ".join(f"Foreshock {subject(one)}".split())[:200]
    message["From"] = channel.sender
    message["To"] = ", ".join(channel.to)
    message["Date"] = format_datetime(now_utc())
    sender = hashlib.sha256(channel.sender.encode()).hexdigest()
    message["Message-ID"] = f"<{one.alert.id}.{sender[:16]}@foreshock>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text(one, fared, address))
    return message


def _mail(
    channel: Mail, to: str, user: str | None, password: str | None, fared: Mapping[str, RuleRecord], address: str,
    one: Handled,
) -> None:  # fmt: skip
    message = _message(channel, one, fared.get(one.alert.rule), address)
    # The mail client resolves the name again, so it is given the checked address, and the name for the certificate.
    target = target_of(f"http://{channel.server}:{channel.port}/", _permit(channel.private))
    secure = ssl.create_default_context(cafile=certifi.where())
    given = taken = False
    try:
        with _server(channel, target, secure) as server:
            if channel.security == "starttls":
                server.starttls(context=secure)
            if user is not None and password is not None:
                server.login(user, password)
            given = True
            server.send_message(message, to_addrs=[parseaddr(to)[1]])
            taken = True
    except smtplib.SMTPRecipientsRefused as error:
        # The one recipient is deferred (greylisted, its box full), or for good refused.
        [(code, _)] = error.recipients.values()
        raise (_NotTaken if 400 <= code < 500 else _Refused)(
            f"the mail server would not take it for {to}: it answers {code}"
        ) from error
    except smtplib.SMTPResponseException as error:
        if not taken:  # what goes wrong with the parting words changes nothing
            raise _NotTaken(f"the mail server answers {error.smtp_code}") from error
    except (smtplib.SMTPException, OSError) as error:
        if not taken:
            problem = f"the connection to the mail server ended ({type(error).__name__})"
            raise (_Unsure if given else _NotTaken)(problem) from error


def _server(channel: Mail, target: Target, secure: ssl.SSLContext) -> smtplib.SMTP:
    address = str(target.addresses[0])
    if channel.security == "tls":
        return _CheckedTls(channel.server, address, channel.port, secure)
    return _Checked(channel.server, address, channel.port)


class _Checked(smtplib.SMTP):
    """A connection to an address that was checked; certificates are held against the name."""

    def __init__(self, name: str, address: str, port: int) -> None:
        self._checked = address
        super().__init__(name, port, timeout=TIMEOUT)

    def _get_socket(self, _: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection((self._checked, port), timeout)


class _CheckedTls(smtplib.SMTP_SSL):
    """The same, over TLS from the first byte."""

    def __init__(self, name: str, address: str, port: int, secure: ssl.SSLContext) -> None:
        self._checked, self._name, self._secure = address, name, secure
        super().__init__(name, port, timeout=TIMEOUT, context=secure)

    def _get_socket(self, _: str, port: int, timeout: float) -> ssl.SSLSocket:
        plain = socket.create_connection((self._checked, port), timeout)
        return self._secure.wrap_socket(plain, server_hostname=self._name)


def _write_feed(channel: Feed, handled: Sequence[Handled], fared: Mapping[str, RuleRecord], address: str) -> str:
    """Write a feed whole; what was amiss, empty where nothing was."""
    shown = [
        one for one in handled
        if one.status in ("new", "acknowledged") and one.alert.state.height >= channel.level.height
    ][:MOST_LISTED]  # fmt: skip
    path = Path(channel.path)
    unfinished = path.with_name(f".{path.name}.new")
    try:
        unfinished.write_bytes(atom(shown, fared, channel.address or address))
        unfinished.replace(path)
    except OSError as error:
        return f"the feed cannot be written ({error.strerror})"
    return ""
