"""What a person should know after a reading on the screen: which documents give no date, which are not in English,
which hold characters that could not be read."""

from collections.abc import Iterator

from foreshock.gather.parse import REPLACED
from foreshock.gather.prose import language_of
from foreshock.model.document import Document

MOST_NAMED = 3
"""Documents that a hint names; of the rest it gives the number."""
WORDS_THAT_TELL = 15
"""Below so many words a language cannot be told."""
ENOUGH = len("sha256:") + 12
"""Characters of a document's id that name it."""


class Hints:
    """Gathers what to say of the documents that were read."""

    def __init__(self) -> None:
        self._undated: list[str] = []
        self.first_undated: str | None = None
        """The first document without a date, by as much of its id as names it; null for none."""
        self._replaced: list[str] = []
        self._foreign: dict[str, list[str]] = {}

    def note(self, document: Document) -> None:
        """Take a document that was read into account."""
        self.note_date(document)
        if len(document.text.split()) >= WORDS_THAT_TELL and (language := language_of(document.text)) != "en":
            self._foreign.setdefault(language, []).append(document.origin)

    def note_kept(self, document: Document) -> None:
        """Take into account whether a document bears a date, and whether all its characters could be read."""
        self.note_date(document)
        if REPLACED in document.notes:
            self._replaced.append(document.origin)

    def note_date(self, document: Document) -> None:
        """Take into account whether a document bears a date."""
        if document.reference_date is None:
            self._undated.append(document.origin)
            self.first_undated = self.first_undated or document.id[:ENOUGH]

    @property
    def number_undated(self) -> int:
        """How many documents bear no date."""
        return len(self._undated)

    def replaced(self) -> str | None:
        """The documents of which characters could not be read, in words; null for none."""
        return _several(self._replaced) if self._replaced else None

    def undated(self) -> str | None:
        """The documents without a date, in words; null for none."""
        return _several(self._undated) if self._undated else None

    def lines(self) -> Iterator[str]:
        """One line for each thing to say; none where all is well."""
        for language, origins in sorted(self._foreign.items()):
            yield f"{_several(origins)}: not in English, it seems ({language}); `add` would skip it"
        if undated := self.undated():
            yield f"{undated}: no date of publication, so “Monday” is no day; give --published DATE"


def _several(origins: list[str]) -> str:
    more = len(origins) - MOST_NAMED
    return ", ".join(origins[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
