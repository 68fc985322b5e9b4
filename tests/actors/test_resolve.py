"""Mentions in a reading: who they are, why, and what stays a role."""

import datetime

import msgspec
import pytest

from foreshock.actors.acronyms import acronyms
from foreshock.actors.context import Context, context_of
from foreshock.actors.resolve import Registry, resolved
from foreshock.model.vocabulary import EventType
from tests.actors.conftest import Told, reading, statements

TEXT = (
    "The paramilitary group shelled Omdurman on Monday, Sudanese officials said. The Rapid Support Forces (RSF) have "
    "fought the army since April. A resident lost her house."
)

SHELLED = (
    Told("shelled", ("The paramilitary group",), source="Sudanese officials"),
    Told("fought", ("The Rapid Support Forces (RSF)",), ("the army",)),
    Told("lost", ("A resident",)),
)


def test_a_reading_comes_back_with_its_actors(registry: Registry) -> None:
    shelled, fought, lost = statements(TEXT, registry, *SHELLED)
    group = shelled.actors[0]
    assert (group.id, group.name, group.country, group.sector) == (
        "sdn-rapid-support-forces",
        "Rapid Support Forces",
        "SDN",
        "PAR",
    )
    assert shelled.sources[0].name == "Government of Sudan"
    assert fought.actors[0].id == group.id
    assert fought.recipients[0].id == "sdn-saf"
    assert fought.scores["kind"] == 0.9 and 0.5 <= fought.scores["actors"] <= 1
    assert lost.actors[0].id is None and lost.actors[0].sector == "CVL" and "actors" not in lost.scores


def test_what_is_known_already_is_kept(registry: Registry) -> None:
    once = resolved(reading(TEXT, *SHELLED), registry)
    assert resolved(once, registry) == once


@pytest.mark.parametrize(
    ("text", "named", "country"),
    [
        ("The Rapid Support Forces left Chad.", {"sdn-rapid-support-forces"}, "TCD"),
        ("The Central African Republic froze.", set[str](), "CAF"),
        ("President Vladimir Putin left Chad.", {"rus-vladimir-putin"}, "TCD"),
        # near it, and as they were
        ("Rapid Support Forces left Chad.", {"sdn-rapid-support-forces"}, "TCD"),
        ("The Rapid Brick Forces left.", set[str](), None),
    ],
)
def test_what_follows_an_article_or_a_title_is_named(
    text: str, named: set[str], country: str | None, registry: Registry
) -> None:
    context = context_of(text, datetime.date(2023, 6, 10), registry.sought)
    assert {registry.actors[at].id for at in context.named} == named
    assert context.country == country


@pytest.mark.parametrize(
    ("text", "who", "identity"),
    [
        ("The Rassemblement National of Marine Le Penn gained.", "Marine Le Penn", "fra-marine-le-pen"),
        ("The Harvest Movement of Marine Le Penn gained.", "Marine Le Penn", None),
    ],
)
def test_another_name_begins_behind_a_known_one_and_of(
    text: str, who: str, identity: str | None, registry: Registry
) -> None:
    (gained,) = statements(text, registry, Told("gained", (who,)))
    assert gained.actors[0].id == identity


def test_a_score_says_what_made_it(registry: Registry) -> None:
    match = registry.resolve("Evgeniy Prigozhyn", Context(country="RUS", date=datetime.date(2023, 6, 24)))
    assert match is not None
    assert match.features["same_name"] > 0 and match.features["own_country"] > 0
    assert "letter_by_letter" not in match.features


@pytest.mark.parametrize(
    ("date", "holder"),
    [
        (datetime.date(2010, 5, 1), "Dmitry Medvedev"),
        (datetime.date(2023, 5, 1), "Vladimir Putin"),
    ],
)
def test_an_office_means_its_holder_on_the_date(date: datetime.date, holder: str, registry: Registry) -> None:
    match = registry.resolve("the Russian president", Context(date=date))
    assert match is not None and match.actor.name == holder


@pytest.mark.parametrize(
    ("mention", "date", "holder"),
    [
        ("Tunisia's president", datetime.date(2019, 8, 20), "Mohamed Ennaceur"),
        ("Tunisia's prime minister", datetime.date(2021, 5, 1), "Hichem Mechichi"),
        ("the Kyrgyz president", datetime.date(2020, 12, 1), "Talant Mamytov"),
        ("Kyrgyzstan's prime minister", datetime.date(2020, 12, 1), "Artem Novikov"),
        ("Haiti's prime minister", datetime.date(2021, 7, 8), "Claude Joseph"),
        ("Zambia's president", datetime.date(2014, 12, 1), "Guy Scott"),
        ("South Korea's president", datetime.date(2024, 12, 20), "Yoon Suk-yeol"),
        ("South Korea's president", datetime.date(2025, 4, 20), "Han Duck-soo"),
        ("South Korea's president", datetime.date(2017, 4, 1), "Hwang Kyo-ahn"),
    ],
)
def test_who_acts_for_one_holds_the_office(mention: str, date: datetime.date, holder: str, registry: Registry) -> None:
    match = registry.resolve(mention, Context(date=date))
    assert match is not None and match.actor.name == holder


def test_the_then_premier_is_not_the_present_one(registry: Registry) -> None:
    assert registry.resolve("Tunisia's then prime minister", Context(date=datetime.date(2022, 7, 4))) is None


def test_an_office_without_a_date_stays_an_office(registry: Registry) -> None:
    match = registry.resolve("the Russian president", Context())
    assert match is not None and match.actor.id == "rus-president"


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("Sudanese soldiers", "SDN", "MIL"),
        ("rebels", None, "REB"),
        ("civilians", None, "CVL"),
        ("protesters", None, "OPP"),
        ("four US citizens", "USA", "CVL"),
        ("three aid workers", None, "NGO"),
        ("Georgian border guards", "GEO", "COP"),
        ("the mayors", None, "GOV"),
        ("Prison officers", None, "COP"),
        ("election officers", None, "GOV"),
        ("officers", None, "MIL"),
        ("120 prisoners of war", None, "MIL"),
        ("prisoners", None, "CVL"),
        ("Church leaders", None, "ELI"),
        ("they", None, None),
    ],
)
def test_phrases_without_a_name_have_a_country_and_a_sector(
    mention: str, country: str | None, sector: str | None, registry: Registry
) -> None:
    who = registry.identify(mention, Context())
    assert (who.country, who.sector) == (country, sector)


def test_one_no_longer_in_office_is_of_the_elite(registry: Registry) -> None:
    assert registry.identify("Omar al-Bashir", Context(date=datetime.date(2015, 1, 1))).sector == "GOV"
    assert registry.identify("Omar al-Bashir", Context(date=datetime.date(2023, 1, 1))).sector == "ELI"


def test_a_surname_belongs_to_the_one_whom_the_text_names(registry: Registry) -> None:
    text = "Idris Burhan, a tailor from Kassala, was hurt. Burhan, 41, lost a leg."
    context = context_of(text, datetime.date(2023, 6, 1), registry.sought, ["SDN"])
    assert registry.resolve("Burhan", context) is None


@pytest.mark.parametrize(
    ("text", "surname", "name"),
    [
        (
            "Putin met Lukashenko in Minsk on Friday. Lukashenko said it went well.",
            "Lukashenko",
            "Alexander Lukashenko",
        ),
        ("Zelensky in Kyiv on Monday praised the army. Zelensky left.", "Zelensky", "Volodymyr Zelensky"),
        ("On Monday Zelensky spoke. Zelensky left.", "Zelensky", "Volodymyr Zelensky"),
        ("Yesterday Zelensky spoke. In May Zelensky had not.", "Zelensky", "Volodymyr Zelensky"),
        ("Zelensky and President Putin met. Zelensky left.", "Zelensky", "Volodymyr Zelensky"),
        ("Burhan and Hemedti met. Burhan left.", "Burhan", "Abdel Fattah al-Burhan"),
    ],
)
def test_a_surname_is_not_glued_to_the_next_name(text: str, surname: str, name: str, registry: Registry) -> None:
    match = registry.resolve(surname, context_of(text, datetime.date(2022, 6, 1), registry.sought))
    assert match is not None and match.actor.name == name


@pytest.mark.parametrize("mention", ["The convoy", "The site", "The gates"])
def test_a_common_noun_at_a_sentence_s_start_is_no_name(mention: str, registry: Registry) -> None:
    assert registry.resolve(mention, Context()) is None


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("The pontiff", "Pope"),
        ("The morality police", "Law Enforcement Command of Iran"),
        ("The Sentry", "The Sentry"),
    ],
)
def test_a_name_after_a_capital_the_stays_one(mention: str, name: str, registry: Registry) -> None:
    match = registry.resolve(mention, Context())
    assert match is not None and match.actor.name == name


def test_a_group_that_no_registry_has_is_kept_under_one_id(registry: Registry) -> None:
    text = "The Butana Riders Battalion (BRB) blocked the road. BRB fighters left at dawn."
    context = context_of(text, None, registry.sought)
    ids = {
        match.actor.id
        for mention in ("The Butana Riders Battalion", "BRB", "BRB fighters", "the Battalion")
        if (match := registry.resolve(mention, context)) is not None
    }
    assert ids == {"new:butana-riders-battalion"}


def test_acronyms_are_read_from_the_text() -> None:
    found = acronyms("Members of the Russian Volunteer Corps (RVC) and of Forces armées (FARDC, in French) met.")
    assert found["rvc"] == "Russian Volunteer Corps"


@pytest.mark.parametrize("name", ["Reporters Without Borders", "Reporters sans frontières"])
def test_an_acronym_that_the_text_defines_is_not_a_known_one_s(name: str, registry: Registry) -> None:
    text = f"{name} (RSF) called Sudan a trap. In Khartoum, RSF said, Sudan's army held three men."
    context = context_of(text, datetime.date(2024, 5, 15), registry.sought)
    match = registry.resolve("RSF", context)
    assert match is not None and match.actor.id == "int-reporters-without-borders"


def test_an_acronym_after_a_person_is_not_the_person_s(registry: Registry) -> None:
    text = "General Mohamed Hamdan Dagalo (RSF) met Abdel Fattah al-Burhan (SAF) in Sudan. RSF shelled Omdurman."
    context = context_of(text, datetime.date(2024, 5, 15), registry.sought)
    found = [registry.resolve(mention, context) for mention in ("RSF", "SAF")]
    assert [match and match.actor.id for match in found] == ["sdn-rapid-support-forces", "sdn-saf"]


@pytest.mark.parametrize("mention", ["—", "...", "()", "the", " ", "’s", "(the)", "\x00", "the (", "U.S.", "x" * 5000])
def test_no_mention_is_too_odd(mention: str, registry: Registry) -> None:
    registry.resolve(mention, Context(country="SDN"))


@pytest.mark.parametrize(
    "mention",
    [
        "residents and a government official",
        "the army and the police",
        "a spokesman for the army and the police",
        "President Burhan and the RSF",
        "the United Nations, the African Union and Qatar",
    ],
)
def test_several_parties_are_not_one_of_them(mention: str, registry: Registry) -> None:
    who = registry.identify(mention, Context(country="SDN", date=datetime.date(2023, 6, 10)))
    assert who.match is None and who.joint


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("the RSF and allied militias", "Rapid Support Forces"),
        ("the Front for Change and Concord in Chad", "Front for Change and Concord in Chad"),
        ("President and army chief Abdel Fattah al-Burhan", "Abdel Fattah al-Burhan"),
    ],
)
def test_a_name_beside_a_plain_noun_or_with_an_and_stays_itself(mention: str, name: str, registry: Registry) -> None:
    match = registry.resolve(mention, Context(country="SDN", date=datetime.date(2023, 6, 10)))
    assert match is not None and match.actor.name == name


def test_a_joint_source_is_not_named_by_one_member(registry: Registry) -> None:
    text = "Rebels took El Fasher in Sudan, the RSF and residents said; soldiers fled, residents and the army said."
    took = Told("took", actors=("Rebels",), source="the RSF and residents")
    fled = Told("fled", actors=("soldiers",), source="residents and the army")
    assert [one.sources[0].name for one in statements(text, registry, took, fled)] == [None, None]


def test_a_new_group_and_its_fighters_share_one_id(registry: Registry) -> None:
    text = (
        "Fighters of the Popular Front for the Deliverance of the South entered Gumra. The Popular Front, which was "
        "founded in May, lost ten men; rebels of the Popular Front for the Deliverance of the South fled."
    )
    context = context_of(text, None, registry.sought)
    mentions = ("Fighters of the Popular Front for the Deliverance of the South", "The Popular Front",
                "rebels of the Popular Front for the Deliverance of the South", "a Popular Front")  # fmt: skip
    found = [registry.resolve(mention, context) for mention in mentions]
    assert {match and match.actor.id for match in found} == {"new:popular-front-for-the-deliverance-of-the-south"}


DOHA = (
    "Chad talks in Doha break off\n\nTalks between Chad's government and eastern rebels in Doha broke off on Tuesday, "
    "Qatari mediators said. The rebels' delegate, Mahamat Nour, walked out after the government rejected a demand for "
    'autonomy. "There will be no second round," he said.'
)


def test_a_bare_organ_is_not_the_mediator_s(registry: Registry) -> None:
    broke = Told("broke off", ("Chad's government",), source="Qatari mediators", place=("Doha", "QAT"))
    broke = msgspec.structs.replace(broke, type=EventType.CONSULT)
    rejected = Told("rejected", ("the government",))
    assert statements(DOHA, registry, broke, rejected)[1].actors[0].id == "tcd-government"


def test_he_is_no_crowd_that_spoke_before(registry: Registry) -> None:
    broke = Told("broke off", ("Chad's government",), source="Qatari mediators")
    walked, second = Told("walked out", ("Mahamat Nour",)), Told("second round", source="he")
    assert statements(DOHA, registry, broke, walked, second)[2].sources[0].name == "Mahamat Nour"


def test_the_army_as_a_source_is_no_armed_group(registry: Registry) -> None:
    text = (
        "The militias known as Fano ambushed an Ethiopian convoy. A drone killed 31; the army says the dead were men."
    )
    ambushed = Told("ambushed", ("Fano",))
    dead = Told("were men", source="the army")
    assert statements(text, registry, ambushed, dead)[1].sources[0].name == "Ethiopian National Defence Force"


@pytest.mark.parametrize(
    "text",
    [
        "Chad closed its border with Sudan. Chad sent troops. In Khartoum, the army denied the raid.",
        "Chad closed its border. Chad sent troops.\n\nThe army in Khartoum denied the raid.",
        "Chad closed its border and Chad sent troops. The Sudanese army held the road; the army denied the raid.",
    ],
)
def test_a_bare_army_is_of_the_state_that_its_own_sentence_is_about(text: str, registry: Registry) -> None:
    place = ("Khartoum", "SDN") if "Khartoum" in text else None
    army = "The army" if "The army" in text else "the army"
    denied = Told("denied", (army,), place=place)
    assert statements(text, registry, Told("closed", ("Chad",)), denied)[1].actors[0].id == "sdn-saf"


def test_a_bare_army_stays_that_of_the_text_where_another_state_is_named_in_passing(registry: Registry) -> None:
    text = "Chad closed its border. Gunmen crossed from Sudan and Chad was not warned, the army said."
    crossed = Told("crossed", ("Gunmen",), source="the army", place=("Sudan", "SDN"))
    assert statements(text, registry, crossed)[0].sources[0].name == "Chadian National Army"


@pytest.mark.parametrize("mention", ["the Chadian Red Cross", "Chad's Red Cross", "the Libyan Red Crescent"])
def test_a_national_society_is_not_the_international_committee(mention: str, registry: Registry) -> None:
    who = registry.identify(mention, Context(country="TCD"))
    assert who.match is not None and who.match.actor.id.startswith("new:")
    assert who.country in ("TCD", "LBY") and who.sector == "NGO"


def test_the_red_cross_alone_is_the_international_committee(registry: Registry) -> None:
    match = registry.resolve("the Red Cross", Context(country="TCD"))
    assert match is not None and match.actor.id == "int-icrc"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nobody was arrested in Chad on 3 May 2026. President Déby should resign.", "Mahamat Idriss Déby"),
        ("Fighting stopped in Chad in May 2010. President Déby should resign.", "Idriss Déby"),
        ("Nobody was arrested in Chad. President Déby should resign by 2050.", "Mahamat Idriss Déby"),
        ("Nobody was arrested in Chad. President Déby should resign.", "Mahamat Idriss Déby"),
    ],
)
def test_an_undated_text_is_as_of_the_latest_year_it_names(text: str, name: str, registry: Registry) -> None:
    resign = Told("resign", ("President Déby",))
    assert statements(text, registry, resign, date=None)[0].actors[0].name == name


def test_a_capital_that_somebody_returns_to_is_a_place(registry: Registry) -> None:
    text = "The government of Chad will return to Doha in May. It sent a letter to Moscow."
    back = Told("return", ("The government of Chad",), ("Doha",))
    sent = Told("sent", ("It",), ("Moscow",))
    found = [one.recipients[0].id for one in statements(text, registry, back, sent)]
    assert found == [None, "rus-government"]


@pytest.mark.parametrize("led", ["Gebremichael", "Debretsion Gebremichael"])
def test_one_to_whom_fighters_are_loyal_does_not_act(led: str, registry: Registry) -> None:
    text = "In Tigray, fighters loyal to Debretsion Gebremichael seized the town of Adigrat from Ethiopia's army."
    seized = Told("seized", ("fighters", led), ("Ethiopia's army",))
    actors = statements(text, registry, seized)[0].actors
    assert [one.text for one in actors] == ["fighters"] and actors[0].id is None


def test_a_movement_with_loyal_fighters_acts_through_them(registry: Registry) -> None:
    text = "In Tigray, fighters loyal to the TPLF seized the town of Adigrat."
    actors = statements(text, registry, Told("seized", ("fighters", "TPLF")))[0].actors
    assert actors[1].id == "eth-tplf"


def test_a_piece_of_a_country_s_name_is_no_new_group(registry: Registry) -> None:
    text = "The police of The Dominican Republic closed the border. Republic deported 300 people to Haiti on Monday."
    (deported,) = statements(text, registry, Told("deported", ("Republic",)))
    assert deported.actors[0].id is None and deported.actors[0].country == "DOM"
