"""What a text is looked through for, to know what it says about its own names."""

import msgspec

from foreshock.actors.compiled import Countries, Names
from foreshock.actors.lexicon import Lexicon
from foreshock.actors.signs import signs


class Sought(msgspec.Struct, frozen=True):
    """What a text is looked through for.

    `leads` are words with a capital before a name that are no part of it, `members` plurals that are none before *of*,
    `capitals_only` acronyms that are words too; `openings` the first words of all names, each with the words of the
    longest name that it begins. `persons` are the positions of entries for people, `homes` maps those of entries that
    bear a name only within their country to its ISO code, `holders` are those of people who held an office. `trades`
    and `offices` tell a private person from one of public name; of `shared` words names are made that many bodies have,
    and `parents` maps the positions of entries to what they are a part of, `homelands` to their countries. `acronyms`
    are short names written in capitals that groups bear, by their keys, with the positions of those and the countries
    where each acts; so do organs of state, whose positions are in `organs`, and which act in their own alone.
    """

    countries: Countries
    names: Names
    leads: frozenset[str]
    capitals_only: frozenset[str]
    members: frozenset[str]
    openings: dict[str, int]
    persons: frozenset[int]
    homes: dict[int, str]
    holders: frozenset[int]
    trades: frozenset[str]
    offices: frozenset[str]
    shared: frozenset[str]
    parents: dict[int, int]
    homelands: dict[int, str]
    acronyms: dict[str, dict[int, frozenset[str]]]
    organs: frozenset[int]

    def lands(self, position: int, name: str) -> frozenset[str]:
        """The countries where a group acts that a name, given as a key, tells by no more than its acronym: *PDF*, *PDF
        militia*; empty where it tells more."""
        for word in name.split():
            if position in self.acronyms.get(word, ()):
                return self.acronyms[word][position]
        return frozenset()


def sought(
    countries: Countries,
    names: Names,
    lexicon: Lexicon,
    persons: frozenset[int],
    homes: dict[int, str],
    holders: frozenset[int],
    parents: dict[int, int],
    homelands: dict[int, str],
    acronyms: dict[str, dict[int, frozenset[str]]],
    organs: frozenset[int],
) -> Sought:
    """What texts are looked through for, made once for a registry."""
    openings: dict[str, int] = {}
    for listed in (countries.names, countries.adjectives, countries.seats, names.exact):
        for name in listed:
            first = name.split(" ", 1)[0]
            openings[first] = max(openings.get(first, 0), name.count(" ") + 1)
    leads = signs().leads | lexicon.titles
    return Sought(
        countries,
        names,
        leads,
        lexicon.capitals_only,
        lexicon.members,
        openings,
        persons,
        homes,
        holders,
        lexicon.trades,
        frozenset(lexicon.offices),
        lexicon.shared,
        parents,
        homelands,
        acronyms,
        organs,
    )
