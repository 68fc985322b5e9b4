"""Reads one PDF from standard input and writes what it says as JSON; started by `foreshock.gather.pdf`.

A process of its own: what a hostile file does to the C++ library that takes it apart ends here, and its time
and memory have limits that hold whatever it does.
"""

import contextlib
import ctypes
import json
import math
import re
import signal
import sys
from typing import Any

MOST_PAGES = 2000
LARGEST_TEXT = 20_000_000
"""Characters."""
LEAST_LETTERS = 20
"""Letters on a page below which it is a picture of a page: a stamp or a page number, no text."""
MEMORY, PROCESSOR_SECONDS = 4_000_000_000, 60
_END_WITH_PARENT = 1
"""Linux's PR_SET_PDEATHSIG: which signal this process is sent when the one that started it ends."""
RAISED = ("\ue000", "\ue001")
"""What stands before and after a number that is set small and above its line, as the mark of a footnote is."""

_PROBLEMS = {4: "encrypted", 5: "encrypted"}
"""PDFium's FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY."""
_CUT = "\ufffe"
"""What PDFium puts for a hyphen at a line's end; the next line follows at once."""
_lines = re.compile(rf"[^\r\n{_CUT}]+{_CUT}?")
_mark = re.compile(r"(?<!\d)(?:\d{1,3}|[*†‡])(?!\d)")
_SMALL, _ABOVE = 0.85, 0.15
"""A raised number is below this share of its line's size of type, and by that share of it above the line."""


def _limit() -> None:
    if sys.platform == "linux":  # elsewhere the limit on its time ends it, later
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    with contextlib.suppress(ImportError):  # not on Windows; the parent's clock still holds there
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))


class _Page:
    """A page's characters and where they stand, as it is looked at: turned pages are turned back."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 - pypdfium2 is loaded in this process only when it is needed
        from pypdfium2 import raw

        self._raw = raw
        self._held = page.get_textpage()
        self.text: str = self._held.get_text_range()
        self._turn = math.radians(page.get_rotation())
        self._within = page.get_bbox()

    def _character(self, at: int) -> int:
        found: int = self._raw.FPDFText_GetCharIndexFromTextIndex(self._held, at)
        return found

    def size(self, at: int) -> float:
        """The size of type, in points; 0 where it is not known."""
        character, matrix = self._character(at), self._raw.FS_MATRIX()
        if not self._raw.FPDFText_GetMatrix(self._held, character, matrix):
            return 0.0
        size: float = self._raw.FPDFText_GetFontSize(self._held, character)
        return abs(size) * math.hypot(matrix.c, matrix.d)

    def _origin(self, at: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(self._held, self._character(at), x, y)
        return x.value, y.value

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        cos, sin = math.cos(self._turn), math.sin(self._turn)
        return x * cos + y * sin, y * cos - x * sin

    def start(self, at: int) -> tuple[float, float]:
        """Where a character begins on its line: points to the right of and above a corner of the page."""
        return self._turned(*self._origin(at))

    def end(self, at: int) -> float:
        """How far to the right a character reaches, in points."""
        box = self._raw.FS_RECTF()
        self._raw.FPDFText_GetLooseCharBox(self._held, self._character(at), box)
        return max(self._turned(box.left, box.top)[0], self._turned(box.right, box.bottom)[0])

    def shows(self, at: int) -> bool:
        """Whether a character stands on the part of the page that is shown."""
        left, bottom, right, top = self._within
        x, y = self._origin(at)
        return bool(left <= x <= right and bottom <= y <= top)


def _line(page: _Page, start: int, end: int) -> tuple[str, float, float, float, float]:
    """A line's text, its size of type, where it begins and ends and how high it stands."""
    line = page.text[start:end]
    start, end = start + len(line) - len(line.lstrip()), start + len(line.rstrip(f" \t{_CUT}"))
    half = next((at for at in range((start + end) // 2, end) if not page.text[at].isspace()), start)
    size, usual = sorted((page.size(at), at) for at in (start, half, end - 1))[1]
    base = page.start(usual)[1]
    pieces, done = [], start
    for found in _mark.finditer(page.text, start, end):
        at = found.start()
        if page.size(at) < _SMALL * size and page.start(at)[1] > base + _ABOVE * size:
            pieces += [page.text[done:at], RAISED[0], found.group(), RAISED[1]]
            done = found.end()
    text = "".join([*pieces, page.text[done:end], "-" if line.endswith(_CUT) else ""])
    return " ".join(text.split()), size, page.start(start)[0], page.end(end - 1), base


def _is_picture(page: Any, text: str) -> bool:  # noqa: ANN401
    """Whether a page shows a picture and says next to nothing."""
    from pypdfium2 import raw

    if sum(map(str.isalpha, text)) >= LEAST_LETTERS:
        return False
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _read(content: bytes) -> dict[str, object]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        found = re.search(r"\((\d)\)", str(error))
        code = getattr(error, "err_code", None) or (int(found.group(1)) if found else 0)
        return {"problem": _PROBLEMS.get(code, "damaged")}
    if len(document) > MOST_PAGES:
        return {"problem": "long", "pages": len(document)}
    pages: list[list[tuple[str, float, float, float, float]]] = []
    size = pictures = 0
    for number in range(len(document)):
        page = document[number]
        read = _Page(page)
        size += len(read.text)
        if size > LARGEST_TEXT:
            return {"problem": "large"}
        spans = [found.span() for found in _lines.finditer(read.text) if found.group().strip(f" \t\xa0{_CUT}")]
        pages.append([_line(read, *span) for span in spans if read.shows(span[0])])
        pictures += _is_picture(page, read.text)
        page.close()
    said = document.get_metadata_dict()
    title, author = said.get("Title"), said.get("Author")
    return {
        "problem": None, "pages": len(pages), "pictures": pictures, "lines": pages, "title": title, "author": author,
    }  # fmt: skip


def main() -> None:
    """Read, and write one line."""
    _limit()
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
