"""Serve the desk from this machine."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Collection

import uvicorn

from foreshock.desk.app import create_app
from foreshock.desk.hosts import address_at, names_of, path_under
from foreshock.errors import RunError, UsageError
from foreshock.record.address import IMPATIENCE
from foreshock.record.store import Record


def serve(
    record_url: str, host: str = "127.0.0.1", port: int = 8000, seconds: float | None = None,
    ready: Callable[[str], None] | None = None, allowed: Collection[str] = (), root: str = "",
) -> int:  # fmt: skip
    """Serve the desk over the record at `record_url` until interrupted, or for `seconds`; gives exit code 0.

    `ready` is told its address once it answers. It answers to numeric addresses, *localhost*, `host`, this machine's
    name and the names `allowed`. `root` is the path under which a proxy shows it, such as "/desk".

    Raises `RecordError` where the record cannot be opened, `UsageError` where `host` is no name that leads anywhere
    from here, a name allowed is none or `root` is no path, and `RunError` where the port is taken.
    """
    try:
        socket.getaddrinfo(host, port)
    except (socket.gaierror, UnicodeError) as error:
        raise UsageError(f"--host: {host!r} is no address, and no name known here; try 127.0.0.1") from error
    names, root = names_of(host, allowed), path_under(root)
    with Record(record_url, create=False, patience=IMPATIENCE) as record:
        app = create_app(record, hosts=names, root=root)
        server = uvicorn.Server(uvicorn.Config(app, host=host, port=port, log_level="warning", lifespan="off"))
        try:
            # uvicorn closes in good order on Ctrl-C and then raises the interruption again.
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(_served(server, seconds, ready, address_at(host, port)))
        except SystemExit as stopped:
            raise RunError(
                f"cannot serve on {host}:{port}; is the port taken? name another, such as --port {port + 1}"
            ) from stopped
    return 0


async def _served(
    server: uvicorn.Server, seconds: float | None, ready: Callable[[str], None] | None, address: str
) -> None:
    if seconds is not None:
        asyncio.get_running_loop().call_later(seconds, _stop, server)
    telling = asyncio.create_task(_tell(server, ready, address)) if ready else None
    await server.serve()
    if telling:
        telling.cancel()


async def _tell(server: uvicorn.Server, ready: Callable[[str], None], address: str) -> None:
    while not server.started:
        await asyncio.sleep(0.05)
    ready(address)


def _stop(server: uvicorn.Server) -> None:
    server.should_exit = True
