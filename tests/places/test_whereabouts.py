"""Places that the index does not hold: put where the text puts them, or nowhere."""

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
