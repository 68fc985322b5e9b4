"""A prediction of the program's own: made of what it foretells and not of a text."""

import datetime
import hashlib

from foreshock.model.prediction import Criterion, ForecasterKind, Prediction
from foreshock.model.vocabulary import Kind

PREFIX = "program:"
"""What the address of a prediction of the program's own begins with, where others have their document's id."""


def own_prediction(
    path: str,
    text: str,
    forecaster: str,
    made: datetime.date,
    by: datetime.date,
    criterion: Criterion,
    topic: str,
    likelihood: str | None,
    low: float | None,
    high: float | None,
    context: str,
) -> Prediction:
    """A prediction that stands at `path` of the desk, in whole under the program, with odds between `low` and `high`.

    What it is named by is the path and the day, so that the same alert or run is entered once.
    """
    identity = hashlib.sha256(f"{PREFIX}{path}:{made.isoformat()}".encode()).hexdigest()[:12]
    return Prediction(
        id=identity, statement=identity, document=f"{PREFIX}{path}", start=0, end=len(text), text=text,
        kind=Kind.FORECAST.value, forecaster_kind=ForecasterKind.PROGRAM, forecaster=forecaster, outlet=None, made=made,
        criterion=criterion, by=by, default_horizon=False, negated=False, likelihood=likelihood, low=low, high=high,
        condition=None, topic=topic, country=criterion.country,
        countries=(criterion.country,) if criterion.country else (),
        group=identity, line=hashlib.sha256(f"{forecaster}:{text}".encode()).hexdigest()[:12], context=context,
    )  # fmt: skip


def path_of(document: str) -> str | None:
    """The desk's path of a prediction of the program's own; null for one that stands in a text."""
    return document.removeprefix(PREFIX) if document.startswith(PREFIX) else None
