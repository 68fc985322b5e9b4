"""From a capture to a document: what the text is, and what its source says of itself."""

import codecs
import datetime

import msgspec

from foreshock.errors import MalformedItem, UnreadableItem
from foreshock.gather.dates import publication_date, stated_date, written_day
from foreshock.gather.markdown import front_matter, words_of
from foreshock.gather.page_dates import day_of_publication
from foreshock.gather.pages import charset_in, charset_of
from foreshock.gather.pdf import pdf_text
from foreshock.gather.word import word_text
from foreshock.gather.wording import one_line
from foreshock.model.capture import Capture, Medium
from foreshock.model.document import Document, text_id

REPLACED = "some bytes were not UTF-8; they are read as �"
DATE_LEFT_OUT = "the date in its front matter is not YYYY-MM-DD or YYYY-MM and is left out"
LONGEST_FIELD = 1000
EARLIEST_CLOCKS = datetime.timedelta(hours=14)
"""How far the earliest time zone is before UTC: a page may say the day that has begun there."""
BYTE_ORDER_MARK = "\ufeff"
_WIDE = {
    "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),  # before the other: the shorter mark begins the longer
    "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}


def document_of(capture: Capture) -> Document:
    """The document in `capture`. Raises an `ItemError` that names its origin where there is none."""
    return _PARSERS[capture.medium](capture)


def decode(capture: Capture, encoding: str = "utf-8") -> tuple[str, tuple[str, ...]]:
    """The capture's characters, none stripped but the mark of UTF-16 or UTF-32, and a note where bytes were replaced.

    A file that begins with such a mark is read so, whatever `encoding` says: the HTML standard has the mark win, too.
    Raises `UnreadableItem` for what is plainly not text.
    """
    wide = _wide(capture.content)
    head = capture.content[:4096] if wide is None else [ord(character) for character in wide[:4096]]
    controls = sum(code < 9 or 13 < code < 32 for code in head)
    if 0 in head or controls > len(head) // 50:
        raise UnreadableItem(capture.origin, "not a text: the file holds binary data")
    if wide is not None:
        return wide, ()
    try:
        return capture.content.decode(encoding), ()
    except UnicodeDecodeError:
        return capture.content.decode("utf-8", "replace"), (REPLACED,)


def _wide(content: bytes) -> str | None:
    """The text of a file that begins as UTF-16 or UTF-32 does and is that to its end; null for any other."""
    for name, marks in _WIDE.items():
        if content.startswith(marks):
            try:
                return content.decode(name)
            except UnicodeDecodeError:
                return None
    return None


def _address(capture: Capture) -> str | None:
    """Where the capture was fetched."""
    return capture.fetch.url if capture.fetch else None


def _declared(capture: Capture) -> str:
    """The Content-Type that its server gave, whose charset wins over the page's own (RFC 9110, HTML standard)."""
    return capture.fetch.header("Content-Type") if capture.fetch else ""


def _text(capture: Capture) -> Document:
    text, notes = decode(capture, charset_in(_declared(capture)) or "utf-8")
    if capture.fetch is not None:
        return _with_fields(capture, text, {"url": _address(capture)}, notes)
    return Document(id=text_id(text), text=text, origin=capture.origin, capture=capture.sha256, notes=notes)


def _print(capture: Capture) -> Document:
    text, fields, notes = pdf_text(capture) if capture.medium is Medium.PDF else (*word_text(capture), ())
    return _with_fields(capture, text, {**fields, "url": _address(capture)}, notes)


def _markdown(capture: Capture) -> Document:
    source, notes = decode(capture)
    try:
        fields, left_out, rest = front_matter(source.removeprefix(BYTE_ORDER_MARK))
    except ValueError as error:
        raise MalformedItem(capture.origin, str(error)) from error
    if "published" in left_out:
        raise MalformedItem(capture.origin, "the date in its front matter is not a plain value")
    notes += tuple(f"the {name} in its front matter is not a plain value and is left out" for name in left_out)
    date = fields.pop("date", None)
    if date is not None and fields.get("published") is None:
        fields["published"] = written_day(date)
        notes += () if fields["published"] else (DATE_LEFT_OUT,)
    fields.setdefault("url", _address(capture))
    return _with_fields(capture, words_of(rest), fields, notes)


def _page(capture: Capture) -> Document:
    from trafilatura import bare_extraction, load_html
    from trafilatura.settings import Document as Page

    source, notes = decode(capture, charset_in(_declared(capture)) or charset_of(capture.content))
    latest = (datetime.datetime.now(datetime.UTC) + EARLIEST_CLOCKS).date()
    try:
        tree = load_html(source)
        if tree is None:
            raise UnreadableItem(capture.origin, "the page holds no running text")
        published = day_of_publication(tree, latest)
        page = bare_extraction(
            tree,
            fast=True,
            with_metadata=True,
            include_comments=False,
            # What it makes of dates is not used, see `day_of_publication`; this only saves it the search.
            date_extraction_params={
                "extensive_search": False,
                "original_date": True,
                "max_date": latest.isoformat(),
            },
        )
    except (RecursionError, ValueError) as error:
        raise UnreadableItem(capture.origin, f"the page cannot be taken apart ({one_line(error)})") from error
    if not isinstance(page, Page) or not page.text:
        raise UnreadableItem(capture.origin, "the page holds no running text")
    text = page.text if page.text.startswith(page.title or "") else f"{page.title}\n\n{page.text}"
    fields = {
        "title": page.title, "outlet": page.sitename, "author": page.author,
        "url": page.url or _address(capture), "published": published,
    }  # fmt: skip
    return _with_fields(capture, text, fields, notes)


class _Row(msgspec.Struct):
    """A JSONL row as the contract has it; other keys are ignored."""

    text: str
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    outlet: str | None = None
    author: str | list[str] | None = None
    month: str | None = None


_row_decoder = msgspec.json.Decoder(_Row)


def _row(capture: Capture) -> Document:
    content = capture.content.removeprefix(codecs.BOM_UTF8)
    notes: tuple[str, ...] = ()
    try:
        try:
            row = _row_decoder.decode(content)
        except (UnicodeDecodeError, msgspec.DecodeError):  # bad bytes are the one before msgspec 0.23, the other since
            source, notes = decode(capture)
            row = _row_decoder.decode(source.removeprefix(BYTE_ORDER_MARK))
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedItem(capture.origin, f"not a row with a text ({one_line(error)})") from error
    title = (row.title or "").strip()
    text = row.text if not title or row.text.startswith(title) else f"{title}\n\n{row.text}"
    fields = {
        "title": title or None, "url": row.url, "published": row.published, "outlet": row.outlet,
        "author": ", ".join(row.author) if isinstance(row.author, list) else row.author, "month": row.month,
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
            published, granularity = stated_date(value.strip())
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
    Medium.PDF: _print,
    Medium.WORD: _print,
}
