"""Names inflected in Russian, Ukrainian and Arabic, names that sound like ones the index holds, and what it lacks."""

import pytest

from foreshock.places.gazetteer import Gazetteer
from foreshock.places.inflection import base_forms
from foreshock.places.locate import shipped
from foreshock.places.resolution import Located
from foreshock.places.variants import find_by_sound

RUSSIAN = "Бои идут в Покровске и под Бахмутом, обстреляли Белгородскую область, взрывы в Грозном и у Харькова."
UKRAINIAN = "Бої тривають у Куп'янську та під Вовчанськом, у Києві лунала тривога, у Львові тихо."
ARABIC = "اندلعت اشتباكات بالخرطوم وبورتسودان والفاشر"


def located(text: str, name: str) -> Located:
    start = text.index(name)
    return shipped().locate(text, [(start, start + len(name))])[0]


@pytest.mark.parametrize(
    ("text", "name", "place", "country"),
    [
        (RUSSIAN, "Покровске", "Pokrovsk", "UKR"),
        (RUSSIAN, "Бахмутом", "Bakhmut", "UKR"),
        (RUSSIAN, "Белгородскую область", "Belgorod Oblast", "RUS"),
        (RUSSIAN, "Грозном", "Grozny", "RUS"),
        (RUSSIAN, "Харькова", "Kharkiv", "UKR"),
        (UKRAINIAN, "Куп'янську", "Kupyansk", "UKR"),
        (UKRAINIAN, "Вовчанськом", "Vovchansk", "UKR"),
        (UKRAINIAN, "Києві", "Kyiv", "UKR"),
        (UKRAINIAN, "Львові", "Lviv", "UKR"),
        (ARABIC, "بالخرطوم", "Khartoum", "SDN"),
        (ARABIC, "وبورتسودان", "Port Sudan", "SDN"),
        (ARABIC, "والفاشر", "El Fasher", "SDN"),
    ],
)
def test_an_inflected_name_is_the_place_itself(text: str, name: str, place: str, country: str) -> None:
    found = located(text, name).place
    assert (found.name, found.country) == (place, country)


def test_a_latin_name_has_no_other_forms() -> None:
    assert list(base_forms("bakhmuta")) == []


def test_inflected_names_are_found_after_a_preposition() -> None:
    found = {mention.text for mention in shipped().mentions(RUSSIAN)}
    assert {"Покровске", "Бахмутом", "Грозном"} <= found


def test_an_odd_transliteration_is_taken_for_the_town_of_the_documents_country() -> None:
    text = (
        "Bandits raided Dansadau in Zamfara State, Nigeria, on Monday. Soldiers from Gusau came late, "
        "people in Dansadau said; the Nigerian army denied it."
    )
    found = located(text, "Dansadau")
    assert (found.place.name, found.place.country, found.place.admin1) == ("Dan Sadau", "NGA", "Zamfara State")
    assert found.place.reason is not None and "another spelling" in found.place.reason


@pytest.mark.parametrize(
    ("name", "text", "country"),
    [
        (
            "Anggruk",
            "Rebels burned a school at Anggruk on Friday. Jayapura sent police to the highlands of Papua, Indonesia; "
            "people fled from Anggruk to Wamena.",
            "IDN",
        ),
        (
            "Solino",
            "Haitian gangs burned houses in Solino on Friday. Port-au-Prince has few police left. Kenya and the United "
            "States promised help; Washington sent vehicles to Haiti, Americans said.",
            "HTI",
        ),
    ],
)
def test_a_name_is_not_taken_for_one_like_it_where_the_text_does_not_speak_of(
    name: str, text: str, country: str
) -> None:
    found = located(text, name).place
    assert (found.name, found.country) == (name, country)


def test_a_sound_is_never_enough_in_another_country_or_for_a_short_name() -> None:
    gazetteer = Gazetteer()
    assert find_by_sound(gazetteer, "dansadau", "SDN") is None
    assert find_by_sound(gazetteer, "kono", "NGA") is None


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Kerem Shalom", "ISR", "Southern District"),
        ("Nyarugusu", "TZA", "Kigoma"),
        ("Sharara", "LBY", "Murzuq District"),
    ],
)
def test_crossings_camps_and_oil_fields_are_held(name: str, country: str, admin1: str) -> None:
    found = located(f"The road to {name} was cut.", name).place
    assert (found.country, found.admin1) == (country, admin1)


def test_what_the_index_lacks_says_so() -> None:
    text = "Gunmen came to Vrelnitsatown near Kutum in North Darfur, Sudan."
    assert located(text, "Vrelnitsatown").no_match == 1.0
    known = located(text, "Kutum")
    assert known.no_match is not None and known.no_match < 0.3
    assert known.link is not None and known.link > 0.6
