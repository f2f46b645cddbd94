"""What a run is asked for, and what it says of itself: the values that travel to the workers and back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

SCHEMA = "parley/run/1"
SIZE = 1_000  # dispatches a shard, unless told otherwise


@dataclass(frozen=True, slots=True)
class Order:
    """How dispatches are read and where the data set goes. `columns` renames: (("text", "body"), …)."""

    out: str
    made_by: str
    model: str | None = None
    published: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    size: int = SIZE
    gate: bool = False  # only dispatches with a term of conflict or talks

    def kept(self) -> bytes:
        """What must be the same when the run goes on, as JSON; where it lies may change."""
        told = {"schema": SCHEMA, **asdict(self), "columns": dict(self.columns)}
        return plain({k: v for k, v in told.items() if k not in ("out", "model")})


@dataclass(frozen=True, slots=True)
class Bad:
    """A dispatch set apart: where in its input it is, and what is wrong. `offset` and `length` in bytes."""

    where: str
    what: str
    offset: int | None = None
    length: int | None = None
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a finished shard leaves as its mark: how many dispatches were read, set apart, or turned away by the gate.
    `files` are relative to the data set."""

    key: str
    input: str
    part: int
    mark: str
    made_by: str
    read: int = 0
    failed: int = 0
    elsewhere: int = 0
    files: tuple[str, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> bytes:
        return plain(asdict(self))

    @classmethod
    def from_json(cls, held: bytes) -> Done:
        given = json.loads(held)
        return cls(**{**given, "files": tuple(given["files"])})


def plain(value: dict[str, Any]) -> bytes:
    """The same bytes for the same value, always."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True).encode() + b"\n"
