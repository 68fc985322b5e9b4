"""A prediction of the program's own: made of what it foretells and not of a text."""

import datetime
from dataclasses import dataclass

from foreshock.ledger.parts import Odds, digest, prediction_id
from foreshock.model.prediction import Criterion, ForecasterKind, Prediction
from foreshock.model.vocabulary import Kind

PREFIX = "program:"
"""What the address of a prediction of the program's own begins with, where others have their document's id."""


@dataclass(frozen=True)
class Said:
    """What the program says at `path` of the desk: in which words, under which name, on which day, and out of what;
    `first` is the first day that it speaks of, null for the day after it was said."""

    path: str
    text: str
    forecaster: str
    made: datetime.date
    context: str
    first: datetime.date | None = None


def own_prediction(said: Said, criterion: Criterion, topic: str, odds: Odds, by: datetime.date) -> Prediction:
    """The prediction that what the program said is, in whole under the program.

    What it is named by is the path and the day, so that the same alert or run is entered once.
    """
    identity = prediction_id(f"{PREFIX}{said.path}", said.made.isoformat())
    return Prediction(
        id=identity, statement=identity, document=f"{PREFIX}{said.path}", start=0, end=len(said.text), text=said.text,
        kind=Kind.FORECAST.value, forecaster_kind=ForecasterKind.PROGRAM, forecaster=said.forecaster, outlet=None,
        made=said.made, criterion=criterion, by=by, default_horizon=False, negated=odds.negated,
        likelihood=odds.words, low=odds.low, high=odds.high, condition=None, topic=topic, country=criterion.country,
        countries=(criterion.country,) if criterion.country else (),
        group=identity, line=digest(f"{said.forecaster}:{said.text}"), context=said.context, first=said.first,
    )  # fmt: skip


def path_of(document: str) -> str | None:
    """The desk's path of a prediction of the program's own; null for one that stands in a text."""
    return document.removeprefix(PREFIX) if document.startswith(PREFIX) else None
