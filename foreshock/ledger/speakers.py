"""Whom a prediction stands under: a body, a public office, the byline, or a role that stays unnamed and unscored.

A named person who speaks for a body (*Ilse Varandi of the Emajogi Border Observatory*) stands as that body; nobody
becomes an entity here who is not in the registry or the byline. What the reader says of sources is used, but a pronoun
is looked up again in the text, so that one slip of the reader does not put words into another's mouth.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from foreshock.ledger.cast import CAPITAL, NAME, PRONOUNS, Cast, ends_in, registered, registry_name, stripped
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.parts import Forecaster
from foreshock.model.document import Document
from foreshock.model.prediction import ForecasterKind
from foreshock.model.statement import Source, Statement
from foreshock.model.vocabulary import Kind, SourceKind
from foreshock.read.segment import paragraphs, sentences

_INDEFINITE = re.compile(r"^(?:a|an|one|some|several|many|two|three)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_PAPER = re.compile(r"\b(?:this|the) (?:newspaper|paper|agency|magazine|review)\b", re.IGNORECASE)
_PAST = re.compile(r"(?:former|retired|late|ex)\b", re.IGNORECASE)
_GENERIC = frozenset(
    "think tank|think-tank|organisation|organization|watchdog|charity|body|institute|institution|foundation|ngo|"
    "aid group|rights group|aid agency|un agency".split("|")
)
"""Nouns by which a text calls a body again that it has named: they tell none by themselves."""
_ITS_PEOPLE = re.compile(
    r"its (?:[\w’'-]+ )?"
    r"(?:officials?|spokes(?:man|woman|person)|analysts?|experts?|researchers?|staff|report|statement)\b",
    re.IGNORECASE,
)
"""Those who speak for the body that was named before."""
_REACH = 700
"""Characters before a pronoun in which the one it stands for is looked for: two or three paragraphs of news."""


_UNTOLD = Forecaster(ForecasterKind.UNSCORED, "pledge without a source")
"""Whose a pledge is that nobody is quoted for (*Chad to hold talks*): neither the author's nor the outlet's."""


class Speakers:
    """The speakers of one document, found once and asked for each of its predictions."""

    def __init__(self, document: Document, statements: Sequence[Statement]) -> None:
        self.document = document
        self.text = document.text
        self.words = lexicon()
        self.cast = Cast(document, statements)
        self._sentences = sentences(self.text)
        self._paragraphs = paragraphs(self.text)
        self._starts = [start for start, _ in self._sentences]

    def of(self, statement: Statement) -> Forecaster:
        """Whom a statement stands under."""
        source = statement.sources[-1] if statement.sources else None
        if source is None and statement.kind is Kind.COMMITMENT and not self._own(statement):
            return self._speaker_around(statement.start, statement.end) or _UNTOLD
        return self.at(statement.start, statement.end, source)

    @staticmethod
    def _own(statement: Statement) -> bool:
        """Whether who writes pledges it: only then is a pledge without a source the author's."""
        return any(person.text.casefold() in ("i", "we") for person in statement.actors)

    def at(self, start: int, end: int, source: Source | None = None) -> Forecaster:
        """Whom the words at `[start, end)` stand under, given the reader's innermost source, if it found one."""
        if source is None:
            spoken = self._speaker_around(start, end)
            return spoken or self.author
        words = source.text
        kind = PRONOUNS.get(words.casefold())
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
        for source in self.cast.sources:
            if source.start < opening and source.source_kind is SourceKind.PERSON and re.fullmatch(NAME, source.text):
                return Forecaster(ForecasterKind.AUTHOR, source.text)
        return Forecaster(ForecasterKind.UNSCORED, "author not named")

    def _classified(self, words: str, source: Source | None, at: int) -> Forecaster:
        """Whom a phrase that is no pronoun stands for."""
        if _PAPER.fullmatch(words.strip()) and self.document.outlet:
            return Forecaster(ForecasterKind.ORGANISATION, self.document.outlet)
        if _ITS_PEOPLE.match(words) and (theirs := self._antecedent(at, "body")) is not None:
            return theirs
        bare = stripped(words)
        if bare[:1].isupper():
            bare = re.split(rf"(?<=\w) in (?=(?:the )?{CAPITAL})", bare, maxsplit=1)[0]
        surname = re.sub(r"['’]s$", "", bare.split()[-1]) if bare else ""
        for name, body in self.cast.affiliations.items():
            if name == surname or re.search(rf"\b{re.escape(name)}\b", bare):
                return Forecaster(ForecasterKind.ORGANISATION, body)
        known = registered(bare)
        if known is not None:
            return known
        if (title := self.cast.title_of(bare, at)) is not None:
            if _PAST.match(title):
                return Forecaster(ForecasterKind.UNSCORED, title.casefold())
            return self.cast.office_of(title, words)
        if (office := ends_in(bare, self.words.offices | self.words.voices)) is not None:
            return self._office(words, bare, office, at)
        if bare in _GENERIC and words.casefold().startswith("the "):
            return self._named_body(bare, at)
        if ends_in(bare, self.words.bodies):
            resolved = source.name if source is not None and source.name and source.text == words else None
            named = re.split(rf"(?<=\w) in (?=(?:the )?{CAPITAL})", bare, maxsplit=1)[0] if bare[:1].isupper() else bare
            return Forecaster(ForecasterKind.ORGANISATION, registry_name(resolved) or self.cast.full(named, at))
        if source is not None and source.source_kind is SourceKind.ORGANISATION and not _INDEFINITE.match(words):
            return Forecaster(ForecasterKind.ORGANISATION, registry_name(source.name) or self.cast.full(bare, at))
        if bare and self._opens_document(at) and not self.document.author and re.fullmatch(NAME, bare):
            return Forecaster(ForecasterKind.AUTHOR, bare)
        return Forecaster(
            ForecasterKind.UNSCORED, bare.casefold() if bare[:1].isupper() and " " not in bare else self._role(bare)
        )

    def _named_body(self, bare: str, at: int) -> Forecaster:
        """The body that *the think tank* calls again: the last that the text names before; else nobody to be scored."""
        fuller = self.cast.full(bare, at)
        if any(word[:1].isupper() for word in fuller.split("(")[0].split()):
            return Forecaster(ForecasterKind.ORGANISATION, fuller)
        named = self._antecedent(at, "body", named=True)
        return named or Forecaster(ForecasterKind.UNSCORED, bare)

    @staticmethod
    def _role(bare: str) -> str:
        """A private person's name is not kept: *Galina Petrovna* stands as *a person quoted*."""
        return "a person quoted" if re.fullmatch(NAME, bare) else bare

    def _office(self, words: str, bare: str, office: str, at: int) -> Forecaster:
        named = re.search(rf"\b(?:of|for|to) (?:the )?{CAPITAL}|{CAPITAL}['’]s?\b", words) is not None
        sentence = self._sentence(at)
        anonymous = (
            self.words.unnamed.search(self.text, sentence[0], min(len(self.text), sentence[1] + 120)) is not None
        )
        if _INDEFINITE.match(words):
            speaks = office in self.words.voices and (named or " for " in words or " of " in words)
            scored = speaks and not anonymous
            return Forecaster(ForecasterKind.ROLE if scored else ForecasterKind.UNSCORED, bare)
        if _PAST.match(bare):
            return Forecaster(ForecasterKind.UNSCORED, bare)
        return Forecaster(ForecasterKind.ROLE, self.cast.full(bare, at))

    def _opens_document(self, at: int) -> bool:
        """Whether `at` lies in the first paragraph of a text without headline or byline before it."""
        return bool(self._paragraphs) and at < self._paragraphs[min(1, len(self._paragraphs) - 1)][1]

    def _sentence(self, at: int) -> tuple[int, int]:
        number = max(0, bisect_right(self._starts, at) - 1)
        return self._sentences[number] if self._sentences else (0, len(self.text))

    def _antecedent(self, at: int, kind: str, named: bool = False) -> Forecaster | None:
        """Whom a pronoun at `at` stands for: the last fitting mention outside quotations, not too far back; only one
        by its name where `named`."""
        for mention in reversed(self.cast.mentions):
            start, words = mention.start, mention.words
            if start >= at or kind not in ("any", mention.kind) or self._in_quotation(start):
                continue
            if named and stripped(words)[:1].islower():
                continue
            if at - start > _REACH:
                return None
            source = next((one for one in self.cast.sources if one.start == start and one.text == words), None)
            return self._classified(words, source, start)
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
        name = rf"(?:(?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){{0,4}}?[\w’'-]+|{NAME}|{CAPITAL}|[Hh]e|[Ss]he|[Ii]t|[Tt]hey)"
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
        kind = PRONOUNS.get(best[2].casefold())
        if kind is not None:
            return self._antecedent(best[1], kind)
        return self._classified(best[2], None, best[1])

    def _paragraph(self, at: int) -> tuple[int, int]:
        return next(((s, e) for s, e in self._paragraphs if s <= at < e), (0, len(self.text)))
