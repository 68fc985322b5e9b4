"""The days of feasts that move."""

import datetime

from foreshock.read.feasts import easter, hijri


def test_feasts_fall_on_their_days() -> None:
    assert [easter(year) for year in (2022, 2025)] == [datetime.date(2022, 4, 17), datetime.date(2025, 4, 20)]
    assert easter(2023, orthodox=True) == datetime.date(2023, 4, 16)
    assert hijri(2023, 9, 1) == datetime.date(2023, 3, 23) and hijri(2024, 10, 1) == datetime.date(2024, 4, 10)
