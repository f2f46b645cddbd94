"""Any file → its dispatches: the format is known by the bytes first and by the name second, plain text comes last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from types import ModuleType
from typing import BinaryIO

from parley.errors import ParleyError, UnreadableInput
from parley.read import csv, jsonl, plain
from parley.read.found import Asked, Found
from parley.read.streams import HEAD, peeked

# In the order in which they are asked: those with marks of their own first. Each has `knows` and `read`.
FORMATS: tuple[tuple[str, ModuleType], ...] = (
    ("jsonl", jsonl),
    ("csv", csv),
    ("text", plain),
)


COMMON = (".json", ".xml")  # names of much that is no dispatch


def dispatches_in(
    file: BinaryIO,
    name: str,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    *,
    form: str | None = None,
) -> Iterator[Found]:
    """The dispatches of a file, one after the other, and a BadInput (or SetAside, or Linked) for what is none.

    `name` is the file's, "-" for standard input; `published` (ISO 8601) holds where a dispatch tells no day; `columns`
    tells which column of a table, or key of JSON Lines, holds what; `form` is the name of one of FORMATS that the file
    is said to have. A file is read as it goes and left open. Raises ParleyError where it cannot be read at all, or not
    beyond what was yielded.
    """
    source_id = None if name == "-" else PurePath(name).name
    yield from opened(file, Asked(name, source_id, published, columns or {}), form)


def opened(file: BinaryIO, asked: Asked, form: str | None) -> Iterator[Found]:
    file, head = peeked(file)
    if not head.strip():
        raise UnreadableInput("the input is empty; give a dispatch as text")
    chosen = form or known(head, asked.name)
    try:
        yield from dict(FORMATS)[chosen].read(file, asked)
    except (ParleyError, OSError):
        raise
    except Exception as trouble:  # of a library that reads the format: whatever it was, the batch goes on
        raise UnreadableInput(
            f"cannot be read as {chosen} ({type(trouble).__name__}: {str(trouble)[:200]})"
        ) from trouble


def worth_reading(path: Path) -> bool:
    """Of a folder's files those that a format's name tells, and of names that many things have those that one knows."""
    name = path.name.lower()
    if name.startswith(".") or not name.endswith(tuple(n for _, module in FORMATS for n in module.NAMES)):
        return False
    if not name.endswith(COMMON):
        return True
    with open(path, "rb") as file:
        return known(file.read(HEAD), "") != FORMATS[-1][0]


def known(head: bytes, name: str) -> str:
    """The format's name in FORMATS."""
    *marked, (last, _) = FORMATS
    for told in ("", name):
        for form, module in marked:
            if module.knows(head, told):
                return form
    return last
