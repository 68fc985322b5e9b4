"""Whom a prediction stands under: a body, a public office, the byline, or a role that stays unnamed and unscored.

A named person who speaks for a body (*Ilse Varandi of the Emajogi Border Observatory*) stands as that body; nobody
becomes an entity here who is not in the registry or the byline. What the reader says of sources is used, but a pronoun
is looked up again in the text, so that one slip of the reader does not put words into another's mouth.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from foreshock.actors.names import key
from foreshock.actors.resolve import shipped
from foreshock.actors.schema import Kind
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.parts import Forecaster
from foreshock.model.document import Document
from foreshock.model.prediction import ForecasterKind
from foreshock.model.statement import Source, Statement
from foreshock.model.vocabulary import SourceKind
from foreshock.read.segment import paragraphs, sentences

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*[\w]"
_NAME = rf"{_CAPITAL}(?:[ \t]{_CAPITAL}){{1,4}}"
_BODY = rf"(?P<body>{_CAPITAL}(?:[ \t](?:(?:of|for|and|on|the)[ \t])*{_CAPITAL})*)"
_LINKS = r"(?:at|of|for|with|from|by|advises|heads|leads|directs|runs)"
_AFFILIATED = (
    re.compile(rf"(?P<name>{_NAME}),? {_LINKS} (?:the )?{_BODY}"),
    re.compile(rf"(?P<name>{_NAME}),(?! (?:and|but)\b) [^,.;“”\"\n]{{0,70}}?\b{_LINKS} (?:the )?{_BODY}"),
    re.compile(rf"{_BODY}['’]s (?P<name>{_NAME})"),
)
_HOUSE = re.compile(rf"(?P<name>{_NAME}),[^.;“”\"\n]{{0,80}}?\bthis (?:newspaper|paper|agency|magazine)\b")
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Sir|Lady|Lord|Colonel|General|Professor|Major|Captain|Sheikh|Father)\.?\s+")
_ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|this|that|one)\s+", re.IGNORECASE)
_INDEFINITE = re.compile(r"^(?:a|an|one|some|several|many|two|three)\b", re.IGNORECASE)
_PRONOUNS = {
    "he": "person", "she": "person", "i": "person", "him": "person", "her": "person",
    "it": "body", "we": "any", "they": "any", "them": "any", "who": "any",
}  # fmt: skip
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_PAPER = re.compile(r"\b(?:this|the) (?:newspaper|paper|agency|magazine|review)\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"(?:^|[.?!”\"]\s)(An? (?:[\w’'-]+ ){0,3}?[\w’'-]+)(?= (?:who|in|at|from|on)\b|,)", re.MULTILINE)
"""A person brought in at a sentence's head: *A former judge who now organises the displaced*."""
_REACH = 700
"""Characters before a pronoun in which the one it stands for is looked for: two or three paragraphs of news."""
_ORGANISED = frozenset(Kind) - {Kind.PERSON, Kind.OFFICE}


def _bare(words: str) -> str:
    return _HONORIFIC.sub("", _ARTICLE.sub("", words.strip())).strip(" ,.;:")


def _ends_in(words: str, heads: frozenset[str]) -> str | None:
    """The head among `heads` of a noun phrase: its last word before *of*, *for*, *in*, *who* and the like."""
    core = re.split(r"\s+(?:of|for|in|at|on|who|that|which|from|to|with|near)\s+|,", words.casefold(), maxsplit=1)[0]
    last = re.sub(r"['’]s?$", "", core).split()
    for width in (3, 2, 1):
        if len(last) >= width and " ".join(last[-width:]) in heads:
            return " ".join(last[-width:])
    return None


class Speakers:
    """The speakers of one document, found once and asked for each of its predictions."""

    def __init__(self, document: Document, statements: Sequence[Statement]) -> None:
        self.document = document
        self.text = document.text
        self.words = lexicon()
        self._statements = statements
        self._sources = [source for one in statements for source in one.sources]
        self._sentences = sentences(self.text)
        self._paragraphs = paragraphs(self.text)
        self._starts = [start for start, _ in self._sentences]

    def of(self, statement: Statement) -> Forecaster:
        """Whom a statement stands under."""
        source = statement.sources[-1] if statement.sources else None
        return self.at(statement.start, statement.end, source)

    def at(self, start: int, end: int, source: Source | None = None) -> Forecaster:
        """Whom the words at `[start, end)` stand under, given the reader's innermost source, if it found one."""
        if source is None:
            spoken = self._speaker_around(start, end)
            return spoken or self.author
        words = source.text
        kind = _PRONOUNS.get(words.casefold())
        if kind is not None:
            return self._antecedent(source.start, kind) or self._classified(source.name or words, source, source.start)
        return self._classified(words, source, source.start)

    @property
    def author(self) -> Forecaster:
        """The byline; without one the outlet; where neither is known, the person whom the text's first words follow
        (*According to Roman Rukomeda, …*), else an unscored *author not named*."""
        if self.document.author:
            return Forecaster(ForecasterKind.AUTHOR, self.document.author)
        if self.document.outlet:
            return Forecaster(ForecasterKind.ORGANISATION, self.document.outlet)
        opening = self._paragraphs[0][1] if self._paragraphs else 0
        for source in self._sources:
            if source.start < opening and source.source_kind is SourceKind.PERSON and re.fullmatch(_NAME, source.text):
                return Forecaster(ForecasterKind.AUTHOR, source.text)
        return Forecaster(ForecasterKind.UNSCORED, "author not named")

    @cached_property
    def affiliations(self) -> dict[str, str]:
        """The body that each person the text names speaks for, by the person's surname."""
        found: dict[str, str] = {}
        for pattern in _AFFILIATED:
            for match in pattern.finditer(self.text):
                body, surname = match["body"].strip(), match["name"].split()[-1]
                owns = pattern is _AFFILIATED[-1] and self._registered(body) is None
                if owns or self._is_body(body):
                    found.setdefault(re.sub(r"['’]s$", "", surname), re.sub(r"['’]s$", "", body))
        if self.document.outlet:
            for match in _HOUSE.finditer(self.text):
                found.setdefault(match["name"].split()[-1], self.document.outlet)
        return found

    def _is_body(self, words: str) -> bool:
        """Whether capitalised words name a body and no town: by their last word, or by the registry."""
        if _ends_in(words, self.words.bodies) or words.split()[-1].casefold() in self.words.bodies:
            return True
        known = self._registered(words)
        if known is not None:
            return known.kind is ForecasterKind.ORGANISATION
        parts = words.split()
        outlet = self.document.outlet
        return words == outlet or (len(parts) == 1 and self.text.count(f"{words} ") > 0 and self._calls_body(words))

    def _calls_body(self, word: str) -> bool:
        """Whether the text elsewhere gives a body's full name that begins with this word."""
        return any(
            match.group(1).casefold() in self.words.bodies
            for match in re.finditer(rf"{re.escape(word)}(?:[ \t]{_CAPITAL})*?[ \t]({_CAPITAL})", self.text)
        )

    def _registered(self, words: str) -> Forecaster | None:
        """The registry's actor that is called so: a person or an office as a role, anything else as a body."""
        called = shipped().called(key(words))
        if not called:
            return None
        actor = called[0].actor
        kind = ForecasterKind.ORGANISATION if actor.kind in _ORGANISED else ForecasterKind.ROLE
        return Forecaster(kind, actor.name)

    def _classified(self, words: str, source: Source | None, at: int) -> Forecaster:
        """Whom a phrase that is no pronoun stands for."""
        if _PAPER.fullmatch(words.strip()) and self.document.outlet:
            return Forecaster(ForecasterKind.ORGANISATION, self.document.outlet)
        bare = _bare(words)
        if bare[:1].isupper():
            bare = re.split(rf"(?<=\w) in (?=(?:the )?{_CAPITAL})", bare, maxsplit=1)[0]
        surname = re.sub(r"['’]s$", "", bare.split()[-1]) if bare else ""
        for name, body in self.affiliations.items():
            if name == surname or re.search(rf"\b{re.escape(name)}\b", bare):
                return Forecaster(ForecasterKind.ORGANISATION, body)
        known = self._registered(bare)
        if known is not None:
            return known
        if (office := _ends_in(bare, self.words.offices | self.words.voices)) is not None:
            return self._office(words, bare, office, at)
        if _ends_in(bare, self.words.bodies):
            resolved = source.name if source is not None and source.name and source.text == words else None
            named = (
                re.split(rf"(?<=\w) in (?=(?:the )?{_CAPITAL})", bare, maxsplit=1)[0] if bare[:1].isupper() else bare
            )
            return Forecaster(ForecasterKind.ORGANISATION, self._registry_name(resolved) or self._full(named, at))
        if source is not None and source.source_kind is SourceKind.ORGANISATION and not _INDEFINITE.match(words):
            return Forecaster(ForecasterKind.ORGANISATION, self._registry_name(source.name) or self._full(bare, at))
        if bare and self._opens_document(at) and not self.document.author and bare[0].isupper():
            return Forecaster(ForecasterKind.AUTHOR, bare)
        return Forecaster(
            ForecasterKind.UNSCORED, bare.casefold() if bare[:1].isupper() and " " not in bare else self._role(bare)
        )

    def _full(self, bare: str, at: int) -> str:
        """A bare noun (*ministry*, *governor*) in full, as the text has it nearest before `at`, or with its country.

        Two ministries of two texts must not become one forecaster.
        """
        if " " in bare or bare[:1].isupper():
            return bare
        noun = re.compile(rf"\b{re.escape(bare)}\b", re.IGNORECASE)
        people = [person for one in self._statements for person in (*one.actors, *one.recipients)]
        named = [(person.start, person.text, person.name) for person in people]
        named += [(source.start, source.text, source.name) for source in self._sources]
        known = [(start, name) for start, text, name in named if name and noun.search(text) and name[:1].isupper()]
        if known:
            return min(known, key=lambda pair: (pair[0] > at, abs(pair[0] - at)))[1]
        fuller = [
            (match.start(), match.group(0)) for match in re.finditer(
                rf"(?:(?:{_CAPITAL}['’]s|[a-z]+) ){{1,2}}{re.escape(bare)}(?: (?:of|in) {_CAPITAL})?|"
                rf"\b{re.escape(bare)} of (?:the )?{_CAPITAL}", self.text,
            )
            if re.search(r"[A-Z]", match.group(0))
        ]  # fmt: skip
        if fuller:
            return _bare(min(fuller, key=lambda pair: (pair[0] > at, abs(pair[0] - at)))[1])
        kinds = [
            match.group(0)
            for match in re.finditer(
                rf"(?!(?:the|its|this|that|his|her|an?)\b)\b[a-z]+ {re.escape(bare)}\b", self.text[:at]
            )
        ]
        told = kinds[-1] if kinds else bare
        return f"{told} ({self.document.outlet})" if self.document.outlet else told

    def _registry_name(self, name: str | None) -> str | None:
        known = self._registered(name) if name else None
        return known.name if known is not None and known.kind is ForecasterKind.ORGANISATION else None

    @staticmethod
    def _role(bare: str) -> str:
        """A private person's name is not kept: *Galina Petrovna* stands as *a person quoted*."""
        return "a person quoted" if re.fullmatch(_NAME, bare) else bare

    def _office(self, words: str, bare: str, office: str, at: int) -> Forecaster:
        named = re.search(rf"\b(?:of|for|to) (?:the )?{_CAPITAL}|{_CAPITAL}['’]s?\b", words) is not None
        sentence = self._sentence(at)
        anonymous = (
            self.words.unnamed.search(self.text, sentence[0], min(len(self.text), sentence[1] + 120)) is not None
        )
        if _INDEFINITE.match(words):
            speaks = office in self.words.voices and (named or " for " in words or " of " in words)
            scored = speaks and not anonymous
            return Forecaster(ForecasterKind.ROLE if scored else ForecasterKind.UNSCORED, bare)
        past = re.match(r"(?:former|retired|ex-)\b", bare, re.IGNORECASE)
        if past:
            return Forecaster(ForecasterKind.UNSCORED, bare)
        return Forecaster(ForecasterKind.ROLE, self._full(bare, at))

    def _opens_document(self, at: int) -> bool:
        """Whether `at` lies in the first paragraph of a text without headline or byline before it."""
        return bool(self._paragraphs) and at < self._paragraphs[min(1, len(self._paragraphs) - 1)][1]

    def _sentence(self, at: int) -> tuple[int, int]:
        number = max(0, bisect_right(self._starts, at) - 1)
        return self._sentences[number] if self._sentences else (0, len(self.text))

    def _mentions(self) -> list[tuple[int, str, str]]:
        """Everyone whom a pronoun may stand for, as `(position, person or body, words)`, in text order."""
        found: list[tuple[int, str, str]] = []
        for match in re.finditer(rf"(?<![\w’'-])(?:the |The )?{_NAME}", self.text):
            words = match.group(0)
            surname = re.sub(r"['’]s$", "", words.split()[-1])
            if surname in self.affiliations:
                found.append((match.start(), "person", words))
            elif _ends_in(_bare(words), self.words.bodies):
                found.append((match.start(), "body", words))
        heads = "|".join(re.escape(head) for head in sorted(self.words.offices, key=len, reverse=True))
        office = rf"\bThe (?:{heads})(?:['’]s \w+| of (?:the )?{_CAPITAL}(?: \w+)?)?"
        found += [(match.start(), "person", match.group(0)) for match in re.finditer(office, self.text)]
        common = "|".join(re.escape(head) for head in sorted(self.words.bodies, key=len, reverse=True))
        body = (
            rf"\b(?:The|A|An) (?:[\w’'-]+ ){{0,3}}?(?:{common})\b(?= (?:{'|'.join(sorted(self.words.speech))}|,|in ))"
        )
        found += [(match.start(), "body", match.group(0)) for match in re.finditer(body, self.text)]
        found += [(match.start(1), "person", match.group(1)) for match in _SOMEBODY.finditer(self.text)]
        for source in self._sources:
            if source.text.casefold() in _PRONOUNS:
                continue
            body_like = source.source_kind in (SourceKind.ORGANISATION, SourceKind.DOCUMENT)
            is_body = body_like and not _ends_in(_bare(source.text), self.words.offices)
            found.append((source.start, "body" if is_body else "person", source.text))
        return sorted(set(found))

    @cached_property
    def mentions(self) -> list[tuple[int, str, str]]:
        """See `_mentions`."""
        return self._mentions()

    def _antecedent(self, at: int, kind: str) -> Forecaster | None:
        """Whom a pronoun at `at` stands for: the last fitting mention outside quotations, not too far back."""
        for position, what, words in reversed(self.mentions):
            if position >= at or kind not in ("any", what) or self._in_quotation(position):
                continue
            if at - position > _REACH:
                return None
            source = next((one for one in self._sources if one.start == position and one.text == words), None)
            return self._classified(words, source, position)
        return None

    def _in_quotation(self, at: int) -> bool:
        return any(start < at < end for start, end in self._quotations)

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return [(match.start(), match.end()) for match in _QUOTED.finditer(self.text)]

    def _speaker_around(self, start: int, end: int) -> Forecaster | None:
        """Who says words that stand in quotation marks or beside *X said*, where the reader found nobody.

        Looked for in the paragraph: the verb of speech nearest the words, and the one who does it.
        """
        quoted = self._in_quotation(start + 1)
        first, last = self._paragraph(start) if quoted else self._sentence(start)
        verbs = "|".join(sorted(self.words.speech))
        name = rf"(?:(?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){{0,4}}?[\w’'-]+|{_NAME}|{_CAPITAL}|[Hh]e|[Ss]he|[Ii]t|[Tt]hey)"
        patterns = (
            rf"(?P<who>{name})(?:,[^“”\"\n]{{0,90}},)? (?:has |had )?(?:{verbs})\b",
            rf"[”\"] (?:said|wrote|added|says) (?P<who>{name})",
        )
        best: tuple[int, int, str] | None = None
        for pattern in patterns:
            for match in re.finditer(pattern, self.text[first:last]):
                at = first + match.start("who")
                if self._in_quotation(at):
                    continue
                distance = min(abs(at - end), abs(at - start))
                if best is None or distance < best[0]:
                    best = (distance, at, match["who"])
        if best is None:
            return self._antecedent(start, "any") if quoted else None
        kind = _PRONOUNS.get(best[2].casefold())
        if kind is not None:
            return self._antecedent(best[1], kind)
        return self._classified(best[2], None, best[1])

    def _paragraph(self, at: int) -> tuple[int, int]:
        return next(((s, e) for s, e in self._paragraphs if s <= at < e), (0, len(self.text)))
