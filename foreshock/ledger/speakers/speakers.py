"""Whom a prediction stands under: a body, a public office, the byline, or a role that stays unnamed and unscored.

A named person who speaks for a body (*Ilse Varandi of the Emajogi Border Observatory*) stands as that body; nobody
becomes an entity here who is not in the registry or the byline. What the reader says of sources is used, but a pronoun
is looked up again in the text, so that one slip of the reader does not put words into another's mouth.
"""

import re
from collections.abc import Collection, Sequence

from foreshock.ledger.conditions import without_conditions
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.parts import Forecaster
from foreshock.ledger.speakers.beside import speaker_beside
from foreshock.ledger.speakers.bulletin import gives_notice, is_bulletin, plans_in, pledger_in
from foreshock.ledger.speakers.calling import Calling, Said
from foreshock.ledger.speakers.cast import Cast
from foreshock.ledger.speakers.known import is_listed, organised, registered, registry_name
from foreshock.ledger.speakers.phrases import (
    BODY_NAME,
    CAPITAL,
    NAME,
    PRONOUNS,
    body_of_ours,
    ends_in,
    has_foreign_head,
    is_acronym,
    is_honoured,
    is_office_of,
    is_phrase,
    is_pronoun_or_clause,
    is_whatever_they_do,
    is_writer,
    may_be_body,
    named_within,
    names_nobody,
    signed,
    speaks_for,
    stripped,
    surname,
)
from foreshock.ledger.words import countries_named
from foreshock.model.document import Document
from foreshock.model.letters import as_it_looks
from foreshock.model.prediction import ForecasterKind
from foreshock.model.statement import Source, Statement
from foreshock.model.vocabulary import Kind, SourceKind

_INDEFINITE = re.compile(r"^(?:a|an|one|some|several|many|two|three)\b", re.IGNORECASE)
_PAPER = re.compile(r"(?:(?:this|the) (?:newspaper|paper|magazine|review)|this agency)", re.IGNORECASE)
_OF_A_HOUSE = (
    r"(?:planners?|analysts?|forecasters?|researchers?|modellers?|monitors?|epidemiologists?|economists?|editors?|"
    r"(?:modelling |research )?(?:group|team|unit|desk)|fellows?|staff)"
)
"""Those who speak for the house that publishes."""
_IT_WILL = re.compile(r"[Ii]t (?:will|shall|plans? to|intends? to)\b(?! (?:be|take|rain|snow|come|happen|not be)\b)")
"""A pledge of its own, by a body that was named before: *It will declare the result by 4 August*."""
_OFFICIAL = re.compile(
    r"(?:an?|one)\s(?:[\w’'-]+\s){0,3}(?:secretary|commissioner|official|officer|spokes\w+|clerk|engineer|manager)",
    re.IGNORECASE,
)
_PACT = re.compile(
    r"(?:the|an?|this|that|their)\s(?:(?:[a-z][\w-]*\s){0,2}(?:agreements?|accords?|deal|treaty|pact|protocol)|text|"
    r"joint\s(?:[a-z][\w-]*\s)?(?:statement|communiqu[eé]|declaration|notice))",
    re.IGNORECASE,
)
"""What several put their names to, each of them for its own acts."""
_PAST = re.compile(r"(?:former|retired|late|ex)\b", re.IGNORECASE)
_TOPIC = re.compile(r"(?:^|[\n.?!”\"] ?)(?:On|About|As for|As to|Regarding|Concerning)\s+$")
"""What stands before that which a forecast is about, and no source: *On the Fund's review: …*."""
_I_SAY = re.compile(r"\W*(?:(?:and|but|so|for|still|yet),? )?(?:I|We|My|Our)\b", re.IGNORECASE)
"""How a sentence begins in which who writes speaks: *My own guess is …*."""
_OUR_VIEW = re.compile(
    r"\b(?:in|by) (?:my|our) (?:own )?(?:view|judge?ment|opinion|reckoning|estimate)\b", re.IGNORECASE
)
_CLERGY = re.compile(r"(?:Rev|Reverend|Right|Most|Very|Ayatollah|Imam|Grand|Hon|Honourable)\b")

_PART_OF_ALL = re.compile(r"(?:UN|United Nations)(?:['’]s?)? (?=[a-z])")
"""What stands before a body of the United Nations that has a common name: *UN refugee office*."""
_PART_OF_STATE = re.compile(
    r"(?:state|regional|provincial|local|city|county|district|municipal) "
    r"(?:government|administration|council|ministry)\b"
)
"""What a state's own government is not called."""
_COLON = re.compile(r":\s+(?:that\s+)?(?:(?:if|unless|once|when|should|provided)\b[^:;.\n]{1,90},\s*)?$")
_ANNOUNCES = re.compile(
    r"\b(?:set|sets|fixed|fixes|announc\w+|promis\w+|pledg\w+|dates?|term|deadline|plans?|view|forecast|estimate|reckoning|"
    r"figures?|word|answer|replied|notice|target|ma(?:de|kes) [\w’' ]{0,30}known|this to say)\b",
    re.IGNORECASE,
)
"""Before a colon, what says that a plan or a view follows: *has set itself another date:*."""

_UNTOLD = Forecaster(ForecasterKind.UNSCORED, "pledge without a source")
"""Whose a pledge is that nobody is quoted for in a text that nobody signs (*Chad to hold talks*)."""


def _body(name: str) -> Forecaster:
    return Forecaster(ForecasterKind.ORGANISATION, name)


class Speakers:
    """The speakers of one document, found once and asked for each of its predictions."""

    def __init__(
        self,
        document: Document,
        statements: Sequence[Statement],
        home: str | None = None,
        outlets: Collection[str] = (),
    ) -> None:
        """`home`: the country that its outlet usually writes about, by ISO 3166-1 alpha-3; `outlets`: the names of all
        outlets that are known."""
        self.document = document
        self._outlets = {*outlets, *filter(None, [document.outlet])}
        self.text = document.text
        self.words = lexicon()
        self.cast = Cast(document, statements, home)
        self.calling = Calling(self.cast, self._classified)

    def of(self, statement: Statement) -> Forecaster:
        """Whom a statement stands under."""
        return self._in_full(self._of(statement))

    def _in_full(self, found: Forecaster) -> Forecaster:
        """A body by the whole name of the one outlet that its name of several words begins: *Galana Centre* of the
        *Galana Centre for Public Policy*, but not what a house publishes, as its *Briefs*."""
        if found.kind is not ForecasterKind.ORGANISATION or " " not in found.name or found.name in self._outlets:
            return found
        whole = [one for one in self._outlets if one.startswith((f"{found.name} for ", f"{found.name} of "))]
        return _body(whole[0]) if len(whole) == 1 else found

    def _of(self, statement: Statement) -> Forecaster:
        source = statement.sources[-1] if statement.sources else None
        span = (statement.start, statement.end)
        pledge = statement.kind is Kind.COMMITMENT
        if source is None and (pledge or is_bulletin(self.document)) and not self._own(statement):
            nobody = self._unpledged if pledge else self.author
            return self._beside(span) or self._pledger(span, statement.text) or nobody
        return (self._signatory(statement) if pledge else None) or self._at(*span, source)

    def _signatory(self, statement: Statement) -> Forecaster | None:
        """The state or body whose own act a pact tells: *under the text, Washington will withdraw*."""
        actors = {actor.id for actor in statement.actors}
        if len(actors) != 1 or not statement.sources or _PACT.fullmatch(statement.sources[-1].text) is None:
            return None
        return organised(next(iter(actors)))

    def planning(self, start: int, end: int) -> Forecaster:
        """The body that tells of its own plan at `[start, end)`, as its subject."""
        found = plans_in(self.text[start:end])
        if found is None:
            return self._unpledged
        return self._in_full(self._classified(Said(found["who"], start, (start, end))))

    @property
    def _unpledged(self) -> Forecaster:
        """Whose a pledge is that nobody tells: who signs a text foretells what others will do, else nobody's."""
        return self.author if self.document.author else _UNTOLD

    def _own(self, statement: Statement) -> bool:
        """Whether who writes pledges or judges it: only then is a pledge without a source the author's."""
        ours = any(person.text.casefold() in ("i", "we") for person in statement.actors)
        first, last = self.calling.sentence(statement.start)
        viewed = _OUR_VIEW.search(self.text, first, last)
        # Of another clause of the sentence: *…, which by our estimate costs a million*.
        return ours or (viewed is not None and not self.text.endswith(("which ", "that "), 0, viewed.start()))

    def at(self, start: int, end: int, source: Source | None = None) -> Forecaster:
        """Whom the words at `[start, end)` stand under, given the reader's innermost source, if it found one."""
        return self._in_full(self._at(start, end, source))

    def _at(self, start: int, end: int, source: Source | None) -> Forecaster:
        if source is None or not self._is_source(source, start):
            return self._beside((start, end)) or self.author
        said = Said(source.text, source.start, (start, end), source)
        kind = PRONOUNS.get(source.text.casefold())
        if kind is None or (is_writer(source.text) and not self.calling.quoted(source.start)):
            return self._classified(said)
        called = (self.calling.pledging(said) if kind == "body" else None) or self.calling.before(said, kind)
        return called or self._classified(Said(source.name or source.text, source.start, (start, end), source))

    def _is_source(self, source: Source, start: int) -> bool:
        """Whether the reader's source can be one: a noun phrase, not what the words are about, nor one of a sentence
        before where the writer speaks in this one."""
        before = self.text[max(0, source.start - 14) : source.start]
        if is_whatever_they_do(self.text, source.start):
            return False
        first, _ = self.calling.sentence(start)
        writes = source.end <= first and _I_SAY.match(self.text, first) and not self.calling.quoted(start)
        return is_phrase(source.text) and _TOPIC.search(before) is None and not writes

    @property
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

    def _pledger(self, span: tuple[int, int], words: str) -> Forecaster | None:
        """The body whose own act an unattributed clause tells, else the one whose notice the text is."""
        words = without_conditions(words).lstrip(" ,")
        who = pledger_in(words)
        at = span[0]
        if not self.document.author and _IT_WILL.match(words):
            return self.calling.before(Said("", at, span), "body")
        if who is None and is_bulletin(self.document):
            who, at = gives_notice(self.document), 0
            if who is None:
                return self.calling.before(Said("", span[0], span), "body", since=self.calling.paragraph(span[0])[0])
        return None if who is None else self._classified(Said(who, at, span))

    def _classified(self, said: Said) -> Forecaster:
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
            theirs = self._classified(Said(whose, at + words.index(whose), said.clause))
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
        short = rf"(?:[Tt]he |[Tt]his )?{re.escape(outlet.split()[-1])}['’]s (?:[a-z][\w-]* ){{0,2}}?{_OF_A_HOUSE}"
        return _body(outlet) if _PAPER.fullmatch(words) or re.fullmatch(short, words) else None

    def _signs(self, bare: str) -> bool:
        """Whether words end in the name of who signs the text: *our analyst Ada Lund* of one by Ada Lund."""
        return bool(self.document.author) and bare.endswith(self.document.author or "")

    def _pledged_by_one_of_it(self, said: Said) -> Forecaster | None:
        """The body named before, whose pledge one of its people tells: *It will issue cards, a secretary said*."""
        start, end = said.clause
        told = _OFFICIAL.fullmatch(said.words.strip()) is not None and not self.calling.quoted(start)
        return (
            self.calling.before(Said("", start, said.clause), "body")
            if told and _IT_WILL.match(self.text[start:end])
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
            if _PART_OF_STATE.match(bare) or self._of_elsewhere(bare, resolved):
                return _body(self.cast.full(bare, said.at))
            return _body(self._registry_name(resolved) or self.cast.full(bare, said.at))
        if is_pronoun_or_clause(bare):
            return None
        if source is not None and source.source_kind is SourceKind.ORGANISATION and not _INDEFINITE.match(words):
            return _body(self._registry_name(source.name) or self.cast.full(bare, said.at))
        named_so = re.fullmatch(BODY_NAME, bare) is not None and not countries_named(bare) and not _CLERGY.match(bare)
        if named_so and (is_acronym(bare) or (words.casefold().startswith("the ") and may_be_body(bare))):
            return _body(bare)
        return None

    def _unnamed(self, said: Said, bare: str) -> Forecaster:
        """The person whose words open a text without a byline; else nobody to be scored.

        A private person's name is not kept: *Galina Petrovna* stands as *a person quoted*.
        """
        if re.fullmatch(NAME, bare):
            if _I_SAY.match(self.text[said.clause[0] : said.clause[1]]) and not self.calling.quoted(said.clause[0]):
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

    def _heading(self, span: tuple[int, int]) -> Forecaster | None:
        """The body or office with which a sentence begins whose colon stands before the words: *The ministry has set
        itself another date: …*."""
        first, _ = self.calling.sentence(span[0])
        if _COLON.search(self.text, first, span[0]) is None or _ANNOUNCES.search(self.text, first, span[0]) is None:
            return None
        found = next((one for one in self.cast.mentions if first <= one.start <= first + 1), None)
        return None if found is None else self._classified(Said(found.words, found.start, span))

    def _beside(self, span: tuple[int, int]) -> Forecaster | None:
        """Who says words that stand in quotation marks or beside *X said*, where the reader found nobody."""
        start = span[0]
        quoted = self.calling.quoted(start + 1)
        room = self.calling.paragraph(start) if quoted else self.calling.sentence(start)
        found = speaker_beside(self.text, room, span, self.calling.quoted)
        if found is None:
            return self.calling.before(Said("", start, span), "any") if quoted else self._heading(span)
        said = Said(found[1], found[0], span)
        kind = None if is_writer(said.words) and not quoted else PRONOUNS.get(said.words.casefold())
        return self._classified(said) if kind is None else self.calling.before(said, kind)
