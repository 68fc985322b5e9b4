"""The mentions of three lists against the least that is asked of the registry."""

from pathlib import Path

import pytest

from bench.actors import Case, Wrong, cases, wrong
from foreshock.actors.resolve import Registry, shipped

FOLDER = Path(__file__).parent
LEAST_ACCURATE = 0.90
MOST_FALSE = 0.03


@pytest.fixture(scope="module")
def registry() -> Registry:
    return shipped()


def told(mistakes: list[Wrong]) -> str:
    return "\n".join(f"{m.case.mention!r}: {m.got}, not {m.case.expected}" for m in mistakes)


NAMES = ["mentions.yaml", "mentions-second.yaml", "mentions-clean.yaml"]


@pytest.mark.parametrize("name", NAMES)
def test_mentions_get_their_entries(name: str, registry: Registry) -> None:
    found = cases(FOLDER / name, registry)
    mistakes = wrong(found, registry)
    assert 1 - len(mistakes) / len(found) >= LEAST_ACCURATE, told(mistakes)
    false = [mistake for mistake in mistakes if mistake.false_link]
    assert len(false) / len(found) <= MOST_FALSE, told(false)


def test_private_persons_are_never_entities(registry: Registry) -> None:
    named = [
        (case.mention, match.actor.id)
        for name in NAMES
        for case in cases(FOLDER / name, registry)
        if case.sort == "private" and (match := registry.resolve(case.mention, case.context)) is not None
    ]
    assert named == []


def test_the_lists_are_as_broad_as_issue_4_asks(registry: Registry) -> None:
    found: list[Case] = cases(FOLDER / "mentions.yaml", registry)
    sorts = [case.sort for case in found] + [case.sort for case in cases(FOLDER / "mentions-second.yaml", registry)]
    assert len(found) >= 300
    assert len({case.country for case in found if case.country}) >= 25
    assert sorts.count("slip") >= 80
    assert sorts.count("unknown") + sorts.count("private") >= 60


def test_expected_entries_exist(registry: Registry) -> None:
    """A mention whose entry the registry lacks would count as wrong for the wrong reason."""
    missing = {
        case.expected
        for name in NAMES
        for case in cases(FOLDER / name, registry)
        if case.expected and not case.expected.startswith("new") and case.expected not in registry.by_id
    }
    assert missing == set()
