"""What an alert's page leads to beside its statements: why its signs matter, its board, and its entry in the ledger."""

from dataclasses import dataclass
from urllib.parse import quote

import msgspec
from sqlalchemy import select

from foreshock.ledger.book import Book
from foreshock.ledger.own import PREFIX
from foreshock.model.alert import Alert, alert_path
from foreshock.model.board import Standing
from foreshock.model.prediction import LedgerEntry
from foreshock.record.ledger_tables import predictions
from foreshock.record.store import Record
from foreshock.telling.addresses import address_of
from foreshock.watch.alerts import meanings_on
from foreshock.watch.boards import shipped_boards
from foreshock.watch.lateness import in_hindsight
from foreshock.watch.messages import raised_in_words
from foreshock.watch.store import Handled, alerts, standings


@dataclass(frozen=True)
class Held:
    """The ledger's entry that holds an alert to account, or why there is none."""

    entry: LedgerEntry | None
    why_not: str | None


def with_meanings(alert: Alert) -> Alert:
    """The alert with why its signs matter; one kept before alerts said so has it from the shipped board."""
    board = next((one for one in shipped_boards() if one.id == alert.board), None)
    if alert.meanings or board is None:
        return alert
    return msgspec.structs.replace(alert, meanings=tuple(meanings_on(board, alert.signs)))


def board_address(record: Record, alert: Alert) -> str | None:
    """The page of an alert's board, at its place where the board stands there; null for a change, which is on none,
    and for a board of the analyst's own of which no standing is kept: it was only evaluated as of an earlier day."""
    if alert.board is None:
        return None
    places = {one.where for one in standings(record, alert.board)}
    if not places and alert.board not in {one.id for one in shipped_boards()}:
        return None
    at = {"country": alert.where.country, "region": alert.where.admin1} if alert.where in places else {}
    return address_of(f"/watch/{quote(alert.board, safe='')}", at)


def why_no_board(alert: Alert) -> str:
    """Why an alert leads to no board's page, where it does not."""
    if alert.board is None:
        return "it is on no board: the mechanism stands out from its own past"
    return f"its board, {alert.board}, is none that ships, and no evaluation of it as of today is kept"


def raised_of(record: Record, one: Standing) -> list[Handled]:
    """The alerts that were raised of a standing, of its place in its period; of one that escalates another it alone."""
    found = alerts(record, country=one.where.country, board=one.board)
    mine = (each for each in found if (each.alert.where, each.alert.period) == (one.where, one.period))
    return [each for each in mine if each.escalated_by is None]


def entries_of_alerts(record: Record) -> dict[str, str]:
    """The ids of the ledger's entries of alerts, by the alert's."""
    start = f"{PREFIX}{alert_path('')}"
    query = select(predictions.c.document, predictions.c.id).where(
        predictions.c.document.startswith(start, autoescape=True)
    )
    with record.begin() as connection:
        return {document.removeprefix(start): identity for document, identity in connection.execute(query)}


def links_as_json(record: Record, one: Handled) -> dict[str, object]:
    """When it was raised in words, and what its page leads to, or why not, as fields of JSON."""
    account, board = held(record, one), board_address(record, one.alert)
    return {
        "raised_in_words": raised_in_words(one),
        "board_page": board,
        "no_board_page": None if board else why_no_board(one.alert),
        "ledger": account.entry.prediction.id if account.entry else None,
        "ledger_outcome": account.entry.outcome if account.entry else None,
        "not_in_ledger": account.why_not,
    }


def held(record: Record, one: Handled) -> Held:
    """What holds an alert to account."""
    identity = entries_of_alerts(record).get(one.alert.id)
    if identity is not None:
        return Held(Book(record).entry(identity), None)
    if one.alert.board is None:
        return Held(None, "a change of a mechanism foretells nothing by itself")
    if in_hindsight(one):
        return Held(None, "the time that it warns of was over when it was raised")
    return Held(None, "its scenario warns of no kind of outcome, or foreshock watch has not entered it yet")
