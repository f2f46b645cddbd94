"""`parley add` and `parley reread`: dispatches into a ledger, each whole or not at all; what failed is listed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from parley.cli.output import Format
from parley.cli.reading import Order, Rendering, documents_of, reason, under, watched
from parley.cli.reading import Tally as Read
from parley.document import Document
from parley.errors import ParleyError, WrongRecord
from parley.ledger import Ledger
from parley.pipeline import made_by
from parley.record import Record
from parley.run.pool import each


@dataclass(slots=True)
class Sum:
    """What became of the inputs. `failed` has a line for each: what, where, what to do."""

    added: int = 0
    known: int = 0
    read: Read = field(default_factory=Read)

    def told(self, name: str, dry: bool) -> str:
        verb = "would be added" if dry else "added"
        words = f"{self.added} {verb}, {self.known} there already{self.read.gated}"
        return f"{name}: {words}" + (f", {self.read.told}" if self.read.told else "")


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
    return 1 if done.read.told else 0


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
        for file in under(path, done.read, order.columns):
            try:
                yield from records(file, done) if is_records(file) else documents_of(file, order, done.read)
            except (ParleyError, OSError) as trouble:
                done.read.fail(file, reason(trouble))


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
                done.read.fail(f"{file}, line {number}", str(trouble))


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
