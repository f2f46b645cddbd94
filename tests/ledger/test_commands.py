"""The verbs as a new user types them: from files to answers, and what each says when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import STORY

pytestmark = pytest.mark.slow

SOME = (
    "0902-1-vna-abductions",
    "0903-1-vna-demand",
    "0904-2-vna-raid",
    "0904-3-meridian-raid",
    "0919-1-meridian-held",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with five dispatches and their ledger, parley.db."""
    made = tmp_path_factory.mktemp("desk")
    (made / "dispatches").mkdir()
    for name in SOME:
        (made / "dispatches" / f"{name}.txt").write_bytes((STORY / f"{name}.txt").read_bytes())
    assert run(made, "add", "dispatches").returncode == 0
    return made


def run(folder: Path, *args: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    environment.pop("PARLEY_LEDGER", None)
    done = subprocess.run(
        [sys.executable, "-m", "parley", *args], input=given, capture_output=True, cwd=folder, env=environment
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_adding_again_says_that_all_is_there(folder: Path) -> None:
    assert "0 added, 5 there already" in run(folder, "add", "dispatches").stderr


def test_a_dry_run_changes_nothing(folder: Path) -> None:
    done = run(folder, "add", "-n", str(STORY / "0913-1-vna-truce.txt"))
    assert "1 would be added" in done.stderr
    assert run(folder, "agreements").returncode == 3


def test_what_failed_is_listed_and_the_rest_goes_in(folder: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text(
        '{"text": "The army said the road was open.", "published": "2024-09-05"}\nnot json\n{"id": 3}\n'
    )
    done = run(folder, "add", str(lines), "missing.txt", "--ledger", str(tmp_path / "other.db"))
    assert done.returncode == 1
    assert (
        "line 2: not JSON" in done.stderr
        and 'line 3: no "text"' in done.stderr
        and "missing.txt: no such file" in done.stderr
    )
    assert "1 added, 0 there already, 3 failed" in done.stderr


def test_a_pipe_gets_tab_separated_rows_and_json_has_the_sources(folder: Path) -> None:
    lines = run(folder, "figures").stdout.splitlines()
    assert all(line.count("\t") == lines[0].count("\t") for line in lines)
    row = json.loads(run(folder, "figures", "--status", "held", "--json").stdout)
    assert (row["low"], row["authority"], row["cites"][0]["words"]) == (11, "Varosian army", "11")


def test_the_audit_prints_its_books(folder: Path) -> None:
    out = run(folder, "audit").stdout
    assert "5 or more unaccounted for" in out and "taken" in out and "More than 40" not in out.splitlines()[1]


def test_places_are_asked_with_a_file_of_ones_own(folder: Path) -> None:
    lines = run(
        folder, "places", "--gazetteer", str(STORY / "places.tsv"), "--kind", "figure"
    ).stdout.splitlines()
    assert lines[0].startswith("id\tname\tprecision") and any("\tOrsk Vale\tarea\t" in line for line in lines)
    assert "without a point" in run(folder, "places").stderr


def test_a_review_is_shown_and_logged_and_undone(folder: Path) -> None:
    id = run(folder, "figures", "--status", "held").stdout.splitlines()[1].split("\t")[0]
    assert (
        run(folder, "review", id, "correct", "low=12", "high=12", "--who", "A", "--why", "misread").returncode
        == 0
    )
    assert "\t12\t" in run(folder, "figures", "--status", "held").stdout
    assert "misread" in run(folder, "log").stdout
    assert run(folder, "review", id, "undo", "--who", "A").returncode == 0
    assert "\t11\t" in run(folder, "figures", "--status", "held").stdout


def test_verify_reads_every_span_of_the_ledger(folder: Path) -> None:
    done = run(folder, "verify", "--ledger", "parley.db")
    assert done.returncode == 0 and "5 readings\thold" in done.stdout


def test_reread_has_nothing_to_do_under_the_same_rules(folder: Path) -> None:
    assert "0 read again" in run(folder, "reread").stderr


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [(("figures", "--as-of", "soon"), 2, "no such day"), (("who", "Nobody At All"), 2, "nobody has that name"),
     (("timeline", "--as-of", "2020-01-01"), 3, "nothing found"), (("figures", "--ledger", "none.db"), 2, "parley add"),
     (("review", "zzz", "accept"), 2, "no such row"), (("export", "xls", "out"), 2, "there are csv"),
     (("positions", "--trust", "some"), 2, "unrejected"), (("places", "--kind", "war"), 2, "there are meeting"), (("verify",), 2, "--ledger")],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_a_line(
    folder: Path, args: tuple[str, ...], code: int, words: str
) -> None:
    done = run(folder, *args)
    assert (done.returncode, words in done.stderr, "Traceback" in done.stderr) == (code, True, False), (
        done.stderr
    )


def test_records_read_elsewhere_go_in_as_they_are(folder: Path, tmp_path: Path) -> None:
    record = run(folder, "read", "dispatches/0904-2-vna-raid.txt", "--json").stdout
    (tmp_path / "records.jsonl").write_text(record)
    done = run(folder, "add", str(tmp_path / "records.jsonl"), "--ledger", str(tmp_path / "shard.db"))
    assert "1 added" in done.stderr
    brief = run(folder, "brief", "--ledger", str(tmp_path / "shard.db")).stdout
    assert brief.startswith("# Where the talks stand") and "[^1]" in brief
