"""Whom a prediction stands under: a body, a public office, the byline, or a role that stays unnamed and unscored.

A named person who speaks for a body (*Ilse Varandi of the Emajogi Border Observatory*) stands as that body; nobody
becomes an entity here who is not in the registry or the byline. What the reader says of sources is used, but a pronoun
is looked up again in the text, so that one slip of the reader does not put words into another's mouth.
"""

import re
from collections.abc import Collection, Sequence
from functools import cache

from foreshock.ledger.conditions import without_conditions
from foreshock.ledger.parts import Forecaster
from foreshock.ledger.speakers.beside import speaker_beside
from foreshock.ledger.speakers.bulletin import gives_notice, is_bulletin, plans_in, pledger_in
from foreshock.ledger.speakers.calling import Said
from foreshock.ledger.speakers.known import organised
from foreshock.ledger.speakers.meant import I_SAY, IT_WILL, Meant
from foreshock.ledger.speakers.phrases import (
    PRONOUNS,
    is_phrase,
    is_whatever_they_do,
    is_writer,
)
from foreshock.ledger.speakers.wording import either, wording
from foreshock.model.document import Document
from foreshock.model.prediction import ForecasterKind
from foreshock.model.statement import Source, Statement
from foreshock.model.vocabulary import Kind

_TOPIC = re.compile(r"(?:^|[\n.?!”\"] ?)(?:On|About|As for|As to|Regarding|Concerning)\s+$")
"""What stands before that which a forecast is about, and no source: *On the Fund's review: …*."""
_OUR_VIEW = re.compile(
    r"\b(?:in|by) (?:my|our) (?:own )?(?:view|judge?ment|opinion|reckoning|estimate)\b", re.IGNORECASE
)
_COLON = re.compile(r":\s+(?:that\s+)?(?:(?:if|unless|once|when|should|provided)\b[^:;.\n]{1,90},\s*)?$")
_UNTOLD = Forecaster(ForecasterKind.UNSCORED, "pledge without a source")
"""Whose a pledge is that nobody is quoted for in a text that nobody signs (*Chad to hold talks*)."""


@cache
def _pact() -> re.Pattern[str]:
    """What several put their names to, each of them for its own acts."""
    joint = rf"joint\s(?:[a-z][\w-]*\s)?{either(wording().joint)}"
    return re.compile(
        rf"(?:the|an?|this|that|their)\s(?:(?:[a-z][\w-]*\s){{0,2}}{either(wording().pacts)}|text|{joint})",
        re.IGNORECASE,
    )


@cache
def _announces() -> re.Pattern[str]:
    """Before a colon, what says that a plan or a view follows: *has set itself another date:*."""
    return re.compile(rf"\b{either(wording().announces)}\b", re.IGNORECASE)


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
        self.meant = Meant(document, statements, home, self._outlets)
        self.cast, self.calling = self.meant.cast, self.meant.calling

    @property
    def author(self) -> Forecaster:
        """Who signs the text; see `Meant.author`."""
        return self.meant.author

    def of(self, statement: Statement) -> Forecaster:
        """Whom a statement stands under."""
        return self._in_full(self._of(statement))

    def _in_full(self, found: Forecaster) -> Forecaster:
        """A body by the whole name of the one outlet that its name of several words begins: *Galana Centre* of the
        *Galana Centre for Public Policy*, but not what a house publishes, as its *Briefs*."""
        if found.kind is not ForecasterKind.ORGANISATION or " " not in found.name or found.name in self._outlets:
            return found
        begins = f"{found.name} for ", f"{found.name} of "
        whole = [one for one in self._outlets if one.removeprefix("The ").startswith(begins)]
        return Forecaster(ForecasterKind.ORGANISATION, whole[0]) if len(whole) == 1 else found

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
        if len(actors) != 1 or not statement.sources or _pact().fullmatch(statement.sources[-1].text) is None:
            return None
        return organised(next(iter(actors)))

    def planning(self, start: int, end: int) -> Forecaster:
        """The body that tells of its own plan at `[start, end)`, as its subject."""
        found = plans_in(self.text[start:end])
        if found is None:
            return self._unpledged
        return self._in_full(self.meant.of(Said(found["who"], start, (start, end))))

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
            return self.meant.of(said)
        called = (self.calling.pledging(said) if kind == "body" else None) or self.calling.before(said, kind)
        return called or self.meant.of(Said(source.name or source.text, source.start, (start, end), source))

    def _is_source(self, source: Source, start: int) -> bool:
        """Whether the reader's source can be one: a noun phrase, not what the words are about, nor one of a sentence
        before where the writer speaks in this one."""
        before = self.text[max(0, source.start - 14) : source.start]
        if is_whatever_they_do(self.text, source.start):
            return False
        first, _ = self.calling.sentence(start)
        writes = source.end <= first and I_SAY.match(self.text, first) and not self.calling.quoted(start)
        return is_phrase(source.text) and _TOPIC.search(before) is None and not writes

    def _pledger(self, span: tuple[int, int], words: str) -> Forecaster | None:
        """The body whose own act an unattributed clause tells, else the one whose notice the text is."""
        words = without_conditions(words).lstrip(" ,")
        who = pledger_in(words)
        at = span[0]
        if not self.document.author and IT_WILL.match(words):
            return self.calling.before(Said("", at, span), "body")
        if who is None and is_bulletin(self.document):
            who, at = gives_notice(self.document), 0
            if who is None:
                return self.calling.before(Said("", span[0], span), "body", since=self.calling.paragraph(span[0])[0])
        return None if who is None else self.meant.of(Said(who, at, span))

    def _heading(self, span: tuple[int, int]) -> Forecaster | None:
        """The body or office with which a sentence begins whose colon stands before the words: *The ministry has set
        itself another date: …*."""
        first, _ = self.calling.sentence(span[0])
        if _COLON.search(self.text, first, span[0]) is None or _announces().search(self.text, first, span[0]) is None:
            return None
        found = next((one for one in self.cast.mentions if first <= one.start <= first + 1), None)
        return None if found is None else self.meant.of(Said(found.words, found.start, span))

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
        return self.meant.of(said) if kind is None else self.calling.before(said, kind)
