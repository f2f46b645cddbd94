"""Documents in, finished strings out, in the order given: one process for few, a fork pool for many."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice

from parley.document import Document

FEW = 24  # below this, a second process costs more than it brings
CHUNK = 8
IN_FLIGHT = 6  # chunks a worker, so that a slow consumer does not fill the memory

Work = Callable[[Document], str]


def each(work: Work, documents: Iterable[Document], processes: int | None = None) -> Iterator[str]:
    """`work` of every document, in order. The same strings whatever the number of processes."""
    rest = iter(documents)
    first = list(islice(rest, FEW))
    workers = processes or os.cpu_count() or 1
    if len(first) < FEW or workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return map(work, chain(first, rest))
    return pooled(work, chain(first, rest), workers)


def pooled(work: Work, documents: Iterator[Document], workers: int) -> Iterator[str]:
    """The model is loaded before the fork, so that the workers share its pages."""
    from parley.mark.parse import model

    model()
    gc.freeze()
    waiting: deque[Future[list[str]]] = deque()
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        while True:
            while len(waiting) < workers * IN_FLIGHT and (chunk := list(islice(documents, CHUNK))):
                waiting.append(pool.submit(several, work, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()


def several(work: Work, documents: list[Document]) -> list[str]:
    return [work(document) for document in documents]
