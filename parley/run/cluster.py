"""Shards by a Dask cluster: one that is there, or one of this machine's processes that nobody else can reach."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from typing import Any

from parley.errors import ParleyError, WrongRun
from parley.run.order import Done, Order
from parley.run.reading import work
from parley.run.shards import Shard
from parley.run.waiting import DEATHS, Waiting

AHEAD = 2  # shards in flight for each thread of the cluster
PATIENCE = "30s"  # for the first worker


def dask(
    order: Order, shards: Iterable[Shard], workers: int | None = None, scheduler: str | None = None
) -> Iterator[Done]:
    """Every shard by a worker of the cluster, as they get done. A lost worker's shards go to the others; those that
    lost several go with care. Raises WrongRun where there is no cluster or it has no workers."""
    with client_of(scheduler, workers) as client, explained(scheduler):
        yield from flowing(order, client, Waiting(iter(shards)))


def flowing(order: Order, client: Any, waiting: Waiting) -> Iterator[Done]:
    distributed: Any = dask_itself()

    running: dict[Any, Shard] = {}
    ready = distributed.as_completed(loop=client.loop)
    while True:
        while len(running) < AHEAD * threads(client) and (next_one := waiting.take()):
            future = client.submit(work, order, *next_one, pure=False)
            running[future] = next_one[0]
            ready.add(future)
        if not running:
            return
        future = next(ready)
        shard = running.pop(future)
        try:
            yield future.result()
        except distributed.KilledWorker:
            waiting.died([shard], DEATHS)


@contextlib.contextmanager
def explained(scheduler: str | None) -> Iterator[None]:
    """What a cluster does to a run, as a sentence."""
    distributed = dask_itself()
    try:
        yield
    except (distributed.comm.CommClosedError, distributed.client.CancelledError) as trouble:
        where = scheduler or "this machine"
        raise WrongRun(
            f"the cluster at {where} went away; what is finished is kept: run the same again"
        ) from trouble
    except ImportError as trouble:
        raise WrongRun(f"a worker lacks a library ({trouble}); install the same there as here") from trouble


def threads(client: Any) -> int:
    """How many shards the cluster can read at once, as far as is known now; it may grow and shrink."""
    held: dict[str, int] = client.nthreads()
    return max(1, sum(held.values()))


@contextlib.contextmanager
def client_of(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    distributed = dask_itself()
    with contextlib.ExitStack() as opened:
        address = scheduler or opened.enter_context(on_loopback(workers))
        try:
            client = opened.enter_context(distributed.Client(address, set_as_default=False))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as trouble:
            raise WrongRun(f"no cluster with workers at {scheduler}: {trouble}") from trouble
        yield client


def on_loopback(workers: int | None) -> Any:
    """A cluster of processes here. Everything listens at 127.0.0.1, and there is no dashboard."""
    distributed = dask_itself()
    from dask import config

    with config.set({"distributed.scheduler.allowed-failures": DEATHS - 1}):
        return distributed.LocalCluster(
            n_workers=workers or os.cpu_count() or 1,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            worker_dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            silence_logs=40,
        )


def dask_itself() -> Any:
    try:
        import distributed
    except ModuleNotFoundError as trouble:
        raise ParleyError("--engine dask needs Dask; pip install 'parley-record[dask]'") from trouble
    return distributed
