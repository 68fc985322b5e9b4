"""The statements behind an alert, beside the sign that each counts for."""

from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.model.alert import Alert, Behind
from foreshock.model.board import Query, Sign
from foreshock.model.vocabulary import MECHANISMS
from foreshock.record.query import Hit, hits_with
from foreshock.record.store import Record
from foreshock.telling import phrases
from foreshock.telling.addresses import address_of
from foreshock.watch.boards import shipped_boards


@dataclass(frozen=True)
class SignTold:
    """A sign with what counts for it: `hits` are the statements that are kept with the alert and still in the record,
    the weightiest first, `also` the names of other signs that one of them counts for, by its id.

    `more` is how many count for it beside the hits, `rest` the address of a list to look for them in.
    """

    sign: Sign
    behind: Behind
    hits: tuple[Hit, ...]
    also: dict[str, tuple[str, ...]]
    more: int
    rest: str


def signs_told(record: Record, alert: Alert) -> list[SignTold]:
    """The signs of an alert, the one furthest over its baseline first; none of an alert kept before it was known which
    statement counts for which."""
    hits = {hit.statement.id: hit for hit in hits_with(record, alert.statements)} if alert.behind else {}
    told = []
    for sign in alert.signs:
        if (behind := alert.behind_sign(sign.indicator)) is not None:
            mine = tuple(hits[one] for one in behind.statements if one in hits)
            also = {hit.statement.id: _others(alert, sign, hit.statement.id) for hit in mine}
            told.append(SignTold(sign, behind, mine, also, behind.number - len(mine), _rest(alert, sign)))
    return told


def _others(alert: Alert, sign: Sign, statement: str) -> tuple[str, ...]:
    """The names of the other signs that a statement counts for."""
    counts = {one.indicator for one in alert.behind if statement in one.statements}
    return tuple(one.name for one in alert.signs if one.indicator in counts - {sign.indicator})


def _rest(alert: Alert, sign: Sign) -> str:
    """The list of statements on the alert's place, those known at the end of its period first, as near to what the sign
    counts as a list's filters come: by kind, type of act and mechanism, where it asks for a single one.

    It has no beginning: a list that had would leave out what is about days before it.
    """
    query = _query_of(alert, sign)
    asked = {
        "kind": _only(query.kind), "type": _only(query.type), "mechanism": _only((*query.mechanism, *query.context)),
    } if query else {}  # fmt: skip
    where = {"country": alert.where.country, "admin1": alert.where.admin1}
    return address_of("/statements", {**where, "until": alert.known.isoformat(), **asked})


def _query_of(alert: Alert, sign: Sign) -> Query | None:
    """What a sign counts; null on an analyst's own board, which the record does not keep."""
    if alert.board is None:
        return Query(mechanism=(sign.indicator,)) if sign.indicator in MECHANISMS else None
    board = next((one for one in shipped_boards() if one.id == alert.board), None)
    indicators = board.indicators if board is not None else ()
    return next((one.query for one in indicators if one.id == sign.indicator), None)


def _only(names: Sequence[str]) -> str | None:
    return str(names[0]) if len(names) == 1 else None


def said_of(record: Record, alert: Alert) -> dict[str, str]:
    """The words of an alert's statements that are still in the record, each with where it stands, by its id."""
    return {hit.statement.id: _quoted(hit) for hit in hits_with(record, alert.statements)}


def _quoted(hit: Hit) -> str:
    published = phrases.published_iso(hit.published, hit.published_granularity)
    published = published or (f"crawled {hit.crawl_month}" if hit.crawl_month else "undated")
    stands = " · ".join(part for part in (phrases.title_name(hit.title, hit.origin), hit.outlet, published) if part)
    return f"“{' '.join(hit.statement.text.split())}” ({stands})"
