"""WARC: responses that can be read are taken with their address, time and headers; the rest is counted."""

import datetime
import gzip
from collections import Counter
from pathlib import Path

import pytest

from foreshock.errors import OversizedItem, UnreadableItem
from foreshock.gather import archives
from foreshock.gather.captures import captures
from foreshock.gather.parse import document_of
from foreshock.model.capture import UNANSWERED, Capture, Medium

PAGE = "<html><body><article>" + "<p>The army shelled the town on Monday, officials said.</p>" * 5 + "</article>"


def record(kind: str, head: list[str], content: bytes) -> bytes:
    """One record of an archive."""
    lines = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Record-ID: <urn:uuid:a>", *head, f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + content + b"\r\n\r\n"


def archive(*responses: tuple[str, str, bytes], status: str = "200 OK", packed: bool = True) -> bytes:
    """An archive with a warcinfo record and these responses, each `(address, type, content)`."""
    date = "WARC-Date: 2023-06-01T08:30:00Z"
    found = [record("warcinfo", [date, "Content-Type: application/warc-fields"], b"software: test\r\n")]
    for url, kind, content in responses:
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nX-Mark: 1\r\n\r\n".encode()
        about = [date, f"WARC-Target-URI: {url}", "Content-Type: application/http; msgtype=response"]
        found.append(record("response", about, head + content))
    return b"".join(map(gzip.compress, found) if packed else found)


@pytest.mark.parametrize(("name", "packed"), [("a.warc.gz", True), ("a.warc", False)])
def test_pages_are_taken_and_the_rest_is_counted(tmp_path: Path, name: str, packed: bool) -> None:
    content = archive(
        ("http://a.example/1", "text/html; charset=utf-8", PAGE.encode()),
        ("http://a.example/p.png", "image/png", b"x"),
        ("http://a.example/2.txt", "text/plain", b"Rebels took the city."), ("http://a.example/3", "text/html", b" "),
        packed=packed,
    )  # fmt: skip
    (tmp_path / name).write_bytes(content)
    passed: Counter[str] = Counter()
    page, text = captures([str(tmp_path)], passed)
    assert isinstance(page, Capture)
    assert isinstance(text, Capture)
    assert page.fetch is not None
    assert (page.fetch.url, page.fetch.header("X-Mark")) == ("http://a.example/1", "1")
    assert page.fetch.at == datetime.datetime(2023, 6, 1, 8, 30, tzinfo=datetime.UTC)
    assert page.content == PAGE.encode()
    assert document_of(page).url == "http://a.example/1"
    assert (text.medium, document_of(text).text) == (Medium.TEXT, "Rebels took the city.")
    assert passed == {"WARC record: warcinfo": 1, "WARC response: image/png": 1, "WARC response: empty": 1}


def test_a_page_that_was_kept_without_its_servers_answer_is_taken(tmp_path: Path) -> None:
    """As crawlers that render pages keep them (`resource`); what they write of their own beside them is counted."""
    date = "WARC-Date: 2023-06-01T08:30:00Z"
    kept = (
        ("https://a.example/1", "text/html", PAGE.encode()),
        ("ftp://a.example/2.txt", "text/plain", b"Rebels left."),
        ("metadata://gnu.org/wget.log", "text/plain", b"log"),
        ("https://a.example/3", "image/png", b"x"),
    )
    found = (
        record("resource", [date, f"WARC-Target-URI: {url}", f"Content-Type: {kind}"], content)
        for url, kind, content in kept
    )
    (tmp_path / "a.warc").write_bytes(b"".join(found))
    passed: Counter[str] = Counter()
    page, text = captures([str(tmp_path)], passed)
    assert isinstance(page, Capture) and isinstance(text, Capture) and page.fetch is not None
    assert (page.content, page.fetch.url, page.fetch.status) == (PAGE.encode(), "https://a.example/1", UNANSWERED)
    assert document_of(page).url == "https://a.example/1"
    assert text.content == b"Rebels left."
    assert passed == {"WARC record: resource": 1, "WARC resource: image/png": 1}


@pytest.mark.parametrize(
    ("about", "head"),
    [
        (["WARC-Date: 2023-06-01T08:30:00Z", "WARC-Target-URI: http://[bad/x"], []),
        (["WARC-Date: 0001-01-01T00:00:00+14:00", "WARC-Target-URI: http://a.example/x"], ["Content-Type: text/html"]),
        (["WARC-Date: 2023-06-01T08:30:00Z", "WARC-Target-URI: http://a.example/x"],
         ["Content-Type: text/html", "Content-Encoding: unheard-of"]),
    ],
)  # fmt: skip
def test_a_record_that_makes_no_sense_does_not_cost_the_next(tmp_path: Path, about: list[str], head: list[str]) -> None:
    answer = "\r\n".join(["HTTP/1.1 200 OK", *head, "", ""]).encode() + PAGE.encode()
    good = archive(("http://a.example/2.txt", "text/plain", b"Rebels took the city."), packed=False)
    about = [*about, "Content-Type: application/http; msgtype=response"]
    (tmp_path / "a.warc").write_bytes(record("response", about, answer) + good)
    (tmp_path / "b.txt").write_bytes(b"Rebels left the city.")
    *_, text, last = captures([str(tmp_path)])
    assert isinstance(text, Capture)
    assert isinstance(last, Capture)
    assert (text.content, last.content) == (b"Rebels took the city.", b"Rebels left the city.")


def test_a_page_packed_in_a_way_that_is_not_unpacked_says_so(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n" + bytes(range(256)) * 4
    about = ["WARC-Date: 2023-06-01T08:30:00Z", "WARC-Target-URI: http://a.example/x"]
    about.append("Content-Type: application/http; msgtype=response")
    (tmp_path / "a.warc").write_bytes(record("response", about, answer))
    (found,) = captures([str(tmp_path)])
    assert isinstance(found, UnreadableItem)
    assert found.problem == "is packed as br, which is not unpacked here"


def test_a_page_of_no_stated_kind_is_told_by_how_it_begins(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(archive(("http://a.example/1", "", b"\n<!DOCTYPE html>" + PAGE.encode())))
    (found,) = captures([str(tmp_path)])
    assert isinstance(found, Capture)
    assert found.medium is Medium.PAGE


def test_answers_other_than_200_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(archive(("http://a.example/1", "text/html", b"gone"), status="404 Not Found"))
    passed: Counter[str] = Counter()
    assert list(captures([str(tmp_path / "a.warc.gz")], passed)) == []
    assert passed["WARC response: status 404"] == 1


def test_a_cut_archive_gives_its_pages_and_then_the_error(tmp_path: Path) -> None:
    whole = archive(*((f"http://a.example/{n}", "text/html", f"{PAGE}{n}".encode() * 50) for n in range(20)))
    (tmp_path / "a.warc.gz").write_bytes(whole[: len(whole) * 3 // 4])
    found = list(captures([str(tmp_path / "a.warc.gz")]))
    assert isinstance(found[0], Capture)
    assert isinstance(found[-1], UnreadableItem)
    assert "cut short" in str(found[-1])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"these are my notes\n" * 50, "not a WARC file"),
        (b"\x1f\x8bnot gzip at all", "damaged archive"),
        (gzip.compress(gzip.compress(b"WARC/1.0\r\n")), "an archive inside an archive"),
        (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n\r\n", ""),
        (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nx\r\n\r\n", ""),
    ],
)
def test_what_is_no_archive_is_named_in_one_line(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "a.warc.gz").write_bytes(content)
    found = list(captures([str(tmp_path / "a.warc.gz")]))
    assert all(isinstance(each, UnreadableItem) for each in found)
    assert not words or words in str(found[0])
    assert all("\n" not in str(each) and len(str(each)) < 600 for each in found)


def test_headers_without_end_are_not_held(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\nX: " + b"a" * 30_000_000))
    (found,) = captures([str(tmp_path / "a.warc.gz")])
    assert isinstance(found, OversizedItem)
    assert "have no end" in str(found)


def test_a_response_too_large_is_named_and_the_next_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_RECORD", 10_000)
    responses = [
        ("http://a.example/1", "text/html", b"a" * 200_000),
        ("http://a.example/2", "text/html", PAGE.encode()),
    ]
    (tmp_path / "a.warc.gz").write_bytes(archive(*responses))
    large, page = captures([str(tmp_path / "a.warc.gz")])
    assert isinstance(large, OversizedItem)
    assert "http://a.example/1" in str(large)
    assert isinstance(page, Capture)


def test_rows_packed_twice_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(gzip.compress(b'{"text": "a"}')))
    (found,) = captures([str(tmp_path / "a.jsonl.gz")])
    assert "an archive inside an archive" in str(found)
