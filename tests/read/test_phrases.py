"""What grammar says of places, sources and participants."""

import pytest

from foreshock.model.vocabulary import SourceKind
from foreshock.read.phrases import (
    ACTOR_LINKS,
    RECIPIENT_LINKS,
    is_dateline,
    joined,
    may_be_source,
    of_one_phrase,
    of_paragraph,
    whole_name,
    with_border,
    without_date,
    without_dateline,
    without_stamp,
)


def test_a_frontier_belongs_to_the_place_it_tells_apart() -> None:
    text = "Fighting reached the Chadian districts bordering the Central African Republic, officials said."
    start = text.index("the Chadian")
    end = with_border(text, (start, text.index(" bordering")))[1]
    assert text[start:end] == "the Chadian districts bordering the Central African Republic"


def test_a_place_without_a_frontier_stays_as_it_is() -> None:
    text = "Fighting reached El Fasher, which borders on chaos."
    span = (text.index("El"), text.index(","))
    assert with_border(text, span) == span


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "Provinces bordering Ukraine, such as Belgorod and Kursk, were shelled.",
            "Provinces",
            "Provinces bordering Ukraine, such as Belgorod and Kursk",
        ),
        (
            "It spread to towns such as Djibo, Dori and Gorom Gorom.",
            "towns",
            "towns such as Djibo, Dori and Gorom Gorom",
        ),
        ("It spread to eastern Congo, including Goma, on Sunday.", "eastern Congo", "eastern Congo"),
        ("It spread to Honduras, including Choloma.", "Honduras", "Honduras"),
        (
            "They left villages in Idlib, including Maarat al-Numan, then.",
            "villages in Idlib",
            "villages in Idlib, including Maarat al-Numan",
        ),
        ("We see towns such as Santa Cruz de la Sierra.", "towns", "towns such as Santa Cruz de la Sierra"),
        ("They met in the villages, including Chief Musa.", "the villages", "the villages"),
        ("It hit markets in Darfur, including El Fasher's main one.", "markets in Darfur", "markets in Darfur"),
        ("The northern towns, such as they are, are quiet.", "northern towns", "northern towns"),
        ("The northern towns, like Djibo, are quiet.", "northern towns", "northern towns"),
    ],
)
def test_examples_belong_to_the_places_that_they_are_of(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    assert text[slice(*with_border(text, (start, start + len(words))))] == expected


def test_a_clause_names_nobody() -> None:
    assert not may_be_source("Chad is one of them", SourceKind.ROLE)
    assert may_be_source("it is said", SourceKind.HEARSAY)
    assert may_be_source("the governor of Diffa", SourceKind.ROLE)


@pytest.mark.parametrize("label", ["A", "A:", "Q.", "a.", "RT", "–"])
def test_a_label_of_one_letter_names_nobody(label: str) -> None:
    assert not may_be_source(label, SourceKind.PERSON)


@pytest.mark.parametrize("name", ["AU", "A Syrian officer", "RTL"])
def test_a_short_name_and_an_article_are_no_labels(name: str) -> None:
    assert may_be_source(name, SourceKind.ROLE)


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("Ruling Georgian Dream 28 May adopted the law.", "Georgian Dream 28", "Georgian Dream"),
        ("Army 14-16 March killed nine.", "Army 14-16", "Army"),
        ("Army 30 April-2 May killed nine.", "Army 30", "Army"),
        ("President Macron 23 May said so.", "President Macron 23 May", "President Macron"),
        ("Police 1-3 May used tear gas.", "1-3", None),
        ("Brigade 12 marched on the capital.", "Brigade 12", "Brigade 12"),
        ("Fighters of M23 May attack Goma.", "M23", "M23"),
        (
            "The agreement of 29 February provides for it.",
            "The agreement of 29 February",
            "The agreement of 29 February",
        ),
        ("The 4 May Movement called a strike.", "The 4 May Movement", "The 4 May Movement"),
        ("Brigade 12 Marxists fled.", "Brigade 12", "Brigade 12"),
    ],
)
def test_a_date_is_no_part_of_the_name_before_it(text: str, marked: str, expected: str | None) -> None:
    start = text.index(marked)
    found = without_date(text, (start, start + len(marked)))
    assert (found and text[slice(*found)]) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("18:02 EAT - Kenya Medical Association", "Kenya Medical Association"),
        ("[14:03:11] Amadou Kéllé", "Amadou Kéllé"),
        ("RT @dr_amal", "@dr_amal"),
        ("An interview with Naw Htoo Lay", "Naw Htoo Lay"),
        ("RTL", "RTL"),
        ("14 officers", "14 officers"),
        ("An interviewer", "An interviewer"),
    ],
)
def test_what_only_stands_before_who_speaks_is_no_part_of_his_name(source: str, expected: str) -> None:
    assert source[slice(*without_stamp(source, (0, len(source))))] == expected


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("Gangs of Port-au-Prince struck", "au-Prince", "Port-au-Prince"),
        ("Gangs of Port-au-Prince struck", "Port", "Port-au-Prince"),
        ("Police in Guinea-Bissau struck", "Bissau", "Guinea-Bissau"),
        ("Rebels in South Sudan struck", "Sudan", "South Sudan"),
        ("The Houthis of Sana'a struck", "Sana'", "Sana'a"),
        ("Odo's border guards struck", "Odo'", "Odo"),
        ("the rebels' camp", "the rebels'", "the rebels"),
        ("his vice-president fled", "president", "vice-president"),
        ("the Turkish-trained police fled", "trained police", "Turkish-trained police"),
        ("The Kenyan-led mission left", "Kenyan", "Kenyan"),
        ("the government-backed militia left", "government", "government"),
        ("the government-backed militia left", "backed militia", "government-backed militia"),
        ("anti-government protests spread", "government", "government"),
        ("the anti-Balaka struck", "Balaka", "anti-Balaka"),
        ("US-China trade talks stalled", "US", "US"),
        ("Russia-Ukraine talks resumed", "Ukraine talks", "Ukraine talks"),
        ("Hamas-Fatah reconciliation stalled", "Fatah", "Fatah"),
        ("Hutu-Tutsi violence spread", "Tutsi", "Tutsi"),
        ("SPLM-N rebels left", "SPLM", "SPLM-N"),
        ("The 1,320-megawatt plant stopped", "megawatt plant", "1,320-megawatt plant"),
        ("The generals went south Monday", "Monday", "Monday"),
        ("Sudan accused Chad", "Chad", "Chad"),
    ],
)
def test_a_participant_is_a_whole_name(text: str, marked: str, whole: str) -> None:
    start, end = whole_name(text, (text.index(marked), text.index(marked) + len(marked)))
    assert text[start:end] == whole


@pytest.mark.parametrize(
    ("text", "participant", "trigger", "kept"),
    [
        ("Djamena\n\nRebels attacked the barracks.", "Djamena\n\nRebels", "attacked", "Rebels"),
        ("They attacked the barracks\n \nMao", "the barracks\n \nMao", "attacked", "the barracks"),
        ("Georgia\nParliament adopted the law.", "Georgia\nParliament", "adopted", "Parliament"),
        (
            "On Sunday evening, shortly after the curfew had begun, the Rapid\nSupport Forces attacked the barracks.",
            "the Rapid\nSupport Forces",
            "attacked",
            "the Rapid\nSupport Forces",
        ),
    ],
)
def test_a_participant_ends_with_its_paragraph(text: str, participant: str, trigger: str, kept: str) -> None:
    start, at = text.index(participant), text.index(trigger)
    found = of_paragraph(text, (start, start + len(participant)), (at, at + len(trigger)))
    assert text[slice(*found)] == kept


@pytest.mark.parametrize(
    ("text", "marked", "told"),
    [
        ("the Los Ardillos gang struck", ("Los", "Ardillos gang"), ["Los Ardillos gang"]),
        (
            "officials in Bayan-Ölgii's north met",
            ("officials in Bayan-Ölgii", "Bayan-Ölgii"),
            ["officials in Bayan-Ölgii"],
        ),
        ("the two ex-Soviet republics fought", ("two", "ex-Soviet republics"), ["two ex-Soviet republics"]),
        ("Turkey-backed rebels struck", ("Turkey", "backed rebels"), ["Turkey-backed rebels"]),
        # what stays apart
        ("Sudan-Chad talks began", ("Sudan", "Chad"), ["Sudan", "Chad"]),
        ("Hamas, Fatah met", ("Hamas", "Fatah"), ["Hamas", "Fatah"]),
        ("Mali and Niger met", ("Mali", "Niger"), ["Mali", "Niger"]),
        ("they gave Mali the drones", ("Mali", "the drones"), ["Mali", "the drones"]),
        ("they will lend us fifty town halls", ("us", "fifty town halls"), ["us", "fifty town halls"]),
        ("they sold them Chinese drones", ("them", "Chinese drones"), ["them", "Chinese drones"]),
        ("Mali\nNiger met", ("Mali", "Niger"), ["Mali", "Niger"]),
    ],
)
def test_parts_of_one_participant_are_one(text: str, marked: tuple[str, ...], told: list[str]) -> None:
    spans = [(text.rindex(one), text.rindex(one) + len(one)) for one in marked]
    assert [text[slice(*span)] for span in joined(text, spans)] == told


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Truce agreed\n\nMASERU - Army units left.", "MASERU - Army units", "Army units"),
        ("LUXEMBOURG — EU ministers agreed.", "LUXEMBOURG — EU ministers", "EU ministers"),
        ("Villagers blocked the road Osh — Isfana.", "the road Osh — Isfana", "the road Osh — Isfana"),
    ],
)
def test_who_acts_does_not_begin_with_the_place_of_writing(text: str, words: str, expected: str) -> None:
    at = text.index(words)
    start, end = without_dateline(text, (at, at + len(words)))
    assert text[start:end] == expected


@pytest.mark.parametrize(
    ("text", "words", "alone"),
    [
        ("MASERU - Army units left.", "MASERU", True),
        ("NATO rejected it.", "NATO", False),
        ("They met NATO - again.", "NATO", False),
    ],
)
def test_a_place_of_writing_takes_part_in_nothing(text: str, words: str, alone: bool) -> None:
    at = text.index(words)
    assert is_dateline(text, (at, at + len(words))) is alone


@pytest.mark.parametrize(
    ("text", "marked", "told"),
    [
        ("The opposition in Banja Luka says so.", ("opposition", "Banja Luka"), ["opposition in Banja Luka"]),
        ("Residents of nine communities left.", ("Residents", "communities"), ["Residents of nine communities"]),
        ("A deal between two nationalists leaves.", ("deal", "nationalists"), ["deal between two nationalists"]),
        ("Soldiers from North Korea came.", ("Soldiers", "North Korea"), ["Soldiers from North Korea"]),
        ("Bishops of Gao and imams came.", ("Bishops", "imams"), ["Bishops", "imams"]),
        ("They in Gao came.", ("They", "Gao"), ["They", "Gao"]),
        ("Police in attacks at markets came.", ("Police", "markets"), ["Police", "markets"]),
        ("Barricades of stones nobody built.", ("Barricades", "nobody"), ["Barricades", "nobody"]),
    ],
)
def test_what_only_says_which_participant_is_meant_is_none_of_its_own(
    text: str, marked: tuple[str, ...], told: list[str]
) -> None:
    spans = [(text.index(words), text.index(words) + len(words)) for words in marked]
    at = text.index("attacks") if "attacks" in text else len(text) - 2
    assert [text[slice(*span)] for span in of_one_phrase(text, spans, (at, at + 1), ACTOR_LINKS)] == told


def test_what_is_taken_from_somebody_has_two_participants() -> None:
    text = "They took Farwan from Jabhat al-Nusra."
    spans = [(10, 16), (22, len(text) - 1)]
    assert of_one_phrase(text, spans, (5, 9), RECIPIENT_LINKS) == spans
