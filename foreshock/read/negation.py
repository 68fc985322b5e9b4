"""Words that deny, in one place: pieces of patterns, of which each place that asks for a denial takes what it means."""

import re
from typing import Final

NOT: Final = "not|never"
"""What denies a verb; `denial` adds *n't*."""
NOBODY: Final = "no|nobody"
NEITHER: Final = "none|neither"
"""What denies by its subject or object."""


def denial(*pieces: str) -> re.Pattern[str]:
    """A pattern, in any case, of the whole words that `pieces` are alternatives of, and of *n't* at a word's end."""
    return re.compile(rf"\b(?:{'|'.join(pieces)})\b|n['’]t\b", re.IGNORECASE)
