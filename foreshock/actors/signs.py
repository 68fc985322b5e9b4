"""What beside the names tells who is meant (`data/actor-signs.yaml`)."""

import re
from functools import lru_cache

import msgspec

from foreshock.model.shipped import shipped_table

LISTS = ("group_organs", "region_nouns", "leads", "own", "nobody")
"""Those that are words between spaces."""


class Signs(msgspec.Struct, frozen=True):
    """The lists of `data/actor-signs.yaml`, which says of each what it is for; patterns match whole words."""

    leaves: re.Pattern[str]
    felled: re.Pattern[str]
    police: re.Pattern[str]
    army: re.Pattern[str]
    public: re.Pattern[str]
    group_organs: frozenset[str]
    region_nouns: frozenset[str]
    leads: frozenset[str]
    own: frozenset[str]
    nobody: frozenset[str]


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists as the file writes them."""

    leaves: str
    felled: str
    police: str
    army: str
    public: str
    group_organs: str
    region_nouns: str
    leads: str
    own: str
    nobody: str


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The shipped lists. Raises `ModelError` where they are missing or broken."""
    found = shipped_table("data/actor-signs.yaml", _Written)
    return Signs(
        leaves=_words(found.leaves),
        felled=_words(found.felled),
        police=_words(found.police),
        army=_words(found.army),
        public=_words(found.public),
        **{name: frozenset(getattr(found, name).split()) for name in LISTS},
    )


def _words(written: str) -> re.Pattern[str]:
    """A list of whole words; where the file folds a line, a space stands before its bar."""
    return re.compile(rf"\b(?:{written.replace(' |', '|')})\b", re.IGNORECASE)
