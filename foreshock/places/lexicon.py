"""The word lists by which places are recognised and read (`data/places/lexicon.yaml`, `common.yaml`)."""

from functools import lru_cache

import msgspec

from foreshock.model.shipped import shipped_table
from foreshock.places.gazetteer import PlaceKind


class Lexicon(msgspec.Struct, frozen=True):
    """Closed lists of lower-case words. `heads` says what kind of place a common noun names, `anaphors` likewise
    for a noun that points back (*the city*)."""

    common: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    organisation_heads: frozenset[str]
    compass: frozenset[str]
    vague: frozenset[str]
    locative: frozenset[str]
    speech: frozenset[str]
    lines: frozenset[str]
    rulers: frozenset[str]
    commanded: frozenset[str]
    national: frozenset[str]
    subnational: frozenset[str]
    owners: frozenset[str]
    scattered: frozenset[str]
    congresses: frozenset[str]
    assemblies: frozenset[str]
    shared: frozenset[str]
    christened: frozenset[str]
    concluded: frozenset[str]
    states: frozenset[str]
    joints: frozenset[str]
    beginnings: frozenset[str]
    articles: frozenset[str]
    heads: dict[str, frozenset[PlaceKind]]
    anaphors: dict[str, PlaceKind]


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists as the file writes them, words between spaces."""

    titles: str
    given_names: str
    organisation_heads: str
    compass: str
    vague: str
    locative: str
    speech: str
    lines: str
    rulers: str
    commanded: str
    national: str
    subnational: str
    owners: str
    scattered: str
    congresses: str
    assemblies: str
    shared: str
    christened: str
    concluded: str
    states: str
    joints: str
    beginnings: str
    articles: str
    place_heads: dict[str, str]
    anaphors: dict[str, str]


class _Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: str


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The shipped lists. Raises `ModelError` where a file is missing or broken."""
    lists = shipped_table("data/places/lexicon.yaml", _Lists)
    heads: dict[str, set[PlaceKind]] = {}
    for kind, listed in lists.place_heads.items():
        for word in listed.split():
            heads.setdefault(word, set()).add(PlaceKind[kind.upper()])
    anaphors: dict[str, PlaceKind] = {}
    for kind, listed in lists.anaphors.items():
        for word in listed.split():
            anaphors.setdefault(word, PlaceKind[kind.upper()])
    words = {name: frozenset(getattr(lists, name).split()) for name in Lexicon.__struct_fields__[1:-2]}
    return Lexicon(
        common=frozenset(shipped_table("data/places/common.yaml", _Common).words.split()),
        heads={word: frozenset(kinds) for word, kinds in heads.items()},
        anaphors=anaphors,
        **words,
    )


class Spelling(msgspec.Struct, frozen=True):
    """Letters that romanisations exchange, each pair in both directions, and articles that come and go."""

    swaps: tuple[tuple[str, str], ...]
    articles: tuple[str, ...]


class _Spelling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    swaps: str
    articles: str


@lru_cache(maxsize=1)
def spelling() -> Spelling:
    """The shipped rules of spelling. Raises `ModelError` as `shipped`."""
    found = shipped_table("data/places/spelling.yaml", _Spelling)
    pairs = [tuple(pair.split(":")) for pair in found.swaps.split()]
    swaps = tuple(dict.fromkeys(both for one, other in pairs for both in ((one, other), (other, one))))
    return Spelling(swaps, tuple(found.articles.split()))


@lru_cache(maxsize=1)
def role_classes() -> dict[str, frozenset[str]]:
    """The classes of words by which a mention's role is told, by name. Raises `ModelError` as `shipped`."""
    return {
        name: frozenset(words.split())
        for name, words in shipped_table("data/places/roles.yaml", dict[str, str]).items()
    }
