"""Place, actor or adjective."""

import pytest

from foreshock.places.locate import shipped


def role(text: str, words: str) -> str:
    start = text.index(words)
    return shipped().locate(text, [(start, start + len(words))])[0].role


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("Moscow said on Monday that it had won.", "Moscow", "actor"),
        ("He arrived in Moscow on Monday.", "Moscow", "place"),
        ("Talks against Chad failed after Rwanda accused Uganda.", "Rwanda", "actor"),
        ("The Kremlin denied it.", "Kremlin", "actor"),
        ("Protesters gathered outside the Kremlin.", "Kremlin", "place"),
        ("With missiles in Belarus, the Kremlin is turning to Minsk.", "Kremlin", "actor"),
        ("Shots were heard near the Duma, the Kremlin and Lubyanka.", "Kremlin", "place"),
        ("Drones fell in Moscow, at the Kremlin and beside it.", "Kremlin", "place"),
        ("Troops stood in Belarus, the Netherlands and France.", "Netherlands", "place"),
        ("Troops stood in Belarus, the Netherlands and France.", "France", "place"),
        ("Aid came to Mali, the Gambia, and Guinea.", "Guinea", "place"),
        ("Bankova rejected the plan.", "Bankova", "actor"),
        ("Washington imposed sanctions.", "Washington", "actor"),
        ("Troops were killed in Goma.", "Goma", "place"),
        ("Russian troops withdrew.", "Russian", "adjective"),
        ("The Moscow University rector resigned.", "Moscow", "adjective"),
        ("KYIV, Ukraine (Reuters) — Two people died.", "KYIV", "place"),
    ],
)
def test_role(text: str, words: str, wanted: str) -> None:
    assert role(text, words) == wanted


def test_peoples_are_found_but_never_as_places() -> None:
    mentions = shipped().mentions("Chechen fighters and Russian troops entered Grozny.")
    assert {mention.text: mention.role for mention in mentions} == {
        "Chechen": "adjective",
        "Russian": "adjective",
        "Grozny": "place",
    }


def test_people_and_common_words_are_not_taken_for_places() -> None:
    text = "Mr Jordan said Monday that police were reading. Gen. Paris Hilton, a man of reading, agreed."
    assert shipped().mentions(text) == []
