"""`parley run` and `parley load`: many dispatches into a data set, and a data set into a ledger."""

from __future__ import annotations

import contextlib
import enum
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.books import Columns, Gate, Processes, Quiet
from parley.cli.output import Switch
from parley.cli.questions import Place
from parley.errors import ParleyError

if TYPE_CHECKING:
    from parley.run.running import Engine, Sum


class EngineName(enum.StrEnum):
    local = "local"
    dask = "dask"


Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT…", help="Files, folders, globs, or URLs of them such as s3://…")
]


def run(
    inputs: Inputs,
    out: Annotated[
        str, typer.Option(help="The data set's folder, or a URL; a run that was stopped goes on.")
    ],
    engine: Annotated[
        EngineName, typer.Option(help="Processes of this machine, or Dask.")
    ] = EngineName.local,
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask cluster that is there: tcp://host:8786.")
    ] = None,
    processes: Processes = None,
    published: Annotated[
        str | None, typer.Option(help="Date of publication, where a dispatch tells none.")
    ] = None,
    columns: Columns = None,
    gate: Gate = Switch.off,
    shard: Annotated[int, typer.Option(min=1, help="Dispatches a shard.")] = 1_000,
    model: Annotated[
        str | None, typer.Option(help="A spaCy pipeline: a package, or a folder that holds one.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read all anew, by these rules.")] = False,
    quiet: Quiet = False,
) -> None:
    """Read dispatches into a data set of Parquet, on one machine or many; what is finished is not repeated."""
    from parley.cli.main import checked_date, use
    from parley.mark.parse import model_name
    from parley.pipeline import made_by
    from parley.read.columns import mapping
    from parley.run.order import Order
    from parley.run.running import run as running

    use(model)
    renamed = tuple(mapping(columns).items())
    order = Order(out, made_by(), anywhere(model_name()), checked_date(published), renamed, shard, gate.given)
    chosen = engine_of(engine, scheduler, processes, [out, *inputs])
    with told_along(quiet) as tell, disk_told(out):
        total = running(order, inputs, chosen, again=again, tell=tell)
    raise typer.Exit(summed(total, out, quiet))


def load(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A data set that `parley run` made.")],
    ledger: Place = None,
    month: Annotated[
        list[str] | None, typer.Option(help="Only of this month of publication, 2024-09; may be repeated.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Bring the records of a data set into the ledger; what it has already is left as it is."""
    from parley.ledger import Ledger
    from parley.run.loading import load as loading

    with Ledger.open(ledger, make=True) as opened:
        loaded = loading(folder, opened, month or None)
        for where, what in loaded.wrong:
            print(f"parley: {where}: {what}", file=sys.stderr)
        if not quiet:
            print(f"{opened.name}: {loaded.added} added, {loaded.known} there already", file=sys.stderr)
    raise typer.Exit(1 if loaded.wrong else 0)


def anywhere(model: str) -> str:
    """The model by a name that holds in any folder."""
    return str(Path(model).resolve()) if Path(model).is_dir() else model


def engine_of(name: EngineName, scheduler: str | None, processes: int | None, places: list[str]) -> Engine:
    """What lies in the memory of this process (memory://) is read there."""
    from parley.run.cluster import dask
    from parley.run.local import here, local
    from parley.run.places import only_here

    if any(map(only_here, places)):
        return here
    if name is EngineName.dask or scheduler:
        return partial(dask, workers=processes, scheduler=scheduler)
    return partial(local, workers=processes)


@contextlib.contextmanager
def disk_told(out: str) -> Iterator[None]:
    """A full disk or a lost store ends the run in a sentence; begun again, it goes on."""
    try:
        yield
    except OSError as trouble:
        what = (trouble.strerror or str(trouble)).lower()
        raise ParleyError(f"{trouble.filename or out}: {what}; mend it and run the same again") from trouble


@contextlib.contextmanager
def told_along(quiet: bool) -> Iterator[Callable[[Sum], object]]:
    """A line on stderr that counts along, if that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield id
        return
    from rich.console import Console

    with Console(stderr=True).status("reading") as line:
        yield lambda total: line.update(f"{total.read:,} dispatches read, {total.shards:,} shards done")


def summed(total: Sum, out: str, quiet: bool) -> int:
    for where, what in total.unread:
        print(f"parley: {where}: {what}", file=sys.stderr)
    if not quiet:
        told = [
            f"{total.read:,} dispatches read in {total.shards:,} shards",
            f" ({total.before:,} of them before)" if total.before else "",
            f", {total.elsewhere:,} about other things" if total.elsewhere else "",
            f", {total.failed:,} set apart in {out}/_failed" if total.failed else "",
        ]
        print(f"{out}: {''.join(told)}", file=sys.stderr)
    return 1 if total.failed or total.unread else 0


VERBS = (run, load)
