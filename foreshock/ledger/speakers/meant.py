"""Whom the words for a speaker stand for, when they are no pronoun: a body, a public office, who signs, or nobody.

A named person who speaks for a body (*Ilse Varandi of the Emajogi Border Observatory*) stands as that body; nobody
becomes an entity here who is not in the registry or the byline.
"""

import re
from collections.abc import Collection, Sequence
from functools import cache, cached_property

from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.parts import Forecaster
from foreshock.ledger.speakers.calling import Calling, Said
from foreshock.ledger.speakers.cast import Cast
from foreshock.ledger.speakers.known import is_listed, registered, registry_name
from foreshock.ledger.speakers.phrases import (
    BODY_NAME,
    CAPITAL,
    NAME,
    body_of_ours,
    ends_in,
    has_foreign_head,
    is_acronym,
    is_honoured,
    is_office_of,
    is_pronoun_or_clause,
    is_writer,
    may_be_body,
    named_within,
    names_nobody,
    signed,
    speaks_for,
    stripped,
    surname,
)
from foreshock.ledger.speakers.wording import either, wording
from foreshock.ledger.words import countries_named
from foreshock.model.document import Document
from foreshock.model.letters import as_it_looks
from foreshock.model.prediction import ForecasterKind
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import SourceKind

_INDEFINITE = re.compile(r"^(?:a|an|one|some|several|many|two|three)\b", re.IGNORECASE)
_PAPER = re.compile(r"(?:(?:this|the) (?:newspaper|paper|magazine|review)|this agency)", re.IGNORECASE)
_PAST = re.compile(r"(?:former|retired|late|ex)\b", re.IGNORECASE)
IT_WILL = re.compile(r"[Ii]t (?:will|shall|plans? to|intends? to)\b(?! (?:be|take|rain|snow|come|happen|not be)\b)")
"""A pledge of its own, by a body that was named before: *It will declare the result by 4 August*."""
I_SAY = re.compile(r"\W*(?:(?:and|but|so|for|still|yet),? )?(?:I|We|My|Our)\b", re.IGNORECASE)
"""How a sentence begins in which who writes speaks: *My own guess is …*."""
_PART_OF_ALL = re.compile(r"(?:UN|United Nations)(?:['’]s?)? (?=[a-z])")
"""What stands before a body of the United Nations that has a common name: *UN refugee office*."""


@cache
def _official() -> re.Pattern[str]:
    """One of a body's people who speaks for it: *a senior official*."""
    return re.compile(rf"(?:an?|one)\s(?:[\w’'-]+\s){{0,3}}{either(wording().officials)}", re.IGNORECASE)


@cache
def _clergy() -> re.Pattern[str]:
    return re.compile(rf"{either(wording().clergy)}\b")


@cache
def _part_of_state() -> re.Pattern[str]:
    """What a state's own government is not called."""
    return re.compile(rf"{either(wording().below_the_state)} (?:government|administration|council|ministry)\b")


def _body(name: str) -> Forecaster:
    return Forecaster(ForecasterKind.ORGANISATION, name)


class Meant:
    """Whom words stand for in one document."""

    def __init__(
        self, document: Document, statements: Sequence[Statement], home: str | None, outlets: Collection[str]
    ) -> None:
        """`home`: the country that its outlet usually writes about, by ISO 3166-1 alpha-3; `outlets`: the names of all
        outlets that are known, its own among them."""
        self.document, self.text, self.words = document, document.text, lexicon()
        self._outlets = outlets
        self.cast = Cast(document, statements, home)
        self.calling = Calling(self.cast, self.of)

    @cached_property
    def author(self) -> Forecaster:
        """The byline; without one the outlet; where neither is known, the person whom the text's first words follow
        (*According to Roman Rukomeda, …*), else an unscored *author not named*."""
        if self.document.author:
            return Forecaster(ForecasterKind.AUTHOR, signed(self.document.author))
        if self.document.outlet:
            return _body(as_it_looks(self.document.outlet))
        opening = self.calling.paragraphs[0][1] if self.calling.paragraphs else 0
        for source in self.cast.sources:
            if source.start < opening and source.source_kind is SourceKind.PERSON and re.fullmatch(NAME, source.text):
                return Forecaster(ForecasterKind.AUTHOR, source.text)
        return Forecaster(ForecasterKind.UNSCORED, "author not named")

    def of(self, said: Said) -> Forecaster:
        """Whom a phrase that is no pronoun stands for."""
        words, at = said.words, said.at
        if (house := self._house(words.strip())) is not None:
            return house
        if is_writer(words) and not self.calling.quoted(at):
            return self.author
        if (ours := body_of_ours(words)) is not None:
            outlet = self.document.outlet or ""
            return _body(outlet if ours in outlet else self._registry_name(ours) or self.cast.full(ours, at))
        if (called := self.calling.again(said) or self._pledged_by_one_of_it(said)) is not None:
            return called
        if (whose := speaks_for(words)) != words and self._is_somebody(whose):
            if re.fullmatch(rf"(?:the )?{CAPITAL} in (?:the )?{CAPITAL}", whose):
                return _body(stripped(whose))  # *the organisers of the Concert in the Harbour*
            theirs = self.of(Said(whose, at + words.index(whose), said.clause))
            return _body(stripped(whose)) if theirs.kind is ForecasterKind.UNSCORED and is_office_of(words) else theirs
        bare = stripped(words)
        bare = self._unowned(words, bare)
        if self._signs(bare):
            return self.author
        if bare[:1].isupper():
            bare = re.split(rf"(?<=\w) in (?=(?:the )?{CAPITAL})", bare, maxsplit=1)[0]
        return (
            self._named(said, bare)
            or self._titled(said, bare)
            or self._anybody(said, bare)
            or self._called_body(said, bare)
            or self._unnamed(said, bare)
        )

    def _unowned(self, words: str, bare: str) -> str:
        """A name without the *'s* behind it: *the Forum's* forecast is the Forum's; but *Moody's* and *McDonald's* are
        called so."""
        name = re.sub(r"['’]s$", "", bare)
        if name == bare or not bare[:1].isupper() or is_listed(bare):
            return bare
        owns = words.casefold().startswith("the ") or any(one.startswith(name) for one in self._outlets)
        return name if owns else bare

    def _anybody(self, said: Said, bare: str) -> Forecaster | None:
        """Those who are nobody in particular: several, anybody, or a plural that the text tells no more closely."""
        plural = bare.casefold()
        loose = plural in self.words.loose and self.cast.fuller(plural, said.at) is None
        if not (loose or names_nobody(bare)):
            return None
        return Forecaster(ForecasterKind.UNSCORED, bare if " " in bare else plural)

    def _house(self, words: str) -> Forecaster | None:
        """The house that publishes, where words stand for it: *this paper*, *the Desk's planners* of a relief desk."""
        outlet = (self.document.outlet or "").strip()
        if not outlet:
            return None
        name, people = re.escape(outlet.split()[-1]), either(wording().of_a_house)
        short = rf"(?:[Tt]he |[Tt]his )?{name}['’]s (?:[a-z][\w-]* ){{0,2}}?{people}"
        return _body(outlet) if _PAPER.fullmatch(words) or re.fullmatch(short, words) else None

    def _signs(self, bare: str) -> bool:
        """Whether words end in the name of who signs the text: *our analyst Ada Lund* of one by Ada Lund."""
        return bool(self.document.author) and bare.endswith(self.document.author or "")

    def _pledged_by_one_of_it(self, said: Said) -> Forecaster | None:
        """The body named before, whose pledge one of its people tells: *It will issue cards, a secretary said*."""
        start, end = said.clause
        told = _official().fullmatch(said.words.strip()) is not None and not self.calling.quoted(start)
        return (
            self.calling.before(Said("", start, said.clause), "body")
            if told and IT_WILL.match(self.text[start:end])
            else None
        )

    def _registry_name(self, name: str | None) -> str | None:
        return registry_name(name, self.cast.countries)

    def _of_elsewhere(self, bare: str, resolved: str | None) -> bool:
        """Whether the reader took a common name (*the interior ministry*) for a body of another country than the one
        whose bodies its outlet writes about."""
        return resolved is not None and bare.islower() and self.cast.elsewhere(resolved) is not None

    def _is_somebody(self, words: str) -> bool:
        """Whether words can be scored by themselves: a name, a body or an office."""
        bare = stripped(words)
        return bare[:1].isupper() or ends_in(bare, self.words.bodies | self.words.offices) is not None

    def _named(self, said: Said, bare: str) -> Forecaster | None:
        """The body that a person in the words speaks for, or that the words or those behind them name, or the
        registry's actor."""
        last = surname(bare) if bare else ""
        for name, body in self.cast.affiliations.items():
            if name == last or re.search(rf"\b{re.escape(name)}\b", bare):
                return _body(self.cast.full(body, said.at) if body.islower() else body)
        if bare[:1].isupper() and (theirs := self.calling.introduced(last, said.clause)) is not None:
            return theirs
        if re.fullmatch(rf"{NAME}|{CAPITAL}", bare) and (office := self.cast.offices_held.get(last)) is not None:
            return self._office(Said(f"the {office}", said.at, said.clause), office, office)
        if (described := named_within(said.words) or self.calling.apposed(said, bare)) is not None:
            return _body(self._registry_name(described) or described)
        if _INDEFINITE.match(said.words) and bare[:1].islower():
            return None  # *a diplomat* is not *The Diplomat*
        known = registered(bare, self.cast.countries)
        if known is not None and bare.islower() and known.name == f"The {bare.capitalize()}":
            return None  # nor is *the diplomat*
        return known

    def _titled(self, said: Said, bare: str) -> Forecaster | None:
        """The public office that the words name."""
        if (title := self.cast.title_of(bare, said.at)) is not None:
            if _PAST.match(title):
                return Forecaster(ForecasterKind.UNSCORED, title.casefold())
            return self.cast.office_of(title, said.words)
        office = ends_in(bare, self.words.offices | self.words.voices)
        return None if office is None else self._office(said, bare, office)

    def _called_body(self, said: Said, bare: str) -> Forecaster | None:
        """The body that the words call by a noun, that the reader took them for, or that *the* before a name shows."""
        words, source = said.words, said.source
        if self.calling.is_generic(words, bare):
            return self.calling.named_body(said, bare)
        if ends_in(bare, self.words.bodies) or (bare[:1].isupper() and has_foreign_head(bare)):
            resolved = source.name if source is not None and source.name and source.text == words else None
            if _PART_OF_ALL.match(bare):
                return _body(bare)
            if _part_of_state().match(bare) or self._of_elsewhere(bare, resolved):
                return _body(self.cast.full(bare, said.at))
            return _body(self._registry_name(resolved) or self.cast.full(bare, said.at))
        if is_pronoun_or_clause(bare):
            return None
        if re.fullmatch(NAME, bare) and surname(bare) in self.cast.introduced:
            return None  # *its head of networks, Ada Lund*, is a person, whatever the reader took her for
        if source is not None and source.source_kind is SourceKind.ORGANISATION and not _INDEFINITE.match(words):
            return _body(self._registry_name(source.name) or self.cast.full(bare, said.at))
        named_so = re.fullmatch(BODY_NAME, bare) is not None and not countries_named(bare) and not _clergy().match(bare)
        if named_so and (is_acronym(bare) or (words.casefold().startswith("the ") and may_be_body(bare))):
            return _body(bare)
        return None

    def _unnamed(self, said: Said, bare: str) -> Forecaster:
        """The person whose words open a text without a byline; else nobody to be scored.

        A private person's name is not kept: *Galina Petrovna* stands as *a person quoted*.
        """
        if re.fullmatch(NAME, bare):
            if I_SAY.match(self.text[said.clause[0] : said.clause[1]]) and not self.calling.quoted(said.clause[0]):
                return self.author  # *We put it at one in five, Ada Lund says*, in the text of her institute
            if self.calling.opens_document(said.at) and not (self.document.author or self.document.outlet):
                return Forecaster(ForecasterKind.AUTHOR, bare)
            return Forecaster(ForecasterKind.UNSCORED, "a person quoted")
        if is_pronoun_or_clause(bare) or (bare[:1].isupper() and is_honoured(said.words)):
            return Forecaster(ForecasterKind.UNSCORED, "a person quoted")
        if not bare[:1].isupper() or " " in bare:
            return Forecaster(ForecasterKind.UNSCORED, bare)
        return Forecaster(ForecasterKind.UNSCORED, bare.casefold() if self._is_common(bare) else "a person quoted")

    def _is_common(self, bare: str) -> bool:
        """Whether a word has its capital from opening a sentence: *Traders*; *Osman* is a name, though it opens one.

        Where no sentence holds it large, a plural is common, and a word that the text writes small, too.
        """
        word = re.escape(bare)
        if re.search(rf"[\w,”’\"'] {word}\b|\b{word}, (?:an?|the|who)\b", self.text):
            return False
        plural = bare.endswith(("s", "men", "people"))
        return plural or re.search(rf"\b{re.escape(bare.casefold())}\b", self.text) is not None

    def _office(self, said: Said, bare: str, office: str) -> Forecaster:
        words = said.words
        named = re.search(rf"\b(?:of|for|to) (?:the )?{CAPITAL}|{CAPITAL}['’]s?\b", words) is not None
        first, last = self.calling.sentence(said.at)
        anonymous = self.words.unnamed.search(self.text, first, min(len(self.text), last + 120)) is not None
        if _INDEFINITE.match(words):
            theirs = ends_in(bare.removesuffix(office).strip(), self.words.bodies) is not None
            speaks = office in self.words.voices and (named or theirs or " for " in words or " of " in words)
            scored = speaks and not anonymous
            return Forecaster(ForecasterKind.ROLE if scored else ForecasterKind.UNSCORED, bare)
        if _PAST.match(bare) or (office in self.words.personal and not self._owns_a_body(said, bare, office)):
            return Forecaster(ForecasterKind.UNSCORED, bare)
        return Forecaster(ForecasterKind.ROLE, self.cast.full(bare, said.at))

    def _owns_a_body(self, said: Said, bare: str, office: str) -> bool:
        """Whether the text tells by a name, or by a noun for a body, of what somebody is the owner or founder."""
        fuller = bare if " " in bare else self.cast.fuller(bare, said.at) or ""
        whose = fuller.partition(" of ")[2] or fuller.removesuffix(office).strip()
        return re.search(CAPITAL, whose) is not None or ends_in(whose, self.words.bodies) is not None
