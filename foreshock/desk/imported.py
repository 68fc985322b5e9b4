"""Rows of other data sets that were imported: shown as theirs, apart from what the record read in texts."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from foreshock.desk.filters import Asked, asked
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import csv_twin, json_twin
from foreshock.exchange.take_in import datasets_in, every_import, list_imports
from foreshock.exchange.unnamed import generalised
from foreshock.model.occurrence import Occurrence
from foreshock.record.guarded import GUARDED
from foreshock.record.store import Record

router = APIRouter()
_COLUMNS = ("dataset", "id", "since", "until", "type", "label", "country", "place", "killed", "text")


def _asked(request: Request) -> Asked:
    given = asked(request.query_params)
    own = {"country": given.given["country"]} if "country" in given.given else {}
    dataset = request.query_params.get("dataset", "").replace("\0", "").strip()
    return replace(given, given={**own, **({"dataset": dataset} if dataset else {})})


def _page_of(record: Record, given: Asked) -> tuple[int, list[Occurrence]]:
    wanted = given.given.get("dataset"), given.given.get("country")
    total, rows = list_imports(record, *wanted, given.size, given.offset)
    return total, [*map(_told, rows)]


@router.get("/imported")
def imported_page(request: Request, record: OpenRecord) -> Response:
    """The data sets that were imported, and their rows, newest first."""
    given = _asked(request)
    total, rows = _page_of(record, given)
    given.within(total)
    return page(
        "imported.html", rows=rows, total=total, datasets=datasets_in(record), asked=given,
        path="/imported",
    )  # fmt: skip


@router.get("/imported.json")
def imported_json(request: Request, record: OpenRecord) -> Response:
    """The same as JSON: rows as `foreshock export --format jsonl` has them."""
    given = _asked(request)
    total, rows = _page_of(record, given)
    return json_twin({"total": total, "page": given.page, "size": given.size, "datasets": datasets_in(record),
                      "rows": rows})  # fmt: skip


@router.get("/imported.csv")
def imported_csv(request: Request, record: OpenRecord) -> Response:
    """All rows as CSV."""
    given = _asked(request).given
    rows = every_import(record, given.get("dataset"), given.get("country"))
    return csv_twin("imported", _COLUMNS, (_cells(_told(row)) for row in rows))


def _told(row: Occurrence) -> Occurrence:
    """A row as it is; one that its data set says is about deserters by region, without words."""
    return generalised(row) if GUARDED in row.contexts else row


def _cells(row: Occurrence) -> list[str | int | None]:
    killed = row.counts.get("killed")
    return [
        row.dataset, row.id, row.since.isoformat() if row.since else None, row.until.isoformat() if row.until else None,
        row.type, row.label, row.site.country if row.site else None, row.site.name if row.site else None,
        killed.best if killed else None, row.text or row.title,
    ]  # fmt: skip
