"""Names as Russian, Ukrainian and Arabic inflect them, back to the form that an index holds.

*в Покровске*, *під Бахмутом*, *Белгородской области* lose their endings, *بالخرطوم* its preposition. Only endings and
prefixes of `data/places/inflection.yaml` are undone, and only for keys that the index does not hold as written.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Final

import msgspec

from foreshock.model.shipped import shipped_table
from foreshock.places.names import key, script

SHORTEST_STEM: Final = 3
"""Letters of a word without its prefix, and one less than of a nominative: fewer are no name."""
MOST_FORMS: Final = 40
"""Forms of one key that are tried."""


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For each writing, endings or prefixes with what each stands for, between spaces."""

    cyrillic: dict[str, str]
    arabic: dict[str, str]


class Endings(msgspec.Struct, frozen=True):
    """Endings with what each stands for, longest first; Arabic prefixes likewise."""

    cyrillic: tuple[tuple[str, tuple[str, ...]], ...]
    arabic: tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=1)
def endings() -> Endings:
    """The shipped endings, as keys write them. Raises `ModelError` where they are missing or broken."""
    found = shipped_table("data/places/inflection.yaml", _Written)
    tables = {
        writing: tuple(
            (ending, tuple("" if one == "-" else key(one) for one in forms.split()))
            for ending, forms in sorted(
                ((key(ending), forms) for ending, forms in getattr(found, writing).items()),
                key=lambda pair: (-len(pair[0]), pair[0]),
            )
        )
        for writing in Endings.__struct_fields__
    }
    return Endings(**tables)


def base_forms(name_key: str) -> Iterator[str]:
    """The keys that a key may be an inflected form of, the likeliest first; none for a Latin one."""
    writing = script(name_key)
    if writing == "CYRILLIC":
        forms = product(*(_cyrillic(word) for word in name_key.split()))
        yield from islice((form for one in forms if (form := " ".join(one)) != name_key), MOST_FORMS)
    elif writing == "ARABIC":
        first, _, rest = name_key.partition(" ")
        for prefix, instead in endings().arabic:
            if first.startswith(prefix) and len(first) - len(prefix) >= SHORTEST_STEM:
                for one in instead:
                    yield " ".join(filter(None, (one + first[len(prefix) :], rest)))


def _cyrillic(word: str) -> list[str]:
    """A word's possible nominatives, and the word itself."""
    found = []
    for ending, instead in endings().cyrillic:
        stem = word.removesuffix(ending)
        if len(stem) < len(word):
            found += [stem + one for one in instead if len(stem + one) > SHORTEST_STEM]
    return list(dict.fromkeys([*found, word]))
