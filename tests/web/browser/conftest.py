"""Desks for a browser to look at: of the invented story, and of nothing yet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from parley.ledger import Ledger
from parley.pipeline import process
from parley.read.plain import plain

from .visiting import Served, Visitor, serving, visiting

STORY = Path(__file__).parents[3] / "examples" / "story"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


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
