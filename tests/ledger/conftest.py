"""The story's records, read once; ledgers of them in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from parley.ledger import Ledger
from parley.pipeline import process
from parley.read.plain import plain
from parley.record import Record

STORY = Path(__file__).parents[2] / "examples" / "story"


@cache
def story() -> tuple[Record, ...]:
    files = sorted(STORY.glob("*.txt"))
    return tuple(process(plain(f.read_text("utf-8"), None, f.name)) for f in files)


@pytest.fixture(scope="session")
def records() -> tuple[Record, ...]:
    return story()


Filled = Callable[[Iterable[Record]], Ledger]


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    def fill(given: Iterable[Record]) -> Ledger:
        ledger = Ledger.open(str(tmp_path / f"{len(list(tmp_path.iterdir()))}.db"), make=True)
        for record in given:
            ledger.add(record)
        return ledger

    return fill


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory, records: tuple[Record, ...]) -> Ledger:
    """A ledger of the whole story, to ask and not to write to."""
    opened = Ledger.open(str(tmp_path_factory.mktemp("story") / "story.db"), make=True)
    for record in records:
        opened.add(record)
    return opened
