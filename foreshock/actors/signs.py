"""What beside the names tells who is meant (`data/actor-signs.yaml`)."""

import re
from functools import lru_cache

import msgspec

from foreshock.model.shipped import Expression, Phrases, Words, shipped_table


class Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of `data/actor-signs.yaml`, which says of each what it is for; patterns match whole words, expressions
    are parts of others."""

    leaves: re.Pattern[str]
    felled: re.Pattern[str]
    police: re.Pattern[str]
    army: re.Pattern[str]
    public: re.Pattern[str]
    group_organs: Words
    region_nouns: Words
    leads: Words
    own: Words
    nobody: Words
    said: Words
    told: Words
    claimed: Words
    follows: Expression
    breakaway: Expression
    moves: Expression
    journeys: Expression
    public_titles: Phrases


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The shipped lists. Raises `ModelError` where they are missing or broken."""
    return shipped_table("data/actor-signs.yaml", Signs, _words)


def _words(written: str) -> re.Pattern[str]:
    """A list of whole words; where the file folds a line, a space stands before its bar."""
    return re.compile(rf"\b(?:{written.replace(' |', '|')})\b", re.IGNORECASE)
