"""A shard → its dispatches, each a Document, or a Bad that says where and what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from parley.document import Document
from parley.errors import UnreadableInput
from parley.read.jsonl import BadLine, dispatches
from parley.run.order import Bad, Order, plain
from parley.run.places import opened
from parley.run.shards import LARGE, Shard, first_line, parquet

BATCH = 64  # rows of a Parquet file in memory at a time
FIELDS = ("text", "published", "id")


def documents(shard: Shard, order: Order) -> Iterator[Document | Bad]:
    """The dispatches of a shard, in order. Raises UnreadableInput where the file as a whole is none."""
    with opened(shard.input) as file:
        yield from READERS[shard.kind](file, shard, order)


def in_lines(file: BinaryIO, shard: Shard, order: Order) -> Iterator[Document | Bad]:
    file.seek(shard.start)
    at, number = shard.start, shard.first
    while at < shard.end and (line := file.readline(LARGE)):
        length = len(line)
        while not line.endswith(b"\n") and (rest := file.readline(LARGE)):
            length, line = length + len(rest), rest[-1:]  # of a line too long only its end counts
        if length > LARGE:
            yield Bad(f"line {number}", f"longer than {LARGE >> 20} MiB", at, length)
        elif line.strip():
            yield in_line(line, number, at, order)
        at, number = at + length, number + 1


def in_line(line: bytes, number: int, at: int, order: Order) -> Document | Bad:
    found = next(iter(dispatches([line], order.published)))
    return Bad(f"line {number}", found.what, at, len(line), line) if isinstance(found, BadLine) else found


def in_rows(file: BinaryIO, shard: Shard, order: Order) -> Iterator[Document | Bad]:
    rows = islice(rows_of(file, dict(order.columns)), shard.start, shard.end)
    for number, row in enumerate(rows, shard.first):
        found = next(iter(dispatches([plain(row)], order.published)))
        yield Bad(f"row {number}", found.what) if isinstance(found, BadLine) else found


def rows_of(file: BinaryIO, columns: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The columns a dispatch needs, by their own names, a batch in memory at a time."""
    source = parquet(file)
    there = source.schema_arrow.names
    wanted = {field: columns.get(field, field) for field in FIELDS}
    if wanted["text"] not in there:
        raise UnreadableInput(
            f"no column {wanted['text']!r}; there are {', '.join(there)}: say --columns text=…"
        )
    held = [name for name in wanted.values() if name in there]
    for batch in whole_batches(source.iter_batches(batch_size=BATCH, columns=held, use_threads=False)):
        for row in batch.to_pylist():
            yield {field: told(row.get(name)) for field, name in wanted.items() if row.get(name) is not None}


def whole_batches(batches: Iterator[Any]) -> Iterator[Any]:
    """Raises UnreadableInput where the pages are not what the file's end says of them."""
    try:
        yield from batches
    except (OSError, ValueError) as trouble:  # Arrow's errors are these
        raise UnreadableInput(f"damaged Parquet: {first_line(trouble)}") from trouble


def told(value: Any) -> Any:
    """A cell as JSON would have it: times as ISO 8601, bytes as the text they are."""
    if isinstance(value, date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def in_file(file: BinaryIO, shard: Shard, order: Order) -> Iterator[Document | Bad]:
    for number, line in enumerate(file, 1):
        if line.strip():
            yield in_line(line, number, 0, order)


READERS = {"lines": in_lines, "rows": in_rows, "file": in_file}
