"""Texts typed without capital letters: their places are found and quoted as they are written."""

import datetime

from foreshock.line import line
from foreshock.model.document import Document, text_id
from foreshock.model.vocabulary import Granularity
from foreshock.places.locate import shipped

CHAT = (
    "morning all, soldiers closed the road from nyala to el geneina again\n"
    "they told us to turn back, both of us, no reason given\n"
    "my cousin in el fasher says the market is burning, sudanese army did nothing\n"
    "tell the people in adre, chad will open the crossing on friday"
)


def test_towns_typed_in_small_letters_are_found_and_quoted_as_written() -> None:
    spans = [(CHAT.index(name), CHAT.index(name) + len(name)) for name in ("nyala", "el fasher", "adre")]
    found = [one.place for one in shipped().locate(CHAT, spans)]
    assert [(one.country, one.text) for one in found] == [("SDN", "nyala"), ("SDN", "el fasher"), ("TCD", "adre")]
    assert [one.name for one in found[:2]] == ["Nyala", "El Fasher"]


def test_us_among_small_letters_is_no_country() -> None:
    assert "us" not in {one.text for one in shipped().mentions(CHAT)}


def test_every_mention_quotes_the_text() -> None:
    assert all(one.text == CHAT[one.start : one.end] for one in shipped().mentions(CHAT))


def test_what_a_chat_in_small_letters_reports_has_its_country() -> None:
    document = Document(
        id=text_id(CHAT),
        text=CHAT,
        origin="chat.txt",
        capture="",
        published=datetime.date(2024, 6, 20),
        published_granularity=Granularity.DAY,
    )
    places = [one.place for one in line().read(document).statements if one.place is not None]
    assert "SDN" in {one.country for one in places}
    assert all(one.start is None or one.text == CHAT[one.start : one.end] for one in places)


def test_among_capitals_small_letters_are_no_names() -> None:
    text = (
        "Police in Paris said on Friday that the march in Lyon was nice. They spoke of reading, and mobile units left."
    )
    assert [one.text for one in shipped().mentions(text)] == ["Paris", "Lyon"]
