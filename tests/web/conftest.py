"""Desks over the invented story: `desk` is asked without a network, `served` by a browser."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from ledger.conftest import story
from starlette.testclient import TestClient

from parley.ledger import Ledger
from parley.web import people
from parley.web.app import make_app
from parley.web.serving import listening
from parley.web.settings import Settings

PASSWORD = "a long password"
USERS = {"Ada": "editor", "Ben": "reviewer", "Cleo": "reviewer", "Rex": "reader"}
TOKEN = re.compile(r'name="token" value="([^"]+)"')
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one editor, two reviewers and a reader; all have the same PASSWORD."""
    path = tmp_path_factory.mktemp("users") / "users.json"
    for name, role in USERS.items():
        people.add(path, name, role, PASSWORD)
    return path


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the whole story, closed; to copy."""
    path = tmp_path_factory.mktemp("told") / "story.db"
    with Ledger.open(str(path), make=True) as ledger:
        ledger.add_all(story())
    return path


@pytest.fixture
def ledger(told: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of the story's ledger, to write to."""
    path = tmp_path / "story.db"
    shutil.copy(told, path)
    with Ledger.open(str(path)) as opened:
        yield opened


@dataclass(frozen=True)
class Desk:
    """Calling it makes a client: of a visitor, or of a user who is logged in."""

    ledger: Ledger
    app: FastAPI

    def __call__(self, name: str | None = None) -> TestClient:
        client = TestClient(self.app, base_url="http://localhost", follow_redirects=False)
        if name:
            client.post("/login", data={"name": name, "password": PASSWORD})
            assert token(client)
        return client


def token(client: TestClient, path: str = "/") -> str:
    """What goes with every form of whoever is logged in; "" for nobody."""
    found = TOKEN.search(client.get(path).text)
    return found[1] if found else ""


@pytest.fixture
def desk(ledger: Ledger, users: Path) -> Desk:
    return Desk(ledger, make_app(ledger, Settings(users=users, name="story")))


@dataclass(frozen=True)
class Served:
    """A desk on a port of this machine; `url` ends without a slash."""

    ledger: Ledger
    url: str


@pytest.fixture
def served(ledger: Ledger, users: Path) -> Iterator[Served]:
    taken = listening("127.0.0.1", 0)
    config = uvicorn.Config(
        make_app(ledger, Settings(users=users, name="story")), log_level="error", access_log=False, ws="none",
        lifespan="off", timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Served(ledger, f"http://127.0.0.1:{taken.getsockname()[1]}")
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The browser of the system; Playwright's own is never downloaded. Where tests decide what lands, it must be there."""
    found = shutil.which("chromium")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("there is no chromium here, so that the pages were not tested")
    if found is None:
        pytest.skip("there is no chromium here")
    return {"executable_path": found, "args": list(CHROMIUM)}
