"""The registry as it ships: every entry and every index over the names in one file that is read in one go."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import msgspec

from foreshock.actors.lexicon import Lexicon
from foreshock.actors.names import key, near
from foreshock.actors.schema import Actor, Kind
from foreshock.errors import ModelError

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "actors.json"
FORMAT = 3
"""The version of the file; one of another version is refused."""

COMMON_WORD = 50
"""A word in more names than this finds no candidates by itself: *army*, *national*."""


class Countries(msgspec.Struct, frozen=True):
    """What names a country, as keys: its names, the adjectives and peoples, and the seats of its government.

    `territories` are the names, as written, of parts of a country that have organs of their own; `neighbours` maps a
    country's ISO code to those beside it by land.
    """

    names: dict[str, str]
    adjectives: dict[str, str]
    seats: dict[str, str]
    territories: dict[str, str]
    neighbours: dict[str, list[str]]


class Names(msgspec.Struct, frozen=True):
    """The indexes over the entries, which are meant by position.

    `exact` maps a name's key to its bearers, `generic` a description's. `local` has those of `exact` who go by the name
    only within their own country, as *National Guard (Mexico)* by *National Guard*. `organs` maps `SDN government` to
    the entry that stands for that organ, `people` an office's id to its holders' entries in the order of `holders`.
    """

    exact: dict[str, list[int]]
    local: dict[str, list[int]]
    generic: dict[str, list[int]]
    organs: dict[str, int]
    people: dict[str, list[int]]


class Blocks(msgspec.Struct, frozen=True):
    """For names not known letter by letter: block (`names.near`) to words, and word to the keys of names with it."""

    words: dict[str, list[str]]
    names: dict[str, list[str]]


class Compiled(msgspec.Struct, frozen=True):
    """The file. `source` is a digest of what it was made from; `blocks` is decoded only when it is first needed."""

    format: int
    source: str
    lexicon: Lexicon
    countries: Countries
    actors: list[Actor]
    names: Names
    blocks: msgspec.Raw


def read(path: Path = SHIPPED) -> Compiled:
    """The compiled registry. Raises `ModelError` where it is missing, damaged or of another version."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Compiled)
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(f"{path}: the actor registry cannot be read ({error}); reinstall Foreshock") from error
    if found.format != FORMAT:
        raise ModelError(f"{path}: the actor registry has format {found.format}, this version reads {FORMAT}")
    return found


def blocks_over(names: Iterable[str]) -> Blocks:
    """The blocks over the keys of names. Names of one short word are left out: a slip there makes another name."""
    bearers: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if len(name) < 5:
            continue
        for word in dict.fromkeys(name.split()):
            if len(word) >= 3:
                bearers[word].append(name)
    kept = {word: found for word, found in bearers.items() if len(found) <= COMMON_WORD}
    words: dict[str, list[str]] = defaultdict(list)
    for word in kept:
        for block in near(word):
            words[block].append(word)
    return Blocks(dict(words), kept)


def index_names(actors: list[Actor]) -> dict[str, list[int]]:
    """Every name and alias of every entry, as keys, with the positions of its bearers."""
    found: dict[str, list[int]] = defaultdict(list)
    for position, actor in enumerate(actors):
        if actor.kind is Kind.STATE and len(actor.id) == 3:
            continue  # `Countries` names it, so that *Sudan's army* is an organ and not Sudan
        for name in dict.fromkeys((*listed_names(actor), *(bare for bare, _ in bracketed_names(actor)))):
            found[name].append(position)
    return dict(found)


def index_generic(actors: list[Actor]) -> dict[str, list[int]]:
    """Every description that points to an entry within a text, as keys without the article."""
    found: dict[str, list[int]] = defaultdict(list)
    for position, actor in enumerate(actors):
        for name in dict.fromkeys(map(key, actor.generic)):
            found[name.removeprefix("the ")].append(position)
    return dict(found)


def listed_names(actor: Actor) -> list[str]:
    """The name and the aliases of an entry as they stand, as keys without the article."""
    return [full.removeprefix("the ") for name in (actor.name, *actor.aliases) if (full := key(name))]


def bracketed_names(actor: Actor) -> list[tuple[str, str]]:
    """What stands before the brackets of an entry's names, as a key without the article, and what stands in them.

    *Sudan Founding Alliance (Tasis)*: the first is a name of its own; where a country is in the brackets, only in that
    country. An office has none.
    """
    if actor.kind is Kind.OFFICE:
        return []
    found = [name.split("(", 1) for name in (actor.name, *actor.aliases) if "(" in name]
    return [(bare.removeprefix("the "), inside.split(")")[0]) for before, inside in found if (bare := key(before))]
