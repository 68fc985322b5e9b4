"""Footnotes: which lines at the foot of a page or column they are, and the marks that point to them."""

import re
from collections.abc import Sequence

import msgspec

from foreshock.gather.pdf_child import RAISED
from foreshock.gather.printed import WIDE_GAP, Line, Page, Print, same_size

MARK = rf"{RAISED[0]}(\d{{1,3}}|[*†‡]){RAISED[1]}"
_mark = re.compile(MARK)
_first = re.compile(rf"\s*{MARK}\s*")
_bare = re.compile(r"\d{1,3}|[*†‡]")
_after_stop = re.compile(rf"(?<=[.,;:!?”’)\]…])\s?{MARK}(?:,?{MARK})*")
_stopped = re.compile(r"[.!?…][”\"’')\]]*$")
_SMALL = 0.93
"""The share of the usual size of type below which a line is in small type."""


def with_marks(page: Page) -> list[Line]:
    """The page with its lines in one piece: PDFium parts them where a mark is raised."""
    found: list[Line] = []
    for line in page:
        whole = line
        if found and _is_mark_of(found[-1], line):
            mark = found.pop()
            whole = msgspec.structs.replace(line, text=f"{RAISED[0]}{mark.text}{RAISED[1]} {line.text}", left=mark.left)
        if found and _goes_on(found[-1], whole):
            before = found.pop()
            whole = msgspec.structs.replace(before, text=f"{before.text} {whole.text}", right=whole.right)
        found.append(whole)
    return found


def _is_mark_of(mark: Line, line: Line) -> bool:
    small = _bare.fullmatch(mark.text) is not None and mark.size < 0.85 * line.size
    return small and abs(mark.base - line.base) < line.size and mark.left <= line.left


def _goes_on(before: Line, line: Line) -> bool:
    level = abs(before.base - line.base) < 1 and same_size(before, line)
    return level and -1 < line.left - before.right < line.size


class Notes:
    """Tells the footnotes of a document's pages from their running text, page after page.

    A footnote begins with a raised mark that stands in the text of its page, or of the one before, and goes on to the
    foot of its column. One that is not at an end there goes on at the foot of the next page.
    """

    def __init__(self, common: Print) -> None:
        self._common = common
        self._called: set[str] = set()
        self._goes_on = False

    def apart(self, page: Page) -> tuple[list[Line], list[Line]]:
        """The page's running text without the marks of notes, and its footnotes."""
        called = {mark for line in page for mark in _marks_in(line)}
        openings = [at for at, line in enumerate(page) if (mark := _opening(line)) and mark in called | self._called]
        notes: set[int] = set()
        for at in openings:
            if at not in notes:
                notes.update(self._lines_of(page, at, notes))
        if self._goes_on:
            notes.update(self._rest(page, openings[0] if openings else len(page)))
        self._called, explained = called, {mark for at in openings if (mark := _opening(page[at]))}
        text = [_without(line, explained) for at, line in enumerate(page) if at not in notes]
        below = [page[at] for at in sorted(notes)]
        self._goes_on = bool(below) and _stopped.search(below[-1].text) is None
        return text, below

    def _lines_of(self, page: Page, at: int, taken: set[int]) -> range:
        """The lines of the notes in a column from the one that opens at `at` on; in small type also those before it
        that are not `taken`."""
        start, end = at, at + 1
        while end < len(page) and _goes_down(page[end - 1], page[end]) and self._of_notes(page[at], page[end]):
            end += 1
        small = page[at].size < _SMALL * self._common.size
        while small and start > 0 and start - 1 not in taken and self._goes_before(page, start, at):
            start -= 1
        return range(start, end)

    @staticmethod
    def _goes_before(page: Page, start: int, at: int) -> bool:
        return _goes_down(page[start - 1], page[start]) and same_size(page[start - 1], page[at])

    def _of_notes(self, first: Line, line: Line) -> bool:
        return line.size <= 1.08 * first.size or line.size < _SMALL * self._common.size

    def _rest(self, page: Page, end: int) -> range:
        """What goes on in lower case below a gap, before the first note of a page."""
        if not page:
            return range(0)
        start = end
        while start > 0 and (start == end or not self._apart(page[start - 1], page[start])):
            start -= 1
        return range(start, end) if start > 0 and page[start].text[0].islower() else range(0)

    def _apart(self, before: Line, line: Line) -> bool:
        pitch = self._common.pitches.get(round(line.size), line.size)
        return not 0 <= before.base - line.base <= WIDE_GAP * pitch or not same_size(before, line)


def opens(line: Line) -> bool:
    """Whether a note begins with this line."""
    return _first.match(line.text) is not None


def plain(words: str) -> str:
    """Words with what marks are left in them as plain characters; the mark of a note is left out at its beginning."""
    return _mark.sub(r"\1", words)


def unmarked(line: Line) -> Line:
    """A line of a note without its mark."""
    return msgspec.structs.replace(line, text=_first.sub("", line.text, count=1)) if opens(line) else line


def _opening(line: Line) -> str | None:
    """The mark that a line begins with."""
    found = _first.match(line.text)
    return found.group(1) if found else None


def _marks_in(line: Line) -> Sequence[str]:
    opening = _first.match(line.text)
    return _mark.findall(line.text, opening.end() if opening else 0)


def _goes_down(before: Line, line: Line) -> bool:
    return line.base < before.base + before.size / 2


def _without(line: Line, explained: set[str]) -> Line:
    """A line without the marks of its page's notes, and of notes at the end of the text where they follow a stop."""
    if RAISED[0] not in line.text:
        return line
    words = _mark.sub(lambda found: "" if found.group(1) in explained and found.start() else found.group(), line.text)
    return msgspec.structs.replace(line, text=_after_stop.sub("", words))
