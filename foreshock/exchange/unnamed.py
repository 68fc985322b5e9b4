"""Rows without what would lead to a person: told by region, without the text's words or a private person's name."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from foreshock.actors.fresh import NEW
from foreshock.actors.private import Private
from foreshock.model.occurrence import Occurrence, Party, Site
from foreshock.model.vocabulary import Precision

GUARDED: Final = "defection"
"""The mechanism whose rows could lead to people who left their unit."""
UNNAMED: Final = "unnamed"
"""What a party is called whose name only the text has, where no sector is known."""
QUOTED: Final = "a person quoted"
"""What a speaker is called who is a private person, here as in the ledger."""


def unnamed(row: Occurrence, telling: Private) -> Occurrence:
    """An event without the names of private persons among its parties, its speakers and in its title."""

    def party(one: Party) -> Party:
        return _party(one) if one.id is None and telling.names_one(one.name) else one

    return msgspec.structs.replace(
        row,
        actors=_each_once(map(party, row.actors)),
        recipients=_each_once(map(party, row.recipients)),
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
        actors=_each_once(map(_party, row.actors)),
        recipients=_each_once(map(_party, row.recipients)),
        site=None if row.site is None else _region(row.site),
        sources=(),
        text=None,
        title=None,
        url=None,
        own={},
        statement=None,
    )


def _region(site: Site) -> Site:
    known = Precision.ADMIN1 if site.admin1 else Precision.COUNTRY if site.country else None
    return Site(name=site.admin1, admin1=site.admin1, country=site.country, precision=known)


def _party(one: Party) -> Party:
    """One that the registry has as it is; any other without its name, and without the id that is made of its name."""
    if one.id and not one.id.startswith(NEW):
        return one
    return Party(one.sector or UNNAMED, one.country, one.sector)


def _each_once(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties without repeats: of several who go by the same sector and country, one says as much."""
    return tuple(dict.fromkeys(parties))
