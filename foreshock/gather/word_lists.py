"""The numbers and bullets that Word puts before the items of lists, which are in no paragraph's own words."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from foreshock.gather.word_names import attribute, child, children

MOST_LEVELS = 9
MOST_STYLES = 20
"""How far a style is followed to those that it is based on."""
LARGEST_NUMBER = 32_767

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_BULLET = "•"
_place = re.compile(r"%([1-9])")


class Lists:
    """The lists of one document, counted as its paragraphs come."""

    def __init__(self, numbering: Any, styles: Any) -> None:  # noqa: ANN401 - lxml has no types
        self._levels = {one: dict(_levels(abstract)) for one, abstract in _lists(numbering)}
        self._styles = {attribute(style, "styleId"): style for style in children(styles, "style")}
        self._counted: defaultdict[str, list[int]] = defaultdict(lambda: [0] * MOST_LEVELS)

    def label(self, paragraph: Any) -> str:  # noqa: ANN401
        """What stands before the paragraph's words, a space after it: *• *, *3. *, *(b) *; empty where nothing does."""
        number, level = self._place(child(paragraph, "pPr"))
        if number in (None, "0") or level >= MOST_LEVELS:
            return ""
        levels = self._levels.get(number or "")
        if levels is None or level not in levels:
            return f"{_BULLET} "
        counted = self._counted[number or ""]
        start = _whole(attribute(child(levels[level], "start"), "val"), 1)
        counted[level] = min(counted[level] + 1 if counted[level] else start, LARGEST_NUMBER)
        counted[level + 1 :] = [0] * (MOST_LEVELS - level - 1)
        return self._shown(levels, level, counted)

    def _place(self, properties: Any) -> tuple[str | None, int]:  # noqa: ANN401
        """The list that a paragraph belongs to, by itself or by its style, and its level there."""
        stated, level = child(properties, "numPr"), None
        style = attribute(child(properties, "pStyle"), "val")
        for _ in range(MOST_STYLES):
            level = level or attribute(child(stated, "ilvl"), "val")
            number = attribute(child(stated, "numId"), "val")
            if number is not None or style not in self._styles:
                return number, _whole(level, 0)
            found = self._styles[style]
            stated = child(child(found, "pPr"), "numPr")
            style = attribute(child(found, "basedOn"), "val")
        return None, 0

    def _shown(self, levels: dict[int, Any], level: int, counted: list[int]) -> str:
        if attribute(child(levels[level], "numFmt"), "val") in ("bullet", None):
            return f"{_BULLET} "

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            return _written(max(counted[at], 1), attribute(child(levels.get(at), "numFmt"), "val"))

        shown = _place.sub(number, attribute(child(levels[level], "lvlText"), "val") or "").strip()
        return f"{shown} " if shown else ""


def _lists(numbering: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """The lists by number, with what says how each is numbered."""
    abstract = {attribute(one, "abstractNumId"): one for one in children(numbering, "abstractNum")}
    for one in children(numbering, "num"):
        number = attribute(one, "numId")
        found = abstract.get(attribute(child(one, "abstractNumId"), "val"))
        if number is not None and found is not None:
            yield number, found


def _levels(abstract: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    for one in children(abstract, "lvl"):
        yield _whole(attribute(one, "ilvl"), 0), one


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else otherwise


def _written(number: int, style: str | None) -> str:
    """A number as its list writes it; those of other scripts as digits."""
    words = str(number)
    if style in ("lowerLetter", "upperLetter"):
        words = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
    elif style in ("lowerRoman", "upperRoman"):
        words, rest = "", min(number, 3999)
        for value, letters in _ROMAN:
            words += letters * (rest // value)
            rest %= value
    return words.upper() if style in ("upperLetter", "upperRoman") else words
