"""The names that statements can be filtered by: found by whole words, in any case and accents; no private person's.

The distinct names of a record are few beside its statements. They are read once, by stepping from one to the next in
their index, and kept while nothing comes into the record and nothing goes.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from foreshock.actors.names import key
from foreshock.actors.private import Private, private_among
from foreshock.actors.referents import BODIES
from foreshock.model.countries import country_name
from foreshock.model.vocabulary import SourceKind
from foreshock.record.guarded import any_guarded, by_region, is_guarded
from foreshock.record.narrow import Clause, any_of, by_id, by_number, equal, unindexed
from foreshock.record.remembered import remembered
from foreshock.record.tables import statement_participants, statement_sources, statements

_PERSON: Final = "person"
_BODY: Final = "body"
_ROLE: Final = "role"
_KINDS: Final = {_PERSON: SourceKind.PERSON, _BODY: SourceKind.ORGANISATION, _ROLE: SourceKind.ROLE}
"""How sources are told apart here, each with a kind that stands for its like."""


def _words(name: str) -> frozenset[str]:
    return frozenset(key(name).split()) - {"the"}


def _names_in(connection: Connection, column: ColumnElement[Any]) -> dict[str, frozenset[str]]:
    """The distinct values of an indexed column, each with its words."""
    return remembered(
        connection, ("names", str(column)), lambda: {name: _words(name) for name in _distinct(connection, column)}
    )


def _distinct(connection: Connection, column: ColumnElement[Any]) -> Iterable[str]:
    seen = select(func.min(column).label("name")).cte("seen", recursive=True)
    following = select(func.min(column)).where(column > seen.c.name).correlate(seen).scalar_subquery()
    seen = seen.union_all(select(following).where(seen.c.name.isnot(None)))
    return connection.scalars(select(seen.c.name).where(seen.c.name.isnot(None)))


def _matching(connection: Connection, column: ColumnElement[Any], asked: str) -> list[str]:
    """The names in a column that have all words of `asked`; the name as it is written, where that has no word."""
    wanted = _words(asked)
    found = _names_in(connection, column)
    return [name for name, words in found.items() if wanted <= words] if wanted else [asked]


def _among(connection: Connection, column: ColumnElement[Any], names: Sequence[str]) -> ColumnElement[bool]:
    """Whether the column has one of these names; a single variable on SQLite, which takes only so many."""
    if connection.dialect.name != "sqlite":
        return column.in_(names)
    listed = func.json_each(json.dumps(names)).table_valued("value")
    return column.in_(select(listed.c.value))


def named_place(connection: Connection, column: ColumnElement[Any], asked: str) -> Clause:
    """A filter on a column of statements that holds places' names: the name itself, else names with its words."""
    found = _matching(connection, column, asked)
    same = [name for name in found if key(name) == key(asked)] or found
    if len(same) <= 1:
        return equal(column, same[0] if same else asked)
    matches = select(statements.c.number).where(_among(connection, column, same))
    return by_number(matches, _among(connection, unindexed(column), same))


def named_place_as_told(connection: Connection, asked: str) -> Clause:
    """A filter on the places of statements as they are told: what is told by region answers to its region's name, or to
    its country's where that is all that is known, and never to a settlement's."""
    if not any_guarded(connection):
        return named_place(connection, statements.c.place, asked)
    column, regions = statements.c, _names_in(connection, statements.c.admin1)
    found = {*_matching(connection, column.place, asked), *_matching(connection, column.admin1, asked)}
    same = sorted([name for name in found if key(name) == key(asked)] or found)
    of_country = [code for code in _distinct(connection, column.country) if key(country_name(code)) == key(asked)]
    units = [name for name in same if name in regions]
    free = select(column.number).where(_among(connection, column.place, same), ~is_guarded())
    guarded = [
        select(column.number).where(where, unindexed(column.precision).isnot(None), is_guarded())
        for where in _by_region(connection, units, of_country)
    ]
    told_by_region = or_(false(), *_by_region(connection, units, of_country, unindexed))
    test = or_(
        and_(_among(connection, unindexed(column.place), same), ~is_guarded()), and_(by_region(), told_by_region)
    )
    return by_number(any_of(free, *guarded), test)


def _by_region(
    connection: Connection,
    units: Sequence[str],
    countries: Sequence[str],
    searched: Callable[[ColumnElement[Any]], ColumnElement[Any]] = lambda column: column,
) -> list[ColumnElement[bool]]:
    """What holds of statements that are told by one of these first-level regions, or only by one of these countries;
    nothing for none of them, so that nothing is looked for."""
    column, found = statements.c, []
    if units:
        found.append(_among(connection, searched(column.admin1), units))
    if countries:
        found.append(and_(unindexed(column.admin1).is_(None), searched(column.country).in_(countries)))
    return found


def named_actor(connection: Connection, asked: str) -> Clause:
    """A filter on actors and recipients: an entity's id, else words of a name; never one of a private person.

    What has an entity has a public name: no private person is one.
    """
    people = statement_participants.c
    if connection.execute(select(people.entity).where(people.entity == asked).limit(1)).first() is not None:
        return _on_side_table(people.statement, [people.entity == asked])
    texts = _matching(connection, people.text, asked)
    telling = _telling(connection, asked)
    public = [text for text in texts if not telling.names_one(text)]
    conditions = [_among(connection, people.name, _matching(connection, people.name, asked))]
    conditions.append(_among(connection, people.text, public))
    if private := sorted({*texts}.difference(public)):
        conditions.append(and_(_among(connection, people.text, private), people.entity.isnot(None)))
    return _on_side_table(people.statement, conditions)


def named_source(connection: Connection, asked: str) -> Clause:
    """A filter on sources by words of a name, or of the text's words for them; never by a private person's name."""
    links = statement_sources.c
    telling = _telling(connection, asked)
    conditions: list[ColumnElement[bool]] = []
    for column in (links.name, links.text):
        names = _matching(connection, column, asked)
        public = {like: {one for one in names if not telling.names_one(one, kind)} for like, kind in _KINDS.items()}
        always = set.intersection(*public.values())
        conditions.append(_among(connection, column, sorted(always)))
        for like, condition in (
            (_PERSON, links.source_kind == SourceKind.PERSON),
            (_BODY, links.source_kind.in_(BODIES)),
            (_ROLE, links.source_kind.notin_((SourceKind.PERSON, *BODIES))),
        ):
            if some := sorted(public[like] - always):
                conditions.append(and_(_among(connection, column, some), condition))
    return _on_side_table(links.statement, conditions)


def _telling(connection: Connection, asked: str) -> Private:
    """What tells private persons among the names that have the words asked for."""
    columns = (statement_participants.c.text, statement_sources.c.text, statement_sources.c.name)
    return private_among(name for column in columns for name in _matching(connection, column, asked))


def private_in(connection: Connection) -> Private:
    """What tells the private persons of the whole record."""
    columns = (statement_participants.c.text, statement_sources.c.text, statement_sources.c.name)
    return remembered(
        connection,
        "private",
        lambda: private_among(name for column in columns for name in _names_in(connection, column)),
    )


def _on_side_table(column: ColumnElement[Any], conditions: Sequence[ColumnElement[bool]]) -> Clause:
    theirs = select(column).where(column == statements.c.id, or_(*conditions))
    return by_id(any_of(*(select(column).where(one) for one in conditions)), theirs)
