"""Whole records against the bare parser as it comes: same model, same texts, one process, in turns in one run.

    python benchmarks/speed.py DISPATCHES.jsonl [--limit 200] [--rounds 3]

Each line of the file is {"text", "doc_date" or "published"}. Prints words a second of processor time, their ratio, peak memory, and the
share of each marker and finder in the time of a record.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import spacy
from thinc.api import NumpyOps, set_current_ops

from parley.document import Document, Marks
from parley.facts import Facts
from parley.mark.parse import DEFAULT_MODEL, model
from parley.pipeline import FINDERS, MARKERS, process
from parley.read.plain import plain


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("file", type=Path)
    options.add_argument("--limit", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    lines = [json.loads(line) for line in given.file.read_text("utf-8").splitlines()[: given.limit]]
    documents = [plain(d["text"], d.get("published") or d.get("doc_date")) for d in lines]
    set_current_ops(NumpyOps())  # the bare pipeline keeps the ops it was loaded with
    bare = spacy.load(DEFAULT_MODEL)
    model()
    words = sum(len(d.text.split()) for d in documents)
    times: dict[str, list[float]] = {"bare": [], "records": []}
    for _ in range(given.rounds):
        times["bare"].append(took(lambda: [0 for _ in bare.pipe((d.text for d in documents), batch_size=16)]))
        times["records"].append(took(lambda: [process(d) and 0 for d in documents]))
    report(words, times)
    shares(documents)


def took(work: Callable[[], object]) -> float:
    began = time.process_time()  # of the processor: whatever else the machine has to do
    work()
    return time.process_time() - began


def report(words: int, times: dict[str, list[float]]) -> None:
    medians = {name: statistics.median(rounds) for name, rounds in times.items()}
    for name, median in medians.items():
        print(f"{name:<8} {words / median:9,.0f} words/s   (median of {len(times[name])})")
    print(f"records run at {medians['bare'] / medians['records']:.2f} of the speed of the bare parser")
    print(
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB (both pipelines loaded)"
    )


def shares(documents: list[Document]) -> None:
    spent: Counter[str] = Counter()
    for document in documents:
        marks, facts = Marks(document), Facts()
        for marker in MARKERS:
            began = time.process_time()
            marks = marker(marks)
            spent[marker.__name__] += time.process_time() - began  # type: ignore[assignment]
        for finder in FINDERS:
            began = time.process_time()
            facts = finder(marks, facts)
            spent[finder.__name__] += time.process_time() - began  # type: ignore[assignment]
    total = sum(spent.values())
    for name, seconds in spent.most_common():
        print(f"  {name:<12} {100 * seconds / total:5.1f} %")


main()
