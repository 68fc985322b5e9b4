"""What the ledger proposes on evidence that is erased: taken back, and told of beside what people ruled on it; on
evidence that a newer reading lacks: told of."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from foreshock.model.prediction import Outcome, Proposed
from foreshock.record.ledger_tables import prediction_evidence, prediction_proposals, prediction_rulings

EVIDENCE_ERASED = "a document that it rested on was erased since; foreshock ledger resolve looks at it anew"
"""The reason of a proposal that was taken back."""
EVIDENCE_REREAD = "; a newer reading lacks some of what it rests on: foreshock ledger resolve looks at it anew"
"""Behind the reason of a proposal whose evidence was read anew and is not there any more."""


def take_back(connection: Connection, gone: Sequence[str]) -> int:
    """Take back what was proposed on evidence in the documents `gone`, before that goes; how many proposals that are.

    They are pending until they are made anew. What a person ruled on them stays, marked so that it is told.
    """
    found = prediction_evidence.c
    query = select(found.prediction, found.as_of).where(found.document.in_(gone), found.of_document.not_in(gone))
    rested = connection.execute(query.distinct()).all()
    proposals, rulings = prediction_proposals, prediction_rulings
    for prediction, as_of in rested:
        connection.execute(
            proposals.update()
            .where(proposals.c.prediction == prediction, proposals.c.as_of == as_of)
            .values(outcome=Outcome.PENDING.value, reason=EVIDENCE_ERASED, coverage=None)
        )
        ruled = select(rulings.c.number, rulings.c.proposed).where(rulings.c.prediction == prediction)
        for number, told in connection.execute(ruled.where(rulings.c.proposed.isnot(None))).all():
            proposed = msgspec.json.decode(told, type=Proposed)
            if proposed.as_of == as_of:
                marked = msgspec.json.encode(msgspec.structs.replace(proposed, erased=True)).decode()
                connection.execute(rulings.update().where(rulings.c.number == number).values(proposed=marked))
    return len(rested)


def tell_reread(connection: Connection, gone: Sequence[str]) -> None:
    """Say of what is proposed on the statements `gone`, before they go, that a newer reading lacks them.

    It stands until it is made anew: the words are still in the text, and mostly are another statement's now.
    """
    found, proposals = prediction_evidence.c, prediction_proposals
    query = select(found.prediction, found.as_of).where(found.statement.in_(gone)).distinct()
    for prediction, as_of in connection.execute(query).all():
        connection.execute(
            proposals.update()
            .where(proposals.c.prediction == prediction, proposals.c.as_of == as_of)
            .where(proposals.c.reason.not_like(f"%{EVIDENCE_REREAD}"))
            .values(reason=proposals.c.reason + EVIDENCE_REREAD)
        )
