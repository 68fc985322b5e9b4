"""From paths to captures: files, folders, standard input and rows, bounded in size, one at a time."""

import gzip
import hashlib
import os
import stat
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from foreshock.errors import ItemError, OversizedItem, UnreadableItem, UsageError
from foreshock.gather.wording import one_line
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
    """The capture of these bytes.

    They alone decide its identity: where two files hold the same bytes, the first that is taken wins, though
    a `.txt` and a `.md` of them would make different documents.
    """
    return Capture(origin=origin, content=content, sha256=hashlib.sha256(content).hexdigest(), medium=medium)


def takes(path: Path) -> bool:
    """Whether the door takes files of this name."""
    return path.suffix.lower() in MEDIA or path.name.lower().endswith(ROWS)


def files(inputs: Sequence[str]) -> Iterator[Path | ItemError]:
    """The files that `inputs` name, folders opened in name order. `-` is passed on as it is.

    Yields an `ItemError` for what is not there, of no kind the door takes, or a folder with nothing to read.
    What a folder holds besides is passed over; `untaken` counts it.
    """
    for name in inputs:
        path = Path(name)
        shown = one_line(name)
        try:
            if name == "-":
                yield path
            elif "://" in name:
                yield ItemError(shown, "pages are not fetched yet; save the page and give its file")
            elif path.is_dir():
                yield from _in_folder(path)
            elif not path.exists():
                yield ItemError(shown, "no such file or folder")
            elif not takes(path):
                kinds = ", ".join((*MEDIA, *ROWS))
                yield ItemError(shown, f"not a kind of file that can be read; one of {kinds}")
            else:
                yield path
        except OSError as error:
            yield UnreadableItem(shown, _why(error))


def untaken(inputs: Sequence[str]) -> Counter[str]:
    """How many files in the folders among `inputs` the door passes over, by suffix (`.pdf`, `no suffix`).

    A folder with nothing to read is not counted: its `ItemError` says what it holds.
    """
    total: Counter[str] = Counter()
    for name in inputs:
        try:
            folder = Path(name).is_dir()
        except OSError:  # reported by `files`
            continue
        if folder:
            taken, besides, failed = _opened(Path(name))
            total += besides if taken or failed else Counter()
    return total


def _in_folder(folder: Path) -> Iterator[Path | ItemError]:
    taken, besides, failed = _opened(folder)
    yield from failed
    yield from taken
    if not taken and not failed:
        counts = ", ".join(f"{number} {suffix}" for suffix, number in besides.most_common())
        yield ItemError(str(folder), "holds nothing that can be read" + (f" ({counts})" if counts else ""))


def _opened(folder: Path) -> tuple[list[Path], Counter[str], list[ItemError]]:
    """The files under `folder` that the door takes, in name order; the others by suffix; what did not open."""
    failed: list[ItemError] = []

    def note(error: OSError) -> None:
        failed.append(UnreadableItem(str(error.filename), _why(error)))

    held = sorted(Path(here, name) for here, _, names in os.walk(folder, onerror=note) for name in names)
    taken = [path for path in held if takes(path) and not _is_device(path)]
    others = set(held).difference(taken)
    besides = Counter(path.suffix.lower() or "no suffix" for path in held if path in others)
    return taken, besides, failed


def _is_device(path: Path) -> bool:
    """Whether this is a pipe, a socket or the like, which may never come to an end."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # opening it will say why
        return False


def _why(error: OSError) -> str:
    return one_line(error.strerror or error)


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
                yield UnreadableItem(str(found), _why(error))


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
    inside = False  # a row whose end is still to come: only one that is too long has any after its first piece
    try:
        with gzip.open(path, "rb") if packed else path.open("rb") as handle:
            while piece := handle.readline(LARGEST_ROW + 1):
                seen += len(piece)
                if seen > LARGEST_ARCHIVE:
                    yield OversizedItem(str(path), f"unpacks to more than {LARGEST_ARCHIVE // 10**9} GB")
                    return
                passing, inside = inside, not piece.endswith(b"\n")
                if passing:
                    continue
                number += 1
                if len(piece) > LARGEST_ROW:
                    yield OversizedItem(f"{path}: row {number}", f"longer than {LARGEST_ROW // 10**6} MB")
                elif piece.strip():
                    yield capture_of(f"{path}: row {number}", piece.strip(), Medium.ROW)
        if number == 0:
            yield UnreadableItem(str(path), "the file is empty")
    except EOFError:
        yield UnreadableItem(str(path), f"the archive is cut short; the {number} rows before the cut were taken")
    except (gzip.BadGzipFile, zlib.error) as error:
        yield UnreadableItem(str(path), f"not a gzip file, or a damaged one ({one_line(error)})")
    except OSError as error:
        yield UnreadableItem(str(path), _why(error))
