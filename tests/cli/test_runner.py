"""`parley run` and `parley load` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from parley.cli.main import app

SAID = "The Front said it was ready."


def called(*words: object) -> Result:
    return CliRunner().invoke(app, [str(w) for w in words])


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"body": SAID, "day": "2024-09-04"}) + "\n", "utf-8")
    return path


def test_a_run_and_a_load_fill_a_ledger(lines: Path, tmp_path: Path) -> None:
    out, ledger = tmp_path / "out", tmp_path / "l.db"
    ran = called("run", lines, "--out", out, "--processes", 1, "--columns", "text=body,published=day")
    assert (ran.exit_code, ran.stderr) == (0, f"{out}: 1 dispatches read in 1 shards\n")
    assert (out / "claims/month=2024-09").is_dir()
    loaded = called("load", out, "--ledger", ledger)
    assert (loaded.exit_code, "1 added, 0 there already" in loaded.stderr) == (0, True)
    assert "0 added, 1 there already" in called("load", out, "--ledger", ledger).stderr


def test_a_run_with_bad_inputs_ends_with_1_and_says_where_they_are(lines: Path, tmp_path: Path) -> None:
    ran = called("run", lines, tmp_path / "none", "--out", tmp_path / "out", "--processes", 1)
    assert ran.exit_code == 1
    assert f"parley: {tmp_path}/none: no such file; check the path" in ran.stderr
    assert f"0 dispatches read in 1 shards, 1 set apart in {tmp_path}/out/_failed" in ran.stderr


@pytest.mark.parametrize(
    "given, told",
    [
        (["--columns", "text:body"], "write field=column"),
        (["--published", "soon"], "no such date"),
        (["--out", "s4://bucket/out"], "s4"),
    ],
)
def test_wrong_usage_is_told(lines: Path, tmp_path: Path, given: list[str], told: str) -> None:
    ran = called("run", lines, "--out", tmp_path / "out", *given)
    assert ran.exit_code and told in ran.stderr + str(ran.exception)


def test_a_folder_that_is_no_data_set_is_not_loaded(tmp_path: Path) -> None:
    ran = called("load", tmp_path, "--ledger", tmp_path / "l.db")
    assert "holds no finished shard" in str(ran.exception)


@pytest.mark.parametrize(
    "missing, engine, told", [("fsspec", "local", "[run]"), ("distributed", "dask", "[dask]")]
)
def test_a_missing_library_is_named_with_what_installs_it(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, engine: str, told: str
) -> None:
    for name in (missing, f"{missing}.core"):
        monkeypatch.setitem(__import__("sys").modules, name, None)
    ran = called("run", lines, "--out", tmp_path / "out", "--engine", engine, "--processes", 1)
    assert f"pip install 'parley-record{told}'" in str(ran.exception)
