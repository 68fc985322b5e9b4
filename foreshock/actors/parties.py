"""Whether a mention names one party or several: *residents and a government official* are two."""

import re
from collections.abc import Sequence

from foreshock.actors.phrase import COMMON, GEOGRAPHIC, Part, Phrase, Piece

JOINING = re.compile(r"\s(?:and|or|as well as|&)\s")
ARTICLE = re.compile(r"(?:the|an?)\s")
NAMED = (Part.NAME, *GEOGRAPHIC)
PARTY = (*NAMED, *COMMON)


def parties(phrase: Phrase) -> list[str]:
    """The words for each party that a mention names, in order; one where it names a single one.

    An *and* within a name (*Front for Change and Concord*) or between two offices of one person (*president and army
    chief*) joins no parties.
    """
    found, start = [], 0
    for joint in JOINING.finditer(phrase.text):
        before = [piece for piece in phrase.pieces if start <= piece.start and piece.end <= joint.start()]
        after = [piece for piece in phrase.pieces if piece.start >= joint.end()]
        if _divides(before, after, ARTICLE.match(phrase.text, joint.end()) is not None):
            found.append(phrase.text[start : joint.start()].rstrip(" ,"))
            start = joint.end()
    return [*found, phrase.text[start:]]


def _divides(before: Sequence[Piece], after: Sequence[Piece], article: bool) -> bool:
    """Whether another party begins between the pieces round an *and*; `article` says that it has one of its own."""
    left, right = _meaning(before), _meaning(after)
    if not left or not any(piece.part in PARTY or piece.capital for piece in right):
        return False
    last, first = left[-1], right[0]
    if article:
        return last.part in PARTY or last.capital
    if last.part is Part.OFFICE and first.part in (Part.OFFICE, Part.TITLE):
        return False
    if last.part in NAMED or (first.part in NAMED and last.part in COMMON):
        return True
    goes_on = last.capital and first.capital
    return not goes_on and last.part in (*COMMON, Part.TITLE) and any(piece.part in PARTY for piece in right)


def _meaning(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.part is not Part.FILLER]


def is_plain(phrase: Phrase) -> bool:
    """Whether a party is a common noun alone, as *residents* and *allied militias* are."""
    return phrase.noun is not None and all(
        piece.part in (Part.NOUN, Part.FILLER) or (piece.part is Part.OTHER and not piece.capital)
        for piece in phrase.pieces
    )
