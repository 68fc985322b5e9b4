"""Rows without what would lead to a person: told by region, without the text's words or a private person's name."""

from collections.abc import Sequence
from typing import Final

import msgspec

from foreshock.actors.private import Private
from foreshock.model.occurrence import Occurrence, Party
from foreshock.record.guarded import each_once, without_name, without_settlement

QUOTED: Final = "a person quoted"
"""What a speaker is called who is a private person, here as in the ledger."""


def unnamed(row: Occurrence, telling: Private) -> Occurrence:
    """An event without the names of private persons among its parties, its speakers and in its title."""

    def party(one: Party) -> Party:
        return without_name(one) if one.id is None and telling.names_one(one.name) else one

    return msgspec.structs.replace(
        row,
        actors=each_once(map(party, row.actors)),
        recipients=each_once(map(party, row.recipients)),
        sources=tuple(dict.fromkeys(QUOTED if telling.names_one(name) else name for name in row.sources)),
        title=telling.left_out(row.title) if row.title else row.title,
    )


def without_words(row: Occurrence, placed: bool, told_by: Sequence[str]) -> Occurrence:
    """An event that texts about deserters report among others: without their words, told by the statements `told_by`.

    `placed` says that one of those has its place too; else it is told by region.
    """
    general = generalised(row)
    own = {"statements": " ".join(sorted(told_by))}
    return msgspec.structs.replace(general, site=row.site if placed else general.site, own=own)


def generalised(row: Occurrence) -> Occurrence:
    """A row told by first-level region: no coordinates, no settlement, none of the text's words or names.

    A place's own name may be the text's at any precision, so that the region's name stands for all of them. Speakers
    are known by the text's words alone.
    """
    return msgspec.structs.replace(
        row,
        actors=each_once(map(without_name, row.actors)),
        recipients=each_once(map(without_name, row.recipients)),
        site=None if row.site is None else without_settlement(row.site),
        sources=(),
        text=None,
        title=None,
        url=None,
        own={},
        statement=None,
    )
