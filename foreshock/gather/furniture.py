"""What is printed on page after page: running heads and feet, page numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence

from foreshock.gather.printed import Line, Page

EDGE = 2
"""Lines at a page's top and bottom that may be a running head or foot."""
LEAST_PAGES = 3
"""Pages on which a line is found again before it is a head or foot."""

_number = re.compile(r"\d+")
_page_number = re.compile(r"(?:page\s+)?[-–— ]*(?:\d{1,4}|[ivxl]{1,6})[-–— ]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_word = re.compile(r"[^\W\d_]{3}")


def without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """The pages without running heads and feet and page numbers."""
    edges = [_edges(page) for page in pages]
    heads = _repeated([[page[at] for at in edge] for page, edge in zip(pages, edges, strict=True)])
    return [_without_edges(page, edge, heads) for page, edge in zip(pages, edges, strict=True)]


def _edges(page: Page) -> set[int]:
    """Which lines stand highest and lowest on the page, whatever their order in the file."""
    heights = sorted({round(line.base) for line in page})
    outer = {*heights[:EDGE], *heights[-EDGE:]}
    return {at for at, line in enumerate(page) if round(line.base) in outer}


def _repeated(edges: Sequence[Sequence[Line]]) -> set[str]:
    """Lines found, whatever their numbers, on half of all pages, or of the left or right ones; or, as the head of a
    chapter is, at one height at the top of three pages, or three right or left ones, that follow each other."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    placed: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for number, lines in enumerate(edges):
        middle = sum(line.base for line in lines) / max(len(lines), 1)
        for line in lines:
            found[_shape(line)].add(number)
            if line.base > middle:  # not at the foot, where footnotes may end alike
                placed[_shape(line), round(line.base)].add(number)
    often = {words for words, on in found.items() if _often(on, len(edges))}
    return often | {words for (words, _), on in placed.items() if _in_a_row(on) and _word.search(words)}


def _often(on: set[int], pages: int) -> bool:
    right = sum(number % 2 for number in on)
    shares = (len(on), pages), (right, pages // 2), (len(on) - right, (pages + 1) // 2)
    return any(number >= max(LEAST_PAGES, of / 2) for number, of in shares)


def _in_a_row(on: set[int]) -> bool:
    return any({number + step, number + 2 * step} <= on for number in on for step in (1, 2))


def _shape(line: Line) -> str:
    return _number.sub("#", line.text)


def _without_edges(page: Page, edge: set[int], heads: set[str]) -> list[Line]:
    return [
        line
        for at, line in enumerate(page)
        if at not in edge or not (_page_number.fullmatch(line.text) or _shape(line) in heads)
    ]
