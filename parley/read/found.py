"""What a reader finds in a file: dispatches, and what is none, each with where it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO, TypeVar

from parley.document import Document, Envelope
from parley.errors import ParleyError, UnreadableInput

MOST = 64 << 20  # bytes of one dispatch, page or mail; streams of many have no such limit


@dataclass(frozen=True, slots=True)
class BadInput:
    """An item that is not read: where it was ("a.zip/b.jsonl, line 3"), and what is wrong with it and would mend it."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class SetAside(BadInput):
    """A dispatch in a language that Parley does not read; `language` is ISO 639-1."""

    language: str


@dataclass(frozen=True, slots=True)
class Linked(BadInput):
    """An item of a feed that has no text of its own, but a link to it: for whoever may fetch."""

    url: str
    published: str | None
    envelope: Envelope


Found = Document | BadInput


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever gives a file says of it: its name, and what holds where a dispatch does not say otherwise.

    `columns` tells which column or key holds what: {"text": "body", "published": "date"}. `source_id` is what the
    dispatches are known by that have no number of their own.
    """

    name: str
    source_id: str | None = None
    published: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def at(self, place: str) -> str:
        return f"{self.name}, {place}"

    def inside(self, member: str) -> Asked:
        """The same of a file inside this one."""
        source_id = "/".join(filter(None, (self.source_id, member)))
        return replace(self, name=f"{self.name}/{member}", source_id=source_id)

    def inflated(self) -> Asked:
        """The same of what this file is when it is no longer compressed: "talks.csv.gz" is "talks.csv"."""
        return replace(self, name=inflated(self.name), source_id=self.source_id and inflated(self.source_id))


T = TypeVar("T")


def each_of(
    items: Sequence[T], reading: Callable[[T, Asked], Document], asked: Asked, called: str
) -> Iterator[Found]:
    """The dispatch of each of some items, "item 3" where they are `called` so, or what is wrong with it."""
    for number, item in enumerate(items, 1):
        where = asked.at(f"{called} {number}") if len(items) > 1 else asked.name
        yield attempted(where, reading, item, asked)


def attempted(where: str, reading: Callable[..., Found], *given: object) -> Found:
    """What a reader makes of an item, or what is wrong with it: whatever that is, the other items go on."""
    try:
        return reading(*given)
    except ParleyError as trouble:
        return BadInput(where, str(trouble))
    except Exception as trouble:  # of a library that reads the format
        return BadInput(where, f"cannot be read ({type(trouble).__name__}: {str(trouble)[:200]})")


COMPRESSED = re.compile(r"(?<=[^/.])(?:\.(?:gz|bz2|xz)|\.t(?:gz|bz2|xz))$", re.IGNORECASE)


def inflated(name: str) -> str:
    return COMPRESSED.sub(lambda ending: ".tar" if ending[0][1] in "tT" else "", name)


def whole(file: BinaryIO, most: int = MOST) -> bytes:
    """All bytes of a file. Raises UnreadableInput where they are more than one dispatch ever has."""
    data = file.read(most + 1)
    if len(data) > most:
        raise UnreadableInput(
            f"more than {most >> 20} MB in one piece; give dispatches one by one, or one a line"
        )
    return data
