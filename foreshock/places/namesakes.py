"""Whether a bearer of a name may be meant far from where a text speaks: by its name and what else is called so."""

from foreshock.places import lexicon
from foreshock.places.context import Name, contains
from foreshock.places.gazetteer import Entry, PlaceKind, bones_of
from foreshock.places.names import key
from foreshock.places.phrase import MAIN_NAME
from foreshock.places.recognise import JOINERS
from foreshock.places.sounds import skeleton

CITY = 200_000
"""People from which a city is known far from its own country, as Geneva, where its name means nothing else."""

RIVAL = 5
"""How many times as large as the next of its name such a city is."""


def bears_as_main(known: Name, entry: Entry) -> bool:
    """Whether a name is an entry's main one."""
    return any(one.entry.id == entry.id and one.grade == MAIN_NAME for one in known.candidates)


def known_afar(known: Name, entry: Entry) -> bool:
    """Whether a city is known by its bare name in a text on another country: *Geneva*, in one on Libya.

    Not where the name is also another town's of some size (*San Fernando*, *Pamplona*), nor where a common noun says
    that something else is called so (*Bole airport*, *Paradise Square*).
    """
    if entry.kind is not PlaceKind.SETTLEMENT or entry.population < CITY or not bears_as_main(known, entry):
        return False
    if known.heads and PlaceKind.SETTLEMENT not in known.heads:
        return False
    others = (one.entry for one in known.candidates if one.entry.kind is PlaceKind.SETTLEMENT)
    return all(other.id == entry.id or RIVAL * other.population <= entry.population for other in others)


def called_so(known: Name, entry: Entry) -> bool:
    """Whether a name is an entry's main one, its beginning (*Biel/Bienne*), it written otherwise (*Miran Shah*), or
    one that it shares with its province (*Stepanakert*)."""
    main, bones = key(entry.name), bones_of(known.key)
    if bears_as_main(known, entry) or main.startswith(f"{known.key} "):
        return True
    if any(one.entry.kind is PlaceKind.ADMIN1 and contains(one.entry, entry) for one in known.candidates):
        return True
    return bones is not None and bones == skeleton(main.replace(" ", ""))


def of_common_words(name_key: str) -> bool:
    """Whether a name consists of words that are no names by themselves: *Red Cross*, *Western Province*."""
    lists = lexicon.shipped()
    plain = (lists.common, lists.compass, lists.heads, lists.vague, lists.organisation_heads, JOINERS)
    return all(any(word in words for words in plain) for word in name_key.split())


def of_many_states(name_key: str) -> bool:
    """Whether many countries call something of theirs so: *Independence Square*, *the Green Zone*."""
    lists = lexicon.shipped()
    words = name_key.split()
    return not lists.shared.isdisjoint(words) and all(word in lists.shared or word in lists.heads for word in words)
