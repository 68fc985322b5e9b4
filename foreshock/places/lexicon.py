"""The word lists by which places are recognised and read (`data/places/lexicon.yaml`, `common.yaml`)."""

from functools import lru_cache

import msgspec

from foreshock.places.gazetteer import PlaceKind
from foreshock.places.lists import read_list


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
    heads: dict[str, frozenset[PlaceKind]]
    anaphors: dict[str, PlaceKind]


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The shipped lists. Raises `ModelError` where a file is missing or broken."""
    lists = read_list("lexicon.yaml")
    heads: dict[str, set[PlaceKind]] = {}
    for kind, words in lists["place_heads"].items():
        for word in words.split():
            heads.setdefault(word, set()).add(PlaceKind[kind.upper()])
    anaphors: dict[str, PlaceKind] = {}
    for kind, words in lists["anaphors"].items():
        for word in words.split():
            anaphors.setdefault(word, PlaceKind[kind.upper()])
    words = {name: frozenset(lists[name].split()) for name in Lexicon.__struct_fields__[1:-2]}
    return Lexicon(
        common=frozenset(read_list("common.yaml")["words"].split()),
        heads={word: frozenset(kinds) for word, kinds in heads.items()},
        anaphors=anaphors,
        **words,
    )


class Spelling(msgspec.Struct, frozen=True):
    """Letters that romanisations exchange, each pair in both directions, and articles that come and go."""

    swaps: tuple[tuple[str, str], ...]
    articles: tuple[str, ...]


@lru_cache(maxsize=1)
def spelling() -> Spelling:
    """The shipped rules of spelling. Raises `ModelError` as `shipped`."""
    found = read_list("spelling.yaml")
    pairs = [tuple(pair.split(":")) for pair in found["swaps"].split()]
    swaps = tuple(dict.fromkeys(both for one, other in pairs for both in ((one, other), (other, one))))
    return Spelling(swaps, tuple(found["articles"].split()))


@lru_cache(maxsize=1)
def role_classes() -> dict[str, frozenset[str]]:
    """The classes of words by which a mention's role is told, by name. Raises `ModelError` as `shipped`."""
    return {name: frozenset(words.split()) for name, words in read_list("roles.yaml").items()}
