"""What the ledger's pages are asked for."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from foreshock.desk.filters import LAST_PAGE, asked_number, in_written_case
from foreshock.errors import UsageError
from foreshock.ledger.finding import Wanted, asked_topic
from foreshock.ledger.yardsticks import DEFAULT, names
from foreshock.model.day import known_day
from foreshock.model.prediction import Criterion, Outcome
from foreshock.record.ledger_tables import prediction_rulings, predictions
from foreshock.record.store import Record
from foreshock.record.words import quoted_words
from foreshock.telling.addresses import address_of

LOOKED_AT = 50
"""Documents that a page looks at for predictions before it is shown: about half a second's work."""

SELECTION = ("words", "forecaster", "forecaster_is", "outlet", "country", "topic", "outcome")
_SHOWN_AS = ("yardstick", "as_of", "by", "confirmed")
PARAMETERS = (*SELECTION, *_SHOWN_AS, "page")
"""All that the address of a page of the ledger may have."""
SCORED_BY = {"forecaster": "forecaster_is", "outlet": "outlet", "topic": "topic", "country": "country"}
"""What scores are reckoned by, with the filter that restricts the list to one of them, by its exact name."""


@dataclass(frozen=True)
class Asked:
    """What an address asks for.

    `by` and `confirmed` are for scores.
    """

    given: dict[str, str]
    wanted: Wanted
    yardstick: str
    as_of: datetime.date | None
    page: int
    by: str
    confirmed: bool

    def address(self, path: str, **changes: str | int | None) -> str:
        """`path` with these parameters, changed as told; null takes one away."""
        return address_of(path, {**self.given, **changes})

    def list_of(self, name: str) -> str:
        """The address of the list of what was scored under `name`."""
        return self.address("/ledger", **{"by": None, "confirmed": None, "outcome": None, SCORED_BY[self.by]: name})


def asked(parameters: Mapping[str, str]) -> Asked:
    """Read an address's parameters; those left empty do not restrict, unknown ones were refused
    before (`app.PARAMETERS`).

    Raises `UsageError` for a topic, an outcome, a yardstick, a day, a page, or what to score by that is none.
    """
    given = {name: parameters.get(name, "").replace("\0", "").strip() for name in (*SELECTION, *_SHOWN_AS)}
    given = in_written_case({name: value for name, value in given.items() if value})
    if "topic" in given:
        given["topic"] = asked_topic(given["topic"])
    if "words" in given and not quoted_words(given["words"]):
        del given["words"]
    outcome = _one_of(given.get("outcome"), tuple(Outcome), "an outcome")
    return Asked(
        given=given,
        wanted=Wanted(
            words=given.get("words"),
            forecaster=given.get("forecaster"),
            forecaster_is=given.get("forecaster_is"),
            outlet=given.get("outlet"),
            country=given.get("country"),
            topic=given.get("topic"),
            outcome=Outcome(outcome) if outcome else None,
        ),
        yardstick=_one_of(given.get("yardstick"), tuple(names()), "a yardstick") or DEFAULT,
        as_of=known_day(given.get("as_of"), "as_of"),
        page=asked_number(parameters.get("page"), "page", 1, LAST_PAGE),
        by=_one_of(given.get("by"), tuple(SCORED_BY), "something to score by") or "forecaster",
        confirmed=_one_of(given.get("confirmed"), ("yes",), "an answer to whether confirmed ones alone") is not None,
    )


def _one_of(value: str | None, allowed: tuple[str, ...], what: str) -> str | None:
    if value is not None and value not in allowed:
        raise UsageError(f"{value!r} is not {what}; one of: {', '.join(allowed)}")
    return value


def outlets_and_countries(record: Record) -> tuple[list[str], list[str]]:
    """The outlets and the countries that predictions of the record have, by their texts or as people sharpened them."""
    columns = predictions.c.outlet, predictions.c.country
    sharper = select(prediction_rulings.c.criterion).where(prediction_rulings.c.criterion.isnot(None))
    with record.begin() as connection:
        found = [connection.scalars(select(one).where(one.isnot(None)).distinct().order_by(one)) for one in columns]
        outlets, countries = (list(values) for values in found)
        given = {msgspec.json.decode(one, type=Criterion).country for one in connection.scalars(sharper)}
    return outlets, sorted({*countries, *filter(None, given)})
