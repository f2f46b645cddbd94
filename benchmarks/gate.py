"""The gate: what it costs, what it turns away, what it loses.

    python benchmarks/gate.py FILE.jsonl … [--headers 1000000] [--bare 400]

Each line of a file is {"id", "text", "doc_date" or "published", "split"}. All are read in full, whatever the gate
says, and whoever has an event, a count or a position and would have been set aside is counted as lost, by split; with
--lost they are listed. Then the speed of the gate on what it sets aside against the bare parser on the same, in turns,
and made-up headers through the gate.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import spacy

from parley import gate
from parley.mark.parse import DEFAULT_MODEL, model
from parley.pipeline import process
from parley.read.plain import plain

FORCE = ("ASSAULT", "COERCE", "MOBILIZE", "THREATEN", "RETREAT")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("files", nargs="+", type=Path)
    asked.add_argument("--headers", type=int, default=1_000_000)
    asked.add_argument("--bare", type=int, default=400, help="dispatches set aside to give the bare parser")
    asked.add_argument("--lost", action="store_true")
    given = asked.parse_args()
    lines = [json.loads(line) for file in given.files for line in file.read_text("utf-8").splitlines()]
    speed([d["text"] for d in lines if not gate.passes(d["text"])][: given.bare])
    headers(given.headers)
    losses(lines, given.lost)


def speed(texts: list[str]) -> None:
    """Both on the same texts, in turns, in processor time of one process."""
    bare = spacy.load(DEFAULT_MODEL)
    taken: dict[str, list[float]] = {"gate": [], "bare": []}
    for _ in range(3):
        taken["gate"].append(took(lambda: [gate.passes(text) for text in texts for _ in range(100)]) / 100)
        taken["bare"].append(took(lambda: [0 for _ in bare.pipe(texts, batch_size=16)]))
    words = sum(len(text.split()) for text in texts)
    rates = {name: words / statistics.median(times) for name, times in taken.items()}
    print(f"{len(texts)} dispatches that are set aside, {words:,} words")
    print(f"  bare parser {rates['bare']:>12,.0f} words/s\n  gate        {rates['gate']:>12,.0f} words/s, "
          f"{rates['gate'] / rates['bare']:.0f} times")  # fmt: skip


def took(work: Any) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def headers(many: int) -> None:
    """Made-up slugs with a headline of eight words, of syllables and of terms."""
    turn, known = random.Random(1), sorted(gate.terms())
    words = ["".join(turn.choices(("ka", "lo", "ren", "mi", "tas"), k=3)) for _ in range(5000)] + known[::40]
    made = [f"BC-{turn.choice(words)}-{n}, " + " ".join(turn.choices(words, k=8)) for n in range(20_000)]
    spent = took(lambda: [gate.passes(made[n % len(made)]) for n in range(many)])
    print(f"{many:,} headers in {spent:.1f} s of one core")


def losses(lines: list[dict[str, Any]], listing: bool) -> None:
    model()
    with get_context("fork").Pool() as pool:
        found = pool.map(told, lines, chunksize=16)
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line, (facts, force) in zip(lines, found, strict=True):
        aside = not gate.passes(line["text"])
        sums[line.get("split") or "all"].update(
            read=1, aside=aside, facts=facts, lost=facts and aside, force=force, force_lost=force and aside
        )
        if listing and facts and aside:
            print(f"  lost: {line['id']} ({line.get('split')}){' FORCE' if force else ''}")
    table(sums)


def told(line: dict[str, Any]) -> tuple[bool, bool]:
    """Whether it has an event, a count or a position; and whether a count or an act of force with a party in it."""
    record = process(plain(line["text"], line.get("published") or line.get("doc_date")))
    acts = any(e.type in FORCE and (e.actors or e.recipients) for e in record.events)
    return bool(record.events or record.counts or record.positions), bool(record.counts or acts)


def table(sums: dict[str, Counter[str]]) -> None:
    columns: Iterable[str] = ("read", "aside", "facts", "lost", "force", "force_lost")
    print(f"{'split':<10}" + "".join(f"{c:>12}" for c in columns))
    for split, counted in sums.items():
        print(f"{split:<10}" + "".join(f"{counted[c]:>12}" for c in columns))


if __name__ == "__main__":
    main()
