"""Word documents (.docx): the paragraphs of their text, unpacked within limits."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from foreshock.errors import OversizedItem, UnreadableItem
from foreshock.gather.word_lists import Lists
from foreshock.gather.word_names import attribute, child, children, name_of
from foreshock.gather.wording import one_line
from foreshock.model.capture import Capture

LARGEST_PART = 50_000_000
"""Bytes that one part may unpack to; the text of a long book is a tenth of that."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and new ones that are encrypted."""
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
            parts = _Parts(capture, archive)
            body, core = parts.main(), parts.tree("docProps/core.xml")
            lists = Lists(parts.beside("numbering.xml"), parts.beside("styles.xml"))
            footnotes, endnotes = (_notes(parts.beside(f"{name}s.xml"), name) for name in ("footnote", "endnote"))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnreadableItem(capture.origin, f"not a Word document, or a damaged one ({one_line(error)})") from error
    found = [*_paragraphs(body, lists, footnotes), *(words for each in endnotes.values() for words in each)]
    text = "\n\n".join(paragraph for each in found if (paragraph := each.strip()))
    if not text:
        raise UnreadableItem(capture.origin, "the document holds no text")
    stated = {
        name: (core.findtext(f"{_DUBLIN}{element}") or "").strip() or None if core is not None else None
        for name, element in (("title", "title"), ("author", "creator"))
    }
    return text, stated


class _Parts:
    """The parts of a document, each unpacked within limits when it is asked for."""

    def __init__(self, capture: Capture, archive: zipfile.ZipFile) -> None:
        self._capture = capture
        self._archive = archive
        self._names = set(archive.namelist())
        self._main = self._place_of_main()

    def _place_of_main(self) -> str:
        """Where the text lies: programs may put it elsewhere than Word does."""
        for relation in self.tree("_rels/.rels") if "_rels/.rels" in self._names else ():
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
        return "word/document.xml"

    def main(self) -> Any:  # noqa: ANN401
        """The text. Raises `UnreadableItem` where this is another archive."""
        body = self.tree(self._main)
        if body is None or name_of(body) != "document":
            problem = "a ZIP archive, not a Word document; unpack it and give the files in it"
            raise UnreadableItem(self._capture.origin, problem)
        return body

    def beside(self, name: str) -> Any:  # noqa: ANN401
        """A part in the folder of the text, or null."""
        return self.tree(f"{self._main.rpartition('/')[0]}/{name}")

    def tree(self, name: str) -> Any:  # noqa: ANN401
        """A part, or null where there is none of this name."""
        from lxml import etree

        if name not in self._names:
            return None
        with self._archive.open(name) as part:
            content = part.read(LARGEST_PART + 1)
        if len(content) > LARGEST_PART:
            raise OversizedItem(self._capture.origin, f"unpacks to more than {LARGEST_PART // 10**6} MB")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            tree = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableItem(self._capture.origin, f"a damaged Word document ({one_line(error)})") from error
        if tree.getroottree().docinfo.doctype:
            problem = "a Word document that defines entities of its own is not read"
            raise UnreadableItem(self._capture.origin, problem)
        return tree


def _notes(tree: Any, name: str) -> dict[str, list[str]]:  # noqa: ANN401
    """The paragraphs of footnotes or endnotes by number; the lines that part them from the text are none."""
    found = {}
    for note in children(tree, name):
        if attribute(note, "type") in (None, "normal"):
            found[attribute(note, "id") or ""] = list(_paragraphs(note, Lists(None, None), {}))
    return found


def _paragraphs(body: Any, lists: Lists, footnotes: dict[str, list[str]]) -> Iterator[str]:  # noqa: ANN401
    """The paragraphs in order, those of footnotes below what they are noted on.

    One inside another, as in a text box, comes after it.
    """
    waiting: list[Any] = [body]
    while waiting:
        element = waiting.pop()
        if name_of(element) == "p":
            words, inner, noted = _words(element)
            yield f"{lists.label(element)}{words}" if words else ""
            for number in noted:
                yield from footnotes.pop(number, ())
            waiting += reversed(inner)
        elif element.tag != _FALLBACK and name_of(element) not in _LEFT_OUT:
            waiting += reversed(element)


def _words(paragraph: Any) -> tuple[str, list[Any], list[str]]:  # noqa: ANN401
    """A paragraph's own words, the paragraphs inside it, and the numbers of its footnotes."""
    pieces: list[str] = []
    inner: list[Any] = []
    noted: list[str] = []
    waiting: list[Any] = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = name_of(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in ("tab", "br", "cr"):
            pieces.append(" ")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "p":
            inner.append(element)
        elif name == "footnoteReference":
            noted.append(attribute(element, "id") or "")
        elif element.tag != _FALLBACK and name not in _LEFT_OUT and not _hidden(element):
            waiting += reversed(element)
    return " ".join("".join(pieces).split()), inner, noted


def _hidden(run: Any) -> bool:  # noqa: ANN401
    """Whether these words are shown to nobody."""
    vanish = child(child(run, "rPr"), "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")
