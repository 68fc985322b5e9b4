"""Who a pronoun or a bare surname stands for, within one document.

*he said* takes the person last named as a source (actors are not followed); *Rukomeda* takes the fullest form of
that name in the text. Nothing is taken from outside the document.
"""

import re
from collections.abc import Iterator

from foreshock.model.vocabulary import SourceKind
from foreshock.read.decode import CharSpan

PERSON_PRONOUNS = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she", "who": None}
"""Each with the one that a person must go by to be meant; null where anybody is."""
GROUP_PRONOUNS = frozenset(("they", "them", "their", "we", "us", "our"))
THING_PRONOUNS = frozenset(("it", "its", "this", "that"))
PRONOUNS = PERSON_PRONOUNS.keys() | GROUP_PRONOUNS | THING_PRONOUNS | {"i", "me", "my"}

HONORIFICS = {"Mr": "he", "Sir": "he", "Lord": "he", "Mrs": "she", "Ms": "she", "Lady": "she", "Dr": None}
"""Titles that are no part of a full name, and the pronoun that each implies."""
OPENERS = frozenset(
    "A After Again All Also Although An And Another Any As At Because Before Both But By Despite During Earlier "
    "Even Finally First For From Has Here How However If In Indeed Instead Is It Its Last Later Like Meanwhile "
    "Moreover Most Nevertheless No Nor Not Now Of Often On Once One Only Or Other Our Over Perhaps Recently "
    "Second Separately She He Should Similarly Since So Some Soon Still Such That The Their Then There These They "
    "This Those Though Through Thus To Today Tomorrow Tonight Two Under Unlike Until Was We What When Where "
    "Whether Which While Who Why With Without Yes Yesterday Yet You Monday Tuesday Wednesday Thursday Friday "
    "Saturday Sunday".split()
)
"""Words that have their capital from standing first in the sentence, and days, which follow them."""

_upper = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄ"
_name = re.compile(
    rf"[{_upper}](?<!\w[{_upper}])[\w’'-]+"
    rf"(?:[ \t]+(?:(?:al|el|bin|ibn|de|da|van|von|ben|abu)[ \t])?[{_upper}][\w’'-]+){{1,5}}"
)
"""It begins with the capital and then looks back: so a search skips at once to the next capital."""
_possessive = re.compile(r"[’']s?$")


BEHIND_HEAD = re.compile(r"(?<=\w)\s+(?:in|of|near|at|from|to|with|who|along|on|for|around|across)\s")
"""What ends the head of a noun phrase: *residents of Kidal*."""
PLURAL = re.compile(
    r"(?:(?<![sui])s|men|people|police"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+|some|many|most|several|few|all|both))$",
    re.IGNORECASE,
)
"""How the head ends of those who are several, as *a witness* is not: *residents*, *six of their colleagues*."""


def is_pronoun(text: str) -> bool:
    """Whether the source's words are only a pronoun."""
    return text.casefold() in PRONOUNS


def _names(text: str) -> Iterator[list[str]]:
    """The words of every name in the text, in order, without the openers of sentences."""
    at, opened = 0, False
    while match := _name.search(text, at):
        words = match.group(0).split()
        opened = _opens(text, match.start()) or (opened and not text[at : match.start()].strip(" \t"))
        if opened and words[0] in OPENERS:
            at = match.start() + len(words[0])
            continue
        at, opened = match.end(), False
        yield [*words[:-1], _possessive.sub("", words[-1])]


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, a line or a quotation begins at `start`."""
    before = text[max(0, start - 12) : start].rstrip(" \t\"“”‘’'([")
    return not before or before[-1] in ".!?:;…—–-\n\r" or text[start - 1] in "\"“‘'"


class Names:
    """The names a document's sources carry, asked in text order."""

    def __init__(self, text: str) -> None:
        self._full = list(_names(text))
        self._last: dict[str, str] = {}
        self._people: dict[str, str | None] = {}  # the last named comes last; each with its pronoun, once known

    def _fullest(self, words: str) -> str | None:
        """The name in the text with most words, the earliest of them, that has the surname and all of `words`.

        Null where no name is fuller than `words`.
        """
        parts = [part for part in words.split() if part.rstrip(".") not in HONORIFICS]
        if not parts or not parts[-1][:1].isupper():
            return None
        fuller = [
            name for name in self._full
            if name[-1] == parts[-1] and len(name) > len(parts) and set(parts) <= set(name)
            and name[0].rstrip(".") not in HONORIFICS
        ]  # fmt: skip
        fullest = max(fuller, key=len, default=None)
        return " ".join(fullest) if fullest else None

    def _person(self, pronoun: str | None) -> str | None:
        """The person last named who goes by `pronoun`, or by none as yet; from now on by this one."""
        fits = (name for name, own in reversed(self._people.items()) if pronoun is None or own in (None, pronoun))
        name = next(fits, None)
        if name is not None:
            self._named(name, pronoun)
        return name

    def _named(self, name: str, pronoun: str | None) -> None:
        self._people[name] = self._people.pop(name, None) or pronoun

    def name(self, words: str, kind: SourceKind) -> str | None:
        """What `words` stand for; null where they name somebody themselves or nobody is known."""
        folded = words.casefold()
        if folded in PERSON_PRONOUNS:
            return self._person(PERSON_PRONOUNS[folded])
        if folded in GROUP_PRONOUNS:
            return self._last.get("group") or self._last.get("thing")
        if folded in THING_PRONOUNS:
            return self._last.get("thing") or self._last.get("group")
        if is_pronoun(words):
            return None
        fuller = self._fullest(words) if kind is SourceKind.PERSON else None
        known = fuller or words
        if kind is SourceKind.PERSON or (kind is SourceKind.ROLE and not _are_several(words)):
            self._named(known, HONORIFICS.get(words.split(maxsplit=1)[0].rstrip(".")))
        elif kind is SourceKind.ROLE:
            self._last["group"] = known
        elif kind in (SourceKind.ORGANISATION, SourceKind.DOCUMENT):
            self._last["thing"] = known
        return fuller


def _are_several(words: str) -> bool:
    """Whether the words for a role mean several people: *residents of Kidal*, not *an envoy of the rebels*."""
    return PLURAL.search(BEHIND_HEAD.split(words, maxsplit=1)[0]) is not None


def trim_source(text: str, span: CharSpan) -> CharSpan:
    """A source's span without the commas and relative clauses that the pointer may have taken along."""
    words = text[span[0] : span[1]]
    cut = re.search(r",\s+(?:who|which|whose|where)\b", words)
    return (span[0], span[0] + cut.start()) if cut and cut.start() > 0 else span
