"""Under whose name a prediction stands, where the text tells it by a name, an office or a byline."""

import time

import msgspec
import pytest

from foreshock.ledger.predictions import predictions_of
from foreshock.ledger.speakers.homes import Homes
from foreshock.model.prediction import ForecasterKind
from foreshock.model.vocabulary import Kind, SourceKind
from tests.ledger.conftest import AUTHOR, CLAUSE, ORG, ROLE, UNSCORED, Text, forecaster


@pytest.mark.parametrize(
    ("words", "source", "name"),
    [
        (
            f"Ximena Mamani of the Observatorio Lago Poopó said that {CLAUSE}.", "Ximena Mamani",
            "Observatorio Lago Poopó",
        ),
        (
            f"I asked Eusebio Choque, who follows the fishermen for the Instituto Poopó. “I think {CLAUSE},” he said.",
            "he", "Instituto Poopó",
        ),
        (
            f"The Padma Centre for Rivers was sure. Its head of bridges, Farida Haque, said that {CLAUSE}.",
            "Farida Haque", "Padma Centre for Rivers",
        ),
        (
            f"The Padma Centre for Rivers was sure. Farida Haque, its director of law, said that {CLAUSE}.",
            "Farida Haque", "Padma Centre for Rivers",
        ),
        (f"Ada Lund, a lawyer at the harbour commission, said that {CLAUSE}.", "Ada Lund", "harbour commission"),
        (f"Father Lund of the bishops' conference said that {CLAUSE}.", "Father Lund", "bishops' conference"),
        (
            f"The boatmen's confederation met. Leonidas Ushiña, who chairs it, said that {CLAUSE}.", "Leonidas Ushiña",
            "boatmen's confederation",
        ),
        (f"Hans de Vries, a clerk at the Padma Observatory, said that {CLAUSE}.", "Hans de Vries", "Padma Observatory"),
        (
            f"The river roads board met. The board's deputy head, Wubshet Ayele, said that {CLAUSE}.", "Wubshet Ayele",
            "river roads board",
        ),
        (f"General Sirwan of the Zeravani brigade said that {CLAUSE}.", "General Sirwan", "Zeravani brigade"),
        (f"Ada Lund, who fled from the town, said that {CLAUSE}.", "Ada Lund", None),
        (f"Zarina said that {CLAUSE}. “I have no coat,” added Zarina.", "Zarina", None),
        (f"Ada Lund, who lives in the Beni Valley, told this newspaper that {CLAUSE}.", "Ada Lund", None),
    ],
)  # fmt: skip
def test_who_speaks_for_a_body_stands_as_it(words: str, source: str, name: str | None) -> None:
    assert forecaster(words, source) == ((ORG, name) if name else (UNSCORED, "a person quoted"))


@pytest.mark.parametrize(
    ("words", "source", "name"),
    [
        (f"The miners' federation Fuerza Colquiri said that {CLAUSE}.", "Fuerza Colquiri", "Fuerza Colquiri"),
        (
            f"The research house Kestrel Kede said that {CLAUSE}.", "The research house Kestrel Kede", "Kestrel Kede",
        ),
        (f"Maendeleo ya Ziwa, a charity on the lake, said that {CLAUSE}.", "Maendeleo ya Ziwa", "Maendeleo ya Ziwa"),
        (f"A boatmen's union, BKN-Mto, said that {CLAUSE}.", "A boatmen's union", "BKN-Mto"),
        (
            f"The organisers of the March for Water, who are on foot, said that {CLAUSE}.",
            "The organisers of the March for Water", "March for Water",
        ),
        (f"The Samahan Mangingisda said that {CLAUSE}.", "The Samahan Mangingisda", "Samahan Mangingisda"),
    ],
)  # fmt: skip
def test_a_noun_beside_a_name_tells_that_it_is_a_bodys(words: str, source: str, name: str) -> None:
    assert forecaster(words, source) == (ORG, name)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The office of the governor of Balkh", "office of the governor of Balkh"),
        ("The army's command for the Est", "army's command for the Est"),
        ("The Federation of the Ramis Valley", "Federation of the Ramis Valley"),
        ("The council of elders of Bani Walid", "council of elders of Bani Walid"),
        ("The press office of the Holy See", "Holy See"),
        ("The press office of the presidency", "press office of the presidency"),
        ("The secretariat of the Commonwealth", "Commonwealth"),
        ("Moody's", "Moody's"),
        ("The Forum's", "Forum"),
        ("The federation of miners Fuerza Colquiri", "Fuerza Colquiri"),
    ],
)
def test_a_body_is_not_the_place_or_the_office_that_it_is_of(source: str, name: str) -> None:
    assert forecaster(f"{source} said that {CLAUSE}.", source, said_by=SourceKind.ORGANISATION) == (ORG, name)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (f"South Sudan's central bank met. The bank said that {CLAUSE}.", "South Sudan's central bank"),
        (f"Chad's central bank met. The bank said that {CLAUSE}.", "Chad's central bank"),
    ],
)
def test_a_noun_in_full_has_the_whole_name_of_its_country(words: str, name: str) -> None:
    assert forecaster(words, "The bank", said_by=SourceKind.ORGANISATION) == (ORG, name)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The Galana Centre", "Galana Centre for Public Policy"),
        ("Galana Centre's", "Galana Centre for Public Policy"),
        ("The Lund Institute", "Lund Institute"),  # publishes the *Lund Institute Briefs*
        ("The Padma Centre", "Padma Centre"),  # begins the names of two
    ],
)
def test_a_house_is_one_forecaster_by_its_short_name_and_by_its_whole_one(words: str, name: str) -> None:
    houses = (
        "Galana Centre for Public Policy",
        "Lund Institute Briefs",
        "Padma Centre for Rivers",
        "Padma Centre of Law",
    )
    homes = Homes.of([(house, f"d{number}", "KEN", 3) for number, house in enumerate(houses)])
    text = Text(f"{words} analysts said that {CLAUSE}.", "2024-01-10", "Ferry Post")
    text.say(CLAUSE, "will", Kind.FORECAST, source=(words, SourceKind.ORGANISATION))
    [found] = predictions_of(text.document, text.statements, homes=homes)
    assert (found.forecaster_kind, found.forecaster) == (ORG, name)


@pytest.mark.parametrize(
    ("noun", "read", "name"),
    [
        ("ministry", "The river ministry", "river ministry"),
        ("group", "A group of deputies", "group of deputies"),
        ("party", "A party", "party (Ferry Post)"),
    ],
)
def test_a_body_is_one_forecaster_with_and_without_its_article(noun: str, read: str, name: str) -> None:
    text = Text(f"{read} met. The {noun} said that {CLAUSE}.", "2024-01-10", "Ferry Post")
    text.say(CLAUSE, "will", Kind.FORECAST, source=(f"The {noun}", SourceKind.ORGANISATION))
    [told] = text.statements
    source = msgspec.structs.replace(told.sources[0], name=read)
    [found] = predictions_of(text.document, [msgspec.structs.replace(told, sources=(source,))])
    assert (found.forecaster_kind, found.forecaster) == (ORG, name)


def test_a_general_named_behind_his_army_is_nobodys_body() -> None:
    assert forecaster(f"The army General Lund leads said that {CLAUSE}.", "The army General Lund leads")[0] is UNSCORED


@pytest.mark.parametrize(
    ("words", "source", "name"),
    [
        (f"Mamadou Bah, the mayor of Boké, told them that {CLAUSE}.", "Mamadou Bah", "mayor of Boké"),
        (f"The opposition leader, Cellou Barry, said that {CLAUSE}.", "Cellou Barry", "opposition leader"),
        (
            f"The mayor of Boké resigned. His spokesman said that {CLAUSE}.",
            "His spokesman",
            "mayor of Boké's spokesman",
        ),
    ],
)
def test_the_holder_of_an_office_that_the_text_tells_stands_as_it(words: str, source: str, name: str) -> None:
    assert forecaster(words, source) == (ROLE, name)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (f"The National Front for Boats of the River said that {CLAUSE}.", "The National Front for Boats of the River"),
        (f"Oury Sow of Rivière Perspectives, a consultancy, said that {CLAUSE}.", "Oury Sow of Rivière Perspectives"),
    ],
)
def test_a_bodys_name_is_whole_and_without_its_people(words: str, name: str) -> None:
    assert forecaster(words, name) == (ORG, name.removeprefix("The ").removeprefix("Oury Sow of "))


@pytest.mark.parametrize(
    "office",
    ["chief government whip", "interim president", "majority leader in the Senate", "coast guard commandant"],
)
def test_a_public_office_stands_as_a_role(office: str) -> None:
    kind, name = forecaster(f"The {office} said that {CLAUSE}.", f"The {office}")
    assert (kind, name.startswith(office)) == (ROLE, True)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Both sides", SourceKind.ORGANISATION),
        ("Nearly all", SourceKind.ORGANISATION),
        ("The two companies", SourceKind.ORGANISATION),
        ("Sixteen states", SourceKind.ORGANISATION),
        ("Several of the parties", SourceKind.ORGANISATION),
        ("The opposition parties", SourceKind.ORGANISATION),
        ("Tamil parties", SourceKind.ORGANISATION),
        ("The state's lawyers", SourceKind.ORGANISATION),
        ("The other side", SourceKind.ORGANISATION),
        ("The rebels", SourceKind.ORGANISATION),
        ("The owner of the nearest shop", SourceKind.ROLE),
    ],
)
def test_who_is_nobody_in_particular_is_not_scored(source: str, kind: SourceKind) -> None:
    assert forecaster(f"{source} said that {CLAUSE}.", source, said_by=kind)[0] is UNSCORED


def test_a_quoted_ones_own_body_is_nobodys() -> None:
    words = f"“My committee says that {CLAUSE},” said a student."
    assert forecaster(words, "My committee", said_by=SourceKind.ORGANISATION)[0] is UNSCORED


@pytest.mark.parametrize(
    ("source", "name"),
    [("The Two Rivers Wire", "Two Rivers Wire"), ("The Kadu Rifles", "Kadu Rifles"), ("The armed forces", None)],
)
def test_a_plural_may_be_a_bodys_name(source: str, name: str | None) -> None:
    kind, told = forecaster(f"{source} said that {CLAUSE}.", source, said_by=SourceKind.ORGANISATION)
    assert kind is ORG and (name is None or told == name)


def test_plain_forces_are_those_that_the_text_names() -> None:
    words = f"The Zeravani Forces came home. The forces said that {CLAUSE}."
    assert forecaster(words, "The forces", said_by=SourceKind.ORGANISATION) == (ORG, "Zeravani Forces")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (f"The Ministry of Rivers and Roads met. The Ministry said that {CLAUSE}.", "Ministry of Rivers and Roads"),
        (f"The Padma Relief Desk counted. The Desk said that {CLAUSE}.", "Padma Relief Desk"),
    ],
)
def test_a_noun_with_a_capital_is_the_body_that_the_text_names_in_full(words: str, name: str) -> None:
    source = f"The {'Ministry' if 'Ministry' in name else 'Desk'}"
    assert forecaster(words, source, said_by=SourceKind.ORGANISATION) == (ORG, name)


def test_a_former_office_is_not_scored() -> None:
    assert forecaster(f"The former government whip said that {CLAUSE}.", "The former government whip")[0] is UNSCORED


@pytest.mark.parametrize(
    ("words", "source"),
    [
        (f"My own reckoning is that {CLAUSE}.", "My own"),
        (f"It is the view of our group that {CLAUSE}.", "our group"),
        (f"Boats lie idle; {CLAUSE}; that is as much as a columnist should say.", None),
        (f"The ferrymen refused. My own guess is that {CLAUSE}.", "The ferrymen"),
        (f"On the ministry's review: {CLAUSE}.", "the ministry's review"),
        (f"Too many of the forty-one have told their voters, and {CLAUSE}.", "forty-one have"),
    ],
)
def test_who_writes_foretells_what_nobody_else_says(words: str, source: str | None) -> None:
    assert forecaster(words, source, author="Ada Lund") == (AUTHOR, "Ada Lund")


def test_a_body_that_writes_of_itself_is_the_forecaster() -> None:
    words = f"We at the Padma Rivers Forum think that {CLAUSE}."
    assert forecaster(words, "We at the Padma Rivers Forum", author="Ada Lund") == (ORG, "Padma Rivers Forum")


@pytest.mark.parametrize("verb", ["repeated at the anniversary", "pledged in Beni", "denied on Monday"])
def test_what_a_body_says_with_that_is_not_the_authors(verb: str) -> None:
    assert forecaster(f"The roads ministry {verb} that {CLAUSE}.", None, author="Ada Lund") == (ORG, "roads ministry")


def test_one_of_the_house_that_writes_stands_as_it() -> None:
    words = f"Our political analyst Ada Lund holds that {CLAUSE}."
    assert forecaster(words, "Our political analyst Ada Lund") == (ORG, "Ferry Post")


def test_a_common_name_is_no_body_of_a_country_that_the_text_does_not_name() -> None:
    words = f"Nothing stirs in Georgia. The State Security Service said that {CLAUSE}."
    assert forecaster(words, "The State Security Service", said_by=SourceKind.ORGANISATION) == (
        ORG, "State Security Service",
    )  # fmt: skip


def test_somebody_is_not_the_paper_that_is_called_so() -> None:
    assert forecaster(f"A diplomat with long service here said that {CLAUSE}.", "A diplomat") == (UNSCORED, "diplomat")


def test_a_governments_spokesman_is_scored_and_one_of_nobody_is_not() -> None:
    assert forecaster(f"A government spokesman said that {CLAUSE}.", "A government spokesman")[0] is ROLE
    assert forecaster(f"A spokesman said that {CLAUSE}.", "A spokesman")[0] is UNSCORED


@pytest.mark.parametrize(
    ("place", "name"),
    [("Mali", "National Movement for the Liberation of Azawad"), ("Myanmar", "New Mon State Party"), ("Peru", "MNLA")],
)
def test_an_acronym_is_a_body_of_a_country_that_the_text_names(place: str, name: str) -> None:
    words = f"Nothing stirs in {place}. The MNLA said that {CLAUSE}."
    assert forecaster(words, "The MNLA", said_by=SourceKind.ORGANISATION) == (ORG, name)


def test_a_mere_title_is_no_office_of_a_country_that_the_text_does_not_name() -> None:
    words = f"Nothing stirs in Peru. The defence secretary said that {CLAUSE}."
    assert "United Kingdom" not in forecaster(words, "The defence secretary")[1]


@pytest.mark.parametrize(
    ("words", "source", "expected"),
    [
        (
            f"The Padma Rivers Forum met. On Monday, the government fell. The think tank said that {CLAUSE}.",
            "The think tank", (ORG, "Padma Rivers Forum"),
        ),
        (
            f"The mayor of Segou spoke. The rebels killed the king. He said that {CLAUSE}.", "He",
            (ROLE, "mayor of Segou"),
        ),
        (f"The roads ministry is a shambles: {CLAUSE}.", None, (AUTHOR, "Ada Lund")),
        (
            f"A man who had been arrested said that {CLAUSE}.", "A man who had been arrested",
            (UNSCORED, "man who had been arrested"),
        ),
        (f"Critics said that {CLAUSE}.", "the plan", (UNSCORED, "plan")),
        (f"The governor of Segou met Hans Lund. He said that {CLAUSE}.", "He", (ROLE, "governor of Segou")),
        (f"The mayor of Segou wrote to Ada Lund. Later he said that {CLAUSE}.", "he", (ROLE, "mayor of Segou")),
        (f"The post's minister said that {CLAUSE}.", "The post's minister", (ROLE, "post's minister")),
        (f"The ministry of roads is known for one thing: {CLAUSE}.", None, (AUTHOR, "Ada Lund")),
        (f"In the spring I did not believe that {CLAUSE}.", None, (AUTHOR, "Ada Lund")),
        (f"A year ago few believed that {CLAUSE}.", None, (AUTHOR, "Ada Lund")),
        (f"This week the winter wheat board said that {CLAUSE}.", None, (ORG, "winter wheat board")),
        (f"The year many fell ill, the board said that {CLAUSE}.", None, (ORG, "board (Ferry Post)")),
    ],
)  # fmt: skip
def test_what_looks_like_a_speaker_and_is_none(
    words: str, source: str | None, expected: tuple[ForecasterKind, str]
) -> None:
    told = words if source is None or source in words else words.replace("Critics", "Critics of the plan")
    assert forecaster(told, source, author="Ada Lund") == expected


def test_a_page_of_capitals_takes_no_square_of_its_length() -> None:
    text = Text(f"Rain fell.\n\n{CLAUSE}, he said.\n\n{'Abc ' * 5000}", "2024-01-10", "Ferry Post")
    text.say(CLAUSE, "will", Kind.FORECAST, source=("he", SourceKind.PERSON))
    began = time.process_time()
    assert len(predictions_of(text.document, text.statements)) == 1
    assert time.process_time() - began < 3


def test_a_text_whose_outlet_and_author_are_empty_still_has_its_speakers() -> None:
    text = Text(f"Rain fell.\n\nThe UN refugee office said that {CLAUSE}.", "2024-01-10", "", "")
    text.say(CLAUSE, "will", Kind.FORECAST, source=("The UN refugee office", SourceKind.ORGANISATION))
    [found] = predictions_of(text.document, text.statements)
    assert (found.forecaster_kind, found.forecaster) == (ORG, "UN refugee office")


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("He", SourceKind.PERSON, "a person quoted"),
        ("It", SourceKind.ORGANISATION, "a person quoted"),
        ("The young man was fined", SourceKind.PERSON, "a person quoted"),
        ("The ministry had twice", SourceKind.PERSON, "a person quoted"),
        ("The man who was fined", SourceKind.PERSON, "man who was fined"),
        ("Those who have fled", SourceKind.PERSON, "Those who have fled"),
        ("The farmers of Ituri", SourceKind.PERSON, "farmers of Ituri"),
        ("The IS fighters", SourceKind.PERSON, "IS fighters"),
        ("Traders", SourceKind.PERSON, "traders"),
        ("Osman", SourceKind.PERSON, "a person quoted"),
        ("Idris", SourceKind.PERSON, "a person quoted"),
    ],
)
def test_a_pronoun_and_what_is_cut_from_a_clause_name_nobody(source: str, kind: SourceKind, name: str) -> None:
    after = " Idris, a teacher, nodded." if source == "Idris" else ""
    assert forecaster(f"{source} said that {CLAUSE}.{after}", source, said_by=kind) == (UNSCORED, name)


@pytest.mark.parametrize(
    "author", ["Ada Lund", "ADA LUND", "By Ada Lund", "ada lund", "Ada  Lund.", "Ada\u200b Lund", "\u0410da Lund"]
)
def test_a_byline_set_otherwise_is_the_same_forecaster(author: str) -> None:
    words = "A raid on Grayvoron is likely."
    text = Text(words, "2023-05-03", "Ledger", author).say(words, "raid", Kind.FORECAST)
    [found] = predictions_of(text.document, text.statements)
    assert found.forecaster == "Ada Lund"


@pytest.mark.parametrize("author", ["J.R.", "ada", "Sahel Desk", "Ада Лунд", "Ronald McDonald", "Leon Black Jr."])
def test_a_byline_is_not_made_another_than_it_is(author: str) -> None:
    words = "A raid on Grayvoron is likely."
    text = Text(words, "2023-05-03", "Ledger", author).say(words, "raid", Kind.FORECAST)
    [found] = predictions_of(text.document, text.statements)
    assert found.forecaster == author
