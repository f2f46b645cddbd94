"""`parley read`: inputs one after the other, records out in the same order, failures told."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from parley.cli.output import Format, Input, rendered, show
from parley.document import Document
from parley.errors import ParleyError, Problem, UnreadableInput
from parley.facts import Facts
from parley.pipeline import process
from parley.read.encoding import decode
from parley.read.jsonl import BadLine, dispatches
from parley.read.plain import plain
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


@dataclass(slots=True)
class Tally:
    """How many inputs were read and how many could not be."""

    read: int = 0
    failed: int = 0


def run(order: Order) -> int:
    """Print the record of every input; 1 if any of them failed."""
    tally = Tally()
    documents = opened(order, tally)
    if order.format is Format.table and sys.stdout.isatty():
        for document in documents:
            show(record_of(document), document.source_id or "dispatch", no_color=order.no_color)
    else:
        write(order, documents)
    if tally.failed and not order.quiet:
        print(f"parley: {tally.failed} of {tally.read + tally.failed} inputs failed", file=sys.stderr)
    return 1 if tally.failed else 0


def write(order: Order, documents: Iterator[Document]) -> None:
    work = Rendering(order.format)
    for text in each(work, watched(documents, order), order.processes):
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass") + b"\n")
    sys.stdout.buffer.flush()


@dataclass(frozen=True, slots=True)
class Rendering:
    """A document's record, printed: what a worker process does, and can be sent to one."""

    format: Format

    def __call__(self, document: Document) -> str:
        return rendered(record_of(document), self.format)


def record_of(document: Document) -> Record:
    """The record; a fault of ours costs this dispatch its items, not the batch its run."""
    try:
        return process(document)
    except ParleyError:
        raise
    except Exception as trouble:
        told = Problem(f"could not be read for sense ({type(trouble).__name__}: {trouble}); please report it")
        name = document.source_id or "a dispatch"
        print(f"parley: {name}: {told.what}", file=sys.stderr)
        return Record(replace(document, problems=(*document.problems, told)), (), (), Facts())


def watched(documents: Iterator[Document], order: Order) -> Iterable[Document]:
    """Counts along on stderr, if that is a terminal and somebody may be waiting there."""
    if order.quiet or not sys.stderr.isatty():
        return documents
    from rich.console import Console
    from rich.progress import track

    return track(documents, "reading", console=Console(stderr=True), transient=True)


def opened(order: Order, tally: Tally) -> Iterator[Document]:
    for path in order.paths:
        try:
            yield from documents_of(path, order, tally)
        except (ParleyError, OSError) as trouble:
            tally.failed += 1
            print(f"parley: {path}: {reason(trouble)}", file=sys.stderr)


def reason(trouble: Exception) -> str:
    if isinstance(trouble, OSError):
        return f"{(trouble.strerror or str(trouble)).lower()}; check the path"
    return str(trouble)


def documents_of(path: str, order: Order, tally: Tally) -> Iterator[Document]:
    if order.input is Input.text:
        tally.read += 1
        try:
            yield text_document(path, order.published)
        except (ParleyError, OSError):
            tally.read -= 1
            raise
        return
    with stream(path) as lines:
        for found in dispatches(lines, order.published):
            if isinstance(found, BadLine):
                tally.failed += 1
                print(f"parley: {path}, line {found.number}: {found.what}", file=sys.stderr)
            else:
                tally.read += 1
                yield found


def stream(path: str) -> BinaryIO:
    return open(sys.stdin.fileno(), "rb", closefd=False) if path == "-" else open(path, "rb")


def text_document(path: str, published: str | None) -> Document:
    with stream(path) as file:
        text, problems = decode(file.read())
    name = None if path == "-" else Path(path).name
    document = plain(text, published, name)
    return replace(document, problems=(*document.problems, *problems))


def one_record(path: str, published: str | None) -> Record:
    """The record in the file, or the record of the dispatch in the file."""
    try:
        document = text_document(path, published)
    except OSError as trouble:
        raise UnreadableInput(f"{path}: {reason(trouble)}") from trouble
    if document.text.lstrip().startswith('{"schema"') or '"parley/record/' in document.text[:200]:
        return Record.from_json(document.text)
    return process(document)
