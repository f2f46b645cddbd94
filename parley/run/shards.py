"""An input file → shards: lines of JSONL, rows of Parquet, records of WARC, any other file whole. The same file, the same shards.

Shards come one by one while the file is looked through, so that work begins at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from parley.errors import ParleyError, UnreadableInput
from parley.read import archive, warc
from parley.read.inputs import COMMON, FORMATS, known, likely
from parley.read.streams import HEAD
from parley.run.places import opened

PARQUET = ".parquet"
LARGE = 64 << 20  # bytes; a shard of lines ends at the line that passes this
ENDS = 64 << 10  # bytes looked at, at either end of a file, to know whether it is still the same


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `part` of a file. `start`..`end` are rows, or bytes of anything else (from 0, end-exclusive).

    `first` is the number of its first line, row or record, counted from 1; `mark` a hash of what the shard holds.
    """

    input: str
    part: int
    kind: Literal["lines", "rows", "records", "file"]
    start: int
    end: int
    first: int
    mark: str

    @property
    def key(self) -> str:
        return f"{file_key(self.input)}-{self.part:06}"


def shards_of(place: str, size: int) -> Iterator[Shard]:
    """The shards of `size` dispatches of a file. Raises UnreadableInput where it cannot be read."""
    with opened(place) as file:
        head = file.read(HEAD)
        file.seek(0)
        if head.startswith(b"PAR1"):
            yield from of_rows(place, file, size)
        elif warc.knows(head, place):
            yield from of_records(place, file, size)
        elif not archive.kind(head) and known(head, place) == "jsonl":
            yield from of_lines(place, file, size)
        else:
            yield Shard(place, 0, "file", 0, 0, 1, sampled(file))


def worth_reading(place: str) -> bool:
    """Of a folder's files those that a format's name tells, and of names that many things have those that one knows."""
    name = place.rsplit("/", 1)[-1].lower()
    if not name.endswith(COMMON):
        return name.endswith(PARQUET) or likely(name)
    with opened(place) as file:
        return known(file.read(HEAD), "") != FORMATS[-1][0]


def file_key(place: str) -> str:
    """Short enough for a name, long enough that no two inputs share it."""
    return hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def of_lines(place: str, file: BinaryIO, size: int) -> Iterator[Shard]:
    part, start, at, first, number = 0, 0, 0, 1, 1
    seen = hashlib.sha256()
    while line := file.readline(LARGE):
        seen.update(line)
        at += len(line)
        whole = line.endswith(b"\n")
        number += whole
        if whole and (number - first == size or at - start >= LARGE):
            yield Shard(place, part, "lines", start, at, first, seen.hexdigest())
            part, start, first, seen = part + 1, at, number, hashlib.sha256()
    if at > start:
        yield Shard(place, part, "lines", start, at, first, seen.hexdigest())


def of_records(place: str, file: BinaryIO, size: int) -> Iterator[Shard]:
    """A WARC is looked through for where its pages begin; a part of it is a WARC too."""
    mark = sampled(file)
    starts = (at for number, at in enumerate(pages_at(file)) if number and number % size == 0)
    part, start = 0, 0
    for end in (*starts, file.seek(0, 2)):
        yield Shard(place, part, "records", start, end, part * size + 1, mark)
        part, start = part + 1, end


def pages_at(file: BinaryIO) -> Iterator[int]:
    """Where each record begins that may be a page. A file that breaks off has those before the break."""
    try:
        yield from (record.stream_pos for record in warc.records(file, opened=False))
    except (OSError, EOFError, ValueError):
        return  # whoever reads the last part tells


def of_rows(place: str, file: BinaryIO, size: int) -> Iterator[Shard]:
    rows, mark = parquet(file).metadata.num_rows, sampled(file)
    for part, start in enumerate(range(0, rows, size)):
        yield Shard(place, part, "rows", start, min(start + size, rows), start + 1, mark)


def parquet(file: BinaryIO) -> Any:
    """A Parquet file, opened. Raises UnreadableInput where it is none."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as trouble:
        raise ParleyError("Parquet needs pyarrow; pip install 'parley-record[run]'") from trouble
    try:
        return pyarrow.parquet.ParquetFile(file, pre_buffer=False)
    except (pyarrow.ArrowException, OSError) as trouble:
        raise UnreadableInput(f"begins as Parquet and is none: {first_line(trouble)}") from trouble


def first_line(trouble: BaseException) -> str:
    return (str(trouble).splitlines() or [type(trouble).__name__])[0]


def sampled(file: BinaryIO) -> str:
    """A hash of a file's size and both its ends: archives and Parquet keep their lists there."""
    size = file.seek(0, 2)
    seen = hashlib.sha256(str(size).encode())
    for at in (0, max(0, size - ENDS)):
        file.seek(at)
        seen.update(file.read(ENDS))
    file.seek(0)
    return seen.hexdigest()
