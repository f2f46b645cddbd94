"""A data set → a ledger: only what finished shards wrote, month by month, within a month by time of publication.

The order is for speed alone: links do not depend on it.
"""

from __future__ import annotations

import heapq
import io
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from parley.errors import UnreadableInput, WrongRecord, WrongRun
from parley.ledger import Ledger
from parley.record import Record
from parley.run.order import Done
from parley.run.places import Folder
from parley.run.reading import MARKS
from parley.run.shards import parquet

AT_ONCE = 64  # records a transaction
OPEN = 8  # files of a month that are merged at a time; each is in memory
COLUMNS = ["published", "reading", "dispatch", "source_id", "record"]
Row = dict[str, Any]


@dataclass(slots=True)
class Loaded:
    """What became of the records of a data set. `wrong` are those that are none: where, and what."""

    added: int = 0
    known: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)


def load(place: str, ledger: Ledger, months: Container[str] | None = None) -> Loaded:
    """Keep every record (of these months: "2024-09", "unknown") that the ledger has no reading of. Raises WrongRun
    where there is no data set."""
    folder, loaded = Folder.at(place), Loaded()
    rows = in_order(folder, place, loaded, months)
    while some := list(islice(rows, AT_ONCE)):
        keep(ledger, some, loaded)
    return loaded


def keep(ledger: Ledger, rows: list[Row], loaded: Loaded) -> None:
    known = ledger.known(row["reading"] for row in rows)
    for row in rows:
        if row["reading"] in known:
            ledger.seen(row["dispatch"], row["source_id"])
    new = ledger.add_all(records(rows, known, loaded))
    loaded.added += sum(new)
    loaded.known += len(new) - sum(new) + sum(row["reading"] in known for row in rows)


def records(rows: list[Row], known: set[str], loaded: Loaded) -> list[Record]:
    """Those that are not known, checked; a record that does not hold is told, and left out."""
    found = []
    for row in rows:
        try:
            if row["reading"] not in known:
                found.append(Record.from_json(row["record"]))
        except WrongRecord as trouble:
            loaded.wrong.append((f"{row['file']}, reading {row['reading']}", str(trouble)))
    return found


# ── the rows, in order ───────────────────────────────────────────────────────────────────────────


def in_order(
    folder: Folder, place: str, loaded: Loaded, months: Container[str] | None = None
) -> Iterator[Row]:
    found = files(folder)
    if not found:
        raise WrongRun(f"{place} holds no finished shard; give the folder that `parley run --out` filled")
    for month, named in sorted(found.items()):
        if months is not None and month not in months:
            continue
        for at in range(0, len(named), OPEN):
            streams = (sorted_rows(folder, name, loaded) for name in named[at : at + OPEN])
            yield from heapq.merge(*streams, key=published)


def files(folder: Folder) -> dict[str, list[str]]:
    """The files of records that finished shards wrote, by month."""
    found: dict[str, list[str]] = defaultdict(list)
    marks = (name for name in folder.names(MARKS) if name.endswith(".json"))
    done = (Done.from_json(held) for name in marks if (held := folder.read(name)))
    for file in chain.from_iterable(d.files for d in done):
        if file.startswith("records/"):
            found[file.split("/")[1].removeprefix("month=")].append(file)
    return found


def sorted_rows(folder: Folder, name: str, loaded: Loaded) -> Iterator[Row]:
    try:
        held = folder.read(name)
        if held is None:
            raise UnreadableInput("is missing; run it --again")
        table = parquet(io.BytesIO(held)).read(columns=COLUMNS)
        if set(COLUMNS) - set(table.column_names):
            raise UnreadableInput(f"has not the columns {', '.join(COLUMNS)}; run it --again")
    except (UnreadableInput, OSError, ValueError) as trouble:
        loaded.wrong.append((name, str(trouble)))
        return
    days = table.column("published").to_pylist()
    for at in sorted(range(len(days)), key=lambda i: days[i] or ""):
        yield {field: table.column(field)[at].as_py() for field in COLUMNS} | {"file": name}


def published(row: Row) -> str:
    return row["published"] or ""
