"""Groups of copies in the record: what hangs together with a text is grouped anew whenever a pair changes."""

from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, or_, select, update

from foreshock.corroborate.copies.linkage import JOINED, digests, groups_of
from foreshock.corroborate.copies.resemblance import Likeness
from foreshock.corroborate.copies.store import names_of
from foreshock.record.parts import parted
from foreshock.record.syndication_tables import syndication_pairs as pairs
from foreshock.record.syndication_tables import syndication_texts as texts


def regroup(connection: Connection, numbers: set[int]) -> None:
    """Group anew the texts `numbers` and everything that hangs together with them."""
    everyone, links = _connected(connection, numbers)
    names, before = names_of(connection, everyone)
    links = [row for row in links if row.first in names and row.second in names]
    wide = digests(_held(row) for row in links)
    scores = {(row.first, row.second): row.score for row in links if row.first not in wide and row.second not in wide}
    changed = []
    for group in groups_of(names, scores):
        name = min(names[number] for number in group)
        changed += [{"at": number, "name": name} for number in group if before[number] != name]
    if changed:
        connection.execute(
            update(texts).where(texts.c.number == bindparam("at")).values(copies_of=bindparam("name")), changed
        )


def _connected(connection: Connection, numbers: set[int]) -> tuple[set[int], list[Any]]:
    """What hangs together with `numbers` by strong pairs, and every kept pair inside that."""
    everyone, ahead = set(numbers), set(numbers)
    links: dict[tuple[int, int], Any] = {}
    while ahead:
        found: set[int] = set()
        for part in parted(sorted(ahead)):
            either = or_(pairs.c.first.in_(part), pairs.c.second.in_(part))
            for row in connection.execute(select(pairs).where(either)):
                links[row.first, row.second] = row
                if row.score >= JOINED:
                    found |= {row.first, row.second}
        ahead = found - everyone
        everyone |= ahead
    return everyone, [row for (first, second), row in links.items() if first in everyone and second in everyone]


def _held(row: Any) -> tuple[int, int, float, float]:  # noqa: ANN401 - a row of the pairs' table
    told = msgspec.json.decode(row.features)["likeness"]
    small, large = (row.second, row.first) if told["second_is_smaller"] else (row.first, row.second)
    return small, large, told["shared"], told["larger"]


def pair_row(
    first: int, second: int, score: float, parts: dict[str, float], pair: Likeness, second_is_smaller: bool
) -> dict[str, Any]:
    """A pair as a row of its table, with what its score is made of."""
    told = {
        "shared": round(pair.shared, 4),
        "larger": round(pair.larger, 2),
        "second_is_smaller": second_is_smaller,
    }
    features = msgspec.json.encode({"parts": parts, "likeness": told}).decode()
    return {"first": first, "second": second, "score": score, "features": features}
