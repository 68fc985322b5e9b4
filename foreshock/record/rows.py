"""What is found, as rows of the record's tables."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Result

from foreshock.model.day import as_known
from foreshock.model.document import Document
from foreshock.model.statement import Statement, to_json
from foreshock.model.vocabulary import Granularity


def dicts(found: Result[Any]) -> list[dict[str, Any]]:
    """The rows of a query by the names of their columns."""
    return [row._asdict() for row in found]


def provenance(document: Document) -> dict[str, Any]:
    """Who published a document and when, as the columns that captures and documents share."""
    return {
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "url": document.url,
        "origin": document.origin,
        "external_id": document.external_id,
        "published": document.published,
        "published_granularity": document.published_granularity,
        "crawl_month": document.crawl_month,
    }


def document_in(row: Mapping[str, Any], capture: str | None) -> Document:
    """The document in a row of its table; `capture` is the first that held it."""
    granularity = row["published_granularity"]
    return Document(
        id=row["id"],
        text=row["text"],
        origin=row["origin"],
        capture=capture or "",
        title=row["title"],
        outlet=row["outlet"],
        author=row["author"],
        url=row["url"],
        external_id=row["external_id"],
        published=row["published"],
        published_granularity=Granularity(granularity) if granularity else None,
        crawl_month=row["crawl_month"],
        notes=tuple(row["notes"]),
    )


def day_of(document: Document) -> str:
    """The day a document's statements are listed under, as `day_known`."""
    return day_known(document.published, document.published_granularity, document.crawl_month)


def day_known(published: datetime.date | None, granularity: str | None, crawl_month: str | None) -> str:
    """The day of publication, or its month where only that is known, else the crawl's month, else empty."""
    if published is None:
        return crawl_month or ""
    return as_known(published, granularity)


class StatementRows:
    """Statements as rows of the four statement tables; `day` is their document's, as `day_of` gives it."""

    def __init__(self, found: Sequence[Statement], day: str) -> None:
        self.day = day
        self.statements: list[dict[str, Any]] = []
        self.contexts: list[dict[str, Any]] = []
        self.sources: list[dict[str, Any]] = []
        self.participants: list[dict[str, Any]] = []
        for statement in found:
            self._add(statement)

    def _add(self, statement: Statement) -> None:
        place, time, likelihood = statement.place, statement.time, statement.likelihood
        self.statements.append(
            {
                "id": statement.id,
                "document": statement.document,
                "start": statement.start,
                "day": self.day,
                "kind": statement.kind,
                "polarity": statement.polarity,
                "type": statement.type,
                "mode": statement.mode,
                "country": place.country if place else None,
                "admin1": place.admin1 if place else None,
                "place": (place.name or place.text) if place else None,
                "precision": place.precision if place else None,
                "lat": place.lat if place else None,
                "lon": place.lon if place else None,
                "time_from": time.from_ if time else None,
                "time_to": time.to if time else None,
                "likelihood_low": likelihood.low if likelihood else None,
                "likelihood_high": likelihood.high if likelihood else None,
                "score": statement.score,
                "body": to_json(statement),
            }
        )
        self.contexts += [{"statement": statement.id, "context": name} for name in statement.contexts]
        self.sources += [
            {
                "statement": statement.id,
                "position": position,
                "text": source.text,
                "name": source.name,
                "source_kind": source.source_kind,
            }
            for position, source in enumerate(statement.sources)
        ]
        for role, people in (("actor", statement.actors), ("recipient", statement.recipients)):
            self.participants += [
                {
                    "statement": statement.id,
                    "role": role,
                    "position": position,
                    "text": person.text,
                    "entity": person.id,
                    "name": person.name,
                    "country": person.country,
                    "sector": person.sector,
                }
                for position, person in enumerate(people)
            ]
