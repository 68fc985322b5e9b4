"""Other spellings of a name that the index does not hold as written: transliteration, a lost or added article, and
names of the document's country that sound the same."""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from foreshock.places.gazetteer import Candidate, Entry, Gazetteer, bones_of
from foreshock.places.lexicon import spelling
from foreshock.places.names import key

SHORTEST = 5
"""A shorter key differs from too many names by one letter."""
ALIKE = 0.75
"""The least share of letters that two spellings of one name have in common, by optimal string alignment."""
AHEAD = 0.08
"""By how much a name must be more like than the next, or larger by far."""
FAR_LARGER = 20
"""So many times the population of the next: of two names as like, the larger place is meant."""


def spellings(name_key: str) -> Iterator[str]:
    """Keys that another romanisation would give, the nearest first."""
    lists = spelling()
    first, _, rest = name_key.partition(" ")
    if rest and first in lists.articles:
        yield rest
        yield from (f"{article} {rest}" for article in lists.articles if article != first)
    else:
        yield from (f"{article} {name_key}" for article in ("al", "el"))
    words = name_key.split(" ")
    for at in range(1, len(words) - 1):
        if words[at] in lists.articles:
            yield from (
                " ".join((*words[:at], article, *words[at + 1 :])) for article in lists.articles if article != words[at]
            )
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


def find_by_sound(gazetteer: Gazetteer, name_key: str, country: str) -> Entry | None:
    """The place of a country whose main name sounds as a key does and is written much like it.

    Null where there is none, and where two are as like and neither is far larger: precision goes first.
    """
    bones = bones_of(name_key)
    if bones is None:
        return None
    scored: list[tuple[float, Entry]] = []
    for entry in gazetteer.sounding(country, bones):
        other = key(entry.name)
        likeness = OSA.normalized_similarity(name_key, other)
        if likeness >= ALIKE and other[0] == name_key[0]:
            scored.append((likeness, entry))
    scored.sort(key=lambda one: (-one[0], one[1].id))
    if len(scored) > 1 and scored[0][0] - scored[1][0] < AHEAD:
        large, small = sorted((entry for _, entry in scored[:2]), key=lambda entry: -entry.population)
        return large if large.population >= FAR_LARGER * max(1, small.population) else None
    return scored[0][1] if scored else None
