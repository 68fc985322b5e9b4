"""What holds for every answer of the desk: whom it answers to, its headers, what a cache may keep of it, and the path
under which a proxy shows it.

Two layers around the app (ASGI). `Guarded` is the outermost. `Kept` lies within the compression, since it reads what is
sent: answers that come in one piece.
"""

import hashlib
import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foreshock.desk.errors import told
from foreshock.desk.hosts import answers_to

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Nothing from outside, nothing inline, nothing for pages of others; `blob:` is for MapLibre's workers and images."""
ASK_AGAIN: Final = "private, no-cache"
"""What may be kept of an answer that says nothing else: a browser may, and asks each time whether it still holds. Pages
change with the record, and files with the program."""

_LINKS: Final = re.compile(rb'(\s(?:href|src|action|hx-get|data-places|data-basemap)=")/(?!/)')
"""An attribute of a page that leads to a path of the desk. A text that is shown has no quotation marks of its own: they
are escaped there."""


class Guarded:
    """The app for who calls the desk by a name of its own, every answer with the desk's headers.

    What is asked by HEAD is asked of the page, and sent without its body. Under a `root` ("/desk", or nothing), which a
    proxy may take off or leave, pages are found by what follows it, and redirections lead below it.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None, root: str) -> None:
        self.app, self.hosts, self.root = app, hosts, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headed = scope["method"] == "HEAD"
        scope = {**scope, "method": "GET" if headed else scope["method"], **self._paths(scope)}
        with anyio.CancelScope() as enough:

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    self._complete(scope, message)
                elif headed:
                    await send({"type": "http.response.body", "body": b""})
                    enough.cancel()  # the rest of a long answer is not made
                    return
                await send(message)

            await (self.app if self._called(scope) else self._refused)(scope, receive, sent)

    def _paths(self, scope: Scope) -> dict[str, str]:
        """The path with the root before it, as routes want it, whether or not a proxy took that off."""
        path, root = str(scope["path"]), self.root
        return {"root_path": root, "path": path if path == root or path.startswith(f"{root}/") else root + path}

    def _called(self, scope: Scope) -> bool:
        return self.hosts is None or answers_to(Headers(scope=scope).get("Host", ""), self.hosts)

    async def _refused(self, scope: Scope, receive: Receive, send: Send) -> None:
        called = Headers(scope=scope).get("Host", "")
        why = f"This desk does not go by the name {called[:100]!r}; where it should, start it with --allow-host NAME."
        await told(Request(scope), 400, why)(scope, receive, send)

    def _complete(self, scope: Scope, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        headers.update(HEADERS)
        headers.setdefault("Cache-Control", ASK_AGAIN)
        if (leads := headers.get("Location")) is None:
            return
        if leads.startswith("/"):
            headers["Location"] = self.root + leads
        else:  # what the router made: with the scheme as it is here, which behind a proxy may be another
            headers["Location"] = urlsplit(leads)._replace(scheme="", netloc="").geturl()


class Kept:
    """The app, its answers that come in one piece marked by their content: who has one already gets none (304).

    Links in pages get the `root` before them.
    """

    def __init__(self, app: ASGIApp, root: str) -> None:
        self.app, self.root = app, root.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        start: Message | None = None

        async def sent(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message  # sent with what follows
                return
            if start is not None:
                begun, start = start, None
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    message = self._whole(scope, begun, message)
                await send(begun)
            await send(message)

        await self.app(scope, receive, sent)

    def _whole(self, scope: Scope, start: Message, body: Message) -> Message:
        """The body to send with an answer's start, which is marked, or told to be as it was."""
        headers, content = MutableHeaders(scope=start), bytes(body.get("body", b""))
        if self.root and headers.get("Content-Type", "").startswith("text/html"):
            content = _LINKS.sub(rb"\1" + self.root + b"/", content)
            headers["Content-Length"] = str(len(content))
        if scope["method"] == "GET" and start["status"] == 200 and content and "ETag" not in headers:
            mark = hashlib.blake2b(content, digest_size=16).hexdigest()
            headers["ETag"] = f'W/"{mark}"'  # weak: it may be sent compressed
            if mark in Headers(scope=scope).get("If-None-Match", ""):
                start["status"], content = 304, b""
                for name in ("Content-Length", "Content-Type"):
                    del headers[name]
        return {**body, "body": content}
