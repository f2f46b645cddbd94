"""Whether memory stays flat over many dispatches: those of a file again and again, each with words never met before.

    python benchmarks/memory.py DISPATCHES.jsonl [--dispatches 20000] [--new 3]

Prints resident memory and the words that the pipeline has met at twenty places, and fails if the last quarter of the run
needs a tenth more than the second.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

from parley.mark.parse import known_words
from parley.pipeline import process
from parley.read.plain import plain

PLACES = 20
GROWTH = 1.1


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("file", type=Path)
    options.add_argument("--dispatches", type=int, default=20_000)
    options.add_argument("--new", type=int, default=3, help="new words a dispatch")
    given = options.parse_args()
    texts = [json.loads(line)["text"] for line in given.file.read_text("utf-8").splitlines()]
    seen = []
    for count, text in enumerate(itertools.islice(endless(texts, given.new), given.dispatches), 1):
        process(plain(text, "2024-05-15")).to_json()
        if count % max(1, given.dispatches // PLACES) == 0:
            seen.append(resident())
            print(f"{count:>8,} dispatches  {seen[-1]:5.0f} MiB  {known_words():>8,} words", flush=True)
    quarter = len(seen) // 4
    if max(seen[-quarter:]) > GROWTH * max(seen[quarter : 2 * quarter]):
        sys.exit("memory grows")


def endless(texts: list[str], new: int) -> Iterator[str]:
    numbers = itertools.count()
    for text in itertools.cycle(texts):
        words = " ".join(f"kel{next(numbers):x}barra".translate(LETTERS) for _ in range(new))
        yield f"{text}\n\nThey met the {words} envoy." if new else text


LETTERS = str.maketrans(
    "0123456789", "ghijmnopqs"
)  # a number in hexadecimal as letters, and never two as one


def resident() -> float:
    """MiB, as Linux tells it."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


main()
