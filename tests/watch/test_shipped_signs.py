"""What the signs of the shipped boards mean: near misses are none."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from foreshock.model.board import Query
from foreshock.model.entry import Entry
from foreshock.model.vocabulary import EventType
from foreshock.watch.boards import named_boards
from foreshock.watch.queries import matching
from foreshock.watch.sightings import sightings
from tests.watch.samples import record_of, report

NOW = datetime.date(2023, 1, 10)


def told(
    admin1: str | None, type_: EventType | None, mode: str | None, contexts: tuple[str, ...], actor: str = "SDN",
    sector: str = "REB", towards: str | None = None,
) -> Entry:  # fmt: skip
    """One report that says something of a region of Sudan, done by somebody of a country and sector, and towards whom
    where it says so."""
    made = report(NOW, 1, admin1=admin1)
    assert made.reading is not None
    [one] = made.reading.statements
    one = replace(
        one, type=type_, mode=mode, contexts=contexts, actors=(replace(one.actors[0], country=actor, sector=sector),),
        recipients=(replace(one.actors[0], country="SDN", sector=towards),) if towards else (),
    )  # fmt: skip
    return Entry(made.capture, made.document, made.verdict, replace(made.reading, statements=(one,)))


def lit(folder: Path, entry: Entry, board: str, indicator: str) -> bool:
    """Whether it lights an indicator of a shipped board."""
    (found,) = named_boards([board])
    query: Query = next(one.query for one in found.indicators if one.id == indicator)
    with record_of(folder, [entry]) as record:
        return bool(matching(query, sightings(record)).any())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("region", "actor", "sector", "expected"),
    [
        ("West Darfur", "SDN", "REB", True),
        ("Khartoum", "TCD", "REB", True),
        ("Khartoum", "SDN", "REB", False),  # gunmen on a campus of the capital
        ("West Darfur", "SDN", "MIL", False),  # the state's own soldiers
        (None, "SDN", "REB", False),
    ],
)
def test_an_incursion_comes_over_a_border(
    tmp_path: Path, region: str | None, actor: str, sector: str, expected: bool
) -> None:
    raid = told(region, EventType.ASSAULT, "x-raid", ("armed_resistance",), actor, sector)
    assert lit(tmp_path, raid, "insurgency-across-a-border", "incursion") is expected
    spreading = told(region, EventType.ASSAULT, "x-raid", ("armed_resistance", "spillover"), actor, sector)
    assert lit(tmp_path / "spreading", spreading, "insurgency-across-a-border", "incursion")


@pytest.mark.parametrize(
    ("region", "actor", "expected"),
    [("West Darfur", "SDN", True), ("Khartoum", "TCD", True), ("Khartoum", "SDN", False)],
)
@pytest.mark.parametrize(("sign", "context"), [("arms", "arms_diffusion"), ("thin-border", "security_vacuum")])
def test_weapons_and_thin_posts_count_at_or_over_a_border(
    tmp_path: Path, region: str, actor: str, expected: bool, sign: str, context: str
) -> None:
    entry = told(region, None, None, (context,), actor)
    assert lit(tmp_path, entry, "insurgency-across-a-border", sign) is expected
    assert lit(tmp_path / "inside", entry, "coming-apart", context.replace("_", "-"))


@pytest.mark.parametrize(
    ("type_", "mode", "expected"),
    [
        (EventType.RETREAT, "x-desert", True),
        (EventType.COERCE, "x-mutiny", True),
        (EventType.REJECT, "x-defy", True),
        (None, None, False),  # a soldier posed for photographs
        (EventType.REQUEST, "assist", False),  # constables ask for new uniforms
    ],
)
@pytest.mark.parametrize(
    ("board", "sign"), [("coming-apart", "defection"), ("coup", "refusal"), ("forces-breaking", "desertion")]
)
def test_soldiers_leave_by_an_act(
    tmp_path: Path, type_: EventType | None, mode: str | None, expected: bool, board: str, sign: str
) -> None:
    entry = told("Khartoum", type_, mode, ("defection",), sector="MIL")
    assert lit(tmp_path, entry, board, sign) is expected


@pytest.mark.parametrize(("towards", "expected"), [("REB", True), ("OPP", True), ("GOV", False), (None, False)])
@pytest.mark.parametrize(("board", "sign"), [("coming-apart", "defection"), ("forces-breaking", "desertion")])
def test_soldiers_who_declare_for_opponents_change_sides(
    tmp_path: Path, towards: str | None, expected: bool, board: str, sign: str
) -> None:
    """A commander declares his support for the rebels; that one assures the government of his loyalty is no sign."""
    entry = told("Khartoum", EventType.SUPPORT, None, ("defection",), sector="MIL", towards=towards)
    assert lit(tmp_path, entry, board, sign) is expected
