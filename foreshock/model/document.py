"""What came in from outside: one text, where it came from, and whether it is worth reading."""

import datetime
import hashlib

import msgspec

from foreshock.model.day import last_day
from foreshock.model.vocabulary import Granularity


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a document is worth reading, and why.

    `label` is `usable`, `spam`, `boilerplate`, `off_topic` or `other_language:xx` (ISO 639-1).
    """

    label: str
    reason: str

    @property
    def usable(self) -> bool:
        """Whether the line goes on with this document."""
        return self.label == "usable"

    @property
    def foreign(self) -> bool:
        """Whether it is in another language than English, which nothing here reads."""
        return self.label.startswith("other_language")


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A text as given, to which every offset of its reading refers.

    `id` is `sha256:` and the hex digest of the text's UTF-8 bytes. `capture` is the SHA-256 hex digest of
    the bytes as taken (of the row, in JSONL) and makes adding idempotent. What the source does not say is
    null: outlet, author and dates are never guessed.
    """

    id: str
    text: str
    origin: str
    capture: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    external_id: str | None = None
    published: datetime.date | None = None
    published_granularity: Granularity | None = None
    crawl_month: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def dated(self) -> tuple[datetime.date, Granularity] | None:
        """When it was published, and how precisely that is known, a month by its last day; null where unknown."""
        return None if self.published is None else (self.published, self.published_granularity or Granularity.DAY)

    @property
    def reference_date(self) -> tuple[datetime.date, Granularity] | None:
        """The date that *today* means in this text, and how precisely it is known; null where unknown.

        A publication month stands for its last day; a crawl month is used only where nothing better is
        there. Dates resolved against either are precise to the month at best.
        """
        if self.dated is not None:
            return self.dated
        if self.crawl_month is not None:
            return last_day(self.crawl_month), Granularity.MONTH
        return None


def text_id(text: str) -> str:
    """The identity of a text: `sha256:` and the digest of its UTF-8 bytes."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
