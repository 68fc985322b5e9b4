"""Who has the floor in a transcript."""

import pytest

from tests.read.texts import read

SITTING = """OFFICIAL REPORT, Thursday, 6 February

The House met at 2.37 p.m.

Mr. OKELLO (Kasilo East): Mr. Speaker, our sons were sent into Juba without the approval of this House.

We hear of losses from the villages. The army buried eleven soldiers in Gulu on Monday. A general sold the fuel of the
brigade.

The rebels will attack Bor again. The Government should recall the troops.

[Members of the Opposition walked out.]

Ms. ATIM (Lamwo): I thank the House. Deserters burned a school in my district.

Mr. OKELLO: I have one more point. The minister has misled the House.

(Question put and negatived.)"""


def sources(text: str, words: str) -> list[str]:
    """The chain of the statement whose trigger stands in these words of the text."""
    start = text.index(words)
    found = [one for one in read(text).statements if start <= one.trigger.start < start + len(words)]
    assert len(found) == 1, words
    return [source.text for source in found[0].sources]


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("buried eleven soldiers", "Mr. OKELLO"),
        ("sold the fuel", "Mr. OKELLO"),
        ("attack Bor", "Mr. OKELLO"),
        ("recall the troops", "Mr. OKELLO"),
        ("burned a school", "Ms. ATIM"),
    ],
)
def test_a_speech_is_said_by_who_holds_it_to_its_end(words: str, speaker: str) -> None:
    assert sources(SITTING, words) == [speaker]


def test_what_the_clerk_notes_is_no_part_of_a_speech() -> None:
    assert sources(SITTING, "walked out") == []


def test_headings_in_capitals_are_no_speakers() -> None:
    text = (
        "BULLETIN\n\nGOMA. We begin in Kivu. Rebels seized the airport on Sunday.\n\nBUKAVU. Our correspondent fled. "
        "The army burned its depots.\n\nUVIRA. Soldiers looted the market.\n\nKALEMIE. All is calm."
    )
    statements = read(text).statements
    assert len(statements) >= 3
    assert not any(source.text in ("GOMA", "BUKAVU", "UVIRA") for one in statements for source in one.sources)


def test_in_a_text_all_in_capitals_a_line_that_begins_a_full_stop_names_nobody() -> None:
    text = (
        "THE PROMISES ARE NOT LEGITIMATE, BUT I WILL NOT JUDGE ANY OF\nTHE LAWMAKERS. I BELIEVE THE ARMY BURNED THE"
        " VILLAGE.\n\nWE HAVE TALKED OF THIS WITH\nTHE GOVERNMENT. I BELIEVE THAT REBELS KILLED THE MAYOR.\n\n"
        "I SPOKE WITH\nTHE MINISTER. I KNOW THAT SOLDIERS FLED.\n"
    )
    assert {source.text for one in read(text).statements for source in one.sources}.isdisjoint(
        {"THE LAWMAKERS", "THE GOVERNMENT"}
    )
