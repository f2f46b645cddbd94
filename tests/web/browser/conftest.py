"""Debian's Chromium, and desks for it to look at: of the invented story, and of nothing yet."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from parley.ledger import Ledger
from parley.pipeline import process
from parley.read.plain import plain

from .visiting import Served, Visitor, serving, visiting

STORY = Path(__file__).parents[3] / "examples" / "story"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """A browser of this machine: none is ever downloaded. Where tests decide what lands, it must be there."""
    found = shutil.which("chromium")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("no chromium here, so that the pages were not tested")
    if found is None:
        pytest.skip("no chromium here")
    return {**browser_type_launch_args, "executable_path": found, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The desk of the whole story."""
    folder = tmp_path_factory.mktemp("desk")
    with Ledger.open(str(folder / "story.db"), make=True) as ledger:
        files = sorted(STORY.glob("*.txt"))
        ledger.add_all(process(plain(f.read_text("utf-8"), None, f.name)) for f in files)
        with serving(ledger, folder) as served:
            yield served


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk of a ledger in which nothing is yet."""
    folder = tmp_path_factory.mktemp("empty")
    with Ledger.open(str(folder / "empty.db"), make=True) as ledger, serving(ledger, folder) as served:
        yield served


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of the pages are kept: the folder of PARLEY_SHOTS, or one that goes away."""
    named = os.environ.get("PARLEY_SHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visitor(browser: Browser, story: Served) -> Iterator[Visitor]:
    """Somebody who reads the story on a small laptop."""
    with visiting(browser, story, viewport={"width": 1024, "height": 600}) as come:
        yield come
        assert not come.wrong
