"""What a phrase calls a place that has no known name: its capitalised words, and the noun that belongs to them."""

from collections.abc import Container, Sequence
from functools import lru_cache

from foreshock.places import lexicon
from foreshock.places.gazetteer import NO_TOWNS
from foreshock.places.names import goes_on
from foreshock.places.namesakes import of_many_states
from foreshock.places.phrase import ARTICLES, Phrase
from foreshock.places.recognise import JOINERS, Reading

NAME_GAPS = frozenset((" ", "' ", "’ "))
"""What stands between a name and its noun: *Freedom Square*, *Martyrs' Square*."""


def core(reading: Reading, phrase: Phrase) -> str:
    """The capitalised words of a phrase without a known name, common nouns aside; empty where it has none."""
    found = _core(reading, phrase)
    return reading.text[reading.starts[found[0]] : reading.ends[found[1]]] if found else ""


def _core(reading: Reading, phrase: Phrase) -> tuple[int, int] | None:
    """The first and last word of a phrase's `core`; null where it has none."""
    lists = lexicon.shipped()
    plain, shouted = _no_names()
    inside = reading.inside(phrase.start, phrase.end)
    proper = [
        at
        for at in inside
        if goes_on(reading.words[at]) and reading.keys[at] not in (shouted if reading.loud(at) else plain)
    ]
    if not proper or (proper == [inside[0]] and reading.begins(proper[0]) and reading.keys[proper[0]] in lists.common):
        return None
    first, last = proper[0], proper[-1]
    headed = _part_of_name(reading, inside, last + 1, lists.heads)
    if headed and _part_of_name(reading, inside, first - 1, lists.compass):
        first, last = first - 1, last + 1
    if last + 1 in inside and reading.keys[last + 1].isdigit() and reading.between(last + 1) == " ":
        last += 1  # *National Road 3*
    return first, last


def with_noun(reading: Reading, phrase: Phrase) -> str:
    """A phrase's core with the nouns beside it that say what is called so: *Freedom Square*, *Airport Road*."""
    held = next((name for name in phrase.names if of_many_states(name.key)), None)
    if held is not None:
        return held.text  # *Green Zone*, whose noun is that of a part of any place
    found = _core(reading, phrase)
    if found is None:
        return ""
    first, last = found
    inside = reading.inside(phrase.start, phrase.end)
    while _part_of_name(reading, inside, first - 1, lexicon.shipped().heads) and reading.between(first) == " ":
        first -= 1
    while _part_of_name(reading, inside, last + 1, _site_nouns()) and reading.between(last + 1) in NAME_GAPS:
        last += 1
    return reading.text[reading.starts[first] : reading.ends[last]]


def _part_of_name(reading: Reading, inside: Sequence[int], at: int, words: Container[str]) -> bool:
    """Whether one of `words` stands with a capital at a place: *Southern* and *District* round *Military*."""
    return at in inside and reading.words[at].capital and reading.keys[at] in words


@lru_cache(maxsize=1)
def _no_names() -> tuple[frozenset[str], frozenset[str]]:
    """The words that are no part of a name where they have a capital, and those in a line of capitals."""
    lists = lexicon.shipped()
    plain = lists.compass | lists.heads.keys() | lists.vague | ARTICLES
    return plain, plain | lists.common | lists.locative | lists.organisation_heads | JOINERS


@lru_cache(maxsize=1)
def _site_nouns() -> frozenset[str]:
    """The nouns that are part of a site's, road's or water's name: *Square* of *Freedom Square*."""
    lists = lexicon.shipped()
    return lists.lines | {noun for noun, kinds in lists.heads.items() if kinds & NO_TOWNS}
