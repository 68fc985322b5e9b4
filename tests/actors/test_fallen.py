"""Who is meant by an office in the days when it changes hands, and by a country that is named only with an office."""

import datetime

import pytest

from foreshock.actors.resolve import Registry
from tests.actors.conftest import Told, statements


@pytest.mark.parametrize(
    ("text", "trigger", "whom", "date", "name"),
    [
        ("Gabon's president was arrested.", "arrested", "Gabon's president", "2023-08-30", "Ali Bongo Ondimba"),
        ("Soldiers toppled Gabon's president.", "toppled", "Gabon's president", "2023-09-01", "Ali Bongo Ondimba"),
        ("Iran's president died in a crash.", "died", "Iran's president", "2024-05-20", "Ebrahim Raisi"),
        ("Syria fell. The president fled.", "fled", "The president", "2024-12-08", "Bashar al-Assad"),
        # nobody falls, or long after
        ("Gabon's president was cheered.", "cheered", "Gabon's president", "2023-09-01", "Brice Oligui Nguema"),
        ("Gabon's president was arrested.", "arrested", "Gabon's president", "2024-09-01", "Brice Oligui Nguema"),
    ],
)
def test_the_president_who_falls_is_the_one_before(
    text: str, trigger: str, whom: str, date: str, name: str, registry: Registry
) -> None:
    told = Told(trigger, recipients=(whom,)) if trigger != "fled" else Told(trigger, (whom,))
    found = statements(text, registry, told, date=datetime.date.fromisoformat(date))[0]
    assert [one.name for one in (*found.actors, *found.recipients)] == [name]


def test_who_arrests_is_the_one_who_rules_now(registry: Registry) -> None:
    told = Told("arrested", ("Gabon's president",), ("ministers",))
    found = statements("Gabon's president arrested ministers.", registry, told, date=datetime.date(2023, 9, 1))[0]
    assert found.actors[0].name == "Brice Oligui Nguema"


def test_a_country_named_with_an_office_alone_is_named(registry: Registry) -> None:
    text = "Tunisian President Kais Saied froze the parliament."
    found = statements(text, registry, Told("froze", ("Kais Saied",), ("the parliament",)))[0]
    assert found.recipients[0].country == "TUN"


def test_whom_a_president_dismisses_is_not_himself(registry: Registry) -> None:
    text = "Tunisian President Kais Saied dismissed the prime minister."
    found = statements(text, registry, Told("dismissed", ("Kais Saied",), ("the prime minister",)))[0]
    assert found.recipients[0].name != "Kais Saied"


@pytest.mark.parametrize("organ", ["Papua police", "Papua officials"])
def test_the_police_of_a_region_are_not_the_rebels_named_after_it(organ: str, registry: Registry) -> None:
    text = f"{organ} said the West Papua National Liberation Army freed the pilot."
    found = statements(text, registry, Told("freed", ("West Papua National Liberation Army",), source=organ))[0]
    assert found.actors[0].name == "West Papua National Liberation Army"
    assert found.sources[0].name is None


@pytest.mark.parametrize(("mention", "country"), [("Ecuadorian police", "ECU"), ("Nepali soldiers", "NPL")])
def test_second_spellings_of_a_people_are_theirs(mention: str, country: str, registry: Registry) -> None:
    found = statements(f"{mention} mutinied.", registry, Told("mutinied", (mention,)))[0]
    assert found.actors[0].country == country
    assert not (found.actors[0].id or "").startswith("new:")


def test_khomeini_is_not_khamenei(registry: Registry) -> None:
    told = Told("returned", ("Ayatollah Khomeini",))
    found = statements("Ayatollah Khomeini returned to Tehran.", registry, told, date=datetime.date(1979, 2, 1))[0]
    assert found.actors[0].name == "Ruhollah Khomeini"
