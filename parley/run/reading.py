"""A shard → its files, each whole, and last of all its mark. What a worker does, wherever it is."""

from __future__ import annotations

import base64
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from parley import gate
from parley.document import Document
from parley.errors import ParleyError, WrongRun
from parley.mark.parse import use_model
from parley.pipeline import made_by, process
from parley.run.alone import Alone, Killed
from parley.run.inputs import documents
from parley.run.order import Bad, Done, Order, plain
from parley.run.places import Folder
from parley.run.shards import Shard
from parley.run.tables import batches_of, parquet

RAW = 64 << 10  # bytes of a bad input that are kept beside its reason
MARKS, FAILED = "_done", "_failed"
ONE_AT_A_TIME = threading.Lock()  # in one process; a worker of many threads would read none of them faster

Read = tuple[str, dict[str, Any]] | str  # the month and the batches of a record, or why there are none


@dataclass(slots=True)
class Sheaf:
    """What a shard has given so far: rows that wait to be written, files that are, and what was set apart."""

    batches: dict[tuple[str, str], list[Any]] = field(default_factory=lambda: defaultdict(list))
    waiting: int = 0  # records whose rows wait
    pieces: int = 0
    read: int = 0
    elsewhere: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    files: list[str] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)


def work(order: Order, shard: Shard, alone: bool = False) -> Done:
    """Read a shard and write what it gives; `alone`: each dispatch in a process that may die of it."""
    with ONE_AT_A_TIME:
        use_model(order.model)
        if made_by() != order.made_by:
            raise WrongRun(
                f"a worker has {made_by()}, the run {order.made_by}; install the same version everywhere"
            )
        if not alone:
            return finished(order, shard, gathered(order, shard, read))
        with Alone(order.model) as reader:
            return finished(order, shard, gathered(order, shard, reader))


def gathered(order: Order, shard: Shard, reader: Callable[[Document], Read]) -> Sheaf:
    """All that the shard gives, written but for its mark. An archive holds more than a shard should: it is written
    in pieces, so that no more than these are in memory."""
    sheaf = Sheaf()
    try:
        for number, item in enumerate(documents(shard, order), 1):
            if order.gate and isinstance(item, Document) and not gate.belongs(item):
                sheaf.elsewhere += 1
                continue
            take(sheaf, item, number, reader)
            if sheaf.waiting == order.size:
                write(order, shard, sheaf)
    except ParleyError as trouble:
        sheaf.bad.append(Bad("the file", str(trouble)))
    write(order, shard, sheaf)
    return sheaf


def take(sheaf: Sheaf, item: Document | Bad, number: int, reader: Callable[[Document], Read]) -> None:
    if isinstance(item, Bad):
        sheaf.bad.append(item)
        return
    try:
        found = reader(item)
    except Killed as trouble:
        found = str(trouble)
    if isinstance(found, str):
        where = f"dispatch {number} of its shard, {item.source_id or item.id}"
        sheaf.bad.append(Bad(where, found, raw=bytes_of(item)))
        return
    sheaf.read += 1
    sheaf.waiting += 1
    month, batches = found
    for table, batch in batches.items():
        sheaf.batches[month, table].append(batch)


def bytes_of(document: Document) -> bytes:
    return document.text.encode("utf-8", "surrogatepass")


def read(document: Document) -> Read:
    """A fault of ours costs this dispatch its record, not the shard its run."""
    try:
        return batches_of(process(document))
    except ParleyError:
        raise
    except Exception as trouble:
        return f"could not be read for sense ({type(trouble).__name__}: {trouble}); please report it"


def write(order: Order, shard: Shard, sheaf: Sheaf) -> None:
    folder = Folder.at(order.out)
    for (month, table), batches in sorted(sheaf.batches.items()):
        sheaf.files.append(f"{table}/month={month}/{shard.key}-{sheaf.pieces:03}.parquet")
        folder.write(sheaf.files[-1], parquet(table, batches))
        sheaf.rows[table] += sum(len(b) for b in batches)
    sheaf.batches.clear()
    sheaf.waiting, sheaf.pieces = 0, sheaf.pieces + 1


def finished(order: Order, shard: Shard, sheaf: Sheaf) -> Done:
    """The mark of a shard, written when all else is."""
    folder = Folder.at(order.out)
    if sheaf.bad:
        sheaf.files.append(f"{FAILED}/{shard.key}.jsonl")
        folder.write(sheaf.files[-1], b"".join(plain(set_apart(shard, bad)) for bad in sheaf.bad))
    done = Done(
        shard.key, shard.input, shard.part, shard.mark, order.made_by,
        sheaf.read, len(sheaf.bad), sheaf.elsewhere, tuple(sheaf.files), dict(sorted(sheaf.rows.items())),
    )  # fmt: skip
    folder.write(mark_of(shard.key), done.to_json())
    return done


def mark_of(key: str) -> str:
    return f"{MARKS}/{key}.json"


def set_apart(shard: Shard, bad: Bad) -> dict[str, Any]:
    raw = base64.b64encode(bad.raw).decode() if bad.raw is not None and len(bad.raw) <= RAW else None
    return {
        "input": shard.input, "where": bad.where, "what": bad.what, "offset": bad.offset, "length": bad.length, "raw": raw,
    }  # fmt: skip
