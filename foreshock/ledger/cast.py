"""The people, offices and bodies that a text names: for whom each speaks, under what full name, and where."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from foreshock.actors.names import key
from foreshock.actors.resolve import shipped
from foreshock.actors.schema import Kind
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.parts import Forecaster
from foreshock.ledger.words import countries_named
from foreshock.model.document import Document
from foreshock.model.prediction import ForecasterKind
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import SourceKind

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*[\w]"
NAME = rf"{CAPITAL}(?:[ \t]{CAPITAL}){{1,4}}"
_BODY = rf"(?P<body>{CAPITAL}(?:[ \t](?:(?:of|for|and|on|the)[ \t])*{CAPITAL})*)"
_LINKS = r"(?:at|of|for|with|from|by|advises|heads|leads|directs|runs)"
_AFFILIATED = (
    re.compile(rf"(?P<name>{NAME}),? {_LINKS} (?:the )?{_BODY}"),
    re.compile(rf"(?P<name>{NAME}),(?! (?:and|but)\b) [^,.;“”\"\n]{{0,70}}?\b{_LINKS} (?:the )?{_BODY}"),
    re.compile(rf"{_BODY}['’]s (?P<name>{NAME})"),
)
_HOUSE = re.compile(rf"(?P<name>{NAME}),[^.;“”\"\n]{{0,80}}?\bthis (?:newspaper|paper|agency|magazine)\b")
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Sir|Lady|Lord|Colonel|General|Professor|Major|Captain|Sheikh|Father)\.?\s+")
_ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|this|that|one)\s+", re.IGNORECASE)
_SPOKE = re.compile(
    r"(?<!\bwho)(?<!\bthat)(?<!\bwhich)\s+(?:said|says|told|tells|wrote|writes|warned|warns|denied|denies|believes|argued|"
    r"argues|added|announced|insisted|insists|vowed|vows|claimed|claims|promised|predicted|predicts|reckons)\b"
)
"""Where a noun phrase ends that was read on into its verb: *a neighbour says of the colonel*."""
_DIVISION = r"(?:region|province|oblast|republic|state|city|district|county)"
_PUBLIC = (
    r"(?:vice[- ]president|president|prime minister|premier|minister|chancellor|governor|king|emir|sultan|mayor|"
    r"foreign secretary|defen[cs]e secretary|secretary-general)"
)
_QUALIFIER = (
    rf"(?:{CAPITAL}|former|retired|late|acting|interim|deputy|"
    r"defen[cs]e|interior|foreign|finance|justice|health|energy)"
)
_TITLE = rf"(?:{_QUALIFIER}[ \t]){{0,3}}(?i:{_PUBLIC})"
_TITLED = re.compile(rf"(?P<title>{_TITLE}) {CAPITAL}(?:[ \t](?:[a-z]{{2,3}}[ \t])?{CAPITAL}){{0,4}}")
"""A public office before its holder's name: *President Déby*, *Defence Minister Issaka Malloua Djamous*."""
_TITLE_BEFORE = re.compile(rf"(?<![\w’'-])(?P<title>{_TITLE})[ \t]+$")
_LONGEST_TITLE = 60
"""Characters before a name in which its office may stand."""
PRONOUNS = {
    "he": "person", "she": "person", "i": "person", "him": "person", "her": "person",
    "it": "body", "we": "any", "they": "any", "them": "any", "who": "any",
}  # fmt: skip
_SOMEBODY = re.compile(r"(?:^|[.?!”\"]\s)(An? (?:[\w’'-]+ ){0,3}?[\w’'-]+)(?= (?:who|in|at|from|on)\b|,)", re.MULTILINE)
"""A person brought in at a sentence's head: *A former judge who now organises the displaced*."""
_ORGANISED = frozenset(Kind) - {Kind.PERSON, Kind.OFFICE}


@dataclass(frozen=True, order=True)
class Mention:
    """Words at `start` of a text for somebody whom a pronoun may stand for: a `person` or a `body`."""

    start: int
    kind: str
    words: str


def stripped(words: str) -> str:
    """A noun phrase without its article, the title before a name, a verb of speech behind it, and punctuation."""
    bare = _HONORIFIC.sub("", _ARTICLE.sub("", words.strip()))
    return _SPOKE.split(bare, maxsplit=1)[0].strip(" ,.;:")


def ends_in(words: str, heads: frozenset[str]) -> str | None:
    """The head among `heads` of a noun phrase: its last word before *of*, *for*, *in*, *who* and the like."""
    core = re.split(r"\s+(?:of|for|in|at|on|who|that|which|from|to|with|near)\s+|,", words.casefold(), maxsplit=1)[0]
    last = re.sub(r"['’]s?$", "", core).split()
    for width in (3, 2, 1):
        if len(last) >= width and " ".join(last[-width:]) in heads:
            return " ".join(last[-width:])
    return None


def registered(words: str) -> Forecaster | None:
    """The registry's actor that is called so: a person or an office as a role, anything else as a body."""
    called = shipped().called(key(words))
    if not called:
        return None
    actor = called[0].actor
    kind = ForecasterKind.ORGANISATION if actor.kind in _ORGANISED else ForecasterKind.ROLE
    return Forecaster(kind, actor.name)


def _bare_title(found: re.Match[str] | None) -> str | None:
    """A title without the country in it: *Defence Minister* of *Chadian Defence Minister*."""
    if found is None:
        return None
    return " ".join(word for word in found["title"].split() if not countries_named(word))


def registry_name(name: str | None) -> str | None:
    """The registry's name of the body that is called so; null where it knows none."""
    known = registered(name) if name else None
    return known.name if known is not None and known.kind is ForecasterKind.ORGANISATION else None


class Cast:
    """Who is named in one document, found once and asked for each of its predictions."""

    def __init__(self, document: Document, statements: Sequence[Statement]) -> None:
        self.document = document
        self.text = document.text
        self.words = lexicon()
        self.sources = [source for one in statements for source in one.sources]
        self._countries = Counter(one.place.country for one in statements if one.place and one.place.country)
        self._people = [person for one in statements for person in (*one.actors, *one.recipients)]

    @cached_property
    def affiliations(self) -> dict[str, str]:
        """The body that each person the text names speaks for, by the person's surname."""
        found: dict[str, str] = {}
        for pattern in _AFFILIATED:
            for match in pattern.finditer(self.text):
                body, surname = match["body"].strip(), match["name"].split()[-1]
                owns = pattern is _AFFILIATED[-1] and registered(body) is None
                if owns or self._is_body(body):
                    found.setdefault(re.sub(r"['’]s$", "", surname), re.sub(r"['’]s$", "", body))
        if self.document.outlet:
            for match in _HOUSE.finditer(self.text):
                found.setdefault(match["name"].split()[-1], self.document.outlet)
        return found

    def _is_body(self, words: str) -> bool:
        """Whether capitalised words name a body and no town: by their last word, or by the registry."""
        if ends_in(words, self.words.bodies) or words.split()[-1].casefold() in self.words.bodies:
            return True
        known = registered(words)
        if known is not None:
            return known.kind is ForecasterKind.ORGANISATION
        parts = words.split()
        outlet = self.document.outlet
        return words == outlet or (len(parts) == 1 and self.text.count(f"{words} ") > 0 and self._calls_body(words))

    def _calls_body(self, word: str) -> bool:
        """Whether the text elsewhere gives a body's full name that begins with this word."""
        return any(
            match.group(1).casefold() in self.words.bodies
            for match in re.finditer(rf"{re.escape(word)}(?:[ \t]{CAPITAL})*?[ \t]({CAPITAL})", self.text)
        )

    def title_of(self, bare: str, at: int) -> str | None:
        """The public office that stands before a name: in the words for it, or in the text before `at`."""
        title = _bare_title(_TITLED.fullmatch(re.sub(r"['’]s?$", "", bare)))
        if title is None and re.fullmatch(NAME, bare):
            title = _bare_title(_TITLE_BEFORE.search(self.text[max(0, at - _LONGEST_TITLE) : at]))
        return title

    def office_of(self, title: str, words: str) -> Forecaster:
        """The public office that a title names: by its country, the one the words or else most of the text is about."""
        named = countries_named(words) or {person.country for person in self._people if person.text == words}
        codes = [code for code in named if code] or [code for code, _ in self._countries.most_common(1)]
        state = next((one.name for one in shipped().actors if one.kind is Kind.STATE and one.country in codes), None)
        if state is None:
            return Forecaster(ForecasterKind.ROLE, self.full(title.casefold(), 0))
        office = f"{title[:1].upper()}{title[1:]} of {state}"
        return registered(office) or Forecaster(ForecasterKind.ROLE, office)

    def full(self, bare: str, at: int) -> str:
        """A bare noun (*ministry*, *governor*) in full, as the text has it nearest before `at`, or with its country.

        Two ministries of two texts must not become one forecaster.
        """
        if " " in bare or bare[:1].isupper():
            return bare
        noun = re.compile(rf"\b{re.escape(bare)}\b", re.IGNORECASE)
        named = [(person.start, person.text, person.name) for person in self._people]
        named += [(source.start, source.text, source.name) for source in self.sources]
        known = [(start, name) for start, text, name in named if name and noun.search(text) and name[:1].isupper()]
        if known:
            return min(known, key=lambda pair: (pair[0] > at, abs(pair[0] - at)))[1]
        fuller = [
            (match.start(), match.group(0)) for match in re.finditer(
                rf"(?:(?:{CAPITAL}['’]s|[a-z]+) ){{1,2}}{re.escape(bare)}(?: (?:of|in) {CAPITAL})?|"
                rf"\b{re.escape(bare)} of (?:the )?{CAPITAL}", self.text,
            )
            if re.search(r"[A-Z]", match.group(0))
        ]  # fmt: skip
        if fuller:
            return stripped(min(fuller, key=lambda pair: (pair[0] > at, abs(pair[0] - at)))[1])
        kinds = [
            match.group(0)
            for match in re.finditer(
                rf"(?!(?:the|its|this|that|his|her|an?)\b)\b[a-z]+ {re.escape(bare)}\b", self.text[:at]
            )
        ]
        told = kinds[-1] if kinds else bare
        return f"{told} ({self.document.outlet})" if self.document.outlet else told

    @cached_property
    def mentions(self) -> list[Mention]:
        """Everyone whom a pronoun may stand for, in text order."""
        found: list[Mention] = []
        for match in re.finditer(rf"(?<![\w’'-])(?:the |The )?{NAME}", self.text):
            words = match.group(0)
            surname = re.sub(r"['’]s$", "", words.split()[-1])
            if surname in self.affiliations:
                found.append(Mention(match.start(), "person", words))
            elif ends_in(stripped(words), self.words.bodies):
                found.append(Mention(match.start(), "body", words))
        heads = "|".join(re.escape(head) for head in sorted(self.words.offices, key=len, reverse=True))
        office = rf"\bThe (?:{heads})(?:['’]s \w+| of (?:the )?{CAPITAL}(?: {CAPITAL})*(?: {_DIVISION}\b)?)?"
        found += [Mention(match.start(), "person", match.group(0)) for match in re.finditer(office, self.text)]
        common = "|".join(re.escape(head) for head in sorted(self.words.bodies, key=len, reverse=True))
        body = (
            rf"\b(?:The|A|An) (?:[\w’'-]+ ){{0,3}}?(?:{common})\b(?= (?:{'|'.join(sorted(self.words.speech))}|,|in ))"
        )
        found += [Mention(match.start(), "body", match.group(0)) for match in re.finditer(body, self.text)]
        found += [Mention(match.start(1), "person", match.group(1)) for match in _SOMEBODY.finditer(self.text)]
        for source in self.sources:
            if source.text.casefold() in PRONOUNS:
                continue
            body_like = source.source_kind in (SourceKind.ORGANISATION, SourceKind.DOCUMENT)
            is_body = body_like and not ends_in(stripped(source.text), self.words.offices)
            found.append(Mention(source.start, "body" if is_body else "person", source.text))
        return sorted(set(found))
