"""The body that each person whom a text names speaks for."""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.speakers.known import registered
from foreshock.ledger.speakers.phrases import (
    BODY_NAME,
    CAPITAL,
    NAME,
    ends_in,
    has_foreign_head,
    is_acronym,
    is_called_body,
    may_be_body,
    surname,
)
from foreshock.ledger.words import countries_named
from foreshock.model.document import Document
from foreshock.model.prediction import ForecasterKind

_BODY = rf"(?P<the>the )?(?P<body>{BODY_NAME})"
_LINKS = r"(?:at|of|for|with|from|by|advises|heads|leads|directs|runs|chairs)"
_APART = r"[^.;“”\"\n]"
_AFFILIATED = (
    re.compile(rf"(?P<name>{NAME}),? {_LINKS} {_BODY}"),
    re.compile(rf"(?P<name>{NAME}),(?! (?:and|but)\b) [^,.;“”\"\n]{{0,70}}?\b{_LINKS} {_BODY}"),
    re.compile(rf"(?:\b(?P<the>[Tt]he ))?(?P<body>{BODY_NAME})['’]s? (?:[a-z-]+ ){{1,6}}?[a-z-]+,? (?P<name>{NAME})"),
    re.compile(
        rf"\b(?:of|at|for|with|from) {_BODY}, (?P<name>{NAME}), (?:said|says|told|warned|saw|sees|thinks|expects)\b"
    ),
)
_OWNED = re.compile(rf"(?P<body>{BODY_NAME})['’]s (?P<name>{NAME})")
_COMMON = re.compile(
    rf"(?:(?P<name>{NAME}),? (?:[^,.;“”\"\n]{{0,60}}?\b)?"
    rf"|(?:Father|Mr|Mrs|Ms|Dr|General|Colonel|Captain|Major)\.? (?P<last>{CAPITAL}) )"
    rf"{_LINKS} the (?P<body>(?:[\w’'-]+ ){{0,3}}[a-z][\w’'-]*)"
)
"""A person of a body without a name of its own: *Ada Lund, a lawyer at the electoral commission*."""
_COMMON_OWNED = re.compile(
    rf"\b[Tt]he (?P<body>(?:[a-z-]+ ){{0,3}}?[a-z-]+)['’]s (?P<post>(?:[a-z-]+ ){{0,5}}?[a-z-]+),? (?P<name>{NAME})"
)
"""The same the other way round: *the board's deputy head, Ada Lund*; no holder of a public office."""
_HOUSE = re.compile(
    rf"(?P<name>{NAME}),(?:(?!\b(?:told|tells|said|says|wrote)\b){_APART}){{0,80}}?"
    r"\bthis (?:newspaper|paper|agency|magazine)\b"
)
_OURS = re.compile(
    r"\b[Oo]ur (?:[a-z-]+ ){1,5}?(?:analyst|economist|editor|researcher|expert|director|fellow|forecaster),? "
    rf"(?P<name>{NAME})"
)
"""One of the house that writes: *our political analyst Ada Lund*."""
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True)
class Affiliations:
    """Who speaks for whom in one document; `countries` are those it names, by ISO 3166-1 alpha-3."""

    document: Document
    countries: Set[str]

    @cached_property
    def bodies(self) -> dict[str, str]:
        """The body that each person the text names speaks for, by the person's surname."""
        text, found = self.document.text, dict[str, str]()
        for pattern in _AFFILIATED:
            for match in pattern.finditer(text):
                body = match["body"].strip()
                if not is_called_body(match["name"]) and self._is_body(body, match["the"] is not None):
                    found.setdefault(surname(match["name"]), _POSSESSIVE.sub("", body))
        for match in _OWNED.finditer(text):
            if registered(match["body"]) is None or self._is_body(match["body"], False):
                found.setdefault(surname(match["name"]), match["body"])
        for match in _COMMON.finditer(text):
            if (body := self._common_body(match["body"])) is not None:
                found.setdefault(surname(match["name"] or match["last"]), body)
        for match in _COMMON_OWNED.finditer(text):
            if ends_in(match["body"], lexicon().bodies) and not ends_in(match["post"], lexicon().public):
                found.setdefault(surname(match["name"]), match["body"])
        if self.document.outlet:
            for match in chain(_HOUSE.finditer(text), _OURS.finditer(text)):
                found.setdefault(surname(match["name"]), self.document.outlet)
        return found

    def _is_body(self, words: str, the: bool) -> bool:
        """Whether capitalised words, after *the* or not, name a body and no town: by a word in them, by the registry,
        or because a place of that form has no article."""
        bodies = lexicon().bodies
        if ends_in(words, bodies) or words.split()[-1].casefold() in bodies or has_foreign_head(words):
            return True
        known = registered(words, self.countries)
        if known is not None:
            return known.kind is ForecasterKind.ORGANISATION
        if words == self.document.outlet or is_acronym(words) or self._is_described(words):
            return True
        if the and may_be_body(words) and not countries_named(words):
            return True
        return " " not in words and f"{words} " in self.document.text and self._calls_body(words)

    def _is_described(self, words: str) -> bool:
        """Whether the text says behind the words what body they are: *…, a consultancy*."""
        heads = lexicon().bodies | lexicon().describing
        found = re.search(rf"{re.escape(words)}, an? ((?:[\w’'-]+ ){{0,4}}?[\w’'-]+)(?=,|\.| \w)", self.document.text)
        return found is not None and ends_in(found[1], heads) is not None

    def _calls_body(self, word: str) -> bool:
        """Whether the text elsewhere gives a body's full name that begins with this word."""
        return any(
            match.group(1).casefold() in lexicon().bodies
            for match in re.finditer(rf"{re.escape(word)}(?:[ \t]{CAPITAL})*?[ \t]({CAPITAL})", self.document.text)
        )

    @staticmethod
    def _common_body(words: str) -> str | None:
        """The body that lower-case words begin with: *electoral commission* of *electoral commission says that*."""
        parts = words.split()
        for size in range(len(parts), 1, -1):
            if parts[size - 1] in lexicon().bodies:
                return " ".join(parts[:size])
        return None
