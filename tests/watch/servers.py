"""Real servers on this machine: one that takes webhooks, one that takes mail."""

import contextlib
import os
import select
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Hook:
    """What a webhook server got, and the answers it is to give, the last one for good."""

    def __init__(self, answers: list[int]) -> None:
        self.answers = answers
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.url = ""

    def next_answer(self) -> int:
        """The status of the next answer; 0 breaks the connection off."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def hook_server(*answers: int) -> Iterator[Hook]:
    """A server that takes POST requests."""
    hook = Hook(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.requests.append((dict(self.headers.items()), body))
            status = hook.next_answer()
            if status == 0:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.url = f"http://127.0.0.1:{server.server_address[1]}/alerts"
    with _running(server):
        yield hook


class Post:
    """What a mail server got."""

    def __init__(self, refusing: int = 0, deferred: str = "") -> None:
        self.refusing = refusing
        self.deferred = deferred
        self.letters: list[str] = []
        self.recipients: list[str] = []
        self.port = 0


@contextmanager
def mail_server(refusing: int = 0, unknown: str = "", deferred: str = "") -> Iterator[Post]:
    """A server that speaks enough SMTP (RFC 5321); it refuses the first `refusing` letters, the recipient `unknown`
    for good, and `deferred` for now."""
    post = Post(refusing, deferred)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            recipient = ""
            while line := self.rfile.readline():
                word = line.split()[0].upper() if line.split() else b""
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    letter = b""
                    while (line := self.rfile.readline()) != b".\r\n":
                        letter += line
                    if post.refusing:
                        post.refusing -= 1
                        self.wfile.write(b"451 later\r\n")
                        continue
                    post.letters.append(letter.decode())
                    post.recipients.append(recipient)
                if word == b"RCPT" and unknown and unknown.encode() in line:
                    self.wfile.write(b"550 no such user\r\n")
                    continue
                if word == b"RCPT" and post.deferred and post.deferred.encode() in line:
                    self.wfile.write(b"450 greylisted, try again later\r\n")
                    continue
                if word == b"RCPT":
                    recipient = line.decode().partition("<")[2].partition(">")[0]
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 good\r\n")
                if word == b"QUIT":
                    return

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    post.port = server.server_address[1]
    with _running(server):
        yield post


@contextmanager
def breaking_server(certificate: Path) -> Iterator[Hook]:
    """A server that takes requests over TLS, and after the whole of one writes what is no TLS."""
    hook = Hook([])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                secured = context.wrap_socket(self.request, server_side=True)
            except ssl.SSLError:
                return
            with secured, secured.makefile("rb") as lines:
                headers = dict(
                    line.decode().strip().split(": ", 1) for line in iter(lines.readline, b"\r\n") if b": " in line
                )
                hook.requests.append((headers, lines.read(int(headers["Content-Length"]))))
                os.write(secured.fileno(), b"no TLS at all")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    hook.url = f"https://localhost:{server.server_address[1]}/alerts"
    with _running(server):
        yield hook


@contextmanager
def dripping_server(drop: bytes, after: bytes = b"") -> Iterator[int]:
    """The port of a server that, once it was sent a line that is `after` (at once where that is empty), answers with
    one `drop` after another, without end."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while after and self.rfile.readline() != after:
                pass
            with contextlib.suppress(OSError):
                while True:
                    self.wfile.write(drop)
                    select.select([self.connection], [], [], 0.02)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    with _running(server):
        yield server.server_address[1]


@contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
