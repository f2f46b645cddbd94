from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from sqlalchemy import select

from parley.ledger import Ledger
from parley.pipeline import process
from parley.read.plain import plain
from parley.record import Record
from parley.run.tables import TABLES, batch, batches_of, columns, month_of, parquet, rows_of
from parley.store import schema

from .conftest import STORY


@pytest.fixture(scope="module")
def record() -> Record:
    """One with a row in every table."""
    file = STORY / "0913-1-vna-truce.txt"
    return process(plain(file.read_text("utf-8"), None, file.name))


@pytest.mark.parametrize("table", [t for t in TABLES if t not in ("records", "times")])
def test_rows_are_those_that_a_ledger_keeps(record: Record, table: str, tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "one.db"), make=True) as ledger:
        ledger.add(record)
        with ledger.reading() as connection:
            kept = [dict(row) for row in connection.execute(select(schema.tables.tables[table])).mappings()]
    assert plainly(kept) == plainly(rows_of(record)[table])


def plainly(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without a ledger's own numbers and times, in an order of their own."""
    return sorted(({k: v for k, v in row.items() if k not in ("n", "read_at")} for row in rows), key=repr)


def test_the_table_of_records_holds_each_whole(record: Record) -> None:
    (row,) = rows_of(record)["records"]
    assert Record.from_json(row["record"]) == Record.from_json(record.to_json())
    assert (row["text"], row["source_id"]) == (record.text, "0913-1-vna-truce.txt")


def test_times_have_their_days(record: Record) -> None:
    told = [(r["words"], r["value"], r["first"], r["last"]) for r in rows_of(record)["times"]]
    assert ("Saturday", "2024-09-14", "2024-09-14", "2024-09-14") in told
    assert ("five-day", "P5D", None, None) in told


@pytest.mark.parametrize("table", TABLES)
def test_what_is_written_is_what_was_read(record: Record, table: str) -> None:
    rows = rows_of(record)[table]
    written = pq.read_table(io.BytesIO(parquet(table, [batch(table, rows)] if rows else [])))
    assert written.column_names == columns(table).names
    days = ("first", "last", "said")
    plainly = [
        {k: v.isoformat() if k in days and v else v for k, v in row.items()} for row in written.to_pylist()
    ]
    assert plainly == [{name: row[name] for name in written.column_names} for row in rows]


def test_the_bytes_do_not_tell_how_the_rows_came_together(record: Record) -> None:
    rows = rows_of(record)["entities"]
    one, many = [batch("entities", rows)], [batch("entities", [row]) for row in rows]
    assert len(many) > 1
    assert parquet("entities", one) == parquet("entities", many)


@pytest.mark.parametrize(
    "published, month",
    [
        ("2024-09-04", "2024-09"),
        ("2024-09-04T18:30:00", "2024-09"),
        ("20240904", "2024-09"),
        ("2024", "unknown"),
        ("2024-13-01", "unknown"),
        ("../../../etc", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_month_is_a_month_and_nothing_else(published: str | None, month: str) -> None:
    assert month_of(published) == month


def test_an_embargo_moves_a_dispatch_to_the_month_in_which_it_ends() -> None:
    text = (
        "EMBARGOED until 0600 GMT Oct 1, 2024\n\nTAMRIN, Sept. 30, 2024 (VNA) — The Front said it was ready."
    )
    month, found = batches_of(process(plain(text)))
    assert found["records"].to_pylist()[0]["embargo"] == "2024-10-01T06:00"
    assert month == "2024-10"
