"""What is not seen in a text doesn't change what is read in it, and offsets stay those of the text as given."""

import datetime
import re
from collections.abc import Callable

import pytest

from foreshock.line import read_one
from foreshock.model.document import Document, text_id
from foreshock.model.statement import Reading, Statement
from foreshock.read.plain import plain

REPORT = (
    "GOMA, 12 August — Rebels of the M23 movement attacked the town of Sake on Friday, killing at least 12 civilians "
    "and wounding 30 others, officials said. About 2,500 people fled to Bukavu. The Office of the President confirmed "
    "the offensive, and mid-July saw fighting near Kinshasa."
)


def read(text: str) -> Reading:
    published = datetime.date(2023, 8, 14)
    return read_one(Document(id=text_id(text), text=text, origin="test", capture="0", published=published))


def seen(statement: Statement) -> tuple[object, ...]:
    """What a statement says, but for the words of its spans."""
    place, time = statement.place, statement.time
    return (
        statement.kind,
        statement.type,
        statement.mode,
        statement.contexts,
        statement.counts,
        place and (place.country, place.lat),
        time and (time.from_, time.to),
        [(actor.id, actor.country) for actor in (*statement.actors, *statement.recipients)],
        len(statement.sources),
    )


def within_words(mark: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"\b([A-Za-z]{3})([a-z]{2,})", rf"\1{mark}\2", text)


@pytest.mark.parametrize(
    "changed",
    [
        within_words("\u00ad"),
        within_words("\u200b"),
        within_words("\u2060"),
        lambda text: f"\ufeff{text}",
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", " \u200e"),
        lambda text: text.replace("ffi", "ﬃ").replace("ff", "ﬀ").replace("fi", "ﬁ"),
        lambda text: text.replace("mid-July", "mid\u2011July"),
    ],
    ids=["soft hyphens", "zero-width spaces", "word joiners", "byte order mark", "hard spaces", "direction marks",
         "ligatures", "hard hyphens"],
)  # fmt: skip
def test_it_is_read_as_the_plain_text_is(changed: Callable[[str], str]) -> None:
    text = changed(REPORT)
    assert text != REPORT
    reading, wanted = read(text), read(REPORT)
    assert wanted.statements
    assert [seen(one) for one in reading.statements] == [seen(one) for one in wanted.statements]
    assert reading.document.text == text
    assert all(text[one.trigger.start : one.trigger.end] == one.trigger.text for one in reading.statements)
    assert len({one.id for one in reading.statements}) == len(wanted.statements)


def test_words_are_quoted_with_all_that_stands_in_them() -> None:
    text = "Soldiers at\u00adtacked the of\u200bﬁce of the party in Bukavu on Mon\u00adday."
    (attack,) = read(text).statements
    assert (attack.trigger.text, attack.time and attack.time.text) == ("at\u00adtacked", "on Mon\u00adday")
    assert [one.text for one in attack.recipients] == ["the of\u200bﬁce of the party"]


@pytest.mark.parametrize("text", ["“We’ll go,” he said — in Zürich…", "naïve", "", "एक"])
def test_quotation_marks_dashes_and_accents_stay(text: str) -> None:
    assert plain(text) is None
