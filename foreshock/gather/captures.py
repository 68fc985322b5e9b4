"""From paths and addresses to captures: files, folders, pages, standard input and rows, bounded, one at a time."""

import gzip
import os
import stat
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from foreshock.errors import ItemError, OversizedItem, UnreadableItem, UsageError
from foreshock.gather.addresses import Permit, is_public
from foreshock.gather.identity import capture_of as capture_of  # what the door's users know it by
from foreshock.gather.media import GZIP, SUFFIXES
from foreshock.gather.wording import NESTED, named, one_line
from foreshock.model.capture import Capture, Medium

LARGEST_FILE = 20_000_000
"""Bytes of one text or page; the longest report anyone publishes is far below."""
LARGEST_PRINT = 100_000_000
"""Bytes of one PDF or Word document, pictures included."""
LARGEST_ROW = 5_000_000
"""Bytes of one JSONL row, unpacked."""
LARGEST_ARCHIVE = 20_000_000_000
"""Bytes that one packed file may unpack to: past that it is a bomb."""

ROWS = (".jsonl", ".jsonl.gz")
TABLES = (".parquet",)
ARCHIVES = (".warc", ".warc.gz")
LITTER = ("~$", "._", ".~lock.")
"""How the names of files begin that programs leave beside those a person wrote: Word, macOS, LibreOffice."""
LEFT = "left by a program"
LINKED = "link to a folder"
MANY = (*ROWS, *TABLES, *ARCHIVES)
"""Files that hold many documents."""


WAYS_OUT = {
    (".csv", ".tsv", ".xlsx", ".xls", ".ods"): "write its rows as .jsonl, a JSON object a line with the text under "
    '"text"; rows of ACLED, UCDP or GDELT go in by foreshock import',
    (".json", ".ndjson"): 'write it as .jsonl, a JSON object a line with the text under "text"',
    (".eml", ".msg", ".mbox"): "save the message as .txt or .html, or print it to .pdf",
    (".doc", ".odt", ".rtf", ".pages", ".epub"): "save it as .docx, .pdf or .txt",
    (".zip", ".tar", ".tgz", ".rar", ".7z"): "unpack it, and name the folder",
    (".png", ".jpg", ".jpeg", ".tif", ".tiff"): "recognise its letters with another program, and save them as .txt",
}
"""What one can do with files of other kinds, by how their names end."""


def _way_out(path: Path) -> str:
    return next((f": {told}" for ends, told in WAYS_OUT.items() if path.suffix.lower() in ends), "")


def takes(path: Path) -> bool:
    """Whether the door takes files of this name."""
    return path.suffix.lower() in SUFFIXES or path.name.lower().endswith(MANY)


def files(inputs: Sequence[str]) -> Iterator[Path | str | ItemError]:
    """The files that `inputs` name, folders opened in name order. `-` and web addresses are passed on as strings.

    Yields an `ItemError` for what is not there, of no kind the door takes, or a folder with nothing to read.
    What a folder holds besides is passed over; `untaken` counts it.
    """
    for name in inputs:
        path = Path(name)
        shown = one_line(named(name))
        try:
            if name == "-" or "://" in name:
                yield named(name)
            elif path.is_dir():
                yield from _in_folder(path)
            elif not path.exists():
                yield ItemError(shown, "no such file or folder")
            elif not takes(path):
                kinds = ", ".join((*SUFFIXES, *MANY))
                yield ItemError(shown, f"not a kind of file that can be read; one of {kinds}{_way_out(path)}")
            else:
                yield path
        except OSError as error:
            yield UnreadableItem(shown, _why(error))


def untaken(inputs: Sequence[str]) -> Counter[str]:
    """How many files in the folders among `inputs` the door passes over, by suffix (`.pdf`, `no suffix`).

    Links to folders are not followed, since they may lead in a circle, and are counted as such. A folder with nothing
    to read is not counted: its `ItemError` says what it holds.
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
        yield ItemError(named(folder), "holds nothing that can be read" + (f" ({counts})" if counts else ""))


def _opened(folder: Path) -> tuple[list[Path], Counter[str], list[ItemError]]:
    """The files under `folder` that the door takes, in name order; the others by kind; what did not open."""
    failed: list[ItemError] = []

    def note(error: OSError) -> None:
        failed.append(UnreadableItem(named(error.filename), _why(error)))

    held: list[Path] = []
    besides = Counter[str]()
    for here, folders, names in os.walk(folder, onerror=note):
        held += (Path(here, name) for name in names)
        besides[LINKED] += sum(os.path.islink(os.path.join(here, name)) for name in folders)
    taken = []
    for path in sorted(held):
        if path.name.startswith(LITTER):
            besides[LEFT] += 1
        elif takes(path) and not _is_device(path):
            taken.append(path)
        else:
            besides[named(path.suffix.lower()) or "no suffix"] += 1
    return taken, +besides, failed


def _is_device(path: Path) -> bool:
    """Whether this is a pipe, a socket or the like, which may never come to an end."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # opening it will say why
        return False


def _why(error: OSError) -> str:
    return one_line(error.strerror or error)


def captures(
    inputs: Sequence[str], passed_over: Counter[str] | None = None, permit: Permit = is_public
) -> Iterator[Capture | ItemError]:
    """Everything that `inputs` hold, in order; what cannot be taken comes out as the error that says why.

    What archives hold besides is added to `passed_over`, by kind. `permit` says which addresses may be asked.
    """
    if not inputs:
        raise UsageError("name a file, a folder, a web address, or - for standard input")
    passed = Counter[str]() if passed_over is None else passed_over
    for found in files(inputs):
        if isinstance(found, ItemError):
            yield found
        elif found == "-":
            yield _whole("standard input", sys.stdin.buffer, Medium.TEXT)
        elif isinstance(found, str):
            from foreshock.gather.fetch import fetch  # slow to load, and most runs fetch nothing

            yield fetch(found, permit)
        else:
            yield from _in_file(found, passed)


def _in_file(path: Path, passed_over: Counter[str]) -> Iterator[Capture | ItemError]:
    name = path.name.lower()
    if name.endswith(ROWS):
        yield from rows(path)
    elif name.endswith(TABLES):
        from foreshock.gather.tables import table_rows

        yield from table_rows(path)
    elif name.endswith(ARCHIVES):
        from foreshock.gather.archives import records

        yield from records(path, passed_over)
    else:
        try:
            with path.open("rb") as handle:
                yield _whole(named(path), handle, SUFFIXES[path.suffix.lower()])
        except OSError as error:
            yield UnreadableItem(named(path), _why(error))


def _whole(origin: str, handle: BinaryIO, medium: Medium) -> Capture | ItemError:
    largest = LARGEST_PRINT if medium in (Medium.PDF, Medium.WORD) else LARGEST_FILE
    content = handle.read(largest + 1)
    if len(content) > largest:
        return OversizedItem(origin, f"larger than {largest // 1_000_000} MB; cut it or give its parts")
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
                    yield OversizedItem(named(path), f"unpacks to more than {LARGEST_ARCHIVE // 10**9} GB")
                    return
                passing, inside = inside, not piece.endswith(b"\n")
                if passing:
                    continue
                number += 1
                if packed and number == 1 and piece.startswith(GZIP):
                    yield UnreadableItem(named(path), NESTED)
                    return
                if len(piece) > LARGEST_ROW:
                    yield OversizedItem(f"{named(path)}: row {number}", f"longer than {LARGEST_ROW // 10**6} MB")
                elif piece.strip():
                    yield capture_of(f"{named(path)}: row {number}", piece.strip(), Medium.ROW)
        if number == 0:
            yield UnreadableItem(named(path), "the file is empty")
    except EOFError:
        yield UnreadableItem(named(path), f"the archive is cut short; the {number} rows before the cut were taken")
    except (gzip.BadGzipFile, zlib.error) as error:
        yield UnreadableItem(named(path), f"not a gzip file, or a damaged one ({one_line(error)})")
    except OSError as error:
        yield UnreadableItem(named(path), _why(error))
