"""Words with a capital that are a place's name elsewhere, and none where they stand."""

import pytest

from foreshock.places.locate import shipped


def named(text: str) -> list[str]:
    return [mention.text for mention in shipped().mentions(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("DHAKA, 6 June (Delta Wire) — Troops left Sylhet.", ["DHAKA", "Sylhet"]),
        ("# A title\n\nN'DJAMENA, 3 November (Sahel Dispatch) — Troops died in Sarh.", ["N'DJAMENA", "Sarh"]),
        ("GOMA (Juba Institute for Public Affairs) - Troops died in Bukavu.", ["GOMA", "Bukavu"]),
        ("BATKEN, 17 May (Batken Post) — Troops left Bishkek.", ["BATKEN", "Batken", "Bishkek"]),
        ("BAGHDAD, 27 April (Iraq Relief Desk) — Troops left.", ["BAGHDAD", "Iraq"]),
        ("MAKSAT, 17 May (Batken Chronicle) — Troops left Batken.", ["Batken", "Batken"]),
        ("QARAQOSH, 14 January (Nineveh Plain Gazette) — Troops left.", ["QARAQOSH", "Nineveh"]),
        ("GOMA, 6 June (DR Congo) — Troops left Bukavu.", ["GOMA", "DR Congo", "Bukavu"]),
        ("WARRI, 6 June (Delta State) — Troops left Asaba.", ["WARRI", "Delta State", "Asaba"]),
        ("The army shut one road (Goma to Sake, Kivu Post said) — and left.", ["Goma", "Sake", "Kivu"]),
    ],
)
def test_the_outlet_of_a_dateline_is_no_place(text: str, places: list[str]) -> None:
    assert named(text) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The secretary of Mont-Ngafula left Kinshasa.", ["Kinshasa"]),
        ("Trucks left Kara-Keche in Kyrgyzstan.", ["Kyrgyzstan"]),
        ("The Goma-Bukavu road was cut.", ["Goma"]),
        ("The Kenya-Somalia border is shut.", ["Kenya", "Somalia"]),
        ("Soldiers left Port-au-Prince.", ["Port-au-Prince"]),
        ("The Iran-Contra files were opened.", ["Iran"]),
    ],
)
def test_the_beginning_of_a_hyphenated_name_is_no_place(text: str, places: list[str]) -> None:
    assert [name for name in named(text) if name != "Bukavu"] == places


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        ("Gunmen in Lebanon rode into Ain el-Remmaneh near Beirut.", "Ain el-Remmaneh", "Ain el-Remmaneh", "LBN"),
        ("Gunmen in Lebanon rode into Ain el-Remmaneh near Beirut.", "Ain", "Ain", "LBN"),
        ("In Lebanon men fired in Ain el-Hilweh near Sidon.", "Ain el-Hilweh", "Ain al-Hilweh", "LBN"),
        ("A hospital in Dasht-e Barchi, Kabul, was hit.", "Dasht-e Barchi", "Dasht-e Barchi", "AFG"),
        ("Mali's rebels hold the Adrar des Ifoghas.", "Adrar des Ifoghas", "Adrar des Ifoghas", "MLI"),
        ("Brazilian guards left Mato Grosso do Sul.", "Mato Grosso do Sul", "Mato Grosso do Sul", "BRA"),
    ],
)
def test_a_name_that_goes_on_is_not_what_it_begins_with(text: str, words: str, name: str, country: str) -> None:
    start = text.index(words)
    place = shipped().locate(text, [(start, start + len(words))])[0].place
    assert (place.name, place.country) == (name, country)


def test_what_begins_a_longer_name_is_no_mention() -> None:
    text = "In Mosul al-Qaeda fired. Shots fell in Ain el-Remmaneh, in the Adrar des Ifoghas and in Rio de Janeiro."
    assert [text[start:end] for start, end in shipped().named(text)] == ["Mosul", "Rio de Janeiro"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bolivia's vote was flawed, the OAS said in La Paz.", ["Bolivia", "La Paz"]),
        ("In Kuwait a source told KUNA of two arrests.", ["Kuwait"]),
        ("By our correspondent in ADEN. Rebels left Yemen.", ["ADEN", "Yemen"]),
        ("ADEN, 3 May - Rebels left Yemen.", ["ADEN", "Yemen"]),
        ("Hotels in Havana are the army's. GAESA owns them.", ["Havana"]),
        ("In Togo the electoral authority (ANIE) counted again.", ["Togo"]),
        ("Rebels left Yemen.\nADEN (Reuters) — Rain fell.", ["Yemen", "ADEN"]),
    ],
)
def test_an_acronym_amid_a_sentence_is_no_town(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in shipped().named(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("El Altiplano (English edition): troops left La Paz.", ["La Paz"]),
        ("Shops shut in the English-speaking regions of Cameroon.", ["Cameroon"]),
        ("Russian-speakers of Daugavpils met. Russian soldiers did not.", ["Daugavpils", "Russian"]),
    ],
)
def test_a_people_named_for_its_language_is_no_whereabouts(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in shipped().named(text)] == names


def test_the_regions_that_speak_a_language_lie_where_the_text_speaks_of() -> None:
    text = "Cameroon's army shut the schools of the English-speaking regions on Monday, from Buea to Bamenda."
    start = text.index("English-speaking regions")
    assert shipped().locate(text, [(start, start + 24)])[0].place.country == "CMR"


def test_a_genitive_is_no_other_towns_name() -> None:
    text = "Peru's government fell. Troops left Cusco and Puno, and Peru's congress voted."
    assert shipped().locate(text, [(0, 6)])[0].place.country == "PER"
