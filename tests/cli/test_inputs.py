"""Files of every format, folders and pipes on the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from parley.cli.output import Input
from parley.read.inputs import FORMATS

FIXTURES = Path(__file__).parent.parent / "read/fixtures"
SPANISH = "TAMRIN, 4 sep (VNA).- El ejército dijo este miércoles que había abandonado la ciudad tras dos semanas de combates."
FEED = (
    b'<rss version="2.0"><channel><title>VNA</title><item><title>Army leaves</title><link>https://vna.invalid/1</link>'
    b"</item></channel></rss>"
)


def parley(*args: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "parley", *map(str, args)], input=given, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Dispatches in many formats, and what else lies in a folder."""
    made = tmp_path / "wire"
    (made / "deep").mkdir(parents=True)
    for name in ("initials.nitf", "byline-1.ninjs", "deep/reporting.html", "mailed.eml", "deep/german.7901"):
        (made / name).write_bytes((FIXTURES / Path(name).name).read_bytes())
    for name, words in (
        ("README.md", "read me"),
        ("key.json", "{}"),
        ("map.xml", "<svg/>"),
        ("places.tsv", "name\tlatitude\n"),
        (".hidden.txt", "x"),
    ):
        (made / name).write_text(words, "utf-8")
    return made


def test_a_folder_gives_its_dispatches_and_leaves_the_rest(folder: Path) -> None:
    done = parley("read", folder, "--json")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and not done.stderr
    assert [r["dispatch"]["envelope"]["format"] for r in records] == ["ninjs", "anpa", "html", "nitf", "mail"]


def test_tables_of_a_folder_are_read_where_their_columns_are_named(folder: Path) -> None:
    (folder / "places.tsv").unlink()
    (folder / "table.csv").write_text("guid,body\nq7,The army left.\n", "utf-8")
    assert len(parley("read", folder, "--json").stdout.splitlines()) == 5
    assert len(parley("read", folder, "--json", "--columns", "text=body").stdout.splitlines()) == 6


def test_every_format_can_be_named() -> None:
    assert {each.form for each in Input} == {None, *(form for form, _ in FORMATS)} - {"xml"}


def test_other_languages_and_links_are_told_and_counted(folder: Path) -> None:
    (folder / "a.txt").write_text(SPANISH, "utf-8")
    (folder / "b.rss").write_bytes(FEED)
    done = parley("read", folder, "--json")
    assert done.returncode == 1 and len(done.stdout.splitlines()) == 5
    assert b"a.txt: in Spanish (0.99); Parley reads English" in done.stderr
    assert b"b.rss, item 1: its text lies at https://vna.invalid/1; `parley fetch` gets it" in done.stderr
    assert b"5 read, 1 failed, 1 set aside" in done.stderr


def test_a_pipe_and_columns() -> None:
    table = b"guid,body,date\nq7,The army left the town.,2024-09-04\n,,\nq8,,\n"
    columns = ("--columns", "text=body,published=date,id=guid")
    for form in ((), ("--input", "csv")):
        done = parley("read", "-", "--json", *columns, *form, given=table)
        assert json.loads(done.stdout)["dispatch"]["source_id"] == "q7"
        assert done.returncode == 1 and b"row 4" in done.stderr


@pytest.mark.parametrize("columns", ["text", "text=", "who=body", "=body"])
def test_columns_that_are_none_are_wrong_usage(columns: str) -> None:
    done = parley("read", "-", "--columns", columns, given=b"x")
    assert done.returncode == 2 and b"field=column" in done.stderr and b"Traceback" not in done.stderr


def test_a_page_is_explained_like_a_text() -> None:
    page, text = (parley("why", FIXTURES / name, "n1").stdout for name in ("reporting.html", "reporting.txt"))
    assert page == text and b"rule" in page


def test_an_archive_is_added_like_its_folder(folder: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "a.db"
    packed = shutil.make_archive(str(tmp_path / "wire"), "gztar", folder)
    assert b"5 added" in parley("add", folder, "--ledger", ledger).stderr
    assert b"0 added, 5 there already" in parley("add", packed, "--ledger", ledger).stderr
