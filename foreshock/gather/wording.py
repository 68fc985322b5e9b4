"""What a person is told at the door, kept to one line whatever the input holds."""

import os

LONGEST = 200
NESTED = "an archive inside an archive; unpack the outer one and give the inner"


def named(path: str | os.PathLike[str]) -> str:
    """A file's name as text that can be written anywhere: bytes of it that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def one_line(words: object) -> str:
    """`words` as one line of at most `LONGEST` characters; what is longer loses its middle."""
    line = " ".join(str(words).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]}…{line[-LONGEST // 2 + 1 :]}"
