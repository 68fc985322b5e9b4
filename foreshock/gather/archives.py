"""WARC: the pages, texts and documents among an archive's responses and resources; what else it holds is counted."""

import contextlib
import datetime
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from foreshock.errors import ItemError, OversizedItem, UnreadableItem
from foreshock.gather.identity import capture_of
from foreshock.gather.media import GZIP, medium_of, type_of
from foreshock.gather.wording import NESTED, named, one_line
from foreshock.model.capture import UNANSWERED, Capture, Fetch, Medium
from foreshock.model.day import in_utc

LARGEST_RECORD = 20_000_000
"""Bytes of one response, unpacked; what is longer is passed over, and read past without being held."""
LARGEST_HEADERS = 2_000_000
"""Bytes from one record's end to the next one's content: headers are held whole."""
LARGEST_ARCHIVE = 200_000_000_000
"""Bytes that one archive may unpack to."""
MOST_HEADERS, LONGEST_HEADER = 100, 2000
_BLOCK = 65536
_UNPACKED = ("", "identity", "gzip", "x-gzip", "deflate")
"""How a response may be packed, as its `Content-Encoding` says."""
_OF_THE_WEB = re.compile(r"(?:https?|ftps?)://", re.IGNORECASE)
_IN_CHARACTERS = (Medium.PAGE, Medium.TEXT, Medium.MARKDOWN)


class _TooMuch(Exception):
    """More bytes than are allowed just now."""


class _Metered:
    """An archive's unpacked bytes, with a limit on how many may be asked for before it is set anew."""

    def __init__(self, source: BinaryIO | io.RawIOBase) -> None:
        self._source = source
        self._read = 0
        self._until = LARGEST_HEADERS

    def allow(self, number: int) -> None:
        """From here on, so many bytes."""
        self._until = min(self._read + number, LARGEST_ARCHIVE)

    def read(self, number: int) -> bytes:
        """As a file's `read`."""
        if self._read > self._until:
            raise _TooMuch
        piece = self._source.read(number) or b""
        self._read += len(piece)
        return piece

    def tell(self) -> int:
        """How many bytes were read."""
        return self._read


def records(path: Path, passed_over: Counter[str]) -> Iterator[Capture | ItemError]:
    """The responses in a `.warc` or `.warc.gz` file that can be read, then the error where it breaks off.

    What is passed over is added to `passed_over`, by kind.
    """
    name, taken = named(path), 0
    try:
        with path.open("rb") as packed:
            head = packed.read(2)
            packed.seek(0)
            with gzip.open(packed) if head == GZIP else contextlib.nullcontext(packed) as source:
                for found in _responses(name, source, passed_over):
                    taken += isinstance(found, Capture)
                    yield found
    except EOFError:
        yield UnreadableItem(name, f"the archive is cut short; the {taken} pages before the cut were taken")
    except _TooMuch:
        yield OversizedItem(name, f"a record's headers, or the archive, have no end; {taken} pages were taken")
    except (gzip.BadGzipFile, zlib.error) as error:
        yield UnreadableItem(name, f"a damaged archive ({one_line(error)}); {taken} pages were taken")
    except OSError as error:
        yield UnreadableItem(name, one_line(error.strerror or error))


def _responses(name: str, source: Any, passed_over: Counter[str]) -> Iterator[Capture | ItemError]:  # noqa: ANN401
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    head = source.read(len(GZIP))
    if not head:
        yield UnreadableItem(name, "the file is empty")
        return
    if head == GZIP:
        yield UnreadableItem(name, NESTED)
        return
    metered = _Metered(_Joined(head, source))
    found = ArchiveIterator(metered)
    number = 0
    while True:
        metered.allow(LARGEST_HEADERS)
        try:
            with contextlib.redirect_stderr(io.StringIO()):  # it writes warnings there; errors are told in our way
                record = next(found, None)
        except (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, AttributeError) as error:
            where = f"after record {number}" if number else "at its beginning"
            yield UnreadableItem(name, f"not a WARC file, or damaged {where} ({one_line(error)})")
            return
        if record is None:
            break
        number += 1
        metered.allow(LARGEST_ARCHIVE)
        taken = _taken(name, record, passed_over)
        if taken is not None:
            yield taken
        while record.raw_stream.read(_BLOCK):
            pass
    if number == 0:
        yield UnreadableItem(name, "the archive holds no records")


class _Joined(io.RawIOBase):
    """A stream with its first bytes, which were looked at, put back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def read(self, number: int = -1) -> bytes:
        """As a file's `read`."""
        if self._head:
            head, self._head = self._head, b""
            return head
        return self._rest.read(number)


def _taken(name: str, record: Any, passed_over: Counter[str]) -> Capture | ItemError | None:  # noqa: ANN401
    """What one record holds: what a server answered, or what a tool kept of an address without its answer; null, and
    counted, where it is nothing to read."""
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if record.rec_type == "response" and record.http_headers is not None:
        status = record.http_headers.get_statuscode() or ""
        if status != "200":
            passed_over[f"WARC response: status {one_line(status)[:10]}"] += 1
            return None
        return _read(name, url, record, _Answer(200, record.http_headers), passed_over)
    if record.rec_type == "resource" and _OF_THE_WEB.match(url):  # others are the tools' own: logs, pictures of pages
        return _read(name, url, record, _Answer(UNANSWERED, record.rec_headers), passed_over)
    passed_over[f"WARC record: {one_line(record.rec_type)[:40]}"] += 1
    return None


@dataclass(frozen=True)
class _Answer:
    """Under what status and headers a record's content stands; its own ones where it holds no server's."""

    status: int
    headers: Any


def _read(
    name: str,
    url: str,
    record: Any,  # noqa: ANN401
    answer: _Answer,
    passed_over: Counter[str],
) -> Capture | ItemError | None:
    """The content of a record, where it can be read; null, and counted, where it is nothing to read."""
    url = url or "a page without an address"
    origin = f"{name}: {one_line(url)}"
    stated = answer.headers.get_header("Content-Type") or ""
    try:
        content = record.content_stream().read(LARGEST_RECORD + 1)
    except (zlib.error, ValueError) as error:
        return UnreadableItem(origin, f"cannot be unpacked ({one_line(error)})")
    if len(content) > LARGEST_RECORD:
        return OversizedItem(origin, f"larger than {LARGEST_RECORD // 1_000_000} MB")
    medium = medium_of(stated, url, content)
    if medium is None or not content.strip():
        kind = one_line(type_of(stated))[:60] or "of no stated kind"
        passed_over[f"WARC {record.rec_type}: {'empty' if medium else kind}"] += 1
        return None
    packed = (answer.headers.get_header("Content-Encoding") or "").strip().lower()
    if packed not in _UNPACKED and medium in _IN_CHARACTERS and _is_packed(content):
        return UnreadableItem(origin, f"is packed as {one_line(packed)[:20]}, which is not unpacked here")
    headers = tuple((key[:LONGEST_HEADER], value[:LONGEST_HEADER]) for key, value in answer.headers.headers)
    at = _time(record.rec_headers.get_header("WARC-Date") or "")
    if at is None:
        return UnreadableItem(origin, "its record does not say when it was taken")
    fetch = Fetch(url=url, at=at, status=answer.status, headers=headers[:MOST_HEADERS])
    return capture_of(origin, content, medium, fetch)


def _is_packed(content: bytes) -> bool:
    """Whether these bytes are no text: servers say of plain ones that they are packed, too."""
    head = content[:1000]
    return b"\0" in head or sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) // 50


def _time(stated: str) -> datetime.datetime | None:
    """A WARC-Date (ISO 8601, in UTC), or null."""
    try:
        return in_utc(datetime.datetime.fromisoformat(stated.strip()))
    except (ValueError, OverflowError):  # the latter where the calendar's first or last day is another one in UTC
        return None
