"""Pages over the net: only public addresses, whatever leads there; everything bounded; what is kept of an answer."""

import datetime
import gzip
import http.server
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address
from typing import ClassVar
from urllib.parse import unquote

import pytest

from foreshock.errors import ItemError, OversizedItem, UnreadableItem
from foreshock.gather import fetch as fetching
from foreshock.gather.addresses import IpAddress, is_public
from foreshock.gather.captures import captures
from foreshock.gather.fetch import fetch
from foreshock.gather.parse import document_of
from foreshock.model.capture import Capture, Medium

PAGE = (
    "<html><head><title>Town shelled</title></head><body><article>"
    + "<p>The army shelled the café on Monday. Officials said that twelve people were killed there.</p>" * 4
    + "</article></body></html>"
)
LOOPBACK = ip_address("127.0.0.1")


class Site(http.server.BaseHTTPRequestHandler):
    """A small site with pages of every sort; it remembers what it was asked with."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        """Answer by path."""
        Site.asked = dict(self.headers)
        path = self.path.partition("?")[0]
        if path == "/page":
            self.answer(200, PAGE.encode("cp1252"), {"Content-Type": "text/html; charset=windows-1252", "X-Mark": "1"})
        elif path == "/packed":
            packed = gzip.compress(PAGE.encode())
            self.answer(200, packed, {"Content-Type": "text/html", "Content-Encoding": "gzip"})
        elif path == "/bomb":
            packed = gzip.compress(b"a" * 30_000_000)
            self.answer(200, packed, {"Content-Type": "text/plain", "Content-Encoding": "gzip"})
        elif path == "/bytes":
            self.answer(200, b"%PDF-1.4 and no more", {"Content-Type": "application/octet-stream"})
        elif path == "/picture":
            self.answer(200, b"x", {"Content-Type": "image/png"})
        elif path == "/empty":
            self.answer(200, b"", {"Content-Type": "text/html"})
        elif path.startswith("/hop"):
            number = int(path[4:])
            self.answer(302, b"", {"Location": f"/hop{number - 1}" if number else "/page"})
        elif path == "/to":
            self.answer(301, b"", {"Location": unquote(self.path.partition("?")[2])})
        elif path == "/drip":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            try:
                while not self.server.stopped.wait(0.05):  # type: ignore[attr-defined]
                    self.wfile.write(b"a")
            except OSError:
                self.close_connection = True
        else:
            self.answer(404, b"none", {"Content-Type": "text/html"})

    def answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        """Send one."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.stopped = threading.Event()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.stopped.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


def here(address: IpAddress) -> bool:
    """Permits this machine, and nothing else."""
    return address == LOOPBACK


def taken(url: str) -> Capture:
    found = fetch(url, here)
    assert isinstance(found, Capture), found
    return found


def problem(url: str, permit: fetching.Permit = here) -> str:
    found = fetch(url, permit)
    assert isinstance(found, UnreadableItem), found
    return str(found)


def test_a_page_with_its_address_time_and_headers(site: str) -> None:
    before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    page = taken(f"{site}/hop2#part")
    assert page.fetch is not None
    assert page.origin == f"{site}/hop2#part"
    assert page.fetch.url == f"{site}/page"
    assert before <= page.fetch.at <= datetime.datetime.now(datetime.UTC)
    assert page.fetch.header("x-mark") == "1"
    assert page.medium is Medium.PAGE
    assert "Foreshock" in Site.asked["User-Agent"]
    document = document_of(page)
    assert document.url == f"{site}/page"
    assert "café" in document.text, "the charset that the server names is the page's"


def test_what_is_packed_for_the_way_is_unpacked(site: str) -> None:
    assert taken(f"{site}/packed").content == PAGE.encode()


def test_bytes_of_no_stated_kind_are_told_by_how_they_begin(site: str) -> None:
    assert taken(f"{site}/bytes").medium is Medium.PDF


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/none", "the server answers 404"),
        ("/picture", "is image/png, not a page"),
        ("/empty", "sends nothing"),
        ("/hop6", "redirects more than 5 times"),
        ("/to?file:///etc/passwd", "redirects to file:///etc/passwd: only http and https"),
        ("/to?http://10.0.0.1/", "redirects to http://10.0.0.1/: leads to 10.0.0.1, which is not a public address"),
        ("/to?http://[::1]/", "leads to ::1, which is not a public address"),
        ("/to?http://2130706434/", "leads to 127.0.0.2, which is not a public address"),
        ("/to?http://user:word@127.0.0.1/", "a name or password in it"),
        ("/to?http://[bad", "redirects to http://[bad: not a web address"),
    ],
)
def test_what_cannot_be_had_is_said_in_its_own_words(site: str, path: str, words: str) -> None:
    assert words in problem(f"{site}{path}")


def test_this_machine_is_not_asked(site: str) -> None:
    (found,) = captures([f"{site}/page"])
    assert isinstance(found, ItemError)
    assert "leads to 127.0.0.1, which is not a public address; it is not fetched" in str(found)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "fec0::1",
     "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_page_that_unpacks_without_end(site: str) -> None:
    found = fetch(f"{site}/bomb", here)
    assert isinstance(found, OversizedItem)
    assert "larger than 20 MB" in str(found)


def test_a_server_that_drips_is_given_up_in_time(site: str) -> None:
    began = time.monotonic()
    found = fetch(f"{site}/drip", here, seconds=0.5)
    assert isinstance(found, UnreadableItem)
    assert "within 0.5 seconds" in str(found)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("http://", "names no host"),
        ("http://[", "not a web address"),
        ("http://[x#y", "not a web address"),
        ("http://a.invalid/", "cannot be found"),
        ("http://" + "a" * 5000, "longer than"),
        ("http://127.0.0.1:99999/", "not a web address"),
        ("http://127.0.0.1:1/", "cannot be reached"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, words: str) -> None:
    message = problem(url)
    assert words in message
    assert "\n" not in message
    assert len(message) < 600
