"""A shard → its dispatches, each a Document, or a Bad that says where and what."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from parley.document import Document
from parley.errors import UnreadableInput
from parley.read.columns import OWN, ROUND, dispatch
from parley.read.found import MOST, Asked, BadInput, Found
from parley.read.inputs import dispatches_in
from parley.read.jsonl import item
from parley.read.language import set_aside
from parley.run.order import Bad, Order
from parley.run.places import opened
from parley.run.shards import Shard, first_line, parquet

BATCH = 64  # rows of a Parquet file in memory at a time
BLANK = b"\xef\xbb\xbf \t\r\n"


def documents(shard: Shard, order: Order) -> Iterator[Document | Bad]:
    """The dispatches of a shard, in order. Raises UnreadableInput where the file as a whole is none."""
    with opened(shard.input) as file:
        yield from READERS[shard.kind](file, shard, order)


def in_lines(file: BinaryIO, shard: Shard, order: Order) -> Iterator[Document | Bad]:
    file.seek(shard.start)
    at, number, asked = shard.start, shard.first, asked_of(shard, order)
    while at < shard.end and (line := file.readline(MOST + 1)):
        length, rest = len(line), line
        while not rest.endswith(b"\n") and (rest := file.readline(MOST)):
            length += len(rest)  # of a line too long nothing but its length is kept
        if line.strip(BLANK):
            found = english(item(line, asked, f"line {number}"))
            yield bad(found, at, length, line) if isinstance(found, BadInput) else found
        at, number = at + length, number + 1


def in_rows(file: BinaryIO, shard: Shard, order: Order) -> Iterator[Document | Bad]:
    asked = asked_of(shard, order)
    rows = islice(rows_of(file, asked.columns), shard.start, shard.end)
    for number, row in enumerate(rows, shard.first):
        try:
            found = english(dispatch(row, asked, "parquet"))
        except UnreadableInput as trouble:
            found = BadInput("", str(trouble))
        yield Bad(f"row {number}", found.what) if isinstance(found, BadInput) else found


def in_file(file: BinaryIO, shard: Shard, order: Order) -> Iterator[Document | Bad]:
    name = PurePosixPath(shard.input).name
    try:
        for found in dispatches_in(file, name, order.published, dict(order.columns)):
            yield bad(found) if isinstance(found, BadInput) else found
    except OSError as trouble:  # of a reader, whose archive is cut off
        raise UnreadableInput(f"cannot be read to its end: {trouble}") from trouble
    except BaseException as trouble:
        if type(trouble).__name__ != "PanicException":  # of libraries in Rust, and no Exception of Python's
            raise
        raise UnreadableInput(f"cannot be read to its end: {first_line(trouble)}") from trouble


def in_records(file: BinaryIO, shard: Shard, order: Order) -> Iterator[Document | Bad]:
    part = io.BufferedReader(Part(file, shard.start, shard.end))
    for found in in_file(part, shard, order):
        at = f"{shard.start}..{shard.end}"
        yield replace(found, where=f"{found.where} of bytes {at}") if isinstance(found, Bad) else found


class Part(io.RawIOBase):
    """Some bytes of a file, as a file."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self.file, self.start, self.size, self.at = file, start, end - start, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = max(0, offset + (0, self.at, self.size)[whence])
        return self.at

    def readinto(self, into: object) -> int:
        room = memoryview(into).cast("B")  # type: ignore[arg-type]
        self.file.seek(self.start + self.at)
        data = self.file.read(max(0, min(len(room), self.size - self.at)))
        self.at += len(data)
        room[: len(data)] = data
        return len(data)


def english(found: Found) -> Found:
    return set_aside(found, "") if isinstance(found, Document) else found


def asked_of(shard: Shard, order: Order) -> Asked:
    return Asked(PurePosixPath(shard.input).name, None, order.published, dict(order.columns))


def bad(found: BadInput, at: int | None = None, length: int | None = None, raw: bytes | None = None) -> Bad:
    return Bad(found.where, found.what, at, length, raw)


# ── Parquet ──────────────────────────────────────────────────────────────────────────────────────


def rows_of(file: BinaryIO, columns: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The columns a dispatch needs, by their own names, a batch in memory at a time."""
    source = parquet(file)
    there = source.schema_arrow.names
    wanted = [columns.get(field, field) for field in (*OWN, *ROUND)]
    if wanted[0] not in there:
        raise UnreadableInput(
            f"no column {wanted[0]!r}; there are {', '.join(there[:20])}: say --columns text=…"
        )
    held = [name for name in dict.fromkeys(wanted) if name in there]
    for batch in whole_batches(source.iter_batches(batch_size=BATCH, columns=held, use_threads=False)):
        yield from ({name: told(value) for name, value in row.items()} for row in batch.to_pylist())


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


READERS = {"lines": in_lines, "rows": in_rows, "records": in_records, "file": in_file}
