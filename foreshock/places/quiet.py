"""Texts typed without capital letters, as chats and old wires are: their places get the capitals that they lack."""

import msgspec

from foreshock.model.statement import Place
from foreshock.places import linear
from foreshock.places.gazetteer import Gazetteer
from foreshock.places.recognise import Reading, recognise

QUIET = 100
"""Words for each of which that begins with a capital a text is taken to be typed without them."""
SHORTEST = 3
"""Letters of a name that is looked for among small letters: *us* is no country there."""


def is_quiet(reading: Reading) -> bool:
    """Whether a text has words and next to no capitals."""
    return bool(reading.words) and len(reading.capitals) * QUIET <= len(reading.words)


def with_capitals(text: str, gazetteer: Gazetteer, model: linear.Linear) -> str:
    """The text, letter by letter as long, with a capital at the beginning of each word of its names of places.

    They are the names found in it were it written in capitals.
    """
    loud = "".join(map(_capital, text))
    letters = list(text)
    for found in recognise(Reading(loud), gazetteer, model):
        if found.end - found.start >= SHORTEST:
            for at in range(found.start, found.end):
                if at == found.start or not text[at - 1].isalpha():
                    letters[at] = loud[at]
    return "".join(letters)


def _capital(letter: str) -> str:
    """The capital of a letter; the letter itself where it has none of one character."""
    capital = letter.upper()
    return capital if len(capital) == 1 else letter


def as_written(place: Place, text: str) -> Place:
    """A place of a text that was read with other capitals, quoted as the text has it."""
    members = tuple(
        one if one.start is None or one.end is None else msgspec.structs.replace(one, text=text[one.start : one.end])
        for one in place.members
    )
    words = place.text if place.start is None or place.end is None else text[place.start : place.end]
    return msgspec.structs.replace(place, text=words, members=members)
