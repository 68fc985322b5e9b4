"""What kind of thing bytes from the net are, by what their server says and by how they begin."""

from urllib.parse import urlsplit

from foreshock.model.capture import Medium

SUFFIXES: dict[str, Medium] = {
    ".txt": Medium.TEXT,
    ".md": Medium.MARKDOWN,
    ".html": Medium.PAGE,
    ".htm": Medium.PAGE,
    ".pdf": Medium.PDF,
    ".docx": Medium.WORD,
}
TYPES: dict[str, Medium] = {
    "text/html": Medium.PAGE,
    "application/xhtml+xml": Medium.PAGE,
    "text/plain": Medium.TEXT,
    "text/markdown": Medium.MARKDOWN,
    "application/pdf": Medium.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Medium.WORD,
}
GZIP = b"\x1f\x8b"
"""How a gzip file begins."""
_PAGE = (b"<!doctype html", b"<html")
"""How a page begins, small letters or capitals."""
UNSAID = ("", "application/octet-stream", "binary/octet-stream", "application/download", "application/x-download")
"""Types by which a server says that it does not know."""


def type_of(header: str) -> str:
    """The media type in a Content-Type header, in lower case, without its parameters."""
    return header.partition(";")[0].strip().lower()


def medium_of(header: str, url: str, content: bytes) -> Medium | None:
    """What the answer of a server is, null where the door does not take it.

    `header` is its Content-Type. Where that says nothing the content's first bytes do, then the address.
    """
    stated = type_of(header)
    if stated not in UNSAID:
        return TYPES.get(stated)
    if content.startswith(b"%PDF-"):
        return Medium.PDF
    if content[:200].lstrip().lower().startswith(_PAGE):
        return Medium.PAGE
    try:
        name = urlsplit(url).path.lower()
    except ValueError:  # no address at all
        return None
    return next((medium for suffix, medium in SUFFIXES.items() if name.endswith(suffix)), None)
