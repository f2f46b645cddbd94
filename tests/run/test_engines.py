"""The engines with processes of their own: the same bytes, whoever dies on the way."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest

from parley.errors import WrongRun
from parley.pipeline import made_by
from parley.run.cluster import dask, on_loopback
from parley.run.local import here, local
from parley.run.order import Order
from parley.run.running import run

from .conftest import held, story, written

Ordering = Callable[..., Order]
DEADLY = Path(__file__).parent / "deadly"
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow
SHARDS = 15  # of ten dispatches
ALL = SHARDS * 10 // len(story()) * len(story())


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough that a run can be caught in the middle."""
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    return written(
        path, [{**d, "id": f"{d['id']} {n}"} for n in range(SHARDS * 10 // len(story())) for d in story()]
    )


@pytest.fixture(scope="module")
def whole(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = str(tmp_path_factory.mktemp("whole"))
    run(Order(out, made_by(), size=10), [str(many)], here)
    return held(out)


@pytest.fixture
def cluster() -> Iterator[Any]:
    with on_loopback(2) as made:
        yield made


def parley(*given: object, deadly: bool = False) -> subprocess.Popen[str]:
    path = os.pathsep.join([*([str(DEADLY)] if deadly else []), str(ROOT)])
    return subprocess.Popen(
        [sys.executable, "-m", "parley", *map(str, given)],
        env={**os.environ, "PYTHONPATH": path},
        stderr=subprocess.PIPE,
        text=True,
    )


def some_done(out: str, least: int, patience: float = 60) -> None:
    """Wait until so many shards are finished."""
    until = time.monotonic() + patience
    while len([n for n in held(out) if n.startswith("_done/") and n.endswith(".json")]) < least:
        assert time.monotonic() < until, "nothing gets done"
        time.sleep(0.02)


def test_a_pool_of_processes_gives_the_same_bytes(
    many: Path, order: Ordering, whole: dict[str, bytes]
) -> None:
    total = run(order("pool"), [str(many)], partial(local, workers=2))
    assert total.read == ALL
    assert held(order("pool").out) == whole


def test_a_pool_goes_on_when_a_worker_is_killed(many: Path, order: Ordering, whole: dict[str, bytes]) -> None:
    killed = []

    def kill(total: object) -> None:
        if not killed:
            killed.append(psutil.Process().children()[0])
            killed[0].kill()

    run(order("pool"), [str(many)], partial(local, workers=2), tell=kill)
    assert killed and held(order("pool").out) == whole


def test_a_run_that_is_killed_and_begun_again_repeats_no_finished_shard(
    many: Path, order: Ordering, whole: dict[str, bytes]
) -> None:
    out = Path(order("killed").out)
    begun = parley("run", many, "--out", out, "--shard", 10, "--processes", 2)
    some_done(str(out), 2)
    workers = psutil.Process(begun.pid).children()
    begun.kill()
    begun.communicate()
    psutil.wait_procs(workers, timeout=10)
    assert not [w for w in workers if w.is_running()], "workers outlive their run"
    before = {p: p.stat().st_mtime_ns for p in out.rglob("_done/*.json")}
    assert len(before) < SHARDS
    again = parley("run", many, "--out", out, "--shard", 10, "--processes", 2)
    _, told = again.communicate(timeout=120)
    assert again.returncode == 0 and f"({len(before)} of them before)" in told
    assert {p: p.stat().st_mtime_ns for p in before} == before
    assert held(out) == whole


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_a_dispatch_that_ends_whoever_reads_it_is_set_apart_and_the_rest_is_read(
    engine: str, order: Ordering, tmp_path: Path
) -> None:
    bad = {"id": "deadly", "text": "They came to the bridge of no return."}
    path = written(tmp_path / "a.jsonl", [*story()[:4], bad, *story()[4:8]])
    given = ("run", path, "--out", order("out").out, "--shard", 3, "--processes", 2, "--engine", engine)
    begun = parley(*given, deadly=True)
    _, told = begun.communicate(timeout=180)
    assert begun.returncode == 1 and "8 dispatches read in 3 shards, 1 set apart" in told
    (failed,) = [data for name, data in held(order("out").out).items() if name.startswith("_failed/")]
    assert "ended the process 2 times (signal 9)" in json.loads(failed)["what"]
    run(order("safe", size=3), [str(path)], here)
    mine, theirs = held(order("out").out), held(order("safe").out)
    untouched = [name for name in theirs if "-000001" not in name]  # the second of three shards
    assert {name: mine[name] for name in untouched} == {name: theirs[name] for name in untouched}


# ── a cluster ────────────────────────────────────────────────────────────────────────────────────


def test_a_cluster_gives_the_same_bytes_although_a_worker_is_killed_in_mid_run(
    cluster: Any, many: Path, order: Ordering, whole: dict[str, bytes]
) -> None:
    out = order("cluster").out
    killed = []

    def kill() -> None:
        some_done(out, 2)
        killed.append(cluster.workers[0].process.pid)
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    total = run(order("cluster"), [str(many)], partial(dask, scheduler=cluster.scheduler_address))
    killer.join()
    assert killed and not psutil.pid_exists(killed[0])
    assert total.read == ALL
    assert held(out) == whole


def test_a_cluster_of_our_own_listens_on_loopback_alone(cluster: Any) -> None:
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    listening = [c.laddr.ip for p in family for c in p.net_connections("inet") if c.status == "LISTEN"]
    assert listening and set(listening) == {"127.0.0.1"}


def test_a_cluster_that_goes_away_ends_the_run_in_a_sentence_and_what_is_finished_stays(
    many: Path, order: Ordering, whole: dict[str, bytes], tmp_path: Path
) -> None:
    told = tmp_path / "scheduler.json"
    scheduler = started("scheduler", "--port", "0", "--scheduler-file", str(told))
    address = written_soon(told)
    worker = started("worker", address, "--nthreads", "1", "--no-nanny")
    out = order("lost")
    try:
        with pytest.raises(WrongRun, match="went away; what is finished is kept"):
            run(out, [str(many)], partial(dask, scheduler=address), tell=lambda total: scheduler.kill())
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()
    assert 1 <= run(out, [str(many)], here).before < SHARDS
    assert held(out.out) == whole


def started(what: str, *words: str) -> subprocess.Popen[bytes]:
    module, here_alone = (
        f"distributed.cli.dask_{what}",
        ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"),
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", module, *words, *here_alone, "--no-dashboard"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)


def written_soon(file: Path, patience: float = 60) -> str:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
            return str(json.loads(file.read_text())["address"])
        time.sleep(0.05)
    pytest.fail("no scheduler")


def test_a_cluster_that_is_not_there_is_told(lines: Path, order: Ordering) -> None:
    from dask import config

    nobody = partial(dask, scheduler="tcp://127.0.0.1:9")
    soon = config.set({"distributed.comm.timeouts.connect": "1s"})
    with soon, pytest.raises(WrongRun, match=r"no cluster with workers at tcp://127\.0\.0\.1:9"):
        run(order(), [str(lines)], nobody)
