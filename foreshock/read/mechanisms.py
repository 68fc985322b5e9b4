"""Mechanisms that a clause names outright, beside those the encoder finds (`data/mechanisms.yaml`)."""

import re
from functools import cache
from importlib.resources import files

import yaml


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = yaml.safe_load((files("foreshock") / "data" / "mechanisms.yaml").read_text(encoding="utf-8"))
    men = str(data["men"])
    return {
        name: re.compile("|".join(pattern.replace("{men}", men) for pattern in patterns), re.IGNORECASE)
        for name, patterns in data["mechanisms"].items()
    }


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in _patterns().values()), re.IGNORECASE)


def named(clause: str) -> list[str]:
    """The mechanisms that the words of `clause` name."""
    if not _any().search(clause):  # as most name none, one look is cheaper than one for each
        return []
    return [name for name, pattern in _patterns().items() if pattern.search(clause)]
