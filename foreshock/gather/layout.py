"""From the lines of a printed page to running text: paragraphs, without page numbers and running heads."""

import re
from collections import Counter
from collections.abc import Sequence

EDGE = 2
"""Lines at a page's top and bottom that may be a running head or foot."""
SHORT_LINE = 0.75
"""A line below this share of the text's usual width may end its paragraph; wrapped lines are rarely so short."""

_number = re.compile(r"\d+")
_page_number = re.compile(r"(?:page\s+)?[-–— ]*(?:\d{1,4}|[ivxl]{1,6})[-–— ]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_stopped = re.compile(r"[.!?…:;][”\"’')\]]*$")
_list_item = re.compile(r"(?:[•●▪■◦‣–—*-]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_cut_by_pdfium = re.compile(r"(?<=[^\W\d_])[\ufffe\x02]\s*")
"""What PDFium puts for a hyphen at a line's end, the lines joined."""
_broken_word = re.compile(r"[^\W\d_][-\u00ad\u2010]")


def running_text(pages: Sequence[str]) -> str:
    """The pages' text as paragraphs, one a line with an empty line between; words cut at line ends are joined."""
    lines = [[" ".join(line.split()) for line in _cut_by_pdfium.sub("", page).splitlines()] for page in pages]
    heads = _repeated(lines)
    kept: list[str] = []
    for page in lines:
        kept += _without_edges(page, heads)
    width = _usual_width(kept)
    paragraphs: list[list[str]] = []  # each as pieces, put together once: a hostile file may be one long paragraph
    open_line = ""
    for line in kept:
        if line and open_line and not _ends(open_line, line, width):
            paragraphs[-1][-1] = _before(open_line, line)
            paragraphs[-1].append(line)
        elif line:
            paragraphs.append([line])
        open_line = line
    return "\n\n".join(map("".join, paragraphs))


def _edges(page: Sequence[str]) -> list[int]:
    filled = [at for at, line in enumerate(page) if line]
    return sorted({*filled[:EDGE], *filled[-EDGE:]})


def _repeated(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines at the edges of at least three pages and of half of them, whatever their numbers."""
    found: Counter[str] = Counter()
    for page in pages:
        found.update({_number.sub("#", page[at]) for at in _edges(page)})
    return {line for line, number in found.items() if number >= max(3, len(pages) / 2)}


def _without_edges(page: Sequence[str], heads: set[str]) -> list[str]:
    left_out = {at for at in _edges(page) if _page_number.fullmatch(page[at]) or _number.sub("#", page[at]) in heads}
    return [line for at, line in enumerate(page) if at not in left_out]


def _usual_width(lines: Sequence[str]) -> int:
    """The length that nine in ten lines stay below, a column's width in characters."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _ends(line: str, following: str, width: int) -> bool:
    """Whether `line` is the last of its paragraph, with `following` below it."""
    if _list_item.match(following):
        return True
    if following[0].islower() or _breaks_off(line):
        return False
    return len(line) < SHORT_LINE * width or (len(line) < 0.9 * width and _stopped.search(line) is not None)


def _before(line: str, following: str) -> str:
    """`line` as it stands before the next one of its paragraph: without the hyphen of a word cut, else with a space."""
    return line[:-1] if _breaks_off(line) and following[0].islower() else f"{line} "


def _breaks_off(line: str) -> bool:
    return _broken_word.fullmatch(line[-2:]) is not None
