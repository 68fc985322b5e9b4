"""From the lines of printed pages to running text: paragraphs, without page numbers and running heads."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from foreshock.gather.furniture import without_furniture
from foreshock.gather.notes import Notes, opens, plain, unmarked, with_marks
from foreshock.gather.printed import WIDE_GAP, Column, Line, Page, Print, column_of, columns, same_size, spread, usual

INDENT = 0.8
"""Times the size of type by which the first line of a paragraph is set in."""
FEWEST = 4
"""Lines from which on a column has a width of its own."""
SHORT_LINE = 0.75
"""The share of the text's usual width below which a line of fewer ends its paragraph."""

_stopped = re.compile(r"[.!?…:;][”\"’')\]]*$")
_list_item = re.compile(r"(?:[•●▪■◦‣–—*-]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_broken_word = re.compile(r"[^\W\d_][-\u00ad\u2010]")
_hyphened = re.compile(r"(?<![\w-])[^\W\d_]+-[^\W\d_]+(?!\w)")
_last_part = re.compile(r"[^\W\d_]+$")
_first_part = re.compile(r"[^\W\d_]+")
_leader = re.compile(r"(?:\.\s?){4,}\d*$")
"""How the lines of a table of contents end."""
_left_for_later = re.compile(r"(?:and|or)\b(?!-)")
_LINE_END = 60
"""Characters of a line's end that are looked at: a hostile file may have lines of any length."""
_word = re.compile(r"\S+")


def running_text(pages: Sequence[Page]) -> str:
    """The pages' text as paragraphs, one a line with an empty line between; words cut at line ends are joined.

    The footnotes of a page follow the paragraph that ends there or goes on from there, and so cut no sentence.
    """
    kept = without_furniture([with_marks(page) for page in pages])
    common = usual(kept)
    notes = Notes(common)
    hyphened = Counter(found.casefold() for page in kept for line in page for found in _hyphened.findall(line.text))
    paragraphs: list[list[str]] = []  # each as pieces, put together once: a hostile file may be one long paragraph
    open_line: tuple[Line, Column] | None = None
    waiting: list[list[str]] = []
    for page in kept:
        text, below = notes.apart(page)
        for line, column in _placed(text):
            if open_line is not None and not _ends(*open_line, line, column, common):
                paragraphs[-1][-1] = _before(open_line[0].text, line.text, hyphened)
                paragraphs[-1].append(line.text)
            else:
                paragraphs += [*waiting, [line.text]]
                waiting = []
            open_line = line, column
        waiting += _of_notes(below, hyphened)
    return "\n\n".join(plain("".join(each)) for each in [*paragraphs, *waiting])


def _placed(page: Page) -> Iterator[tuple[Line, Column]]:
    found = columns(page)
    return ((line, column_of(line, found)) for line in page)


def _of_notes(lines: Page, hyphened: Counter[str]) -> list[list[str]]:
    """Footnotes, each a paragraph: where the next begins its mark says."""
    found: list[list[str]] = []
    for line in lines:
        words = unmarked(line).text
        if found and not opens(line):
            found[-1][-1] = _before(found[-1][-1], words, hyphened)
            found[-1].append(words)
        elif words:
            found.append([words])
    return found


def _ends(line: Line, column: Column, following: Line, beside: Column, common: Print) -> bool:
    """Whether `line` is the last of its paragraph, with `following` after it, each in its column."""
    if _list_item.match(following.text) or opens(following) or _leader.search(line.text[-_LINE_END:]):
        return True
    if following.text[0].islower() or _breaks_off(line.text):
        return False
    if not same_size(line, following) or spread(line, common):
        return True
    pitch = common.pitches.get(round(line.size))
    if pitch is not None and line.base - following.base > WIDE_GAP * pitch and column == beside:
        return True
    if _stopped.search(line.text) and following.left - beside.left > INDENT * line.size > line.left - column.left:
        return not _list_item.match(line.text)
    if column.lines < FEWEST:
        return len(line.text) < SHORT_LINE * common.width
    return _has_room(line, column, following.text)


def _has_room(line: Line, column: Column, following: str) -> bool:
    """Whether the first word of what follows would have stood at the line's end."""
    word = _word.match(following)
    a_character = (line.right - line.left) / max(len(line.text), 1)
    return word is not None and column.right - line.right > (len(word.group()) + 1) * a_character


def _before(line: str, following: str, hyphened: Counter[str]) -> str:
    """`line` as it stands before the next one of its paragraph: without the hyphen of a word cut, else with a space.

    The hyphen stays before a capital (*Secretary-General*), where the text writes the word with it elsewhere, and
    with a space where a part is left for later (*pre- and post-war*).
    """
    if not _breaks_off(line) or not following[:1].isalpha() or _left_for_later.match(following):
        return f"{line} "
    head, tail = _last_part.search(line[-_LINE_END:-1]), _first_part.match(following)
    if following[0].isupper() or (head and tail and hyphened[f"{head.group()}-{tail.group()}".casefold()]):
        return line
    return line[:-1]


def _breaks_off(line: str) -> bool:
    return _broken_word.fullmatch(line[-2:]) is not None
