"""A text read by the shipped reader, for the tests that begin with one."""

import datetime

from foreshock.model.document import Document, text_id
from foreshock.model.statement import Reading, Statement
from foreshock.model.vocabulary import Granularity
from foreshock.read.reader import shipped


def read(
    text: str, published: datetime.date | None = None, granularity: Granularity | None = Granularity.DAY
) -> Reading:
    """The reading of a text that was published on a day, known as exactly as told, or nobody knows when."""
    granularity = granularity if published is not None else None
    document = Document(
        id=text_id(text), text=text, origin="a.txt", capture="0" * 64,
        published=published, published_granularity=granularity,
    )  # fmt: skip
    return shipped().read(document)


def by_trigger(
    text: str, published: datetime.date | None = None, granularity: Granularity | None = Granularity.DAY
) -> dict[str, Statement]:
    """The statements found in a text, by trigger."""
    return {one.trigger.text: one for one in read(text, published, granularity).statements}
