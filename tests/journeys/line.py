"""The line between a phone and the server: it can be cut, slow, or answer in the server's place."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Answer = tuple[int, str, bytes]
PORTAL: Answer = (200, "text/html", b"<!doctype html><title>Guest network</title><h1>Please sign in</h1>")
BROKEN: Answer = (500, "text/html", b"<h1>Server fault</h1>")
HALF_JSON: Answer = (201, "application/json", b'{"receipt": ')
TOO_LONG: Answer = (422, "application/json", b'{"message": "", "fields": {"text": ["This is too long."]}}')
SOMETHING_ELSE: Answer = (
    409,
    "application/json",
    b'{"message": "Your first message is safe.", "fields": {}}',
)


class Line:
    """A small proxy on a port of its own. ``sent`` lists the paths of what was really passed on with POST."""

    def __init__(self, target: str):
        self.target = urlsplit(target)
        self.is_cut = False
        self.loses_answers = False
        self.delay = 0.0
        self.answers_posts: Answer | None = None
        self.program: str | None = None
        self.rewrites: dict[str, str] = {}
        self.seen: list[tuple[str, str]] = []
        self.sent: list[str] = []
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_words) -> None:
                """Says nothing."""

            def handle_any(self) -> None:
                with suppress(ConnectionError):
                    line.pass_on(self)

            do_GET = do_POST = do_PUT = do_HEAD = handle_any

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def pass_on(self, handler: BaseHTTPRequestHandler) -> None:
        """One request: through, or not."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        if self.is_cut:
            handler.close_connection = True
            handler.connection.close()
            return
        method, path = handler.command, handler.path
        self.seen.append((method, path))
        time.sleep(self.delay)
        if method == "POST" and self.answers_posts:
            status, kind, content = self.answers_posts
            self.answer(handler, status, [("Content-Type", kind)], content)
            return
        upstream = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=30)
        # Plain names lead here too; the server knows its own only.
        headers = {k: v for k, v in handler.headers.items() if k.lower() not in {"connection", "host"}} | {
            "Host": self.target.netloc
        }
        upstream.request(method, path, body or None, headers)
        answer = upstream.getresponse()
        content = answer.read()
        if method == "POST":
            self.sent.append(path)
            if self.loses_answers:
                handler.close_connection = True
                handler.connection.close()
                return
        if self.program and path == "/w/sw.js":
            content = content.replace(b"self.PROGRAM = ", f'self.PROGRAM = "{self.program}" || '.encode())
        for old, new in self.rewrites.items():
            content = content.replace(old.encode(), new.encode())
        kept = [
            (k, v)
            for k, v in answer.getheaders()
            if k.lower() not in {"connection", "content-length", "transfer-encoding"}
        ]
        self.answer(handler, answer.status, kept, content)
        upstream.close()

    @staticmethod
    def answer(
        handler: BaseHTTPRequestHandler, status: int, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        """Write an answer with its length."""
        handler.send_response(status)
        for name, value in headers:
            if name.lower() not in {"date", "server"}:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)

    def close(self) -> None:
        """Let the port go."""
        self.server.shutdown()
        self.server.server_close()


def wait_for(condition: Callable[[], object], seconds: float = 10) -> object:
    """What the condition gives once it gives something; fails when it does not in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"did not happen within {seconds} s")
