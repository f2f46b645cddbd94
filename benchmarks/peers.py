"""Parley, with and without its gate, beside the bare parser and what the package index has for quotations and times.

    make bench [TEXTS="FILE.jsonl …"] [LIMIT=150]

All read the same dispatches in one run, in turns, each in a process of its own; without files, our own examples. Only
ratios count. Prints a table as Markdown; docs/performance.md keeps one. Peers find less than a record holds, or other
things; how well: docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
OURS = ("bare", "parley", "gated")
WHAT = {
    "bare": "spaCy, six components, as it comes",
    "parley": "Parley: whole records",
    "gated": "Parley behind the gate",
    "textacy": "textacy: direct quotations",
    "sayswho": "sayswho: its finder of quotations",
    "dateparser": "dateparser: search_dates",
    "timexy": "timexy: times",
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("files", nargs="*", type=Path)
    asked.add_argument("--limit", type=int, default=150, help="dispatches a file")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--peers", type=Path, help="a Python that has the peers")
    given = asked.parse_args()
    dispatches = [d for file in given.files for d in read(file)[: given.limit]] or examples()
    words = sum(len(d["text"].split()) for d in dispatches)
    print(f"{len(dispatches)} dispatches, {words:,} words; Python {platform.python_version()}, "
          f"{platform.machine()}; medians of {given.rounds} turns\n")  # fmt: skip
    names = [n for n in WHAT if n in OURS or given.peers]
    table(turns(names, dispatches, given.rounds, given.peers), len(dispatches), words)


def read(file: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [{"text": d["text"], "published": d.get("published") or d.get("doc_date")} for d in lines]


def examples() -> list[dict[str, Any]]:
    """Our own dispatches, four times over."""
    files = sorted(EXAMPLES.rglob("[0-9]*.txt"))
    return 4 * [{"text": f.read_text("utf-8"), "published": None} for f in files]


def turns(
    names: list[str], dispatches: list[dict[str, Any]], rounds: int, peers: Path | None
) -> dict[str, list[dict[str, Any]]]:
    """What each contestant printed, turn by turn: one after the other, so that a slow minute falls on all."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(d) + "\n" for d in dispatches)
        file.flush()
        for _ in range(rounds):
            for name in names:
                python = sys.executable if name in OURS else str(peers)
                command = [python, "-W", "ignore", str(HERE / "contestants.py"), name, file.name, "1"]
                done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
                found[name].append(json.loads(done.stdout.splitlines()[-1]))
    return found


def table(found: dict[str, list[dict[str, Any]]], many: int, words: int) -> None:
    spent = {name: statistics.median(min(t["processor"]) for t in each) for name, each in found.items()}
    print(
        "| | of the bare parser's speed | words/s | dispatches/s | first dispatch after | peak memory | found | refused |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, each in found.items():
        ready = statistics.median(t["ready"] for t in each)
        peak = max(t["peak"] for t in each)
        print(f"| {WHAT[name]} | {spent['bare'] / spent[name]:.2f} | {words / spent[name]:,.0f} | {many / spent[name]:.1f} | "
              f"{ready:.1f} s | {peak:.0f} MiB | {each[0]['found']:,} | {each[0]['refused']} |")  # fmt: skip


if __name__ == "__main__":
    main()
