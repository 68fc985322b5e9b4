"""Whom a text calls again that it has named before: *it*, *the think tank*, *its delegate*, *his office*, *under the
calendar*."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from foreshock.ledger.conditions import without_conditions
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.outcomes.reports import DATELINE
from foreshock.ledger.parts import Forecaster
from foreshock.ledger.speakers.bulletin import pledger_in
from foreshock.ledger.speakers.cast import Cast
from foreshock.ledger.speakers.mentions import Mention
from foreshock.ledger.speakers.phrases import (
    BODY_NAME,
    CAPITAL,
    any_word,
    ends_in,
    has_foreign_head,
    is_acronym,
    is_titled,
    paper,
    stripped,
)
from foreshock.ledger.speakers.wording import either, wording
from foreshock.model.prediction import ForecasterKind
from foreshock.model.statement import Source
from foreshock.read.segment import paragraphs, sentences

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_ITS_OFFICE = re.compile(r"[Ii]ts (?P<office>(?:[a-z][\w’'-]* ){0,3}?[a-z][\w’'-]*)(?=,|$)")
_OFFICE_OF = re.compile(
    r"(?:his|her) (?:own )?(?P<office>(?:press )?office|spokes(?:man|woman|person)|chief of staff|press secretary)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?:the two|both) (?P<noun>\w+s)", re.IGNORECASE)
_ANY_NAME = rf"{CAPITAL}(?:[ \t](?:(?!(?:of|at|for|from|with|by|in|to)\b)[a-z]{{1,4}}[ \t])?{CAPITAL})*"
_DESCRIBED_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?) (?P<noun>[\w’'-]+(?: [\w’'-]+){0,4})(?P<apart>,?) $")
_APPOSED = re.compile(
    r", (?:an?|the) (?P<noun>[\w’'-]+(?: [\w’'-]+){0,4}?)(?= (?:of|for|in|at|on|that|which|from|to|with)\b|[,.])"
)
"""What a name is said to be behind it: *…, an aid group at the airport*."""
_REACH = 700
"""Characters before a pronoun in which the one it stands for is looked for: two or three paragraphs of news."""


@cache
def _its_people() -> re.Pattern[str]:
    """Those who speak for the body that was named before."""
    people = either(wording().its_people)
    return re.compile(rf"its (?:[\w’'-]+ ){{0,3}}?{people}(?:,? .*)?", re.IGNORECASE)


@cache
def _put_out_by() -> re.Pattern[str]:
    """Behind a paper, whose it is: *the calendar published by the presidency*."""
    return re.compile(
        r"\s(?:that was |which was )?(?:published|issued|released|signed|put out|adopted)\sby\s"
        rf"(?P<whose>(?:the\s)?(?:[\w’'-]+\s){{0,4}}?(?:{any_word(lexicon().bodies)})\b)",
        re.IGNORECASE,
    )


@cache
def _coupled() -> re.Pattern[str]:
    """Two bodies that a text names together: *the refugee agency and the Red Cross*."""
    body = (
        rf"(?:{CAPITAL}(?:[ \t](?:(?:of|for|on|the)[ \t])*{CAPITAL})+|"
        rf"(?:[\w’'-]+ ){{1,3}}?(?:{any_word(lexicon().bodies)})|[A-Z]{{3,}})\b"
    )
    return re.compile(rf"(?:\b[Tt]he )?\b(?P<one>{body})(?: \([A-Z]+\))?,? (?:and|with) (?:the )?(?P<other>{body})")


@dataclass(frozen=True)
class Said:
    """The words for a speaker at a place of a text, the `[start, end)` of what they say, and the reader's source."""

    words: str
    at: int
    clause: tuple[int, int]
    source: Source | None = None


class Calling:
    """What one document calls again; `classified` tells whom a mention of it stands for."""

    def __init__(self, cast: Cast, classified: Callable[[Said], Forecaster]) -> None:
        self.cast = cast
        self.text = cast.text
        self.paragraphs = paragraphs(self.text)
        self._classified = classified
        self._sentences = sentences(self.text)
        self._starts = [start for start, _ in self._sentences]

    def again(self, said: Said) -> Forecaster | None:
        """Whom words stand for that speak for one named before: *its officials*, *his office*, *the calendar*."""
        words = said.words.strip()
        if self.text[max(0, said.at - 4) : said.at].casefold() == "its ":
            words = f"its {words}"  # a source that was cut short
        if _its_people().fullmatch(words):
            return self.pledging(said) or self.before(said, "body")
        if (office := _ITS_OFFICE.match(words)) is not None and ends_in(office["office"], lexicon().offices):
            body = self.pledging(said) or self.before(said, "body")
            return None if body is None else Forecaster(ForecasterKind.ROLE, f"{office['office']} of the {body.name}")
        if (office := _OFFICE_OF.fullmatch(words)) is not None:
            holder = self._foretelling_of_itself(said) or self.before(said, "person")
            if holder is None or holder.kind is not ForecasterKind.ROLE:
                return None
            kind = ForecasterKind.ORGANISATION if office["office"].endswith("office") else ForecasterKind.ROLE
            told, _, where = holder.name.partition(" (")
            return Forecaster(kind, f"{told}'s {office['office']}" + (f" ({where}" if where else ""))
        if (called := paper().fullmatch(words)) is not None:
            return self._issuer(said, called["noun"])
        if (pair := _PAIR.fullmatch(words)) is not None:
            return self._pair(said, pair["noun"])
        return None

    def before(self, said: Said, kind: str, named: bool = False, since: int = 0) -> Forecaster | None:
        """Whom a pronoun stands for: the last fitting mention (`person`, `body` or `any`) outside quotations, not too
        far back, nor before `since`, nor inside what is said; only one by its name where `named`."""
        for mention in reversed(self.cast.mentions):
            start, words = mention.start, mention.words
            if start >= said.at or kind not in ("any", mention.kind) or self.quoted(start):
                continue
            if said.at < start + len(words):
                continue  # *its council* stands in *a note of its council*
            if said.clause[0] <= start < said.clause[1] or (named and stripped(words)[:1].islower()):
                continue
            if said.at - start > _REACH or start < since:
                return None
            if kind == "body" and not named:
                start, words = self._subject(mention)
            source = next((one for one in self.cast.sources if one.start == start and one.text == words), None)
            return self._classified(Said(words, start, said.clause, source))
        return None

    def _subject(self, last: Mention) -> tuple[int, str]:
        """The body with which the sentence of the last mention begins, else that mention: *The ministry met the Fund.
        It …* is of the ministry."""
        first, _ = self.sentence(last.start)
        opening = DATELINE.match(self.text[first:])
        first += opening.end() if opening else 0
        found = next(
            (one for one in self.cast.mentions if one.kind == "body" and first <= one.start <= first + 1), last
        )
        return found.start, found.words

    def pledging(self, said: Said) -> Forecaster | None:
        """The body whose own act the words tell that its people say: *the police will clear it, its spokesman said*."""
        start, end = said.clause
        words = self.text[start:end]
        who = pledger_in(without_conditions(words).lstrip(" ,")) if end <= said.at else None
        return None if who is None else self._classified(Said(who, start + max(0, words.find(who)), said.clause))

    def _foretelling_of_itself(self, said: Said) -> Forecaster | None:
        """The person of whom a clause tells, where the words stand behind it: *the president will speak, his office
        said*; null for a clause that has another subject."""
        first, end = said.clause
        if end > said.at:
            return None
        office = (one.words for one in self.cast.mentions if one.kind == "person" and one.start == first)
        words = self.cast.titled_at(first) or next(office, None)
        return None if words is None else self._classified(Said(words, first, said.clause))

    @staticmethod
    def is_generic(words: str, bare: str) -> bool:
        """Whether words call a body again and tell none by themselves: *the think tank*."""
        return bare in wording().called_again and words.casefold().startswith("the ")

    def named_body(self, said: Said, bare: str) -> Forecaster:
        """The body that *the think tank* calls again: the last that the text names before; else nobody to be scored."""
        fuller = self.cast.full(bare, said.at)
        if any(word[:1].isupper() for word in fuller.split("(")[0].split()):
            return Forecaster(ForecasterKind.ORGANISATION, fuller)
        named = self.before(said, "body", named=True)
        if named is None and bare in lexicon().bodies:
            return Forecaster(ForecasterKind.ORGANISATION, fuller)
        return named or Forecaster(ForecasterKind.UNSCORED, bare)

    def introduced(self, surname: str, clause: tuple[int, int]) -> Forecaster | None:
        """The body that a person who says a clause is brought in as one of: *its head of research, Ada Lund*.

        *The agency will send rice, its director, Ada Lund, said* is of the agency, whoever was named before.
        """
        at = self.cast.introduced.get(surname)
        if at is None:
            return None
        said = Said("its", at, clause)
        beside = self.sentence(at) == self.sentence(clause[0])
        return (self.pledging(said) if beside else None) or self.before(said, "body")

    def apposed(self, said: Said, bare: str) -> str | None:
        """The name of a body that a noun beside it describes: *Maendeleo ya Ziwa, a charity*; *a union, BKN,*."""
        if not self.text.startswith(said.words, said.at):
            return None
        behind = self.text[said.at + len(said.words) :][:120]
        heads = lexicon().bodies | lexicon().describing
        if re.fullmatch(_ANY_NAME, bare):
            told = _DESCRIBED_BEFORE.search(self.text[max(0, said.at - 80) : said.at])
            joined = told is not None and (not told["apart"] or behind.startswith(","))
            if told is not None and joined and ends_in(told["noun"].strip(), heads):
                return bare
            told = _APPOSED.match(behind)
            return bare if told is not None and ends_in(told["noun"], heads) else None
        told = re.match(rf", (?P<name>{BODY_NAME}),", behind)
        named = told is not None and ends_in(bare, heads) and not is_titled(told["name"])
        return told["name"] if told is not None and named else None

    def _issuer(self, said: Said, noun: str) -> Forecaster | None:
        """The body that put out a paper: who is told behind it to have done so, the one in the sentence in which the
        text last speaks of it, else the last that is named before."""
        if said.words[:3].casefold() == "its":
            return self.before(said, "body")
        if (pledging := self.pledging(said)) is not None:
            return pledging
        behind = _put_out_by().match(self.text, said.at + len(said.words))
        if behind is not None:
            return self._classified(Said(behind["whose"], behind.start("whose"), said.clause))
        for match in reversed(list(re.finditer(rf"\b{re.escape(noun)}\b", self.text[: said.at]))):
            first, last = self.sentence(match.start())
            bodies = [
                one for one in self.cast.mentions if first <= one.start < min(last, said.at) and one.kind == "body"
            ]
            if bodies:
                nearest = min(bodies, key=lambda one: (one.start > match.start(), abs(one.start - match.start())))
                return self._classified(Said(nearest.words, nearest.start, said.clause))
        return self.before(said, "body")

    def _pair(self, said: Said, noun: str) -> Forecaster | None:
        """The two bodies that *the two agencies* calls again, where the text names them together."""
        if not ends_in(re.sub(r"ies$", "y", noun) if noun.endswith("ies") else noun[:-1], lexicon().bodies):
            return None
        for match in reversed(list(_coupled().finditer(self.text, max(0, said.at - 2 * _REACH), said.at))):
            if any(map(_is_body, (match["one"], match["other"]))):
                return Forecaster(ForecasterKind.ORGANISATION, f"{match['one']} and {match['other']}")
        return None

    def opens_document(self, at: int) -> bool:
        """Whether `at` lies in the first paragraph of a text without headline or byline before it."""
        return bool(self.paragraphs) and at < self.paragraphs[min(1, len(self.paragraphs) - 1)][1]

    def sentence(self, at: int) -> tuple[int, int]:
        """The `[start, end)` of the sentence around a place."""
        number = max(0, bisect_right(self._starts, at) - 1)
        return self._sentences[number] if self._sentences else (0, len(self.text))

    def paragraph(self, at: int) -> tuple[int, int]:
        """The `[start, end)` of the paragraph around a place."""
        return next(((s, e) for s, e in self.paragraphs if s <= at < e), (0, len(self.text)))

    def quoted(self, at: int) -> bool:
        """Whether a place lies in quotation marks."""
        return any(start < at < end for start, end in self._quotations)

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return [(match.start(), match.end()) for match in _QUOTED.finditer(self.text)]


def _is_body(name: str) -> bool:
    return ends_in(name, lexicon().bodies) is not None or is_acronym(name) or has_foreign_head(name)
