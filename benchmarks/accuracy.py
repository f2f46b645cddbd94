"""How right is it? Every layer against gold data that lie outside the project, beside the figures measured last.

    python benchmarks/accuracy.py GOLD [--write]

GOLD holds score/run.py (the scorer of the gold data), gold/ and seed/. Prints each figure, what it was, the floor that it
should reach, and ends with 1 if one fell by more than a point. --write keeps the figures in benchmarks/accuracy.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("accuracy.json")
DROP = 1.0  # points

# What is measured: arguments of the scorer → its answer's keys, as name = path.
RUNS: dict[tuple[str, ...], dict[str, str]] = {
    ("seed",): {"seed.cells": "share"},
    ("domain",): {
        f"domain.{layer}": f"layers {layer} f1"
        for layer in ("mentions", "times.value", "claims.found", "claims.attributed", "counts.number", "counts.full",
                      "events.typed", "events.dyad", "positions", "agreements")
    },
    ("public", "quotes", "quotes-polnear", "--split", "dev"): {
        "attribution.dev.detection": "detection F1", "attribution.dev.full": "full F1",
        "attribution.dev.speech": "recall by kind speech", "attribution.dev.source": "source accuracy",
    },
    ("public", "quotes", "quotes-polnear", "--split", "train", "--wire"): {"attribution.wire.detection": "detection F1"},
    ("public", "timex", "timex-tbaq"): {f"times.tbaq.{k}": f"{k} F1" for k in ("strict", "relaxed", "value")},
    ("public", "timex", "timex-wikiwars"): {f"times.wikiwars.{k}": f"{k} F1" for k in ("strict", "value")},
    ("public", "counts", "counts-muc", "--split", "tst1"): {"counts.muc.tst1": "all right"},
    ("public", "counts", "counts-muc", "--split", "tst2"): {"counts.muc.tst2": "all right"},
    ("public", "counts", "counts-muc", "--split", "dev"): {"counts.muc.dev": "all right"},
    ("public", "counts", "counts-wikievents"): {"counts.wikievents": "all right"},
    ("public", "events", "events-plv", "--split", "train"): {
        "events.plv.macro": "macro F1", "events.plv.quad": "quad accuracy", "events.plv.actor": "source accuracy",
    },
}  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("gold", type=Path)
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    if not (given.gold / "score/run.py").is_file():
        print(f"{given.gold} holds no score/run.py: give the folder of the gold data", file=sys.stderr)
        return 2
    now = {name: figure for run, wanted in RUNS.items() for name, figure in measured(given.gold, run, wanted)}
    kept = json.loads(KEPT.read_text("utf-8"))
    fallen = report(now, kept)
    if given.write:
        kept["figures"] = now
        KEPT.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    return 1 if fallen and not given.write else 0


def measured(gold: Path, run: tuple[str, ...], wanted: dict[str, str]) -> list[tuple[str, float]]:
    """The figures of one run of the scorer, in points of a hundred."""
    words = list(run)
    if words[0] == "public":
        words[2] = str(gold / "gold/public" / f"{words[2]}.jsonl")
    program = f"{sys.executable} -m parley"
    command = [sys.executable, str(gold / "score/run.py"), "--json", "--parley", program, *words]
    answer = json.loads(subprocess.check_output(command, stderr=subprocess.DEVNULL))
    return [(name, points(pick(answer, path))) for name, path in wanted.items()]


def pick(answer: Any, path: str) -> float:
    """The value at a path of keys, of which some hold spaces: the longest key that fits comes first."""
    while path:
        key = max((k for k in answer if path == k or path.startswith(k + " ")), key=len)
        answer, path = answer[key], path[len(key) + 1 :]
    return float(answer)


def points(figure: float) -> float:
    return round(figure * 100 if figure <= 1 else figure, 1)


def report(now: dict[str, float], kept: dict[str, dict[str, float]]) -> list[str]:
    """Prints the table; gives the names of what fell."""
    was, floors = kept["figures"], kept["floors"]
    fallen = [name for name, figure in now.items() if figure < was.get(name, 0.0) - DROP]
    print(f"{'figure':<30}{'now':>7}{'was':>7}{'floor':>7}")
    for name, figure in now.items():
        floor = f"{floors[name]:7.1f}" if name in floors else f"{'-':>7}"
        below = "  below the floor" if figure < floors.get(name, 0.0) else ""
        mark = "  FELL" if name in fallen else below
        print(f"{name:<30}{figure:7.1f}{was.get(name, 0.0):7.1f}{floor}{mark}")
    return fallen


if __name__ == "__main__":
    sys.exit(main())
