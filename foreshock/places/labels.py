"""The stretches of a round-up by country, each under the name of the country that it tells of."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

BEFORE: Final = re.compile(r"[^\w\n]*(?:\d{1,2}[.)]\s*)?")
"""What may stand in its line before a country that labels a stretch: a bullet, a number, marks of a heading."""
AFTER: Final = re.compile(r"(?:\s*\([^)\n]*\))?[*_]*(?:\s*[:|–—]|\.(?=\s)|\s-(?=\s)|\s*(?P<alone>\n|$))")
"""What stands behind such a country; `alone` is the line's end."""
LEAST: Final = 12
"""Characters that stand under a label at least: a menu has none."""
WRAPPED: Final = 50
"""Characters of a line from which it may have been wrapped, so that the next begins within a sentence."""


class Stretch(NamedTuple):
    """A country's part of a round-up, `[start, end)` from its label on; `country` is an ISO 3166-1 alpha-3 code."""

    start: int
    end: int
    country: str


def stretches(text: str, named: Sequence[Stretch]) -> list[Stretch]:
    """The parts of a round-up by country; `named` are the countries named in the text, in order.

    A label opens its line: *KENYA - …*, *Niger: …*, or a line of its own. Its part ends at the next label or, unless it
    stands alone in its line, at an empty line. None where fewer than two countries label a part.
    """
    found = [(one, alone) for one in named if (alone := _labels_line(text, one)) is not None]
    parts = []
    for at, (one, alone) in enumerate(found):
        end = found[at + 1][0].start if at + 1 < len(found) else len(text)
        blank = text.find("\n\n", one.end, end)
        if not alone and blank >= 0:
            end = blank
        if len(text[one.end : end].strip()) >= LEAST:
            parts.append(one._replace(end=end))
    return parts if len({one.country for one in parts}) > 1 else []


def _labels_line(text: str, one: Stretch) -> bool | None:
    """Whether a country stands alone in its line; null where it is no label, as where a line was only wrapped."""
    line = text.rfind("\n", 0, one.start) + 1
    behind = AFTER.match(text, one.end)
    if behind is None or BEFORE.fullmatch(text, line, one.start) is None:
        return None
    above = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : line].strip()
    if line == one.start and len(above) >= WRAPPED and (above[-1].isalnum() or above[-1] == ","):
        return None
    return behind["alone"] is not None
