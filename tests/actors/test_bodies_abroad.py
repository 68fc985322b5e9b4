"""Bodies whose like other states have by the same name: of which state one is, at home and abroad."""

import datetime

import pytest

from foreshock.actors.context import context_of
from foreshock.actors.resolve import Registry
from tests.actors.conftest import Told, statements


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("Gabon's Republican Guard seized power.", "Gabon's Republican Guard", "GAB"),
        ("Gabon's Republican Guard seized power.", "the Republican Guard", None),
        ("Gabon's Republican Guard seized power.", "Republican Gaurd soldiers", None),
        ("The Presidential Guard in Chad opened fire.", "The Presidential Guard in Chad", "TCD"),
        ("The governor of Texas deployed the National Guard.", "the National Guard", None),
        ("Tunisia's National Guard arrested ten.", "Tunisia's National Guard", "TUN"),
        ("Canada's Liberal Party won.", "Canada's Liberal Party", "CAN"),
        ("In Hanoi, the Ministry of Public Security held two men.", "the Ministry of Public Security", None),
        ("Mexico held its breath. The US and US troops: the National Guard left.", "a National Guard unit", None),
    ],
)
def test_a_body_of_another_country_is_not_the_one_of_that_name_in_the_registry(
    text: str, mention: str, country: str | None, registry: Registry
) -> None:
    who = registry.identify(mention, context_of(text, datetime.date(2024, 5, 15), registry.sought))
    assert who.match is None or who.match.is_new
    assert who.country == country


@pytest.mark.parametrize(
    ("text", "mention", "identity"),
    [
        ("In Kinshasa, DR Congo, the Republican Guard fired.", "the Republican Guard", "cod-republican-guard"),
        ("In Kinshasa, DR Congo, the Republican Guard fired.", "Republican Gaurd", "cod-republican-guard"),
        ("The US thanked Mexico's National Guard. US troops left.", "Mexico's National Guard", "mex-national-guard"),
        ("Niger's Presidential Guard held him.", "the Presidential Guard", "ner-presidential-guard"),
        ("Ansar al-Sharia attacked Benghazi in Libya.", "Ansar al-Sharia", "lby-ansar-al-sharia"),
        ("Kabul fell, and Afghanistan waited, ABC News reported.", "ABC News", "usa-abc-news"),
    ],
)
def test_a_name_that_several_countries_have_is_found_in_its_own(
    text: str, mention: str, identity: str, registry: Registry
) -> None:
    match = registry.resolve(mention, context_of(text, datetime.date(2024, 5, 15), registry.sought))
    assert match is not None and match.actor.id == identity


@pytest.mark.parametrize(
    ("mention", "country", "name"),
    [
        ("Kyrgyzstan's Security Council", "KGZ", "Kyrgyzstan's Security Council"),
        ("the Uzbek Security Council", "UZB", "Uzbek Security Council"),
        ("the Security Council of Kyrgyzstan", "KGZ", "Security Council of Kyrgyzstan"),
        ("the Ethiopian Human Rights Council", "ETH", "Ethiopian Human Rights Council"),
        ("The Chadian National Security Agency", "TCD", "Chadian National Security Agency"),
        ("the Armenian Republican Party", "ARM", "Armenian Republican Party"),
        ("The Spanish Foreign Legion", "ESP", "Spanish Foreign Legion"),
    ],
)
def test_what_another_country_has_by_a_name_of_common_words_is_a_body_of_its_own(
    mention: str, country: str, name: str, registry: Registry
) -> None:
    match = registry.resolve(mention, context_of(f"{mention} met.", datetime.date(2024, 5, 15), registry.sought))
    assert match is not None and match.is_new
    assert (match.actor.name, match.actor.country) == (name, country)


@pytest.mark.parametrize("owner", ["Norway", "Gabon", "Kyrgyzstan", "Malaysia", "New Zealand", "Switzerland", "Yemen"])
@pytest.mark.parametrize(
    "name",
    ["Security Council", "General Assembly", "Human Rights Council", "People's Liberation Army", "Republican Party",
     "National Security Agency", "Popular Mobilization Forces", "Federal Security Service", "Foreign Legion"],
)  # fmt: skip
def test_no_country_s_body_is_that_of_another_by_a_name_of_common_words(
    owner: str, name: str, registry: Registry
) -> None:
    for mention in (f"{owner}'s {name}", f"the {name} of {owner}"):
        match = registry.resolve(mention, context_of(f"{mention} met.", datetime.date(2024, 5, 15), registry.sought))
        assert match is None or match.is_new, mention


@pytest.mark.parametrize(
    ("mention", "identity"),
    [
        ("the Security Council", "int-un-security-council"),
        ("the UN Security Council", "int-un-security-council"),
        ("the Peace and Security Council", "int-au-peace-security-council"),
        ("the Russian representative at the Security Council", "int-un-security-council"),
        ("the Security Council in Bishkek", "int-un-security-council"),
        ("Russia's Security Council", "rus-security-council"),
        ("the Russian Security Council", "rus-security-council"),
        ("the Chinese People's Liberation Army", "chn-pla"),
        ("France's Foreign Legion", "fra-foreign-legion"),
        ("the US Republican Party", "usa-republican-party"),
        ("Syrian Islamic State fighters", "int-islamic-state"),
        ("Iraq's Popular Mobilization Forces", "irq-pmf"),
    ],
)
def test_a_body_of_common_words_is_itself_without_another_country(
    mention: str, identity: str, registry: Registry
) -> None:
    match = registry.resolve(mention, context_of(f"{mention} met.", datetime.date(2024, 5, 15), registry.sought))
    assert match is not None and match.actor.id == identity


@pytest.mark.parametrize(
    ("text", "who", "place", "found"),
    [
        ("Russia's OMON came first. In Kherson, OMON waited.", "OMON", ("Kherson", "UKR"), "rus-omon"),
        (
            "Germany's Federal Intelligence Service met. In Kabul, the Federal Intelligence Service waited.",
            "the Federal Intelligence Service", ("Kabul", "AFG"), "deu-bnd",
        ),
        (
            "DR Congo's Republican Guard crossed into Rwanda. In Gisenyi, the Republican Guard waited.",
            "the Republican Guard", ("Gisenyi", "RWA"), "cod-republican-guard",
        ),
        (
            "In Kabul, the Federal Intelligence Service waited.",
            "the Federal Intelligence Service", ("Kabul", "AFG"), None,
        ),
    ],
)  # fmt: skip
def test_a_body_named_with_its_country_is_meant_abroad_and_one_that_is_not_is_no_other(
    text: str, who: str, place: tuple[str, str], found: str | None, registry: Registry
) -> None:
    waited = Told("waited", (who,), place=place)
    assert statements(text, registry, waited)[0].actors[0].id == found


def test_a_name_that_several_countries_have_is_of_the_one_its_sentence_is_about(registry: Registry) -> None:
    text = (
        "DR Congo sent an envoy. DR Congo's minister wept.\n\nIn Libreville, the Republican Guard fired. It held.\n\n"
        "In Kinshasa, the Republican Guard slept."
    )
    fired = Told("fired", ("the Republican Guard",), place=("Libreville", "GAB"))
    slept = Told("slept", ("the Republican Guard",), place=("Kinshasa", "COD"))
    sent = Told("sent", ("DR Congo",))
    found = [one.actors[0].id for one in statements(text, registry, sent, fired, slept)[1:]]
    assert found == ["new:republican-guard", "cod-republican-guard"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kyrgyzstan's Security Council met.", "Kyrgyzstan's Security Council"),
        ("The Security Council of Kyrgyzstan met.", "Security Council of Kyrgyzstan"),
        ("Russia's Security Council met.", "Security Council of Russia"),
        # near it, and as they were
        ("Kyrgyzstan's ambassador to the Security Council met.", "United Nations Security Council"),
        ("Kyrgyzstan's Security Council met. The UN wept.", "United Nations Security Council"),
        ("Kyrgyzstan's Security Council met. The UN Security Council wept.", "United Nations Security Council"),
        ("Kyrgyzstan's Security Council met. Uzbekistan's Security Council wept.", "United Nations Security Council"),
    ],
)
def test_the_council_is_the_one_that_the_text_gave_to_a_country(text: str, name: str, registry: Registry) -> None:
    told = Told("dismissed", ("The Security Council",))
    (dismissed,) = statements(f"{text} It rained. The Security Council dismissed him.", registry, told)
    assert dismissed.actors[0].name == name
