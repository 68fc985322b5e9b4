"""Which names the desk answers to.

A site elsewhere may let a name of its own lead to the desk, so that a browser takes its pages for the desk's (DNS
rebinding): they could read the record and send forms. What they ask with still says the name.
"""

import contextlib
import ipaddress
import re
import socket
from collections.abc import Collection
from typing import Final

from foreshock.errors import UsageError

LOCAL = "localhost"
_HEADER: Final = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s\[\]:/?#@\\]+)(?::[0-9]{1,5})?")
"""A host, and its port where that is another than a browser's own (RFC 9110, 7.2)."""

_PATH: Final = re.compile(r"[\w.~-]+(?:/[\w.~-]+)*", re.ASCII)
"""Names of a path that stand in an address as they are."""


def names_of(host: str, further: Collection[str] = ()) -> frozenset[str]:
    """The names of a desk that is served on the address or name `host`, and may be called by `further` names, too.

    Raises `UsageError` where one of those is no name alone: with a port or a scheme nothing would ever be called by it.
    """
    for name in further:
        told = _HEADER.fullmatch(name)
        if told is None or told["host"] != name:
            raise UsageError(f"--allow-host: {name[:100]!r} is no name alone; write it as desk.example")
    return frozenset(map(_as_asked, (LOCAL, host, socket.gethostname(), *further)))


def _as_asked(name: str) -> str:
    """A name as a browser asks for it: in lower case, other letters than ASCII's encoded (RFC 3490)."""
    with contextlib.suppress(UnicodeError):
        name = name.encode("idna").decode("ascii")
    return name.rstrip(".").lower()


def address_at(host: str, port: int) -> str:
    """The address of a desk that is served on a host; an IPv6 address stands in brackets there (RFC 3986, 3.2.2)."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def path_under(root: str) -> str:
    """The path under which a proxy shows the desk, as links begin with it: nothing, or "/" and names.

    Raises `UsageError` where `root` is no such path.
    """
    path = root.strip("/")
    if path and not _PATH.fullmatch(path):
        raise UsageError(f"--root-path: {root[:100]!r} is no path; write it as /desk, of letters, figures and - _ . ~")
    return f"/{path}" if path else ""


def answers_to(header: str, names: Collection[str]) -> bool:
    """Whether a request with this Host header is for the desk: by one of its names, or by any numeric address.

    What is a number leads where it says, and nobody else can let it lead here.
    """
    if (told := _HEADER.fullmatch(header)) is None:
        return False
    host = told["host"].strip("[]").rstrip(".").lower()
    if host in names:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
