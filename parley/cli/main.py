"""`parley`: the verbs, their options, and what each exit code means.

0 done · 1 some inputs failed · 2 wrong usage · 3 nothing found · 4 a check failed · 130 interrupted
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from parley import __version__
from parley.cli import books, demo, desk, feeds, questions, runner
from parley.cli.books import Columns, Gate
from parley.cli.output import Format, Input, Switch
from parley.errors import ParleyError

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="""Read news-agency dispatches into a sourced record of who said, did and holds what.

To begin with:

  parley read dispatch.txt

  parley add dispatches/

  parley serve
""",
)


def main() -> NoReturn:
    """The entry point: trouble becomes a sentence on stderr and an exit code, not a traceback."""
    try:
        app(standalone_mode=True)
        sys.exit(0)
    except ParleyError as trouble:
        fail(str(trouble), 2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def fail(what: str, code: int) -> NoReturn:
    print(f"parley: {what}", file=sys.stderr)
    sys.exit(code)


def version(wanted: bool) -> None:
    if wanted:
        from parley.pipeline import rules_hash

        print(f"parley {__version__}, rules {rules_hash()}")
        raise typer.Exit


@app.callback()
def options(
    show: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


Files = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Files of any format, folders; - is stdin.")
]
Model = Annotated[str | None, typer.Option(help="A spaCy pipeline: a package, or a folder that holds one.")]


@app.command()
def read(
    paths: Files,
    published: Annotated[str | None, typer.Option(help="Date of publication, 2024-05-15.")] = None,
    input: Annotated[Input, typer.Option(help="What the files hold.")] = Input.auto,
    columns: Columns = None,
    format: Annotated[Format | None, typer.Option(help="What to print.")] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as --format jsonl.")] = False,
    model: Model = None,
    gate: Gate = Switch.off,
    processes: Annotated[int | None, typer.Option(min=1, help="Default: all cores.")] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="Plain text.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no notes.")] = False,
) -> None:
    """Read dispatches and print their records, each cell with the characters that say it."""
    from parley.cli.reading import Order, run
    from parley.read.columns import mapping

    use(model)
    chosen = Format.jsonl if json else format or Format.table
    order = Order(
        tuple(paths),
        checked_date(published),
        input,
        chosen,
        processes,
        no_color,
        quiet,
        mapping(columns),
        gate.given,
    )
    raise typer.Exit(run(order))


@app.command()
def gate(
    paths: Files,
    json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
) -> None:
    """Say which dispatches the gate lets through, and by which terms; nothing is parsed."""
    from parley.cli.gate import tell

    raise typer.Exit(tell(tuple(paths), as_json=json))


@app.command()
def why(
    file: Annotated[str, typer.Argument(help="A dispatch, or a record as JSON; - is stdin.")],
    item: Annotated[str, typer.Argument(help="An id such as c1, n2, e3, or a character.")],
    published: Annotated[str | None, typer.Option(help="Date of publication.")] = None,
    model: Model = None,
) -> None:
    """Show the rule behind an item and the words behind each of its fields."""
    from parley.cli.reading import one_record
    from parley.cli.why import explain

    use(model)
    raise typer.Exit(explain(one_record(file, checked_date(published)), item))


@app.command()
def verify(
    records: Annotated[
        list[Path] | None, typer.Argument(metavar="[RECORD]…", help="Records as JSON.")
    ] = None,
    ledger: Annotated[str | None, typer.Option("--ledger", help="A ledger: path or URL.")] = None,
) -> None:
    """Re-read every span of records, or of a ledger, and check their shape; exit 4 on a single wrong one."""
    if ledger is not None:
        from parley.cli.ledger import verify as verify_ledger
        from parley.ledger import Ledger

        with Ledger.open(ledger) as opened:
            raise typer.Exit(verify_ledger(opened))
    from parley.cli.checks import verify_all

    if not records:
        fail("give records as JSON, or a ledger with --ledger", 2)
    raise typer.Exit(verify_all(records))


@app.command()
def doctor(
    json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
) -> None:
    """Check Python, model and libraries; each line says what would mend it."""
    from parley.cli.checks import examine

    raise typer.Exit(examine(as_json=json))


for verb in (*books.VERBS, *feeds.VERBS, *runner.VERBS, *questions.VERBS, desk.serve, demo.demo):
    app.command()(verb)
app.add_typer(desk.user, name="user")


def use(model: str | None) -> None:
    from parley.mark.parse import use_model

    use_model(model)


def checked_date(published: str | None) -> str | None:
    """The date as given, if there is such a day; otherwise wrong usage."""
    from datetime import datetime

    try:
        if published:
            datetime.fromisoformat(published)
    except ValueError:
        fail(f"--published {published}: no such date; write it like 2024-05-15", 2)
    return published
