"""The bytes as they were taken from outside, before anything was made of them."""

from enum import StrEnum

import msgspec


class Medium(StrEnum):
    """What the bytes are, which says how a document is made of them."""

    TEXT = "text"
    MARKDOWN = "markdown"
    PAGE = "page"
    ROW = "row"


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """One thing taken: a file, a page, a row. `sha256` is the hex digest of `content`."""

    origin: str
    content: bytes
    sha256: str
    medium: Medium
