"""Exports: the columns coders expect, nothing made up, each filled cell with its sentence, no formula let through."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from parley.errors import ParleyError, WrongQuestion
from parley.export import FORMS, export_ledger
from parley.export.coders import ACLED, CF, GED, PAX
from parley.ledger import Ledger
from parley.show.answer import csv_of, harmless


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_writes_something_and_the_same_twice(ledger: Ledger, tmp_path: Path, form: str) -> None:
    first = export_ledger(ledger, form, tmp_path / "a", as_of="2024-09-29")
    again = export_ledger(ledger, form, tmp_path / "b", as_of="2024-09-29")
    assert first and all(p.stat().st_size for p in first)
    if form != "parquet":
        assert [p.read_bytes() for p in first] == [p.read_bytes() for p in again]


@pytest.mark.parametrize(
    ("form", "columns"), [("ceasefires", CF), ("pax", PAX), ("ged", GED), ("acled", ACLED)]
)
def test_coders_get_their_columns_and_every_filled_cell_its_sentence(
    ledger: Ledger, tmp_path: Path, form: str, columns: list[str]
) -> None:
    table, side = export_ledger(ledger, form, tmp_path)
    found, sources = rows(table), rows(side)
    assert found and list(found[0]) == columns
    told = {(s["column"], s["value"]) for s in sources}
    assert all((c, v) in told for row in found for c, v in row.items() if v)
    assert all(s["words"] and s["rule"] for s in sources)


def test_the_truce_of_the_story_as_a_ceasefire(ledger: Ledger, tmp_path: Path) -> None:
    table, _ = export_ledger(ledger, "ceasefires", tmp_path, as_of="2024-09-29")
    truce = next(r for r in rows(table) if r["actor_name"] == "Kelbarran Front")
    assert (truce["cf_effect_yr"], truce["cf_effect_month"], truce["cf_effect_day"]) == ("2024", "9", "14")
    assert (truce["fixed"], truce["fixed_time"]) == ("1", "P5D")
    assert not truce["ceasefire_class"] and not truce["p_humanitarian"] and not truce["cf_dec_yr"]


def test_ged_keeps_rival_figures_apart(ledger: Ledger, tmp_path: Path) -> None:
    table, _ = export_ledger(ledger, "ged", tmp_path)
    told = {(r["source_original"], r["low"], r["best"], r["high"]) for r in rows(table)}
    assert {("Varosian army", "9", "9", "9"), ("Kelbarran Front", "23", "23", "23")} <= told


def test_plover_keeps_planned_apart_from_held(ledger: Ledger, tmp_path: Path) -> None:
    (path,) = export_ledger(ledger, "plover", tmp_path)
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert {e["status"] for e in found if e["event"] == "CONSULT"} >= {"planned", "occurred", "denied"}
    assert all(e["event_text"][0]["text"] for e in found)


def test_json_ld_has_a_quote_for_every_target(ledger: Ledger, tmp_path: Path) -> None:
    (path,) = export_ledger(ledger, "jsonld", tmp_path)
    graph = json.loads(path.read_text("utf-8"))["@graph"]
    assert graph and all(t["selector"][1]["exact"] for node in graph for t in node["target"])


def test_follow_the_money_links_point_somewhere(ledger: Ledger, tmp_path: Path) -> None:
    (path,) = export_ledger(ledger, "ftm", tmp_path)
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    ids = {e["id"] for e in found}
    assert {"Person", "Organization", "Event", "Article"} <= {e["schema"] for e in found}
    assert all(
        i in ids for e in found for name in ("involved", "proof") for i in e["properties"].get(name, [])
    )


def test_parquet_has_the_rows_of_the_answer(ledger: Ledger, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    export_ledger(ledger, "parquet", tmp_path)
    count = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/figures.parquet'").fetchall()[0][0]
    assert count == len(ledger.figures())


def test_the_page_is_one_file_without_script_and_fetches_nothing(ledger: Ledger, tmp_path: Path) -> None:
    (path,) = export_ledger(ledger, "html", tmp_path / "ledger.html")
    page = path.read_text("utf-8")
    assert "<script" not in page and "http" not in page and "withdrawn" in page


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    assert harmless(cell).startswith("'")
    assert csv_of([{"a": cell}]) != csv_of([{"a": cell}], safe=False)


def test_a_form_that_is_none_and_a_place_that_is_closed_are_told(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(WrongQuestion, match="csv"):
        export_ledger(ledger, "xls", tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(ParleyError, match="check the path"):
        export_ledger(ledger, "csv", tmp_path / "file")
