"""What a person says of documents that they do not say of themselves: when they were published, where, by whom."""

from dataclasses import dataclass

import msgspec

from foreshock.gather.dates import Published
from foreshock.model.document import Document

DATE_GIVEN = "its date is the one given when it was added"
OUTLET_GIVEN = "its outlet is the one given when it was added"
AUTHOR_GIVEN = "its author is the one given when it was added"


@dataclass(frozen=True)
class Supplied:
    """What holds for every document that does not say otherwise; null where nothing was given."""

    published: Published | None = None
    outlet: str | None = None
    author: str | None = None

    def complete(self, document: Document) -> Document:
        """`document` with what it lacks and a note for each, so that a reader can tell it from the source's own word.

        A month in which a crawler came is no date of publication: the date given is put beside it.
        """
        published, granularity = document.published, document.published_granularity
        outlet, author, notes = document.outlet, document.author, document.notes
        if published is None and self.published is not None:
            published, granularity = self.published
            notes += (DATE_GIVEN,)
        if outlet is None and self.outlet is not None:
            outlet = self.outlet
            notes += (OUTLET_GIVEN,)
        if author is None and self.author is not None:
            author = self.author
            notes += (AUTHOR_GIVEN,)
        return msgspec.structs.replace(
            document, published=published, published_granularity=granularity, outlet=outlet, author=author, notes=notes
        )
