"""What a statement takes back of what a participant's words alone would mean: a town is no person, soldiers no
civilians."""

import re
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from foreshock.actors.chosen import Identity
from foreshock.actors.names import key
from foreshock.actors.schema import Kind
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
    return _by_surname(who) and key(mention).removeprefix("the ") in places()


def is_its_place(start: int, who: Identity, told: Statement | None) -> bool:
    """Whether a mention that was taken for a person by one word alone is what its own statement has for its place."""
    return told is not None and told.place is not None and told.place.start == start and _by_surname(who)


def _by_surname(who: Identity) -> bool:
    match = who.match
    return match is not None and match.actor.kind is Kind.PERSON and "lone_surname" in match.features


def of_war(mention: str, who: Identity, statement: Statement) -> Identity:
    """What is known of a mention in a statement: *his men*, and *men* who fight or fall, need not be civilians."""
    men = MEN.fullmatch(mention.strip())
    if who.match is not None or who.sector != "CVL" or men is None:
        return who
    if men["whose"] is None and statement.type not in OF_WAR:
        return who
    return msgspec.structs.replace(who, sector=None)
