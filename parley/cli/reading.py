"""`parley read`: inputs one after the other, records out in the same order, failures told."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from parley import gate
from parley.cli.output import Format, Input, printable, rendered, show
from parley.document import Document
from parley.errors import ParleyError, UnreadableInput
from parley.pipeline import FAULT, attempted, process
from parley.read.encoding import decode
from parley.read.found import BadInput, SetAside, whole
from parley.read.inputs import dispatches_in, worth_reading
from parley.read.streams import peeked
from parley.record import Record
from parley.run.pool import each


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line."""

    paths: tuple[str, ...]
    published: str | None
    input: Input
    format: Format
    processes: int | None
    no_color: bool
    quiet: bool
    columns: Mapping[str, str] = field(default_factory=dict)
    gate: bool = False


@dataclass(slots=True)
class Tally:
    """How many dispatches were read, how many could not be, how many are in a language that is not read, and how many
    the gate turned away, as asked."""

    read: int = 0
    failed: int = 0
    aside: int = 0
    elsewhere: int = 0

    def fail(self, where: str, what: str) -> None:
        self.failed += 1
        print(printable(f"parley: {where}: {what}"), file=sys.stderr)

    def leave(self, bad: BadInput) -> None:
        """Tell of an item that is not read."""
        if isinstance(bad, SetAside):
            self.aside += 1
            self.failed -= 1
        self.fail(bad.where, bad.what)

    @property
    def told(self) -> str:
        """ "2 failed, 3 set aside (listed above)"; nothing where all went well."""
        counts = ((self.failed, "failed"), (self.aside, "set aside"))
        words = ", ".join(f"{count} {word}" for count, word in counts if count)
        return f"{words} (listed above)" if words else ""

    @property
    def gated(self) -> str:
        """What the gate did; `parley gate` says by which terms."""
        return f", {self.elsewhere} about other things" if self.elsewhere else ""


def run(order: Order) -> int:
    """Print the record of every dispatch; 1 if any of them failed or was set aside."""
    tally = Tally()
    documents = opened(order, tally)
    if order.format is Format.table and sys.stdout.isatty():
        for document in documents:
            show(record_of(document), document.source_id or "dispatch", no_color=order.no_color)
    else:
        write(order, documents)
    if (tally.told or tally.gated) and not order.quiet:
        print(f"parley: {tally.read} read{tally.gated}, {tally.told}".removesuffix(", "), file=sys.stderr)
    return 1 if tally.told else 0


def write(order: Order, documents: Iterator[Document]) -> None:
    work = Rendering(order.format)
    records = each(work, watched(documents, order), order.processes)
    if order.format is Format.spacy:
        from parley.export.spacy import docbin

        sys.stdout.buffer.write(docbin(map(json.loads, records)))
        return
    for text in records:
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass") + b"\n")
    sys.stdout.buffer.flush()


@dataclass(frozen=True, slots=True)
class Rendering:
    """A document's record, printed: what a worker process does, and can be sent to one."""

    format: Format

    def __call__(self, document: Document) -> str:
        return rendered(record_of(document), self.format)


def record_of(document: Document) -> Record:
    """The record; where a fault of ours left it empty, that is told."""
    record = attempted(document)
    for problem in record.document.problems:
        if problem.what.startswith(FAULT):
            print(f"parley: {document.source_id or 'a dispatch'}: {problem.what}", file=sys.stderr)
    return record


def watched(documents: Iterator[Document], order: Order) -> Iterable[Document]:
    """Counts along on stderr, if that is a terminal and somebody may be waiting there."""
    if order.quiet or not sys.stderr.isatty():
        return documents
    from rich.console import Console
    from rich.progress import track

    return track(documents, "reading", console=Console(stderr=True), transient=True)


def opened(order: Order, tally: Tally) -> Iterator[Document]:
    for path in (file for given in order.paths for file in under(given, tally, order.columns)):
        try:
            yield from documents_of(path, order, tally)
        except (ParleyError, OSError) as trouble:
            tally.fail(path, reason(trouble))


def under(path: str, tally: Tally, columns: Mapping[str, str]) -> Iterator[str]:
    """The dispatches of a folder, in order of their names; a path that is no folder is itself."""
    if path == "-" or not Path(path).is_dir():
        yield path
        return
    files = sorted(p for p in Path(path).rglob("*") if p.is_file())
    found = [p for p in files if worth_reading(p, columns)]
    if not found:
        tally.fail(path, "holds no file of a format that Parley reads; see docs/formats.md")
    yield from map(str, found)


def reason(trouble: Exception) -> str:
    if isinstance(trouble, OSError):
        return f"{(trouble.strerror or str(trouble)).lower()}; check the path"
    return str(trouble)


def documents_of(path: str, order: Order, tally: Tally) -> Iterator[Document]:
    with stream(path) as file:
        for found in dispatches_in(file, path, order.published, order.columns, form=order.input.form):
            if isinstance(found, BadInput):
                tally.leave(found)
            elif order.gate and not gate.belongs(found):
                tally.elsewhere += 1
            else:
                tally.read += 1
                yield found


def stream(path: str) -> BinaryIO:
    return open(sys.stdin.fileno(), "rb", closefd=False) if path == "-" else open(path, "rb")


def one_record(path: str, published: str | None) -> Record:
    """The record in the file, or the record of the one dispatch in the file."""
    try:
        with stream(path) as given:
            file, head = peeked(given)
            if b'"parley/record/' in head[:400]:
                return Record.from_json(decode(whole(file))[0])
            found = next(dispatches_in(file, path, published), None)
    except OSError as trouble:
        raise UnreadableInput(f"{path}: {reason(trouble)}") from trouble
    if not isinstance(found, Document):
        raise UnreadableInput(f"{found.where}: {found.what}" if found else f"{path}: holds no dispatch")
    return process(found)
