"""The people, offices and bodies that a text names: for whom each speaks, under what full name, and where."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.parts import Forecaster
from foreshock.ledger.speakers.affiliation import Affiliations
from foreshock.ledger.speakers.known import country_of, is_listed, is_person, office_title, registered
from foreshock.ledger.speakers.mentions import Mention, mentions_of
from foreshock.ledger.speakers.phrases import CAPITAL, NAME, PRONOUNS, ends_in, stripped, surname
from foreshock.ledger.speakers.wording import either, wording
from foreshock.ledger.words import countries_named
from foreshock.model.document import Document
from foreshock.model.prediction import ForecasterKind
from foreshock.model.statement import Statement

_ARTICLE = re.compile(r"^(?:The |An? (?=[a-z]))")
_LONGEST_TITLE = 60
"""Characters before a name in which its office may stand."""
_INTRODUCED = (
    re.compile(rf"\b[Ii]ts (?:[a-z][\w’'-]* ){{0,6}}?[a-z][\w’'-]*,? (?P<name>{NAME})"),
    re.compile(rf"(?P<name>{NAME}), (?:its [a-z]|who (?:chairs|heads|leads|runs|directs|speaks for|works for) it\b)"),
)
_OFFICE = rf"(?P<office>(?:[\w’'-]+ ){{0,3}}?[a-z-]+(?: of (?:the )?(?:[\w’'-]+|{CAPITAL}(?: {CAPITAL})*))?)"
_HOLDER = (
    re.compile(rf"(?P<name>{NAME}), (?:the )?{_OFFICE},"),
    re.compile(rf"\b[Tt]he {_OFFICE}, (?P<name>{NAME}),"),
)
_MODIFIER = (
    r"(?!(?:of|for|in|at|on|who|that|which|from|to|with|and|by|the|an?|its|new|same|other|own|then)\b)[a-z][\w’'-]*"
)
_PLAIN = r"(?!(?:and|of|for|has|have|had|is|was|will|would|said|says|in|on|at|to|by|with)\b)[a-z][\w’'-]*"
_BEHIND_A_NAME = (
    r"(?:has|have|had|is|was|were|will|would|may|said|says|announced|called|makes|informs|invites|states|expects|plans|"
    r"in|on|at|to|by|with|from|that|which|whose|[a-z]+ed)"
)
"""What stands behind the name of a body in small letters, and is no part of it."""


@cache
def _title() -> str:
    """An expression for a public office before its holder's name: *President Déby*, *Defence Minister Issaka Malloua
    Djamous*."""
    before = either((CAPITAL, *wording().before_titles))
    return rf"(?P<title>(?:{before}[ \t]){{0,3}}(?i:{either(wording().titles)}))"


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(rf"{_title()} {CAPITAL}(?:[ \t](?:[a-z]{{2,3}}[ \t])?{CAPITAL}){{0,4}}")


@cache
def _title_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'-]){_title()}[ \t]+$")


def _described(noun: str, before: str) -> str | None:
    """A bare noun with the words that tell it apart where the text last has any: *ministry of river transport*, *civil
    protection directorate*."""
    of = rf"(?:of|for) {_PLAIN}(?: (?:(?:and|of|for) )?{_PLAIN}){{0,4}}?"
    named = re.findall(rf"\b[Tt]he ({re.escape(noun)} {of})(?= {_BEHIND_A_NAME}\b|[,.;:])", before)
    if named:
        return str(named[-1])
    article = r"\b(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat|[Hh]is|[Hh]er|[Aa]n?|[Oo]ur)"
    found = re.findall(rf"{article} (?:new )?((?:{_MODIFIER} ){{1,3}}{re.escape(noun)})\b", before)
    found = found or re.findall(rf"\b({_MODIFIER} {re.escape(noun)})\b", before)
    return found[-1] if found else None


def _titling(noun: str, headline: str) -> str | None:
    """A bare noun with the words that a headline begins with: *Foreign ministry on the prisoners*."""
    found = re.match(rf"(?:The )?((?:[\w’'-]+ ){{1,2}}{re.escape(noun)})\b", headline)
    return found[1] if found else None


TOLD_THERE = 3
"""Statements placed in a country that make a text be about it though it does not name it."""


def _bare_title(found: re.Match[str] | None) -> str | None:
    """A title without the country in it: *Defence Minister* of *Chadian Defence Minister*."""
    if found is None:
        return None
    return " ".join(word for word in found["title"].split() if not countries_named(word))


class Cast:
    """Who is named in one document, found once and asked for each of its predictions."""

    def __init__(self, document: Document, statements: Sequence[Statement], home: str | None = None) -> None:
        """`home`: the country that its outlet usually writes about, by ISO 3166-1 alpha-3."""
        self.document = document
        self.home = home
        self.text = document.text
        self.sources = [source for one in statements for source in one.sources]
        self._countries = Counter(one.place.country for one in statements if one.place and one.place.country)
        self._people = [person for one in statements for person in (*one.actors, *one.recipients)]

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that the text names or is about, by ISO 3166-1 alpha-3."""
        told = {person.country for person in self._people if person.country}
        return self._named | set(self._countries) | told

    @cached_property
    def affiliations(self) -> Mapping[str, str]:
        """The body that each person the text names speaks for, by the person's surname."""
        return Affiliations(self.document, self.countries).bodies

    @cached_property
    def introduced(self) -> Mapping[str, int]:
        """Where *its* stands that brings a person in as a body's own (*its head of research, Ada Lund*), by surname."""
        found: dict[str, int] = {}
        for match in (one for pattern in _INTRODUCED for one in pattern.finditer(self.text)):
            found.setdefault(surname(match["name"]), match.start())
        return found

    @cached_property
    def offices_held(self) -> Mapping[str, str]:
        """The public office that the text says a person holds (*Ada Lund, the mayor of Segou*), by surname."""
        found: dict[str, str] = {}
        for match in (one for pattern in _HOLDER for one in pattern.finditer(self.text)):
            if ends_in(match["office"], lexicon().public):
                found.setdefault(surname(match["name"]), match["office"])
        return found

    def title_of(self, bare: str, at: int) -> str | None:
        """The public office that stands before a name: in the words for it, or in the text before `at`."""
        title = _bare_title(_titled().fullmatch(re.sub(r"['’]s?$", "", bare)))
        if title is None and re.fullmatch(NAME, bare):
            title = _bare_title(_title_before().search(self.text[max(0, at - _LONGEST_TITLE) : at]))
        return title

    def titled_at(self, at: int) -> str | None:
        """The name with a public office before it that stands at a place of the text: *President Déby*."""
        found = _titled().match(self.text, at)
        return found and found.group(0)

    @cached_property
    def _named(self) -> frozenset[str]:
        """The countries that the text names, by ISO 3166-1 alpha-3."""
        return frozenset(countries_named(self.text))

    def _is_about(self, country: str) -> bool:
        """Whether more than the place of a village or two tells that the text is about a country."""
        return country in self._named or (self._countries[country] >= TOLD_THERE and self.home not in self._countries)

    @cached_property
    def _whose(self) -> list[str]:
        """The country whose a bare title is: the one the text mostly tells of, if it is about it, else its home."""
        most = [code for code, _ in self._countries.most_common(1)]
        return most if self.home is None or any(map(self._is_about, most)) else [self.home]

    def elsewhere(self, name: str) -> str | None:
        """The country of the registry's actor of that name, if it is another than the home."""
        country = country_of(name) if self.home is not None else None
        return None if country == self.home else country

    def _is_slip(self, words: str, name: str) -> bool:
        """Whether words were taken for a body or office of a state that neither they nor the text tell to be its."""
        country = self.elsewhere(name)
        if country is None or countries_named(words):
            return False
        return self.home in self._named or not self._is_about(country)

    def office_of(self, title: str, words: str) -> Forecaster:
        """The public office that a title names: by its country, the one the words or else most of the text is about."""
        named = countries_named(words) or {person.country for person in self._people if person.text == words}
        codes = [code for code in named if code] or self._whose
        office = office_title(title, codes)
        if office is None:
            return Forecaster(ForecasterKind.ROLE, self.full(title.casefold(), 0))
        return registered(office) or Forecaster(ForecasterKind.ROLE, office)

    def full(self, bare: str, at: int) -> str:
        """A bare noun (*ministry*, *governor*) in full, as the text has it nearest before `at`, or with its country.

        Two ministries of two texts must not become one forecaster, nor *the Desk* of two houses that publish.
        """
        outlet, noun = self.document.outlet or "", bare.casefold()
        if bare[:1].isupper() and noun in lexicon().bodies:
            return self.fuller(noun, at) or (outlet if bare in outlet.split() else bare)
        if " " in bare or bare[:1].isupper():
            return bare
        return self.fuller(bare, at) or (f"{bare} ({outlet})" if outlet else bare)

    @staticmethod
    def _in_full(name: str) -> str:
        """A name without the *The* before it, which is a part of names in the registry only, or the *A* of none."""
        return name if is_listed(name) else _ARTICLE.sub("", name)

    def _names_no_more(self, name: str, bare: str) -> bool:
        """Whether a name tells no more than a bare noun does: *The party* for *party*, or a pronoun."""
        return name.casefold() in PRONOUNS or self._in_full(name).casefold() == bare.casefold()

    def fuller(self, bare: str, at: int) -> str | None:
        """A bare noun in full as the text has it; null where it names it no more closely."""
        noun = re.compile(rf"\b{re.escape(bare)}\b", re.IGNORECASE)
        named = [(person.start, person.text, person.name) for person in self._people]
        named += [(source.start, source.text, source.name) for source in self.sources]
        slips = bare in wording().in_names
        known = [
            (start, text, name) for start, text, name in named
            if name and noun.search(text) and name[:1].isupper() and (not slips or noun.search(name))
        ]  # fmt: skip
        known = [(start, text, name) for start, text, name in known if not self._names_no_more(name, bare)]
        ours = [(start, name) for start, text, name in known if not self._is_slip(text, name)]
        if ours:
            name = min(ours, key=lambda pair: (pair[0] > at, abs(pair[0] - at)))[1]
            return (self._office_held(bare) or name) if is_person(name) else self._in_full(name)
        if any(is_person(name) for _, _, name in known) and (office := self._office_held(bare)) is not None:
            return office
        fuller = [
            (match.start(), match.group(0)) for match in re.finditer(
                rf"(?<![\w’'-])(?:(?:(?:{CAPITAL} ){{0,2}}{CAPITAL}['’]s|[a-z]+) ){{1,2}}{re.escape(bare)}"
                rf"(?: (?:of|in) {CAPITAL})?|"
                rf"\b{re.escape(bare)} of (?:the )?{CAPITAL}|"
                rf"(?:{CAPITAL} ){{0,3}}\b{re.escape(bare.title())} (?:of|for) (?:the )?{CAPITAL}"
                rf"(?:[ \t](?:and[ \t])?{CAPITAL}){{0,4}}|"
                rf"\b(?!The ){CAPITAL} (?:{CAPITAL} ){{0,3}}{re.escape(bare.title())}\b", self.text,
            )
            if re.search(r"[A-Z]", match.group(0)) and stripped(match.group(0)).casefold() != bare
        ]  # fmt: skip
        if fuller:
            return stripped(min(fuller, key=lambda pair: (pair[0] > at, abs(pair[0] - at)))[1])
        return _described(bare, self.text[:at]) or _titling(bare, self.document.title or "")

    def _office_held(self, bare: str) -> str | None:
        """The office that a bare title means where the text's statements name its holder: *the president*."""
        office = office_title(bare, self._whose)
        known = registered(office) if office else None
        return known.name if known else None

    @cached_property
    def mentions(self) -> list[Mention]:
        """Everyone whom a pronoun may stand for, in text order."""
        affiliated = {*self.affiliations, *self.introduced, *self.offices_held}
        return mentions_of(self.text, self.sources, affiliated, self.document.author)
