"""The acronyms that a text defines: *Russian Volunteer Corps (RVC)*."""

import re

from foreshock.actors.names import initials, key
from foreshock.actors.sought import Sought

WORD = re.compile(r"[^\W_]+(?:[’'ʼ`.](?=[^\W_])[^\W_]+)*")
DEFINED = re.compile(r"\(\s*(?:the\s+)?[\"“'‘]?([A-ZА-Я][\w.\-]{1,11})[\"”'’]?(?:\s*[,;)])")
"""An acronym in brackets: *(RVC)*, *(FARDC, …)*."""
SMALL = frozenset("of the for and in on de du des la le les al el ul bin ibn von van da do dos y i w".split())


def own_acronyms(text: str, known: Sought) -> dict[str, str]:
    """The acronyms that a text defines, but for countries and known names whose initials it is not.

    One of those is the text's own where it gives the name of another body for it: *Reporters Without Borders (RSF)*.
    """
    return {
        short: full
        for short, full in acronyms(text).items()
        if short not in known.countries.names
        and (short not in known.names.exact or initials(full) == short or _is_of_other_body(short, full, known))
    }


def _is_of_other_body(short: str, full: str, known: Sought) -> bool:
    """Whether what stands before an acronym in brackets is the name of a body that is not known by it, or not alone."""
    bodies = set(known.names.exact.get(key(full).removeprefix("the "), ())) - known.persons
    return bool(bodies) and not bodies.issuperset(known.names.exact[short])


def acronyms(text: str) -> dict[str, str]:
    """The acronyms that a text defines, as keys, with what it writes out for them before the brackets."""
    found: dict[str, str] = {}
    for match in DEFINED.finditer(text):
        short = key(match.group(1))
        before = WORD.findall(text[max(0, match.start() - 120) : match.start()])
        expansion = _expansion(short, before)
        if expansion is not None and short not in found:
            found[short] = expansion
    return found


def _expansion(short: str, before: list[str]) -> str | None:
    """The words before the brackets whose initials the acronym is; for one in another language, the capitalised run."""
    for length in range(2, min(len(before), 2 * len(short) + 2) + 1):
        words = before[-length:]
        if words[0][0].isupper() and initials(" ".join(words)) == short:
            return " ".join(words)
    start = len(before)
    while start > 0 and (before[start - 1][0].isupper() or (before[start - 1] in SMALL and start < len(before))):
        start -= 1
    while start < len(before) and before[start] in SMALL | {"The"}:
        start += 1
    words = before[start:]
    return " ".join(words) if len(words) >= 2 else None
