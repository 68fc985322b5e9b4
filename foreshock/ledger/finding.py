"""Predictions looked up: those that answer a question, those that stand for given statements, one by its id.

Each comes as an entry, with what is proposed and what people ruled, as known on a day.
"""

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, Subquery, func, or_, select

from foreshock.errors import UsageError
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.parts import prediction_id
from foreshock.ledger.rows import evidence_of, prediction_of, proposals_of, rulings_of
from foreshock.ledger.speakers.identity import identity
from foreshock.model.prediction import ForecasterKind, LedgerEntry, Outcome, Prediction, Ruling
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import CONTEXTS, EventType
from foreshock.record.ledger_tables import prediction_rulings, predictions
from foreshock.record.parts import parted
from foreshock.record.words import BEGINS, terms

_Ids = Sequence[str] | Select[tuple[str]]

_PARTED = r"[\W_]+"
"""What stands between two words, and makes none by itself."""


@dataclass(frozen=True)
class Wanted:
    """Which predictions; null does not restrict.

    `forecaster` is a part of a name, `forecaster_is` the whole one. `words` are looked for in the prediction's text, in
    what would count and in its condition: each by itself, what is quoted as a whole.
    """

    forecaster: str | None = None
    forecaster_is: str | None = None
    outlet: str | None = None
    country: str | None = None
    topic: str | None = None
    outcome: Outcome | None = None
    words: str | None = None
    line: str | None = None
    repeats: bool = False


def asked_topic(value: str) -> str:
    """A topic as predictions have it, asked for in any case: a mechanism or context, a PLOVER type, or the outcome that
    an alert of the program's own warns of. Raises `UsageError` for another word, which would answer with nothing."""
    known = (*CONTEXTS, *EventType, *lexicon().outcomes)
    found = {str(one).casefold(): str(one) for one in known}.get(value.strip().casefold())
    if found is None:
        raise UsageError(f"{value!r} is not a topic; one of: {', '.join(dict.fromkeys(known))}")
    return found


_IN_ORDER = (predictions.c.made, predictions.c.document, predictions.c.start)
"""Oldest first."""
_FIRST = (
    predictions.c.forecaster_kind == ForecasterKind.UNSCORED.value,
    predictions.c.made,
    func.coalesce(predictions.c.forecaster == predictions.c.outlet, False),
    predictions.c.document,
    predictions.c.start,
)
"""The first of a group is what was said, the others are its repeats: the oldest that stands under somebody who can be
held to it; of one day, what stands under whoever is named before what a paper prints under its own name."""


def entries_found(connection: Connection, wanted: Wanted, as_of: datetime.date) -> list[LedgerEntry]:
    """The predictions asked for, oldest first; repeats are folded into the first of them unless asked for.

    They are folded before anything is asked of them: no filter makes a repeat the first, and whoever reprints a
    prediction does not have it.
    """
    conditions = _conditions(connection, wanted)
    ids, groups = (select(column).where(*conditions) for column in (predictions.c.id, predictions.c.group))
    said = _said(groups if conditions else None, as_of)
    query = select(predictions.c.body, said.c.many).join(said, said.c.id == predictions.c.id).where(*conditions)
    found = [(prediction_of(row.body), row.many) for row in connection.execute(_folded_unless(wanted, query, said))]
    if wanted.words is not None:
        sought, rulings = _sought(wanted.words), rulings_of(connection, groups, as_of)
        found = [(one, many) for one, many in found if _holds(one, rulings.get(one.group, ()), sought)]
    many = {one.group: number for one, number in found}
    entries = _as_entries(connection, [one for one, _ in found], (ids, groups), many, as_of)
    return [one for one in entries if _answers(one, wanted)]


def newest_found(
    connection: Connection, wanted: Wanted, as_of: datetime.date, most: int
) -> tuple[list[LedgerEntry], int]:
    """The newest `most` of the predictions asked for, newest first, and how many those are in all."""
    ids = ids_found(connection, wanted, as_of)
    return entries_named(connection, ids[:most], as_of), len(ids)


def ids_found(connection: Connection, wanted: Wanted, as_of: datetime.date) -> list[str]:
    """The ids of the predictions asked for, newest first.

    None of them is read, but where it takes a prediction's own words, or what became of it, to tell.
    """
    if any(one is not None for one in (wanted.words, *_asked_of_entries(wanted))):
        return [one.prediction.id for one in reversed(entries_found(connection, wanted, as_of))]
    conditions = _conditions(connection, wanted)
    said = _said(select(predictions.c.group).where(*conditions) if conditions else None, as_of)
    query = select(predictions.c.id).join(said, said.c.id == predictions.c.id).where(*conditions)
    return list(connection.scalars(_folded_unless(wanted, query, said)))[::-1]


def _folded_unless(wanted: Wanted, query: Select[Any], said: Subquery) -> Select[Any]:
    """The query oldest first, of what was said first alone unless repeats are asked for."""
    return (query if wanted.repeats else query.where(said.c.nth == 1)).order_by(*_IN_ORDER)


def _asked_of_entries(wanted: Wanted) -> tuple[str | None, ...]:
    """What is asked of entries as people sharpened and settled them."""
    return wanted.outcome, wanted.topic, wanted.country


def _answers(entry: LedgerEntry, wanted: Wanted) -> bool:
    """Whether an entry has the outcome asked for and, as people sharpened it, is on the topic and country."""
    if all(one is None for one in _asked_of_entries(wanted)):
        return True
    about = entry.sharpened
    told = entry.outcome, about.topic, about.country
    return all(value is None or value == here for value, here in zip(_asked_of_entries(wanted), told, strict=True))


def _said(groups: Select[tuple[str]] | None, as_of: datetime.date) -> Subquery:
    """The ids of what was said by a day in these groups, in all where null: each with its number in its group (1 for
    the first) and how many that has."""
    columns = predictions.c
    known = [columns.made <= as_of, *([] if groups is None else [columns.group.in_(groups)])]
    nth = func.row_number().over(partition_by=columns.group, order_by=_FIRST)
    many = func.count().over(partition_by=columns.group)
    return select(columns.id, nth.label("nth"), many.label("many")).where(*known).subquery()


def entries_of(connection: Connection, told: Sequence[Statement], as_of: datetime.date) -> dict[str, LedgerEntry]:
    """The entry that stands for each of the statements `told`, by the statement's id; without those that have none.

    What is said again shares the entry of the first that says it. Reads no more of the ledger than these and their
    repeats, however large it is.
    """
    named = {prediction_id(one.document, one.id): one.id for one in told}
    known = select(predictions.c.id, predictions.c.group).where(predictions.c.made <= as_of)
    group_of: dict[str, str] = {}
    for part in parted(list(named)):
        group_of.update((row.id, row.group) for row in connection.execute(known.where(predictions.c.id.in_(part))))
    first_of: dict[str, str] = {}
    many: Counter[str] = Counter()
    for part in parted(sorted(set(group_of.values()))):
        for row in connection.execute(known.where(predictions.c.group.in_(part)).order_by(*_FIRST)):
            first_of.setdefault(row.group, row.id)
            many[row.group] += 1
    entries: dict[str, LedgerEntry] = {}
    for part in parted(sorted(first_of.values())):
        bodies = connection.scalars(select(predictions.c.body).where(predictions.c.id.in_(part)))
        found = [prediction_of(body) for body in bodies]
        groups = [one.group for one in found]
        entries.update(
            (one.prediction.group, one) for one in _as_entries(connection, found, (part, groups), many, as_of)
        )
    return {named[one]: entries[group] for one, group in group_of.items()}


def entries_named(connection: Connection, identities: Sequence[str], as_of: datetime.date) -> list[LedgerEntry]:
    """The entries of the predictions with these ids, in their order; without those that the ledger does not have.

    Each has its own words, with how often what it says was said by that day. Reads no more of the ledger than these.
    """
    found: dict[str, LedgerEntry] = {}
    for part in parted(list(identities)):
        bodies = connection.scalars(select(predictions.c.body).where(predictions.c.id.in_(part)))
        told = [prediction_of(body) for body in bodies]
        groups = [one.group for one in told]
        known = predictions.c.made <= as_of, predictions.c.group.in_(groups)
        counted = select(predictions.c.group, func.count()).where(*known).group_by(predictions.c.group)
        many = {row[0]: row[1] for row in connection.execute(counted)}
        found |= {one.prediction.id: one for one in _as_entries(connection, told, (part, groups), many, as_of)}
    return [found[one] for one in identities if one in found]


def entry_with(connection: Connection, identity: str, as_of: datetime.date) -> LedgerEntry:
    """The prediction with this id, or that begins so, with the evidence for what is proposed of it.

    Raises `UsageError` where none or several do, and where it was made after this day.
    """
    if not identity.isascii():  # ids are; and what is no text at all no database takes
        raise UsageError(f"{identity[:40]!a} is no prediction's id; see foreshock ledger list")
    query, known_by = select(predictions.c.body), predictions.c.id
    bodies = list(connection.scalars(query.where(known_by == identity))) or list(
        connection.scalars(query.where(known_by.startswith(identity, autoescape=True)).limit(2))
    )
    if len(bodies) != 1 or not identity:
        how = "no prediction" if not bodies else "more than one prediction"
        raise UsageError(f"{how} has an id that begins with {identity!r}; see foreshock ledger list")
    one = prediction_of(bodies[0])
    if one.made > as_of:
        raise UsageError(f"{one.id} was made on {one.made}: it is not known as of {as_of}")
    known = (predictions.c.group == one.group, predictions.c.made <= as_of)
    same = list(connection.scalars(select(predictions.c.id).where(*known).order_by(*_FIRST)))
    entry = _as_entries(connection, [one], ([one.id], [one.group]), {one.group: len(same)}, as_of)[0]
    entry = msgspec.structs.replace(entry, says_again=same[0] if same[0] != one.id else None)
    if entry.proposal is None:
        return entry
    evidence = evidence_of(connection, one.id, entry.proposal.as_of)
    return msgspec.structs.replace(entry, proposal=msgspec.structs.replace(entry.proposal, evidence=evidence))


def undated_after(connection: Connection, as_of: datetime.date) -> int:
    """How many predictions of texts without a date are not known on this day only because the text came in later."""
    later = predictions.c.made > as_of, predictions.c.body.contains('"undated":true')
    return connection.scalar(select(func.count()).select_from(predictions).where(*later)) or 0


def _as_entries(
    connection: Connection,
    found: Sequence[Prediction],
    named: tuple[_Ids, _Ids],
    many: Mapping[str, int],
    as_of: datetime.date,
) -> list[LedgerEntry]:
    """Predictions with what is kept on them; `named` has their ids and groups, `many` how often each group was said."""
    ids, groups = named
    proposals, rulings = proposals_of(connection, as_of, ids), rulings_of(connection, groups, as_of)
    return [
        LedgerEntry(
            prediction=one,
            proposal=proposals.get(one.id),
            rulings=tuple(rulings.get(one.group, ())),
            repeats=many[one.group] - 1,
        )
        for one in found
    ]


def _sought(words: str) -> list[re.Pattern[str]]:
    """What finds each of the user's words, or quoted phrases; where they name no word, one that finds nothing."""
    named = [(re.findall(r"[^\W_]+", _folded(term)), term.endswith(BEGINS)) for term in terms(words)]
    # In the prediction, not in the row's JSON: that holds the names of all fields, and marks of its own.
    found = [
        rf"(?<![^\W_]){_PARTED.join(term)}" + ("" if begins else r"(?![^\W_])") if term else r"(?!)"
        for term, begins in named
    ]
    return [re.compile(pattern) for pattern in found or [r"(?!)"]]


def _folded(text: str) -> str:
    """Text without accents, in small letters: as SQLite's index of words has it, on whatever database."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(one for one in plain if not unicodedata.combining(one))


def _holds(one: Prediction, rulings: Sequence[Ruling], sought: Sequence[re.Pattern[str]]) -> bool:
    """Whether a prediction, as found or as people sharpened it, holds all that is sought."""
    criteria = [one.criterion, *(ruling.criterion for ruling in rulings if ruling.criterion)]
    told = _folded("\n".join([one.text, one.condition or "", *(criterion.words for criterion in criteria)]))
    return all(pattern.search(told) for pattern in sought)


def _conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    columns = predictions.c
    found: list[ColumnElement[bool]] = [
        column == value
        for column, value in ((columns.outlet, wanted.outlet), (columns.line, wanted.line))
        if value is not None
    ]
    if wanted.forecaster_is is not None:
        found.append(columns.forecaster.in_(spelled(connection, [wanted.forecaster_is])))
    # What people sharpened may be on another topic or country than its row: `_answers` asks.
    ruled = select(prediction_rulings.c.prediction).where(prediction_rulings.c.criterion.is_not(None))
    sharpened = columns.group.in_(select(columns.group).where(columns.id.in_(ruled)))
    for column, told in ((columns.topic, wanted.topic), (columns.country, wanted.country)):
        if told is not None:
            found.append(or_(column == told, sharpened))
    if wanted.forecaster is not None:
        accented = _called_otherwise(connection, wanted.forecaster)
        named = columns.forecaster.icontains(wanted.forecaster, autoescape=True)
        found.append(or_(named, columns.forecaster.in_(accented)))
    return found


def _called_otherwise(connection: Connection, part: str) -> list[str]:
    """The forecasters in whose name a user's words stand in other letters than theirs (*elise* in *Élise*), which no
    database takes for the same, or whose name they are in another spelling (*the Narew Institute*)."""
    sought, whole = _folded(part), identity(part)

    def is_called(name: str) -> bool:
        accented = not (name.isascii() and part.isascii())
        return (accented and sought in _folded(name)) or identity(name) == whole

    return list(filter(is_called, _forecasters(connection)))


def spelled(connection: Connection, named: Iterable[str]) -> list[str]:
    """The names under which the ledger holds the forecasters `named`, however they are written."""
    wanted = {identity(one) for one in named}
    return [name for name in _forecasters(connection) if identity(name) in wanted]


def _forecasters(connection: Connection) -> Iterable[str]:
    """Every name under which a prediction stands."""
    return connection.scalars(select(predictions.c.forecaster).distinct())
