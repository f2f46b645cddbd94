"""A desk on a port of its own, and somebody with a browser who looks at it."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

from parley.ledger import Ledger
from parley.web.app import make_app
from parley.web.desk import COOKIE
from parley.web.people import Doors, add
from parley.web.settings import Settings

OFTEN = {kind: (100_000, 1) for kind in ("read", "write", "login", "add")}


@dataclass(frozen=True, slots=True)
class Served:
    """A desk that answers; `secret` is the cookie of an editor who is logged in."""

    address: str
    ledger: Ledger
    app: FastAPI
    secret: str


@contextmanager
def serving(ledger: Ledger, folder: Path) -> Iterator[Served]:
    settings = Settings(users=folder / "users.json", name="story", rates=OFTEN)
    app = make_app(ledger, settings)
    taken = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Served(f"http://127.0.0.1:{taken.getsockname()[1]}", ledger, app, editor(app.state.desk.doors))
    finally:
        server.should_exit = True
        thread.join()


def editor(doors: Doors) -> str:
    add(doors.path, "Ines", "editor", "a long password")
    secret = doors.enter("Ines", "a long password")
    assert secret
    return secret


class Visitor:
    """Somebody with a browser; whatever a page should not do stands in `wrong`."""

    def __init__(self, context: BrowserContext, desk: Served) -> None:
        self.desk, self.wrong = desk, list[str]()
        context.route("**/*", self.passed)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda trouble: self.wrong.append(f"script: {trouble}"))

    def passed(self, route: Route) -> None:
        if route.request.url.startswith((self.desk.address + "/", "data:")):
            route.continue_()
        else:
            self.wrong.append(f"leaves the desk: {route.request.url}")
            route.abort()

    def heard(self, message: ConsoleMessage) -> None:
        of_page = "Failed to load resource" in message.text and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not of_page:
            self.wrong.append(f"{message.type}: {message.text}")

    def goes(self, address: str) -> int:
        answer = self.page.goto(self.desk.address + address, wait_until="load")
        assert answer is not None
        return answer.status

    @property
    def address(self) -> str:
        return self.page.url.removeprefix(self.desk.address)


@contextmanager
def visiting(browser: Browser, desk: Served, *, editor: bool = False, **how: Any) -> Iterator[Visitor]:
    """With a browser of its own; `how` is what a new context takes."""
    context = browser.new_context(**how)
    if editor:
        context.add_cookies([{"name": COOKIE, "value": desk.secret, "url": desk.address}])
    try:
        yield Visitor(context, desk)
    finally:
        context.close()


def file_name(address: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", address[:60].lower()).strip("-") or "briefing"
