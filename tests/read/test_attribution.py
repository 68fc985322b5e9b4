"""Who a pronoun or a bare surname stands for."""

import pytest

from foreshock.model.vocabulary import SourceKind
from foreshock.read.attribution import Names

PERSON = SourceKind.PERSON


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Andriy Rukomeda fled. Meanwhile Rukomeda said no.", "Rukomeda", "Andriy Rukomeda"),
        ("Meanwhile Rukomeda said no.", "Rukomeda", None),
        ("They met in Kyiv.\nIn Kyiv\nRukomeda said no.", "Rukomeda", None),
        ("Yesterday General Smith spoke. Smith said no.", "Smith", "General Smith"),
        ("KYIV — On Monday General Smith spoke. Smith said no.", "Smith", "General Smith"),
        (
            "“But Deputy Prime Minister Olha Koval left,” he said. Koval denied it.",
            "Koval",
            "Deputy Prime Minister Olha Koval",
        ),
        ("Kyiv\nOlha Koval spoke.", "Koval", "Olha Koval"),
        ("Olha Koval’s aide spoke.", "Koval", "Olha Koval"),
        ("Ivan Koval left. Olha Koval stayed.", "Koval", "Ivan Koval"),
        ("Ivan Koval left. Olha Koval stayed.", "Olha Koval", None),
        ("Ivan Petrenko Koval left. Olha Koval stayed.", "Olha Koval", None),
        ("Ivan Koval left. Mr Koval was ill.", "Mr Koval", "Ivan Koval"),
        ("Will Smith left.", "Smith", "Will Smith"),
    ],
)
def test_a_surname_takes_the_fullest_form_in_the_text(text: str, words: str, name: str | None) -> None:
    assert Names(text).name(words, PERSON) == name


def test_a_pronoun_takes_the_source_last_named() -> None:
    names = Names("Ivan Koval and Olha Moroz spoke.")
    names.name("Koval", PERSON)
    assert names.name("he", PERSON) == "Ivan Koval"
    names.name("the ministry", SourceKind.ORGANISATION)
    assert names.name("He", PERSON) == "Ivan Koval"
    assert names.name("it", SourceKind.ORGANISATION) == "the ministry"


def test_she_is_nobody_who_was_he() -> None:
    names = Names("Ivan Koval and Olha Moroz spoke.")
    names.name("Koval", PERSON)
    names.name("he", PERSON)
    assert names.name("she", PERSON) is None
    names.name("Moroz", PERSON)
    assert names.name("she", PERSON) == "Olha Moroz"
    assert names.name("he", PERSON) == "Ivan Koval"
    assert names.name("she", PERSON) == "Olha Moroz"


def test_a_title_says_which_pronoun() -> None:
    names = Names("Mrs Moroz spoke.")
    names.name("Mrs Moroz", PERSON)
    assert names.name("he", PERSON) is None
    assert names.name("she", PERSON) == "Mrs Moroz"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Residents of Menaka", "Ivan Koval"),
        ("Eyewitnesses from Kidal", "Ivan Koval"),
        ("Three men in Gao", "Ivan Koval"),
        ("Police", "Ivan Koval"),
        ("Six of his colleagues", "Ivan Koval"),
        # near it: one person each
        ("A witness in Gao", "A witness in Gao"),
        ("A witness", "A witness"),
        ("One of his colleagues", "One of his colleagues"),
        ("An envoy of the rebels", "An envoy of the rebels"),
        ("A spokesman for the United Nations", "A spokesman for the United Nations"),
    ],
)
def test_several_people_are_not_he(words: str, said: str) -> None:
    names = Names(f"Ivan Koval spoke. {words} spoke.")
    names.name("Ivan Koval", PERSON)
    names.name(words, SourceKind.ROLE)
    assert names.name("He", SourceKind.ROLE) == said
