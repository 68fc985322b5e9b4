"""A mention cut into parts: names, countries, titles, nouns, and what is left over."""

import re
from collections.abc import Collection
from enum import Enum, auto
from functools import lru_cache

import msgspec

from foreshock.actors.compiled import Countries, Names
from foreshock.actors.lexicon import Lexicon
from foreshock.actors.names import SEPARATORS, key

LONGEST = 8
"""No name of the registry that news would write out has more words; longer ones match as a whole only."""
WORD = re.compile(SEPARATORS.pattern.replace("[", "[^", 1))
GLUED = re.compile(r"\b([Tt]he)(?=[A-Z])")
"""An article that extraction has glued to the next word: *theSecurity Council*."""


class Part(Enum):
    """What a part of a mention is."""

    NAME = auto()
    STATE = auto()
    PEOPLE = auto()
    SEAT = auto()
    TITLE = auto()
    OFFICE = auto()
    ORGAN = auto()
    NOUN = auto()
    FILLER = auto()
    PREPOSITION = auto()
    OTHER = auto()


GEOGRAPHIC = (Part.STATE, Part.PEOPLE, Part.SEAT)
COMMON = (Part.OFFICE, Part.ORGAN, Part.NOUN)


class Piece(msgspec.Struct, frozen=True):
    """One part, `[start, end)` in its mention: its key, what it is, the country, organ or sector that goes with that,
    and whether it has a capital."""

    key: str
    part: Part
    value: str = ""
    capital: bool = False
    start: int = 0
    end: int = 0


class Phrase(msgspec.Struct, frozen=True):
    """A mention's pieces in order.

    `front` are those of its head noun phrase: all before the first preposition, or what follows one that only says how
    many (*members of*); `noun` is the last of them that is no filler, null where there is none. `preposition` is the
    key of the preposition after it, empty where there is none, `back` what follows that. `countries` are those that the
    mention names itself, each once.
    """

    text: str
    pieces: tuple[Piece, ...]
    front: tuple[Piece, ...]
    noun: Piece | None
    preposition: str
    back: tuple[Piece, ...]
    countries: tuple[str, ...]
    former: bool

    def owner(self, piece: Piece) -> str | None:
        """The code of the country to which a piece is given: what stands right before it, or after it and *of*."""
        told = [one for one in self.pieces if one.part is not Part.FILLER]
        at = told.index(piece)
        if at > 0 and told[at - 1].part in GEOGRAPHIC:
            return told[at - 1].value
        behind = told[at + 1 : at + 3]
        return behind[1].value if len(behind) == 2 and behind[0].key == "of" and behind[1].part in GEOGRAPHIC else None


class Reader:
    """Cuts mentions by one registry's names, countries and words."""

    def __init__(self, lexicon: Lexicon, countries: Countries, names: Names) -> None:
        self.lexicon = lexicon
        self.countries = countries
        self.names = names
        self._phrase = lru_cache(maxsize=20_000)(self._read)

    def phrase(self, mention: str, defined: Collection[str] = (), others: Collection[str] = ()) -> Phrase:
        """The mention in pieces, longest first from the left. `defined` are the keys of acronyms that its text
        defines, `others` those of names of the registry that are borne by somebody else here: nobody known."""
        whole = key(mention)
        return self._phrase(mention, frozenset(one for one in defined if one in whole), frozenset(others))

    def _read(self, mention: str, defined: frozenset[str], others: frozenset[str]) -> Phrase:
        mention = GLUED.sub(r"\1 ", mention)
        pieces = self._related(self._pieces(mention, defined, others))
        former = any(piece.key in self.lexicon.former for piece in pieces)
        head = self._head(pieces)
        front = tuple(pieces[head.start : head.stop])
        return Phrase(
            text=mention,
            pieces=tuple(pieces),
            front=front,
            noun=next((piece for piece in reversed(front) if piece.part is not Part.FILLER), None),
            preposition=pieces[head.stop].key if head.stop < len(pieces) else "",
            back=tuple(pieces[head.stop + 1 :]),
            countries=tuple(dict.fromkeys(piece.value for piece in pieces if piece.part in GEOGRAPHIC)),
            former=former,
        )

    def _pieces(self, mention: str, defined: frozenset[str], others: frozenset[str]) -> list[Piece]:
        """A mention's pieces: from the left the longest run of words that is known, else the word."""
        words = self._words(mention, defined)
        pieces: list[Piece] = []
        at = 0
        while at < len(words):
            for length in range(min(LONGEST, len(words) - at), 0, -1):
                chunk = words[at : at + length]
                text = chunk[0][0] if length == 1 else " ".join([word[0] for word in chunk])
                found = (
                    (Part.OTHER, "") if text in others else self._kind(text, any(word[1] for word in chunk), defined)
                )
                if found is not None or length == 1:
                    part, value = found or (Part.OTHER, "")
                    pieces.append(Piece(text, part, value, chunk[0][1], chunk[0][2], chunk[-1][3]))
                    at += length
                    break
        return pieces

    def _words(self, mention: str, defined: frozenset[str]) -> list[tuple[str, bool, int, int]]:
        """Each word of a mention: its key, whether it is written as a name, and its span `[start, end)`."""
        words: list[tuple[str, bool, int, int]] = []
        for match in WORD.finditer(mention):
            if word := key(match.group()):
                capital = self._capital(word, match.group())
                if words and words[-1][1] and mention[words[-1][3] : match.start()] == "-":
                    # *Kim Jong-un*, *Chan-ocha*: what a hyphen joins to a name is of it; not *Rwandan-backed*
                    capital = capital or self._kind(words[-1][0], True, defined) is None
                words.append((word, capital, match.start(), match.end()))
        return words

    def _capital(self, word: str, written: str) -> bool:
        """Whether a word is written as a name: with a capital, or all in capitals where it is an acronym's double."""
        return written.isupper() if word in self.lexicon.capitals_only else not written[0].islower()

    def _kind(self, text: str, capital: bool, defined: frozenset[str]) -> tuple[Part, str] | None:
        """What `text` is as a whole, or null. A name needs a capital; a word of the lexicon does not mind one."""
        words = self.lexicon
        if capital:
            if text in defined:
                return Part.NAME, ""
            if text in self.countries.names:
                return Part.STATE, self.countries.names[text]
            if text in self.names.exact and not self._is_common(text):
                return Part.NAME, ""
            if text in self.countries.seats:
                return Part.SEAT, self.countries.seats[text]
        if text in self.countries.adjectives and (capital or text != "usa"):
            return Part.PEOPLE, self.countries.adjectives[text]
        if text in words.offices:
            return Part.OFFICE, ""
        if text in words.organs:
            return Part.ORGAN, words.organs[text]
        if text in words.sectors:
            return Part.NOUN, words.sectors[text]
        if text in words.titles:
            return Part.TITLE, ""
        if text in words.prepositions:
            return Part.PREPOSITION, ""
        if text in words.fillers or text in words.former or text.isdigit():
            return Part.FILLER, ""
        return None

    def _is_common(self, text: str) -> bool:
        words = self.lexicon
        lists = (words.titles, words.fillers, words.sectors, words.organs, words.prepositions)
        return any(text in known for known in lists)

    def _related(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces, with names and countries that only say whose side it is on made fillers.

        The *Red Cross* of a country is none of the names that are known.
        """
        words = self.lexicon
        for at, piece in enumerate(pieces):
            if piece.part not in (Part.NAME, *GEOGRAPHIC):
                continue
            if piece.key in words.national and at > 0 and pieces[at - 1].part in GEOGRAPHIC:
                pieces[at] = msgspec.structs.replace(piece, part=Part.OTHER)
                continue
            after = pieces[at + 1].key if at + 1 < len(pieces) else ""
            before = pieces[at - 1].key if at > 0 else ""
            if after in words.related_after or before in words.related_before:
                pieces[at] = msgspec.structs.replace(piece, part=Part.FILLER, value="")
        relations = words.related_after | words.related_before
        return [
            msgspec.structs.replace(piece, part=Part.FILLER)
            if piece.part is Part.OTHER and piece.key in relations and not piece.capital
            else piece
            for piece in pieces
        ]

    def _head(self, pieces: list[Piece]) -> range:
        start = 0
        for at, piece in enumerate(pieces):
            if piece.part is not Part.PREPOSITION:
                continue
            kept = [
                piece
                for piece in pieces[start:at]
                if piece.part is not Part.FILLER and piece.key not in self.lexicon.partitives
            ]
            if kept:
                return range(start, at)
            start = at + 1
        return range(start, len(pieces))
