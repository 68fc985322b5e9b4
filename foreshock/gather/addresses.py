"""Which addresses may be asked: public ones, whatever name or notation leads to them."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

IpAddress = IPv4Address | IPv6Address
Permit = Callable[[IpAddress], bool]
"""Whether a program may connect to an address."""

_NAT64 = IPv6Network("64:ff9b::/96")
_SHARED = IPv4Network("100.64.0.0/10")
PORTS = {"http": 80, "https": 443}
LONGEST_URL = 4000


class RefusedAddress(Exception):
    """The address is not to be asked; its text says why, fit for a user."""


@dataclass(frozen=True)
class Target:
    """Where a request goes: the address as written, its parts, and the checked addresses to connect to."""

    url: str
    scheme: str
    host: str
    port: int
    request: str
    addresses: tuple[IpAddress, ...]


def is_public(address: IpAddress) -> bool:
    """Whether this is an address of the public net: not private, loopback, link-local, shared or reserved.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) is judged as itself.
    """
    if isinstance(address, IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        if any(each is not None and not is_public(each) for each in inner):
            return False
        if address.ipv4_mapped is not None:
            return True
        return address.is_global and not (address.is_multicast or address.is_reserved or address.is_site_local)
    return address.is_global and not (address.is_multicast or address.is_reserved or address in _SHARED)


def target_of(url: str, permit: Permit) -> Target:
    """Where `url` leads, every address of its host checked; raises `RefusedAddress`.

    All of them must be permitted: a name that stands for a public and a private address is a trick.
    """
    if len(url) > LONGEST_URL:
        raise RefusedAddress(f"its address is longer than {LONGEST_URL} characters")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedAddress("not a web address") from error
    if parts.scheme not in PORTS:
        raise RefusedAddress("only http and https addresses are fetched")
    if not host:
        raise RefusedAddress("the address names no host")
    if parts.username is not None or parts.password is not None:
        raise RefusedAddress("an address with a name or password in it is not fetched")
    port = port or PORTS[parts.scheme]
    addresses = _resolved(host, port)
    for address in addresses:
        if not permit(address):
            raise RefusedAddress(f"leads to {address}, which is not a public address; it is not fetched")
    request = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, host, port, request, addresses)


def _resolved(host: str, port: int) -> tuple[IpAddress, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        # A scope (fe80::1%eth0) is cut off: such an address is refused with or without it.
        addresses = dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found)
    except (OSError, UnicodeError, ValueError) as error:
        raise RefusedAddress("its host cannot be found; check the address, or whether you are online") from error
    return tuple(addresses)
