"""The story's dispatches (invented) as input files, and data sets as what lies in their files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from parley.pipeline import made_by
from parley.run.order import Order
from parley.run.places import Folder

STORY = Path(__file__).parents[2] / "examples" / "story"
LATER = {
    "id": "later",
    "text": "The Kelbarran Front said it held 14 people.",
    "published": "2024-10-02T06:30",
}
Bytes = dict[str, bytes]


def story() -> list[dict[str, Any]]:
    told = [{"id": f.name, "text": f.read_text("utf-8")} for f in sorted(STORY.glob("*.txt"))]
    return [*told, LATER, {"id": "undated", "text": "The Front freed two aid workers."}]


def written(path: Path, dispatches: Sequence[Any]) -> Path:
    """As JSON Lines; what is a string is a line already."""
    lines = [d if isinstance(d, str) else json.dumps(d) for d in dispatches]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def held(place: object) -> Bytes:
    """Every file of a data set, by name."""
    folder = Folder.at(str(place))
    return {name: folder.read(name) or b"" for name in folder.names()}


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    return written(tmp_path / "story.jsonl", story())


@pytest.fixture
def order(tmp_path: Path) -> Callable[..., Order]:
    def make(name: str = "out", size: int = 10, **given: Any) -> Order:
        return Order(str(tmp_path / name), made_by(), size=size, **given)

    return make
