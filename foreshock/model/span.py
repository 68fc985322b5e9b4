"""A stretch of a document's text, by code points."""

from collections.abc import Iterable
from typing import Protocol

import msgspec

from foreshock.errors import MalformedItem


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """`text[start:end]`, with the quoted characters kept beside the offsets so that both can be checked.

    Offsets are Unicode code points, half open, into the document's text as given.
    """

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Span":
        """The span `[start, end)` of `text`. Raises `MalformedItem` where that is empty or outside it."""
        if not 0 <= start < end <= len(text):
            raise MalformedItem("span", f"[{start}, {end}) does not lie in a text of {len(text)} characters")
        return Span(start=start, end=end, text=text[start:end])


class Quoting(Protocol):
    """What stands for a stretch of text, or, all null, for none."""

    @property
    def start(self) -> int | None:
        """Its first code point."""
        ...

    @property
    def end(self) -> int | None:
        """The code point after its last."""
        ...

    @property
    def text(self) -> str | None:
        """What the text reads there."""
        ...


def check_quotes(text: str, parts: Iterable[Quoting | None], of: str) -> None:
    """Raise `MalformedItem` unless each of `parts` lies in the text, not empty, and quotes it, or is all null.

    The error names the kind of part and what it is a part `of`. A part that is null itself passes.
    """
    length = len(text)
    for part in parts:
        if part is None:
            continue
        start, end, quote = part.start, part.end, part.text
        if start is None and end is None and quote is None:
            continue
        if start is None or end is None or not 0 <= start < end <= length or text[start:end] != quote:
            name = type(part).__name__.lower()
            raise MalformedItem(f"{of} {name}", f"[{start}, {end}) is not {quote!r} in the text")
