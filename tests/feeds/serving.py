"""A feed server of our own on loopback, with the faults of real ones. What it serves is invented."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Serve = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by the server's table of paths; keeps what it was asked."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        self.server.pages.get(self.path, not_there)(self)

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.bodies.append(self.body)
        self.do_GET()

    def send(self, status: int, body: bytes = b"", **headers: Any) -> None:
        self.send_response(status)
        given = {k.replace("_", "-"): str(v) for k, v in headers.items()}
        for name, value in ({"Content-Length": str(len(body)), "Content-Type": "text/plain"} | given).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Serve] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.bodies: list[bytes] = []
        self.ended = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked has hung up: that is what many tests are about."""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def not_there(handler: Handler) -> None:
    handler.send(404, b"not there")


def text(body: str | bytes, kind: str = "text/plain; charset=utf-8", **headers: str) -> Serve:
    data = body.encode() if isinstance(body, str) else body
    return lambda handler: handler.send(200, data, Content_Type=kind, **headers)


def status(code: int, **headers: Any) -> Serve:
    return lambda handler: handler.send(code, b"no", **headers)


def redirect(to: str, code: int = 302) -> Serve:
    return lambda handler: handler.send(code, b"", Location=to)


def versioned(body: str, etag: str, kind: str = "text/plain") -> Serve:
    """304 for who knows this version."""

    def serve(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.send(304, ETag=etag)
        else:
            handler.send(200, body.encode(), ETag=etag, Content_Type=kind)

    return serve


def raw(*pieces: bytes, pause: float = 0.0) -> Serve:
    """Bytes as they are, with a pause between them, until the server ends."""

    def serve(handler: Handler) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            if pause and handler.server.ended.wait(pause):
                return

    return serve


def dripping(body: bytes, pause: float) -> Serve:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    return raw(head, *(bytes([b]) for b in body), pause=pause)


def bomb(size: int) -> Serve:
    packed = gzip.compress(b"\0" * size)
    return lambda handler: handler.send(200, packed, Content_Encoding="gzip")


@dataclass
class Time:
    """A clock that stands still but for what is slept; it remembers what that was."""

    at: float = 1_726_000_000.0  # 2024-09-10T20:26:40Z
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


def hanging(handler: Handler) -> None:
    """Says nothing."""
    handler.server.ended.wait(10)


# ── our invented story, as agencies would send it ────────────────────────────────────────────────

STORY = Path(__file__).parents[2] / "examples" / "story"


def dispatch(name: str) -> str:
    """The text of an invented dispatch, by how its file's name begins."""
    (file,) = STORY.glob(f"{name}*.txt")
    return file.read_text("utf-8")


def item(name: str, link: str = "", *, full: bool = True) -> str:
    """An item of a feed, with its text or with a teaser and a link."""
    text = dispatch(name)
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in text.split("\n\n") if p.strip())
    told = (
        f"<content:encoded>{escape(paragraphs)}</content:encoded>"
        if full
        else f"<description>{escape(text[:60])}…</description>"
    )
    url = f"<link>{escape(link)}</link>" if link else ""
    return f'<item><guid isPermaLink="false">{name}</guid>{url}{told}</item>'


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Invented</title>{''.join(items)}</channel></rss>"
    )


def article(name: str) -> str:
    """An invented dispatch as a web page."""
    paragraphs = "".join(f"<p>{escape(p)}</p>\n" for p in dispatch(name).split("\n\n") if p.strip())
    return f"<!doctype html><html><head><title>Invented</title></head><body><article>{paragraphs}</article></body></html>"


def feed(*items: str) -> Serve:
    return text(rss(*items), "application/rss+xml")


def html(name: str) -> Serve:
    return text(article(name), "text/html; charset=utf-8")
