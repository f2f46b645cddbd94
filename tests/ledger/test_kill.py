"""`parley add` ended at any moment: the ledger opens, holds whole dispatches only, and goes on to the same end."""

from __future__ import annotations

import contextlib
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import parley
from parley.record import Record
from parley.store.checks import wrong_rows

from .conftest import STORY
from .key import DATES, answers
from .test_store import Filled

pytestmark = pytest.mark.slow
RUNS = 100


def add(path: Path, given: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "parley",
            "add",
            str(given),
            "--ledger",
            str(path),
            "--quiet",
            "--processes",
            "1",
        ],
        stderr=subprocess.PIPE,
    )


def ended(process: subprocess.Popen[bytes]) -> int:
    process.communicate()
    return process.returncode


def test_a_hundred_kills_lose_nothing(tmp_path: Path, filled: Filled, records: tuple[Record, ...]) -> None:
    """What is added are records, which go in some at a time, ended at moments from before the first table to after the last
    one; and dispatches, which go in one by one, ended when so many are there."""
    lines, chance, whole = tmp_path / "records.jsonl", random.Random(5), filled(records)
    lines.write_text("\n".join(r.to_json() for r in records), "utf-8")
    path, seen, lasts = tmp_path / "killed.db", set(), timed(tmp_path, lines)
    for run in range(RUNS):
        if run % 4 == 0:
            for file in tmp_path.glob("killed.db*"):
                file.unlink()
        process = add(path, STORY if run % 2 else lines)
        if run % 2:
            reached(path, chance.randrange(1, len(records)), process)
            time.sleep(chance.uniform(0, 0.02))
        else:
            time.sleep(chance.uniform(0.3, 1.05) * lasts)
        process.send_signal(signal.SIGKILL)
        ended(process)
        if path.exists():
            seen.add(checked(path))
    assert ended(add(path, lines)) == 0
    with parley.open(str(path)) as ledger:
        assert all(answers(ledger, day) == answers(whole, day) for day in DATES)
        assert ledger.tally() == whole.tally()
    assert len(seen) > 8  # it was caught in the middle, and more than once


def reached(path: Path, many: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until so many dispatches are there, or the run is over."""
    while process.poll() is None and held(path) < many:
        time.sleep(0.002)


def held(path: Path) -> int:
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as ledger:
            return int(ledger.execute("SELECT count(*) FROM dispatches").fetchone()[0])
    except sqlite3.Error:
        return 0  # there is none yet, or it has no tables


def timed(folder: Path, given: Path) -> float:
    """How many seconds a run takes that nobody ends."""
    began = time.perf_counter()
    assert ended(add(folder / f"{given.name}.db", given)) == 0
    return time.perf_counter() - began


def checked(path: Path) -> int:
    """How many dispatches are there; each of them whole."""
    with parley.open(str(path), make=True) as ledger:
        assert not list(wrong_rows(ledger))
        for record in ledger.records():
            assert not ledger.add(record)
        tally = ledger.tally()
        assert tally.dispatches == tally.readings == len(list(ledger.records()))
        return tally.dispatches


def test_two_processes_at_once_give_the_same_ledger(
    tmp_path: Path, filled: Filled, records: tuple[Record, ...]
) -> None:
    halves = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for half, some in zip(halves, (records[:22], records[12:][::-1]), strict=True):
        half.write_text("\n".join(r.to_json() for r in some), "utf-8")
    both = [add(tmp_path / "shared.db", half) for half in halves]
    told = [p.communicate()[1].decode() for p in both]
    assert [p.returncode for p in both] == [0, 0], told
    with parley.open(str(tmp_path / "shared.db")) as ledger:
        assert all(answers(ledger, day) == answers(filled(records), day) for day in DATES)
