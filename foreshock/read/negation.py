"""Words that deny, in one place: pieces of patterns, of which each place that asks for a denial takes what it means."""

import re
from typing import Final

NOT: Final = r"not(?! (?:only|just|least|merely)\b)|never"
"""What denies a verb; `denial` adds *n't*."""
UNABLE: Final = "cannot|unable to|fail(?:s|ed)? to"
"""What says of an act that it is not done, though it may have been tried."""
NOBODY: Final = r"no(?! (?:fewer|less|later|sooner|doubt|more than)\b)(?!\.)|nobody"
NONE: Final = "none|neither|nothing"
"""What denies by who or what it is of; *nor* stands beside a *neither* that has been told."""


def denial(*pieces: str) -> re.Pattern[str]:
    """A pattern, in any case, of the whole words that `pieces` are alternatives of, and of *n't* at a word's end."""
    return re.compile(rf"\b(?:{'|'.join(pieces)})\b|n['’]t\b", re.IGNORECASE)
