"""Groups and organisations that no registry has: kept under an id of their own until an analyst names them."""

import re

from foreshock.actors.acronyms import SMALL
from foreshock.actors.context import Context
from foreshock.actors.lexicon import Lexicon
from foreshock.actors.names import key, slug
from foreshock.actors.phrase import COMMON, Part, Phrase, Piece
from foreshock.actors.schema import Actor, Certainty, Kind
from foreshock.actors.signs import signs

NEW = "new:"
"""How the id of a group begins that no registry has."""
OWNER = re.compile(r"['’]s? [^\W\dA-Z]\w*$")
"""A possessive before the last word: *Hilal's militias* are somebody's, not a group of that name."""
ACRONYM = re.compile(r"[A-ZА-Я][A-ZА-Я\-]{1,8}\d?")


def proper_run(phrase: Phrase, lexicon: Lexicon) -> list[Piece]:
    """The longest run of pieces that may be a proper name; empty where none of its words has a capital."""
    runs: list[list[Piece]] = [[]]
    pieces = phrase.pieces
    mixed = not phrase.text.isupper()
    for at, piece in enumerate(pieces):
        begins = piece.capital and (piece.part in (Part.OTHER, Part.NAME) or (mixed and _leads(pieces, at, lexicon)))
        goes_on = piece.capital or (piece.part not in COMMON and _capital_follows(pieces, at))
        if begins or (runs[-1] and goes_on):
            runs[-1].append(piece)
        elif runs[-1]:
            runs.append([])
    proper = [run for run in runs if any(piece.part is Part.OTHER and piece.capital for piece in run)]
    return max(proper, key=len) if proper else []


def _leads(pieces: tuple[Piece, ...], at: int, lexicon: Lexicon) -> bool:
    """Whether a capitalised common word begins a name: *Border Guard Force*, *Committee for the Liberation of …*."""
    if at + 1 == len(pieces):
        return False
    name = pieces[at + 1].key
    if pieces[at].part is Part.STATE and (name in lexicon.national or _is_shared(name, lexicon)):
        return True
    if pieces[at].part not in (*COMMON, Part.PEOPLE):
        return False
    if name == "of" and pieces[at].key in lexicon.members:
        return False  # *Fighters of the Patriotic Front* are not its name
    return pieces[at + 1].capital or (name in ("of", "for") and _capital_follows(pieces, at + 1))


def _is_shared(name: str, lexicon: Lexicon) -> bool:
    """Whether a known name, given as a key, is made of words that make names which bodies of many states have."""
    return " " in name and lexicon.shared.issuperset(name.split())


def _capital_follows(pieces: tuple[Piece, ...], at: int) -> bool:
    """Whether a small word joins a name: one with a capital comes next, at most one other small word between."""
    particle = pieces[at].part is Part.OTHER
    for piece in pieces[at + 1 : at + 3]:
        if piece.capital:
            return particle or piece.part is not Part.NAME
        if piece.part not in (Part.FILLER, Part.PREPOSITION):
            return False
    return False


def fresh(phrase: Phrase, sector: str | None, country: str | None, lexicon: Lexicon, context: Context) -> Actor | None:
    """A new entry for the group that a mention names; null where it may be a person, a place or no group at all.

    What makes it a group is a head (*Front*, *battalion*), an acronym, or that the text defines one for it.
    """
    defined = next((context.acronyms[piece.key] for piece in phrase.pieces if piece.key in context.acronyms), None)
    if defined is not None:
        name = defined
    else:
        run = proper_run(phrase, lexicon)
        if not run or any(piece.part is Part.TITLE for piece in phrase.front):
            return None
        name = _written(phrase, run, lexicon)
        if OWNER.search(name) or key(name) in signs().nobody or phrase.pieces[0].key in signs().own:
            return None
        full = context.longer(key(name))
        if " " not in key(name) and not (ACRONYM.fullmatch(name) or len(full) == 1):
            return None
        if len(full) == 1 and (" " not in key(name) or full[0].startswith(key(name))):
            name = _titled(full[0])
    words = key(name).split()
    guess = next((lexicon.proper_heads[word] for word in [*reversed(words)] if word in lexicon.proper_heads), None)
    known = defined is not None or any(key(full) == key(name) for full in context.acronyms.values())
    if guess is None and not known and not ACRONYM.fullmatch(name):
        return None
    return Actor(
        id=NEW + slug(name), name=name, kind=Kind.ORGANISATION, sector=guess or sector or "UNK", country=country,
        basis="named in a text and in no registry", certainty=Certainty.LOW,
    )  # fmt: skip


def _titled(name: str) -> str:
    """A key as a name is written: *patriotic front for the east* with its capitals."""
    return " ".join(word if word in SMALL else word.title() for word in name.split())


def _written(phrase: Phrase, run: list[Piece], lexicon: Lexicon) -> str:
    """The name as the text writes it, with the noun after it that says what it is: *Gumra battalion*."""
    last = phrase.pieces.index(run[-1])
    end = run[-1].end
    if last + 1 < len(phrase.pieces):
        following = phrase.pieces[last + 1]
        has_head = any(piece.key in lexicon.proper_heads for piece in run)
        if following.key in lexicon.proper_heads and not has_head:
            end = following.end
    return re.sub(r"['’]s$", "", phrase.text[run[0].start : end])
