"""Mechanisms named outright."""

import pytest

from foreshock.read.mechanisms import named


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("the flight of conscripts from the front", ["defection"]),
        ("forty soldiers fled to Chad with their rifles", ["defection"]),
        ("the deserters were caught", ["defection"]),
        ("villagers fled the fighting", []),
        ("the flight to Goma was cancelled", []),
        ("soldiers shelled the town", []),
    ],
)
def test_defection(clause: str, expected: list[str]) -> None:
    assert named(clause) == expected
