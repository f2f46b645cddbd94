"""JSON Lines → Documents: {"id", "text", "published"} a line; a bad line is told, the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from parley.document import Document
from parley.errors import UnreadableInput
from parley.read.encoding import decode
from parley.read.found import MOST, Asked, BadInput, Found
from parley.read.ninjs import SHAPED, of_object

NAMES = (".jsonl", ".ndjson")


def knows(head: bytes, name: str) -> bool:
    """A first line that is an object of its own, or begins as one and is longer than what is seen of it."""
    first, end, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if name.lower().endswith(NAMES):
        return True
    whole = first.rstrip().endswith(b"}") if end else b'"uri"' not in first
    return first.startswith(b'{"') and whole and (b'"text"' in first or bool(SHAPED.search(first)))


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """A Document for each line that is one, in order."""
    number = 0
    while line := file.readline(MOST + 1):
        number += 1
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield item(line, asked, asked.at(f"line {number}"))
        while len(line) > MOST and not line.endswith(b"\n"):  # the rest of a line that was too long
            line = file.readline(MOST + 1)


def item(line: bytes, asked: Asked, where: str) -> Document | BadInput:
    try:
        if len(line) > MOST:
            raise UnreadableInput(f"longer than {MOST >> 20} MB")
        text, problems = decode(line)
        document = of_object(json.loads(text), asked)
    except json.JSONDecodeError as trouble:
        return BadInput(where, f"not JSON, at character {trouble.pos + 1}: {trouble.msg}")
    except RecursionError:
        return BadInput(where, "brackets within brackets without end")
    except (UnreadableInput, ValueError) as trouble:  # ValueError: a number of thousands of digits
        return BadInput(where, str(trouble))
    return replace(document, problems=(*document.problems, *problems))
