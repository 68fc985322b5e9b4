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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Final

import certifi
import urllib3
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

import foreshock
from foreshock.errors import UsageError
from foreshock.gather.addresses import Permit, RefusedAddress, Target, is_public, target_of
from foreshock.model.alert import Alert, RuleRecord
from foreshock.record.store import Record
from foreshock.record.watch_tables import watch_deliveries
from foreshock.watch.channels import Channel, Feed, Mail, Webhook, secret
from foreshock.watch.feed import atom
from foreshock.watch.messages import payload, subject, text
from foreshock.watch.store import Handled, now_utc, utc

_UNCONNECTED: Final = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.SSLError,
)
_Send = Callable[[Handled, RuleRecord | None, str], str]
"""Sends one alert; what it returns says what was amiss although it was taken."""
ATTEMPTS: Final = 5
WAITS: Final = (1.0, 4.0, 15.0, 60.0)
"""Seconds between attempts of one run."""
TIMEOUT: Final = 15.0
SENDING, SENT, FAILED, UNSURE = "sending", "sent", "failed", "unsure"
GATEWAYS: Final = (502, 504)
"""Answers of a gateway that does not know whether the server behind it took what it was sent."""
_LONGEST: Final = datetime.timedelta(minutes=10)
"""After which one that is still being sent was broken off."""


class _NotTaken(Exception):
    """The other side certainly did not take it; it may be tried again."""


class _Unsure(Exception):
    """It went out and no answer came."""


@dataclass(frozen=True)
class Delivered:
    """What became of one alert on one channel: `sent`, `failed`, `unsure`, or `known` where it went before."""

    channel: str
    alert: str
    state: str
    why: str


def deliver(
    record: Record, handled: Sequence[Handled], fared: Mapping[str, RuleRecord], configured: Sequence[Channel],
    address: str = "", waits: Sequence[float] = WAITS,
) -> list[Delivered]:  # fmt: skip
    """Send alerts that nobody handled yet to every channel that wants their level; feeds are written whole.

    Raises `UsageError` where a channel's secret is not set, before anything is sent.
    """
    senders = [(channel, _sender(channel)) for channel in configured if not isinstance(channel, Feed)]
    found = []
    for channel, send in senders:
        for one in handled:
            if one.status == "new" and one.alert.state.height >= channel.level.height:
                found.append(_once(record, channel, one, fared.get(one.alert.rule), address, send, waits))
    for feed in configured:
        if isinstance(feed, Feed):
            _write_feed(feed, handled, fared, address)
    return found


def _once(
    record: Record, channel: Webhook | Mail, one: Handled, fared: RuleRecord | None, address: str,
    send: _Send, waits: Sequence[float],
) -> Delivered:  # fmt: skip
    """One alert to one channel. While it waits to try again it stands as failed, so that whoever is stopped then leaves
    it to the next run."""
    alert, done = one.alert, None
    for wait in (0.0, *waits[: ATTEMPTS - 1]):
        time.sleep(wait)
        if not _claimed(record, channel.name, alert.id):
            return done or _begun_before(record, channel, alert)
        state, why, again = _tried(record, channel, alert, lambda: send(one, fared, address))
        _noted(record, channel.name, alert.id, state, why)
        done = Delivered(channel.kind_name, alert.id, state, why)
        if not again:
            break
    assert done is not None  # it is tried at least once
    return done


def _tried(record: Record, channel: Webhook | Mail, alert: Alert, send: Callable[[], str]) -> tuple[str, str, bool]:
    """What becomes of one attempt: the state, why, and whether to try again."""
    try:
        return SENT, send(), False
    except _NotTaken as error:
        return FAILED, str(error), True
    except _Unsure as error:
        return UNSURE, str(error), False
    except RefusedAddress as error:
        return FAILED, str(error), False
    except BaseException as error:
        # Stopped in the middle: it may have gone out.
        why = f"the program was stopped while it sent ({type(error).__name__})"
        _noted(record, channel.name, alert.id, UNSURE, why)
        raise


def _noted(record: Record, channel: str, alert: str, state: str, why: str) -> None:
    """Write down what an attempt came to."""
    table = watch_deliveries.c
    with record.begin(writing=True) as connection:
        connection.execute(
            update(watch_deliveries)
            .where(table.alert == alert, table.channel == channel)
            .values(state=state, attempts=table.attempts + 1, at=now_utc(), why=why)
        )


def _begun_before(record: Record, channel: Webhook | Mail, alert: Alert) -> Delivered:
    """What is to be said of a delivery that an earlier run, or another program, began."""
    table = watch_deliveries.c
    with record.begin() as connection:
        ours = (table.alert == alert.id, table.channel == channel.name)
        state, begun = connection.execute(select(table.state, table.at).where(*ours)).one()
    if state == SENDING and now_utc() - utc(begun) > _LONGEST:
        why = "an earlier run was broken off while it sent"
        _noted(record, channel.name, alert.id, UNSURE, why)
        return Delivered(channel.kind_name, alert.id, UNSURE, why)
    return Delivered(channel.kind_name, alert.id, "known", "it went, or was tried, before")


def _claimed(record: Record, channel: str, alert: str) -> bool:
    """Whether this delivery is ours to make: nobody began it, or it certainly failed. It then counts as begun."""
    table = watch_deliveries.c
    ours = (table.alert == alert, table.channel == channel)
    try:
        with record.begin(writing=True) as connection:
            state = connection.scalar(select(table.state).where(*ours))
            if state is None:
                row = {"alert": alert, "channel": channel, "state": SENDING, "attempts": 0, "at": now_utc(), "why": ""}
                connection.execute(insert(watch_deliveries), row)
                return True
            begun = update(watch_deliveries).where(*ours, table.state == FAILED).values(state=SENDING, at=now_utc())
            return connection.execute(begun).rowcount == 1
    except IntegrityError:
        # Another program wrote the row between our look and our insertion.
        return False


def _sender(channel: Webhook | Mail) -> _Send:
    """What sends to a channel; its secrets are looked up now."""
    if isinstance(channel, Webhook):
        key = secret(channel.secret_variable).encode()
        return lambda one, fared, _: _post(channel, key, payload(one, fared), one.alert.id)
    user = secret(channel.user_variable) if channel.user_variable else None
    password = secret(channel.password_variable) if channel.password_variable else None
    return lambda one, fared, address: _mail(channel, user, password, _message(channel, one, fared, address))


def signature(key: bytes, moment: int, body: bytes) -> str:
    """HMAC-SHA-256 over the moment (Unix seconds), a full stop and the body, as the header carries it."""
    digest = hmac.new(key, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def _permit(private: bool) -> Permit:
    return (lambda _: True) if private else is_public


def _post(channel: Webhook, key: bytes, body: bytes, identity: str) -> str:
    target = target_of(channel.url, _permit(channel.private))
    headers = {
        "Host": target.host if target.port in (80, 443) else f"{target.host}:{target.port}",
        "User-Agent": f"Foreshock/{foreshock.__version__}",
        "Content-Type": "application/json",
        "Idempotency-Key": identity,
        "Foreshock-Signature": signature(key, int(time.time()), body),
    }
    pool = _pool(target)
    try:
        answer = pool.urlopen("POST", target.request, body=body, headers=headers, redirect=False, retries=False)
    except _UNCONNECTED as error:
        raise _NotTaken(f"the server cannot be reached ({type(error).__name__})") from error
    except urllib3.exceptions.HTTPError as error:
        raise _Unsure(f"the connection ended before an answer ({type(error).__name__})") from error
    finally:
        pool.close()
    if answer.status in GATEWAYS:
        raise _Unsure(f"a gateway answers {answer.status}: the server behind it may have taken it")
    if not 200 <= answer.status < 300:
        raise _NotTaken(f"the server answers {answer.status}")
    return ""


def _pool(target: Target) -> urllib3.HTTPConnectionPool:
    timeout = urllib3.Timeout(connect=TIMEOUT, read=TIMEOUT)
    address = str(target.addresses[0])
    if target.scheme == "http":
        return urllib3.HTTPConnectionPool(address, target.port, timeout=timeout)
    return urllib3.HTTPSConnectionPool(
        address, target.port, timeout=timeout, server_hostname=target.host, assert_hostname=target.host,
        cert_reqs="CERT_REQUIRED", ca_certs=certifi.where(),
    )  # fmt: skip


def _message(channel: Mail, one: Handled, fared: RuleRecord | None, address: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = " ".join(f"Foreshock {subject(one)}".split())[:200]
    message["From"] = channel.sender
    message["To"] = ", ".join(channel.to)
    message["Date"] = format_datetime(now_utc())
    message["Message-ID"] = f"<{one.alert.id}.{channel.name[:16]}@foreshock>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text(one, fared, address))
    return message


def _mail(channel: Mail, user: str | None, password: str | None, message: EmailMessage) -> str:
    # The mail client resolves the name again, so it is given the checked address, and the name for the certificate.
    target = target_of(f"http://{channel.server}:{channel.port}/", _permit(channel.private))
    secure = ssl.create_default_context(cafile=certifi.where())
    given = taken = False
    refused: Mapping[str, object] = {}
    try:
        with _server(channel, target, secure) as server:
            if channel.security == "starttls":
                server.starttls(context=secure)
            if user is not None and password is not None:
                server.login(user, password)
            given = True
            refused = server.send_message(message)
            taken = True
    except smtplib.SMTPRecipientsRefused as error:
        raise _NotTaken("the mail server takes none of the recipients") from error
    except smtplib.SMTPResponseException as error:
        if not taken:  # what goes wrong with the parting words changes nothing
            raise _NotTaken(f"the mail server answers {error.smtp_code}") from error
    except (smtplib.SMTPException, OSError) as error:
        if not taken:
            problem = f"the connection to the mail server ended ({type(error).__name__})"
            raise (_Unsure if given else _NotTaken)(problem) from error
    return f"the mail server would not take it for {', '.join(sorted(refused))}" if refused else ""


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


def _write_feed(channel: Feed, handled: Sequence[Handled], fared: Mapping[str, RuleRecord], address: str) -> None:
    shown = [
        one for one in handled
        if one.status in ("new", "acknowledged") and one.alert.state.height >= channel.level.height
    ]  # fmt: skip
    path = Path(channel.path)
    unfinished = path.with_name(f".{path.name}.new")
    try:
        unfinished.write_bytes(atom(shown, fared, channel.address or address))
        unfinished.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: the feed cannot be written ({error.strerror})") from error
