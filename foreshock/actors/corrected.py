"""What a statement takes back of what a participant's words alone would mean: a town is no person, soldiers no
civilians."""

import re
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from foreshock.actors.chosen import Identity
from foreshock.actors.names import key
from foreshock.actors.namings import SENTENCE
from foreshock.actors.schema import Kind
from foreshock.actors.signs import signs
from foreshock.model.statement import Place, Statement
from foreshock.model.vocabulary import EventType

MEN: Final = re.compile(
    r"(?:(?P<whose>his|her|its|their|our|my)\s)?"
    r"(?:(?:the|some|other|more|two|three|many|several|\d[\d,.]*)\s){0,2}men",
    re.IGNORECASE,
)
"""*Men* of whom nothing more is said, and whose they are."""
OF_WAR: Final = frozenset({EventType.ASSAULT, EventType.RETREAT, EventType.MOBILIZE})
"""The types of statements in which such men are as likely soldiers as not."""


OFFICERS: Final = re.compile(
    r"(?:the\s)?(?:(?:other|more|one|two|three|four|five|six|seven|eight|nine|ten|several|\d[\d,.]*)\s){0,2}officers?",
    re.IGNORECASE,
)
"""*Officers* of whom nothing more is said."""
NEAR: Final = 400
"""Characters before *officers* within which it is looked for whether they are of the police or the army."""


def names_place(statements: Iterable[Statement]) -> frozenset[str]:
    """The keys of the words by which statements name a place that is known."""
    places = [one.place for one in statements if one.place is not None and _is_known(one.place)]
    members = [member.text for place in places for member in place.members if member.text]
    return frozenset(key(words).removeprefix("the ") for words in (*(one.text or "" for one in places), *members))


def _is_known(place: Place) -> bool:
    return place.country is not None and place.reason is None


def is_place(mention: str, who: Identity, places: Callable[[], frozenset[str]]) -> bool:
    """Whether a mention that was taken for a person by one word alone is one of the text's `places`: *Masisi*.

    They are asked for only where there is such a mention, which few texts have.
    """
    match = who.match
    if match is None or match.actor.kind is not Kind.PERSON or "lone_surname" not in match.features:
        return False
    return key(mention).removeprefix("the ") in places()


def of_war(mention: str, who: Identity, statement: Statement) -> Identity:
    """What is known of a mention in a statement: *his men*, and *men* who fight or fall, need not be civilians."""
    men = MEN.fullmatch(mention.strip())
    if who.match is not None or who.sector != "CVL" or men is None:
        return who
    if men["whose"] is None and statement.type not in OF_WAR:
        return who
    return msgspec.structs.replace(who, sector=None)


def of_police(mention: str, start: int, who: Identity, text: str) -> Identity:
    """What is known of a mention at `start`: bare *officers* are of the police where that is spoken of in the sentence
    up to them or in the one before, and nothing of the army before them."""
    if who.match is not None or who.sector != "MIL" or OFFICERS.fullmatch(mention.strip()) is None:
        return who
    first = max(0, start - NEAR)
    ends = [first, *(one.end() for one in SENTENCE.finditer(text, first, start + 1))]
    if signs().police.search(text, ends[-2:][0], start) is None or signs().army.search(text, first, start) is not None:
        return who
    return msgspec.structs.replace(who, sector="COP")
