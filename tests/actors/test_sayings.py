"""Who is meant by *it* and *they* where somebody is quoted, and by *they said* after a sentence with a source."""

import pytest

from foreshock.actors.resolve import Registry
from foreshock.model.vocabulary import SourceKind
from tests.actors.conftest import Told, statements

BODY = SourceKind.ORGANISATION


@pytest.mark.parametrize(
    ("text", "source", "kind", "cue", "pronoun", "identity"),
    [
        ("Fano shelled Lalibela in Ethiopia. The army said it had killed ten.",
         "The army", BODY, "said", "it", "eth-endf"),
        ("Fano shelled Lalibela in Ethiopia. The army said late on Friday that it had killed ten.",
         "The army", BODY, "said", "it", "eth-endf"),
        ("Fano shelled Lalibela in Ethiopia. The army told reporters it had killed ten.",
         "The army", BODY, "told", "it", "eth-endf"),
        ("Fano shelled Lalibela in Ethiopia. Turkey said that it had killed ten.",
         "Turkey", BODY, "said", "it", "tur"),
        ("Fano shelled Lalibela in Ethiopia. The prison service said it had killed ten.",
         "The prison service", BODY, "said", "it", None),
        ("Fano shelled Lalibela in Ethiopia. Traders in Gondar said they had killed ten.",
         "Traders in Gondar", SourceKind.ROLE, "said", "they", None),
        ("Fano shelled Lalibela in Ethiopia. The army claimed it killed ten.",
         "The army", BODY, "claimed", "it", "eth-endf"),
        ("Fano shelled Lalibela in Ethiopia. The army denied it had killed ten.",
         "The army", BODY, "denied", "it", "eth-endf"),
        # near it, and as they were
        ("Fano shelled Lalibela in Ethiopia. The army called it a band that killed ten.",
         "The army", BODY, "called", "it", "eth-fano"),
        ("Fano shelled Lalibela in Ethiopia. The army announced it on Monday: ten were killed.",
         "The army", BODY, "announced", "it", "eth-fano"),
        ("Fano shelled Lalibela in Ethiopia. The army denounced it: ten were killed.",
         "The army", BODY, "denounced", "it", "eth-fano"),
        ("Fano shelled Lalibela in Ethiopia. The army said Amhara knew it had killed ten.",
         "The army", BODY, "said", "it", "eth-fano"),
        ("Fano shelled Lalibela in Ethiopia. An officer said it had killed ten.",
         "An officer", SourceKind.ROLE, "said", "it", "eth-fano"),
        ("Fano shelled Lalibela in Ethiopia. Abiy Ahmed said it had killed ten.",
         "Abiy Ahmed", SourceKind.PERSON, "said", "it", "eth-fano"),
        ("Fano shelled Lalibela in Ethiopia, the army said. It had killed ten.",
         "the army", BODY, "said", "It", "eth-fano"),
    ],
)  # fmt: skip
def test_it_right_behind_a_verb_of_speech_is_the_body_that_speaks(
    text: str, source: str, kind: SourceKind, cue: str, pronoun: str, identity: str | None, registry: Registry
) -> None:
    shelled = Told("shelled", ("Fano",))
    killed = Told("killed", (pronoun,), source=source, source_kind=kind, cue=cue)
    assert statements(text, registry, shelled, killed)[1].actors[0].id == identity


@pytest.mark.parametrize(
    ("text", "who", "whom", "identity"),
    [
        ("Fano left Lalibela in Ethiopia. Fano bombed it.", "Fano", "it", None),
        ("Fano left Lalibela in Ethiopia. They bombed them.", "They", "them", None),
        # near it, and as they were
        ("Fano left Lalibela in Ethiopia. Pilots bombed it.", "Pilots", "it", "eth-fano"),
        ("Fano left Lalibela in Ethiopia. Fano bombed itself.", "Fano", "itself", "eth-fano"),
        ("Fano left Lalibela in Ethiopia. Fano bombed its camp.", "Fano", "its", "eth-fano"),
    ],
)
def test_nobody_does_to_it_what_it_does(
    text: str, who: str, whom: str, identity: str | None, registry: Registry
) -> None:
    left, bombed = statements(text, registry, Told("left", ("Fano",)), Told("bombed", (who,), (whom,)))
    assert left.actors[0].id == "eth-fano" and bombed.recipients[0].id == identity


@pytest.mark.parametrize(
    ("text", "source", "kind", "accused", "pronoun", "name"),
    [
        ("Doctors in Goma said M23 had shelled it. They said nine were dead.",
         "Doctors in Goma", SourceKind.ROLE, "M23", "They", "Doctors in Goma"),
        ("Survivors said M23 had shelled Goma. They said nine were dead.",
         "Survivors", SourceKind.ROLE, "M23", "They", "Survivors"),
        ("The defence ministry said M23 had shelled Goma. It said nine were dead.",
         "The defence ministry", BODY, "M23", "It", "The defence ministry"),
        ("The report says M23 had shelled Goma. It says nine were dead.",
         "The report", SourceKind.DOCUMENT, "M23", "It", "The report"),
        ("A shepherd said Paul Kagame had shelled Goma. He said nine were dead.",
         "A shepherd", SourceKind.ROLE, "Paul Kagame", "He", "A shepherd"),
        ("Torres said Paul Kagame had shelled Goma. He said nine were dead.",
         "Torres", SourceKind.PERSON, "Paul Kagame", "He", "Torres"),
        # near it, and as they were
        ("Shots were heard, a priest said. Paul Kagame shelled Goma. He said nine were dead.",
         "a priest", SourceKind.ROLE, "Paul Kagame", "He", "Paul Kagame"),
        ("The boss of a mine said M23 had shelled Goma. They said nine were dead.",
         "The boss of a mine", SourceKind.ROLE, "M23", "They", "March 23 Movement"),
        ("Ross said M23 had shelled Goma. They said nine were dead.",
         "Ross", SourceKind.PERSON, "M23", "They", "March 23 Movement"),
    ],
)  # fmt: skip
def test_who_says_more_is_who_spoke_and_not_whom_he_spoke_of(
    text: str, source: str, kind: SourceKind, accused: str, pronoun: str, name: str, registry: Registry
) -> None:
    speaks = "heard" if "heard" in text else "shelled"
    told = [Told(speaks, () if speaks == "heard" else (accused,), source=source, source_kind=kind)]
    told += [Told("shelled", (accused,))] if speaks == "heard" else []
    said = Told("were dead", source=pronoun)
    assert statements(text, registry, *told, said)[-1].sources[0].name == name


def test_a_ministry_is_not_the_government_that_spoke_before(registry: Registry) -> None:
    text = "The government of Chad met. The government said the strike was over. The ministry said it was not."
    over, was_not = Told("over", source="The government", cue="said"), Told("was not", source="The ministry")
    assert [one.sources[0].name for one in statements(text, registry, over, was_not)] == ["Government of Chad", None]


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("President Goïta", "A lawmaker", "A lawmaker"),
        ("President Goïta", "A Tuareg trader", "A Tuareg trader"),
        ("President Goïta", "An official in Gao", "An official in Gao"),
        # near it, and as they were
        ("President Goïta", "Residents of Gao", "Assimi Goïta"),
        ("President Goïta", "The ruling faction", "Assimi Goïta"),
        ("A lawmaker", "President Goïta", "Assimi Goïta"),
    ],
)
def test_he_said_is_who_spoke_in_the_sentence_before_even_without_a_name(
    first: str, second: str, name: str, registry: Registry
) -> None:
    text = f'{first} said ten died. {second} told Radio Kidal that rebels looted. "Troops fled," he said.'
    told = [Told("died", source=first), Told("looted", source=second), Told("fled", source="he")]
    assert statements(text, registry, *told)[2].sources[0].name == name
