"""What a person says of documents that they do not say of themselves.

When they were published, where and by whom; and that they are worth reading, whatever they look like.
"""

from dataclasses import dataclass

import msgspec

from foreshock.gather.dates import Published
from foreshock.model.document import Document, Verdict

DATE_GIVEN = "its date is the one given when it was added"
OUTLET_GIVEN = "its outlet is the one given when it was added"
AUTHOR_GIVEN = "its author is the one given when it was added"


@dataclass(frozen=True)
class Supplied:
    """What holds for every document that does not say otherwise; null where nothing was given.

    With `anyway` all are read that are in English, whatever the verdict on them.
    """

    published: Published | None = None
    outlet: str | None = None
    author: str | None = None
    anyway: bool = False

    @property
    def tells_of_origin(self) -> bool:
        """Whether it says when documents were published, where or by whom."""
        return (self.published, self.outlet, self.author) != (None, None, None)

    @property
    def may_make_usable(self) -> bool:
        """Whether what was skipped without it may be worth reading with it."""
        return self.anyway or self.published is not None

    def judged(self, verdict: Verdict) -> Verdict:
        """`verdict`, or where a person insists, one that says so and what it would have been."""
        if not self.anyway or verdict.usable or verdict.foreign:
            return verdict
        return Verdict(
            label="usable", reason=f"read because that was asked for; else {verdict.label}: {verdict.reason}"
        )

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
