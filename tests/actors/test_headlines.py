"""The capitals of a headline, of which no word need be a name."""

from foreshock.actors.context import context_of
from foreshock.actors.resolve import Registry
from foreshock.model.vocabulary import EventType
from tests.actors.conftest import Told, statements


def test_a_headline_s_last_word_is_not_joined_to_the_next_line(registry: Registry) -> None:
    text = "Rebels enter Gumra\nWadai Post, 21 August 2026\n\nRebels entered Gumra on Thursday."
    assert registry.resolve("Gumra", context_of(text, None, registry.sought)) is None


def test_the_capitals_of_a_headline_make_no_new_group(registry: Registry) -> None:
    text = "The Dying Republic Stands Alone\n\nIn Bosnia, the government fell."
    (fell,) = statements(text, registry, Told("Stands", ("The Dying Republic",), type=EventType.REJECT))
    assert (fell.actors[0].id, fell.actors[0].sector) == (None, None)


def test_a_group_that_the_body_names_too_is_new_in_the_headline(registry: Registry) -> None:
    text = "Gumra Battalion Takes Omdurman Bridge\n\nThe Gumra Battalion took a bridge in Sudan on Monday."
    (took,) = statements(text, registry, Told("Takes", ("Gumra Battalion",)))
    assert took.actors[0].id == "new:gumra-battalion"


def test_shouted_words_make_no_new_group(registry: Registry) -> None:
    text = "OUR FORCES REPELLED THE ENEMY. OUR VALIANT FORCES TOOK BUTEMBO. The ENEMY fled Our Valiant Forces."
    repelled, took, fled = statements(
        text,
        registry,
        Told("REPELLED", ("OUR FORCES",), ("THE ENEMY",)),
        Told("TOOK", ("OUR VALIANT FORCES",), ("BUTEMBO",)),
        Told("fled", ("The ENEMY",), ("Our Valiant Forces",)),
    )
    people = [*repelled.recipients, *took.actors, *took.recipients, *fled.actors, *fled.recipients]
    assert {one.id for one in people} == {None}
    assert took.actors[0].sector == "MIL"
