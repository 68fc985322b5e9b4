"""Where alerts are sent, as an analyst configures it; secrets stay in the environment."""

import hashlib
import os
from pathlib import Path
from typing import ClassVar, Literal

import msgspec
import yaml

from foreshock.errors import UsageError
from foreshock.model.board import State


class Webhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="webhook"):
    """A web address that takes alerts as signed JSON. `secret_variable` names the environment variable of the key."""

    url: str
    secret_variable: str
    private: bool = False
    level: State = State.ALARM
    kind_name: ClassVar[str] = "webhook"

    @property
    def name(self) -> str:
        """What the deliveries of this channel stand under: a hash, as addresses may hold secrets."""
        return _hash("webhook", self.url)


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="mail"):
    """A mail server and whom it is to write to. User and password are read from the environment variables named."""

    server: str
    sender: str
    to: tuple[str, ...]
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user_variable: str | None = None
    password_variable: str | None = None
    private: bool = False
    level: State = State.ALARM
    kind_name: ClassVar[str] = "mail"

    @property
    def name(self) -> str:
        """What the deliveries of this channel stand under."""
        return _hash("mail", f"{self.server}:{self.port}", *sorted(self.to))


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="feed"):
    """A file that holds the newest alerts as an Atom feed."""

    path: str
    address: str = ""
    level: State = State.WARNING


Channel = Webhook | Mail | Feed


def channels(path: str) -> tuple[Channel, ...]:
    """The channels in a YAML file, a list under `channels`. Raises `UsageError` where it is none."""
    try:
        found = msgspec.convert(yaml.safe_load(Path(path).read_bytes()), dict[str, tuple[Channel, ...]])
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {' '.join(str(error).split())}") from error
    if set(found) != {"channels"} or not found["channels"]:
        raise UsageError(f"{path}: a list of channels under `channels` is wanted")
    return found["channels"]


def secret(variable: str) -> str:
    """What an environment variable holds. Raises `UsageError` where it is empty."""
    value = os.environ.get(variable, "")
    if not value:
        raise UsageError(f"the environment variable {variable} is not set; a channel needs it")
    return value


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
