"""Places of statements: noun phrases, references back, borders, lists, and honest failures."""

import pytest

from foreshock.errors import MalformedItem
from foreshock.model.statement import Place
from foreshock.places.locate import shipped
from foreshock.places.resolution import Located
from foreshock.places.rows import locate_rows


def locate(text: str, words: str) -> Located:
    start = text.index(words)
    return shipped().locate(text, [(start, start + len(words))])[0]


def place(text: str, words: str) -> Place:
    return locate(text, words).place


def test_bordering_provinces_are_a_region_with_the_named_members() -> None:
    words = "Russian provinces bordering Ukraine, such as Belgorod and Kursk"
    found = place(f"Shells hit {words}.", words)
    assert (found.country, found.precision, found.lat) == ("RUS", "region", None)
    assert [member.name for member in found.members] == ["Belgorod Oblast", "Kursk Oblast"]
    assert [member.text for member in found.members] == ["Belgorod", "Kursk"]


def test_regions_of_which_one_is_known_are_not_taken_for_that_one() -> None:
    words = "the regions of the Sahel, the North and the East"
    found = place(f"Attacks rose in {words} of Burkina Faso.", words)
    assert (found.admin1, found.precision) == (None, "region")


def test_bordering_provinces_without_examples_are_all_of_them() -> None:
    words = "Russian provinces bordering Ukraine"
    names = {member.name for member in place(f"Shells hit {words}.", words).members}
    assert {"Belgorod Oblast", "Kursk Oblast", "Bryansk Oblast"} <= names


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("States bordering Venezuela are on alert, Colombia's army said.", "States bordering Venezuela", "COL"),
        ("Districts bordering Tajikistan are quiet, Kyrgyz officials said.", "Districts bordering Tajikistan", "KGZ"),
        ("Sudan complained. Regions bordering Chad are quiet, Niger said.", "Regions bordering Chad", "SDN"),
        ("Regions bordering Chad have been quiet, an envoy said.", "Regions bordering Chad", None),
        ("Regions bordering Chad have been quiet, Spain said.", "Regions bordering Chad", None),
    ],
)
def test_what_borders_a_country_does_not_lie_in_it(text: str, words: str, country: str | None) -> None:
    assert place(text, words).country == country


@pytest.mark.parametrize(
    ("words", "sides"),
    [
        ("the Kenya-Somalia border", {"KEN", "SOM"}),
        ("the Kenya–Somalia border", {"KEN", "SOM"}),
        ("the Israel-Lebanon border", {"ISR", "LBN"}),
        ("the Mali-Burkina Faso border", {"MLI", "BFA"}),
        ("the US-Mexico border", {"USA", "MEX"}),
        ("the U.S.-Mexico border", {"USA", "MEX"}),
        ("the Afghan-Pakistani frontier", {"AFG", "PAK"}),
        ("the Egypt-Gaza border", {"EGY", "PSE"}),
    ],
)
def test_a_border_of_two_countries_is_of_neither_alone(words: str, sides: set[str]) -> None:
    found = place(f"Kenya said that it watched {words} on Monday.", words)
    assert (found.country, found.precision, found.reason) == (None, "region", "a border of two countries")
    assert {member.country for member in found.members} == sides


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        (
            "Tunis voted, as did Sfax. Tunisia is not Egypt, many say.\nMigrants were bused to the Libyan border.",
            "the Libyan border",
            "TUN",
        ),
        (
            "Khartoum fell; Sudan's army left El Fasher.\nSouth Sudan sent men to the Ethiopian border.",
            "the Ethiopian border",
            "SSD",
        ),
        ("Migrants were bused to the Libyan border.", "the Libyan border", "LBY"),
    ],
)
def test_a_border_is_that_of_the_neighbour_that_the_paragraph_or_else_the_text_is_about(
    text: str, words: str, country: str
) -> None:
    assert place(text, words).country == country


def test_a_hyphen_inside_one_country_s_name_joins_no_two() -> None:
    assert place("Cattle crossed the Guinea-Bissau border.", "the Guinea-Bissau border").country == "GNB"


@pytest.mark.parametrize("words", ["the Goma-Bukavu road", "the Goma–Bukavu road"])
def test_a_road_between_two_towns_lies_at_neither(words: str) -> None:
    found = place(f"Lorries burned on {words} on Monday.", words)
    assert (found.country, found.precision, found.lat) == ("COD", "region", None)
    assert [member.name for member in found.members] == ["Goma", "Bukavu"]


def test_a_people_is_never_a_point() -> None:
    found = place("Losses rose in various Russian regions.", "various Russian regions")
    assert (found.country, found.precision, found.lat, found.lon) == ("RUS", "region", None, None)


def test_a_distance_from_a_town_is_no_pin_on_the_town() -> None:
    found = place("Ukraine reported fighting 20 km south of Kramatorsk.", "20 km south of Kramatorsk")
    assert (found.country, found.admin1, found.precision, found.lat) == ("UKR", "Donetsk", "region", None)


@pytest.mark.parametrize("words", ["northern Mali", "the north of Mali", "parts of Mali", "Mali’s troubled north"])
def test_a_part_of_a_country_is_a_region(words: str) -> None:
    found = place(f"Fighting went on in {words}.", words)
    assert (found.country, found.precision) == ("MLI", "region")


def test_a_list_of_towns_keeps_each_as_a_member() -> None:
    found = place("Ukraine lost Kramatorsk and Sloviansk.", "Kramatorsk and Sloviansk")
    assert [member.text for member in found.members] == ["Kramatorsk", "Sloviansk"]
    assert (found.country, found.admin1, found.precision) == ("UKR", "Donetsk", "region")


def test_the_city_is_the_one_named_before() -> None:
    found = place("The army entered Kramatorsk in Ukraine. By night the city had fallen.", "the city")
    assert (found.name, found.precision) == ("Kramatorsk", "point")


def test_the_country_is_the_one_named_before() -> None:
    found = place("Chad mourned. The country had lost its president.", "The country")
    assert (found.country, found.precision) == ("TCD", "country")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the Presidential Palace", "Presidential Palace"),
        ("Freedom Square", "Freedom Square"),
        ("Martyrs' Square", "Martyrs' Square"),
        ("Airport Road", "Airport Road"),
        ("State House", "State House"),
        ("the Green Zone", "Green Zone"),
        ("Camp Qorzabadi", "Camp Qorzabadi"),
        ("the Qorzabadi camp", "Qorzabadi"),
        ("Qorzabadi District", "Qorzabadi"),
        ("the Southern Military District", "Southern Military District"),
    ],
)
def test_a_site_that_the_index_lacks_keeps_the_noun_of_its_name(words: str, name: str) -> None:
    assert place(f"Mali's soldiers surrounded {words} on Monday.", words).name == name


def test_a_name_that_the_reader_has_cut_within_a_word_is_told_whole() -> None:
    assert place("Mali's soldiers surrounded Qorzabadi Square on Monday.", "zabadi Square").name == "Qorzabadi Square"


def test_an_unknown_town_takes_country_and_unit_from_its_sentence() -> None:
    found = place("Rebels burned Qorzabadi, a village in North Darfur.", "Qorzabadi")
    assert (found.country, found.admin1, found.lat) == ("SDN", "North Darfur", None)
    assert found.reason is not None and "not in the gazetteer" in found.reason


def test_an_unknown_district_keeps_its_whole_name() -> None:
    words = "Southern Military District"
    found = place(f"Wagner seized the headquarters of Russia's {words}.", words)
    assert (found.name, found.country) == (words, "RUS")


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Police fired at crowds in Qorzab Square. Ghana's president spoke.", "Qorzab Square", "Qorzab Square"),
        ("Ghana's police fired at crowds in Martyrs’ Square.", "Martyrs’ Square", "Martyrs’ Square"),
        ("Shots fell at the Qorzab Palace in Sudan.", "the Qorzab Palace", "Qorzab Palace"),
        ("Sudan's rebels took Camp Qorzabadi.", "Camp Qorzabadi", "Camp Qorzabadi"),
        ("Sudan's rebels burned Qorzabadi camp.", "Qorzabadi camp", "Qorzabadi"),
        ("Sudan's rebels burned the village of Qorzabadi.", "the village of Qorzabadi", "Qorzabadi"),
        ("Sudan's rebels left Qorzabadi, the Palace said.", "Qorzabadi", "Qorzabadi"),
    ],
)
def test_an_unknown_site_keeps_the_noun_that_says_what_it_is(text: str, words: str, name: str) -> None:
    found = place(text, words)
    assert (found.name, found.geonameid) == (name, None)


def test_a_town_of_nowhere_says_why_it_has_no_place() -> None:
    found = place("They spoke of Qorzabadi.", "Qorzabadi")
    assert (found.country, found.precision, found.geonameid) == (None, None, None)
    assert found.reason


def test_one_unresolvable_name_leaves_the_others() -> None:
    text = "Between Qorzabadi and Goma, in DR Congo, the road was cut."
    spans = [(text.index(word), text.index(word) + len(word)) for word in ("Qorzabadi", "Goma")]
    lost, goma = shipped().locate(text, spans)
    assert lost.place.geonameid is None
    assert goma.place.country == "COD"


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(MalformedItem, match="does not lie in"):
        shipped().locate("Goma", [(0, 9)])


def test_the_country_wanted_decides_between_namesakes() -> None:
    text = "Prices rose in Tripoli."
    start = text.index("Tripoli")
    span = [(start, start + len("Tripoli"))]
    assert shipped().locate(text, span, country="LBN")[0].place.country in {"LBN", "LBY"}
    assert shipped().locate(text, span)[0].place.country == "LBY"


def test_a_score_explains_itself() -> None:
    found = locate("Russian troops took Pokrovsk in Ukraine.", "Pokrovsk")
    assert 0.5 < found.score <= 1
    assert found.features["held_by_named_container"] > 0


def test_offsets_are_kept() -> None:
    text = "Goma fell."
    found = place(text, "Goma")
    assert found.start is not None and found.end is not None
    assert text[found.start : found.end] == found.text == "Goma"


def test_rows_follow_the_contract() -> None:
    text = "M23 rebels took Goma in DR Congo."
    start = text.index("Goma")
    (row,) = locate_rows(text, [{"start": start, "end": start + 4}])
    wanted = {"geonameid", "name", "admin1", "country", "lat", "lon", "precision", "role", "score", "reason"}
    assert wanted <= row.keys()
    assert (row["country"], row["admin1"], row["precision"], row["role"]) == ("COD", "Nord Kivu", "point", "place")


def test_rows_find_mentions_of_their_own() -> None:
    names = [row["name"] for row in locate_rows("Soldiers left Goma for Kampala in Uganda.")]
    assert names == ["Goma", "Kampala", "Uganda"]


def test_an_empty_text_has_no_rows() -> None:
    assert locate_rows("") == []


@pytest.mark.parametrize(
    ("text", "words", "members", "country"),
    [
        (
            "In Haiti, the government declared an emergency in the West, Artibonite and Centre departments on Monday.",
            "the West, Artibonite and Centre departments",
            ["Ouest", "Artibonite", "Centre"],
            "HTI",
        ),
        (
            "Between Brčko and Bijeljina in Bosnia police found weapons on Sunday.",
            "Between Brčko and Bijeljina",
            ["Brčko", "Bijeljina"],
            "BIH",
        ),
        (
            "Clashes were reported in Goma, Bukavu and Uvira on Sunday.",
            "Goma, Bukavu and Uvira",
            ["Goma", "Bukavu", "Uvira"],
            "COD",
        ),
        (
            "Shops closed in Kano, Kaduna, Zaria and Katsina on Sunday.",
            "Kano, Kaduna, Zaria and Katsina",
            ["Kano", "Kaduna", "Zaria", "Katsina"],
            "NGA",
        ),
        ("Police fired in Bouar and in Berbérati.", "Bouar and in Berbérati", ["Bouar", "Berbérati"], "CAF"),
        ("Lorries burned on the road from Sfax to Le Kef.", "the road from Sfax to Le Kef", ["Sfax", "El Kef"], "TUN"),
        (
            "Hunger spreads in Darfur, Kordofan and Khartoum.",
            "Darfur, Kordofan and Khartoum",
            ["Darfur", "Kordofan", "Khartoum"],
            "SDN",
        ),
        (
            "Shells hit Sloviansk and Kramatorsk, Donbas, on Sunday.",
            "Sloviansk and Kramatorsk, Donbas",
            ["Slovyansk", "Kramatorsk"],
            "UKR",
        ),
    ],
)
def test_every_place_of_a_list_is_a_member(text: str, words: str, members: list[str], country: str) -> None:
    start = text.index(words)
    place = shipped().locate(text, [(start, start + len(words))])[0].place
    assert [one.name for one in place.members] == members
    assert (place.country, place.precision) == (country, "region")


@pytest.mark.parametrize(
    ("words", "name", "country"),
    [
        ("Kutum, North Darfur", "Kutum", "SDN"),
        ("Gwoza, Nigeria", "Gwoza", "NGA"),
        ("Masisi, Goma", "Masisi Territory", "COD"),
        ("Sake, Goma, DR Congo", "Sake", "COD"),
        ("Zamzam camp, El Fasher", "Zamzam camp", "SDN"),
        ("Sake near Goma", "Sake", "COD"),
        ("Sake, near Goma", "Sake", "COD"),
        ("Myanmar's Myawaddy", "Myawaddy", "MMR"),
    ],
)
def test_a_place_told_to_lie_in_or_by_another_is_no_list(words: str, name: str, country: str) -> None:
    found = place(f"Gunmen came to {words} on Sunday.", words)
    assert (found.name, found.country, found.members) == (name, country, ())


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Pakistani officials said that gunmen had stopped six buses in Bolan on Sunday.", "Bolan", "PAK"),
        ("Nigerien soldiers were killed in Banibangou and Sanam.", "Sanam", "NER"),
        ("Turkish drones struck Kobani and Ain Issa on Monday.", "Ain Issa", "SYR"),
        ("French soldiers left Gossi and Tessalit.", "Gossi", "MLI"),
        ("Russian mercenaries were ambushed in Tinzaouaten on Friday.", "Tinzaouaten", "MLI"),
        ("An American drone killed three men in Miranshah, two officials said.", "Miranshah", "PAK"),
        ("American volunteers left Kupiansk on Sunday.", "Kupiansk", "UKR"),
        ("British and American doctors left Jenin on Sunday.", "Jenin", "PSE"),
        ("French officials said that their envoy had reached Stepanakert.", "Stepanakert", "AZE"),
        ("French and Malian envoys met in Evian on Monday.", "Evian", "FRA"),
        ("Kazakh oil for Schwedt went off up the pipe.", "Schwedt", "DEU"),
    ],
)
def test_a_name_that_the_index_lacks_is_no_namesake_across_the_world(text: str, words: str, country: str) -> None:
    assert place(text, words).country == country


@pytest.mark.parametrize(("words", "country"), [("Geneva", "CHE"), ("Strasbourg", "FRA"), ("Tripoli", "LBY")])
def test_a_city_is_itself_in_a_text_on_another_country(words: str, country: str) -> None:
    war = "Shells fell on Sabha and Murzuq. Libyan brigades left Kufra, Ajdabiya, Misrata and Sirte."
    assert place(f"{war} The envoys met in {words} on Monday.", words).country == country


@pytest.mark.parametrize(
    ("text", "words", "country", "members"),
    [
        ("It spread to parts of Sudan, including Khartoum.", "parts of Sudan, including Khartoum", "SDN", ["Khartoum"]),
        ("It struck bases in Iraq, including Dubai.", "bases in Iraq, including Dubai", "IRQ", []),
        ("Countries bordering Haiti wait.", "Countries bordering Haiti", None, ["Dominican Republic"]),
        (
            "Countries bordering Sudan, such as Chad and Egypt, wait.",
            "Countries bordering Sudan, such as Chad and Egypt",
            None,
            ["Chad", "Egypt"],
        ),
    ],
)
def test_an_example_is_one_of_several(text: str, words: str, country: str | None, members: list[str]) -> None:
    found = place(text, words)
    assert (found.country, found.admin1, [one.name for one in found.members]) == (country, None, members)
    assert found.precision == "region"


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("At Bole airport the queue reached the car park.", "Bole airport", "ETH"),
        ("Heads were set on the railings of Paradise Square.", "Paradise Square", "ETH"),
        ("Walkers going home meet walkers going out at Pamplona.", "Pamplona", "ETH"),
        ("The lines from Guri are down.", "Guri", "ETH"),
    ],
)
def test_a_city_is_not_known_afar_by_a_name_that_is_others_too(text: str, words: str, country: str) -> None:
    war = "Ethiopian soldiers left Mekelle, Adigrat and Axum. Shells fell on Gondar and Lalibela, Ethiopia said."
    assert place(f"{war} {text}", words).country == country
