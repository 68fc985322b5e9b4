"""Who a pronoun or a bare surname stands for, within one document.

*he said* takes the person last named as a source or actor; *Rukomeda* takes the fullest form of that name in
the text. Nothing is taken from outside the document.
"""

import re

from foreshock.model.vocabulary import SourceKind
from foreshock.read.decode import CharSpan

PERSON_PRONOUNS = frozenset(("he", "she", "him", "her", "who", "his", "hers"))
GROUP_PRONOUNS = frozenset(("they", "them", "their", "we", "us", "our"))
THING_PRONOUNS = frozenset(("it", "its", "this", "that"))
PRONOUNS = PERSON_PRONOUNS | GROUP_PRONOUNS | THING_PRONOUNS | {"i", "me", "my"}

_name = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄ][\w’'-]+(?:\s+(?:al|el|bin|ibn|de|da|van|von|ben|abu)?\s?[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄ][\w’'-]+){1,3}"
)  # noqa: E501


def is_pronoun(text: str) -> bool:
    """Whether the source's words are only a pronoun."""
    return text.casefold() in PRONOUNS


class Names:
    """The names a document's sources carry, asked in text order."""

    def __init__(self, text: str) -> None:
        self._full = [match.group(0) for match in _name.finditer(text)]
        self._last: dict[str, str] = {}

    def _fullest(self, words: str) -> str | None:
        """The longest name in the text that ends with the same surname, if it is longer than `words`."""
        parts = words.split()
        if not parts or not parts[-1][:1].isupper():
            return None
        longer = [name for name in self._full if name.split()[-1] == parts[-1] and len(name) > len(words)]
        return max(longer, key=len) if longer else None

    def name(self, words: str, kind: SourceKind) -> str | None:
        """What `words` stand for; null where they name somebody themselves or nobody is known."""
        folded = words.casefold()
        if folded in PERSON_PRONOUNS:
            return self._last.get("person")
        if folded in GROUP_PRONOUNS:
            return self._last.get("group") or self._last.get("thing")
        if folded in THING_PRONOUNS:
            return self._last.get("thing") or self._last.get("group")
        if is_pronoun(words):
            return None
        fuller = self._fullest(words) if kind is SourceKind.PERSON else None
        known = fuller or words
        if kind is SourceKind.PERSON:
            self._last["person"] = known
        elif kind is SourceKind.ROLE:
            self._last["group" if words.endswith("s") else "person"] = known
        elif kind in (SourceKind.ORGANISATION, SourceKind.DOCUMENT):
            self._last["thing"] = known
        return fuller


def trim_source(text: str, span: CharSpan) -> CharSpan:
    """A source's span without the commas and relative clauses that the pointer may have taken along."""
    words = text[span[0] : span[1]]
    cut = re.search(r",\s+(?:who|which|whose|where)\b", words)
    return (span[0], span[0] + cut.start()) if cut and cut.start() > 0 else span
