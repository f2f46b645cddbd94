"""The figures on the page Method are those that were measured."""

from __future__ import annotations

import json
from pathlib import Path

from parley.web.pages.method import FIGURES, MEASURED


def test_the_measured_figures_are_the_kept_ones() -> None:
    kept = json.loads((Path(__file__).parents[2] / "benchmarks/accuracy.json").read_text("utf-8"))["figures"]
    assert {key: kept[key] for key in FIGURES} == FIGURES
    assert {key for _, key, _ in MEASURED} == set(FIGURES)
