"""From a capture to a document: what the text is, and what its source says of itself."""

import re
from typing import Any

import msgspec
import yaml

from foreshock.errors import MalformedItem, UnreadableItem
from foreshock.gather.dates import publication_date
from foreshock.model.capture import Capture, Medium
from foreshock.model.document import Document, text_id

REPLACED = "some bytes were not UTF-8; they are read as �"
LONGEST_FIELD = 1000
_front_matter = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_heading = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_emphasis = re.compile(r"(?<!\w)(\*{1,2}|_{1,2})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_link = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_encoding = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w-]{1,40})""", re.IGNORECASE)


def document_of(capture: Capture) -> Document:
    """The document in `capture`. Raises an `ItemError` that names its origin where there is none."""
    return _PARSERS[capture.medium](capture)


def decode(capture: Capture, encoding: str = "utf-8") -> tuple[str, tuple[str, ...]]:
    """The capture's characters, nothing stripped, and a note where bytes had to be replaced.

    Raises `UnreadableItem` for what is plainly not text.
    """
    head = capture.content[:4096]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if b"\0" in head or controls > len(head) // 50:
        raise UnreadableItem(capture.origin, "not a text: the file holds binary data")
    try:
        return capture.content.decode(encoding), ()
    except (UnicodeDecodeError, LookupError):
        return capture.content.decode("utf-8", "replace"), (REPLACED,)


def _text(capture: Capture) -> Document:
    text, notes = decode(capture)
    return Document(id=text_id(text), text=text, origin=capture.origin, capture=capture.sha256, notes=notes)


def _markdown(capture: Capture) -> Document:
    source, notes = decode(capture)
    fields: dict[str, Any] = {}
    found = _front_matter.match(source)
    if found:
        try:
            loaded = yaml.safe_load(found.group(1))
        except yaml.YAMLError as error:
            raise MalformedItem(capture.origin, f"its front matter is not YAML ({error})") from error
        fields = loaded if isinstance(loaded, dict) else {}
        source = source[found.end() :]
    text = _link.sub(r"\1", _emphasis.sub(r"\2", _heading.sub("", source))).strip() + "\n"
    return _with_fields(capture, text, {name: _plain(value) for name, value in fields.items()}, notes)


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


def _page(capture: Capture) -> Document:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    declared = _encoding.search(capture.content[:2048])
    source, notes = decode(capture, declared.group(1).decode("ascii") if declared else "utf-8")
    try:
        page = bare_extraction(source, fast=True, with_metadata=True, include_comments=False)
    except (RecursionError, ValueError) as error:
        raise UnreadableItem(capture.origin, f"the page cannot be taken apart ({error})") from error
    if not isinstance(page, Page) or not page.text:
        raise UnreadableItem(capture.origin, "the page holds no running text")
    text = page.text if page.text.startswith(page.title or "") else f"{page.title}\n\n{page.text}"
    fields = {"title": page.title, "outlet": page.sitename, "author": page.author, "url": page.url}
    if page.date:
        fields["published"] = page.date
    return _with_fields(capture, text, fields, notes)


class _Row(msgspec.Struct):
    """A JSONL row as the contract has it; other keys are ignored."""

    text: str
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    outlet: str | None = None
    author: str | None = None
    month: str | None = None


_row_decoder = msgspec.json.Decoder(_Row)


def _row(capture: Capture) -> Document:
    notes: tuple[str, ...] = ()
    try:
        row = _row_decoder.decode(capture.content)
    except UnicodeDecodeError:
        text, notes = decode(capture)
        row = _row_decoder.decode(text)
    except msgspec.DecodeError as error:
        raise MalformedItem(capture.origin, f"not a row with a text ({error})") from error
    title = (row.title or "").strip()
    text = row.text if not title or row.text.startswith(title) else f"{title}\n\n{row.text}"
    if not row.text.strip():
        raise UnreadableItem(capture.origin, "the row's text is empty")
    fields = {
        "title": title or None, "url": row.url, "published": row.published, "outlet": row.outlet,
        "author": row.author, "month": row.month,
    }  # fmt: skip
    return _with_fields(capture, text, fields, notes, None if row.id is None else str(row.id))


def _with_fields(
    capture: Capture,
    text: str,
    fields: dict[str, str | None],
    notes: tuple[str, ...],
    external_id: str | None = None,
) -> Document:
    """A document with what its source says of itself; a wrong date is an error, not a guess."""
    published, granularity, month = None, None, None
    try:
        if value := fields.get("published"):
            published, granularity = publication_date(value.strip())
        if value := fields.get("month"):
            publication_date(value.strip())
            month = value.strip()[:7]
    except ValueError as error:
        raise MalformedItem(capture.origin, str(error)) from error
    short = {name: (value or "").strip()[:LONGEST_FIELD] or None for name, value in fields.items()}
    return Document(
        id=text_id(text),
        text=text,
        origin=capture.origin,
        capture=capture.sha256,
        title=short.get("title"),
        outlet=short.get("outlet"),
        author=short.get("author"),
        url=short.get("url"),
        external_id=external_id,
        published=published,
        published_granularity=granularity,
        crawl_month=month,
        notes=notes,
    )


_PARSERS = {
    Medium.TEXT: _text,
    Medium.MARKDOWN: _markdown,
    Medium.PAGE: _page,
    Medium.ROW: _row,
}
