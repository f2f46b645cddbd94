"""`parley user`, `parley serve` and `parley demo`: who may come in, where it listens, and what is refused."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest


def parley(
    *words: str, given: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "parley", *words], input=given, capture_output=True, text=True, env={**os.environ, **(env or {})}
    )  # fmt: skip


def test_a_user_is_kept_as_a_hash_in_a_closed_file(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "users.json"
    made = parley("user", "add", "MIRA", "--password-stdin", "--users", str(path), given="a long password\n")
    assert made.returncode == 0 and "a long password" not in made.stdout + made.stderr
    (kept,) = json.loads(path.read_text("utf-8"))
    assert kept["hash"].startswith("$argon2") and "a long" not in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert parley("user", "list", "--users", str(path)).stdout == "MIRA\treviewer\n"
    assert parley("user", "remove", "MIRA", "--users", str(path)).returncode == 0
    assert parley("user", "list", "--users", str(path)).stdout == ""


@pytest.mark.parametrize(
    ("words", "given", "told"),
    [
        (("add", "MIRA", "--role", "owner"), "a long password\n", "there are reader, reviewer, editor"),
        (("add", "MIRA"), "short\n", "at least 10 characters"),
        (("add", " "), "a long password\n", "a name has 1 to 80 characters"),
    ],
)
def test_what_no_user_can_be_is_told(tmp_path: Path, words: tuple[str, ...], given: str, told: str) -> None:
    done = parley("user", *words, "--password-stdin", "--users", str(tmp_path / "users.json"), given=given)
    assert done.returncode == 2 and told in done.stderr and not (tmp_path / "users.json").exists()


def test_a_file_that_holds_no_users_is_told(tmp_path: Path) -> None:
    (tmp_path / "users.json").write_text("{", "utf-8")
    done = parley("user", "list", "--users", str(tmp_path / "users.json"))
    assert done.returncode == 2 and "no file of users" in done.stderr


def test_a_password_is_not_asked_for_where_nobody_can_type(tmp_path: Path) -> None:
    done = parley("user", "add", "MIRA", "--users", str(tmp_path / "users.json"))
    assert done.returncode == 2 and "--password-stdin" in done.stderr


def test_others_are_not_let_in_without_a_user(tmp_path: Path) -> None:
    done = parley(
        "serve", "--host", "0.0.0.0", "--users", str(tmp_path / "users.json"), "--ledger", "none.db"
    )
    assert done.returncode == 2 and "parley user add" in done.stderr


def test_a_missing_ledger_is_not_served(tmp_path: Path) -> None:
    done = parley("serve", "--ledger", str(tmp_path / "none.db"))
    assert done.returncode == 2 and "there is no ledger" in done.stderr


@pytest.mark.slow
def test_the_demo_ends_by_serving_what_it_told(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k != "CI"} | {"PARLEY_USERS": str(tmp_path / "users.json")}
    running = subprocess.Popen(
        [sys.executable, "-m", "parley", "demo", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env
    )  # fmt: skip
    assert running.stdout
    address = next(
        found[0] for line in running.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/", line))
    )
    try:
        with urllib.request.urlopen(address + "?as_of=2024-09-20", timeout=10) as answer:
            assert "5 or more unaccounted for" in answer.read().decode()
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=15)
    assert running.returncode in (0, 130, -signal.SIGINT)


def test_the_demo_can_stay_in_the_terminal() -> None:
    done = parley("demo", "--no-serve")
    assert (
        done.returncode == 0 and "5 or more unaccounted for" in done.stdout and "http://" not in done.stdout
    )
