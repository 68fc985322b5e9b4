"""Who is named and holds no public office that the registry or the text knows: no filter and no event names them.

Where words may be a person's name or something else that no registry has (*Night Bell*), they are taken for a person's:
a group that is not found by its name is still found by words, a person who is found may come to harm.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from foreshock.actors.names import key
from foreshock.actors.phrase import COMMON, Part, Phrase, Piece
from foreshock.actors.referents import BODIES
from foreshock.actors.resolve import shipped
from foreshock.actors.signs import signs
from foreshock.model.vocabulary import SourceKind
from foreshock.places import locate

NAME_LEFT_OUT = "[name left out]"
_MARK = re.compile(r"[,;:()“”\"]")
"""What ends a name between two words."""


@dataclass(frozen=True)
class Private:
    """Tells private persons' names from others. `surnames` are keys of words of names that a record has in full."""

    surnames: Container[str] = field(default_factory=frozenset)

    def names_one(self, words: str, kind: SourceKind | None = None) -> bool:
        """Whether words name a private person; `kind` is the reader's, where they are a source's."""
        return any(True for _ in self.last_words(words, kind))

    def last_words(self, words: str, kind: SourceKind | None = None) -> Iterator[str]:
        """The key of the last word of each private person's name in `words`."""
        phrase = shipped().reader.phrase(words)
        for _, last in self._found(phrase, kind):
            yield phrase.pieces[last - 1].key

    def left_out(self, words: str) -> str:
        """The words with a mark where they name private persons."""
        phrase = shipped().reader.phrase(words)
        text = phrase.text
        for first, last in reversed([*self._found(phrase, None)]):
            text = text[: phrase.pieces[first].start] + NAME_LEFT_OUT + text[phrase.pieces[last - 1].end :]
        return text

    def _found(self, phrase: Phrase, kind: SourceKind | None) -> Iterator[tuple[int, int]]:
        """`[first, last)` of the pieces of each private person's name."""
        if not shipped().called(key(phrase.text)):
            yield from (run for run in _runs(phrase) if self._is_private(phrase, *run, kind))

    def _is_private(self, phrase: Phrase, first: int, last: int, kind: SourceKind | None) -> bool:
        pieces = phrase.pieces
        before = pieces[first - 1] if first else None
        after = pieces[last] if last < len(pieces) else None
        if not phrase.former and any(_is_office(one) for one in (before, after)):
            return False
        titled = before is not None and before.key in shipped().lexicon.titles
        heads = shipped().lexicon.proper_heads
        if titled or kind in BODIES or any(piece.key in heads for piece in pieces[first:last]):
            return titled
        written = phrase.text[pieces[first].start : pieces[last - 1].end]
        owner = after is not None and written.endswith(("'s", "’s", "s'", "s’"))
        if (before is not None and before.part is Part.PREPOSITION) or owner:
            return last - first > 1 and not locate.shipped().gazetteer.find(key(written))
        if after is not None and after.part in COMMON:
            return False
        if last - first > 1 or kind is SourceKind.PERSON:
            return True
        return pieces[first].key in self.surnames


def _runs(phrase: Phrase) -> Iterator[tuple[int, int]]:
    """`[first, last)` of each run of capitalised words of which at least one is in no list and no registry."""
    pieces, first = phrase.pieces, 0
    for last in range(1, len(pieces) + 1):
        if last < len(pieces) and _goes_on(phrase.text, pieces[last - 1], pieces[last]):
            continue
        if _is_name(pieces[first]) and any(piece.part is Part.OTHER for piece in pieces[first:last]):
            yield first, last
        first = last


def _goes_on(text: str, one: Piece, following: Piece) -> bool:
    return _is_name(one) and _is_name(following) and not _MARK.search(text[one.end : following.start])


def _is_name(piece: Piece) -> bool:
    return piece.capital and piece.part in (Part.OTHER, Part.NAME)


def _is_office(piece: Piece | None) -> bool:
    if piece is None:
        return False
    return piece.part is Part.OFFICE or piece.key in shipped().lexicon.offices or piece.key in signs().public_titles


class _Surnames:
    """The last words of private persons' names among `names`, each found out when somebody asks for it: a large record
    has many thousand names, and a page shows few."""

    def __init__(self, names: Iterable[str]) -> None:
        self._with: dict[str, list[str]] = defaultdict(list)
        self._known: dict[str, bool] = {}
        for name in names:
            if " " in name:
                for word in set(key(name).split()):
                    self._with[word].append(name)

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        found = self._known.get(word)
        if found is None:
            plain = Private()
            # What the registry knows as one name is one word here: *Bashar al-Assad*.
            names = self._with.get(word.partition(" ")[0], ())
            found = any(word in plain.last_words(name) for name in names)
            self._known[word] = found
        return found


def private_among(names: Iterable[str]) -> Private:
    """What tells the private persons of a record by their last names too, from all names that the record has."""
    return Private(_Surnames(names))
