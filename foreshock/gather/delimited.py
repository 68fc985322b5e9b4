"""Delimited tables of other data sets: read by header name, bounded, one bad row never stopping the rest."""

import contextlib
import csv
import gzip
import io
import itertools
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TextIO, cast

from foreshock.errors import ItemError, MalformedItem, OversizedItem, UnreadableItem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LONGEST_FIELD: Final = 1_000_000
LONGEST_ROW: Final = 5_000_000
"""Characters of one row of a table, which may have many lines."""
LARGEST: Final = 20_000_000_000
"""Bytes that one file may unpack to: past that it is a bomb."""
_BLOCK: Final = 65536

Row = Mapping[str, str]


@contextlib.contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A text file, packed or not, as UTF-8.

    Raises `UnreadableItem` where it is not there or damaged, and `OversizedItem` where it unpacks to too much.
    """
    try:
        packed = path.open("rb")
    except OSError as error:
        raise UnreadableItem(str(path), error.strerror or str(error)) from error
    with contextlib.ExitStack() as held:
        raw: BinaryIO = held.enter_context(packed)
        if path.name.lower().endswith(".gz"):
            raw = cast(BinaryIO, held.enter_context(gzip.open(packed)))
        metered = io.BufferedReader(_Metered(str(path), raw), _BLOCK)
        text = held.enter_context(io.TextIOWrapper(metered, encoding="utf-8-sig", errors="replace", newline=""))
        try:
            yield text
        except (gzip.BadGzipFile, EOFError, OSError, zlib.error) as error:
            raise UnreadableItem(str(path), f"the file is damaged ({error})") from error


class _Metered(io.RawIOBase):
    """The bytes of a file, unpacked; raises `OversizedItem` past the limit."""

    def __init__(self, name: str, source: BinaryIO) -> None:
        self._name = name
        self._source = source
        self._left = LARGEST

    def readable(self) -> bool:
        """As a file's `readable`."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """As a file's `readinto`."""
        view = memoryview(buffer)
        piece = self._source.read(len(view))
        self._left -= len(piece)
        if self._left < 0:
            raise OversizedItem(self._name, f"unpacks to more than {LARGEST // 10**9} GB")
        view[: len(piece)] = piece
        return len(piece)


class _Lines:
    """The lines of a table; raises `OversizedItem` where they go on without a new `row`."""

    def __init__(self, name: str, text: TextIO) -> None:
        self._name = name
        self._text = text
        self._left = LONGEST_ROW

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._left + 1)
        self._left -= len(line)
        if self._left < 0:
            raise OversizedItem(self._name, f"a row of it is longer than {LONGEST_ROW // 10**6} million characters")
        if not line:
            raise StopIteration
        return line

    def row(self) -> None:
        """From here on, a new one."""
        self._left = LONGEST_ROW


def table_rows(
    path: Path, columns: Sequence[str], delimiter: str = ",", bare: Sequence[str] = ()
) -> Iterator[tuple[str, Row] | ItemError]:
    """The rows of a table that has `columns`, with their names for a message.

    `bare` are all columns of such a table in their order, by which one without a header is read. Yields an `ItemError`
    for a row of another width; raises one where the columns do not fit the format, and where a row has no end.
    """
    csv.field_size_limit(LONGEST_FIELD)
    with opened(path) as text:
        lines = _Lines(str(path), text)
        rows = csv.reader(
            lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        )
        try:
            first = next(rows, None)
            if first is None:
                raise UnreadableItem(str(path), "the file is empty")
            header, pending = _header(path, first, columns, bare)
            for number, row in enumerate(itertools.chain(pending, rows), 1):
                lines.row()
                name = f"{path}: row {number}"
                if len(row) == len(header):
                    yield name, dict(zip(header, row, strict=True))
                elif row:
                    yield MalformedItem(name, f"has {len(row)} fields, not {len(header)}")
        except csv.Error as error:
            raise MalformedItem(str(path), f"cannot be read as a table ({error}); save it as CSV anew") from error


def _header(
    path: Path, first: list[str], columns: Sequence[str], bare: Sequence[str]
) -> tuple[list[str], list[list[str]]]:
    if set(columns) <= set(first):
        return first, []
    if bare and len(first) == len(bare) and not set(bare) & set(first):
        return list(bare), [first]
    missing = [name for name in columns if name not in first]
    raise MalformedItem(str(path), f"not a table of this kind: it lacks {', '.join(missing[:5])}")
