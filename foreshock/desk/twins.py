"""Every page's twins: the same as JSON and as CSV."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from fastapi import Response
from fastapi.responses import StreamingResponse

from foreshock.desk import phrases
from foreshock.desk.filters import Asked
from foreshock.exchange.rows import defused
from foreshock.record.guarded import parties_of, without_words
from foreshock.record.query import Hit, count_statements, find_statements
from foreshock.record.store import Record

Cell = str | int | float | None

_CHUNK = 64 * 1024
"""Characters sent at a time; a thread is changed for each."""

STATEMENT_COLUMNS = (
    "id", "document", "title", "outlet", "published", "start", "end", "kind", "polarity", "text", "trigger",
    "sources", "source_kinds", "type", "mode", "contexts", "actors", "recipients", "place", "country", "admin1",
    "precision", "lat", "lon", "place_reason", "time", "from", "to", "granularity", "condition", "likelihood",
    "likelihood_low", "likelihood_high", "counts", "loaded", "score",
)  # fmt: skip


def json_twin(content: object) -> Response:
    """`content` as JSON, dates in ISO form."""
    return Response(msgspec.json.encode(content), media_type="application/json")


def page_of_hits(record: Record, page_asked: Asked) -> tuple[dict[str, object], list[Hit]]:
    """What the JSON twin of a list says of the page at hand, and the page's statements."""
    about: dict[str, object] = {
        "filters": page_asked.given,
        "total": count_statements(record, page_asked.wanted),
        "page": page_asked.page,
        "size": page_asked.size,
    }
    return about, find_statements(record, page_asked.wanted, page_asked.size, page_asked.offset)


def csv_twin(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Rows as CSV under the file name `name.csv`, sent as they come; cells never start a formula."""
    return StreamingResponse(
        _lines(columns, rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])
        if buffer.tell() > _CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


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
