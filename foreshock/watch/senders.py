"""How an alert goes out: to a webhook as signed JSON, to a mail address as a letter of its own.

What an attempt came to is told by what is raised: `NotTaken` where it certainly did not arrive, `Unsure` where it may
have.
"""

import hashlib
import hmac
import signal
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import partial
from http.client import HTTPException
from typing import Final, NoReturn

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

import foreshock
from foreshock.gather.addresses import Permit, Target, is_public, target_of
from foreshock.model.alert import RuleRecord
from foreshock.model.board import State
from foreshock.watch.channels import Mail, Webhook, secret
from foreshock.watch.messages import payload, subject, text
from foreshock.watch.periods import now_utc
from foreshock.watch.store import Handled

_BROKEN: Final = (HTTPError, HTTPException, OSError)
"""What a broken connection to a webhook is told by."""
TIMEOUT: Final = 15.0
"""Seconds without a byte after which the other side counts as gone."""
LONGEST: Final = 60.0
"""Seconds that one attempt may take, however often a byte comes."""
GATEWAYS: Final = (502, 504)
"""Answers of a gateway that does not know whether the server behind it took what it was sent."""
_Send = Callable[[Handled], None]


class NotTaken(Exception):
    """The other side certainly did not take it; it may be tried again."""


class Refused(Exception):
    """It was not taken, and would not be in a minute."""


class Unsure(Exception):
    """It went out and no answer came."""


@dataclass(frozen=True)
class Line:
    """A webhook, or one recipient of mail: what deliveries are written down for, under `name`.

    What may not have arrived is sent again in the next run where it `repeats`; what was raised more than so many `days`
    ago is not sent for the first time.
    """

    name: str
    shown: str
    level: State
    days: int
    send: _Send
    repeats: bool = False


def lines_of(channel: Webhook | Mail, fared: Mapping[str, RuleRecord], address: str) -> Iterator[Line]:
    """What a channel sends to; its secrets are looked up now."""
    if isinstance(channel, Webhook):
        yield Line(channel.name, "webhook", channel.level, channel.days, _poster(channel, fared), channel.idempotent)
        return
    user = secret(channel.user_variable) if channel.user_variable else None
    password = secret(channel.password_variable) if channel.password_variable else None
    for name, to in channel.recipients.items():
        send = partial(_mail, channel, to, user, password, fared, address)
        yield Line(name, f"mail to {to}", channel.level, channel.days, send)


def _poster(channel: Webhook, fared: Mapping[str, RuleRecord]) -> _Send:
    key = secret(channel.secret_variable).encode()
    return lambda one: _post(channel, key, payload(one, fared.get(one.alert.rule)), one.alert.id)


def signature(key: bytes, moment: int, body: bytes) -> str:
    """HMAC-SHA-256 over the moment (Unix seconds), a full stop and the body, as the header carries it."""
    digest = hmac.new(key, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


@contextmanager
def _in_time() -> Iterator[None]:
    """Whatever is waited for in here ends after `LONGEST` seconds with a `TimeoutError`; and so does what is waited for
    on the way out of it. Elsewhere than in the main thread, and on Windows, there is only the limit of each wait.

    Not in a thread that is given up, as a page is fetched: that would go on, and might deliver what was written down as
    not taken, and is sent again. A page that comes too late is dropped, and does nobody harm.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def end(*_: object) -> NoReturn:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, LONGEST, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
    with _in_time():
        status = _status(connection, target, body, headers)
    if status in GATEWAYS:
        raise Unsure(f"a gateway answers {status}: the server behind it may have taken it")
    if not 200 <= status < 300:
        raise NotTaken(f"the server answers {status}")


def _status(connection: HTTPConnection, target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    """What the server answers to a POST."""
    try:
        # Connected first, by itself: what goes wrong in that cannot have arrived, and the same error after it can.
        try:
            connection.connect()
        except _BROKEN as error:
            raise NotTaken(f"the server cannot be reached ({type(error).__name__})") from error
        try:
            connection.request("POST", target.request, body=body, headers=headers, preload_content=False)
            return connection.getresponse().status
        except _BROKEN as error:
            raise Unsure(f"the connection ended before an answer ({type(error).__name__})") from error
    finally:
        connection.close()


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
        with _in_time(), _server(channel, target, secure) as server:
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
        raise (NotTaken if 400 <= code < 500 else Refused)(
            f"the mail server would not take it for {to}: it answers {code}"
        ) from error
    except smtplib.SMTPResponseException as error:
        if not taken:  # what goes wrong with the parting words changes nothing
            raise NotTaken(f"the mail server answers {error.smtp_code}") from error
    except (smtplib.SMTPException, OSError) as error:
        if not taken:
            problem = f"the connection to the mail server ended ({type(error).__name__})"
            raise (Unsure if given else NotTaken)(problem) from error


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
