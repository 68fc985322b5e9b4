"""What was written before the text that holds it was: *yesterday* is the day before its own."""

import datetime

import pytest

from foreshock.model.statement import Time
from tests.read.texts import by_trigger

MAIL = """Sent: Monday, 20 May 2024 08:14

Rebels seized Gambaga yesterday.

On Mon, 13 May 2024 at 21:05, Abdul-Karim Issah wrote:
> Gunmen ambushed a bus near Bawku yesterday.
> Soldiers reached the scene.
>
> On May 10, 2024, Field desk wrote:
>> Police arrested a chief in Bawku yesterday.
"""
CHAT = """[17/03/24, 14:03:11] Amadou: Gunmen attacked a convoy near Tera yesterday.
[18/03/24, 14:05:40] Fati: The army shelled two villages near Tamou yesterday."""


def times(text: str, published: datetime.date) -> dict[str, Time]:
    """The times of the statements found in a text, by trigger."""
    return {trigger: one.time for trigger, one in by_trigger(text, published).items()}


@pytest.mark.parametrize(
    ("trigger", "day"),
    [
        ("seized", datetime.date(2024, 5, 19)),
        ("ambushed", datetime.date(2024, 5, 12)),
        ("arrested", datetime.date(2024, 5, 9)),
    ],
)
def test_quoted_mail_is_of_the_day_on_which_it_was_written(trigger: str, day: datetime.date) -> None:
    assert times(MAIL, datetime.date(2024, 5, 20))[trigger].from_ == day


def test_the_messages_of_a_chat_are_each_of_their_day() -> None:
    found = times(CHAT, datetime.date(2024, 3, 20))
    assert found["attacked"].from_ == datetime.date(2024, 3, 16)
    assert found["shelled"].from_ == datetime.date(2024, 3, 17)


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        (CHAT, datetime.date(2024, 3, 1), datetime.date(2024, 2, 29)),
        (CHAT, datetime.date(2026, 3, 20), datetime.date(2026, 3, 19)),
        (
            CHAT.replace("17/03", "02/03").replace("18/03", "03/03"),
            datetime.date(2024, 3, 20),
            datetime.date(2024, 3, 19),
        ),
        (CHAT.replace("[17/03/24, 14:03:11] ", ""), datetime.date(2024, 3, 20), datetime.date(2024, 3, 19)),
        (
            CHAT.replace("14:03:11", "noon").replace("14:05:40", "noon"),
            datetime.date(2024, 3, 20),
            datetime.date(2024, 3, 19),
        ),
    ],
    ids=[
        "later than the text",
        "long before it",
        "either order of day and month",
        "one stamp",
        "a date without a time",
    ],
)
def test_a_stamp_that_tells_no_sure_day_before_the_text_is_left_out(
    text: str, published: datetime.date, day: datetime.date
) -> None:
    assert times(text, published)["attacked"].from_ == day
