"""The bytes as they were taken from outside, before anything was made of them."""

import datetime
from enum import StrEnum
from typing import Final

import msgspec


class Medium(StrEnum):
    """What the bytes are, which says how a document is made of them."""

    TEXT = "text"
    MARKDOWN = "markdown"
    PAGE = "page"
    ROW = "row"
    PDF = "pdf"
    WORD = "word"


UNANSWERED: Final = 0
"""The status of what an archive kept of an address without what its server said."""


class Fetch(msgspec.Struct, frozen=True, kw_only=True):
    """How bytes came over the net: the address that answered, after redirects, when (UTC), and what it said.

    `status` is `UNANSWERED` where an archive did not keep it; the headers are then the archive's own.
    """

    url: str
    at: datetime.datetime
    status: int
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """The first header of this name, whatever its case; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """One thing taken: a file, a page, a row. `sha256` is the hex digest of `content`.

    `fetch` is null for what was not fetched, as a file.
    """

    origin: str
    content: bytes
    sha256: str
    medium: Medium
    fetch: Fetch | None = None
