"""Input files → a data set of Parquet: shard by shard, each once, however often the run is begun.

DIR/counts/month=2024-09/….parquet     a table a folder, a month of publication a folder in it
DIR/_failed/….jsonl                    what was set apart, and why
DIR/_done/….json                       the marks of finished shards
DIR/_run.json                          by which rules, and how, it was read
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from parley.errors import ParleyError, WrongRun
from parley.run.order import Bad, Done, Order, plain
from parley.run.places import Folder, found
from parley.run.reading import FAILED, MARKS, mark_of, set_apart
from parley.run.shards import Shard, file_key, shards_of, worth_reading
from parley.run.tables import TABLES, UNDATED, parquet

HEAD, NONE = "_run.json", "none.parquet"
Engine = Callable[[Order, Iterable[Shard]], Iterator[Done]]


@dataclass(slots=True)
class Sum:
    """What a data set holds when the run has ended. `unread` are inputs that could not be opened, with the reason."""

    read: int = 0
    failed: int = 0
    elsewhere: int = 0  # turned away by the gate
    shards: int = 0
    before: int = 0  # shards that were finished already
    unread: list[tuple[str, str]] = field(default_factory=list)

    def add(self, done: Done) -> None:
        self.read += done.read
        self.failed += done.failed
        self.elsewhere += done.elsewhere
        self.shards += 1


def run(
    order: Order,
    inputs: Iterable[str],
    engine: Engine,
    *,
    again: bool = False,
    tell: Callable[[Sum], object] = id,
) -> Sum:
    """Read what is not read yet. `tell` is called after each shard. Raises WrongRun where the folder holds something
    else, or was read by other rules and `again` does not say to begin anew."""
    folder = Folder.at(order.out)
    order = replace(order, out=folder.place)
    begin(folder, order, again=again)
    total = Sum()
    for done in engine(order, waiting(folder, order, inputs, total, tell)):
        total.add(done)
        tell(total)
    return total


# ── the data set ─────────────────────────────────────────────────────────────────────────────────


def begin(folder: Folder, order: Order, *, again: bool) -> None:
    held = folder.read(HEAD)
    if held is None and not all(name.startswith(HEAD) for name in folder.names()):
        raise WrongRun(f"{order.out} holds files and is no data set of Parley; give a new folder")
    if held is not None and held != order.kept():
        if not again:
            raise WrongRun(
                f"{order.out} was read otherwise: {different(held, order)}; give a new folder, or --again to read all anew"
            )
        clear(folder)
    elif again:
        clear(folder)
    folder.write(HEAD, order.kept())
    for table in TABLES:
        # without a row: so that a question about a table finds one, whatever was read
        folder.write(f"{table}/month={UNDATED}/{NONE}", parquet(table, ()))


def different(held: bytes, order: Order) -> str:
    before, now = json.loads(held), json.loads(order.kept())
    return "; ".join(
        f"{name} was {before.get(name)}, is {now[name]}" for name in now if before.get(name) != now[name]
    )


def clear(folder: Folder) -> None:
    for name in (MARKS, FAILED, *TABLES):
        folder.remove(name)


# ── what is to be done ───────────────────────────────────────────────────────────────────────────


def waiting(
    folder: Folder, order: Order, inputs: Iterable[str], total: Sum, tell: Callable[[Sum], object]
) -> Iterator[Shard]:
    """The shards that have no mark yet; on the way the finished ones are counted, and stale ones taken away."""
    marks = swept(folder)
    for file in files(inputs, total):
        known: set[str] = set()
        try:
            for shard in shards_of(file, order.size):
                known.add(mark_of(shard.key))
                if before := finished(folder, shard, marks):
                    total.add(before)
                    total.before += 1
                    tell(total)
                else:
                    yield shard
        except (ParleyError, OSError) as trouble:
            unread(folder, file, str(trouble), total)
            continue
        for name in marks - known:
            if name.startswith(f"{MARKS}/{file_key(file)}-"):
                undo(folder, name)  # the file was longer once


def swept(folder: Folder) -> set[str]:
    """The marks of finished shards. What was left half done is taken away, and what could not be read last time is
    asked again."""
    marks = {name for name in folder.names(MARKS) if name.endswith(".json")}
    left = [name for name in folder.names(MARKS) if name not in marks]
    for table in (FAILED, *TABLES):
        left += [n for n in folder.names(table) if mark_of(key_of(n)) not in marks]
    for name in left:
        if not name.endswith(NONE):
            folder.remove(name)
    return marks


def key_of(name: str) -> str:
    """ "counts/month=2024-09/KEY-000007-000.parquet" → "KEY-000007"."""
    return "-".join(PurePosixPath(name).stem.split("-")[:2])


def files(inputs: Iterable[str], total: Sum) -> Iterator[str]:
    """Every file once, in the order given."""
    seen = set()
    for place in inputs:
        named = found(place, worth_reading)
        if not named:
            total.unread.append((place, "no such file; check the path"))
        for file in named:
            if file not in seen:
                seen.add(file)
                yield file


def finished(folder: Folder, shard: Shard, marks: set[str]) -> Done | None:
    """The mark of the shard, if it holds what it held then; otherwise what was made of it is taken away."""
    name = mark_of(shard.key)
    held = folder.read(name) if name in marks else None
    if held is None:
        return None
    done = Done.from_json(held)
    if done.mark == shard.mark:
        return done
    undo(folder, name)
    return None


def undo(folder: Folder, name: str) -> None:
    held = folder.read(name)
    for file in Done.from_json(held).files if held else ():
        folder.remove(file)
    folder.remove(name)


def unread(folder: Folder, file: str, what: str, total: Sum) -> None:
    """An input that cannot be cut into shards: told, and kept among the failed; it is tried again next time."""
    total.unread.append((file, what))
    whole = Shard(file, 0, "file", 0, 0, 1, "")
    folder.write(f"{FAILED}/{file_key(file)}.jsonl", plain(set_apart(whole, Bad("the file", what))))
