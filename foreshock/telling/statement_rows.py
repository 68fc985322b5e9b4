"""A statement of a list as JSON and as a row of CSV: the desk's twins and the command line have them from here."""

import datetime

from foreshock.exchange.rows import Cell
from foreshock.record.guarded import parties_of, without_words
from foreshock.record.query import Hit
from foreshock.telling import phrases

STATEMENT_COLUMNS = (
    "id", "document", "title", "outlet", "published", "start", "end", "kind", "polarity", "text", "trigger",
    "sources", "source_kinds", "type", "mode", "contexts", "actors", "recipients", "place", "country", "admin1",
    "precision", "lat", "lon", "place_reason", "time", "from", "to", "granularity", "condition", "likelihood",
    "likelihood_low", "likelihood_high", "counts", "loaded", "score",
)  # fmt: skip


def hit_as_json(hit: Hit) -> dict[str, object]:
    """A statement as in the codebook, and beside it what the list shows of its document; of a text that tells of
    deserters without its words, and by region."""
    return {
        "statement": without_words(hit.statement) if hit.guarded else hit.statement,
        "title": None if hit.guarded else hit.title,
        "outlet": hit.outlet,
        "published": hit.published,
        "published_granularity": hit.published_granularity,
        "crawl_month": hit.crawl_month,
    }


_IN_WORDS = (
    "document", "title", "start", "end", "text", "trigger", "sources", "source_kinds", "place_reason", "time",
    "condition", "likelihood", "loaded",
)  # fmt: skip
"""Cells that hold words of a statement's text, or lead to it."""


def statement_row(hit: Hit) -> list[Cell]:
    """A statement in the order of `STATEMENT_COLUMNS`; several values in one cell are parted by `; `. Of a text that
    tells of deserters without its words, and by region."""
    return _row_by_region(hit) if hit.guarded else _row(hit)


def _row_by_region(hit: Hit) -> list[Cell]:
    one, place = hit.statement, hit.place
    found = dict(zip(STATEMENT_COLUMNS, _row(hit), strict=True)) | dict.fromkeys(_IN_WORDS)
    for role, people in (("actors", one.actors), ("recipients", one.recipients)):
        found[role] = "; ".join(party.name for party in parties_of(people))
    for name in ("name", "country", "admin1", "precision", "lat", "lon"):
        found["place" if name == "name" else name] = getattr(place, name) if place is not None else None
    return [found[name] for name in STATEMENT_COLUMNS]


def _row(hit: Hit) -> list[Cell]:
    one, place, time = hit.statement, hit.statement.place, hit.statement.time
    published = phrases.published_iso(hit.published, hit.published_granularity) or hit.crawl_month
    return [
        one.id, one.document, hit.title, hit.outlet, published, one.start, one.end, one.kind, one.polarity,
        one.text, one.trigger.text,
        "; ".join(phrases.source_name(source) for source in one.sources),
        "; ".join(source.source_kind for source in one.sources),
        one.type, one.mode, "; ".join(one.contexts),
        "; ".join(person.name or person.text for person in one.actors),
        "; ".join(person.name or person.text for person in one.recipients),
        *((place.name or place.text, place.country, place.admin1, place.precision, place.lat, place.lon,
           place.reason) if place else (None,) * 7),
        *((time.text, _iso(time.from_), _iso(time.to), time.granularity) if time else (None,) * 4),
        one.condition.text if one.condition else None,
        *((one.likelihood.text, one.likelihood.low, one.likelihood.high) if one.likelihood else (None,) * 3),
        "; ".join(f"{name} {phrases.count_name(count)}" for name, count in one.counts.items()),
        "; ".join(span.text for span in one.loaded),
        one.score,
    ]  # fmt: skip


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day is not None else None
