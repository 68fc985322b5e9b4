"""The desk as an application over one record."""

from collections.abc import Collection
from typing import Final

from fastapi import Depends, FastAPI, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from foreshock.desk import (
    actors,
    alerts,
    documents,
    errors,
    events,
    forecasts,
    imported,
    ledger,
    ledger_asked,
    map,
    places,
    predictions,
    statements,
    watch,
)
from foreshock.desk.answers import ASK_AGAIN, HEADERS, Guarded, Kept
from foreshock.desk.filters import DATE_FILTERS, WORD_FILTERS
from foreshock.desk.pages import STATIC
from foreshock.errors import ForeshockError, UsageError
from foreshock.record.store import Record

_PAGED = ("page", "size")
_FILTERS = (*WORD_FILTERS, *DATE_FILTERS)
PARAMETERS: dict[str, tuple[str, ...]] = {
    "/": _PAGED,
    "/documents": _PAGED,
    "/statements": (*_FILTERS, *_PAGED),
    "/events": ("type", "country", *events.SWITCHES, *_PAGED),
    "/map": _FILTERS,
    "/predictions": (*_FILTERS, *_PAGED),
    "/places/{country}/{name:path}": _PAGED,
    "/actors/{identity}": _PAGED,
    "/forecasts": ("series", "as_of"),
    "/forecasts/{code}": ("series", "as_of"),
    "/ledger": ledger_asked.PARAMETERS,
    "/ledger/scores": ledger_asked.PARAMETERS,
    "/ledger/{identity}": ledger_asked.PARAMETERS,
    "/watch": ("prevention", "regions"),
    "/watch/{board}": ("country", "region"),
    "/alerts": ("status", "country"),
    "/imported": ("country", "dataset", *_PAGED),
}
"""What a page's address may ask for, by the path of its route; twins know the same, pages not named here nothing."""


async def _only_known(request: Request) -> None:
    """Refuse parameters that the page does not know: a name mistyped would look like a filter that found everything."""
    path = request.scope["route"].path
    known = PARAMETERS.get(path, PARAMETERS.get(path.removesuffix(".json").removesuffix(".csv"), ()))
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        names = ", ".join(repr(name[:40]) for name in unknown[:5])
        raise UsageError(f"this page does not know {names}; it knows {', '.join(known) or 'no parameters'}")


_COMPRESSION: Final = 5
"""Of nine. More takes three to seven times as long, and makes the map's shapes or a long table no smaller by 2 %."""


def create_app(record: Record, hosts: Collection[str] | None = None, root: str = "") -> FastAPI:
    """The desk over `record`, which stays the caller's to close.

    `hosts` are the names that it answers to, in lower case, beside numeric addresses; with null it answers to any.
    `root` is the path under which a proxy shows it, such as "/desk"; with nothing it has its host for itself.
    """
    app = FastAPI(
        title="Foreshock", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(_only_known)]
    )
    app.state.record = record
    parts = (
        documents,
        statements,
        events,
        map,
        predictions,
        places,
        actors,
        forecasts,
        ledger,
        watch,
        alerts,
        imported,
    )
    for part in parts:
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Kept, root=root)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=_COMPRESSION)
    app.add_middleware(Guarded, hosts=hosts, root=root)
    app.exception_handler(HTTPException)(errors.http_error)
    app.exception_handler(ForeshockError)(errors.foreshock_error)
    app.exception_handler(Exception)(_unexpected)
    return app


async def _unexpected(request: Request, _: Exception) -> Response:
    # The server logs the error itself; this answer passes outside the layers that add the headers.
    response = errors.told(request, 500, "Something went wrong here; the server's log says what.")
    response.headers.update({**HEADERS, "Cache-Control": ASK_AGAIN})
    return response
