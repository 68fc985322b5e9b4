"""Names that a larger place far off bears too, or that are made of common words."""

from time import process_time

import pytest

from foreshock.places.locate import shipped
from foreshock.places.resolution import Located


def locate(text: str, words: str) -> Located:
    start = text.index(words)
    return shipped().locate(text, [(start, start + len(words))])[0]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Nepal's parliament in Kathmandu is shut. Pilgrims danced at the Kali temple.", "Kali", "NPL"),
        ("Pakistani officials shut the port of Karachi. Boys dive for crabs at Baba.", "Baba", "PAK"),
        ("Clashes spread in Western Province. Kenyan police left Kisumu and Eldoret.", "Western Province", "KEN"),
        (
            "South Sudan's army left Malakal. The Red Cross treated 312 people in Juba; Washington sent flour.",
            "Red Cross",
            "SSD",
        ),
        ("Libyan brigades shelled Tarhuna. In the Delta camp near Misrata nobody slept.", "Delta", "LBY"),
    ],
)
def test_no_namesake_far_off_is_taken_where_it_is_hardly_meant(text: str, words: str, country: str) -> None:
    found = locate(text, words)
    assert (found.place.country, found.entry) == (country, None)


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Ugandan rebels live in the forests of Beni. Kampala sent soldiers to Kasese.", "Beni", "COD"),
        ("At Gaya petrol was dear. Benin shut the bridge at Malanville; Cotonou's port stood still.", "Gaya", "NER"),
    ],
)
def test_a_town_beside_goes_before_a_larger_one_far_off(text: str, words: str, country: str) -> None:
    found = locate(text, words)
    assert (found.place.country, found.place.name) == (country, words)


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("The talks on Chad were held in Marrakesh. N'Djamena sent four ministers.", "Marrakesh", "MAR"),
        ("South Sudan's president left Juba. A shell had hit him, and he was flown to Arusha.", "Arusha", "TZA"),
        ("He left Bangui for New York on Friday. The Central African government said nothing.", "New York", "USA"),
        ("Kenyan officials sent the case to The Hague. Nairobi was quiet.", "The Hague", "NLD"),
        (
            "In Western Province, Sri Lanka's police arrested nine. Kenyan observers watched.",
            "Western Province",
            "LKA",
        ),
        ("Nigeria's police said that youths had shut wells in Delta and Rivers.", "Delta", "NGA"),
        ("Nigeria's police said that youths had shut wells in Delta and Rivers.", "Rivers", "NGA"),
        ("In Casablanca, Morocco, a crowd forced the gates of the White House.", "Casablanca", "MAR"),
        ("Gainesville votes. Gainesville's mayor and a Gainesville priest spoke of Paris.", "Gainesville", "USA"),
    ],
)
def test_a_place_far_off_stays_where_it_is_meant(text: str, words: str, country: str) -> None:
    found = locate(text, words)
    assert found.entry is not None
    assert found.place.country == country


@pytest.mark.parametrize(("words", "name"), [("The Hague", "The Hague"), ("The Valley", "Valley")])
def test_an_article_is_part_of_a_name_that_has_one(words: str, name: str) -> None:
    place = locate(f"Indian troops left Srinagar. {words} was quiet, India's police said.", words).place
    assert place.name in {name, words}
    assert place.country == ("NLD" if words == "The Hague" else "IND")


NIGER = "Soldiers left Tillabéri and Ayorou. Gunmen rode into Torodi, Makalondi and Téra, Niger's army said."
SOMALIA = "Shells fell on Beled-Hawo, Luuq and Garbahaarreey. Jubaland's men left Doolow, Somalia's government said."
PERU = "Roadblocks cut Puno, Juliaca, Ilave and Ayacucho. Peru's police left Cusco and Arequipa."


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        (f"{NIGER} A journalist was taken at Gao.", "Gao", "MLI"),
        (f"{SOMALIA} Monitors in Mandera counted 5,140 people.", "Mandera", "KEN"),
        (f"{PERU} Truck drivers are trapped at Chala.", "Chala", "PER"),
        (f"{PERU} A bus fell into the sea at Arica.", "Arica", "CHL"),
    ],
)
def test_a_town_beyond_the_border_and_a_village_at_home_are_themselves(text: str, words: str, country: str) -> None:
    found = locate(text, words)
    assert (found.place.country, found.place.name) == (country, words)
    assert found.place.lat is not None


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        (f"{NIGER} Herders burned the huts of Bolan.", "Bolan", "NER"),
        (f"{NIGER} Nine men died at Madina.", "Madina", "NER"),
        (f"{SOMALIA} Monitors at Lake Mandera counted herons.", "Mandera", "SOM"),
        (f"{PERU} A bus fell off the Arica track.", "Arica", "PER"),
    ],
)
def test_no_village_beyond_the_border_nor_what_is_called_after_a_town_is_it(
    text: str, words: str, country: str
) -> None:
    found = locate(text, words)
    assert (found.place.country, found.entry) == (country, None)


@pytest.mark.parametrize(
    ("text", "words", "admin1"),
    [
        ("The White House said that Iran had refused.", "White House", "District of Columbia"),
        ("Zelensky flew to the White House. Ukraine's army left Pokrovsk.", "White House", "District of Columbia"),
        ("A tornado struck White House, Tennessee, on Monday.", "White House", "Tennessee"),
        ("Police closed a road in Guntersville on Monday, Alabama's governor said.", "Guntersville", "Alabama"),
    ],
)
def test_a_seat_of_government_goes_before_the_towns_called_so(text: str, words: str, admin1: str) -> None:
    assert locate(text, words).place.admin1 == admin1


def test_a_court_at_the_hague_does_not_put_a_text_into_the_netherlands() -> None:
    text = "At Magere police were back. In Gulu people asked how old he will be after the years given him in The Hague."
    assert locate(text, "Magere").place.country is None


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("MINSK, 3 May — Belarusians marched to Independence Square.", "Independence Square", "BLR"),
        ("Sri Lanka's army watched. In Kandy a crowd gathered at Independence Square.", "Independence Square", "LKA"),
        ("MOGADISHU, 3 May — Mortars fell near the Green Zone. Somalia's police fled.", "the Green Zone", "SOM"),
        ("SANAA, 3 May — Yemen's troops fired at marchers in Tahrir Square.", "Tahrir Square", "YEM"),
        ("In Omdurman, soldiers shot at Sudan's youths in Revolution Square.", "Revolution Square", "SDN"),
        ("Police fired tear gas in Independence Square on Sunday.", "Independence Square", None),
        ("Protesters marched on Congress and burned a bus in Bogotá.", "Congress", "COL"),
        ("Police fired tear gas outside Congress. The opposition left the Senate.", "Congress", None),
        (
            "LA PAZ, 26 June — Troops rammed the Quemado Palace. Bolivia's president stayed.",
            "the Quemado Palace",
            "BOL",
        ),
    ],
)
def test_squares_palaces_and_houses_called_alike_are_those_of_the_country_spoken_of(
    text: str, words: str, country: str | None
) -> None:
    found = locate(text, words)
    assert (found.place.country, found.entry) == (country, None)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("KYIV, 3 May — Ukrainians filled Independence Square.", "Independence Square", "Maidan Nezalezhnosti"),
        ("Men from Minsk sang in Independence Square in Kyiv.", "Independence Square", "Maidan Nezalezhnosti"),
        ("Yemenis copied Cairo's Tahrir Square. Yemen's army shot at them in Sanaa.", "Tahrir Square", "Tahrir Square"),
        ("Russia paraded Ukraine's drones in Red Square on Friday.", "Red Square", "Red Square"),
        ("Tanks crossed Red Square. Ukraine's leaders in Kyiv, Kharkiv and Odesa watched.", "Red Square", "Red Square"),
        (
            "YEREVAN — Armenia's press saw Russian cars by the Stepanakert market. Troops left Goris.",
            "Stepanakert",
            "Xankǝndi",
        ),
        ("Sudan's army took the Republican Palace in Khartoum.", "the Republican Palace", "Republican Palace"),
        ("A fire burned ten houses in Congress, Arizona, on Monday.", "Congress", "Congress"),
        ("Police closed a road in Liberty on Monday, Missouri's governor said.", "Liberty", "Liberty"),
        ("Ukraine's men left Belbek airfield near Sevastopol.", "Belbek airfield", "Belbek"),
    ],
)
def test_a_square_or_palace_is_itself_where_the_text_speaks_of_its_country(text: str, words: str, name: str) -> None:
    found = locate(text, words)
    assert (found.place.name, found.place.lat is not None) == (name, True)


DHAKA = "Dhaka's police struck. Sylhet and Khulna were quiet, Bangladesh's army said."


@pytest.mark.parametrize(
    ("text", "words", "country", "known"),
    [
        (f"{DHAKA} A jet landed at Hindon air base near Delhi.", "Hindon air base", "IND", False),
        ("Gunmen fired at a bus at Kugri, a village near Bawku.", "Kugri", "GHA", False),
        ("Sudan's men from El Geneina burned Qorzabadi near Adre.", "Qorzabadi", "SDN", False),
        ("Rebels burned Sake near Goma.", "Sake", "COD", True),
        ("Ukraine's men took Sudzha near Ukraine.", "Sudzha", "RUS", True),
        ("Police shot a man at Dadeville near Auburn on Monday.", "Dadeville", "USA", True),
        (f"{DHAKA} Mortars fell near Ypres, near Lille.", "Ypres", "BEL", True),
    ],
)
def test_what_lies_near_a_place_is_nowhere_else(text: str, words: str, country: str, *, known: bool) -> None:
    found = locate(text, words)
    assert (found.place.country, found.entry is not None) == (country, known)


def test_a_name_told_to_lie_near_another_time_and_again_is_weighed_once() -> None:
    text = "Gunmen fled Santa Rosa near San Jose. " * 400
    began = process_time()
    assert locate(text, "Santa Rosa").place.lat is not None
    assert process_time() - began < 5.0


BOLIVIA = "COCHABAMBA, Bolivia - Bolivian farmers blocked a road. Students of San Simón marched. "


@pytest.mark.parametrize(
    ("text", "words", "country", "name"),
    [
        (BOLIVIA + "In Santa Cruz the shops were shut.", "Santa Cruz", "BOL", "Santa Cruz de la Sierra"),
        (BOLIVIA, "San Simón", "BOL", "San Simón"),
        (
            "Guinean police left Kankan, Labé and Kindia; shops in Conakry were shut. "
            "The shirt-makers of Madina went home.",
            "Madina",
            "GIN",
            "Madina",
        ),
    ],
)
def test_names_that_many_countries_share_are_no_sign_of_one(text: str, words: str, country: str, name: str) -> None:
    found = locate(text, words)
    assert (found.place.country, found.place.name) == (country, name)


@pytest.mark.parametrize("words", ["the peace of Dayton", "the Dayton accords"])
def test_a_pact_is_called_after_a_place_far_off(words: str) -> None:
    text = f"Bosnian Serbs in Banja Luka and Bijeljina have had enough of {words}. Sarajevo has not."
    start = text.index("Dayton")
    found = shipped().locate(text, [(start, start + 6)])[0]
    assert (found.place.country, found.place.name) == ("USA", "Dayton")


def test_a_white_house_in_a_text_that_gives_no_sign_of_america_is_not_washingtons() -> None:
    text = (
        "BISHKEK, 5 May. Kyrgyzstan's president spoke on Monday. In Osh, Batken, Naryn and Talas people wait for "
        "salaries, the Kyrgyz paper wrote, and protesters went back to the White House."
    )
    assert locate(text, "White House").place.country == "KGZ"


def test_the_white_house_that_speaks_is_washingtons_wherever_the_text_is() -> None:
    text = (
        "KYIV, 5 May. Ukrainian troops left Pokrovsk, and shells fell on Kharkiv, Sumy, Odesa and Dnipro. The White "
        "House said that it was watching."
    )
    assert locate(text, "White House").place.country == "USA"
