"""Word documents (.docx): the paragraphs of their text, unpacked within limits."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from foreshock.errors import OversizedItem, UnreadableItem
from foreshock.gather.wording import one_line
from foreshock.model.capture import Capture

LARGEST_PART = 50_000_000
"""Bytes that one part may unpack to; the text of a long book is a tenth of that."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and new ones that are encrypted."""
_WORD = ("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
         "{http://purl.oclc.org/ooxml/wordprocessingml/main}")  # fmt: skip
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_LEFT_OUT = ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr")
"""What was deleted, what a field is made by, and how things look."""


def word_text(capture: Capture) -> tuple[str, dict[str, str | None]]:
    """The text of a Word document, a paragraph a line with an empty line between, and its title and author.

    Raises `UnreadableItem` where it is encrypted, damaged, another archive or without text, `OversizedItem`
    where it unpacks to too much.
    """
    if capture.content.startswith(_OLE):
        problem = "the document is encrypted, or an old .doc; save a copy as .docx without a password"
        raise UnreadableItem(capture.origin, problem)
    try:
        with zipfile.ZipFile(io.BytesIO(capture.content)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                problem = "a ZIP archive, not a Word document; unpack it and give the files in it"
                raise UnreadableItem(capture.origin, problem)
            body = _tree(capture, archive, "word/document.xml")
            core = _tree(capture, archive, "docProps/core.xml") if "docProps/core.xml" in names else None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnreadableItem(capture.origin, f"not a Word document, or a damaged one ({one_line(error)})") from error
    text = "\n\n".join(paragraph for found in _paragraphs(body) if (paragraph := found.strip()))
    if not text:
        raise UnreadableItem(capture.origin, "the document holds no text")
    stated = {
        name: (core.findtext(f"{_DUBLIN}{element}") or "").strip() or None if core is not None else None
        for name, element in (("title", "title"), ("author", "creator"))
    }
    return text, stated


def _tree(capture: Capture, archive: zipfile.ZipFile, name: str) -> Any:  # noqa: ANN401 - lxml has no types
    from lxml import etree

    with archive.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise OversizedItem(capture.origin, f"unpacks to more than {LARGEST_PART // 10**6} MB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableItem(capture.origin, f"a damaged Word document ({one_line(error)})") from error
    if tree.getroottree().docinfo.doctype:
        raise UnreadableItem(capture.origin, "a Word document that defines entities of its own is not read")
    return tree


def _paragraphs(body: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    """The paragraphs in order; one inside another, as in a text box, comes after it."""
    waiting: list[Any] = [body]
    while waiting:
        element = waiting.pop()
        if _name(element) == "p":
            words, inner = _words(element)
            yield words
            waiting += reversed(inner)
        elif element.tag != _FALLBACK and _name(element) not in _LEFT_OUT:
            waiting += reversed(element)


def _words(paragraph: Any) -> tuple[str, list[Any]]:  # noqa: ANN401 - lxml has no types
    """A paragraph's own words, and the paragraphs inside it."""
    pieces: list[str] = []
    inner: list[Any] = []
    waiting: list[Any] = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = _name(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in ("tab", "br", "cr"):
            pieces.append(" ")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "p":
            inner.append(element)
        elif element.tag != _FALLBACK and name not in _LEFT_OUT:
            waiting += reversed(element)
    return " ".join("".join(pieces).split()), inner


def _name(element: Any) -> str | None:  # noqa: ANN401 - lxml has no types
    """An element's name where it is one of WordprocessingML's, else null; comments have none."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return next((tag[len(space) :] for space in _WORD if tag.startswith(space)), None)
