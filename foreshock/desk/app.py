"""The desk as an application over one record."""

import http
from collections.abc import Awaitable, Callable, Collection

from fastapi import Depends, FastAPI, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from foreshock.desk import (
    actors,
    alerts,
    documents,
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
from foreshock.desk.filters import DATE_FILTERS, WORD_FILTERS
from foreshock.desk.hosts import answers_to
from foreshock.desk.pages import STATIC, page
from foreshock.desk.twins import json_twin
from foreshock.errors import ForeshockError, UsageError
from foreshock.record.store import Record

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Nothing from outside and nothing inline; `blob:` is for MapLibre's workers and images."""

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


def create_app(record: Record, hosts: Collection[str] | None = None) -> FastAPI:
    """The desk over `record`, which stays the caller's to close.

    `hosts` are the names that it answers to, in lower case, beside numeric addresses; with null it answers to any.
    """
    app = FastAPI(
        title="Foreshock", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(_only_known)]
    )
    app.state.record = record
    app.state.hosts = hosts
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
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.middleware("http")(_guarded)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(ForeshockError)(_foreshock_error)
    app.exception_handler(Exception)(_unexpected)
    return app


async def _guarded(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """The answer with our headers, where the request calls the desk by a name of its own."""
    hosts, called = request.app.state.hosts, request.headers.get("Host", "")
    if hosts is None or answers_to(called, hosts):
        response = await answer(request)
    else:
        told = f"This desk does not go by the name {called[:100]!r}; where it should, start it with --allow-host NAME."
        response = _told(request, 400, told)
    response.headers.update(HEADERS)
    return response


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, error.status_code, str(error.detail))


async def _foreshock_error(request: Request, error: Exception) -> Response:
    return _told(request, 400 if isinstance(error, UsageError) else 503, str(error))


async def _unexpected(request: Request, _: Exception) -> Response:
    # The server logs the error itself; this answer passes outside the middleware that adds the headers.
    response = _told(request, 500, "Something went wrong here; the server's log says what.")
    response.headers.update(HEADERS)
    return response


def _told(request: Request, status: int, problem: str) -> Response:
    """An error as a page, or as JSON to who asked for a twin."""
    if request.url.path.endswith((".json", ".csv")):
        response = json_twin({"status": status, "error": problem})
        response.status_code = status
        return response
    name = http.HTTPStatus(status).phrase
    return page("error.html", status, code=status, name=name, problem=problem, path="", back=_form_page(request))


def _form_page(request: Request) -> str | None:
    """The page that a refused form was on; null for no form, and for a path that leads to another site."""
    path = request.url.path
    if request.method != "POST" or not path.startswith("/") or path.startswith(("//", "/\\")):
        return None
    return f"{path}?{request.url.query}" if request.url.query else path
