"""The word lists by which places are recognised and read (`data/places/lexicon.yaml`, `common.yaml`)."""

from functools import lru_cache

import msgspec

from foreshock.model.shipped import Words, shipped_table
from foreshock.places.gazetteer import PlaceKind


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Closed lists of lower-case words."""

    titles: Words
    given_names: Words
    organisation_heads: Words
    compass: Words
    vague: Words
    locative: Words
    speech: Words
    lines: Words
    rulers: Words
    commanded: Words
    national: Words
    subnational: Words
    owners: Words
    scattered: Words
    congresses: Words
    assemblies: Words
    shared: Words
    christened: Words
    concluded: Words
    states: Words
    joints: Words
    houses: Words
    tongues: Words
    seats: Words
    beginnings: Words
    articles: Words


class _Written(_Lists, frozen=True):
    """The lists as `data/places/lexicon.yaml` has them, nouns by the kind of place."""

    place_heads: dict[str, Words]
    anaphors: dict[str, Words]


class Lexicon(_Lists, frozen=True):
    """The lists, and those of `data/places/common.yaml`. `heads` says what kinds of place a common noun names,
    `anaphors` what kind a noun that points back does (*the city*)."""

    common: Words
    heads: dict[str, frozenset[PlaceKind]]
    anaphors: dict[str, PlaceKind]


class _Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: Words


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The shipped lists. Raises `ModelError` where a file is missing or broken."""
    lists = shipped_table("data/places/lexicon.yaml", _Written)
    heads: dict[str, set[PlaceKind]] = {}
    anaphors: dict[str, PlaceKind] = {}
    for kind, nouns in lists.place_heads.items():
        for noun in nouns:
            heads.setdefault(noun, set()).add(PlaceKind[kind.upper()])
    for kind, nouns in lists.anaphors.items():
        for noun in nouns:
            anaphors.setdefault(noun, PlaceKind[kind.upper()])
    return Lexicon(
        **{name: getattr(lists, name) for name in _Lists.__struct_fields__},
        common=shipped_table("data/places/common.yaml", _Common).words,
        heads={noun: frozenset(kinds) for noun, kinds in heads.items()},
        anaphors=anaphors,
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
    return dict(shipped_table("data/places/roles.yaml", dict[str, Words]))
