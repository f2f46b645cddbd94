"""CSV and tab-separated tables → Documents: a row each, its columns named in the first line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from parley.document import Document
from parley.errors import UnreadableInput
from parley.read.columns import HALF, dispatch
from parley.read.encoding import binary, encoding_of
from parley.read.found import Asked, BadInput, Found
from parley.read.streams import Rejoined, peeked

NAMES = (".csv", ".tsv")
SEPARATORS = ",\t;|"
LONGEST = 16 << 20  # characters of a field
COLUMN = re.compile(r'"?[\w .:/-]{1,60}"?')


def knows(head: bytes, name: str) -> bool:
    """A first line of column names, one of them "text"; or a name that says so."""
    first = head.lstrip(b"\xef\xbb\xbf").partition(b"\n")[0][:4000].decode("utf-8", "replace").strip()
    names = first.split(separator(first))
    told = len(names) > 1 and all(map(COLUMN.fullmatch, names)) and "text" in [n.strip('" ') for n in names]
    return told or name.lower().endswith(NAMES)


def separator(first: str) -> str:
    return max(SEPARATORS, key=lambda s: (first.count(s), -SEPARATORS.index(s)))


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """A Document for each row that is one. Raises UnreadableInput where the table has no column of texts."""
    csv.field_size_limit(LONGEST)  # of the process: its default is shorter than a long dispatch
    rows = rows_of(file)
    names = next(rows, [])
    wanted = asked.columns.get("text", "text")
    if not isinstance(names, list) or wanted not in names:
        shown = ", ".join(names)[:200] if isinstance(names, list) else names
        raise UnreadableInput(f'no column "{wanted}" in {shown}; say which holds what: --columns text=…')
    for number, row in enumerate(rows, 2):
        if isinstance(row, str):
            yield BadInput(asked.at(f"row {number}"), row)
        elif any(row):
            yield item(dict(zip(names, row, strict=False)), asked, asked.at(f"row {number}"))


def rows_of(file: BinaryIO) -> Iterator[list[str] | str]:
    """The rows, and what is wrong instead of those that are none."""
    file, head = peeked(file)
    encoding = encoding_of(head)
    if encoding == "utf-8" and binary(head):
        raise UnreadableInput("is no text; give a table as CSV")
    text = io.TextIOWrapper(io.BufferedReader(Rejoined(b"", file)), encoding, "surrogateescape", newline="")
    first = head.decode(encoding, "replace").partition("\n")[0]
    rows = csv.reader(text, delimiter=separator(first))
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as trouble:
            yield f"no row of a table: {trouble}"
        except UnicodeDecodeError:
            yield f"not {encoding} from here on; save it as UTF-8"
            return


def item(row: dict[str, str], asked: Asked, where: str) -> Document | BadInput:
    try:
        if any(map(HALF.search, row.values())):
            raise UnreadableInput("bytes that are no UTF-8; save it as UTF-8")
        return dispatch(row, asked, "csv")
    except UnreadableInput as trouble:
        return BadInput(where, str(trouble))
