"""Which names the desk answers to.

A site elsewhere may let a name of its own lead to the desk, so that a browser takes its pages for the desk's (DNS
rebinding): they could read the record and send forms. What they ask with still says the name.
"""

import ipaddress
import re
import socket
from collections.abc import Collection, Iterable
from typing import Final

LOCAL = "localhost"
_HEADER: Final = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s\[\]:/?#@\\]+)(?::[0-9]{1,5})?")
"""A host, and its port where that is another than a browser's own (RFC 9110, 7.2)."""


def names_of(host: str, further: Iterable[str] = ()) -> frozenset[str]:
    """The names of a desk that is served on the address or name `host`, and may be called by `further` names, too."""
    return frozenset(name.lower() for name in (LOCAL, host, socket.gethostname(), *further))


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
