"""A stretch of a document's text, by code points."""

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


def check_quote(text: str, start: int | None, end: int | None, quote: str | None, what: str, of: str = "") -> None:
    """Raise `MalformedItem` unless `[start, end)` lies in the text, not empty, and reads `quote`, or all are null.

    The error names `what` it is, and what it is a part `of`.
    """
    if start is None and end is None and quote is None:
        return
    if start is None or end is None or not 0 <= start < end <= len(text) or text[start:end] != quote:
        raise MalformedItem(f"{of} {what}".strip(), f"[{start}, {end}) is not {quote!r} in the text")
