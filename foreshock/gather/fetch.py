"""Pages over the net: http and https, public addresses only, bounded in redirects, bytes and time.

The host is resolved once a hop, every address is checked, and the connection goes to the checked address, so
that a name which changes its mind in between gains nothing. No cookie, password or referrer is ever sent, and
proxies of the environment are not used: behind one, the address that is asked could not be checked.
"""

import datetime
import queue
import threading
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote, urldefrag, urljoin

import certifi
import urllib3
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool

import foreshock
from foreshock.errors import ItemError, OversizedItem, UnreadableItem
from foreshock.gather.addresses import Permit, RefusedAddress, Target, is_public, target_of
from foreshock.gather.identity import capture_of
from foreshock.gather.media import medium_of, type_of
from foreshock.gather.wording import one_line
from foreshock.model.capture import Capture, Fetch

MOST_REDIRECTS = 5
LARGEST_PAGE = 20_000_000
"""Bytes of one page, unpacked."""
SECONDS = 60.0
"""How long one page may take from the first look-up to the last byte, redirects included."""
SILENCE = 15.0
"""Seconds without a byte after which a server counts as gone."""
MOST_HEADERS = 100
LONGEST_HEADER = 2000
"""How many headers of an answer are kept, and how many characters of each."""
USER_AGENT = f"Foreshock/{foreshock.__version__} (reads published reports; one request a page)"
REDIRECTS = (301, 302, 303, 307, 308)

Made = TypeVar("Made")


class _Unfetched(Exception):
    """The page could not be had; its text says why, fit for a user."""


class _Oversized(_Unfetched):
    """The page is larger than the limit."""


def fetch(url: str, permit: Permit = is_public, seconds: float = SECONDS) -> Capture | ItemError:
    """The page at `url`, with the address that answered, the time and the headers; else why there is none.

    `permit` says which addresses may be connected to.
    """
    shown = one_line(url)
    deadline = time.monotonic() + seconds
    try:
        return _within(seconds, lambda: _followed(url, permit, deadline))
    except _Oversized as error:
        return OversizedItem(shown, str(error))
    except (RefusedAddress, _Unfetched) as error:
        return UnreadableItem(shown, str(error))
    except TimeoutError:
        return UnreadableItem(shown, f"could not be fetched within {seconds:g} seconds")


def _within(seconds: float, work: Callable[[], Made]) -> Made:
    """What `work` makes; `TimeoutError` where it takes longer.

    A thread, since a name that is slow to resolve or a server that drips cannot be interrupted otherwise; one
    that is given up ends with its own next look at the clock, or with the program.
    """
    answer: queue.SimpleQueue[Made | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            answer.put(work())
        except Exception as error:  # noqa: BLE001 - it is raised again where it was asked for
            answer.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found


def _followed(url: str, permit: Permit, deadline: float) -> Capture:
    address, location = "", url
    for hop in range(MOST_REDIRECTS + 1):
        try:
            address = _joined(address, location)
            target = target_of(quote(address, safe="%/:?#[]@!$&'()*+,;=~"), permit)
        except RefusedAddress as error:
            raise RefusedAddress(f"redirects to {one_line(location)}: {error}" if hop else str(error)) from error
        at = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        response = _asked(target)
        try:
            location = response.headers.get("Location") or ""
            if response.status not in REDIRECTS or not location:
                return _taken(url, target, response, at, deadline)
        finally:
            response.close()
    raise _Unfetched(f"redirects more than {MOST_REDIRECTS} times")


def _joined(address: str, location: str) -> str:
    """Where `location` leads from `address`, without its fragment; raises `RefusedAddress` for what leads nowhere."""
    try:
        return urldefrag(urljoin(address, location)).url
    except ValueError as error:
        raise RefusedAddress("not a web address") from error


def _asked(target: Target) -> BaseHTTPResponse:
    """The answer's beginning, from the first of the host's addresses that can be connected to."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    standard = target.port == {"http": 80, "https": 443}[target.scheme]
    headers = {
        "Host": host if standard else f"{host}:{target.port}",
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
    }
    problem: Exception | None = None
    for address in target.addresses:
        pool = _pool(target, str(address))
        try:
            return pool.urlopen(
                "GET", target.request, headers=headers, redirect=False, retries=False, preload_content=False
            )
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
            problem = error
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise _Unfetched(_why(error)) from error
    raise _Unfetched(_why(problem)) from problem


def _pool(target: Target, address: str) -> HTTPConnectionPool:
    timeout = urllib3.Timeout(connect=SILENCE, read=SILENCE)
    if target.scheme == "http":
        return HTTPConnectionPool(address, target.port, timeout=timeout)
    return HTTPSConnectionPool(
        address, target.port, timeout=timeout, server_hostname=target.host, assert_hostname=target.host,
        cert_reqs="CERT_REQUIRED", ca_certs=certifi.where(),
    )  # fmt: skip


def _taken(url: str, target: Target, response: BaseHTTPResponse, at: datetime.datetime, deadline: float) -> Capture:
    if response.status != 200:
        raise _Unfetched(one_line(f"the server answers {response.status} {response.reason or ''}"))
    content = _content(response, deadline)
    if not content.strip():
        raise _Unfetched("the server sends nothing")
    stated = response.headers.get("Content-Type", "")
    medium = medium_of(stated, target.url, content)
    if medium is None:
        raise _Unfetched(f"is {one_line(type_of(stated)) or 'of no stated kind'}, not a page, a text, a PDF or a .docx")
    headers = tuple(
        (name[:LONGEST_HEADER], value[:LONGEST_HEADER])
        for name, value in list(response.headers.iteritems())[:MOST_HEADERS]
    )
    return capture_of(url, content, medium, Fetch(url=target.url, at=at, status=response.status, headers=headers))


def _content(response: BaseHTTPResponse, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := response.read(65536):
            size += len(piece)
            if size > LARGEST_PAGE:
                raise _Oversized(f"larger than {LARGEST_PAGE // 1_000_000} MB")
            if time.monotonic() > deadline:
                raise TimeoutError
            pieces.append(piece)
    except urllib3.exceptions.HTTPError as error:
        raise _Unfetched(_why(error)) from error
    return b"".join(pieces)


def _why(error: Exception | None) -> str:
    """What went wrong on the way, in a user's words."""
    if isinstance(error, urllib3.exceptions.SSLError):
        return "its certificate cannot be trusted, or the connection cannot be made secure"
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "the server cannot be reached"
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return f"the server is silent for {SILENCE:g} seconds"
    if isinstance(error, urllib3.exceptions.DecodeError):
        return "what the server sends cannot be unpacked"
    return f"the server breaks the connection off, or speaks no HTTP ({one_line(error)})"
