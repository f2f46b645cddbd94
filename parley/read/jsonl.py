"""JSON Lines → Documents: {"id", "text", "published"} a line; a bad line is told, the rest goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from parley.document import Document
from parley.errors import UnreadableInput
from parley.read.encoding import decode
from parley.read.plain import plain


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no dispatch: its number (from 1), and what is wrong with it."""

    number: int
    what: str


def dispatches(lines: Iterable[bytes], published: str | None = None) -> Iterator[Document | BadLine]:
    """A Document for each line that is one, in order; `published` where a line has no date."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield dispatch(line, number, published)


def dispatch(line: bytes, number: int, published: str | None) -> Document | BadLine:
    try:
        text, problems = decode(line)
        given = json.loads(text)
        document = plain(text_of(given), day_of(given) or published, id_of(given))
    except json.JSONDecodeError as trouble:
        return BadLine(number, f"not JSON, at character {trouble.pos + 1}: {trouble.msg}")
    except RecursionError:
        return BadLine(number, "brackets within brackets without end")
    except UnreadableInput as trouble:
        return BadLine(number, str(trouble))
    return replace(document, problems=(*document.problems, *problems))


def text_of(given: object) -> str:
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str):
        raise UnreadableInput('no "text"; each line is an object with "id", "text", "published"')
    if not text.strip():
        raise UnreadableInput('its "text" is empty')
    if half := HALF.search(text):
        raise UnreadableInput(
            f'half a character, {half[0]!a}, at character {half.start() + 1} of its "text": it was cut in two on its way'
        )
    return text


HALF = re.compile("[\ud800-\udfff]")  # of a pair; JSON can write one alone, and no text has it


def day_of(given: dict[str, object]) -> str | None:
    found = given.get("published")
    try:
        if found:
            datetime.fromisoformat(str(found))
    except ValueError:
        raise UnreadableInput(f'"published" is {found!r}, no day; write it like 2024-05-15') from None
    return str(found) if found else None


def id_of(given: dict[str, object]) -> str | None:
    found = given.get("id")
    return None if found is None else str(found)
