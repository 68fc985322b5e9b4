"""Where a command's output goes: to screens that cannot show every character, and to disks that may be full."""

import codecs
import errno
import os
import sys
import unicodedata
from typing import Final, TextIO

_PLAIN: Final = "foreshock.plain"
_STAND_INS: Final = str.maketrans(
    {"▌": "|", "█": "#", "┃": "|", "│": "|", "━": "-", "─": "-", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"',
     "”": '"', "·": "-", "•": "-", "→": "->", "›": ">", "↔": "<->", "×": "x", "†": "+", "±": "+-", "…": "..."}
)  # fmt: skip
"""What is written for the signs of our own tables and lines where they cannot be."""
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What the system says where what is written finds no room, its disk fails, or nobody opened what it goes to."""
SHORT: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN})
"""What the system says where it has no more open files, memory or processes to give."""


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Characters that the output has no sign for: our own by what looks like them, letters without their accents."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_STAND_INS)
    bare = unicodedata.normalize("NFKD", text)
    kept = "".join(one for one in bare if not unicodedata.combining(one))
    return kept.encode("ascii", "replace").decode("ascii"), error.end


codecs.register_error(_PLAIN, _plain)


def open_closed_streams() -> None:
    """Open the standard streams with which the program was started closed, lest the next file that is opened take a
    stream's place: nothing is read, errors go nowhere, and what is put out is told that it cannot be written."""
    for number, name, mode in ((0, "stdin", os.O_RDONLY), (1, "stdout", os.O_RDONLY), (2, "stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, mode)
            os.set_inheritable(opened, opened == number)
            setattr(sys, name, os.fdopen(opened, "w" if number else "r", closefd=False))


def take_any_text(*streams: TextIO) -> None:
    """Let streams take every text: one whose encoding lacks a character writes another in its place."""
    for stream in streams:
        _reconfigure(stream, errors=_PLAIN)


def write_for_programs(form: str) -> None:
    """JSON is UTF-8, whatever a terminal's encoding: nothing in it may be written as another character."""
    if form in ("json", "jsonl"):
        _reconfigure(sys.stdout, encoding="utf-8")


def _reconfigure(stream: TextIO, **settings: str) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(**settings)


def give_up_output() -> None:
    """Let what is still unwritten go, so that the end of the program does not try to write it once more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a file of its own loses nothing
        return
