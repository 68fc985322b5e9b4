"""Where a wire's dateline stands: the town from which it was sent, which need not be what the text is about."""

import re
from typing import Final

_NAME: Final = r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3}"
DATELINE: Final = re.compile(
    rf"(?P<place>{_NAME})(?:[,/] ?{_NAME}){{0,2}}"
    r"(?P<date>, (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:,? \d{4})?)?"
    r"(?P<agency> ?\([A-Z][\w ./]*\))? ?(?:[–—:]|--?)\s"
)
"""*NAIROBI, March 12 (Wire) –* at the head of a line: the place in capitals, or a date or an agency behind it."""
LONGEST: Final = 80
"""Characters from the head of its line within which a dateline ends."""


def in_dateline(text: str, at: int) -> bool:
    """Whether what stands at `at` is part of a dateline."""
    line = text.rfind("\n", 0, at) + 1
    found = DATELINE.match(text, line, line + LONGEST) if at - line < LONGEST else None
    if found is None or at >= found.end():
        return False
    return found["place"].isupper() or found["date"] is not None or found["agency"] is not None
