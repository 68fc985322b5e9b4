"""Deaths by accident and illness, which are no assault (`data/accidents.yaml`)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import msgspec

from foreshock.model.shipped import shipped_table
from foreshock.read.decode import CharSpan

_WIDEST = 600
"""Characters before and behind a trigger in which its sentence begins and ends."""
_stop = re.compile(r"(?<=[.!?])\s|\n")
_KILLED = ("kill", "injured", "wounded", "hurt")
"""What somebody does, unless its sentence tells otherwise."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/accidents.yaml` as written."""

    mishaps: str
    causes: list[str]
    beside: str
    background: str
    deaths: str
    arms: str
    contexts: frozenset[str]


@dataclass(frozen=True)
class _Words:
    """The table's expressions, each for a whole word."""

    mishap: re.Pattern[str]
    cause: re.Pattern[str]
    background: re.Pattern[str]
    death: re.Pattern[str]
    arms: re.Pattern[str]
    contexts: frozenset[str]


@cache
def _words() -> _Words:
    table = shipped_table("data/accidents.yaml", _Table)

    def whole(*parts: str, behind: str = "") -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(parts)})\b{behind}".replace(" |", "|"))

    causes = whole(table.mishaps, *table.causes, behind=rf"(?![- ](?:{table.beside})\b)")
    background = whole(table.background, behind=r"[^,;:]*$")
    return _Words(whole(table.mishaps), causes, background, whole(table.deaths), whole(table.arms), table.contexts)


def is_accident(text: str, trigger: CharSpan, actors: Iterable[CharSpan]) -> bool:
    """Whether a trigger tells a mishap, or deaths that its sentence lays to a mishap or an illness.

    It doesn't where someone else is said to have done it, nor where the sentence names arms or who bears them.
    """
    words, told = _words(), text[slice(*trigger)].lower()
    if not words.mishap.fullmatch(told):
        by_another = any(not words.cause.search(text[slice(*one)].lower()) for one in actors)
        if by_another or not words.death.fullmatch(told):
            return False
    sentence = _sentence(text, trigger).lower()
    causes = words.cause.finditer(sentence)
    if told.startswith(_KILLED):
        causes = (one for one in causes if not words.background.search(sentence, 0, one.start()))
    return any(causes) and words.arms.search(sentence) is None


def without_arms(contexts: Iterable[str]) -> list[str]:
    """The contexts of an accident: not those that go with an assault alone."""
    return [context for context in contexts if context not in _words().contexts]


def _sentence(text: str, trigger: CharSpan) -> str:
    """The sentence of a trigger; a stop behind an abbreviation may cut it short."""
    start, end = max(0, trigger[0] - _WIDEST), min(len(text), trigger[1] + _WIDEST)
    for stop in _stop.finditer(text, start, trigger[0]):
        start = stop.end()
    found = _stop.search(text, trigger[1], end)
    return text[start : found.start() if found else end]
