"""Other spellings of a name that the index does not hold as written: transliteration and a lost or added article."""

from collections.abc import Iterator

from foreshock.places.gazetteer import Candidate, Gazetteer
from foreshock.places.lexicon import spelling

SHORTEST = 5
"""A shorter key differs from too many names by one letter."""


def spellings(name_key: str) -> Iterator[str]:
    """Keys that another romanisation would give, the nearest first."""
    lists = spelling()
    first, _, rest = name_key.partition(" ")
    if rest and first in lists.articles:
        yield rest
        yield from (f"{article} {rest}" for article in lists.articles if article != first)
    else:
        yield from (f"{article} {name_key}" for article in ("al", "el"))
    if len(name_key) < SHORTEST:
        return
    for old, new in lists.swaps:
        if old in name_key:
            yield name_key.replace(old, new)
            if name_key.count(old) > 1:
                yield name_key.replace(old, new, 1)
                before, _, after = name_key.rpartition(old)
                yield before + new + after
    for at in range(1, len(name_key)):
        if name_key[at] == name_key[at - 1]:
            yield name_key[:at] + name_key[at + 1 :]
        elif name_key[at].isalpha():
            yield name_key[:at] + name_key[at] + name_key[at:]


def find_otherwise(gazetteer: Gazetteer, name_key: str) -> tuple[str, tuple[Candidate, ...]] | None:
    """The first other spelling that the index holds, with its bearers; null where it holds none."""
    for other in spellings(name_key):
        if candidates := gazetteer.candidates(other):
            return other, candidates
    return None
