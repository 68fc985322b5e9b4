"""Where alerts are sent, as an analyst configures it; secrets stay in the environment."""

import hashlib
import os
from collections.abc import Iterator
from email.utils import getaddresses, parseaddr
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

from foreshock.errors import UsageError
from foreshock.gather.addresses import PORTS
from foreshock.model.board import State
from foreshock.watch.written import Problem, Steps, Written, mistyped

DAYS: Final = 14
"""After so many days an alert is not sent for the first time: a new address, or a mute that is lifted, would send all
that nobody handled in a year."""
MOST_DAYS: Final = 3650
MOST_PORTS: Final = 65_535


class Webhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="webhook"):
    """A web address that takes alerts as signed JSON. `secret_variable` names the environment variable of the key.

    An `idempotent` receiver goes by `Idempotency-Key` and takes no alert twice, so that what may not have arrived can
    be sent again. What was raised more than so many `days` ago is not sent for the first time.
    """

    url: str
    secret_variable: str
    private: bool = False
    level: State = State.ALARM
    idempotent: bool = False
    days: int = DAYS

    @property
    def name(self) -> str:
        """What the deliveries of this channel stand under: a hash, as addresses may hold secrets."""
        return _hash("webhook", self.url)


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="mail"):
    """A mail server and whom it is to write to, each a letter of its own. User and password are read from the
    environment variables named; `days` as of a webhook."""

    server: str
    sender: str
    to: tuple[str, ...]
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user_variable: str | None = None
    password_variable: str | None = None
    private: bool = False
    level: State = State.ALARM
    days: int = DAYS

    @property
    def recipients(self) -> dict[str, str]:
        """Each recipient as written, by what the deliveries to it stand under: its address alone, so that another
        server, or one more recipient, sends nothing again to whom it went."""
        return {_hash("mail", parseaddr(one)[1].lower()): one for one in self.to}

    @property
    def former_name(self) -> str:
        """What the deliveries to all recipients together stood under in records of earlier versions."""
        return _hash("mail", f"{self.server}:{self.port}", *sorted(self.to))


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="feed"):
    """A file that holds the newest alerts as an Atom feed."""

    path: str
    address: str = ""
    level: State = State.WARNING


Channel = Webhook | Mail | Feed


class _Channels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    channels: tuple[Channel, ...]


def channels(path: str) -> tuple[Channel, ...]:
    """The channels in a YAML file, a list under `channels`. Raises `UsageError` that names the line of each fault."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    written = Written(content, path)
    written.refuse(mistyped(written.data, _Channels))
    found = msgspec.convert(written.data, _Channels).channels
    if not found:
        written.refuse([(("channels",), "at least one channel is wanted")])
    written.refuse([mistake for at, one in enumerate(found) for mistake in _mistakes(one, ("channels", at))])
    return found


def _mistakes(channel: Channel, steps: Steps) -> Iterator[Problem]:
    """What the types cannot say: addresses that nothing can be sent to, days that are none."""
    if isinstance(channel, Feed):
        if not Path(channel.path).name:
            yield (*steps, "path"), f"{channel.path!r} is no file"
        return
    if not 1 <= channel.days <= MOST_DAYS:
        yield (*steps, "days"), f"{'at least 1 day is' if channel.days < 1 else f'at most {MOST_DAYS} days are'} wanted"
    if isinstance(channel, Webhook):
        if not _is_web_address(channel.url):
            yield (*steps, "url"), f"{channel.url!r} is no web address, such as https://example.org/hook"
        return
    if not _is_web_address(f"http://{channel.server}/", host_alone=True):
        yield (*steps, "server"), f"{channel.server!r} is no server's name, such as mail.example.org"
    if not 1 <= channel.port <= MOST_PORTS:
        yield (*steps, "port"), f"{channel.port} is no port: 1 to {MOST_PORTS}"
    given = [((*steps, "sender"), channel.sender), *(((*steps, "to", at), one) for at, one in enumerate(channel.to))]
    for where, address in given:
        if not _is_mail_address(address):
            yield where, f"{address!r} is no mail address, such as desk@example.org (one, in plain letters)"
    if not channel.to:
        yield (*steps, "to"), "at least one address is wanted"


def _is_web_address(written: str, host_alone: bool = False) -> bool:
    """Whether a request can go to what is written: http or https, a host, no password; with `host_alone` no more."""
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        return False
    if host_alone and (port is not None or parts.path != "/"):
        return False
    plain = written.isprintable() and " " not in written and "@" not in parts.netloc
    return plain and parts.scheme in PORTS and bool(parts.hostname)


def _is_mail_address(written: str) -> bool:
    """Whether a mail can be sent to what is written: one address, before which a name may stand, in any letters."""
    found = getaddresses([written])
    address = found[0][1] if len(found) == 1 else ""
    name, at, domain = address.rpartition("@")
    return written.isprintable() and address.isascii() and bool(at and name and domain) and " " not in address


def secret(variable: str) -> str:
    """What an environment variable holds. Raises `UsageError` where it is empty."""
    value = os.environ.get(variable, "")
    if not value:
        raise UsageError(f"the environment variable {variable} is not set; a channel needs it")
    return value


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
