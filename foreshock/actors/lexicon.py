"""The words by which a mention is read: titles, fillers, nouns for organs, offices, groups and people."""

from typing import Any

import msgspec

from foreshock.actors.names import key


class OrganEntry(msgspec.Struct, frozen=True):
    """What an organ is when a state has it: its sector, and the name of its generated entry, null for none."""

    sector: str
    name: str | None


class Lexicon(msgspec.Struct, frozen=True):
    """Closed lists, all as keys (see `names.key`).

    `capitals_only` are acronyms that are words too: *WHO* is one, *Who* is not. `organs` maps a noun to the organ
    that it names after a country, `offices` a noun to the ends of the ids of the offices that it may mean, `sectors`
    a noun for people or groups to its PLOVER sector, `proper_heads` likewise for the head of a proper name. `members`
    are the plurals that before *of* say which of a group are meant, and are no part of its name; `national` are names
    that after a country's mean its own society and not the international body, `shared` the words that make names
    which bodies of many states have; `trades` are what private persons are, and holders of an office never.
    `worldwide` are acronyms of state organs that mean them wherever they are named.
    """

    titles: frozenset[str]
    fillers: frozenset[str]
    former: frozenset[str]
    pronouns: frozenset[str]
    prepositions: frozenset[str]
    partitives: frozenset[str]
    related_after: frozenset[str]
    related_before: frozenset[str]
    lesser: frozenset[str]
    definite: frozenset[str]
    private: frozenset[str]
    whole_organs: frozenset[str]
    capitals_only: frozenset[str]
    organs: dict[str, str]
    organ_entries: dict[str, OrganEntry]
    offices: dict[str, tuple[str, ...]]
    sectors: dict[str, str]
    proper_heads: dict[str, str]
    members: frozenset[str]
    national: frozenset[str]
    trades: frozenset[str]
    shared: frozenset[str]
    worldwide: frozenset[str]


def lexicon(lists: dict[str, Any]) -> Lexicon:
    """The lexicon in `data/actor-words.yaml`, as read. Raises `KeyError` where a list is missing."""
    plain = [field.name for field in msgspec.structs.fields(Lexicon) if field.type == frozenset[str]]
    return Lexicon(
        **{name: frozenset(_split(lists[name])) for name in plain},
        organs=_inverted(lists["organs"]),
        organ_entries={name: OrganEntry(**entry) for name, entry in lists["organ_entries"].items()},
        offices={key(noun): tuple(ends.split()) for noun, ends in lists["offices"].items()},
        sectors=_inverted(lists["sectors"]),
        proper_heads=_inverted(lists["proper_heads"]),
    )


def _split(words: str) -> list[str]:
    return [key(word) for word in words.split(",")]


def _inverted(lists: dict[str, str]) -> dict[str, str]:
    """From lists of nouns by name to the name by noun; the first list that has a noun keeps it."""
    found: dict[str, str] = {}
    for name, words in lists.items():
        for word in _split(words):
            found.setdefault(word, name)
    return found
