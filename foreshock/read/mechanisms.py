"""Mechanisms that a clause names outright, beside those the encoder finds (`data/mechanisms.yaml`)."""

import re
from functools import cache

import msgspec

from foreshock.model.shipped import shipped_table


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/mechanisms.yaml` as written: what stands for soldiers, and expressions by mechanism."""

    men: str
    mechanisms: dict[str, list[str]]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = shipped_table("data/mechanisms.yaml", _Table)
    return {
        name: re.compile("|".join(pattern.replace("{men}", table.men) for pattern in patterns))
        for name, patterns in table.mechanisms.items()
    }


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in _patterns().values()))


def named(clause: str) -> list[str]:
    """The mechanisms that the words of `clause` name."""
    folded = clause.lower()  # the expressions are: to search in any case takes four times as long
    if not _any().search(folded):  # as most name none, one look is cheaper than one for each
        return []
    return [name for name, pattern in _patterns().items() if pattern.search(folded)]
