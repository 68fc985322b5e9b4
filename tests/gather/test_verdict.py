"""The verdict on what is worth reading, and the time it takes."""

import datetime
import re
import time

import pytest

from foreshock.gather.prose import prose_of
from foreshock.gather.verdict import verdict_on
from foreshock.model.document import Document, Verdict, text_id
from foreshock.model.vocabulary import Granularity

REPORT = (
    "The army shelled the town on Monday, killing 3.5 times as many civilians as in the last attack, officials said. "
    "Rebels took the border post and government troops withdrew to the province capital after the fighting, he said. "
    "The president of the U.S. warned that sanctions would follow if the ceasefire was broken by the militia again. "
)


def judged(text: str, title: str | None = None) -> Verdict:
    return verdict_on(Document(id=text_id(text), text=text, origin="a.txt", capture="0" * 64, title=title))


def verdict(text: str, title: str | None = None) -> str:
    return judged(text, title).label


def test_a_report_is_usable() -> None:
    assert verdict(REPORT) == "usable"
    assert verdict(REPORT.replace(". ", ".\r\n")) == "usable"


ADVERT = "Play slots at our casino now and win the jackpot with a bonus."


def test_an_advertisement_below_a_report_makes_no_spam_of_it() -> None:
    found = judged(f"{REPORT}\n\n{ADVERT}\n")
    assert found.usable and found.reason.endswith("beside 13 words of advertising")
    assert judged(f"{ADVERT}\n{REPORT}\n{REPORT}\n{ADVERT}").usable


def test_a_stolen_paragraph_makes_no_report_of_spam() -> None:
    for times in (3, 8, 40):
        assert verdict(f"{REPORT}\n" + f"{ADVERT}\n" * times) == "spam"
    assert verdict(f"{REPORT} {ADVERT}") == "spam"  # one paragraph is read as one
    assert verdict(f"Come to the fair on Monday, everybody is welcome there.\n{ADVERT}") != "usable"


def test_words_without_a_stop_are_no_sentences() -> None:
    assert verdict(REPORT.replace(".", "").replace(",", "")) == "boilerplate"


def test_another_language_is_named_where_there_are_words_enough_to_tell() -> None:
    short = "Die Regierung hat am Montag in der Hauptstadt erklärt, dass die Truppen abgezogen werden."
    german = f"{short} Mehrere Minister widersprachen und kündigten an, dass sie dagegen vor Gericht ziehen wollen."
    assert verdict(german + " " + german) == "other_language:de"


def test_no_word_is_counted_twice_before_a_language_is_named() -> None:
    thirty = " ".join(["Die Regierung hat am Montag in der Hauptstadt erklärt, dass die Truppen abgezogen werden."] * 2)
    assert len(thirty.split()) < 45
    assert verdict(thirty) == "boilerplate"


BRIEFS = {
    "Correction: the raid on Garada": (
        "An earlier report said that 14 soldiers were killed when rebels raided the barracks at Garada on Sunday. "
        "The army's surgeon now says that nine were killed. We regret the error."
    ),
    "Ministry: no raid at Garada": (
        "The defence ministry denied on Monday that there had been any raid at Garada, and called reports of "
        "casualties among its soldiers an invention of the rebel militia."
    ),
    "Ceasefire signed": "GARADA, 3 May - The government and the militia signed a ceasefire on Friday, a mediator said.",
}


@pytest.mark.parametrize("title", BRIEFS)
def test_a_correction_a_denial_and_a_wires_first_line_are_reports(title: str) -> None:
    assert verdict(f"{title}\n\n{BRIEFS[title]}", title) == "usable"
    assert verdict(BRIEFS[title]) == "usable"


def test_a_single_sentence_among_what_a_page_says_of_itself_is_no_brief_and_the_reason_says_so() -> None:
    (sentence,) = [text for title, text in BRIEFS.items() if title == "Ceasefire signed"]
    links = judged(sentence + "\nPolitics\nWorld\nMarkets\nWeather forecast\nObituaries\nOur other titles\nJobs\nHelp")
    assert links.label == "boilerplate"
    assert "words that stand in no sentence" in links.reason
    wall = judged(sentence + "\nSubscribe")
    assert wall.label == "boilerplate"
    assert "1 word of page furniture" in wall.reason


def test_words_too_few_for_a_sentence_are_told_as_that() -> None:
    few = judged("Rebels took Garada on Monday, the army said in a statement. Photo: army press office, Garada region")
    assert few.label == "boilerplate"
    assert few.reason.startswith("11 of 17 words stand in sentences of eight words or more, and 12 must")


NOTES = (
    "12 March 2024. Gendarmes killed in an ambush near Koutougou.",
    "2024-05-03: checkpoint at Kilo 12 burned; two soldiers dead, one taken.",
    "Note, 4 June 2024\n\nElders in Rumbek say the youth will march on the office on Friday. Governor has left town.",
    "Meeting Jan 12, 2024, Bamako\n- army moved two battalions north\n- no fuel since Sunday\n- governor fears strikes",
    "3.5.2024. Curfew in Garoua from 18:00.",
)


@pytest.mark.parametrize("note", NOTES)
def test_a_short_note_is_read_where_it_has_a_date(note: str) -> None:
    assert verdict(note) == "usable"


def dated(text: str, url: str | None = None) -> Verdict:
    return verdict_on(
        Document(
            id=text_id(text), text=text, origin="a.txt", capture="0" * 64, url=url,
            published=datetime.date(2024, 5, 3), published_granularity=Granularity.DAY,
        )
    )  # fmt: skip


def test_a_date_that_is_given_makes_a_short_text_a_note_and_one_without_is_told_so() -> None:
    text = "Gunmen killed four. The army says nothing."
    assert dated(text).label == "usable"
    undated = judged(text)
    assert undated.label == "boilerplate"
    assert undated.reason.startswith("only 7 words") and "--published DATE" in undated.reason


def test_a_page_off_the_web_is_no_note_however_it_is_dated() -> None:
    text = "Gunmen killed four. The army says nothing."
    found = dated(text, url="https://lantern.example/")
    assert found == Verdict(label="boilerplate", reason="only 7 words")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Roads closed this morning. Nobody left at the bakery.", "hardly about states and conflict (0 of 9 words)"),
        ("Army\nGovernor\nRebels\nThe militia left.", "too few words in sentences (3 of 6)"),
        ("The army took the town. Subscribe.", "1 word of page furniture"),
    ],
)
def test_what_a_dated_note_lacks_is_told(text: str, why: str) -> None:
    found = dated(text)
    assert found.label == "boilerplate"
    assert why in found.reason


@pytest.mark.parametrize(
    ("text", "words"),
    [("Army: 3.5 tonnes.", 3), ("The U.S. army fired at 18:00.", 6), ("Coup", 1), ("5/6/2024 coup", 2)],
)
def test_words_are_counted_as_a_person_counts_them(text: str, words: int) -> None:
    reason = judged(text).reason
    assert re.findall(r"\d+ words?\b", reason)[0] == ("1 word" if words == 1 else f"{words} words")


def test_a_short_note_in_another_language_is_no_english_one() -> None:
    assert dated("La junta mandó la crisis general al norte.").label != "usable"


COMMUNIQUE = """The Peace and Security Council of the Union, at its 40th meeting,

Recalling its earlier decisions on the situation in the province of Garada,

Alarmed by the fighting between the army and the militia and by the flight of civilians; and

Acting under Article 7 of its Protocol, Council:

1. Condemns the attack on the governor's residence and the abduction of two ministers;

2. Calls upon the parties to cease hostilities without delay and to open roads for relief;

3. Requests the Chairperson to send a mission to the capital, and to report within thirty days;

(a) Decides to remain seized of the matter."""
LIVE_BLOG = """14:05 Protesters break through the gate of the parliament in Garada

14:12 GMT – Police fire tear gas from the roof of the ministry, the hospital takes in twenty wounded

14:30: The president leaves the palace by helicopter, an officer of his guard says

14:41 Soldiers at the bridge let the crowd pass and wave from their tanks

15:02 The speaker of parliament announces talks with the opposition"""
CHAT = """[17/03/24, 14:03:11] Odo K: the army has left the camp at Garada this morning

[17/03/24, 14:05:40] Mara: How many soldiers were there before the attack on Friday?

[17/03/24, 14:09:02] Odo K: two hundred they say, the governor will not confirm it

[17/03/24, 14:31:55] Mara: rebels were seen on the road to the border with the looted fuel

[17/03/24, 15:10:12] Odo K: people flee to the mission, the police do nothing for them"""
INTERVIEW = """LANTERN: Why did the talks between the government and the rebels fail?

ODO: They never began. The general wanted to be seen.

LANTERN: Is the ceasefire over?

ODO: It is. There was fighting on Friday. Two villages are empty, and in the capital bread is scarce.

LANTERN: What should the mission do now?

ODO: Go to the border and stay there. The army fears it. The militia fears it more.

LANTERN: Will the president resign?

ODO: Not he. The police are paid. The prisons are full.

LANTERN: And the election?

ODO: There will be no election. Nobody counts on it. The rebels hold nine districts."""
ROUND_UP = """• GARADA – Police shot dead six protesters at the gate of the university

• VELIA – Parliament dissolved after the president's party lost the vote of confidence

• LOWER ARDEN – Army takes back the border post from rebels, mayor says

• TESSA – Curfew in three provinces after the governor's murder, shops looted in the capital

• MORAN – Government denies that soldiers fired on the striking dockers

• UPPER ARDEN – Opposition calls for a general strike against the election law

• KESH – Nine prisoners escape from the fortress, a minister resigns"""
WRITTEN = {"communiqué": COMMUNIQUE, "live blog": LIVE_BLOG, "chat": CHAT, "interview": INTERVIEW, "round-up": ROUND_UP}


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_dated_text_of_items_is_read_and_one_off_the_web_is_a_page(kind: str) -> None:
    text = WRITTEN[kind]
    found = dated(text)
    assert found.label == "usable"
    assert found.reason.startswith("a dated ")
    assert dated(text, url="https://lantern.example/").label == "boilerplate"


def test_a_text_of_items_without_a_date_is_told_that_one_is_wanted() -> None:
    found = judged(COMMUNIQUE)
    assert found.label == "boilerplate"
    assert "--published DATE" in found.reason


MENU = "Home\nPolitics\nWorld affairs\nAbout the Lantern\n- Our other titles\n- Jobs\n14:05 Weather\nGarada: latest\n"


@pytest.mark.parametrize(
    "text",
    [
        MENU * 6 + "The army took the town of Garada on Monday after a day of fighting with the militia, he said.",
        "\n".join(f"Rebels seize town number {number} from the army and march on Garada" for number in range(12)),
        "\n".join(f"{number}\tGarada\tarmed clash\t{number} killed\tarmy, militia" for number in range(12)),
        COMMUNIQUE + "\nSubscribe to our newsletter, log in, sign up, follow us, share this, read more, click here",
        "\n".join(f"- Stir in {number} eggs and bake the cake until it is brown" for number in range(9)),
    ],
    ids=["a menu", "bare headlines", "a table", "furniture", "a recipe"],
)
def test_menus_headlines_tables_and_other_matters_are_no_text_of_items(text: str) -> None:
    assert dated(text).label == "boilerplate"


TEASERS = "\n".join(
    f"Markets\nWeather\nGarada votes {number}\nLive\nThe army took town {number} after a day of fighting, he said."
    for number in range(9)
)


def test_a_page_of_teasers_is_no_report_unless_a_headline_stands_over_it() -> None:
    assert verdict(TEASERS, "Home | The Lantern") == "boilerplate"
    assert verdict(TEASERS, "Army takes nine towns near Garada in a day | The Lantern") == "usable"


@pytest.mark.parametrize(
    "title",
    [
        "Lantern - Breaking News, Politics, Business, Sports",
        "You searched for militia - The Lantern",
        "Staff Writer, Author at The Lantern",
        "Pashto News and Current Affairs Channel | Lantern",
        "Latest news: Burkina Faso",
        "Latest news: Security",
    ],
)
def test_front_pages_sections_and_searches_are_told_by_their_titles(title: str) -> None:
    assert verdict(REPORT, title) == "boilerplate"


@pytest.mark.parametrize(
    "title",
    [
        "Militia kills nine in Garada | Lantern: Latest News, Breaking News, Top Headlines",
        "At least 404 people flee the fighting in the south",
        "Sudan",
        "Breaking news: Soldiers seize palace",
        "Garada coup: Live updates | Lantern",
    ],
)
def test_a_headline_over_a_report_leaves_it_usable(title: str) -> None:
    assert verdict(REPORT, title) == "usable"


def test_a_short_text_is_usable_only_where_it_is_about_states() -> None:
    shop = "The shop at the corner opens at nine and it sells bread to all who live in the street. "
    assert verdict("The army left the town on Monday before the rain had come. " + shop * 3) in (
        "boilerplate",
        "off_topic",
    )
    assert (
        verdict("The army left the town on Monday after rebels shelled the barracks and killed a colonel. " * 4)
        == "usable"
    )


STRAIN = {
    "a blackout": (
        "The lights went out in nineteen of the twenty-three states at five in the afternoon and had not come "
        "back by dawn. Trains stood in their tunnels, and people walked home along the motorway by the light "
        "of telephones. In the children's hospital the generator started, ran for an hour and stopped; "
        "mothers pumped air into the lungs of the smallest by hand. The minister blamed a brush fire. "
        "Engineers who once worked there said that nobody had cut the grass beneath the lines for years. By "
        "noon bread was being sold for dollars, and in the west of the country crowds had broken the shutters "
        "of three hundred shops."
    ),
    "a league": (
        "The National League said that it would not register again. Its rooms above the tea shop have been "
        "locked since the spring, and whoever asks for the League there is told to ask elsewhere. A lawyer "
        "who used to draft the League's letters counts forty names that will be gone from the list on Tuesday "
        "night. The ministry keeps a list of its own, with sixty-three. He does not expect a ballot this "
        "year, he says, nor next; nobody has counted the people in the hills, and nobody will before the "
        "rains. The League's treasurer sends him mangoes from across the river, with no letter. The last one "
        "was opened on the way, and the envelope had been closed again with rice."
    ),
}
"""Reports of a state under strain that hardly use the words of wars and cabinets."""


@pytest.mark.parametrize("about", STRAIN)
def test_strain_that_is_told_in_other_words_is_no_other_matter(about: str) -> None:
    assert verdict(STRAIN[about]) == "usable"


def test_another_script_names_its_language_in_few_words() -> None:
    russian = (
        "Министр обороны сообщил в понедельник, что войска покинули город после двух дней тяжёлых "
        "боёв на границе области."
    )
    assert verdict(russian) == "other_language:ru"


def test_a_report_that_names_a_stadium_stays_a_report() -> None:
    assert verdict(REPORT + "The wounded were taken to the stadium of the town. ") == "usable"


@pytest.mark.parametrize("piece", ["a", "word ", "a.b", ".", "a! ", "…”", "attack", "a’", "-", "Ab. "])
def test_the_time_of_a_verdict_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    verdict("The first call loads the lexicon and the language model, and that is not what is timed here.")
    began = time.process_time()
    verdict(piece * (200_000 // len(piece)))
    assert time.process_time() - began < 2


@pytest.mark.parametrize("piece", ["word ", "a.b", "a! "])
def test_the_sentences_of_a_line_of_two_megabytes_are_counted_at_once(piece: str) -> None:
    began = time.process_time()
    prose_of(piece * (2_000_000 // len(piece)))
    assert time.process_time() - began < 1
