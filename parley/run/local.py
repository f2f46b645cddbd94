"""Shards by processes of this machine: a pool that is made anew when a worker dies, and goes on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from parley.run.order import Done, Order
from parley.run.reading import work
from parley.run.shards import Shard
from parley.run.waiting import Waiting

AHEAD = 2  # shards in flight for each worker: one to read, one to wait


def here(order: Order, shards: Iterable[Shard]) -> Iterator[Done]:
    """One after the other in this process: for what lies in its memory."""
    return (work(order, shard) for shard in shards)


def local(order: Order, shards: Iterable[Shard], workers: int | None = None) -> Iterator[Done]:
    """Every shard by one of some processes (default: all cores), as they get done."""
    most, waiting = workers or os.cpu_count() or 1, Waiting(iter(shards))
    broken = True
    while broken:
        running: dict[Future[Done], Shard] = {}
        executor = pool(most)
        try:
            yield from flowing(order, executor, waiting, running, most * AHEAD)
            broken = False
        except BrokenProcessPool:
            waiting.died(running.values())
        finally:
            executor.shutdown(cancel_futures=True)


def flowing(
    order: Order,
    executor: ProcessPoolExecutor,
    waiting: Waiting,
    running: dict[Future[Done], Shard],
    most: int,
) -> Iterator[Done]:
    """A bounded number of shards in flight; `running` says which, should the pool break."""
    while True:
        while len(running) < most and (next_one := waiting.take()):
            running[executor.submit(work, order, *next_one)] = next_one[0]
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            done = future.result()
            del running[future]
            yield done


def pool(workers: int) -> ProcessPoolExecutor:
    """The model is loaded before the fork, so that the workers share its pages; elsewhere each loads its own."""
    from parley.mark.parse import model

    fork = "fork" in multiprocessing.get_all_start_methods()
    if fork:
        model()
    return ProcessPoolExecutor(
        workers, multiprocessing.get_context("fork" if fork else "spawn"), initializer=follow
    )


def follow() -> None:
    """A worker ends with its run, whatever ended that, and says nothing at Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
