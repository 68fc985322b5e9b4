"""Times that lie the other way than their statement's kind: *promised in March to send*, *put off to April*."""

import datetime

import pytest

from tests.read.texts import by_trigger

FRIDAY = datetime.date(2023, 10, 20)


@pytest.mark.parametrize(
    ("text", "trigger", "first"),
    [
        # the day of the promise is past, that of what is promised is not
        ("The Ghanaian police promised in March to send an armoured vehicle to Bawku.", "send", "2023-03-01"),
        ("On 15 September Seoul proposed to send two special envoys to Pyongyang.", "send", "2023-09-15"),
        ("The army promised to withdraw from Bawku in March.", "withdraw", "2024-03-01"),
        ("The minister is expected on Tuesday to sign the accord with the rebels.", "sign", "2023-10-24"),
        # what is put off, or called for a day, lies ahead where that is nearer
        ("Local elections in Kosovo were postponed to April.", "postponed", "2024-04-01"),
        # said on a Friday
        ("Students will march to the palace in Dakar on Friday.", "march", "2023-10-20"),
        ("Students will march to the palace in Dakar next Friday.", "march", "2023-10-27"),
        # a stretch that lies in a month
        ("Fighters overran Lalibela for four days in early September.", "overran", "2023-09-01"),
    ],
)
def test_a_time_lies_where_its_words_put_it(text: str, trigger: str, first: str) -> None:
    time = by_trigger(text, FRIDAY)[trigger].time
    assert time is not None
    assert str(time.from_) == first


@pytest.mark.parametrize(
    ("text", "trigger", "first", "last"),
    [
        ("The president of Mali postponed the election by six months.", "postponed", None, None),
        ("The truce in Darfur has been stretched by three months.", "stretched", None, None),
        ("The curfew in Segou was prolonged by two weeks in May.", "prolonged", "2023-05-01", "2023-05-31"),
        # a term that begins with the act
        ("The curfew in Segou was prolonged by two weeks.", "prolonged", "2023-10-20", "2023-11-03"),
    ],
)
def test_by_how_much_something_is_moved_is_not_when(
    text: str, trigger: str, first: str | None, last: str | None
) -> None:
    time = by_trigger(text, FRIDAY)[trigger].time
    assert time is not None and time.text is not None
    assert (str(time.from_), str(time.to)) == (str(first), str(last))
