"""Who is named and holds no public office that the registry or the text knows: no filter and no event names them.

Where words may be a person's name or something else that no registry has (*Night Bell*), they are taken for a person's:
a group that is not found by its name is still found by words, a person who is found may come to harm.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from foreshock.actors.names import key
from foreshock.actors.phrase import COMMON, Part, Phrase, Piece
from foreshock.actors.resolve import shipped
from foreshock.model.vocabulary import SourceKind
from foreshock.places.gazetteer import Gazetteer

_BODIES = (SourceKind.ORGANISATION, SourceKind.DOCUMENT)


@dataclass(frozen=True)
class Private:
    """Tells private persons' names from others. `surnames` are keys of words of names that a record has in full."""

    surnames: frozenset[str] = field(default_factory=frozenset)

    def names_one(self, words: str, kind: SourceKind | None = None) -> bool:
        """Whether words name a private person; `kind` is the reader's, where they are a source's."""
        return any(True for _ in self.last_words(words, kind))

    def last_words(self, words: str, kind: SourceKind | None = None) -> Iterator[str]:
        """The key of the last word of each private person's name in `words`."""
        if shipped().called(key(words)):
            return
        phrase = shipped().reader.phrase(words)
        for first, last in _runs(phrase.pieces):
            if self._is_private(phrase, first, last, kind):
                yield phrase.pieces[last - 1].key

    def _is_private(self, phrase: Phrase, first: int, last: int, kind: SourceKind | None) -> bool:
        pieces = phrase.pieces
        before = pieces[first - 1] if first else None
        after = pieces[last] if last < len(pieces) else None
        if not phrase.former and any(_is_office(one) for one in (before, after)):
            return False
        titled = before is not None and before.key in shipped().lexicon.titles
        if titled or kind in _BODIES:
            return titled
        written = phrase.text[pieces[first].start : pieces[last - 1].end]
        owner = after is not None and written.endswith(("'s", "’s", "s'", "s’"))
        if (before is not None and before.part is Part.PREPOSITION) or owner:
            return last - first > 1 and not Gazetteer().find(key(written))
        if after is not None and after.part in COMMON:
            return False
        if last - first > 1 or kind is SourceKind.PERSON:
            return True
        return pieces[first].key in self.surnames


def _runs(pieces: tuple[Piece, ...]) -> Iterator[tuple[int, int]]:
    """`[first, last)` of each run of capitalised words of which at least one is in no list and no registry."""
    at = 0
    while at < len(pieces):
        last = at
        while last < len(pieces) and pieces[last].capital and pieces[last].part in (Part.OTHER, Part.NAME):
            last += 1
        if any(piece.part is Part.OTHER for piece in pieces[at:last]):
            yield at, last
        at = max(last, at + 1)


def _is_office(piece: Piece | None) -> bool:
    return piece is not None and (piece.part is Part.OFFICE or piece.key in shipped().lexicon.offices)


def private_among(names: Iterable[str]) -> Private:
    """What tells the private persons of a record by their last names too, from all names that the record has."""
    plain = Private()
    return Private(frozenset(word for name in names if " " in name for word in plain.last_words(name)))
