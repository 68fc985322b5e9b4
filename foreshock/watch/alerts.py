"""From an evaluation to alerts: one for a scenario that rose at a place, one for a mechanism that stands out."""

from collections import Counter
from collections.abc import Iterator, Sequence

from foreshock.model.alert import Alert, Behind, Meaning, alert_id
from foreshock.model.board import Board, Outlook, Sign, Standing, State, Where
from foreshock.watch.before import Before
from foreshock.watch.evaluate import Evaluation, Watch
from foreshock.watch.evidence import Evidence, in_turns
from foreshock.watch.periods import first_day_of, last_day_of

MOST_STATEMENTS = 50


def alerts_of(watch: Watch, period: int) -> list[Alert]:
    """What a period gives to tell: scenarios at warning or alarm that stand higher than when they were last told of,
    and changes. Highest and least likely by luck first.
    """
    now, before = watch.at(period), Before(watch, period)
    found = [
        _of_scenario(watch, standing, look, period)
        for standing in now.standings
        for look in _risen(standing, before)
    ]  # fmt: skip
    found += list(_of_changes(watch, now, period, before))
    return sorted(found, key=lambda one: (-one.state.height, one.chance or 0.0, one.rule, one.where.order))


def _risen(standing: Standing, before: Before) -> Iterator[Outlook]:
    """Scenarios that stand higher than before; of those that the evidence does not tell apart the highest alone, and
    none where one of them was told before and stands as it did."""
    risen = [
        look for look in standing.outlooks
        if look.state.height >= State.WARNING.height
        and look.state.height > before.of_scenario(look.rule, standing.where).height
    ]  # fmt: skip
    stood = [look for look in standing.outlooks if look not in risen]
    told: set[str] = set()
    for look in sorted(risen, key=lambda one: one.rank, reverse=True):
        before_it = any(look.name in one.alike and one.state.height >= look.state.height for one in stood)
        if look.name not in told and not before_it:
            yield look
        told.update(look.alike)


def _of_scenario(watch: Watch, standing: Standing, look: Outlook, period: int) -> Alert:
    board = next(board for board in watch.boards if board.id == standing.board)
    lit = sorted(
        (sign for sign in look.signs if sign.state.height >= State.WATCH.height),
        key=lambda sign: (-sign.state.height, sign.chance or 0.0),
    )
    return _alert(watch, look.rule, board, _title(board, look), standing.where, period, look.state, lit)


def _title(board: Board, look: Outlook) -> str:
    alike = f" (or: {', '.join(look.alike)})" if look.alike else ""
    return f"{board.name}: {look.name}{alike}"


def _of_changes(watch: Watch, now: Evaluation, period: int, before: Before) -> Iterator[Alert]:
    for where, sign in now.changes:
        if sign.state is State.ALARM and before.of_change(sign.rule, where) is not State.ALARM:
            yield _alert(watch, sign.rule, None, f"Change: {sign.name}", where, period, sign.state, [sign])


def _alert(
    watch: Watch, rule: str, board: Board | None, title: str, where: Where, period: int, state: State,
    lit: Sequence[Sign],
) -> Alert:  # fmt: skip
    told = [watch.evidence(sign.rule, where, period) for sign in lit]
    reports = Counter(report for one in told for report in one.reports)
    outlets = frozenset[int]().union(*(one.outlets for one in told))
    kept = in_turns([one.statements for one in told], MOST_STATEMENTS)
    twice = sum(times > 1 for times in reports.values())
    chances = [sign.chance for sign in lit if sign.chance is not None]
    discoveries = [sign.discovery for sign in lit if sign.discovery is not None]
    first = lit[0]
    return Alert(
        id=alert_id(rule, where, first_day_of(period, watch.seen.every)), rule=rule, title=title,
        board=board.id if board else None,
        where=where, period=first_day_of(period, watch.seen.every), known=last_day_of(period, watch.seen.every),
        state=state, seen=first.seen, usual=first.usual, expected=first.expected,
        chance=min(chances, default=None), discovery=min(discoveries, default=None), reports=len(reports),
        outlets=len(outlets), war=watch.wars.running(where.country, period),
        war_last_known=watch.wars.last_known(where.country, period),
        why="; ".join([*(f"{sign.name}: {sign.why}" for sign in lit), *_shared(twice)]), signs=tuple(lit),
        statements=kept, meanings=tuple(meanings_on(board, lit)) if board else (),
        under=watch.under[rule], behind=tuple(_behind(sign, one, kept) for sign, one in zip(lit, told, strict=True)),
    )  # fmt: skip


def _behind(sign: Sign, told: Evidence, kept: Sequence[str]) -> Behind:
    return Behind(
        indicator=sign.indicator, number=len(told.statements), reports=len(told.reports), outlets=len(told.outlets),
        statements=tuple(one for one in told.statements if one in kept),
    )  # fmt: skip


def meanings_on(board: Board, signs: Sequence[Sign]) -> Iterator[Meaning]:
    """Why each of these signs matters, as the board says; nothing of one that it does not know."""
    indicators = {one.id: one for one in board.indicators}
    for sign in signs:
        if (one := indicators.get(sign.indicator)) is not None:
            yield Meaning(indicator=one.id, why=one.why, source=one.source)


def _shared(reports: int) -> list[str]:
    """That the signs rest on the same reports, where they do: such signs do not confirm each other."""
    return [f"{reports} of the reports light more than one of these signs"] if reports else []
