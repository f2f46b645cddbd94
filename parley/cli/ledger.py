"""`parley add` and `parley reread`: dispatches into a ledger, each whole or not at all; what failed is listed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from parley.cli.output import Format, Input
from parley.cli.reading import Order, Rendering, documents_of, reason, watched
from parley.cli.reading import Tally as Read
from parley.document import Document
from parley.errors import ParleyError, WrongRecord
from parley.ledger import Ledger
from parley.pipeline import made_by
from parley.record import Record
from parley.run.pool import each

TEXTS = (".txt", ".text")
LINES = (".jsonl", ".ndjson")


@dataclass(slots=True)
class Sum:
    """What became of the inputs. `failed` has a line for each: what, where, what to do."""

    added: int = 0
    known: int = 0
    read: Read = field(default_factory=Read)

    def told(self, name: str, dry: bool) -> str:
        verb = "would be added" if dry else "added"
        words = f"{self.added} {verb}, {self.known} there already"
        return f"{name}: {words}" + (
            f", {self.read.failed} failed (listed above)" if self.read.failed else ""
        )


def add(ledger: Ledger, order: Order, *, dry: bool) -> int:
    """Add every dispatch or record under the paths; 1 if some of them failed."""
    done = Sum()
    fresh = new_ones(ledger, opened(order, done), done)
    if dry:
        done.added = sum(1 for _ in fresh)
    else:
        keep(ledger, fresh, order, done)
    if not order.quiet:
        print(done.told(ledger.name, dry), file=sys.stderr)
    return 1 if done.read.failed else 0


AT_ONCE = 64  # records that lie ready go into the ledger together


def keep(ledger: Ledger, fresh: Iterator[Document | Record], order: Order, done: Sum) -> None:
    """Dispatches are read by the pool and go in one by one; records that were read elsewhere, some at a time."""
    ready: list[Record] = []

    def documents() -> Iterator[Document]:
        for item in fresh:
            if isinstance(item, Document):
                yield item
                continue
            ready.append(item)
            if len(ready) == AT_ONCE:
                put(ledger, ready, done)

    for line in each(Rendering(Format.jsonl), watched(documents(), order), order.processes):
        put(ledger, [Record.from_json(line)], done)
    put(ledger, ready, done)


def put(ledger: Ledger, ready: list[Record], done: Sum) -> None:
    new = ledger.add_all(ready)
    done.added += sum(new)
    done.known += len(new) - sum(new)
    ready.clear()


def new_ones(ledger: Ledger, items: Iterable[Document | Record], done: Sum) -> Iterator[Document | Record]:
    """Those that the ledger has no reading of by these rules."""
    rules = made_by()
    for item in items:
        document, by = (item.document, item.made_by) if isinstance(item, Record) else (item, rules)
        if ledger.holds(document, by):
            ledger.sighted(document)
            done.known += 1
        else:
            yield item


# ── what lies under the paths ────────────────────────────────────────────────────────────────────


def opened(order: Order, done: Sum) -> Iterator[Document | Record]:
    for path in order.paths:
        for file in under(path, done):
            try:
                yield from held_in(file, order, done)
            except (ParleyError, OSError) as trouble:
                fail(file, reason(trouble), done)


def under(path: str, done: Sum) -> Iterator[str]:
    """The files of a folder, in order of their names; a path that is no folder is itself."""
    if path == "-" or not Path(path).is_dir():
        yield path
        return
    found = sorted(p for p in Path(path).rglob("*") if p.suffix.lower() in (*TEXTS, *LINES) and p.is_file())
    if not found:
        fail(path, f"holds no {', '.join((*TEXTS, *LINES))} file", done)
    yield from map(str, found)


def held_in(file: str, order: Order, done: Sum) -> Iterator[Document | Record]:
    if order.input is not Input.jsonl and not file.lower().endswith(LINES):
        yield from documents_of(file, replace(order, input=Input.text), done.read)
    elif is_records(file):
        yield from records(file, done)
    else:
        yield from documents_of(file, replace(order, input=Input.jsonl), done.read)


def is_records(file: str) -> bool:
    """Are these lines records, as `parley read --json` prints them?"""
    if file == "-":
        return False
    with open(file, "rb") as lines:
        return b'"schema": "parley/record/' in lines.read(200)


def records(file: str, done: Sum) -> Iterator[Record]:
    with open(file, encoding="utf-8", errors="surrogateescape") as lines:
        for number, line in enumerate(lines, 1):
            try:
                if line.strip():
                    record = Record.from_json(line)
                    done.read.read += 1
                    yield record
            except WrongRecord as trouble:
                fail(f"{file}, line {number}", str(trouble), done)


def fail(where: str, what: str, done: Sum) -> None:
    done.read.failed += 1
    print(f"parley: {where}: {what}", file=sys.stderr)


# ── again, by newer rules ────────────────────────────────────────────────────────────────────────


def reread(ledger: Ledger, order: Order, *, dry: bool) -> int:
    """Read again every dispatch that has no reading by these rules; the earlier readings stay."""
    done = Sum()
    stale = [document for _, document in ledger.stale(made_by())]
    if dry:
        done.added = len(stale)
    else:
        keep(ledger, iter(stale), order, done)
    if not order.quiet:
        print(
            f"{ledger.name}: {done.added} {'would be ' if dry else ''}read again by {made_by()}",
            file=sys.stderr,
        )
    return 0


def verify(ledger: Ledger) -> int:
    """Re-read every span of every reading in the ledger; 4 on a single wrong one."""
    from parley.codec import troubles
    from parley.store.checks import wrong_rows

    wrong = read = 0
    for reading, plain in ledger.plain_records(all_readings=True):
        read += 1
        for trouble in troubles(plain):
            wrong += 1
            print(f"parley: {ledger.name}, reading {reading}: {trouble}", file=sys.stderr)
    for trouble in wrong_rows(ledger):
        wrong += 1
        print(f"parley: {ledger.name}: {trouble}", file=sys.stderr)
    print(f"{ledger.name}\t{read} readings\t{f'{wrong} wrong' if wrong else 'hold'}")
    return 4 if wrong else 0
