"""What stands about a text or its author tells nothing of the world."""

import pytest

from tests.read.texts import read

ARTICLE = """Chad's generals and their sons

By Adam Brahim Hassane | Sahel Ledger

The army has not been paid since March. Two colonels were arrested in Abéché on Sunday.

Adam Brahim Hassane, 54, told this newspaper that he had fled to Niger.

"""


@pytest.mark.parametrize(
    "note",
    [
        "Adam Brahim Hassane is a fellow in Dakar. He served as ambassador and took part in the Doha talks.",
        "The writer was a judge in Moundou and sentenced two rebels to death in 1998.",
        "The views expressed are the author's own and do not reflect the ministry's stance.",
        "This article was amended on 3 May 2024 to correct the number of soldiers killed.",
        "*An earlier version of this article said that rebels had killed forty soldiers.",
    ],
)
def test_a_note_holds_no_statement(note: str) -> None:
    at = len(ARTICLE)
    assert [one.trigger.text for one in read(ARTICLE + note + "\n").statements if one.start >= at] == []


@pytest.mark.parametrize(
    "line",
    [
        "The view is common in Moundou that the rebels attacked the capital.",
        "This report was burned by soldiers on Sunday.",
        "The writer was arrested in Moundou on Sunday.",
    ],
)
def test_what_only_looks_like_a_note_is_read(line: str) -> None:
    at = ARTICLE.index("The army")
    text = ARTICLE[:at] + line + "\n\n" + ARTICLE[at:]
    assert [one for one in read(text).statements if at <= one.start < at + len(line)]


def test_what_the_text_tells_of_its_author_is_read() -> None:
    assert "fled" in {one.trigger.text for one in read(ARTICLE).statements}
