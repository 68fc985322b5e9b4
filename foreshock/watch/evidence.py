"""What is behind a count: its statements, the weightiest first, and the reports and outlets that they come from."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from foreshock.watch.columns import NONE, Numbers, Sightings


@dataclass(frozen=True)
class Evidence:
    """Statements by their ids, and the reports and named outlets (numbers as in the sightings) they come from."""

    statements: tuple[str, ...]
    reports: frozenset[int]
    outlets: frozenset[int]


def evidence_of(seen: Sightings, rows: Numbers, period: int) -> Evidence:
    """What these statements are as evidence: every report's weightiest before a second of any.

    The weightier is the one whose event others confirm the better, by the texts known at the end of the period; then
    the one of the better graded outlet; then the newer.
    """

    def weight(at: int) -> tuple[int, int, int]:
        return seen.digit_by(at, period), int(seen.reliability[at]), -at

    turns: Counter[int] = Counter()
    order: list[tuple[int, int, int]] = []
    for at in sorted(rows.tolist(), key=weight):
        report = int(seen.report[at])
        order.append((turns[report], len(order), at))
        turns[report] += 1
    return Evidence(
        tuple(str(seen.ids[at]) for _, _, at in sorted(order)), frozenset(turns),
        frozenset(outlet for outlet in seen.outlet[rows].tolist() if outlet != NONE),
    )  # fmt: skip


def in_turns(lists: Iterable[Sequence[str]], most: int) -> tuple[str, ...]:
    """At most so many of what the lists hold, each once: the first of each list, then the second of each, and so on."""
    rounds = zip_longest(*lists)
    return tuple(islice(dict.fromkeys(one for each in rounds for one in each if one is not None), most))
