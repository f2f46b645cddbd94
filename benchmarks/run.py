"""Many dispatches into a data set: how fast by each engine, how many bytes, and what a million would take.

    python benchmarks/run.py DISPATCHES.jsonl [--limit 600] [--workers 2] [--columns published=doc_date] [--dask]

Prints dispatches a second by one process and by a pool (and by a Dask cluster here), CPU seconds and bytes a dispatch,
the load into a ledger, and the plan that docs/scale.md has. Run nothing beside it.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections import Counter
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

from parley.ledger import Ledger
from parley.pipeline import made_by
from parley.read.columns import mapping
from parley.run.cluster import dask
from parley.run.loading import load
from parley.run.local import here, local
from parley.run.order import SIZE, Order
from parley.run.running import Engine, run

SHARD = 100  # for a pool, so that it has enough of them; sizes are those of a shard as it comes


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("file", type=Path)
    options.add_argument("--limit", type=int, default=600)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--columns")
    options.add_argument("--dask", action="store_true")
    given = options.parse_args()
    with TemporaryDirectory() as folder:
        measured(given, Path(folder))


def measured(given: argparse.Namespace, folder: Path) -> None:
    some = folder / "some.jsonl"
    with given.file.open("rb") as lines:
        some.write_bytes(b"".join(islice(lines, given.limit)))
    columns = tuple(mapping(given.columns).items())
    engines: dict[str, Engine] = {"one process": here, "pool": partial(local, workers=given.workers)}
    if given.dask:
        engines["dask"] = partial(dask, workers=given.workers)
    cpu = 0.0
    for name, engine in engines.items():
        order = Order(str(folder / name), made_by(), columns=columns, size=SIZE if engine is here else SHARD)
        wall, busy, read = timed(order, some, engine)
        cpu = cpu or busy / read
        print(
            f"{name:<12} {read / wall:7.1f} dispatches/s   {1000 * busy / read:6.1f} ms of CPU a dispatch"
            f"   peak {peak(engine is here):,.0f} MiB a process"
        )
    size = sizes(folder / "one process")
    print(f"input        {some.stat().st_size / read:7.0f} bytes a dispatch")
    for table, held in size.most_common():
        print(f"  {table:<11} {held / read:6.0f} bytes a dispatch")
    rate = loaded(folder / "one process", folder / "ledger.db", read)
    print(
        f"load         {rate:7.1f} records/s into SQLite, {(folder / 'ledger.db').stat().st_size / read:,.0f} bytes each"
    )
    for many in (10**6, 10**8):
        plan(many, cpu, size.total() / read)


def timed(order: Order, file: Path, engine: Engine) -> tuple[float, float, int]:
    """Seconds, CPU seconds of this process and its children, dispatches."""
    began, busy = time.perf_counter(), used()
    total = run(order, [str(file)], engine)
    return time.perf_counter() - began, used() - busy, total.read


def used() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in spent)


def peak(own: bool) -> float:
    who = resource.RUSAGE_SELF if own else resource.RUSAGE_CHILDREN
    return resource.getrusage(who).ru_maxrss / 1024


def sizes(data_set: Path) -> Counter[str]:
    """Bytes by table, without the files that have no row."""
    found: Counter[str] = Counter()
    for path in data_set.rglob("*"):
        if path.is_file() and path.name != "none.parquet":
            found[path.relative_to(data_set).parts[0]] += path.stat().st_size
    return found


def loaded(data_set: Path, place: Path, read: int) -> float:
    began = time.perf_counter()
    with Ledger.open(str(place), make=True) as ledger:
        load(str(data_set), ledger)
    return read / (time.perf_counter() - began)


def plan(many: int, cpu: float, size: float) -> None:
    hours = many * cpu / 3600
    print(f"{many:,} dispatches: {hours:,.0f} core-hours, {many * size / 1e9:,.1f} GB of data set")


if __name__ == "__main__":
    main()
