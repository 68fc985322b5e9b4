"""Whether two names are of one forecaster: *The Narew Institute*, *NAREW INSTITUTE (NI)* and *Narew Institute's* are.

Each prediction keeps the name that its text has; whoever counts, filters or looks for what is said again asks here.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from foreshock.actors.names import initials
from foreshock.corroborate.copies.fingerprints import publisher_of
from foreshock.ledger.speakers.phrases import without_honorific

_BEHIND = re.compile(
    r"(?P<name>.*\w)[\s,]*(?:\((?P<inside>[^()]{2,12})\)|[\s,]\s*(?P<bare>[A-Z][A-Za-z]{0,10}[A-Z]))\s*"
)
"""A name with what may be its initials behind it."""
_PLURAL = re.compile(r"(?<=\w{3}[^\Wsui])s$")


@lru_cache(maxsize=16_384)
def identity(name: str) -> str:
    """What a forecaster is known by, however its name is written: without article, case, accents, possessive, the
    honorific before a name and the acronym behind it; agencies by their short names.

    Of a name's words all but the last lose their plural (*Doctors' Committee*, *Doctor's Committee*): the last may be a
    surname, and *Ada Roberts* is not *Ada Robert*.
    """
    *first, last = publisher_of(_without_initials(without_honorific(name))).split() or [name]
    return " ".join([*(_PLURAL.sub("", word) for word in first), last])


def _without_initials(name: str) -> str:
    """A name without its own initials behind it: *Narew Institute (NI)*. What others stand there for stays."""
    found = _BEHIND.fullmatch(name)
    if found is None:
        return name
    told = (found["inside"] or found["bare"]).replace(".", "").casefold()
    return found["name"] if told == initials(found["name"]) else name


def commonest(names: Iterable[str]) -> str:
    """The name to show for one forecaster: the most frequent spelling, of several the shortest, then the first by
    letters. Raises `ValueError` where there is none."""
    told = Counter(names)
    return min(told, key=lambda one: (-told[one], len(one), one))
