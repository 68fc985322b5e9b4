"""Boards as an analyst writes them: YAML, checked against the vocabulary, every error with its line."""

import difflib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from foreshock.errors import UsageError
from foreshock.model.board import Alternative, Board, Indicator, Level, Party, Query
from foreshock.model.vocabulary import CONTEXTS, MECHANISMS, MODES, SECTORS, is_mode_of
from foreshock.record.countries import asked_country
from foreshock.record.regions import is_region, nearest_region
from foreshock.watch.fingerprint import CHANGE
from foreshock.watch.outcomes import KINDS_OF_OUTCOMES
from foreshock.watch.rules import rules
from foreshock.watch.written import Problem, Steps, Written, mistyped, readable

LARGEST_BOARD: Final = 500_000
"""Bytes of one file; the largest shipped has 6,000."""
_USELESS: Final = "is in no scenario"
Asking = TypeVar("Asking", bound=Alternative)
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,38}[a-z0-9]")


def shipped_boards() -> tuple[Board, ...]:
    """The boards that come with the program, by their ids."""
    return _shipped()


@cache
def _shipped() -> tuple[Board, ...]:
    folder = files("foreshock").joinpath("data/boards")
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    boards = [read_board(entry.read_bytes(), f"boards/{entry.name}") for entry in found]
    return tuple(sorted(boards, key=lambda board: board.id))


def named_boards(names: Sequence[str]) -> tuple[Board, ...]:
    """Boards by id of a shipped one or by path of a file; all shipped ones where none is named. Raises `UsageError`."""
    if not names:
        return shipped_boards()
    known = {board.id: board for board in shipped_boards()}
    found = [known[name] if name in known else _from_file(name, known) for name in names]
    for at, board in enumerate(found):
        if any(board.id == other.id for other in found[:at]):
            raise UsageError(f"board {board.id!r} is named twice; give one of them another id")
    return tuple(found)


def _from_file(name: str, known: Mapping[str, Board]) -> Board:
    """The board in a file. Another board under a shipped one's id is refused: their standings, and alerts of one place
    and period, would go by one name, and what the one raised would never be raised by the other."""
    path = Path(name)
    if not path.is_file():
        raise UsageError(f"{name}: neither a file nor a shipped board ({', '.join(known)})")
    if path.stat().st_size > LARGEST_BOARD:
        raise UsageError(f"{name}: larger than {LARGEST_BOARD // 1000} kB; no board is")
    board = read_board(path.read_bytes(), name)
    if board != known.get(board.id, board):
        raise UsageError(f"{name}: {board.id!r} is the id of a shipped board, and this is another; give it its own id")
    return board


def read_board(content: bytes, name: str) -> Board:
    """The board in a YAML file's bytes. Raises `UsageError` naming the file and, of each problem, its line."""
    written = Written(content, name)
    blanks: set[Steps] = set()
    as_far = readable(written.data, Board, blanks)
    mistakes = [one for one in _mistakes(as_far) if not _of_blanks(one, blanks)]
    written.refuse([*mistyped(written.data, Board), *mistakes])
    return _in_codes(msgspec.convert(written.data, Board, strict=True))


def _in_codes(board: Board) -> Board:
    """The board with every country as the record writes it, in its places and in its queries, so that nothing that
    matches has to."""
    indicators = []
    for one in board.indicators:
        query = msgspec.structs.replace(_coded(one.query), any=tuple(map(_coded, one.query.any)))
        indicators.append(msgspec.structs.replace(one, query=query))
    places = tuple(asked_country(code, "places") for code in board.places)
    return msgspec.structs.replace(board, places=places, indicators=tuple(indicators))


def _coded(one: Asking) -> Asking:
    return msgspec.structs.replace(one, country=tuple(asked_country(code, "country") for code in one.country))


def _of_blanks(mistake: Problem, blanks: Iterable[Steps]) -> bool:
    """Whether a mistake only follows from what could not be read: there, in it, around it, or by a name that it has."""
    steps, words = mistake
    if any(steps[: len(blank)] == blank or blank[: len(steps)] == steps for blank in blanks):
        return True
    if words.endswith(_USELESS):
        return any(blank[0] == "scenarios" for blank in blanks if blank)
    names_indicator = steps[0] == "scenarios" and "indicators" in steps
    return names_indicator and any(blank[0] == "indicators" and blank[-1] in ("indicators", "id") for blank in blanks)


def _mistakes(board: Board) -> Iterator[tuple[Steps, str]]:
    """What the types cannot say: names that lead nowhere, words outside the vocabulary, thresholds out of order."""
    if not _NAME.fullmatch(board.id):
        yield ("id",), f"{board.id!r} is no id: lower-case letters, digits and hyphens"
    if board.id == CHANGE:
        yield ("id",), f"{CHANGE!r} is what the rules of mechanisms begin with; give the board another id"
    for what, names in (
        ("indicators", [one.id for one in board.indicators]), ("scenarios", [one.id for one in board.scenarios])
    ):  # fmt: skip
        if not names:
            yield (what,), f"a board needs at least one of its {what}"
        for at, name in enumerate(names):
            if not _NAME.fullmatch(name):
                yield (what, at, "id"), f"{name!r} is no id: lower-case letters, digits and hyphens"
            if name in names[:at]:
                yield (what, at, "id"), f"{name!r} is the id of an earlier one"
    for at, code in enumerate(board.places):
        yield from _in_country(code, ("places", at))
    for at, one in enumerate(board.indicators):
        yield from _in_indicator(one, ("indicators", at))
    known = list(dict.fromkeys(one.id for one in board.indicators))
    for at, scenario in enumerate(board.scenarios):
        if not scenario.indicators:
            yield ("scenarios", at), "a scenario needs at least one indicator"
        for position, name in enumerate(scenario.indicators):
            if name in scenario.indicators[:position]:
                yield ("scenarios", at, "indicators", position), f"{name!r} stands here twice; one sign counts once"
            yield from _named(name, known, "indicator of this board", ("scenarios", at, "indicators", position))
        for position, name in enumerate(scenario.warns_of):
            yield from _named(name, KINDS_OF_OUTCOMES, "kind of outcome", ("scenarios", at, "warns_of", position))
    used = {name for scenario in board.scenarios for name in scenario.indicators}
    for at, one in enumerate(board.indicators):
        if one.id not in used:
            yield ("indicators", at, "id"), f"{one.id!r} {_USELESS}"


def _in_indicator(one: Indicator, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if not one.source:
        yield (*steps, "source"), "an indicator needs a source for why the sign matters"
    yield from _in_query(one.query, (*steps, "query"))
    for at, other in enumerate(one.query.any):
        yield from _in_alternative(other, (*steps, "query", "any", at), one.query.country)
        yield from _beside(one.query, other, (*steps, "query", "any", at))
    levels = [(name, getattr(one.levels, name)) for name in ("watch", "warning", "alarm")]
    given: list[tuple[str, Level]] = [(name, level) for name, level in levels if level is not None]
    for name, level in given:
        if level.least < 1:
            yield (*steps, "levels", name, "least"), "least must be 1 or more"
        if level.chance is not None and not 0 < level.chance < 1:
            yield (*steps, "levels", name, "chance"), "a chance lies between 0 and 1"
    for (low, lower), (high, higher) in itertools.pairwise(given):
        if higher.least < lower.least or (higher.chance or 1) > (lower.chance or 1):
            yield (*steps, "levels", high), f"{high} is easier to reach than {low}"


def _in_query(query: Query, steps: Steps) -> Iterator[tuple[Steps, str]]:
    yield from _in_alternative(query, steps)
    if not query.kind:
        yield (*steps, "kind"), "without any kind nothing is a sign"


def _beside(query: Query, other: Alternative, steps: Steps) -> Iterator[tuple[Steps, str]]:
    """An alternative that nothing can meet, for the query around it asks for something else."""
    for field in ("kind", "type"):
        asked, also = set(getattr(query, field)), set(getattr(other, field))
        if asked and also and not asked & also:
            yield (*steps, field), f"no statement can be this and what the query around it asks of its {field}"


def _in_alternative(query: Alternative, steps: Steps, around: Sequence[str] = ()) -> Iterator[tuple[Steps, str]]:
    """What is wrong in a query or one of its alternatives; `around` are the countries that the query around it asks."""
    for field, names, known, what in (
        ("mechanism", query.mechanism, tuple(MECHANISMS), "mechanism"),
        ("context", query.context, CONTEXTS, "context"),
        ("mode", query.mode, sorted({mode for modes in MODES.values() for mode in modes}), "mode"),
    ):
        for at, name in enumerate(names):
            yield from _named(name, known, what, (*steps, field, at))
    for at, mode in enumerate(query.mode):
        if query.type and not any(is_mode_of(mode, one) for one in query.type):
            yield (*steps, "mode", at), f"{mode!r} is not a mode of {', '.join(query.type)}"
    for field, party in (("actor", query.actor), ("recipient", query.recipient)):
        if party is not None:
            yield from _in_party(party, (*steps, field))
    if query.credibility is not None and not 1 <= query.credibility <= 6:
        yield (*steps, "credibility"), "credibility is a digit from 1 to 6"
    if query.reliability is not None and query.reliability not in tuple("ABCDEF"):
        yield (*steps, "reliability"), "reliability is a letter from A to F"
    if query.killed is not None and query.killed < 1:
        yield (*steps, "killed"), "killed is 1 or more"
    for at, code in enumerate(query.country):
        yield from _in_country(code, (*steps, "country", at))
    written = [code.strip().upper() for code in query.country or around]
    countries = [code for code in written if not [*_in_country(code, steps)]]  # a code that is none is told by itself
    for at, name in enumerate(query.admin1):
        if not is_region(name, countries):
            near = nearest_region(name, countries)
            where = f" of {', '.join(countries)}" if countries else ""
            told = f"{name!r} is no first-level region{where} by its main name"
            yield (*steps, "admin1", at), told + (f"; {near!r}?" if near else "")


def _in_country(code: str, steps: Steps) -> Iterator[tuple[Steps, str]]:
    try:
        asked_country(code, str(steps[-2]))
    except UsageError as error:
        yield steps, str(error)


def _in_party(party: Party, steps: Steps) -> Iterator[tuple[Steps, str]]:
    for at, name in enumerate(party.sector):
        yield from _named(name, SECTORS, "sector", (*steps, "sector", at))
    if party.side is not None:
        yield from _named(party.side, tuple(rules().sides), "side", (*steps, "side"))


def _named(name: str, known: Sequence[str], what: str, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        yield steps, f"{name!r} is no {what}" + (f"; {near[0]!r}?" if near else f"; one of: {', '.join(known)}")
