"""From paths to captures: files, folders, standard input and rows, bounded in size, one at a time."""

import gzip
import hashlib
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from foreshock.errors import ItemError, OversizedItem, UnreadableItem, UsageError
from foreshock.model.capture import Capture, Medium

LARGEST_FILE = 20_000_000
"""Bytes of one text or page; the longest report anyone publishes is far below."""
LARGEST_ROW = 5_000_000
"""Bytes of one JSONL row, unpacked."""
LARGEST_ARCHIVE = 20_000_000_000
"""Bytes that one packed file may unpack to: past that it is a bomb."""

MEDIA: dict[str, Medium] = {
    ".txt": Medium.TEXT,
    ".md": Medium.MARKDOWN,
    ".html": Medium.PAGE,
    ".htm": Medium.PAGE,
}
ROWS = (".jsonl", ".jsonl.gz")


def capture_of(origin: str, content: bytes, medium: Medium) -> Capture:
    """The capture of these bytes."""
    return Capture(origin=origin, content=content, sha256=hashlib.sha256(content).hexdigest(), medium=medium)


def takes(path: Path) -> bool:
    """Whether the door takes files of this name."""
    return path.suffix.lower() in MEDIA or path.name.lower().endswith(ROWS)


def files(inputs: Sequence[str]) -> Iterator[Path | ItemError]:
    """The files that `inputs` name, folders opened in name order. `-` is passed on as it is.

    Yields an `ItemError` for what is not there or of no kind the door takes.
    """
    for name in inputs:
        path = Path(name)
        if name == "-":
            yield path
        elif "://" in name:
            yield ItemError(name, "pages are not fetched yet; save the page and give its file")
        elif path.is_dir():
            yield from (child for child in sorted(path.rglob("*")) if child.is_file() and takes(child))
        elif not path.exists():
            yield ItemError(name, "no such file or folder")
        elif not takes(path):
            yield ItemError(name, f"not a kind of file that can be read; one of {', '.join((*MEDIA, *ROWS))}")
        else:
            yield path


def captures(inputs: Sequence[str]) -> Iterator[Capture | ItemError]:
    """Everything that `inputs` hold, in order; what cannot be taken comes out as the error that says why."""
    if not inputs:
        raise UsageError("name a file, a folder, or - for standard input")
    for found in files(inputs):
        if isinstance(found, ItemError):
            yield found
        elif str(found) == "-":
            yield _whole("standard input", sys.stdin.buffer, Medium.TEXT)
        elif found.name.lower().endswith(ROWS):
            yield from rows(found)
        else:
            try:
                with found.open("rb") as handle:
                    yield _whole(str(found), handle, MEDIA[found.suffix.lower()])
            except OSError as error:
                yield UnreadableItem(str(found), error.strerror or str(error))


def _whole(origin: str, handle: BinaryIO, medium: Medium) -> Capture | ItemError:
    content = handle.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        return OversizedItem(origin, f"larger than {LARGEST_FILE // 1_000_000} MB; cut it or give its parts")
    if not content.strip():
        return UnreadableItem(origin, "the file is empty")
    return capture_of(origin, content, medium)


def rows(path: Path) -> Iterator[Capture | ItemError]:
    """The rows of a `.jsonl` or `.jsonl.gz` file; a truncated archive yields what it holds, then the error."""
    packed = path.name.lower().endswith(".gz")
    seen, number = 0, 0
    try:
        with gzip.open(path, "rb") if packed else path.open("rb") as handle:
            while line := handle.readline(LARGEST_ROW + 1):
                number += 1
                seen += len(line)
                if seen > LARGEST_ARCHIVE:
                    yield OversizedItem(str(path), f"unpacks to more than {LARGEST_ARCHIVE // 10**9} GB")
                    return
                if len(line) > LARGEST_ROW:
                    yield OversizedItem(f"{path}: row {number}", f"longer than {LARGEST_ROW // 10**6} MB")
                    while line and not line.endswith(b"\n"):
                        line = handle.readline(LARGEST_ROW)
                        seen += len(line)
                elif line.strip():
                    yield capture_of(f"{path}: row {number}", line.strip(), Medium.ROW)
        if number == 0:
            yield UnreadableItem(str(path), "the file is empty")
    except EOFError:
        yield UnreadableItem(
            str(path), f"the archive is cut short; the {number} rows before the cut were taken"
        )
    except (gzip.BadGzipFile, zlib.error) as error:
        yield UnreadableItem(str(path), f"not a gzip file, or a damaged one ({error})")
    except OSError as error:
        yield UnreadableItem(str(path), error.strerror or str(error))
