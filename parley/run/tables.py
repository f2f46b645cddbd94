"""A record → rows of a data set, by table; and rows → the bytes of a Parquet file, always the same.

The columns are those of the ledger (store/schema.py), without what depends on when and by which ledger it was read.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date
from typing import Any

from parley.document import Time
from parley.errors import ParleyError
from parley.record import Record
from parley.store import schema
from parley.store.rows import Row, Rowing, dispatch_id
from parley.values import days

UNMADE = ("n", "read_at")  # an insertion's number and time: not of the dispatch
DAYS = ("first", "last", "said")  # days in the calendar; `published` may have an hour, and stays text
TYPES = {"INTEGER": "int64", "BOOLEAN": "bool", "VARCHAR": "string", "TEXT": "string"}
TIMES = {
    "reading": "string", "dispatch": "string", "start": "int64", "end": "int64", "words": "string", "type": "string",
    "value": "string", "first": "date32", "last": "date32", "rule": "string", "published": "string",
}  # fmt: skip
KEYS = {"reading": "string", "dispatch": "string"}
READ = {"source_id": "string", "made_by": "string", "record": "string"}
TABLES = ("records", *schema.LAYERS, "entities", "times", "parts")
UNDATED = "unknown"


def rows_of(record: Record) -> dict[str, list[Row]]:
    """Every row that a record makes. `reading` names the record in all of them."""
    made = Rowing(record, dispatch_id(record.document), "")
    layers = {name: [made.fact(name, f) for f in getattr(record, name)] for name in schema.LAYERS}
    return {
        "records": [of_record(made)],
        **{name: list({row["id"]: row for row in rows}.values()) for name, rows in layers.items()},
        "entities": [made.entity(e) for e in record.entities],
        "times": [of_time(made, t) for t in record.times],
        "parts": [part for name, fact in made.facts() for part in made.parts(name, fact)],
    }


def of_record(made: Rowing) -> Row:
    """The dispatch, and the whole record as `parley read --json` prints it."""
    return {
        **made.of_dispatch(), "reading": made.reading, "dispatch": made.dispatch, "made_by": made.record.made_by,
        "source_id": made.record.document.source_id, "record": made.record.to_json(),
    }  # fmt: skip


def of_time(made: Rowing, time: Time) -> Row:
    first, last = days(time.value)
    return {
        "reading": made.reading, "dispatch": made.dispatch, "start": time.span.start, "end": time.span.end,
        "words": time.span.of(made.text), "type": time.type, "value": time.value, "first": first, "last": last,
        "rule": time.rule, "published": made.published,
    }  # fmt: skip


def month_of(published: str | None) -> str:
    """ "2024-09", or "unknown": the folder of a dispatch."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return UNDATED
    return f"{day.year:04}-{day.month:02}"


# ── as Parquet ───────────────────────────────────────────────────────────────────────────────────


def batches_of(record: Record) -> tuple[str, dict[str, Any]]:
    """The month of a record, and its rows as an Arrow batch a table; tables without rows are left out."""
    rows = rows_of(record)
    month = month_of(rows["records"][0]["published"])
    return month, {name: batch(name, found) for name, found in rows.items() if found}


def batch(table: str, rows: Iterable[Row]) -> Any:
    typed = [{k: as_day(v) if k in DAYS else v for k, v in row.items()} for row in rows]
    return arrow().RecordBatch.from_pylist(typed, schema=columns(table))


def as_day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


@functools.cache
def columns(table: str) -> Any:
    """The Arrow schema of a table."""
    pa = arrow()
    return pa.schema(
        [pa.field(name, getattr(pa, kind.replace("bool", "bool_"))()) for name, kind in typed(table).items()]
    )


def typed(table: str) -> dict[str, str]:
    """Each column with its Arrow type; `reading` and `dispatch` lead in every table that has them."""
    if table == "times":
        return TIMES
    if table == "records":
        told = of_ledger("dispatches")
        told.pop("id")
        return KEYS | told | READ
    return of_ledger(table)


def of_ledger(table: str) -> dict[str, str]:
    return {
        c.name: "date32" if c.name in DAYS else TYPES[str(c.type)]
        for c in schema.tables.tables[table].columns
        if c.name not in UNMADE
    }


def parquet(table: str, found: Iterable[Any]) -> bytes:
    """The bytes of a file with these batches, in their order: the same whatever wrote them."""
    pa = arrow()
    import pyarrow.parquet

    held = pa.Table.from_batches(list(found), schema=columns(table)).combine_chunks()
    sink = pa.BufferOutputStream()
    pyarrow.parquet.write_table(
        held, sink, version="2.6", compression="zstd", compression_level=9, store_schema=False
    )
    data: bytes = sink.getvalue().to_pybytes()
    return data


def arrow() -> Any:
    try:
        import pyarrow
    except ModuleNotFoundError as trouble:
        raise ParleyError("a data set needs pyarrow; pip install 'parley-record[run]'") from trouble
    return pyarrow
