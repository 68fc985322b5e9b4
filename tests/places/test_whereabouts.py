"""Places that the index does not hold: put where the text puts them, or nowhere."""

import pytest

from foreshock.model.statement import Place
from foreshock.places.locate import shipped


def place(text: str, words: str) -> Place:
    start = text.index(words)
    return shipped().locate(text, [(start, start + len(words))])[0].place


def test_a_village_of_no_gazetteer_lies_where_the_text_puts_it() -> None:
    text = (
        "Soldiers burned Htanbinkwin Ywathit, a village in Sagaing Region of Myanmar, on Monday. Residents of Monywa "
        "saw smoke rise over Htanbinkwin Ywathit, and the junta sent more troops to Monywa."
    )
    found = place(text, "Htanbinkwin Ywathit")
    assert (found.country, found.geonameid, found.lat) == ("MMR", None, None)
    assert found.admin1 is not None and found.admin1.startswith("Sagaing")
    assert found.reason is not None and "not in the gazetteer" in found.reason


def test_an_invented_country_gets_no_real_one() -> None:
    text = "The Veshtani army left Drovnik on Friday, and the governor of Upper Kelm closed the road to Drovnik."
    assert place(text, "Drovnik").country is None


def test_a_camp_without_a_name_lies_in_the_country_spoken_of() -> None:
    text = "In Nyala, South Darfur, militiamen looted the clinic. Sudanese officials said they then entered the camp."
    found = place(text, "the camp")
    assert found.country == "SDN" and found.lat is None


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Kabul rejected the claim. Fighters attacked a post in Sorkhab Dara on Friday, and Kabul promised to act.",
         "Sorkhab Dara", "AFG"),
        ("Moscow denied the charge. A bridge in Verkhnyaya Zorka was blown up on Monday, and Moscow blamed saboteurs.",
         "Verkhnyaya Zorka", "RUS"),
        ("Militants raided Gelmedzi on Tuesday. The Kremlin blamed foreign powers, and Moscow will not negotiate.",
         "Gelmedzi", "RUS"),
        ("Khartoum's army bombed Umm Dawlan on Thursday. Khartoum denies it.", "Umm Dawlan", "SDN"),
        ("The Kabul regime sent troops to Kunjar Ghar on Monday. Officials in Kabul say that they hold Kunjar Ghar.",
         "Kunjar Ghar", "AFG"),
    ],
)  # fmt: skip
def test_a_capital_that_is_named_for_its_government_is_no_whereabouts(text: str, words: str, country: str) -> None:
    found = place(text, words)
    assert (found.country, found.admin1) == (country, None)


def test_what_lies_in_the_capital_itself_keeps_its_region() -> None:
    text = "An explosion in Kabul killed four people on Monday. The bomb went off in Karte Nasim, a busy quarter."
    assert place(text, "Karte Nasim").admin1 == "Kabul"


def test_the_city_is_the_one_spoken_of_and_not_the_capital_that_speaks() -> None:
    text = "Fighters entered Kandahar at dawn. Kabul said on Monday that it would send help and that the city held."
    assert place(text, "the city").admin1 != "Kabul"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("KIRKUK, Iraq — Militias hold Kirkuk. Oil no longer flows to Ceyhan. The peshmerga left the city.", "the city",
         "Kirkuk"),
        ("Fighters burned houses in Sinjar, Iraq. Officers in Mosul knew nothing. Nobody will return to the town.",
         "the town", "Sinjār"),
        ("Talks opened in Niamey on Tuesday, and Niger's Algerian guests were in town.", "town", "Niamey"),
    ],
)  # fmt: skip
def test_the_town_is_the_last_one_that_is_a_town_and_lies_where_the_text_speaks(
    text: str, words: str, name: str
) -> None:
    start = text.rindex(words)
    assert shipped().locate(text, [(start, start + len(words))])[0].place.name == name


@pytest.mark.parametrize("words", ["Zargun Mela", "Kunjar province"])
def test_a_province_of_no_gazetteer_lies_in_no_other_nor_does_its_village(words: str) -> None:
    text = "KABUL (Reuters) - Nine people died in Zargun Mela, a village in Kunjar province, the police said on Monday."
    found = place(text, words)
    assert (found.country, found.admin1) == ("AFG", None)


@pytest.mark.parametrize(
    ("text", "words", "admin1"),
    [
        ("Niger's soldiers fired. A crowd stood outside the parliament on Monday.", "the parliament", "Niamey"),
        ("Soldiers went to the presidential palace; Gabon's borders are shut.", "the presidential palace", "Estuaire"),
        ("Chad's rebels died. Delegates left the Supreme Court.", "the Supreme Court", "N'Djaména"),
        ("The regional parliament met, Somalia's government said.", "The regional parliament", None),
        ("The palace of the emir burned, Nigeria's police said.", "The palace of the emir", None),
        ("The parliaments of the region met, Niger said.", "The parliaments", None),
        ("Bolivia's army surrounded the parliament.", "the parliament", None),
        ("Nigerian youths stormed the Ooni's palace.", "the Ooni's palace", None),
        ("Gunmen kidnapped a ruler from his palace, Nigeria's police said.", "his palace", None),
        ("Gunmen shot at the president's convoy, Nigeria's police said.", "the president's convoy", None),
        ("Guinea's soldiers guard the people's palace.", "the people's palace", "Conakry"),
        ("Puntland's new parliament was shelled, Somalia said.", "parliament", None),
        ("Gunmen shelled the parliament of Somaliland. Somalia watched.", "the parliament", None),
        ("Somalia's parliament was shelled.", "parliament", "Banaadir"),
        ("Police of the US shot a woman. Congress was cleared in Washington.", "Congress", "District of Columbia"),
        ("Peru's police shut the congress.", "the congress", "Lima Province"),
        ("Zimbabwe's unions met for the congress.", "the congress", None),
        ("Niger's youths want a new parliament.", "a new parliament", None),
        ("Niger's youths met in a crowd outside parliament.", "a crowd outside parliament", "Niamey"),
        ("India's police guarded the assembly.", "the assembly", None),
        ("Nigeria's police shut the national assembly.", "the national assembly", "FCT"),
        ("A hospital was shelled, Niger said.", "A hospital", None),
        ("Shells hit the parliament in Zinder, in Niger.", "parliament in Zinder", "Zinder Region"),
    ],
)
def test_what_a_state_has_one_of_stands_in_its_capital(text: str, words: str, admin1: str | None) -> None:
    assert place(text, words).admin1 == admin1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fighting spread in Manipur, India said. Camps across the state are full.", "Manipur"),
        ("Fighting spread in Kidal, Mali said. Camps across the state are full.", "Mali"),
        ("India's soldiers left. Camps across the state are full.", "India"),
    ],
)
def test_the_state_is_a_unit_only_where_units_are_states(text: str, name: str) -> None:
    assert place(text, "the state").name == name


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Mali: Gunmen killed ten in Gao. The army fled Kidal.\n\nBenin: Men left Zorgouna.", "Zorgouna", "BEN"),
        ("Mali: Gunmen killed ten in Gao. The army fled Kidal, and men left Zorgouna.", "Zorgouna", "MLI"),
    ],
)
def test_in_a_round_up_an_unknown_place_lies_in_the_country_of_its_label(text: str, words: str, country: str) -> None:
    assert place(text, words).country == country


@pytest.mark.parametrize(
    ("text", "words", "country", "unit"),
    [
        ("Fighters stormed a post in Kunduz, Afghanistan, on Monday. They then entered the provincial capital.",
         "the provincial capital", "AFG", "Kunduz"),
        ("In Ceará, Brazil, police mutinied and barracks in the state capital were taken.", "the state capital", "BRA",
         "Ceará"),
        ("Peru's police fired in Andahuaylas, Apurímac. In Apurímac schools shut, and unions strike nationwide.",
         "nationwide", "PER", None),
        ("In Diffa, Niger, a curfew holds. In Diffa flags fly at half-mast, as on the whole of the national territory.",
         "the whole of the national territory", "NER", None),
        ("In Ceará, Brazil, police mutinied. The president left the capital.", "the capital", "BRA",
         "Federal District"),
    ],
)  # fmt: skip
def test_a_provincial_capital_is_not_the_countrys_nor_all_the_country_a_province(
    text: str, words: str, country: str, unit: str | None
) -> None:
    found = place(text, words)
    assert (found.country, found.admin1) == (country, unit)
