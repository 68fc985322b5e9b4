"""Boards: the shipped ones are sound, and an analyst's mistake is named with its line."""

from importlib.resources import files
from pathlib import Path

import pytest

from foreshock.errors import UsageError
from foreshock.model.vocabulary import MECHANISMS, EventType
from foreshock.watch.boards import named_boards, read_board, shipped_boards
from foreshock.watch.outcomes import read_outcomes

BOARD = """\
id: mine
name: Mine
about: A board of my own.
indicators:
  - id: mutiny
    name: Mutinies
    why: They come first.
    source: [Dwyer 2017]
    query: {mode: [x-mutiny], actor: {side: forces}}
    levels:
      watch: {least: 1}
      alarm: {least: 3, chance: 0.01}
scenarios:
  - id: split
    name: The army splits
    about: It does.
    indicators: [mutiny]
    warns_of: [coup]
"""


def test_the_six_boards_are_shipped() -> None:
    boards = {board.id: board for board in shipped_boards()}
    assert set(boards) == {
        "coming-apart", "coup", "insurgency-across-a-border", "forces-breaking", "mass-atrocity", "nuclear",
    }  # fmt: skip
    watched = {name for one in boards["coming-apart"].indicators for name in one.query.mechanism}
    assert watched == set(MECHANISMS)
    for board in boards.values():
        assert all(one.why and one.source for one in board.indicators)


def test_a_sound_board_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(BOARD)
    assert [board.id for board in named_boards([str(path), "coup"])] == ["mine", "coup"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("x-mutiny", "x-mutinny", 9, "'x-mutinny' is no mode; 'x-mutiny'?"),
        ("id: mine", "id: change", 1, "'change' is what the rules of mechanisms begin with; give the board another id"),
        ("[mutiny]", "[mutiny, mutiny]", 17, "'mutiny' stands here twice; one sign counts once"),
        ("about: A board of my own.", "? [a, b]\n: c", 3, "a list or fields stand here where a name is expected"),
        ("side: forces", "side: force", 9, "'force' is no side; 'forces'?"),
        ("mode: [x-mutiny]", "mod: [x-mutiny]", 9, "'mod' is no field here"),
        ("mode: [x-mutiny]", "type: [PROTEST], mode: [x-mutiny]", 9, "not a mode of PROTEST"),
        ("mode: [x-mutiny]", "type: [RIOT]", 9, "'RIOT' is none of: "),
        ("mode: [x-mutiny]", "country: [sudan]", 9, "Sudan is SDN"),
        (
            "mode: [x-mutiny]",
            "admin1: [Bayern]",
            9,
            "'Bayern' is no first-level region by its main name; 'Bavaria'?",
        ),
        ("mode: [x-mutiny]", "country: [sdn], admin1: [Darfur]", 9, "'Darfur' is no first-level region of SDN"),
        ("mode: [x-mutiny]", "country: [sdn], admin1: [Kassalla]", 9, "main name; 'Kassala'?"),
        ("mode: [x-mutiny]", "country: [SDN], any: [{admin1: [Belgorod Oblast]}]", 9, "region of SDN by its main name"),
        ("mode: [x-mutiny]", "kind: []", 9, "without any kind nothing is a sign"),
        ("mode: [x-mutiny]", "killed: -5", 9, "killed is 1 or more"),
        ("mode: [x-mutiny]", "any: [{polarity: negative}]", 9, "'polarity' is no field here"),
        ("mode: [x-mutiny]", "type: [PROTEST], any: [{type: [ASSAULT]}]", 9, "no statement can be this"),
        ("mode: [x-mutiny]", "any: [{kind: [commitment]}]", 9, "no statement can be this"),
        ("least: 3", "least: three", 12, "least: a whole number is expected, not 'three'"),
        ("least: 3, chance: 0.01", "least: 3, chance: 2", 12, "between 0 and 1"),
        ("least: 1", "least: 4", 12, "alarm is easier to reach than watch"),
        ("indicators: [mutiny]", "indicators: [mutny]", 17, "'mutny' is no indicator of this board; 'mutiny'?"),
        ("warns_of: [coup]", "warns_of: [coups]", 18, "'coups' is no kind of outcome; 'coup'?"),
        ("    source: [Dwyer 2017]\n", "", 5, "lacks"),
        ("about: A board", "name: Twice\nabout: A board", 3, "'name' stands here twice"),
        ("query: {mode", "query: {mode: {", 9, "not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_board(BOARD.replace(old, new, 1).encode(), "mine.yaml")
    assert any(
        told.startswith(f"mine.yaml:{line}:") and words in told for told in str(raised.value).splitlines()
    ), str(raised.value)  # fmt: skip


def test_all_errors_of_type_are_told_at_once_each_with_its_line() -> None:
    wrong = (
        BOARD.replace("mode: [x-mutiny]", "type: [RIOT], mod: [x-mutiny], any: [{killed: many}]")
        .replace("side: forces", "side: 7")
        .replace("    why: They come first.\n", "")
        .replace("least: 1}", "least: one, chance: high}")
        .replace("source: [Dwyer 2017]", "source: Dwyer 2017")
        .replace("warns_of: [coup]", "warns_of: [coup, 3]")
    )
    with pytest.raises(UsageError) as raised:
        read_board(wrong.encode(), "mine.yaml")
    assert str(raised.value).splitlines() == [
        "mine.yaml:5: lacks 'why'",
        "mine.yaml:7: source: a list is expected, [in, brackets], not 'Dwyer 2017'",
        "mine.yaml:8: 'mod' is no field here; 'mode'?",
        "mine.yaml:8: killed: a whole number is expected, not 'many'",
        "mine.yaml:8: side: text is expected, not 7",
        f"mine.yaml:8: type: 'RIOT' is none of: {', '.join(EventType)}",
        "mine.yaml:10: chance: a number is expected, not 'high'",
        "mine.yaml:10: least: a whole number is expected, not 'one'",
        "mine.yaml:17: warns_of: text is expected, not 3",
    ]


def test_the_regions_and_countries_of_a_query_are_those_of_the_record() -> None:
    asked = "country: [sdn, ' rus'], admin1: [Khartoum, Belgorod Oblast], any: [{country: [sdn], admin1: [Kassala]}]"
    query = read_board(BOARD.replace("mode: [x-mutiny]", asked).encode(), "mine.yaml").indicators[0].query
    assert (query.country, query.any[0].country) == (("SDN", "RUS"), ("SDN",))
    with pytest.raises(UsageError) as raised:
        read_board(BOARD.replace("mode: [x-mutiny]", "country: [sudan], admin1: [Khartoum]").encode(), "mine.yaml")
    assert str(raised.value).count("mine.yaml:") == 1 and "Sudan is SDN" in str(raised.value)


def test_the_places_of_a_board_are_countries_in_any_case() -> None:
    board = read_board(f"{BOARD}places: [sdn, TCD]\n".encode(), "mine.yaml")
    assert board.places == ("SDN", "TCD")
    with pytest.raises(UsageError) as raised:
        read_board(f"{BOARD}places:\n  - Sudan\n  - XYZ\n".encode(), "mine.yaml")
    assert str(raised.value).splitlines() == [
        "mine.yaml:20: places: 'Sudan' is not an ISO 3166-1 alpha-3 code; Sudan is SDN",
        "mine.yaml:21: places: 'XYZ' is not an ISO 3166-1 alpha-3 code; write it as SDN",
    ]


def test_all_mistakes_are_told_at_once() -> None:
    wrong = BOARD.replace("side: forces", "side: x").replace("warns_of: [coup]", "warns_of: [y]")
    with pytest.raises(UsageError) as raised:
        read_board(wrong.encode(), "mine.yaml")
    assert [told.split(":")[1] for told in str(raised.value).splitlines()] == ["9", "18"]


def test_aliases_that_multiply_are_refused() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]\n" for at in range(1, 12)
    )
    with pytest.raises(UsageError, match="too much"):
        read_board(bomb.encode(), "bomb.yaml")


@pytest.mark.slow
def test_that_a_file_holds_too_much_is_told_once() -> None:
    row = "- {kind: coup, country: SDN, name: x, began: 2019-04-11, source: y}\n"
    with pytest.raises(UsageError) as raised:
        read_outcomes((row * 9000).encode(), "long.yaml")
    assert str(raised.value).endswith("too much for one file") and len(str(raised.value).splitlines()) == 1


def test_no_object_is_made_of_a_tag() -> None:
    for tag in ("!!python/object/apply:os.system ['true']", "!!python/name:os.system x", "!!int x"):
        with pytest.raises(UsageError, match=r"bad\.yaml:1: "):
            read_board(f"id: {tag}\n".encode(), "bad.yaml")


def test_mistakes_of_type_hide_no_others() -> None:
    wrong = (
        BOARD.replace(
            "mode: [x-mutiny], actor: {side: forces}", "mode: [x-mutinny], actor: {side: forcess}, country: MALI"
        )
        .replace("least: 1}", "least: 0}")
        .replace("    why: They", "    count: report\n    why: They")
        .replace("    about: It does.\n", "")
        .replace("indicators: [mutiny]", "indicators: [mutiny, nothere]")
        .replace("[coup]", "[mutinny]")
        .replace("least: 3, chance: 0.01", "least: 3, chance: 2")
    )
    with pytest.raises(UsageError) as raised:
        read_board(wrong.encode(), "mine.yaml")
    told = str(raised.value)
    for words in (
        "country: a list is expected", "'report' is none of: reports, events, statements; 'reports'?",
        "'x-mutinny' is no mode", "'forcess' is no side", "least must be 1 or more", "a chance lies between 0 and 1",
        "lacks 'about'", "'nothere' is no indicator", "'mutinny' is no kind of outcome",
    ):  # fmt: skip
        assert words in told


def test_another_board_under_a_shipped_ones_id_is_refused_and_that_one_as_a_file_is_not(tmp_path: Path) -> None:
    """Its standings would stand in the place of the shipped one's, and alerts of both have one id."""
    shipped = files("foreshock").joinpath("data/boards/coup.yaml").read_text(encoding="utf-8")
    copy, other = tmp_path / "copy.yaml", tmp_path / "other.yaml"
    copy.write_text(shipped, encoding="utf-8")
    assert [board.id for board in named_boards([str(copy)])] == ["coup"]
    other.write_text(shipped.replace("mode: [x-coup, x-mutiny]", "mode: [x-coup]"), encoding="utf-8")
    with pytest.raises(UsageError, match="is the id of a shipped board, and this is another"):
        named_boards([str(other)])
