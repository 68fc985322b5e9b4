"""Whose a bare *the army* or *the president* is: where somebody travels or talks does not tell, a dateline does."""

import datetime

import msgspec
import pytest

from foreshock.actors.resolve import Registry, resolved
from foreshock.model.vocabulary import EventType
from tests.actors.conftest import Told, reading, statements

TALKS = EventType.CONSULT


@pytest.mark.parametrize(
    ("text", "who", "place", "kind", "country"),
    [
        ("Chad sent troops.\n\nThe president visited Moscow.", "The president", ("Moscow", "RUS"), TALKS, "TCD"),
        ("Chad fought. Chad won.\n\nThe army chief flew to Cairo.", "The army chief", ("Cairo", "EGY"), None, "TCD"),
        ("Chad sent troops.\n\nThe government signed a loan in Doha.", "The government", ("Doha", "QAT"), TALKS, "TCD"),
        # near it, and as they were
        ("Chad sent troops to Sudan.\n\nThe army shelled Wad Medani.", "The army", ("Wad Medani", "SDN"), None, "SDN"),
        ("Chad sent troops.\n\nIn Doha, the government met envoys.", "the government", ("Doha", "QAT"), TALKS, "QAT"),
        ("Chad sent troops.\n\nThe army in Khartoum met envoys.", "The army", ("Khartoum", "SDN"), TALKS, "SDN"),
        (
            "Chad sent troops.\n\nSudan was warned. The army met elders in Wad Medani.",
            "The army", ("Wad Medani", "SDN"), TALKS, "SDN",
        ),
    ],
)  # fmt: skip
def test_who_travels_or_talks_abroad_is_not_of_the_state_he_is_in(
    text: str, who: str, place: tuple[str, str], kind: EventType | None, country: str, registry: Registry
) -> None:
    trigger = next(word for word in ("visited", "flew", "signed", "shelled", "met") if word in text)
    acted = Told(trigger, (who,), place=place, type=kind)
    assert statements(text, registry, acted)[0].actors[0].country == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Bolivia voted.\n\nIn Santa Cruz, the army knelt.", "BOL"),
        ("Bolivia voted.\n\nNobody won. Near Santa Cruz the army knelt.", "BOL"),
        # near it, and as they were
        ("Bolivia voted, and Argentina wept.\n\nIn Santa Cruz, the army knelt.", "ARG"),
        ("Buenos Aires wept, and Bolivia voted in Bolivia.\n\nIn Santa Cruz, the army knelt.", "ARG"),
        ("Crowds voted.\n\nIn Santa Cruz, the army knelt.", "ARG"),
    ],
)
def test_a_place_in_a_country_that_a_text_nowhere_names_does_not_tell_whose_army_it_is(
    text: str, country: str, registry: Registry
) -> None:
    knelt = Told("knelt", ("the army",), place=("Santa Cruz", "ARG"))
    assert statements(text, registry, knelt)[0].actors[0].country == country


@pytest.mark.parametrize(
    "text", ["Uganda voted.\n\nIn Bunia, the army knelt.", "Uganda voted.\n\nNobody won, and the army in Bunia knelt."]
)
def test_a_place_that_is_likely_tells_it(text: str, registry: Registry) -> None:
    knelt = Told("knelt", ("the army",), place=("Bunia", "COD"), sure=0.6)
    assert statements(text, registry, knelt)[0].actors[0].country == "COD"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("JUBA, 9 July (Wire) — Deputies passed a bill on Tuesday. One in four refused, as in Kenya.", "SSD"),
        ("DAKAR — Deputies voted on Wednesday to forget. He wrote from Canada.", "SEN"),
        ("LA PAZ (Wire) — On Friday evening, at a theatre in La Paz, she wept. Argentina voted, too.", "BOL"),
        ("KYIV, March 12 (Wire) - Russia fired forty drones.", "UKR"),
    ],
)
def test_a_paper_need_not_name_the_country_of_its_dateline(text: str, country: str, registry: Registry) -> None:
    told = Told("denied", ("The army",))
    assert statements(f"{text} The army denied it.", registry, told)[0].actors[0].country == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("BANGUI, 4 April (Wire) — They fired for an hour. Chad goes, and Chad's men wept.", "CAF"),
        ("LA PAZ, Feb. 3 — Bolivians voted, as Peru did. Argentina, Peru and Peru wept.", "BOL"),
        # near it, and as they were
        ("CAIRO, 12 June (Wire) — Sudan's cities were shelled. Sudan burned.", "SDN"),
        ("NAIROBI (Wire) — In Juba, South Sudan's deputies met. South Sudan wept.", "SSD"),
        ("BANGUI fell, and Chad wept — Chad's men left Chad.", "TCD"),
        ("BANGUI, 4 April (Wire) — They fired. " + "Chad wept in Chad. " * 5, "TCD"),
    ],
)
def test_a_dateline_outweighs_what_is_named_later_unless_the_first_sentence_is_about_another(
    text: str, country: str, registry: Registry
) -> None:
    told = Told("denied", ("The army",))
    assert statements(f"{text} The army denied it.", registry, told)[0].actors[0].country == country


def test_the_place_of_a_dateline_tells_what_a_text_is_about(registry: Registry) -> None:
    text = "CAP-HAÏTIEN, 9 February (Wire) — A term ended. The army denied it."
    ended = Told("ended", (), place=("CAP-HAÏTIEN", "HTI"))
    assert statements(text, registry, ended, Told("denied", ("The army",)))[1].actors[0].country == "HTI"


def test_a_place_of_several_statements_tells_once_what_a_text_is_about(registry: Registry) -> None:
    text = "Niger's crowds met at Gaya. Malanville closed, froze, starved. The army denied it."
    shut = [Told(one, (), place=("Malanville", "BEN")) for one in ("closed", "froze", "starved")]
    denied = statements(text, registry, *shut, Told("denied", ("The army",)))[-1]
    assert denied.actors[0].country == "NER"
    # two places of it are two
    text = "Niger's crowds met. Malanville closed, Parakou froze. The army denied it."
    shut = [Told("closed", (), place=("Malanville", "BEN")), Told("froze", (), place=("Parakou", "BEN"))]
    denied = statements(text, registry, *shut, Told("denied", ("The army",)))[-1]
    assert denied.actors[0].country == "BEN"


@pytest.mark.parametrize(
    ("text", "place", "year", "name"),
    [
        ("Rebels in Congo seized Masisi. The president called for calm.", ("Masisi", "COD"), 2023, "Félix Tshisekedi"),
        ("Rebels in Congo seized Masisi. The president called for calm.", None, 2025, "Félix Tshisekedi"),
        ("Rebels in Congo seized Kabila. The president called for calm.", ("Kabila", "COD"), 2025, "Félix Tshisekedi"),
        # near it, and as they were
        ("Rebels in Congo wrote to Masisi. The president called for calm.", None, 2023, "Mokgweetsi Masisi"),
        ("Rebels in Congo seized Joseph Kabila. The president called for calm.", None, 2025, "Joseph Kabila"),
        ("Rebels in Congo wrote to Kabila. The president called for calm.", None, 2015, "Joseph Kabila"),
        ("President Joseph Kabila fled Congo. The president called for calm.", None, 2025, "Joseph Kabila"),
        ("Sudan rose. Soldiers put al-Bashir away; the president called for calm.", None, 2019, "Omar al-Bashir"),
    ],
)
def test_a_town_with_a_president_s_name_does_not_make_the_president_be_him(
    text: str, place: tuple[str, str] | None, year: int, name: str, registry: Registry
) -> None:
    told = [Told("Rebels", place=place)] if place else []
    called = Told("called", ("The president" if "The president" in text else "the president",))
    found = statements(text, registry, *told, called, date=datetime.date(year, 6, 10))
    assert found[-1].actors[0].name == name


@pytest.mark.parametrize(
    ("text", "who", "beginning"),
    [
        ("N'DJAMENA, 21 April — The president called for calm. France's president came.", "The president", "tcd-"),
        ("Mali won in Mali. The president called, and French President Macron came.", "The president", "mli-"),
        # near it, and as they were
        ("Mali won. France's president came. The French president called for calm.", "The French president", "fra-"),
        ("In Paris, France's president called for calm. The president called for calm.", "The president", "fra-"),
        ("Mali won in Mali. The European Union came. The bloc called for calm.", "The bloc", "int-european-union"),
        ("Mali won in Mali. Boko Haram came. The militants called for calm.", "The militants", "nga-boko-haram"),
    ],
)
def test_a_bare_office_is_of_the_country_that_the_text_is_about(
    text: str, who: str, beginning: str, registry: Registry
) -> None:
    (called,) = statements(text, registry, Told("called", (who,)))
    assert (called.actors[0].id or "").startswith(beginning)


def test_a_person_is_no_place_that_no_index_has(registry: Registry) -> None:
    text = "Crowds ousted Kabila."
    (ousted,) = reading(text, Told("ousted", ("Crowds",), ("Kabila",), place=("Kabila", "COD"))).statements
    assert ousted.place is not None
    place = msgspec.structs.replace(ousted.place, reason="not in the gazetteer")
    known = msgspec.structs.replace(reading(text), statements=(msgspec.structs.replace(ousted, place=place),))
    assert resolved(known, registry).statements[0].recipients[0].id == "cod-joseph-kabila"


@pytest.mark.parametrize(
    ("text", "who", "identity"),
    [
        ("In Abkhazia, crowds met. The president resigned, Moscow said.", "The president", None),
        ("Moldova's breakaway region of Transnistria froze. The army resigned.", "The army", None),
        ("Puntland left Somalia.\n\nCrowds met. The government resigned.", "The government", None),
        # near it, and as they were
        ("Moldova's gas for Transnistria ran out. The army resigned.", "The army", "mda-armed-forces"),
        ("Abkhazia froze. Georgia's army came; the army resigned.", "the army", "geo-armed-forces"),
        ("Abkhazia froze. Armenia's crowds met, and the army resigned.", "the army", "arm-armed-forces"),
        ("Abkhazia froze. The government in Tbilisi resigned.", "The government", "geo-government"),
        ("Abkhazia froze. Tbilisi wept. The government resigned.", "The government", "geo-government"),
        ("Abkhazia froze.\n\nIn Georgia, the army resigned.", "the army", "geo-armed-forces"),
        ("Georgia met.\n\nCrowds left Abkhazia; Georgia wept.\n\nThe army resigned.", "The army", "geo-armed-forces"),
    ],
)
def test_an_organ_in_a_territory_with_its_own_is_not_the_state_s(
    text: str, who: str, identity: str | None, registry: Registry
) -> None:
    assert statements(text, registry, Told("resigned", (who,)))[0].actors[0].id == identity


@pytest.mark.parametrize(
    ("people", "country"),
    [
        ("Botswanan", "BWA"), ("Equatoguinean", "GNQ"), ("Bissau-Guinean", "GNB"), ("Guinean", "GIN"),
        ("Basotho", "LSO"), ("Timorese", "TLS"), ("Surinamese", "SUR"),
    ],
)  # fmt: skip
def test_soldiers_are_of_the_country_of_their_people(people: str, country: str, registry: Registry) -> None:
    text = f"{people} soldiers held nine men."
    assert statements(text, registry, Told("held", (f"{people} soldiers",)))[0].actors[0].country == country


@pytest.mark.parametrize(
    ("people", "country"),
    [
        ("Bolivians", "BOL"), ("Angolans", "AGO"), ("Omanis", "OMN"), ("Thais", "THA"), ("Germans", "DEU"),
        # near it, and as they were
        ("Afghans", "AFG"), ("afghanis", None), ("Frenchmans", None), ("cubicans", None),
    ],
)  # fmt: skip
def test_a_people_is_of_its_country(people: str, country: str | None, registry: Registry) -> None:
    text = f"Nine {people} voted."
    assert statements(text, registry, Told("voted", (people,)))[0].actors[0].country == country


@pytest.mark.parametrize(
    ("text", "who", "identity"),
    [
        ("Rice went up in Mali.", "Rice", None),
        ("The Gu was late in Somalia.", "The Gu", None),
        ("In Nigeria, the Labour candidate won.", "the Labour candidate", None),
        ("In Thailand, the Democrats went home.", "the Democrats", None),
        ("In Mali, neighbouring States went home.", "neighbouring States", None),
        ("In Mali, Member States went home.", "Member States", None),
        ("In Burkina Faso, Convoy went up in flames.", "Convoy", None),
        ("In Rwanda, the Memorial went up in flames.", "the Memorial", None),
        ("In Mali, Store owners went home.", "Store owners", None),
        # near it, and as they were
        ("Susan Rice spoke in Mali. Rice went home.", "Rice", "usa-susan-rice"),
        ("Russia's GU went up.", "GU", "rus-gru"),
        ("Russia sent PMC Convoy. Convoy went home.", "Convoy", "rus-convoy"),
        ("In Russia, Memorial went home.", "Memorial", "rus-memorial"),
        ("In Norway, Jonas Gahr Støre wept. Støre went home.", "Støre", "nor-jonas-gahr-store"),
        ("In Syria, SNA fighters went home.", "SNA fighters", "syr-sna"),
        ("In Somalia, SNA soldiers went home.", "SNA soldiers", "som-sna"),
        ("In Mali, the United States went home.", "the United States", "usa"),
        ("In Britain, the Labour candidate won.", "the Labour candidate", "gbr-labour-party"),
        ("In the United States, the Democrats went home.", "the Democrats", "usa-democratic-party"),
        ("ICE agents went home in America.", "ICE agents", "usa-ice"),
    ],
)
def test_a_word_and_a_party_of_many_countries_are_nobody_s_name_abroad(
    text: str, who: str, identity: str | None, registry: Registry
) -> None:
    trigger = next(word for word in ("went", "was late", "won") if word in text)
    assert statements(text, registry, Told(trigger, (who,)))[0].actors[0].id == identity
