"""Stories made for tests of syndication: invented places, groups and officials."""

import datetime
import random

from foreshock.corroborate.copies.fingerprints import Fingerprint, fingerprint_of
from foreshock.model.document import Document, text_id

_SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "er")]
_FUNCTION = ("the", "of", "and", "to", "in", "was", "for", "with", "from", "by")

FURNITURE = (
    "You are reading the Daily Lantern, which is paid for by its readers and by nobody else in the country.",
    "The editors of the Daily Lantern are not responsible for the content of the sites that it links to.",
    "Five cafes in the capital that you should not miss this summer, as chosen by the readers of our magazine.",
    "The last tram is gone: how the city says farewell to a line that was in service for a hundred years.",
)


def story(seed: int, paragraphs: int = 10) -> list[str]:
    """The paragraphs of a story; the same seed tells the same."""
    draw = random.Random(seed)

    def word() -> str:
        return draw.choice(_FUNCTION) if draw.random() < 0.35 else "".join(draw.choices(_SYLLABLES, k=3))

    return [" ".join(word() for _ in range(45)).capitalize() + "." for _ in range(paragraphs)]


def reworded(lines: list[str], every: int) -> list[str]:
    """The lines with one word in so many exchanged for another."""
    return [
        " ".join("otherwise" if at % every == every - 1 else word for at, word in enumerate(line.split()))
        for line in lines
    ]


def printed(
    lines: list[str], title: str = "", month: int = 6, outlet: str | None = None, year: int = 2023
) -> Fingerprint:
    """The fingerprint of a text printed under a title in a month."""
    text = "\n".join(([title, ""] if title else []) + lines)
    return fingerprint_of(
        Document(
            id=text_id(text), text=text, origin="test", capture="", title=title or None, outlet=outlet,
            published=datetime.date(year, month, 15),
        )
    )  # fmt: skip
