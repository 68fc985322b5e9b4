"""Errors as pages of the desk, and as JSON to who asked for a twin."""

import http
import re
from collections.abc import Mapping
from typing import Final

from fastapi import Request, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from foreshock.desk.pages import page
from foreshock.desk.twins import json_twin
from foreshock.errors import UsageError

_IN_WORDS: Final = {
    "Not Found": "There is no page of this address at the desk.",
    "Method Not Allowed": "This address cannot be asked in this way: pages are read, and forms sent from them.",
}
"""What is said in the place of the bare name of an error, which is all that the router gives."""


async def http_error(request: Request, error: Exception) -> Response:
    """What a page or the router refuses."""
    assert isinstance(error, HTTPException)
    detail = str(error.detail)
    headers = dict(error.headers or {})
    if "GET" in headers.get("Allow", ""):
        headers["Allow"] = ", ".join(sorted(_allowed(request) | {*headers["Allow"].split(", ")}))
    return told(request, error.status_code, _IN_WORDS.get(detail, detail), headers)


def _allowed(request: Request) -> set[str]:
    """How else a page can be asked: the router knows of the first of its routes only, and forms go to another."""
    scope = {**request.scope, "method": "POST"}
    takes_forms = any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
    return {"HEAD", "POST"} if takes_forms and not _is_twin(request) else {"HEAD"}


def _is_twin(request: Request) -> bool:
    return request.url.path.endswith((".json", ".csv", ".atom"))


async def foreshock_error(request: Request, error: Exception) -> Response:
    """What the program cannot do: the address's fault, or the record's."""
    return told(request, 400 if isinstance(error, UsageError) else 503, str(error))


def told(request: Request, status: int, problem: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error as a page, or as JSON to who asked for a twin."""
    if _is_twin(request):
        response = json_twin({"status": status, "error": problem})
        response.status_code = status
    else:
        name = http.HTTPStatus(status).phrase
        path = _path_of(request)
        sentence = bool(re.match(r"[a-z]+ ", problem))  # and no name of a parameter, a file or an address
        back = _form_page(request, path)
        asked_wrong = status == http.HTTPStatus.BAD_REQUEST and request.method == "GET" and request.url.query
        plain = path if asked_wrong else None
        response = page(
            "error.html", status, code=status, name=name, problem=problem, path=path or "", back=back, plain=plain,
            sentence=sentence,
        )  # fmt: skip
    response.headers.update(headers or {})
    return response


def _path_of(request: Request) -> str | None:
    """The path that was asked for, below the root; null for one that leads to another site."""
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    return None if not path.startswith("/") or path.startswith(("//", "/\\")) else path


def _form_page(request: Request, path: str | None) -> str | None:
    """The page that a refused form was on; null for no form."""
    if request.method != "POST" or path is None:
        return None
    return f"{path}?{request.url.query}" if request.url.query else path
