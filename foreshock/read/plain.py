"""A text without what is not seen: it is read without soft hyphens, zero-width marks and ligatures, and with plain
spaces and hyphens, and what is found is told of the text as given.

Quotation marks stay as they stand: the corpus has both kinds, and the reader knows them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import msgspec

from foreshock.model.document import Document
from foreshock.model.statement import Reading, Statement, statement_id

_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011"
_LIGATURES = "\ufb00-\ufb06"
_odd = re.compile(f"(?P<unseen>[{_UNSEEN}]+)|(?P<space>[{_SPACES}])|(?P<hyphen>[{_HYPHENS}])|[{_LIGATURES}]")

Part = TypeVar("Part")


@dataclass(frozen=True)
class Plain:
    """A text as it is read, `text`, and for each of its characters the code point of the text as given, in `at`."""

    text: str
    at: list[int]

    def told_of(self, reading: Reading, document: Document) -> Reading:
        """A reading of the plain text as one of `document`, whose text was made plain."""
        restored = partial(self._restored, document.text)
        return Reading(
            document=document,
            statements=tuple(map(restored, reading.statements)),
            model=reading.model,
            gaps=tuple(map(restored, reading.gaps)),
        )

    def _restored(self, given: str, part: Part) -> Part:
        """A part of a reading, and every part of it, with the offsets and the words of the text as given."""
        if isinstance(part, tuple):
            return tuple(self._restored(given, one) for one in part)  # type: ignore[return-value]
        if not isinstance(part, msgspec.Struct):
            return part
        values = {name: getattr(part, name) for name in part.__struct_fields__}
        changed = {name: self._restored(given, value) for name, value in values.items()}
        if values.get("start") is not None and values.get("end") is not None:
            start, end = self.at[values["start"]], self.at[values["end"] - 1] + 1
            changed |= {"start": start, "end": end} | ({"text": given[start:end]} if "text" in values else {})
        if isinstance(part, Statement):
            trigger = changed["trigger"]
            changed["id"] = statement_id(part.document, trigger.start, trigger.end)
        return msgspec.structs.replace(part, **changed)


def plain(text: str) -> Plain | None:
    """The text as it is read; null where it is read as it stands."""
    if not _odd.search(text):
        return None
    pieces: list[str] = []
    at: list[int] = []
    begins = 0
    for found in _odd.finditer(text):
        start, end = found.span()
        written = _written(found)
        pieces += [text[begins:start], written]
        at += [*range(begins, start), *[start] * len(written)]
        begins = end
    return Plain("".join((*pieces, text[begins:])), [*at, *range(begins, len(text))])


def _written(found: re.Match[str]) -> str:
    """What is read in the place of a character, or of several that are not seen."""
    if found["unseen"]:
        return ""
    if found["space"] or found["hyphen"]:
        return " " if found["space"] else "-"
    return unicodedata.normalize("NFKC", found.group(0))
