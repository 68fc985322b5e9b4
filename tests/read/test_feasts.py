"""The days of feasts, and their table."""

import datetime

import msgspec
import pytest

from foreshock.read.feasts import Feast, easter, hijri


def test_feasts_fall_on_their_days() -> None:
    assert [easter(year) for year in (2022, 2025)] == [datetime.date(2022, 4, 17), datetime.date(2025, 4, 20)]
    assert easter(2023, orthodox=True) == datetime.date(2023, 4, 16)
    assert hijri(2023, 9, 1) == datetime.date(2023, 3, 23) and hijri(2024, 10, 1) == datetime.date(2024, 4, 10)


@pytest.mark.parametrize(
    "row",
    [
        {"words": ["new feast"]},
        {"words": ["new feast"], "day": [2, 30]},
        {"words": ["new feast"], "day": [2, 3], "hijri": [1, 1]},
        {"words": ["new feast"], "easter": "southern"},
        {"words": ["new feast"], "esater": "western"},
    ],
)
def test_a_feast_that_is_told_wrongly_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(row, Feast)
