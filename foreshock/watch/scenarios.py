"""From signs to scenarios: their states, and which of them the evidence cannot tell apart."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from foreshock.model.board import Board, Outlook, Scenario, Sign, State

Readings = Callable[[Sequence[Sign]], Sequence[Sequence[Sign]]]
"""The ways in which the signs of a scenario can count beside one another, each with all signs in the order given."""


def _each_by_itself(signs: Sequence[Sign]) -> Sequence[Sequence[Sign]]:
    return (signs,)


def outlooks_of(
    board: Board, signs: Mapping[str, Sign], rules: Mapping[str, Mapping[str, int]],
    readings: Readings = _each_by_itself,
) -> tuple[Outlook, ...]:  # fmt: skip
    """What each scenario looks like, given the sign of each of the board's indicators by its id; of several
    `readings` of its signs it takes the one by which it stands highest."""
    looks = []
    for scenario in board.scenarios:
        mine = tuple(signs[name] for name in scenario.indicators)
        own = max(readings(mine), key=lambda counted: scenario_state(counted, rules).height)
        leaning = (one.name for one, alone in zip(mine, own, strict=True) if alone.state.height < one.state.height)
        looks.append(
            Outlook(
                rule=f"{board.id}:{scenario.id}", scenario=scenario.id, name=scenario.name,
                state=scenario_state(own, rules), signs=mine, leaning=tuple(leaning),
            )
        )  # fmt: skip
    return tuple(_told_apart(look, board, looks, signs) for look in looks)


def scenario_state(signs: Sequence[Sign], rules: Mapping[str, Mapping[str, int]]) -> State:
    """The highest state whose every condition holds: so many signs at such a state or above, all where there are fewer.

    Not collected where fewer than half of the signs could be told, unless those that could already show something.
    """
    reached = State.QUIET
    for state in (State.WATCH, State.WARNING, State.ALARM):
        wanted = rules[state.value]
        if all(_at_least(signs, State(name)) >= min(number, len(signs)) for name, number in wanted.items()):
            reached = state
    told = sum(sign.state is not State.NOT_COLLECTED for sign in signs)
    too_few = told == 0 or (reached is State.QUIET and 2 * told < len(signs))
    return State.NOT_COLLECTED if too_few else reached


def _at_least(signs: Sequence[Sign], state: State) -> int:
    return sum(sign.state.height >= state.height for sign in signs)


def _told_apart(look: Outlook, board: Board, looks: Sequence[Outlook], signs: Mapping[str, Sign]) -> Outlook:
    """The look with the other scenarios in question whose lit indicators are the same, and what would part them."""
    if look.state.height < State.WATCH.height:
        return look
    scenarios = {scenario.id: scenario for scenario in board.scenarios}
    mine = _lit(scenarios[look.scenario], signs)
    alike = [
        other for other in looks
        if other.scenario != look.scenario and other.state.height >= State.WATCH.height
        and _lit(scenarios[other.scenario], signs) == mine
    ]  # fmt: skip
    parting = {
        name for other in alike
        for name in set(scenarios[look.scenario].indicators) ^ set(scenarios[other.scenario].indicators)
    }  # fmt: skip
    apart = tuple(one.name for one in board.indicators if one.id in parting)
    return msgspec.structs.replace(look, alike=tuple(other.name for other in alike), apart=apart)


def _lit(scenario: Scenario, signs: Mapping[str, Sign]) -> set[str]:
    return {name for name in scenario.indicators if signs[name].state.height >= State.WATCH.height}


def tells_apart(board: Board) -> dict[str, bool]:
    """Whether each indicator, by id, can tell scenarios of its board apart: one that all of them share cannot."""
    return {
        one.id: not all(one.id in scenario.indicators for scenario in board.scenarios) or len(board.scenarios) == 1
        for one in board.indicators
    }
