"""Files that are written whole or not at all, so that nobody takes half of one for all of it."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write at `path`, which is put there when this is left in good order; until then, and where it is not,
    what lies there stays as it was. A pipe or a device is written to as it comes, and so is a file in whose folder
    nothing new can be made.

    Raises `OSError`, which names `path`.
    """
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        with _opened(target, unfinished) as file:
            yield file
            file.flush()
            made = file.name == str(unfinished)
        if made:
            if target.exists():
                shutil.copymode(target, unfinished)
            unfinished.replace(target)
    except OSError as error:
        if error.filename not in (None, str(unfinished)):
            raise
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _opened(target: Path, unfinished: Path) -> BinaryIO:
    if target.exists() and not target.is_file():
        return target.open("wb")
    try:
        return unfinished.open("wb")
    except OSError:
        return target.open("wb")
