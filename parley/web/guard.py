"""What every request passes before a page sees it: names of hosts, sizes, rates, and where a form comes from; and the
headers that every answer leaves with. Plain ASGI, so that nothing is read before it is measured."""

from __future__ import annotations

import json
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from parley.web.settings import Settings

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
SAFE = ("GET", "HEAD", "OPTIONS")
log = logging.getLogger("parley.desk")


class Guard:
    """Refuses with a sentence and a status; lets the rest through."""

    def __init__(self, app: App, settings: Settings) -> None:
        self.app, self.settings, self.rates = app, settings, Rates(settings.rates)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = Sealed(send, scope["path"])
        refusal = self.refusal(scope)
        if refusal:
            await answer.refuse(*refusal)
            return
        body = b"" if scope["method"] in SAFE else await collected(receive, self.settings.most_bytes)
        if body is None:
            await answer.refuse(413, self.too_large)
            return
        try:
            await self.app(scope, replayed(body, receive), answer)
        except Exception:
            log.exception("a page could not be made")  # for whoever runs the desk; a reader sees no traceback
            if answer.begun:
                raise
            await answer.refuse(500, "Something went wrong here. The desk's own log says what.")

    @property
    def too_large(self) -> str:
        return f"Too large: at most {self.settings.most_bytes // 1_000_000} MB at once."

    def refusal(self, scope: Scope) -> tuple[int, str] | None:
        heads = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        if host_of(heads.get("host", "")) not in self.settings.hosts:
            return (
                400,
                "This desk does not answer to that name. Use the address it printed when it was started.",
            )
        if b"%00" in scope.get("raw_path", b"") + b"?" + scope["query_string"]:
            return 400, "No address has a NUL in it."
        if int_of(heads.get("content-length")) > self.settings.most_bytes:
            return 413, self.too_large
        if scope["method"] not in SAFE and not same_origin(heads):
            return 403, "This form was not sent from a page of this desk."
        address = (scope.get("client") or ("", 0))[0]
        kind = kind_of(scope["method"], scope["path"])
        if not self.rates.let(kind, address):
            return 429, "Too many requests at once; wait a moment and try again."
        return None


def kind_of(method: str, path: str) -> str:
    if method in SAFE:
        return "read"
    return {"/login": "login", "/add": "add"}.get(path, "write")


def host_of(value: str) -> str:
    """The name in a Host header, without its port: "[::1]:8000" → "[::1]"."""
    name, _, port = value.rpartition(":")
    return (name if name and port.isdigit() else value).casefold()


def int_of(value: str | None) -> int:
    return int(value) if value and value.isdigit() else 0


def same_origin(heads: dict[str, str]) -> bool:
    """By what the browser says of where a form comes from; a client that says nothing is no browser, and its token
    is looked at by the page."""
    site = heads.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = heads.get("origin")
    return origin is None or urlsplit(origin).netloc.casefold() == heads.get("host", "").casefold()


class Rates:
    """How often an address came lately, by kind of request."""

    def __init__(self, allowed: dict[str, tuple[int, int]]) -> None:
        self.allowed, self.seen = allowed, dict[tuple[str, str], deque[float]]()

    def let(self, kind: str, address: str) -> bool:
        most, seconds = self.allowed[kind]
        now = time.monotonic()
        times = self.seen.setdefault((kind, address), deque())
        while times and times[0] < now - seconds:
            times.popleft()
        if len(times) >= most:
            return False
        times.append(now)
        if len(self.seen) > 10_000:
            self.seen = {key: held for key, held in self.seen.items() if held and held[-1] > now - 60}
        return True


PLAIN = ("/static/", "/assets/")  # what says nothing of the ledger may be kept by a browser


def as_data(path: str) -> bool:
    """Is it a program that asks? It is told in JSON what went wrong."""
    return path.startswith("/api/") or path.endswith((".json", ".csv"))


class Sealed:
    """The way out: every answer leaves with the headers."""

    def __init__(self, send: Send, path: str) -> None:
        self.send, self.path, self.begun = send, path, False

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            given = {k for k, _ in message["headers"]}
            keep = b"no-cache" if self.path.startswith(PLAIN) else b"no-store"
            own = (*HEADERS, (b"cache-control", keep))
            message["headers"] = [*message["headers"], *((k, v) for k, v in own if k not in given)]
        await self.send(message)

    async def refuse(self, status: int, words: str) -> None:
        body = json.dumps({"error": words}) if as_data(self.path) else words + "\n"
        kind = "application/json" if as_data(self.path) else "text/plain; charset=utf-8"
        heads = {"content-type": kind, "content-length": str(len(body.encode()))}
        if status == 429:
            heads["retry-after"] = "10"
        await self(
            {
                "type": "http.response.start",
                "status": status,
                "headers": [(k.encode(), v.encode()) for k, v in heads.items()],
            }
        )
        await self({"type": "http.response.body", "body": body.encode()})


async def collected(receive: Receive, most: int) -> bytes | None:
    """The whole body; None where it grows too large, announced or not."""
    body: bytes = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return body


def replayed(body: bytes, receive: Receive) -> Receive:
    told = False

    async def once() -> MutableMapping[str, Any]:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once
