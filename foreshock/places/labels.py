"""The countries that label the stretches of a round-up each: *KENYA - …*, *Niger: …*, or a line of their own."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

BEFORE: Final = re.compile(r"[^\w\n]*(?:\d{1,2}[.)]\s*)?")
"""What may stand in its line before a label: a bullet, a number, marks of a heading."""
AFTER: Final = re.compile(r"(?:\s*\([^)\n]*\))?[*_]*(?:\s*[:|–—]|\.(?=\s)|\s-(?=\s)|\s*(?P<alone>\n|$))")
"""What stands behind one; `alone` is the line's end."""
LEAST: Final = 12
"""Characters that stand under a label at least: a menu has none."""
WRAPPED: Final = 50
"""Characters of a line from which its end may only be where the text was wrapped."""


class Label(NamedTuple):
    """A country, by its ISO code, named at `[start, end)` of a text, that labels it up to `until`."""

    start: int
    end: int
    until: int
    country: str


def labels(text: str, named: Iterable[tuple[int, int, str]]) -> list[Label]:
    """The labels among the countries that a text names, `(start, end, code)` in order; none unless of two countries.

    One in a line of its own holds up to the next, another to the end of its paragraph.
    """
    found = [(*one, alone) for one in named if (alone := _stands_alone(text, one[0], one[1])) is not None]
    told = []
    for at, (start, end, country, alone) in enumerate(found):
        until = found[at + 1][0] if at + 1 < len(found) else len(text)
        blank = -1 if alone else text.find("\n\n", end, until)
        until = blank if blank >= 0 else until
        if len(text[end:until].strip()) >= LEAST:
            told.append(Label(start, end, until, country))
    return told if len({one.country for one in told}) > 1 else []


def label_over(found: Sequence[Label], at: int) -> Label | None:
    """The label under which a position is; null without one."""
    return next((one for one in found if one.start <= at < one.until), None)


def under(found: Sequence[Label], at: int) -> str | None:
    """The country under whose label a position is; null without one."""
    label = label_over(found, at)
    return None if label is None else label.country


def _stands_alone(text: str, start: int, end: int) -> bool | None:
    """Whether a country is all of its line; null where it is no label, as where the line above was only wrapped."""
    line = text.rfind("\n", 0, start) + 1
    behind = AFTER.match(text, end)
    if behind is None or BEFORE.fullmatch(text, line, start) is None:
        return None
    above = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : line].strip()
    if line == start and len(above) >= WRAPPED and (above[-1].isalnum() or above[-1] == ","):
        return None
    return behind["alone"] is not None
