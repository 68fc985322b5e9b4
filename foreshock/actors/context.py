"""What a document says about its own names: acronyms, people in full, actors named, the country it is about."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

import msgspec

from foreshock.actors.acronyms import own_acronyms
from foreshock.actors.compiled import Names
from foreshock.actors.headlines import Headlines
from foreshock.actors.mentioned import mentioned
from foreshock.actors.names import key
from foreshock.actors.namesakes import introduced
from foreshock.actors.namings import DATELINE_WEIGHT, Naming, sent_from
from foreshock.actors.sought import Sought

NO_HEADLINES = Headlines("")
NAMELIKE = r"[^\W\d_a-z][\w’']*(?: (?:[^\W\d_a-z][\w’']*|of|the|and|for)){1,5}"
OWNED_BEHIND = re.compile(rf" {NAMELIKE}")
"""What may hold the name of a body behind its country: *Kyrgyzstan's Security Council*."""
OWNED_BEFORE = re.compile(rf"(?P<name>{NAMELIKE}) of (?:the )?$")
"""What may hold one before its country: *the Security Council of Kyrgyzstan*."""
OWNED_REACH = 60
"""Characters before a country within which such a name begins."""


class Context(msgspec.Struct, frozen=True):
    """What a mention's document knows.

    `named` holds the positions of registry entries that the text names by a name that only they bear in any country,
    `surnamed` those of people whom it names by one word alone, `strangers` those of people whose name somebody else
    bears in it. `countries` are the ISO codes of the countries it names. `acronyms` maps an acronym's key to what the
    text writes out for it, `people` a word's key to the longer names in the text that it is a part of. `country` is
    the ISO code of the country the text is about, `date` its date.
    `owned` maps the key of a name that many bodies have to the words by which the text gives it to one country.
    `spelt` holds the positions of entries that the text names by more than an acronym, `reach` the ISO codes of the
    countries that it names and of those beside them.
    `namings` are the countries named, in order, but for those of go-betweens; `names` is where names of two words and
    more stand that the registry has, `[start, end)` in order; `headlines` are where its capitals tell no name.
    """

    named: frozenset[int] = frozenset()
    surnamed: frozenset[int] = frozenset()
    strangers: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()
    acronyms: Mapping[str, str] = {}
    people: Mapping[str, tuple[str, ...]] = {}
    country: str | None = None
    date: datetime.date | None = None
    owned: Mapping[str, str] = {}
    spelt: frozenset[int] = frozenset()
    reach: frozenset[str] = frozenset()
    namings: tuple[Naming, ...] = ()
    names: tuple[tuple[int, int], ...] = ()
    headlines: Headlines = NO_HEADLINES

    def of(self, country: str | None) -> "Context":
        """The same context, but about another country."""
        return self if country == self.country else msgspec.structs.replace(self, country=country)

    def is_abroad(self, position: int, lands: frozenset[str], at_home: bool) -> bool:
        """Whether the text, which names some country, names none of an entry's, and the entry at most by an acronym:
        *the STF*, in one on Sri Lanka, is not Brazil's. To one that does not act `at_home` alone a country beside its
        own is enough: *the PDF*, in a text on Chad, is Sudan's."""
        within = self.countries if at_home else self.reach
        return bool(self.reach) and lands.isdisjoint(within) and position not in self.spelt

    def longer(self, name: str) -> list[str]:
        """The longer names in the text that hold all words of a name, in order; names are keys."""
        found = self.people.get(name.rsplit(" ", 1)[-1], ())
        whole = " " in name
        return [
            full
            for full in found
            if f" {name} " in f" {full} " and full != name and not (whole and name in full.split(" and "))
        ]


def context_of(
    text: str,
    date: datetime.date | None,
    known: Sought,
    placed: Iterable[str] = (),
    towns: Callable[[], frozenset[str]] = frozenset,
) -> Context:
    """The context of a document. `placed` are the ISO codes of the places of its statements, as often as they come;
    `towns` gives the keys of the words for them, and is asked only where a person is named by one word."""
    headlines = Headlines(text)
    told = mentioned(text, headlines, known)
    named, people, namings = told.named, told.people, told.namings
    found: Counter[str] = Counter()
    for code in placed:
        found[code] += 2
    for code, weight in told.countries.items():
        found[code] += weight
    citizens = {name: known.homelands[at] for at, name in named.items() if at in known.persons & known.homelands.keys()}
    if (home := sent_from(text, namings, citizens)) is not None:
        found[home] += DATELINE_WEIGHT
    surnamed = {
        at
        for at, name in named.items()
        if at in known.persons and " " not in name and not _in_full(at, name, people, known.names)
    }
    reach = frozenset(found).union(*(known.countries.neighbours.get(code, ()) for code in found))
    for acronym in sorted(told.shared):
        if (at := _only_within(frozenset(found), reach, acronym, known)) is not None:
            named.setdefault(at, acronym)
    strangers = _strangers(text, named, known)
    for at in strangers | {at for at in surnamed if named[at] in towns()}:
        del named[at]
    return Context(
        named=frozenset(
            at
            for at, name in named.items()
            if name not in known.names.local and not _is_of_another(at, name, people, known.names)
        ),
        spelt=frozenset(at for at, name in named.items() if not known.lands(at, name)),
        reach=reach,
        surnamed=frozenset(surnamed),
        strangers=strangers,
        countries=frozenset(found),
        acronyms=own_acronyms(text, known),
        people={part: tuple(sorted(full)) for part, full in people.items()},
        country=max(found, key=lambda code: found[code]) if found else None,
        date=date,
        owned=_owned(text, namings, named, known),
        namings=tuple(namings),
        names=tuple(told.spans),
        headlines=headlines,
    )


def _owned(text: str, namings: Iterable[Naming], named: Mapping[int, str], known: Sought) -> dict[str, str]:
    """By its key each name of shared words that a text gives to one country alone, with the words for both.

    None by which it may mean a body that it names otherwise, or whose parent it names, as the UN is.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in namings:
        country = text[one.start : one.end]
        if behind := OWNED_BEHIND.match(text, one.end):
            words = behind.group().split()
            for name in (" ".join(words[:end]) for end in range(2, len(words) + 1)):
                found[key(name)].setdefault(one.country, f"{country} {name}")
        if before := OWNED_BEFORE.search(text, max(0, one.start - OWNED_REACH), one.start):
            words = before["name"].split()
            for name in (" ".join(words[start:]) for start in range(len(words) - 1)):
                found[key(name)].setdefault(one.country, f"{name} of {country}")
    return {
        name: told.popitem()[1]
        for name, told in found.items()
        if len(told) == 1
        and name in known.names.exact
        and known.shared.issuperset(name.split())
        and not any(named.get(at, name) != name or known.parents.get(at) in named for at in known.names.exact[name])
    }


def _strangers(text: str, named: Mapping[int, str], known: Sought) -> frozenset[int]:
    """The holders of an office among those named whose full name the text gives to a private person. Whoever is known
    for something else, as an activist is, may be a student or a farmer."""
    people = {at: frozenset(name.split()) for at, name in named.items() if at in known.holders and " " in name}
    if not people:
        return frozenset()
    private = introduced(text, known.trades, known.offices)
    return frozenset(at for at, name in people.items() if any(name <= one for one in private))


def _only_within(named: frozenset[str], reach: frozenset[str], acronym: str, known: Sought) -> int | None:
    """The group or organ that alone of all who bear an acronym has a country in `reach`, an organ in `named`; null
    without one."""
    groups = known.acronyms[acronym]
    within = []
    for at in known.names.exact[acronym]:
        near = named if at in known.organs else reach
        if not groups[at].isdisjoint(near) if at in groups else known.homelands.get(at) in near:
            within.append(at)
    return within[0] if len(within) == 1 and within[0] in groups else None


def _is_of_another(at: int, name: str, people: Mapping[str, set[str]], names: Names) -> bool:
    """Whether the one word that an entry was named by belongs to somebody else whom the text names in full."""
    return bool(people.get(name)) and not _in_full(at, name, people, names)


def _in_full(at: int, name: str, people: Mapping[str, set[str]], names: Names) -> bool:
    """Whether the text also gives a longer name of the entry that it names by one word: *President Omar al-Bashir*."""
    return any(at in names.exact.get(full, ()) for full in people.get(name, ()))
