"""Readings of texts of which only the month of publication is known."""

import datetime

from foreshock.model.vocabulary import Granularity
from tests.read.texts import by_trigger

MAY = (datetime.date(2023, 5, 31), Granularity.MONTH)
FIRST, LAST = datetime.date(2023, 5, 1), datetime.date(2023, 5, 31)


def test_what_is_told_without_a_time_was_in_the_month() -> None:
    time = by_trigger("Rebels attacked the town of Gao, the army said.", *MAY)["attacked"].time
    assert time is not None
    assert (time.from_, time.to, time.granularity) == (FIRST, LAST, Granularity.OPEN)


def test_what_lasts_until_the_text_ends_no_more_exactly_than_that() -> None:
    text = "Soldiers seized the palace on 12 May 2023, officials said. Since then they have arrested four ministers."
    time = by_trigger(text, *MAY)["arrested"].time
    assert time is not None
    assert (time.from_, time.to, time.granularity) == (datetime.date(2023, 5, 12), LAST, Granularity.MONTH)
