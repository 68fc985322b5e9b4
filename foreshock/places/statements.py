"""Resolve the places of a reading's statements."""

import msgspec

from foreshock.model.statement import Reading
from foreshock.places.locate import Locator


def placed(reading: Reading, locator: Locator) -> Reading:
    """The reading with every statement's place span resolved, or with the reason why it could not be."""
    spans = sorted(
        {
            (statement.place.start, statement.place.end)
            for statement in reading.statements
            if statement.place is not None and statement.place.start is not None and statement.place.end is not None
        }
    )
    located = dict(zip(spans, locator.locate(reading.document.text, spans), strict=True))
    statements = []
    for statement in reading.statements:
        place = statement.place
        if place is not None and place.start is not None and place.end is not None:
            found = located[place.start, place.end]
            scores = {**statement.scores, "place_resolution": round(found.score, 4)}
            statement = msgspec.structs.replace(statement, place=found.place, scores=scores)
        statements.append(statement)
    return msgspec.structs.replace(reading, statements=tuple(statements))
