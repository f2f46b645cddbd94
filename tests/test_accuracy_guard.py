"""The guard of `make score`: what fell by more than a point, and how a figure is read off the scorer's answer."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def guard() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks/accuracy.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("now", "fallen"), [(79.0, []), (78.9, ["times"]), (85.0, [])])
def test_a_drop_of_more_than_a_point_is_told(guard: ModuleType, now: float, fallen: list[str]) -> None:
    assert guard.report({"times": now}, {"figures": {"times": 80.0}, "floors": {}}) == fallen


def test_a_figure_below_its_floor_is_marked(guard: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    guard.report({"times": 70.0}, {"figures": {}, "floors": {"times": 80.0}})
    assert "below the floor" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "figure"), [("all right", 64.5), ("value F1", 80.0), ("layers times.value f1", 0.97)]
)
def test_a_path_finds_its_figure(guard: ModuleType, path: str, figure: float) -> None:
    answer = {"all right": 64.5, "value": {"F1": 80.0}, "layers": {"times.value": {"f1": 0.97}}}
    assert guard.pick(answer, path) == figure


def test_every_kept_figure_is_measured(guard: ModuleType) -> None:
    kept = json.loads((ROOT / "benchmarks/accuracy.json").read_text("utf-8"))
    measured = {name for wanted in guard.RUNS.values() for name in wanted}
    assert set(kept["figures"]) == measured >= set(kept["floors"])
