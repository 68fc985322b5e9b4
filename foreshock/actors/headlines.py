"""The stretches of a text whose capitals tell no name: headlines in title case, and what is shouted."""

import re
from bisect import bisect_right
from functools import cached_property
from operator import itemgetter
from typing import Final

LINE: Final = re.compile(r"[^\n]+")
SHOUTED: Final = re.compile(r"[^\n.!?]+")
"""A sentence within a line, nearly enough."""
WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
LEAST: Final = 4
"""Words from which a line is a headline, and letters from which a word in one has a capital."""
LEAST_SHOUTED: Final = 3
"""Words from which a sentence is shouted; fewer may be acronyms."""
ENDS: Final = (".", ",", ";", ":")
"""What no headline ends in."""


class Headlines:
    """The headlines and the shouted sentences of one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """`[start, end)` of each, in order; looked for when first a name is asked about, as most texts need none."""
        return sorted(
            match.span()
            for pattern, tells in ((LINE, _is_title), (SHOUTED, _is_shouted))
            for match in pattern.finditer(self._text)
            if tells(match.group().strip())
        )

    def hold(self, at: int) -> bool:
        """Whether what stands at `at` is part of a headline or of something shouted."""
        which = bisect_right(self._spans, at, key=itemgetter(0)) - 1
        return which >= 0 and at < self._spans[which][1]

    def hold_every(self, name: str) -> bool:
        """Whether a name is written with its capitals nowhere but in headlines and shouted sentences."""
        places = [match.start() for match in re.finditer(re.escape(name), self._text)]
        return all(map(self.hold, places))


def _is_title(line: str) -> bool:
    """Whether every longer word of a line has a capital, and no sentence ends there."""
    if line.endswith(ENDS) or line.islower():
        return False
    words = WORD.findall(line)
    if len(words) < LEAST:
        return False
    longer = [word for word in words if len(word) >= LEAST]
    return len(longer) >= LEAST - 1 and all(word[0].isupper() for word in longer)


def _is_shouted(sentence: str) -> bool:
    return sentence.isupper() and len(WORD.findall(sentence)) >= LEAST_SHOUTED
