"""The verbs that write to a ledger or print a page of it, and their options."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from parley.cli.output import Format, Input, Switch
from parley.cli.questions import AsOf, Party, Place, TrustIn

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Files of any format, folders; - is stdin.")
]
Columns = Annotated[str | None, typer.Option(help="Of CSV and JSON Lines: text=body,published=date,id=guid.")]
Gate = Annotated[
    Switch, typer.Option(help="on: only dispatches with a term of conflict or talks; see `parley gate`.")
]
Dry = Annotated[bool, typer.Option("-n", "--dry-run", help="Say what would be done; do nothing.")]
Processes = Annotated[int | None, typer.Option(min=1, help="Default: all cores.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress, no sum.")]


def add(
    paths: Paths,
    ledger: Place = None,
    published: Annotated[
        str | None, typer.Option(help="Date of publication, where a dispatch tells none.")
    ] = None,
    input: Annotated[Input, typer.Option(help="What the files hold.")] = Input.auto,
    columns: Columns = None,
    gate: Gate = Switch.off,
    processes: Processes = None,
    dry_run: Dry = False,
    quiet: Quiet = False,
) -> None:
    """Read dispatches into the ledger; what it has already is left as it is."""
    from parley.cli.ledger import add as adding
    from parley.cli.reading import Order
    from parley.ledger import Ledger
    from parley.read.columns import mapping

    order = Order(
        tuple(paths), published, input, Format.jsonl, processes, True, quiet, mapping(columns), gate.given
    )
    with Ledger.open(ledger, make=True) as opened:
        raise typer.Exit(adding(opened, order, dry=dry_run))


def reread(
    ledger: Place = None, processes: Processes = None, dry_run: Dry = False, quiet: Quiet = False
) -> None:
    """Read the dispatches of the ledger again by the rules of this version; earlier readings stay."""
    from parley.cli.ledger import reread as rereading
    from parley.cli.reading import Order
    from parley.ledger import Ledger

    order = Order((), None, Input.text, Format.jsonl, processes, True, quiet)
    with Ledger.open(ledger) as opened:
        raise typer.Exit(rereading(opened, order, dry=dry_run))


def review(
    row: Annotated[str, typer.Argument(help="The id of a row or link, or how it begins.")],
    verdict: Annotated[str, typer.Argument(help="accept, reject, correct, settle, note, assign, undo.")],
    values: Annotated[
        list[str] | None, typer.Argument(metavar="[FIELD=VALUE]…", help="What is right.")
    ] = None,
    who: Annotated[str, typer.Option(envvar="PARLEY_REVIEWER", help="Your name or pseudonym.")] = "reviewer",
    why: Annotated[str, typer.Option(help="The reason, kept with it.")] = "",
    ledger: Place = None,
) -> None:
    """Accept, reject, correct or note a row; a new row each time, and undo is one too."""
    from parley.cli.reviewing import corrected
    from parley.ledger import Ledger

    with Ledger.open(ledger) as opened:
        print(opened.review(row, verdict, who=who, why=why, after=corrected(values or [])))  # type: ignore[arg-type]


def log(ledger: Place = None) -> None:
    """Every review, oldest first: when, who, which row, what, before and after, why."""
    from parley.cli.reviewing import log_lines
    from parley.ledger import Ledger

    with Ledger.open(ledger) as opened:
        print("\n".join(log_lines(opened)))


def brief(
    party: Party = None,
    as_of: AsOf = None,
    format: Annotated[
        str, typer.Option(help="markdown or html (prints to PDF from a browser).")
    ] = "markdown",
    trust: TrustIn = "unrejected",
    ledger: Place = None,
) -> None:
    """One page: where the talks stand as of a day, with footnotes to the sentences."""
    from parley.errors import WrongQuestion
    from parley.ledger import Ledger

    if format not in ("markdown", "html"):
        raise WrongQuestion(f"--format {format}: there are markdown, html")
    with Ledger.open(ledger) as opened:
        print(opened.brief(party=party, as_of=as_of, form=format, trust=trust), end="")  # type: ignore[arg-type]


def export(
    form: Annotated[
        str,
        typer.Argument(help="csv, jsonl, parquet, plover, ftm, jsonld, ceasefires, pax, ged, acled, html."),
    ],
    to: Annotated[Path, typer.Argument(help="A folder, made if missing; for html a file.")],
    as_of: AsOf = None,
    trust: TrustIn = "unrejected",
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, formulas too.")] = False,
    ledger: Place = None,
) -> None:
    """The ledger as files for other tools, each filled cell with its sentence in a side file."""
    from parley.export import export_ledger
    from parley.ledger import Ledger

    with Ledger.open(ledger) as opened:
        for path in export_ledger(opened, form, to, as_of=as_of, trust=trust, safe=not raw):  # type: ignore[arg-type]
            print(path, file=sys.stdout)


VERBS = (add, reread, review, log, brief, export)
